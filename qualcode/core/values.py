"""Frozen values that cross borders: importers, suggesters and reports speak in these, never in tables.

All positions are half-open ranges of Unicode code points over a transcript's normalised text
(NFC, ``\\n``, no BOM, no NUL; see :func:`qualcode.core.spans.normalise`).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

ParticipantId = NewType("ParticipantId", str)
WaveId = NewType("WaveId", str)
InterviewId = NewType("InterviewId", str)
TranscriptId = NewType("TranscriptId", str)
SpeakerId = NewType("SpeakerId", str)
CoderId = NewType("CoderId", str)
CodeId = NewType("CodeId", str)
SegmentId = NewType("SegmentId", str)
ThemeId = NewType("ThemeId", str)
FindingId = NewType("FindingId", str)
QuoteId = NewType("QuoteId", str)
SuggestionId = NewType("SuggestionId", str)
IdentifierId = NewType("IdentifierId", str)
MemoId = NewType("MemoId", str)
CommentId = NewType("CommentId", str)
AttributeId = NewType("AttributeId", str)
QuestionId = NewType("QuestionId", str)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range ``[start, end)`` of code points. Never negative, never reversed; may be empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"no span: {self.start} to {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words this span covers in ``text``."""
        return text[self.start : self.end]

    def shifted(self, by: int) -> Span:
        return Span(self.start + by, self.end + by)

    def overlaps(self, other: Span) -> bool:
        """Whether they share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


class Role(StrEnum):
    """What a speaker is in the interview. UNKNOWN until somebody or some evidence says so."""

    INTERVIEWER = "interviewer"
    PARTICIPANT = "participant"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice in one transcript, under the label its typist gave it (``""`` for a narrative without labels)."""

    label: str
    role: Role = Role.UNKNOWN


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's utterance.

    ``speaker`` is an index into :attr:`Transcript.speakers`; ``at`` is seconds from the start of the recording.
    """

    speaker: int
    span: Span
    at: float | None = None


class Face(StrEnum):
    BOLD = "bold"
    ITALIC = "italic"


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Bold or italic of the source, kept as a display layer over the text."""

    span: Span
    face: Face


class AsideKind(StrEnum):
    COMMENT = "comment"
    FOOTNOTE = "footnote"
    HEADER = "header"


@dataclass(frozen=True, slots=True)
class Aside:
    """Something written beside the speech: a Word comment, a footnote, a line of front or end matter.

    ``at`` is the code point in the text where it was anchored, or None where it stood apart.
    """

    kind: AsideKind
    text: str
    at: int | None = None


@dataclass(frozen=True, slots=True)
class InterviewFacts:
    """What a file says about its interview, in its header lines or its name; None where it says nothing."""

    title: str | None = None
    date: dt.date | None = None
    interviewer: str | None = None
    participants: tuple[str, ...] = ()
    wave: str | None = None
    mode: str | None = None
    duration_seconds: int | None = None
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    """One file, read: speech only, with everything else beside it.

    ``text`` holds the words spoken, paragraphs separated by one ``\\n``; speaker labels, timestamps, headers,
    comments and footnotes are not in it. ``turns`` lie in order, do not overlap, and together cover the text
    but for the ``\\n`` between them. ``remarks`` are sentences for the import report.
    """

    text: str
    turns: tuple[Turn, ...]
    speakers: tuple[Speaker, ...]
    source_name: str
    source_digest: str
    facts: InterviewFacts = InterviewFacts()
    emphasis: tuple[Emphasis, ...] = ()
    asides: tuple[Aside, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A transcript as a suggester or a finder of names sees it: values only."""

    transcript_id: TranscriptId
    text: str
    turns: tuple[Turn, ...]
    speakers: tuple[Speaker, ...]

    def speech(self) -> tuple[Turn, ...]:
        """The turns that are not the interviewer's."""
        return tuple(t for t in self.turns if self.speakers[t.speaker].role is not Role.INTERVIEWER)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposed segment. ``code_id`` None means: quotable, no code proposed. ``score`` is 0 to 1."""

    transcript_id: TranscriptId
    span: Span
    code_id: CodeId | None
    score: float
    reason: str


class EditKind(StrEnum):
    CUT = "cut"
    REPLACE = "replace"
    TRIM = "trim"


@dataclass(frozen=True, slots=True)
class Edit:
    """One act on a quote. ``span`` counts from the first code point of the quote's verbatim text.

    CUT leaves ``[...]``; REPLACE puts ``replacement`` in square brackets; TRIM takes words off either end without
    a mark. Nothing else can be done to a quote, so what is left outside the brackets is the participant's.
    """

    kind: EditKind
    span: Span
    replacement: str = ""


@dataclass(frozen=True)
class Change:
    """One notice after a step, an undo or a redo: which rows of which tables were touched.

    An undo or redo of a long act may come in several: each of so many ``steps``, with so many ``left`` to come.
    """

    label: str
    verb: str
    rows: dict[str, frozenset[str]] = field(default_factory=dict)
    steps: int = 1
    left: int = 0

    def touches(self, *tables: str) -> bool:
        return any(table in self.rows for table in tables)
