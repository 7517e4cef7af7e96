"""Which codes are found together: in the same words, in the same turn, or a few turns apart. Counted in people."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from sqlalchemy import select

from qualcode.core import who
from qualcode.core.journal import Journal
from qualcode.core.pieces import Pieces, in_handfuls, whole
from qualcode.core.schema import Interview, Segment, SegmentSpeaker, Transcript, Turn
from qualcode.core.values import CodeId, SegmentId, TranscriptId, WaveId

Pair = tuple[CodeId, CodeId]

_AT_ONCE = 5
"""Transcripts that are read in one piece."""


@dataclass(frozen=True, slots=True)
class Together:
    """Two codes found together: by the person heard in both, the segments that lie together; which of these have the
    first code of the pair, the one with the smaller id."""

    segments: Mapping[str, tuple[SegmentId, ...]]
    first: Set[SegmentId]

    @property
    def people(self) -> int:
        return len(self.segments)


@dataclass(slots=True)
class _Placed:
    """A segment from ``first`` up to but not including ``last``, in code points or in turns."""

    id: SegmentId
    code_id: CodeId
    first: int
    last: int
    people: frozenset[str]


def co_occurrence(
    journal: Journal, within_turns: int | None = None, wave_id: WaveId | None = None
) -> dict[Pair, Together]:
    """Pairs of different codes, the smaller id first, with who said both together.

    Segments lie together when they share words; with ``within_turns``, when no more than so many turns lie from one
    to the other (0: they share a turn). A person counts for a pair who is heard in both of two such segments.
    """
    return whole(in_pieces(journal, within_turns, wave_id))


def in_pieces(
    journal: Journal, within_turns: int | None = None, wave_id: WaveId | None = None
) -> Pieces[dict[Pair, Together]]:
    """As :func:`co_occurrence`, some transcripts at a time."""
    found: dict[Pair, dict[str, dict[SegmentId, None]]] = defaultdict(lambda: defaultdict(dict))
    firsts: dict[Pair, set[SegmentId]] = defaultdict(set)
    for handful in in_handfuls(_transcripts(journal, wave_id), _AT_ONCE):
        yield
        turns = _turns(journal, handful) if within_turns is not None else {}
        for transcript_id, placed in _by_transcript(journal, handful):
            if within_turns is not None:
                placed = _in_turns(placed, turns.get(transcript_id, ()), within_turns)
            _note_meetings(placed, found, firsts)
    pairs: dict[Pair, Together] = {}
    for some in in_handfuls(list(found)):
        yield
        for pair in some:
            pairs[pair] = Together({person: tuple(ids) for person, ids in found[pair].items()}, firsts[pair])
    return pairs


def _note_meetings(
    placed: Iterable[_Placed], found: dict[Pair, dict[str, dict[SegmentId, None]]], firsts: dict[Pair, set[SegmentId]]
) -> None:
    """Add what lies together in one transcript."""
    for one, other in _meetings(placed):
        shared = one.people & other.people
        if shared and one.code_id != other.code_id:
            first, second = (one, other) if one.code_id < other.code_id else (other, one)
            pair = (first.code_id, second.code_id)
            firsts[pair].add(first.id)
            for person in shared:
                found[pair][person].update({one.id: None, other.id: None})


def _transcripts(journal: Journal, wave_id: WaveId | None) -> list[TranscriptId]:
    """The current transcripts, of one wave or of all."""
    ids = select(Transcript.id).where(Transcript.is_current).order_by(Transcript.id)
    if wave_id is not None:
        ids = ids.join(Interview, Interview.id == Transcript.interview_id).where(Interview.wave_id == wave_id)
    return [row[0] for row in who.tuples(journal, ids)]


def _by_transcript(
    journal: Journal, transcript_ids: Sequence[TranscriptId]
) -> Iterator[tuple[TranscriptId, list[_Placed]]]:
    """The segments of each transcript with who is heard in them, by where they begin."""
    columns = (Segment.transcript_id, Segment.start, Segment.end, Segment.id, Segment.code_id)
    heard = who.heard(*columns).join(Segment, Segment.id == SegmentSpeaker.segment_id)
    rows = sorted(who.tuples(journal, heard.where(Segment.transcript_id.in_(transcript_ids))))
    for transcript_id, there in groupby(rows, key=itemgetter(0)):
        segments = []
        for (_, start, end, segment_id, code_id), voices in groupby(there, key=itemgetter(slice(0, 5))):
            segments.append(_Placed(segment_id, code_id, start, end, frozenset(voice[5] for voice in voices)))
        yield transcript_id, segments


def _turns(journal: Journal, transcript_ids: Sequence[TranscriptId]) -> dict[TranscriptId, list[int]]:
    """Where each turn of each transcript begins."""
    starts: dict[TranscriptId, list[int]] = defaultdict(list)
    columns = select(Turn.transcript_id, Turn.start).where(Turn.transcript_id.in_(transcript_ids))
    for transcript_id, start in who.tuples(journal, columns):
        starts[transcript_id].append(start)
    for turns in starts.values():
        turns.sort()
    return starts


def _in_turns(placed: Iterable[_Placed], starts: Sequence[int], reach: int) -> list[_Placed]:
    """The same segments counted in turns, each longer by ``reach`` turns: two that lie together then overlap."""
    found = []
    for segment in placed:
        first = bisect_right(starts, segment.first) - 1
        last = bisect_right(starts, segment.last - 1) + reach
        found.append(_Placed(segment.id, segment.code_id, first, last, segment.people))
    return found


def _meetings(placed: Iterable[_Placed]) -> Iterator[tuple[_Placed, _Placed]]:
    """Every two that overlap, given in the order of their beginnings."""
    open_: list[_Placed] = []
    for segment in placed:
        open_ = [other for other in open_ if other.last > segment.first]
        for other in open_:
            yield other, segment
        open_.append(segment)
