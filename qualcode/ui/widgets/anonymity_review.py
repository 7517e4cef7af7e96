"""What waits for a decision: a list of distinct strings, and beside it the chosen one with its places."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFrame,
)

from qualcode.anonymise.find import Proposal
from qualcode.ui.hints import worded
from qualcode.ui.models.identifiers import Review, key_of
from qualcode.ui.models.prepare_table import Column, TableModel
from qualcode.ui.widgets.anonymity_proposal import KEYS, ProposalPanel
from qualcode.ui.widgets.basics import column, line, panel, row
from qualcode.ui.widgets.panes import Panes
from qualcode.ui.widgets.prepare_grid import Grid
from qualcode.ui.workspace import Workspace


class ReviewPage(QFrame):
    """Decides on strings, by keys or buttons; the next one is chosen at once."""

    def __init__(self, workspace: Workspace, review: Review) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self._workspace, self._review = workspace, review
        self._moving = False
        self.model: TableModel[Proposal] = TableModel(key_of, workspace.attempt, self)
        self.model.show([], self._columns())
        self.grid = DecisionGrid(self.model, workspace)
        self.detail = ProposalPanel(workspace, review)
        self.more = QCheckBox()
        self.more.setToolTip("What identifies nobody alone, but may together with other things")
        self.more.toggled.connect(self._show_more)
        foot = panel(row(self.more, None, margin=8))
        list_ = panel(column(self.grid, line(), foot, gap=0))
        panes = Panes(
            list_,
            self.detail,
            key="anonymity",
            names=("To decide", "Detail"),
            preferences=workspace.preferences,
            sizes=(700, 460),
            stretch=0,
            share=0.42,
        )
        self.setLayout(column(panes, gap=0))
        self.grid.selectionModel().selectionChanged.connect(lambda *_: self._show_chosen())
        self.grid.asked.connect(self.act)
        self.detail.asked.connect(self.act)
        self.detail.changed.connect(self._refresh)
        self.detail.done.connect(self.grid.setFocus)

    def show_waiting(self, *, gained: bool = False) -> None:
        """Show what waits now. The next one is chosen, or with ``gained`` what came back by an undo."""
        before = {key_of(p) for p in self.model.rows}
        at = self.grid.currentIndex().row()
        self._moving = True
        self.model.show(self._review.shown)
        self.model.arrange(self._review.shown)
        back = [n for n, p in enumerate(self.model.rows) if key_of(p) not in before] if gained and before else []
        place = back[0] if back else min(max(0, at), len(self.model.rows) - 1)
        if self.model.rows and (back or key_of(self.model.rows[place]) != self.detail.key or not self._chosen()):
            self.grid.setCurrentIndex(self.model.index(place, 0))
        self._moving = False
        self.more.setText(f"Also relations, ages and dates ({self._review.indirect})")
        self._show_chosen()

    def act(self, what: str) -> None:
        """Do what a key or button asks for, to all chosen strings or to the one shown."""
        chosen, project = self._chosen(), self._workspace.project
        if not chosen:
            return
        self.detail.keep()
        if what == "replace":
            self._workspace.attempt(lambda: self._review.replace(project, chosen))
        elif what == "harmless":
            self._workspace.attempt(lambda: self._review.call_harmless(project, chosen))
        else:
            self.detail.turn_to(what)

    # --- within ---

    def _columns(self) -> Sequence[Column[Proposal]]:
        r = self._review
        return [
            Column("String", lambda p: p.text),
            Column("Kind", lambda p: r.kind(p).value),
            Column("Mentions", _mentions(r), numeric=True, tip="How often, and in how many transcripts"),
            Column("Replace with", r.replacement),
            Column("Why", lambda p: p.reason),
        ]

    def _chosen(self) -> list[Proposal]:
        return [self.model.rows[n] for n in self.grid.chosen_rows()]

    def _show_chosen(self) -> None:
        if not self._moving:
            self.detail.show_proposals(self._chosen())

    def _show_more(self, wanted: bool) -> None:
        self._review.with_indirect = wanted
        self._review.sift()
        self.show_waiting()

    def _refresh(self) -> None:
        if self.model.rows:
            last = self.model.index(len(self.model.rows) - 1, self.model.columnCount() - 1)
            self.model.dataChanged.emit(self.model.index(0, 0), last)


class DecisionGrid(Grid):
    """Letters decide; nothing is typed into it."""

    asked = Signal(str)

    def __init__(self, model: TableModel[Proposal], workspace: Workspace) -> None:
        super().__init__("What may identify somebody", model)
        self._workspace = workspace
        self.horizontalHeader().setStretchLastSection(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        worded(self, KEYS, self.setAccessibleDescription)
        self.doubleClicked.connect(lambda _: self.asked.emit("words"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letters = {"r": "replace", "h": "harmless", "p": "places", "k": "kind", "s": "spellings", "e": "words"}
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.asked.emit("replace")
        elif event.key() == Qt.Key.Key_Delete:
            self.asked.emit("harmless")
        elif event.key() == Qt.Key.Key_F2:
            self.asked.emit("words")
        elif plain and self._workspace.preferences.single_keys and event.text().lower() in letters:
            self.asked.emit(letters[event.text().lower()])
        else:
            super().keyPressEvent(event)


def _mentions(review: Review) -> Callable[[Proposal], str]:
    return lambda p: f"{p.count} in {review.transcripts(p)}"
