"""The stages down the left, each with how far it is."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QSizePolicy, QVBoxLayout

from qualcode.ui import theme


class Rail(QFrame):
    """One button a stage; says ``chosen`` with its key."""

    chosen = Signal(str)

    def __init__(self, stages: Mapping[str, str]) -> None:
        super().__init__()
        self.setObjectName("Rail")
        self.setAccessibleName("Stages")
        self._buttons: dict[str, RailButton] = {}
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 1, 0)
        layout.setSpacing(0)
        for key, title in stages.items():
            found = self._buttons[key] = RailButton(key, title)
            found.clicked.connect(lambda _=False, k=key: self.chosen.emit(k))
            self._group.addButton(found)
            layout.addWidget(found)
        layout.addStretch(1)
        self._resize()
        theme.appearance.changed.connect(self._resize)

    def show_stage(self, key: str) -> None:
        self._buttons[key].setChecked(True)
        self.setFocusProxy(self._buttons[key])

    def show_keys(self, keys: Mapping[str, str]) -> None:
        """Name on hover the keys that lead to each stage."""
        for key, found in self._buttons.items():
            held = keys.get(key, "")
            found.setToolTip(f"{found.text()} ({held})" if held else found.text())

    def show_progress(self, progress: Mapping[str, str]) -> None:
        """A line under each stage's name: 14 in, 12 of 14 read, 231."""
        for key, found in self._buttons.items():
            found.show_state(progress.get(key, ""))

    def _resize(self) -> None:
        self.setFixedWidth(theme.px(86))


class RailButton(QAbstractButton):
    """Icon, name, state; where room is short the state goes first, then the icon."""

    def __init__(self, key: str, title: str) -> None:
        super().__init__()
        self._key, self._title, self._state, self._under = key, title, "", False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.show_state("")

    def show_state(self, state: str) -> None:
        self._state = state
        self.setText(self._title)
        self.setAccessibleName(f"{self._title}, {state}" if state else self._title)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(84), theme.px(76))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(60), theme.px(24))

    def enterEvent(self, event: QEnterEvent) -> None:
        self._under = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._under = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect())
        if self.isChecked() or self._under:
            painter.fillRect(place, QColor(t.wash if self.isChecked() else t.field))
        if self.isChecked():
            painter.fillRect(QRectF(0, 0, 3, place.height()), QColor(t.accent))
        shade = t.accent if self.isChecked() else t.text
        side, line = theme.px(20), theme.px(17)
        lines = 2 if place.height() >= side + 2 * line + theme.px(10) else 1
        if place.height() < side + line + theme.px(8):
            side = -theme.px(4)
        top = (place.height() - side - lines * line - theme.px(4)) / 2
        if side > 0:
            icon = theme.icon(self._key, t.accent if self.isChecked() else t.secondary)
            icon.paint(painter, round((place.width() - side) / 2), round(top), side, side)
        painter.setFont(theme.interface_font(12, bold=self.isChecked()))
        painter.setPen(QColor(shade))
        words = QRectF(theme.px(3), top + side + theme.px(4), place.width() - theme.px(4), line)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self._title)
        if lines == 2:
            painter.setFont(theme.interface_font(11))
            painter.setPen(QColor(t.accent if self.isChecked() else t.secondary))
            painter.drawText(words.translated(0, line), Qt.AlignmentFlag.AlignCenter, self._state)
        if self.hasFocus():
            painter.setPen(QPen(QColor(t.accent), 1.5))
            painter.drawRoundedRect(place.adjusted(2, 2, -2, -2), 4, 4)
