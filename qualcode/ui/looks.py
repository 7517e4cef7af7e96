"""How the window looks: the acts of the View menu that choose an appearance and a size of text."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from qualcode.settings import Preferences
from qualcode.ui import theme

SCALES = (100, 115, 130, 150, 175, 200, 250, 300)
"""The sizes of text that are gone through, in per cent."""


class Looks(QObject):
    """Keeps what is chosen as a preference; says ``scaled`` with the size of text in per cent."""

    scaled = Signal(int)

    def __init__(self, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._preferences = preferences

    def show_light(self) -> None:
        self._appear("light")

    def show_dark(self) -> None:
        self._appear("dark")

    def show_contrast(self) -> None:
        self._appear("contrast")

    def show_dark_contrast(self) -> None:
        self._appear("contrast dark")

    def show_as_system(self) -> None:
        self._appear("system")

    def larger_text(self) -> None:
        self.scale_to(next((s for s in SCALES if s > self._preferences.text_scale), SCALES[-1]))

    def smaller_text(self) -> None:
        self.scale_to(next((s for s in reversed(SCALES) if s < self._preferences.text_scale), SCALES[0]))

    def normal_text(self) -> None:
        self.scale_to(100)

    def scale_to(self, percent: int) -> None:
        """Show all text at so many per cent."""
        self._preferences.text_scale = percent
        self._apply()
        self.scaled.emit(percent)

    def _appear(self, choice: str) -> None:
        self._preferences.appearance = choice
        self._apply()

    def _apply(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.appearance.apply(app, self._preferences.appearance, self._preferences.text_scale / 100)
        self._preferences.save()
