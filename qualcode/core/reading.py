"""Reading: how far each reader is with each interview, and the speech of many interviews at once, as values."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, insert, select, update

from qualcode.core import schema, who, word_index
from qualcode.core.concordance import Query, Speech
from qualcode.core.journal import Journal
from qualcode.core.recall import recall
from qualcode.core.schema import Interview, Memo, Speaker, Transcript, now
from qualcode.core.values import CoderId, InterviewId, MemoId, Passage, Role, Span, TranscriptId, Turn
from qualcode.core.values import Speaker as SpeakerValue
from qualcode.errors import UserError

Voice = tuple[str, Role]
"""Who speaks: a participant's id, or the speaker's own while it is matched to nobody; and the speaker's role."""


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """How far one reader is: the furthest code point seen, and when the interview was read to its end."""

    coder_id: CoderId
    interview_id: InterviewId
    reached: int
    read_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """A passage somebody marked as important: its words, and the note beside it (or nothing)."""

    id: MemoId
    transcript_id: TranscriptId
    span: Span
    quote: str
    text: str
    coder_id: CoderId


class Readings:
    """Who has read what. Where a reader is, is kept as it goes; that an interview is read, is an act."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    # --- writes ---

    def reach(self, interview_id: InterviewId, position: int) -> None:
        """Keep how far the coder at work has come, in code points; it never goes back. Undo passes over it."""
        self._begin(interview_id)
        further = (schema.Reading.reached < position) & self._mine(interview_id)
        with self._journal.keeping():
            self._journal.write(update(schema.Reading).where(further).values(reached=position))

    def mark_read(self, interview_id: InterviewId, read: bool = True) -> None:
        """Say that the coder at work has read an interview to its end, or has not."""
        self._begin(interview_id)
        when = now() if read else None
        with self._journal.step("Mark as read" if read else "Mark as unread"):
            self._journal.write(update(schema.Reading).where(self._mine(interview_id)).values(read_at=when))

    # --- reads ---

    def all(self) -> list[ReadingRow]:
        """Every reader's state of every interview begun; an interview without a row is unread."""
        table = schema.Reading
        columns = select(table.coder_id, table.interview_id, table.reached, table.read_at)
        return [ReadingRow(*row) for row in self._journal.read(columns)]

    def marked(self) -> list[MarkedRow]:
        """Everything marked in the transcripts as they are now, with its notes: in the order of each text."""
        columns = select(Memo.id, Memo.transcript_id, Memo.start, Memo.end, Memo.quote, Memo.text, Memo.coder_id)
        placed = columns.join(Transcript, Transcript.id == Memo.transcript_id).where(Transcript.is_current)
        rows = self._journal.read(placed.order_by(Memo.transcript_id, Memo.start, Memo.end))
        return [MarkedRow(r.id, r.transcript_id, Span(r.start, r.end), r.quote or "", r.text, r.coder_id) for r in rows]

    def speech(self, transcript_ids: Sequence[TranscriptId]) -> list[Speech]:
        """What is said in these transcripts and by whom, in the order given; for a worker to look for words in."""
        texts = select(Transcript.id, Transcript.text).where(Transcript.id.in_(transcript_ids))
        voices, turns = self._voices(transcript_ids), self._turns(transcript_ids)
        found = {}
        for row in self._journal.read(texts):
            here = voices[row.id]
            number = {voice.id: n for n, voice in enumerate(here)}
            passage = Passage(
                row.id,
                row.text,
                tuple(Turn(number[t.speaker_id], Span(t.start, t.end)) for t in turns[row.id]),
                tuple(SpeakerValue(voice.label, Role(voice.role)) for voice in here),
            )
            found[row.id] = Speech(passage, tuple(voice.person for voice in here))
        return [found[t] for t in transcript_ids if t in found]

    def voices(self) -> Mapping[TranscriptId, Sequence[Voice]]:
        """Who says something in each current transcript. Shared: nobody may change it."""
        return recall(self._journal, "voices", (Transcript, Speaker, schema.Turn), self._read_voices)

    def holding(self, queries: Iterable[Query]) -> frozenset[TranscriptId] | None:
        """The current transcripts that can hold a place of any of these queries; None for any of them."""
        return word_index.holding(self._journal.connection, queries)

    def vocabulary(self) -> Sequence[str]:
        """The words of all current transcripts as they are counted, each once."""
        connection = self._journal.connection
        return recall(self._journal, "vocabulary", (Transcript,), lambda: word_index.vocabulary(connection))

    # --- within ---

    def _read_voices(self) -> Mapping[TranscriptId, Sequence[Voice]]:
        columns = select(Speaker.transcript_id, Speaker.role, who.person().label("person"))
        there = columns.join(Transcript, Transcript.id == Speaker.transcript_id).where(Transcript.is_current)
        found: dict[TranscriptId, list[Voice]] = defaultdict(list)
        for row in self._journal.read(there.where(exists().where(schema.Turn.speaker_id == Speaker.id))):
            found[row.transcript_id].append((row.person, Role(row.role)))
        return found

    def _begin(self, interview_id: InterviewId) -> None:
        """See to it that the coder at work has a row for the interview: added here only, never by a step."""
        if self._journal.read(select(schema.Reading.interview_id).where(self._mine(interview_id))):
            return
        title = self._journal.read(select(Interview.title).where(Interview.id == interview_id))
        if not title:
            raise UserError("This interview is no longer there.")
        row = {"coder_id": self._journal.coder_id, "interview_id": interview_id}
        with self._journal.keeping(f"Begin reading {title[0].title}"):
            self._journal.write(insert(schema.Reading).values(row))

    def _mine(self, interview_id: InterviewId) -> ColumnElement[bool]:
        return (schema.Reading.interview_id == interview_id) & (schema.Reading.coder_id == self._journal.coder_id)

    def _voices(self, transcript_ids: Sequence[TranscriptId]) -> Mapping[TranscriptId, list[Any]]:
        columns = select(Speaker.transcript_id, Speaker.id, Speaker.label, Speaker.role, who.person().label("person"))
        there = columns.where(Speaker.transcript_id.in_(transcript_ids)).order_by(Speaker.position)
        return _by_transcript(self._journal.read(there))

    def _turns(self, transcript_ids: Sequence[TranscriptId]) -> Mapping[TranscriptId, list[Any]]:
        columns = select(schema.Turn.transcript_id, schema.Turn.speaker_id, schema.Turn.start, schema.Turn.end)
        there = columns.where(schema.Turn.transcript_id.in_(transcript_ids))
        return _by_transcript(self._journal.read(there.order_by(schema.Turn.transcript_id, schema.Turn.position)))


def _by_transcript(rows: Sequence[Any]) -> Mapping[TranscriptId, list[Any]]:
    found: dict[TranscriptId, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.transcript_id].append(row)
    return found
