"""Panes side by side; where there is no room for all, those used last are shown and a strip names the others."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from qualcode.settings import Preferences
from qualcode.ui import theme
from qualcode.ui.focus import give_focus, holds_focus

NARROWEST = 90
"""Pixels at 100 % that a pane has unless it is folded."""

_MOST_FOR_SIDES = 0.6
_USUAL_WIDTH, _MOST_LARGER = 1190, 1.3
"""Pixels at 100 % for which sizes are given; where there is more the sides take their part of it, up to so much."""

_LEAST_SIDE, _LEAST_MAIN = (170, 300), (300, 400)
"""Between what, in pixels at 100 %, the width lies with which a pane can still be worked in."""

_SIDE_OF_TWO = 0.4
"""How much of the width a pane at the side has where only it and the stretching one are shown."""


class Panes(QWidget):
    """Panes that can be resized and folded, and remember it under ``key``.

    ``sizes`` are in pixels at 100 %; at first none but the ``stretch`` pane takes more of the width than its ``share``.
    ``names`` are what the strip says. What gets the focus is always shown.
    """

    def __init__(
        self,
        *parts: QWidget,
        key: str,
        preferences: Preferences,
        sizes: tuple[int, ...],
        names: tuple[str, ...],
        stretch: int = 1,
        share: float = 0.25,
    ) -> None:
        super().__init__()
        self._key, self._preferences, self._sizes, self._stretch = key, preferences, sizes, stretch
        self._share, self._parts = share, parts
        self._moved = self._is_narrow = False
        self._used = [stretch, *(n for n in range(len(parts)) if n != stretch)]
        self._splitter = _Splitter(parts, stretch)
        self._strip = _Strip(names)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._strip)
        layout.addWidget(self._splitter, 1)
        self._strip.wanted.connect(self.go_to)
        self._splitter.splitterMoved.connect(self._remember)
        theme.appearance.changed.connect(self._arrange)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._show_focused)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def sizes(self) -> list[int]:
        """The width of each pane in pixels, 0 for one that is folded."""
        return self._splitter.sizes()

    def go_to(self, number: int) -> None:
        """Put the focus into a pane, where it was last; that shows the pane."""
        give_focus(self._parts[number])
        self._use(number)

    def fold_side(self, *, left: bool) -> None:
        """Fold the pane at one side away, or bring it back; the focus leaves it with it."""
        number = 0 if left else len(self._parts) - 1
        if number == self._stretch:
            return
        if self.sizes()[number] and holds_focus(self._parts[number]):
            self.go_to(self._stretch)
        self.fold(number)

    def fold(self, number: int) -> None:
        """Fold a pane away, or bring a folded one back."""
        sizes = self.sizes()
        if self._is_narrow:
            self._fold_narrow(number)
            return
        if sizes[number]:
            sizes[self._stretch] += sizes[number]
            sizes[number] = 0
        else:
            wanted = self._wanted(number)
            sizes[self._stretch] -= wanted
            sizes[number] = wanted
        self._splitter.setSizes(sizes)
        self._remember()

    def widen(self, by: int) -> None:
        """Give the pane that has the focus so many pixels (at 100 %) more, or less, at the cost of its neighbour."""
        number = self._part_of(QApplication.focusWidget())
        if number is None:
            return
        sizes, least = self.sizes(), theme.px(NARROWEST)
        sides = [n for n in range(len(sizes)) if n != self._stretch]
        other = self._stretch if number != self._stretch else max(sides, key=sizes.__getitem__)
        gives, takes = (other, number) if by > 0 else (number, other)
        step = max(0, min(theme.px(abs(by)), sizes[gives] - least))
        if not sizes[takes]:
            return
        sizes[gives], sizes[takes] = sizes[gives] - step, sizes[takes] + step
        self._splitter.setSizes(sizes)
        self._remember()

    # --- within: where there is room for all ---

    def _wanted(self, number: int) -> int:
        wide = min(_MOST_LARGER, max(1.0, self.width() / theme.px(_USUAL_WIDTH)))
        return min(round(theme.px(self._sizes[number]) * wide), round(self.width() * self._share))

    def _first_sizes(self) -> list[int]:
        """What was asked for, less where the sides together would leave the stretching pane too little."""
        sizes = [self._wanted(number) for number in range(len(self._parts))]
        sides = sum(sizes) - sizes[self._stretch]
        room = round(self.width() * _MOST_FOR_SIDES)
        return [size * room // sides for size in sizes] if sides > room else sizes

    def _place(self) -> None:
        """Give the sides what they had, or are to have, and the stretching pane the rest."""
        kept = [int(n) for n in self._preferences.panels.get(self._key, "").split() if n.isdigit()]
        known = len(kept) == len(self._parts) and kept[self._stretch] > 0 and sum(kept) <= self.width() * 1.2
        sizes = kept if known else self._first_sizes()
        sizes[self._stretch] = max(1, self.width() - sum(sizes) + sizes[self._stretch])
        self._splitter.setSizes(sizes)

    def _remember(self) -> None:
        if self._is_narrow:
            self._strip.show_open(self.sizes())
            return
        self._moved = True
        self._preferences.panels[self._key] = " ".join(map(str, self.sizes()))

    # --- within: where there is not ---

    def _arrange(self) -> None:
        """Show all, or as many as have room."""
        was_narrow, self._is_narrow = self._is_narrow, sum(map(self._least, self._used)) > self._room()
        self._strip.setVisible(self._is_narrow)
        self._splitter.free_main(self._is_narrow)
        if self._is_narrow:
            self._show(self._fitting())
        elif was_narrow or not self._moved:
            self._place()

    def _room(self) -> float:
        """The width in pixels at 100 %."""
        return self.width() / theme.appearance.scale

    def _least(self, number: int) -> float:
        """The width, in pixels at 100 %, with which a pane can still be worked in."""
        is_main = number == self._stretch
        low, high = _LEAST_MAIN if is_main else _LEAST_SIDE
        return min(high, max(low, self._sizes[number] * (0.5 if is_main else 0.6)))

    def _fitting(self) -> list[int]:
        """The pane used last, the stretching one and then the others as used, as long as they fit."""
        shown = self._used[:1]
        for number in dict.fromkeys((self._stretch, *self._used)):
            if number not in shown:
                if sum(map(self._least, [*shown, number])) > self._room():
                    break
                shown.append(number)
        return shown

    def _show(self, shown: Sequence[int]) -> None:
        """Show these and fold the others, to be remembered by nobody."""
        main = self._stretch if self._stretch in shown else shown[0]
        side = max(theme.px(_LEAST_SIDE[0]), round(self.width() * _SIDE_OF_TWO / max(1, len(shown) - 1)))
        sizes = [min(side, theme.px(self._sizes[n])) if n in shown else 0 for n in range(len(self._parts))]
        sizes[main] = 0
        sizes[main] = max(1, self.width() - sum(sizes))
        self._splitter.setSizes(sizes)
        self._strip.show_open(sizes)

    def _use(self, number: int) -> None:
        """Note that a pane is worked in, and show it if it is folded."""
        self._used.remove(number)
        self._used.insert(0, number)
        if not self.sizes()[number]:
            if self._is_narrow:
                self._show(self._fitting())
            else:
                self.fold(number)

    def _fold_narrow(self, number: int) -> None:
        if not self.sizes()[number]:
            self._use(number)
            self.go_to(number)
        else:
            self._use(self._stretch)
            self._show([self._stretch])

    def _show_focused(self, _old: QWidget | None, new: QWidget | None) -> None:
        """What has the focus is never folded away."""
        number = self._part_of(new) if self.isVisible() else None
        if number is not None:
            self._use(number)

    def _part_of(self, found: QWidget | None) -> int | None:
        """The number of the pane that a widget is in."""
        return next((n for n, p in enumerate(self._parts) if found and (p is found or p.isAncestorOf(found))), None)


class _Splitter(QSplitter):
    """Asks for no more room than what is not folded needs."""

    def __init__(self, parts: Sequence[QWidget], stretch: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._parts, self._stretch = parts, stretch
        self.setHandleWidth(3)
        for number, part in enumerate(parts):
            part.setMinimumWidth(theme.px(NARROWEST))
            self.addWidget(part)
            self.setStretchFactor(number, 1 if number == stretch else 0)
            self.setCollapsible(number, number != stretch)

    def free_main(self, free: bool) -> None:
        """Let the stretching pane be folded as well, or not."""
        self.setCollapsible(self._stretch, free)

    def minimumSizeHint(self) -> QSize:
        shown = [part for part, size in zip(self._parts, self.sizes(), strict=True) if size] or self._parts[:1]
        widths = [max(part.minimumWidth(), part.minimumSizeHint().width()) for part in shown]
        return QSize(sum(widths), max(part.minimumSizeHint().height() for part in shown))


class _Strip(QFrame):
    """The names of all panes, those that are shown marked; says ``wanted`` with the number of the one chosen."""

    wanted = Signal(int)

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName("PaneStrip")
        self.setAccessibleName("Panes")
        self.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(8), 0, theme.px(8), 0)
        layout.setSpacing(theme.px(8))
        self._buttons: list[QPushButton] = []
        for number, name in enumerate(names):
            found = QPushButton(name)
            found.setObjectName("Pane")
            found.setCheckable(True)
            found.setAutoDefault(False)
            found.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            found.setMinimumWidth(theme.px(24))
            found.clicked.connect(lambda _=False, n=number: self._want(n))
            layout.addWidget(found)
            self._buttons.append(found)
        layout.addStretch(1)

    def show_open(self, sizes: Sequence[int]) -> None:
        """Mark the panes that have a width."""
        for found, size in zip(self._buttons, sizes, strict=True):
            found.setChecked(bool(size))

    def _want(self, number: int) -> None:
        self._buttons[number].setChecked(True)
        self.wanted.emit(number)
