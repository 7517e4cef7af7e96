"""Small parts that all panes are made of, each with its look and its accessible name in one call."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
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

from qualcode.settings import Preferences
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


class Elided(QLabel):
    """A label of one line that gives way: what does not fit is shown by an ellipsis and on hover."""

    def __init__(self, text: str = "", kind: str = "Secondary") -> None:
        super().__init__(text)
        self.setObjectName(kind)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

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
    """A push button; ``kind`` is Primary, Flat, Link or empty."""
    found = QPushButton(text)
    found.setObjectName(kind)
    found.setToolTip(tip)
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
    found.setToolTip(tip or name)
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


_MOST_FOR_SIDES = 0.6
_USUAL_WIDTH, _MOST_LARGER = 1190, 1.3
"""Pixels at 100 % for which sizes are given; where there is more the sides take their part of it, up to so much."""

NARROWEST = 90
"""Pixels at 100 % that a pane has unless it is folded."""


class Panes(QSplitter):
    """Panes side by side that can be resized and folded, and remember it under ``key``.

    ``sizes`` are in pixels at 100 %; at first none but the ``stretch`` pane takes more of the width than its ``share``.
    """

    def __init__(
        self,
        *parts: QWidget,
        key: str,
        preferences: Preferences,
        sizes: tuple[int, ...],
        stretch: int = 1,
        share: float = 0.25,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._key, self._preferences, self._sizes, self._stretch = key, preferences, sizes, stretch
        self._moved, self._share, self._parts = False, share, parts
        self.setHandleWidth(3)
        for number, part in enumerate(parts):
            part.setMinimumWidth(theme.px(NARROWEST))
            self.addWidget(part)
            self.setStretchFactor(number, 1 if number == stretch else 0)
            self.setCollapsible(number, number != stretch)
        self.splitterMoved.connect(self._remember)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._show_focused)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._moved:
            self._place()

    def fold_side(self, *, left: bool) -> None:
        """Fold the pane at one side away, or bring it back; the focus leaves it with it."""
        number = 0 if left else self.count() - 1
        if number == self._stretch:
            return
        if self._part_of(QApplication.focusWidget()) == number:
            self._focus_main()
        self.fold(number)

    def widen(self, by: int) -> None:
        """Give the pane that has the focus so many pixels (at 100 %) more, or less, at the cost of its neighbour."""
        number = self._part_of(QApplication.focusWidget())
        if number is None:
            return
        sizes, least = self.sizes(), theme.px(NARROWEST)
        sides = [n for n in range(self.count()) if n != self._stretch]
        other = self._stretch if number != self._stretch else max(sides, key=sizes.__getitem__)
        gives, takes = (other, number) if by > 0 else (number, other)
        step = max(0, min(theme.px(abs(by)), sizes[gives] - least))
        sizes[gives], sizes[takes] = sizes[gives] - step, sizes[takes] + step
        self.setSizes(sizes)
        self._remember()

    def fold(self, number: int) -> None:
        """Fold a pane away, or bring a folded one back."""
        sizes = self.sizes()
        if sizes[number]:
            sizes[self._stretch] += sizes[number]
            sizes[number] = 0
        else:
            wanted = self._wanted(number)
            sizes[self._stretch] -= wanted
            sizes[number] = wanted
        self.setSizes(sizes)
        self._remember()

    def _focus_main(self) -> None:
        """Put the focus into the largest part of the stretching pane that takes it."""
        inside = self._parts[self._stretch].findChildren(QWidget)
        able = [part for part in inside if part.isVisible() and part.focusPolicy() == Qt.FocusPolicy.StrongFocus]
        if able:
            max(able, key=lambda part: part.width() * part.height()).setFocus()

    def _show_focused(self, _old: QWidget | None, new: QWidget | None) -> None:
        """What has the focus is never folded away."""
        number = self._part_of(new) if self.isVisible() else None
        if number is not None and not self.sizes()[number]:
            self.fold(number)

    def _part_of(self, found: QWidget | None) -> int | None:
        """The number of the pane that a widget is in."""
        return next((n for n, part in enumerate(self._parts) if found and part.isAncestorOf(found)), None)

    def _wanted(self, number: int) -> int:
        wide = min(_MOST_LARGER, max(1.0, self.width() / theme.px(_USUAL_WIDTH)))
        return min(round(theme.px(self._sizes[number]) * wide), round(self.width() * self._share))

    def _first_sizes(self) -> list[int]:
        """What was asked for, less where the sides together would leave the stretching pane too little."""
        sizes = [self._wanted(number) for number in range(self.count())]
        sides = sum(sizes) - sizes[self._stretch]
        room = round(self.width() * _MOST_FOR_SIDES)
        return [size * room // sides for size in sizes] if sides > room else sizes

    def _place(self) -> None:
        """Give the sides what they had, or are to have, and the stretching pane the rest."""
        kept = [int(n) for n in self._preferences.panels.get(self._key, "").split() if n.isdigit()]
        known = len(kept) == self.count() and kept[self._stretch] > 0 and sum(kept) <= self.width() * 1.2
        sizes = kept if known else self._first_sizes()
        sizes[self._stretch] = max(1, self.width() - sum(sizes) + sizes[self._stretch])
        self.setSizes(sizes)

    def _remember(self) -> None:
        self._moved = True
        self._preferences.panels[self._key] = " ".join(map(str, self.sizes()))


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
