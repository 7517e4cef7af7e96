"""What merging or deleting codes will do, counted before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Executable, func, select

from qualcode.core import who
from qualcode.core.journal import Journal
from qualcode.core.schema import Code, FindingSegment, Memo, Quote, Segment, SegmentSpeaker, Suggestion, Transcript
from qualcode.core.values import CodeId


@dataclass(frozen=True, slots=True)
class Effect:
    """What hangs on codes that will go. ``doubled`` passages have the other code too, by the same coder: one segment
    stays for both. ``people`` and ``segments_after`` are those of the code that is kept, once it is done.
    """

    segments: int
    doubled: int = 0
    suggestions: int = 0
    memos: int = 0
    sub_codes: int = 0
    findings: int = 0
    quotes: int = 0
    people_after: int = 0
    segments_after: int = 0


def of_merging(journal: Journal, code_ids: Sequence[CodeId], into: CodeId) -> Effect:
    """What merging ``code_ids`` into ``into`` will do."""
    gone = [c for c in code_ids if c != into]
    place = (Segment.transcript_id, Segment.start, Segment.end, Segment.coder_id)
    every = [*gone, into]
    current = select(Segment.code_id, *place).join(Transcript, Transcript.id == Segment.transcript_id)
    rows = journal.read(current.where(Segment.code_id.in_(every), Transcript.is_current))
    moved = sum(row.code_id != into for row in rows)
    after = len({tuple(row[1:]) for row in rows})
    heard = who.heard().distinct().where(SegmentSpeaker.code_id.in_(every)).subquery()
    people = journal.read(select(func.count()).select_from(heard))[0][0]
    return Effect(
        segments=moved,
        doubled=len(rows) - after,
        suggestions=_count(journal, select(func.count()).where(Suggestion.code_id.in_(gone))),
        memos=_count(journal, select(func.count()).where(Memo.code_id.in_(gone))),
        sub_codes=_count(journal, select(func.count()).where(Code.parent_id.in_(gone), Code.id.not_in(every))),
        people_after=people,
        segments_after=after,
    )


def of_deleting(journal: Journal, code_ids: Sequence[CodeId]) -> Effect:
    """What deleting these codes will take with them."""
    mine = select(Segment.id).where(Segment.code_id.in_(code_ids))
    carried = select(func.count(FindingSegment.finding_id.distinct())).where(FindingSegment.segment_id.in_(mine))
    return Effect(
        segments=_count(journal, select(func.count()).where(Segment.code_id.in_(code_ids))),
        memos=_count(journal, select(func.count()).where(Memo.code_id.in_(code_ids))),
        sub_codes=_count(journal, select(func.count()).where(Code.parent_id.in_(code_ids), Code.id.not_in(code_ids))),
        findings=_count(journal, carried),
        quotes=_count(journal, select(func.count()).where(Quote.segment_id.in_(mine))),
    )


def _count(journal: Journal, statement: Executable) -> int:
    return int(journal.read(statement)[0][0])
