"""A field at the foot of a list that adds to it: Return adds what was typed, several pasted lines are added at once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit


class AddField(QLineEdit):
    """Says the lines to be added."""

    given = Signal(list)

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)

    def add(self) -> None:
        """Add what was typed, and be ready for the next."""
        text = self.text().strip()
        if text:
            self.given.emit([text])
            self.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        lines = lines_of(QGuiApplication.clipboard().text()) if event.matches(QKeySequence.StandardKey.Paste) else []
        if len(lines) > 1 and not self.text():
            self.given.emit(lines)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.add()
        else:
            super().keyPressEvent(event)


def lines_of(text: str) -> list[str]:
    """The lines with something in them, without the bullets and numbers that lists have in front."""
    return [line for line in (part.strip().lstrip("•·–*- \t") for part in text.splitlines()) if line]
