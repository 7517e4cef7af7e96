"""What the stages share: the open project, what changed, the message line, long work, and where to go next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from qualcode.errors import Cancelled, UserError
from qualcode.settings import Preferences
from qualcode.ui.clipboard import Clipboard
from qualcode.ui.guard_shelf import GuardShelf
from qualcode.ui.keys import Keys
from qualcode.ui.mask import Mask
from qualcode.ui.operations import Operations, Task

if TYPE_CHECKING:
    from qualcode.core.project import Project
    from qualcode.core.values import Change, InterviewId, Span, TranscriptId

Result = TypeVar("Result")

_PIECE = 500
"""Row changes that are undone between two breaths of the window: a few interviews of an import."""


class Workspace(QObject):
    """Handed to every stage. Signals tell the window; nothing here knows a widget."""

    leaving = Signal()
    """The open project is about to be closed: what is being typed shall be kept now."""
    changed = Signal(object)
    """A ``values.Change``: rows were written, undone or redone."""
    said = Signal(str)
    """A message for the line at the bottom."""
    refused = Signal(str)
    """A sentence for the notice over the stage: what could not be done, and what to do."""
    stage_asked = Signal(str)
    """Show the stage with this key."""
    anonymity_asked = Signal()
    """Show the page of Prepare where it is decided what identifies somebody."""
    place_asked = Signal(object, object)
    """Show this transcript (TranscriptId) at this span (or None) in the Code stage."""
    reading_asked = Signal(object)
    """Show this interview (InterviewId) in the Familiarise stage."""
    finding_asked = Signal(str)
    """Show this finding in the Report stage."""

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.preferences = preferences
        self.keys = Keys(preferences, self)
        self.operations = Operations(self)
        self.guard_shelf = GuardShelf(self.operations, self)
        self.mask = Mask(preferences, self.guard_shelf, self)
        self.changed.connect(self.mask.follow)
        self.clipboard = Clipboard(self)
        self.operations.failed.connect(self._tell_failure)
        self._project: Project | None = None
        self._stop_listening: Callable[[], None] = lambda: None
        self.interview_id: InterviewId | None = None

    # --- the project ---

    @property
    def project(self) -> Project:
        """The open project. Only asked for while there is one."""
        assert self._project is not None
        return self._project

    @property
    def is_open(self) -> bool:
        return self._project is not None

    def take(self, project: Project | None) -> None:
        """Work on this project from now on (or on none); the one before is closed."""
        if self._project is not None:
            self.leaving.emit()
        self.operations.wait()
        self._stop_listening()
        if self._project is not None:
            self._project.close()
        self._project = project
        self.mask.take(project)
        self.interview_id = None
        self._stop_listening = project.on_change(self.changed.emit) if project else lambda: None

    # --- acts ---

    def attempt(self, act: Callable[[], Result]) -> Result | None:
        """Do something the user asked for; what they can act on is shown as a sentence, and None returned."""
        try:
            return act()
        except UserError as error:
            self.refused.emit(str(error))
            return None

    def undo(self) -> None:
        """Take the last act back: at once, or a long one piece by piece while the window lives on."""
        self._replay("Undoing", "Undone", lambda: self.project.undoing(_PIECE))

    def redo(self) -> None:
        """Do again what was last undone, like :meth:`undo`."""
        self._replay("Redoing", "Redone", lambda: self.project.redoing(_PIECE))

    # --- going somewhere ---

    def show_place(self, transcript_id: TranscriptId, span: Span | None = None) -> None:
        self.place_asked.emit(transcript_id, span)

    # --- within ---

    def _replay(self, doing: str, done: str, begin: Callable[[], Iterator[Change]]) -> None:
        if doing in self.operations.titles:
            return
        pieces = self.attempt(begin)
        first = self.attempt(lambda: next(pieces)) if pieces is not None else None
        if pieces is None or first is None:
            return
        if not first.left:
            self.said.emit(f"{done}: {first.label}")
            return
        stopped = f"Stopped. Part of “{first.label}” is {done.lower()}."
        self.operations.in_turns(
            doing,
            lambda task: _piecewise(task, pieces, first),
            then=lambda whole: self.said.emit(f"{done}: {first.label}" if whole else stopped),
        )

    def _tell_failure(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            self.said.emit(str(error))
        elif isinstance(error, UserError):
            self.refused.emit(str(error))
        else:
            raise error


def _piecewise(task: Task, pieces: Iterator[Change], first: Change) -> Iterator[None]:
    total, left = first.steps + first.left, first.left
    while left:
        task.progress(total - left, total, first.label)
        yield
        change = next(pieces, None)
        left = change.left if change is not None else 0
