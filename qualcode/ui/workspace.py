"""What the stages share: the open project, what changed, the message line, long work, and where to go next."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from qualcode.errors import Cancelled, UserError
from qualcode.settings import Preferences
from qualcode.ui.keys import Keys
from qualcode.ui.operations import Operations

if TYPE_CHECKING:
    from qualcode.core.project import Project
    from qualcode.core.values import InterviewId, Span, TranscriptId

Result = TypeVar("Result")


class Workspace(QObject):
    """Handed to every stage. Signals tell the window; nothing here knows a widget."""

    leaving = Signal()
    """The open project is about to be closed: what is being typed shall be kept now."""
    changed = Signal(object)
    """A ``values.Change``: rows were written, undone or redone."""
    said = Signal(str)
    """A message for the line at the bottom."""
    refused = Signal(str)
    """A sentence for the notice under the header: what could not be done, and what to do."""
    stage_asked = Signal(str)
    """Show the stage with this key."""
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
        change = self.attempt(lambda: self.project.undo())
        if change is not None:
            self.said.emit(f"Undone: {change.label}")

    def redo(self) -> None:
        change = self.attempt(lambda: self.project.redo())
        if change is not None:
            self.said.emit(f"Redone: {change.label}")

    # --- going somewhere ---

    def show_place(self, transcript_id: TranscriptId, span: Span | None = None) -> None:
        self.place_asked.emit(transcript_id, span)

    # --- within ---

    def _tell_failure(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            self.said.emit(str(error))
        elif isinstance(error, UserError):
            self.refused.emit(str(error))
        else:
            raise error
