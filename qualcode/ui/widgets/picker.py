"""A choice among a few."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyle, QStyleOptionComboBox, QStylePainter

from qualcode.ui import theme


class Choice(QComboBox):
    """A list to choose from; words that do not fit end in an ellipsis and are shown whole on hover."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        field = QStyle.SubControl.SC_ComboBoxEditField
        place = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, self)
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, place.width() - theme.px(4)
        )
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


class Picker(Choice):
    """Says ``picked`` when the user chose, not when it is filled. The wheel scrolls what it stands on.

    ``snug`` ones are as wide as their words, within limits; the others give way to what is beside them.
    """

    picked = Signal(object)
    """The key of what was chosen."""

    def __init__(self, name: str, *, snug: bool = False) -> None:
        super().__init__()
        self._keys: list[object] = []
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if snug:
            self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            self.setMinimumWidth(theme.px(80))
            self.setMaximumWidth(theme.px(230))
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        else:
            self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            self.setMinimumContentsLength(7)
        self.activated.connect(lambda _: self.picked.emit(self.key()))

    def key(self) -> Any:
        """What stands behind the words chosen; None where nothing is."""
        chosen = self.currentIndex()
        return self._keys[chosen] if chosen >= 0 else None

    def show_choices(self, choices: Sequence[tuple[str, object]], chosen: object) -> None:
        """Offer words with their keys; where only one can be chosen there is nothing to do."""
        self._fill(choices)
        self.setCurrentIndex(self._keys.index(chosen) if chosen in self._keys else -1)
        self.setEnabled(len(choices) > 1 or self.currentIndex() < 0)

    def offer(self, choices: Sequence[tuple[object, str]], first: int = 0) -> None:
        """Choices as (key, words): what was picked stays so where it is among them, else ``first`` is picked."""
        kept = [self.key()] if self.currentIndex() >= 0 else []
        self._fill([(words, key) for key, words in choices])
        at = self._keys.index(kept[0]) if kept and kept[0] in self._keys else min(first, len(self._keys) - 1)
        self.setCurrentIndex(at)

    def pick(self, words: str) -> None:
        """Choose as a user would."""
        self.setCurrentText(words)
        self.activated.emit(self.currentIndex())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _fill(self, choices: Sequence[tuple[str, object]]) -> None:
        self.clear()
        self._keys = [key for _, key in choices]
        self.addItems([words for words, _ in choices])
