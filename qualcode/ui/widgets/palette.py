"""The code palette: type a few letters, Return applies; an unknown name makes the code and applies it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from rapidfuzz import fuzz

from qualcode.core.rows import CodeRow, ThemeRow
from qualcode.core.values import CodeId, ThemeId
from qualcode.ui import theme
from qualcode.ui.widgets.basics import label
from qualcode.ui.widgets.choice_line import HEIGHT, NEW, ChoiceDelegate, choice_line, fit_popup, read_out

MOST_SHOWN, FEWEST_SHOWN = 8, 3
FAVOURITES = "Alt+1 to 9: a favourite"
WIDTH = 380
"""Pixels at 100 %."""

THEME_FIT, LEAST_FIT, NEARLY = 85, 60, 80
"""How well a code fits by its theme. Where none fits so well, what is shown must reach the least of 100; how alike
letters must be to what was typed, when they are not the same."""

_ENTRY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the palette: a code there is, or (``code_id`` None) a name to make one of."""

    code_id: CodeId | None
    name: str


class CodePalette(QFrame):
    """A popup near the selection. It closes with Return, Escape, or a click elsewhere.

    Alt+1 to Alt+9 put the code of the chosen line on that number, Alt+0 on none.
    """

    given = Signal(object)
    """The Entry chosen or named."""
    favourite_wanted = Signal(object, object)
    """A code (CodeId) shall be on a number from 1 to 9, or (None) on none."""
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("Popup")
        self.setAccessibleName("Code palette")
        self._codes: Sequence[CodeRow] = ()
        self._themes: Mapping[ThemeId, str] = {}
        self._recent: Sequence[CodeId] = ()
        self._in_vivo = ""
        self._naming = False
        self._about = QRect()
        """The words that are meant, on the screen."""
        self.field = QLineEdit()
        self.field.setAccessibleName("Code name")
        self.field.setPlaceholderText("Code, or a new name")
        self.field.textChanged.connect(self._fill)
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName("Codes")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(ChoiceDelegate(self.list))
        self.list.currentItemChanged.connect(lambda item, _: read_out(self.field, item))
        self.list.itemClicked.connect(self._take)
        self._hint = label(FAVOURITES, "Secondary", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.px(6),) * 4)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        layout.addWidget(self._hint)

    def ask(
        self,
        about: QRect,
        codes: Sequence[CodeRow],
        recent: Sequence[CodeId],
        words: str = "",
        typed: str = "",
        *,
        naming: bool = False,
        hint: str = "",
    ) -> None:
        """Open under ``about`` (on the screen), or above it where there is no room below.

        ``recent`` come first while nothing is typed, ``words`` are offered in vivo. ``naming``: a new code is meant,
        so its name comes first and is selected to be typed over. ``hint`` stands at the foot instead of what always
        does.
        """
        self._hint.setText(hint or FAVOURITES)
        self._codes, self._recent, self._naming = codes, recent, naming
        self._in_vivo = words if 0 < len(words) <= 60 else ""
        self._about = about
        self.field.setText(typed)
        self._fill()
        self.show()
        self.field.setFocus()
        if naming:
            self.field.selectAll()

    def show_codes(self, codes: Sequence[CodeRow], themes: Sequence[ThemeRow]) -> None:
        """The codebook has changed, perhaps while the palette is open."""
        self._codes, at = codes, self.list.currentRow()
        self._themes = {theme.id: theme.name for theme in themes}
        self._fill()
        self.list.setCurrentRow(at)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self.list.setCurrentRow((self.list.currentRow() + step) % max(1, self.list.count()))
                return True
            if event.modifiers() == Qt.KeyboardModifier.AltModifier and Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9:
                self._ask_favourite(event.key() - Qt.Key.Key_0)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self.field.text().strip():
                    self._finish(Entry(None, self.field.text().strip()))
                elif (item := self.list.currentItem()) is not None:
                    self._take(item)
                return True
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QEvent) -> None:
        super().hideEvent(event)  # type: ignore[arg-type]
        self.closed.emit()

    def _fill(self) -> None:
        typed = self.field.text().strip()
        self.list.clear()
        unknown = bool(typed) and not any(code.name.casefold() == typed.casefold() for code in self._codes)
        made = Entry(None, typed), choice_line(f"New code “{typed}”", keys="⇧↵", colour=NEW)
        if unknown and self._naming:
            self._add(*made)
        for code in self._matches(typed):
            theme_name = self._themes.get(code.theme_id, "") if code.theme_id else ""
            key = str(code.shortcut or "")
            self._add(Entry(code.id, code.name), choice_line(code.name, theme_name, key, code.colour))
        if unknown and not self._naming:
            self._add(*made)
        if self._in_vivo and not typed:
            self._add(Entry(None, self._in_vivo), choice_line(f"In vivo: “{self._in_vivo}”", colour=NEW))
        self.list.setCurrentRow(0)
        self._stand_by_words()

    def _stand_by_words(self) -> None:
        """Stand under the words, or above them where that leaves more room; as many lines as fit there are shown."""
        screen = QGuiApplication.screenAt(self._about.bottomLeft()) or QGuiApplication.primaryScreen()
        room, gap = screen.availableGeometry(), theme.px(6)
        below, above = room.bottom() - self._about.bottom() - gap, self._about.top() - gap - room.top()
        fit_popup(self, self.list, MOST_SHOWN + 2, WIDTH)
        over = self.height() - max(below, above)
        if over > 0:
            shown = self.list.height() // theme.px(HEIGHT)
            fit_popup(self, self.list, max(FEWEST_SHOWN, shown - ceil(over / theme.px(HEIGHT))), WIDTH)
        under = self.height() <= below or below >= above
        x = max(room.left(), min(self._about.left(), room.right() - self.width()))
        y = self._about.bottom() + gap if under else self._about.top() - gap - self.height()
        self.move(x, max(room.top(), min(y, room.bottom() - self.height())))

    def _matches(self, typed: str) -> list[CodeRow]:
        if not typed:
            known = {code.id: code for code in self._codes}
            first = [known[code_id] for code_id in self._recent if code_id in known]
            return [*first, *(c for c in self._codes if c.id not in self._recent)][:MOST_SHOWN]
        scored = [(self._fit(typed, code), code) for code in self._codes]
        least = THEME_FIT if any(score >= THEME_FIT for score, _ in scored) else LEAST_FIT
        good = [pair for pair in scored if pair[0] >= least]
        good.sort(key=lambda pair: (-pair[0], pair[1].name.casefold()))
        return [code for _, code in good[:MOST_SHOWN]]

    def _fit(self, typed: str, code: CodeRow) -> float:
        """How well a code fits by its name, or less well by its theme's."""
        theme_name = self._themes.get(code.theme_id, "") if code.theme_id else ""
        return max(fit(typed, code.name), THEME_FIT if fit(typed, theme_name) >= 92 else 0)

    def _add(self, entry: Entry, item: QListWidgetItem) -> None:
        item.setData(_ENTRY, entry)
        self.list.addItem(item)

    def _take(self, item: QListWidgetItem) -> None:
        self._finish(item.data(_ENTRY))

    def _finish(self, entry: Entry) -> None:
        self.hide()
        self.given.emit(entry)

    def _ask_favourite(self, number: int) -> None:
        item = self.list.currentItem()
        entry: Entry | None = item.data(_ENTRY) if item else None
        if entry is not None and entry.code_id is not None:
            self.favourite_wanted.emit(entry.code_id, number or None)


def fit(typed: str, name: str) -> float:
    """How well what was typed fits a name, 0 to 100.

    Its beginning fits best, then a word's, then those of several words in any order, then anywhere, then nearly.
    """
    wanted, have = typed.casefold(), name.casefold()
    if have.startswith(wanted):
        return 100
    words = have.split()
    if any(word.startswith(wanted) for word in words):
        return 95
    if wanted.split() and all(any(word.startswith(part) for word in words) for part in wanted.split()):
        return 92
    if wanted in have:
        return 90
    near = fuzz.partial_ratio(wanted, have) if len(wanted) > 3 else 0.0
    return near * 0.8 if near >= NEARLY else 0
