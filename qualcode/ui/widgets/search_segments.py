"""Which segments to look for, as a sentence: coded A, near B, and not inside C."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QMargins, QSize, Qt, Signal
from PySide6.QtWidgets import QSpinBox, QVBoxLayout, QWidget

from qualcode.core.retrieval import Condition, Relation, SegmentSearch
from qualcode.core.rows import CodeRow, ThemeRow
from qualcode.core.scope import Scope
from qualcode.ui import theme
from qualcode.ui.widgets.basics import button, icon_button, label, row
from qualcode.ui.widgets.picker import Picker
from qualcode.ui.widgets.report_flow import Flow
from qualcode.ui.widgets.search_topic import TopicButton

HINT = (
    "Choose codes or themes. Conditions say how a segment lies to others: overlapping them, inside or around them, or "
    "near, counted in turns."
)
ANY = "any code"
MOST_TURNS = 50


class SegmentForm(QWidget):
    """The sentence grows by a line for each condition."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._themes: Sequence[ThemeRow] = ()
        self._codes: Sequence[CodeRow] = ()
        self.topic = TopicButton("Segments coded", ANY)
        self.topic.changed.connect(self.changed)
        self.more = button("Add a condition", self._add_asked, "Link")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(_flow(label("Segments coded", "Secondary"), self.topic, self.more))
        layout.addLayout(self._lines)
        self.setFocusProxy(self.topic)

    def search(self, scope: Scope) -> SegmentSearch:
        """What is asked for."""
        return SegmentSearch(self.topic.topic, tuple(line.condition() for line in self.lines()), scope)

    def set_search(self, asked: SegmentSearch) -> None:
        self.topic.set_topic(asked.topic)
        for line in self.lines():
            self._drop(line)
        for condition in asked.conditions:
            self._add(condition)

    def show_framework(self, themes: Sequence[ThemeRow], codes: Sequence[CodeRow]) -> None:
        """What there is to choose from."""
        self._themes, self._codes = themes, codes
        for part in (self.topic, *(line.topic for line in self.lines())):
            part.show_framework(themes, codes)

    def lines(self) -> list[ConditionLine]:
        """The conditions, from top to bottom."""
        items = (self._lines.itemAt(n) for n in range(self._lines.count()))
        found = (item.widget() for item in items if item is not None)
        return [line for line in found if isinstance(line, ConditionLine)]

    def _add_asked(self) -> None:
        self._add(Condition(Relation.NEAR)).relation.setFocus()
        self.changed.emit()

    def _add(self, condition: Condition) -> ConditionLine:
        line = ConditionLine(condition)
        line.topic.show_framework(self._themes, self._codes)
        line.changed.connect(self.changed)
        line.removed.connect(self._remove)
        self._lines.addWidget(line)
        for before, after in pairwise([self.more, *(stop for each in self.lines() for stop in each.stops)]):
            self.setTabOrder(before, after)
        return line

    def _remove(self, line: ConditionLine) -> None:
        self._drop(line)
        self.more.setFocus()
        self.changed.emit()

    def _drop(self, line: ConditionLine) -> None:
        self._lines.removeWidget(line)
        line.hide()
        line.deleteLater()


class _Word(Picker):
    """As wide as what is chosen, like a word in a sentence."""

    def __init__(self, name: str) -> None:
        super().__init__(name, snug=True)
        self.setMinimumWidth(0)
        self.currentIndexChanged.connect(lambda _: self.updateGeometry())

    def sizeHint(self) -> QSize:
        spare = self.widest() - self.fontMetrics().horizontalAdvance(self.currentText())
        return super().sizeHint().shrunkBy(QMargins(0, 0, spare, 0))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class ConditionLine(QWidget):
    """One condition, to be changed in place."""

    changed = Signal()
    removed = Signal(object)

    def __init__(self, condition: Condition) -> None:
        super().__init__()
        self.wanted = _Word("Condition is wanted or not")
        self.wanted.show_choices([("and", True), ("and not", False)], condition.wanted)
        self.relation = _Word("How they lie")
        self.relation.show_choices([(relation.words, relation) for relation in Relation], condition.relation)
        self.topic = TopicButton("The other is coded", ANY)
        self.turns = QSpinBox()
        self.turns.setRange(0, MOST_TURNS)
        self.turns.setAccessibleName("At most so many turns apart")
        self.turns.setSpecialValueText("in the same turn")
        self.turns.setMaximumWidth(theme.px(140))
        self.remove = icon_button("Remove this condition", "close", lambda: self.removed.emit(self))
        self.stops = (self.wanted, self.relation, self.topic, self.turns, self.remove)
        layout = row(_flow(*self.stops[:-1]), self.remove, gap=6)
        layout.setStretch(0, 1)
        layout.setAlignment(self.remove, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)
        self.topic.set_topic(condition.topic)
        self.turns.setValue(condition.turns)
        self._show_turns()
        self.wanted.picked.connect(lambda _: self.changed.emit())
        self.relation.picked.connect(lambda _: self._related())
        self.topic.changed.connect(self.changed)
        self.turns.valueChanged.connect(lambda _: self._counted())

    def condition(self) -> Condition:
        """What the line says."""
        return Condition(self.relation.key(), self.topic.topic, self.wanted.key(), self.turns.value())

    def _related(self) -> None:
        self._show_turns()
        self.changed.emit()

    def _counted(self) -> None:
        self._show_turns()
        self.changed.emit()

    def _show_turns(self) -> None:
        self.turns.setVisible(self.relation.key().counts_turns)
        self.turns.setPrefix("within ")
        self.turns.setSuffix(" turn" if self.turns.value() == 1 else " turns")


def _flow(*parts: QWidget) -> Flow:
    """Parts in a line that goes on in the next where there is no room."""
    made = Flow()
    for part in parts:
        made.addWidget(part)
    return made
