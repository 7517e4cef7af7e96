"""What a project file holds: the nouns of the product as tables. Their rows leave the core as values.

Keys are UUIDs written as text: the same identity for undo, for exchange with other programs and for merging copies.
Positions are half-open ranges of code points in ``transcript.text``.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from qualcode.core.values import (
    AttributeId,
    CodeId,
    CoderId,
    CommentId,
    FindingId,
    IdentifierId,
    InterviewId,
    MemoId,
    ParticipantId,
    QuestionId,
    QuoteId,
    SegmentId,
    SpeakerId,
    SuggestionId,
    ThemeId,
    TranscriptId,
    WaveId,
)


def new_id() -> str:
    return str(uuid.uuid4())


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Instant(TypeDecorator[dt.datetime]):
    """A moment in UTC; databases without time zones keep it naive."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, _dialect: Dialect) -> dt.datetime | None:
        return value and value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(self, value: dt.datetime | None, _dialect: Dialect) -> dt.datetime | None:
        return value and value.replace(tzinfo=dt.UTC)


_KEY = String(36)
_KEYS: tuple[Any, ...] = (
    AttributeId,
    CodeId,
    CoderId,
    FindingId,
    IdentifierId,
    InterviewId,
    MemoId,
    ParticipantId,
    QuestionId,
    QuoteId,
    SegmentId,
    SpeakerId,
    SuggestionId,
    ThemeId,
    TranscriptId,
    WaveId,
)
_COLUMN_TYPES: dict[Any, Any] = {
    dt.datetime: Instant,
    dt.date: Date,
    str: Text,
    dict[str, Any]: JSON,
    list[Any]: JSON,
    **dict.fromkeys(_KEYS, _KEY),
}


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = _COLUMN_TYPES


def _key() -> Any:
    return mapped_column(_KEY, primary_key=True, default=new_id)


def _to(column: str, *, on_delete: str = "CASCADE", **options: Any) -> Any:
    return mapped_column(_KEY, ForeignKey(column, ondelete=on_delete), **options)


def _span_is_a_span() -> CheckConstraint:
    return CheckConstraint('start >= 0 AND start < "end"', name="span")


# --- the project and who works on it -----------------------------------------------------------------------------


class ProjectInfo(Base):
    """The one row about the project itself. ``quotes_numbered``: the highest number that a quote was ever given."""

    __tablename__ = "project"
    id: Mapped[str] = _key()
    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en-GB")
    stage: Mapped[str] = mapped_column(default="prepare")
    quotes_numbered: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[dt.datetime] = mapped_column(default=now)


class Setting(Base):
    """House rules of this project: one JSON value a key."""

    __tablename__ = "setting"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[dict[str, Any]]


class Coder(Base):
    __tablename__ = "coder"
    id: Mapped[CoderId] = _key()
    name: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[dt.datetime] = mapped_column(default=now)


class Activity(Base):
    """The log of what was done and when. Only ever added to; undo adds a line instead of taking one away."""

    __tablename__ = "activity"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(default=now)
    coder_id: Mapped[CoderId | None]
    verb: Mapped[str]
    label: Mapped[str]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)


# --- people, waves, interviews -----------------------------------------------------------------------------------


class Participant(Base):
    __tablename__ = "participant"
    id: Mapped[ParticipantId] = _key()
    pseudonym: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    withdrawn_on: Mapped[dt.date | None]
    created_at: Mapped[dt.datetime] = mapped_column(default=now)


class Attribute(Base):
    __tablename__ = "attribute"
    id: Mapped[AttributeId] = _key()
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(default="text")
    choices: Mapped[list[Any]] = mapped_column(default=list)
    position: Mapped[int] = mapped_column(default=0)


class AttributeValue(Base):
    __tablename__ = "attribute_value"
    participant_id: Mapped[ParticipantId] = _to("participant.id", primary_key=True)
    attribute_id: Mapped[AttributeId] = _to("attribute.id", primary_key=True)
    value: Mapped[str]


class Wave(Base):
    __tablename__ = "wave"
    id: Mapped[WaveId] = _key()
    name: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(default="")


class GuideQuestion(Base):
    """A question of a wave's topic guide."""

    __tablename__ = "guide_question"
    id: Mapped[QuestionId] = _key()
    wave_id: Mapped[WaveId] = _to("wave.id", index=True)
    position: Mapped[int] = mapped_column(default=0)
    topic: Mapped[str] = mapped_column(default="")
    text: Mapped[str]


class QuestionTheme(Base):
    """A topic guide question bears on a theme: who was asked it was asked about the theme."""

    __tablename__ = "question_theme"
    question_id: Mapped[QuestionId] = _to("guide_question.id", primary_key=True)
    theme_id: Mapped[ThemeId] = _to("theme.id", primary_key=True, index=True)


class EvaluationQuestion(Base):
    """What the evaluation was asked to find out."""

    __tablename__ = "evaluation_question"
    id: Mapped[QuestionId] = _key()
    position: Mapped[int] = mapped_column(default=0)
    text: Mapped[str]


class Interview(Base):
    __tablename__ = "interview"
    id: Mapped[InterviewId] = _key()
    wave_id: Mapped[WaveId | None] = _to("wave.id", on_delete="SET NULL", index=True)
    title: Mapped[str]
    held_on: Mapped[dt.date | None]
    mode: Mapped[str] = mapped_column(default="")
    duration_seconds: Mapped[int | None]
    interviewer: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[dt.datetime] = mapped_column(default=now)


class InterviewParticipant(Base):
    __tablename__ = "interview_participant"
    interview_id: Mapped[InterviewId] = _to("interview.id", primary_key=True)
    participant_id: Mapped[ParticipantId] = _to("participant.id", primary_key=True, index=True)


# --- transcripts -------------------------------------------------------------------------------------------------


class Transcript(Base):
    """One version of an interview's text. The text is never changed; a correction adds the next version.

    ``length`` is that of the text in code points, kept beside it so that a list need not read the texts.
    """

    __tablename__ = "transcript"
    id: Mapped[TranscriptId] = _key()
    interview_id: Mapped[InterviewId] = _to("interview.id", index=True)
    version: Mapped[int] = mapped_column(default=1)
    is_current: Mapped[bool] = mapped_column(default=True)
    source_name: Mapped[str]
    source_digest: Mapped[str] = mapped_column(index=True)
    word_count: Mapped[int] = mapped_column(default=0)
    length: Mapped[int]
    imported_at: Mapped[dt.datetime] = mapped_column(default=now)
    emphasis: Mapped[list[Any]] = mapped_column(default=list)
    asides: Mapped[list[Any]] = mapped_column(default=list)
    remarks: Mapped[list[Any]] = mapped_column(default=list)
    text: Mapped[str]
    __table_args__ = (UniqueConstraint("interview_id", "version"),)


class Speaker(Base):
    __tablename__ = "speaker"
    id: Mapped[SpeakerId] = _key()
    transcript_id: Mapped[TranscriptId] = _to("transcript.id", index=True)
    participant_id: Mapped[ParticipantId | None] = _to("participant.id", on_delete="SET NULL", index=True)
    position: Mapped[int] = mapped_column(default=0)
    label: Mapped[str]
    role: Mapped[str]
    word_count: Mapped[int] = mapped_column(default=0)


class Turn(Base):
    __tablename__ = "turn"
    transcript_id: Mapped[TranscriptId] = _to("transcript.id", primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    speaker_id: Mapped[SpeakerId] = _to("speaker.id", index=True)
    start: Mapped[int]
    end: Mapped[int]
    at: Mapped[float | None]
    __table_args__ = (_span_is_a_span(),)


class Reading(Base):
    """How far a reader is with an interview: the furthest code point seen, and when it was read to the end."""

    __tablename__ = "reading"
    coder_id: Mapped[CoderId] = _to("coder.id", primary_key=True)
    interview_id: Mapped[InterviewId] = _to("interview.id", primary_key=True, index=True)
    reached: Mapped[int] = mapped_column(default=0)
    read_at: Mapped[dt.datetime | None]


# --- coding ------------------------------------------------------------------------------------------------------


class Theme(Base):
    __tablename__ = "theme"
    id: Mapped[ThemeId] = _key()
    parent_id: Mapped[ThemeId | None] = _to("theme.id", on_delete="SET NULL", index=True)
    name: Mapped[str]
    definition: Mapped[str] = mapped_column(default="")
    central_message: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[dt.datetime] = mapped_column(default=now)


class Code(Base):
    __tablename__ = "code"
    id: Mapped[CodeId] = _key()
    parent_id: Mapped[CodeId | None] = _to("code.id", on_delete="SET NULL", index=True)
    theme_id: Mapped[ThemeId | None] = _to("theme.id", on_delete="SET NULL", index=True)
    name: Mapped[str]
    colour: Mapped[str]
    definition: Mapped[str] = mapped_column(default="")
    include: Mapped[str] = mapped_column(default="")
    exclude: Mapped[str] = mapped_column(default="")
    example: Mapped[str] = mapped_column(default="")
    shortcut: Mapped[int | None]
    position: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[dt.datetime] = mapped_column(default=now)
    redefined_at: Mapped[dt.datetime | None]


class Segment(Base):
    """A span with a code. ``quote`` is the proof: the words as they stood when it was coded."""

    __tablename__ = "segment"
    id: Mapped[SegmentId] = _key()
    transcript_id: Mapped[TranscriptId] = _to("transcript.id")
    code_id: Mapped[CodeId] = _to("code.id", index=True)
    coder_id: Mapped[CoderId] = _to("coder.id", on_delete="RESTRICT", index=True)
    start: Mapped[int]
    end: Mapped[int]
    quote: Mapped[str]
    memo: Mapped[str] = mapped_column(default="")
    weight: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[dt.datetime] = mapped_column(default=now)
    reviewed_at: Mapped[dt.datetime | None]
    __table_args__ = (_span_is_a_span(), Index(None, "transcript_id", "start"), UniqueConstraint("id", "code_id"))


class SegmentSpeaker(Base):
    """Who is heard in a segment; derived from the turns when its span is set, so that people can be counted fast.

    ``code_id`` is the segment's own and follows it by the foreign key: a count by code reads one index.
    """

    __tablename__ = "segment_speaker"
    segment_id: Mapped[SegmentId] = mapped_column(_KEY, primary_key=True)
    code_id: Mapped[CodeId] = mapped_column(_KEY, primary_key=True)
    speaker_id: Mapped[SpeakerId] = _to("speaker.id", primary_key=True, index=True)
    __table_args__ = (
        ForeignKeyConstraint(
            ["segment_id", "code_id"], ["segment.id", "segment.code_id"], onupdate="CASCADE", ondelete="CASCADE"
        ),
        Index(None, "code_id", "speaker_id"),
    )


class Suggestion(Base):
    """A proposed segment; lives apart from the segments until accepted. ``state``: open, accepted, refused."""

    __tablename__ = "suggestion"
    id: Mapped[SuggestionId] = _key()
    transcript_id: Mapped[TranscriptId] = _to("transcript.id", index=True)
    code_id: Mapped[CodeId | None] = _to("code.id", index=True)
    start: Mapped[int]
    end: Mapped[int]
    quote: Mapped[str]
    score: Mapped[float]
    reason: Mapped[str]
    state: Mapped[str] = mapped_column(default="open")
    created_at: Mapped[dt.datetime] = mapped_column(default=now)
    decided_at: Mapped[dt.datetime | None]
    __table_args__ = (_span_is_a_span(),)


# --- framework, findings, report ---------------------------------------------------------------------------------


class FrameworkVersion(Base):
    """A named snapshot of themes and codes, taken when the project's stage is moved on."""

    __tablename__ = "framework_version"
    id: Mapped[str] = _key()
    name: Mapped[str]
    stage: Mapped[str]
    coder_id: Mapped[CoderId | None]
    snapshot: Mapped[dict[str, Any]]
    created_at: Mapped[dt.datetime] = mapped_column(default=now)


class MatrixSummary(Base):
    """The written cell of the framework matrix: one participant, one theme, one wave (or none)."""

    __tablename__ = "matrix_summary"
    id: Mapped[str] = _key()
    participant_id: Mapped[ParticipantId] = _to("participant.id", index=True)
    theme_id: Mapped[ThemeId] = _to("theme.id", index=True)
    wave_id: Mapped[WaveId | None] = _to("wave.id", on_delete="SET NULL")
    text: Mapped[str]


class Memo(Base):
    """A note on the one thing named by its targets; on the project when none is named.

    With ``transcript_id`` it is a margin note on a span, whose words are kept in ``quote`` as proof.
    """

    __tablename__ = "memo"
    id: Mapped[MemoId] = _key()
    kind: Mapped[str] = mapped_column(default="note")
    text: Mapped[str] = mapped_column(default="")
    coder_id: Mapped[CoderId] = _to("coder.id", on_delete="RESTRICT")
    participant_id: Mapped[ParticipantId | None] = _to("participant.id", index=True)
    interview_id: Mapped[InterviewId | None] = _to("interview.id", index=True)
    code_id: Mapped[CodeId | None] = _to("code.id", index=True)
    theme_id: Mapped[ThemeId | None] = _to("theme.id", index=True)
    finding_id: Mapped[FindingId | None] = _to("finding.id", index=True)
    transcript_id: Mapped[TranscriptId | None] = _to("transcript.id", index=True)
    start: Mapped[int | None]
    end: Mapped[int | None]
    quote: Mapped[str | None]
    created_at: Mapped[dt.datetime] = mapped_column(default=now)
    updated_at: Mapped[dt.datetime] = mapped_column(default=now)


class Comment(Base):
    """What a colleague is told on a finding, a theme or a section of the report; no part of what is reported."""

    __tablename__ = "comment"
    id: Mapped[CommentId] = _key()
    coder_id: Mapped[CoderId] = _to("coder.id", on_delete="RESTRICT")
    finding_id: Mapped[FindingId | None] = _to("finding.id", index=True)
    theme_id: Mapped[ThemeId | None] = _to("theme.id", index=True)
    section: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    resolved: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[dt.datetime] = mapped_column(default=now)


class Finding(Base):
    """What the analyst asserts under a theme. Text marks its key issue ``**so**`` and italics ``*so*``.

    ``scope_*`` say of whom it speaks (role = staff), which is the base its quantity words are held against.
    ``counted_*`` are the people behind it and those asked when its text was last written.
    """

    __tablename__ = "finding"
    id: Mapped[FindingId] = _key()
    theme_id: Mapped[ThemeId | None] = _to("theme.id", on_delete="SET NULL", index=True)
    wave_id: Mapped[WaveId | None] = _to("wave.id", on_delete="SET NULL")
    scope_attribute_id: Mapped[AttributeId | None] = _to("attribute.id", on_delete="SET NULL")
    scope_value: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    counted_people: Mapped[int | None]
    counted_asked: Mapped[int | None]
    position: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[dt.datetime] = mapped_column(default=now)


class FindingSegment(Base):
    """A segment that carries a finding, or speaks against it (``stance``: supports, counters)."""

    __tablename__ = "finding_segment"
    finding_id: Mapped[FindingId] = _to("finding.id", primary_key=True)
    segment_id: Mapped[SegmentId] = _to("segment.id", primary_key=True, index=True)
    stance: Mapped[str] = mapped_column(default="supports")
    position: Mapped[int] = mapped_column(default=0)


class FindingQuestion(Base):
    """A finding answers an evaluation question."""

    __tablename__ = "finding_question"
    finding_id: Mapped[FindingId] = _to("finding.id", primary_key=True)
    question_id: Mapped[QuestionId] = _to("evaluation_question.id", primary_key=True, index=True)


class Quote(Base):
    """How a passage appears under a finding: its words, and the typed edits made to them.

    It keeps its own span, so that it outlives a segment that is uncoded later and can say so.
    """

    __tablename__ = "quote"
    id: Mapped[QuoteId] = _key()
    number: Mapped[int] = mapped_column(unique=True)
    finding_id: Mapped[FindingId] = _to("finding.id", index=True)
    transcript_id: Mapped[TranscriptId] = _to("transcript.id", index=True)
    segment_id: Mapped[SegmentId | None] = _to("segment.id", on_delete="SET NULL", index=True)
    start: Mapped[int]
    end: Mapped[int]
    verbatim: Mapped[str]
    edits: Mapped[list[Any]] = mapped_column(default=list)
    placement: Mapped[str] = mapped_column(default="block")
    attribution: Mapped[str | None]
    position: Mapped[int] = mapped_column(default=0)
    __table_args__ = (_span_is_a_span(),)


class Report(Base):
    """A document in the making: its shape, what stands on its cover, the wave it reports."""

    __tablename__ = "report"
    id: Mapped[str] = _key()
    shape: Mapped[str] = mapped_column(default="insight")
    title: Mapped[str] = mapped_column(default="")
    subtitle: Mapped[str] = mapped_column(default="")
    authors: Mapped[str] = mapped_column(default="")
    published_on: Mapped[dt.date | None]
    wave_id: Mapped[WaveId | None] = _to("wave.id", on_delete="SET NULL")


class ReportText(Base):
    """What the analyst wrote for a section that the data cannot write."""

    __tablename__ = "report_text"
    report_id: Mapped[str] = _to("report.id", primary_key=True)
    section: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]


# --- anonymity ---------------------------------------------------------------------------------------------------


class Identifier(Base):
    """Something that could name a person, and what stands in its place. ``status``: identifier, harmless."""

    __tablename__ = "identifier"
    id: Mapped[IdentifierId] = _key()
    kind: Mapped[str]
    text: Mapped[str] = mapped_column(unique=True)
    replacement: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(default="identifier")
    note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[dt.datetime] = mapped_column(default=now)


class IdentifierForm(Base):
    """Another spelling of an identifier."""

    __tablename__ = "identifier_form"
    identifier_id: Mapped[IdentifierId] = _to("identifier.id", primary_key=True)
    text: Mapped[str] = mapped_column(primary_key=True)


class Mention(Base):
    """A decision about one place: it names the identifier after all, or (``identifier_id`` None) it does not."""

    __tablename__ = "mention"
    id: Mapped[str] = _key()
    identifier_id: Mapped[IdentifierId | None] = _to("identifier.id", index=True)
    transcript_id: Mapped[TranscriptId] = _to("transcript.id", index=True)
    start: Mapped[int]
    end: Mapped[int]
    quote: Mapped[str]
    __table_args__ = (_span_is_a_span(),)


def recorded_tables() -> list[Table]:
    """The tables whose rows undo and redo bring back: all but the log, which only grows."""
    return [t for t in Base.metadata.sorted_tables if t.name != Activity.__tablename__]
