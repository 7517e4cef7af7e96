"""Interviews and their transcripts: landing an imported one, whose voice is whose, and correcting a text."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any

from sqlalchemy import Select, delete, func, insert, select, update

from qualcode.core import corrections, spans, who
from qualcode.core.corrections import Correction
from qualcode.core.journal import Journal
from qualcode.core.recall import recall
from qualcode.core.rows import InterviewRow, SpeakerRow, TranscriptRow, VersionRow
from qualcode.core.schema import (
    Interview,
    InterviewParticipant,
    Memo,
    Participant,
    Quote,
    Reading,
    Segment,
    Speaker,
    Transcript,
    Turn,
    new_id,
    now,
)
from qualcode.core.values import (
    Aside,
    AsideKind,
    Emphasis,
    Face,
    InterviewId,
    ParticipantId,
    Role,
    SegmentId,
    Span,
    SpeakerId,
    TranscriptId,
    WaveId,
)
from qualcode.core.values import Transcript as TranscriptValue
from qualcode.core.values import Turn as TurnValue
from qualcode.core.written import Written
from qualcode.errors import UserError

_INTERVIEWS = (Interview, InterviewParticipant, Participant, Transcript)
"""The tables that an interview is read from; its segments are counted beside."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an imported transcript belongs: its interview's facts, and the participant behind each label.

    A label without a participant stays a voice of its own.
    """

    title: str
    wave_id: WaveId | None = None
    held_on: dt.date | None = None
    mode: str = ""
    duration_seconds: int | None = None
    interviewer: str = ""
    people: Mapping[str, ParticipantId] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Loss:
    """How much goes with something that is removed."""

    segments: int
    quotes: int
    notes: int


class Transcripts:
    """The interviews of a project. A transcript's text is never changed, only followed by a corrected version."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    # --- writes ---

    def add(self, transcript: TranscriptValue, placement: Placement | None = None) -> InterviewId:
        """Land one imported transcript as a new interview.

        Raises UserError if the same file is in the project already (by its content, whatever its name).
        """
        known = self.find_source(transcript.source_digest)
        if known is not None:
            raise UserError(f"{transcript.source_name}: this file is in the project already, as “{known.title}”.")
        place = placement or Placement(PurePath(transcript.source_name).stem)
        interview_id = InterviewId(new_id())
        with self._journal.step(f"Import {transcript.source_name}"):
            position = self._journal.read(select(func.coalesce(func.max(Interview.position) + 1, 0)))[0][0]
            self._journal.write(
                insert(Interview).values(
                    id=interview_id,
                    wave_id=place.wave_id,
                    title=place.title,
                    held_on=place.held_on,
                    mode=place.mode,
                    duration_seconds=place.duration_seconds,
                    interviewer=place.interviewer,
                    position=position,
                )
            )
            self._add_version(interview_id, 1, transcript, place.people)
            people = dict.fromkeys(place.people.values())
            links = [{"interview_id": interview_id, "participant_id": p} for p in people]
            self._journal.write(insert(InterviewParticipant), links)
        return interview_id

    def correct(
        self,
        transcript_id: TranscriptId,
        corrected: TranscriptValue,
        people: Mapping[str, ParticipantId] | None = None,
    ) -> Correction:
        """Follow a transcript by a corrected version of it and move everything on it there.

        Segments, memos, quotes, suggestions and decisions on places are re-anchored by comparing the texts. What
        found no place stays with the old version: segments and margin notes are listed by ``coding.unplaced`` and
        ``memos.unplaced``, a quote still shows the words it had; only a suggestion falls away. A label that was
        there before keeps its role and its participant; ``people`` are behind the others. Raises UserError if this
        version was corrected already.
        """
        old = self.get(transcript_id)
        if not old.is_current:
            raise UserError("This version of the transcript was corrected already. Open the current one.")
        known = {s.label: s.participant_id for s in old.speakers if s.participant_id is not None}
        roles = {s.label: s.role for s in old.speakers}
        speakers = tuple(replace(s, role=roles.get(s.label, s.role)) for s in corrected.speakers)
        corrected = replace(corrected, speakers=speakers)
        with self._journal.step("Correct transcript"):
            self._journal.write(update(Transcript).where(Transcript.id == transcript_id).values(is_current=False))
            behind = {**{k: v for k, v in (people or {}).items() if k not in roles}, **known}
            new_id_ = self._add_version(old.interview_id, old.version + 1, corrected, behind)
            new = self.get(new_id_)
            if behind != known:
                self._refresh_participants(old.interview_id)
            return corrections.follow(self._journal, old, new)

    def correct_words(self, transcript_id: TranscriptId, span: Span, words: str) -> Correction:
        """Put other words in the place of ``span`` (a mended typo).

        Raises UserError when it crosses turns, leaves nothing, or begins with an accent for the letter before it.
        """
        return self.correct(transcript_id, corrections.with_words(self.get(transcript_id), span, words))

    def place(self, segment_id: SegmentId, span: Span) -> None:
        """Put a segment that found no place, or the wrong one, on these words of the current version.

        Raises UserError when the span holds no words.
        """
        columns = select(Transcript.interview_id).join(Segment, Segment.transcript_id == Transcript.id)
        interview_id = self._journal.read(columns.where(Segment.id == segment_id))[0].interview_id
        current = select(Transcript.id).where(Transcript.interview_id == interview_id, Transcript.is_current)
        new = self.get(self._journal.read(current)[0].id)
        span = spans.trimmed(new.text, span)
        if not len(span):
            raise UserError("Select the words in the new version that the segment belongs to.")
        with self._journal.step("Place segment"):
            corrections.put(self._journal, segment_id, new, span)

    def change(self, interview_id: InterviewId, **values: Any) -> None:
        """Change an interview's title, wave_id, held_on, mode, duration_seconds, interviewer or note.

        Raises UserError for an empty title.
        """
        allowed = {"title", "wave_id", "held_on", "mode", "duration_seconds", "interviewer", "note"}
        if not values.keys() <= allowed:
            raise TypeError(f"not a fact of an interview: {sorted(values.keys() - allowed)}")
        if not values.get("title", "-").strip():
            raise UserError("An interview needs a title.")
        with self._journal.step("Change interview"):
            self._journal.write(update(Interview).where(Interview.id == interview_id).values(values))

    def set_role(self, speaker_id: SpeakerId, role: Role) -> None:
        with self._journal.step("Change role"):
            self._journal.write(update(Speaker).where(Speaker.id == speaker_id).values(role=role.value))

    def set_participant(self, speaker_id: SpeakerId, participant_id: ParticipantId | None) -> None:
        """Say whose voice this is; the participant joins the interview."""
        with self._journal.step("Match speaker"):
            self._journal.write(update(Speaker).where(Speaker.id == speaker_id).values(participant_id=participant_id))
            held = select(Transcript.interview_id).join(Speaker, Speaker.transcript_id == Transcript.id)
            self._refresh_participants(self._journal.read(held.where(Speaker.id == speaker_id))[0].interview_id)

    def remove(self, interview_ids: Sequence[InterviewId]) -> None:
        """Remove interviews with their transcripts and all that was coded in them."""
        with self._journal.step("Remove interview" + "s" * (len(interview_ids) > 1)):
            self._journal.write(delete(Interview).where(Interview.id.in_(interview_ids)))

    def mark_read(self, interview_id: InterviewId, read: bool = True) -> None:
        """Say that the coder at work has read an interview to its end, or has not."""
        coder_id = self._journal.coder_id
        place = (Reading.interview_id == interview_id) & (Reading.coder_id == coder_id)
        when = now() if read else None
        with self._journal.step("Mark as read" if read else "Mark as unread"):
            if self._journal.read(select(Reading.interview_id).where(place)):
                self._journal.write(update(Reading).where(place).values(read_at=when))
            else:
                self._journal.write(insert(Reading).values(coder_id=coder_id, interview_id=interview_id, read_at=when))

    # --- reads ---

    def interviews(self) -> list[InterviewRow]:
        """Every interview with its current transcript, in order."""

        def follow(kept: list[InterviewRow], written: Written) -> list[InterviewRow] | None:
            if written.touches(*_INTERVIEWS):
                return None
            counts = who.segments_by_transcript(self._journal)
            now = ((row, counts.get(row.transcript_id, 0)) for row in kept)
            return [row if row.segments == n else replace(row, segments=n) for row, n in now]

        tables = (*_INTERVIEWS, Segment)
        rows: list[InterviewRow] = recall(self._journal, "interviews", tables, self._read_interviews, follow)
        return list(rows)

    def find_source(self, digest: str) -> InterviewRow | None:
        """The interview that came from a file with this digest, in whichever version."""
        found = self._journal.read(select(Transcript.interview_id).where(Transcript.source_digest == digest))
        if not digest or not found:
            return None
        return next(i for i in self.interviews() if i.id == found[0].interview_id)

    def text(self, transcript_id: TranscriptId) -> str:
        return str(self._journal.read(select(Transcript.text).where(Transcript.id == transcript_id))[0].text)

    def texts(self) -> dict[TranscriptId, str]:
        """The text of every interview's current transcript, in the order of the interviews."""
        texts = dict(
            map(tuple, self._journal.read(select(Transcript.id, Transcript.text).where(Transcript.is_current)))
        )
        return {interview.transcript_id: texts[interview.transcript_id] for interview in self.interviews()}

    def get(self, transcript_id: TranscriptId) -> TranscriptRow:
        """A transcript with its turns and speakers. Raises UserError if it is no longer there."""
        columns = select(
            Transcript.id,
            Transcript.interview_id,
            Transcript.version,
            Transcript.is_current,
            Transcript.text,
            Transcript.emphasis,
            Transcript.asides,
            Transcript.source_name,
        )
        found = self._journal.read(columns.where(Transcript.id == transcript_id))
        if not found:
            raise UserError("This transcript is no longer there.")
        row = found[0]
        speakers = self.speakers(transcript_id)
        number = {speaker.id: i for i, speaker in enumerate(speakers)}
        turns = select(Turn.speaker_id, Turn.start, Turn.end, Turn.at).where(Turn.transcript_id == transcript_id)
        return TranscriptRow(
            id=row.id,
            interview_id=row.interview_id,
            version=row.version,
            is_current=row.is_current,
            text=row.text,
            turns=tuple(
                TurnValue(number[t.speaker_id], Span(t.start, t.end), t.at)
                for t in self._journal.read(turns.order_by(Turn.position))
            ),
            speakers=tuple(speakers),
            emphasis=tuple(Emphasis(Span(a, b), Face(face)) for a, b, face in row.emphasis),
            asides=tuple(Aside(AsideKind(kind), text, at) for kind, text, at in row.asides),
            source_name=row.source_name,
        )

    def speakers(self, transcript_id: TranscriptId) -> list[SpeakerRow]:
        columns = select(Speaker.id, Speaker.label, Speaker.role, Speaker.participant_id, Speaker.word_count)
        there = columns.where(Speaker.transcript_id == transcript_id).order_by(Speaker.position)
        return [
            SpeakerRow(row.id, row.label, Role(row.role), row.participant_id, row.word_count)
            for row in self._journal.read(there)
        ]

    def versions(self, interview_id: InterviewId) -> list[VersionRow]:
        """Every version of an interview's transcript, the first one first."""
        columns = select(
            Transcript.id,
            Transcript.version,
            Transcript.is_current,
            Transcript.source_name,
            Transcript.imported_at,
            Transcript.word_count,
        )
        here = columns.where(Transcript.interview_id == interview_id).order_by(Transcript.version)
        return [VersionRow(*row) for row in self._journal.read(here)]

    def title(self, interview_id: InterviewId) -> str:
        return str(self._journal.read(select(Interview.title).where(Interview.id == interview_id))[0].title)

    def titles(self) -> set[str]:
        """The titles that interviews have."""
        return {row.title for row in self._journal.read(select(Interview.title))}

    def loss(self, interview_ids: Sequence[InterviewId]) -> Loss:
        """What would go with these interviews if they were removed."""
        gone = select(Transcript.id).where(Transcript.interview_id.in_(interview_ids))
        notes = Memo.transcript_id.in_(gone) | Memo.interview_id.in_(interview_ids)
        counts = [
            self._journal.read(select(func.count()).select_from(table).where(where))[0][0]
            for table, where in (
                (Segment, Segment.transcript_id.in_(gone)),
                (Quote, Quote.transcript_id.in_(gone)),
                (Memo, notes),
            )
        ]
        return Loss(*counts)

    def read_by_me(self) -> frozenset[InterviewId]:
        """The interviews that the coder at work has read to the end."""
        mine = select(Reading.interview_id).where(Reading.coder_id == self._journal.coder_id)
        return frozenset(row.interview_id for row in self._journal.read(mine.where(Reading.read_at.is_not(None))))

    # --- within ---

    def _add_version(
        self,
        interview_id: InterviewId,
        version: int,
        transcript: TranscriptValue,
        people: Mapping[str, ParticipantId],
    ) -> TranscriptId:
        transcript_id = TranscriptId(new_id())
        said = _words_by_speaker(transcript)
        self._journal.write(
            insert(Transcript).values(
                id=transcript_id,
                interview_id=interview_id,
                version=version,
                text=transcript.text,
                source_name=transcript.source_name,
                source_digest=transcript.source_digest,
                word_count=sum(said),
                length=len(transcript.text),
                emphasis=[(e.span.start, e.span.end, e.face.value) for e in transcript.emphasis],
                asides=[(a.kind.value, a.text, a.at) for a in transcript.asides],
                remarks=list(transcript.remarks),
            )
        )
        ids = [SpeakerId(new_id()) for _ in transcript.speakers]
        speakers = [
            {
                "id": ids[number],
                "transcript_id": transcript_id,
                "participant_id": people.get(speaker.label),
                "position": number,
                "label": speaker.label,
                "role": speaker.role.value,
                "word_count": said[number],
            }
            for number, speaker in enumerate(transcript.speakers)
        ]
        turns = [
            {
                "transcript_id": transcript_id,
                "position": position,
                "speaker_id": ids[turn.speaker],
                "start": turn.span.start,
                "end": turn.span.end,
                "at": turn.at,
            }
            for position, turn in enumerate(transcript.turns)
        ]
        self._journal.write(insert(Speaker), speakers)
        self._journal.write(insert(Turn), turns)
        return transcript_id

    def _read_interviews(self) -> list[InterviewRow]:
        people: dict[InterviewId, list[ParticipantId]] = defaultdict(list)
        links = select(InterviewParticipant.interview_id, InterviewParticipant.participant_id)
        ordered = links.join(Participant, Participant.id == InterviewParticipant.participant_id)
        for row in self._journal.read(ordered.order_by(Participant.position, Participant.pseudonym)):
            people[row.interview_id].append(row.participant_id)
        segments = who.segments_by_transcript(self._journal)
        return [
            _interview(row, segments.get(row.transcript_id, 0), people[row.id])
            for row in self._journal.read(_interviews())
        ]

    def _refresh_participants(self, interview_id: InterviewId) -> None:
        """An interview's participants are those its speakers are matched to."""
        matched = (
            select(Speaker.participant_id)
            .distinct()
            .join(Transcript, Transcript.id == Speaker.transcript_id)
            .where(Transcript.interview_id == interview_id, Transcript.is_current, Speaker.participant_id.is_not(None))
        )
        people = [row.participant_id for row in self._journal.read(matched)]
        links = [{"interview_id": interview_id, "participant_id": p} for p in people]
        self._journal.write(delete(InterviewParticipant).where(InterviewParticipant.interview_id == interview_id))
        self._journal.write(insert(InterviewParticipant), links)


def _interviews() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Interview.id,
            Interview.title,
            Interview.wave_id,
            Interview.held_on,
            Interview.mode,
            Interview.duration_seconds,
            Interview.interviewer,
            Interview.note,
            Transcript.id.label("transcript_id"),
            Transcript.source_name,
            Transcript.word_count,
            Transcript.length,
            Transcript.remarks,
        )
        .join(Transcript, (Transcript.interview_id == Interview.id) & Transcript.is_current)
        .order_by(Interview.position, Interview.title)
    )


def _interview(row: Any, segments: int, people: Sequence[ParticipantId]) -> InterviewRow:
    facts = {**row._mapping, "segments": segments, "remarks": tuple(row.remarks)}
    return InterviewRow(**facts, participant_ids=tuple(people))


def _words_by_speaker(transcript: TranscriptValue) -> list[int]:
    said = [0] * len(transcript.speakers)
    for turn in transcript.turns:
        said[turn.speaker] += len(turn.span.of(transcript.text).split())
    return said
