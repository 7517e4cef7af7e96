"""What colleagues said on a report, as values: for the window's margin, and for a copy of the document that has it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from qualcode.core.comments import CommentRow
from qualcode.core.project import Project
from qualcode.report.blocks import Of, Origin


@dataclass(frozen=True, slots=True)
class Remark:
    """What a colleague said on a piece of the report."""

    origin: Origin
    author: str
    text: str
    written_at: dt.datetime


def unresolved(project: Project) -> tuple[Remark, ...]:
    """The comments that are not settled, the oldest first."""
    return tuple(
        Remark(origin_of(row), row.author, row.text, row.written_at)
        for row in project.comments.all()
        if not row.resolved
    )


def origin_of(comment: CommentRow) -> Origin:
    """The piece of the report that a comment is on."""
    topic = comment.topic
    if topic.finding_id is not None:
        return Origin(Of.FINDING, topic.finding_id)
    return Origin(Of.THEME, topic.theme_id) if topic.theme_id is not None else Origin(Of.SECTION, topic.section)
