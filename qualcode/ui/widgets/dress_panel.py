"""How the reader likes the page: letters, lines, leading, and what stands beside them. Kept in the preferences."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLabel, QWidget

from qualcode.settings import Preferences
from qualcode.ui import theme
from qualcode.ui.widgets.basics import button, label, line
from qualcode.ui.widgets.dress import LEADINGS, MEASURES, SIZES, Dress
from qualcode.ui.widgets.picker import Picker

_STEPPED = (
    ("Letters", "reading_size", SIZES, "Smaller letters", "Larger letters", "{} px"),
    ("Line length", "reading_measure", MEASURES, "Shorter lines", "Longer lines", "{} characters"),
    ("Leading", "reading_leading", LEADINGS, "Lines closer together", "Lines further apart", "{} %"),
)
_SWITCHED = (
    ("Timestamps", "reading_times"),
    ("Line numbers", "reading_lines"),
    ("Code stripes and washes", "reading_codes"),
)


class DressPanel(QFrame):
    """A popup under its button. Each change is seen at once; Escape closes. ``codes``: whether they can be hidden."""

    dressed = Signal(object)
    """The Dress that holds now."""

    def __init__(self, parent: QWidget, preferences: Preferences, *, codes: bool = True) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("Popup")
        self.setAccessibleName("How the page looks")
        self._preferences = preferences
        self._first: QWidget | None = None
        self._shown: dict[str, tuple[range, QLabel, str]] = {}
        self._boxes: dict[str, QCheckBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(*(theme.px(14),) * 4)
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(8))
        self.font_ = self._make_font()
        grid.addWidget(label("Font", "Secondary"), 0, 0)
        grid.addWidget(self.font_, 0, 1, 1, 3)
        for number, (name, key, allowed, less, more, words) in enumerate(_STEPPED, 1):
            shown = label("")
            shown.setMinimumWidth(theme.px(100))
            shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
            minus = button("−", partial(self._step, key, allowed, -1, shown, words), tip=less)
            plus = button("+", partial(self._step, key, allowed, 1, shown, words), tip=more)
            self._first = self._first or minus
            minus.setAccessibleName(less)
            plus.setAccessibleName(more)
            for place, part in enumerate((label(name, "Secondary"), minus, shown, plus)):
                grid.addWidget(part, number, place)
            self._shown[key] = (allowed, shown, words)
            self._step(key, allowed, 0, shown, words)
        grid.addWidget(line(), len(_STEPPED) + 1, 0, 1, 4)
        for number, (name, key) in enumerate(_SWITCHED if codes else _SWITCHED[:-1], len(_STEPPED) + 2):
            box = QCheckBox(name)
            box.setChecked(getattr(preferences, key))
            box.toggled.connect(lambda on, k=key: self._switch(k, on))
            self._boxes[key] = box
            grid.addWidget(box, number, 0, 1, 4)
        again = button("As at first", self._reset, "Link", tip="Font, letters, line length and leading as at first")
        grid.addWidget(again, grid.rowCount(), 0, 1, 4, Qt.AlignmentFlag.AlignLeft)

    def open_under(self, opener: QWidget) -> None:
        """Show the panel under the button that opens it, within the window."""
        if not self.font_.count():
            self._show_fonts()
        self._follow()
        self.adjustSize()
        corner = opener.mapToGlobal(QPoint(opener.width() - self.width(), opener.height() + theme.px(4)))
        left = opener.window().mapToGlobal(QPoint(theme.px(8), 0)).x()
        self.move(max(left, corner.x()), corner.y())
        self.show()
        if self._first is not None:
            self._first.setFocus()

    def _make_font(self) -> Picker:
        found = Picker("Font of the transcripts")
        found.setMaxVisibleItems(14)
        found.picked.connect(self._set_font)
        return found

    def _show_fonts(self) -> None:
        """Read what fonts there are: only now, for it takes a moment."""
        usual = [("Serif", ""), ("Sans serif", theme.SANS)]
        families = QFontDatabase.families(QFontDatabase.WritingSystem.Latin)
        able = [f for f in families if QFontDatabase.isSmoothlyScalable(f) and not QFontDatabase.isPrivateFamily(f)]
        self.font_.show_choices([*usual, *((f, f) for f in able)], self._preferences.reading_font)

    def _set_font(self, family: str) -> None:
        self._preferences.reading_font = family
        self._tell()

    def _step(self, key: str, allowed: range, by: int, shown: QLabel, words: str) -> None:
        at = min(range(len(allowed)), key=lambda i: abs(allowed[i] - getattr(self._preferences, key)))
        setattr(self._preferences, key, allowed[min(max(0, at + by), len(allowed) - 1)])
        shown.setText(words.format(getattr(self._preferences, key)))
        if by:
            self._tell()

    def enlarge(self, by: int) -> None:
        """Make the letters so many steps larger, or smaller."""
        allowed, shown, words = self._shown["reading_size"]
        self._step("reading_size", allowed, by, shown, words)

    def _follow(self) -> None:
        """Say what holds: it may have been changed elsewhere."""
        self.font_.choose(self._preferences.reading_font)
        for key, (allowed, shown, words) in self._shown.items():
            self._step(key, allowed, 0, shown, words)
        for key, box in self._boxes.items():
            box.blockSignals(True)
            box.setChecked(getattr(self._preferences, key))
            box.blockSignals(False)

    def _reset(self) -> None:
        """Font, letters, line length and leading as they are before anybody changes them."""
        usual = Preferences()
        for key in ("reading_font", *self._shown):
            setattr(self._preferences, key, getattr(usual, key))
        self._follow()
        self._tell()

    def _switch(self, key: str, on: bool) -> None:
        setattr(self._preferences, key, on)
        self._tell()

    def _tell(self) -> None:
        self._preferences.save()
        self.dressed.emit(Dress.preferred(self._preferences))
