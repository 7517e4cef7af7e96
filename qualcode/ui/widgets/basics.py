"""Small parts that all panes are made of, each with its look and its accessible name in one call."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qualcode.ui import theme


def label(text: str, kind: str = "", *, wrap: bool = False) -> QLabel:
    """A label; ``kind`` is Head, Title, Big, Secondary, Good, Attention or empty."""
    found = QLabel(text)
    found.setObjectName(kind)
    found.setWordWrap(wrap)
    found.setTextFormat(Qt.TextFormat.PlainText)
    if wrap:
        found.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return found


def chip(text: str, tone: str = "", tip: str = "") -> QLabel:
    """A small rounded fact; ``tone`` is good, attention or empty."""
    found = label(text, "Chip")
    found.setProperty("tone", tone)
    found.setToolTip(tip)
    return found


def button(text: str, act: Callable[[], object], kind: str = "", *, tip: str = "", icon: str = "") -> QPushButton:
    """A push button; ``kind`` is Primary, Flat, Link or empty."""
    found = QPushButton(text)
    found.setObjectName(kind)
    found.setToolTip(tip)
    found.setAutoDefault(False)
    if icon:
        found.setIcon(theme.icon(icon))
    found.clicked.connect(lambda: act())
    return found


def icon_button(name: str, icon: str, act: Callable[[], object], *, tip: str = "") -> QToolButton:
    """A button that shows an icon only; ``name`` is read out and shown on hover."""
    found = QToolButton()
    found.setObjectName("Flat")
    found.setAccessibleName(name)
    found.setToolTip(tip or name)
    found.setIcon(theme.icon(icon))
    found.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    found.clicked.connect(lambda: act())
    theme.appearance.changed.connect(lambda: found.setIcon(theme.icon(icon)))
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
    words.setMaximumWidth(theme.px(360))
    buttons = row(None, *actions, None)
    return panel(column(None, row(None, words, None), buttons, None, margin=24), "Background")


def splitter(*parts: QWidget, sizes: tuple[int, ...] = (), stretch: int = 1) -> QSplitter:
    """Panes that can be resized; ``sizes`` are in pixels at 100 %, the pane numbered ``stretch`` takes the rest."""
    found = QSplitter(Qt.Orientation.Horizontal)
    found.setHandleWidth(1)
    found.setChildrenCollapsible(False)
    for number, part in enumerate(parts):
        found.addWidget(part)
        found.setStretchFactor(number, 1 if number == stretch else 0)
    if sizes:
        found.setSizes([theme.px(size) for size in sizes])
    return found


def clear(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.setParent(None)
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
            inner.deleteLater()
