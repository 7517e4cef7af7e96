"""What reads return: small frozen rows, one query each. Nothing here can reach the database again by accident."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property

from qualcode.core.values import (
    Aside,
    AttributeId,
    CodeId,
    CoderId,
    Edit,
    Emphasis,
    FindingId,
    IdentifierId,
    InterviewId,
    MemoId,
    ParticipantId,
    Passage,
    QuestionId,
    QuoteId,
    Role,
    SegmentId,
    Span,
    Speaker,
    SpeakerId,
    SuggestionId,
    ThemeId,
    TranscriptId,
    Turn,
    WaveId,
)


@dataclass(frozen=True, slots=True)
class CoderRow:
    id: CoderId
    name: str


@dataclass(frozen=True, slots=True)
class AttributeRow:
    """``kind`` is one of text, number, date, choice; ``choices`` are in their own order."""

    id: AttributeId
    name: str
    kind: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    id: ParticipantId
    pseudonym: str
    name: str
    note: str
    withdrawn_on: dt.date | None
    attributes: dict[AttributeId, str]


@dataclass(frozen=True, slots=True)
class WaveRow:
    id: WaveId
    name: str
    position: int
    note: str


@dataclass(frozen=True, slots=True)
class GuideQuestionRow:
    id: QuestionId
    wave_id: WaveId
    topic: str
    text: str
    theme_ids: frozenset[ThemeId]


@dataclass(frozen=True, slots=True)
class EvaluationQuestionRow:
    id: QuestionId
    text: str


@dataclass(frozen=True, slots=True)
class InterviewRow:
    """One interview with its current transcript and how far the work on it is."""

    id: InterviewId
    title: str
    wave_id: WaveId | None
    held_on: dt.date | None
    mode: str
    duration_seconds: int | None
    interviewer: str
    note: str
    transcript_id: TranscriptId
    source_name: str
    word_count: int
    length: int
    segments: int
    remarks: tuple[str, ...]
    participant_ids: tuple[ParticipantId, ...]


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    id: SpeakerId
    label: str
    role: Role
    participant_id: ParticipantId | None
    word_count: int


@dataclass(frozen=True)
class TranscriptRow:
    """A transcript to read, code and anonymise. ``turns`` index into ``speakers``."""

    id: TranscriptId
    interview_id: InterviewId
    version: int
    is_current: bool
    text: str
    turns: tuple[Turn, ...]
    speakers: tuple[SpeakerRow, ...]
    emphasis: tuple[Emphasis, ...]
    asides: tuple[Aside, ...]
    source_name: str

    @cached_property
    def passage(self) -> Passage:
        """The same as values that a worker or a plug-in may have."""
        return Passage(self.id, self.text, self.turns, tuple(Speaker(s.label, s.role) for s in self.speakers))


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of an interview's transcript, without its text."""

    id: TranscriptId
    version: int
    is_current: bool
    source_name: str
    imported_at: dt.datetime
    word_count: int


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code with how many people and segments it has. People first."""

    id: CodeId
    parent_id: CodeId | None
    theme_id: ThemeId | None
    name: str
    colour: str
    definition: str
    include: str
    exclude: str
    example: str
    shortcut: int | None
    redefined_at: dt.datetime | None
    people: int = 0
    segments: int = 0


@dataclass(frozen=True, slots=True)
class SegmentRow:
    id: SegmentId
    transcript_id: TranscriptId
    code_id: CodeId
    coder_id: CoderId
    span: Span
    quote: str
    memo: str
    weight: int
    created_at: dt.datetime


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme with its codes; ``people`` and ``segments`` include those of its sub-themes."""

    id: ThemeId
    parent_id: ThemeId | None
    name: str
    definition: str
    central_message: str
    code_ids: tuple[CodeId, ...]
    people: int = 0
    segments: int = 0


@dataclass(frozen=True, slots=True)
class ThemeHoldings:
    """How many of each hang on a theme; ``questions`` are those of topic guides that ask about it."""

    codes: int
    findings: int
    memos: int
    comments: int
    summaries: int
    questions: int
    sub_themes: int


@dataclass(frozen=True, slots=True)
class FrameworkVersionRow:
    id: str
    name: str
    stage: str
    created_at: dt.datetime
    themes: int
    codes: int


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """What one person said on one theme in one wave, as the analyst summarised it."""

    participant_id: ParticipantId
    theme_id: ThemeId
    wave_id: WaveId | None
    text: str


@dataclass(frozen=True, slots=True)
class MemoRow:
    id: MemoId
    kind: str
    text: str
    coder_id: CoderId
    updated_at: dt.datetime
    transcript_id: TranscriptId | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class QuoteRow:
    id: QuoteId
    number: int
    finding_id: FindingId
    transcript_id: TranscriptId
    segment_id: SegmentId | None
    span: Span
    verbatim: str
    edits: tuple[Edit, ...]
    placement: str
    attribution: str | None

    @property
    def label(self) -> str:
        """``Q-0147``: how a quote is called on the page and in the evidence annex."""
        return f"Q-{self.number:04d}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A segment under a finding; ``stance`` is supports or counters."""

    segment_id: SegmentId
    stance: str


@dataclass(frozen=True, slots=True)
class FindingRow:
    """``counted``: the people behind it and those asked when its text was last written, where that is known."""

    id: FindingId
    theme_id: ThemeId | None
    wave_id: WaveId | None
    scope_attribute_id: AttributeId | None
    scope_value: str
    text: str
    summary: str
    evidence: tuple[Evidence, ...] = ()
    quotes: tuple[QuoteRow, ...] = ()
    question_ids: frozenset[QuestionId] = frozenset()
    counted: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class SuggestionRow:
    id: SuggestionId
    transcript_id: TranscriptId
    code_id: CodeId | None
    span: Span
    quote: str
    score: float
    reason: str
    state: str


@dataclass(frozen=True, slots=True)
class IdentifierRow:
    """``status`` is identifier or harmless; ``forms`` are its other spellings."""

    id: IdentifierId
    kind: str
    text: str
    forms: tuple[str, ...]
    replacement: str
    status: str
    note: str


@dataclass(frozen=True, slots=True)
class MentionRow:
    """A decision about one place; ``identifier_id`` None: it names nobody there."""

    identifier_id: IdentifierId | None
    transcript_id: TranscriptId
    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class ReportRow:
    id: str
    shape: str
    title: str
    subtitle: str
    authors: str
    published_on: dt.date | None
    wave_id: WaveId | None
    texts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ActivityRow:
    at: dt.datetime
    coder_id: CoderId | None
    verb: str
    label: str
    detail: dict[str, object]
