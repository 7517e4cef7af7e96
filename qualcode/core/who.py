"""The one rule for counting people: who is heard in a segment.

A person is heard where a turn of theirs overlaps the segment. The interviewer is nobody's evidence. A voice that
was not matched to a participant counts as one person of its own, so that nobody drops out of a count in silence.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from qualcode.core.schema import Segment, SegmentSpeaker, Speaker
from qualcode.core.values import Role


def person() -> ColumnElement[str]:
    """The participant behind a speaker, or the speaker itself while it is matched to nobody."""
    return func.coalesce(Speaker.participant_id, Speaker.id)


def not_interviewer() -> ColumnElement[bool]:
    return Speaker.role != Role.INTERVIEWER.value


def heard(*columns: Any) -> Select[*tuple[Any, ...]]:
    """``columns`` of the segments and their ``person``, a row for each person heard in each segment."""
    return (
        select(*columns, person().label("person"))
        .join(SegmentSpeaker, SegmentSpeaker.segment_id == Segment.id)
        .join(Speaker, Speaker.id == SegmentSpeaker.speaker_id)
        .where(not_interviewer())
    )
