"""What every stage is: a page of the window that loads when it is shown and follows what changes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QWidget

from qualcode.core.values import Change
from qualcode.ui.focus import give_focus
from qualcode.ui.workspace import Workspace


class Stage(QWidget):
    """A page for one stage. ``load`` reads the project anew; ``react`` may do less when it knows what changed.

    The window calls ``load`` only while the stage is shown; what changed meanwhile is caught up with then.
    """

    key = ""
    title = ""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.setObjectName("Background")
        self.setAccessibleName(self.title)

    def load(self) -> None:
        raise NotImplementedError

    def react(self, change: Change) -> None:
        """Follow one change while shown."""
        self.load()

    def show_otherwise(self) -> None:
        """Show everything anonymised, or as it was said, by the workspace's mask."""
        self.load()

    def tools(self) -> list[QWidget]:
        """What this stage puts at the right end of the header while it is shown."""
        return []

    def panes(self) -> list[QWidget]:
        """What F6 goes round, in reading order."""
        return []

    def enter(self) -> None:
        """Put the focus where the work is done; where that is still being read, as soon as it is there."""
        at = self.home()
        if at is None:
            self.setFocus()
        else:
            give_focus(at)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest and self.hasFocus() and self.home() is not None:
            self.enter()
        return super().event(event)

    def home(self) -> QWidget | None:
        """Where the work of the stage is done: what has the focus when it is first shown."""
        able = (part for part in self.findChildren(QWidget) if part.focusPolicy() & Qt.FocusPolicy.TabFocus)
        return next((part for part in (*self.panes(), *able) if part.isVisible() and part.isEnabled()), None)
