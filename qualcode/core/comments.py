"""Comments for colleagues, on a finding, a theme or a section of the report. They are no part of what is reported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from qualcode.core.journal import Journal
from qualcode.core.schema import Coder, Comment, new_id
from qualcode.core.values import CoderId, CommentId, FindingId, ThemeId
from qualcode.errors import UserError


@dataclass(frozen=True, slots=True)
class Topic:
    """What a comment is on: a finding, a theme, or a section of the report by its key."""

    finding_id: FindingId | None = None
    theme_id: ThemeId | None = None
    section: str = ""


@dataclass(frozen=True, slots=True)
class CommentRow:
    id: CommentId
    topic: Topic
    text: str
    coder_id: CoderId
    author: str
    written_at: dt.datetime
    resolved: bool


class Comments:
    """All comments on one thing are one conversation, in the order in which they were written."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def add(self, topic: Topic, text: str) -> CommentId:
        """Say something on a thing, or in answer to what was said on it. Raises UserError for an empty text."""
        said, comment_id = _said(text), CommentId(new_id())
        with self._journal.step("Write comment"):
            self._journal.write(
                insert(Comment).values(
                    id=comment_id,
                    coder_id=self._journal.coder_id,
                    finding_id=topic.finding_id,
                    theme_id=topic.theme_id,
                    section=topic.section,
                    text=said,
                )
            )
        return comment_id

    def edit(self, comment_id: CommentId, text: str) -> None:
        """Say it otherwise. Raises UserError for an empty text."""
        said = _said(text)
        with self._journal.step("Edit comment"):
            self._journal.write(update(Comment).where(Comment.id == comment_id).values(text=said))

    def remove(self, comment_id: CommentId) -> None:
        with self._journal.step("Delete comment"):
            self._journal.write(delete(Comment).where(Comment.id == comment_id))

    def resolve(self, comments: Sequence[CommentRow], *, resolved: bool = True) -> None:
        """Settle what was said on a thing, or open it again."""
        with self._journal.step("Resolve comments" if resolved else "Reopen comments"):
            ids = [row.id for row in comments]
            self._journal.write(update(Comment).where(Comment.id.in_(ids)).values(resolved=resolved))

    def all(self) -> list[CommentRow]:
        """Every comment, the oldest first."""
        columns = select(*Comment.__table__.columns, Coder.name.label("author")).join(Coder)
        return [
            CommentRow(
                row.id,
                Topic(row.finding_id, row.theme_id, row.section),
                row.text,
                row.coder_id,
                row.author,
                row.created_at,
                row.resolved,
            )
            for row in self._journal.read(columns.order_by(Comment.created_at, Comment.id))
        ]


def _said(text: str) -> str:
    if not text.strip():
        raise UserError("The comment is empty.")
    return text.strip()
