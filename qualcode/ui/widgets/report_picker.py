"""A choice among a few, with the arrow that says so."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox

from qualcode.ui import theme


class Picker(QComboBox):
    """Says ``picked`` when the user chose, not when it is filled. The wheel scrolls what it stands on."""

    picked = Signal(object)
    """The key of what was chosen."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(7)
        self.activated.connect(lambda _: self.picked.emit(self.currentData()))

    def show_choices(self, choices: Sequence[tuple[str, object]], chosen: object) -> None:
        """Offer words with their keys; where only one can be chosen there is nothing to do."""
        self.clear()
        for words, key in choices:
            self.addItem(words, key)
        self.setCurrentIndex(next((n for n, (_, key) in enumerate(choices) if key == chosen), -1))
        self.setEnabled(len(choices) > 1 or self.currentIndex() < 0)

    def pick(self, words: str) -> None:
        """Choose as a user would."""
        self.setCurrentText(words)
        self.activated.emit(self.currentIndex())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = theme.px(14)
        place = QRect(self.width() - side - theme.px(4), (self.height() - side) // 2, side, side)
        theme.icon("down", theme.tokens().secondary).paint(QPainter(self), place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
