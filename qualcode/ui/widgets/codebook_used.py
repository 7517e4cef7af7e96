"""Where a code is used: its segments by person, to be read, taken as the example, or given another code."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QFrame

from qualcode.core.rows import CodeRow
from qualcode.core.values import CodeId, SegmentId
from qualcode.ui.codebook_desk import CodebookDesk
from qualcode.ui.models.passages import HELD, by_person
from qualcode.ui.passages import Passage
from qualcode.ui.widgets.basics import button, column, panel, row
from qualcode.ui.widgets.chooser import Choice, Chooser, Question
from qualcode.ui.widgets.evidence import Evidence
from qualcode.ui.wording import number


class WhereUsed(QFrame):
    """Several segments can be chosen: those that are about something else get a code of their own, in one step."""

    def __init__(self, desk: CodebookDesk) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self._desk = desk
        self._code: CodeRow | None = None
        self.evidence = Evidence(desk.workspace, "No segment has this code yet.")
        self.evidence.tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.evidence.tree.selectionModel().selectionChanged.connect(lambda *_: self._offer())
        self.below = QCheckBox("With its sub-codes")
        self.below.toggled.connect(lambda _: self._fill())
        self._example = button("Use as example", self._use_as_example)
        self._another = button("Give another code…", self.ask_code, tip="An existing code, or a new one split off")
        self._chooser = Chooser(self)
        acts = panel(row(self._another, self._example, None, margin=8))
        layout = column(panel(row(self.below, None, margin=8)), self.evidence, acts, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.evidence)
        self._offer()

    def show_code(self, code: CodeRow) -> None:
        """Show the segments of this code, read anew."""
        if self._code is None or self._code.id != code.id:
            self.below.blockSignals(True)
            self.below.setChecked(False)
            self.below.blockSignals(False)
        self._code = code
        self.below.setVisible(bool(self._desk.below([code.id])))
        self._fill()

    def chosen(self) -> list[SegmentId]:
        """The segments selected."""
        return [passage.segment.id for passage in self._passages()]

    def ask_code(self) -> None:
        """Ask which code the chosen segments shall have instead; a new name splits them off."""
        code, chosen = self._code, self.chosen()
        if code is None or not chosen:
            return
        others = [
            Choice(c.id, c.name, " › ".join(self._desk.path(c.id)), colour=c.colour)
            for c in self._desk.codes.values()
            if c.id != code.id
        ]
        question = Question(
            f"Give {number(len(chosen), 'segment')} the code",
            others,
            lambda key: self._desk.recode(chosen, CodeId(str(key))),
            "New code “{}”",
            partial(self._desk.split_off, chosen, code.id),
        )
        self._chooser.ask(self._another.mapToGlobal(QPoint(0, 0)), question)

    # --- within ---

    def _fill(self) -> None:
        code = self._code
        if code is None:
            return
        project, mask = self._desk.project, self._desk.workspace.mask
        below = self._desk.below([code.id]) if self.below.isChecked() else []
        self.evidence.forget()
        found = project.analysis().evidence_of({code.id, *below})
        self.evidence.show_heaps(by_person(mask.rows(project.people.all()), found))
        self._offer()

    def _passages(self) -> list[Passage]:
        held = (index.data(HELD) for index in self.evidence.tree.selectionModel().selectedIndexes())
        return [passage for passage in held if isinstance(passage, Passage)]

    def _offer(self) -> None:
        count = len(self._passages())
        self._example.setEnabled(count == 1)
        self._another.setEnabled(count > 0)
        self._another.setText(f"Give {count} another code…" if count > 1 else "Give another code…")

    def _use_as_example(self) -> None:
        passages = self._passages()
        if passages and self._code is not None:
            self._desk.define(self._code.id, "example", passages[0].words)
