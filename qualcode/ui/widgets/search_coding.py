"""Coding all that was found: what will be done, said and shown before; then one step, with one undo."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from qualcode.core.spans import Snap
from qualcode.core.values import CodeId
from qualcode.ui.models.search import SearchModel, Spot
from qualcode.ui.models.search_desk import SearchDesk
from qualcode.ui.widgets.basics import button, column, label
from qualcode.ui.widgets.chooser import Choice, Chooser, Question
from qualcode.ui.widgets.picker import Picker
from qualcode.ui.widgets.report_flow import Flow
from qualcode.ui.wording import number
from qualcode.ui.workspace import Workspace

PASSAGES = (
    (Snap.WORD, "the words found"),
    (Snap.SENTENCE, "their sentences"),
    (Snap.TURN, "their turns"),
)


class CodeAll(QFrame):
    """Stands above the list while it shows what is to be coded; hidden otherwise."""

    shown = Signal(bool)
    """It stands there now, or does not."""
    ended = Signal()
    """Done or left: the list shall show what was found again."""

    def __init__(self, workspace: Workspace, desk: SearchDesk, model: SearchModel) -> None:
        super().__init__()
        self.setObjectName("Notice")
        self._workspace, self._desk, self._model = workspace, desk, model
        self._code: CodeId | str = ""
        self._name = ""
        self._spots: list[Spot] = []
        self._already = 0
        self.chooser = Chooser(self)
        self._words = label("", wrap=True)
        self.to = Picker("What is coded", snug=True)
        self.to.picked.connect(lambda _: self._preview())
        self._do = button("", self.code, "Primary")
        acts = Flow(8)
        for part in (self.to, self._do, button("Leave it", self.leave)):
            acts.addWidget(part)
        self.setLayout(column(self._words, acts, margin=10, gap=6))
        model.ticked_changed.connect(self._say)
        self.hide()

    def ask(self, under: QWidget, spots: list[Spot]) -> None:
        """Ask for the code these shall have, in a list that opens under this widget; then show what it would do."""
        self._spots = spots
        codes = self._workspace.mask.rows(self._workspace.project.codebook.all())
        choices = [Choice(code.id, code.name, f"{code.segments}", code.colour) for code in codes]
        question = Question("Code all with", choices, self._chosen, "New code “{}”", self._named)
        self.chooser.ask(under.mapToGlobal(QPoint(0, under.height() + 2)), question)

    def code(self) -> None:
        """Code what has a tick."""
        ticked = self._model.ticked()
        made = self._desk.code(ticked, self._code)
        if made is not None:
            self._workspace.said.emit(f"Coded {number(made, 'passage')} “{self._name}”")
            self.leave()

    def leave(self) -> None:
        """Put this away."""
        if not self.isHidden():
            self.hide()
            self.ended.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.shown.emit(False)

    # --- within ---

    def _chosen(self, code_id: object) -> None:
        codes = self._workspace.mask.rows(self._workspace.project.codebook.all())
        self._name = next(c.name for c in codes if c.id == code_id)
        self._begin(CodeId(str(code_id)))

    def _named(self, name: str) -> None:
        self._name = name
        self._begin(name)

    def _begin(self, code: CodeId | str) -> None:
        self._code = code
        self.to.setVisible(all(spot.segment_id is None for spot in self._spots))
        self.to.show_choices([(words, snap) for snap, words in PASSAGES], Snap.WORD)
        self._preview()
        self.show()
        self._do.setFocus()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _preview(self) -> None:
        """Show the passages, each once; those that have the code already without a tick."""
        to = self.to.key() if self.to.isVisibleTo(self) else Snap.NONE
        plan = self._desk.plan(self._spots, CodeId(self._code), to)
        self._already = len(plan.coded_already)
        self._model.show(plan.groups, ticking=True, unticked=plan.coded_already)
        self._say()

    def _say(self) -> None:
        ticked = self._model.ticked()
        interviews = len({spot.transcript_id for spot in ticked})
        words = f"{number(len(ticked), 'passage')} in {number(interviews, 'interview')} will be coded “{self._name}”."
        if self._already:
            words += f" {self._already:,} {'has' if self._already == 1 else 'have'} this code already."
        self._words.setText(words)
        self.setAccessibleName(words)
        self._do.setText(f"Code {number(len(ticked), 'passage')}")
        self._do.setEnabled(bool(ticked))
