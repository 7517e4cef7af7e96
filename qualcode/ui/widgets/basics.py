"""Small parts that all panes are made of, each with its look and its accessible name in one call."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qualcode.ui import theme
from qualcode.ui.hints import hint


def label(text: str, kind: str = "", *, wrap: bool = False) -> QLabel:
    """A label; ``kind`` is Head, Title, Big, Secondary, Good, Attention or empty."""
    found = QLabel(text)
    found.setObjectName(kind)
    found.setWordWrap(wrap)
    found.setTextFormat(Qt.TextFormat.PlainText)
    if wrap:
        found.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return found


class Elided(QLabel):
    """A label of one line that gives way: what does not fit is shown by an ellipsis and on hover."""

    def __init__(self, text: str = "", kind: str = "Secondary") -> None:
        super().__init__(text)
        self.setObjectName(kind)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        """Say something else; the hint of what was said before goes at once, painted or not."""
        self.setToolTip("")
        super().setText(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(24), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter.drawText(self.rect(), self.alignment(), shown)


def chip(text: str, tone: str = "", tip: str = "") -> QLabel:
    """A small rounded fact; ``tone`` is good, attention or empty."""
    found = label(text, "Chip")
    found.setProperty("tone", tone)
    found.setToolTip(tip)
    return found


def button(text: str, act: Callable[[], object], kind: str = "", *, tip: str = "", icon: str = "") -> QPushButton:
    """A push button; ``kind`` is Primary, Flat, Link or empty, ``tip`` as in :mod:`qualcode.ui.hints`."""
    found = QPushButton(text)
    found.setObjectName(kind)
    hint(found, tip)
    found.setAutoDefault(False)
    if icon:
        _Drawn(found, icon)
    found.clicked.connect(lambda: act())
    return found


class _Drawn(QObject):
    """Keeps a button's icon in the colours that hold; a child of the button, so that it is forgotten with it."""

    def __init__(self, button: QAbstractButton, icon: str) -> None:
        super().__init__(button)
        self._button, self._icon = button, icon
        theme.appearance.changed.connect(self.draw)
        self.draw()

    def draw(self) -> None:
        self._button.setIcon(theme.icon(self._icon))


def icon_button(name: str, icon: str, act: Callable[[], object], *, tip: str = "") -> QToolButton:
    """A button that shows an icon only; ``name`` is read out and shown on hover."""
    found = QToolButton()
    _Drawn(found, icon)
    found.setObjectName("Flat")
    found.setAccessibleName(name)
    hint(found, tip or name)
    found.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    found.clicked.connect(lambda: act())
    return found


def row(*parts: QWidget | QLayout | int | None, margin: int = 0, gap: int = 8) -> QHBoxLayout:
    """Parts side by side; None is a stretch, a number so many pixels of space."""
    found = QHBoxLayout()
    _fill(found, parts, margin, gap)
    return found


def column(*parts: QWidget | QLayout | int | None, margin: int = 0, gap: int = 8) -> QVBoxLayout:
    """Parts one under the other; None is a stretch, a number so many pixels of space."""
    found = QVBoxLayout()
    _fill(found, parts, margin, gap)
    return found


def _fill(
    layout: QHBoxLayout | QVBoxLayout, parts: tuple[QWidget | QLayout | int | None, ...], margin: int, gap: int
) -> None:
    layout.setContentsMargins(*(theme.px(margin),) * 4)
    layout.setSpacing(theme.px(gap))
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(theme.px(part))
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)


def panel(layout: QLayout, kind: str = "Surface") -> QFrame:
    """A frame around a layout; ``kind`` is Surface, Card, Popup, Notice or Background."""
    found = QFrame()
    found.setObjectName(kind)
    found.setLayout(layout)
    return found


def line() -> QFrame:
    """A hairline."""
    found = QFrame()
    found.setObjectName("Line")
    found.setFixedHeight(1)
    return found


def empty(text: str, *actions: QPushButton) -> QWidget:
    """What an empty list says: what to do next, with the buttons that do it."""
    words = label(text, "Secondary", wrap=True)
    words.setAlignment(Qt.AlignmentFlag.AlignCenter)
    words.setMaximumWidth(theme.px(340))
    words.setMinimumWidth(theme.px(120))
    words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    buttons = row(None, *actions, None)
    return panel(column(None, row(words), buttons, None, margin=24), "Background")


def clear(layout: QLayout) -> None:
    """Take everything out of a layout. It is hidden first: a layout still shows, later, what it was just given."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
            inner.deleteLater()
