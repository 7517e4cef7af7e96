"""Naming new codes where the codebook is: one after the other, with the place they go to in sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit

from qualcode.core.values import CodeId, ThemeId
from qualcode.ui.codebook_desk import CodebookDesk
from qualcode.ui.widgets.basics import button, column, row
from qualcode.ui.widgets.focus_back import FocusBack
from qualcode.ui.widgets.picker import Picker


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a new code goes: under a code, or else under a theme or none."""

    words: str
    under: CodeId | None = None
    theme_id: ThemeId | None = None


class NewCode(QFrame):
    """Return adds the code and waits for the next; Escape ends it, and the focus goes back."""

    added = Signal(object)
    """The CodeId of a code that was added."""
    open_changed = Signal()
    """It is asked for a name, or no longer."""

    def __init__(self, desk: CodebookDesk) -> None:
        super().__init__()
        self.setObjectName("Notice")
        self.setAccessibleName("New code")
        self._desk = desk
        self._focus = FocusBack()
        self.name = QLineEdit()
        self.name.setAccessibleName("Name of the new code")
        self.name.setPlaceholderText("Name of the new code")
        self.place = Picker("Where the new code goes")
        add = button("Add code", self.add, "Primary")
        self.setLayout(
            column(self.name, self.place, row(add, button("Close", self.leave, "Flat"), None, gap=6), margin=10, gap=6)
        )
        for part in (self.name, self.place):
            part.installEventFilter(self)
        self.hide()

    def open(self, spots: Sequence[Spot], name: str = "") -> None:
        """Ask for a name; the first of the places is where it goes unless another is chosen."""
        if not self.isVisible():
            self._focus.remember(self)
        self.place.show_choices([(spot.words, spot) for spot in spots], spots[0])
        self.name.setText(name)
        self.show()
        self.open_changed.emit()
        self.name.setFocus()

    def add(self) -> None:
        """Add the code that is named."""
        spot = self.place.key()
        added = self._desk.add(self.name.text(), under=spot.under, theme_id=spot.theme_id)
        if added is not None:
            self.name.clear()
            self.added.emit(added)
        self.name.setFocus()

    def leave(self) -> None:
        """Put the field away."""
        self.hide()
        self.open_changed.emit()
        self._focus.give()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and watched is self.name:
                self.add()
                return True
        return super().eventFilter(watched, event)
