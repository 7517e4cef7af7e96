"""A choice among a few."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyle, QStyleOptionComboBox, QStylePainter

from qualcode.ui import theme


class Choice(QComboBox):
    """A list to choose from; words that do not fit end in an ellipsis and are shown whole on hover."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, self._room(option)
        )
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def _room(self, option: QStyleOptionComboBox) -> int:
        """How wide words may be that are shown whole."""
        field = QStyle.SubControl.SC_ComboBoxEditField
        place = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, self)
        return place.width() - theme.px(4)


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

    def sizeHint(self) -> QSize:
        """Wide enough for all of the words where the list is as wide as they are: the style counts the arrow short."""
        hint = super().sizeHint()
        if self.sizeAdjustPolicy() is not QComboBox.SizeAdjustPolicy.AdjustToContents:
            return hint
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.rect = QRect(QPoint(), hint)
        missing = self.widest() + theme.px(2) - self._room(option)
        return hint.grownBy(QMargins(0, 0, max(0, missing), 0))

    def widest(self) -> int:
        """How wide the words are that take most room."""
        return max((self.fontMetrics().horizontalAdvance(self.itemText(n)) for n in range(self.count())), default=0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.updateGeometry()

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

    def choose(self, key: object) -> None:
        """Show what stands behind this key as chosen, if it is among the choices."""
        if key in self._keys:
            self.setCurrentIndex(self._keys.index(key))

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
