"""Text to read, out of which words are copied and dragged only as they may leave."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QTextBrowser

from qualcode.ui.clipboard import Clipboard


class GuardedText(QTextBrowser):
    """Shows what people said, or what was written about them."""

    def __init__(self, clipboard: Clipboard) -> None:
        super().__init__()
        self._clipboard = clipboard

    def copy(self) -> None:
        """Copy the selected words, anonymised, once they are checked."""
        words = self.textCursor().selection().toPlainText()
        if words:
            self._clipboard.copy_words(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is dragged, or copied by the menu of the field."""
        data = QMimeData()
        data.setText(self._clipboard.leaving(self.textCursor().selection().toPlainText()))
        return data
