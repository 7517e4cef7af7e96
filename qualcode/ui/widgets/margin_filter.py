"""What the margin shows: all segments, or those of some codes, a theme, a coder, a weight; said by a chip if fewer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QToolButton

from qualcode.core.rows import CodeRow, CoderRow, ThemeRow
from qualcode.core.values import CodeId
from qualcode.ui import theme
from qualcode.ui.models.coded import Only, codes_of_theme
from qualcode.ui.widgets.basics import icon_button, row

WEIGHTS = {1: "1 or more", 2: "2 or more", 3: "3"}


@dataclass(frozen=True, slots=True)
class Known:
    """What can be chosen from. ``chosen`` are the codes chosen in the codebook, ``here`` those in the transcript."""

    codes: Mapping[CodeId, CodeRow]
    themes: Sequence[ThemeRow] = ()
    coders: Sequence[CoderRow] = ()
    chosen: Sequence[CodeId] = ()
    here: Sequence[CodeId] = ()


class MarginFilter(QFrame):
    """A line that is there while something is hidden, with a chip that says so and shows all again.

    ``button`` has the choices; it stands elsewhere.
    """

    wanted = Signal(object)
    """The Only that is to hold."""

    def __init__(self, known: Callable[[], Known]) -> None:
        super().__init__()
        self._known = known
        self._only = Only()
        self.menu = QMenu(self)
        self._menus = {words: QMenu(words, self.menu) for words in ("Code", "Theme", "Coder", "Weight")}
        self.menu.aboutToShow.connect(self._fill)
        self.button = icon_button(
            "Show only some codes", "filter", lambda: None, tip="Show only some codes ({code.filter})"
        )
        self.button.setMenu(self.menu)
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.chip = _Chip()
        self.chip.clicked.connect(lambda: self.wanted.emit(Only()))
        self.setObjectName("Surface")
        self.setLayout(row(self.chip, None, margin=6))
        self.hide()

    def show_filter(self, only: Only, shown: int, of: int) -> None:
        """Say what holds: ``shown`` of so many segments are shown."""
        self._only = only
        self.setVisible(only.hides)
        if only.hides:
            words = self._words(only)
            self.chip.say(f"{shown} of {of} shown: {words}  ×")
            self.chip.setAccessibleName(f"Only {shown} of {of} segments are shown: {words}. Show all.")

    # --- within ---

    def _words(self, only: Only) -> str:
        known = self._known()
        parts: list[str] = []
        if only.theme_id is not None:
            parts.extend(t.name for t in known.themes if t.id == only.theme_id)
        elif only.codes is not None:
            names = [known.codes[c].name for c in known.codes if c in only.codes]
            parts.append(names[0] if len(names) == 1 else f"{len(names)} codes")
        parts.extend(c.name for c in known.coders if c.id == only.coder_id)
        if only.weight:
            parts.append(f"weight {WEIGHTS[only.weight]}")
        return ", ".join(parts)

    def _fill(self) -> None:
        known, only = self._known(), self._only
        self.menu.clear()
        for menu in self._menus.values():
            menu.clear()
        self._offer(self.menu, "All segments", Only(), chosen=not only.hides)
        self.menu.addSeparator()
        if known.chosen:
            first = known.codes[known.chosen[0]].name
            words = f"“{first}”" if len(known.chosen) == 1 else f"The {len(known.chosen)} codes chosen in the codebook"
            self._offer(self.menu, words, replace(only, codes=frozenset(known.chosen), theme_id=None))
        codes, themes, coders, weights = self._menus.values()
        for code_id in known.here:
            one = frozenset([code_id])
            self._offer(codes, known.codes[code_id].name, replace(only, codes=one, theme_id=None), only.codes == one)
        for gathered in known.themes:
            within = codes_of_theme(gathered.id, known.themes, list(known.codes.values()))
            wanted = replace(only, codes=within, theme_id=gathered.id)
            self._offer(themes, gathered.name, wanted, only.theme_id == gathered.id)
        for coder in known.coders:
            self._offer(coders, coder.name, replace(only, coder_id=coder.id), only.coder_id == coder.id)
        for weight, words in WEIGHTS.items():
            self._offer(weights, words, replace(only, weight=weight), only.weight == weight)
        for menu in self._menus.values():
            self.menu.addMenu(menu)
            menu.setEnabled(bool(menu.actions()))

    def _offer(self, menu: QMenu, words: str, only: Only, chosen: bool = False) -> None:
        entry = menu.addAction(words.replace("&", "&&"), partial(self.wanted.emit, only))
        entry.setCheckable(True)
        entry.setChecked(chosen)


class _Chip(QPushButton):
    """Words that give way in the middle where there is too little room."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Chip")
        self.setToolTip("Show all segments")
        self.setAutoDefault(False)
        self._words = ""

    def say(self, words: str) -> None:
        self._words = words
        self.updateGeometry()
        self._fit()

    def sizeHint(self) -> QSize:
        wide = self.fontMetrics().horizontalAdvance(self._words) + theme.px(26)
        return QSize(wide, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(80), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - theme.px(22)
        self.setText(self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideMiddle, room))
