"""Who is heard under which code, and in which of its segments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, pairwise
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute

from qualcode.core import who
from qualcode.core.journal import Journal
from qualcode.core.pieces import Pieces
from qualcode.core.rows import InterviewRow
from qualcode.core.schema import Interview, Segment, SegmentSpeaker, Speaker, Transcript
from qualcode.core.values import CodeId, InterviewId, SegmentId, SpeakerId, WaveId

_FEW = 10
"""Codes are few when there are at least so many times more: a table as a whole is read faster than much by an index."""

_CUTS = ("", *"123456789abcdef", None)
"""Where a table is cut by its segments to be read in pieces: ids are made of these digits at random."""


class Voice(NamedTuple):
    """Who a speaker is, and in which interview; ``place`` is that interview's among all."""

    place: int
    person: str
    interview_id: InterviewId
    wave_id: WaveId | None


Heard = tuple[SegmentId, Voice]
"""One voice heard in one segment."""


class Voices:
    """A snapshot, each part read when first asked for. ``interviews`` are all there are, in their order."""

    def __init__(self, journal: Journal, interviews: Sequence[InterviewRow]) -> None:
        self._journal = journal
        self._places = {interview.id: place for place, interview in enumerate(interviews)}
        self._segments: dict[CodeId, list[Heard]] = {}
        self._has_all = False
        self._all_starts: Mapping[SegmentId, int] | None = None

    @cached_property
    def speakers(self) -> Mapping[SpeakerId, Voice]:
        """The speakers who count, in the order of their interviews."""
        columns = (who.person(), Transcript.interview_id, Interview.wave_id)
        placed = (
            who.voices(*columns)
            .join(Transcript, Transcript.id == Speaker.transcript_id)
            .join(Interview, Interview.id == Transcript.interview_id)
            .order_by(Interview.position, Interview.title, Speaker.position)
        )
        rows = who.tuples(self._journal, placed)
        return {key: Voice(self._places[row[1]], *row) for key, *row in rows}

    @cached_property
    def under(self) -> Mapping[CodeId, Sequence[Voice]]:
        """The voices heard under each code."""
        voices = self.speakers
        said = who.said(self._journal)
        return {code_id: [voices[s] for s in speakers if s in voices] for code_id, speakers in said.items()}

    def heard(self, code_ids: Collection[CodeId]) -> Iterator[Heard]:
        """Who is heard in the segments of these codes, in no order."""
        missing = set(code_ids) - self._segments.keys()
        if missing and not self._has_all:
            self._segments |= self._read(missing)
        return chain.from_iterable(self._segments.get(code_id, ()) for code_id in dict.fromkeys(code_ids))

    def read_people(self) -> Pieces[None]:
        """Read who is heard under which code."""
        for part in (lambda: self.speakers, lambda: who.said(self._journal), lambda: self.under):
            part()
            yield

    def read_all(self) -> Pieces[None]:
        """Read the segments of all codes, where all are asked for."""
        if self._has_all:
            return
        columns = select(SegmentSpeaker.code_id, SegmentSpeaker.segment_id, SegmentSpeaker.speaker_id)
        found: dict[CodeId, list[Heard]] = defaultdict(list)
        for rows in _cut(columns, SegmentSpeaker.segment_id):
            for code_id, heard in self._of_those_who_count(who.tuples(self._journal, rows)).items():
                found[code_id] += heard
            yield
        self._segments, self._has_all = found, True

    def read(self, code_ids: Collection[CodeId]) -> Pieces[None]:
        """Read the segments of these codes and where they begin: :meth:`in_order` reads little more after it."""
        yield from self.read_people()
        for code_id in code_ids:
            self.heard([code_id])
            yield
        if self._all_starts is None and not self._are_few(code_ids):
            starts: dict[SegmentId, int] = {}
            for rows in _cut(_STARTS, Segment.id):
                starts.update(who.tuples(self._journal, rows))
                yield
            self._all_starts = starts

    def in_order(self, code_ids: Collection[CodeId], heard: Iterable[Heard]) -> dict[str, list[SegmentId]]:
        """What is heard under these codes by person: the segments as they were said, who spoke first before others."""
        start = self._starts(code_ids)
        found: dict[str, list[SegmentId]] = defaultdict(list)
        for _, _, segment_id, person in sorted((v.place, start[s], s, v.person) for s, v in heard):
            found[person].append(segment_id)
        return found

    def people_in(self, segment_ids: Collection[SegmentId]) -> set[str]:
        """Who is heard in these segments."""
        heard = select(SegmentSpeaker.speaker_id).distinct().where(SegmentSpeaker.segment_id.in_(segment_ids))
        speakers = (row[0] for row in who.tuples(self._journal, heard))
        return {self.speakers[speaker].person for speaker in speakers if speaker in self.speakers}

    # --- within ---

    def _read(self, code_ids: Collection[CodeId]) -> dict[CodeId, list[Heard]]:
        """Of these codes, or of all."""
        statement = select(SegmentSpeaker.code_id, SegmentSpeaker.segment_id, SegmentSpeaker.speaker_id)
        if self._are_few(code_ids):
            statement = statement.where(SegmentSpeaker.code_id.in_(code_ids))
        found = self._of_those_who_count(who.tuples(self._journal, statement))
        return {code_id: found.get(code_id, []) for code_id in (*code_ids, *found)}

    def _of_those_who_count(self, rows: Iterable[tuple[Any, ...]]) -> Mapping[CodeId, list[Heard]]:
        """The rows of code, segment and speaker by their code. A segment's rows are all among them, or none is."""
        voices = self.speakers
        found: dict[CodeId, list[Heard]] = defaultdict(list)
        for code_id, segment_id, speaker_id in rows:
            if speaker_id in voices:
                found[code_id].append((segment_id, voices[speaker_id]))
        if self._twice:
            return {code_id: list(dict.fromkeys(heard)) for code_id, heard in found.items()}
        return found

    @cached_property
    def _twice(self) -> bool:
        """Whether somebody speaks under two labels, and may be met twice in a segment."""
        return len(set(self.speakers.values())) < len(self.speakers)

    def _starts(self, code_ids: Collection[CodeId]) -> Mapping[SegmentId, int]:
        """Where the segments of these codes begin, and maybe others."""
        if self._all_starts is None and self._are_few(code_ids):
            return dict(who.tuples(self._journal, _STARTS.where(Segment.code_id.in_(code_ids))))
        if self._all_starts is None:
            self._all_starts = dict(who.tuples(self._journal, _STARTS))
        return self._all_starts

    def _are_few(self, code_ids: Collection[CodeId]) -> bool:
        return _FEW * len(code_ids) < len(self.under)


def _cut(statement: _Select, column: InstrumentedAttribute[SegmentId]) -> Iterator[_Select]:
    """A statement in as many as read a part of its rows each, by the id of a segment in them."""
    for first, end in pairwise(_CUTS):
        rows = statement.where(column >= first)
        yield rows.where(column < end) if end is not None else rows


_Select = Select[*tuple[Any, ...]]

_STARTS: _Select = select(Segment.id, Segment.start)
