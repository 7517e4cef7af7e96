"""The searches kept in the project: opened, kept under a name, removed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QPushButton

from qualcode.core import kept_searches
from qualcode.core.kept_searches import KeptSearch, Search
from qualcode.ui.widgets.chooser import Choice, Chooser, Question
from qualcode.ui.workspace import Workspace


class KeptButton(QPushButton):
    """A menu of the searches kept; ``asked`` gives the one in hand, or None."""

    opened = Signal(object)
    """The KeptSearch chosen."""

    def __init__(self, workspace: Workspace, asked: Callable[[], Search | None]) -> None:
        super().__init__("Kept ▾")
        self.setAccessibleName("Kept searches")
        self.setToolTip("Kept searches")
        self._workspace, self._asked = workspace, asked
        self.setObjectName("Flat")
        self.setAutoDefault(False)
        self.chooser = Chooser(self)
        self.menu_ = QMenu(self)
        self.clicked.connect(self.open_menu)

    def open_menu(self) -> None:
        """Show what is kept and what can be done."""
        self.fill()
        self.menu_.popup(self._below())

    def fill(self) -> None:
        """Read what is kept into the menu."""
        found = kept_searches.kept(self._workspace.project)
        self.menu_.clear()
        for each in found:
            self.menu_.addAction(each.name.replace("&", "&&"), partial(self.opened.emit, each))
        if found:
            self.menu_.addSeparator()
        self.menu_.addAction("Keep this search…", self.keep).setEnabled(self._asked() is not None)
        if found:
            remove = self.menu_.addMenu("Remove")
            for each in found:
                remove.addAction(each.name.replace("&", "&&"), partial(self._remove, each))

    def keep(self) -> None:
        """Ask for a name and keep the search in hand under it."""
        names = [Choice(each.name, each.name, "replace") for each in kept_searches.kept(self._workspace.project)]
        question = Question(
            "Keep this search as", names, lambda name: self._keep(str(name)), "Keep as “{}”", self._keep
        )
        self.chooser.ask(self._below(), question)

    def _keep(self, name: str) -> None:
        asked = self._asked()
        if asked is not None:
            self._workspace.attempt(lambda: kept_searches.keep(self._workspace.project, name, asked))

    def _remove(self, each: KeptSearch) -> None:
        self._workspace.attempt(lambda: kept_searches.forget(self._workspace.project, each.name))

    def _below(self) -> QPoint:
        return self.mapToGlobal(QPoint(0, self.height() + 2))
