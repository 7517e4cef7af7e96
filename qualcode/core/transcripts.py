"""Interviews and their transcripts: landing an imported one, whose voice is whose, and correcting a text."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any

from sqlalchemy import Select, delete, func, insert, select, update

from qualcode.core import spans
from qualcode.core.journal import Journal
from qualcode.core.rows import InterviewRow, SpeakerRow, TranscriptRow
from qualcode.core.schema import (
    Interview,
    InterviewParticipant,
    Memo,
    Mention,
    Participant,
    Quote,
    Reading,
    Segment,
    SegmentSpeaker,
    Speaker,
    Suggestion,
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
from qualcode.errors import UserError


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
class Correction:
    """What became of the segments when a text was corrected."""

    transcript_id: TranscriptId
    changed: tuple[SegmentId, ...]
    unplaced: tuple[SegmentId, ...]


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

    def correct(self, transcript_id: TranscriptId, corrected: TranscriptValue) -> Correction:
        """Follow a transcript by a corrected version of it and move everything on it there.

        Segments, memos, quotes, suggestions and decisions on places are re-anchored by comparing the texts. A
        segment that found no place stays with the old version and is listed by ``coding.unplaced``.
        """
        old = self.get(transcript_id)
        people = {s.label: s.participant_id for s in old.speakers if s.participant_id is not None}
        with self._journal.step("Correct transcript"):
            self._journal.write(update(Transcript).where(Transcript.id == transcript_id).values(is_current=False))
            new_id_ = self._add_version(old.interview_id, old.version + 1, corrected, people)
            new = self.get(new_id_)
            changed, unplaced = self._move(Segment, Segment.quote, old, new)
            for table, proof in ((Memo, Memo.quote), (Quote, Quote.verbatim), (Mention, Mention.quote)):
                self._move(table, proof, old, new)
            self._move(Suggestion, Suggestion.quote, old, new)
            self._hear_again(new)
        return Correction(new.id, tuple(map(SegmentId, changed)), tuple(map(SegmentId, unplaced)))

    def correct_words(self, transcript_id: TranscriptId, span: Span, words: str) -> Correction:
        """Put other words in the place of ``span`` (a mended typo). Raises UserError when it crosses turns."""
        old = self.get(transcript_id)
        words = spans.normalise(words)
        touched = spans.turns_within(old.turns, span)
        if len(touched) != 1 or not old.turns[touched[0]].span.contains(span) or not words.strip():
            raise UserError("A correction stays within one turn and leaves some words.")
        grown = len(words) - len(span)

        def moved(place: Span) -> Span:
            start = place.start + grown if place.start >= span.end else min(place.start, span.start + len(words))
            end = place.end + grown if place.end >= span.end else min(place.end, span.start + len(words))
            return Span(start, max(start, end))

        self_ = old.passage
        corrected = TranscriptValue(
            text=old.text[: span.start] + words + old.text[span.end :],
            turns=tuple(
                replace(t, span=moved(t.span) if i != touched[0] else Span(t.span.start, t.span.end + grown))
                for i, t in enumerate(self_.turns)
            ),
            speakers=self_.speakers,
            source_name=old.source_name,
            source_digest="",
            emphasis=tuple(replace(e, span=moved(e.span)) for e in old.emphasis),
            asides=old.asides,
        )
        return self.correct(transcript_id, corrected)

    def change(self, interview_id: InterviewId, **values: Any) -> None:
        """Change an interview's title, wave_id, held_on, mode, duration_seconds, interviewer or note."""
        allowed = {"title", "wave_id", "held_on", "mode", "duration_seconds", "interviewer", "note"}
        if not values.keys() <= allowed:
            raise TypeError(f"not a fact of an interview: {sorted(values.keys() - allowed)}")
        with self._journal.step("Change interview"):
            self._journal.write(update(Interview).where(Interview.id == interview_id).values(values))

    def set_role(self, speaker_id: SpeakerId, role: Role) -> None:
        with self._journal.step("Change role"):
            self._journal.write(update(Speaker).where(Speaker.id == speaker_id).values(role=role.value))

    def set_participant(self, speaker_id: SpeakerId, participant_id: ParticipantId | None) -> None:
        """Say whose voice this is; the participant joins the interview."""
        with self._journal.step("Match speaker"):
            self._journal.write(update(Speaker).where(Speaker.id == speaker_id).values(participant_id=participant_id))
            self._refresh_participants(speaker_id)

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
        people: dict[InterviewId, list[ParticipantId]] = defaultdict(list)
        links = select(InterviewParticipant.interview_id, InterviewParticipant.participant_id)
        ordered = links.join(Participant, Participant.id == InterviewParticipant.participant_id)
        for row in self._journal.read(ordered.order_by(Participant.position, Participant.pseudonym)):
            people[row.interview_id].append(row.participant_id)
        return [_interview(row, people[row.id]) for row in self._journal.read(_interviews())]

    def find_source(self, digest: str) -> InterviewRow | None:
        """The interview that came from a file with this digest, in whichever version."""
        found = self._journal.read(select(Transcript.interview_id).where(Transcript.source_digest == digest))
        if not digest or not found:
            return None
        return next(i for i in self.interviews() if i.id == found[0].interview_id)

    def text(self, transcript_id: TranscriptId) -> str:
        return str(self._journal.read(select(Transcript.text).where(Transcript.id == transcript_id))[0].text)

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

    def _move(self, table: Any, proof: Any, old: TranscriptRow, new: TranscriptRow) -> tuple[list[str], list[str]]:
        """Re-anchor the rows of one table; the ids of those whose words changed, and of those without a place."""
        there = select(table.id, table.start, table.end).where(table.transcript_id == old.id, table.start.is_not(None))
        rows = self._journal.read(there)
        places = spans.reanchor(old.text, new.text, [Span(row.start, row.end) for row in rows])
        changed, unplaced = [], []
        for row, place in zip(rows, places, strict=True):
            if place is None:
                unplaced.append(row.id)
                continue
            if not place.exact:
                changed.append(row.id)
            values = {"transcript_id": new.id, "start": place.span.start, "end": place.span.end}
            values[proof.key] = place.span.of(new.text)
            self._journal.write(update(table).where(table.id == row.id).values(values))
        return changed, unplaced

    def _hear_again(self, new: TranscriptRow) -> None:
        """Derive anew who is heard in the segments of a transcript."""
        rows = self._journal.read(select(Segment.id, Segment.start, Segment.end).where(Segment.transcript_id == new.id))
        here = select(Segment.id).where(Segment.transcript_id == new.id)
        self._journal.write(delete(SegmentSpeaker).where(SegmentSpeaker.segment_id.in_(here)))
        heard = [
            {"segment_id": row.id, "speaker_id": new.speakers[number].id}
            for row in rows
            for number in dict.fromkeys(
                new.turns[i].speaker for i in spans.turns_within(new.turns, Span(row.start, row.end))
            )
        ]
        self._journal.write(insert(SegmentSpeaker), heard)

    def _refresh_participants(self, speaker_id: SpeakerId) -> None:
        """An interview's participants are those its speakers are matched to."""
        interview = (
            select(Transcript.interview_id)
            .join(Speaker, Speaker.transcript_id == Transcript.id)
            .where(Speaker.id == speaker_id)
        )
        interview_id = self._journal.read(interview)[0].interview_id
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
    counts = select(Segment.transcript_id, func.count().label("n")).group_by(Segment.transcript_id).subquery()
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
            func.length(Transcript.text).label("length"),
            func.coalesce(counts.c.n, 0).label("segments"),
            Transcript.remarks,
        )
        .join(Transcript, (Transcript.interview_id == Interview.id) & Transcript.is_current)
        .outerjoin(counts, counts.c.transcript_id == Transcript.id)
        .order_by(Interview.position, Interview.title)
    )


def _interview(row: Any, people: Sequence[ParticipantId]) -> InterviewRow:
    facts = {**row._mapping, "remarks": tuple(row.remarks)}
    return InterviewRow(**facts, participant_ids=tuple(people))


def _words_by_speaker(transcript: TranscriptValue) -> list[int]:
    said = [0] * len(transcript.speakers)
    for turn in transcript.turns:
        said[turn.speaker] += len(turn.span.of(transcript.text).split())
    return said
