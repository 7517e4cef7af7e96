"""The stages of the window: made when first shown, loaded when something changed, their panes gone round by key."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QScrollArea, QStackedWidget, QWidget
from shiboken6 import isValid

from qualcode.ui.focus import give_focus, holds_focus
from qualcode.ui.widgets.panes import Panes
from qualcode.ui.widgets.scrolling import scrolling
from qualcode.ui.workspace import Workspace

if TYPE_CHECKING:
    from qualcode.core.values import Change
    from qualcode.ui.stages.stage import Stage

STAGES = {
    "prepare": "Prepare",
    "familiarise": "Familiarise",
    "code": "Code",
    "themes": "Themes",
    "compare": "Compare",
    "report": "Report",
}


class StagePages(QStackedWidget):
    """A first page, and a page for each stage that was shown."""

    def __init__(self, first: QWidget, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._first = scrolling(first)
        self.stages: dict[str, Stage] = {}
        self._pages: dict[str, QScrollArea] = {}
        self._stale: set[str] = set()
        self._left: dict[Stage, QWidget] = {}
        self.addWidget(self._first)

    @property
    def current(self) -> Stage | None:
        """The stage shown; None on the first page."""
        shown = self.currentWidget()
        return next((self.stages[key] for key, page in self._pages.items() if page is shown), None)

    def show_first(self) -> None:
        self._leave()
        self.setCurrentWidget(self._first)

    def show_stage(self, key: str) -> Stage:
        """Show a stage, made and loaded when need be."""
        self._leave()
        if key not in self.stages:
            self.stages[key] = make_stage(key, self._workspace)
            self._pages[key] = scrolling(self.stages[key])
            self.addWidget(self._pages[key])
            self._stale.add(key)
        stage = self.stages[key]
        self.setCurrentWidget(self._pages[key])
        if key in self._stale:
            self._stale.discard(key)
            stage.load()
        return stage

    def forget(self) -> None:
        """Another project is there: no stage shows what it should."""
        self._left.clear()
        self._stale = set(self.stages)

    def react(self, change: Change) -> None:
        """Have the stage shown follow a change; the others catch up when they are shown."""
        if current := self._leave_the_others():
            current.react(change)

    def show_otherwise(self) -> None:
        """Have the stage shown read otherwise, as :meth:`react` does."""
        if current := self._leave_the_others():
            current.show_otherwise()

    def enter(self) -> None:
        """Put the focus into the stage shown: where it was last, at first where the work is done."""
        stage = self.current
        if stage is None:
            return
        left = self._left.get(stage)
        if left is not None and isValid(left) and left.isVisible() and left.isEnabled():
            give_focus(left)
        else:
            stage.enter()

    # --- panes ---

    def step_pane(self, by: int, before: Sequence[QWidget]) -> None:
        """Move the focus ``by`` panes on, round the stage's panes and those ``before`` them."""
        stage = self.current
        panes = [*before, *stage.panes()] if stage else [self._first]
        there = [pane for pane in panes if pane.isVisible()]
        around = (number for number, pane in enumerate(there) if holds_focus(pane))
        here = next(around, -1 if by > 0 else 0)
        focused = QApplication.focusWidget()
        if focused is not None:
            focused.clearFocus()  # what was typed is kept by that, and may be what the next pane is about
        for step in range(1, len(there) + 1):
            if give_focus(there[(here + step * by) % len(there)]):
                return

    @property
    def panes(self) -> list[Panes]:
        """The panes around what has the focus, or those of the stage: one at most."""
        found: QWidget | None = QApplication.focusWidget()
        while found is not None and not isinstance(found, Panes):
            found = found.parentWidget()
        shown = [panes for panes in self.findChildren(Panes) if panes.isVisible()]
        return [found] if found is not None else shown[:1]

    # --- within ---

    def _leave(self) -> None:
        """Take the focus out of the page shown before it is hidden: Qt would move it to anything beside."""
        focused, stage = QApplication.focusWidget(), self.current
        if focused is not None and self.isAncestorOf(focused):
            if stage is not None and focused is not stage:
                self._left[stage] = focused
            focused.clearFocus()

    def _leave_the_others(self) -> Stage | None:
        current = self.current
        self._stale |= {key for key, stage in self.stages.items() if stage is not current}
        return current


def make_stage(key: str, workspace: Workspace) -> Stage:
    """Make the stage of this key; its modules are loaded now, not at the start."""
    module = import_module(f"qualcode.ui.stages.{key}")
    made: Stage = getattr(module, f"{STAGES[key]}Stage")(workspace)
    return made
