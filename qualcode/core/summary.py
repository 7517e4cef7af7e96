"""How far the work is, in the few numbers the window shows all the time."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, func, select

from qualcode.core import who
from qualcode.core.journal import Journal
from qualcode.core.schema import Code, Finding, Interview, Participant, Quote, Reading, Theme, Wave


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
    """One query for all but the segments, which are counted as they come and go."""
    mine = select(func.count()).select_from(Reading).where(Reading.coder_id == journal.coder_id)
    quoted = select(Quote.finding_id)
    counted = {
        "interviews": _count(Interview),
        "participants": _count(Participant),
        "waves": _count(Wave),
        "read": mine.where(Reading.read_at.is_not(None)),
        "codes": _count(Code),
        "themes": _count(Theme),
        "findings": _count(Finding),
        "unquoted": _count(Finding).where(Finding.id.not_in(quoted)),
    }
    whole = select(*(part.scalar_subquery().label(name) for name, part in counted.items()))
    segments = who.segments_by_transcript(journal)
    return Summary(
        **journal.read(whole)[0]._mapping,
        segments=sum(segments.values()),
        coded=len(segments.keys() - who.corrected(journal)),
    )


def _count(table: type) -> Select[int]:
    return select(func.count()).select_from(table)
