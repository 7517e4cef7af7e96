"""What colleagues say to each other on the report: read when first asked for, and the acts on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.core.comments import CommentRow, Topic
from qualcode.core.values import Change
from qualcode.report.blocks import Origin
from qualcode.report.remarks import origin_of
from qualcode.ui.workspace import Workspace

if TYPE_CHECKING:
    from qualcode.core.project import Project


class Talk:
    """The comments by what they are on. None of it leaves with the report unless that is asked for."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._of: Project | None = None
        self._read: dict[Topic, list[CommentRow]] = {}

    def on(self, topic: Topic) -> list[CommentRow]:
        """What was said on a thing, the oldest first."""
        return self._all.get(topic, [])

    def open_origins(self) -> dict[Origin, int]:
        """The pieces of the report on which something is not resolved, and how many comments that is."""
        found = {topic: sum(not row.resolved for row in rows) for topic, rows in self._all.items()}
        return {origin_of(self._all[topic][0]): count for topic, count in found.items() if count}

    def follow(self, change: Change) -> None:
        """Hear of a change."""
        if change.touches("comment", "finding", "theme", "coder"):
            self._of = None

    def is_mine(self, comment: CommentRow) -> bool:
        """Whether whoever is at work wrote it."""
        return comment.coder_id == self._workspace.project.coder_id

    # --- acts ---

    def add(self, topic: Topic, text: str) -> None:
        self._workspace.attempt(lambda: self._workspace.project.comments.add(topic, text))

    def edit(self, comment: CommentRow, text: str) -> None:
        self._workspace.attempt(lambda: self._workspace.project.comments.edit(comment.id, text))

    def remove(self, comment: CommentRow) -> None:
        self._workspace.attempt(lambda: self._workspace.project.comments.remove(comment.id))

    def resolve(self, topic: Topic, *, resolved: bool = True) -> None:
        """Settle what was said on a thing, or open it again."""
        rows = [row for row in self.on(topic) if row.resolved != resolved]
        self._workspace.attempt(lambda: self._workspace.project.comments.resolve(rows, resolved=resolved))

    # --- within ---

    @property
    def _all(self) -> dict[Topic, list[CommentRow]]:
        if not self._workspace.is_open:
            return {}
        if self._of is not self._workspace.project:
            self._of, self._read = self._workspace.project, {}
            for row in self._workspace.project.comments.all():
                self._read.setdefault(row.topic, []).append(row)
        return self._read
