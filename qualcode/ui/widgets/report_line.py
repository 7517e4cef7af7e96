"""A line of text among others on a page of the report, with its name above it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from qualcode.ui.hints import hint
from qualcode.ui.mask import READ_ONLY, Anonymised
from qualcode.ui.widgets.basics import label


class KeptLine(QLineEdit):
    """One line that is kept with Return or when it is left."""

    def __init__(self, name: str, hint: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self._kept = ""
        self._keep: Callable[[str], object] = lambda _: None
        self.editingFinished.connect(self.keep)

    def show_text(self, text: str, keep: Callable[[str], object]) -> None:
        typed = self.text().strip() != self._kept.strip()
        self._keep = keep
        if not typed:
            self.setReadOnly(isinstance(text, Anonymised))
            hint(self, READ_ONLY if self.isReadOnly() else "")
        if not typed and text != self.text():
            self._kept = text
            self.setText(text)
            self.setCursorPosition(0)

    def keep(self) -> None:
        typed, before = self.text().strip(), self._kept
        if typed != before.strip():
            self._kept = typed
            self._before = before
            self._keep(typed)

    def put_back(self) -> None:
        """Show again what was kept before."""
        self._kept = self._before
        self.setText(self._before)


def named(name: str, field: QWidget) -> QLabel:
    """The name of a field, to stand above it."""
    head = label(name, "Head", wrap=True)
    head.setBuddy(field)
    return head
