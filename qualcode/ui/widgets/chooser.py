"""A popup to choose one of many by typing: a few letters, Return; a name that is not there can be made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from qualcode.ui import theme
from qualcode.ui.widgets.basics import label
from qualcode.ui.widgets.choice_line import NEW, ChoiceDelegate, choice_line, fit_popup, read_out
from qualcode.ui.widgets.palette import fit

MOST_SHOWN = 10
GOOD_ENOUGH = 60
_KEY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Choice:
    """``key`` is what is chosen; ``detail`` stands behind the name; ``depth`` insets it."""

    key: object
    name: str
    detail: str = ""
    colour: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, what can be chosen and what is done then. ``new`` (“New theme “{}””) lets a name be made."""

    title: str
    choices: Sequence[Choice]
    chosen: Callable[[object], object]
    new: str = ""
    named: Callable[[str], object] = lambda _: None


class Chooser(QFrame):
    """It closes with Return, Escape, or a click elsewhere; Shift+Return makes what is typed even if some name fits."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("Popup")
        self._question = Question("", (), lambda _: None)
        self._title = label("", "Head", wrap=True)
        self.field = QLineEdit()
        self.field.textChanged.connect(self._fill)
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(ChoiceDelegate(self.list))
        self.list.currentItemChanged.connect(lambda item, _: read_out(self.field, item))
        self.list.itemClicked.connect(self._take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.px(8),) * 4)
        layout.setSpacing(theme.px(6))
        layout.addWidget(self._title)
        layout.addWidget(self.field)
        layout.addWidget(self.list)

    def ask(self, at: QPoint, question: Question) -> None:
        """Open under ``at`` (on the screen)."""
        self._question = question
        self._title.setText(question.title)
        self.setAccessibleName(question.title)
        self.field.setAccessibleName(question.title)
        self.field.setPlaceholderText("Type to find, or a new name" if question.new else "Type to find")
        self.list.setAccessibleName(question.title)
        self.field.clear()
        self._fill()
        self._place(at)
        self.show()
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self.list.setCurrentRow((self.list.currentRow() + step) % max(1, self.list.count()))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                typed = self.field.text().strip()
                if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and typed and self._question.new:
                    self._finish(lambda: self._question.named(typed))
                elif (item := self.list.currentItem()) is not None:
                    self._take(item)
                return True
        return super().eventFilter(watched, event)

    def _place(self, at: QPoint) -> None:
        room = (QGuiApplication.screenAt(at) or QGuiApplication.primaryScreen()).availableGeometry()
        x = max(room.left(), min(at.x(), room.right() - self.width()))
        above = at.y() - self.height()
        y = at.y() if at.y() + self.height() <= room.bottom() else max(room.top(), above)
        self.move(x, y)

    def _fill(self) -> None:
        typed = self.field.text().strip()
        self.list.clear()
        for choice in self._matches(typed):
            self._add(choice, typed)
        known = any(c.name.casefold() == typed.casefold() for c in self._question.choices)
        if typed and self._question.new and not known:
            item = choice_line(self._question.new.format(typed), keys="⇧↵", colour=NEW)
            item.setData(_KEY, typed)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        fit_popup(self, self.list, MOST_SHOWN, 340)

    def _matches(self, typed: str) -> list[Choice]:
        if not typed:
            return list(self._question.choices)
        scored = [(fit(typed, choice.name), choice) for choice in self._question.choices]
        good = [pair for pair in scored if pair[0] >= GOOD_ENOUGH]
        return [choice for _, choice in sorted(good, key=lambda pair: -pair[0])[:MOST_SHOWN]]

    def _add(self, choice: Choice, typed: str) -> None:
        inset = "" if typed else "    " * choice.depth
        item = choice_line(inset + choice.name, choice.detail, colour=choice.colour)
        item.setData(_KEY, choice)
        self.list.addItem(item)

    def _take(self, item: QListWidgetItem) -> None:
        picked = item.data(_KEY)
        if isinstance(picked, Choice):
            self._finish(lambda: self._question.chosen(picked.key))
        else:
            self._finish(lambda: self._question.named(picked))

    def _finish(self, act: Callable[[], object]) -> None:
        self.hide()
        act()
