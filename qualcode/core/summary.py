"""How far the work is, in the few numbers the window shows all the time."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, func, select

from qualcode.core.journal import Journal
from qualcode.core.schema import (
    Code,
    Finding,
    Interview,
    Participant,
    Quote,
    Reading,
    Segment,
    Theme,
    Transcript,
    Wave,
)


@dataclass(frozen=True, slots=True)
class Summary:
    """``read`` counts interviews read to the end by the coder at work; ``unquoted`` findings without a quote;
    ``coded`` interviews with a segment in them."""

    interviews: int
    participants: int
    waves: int
    read: int
    codes: int
    segments: int
    coded: int
    themes: int
    findings: int
    unquoted: int


def summary(journal: Journal) -> Summary:
    """One query, whatever the size of the project."""
    mine = select(func.count()).select_from(Reading).where(Reading.coder_id == journal.coder_id)
    quoted = select(Quote.finding_id)
    touched = select(Segment.id).where(Segment.transcript_id == Transcript.id).exists()
    parts = (
        _count(Interview),
        _count(Participant),
        _count(Wave),
        mine.where(Reading.read_at.is_not(None)),
        _count(Code),
        _count(Segment),
        select(func.count(Transcript.id)).where(Transcript.is_current, touched),
        _count(Theme),
        _count(Finding),
        _count(Finding).where(Finding.id.not_in(quoted)),
    )
    return Summary(*journal.read(select(*(part.scalar_subquery() for part in parts)))[0])


def _count(table: type) -> Select[int]:
    return select(func.count()).select_from(table)
