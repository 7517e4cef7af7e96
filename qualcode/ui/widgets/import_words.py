"""The words of one paragraph in full, with a cursor to say where inside it a turn begins."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from qualcode.ui import theme
from qualcode.ui.positions import Positions


class ParagraphWords(QTextEdit):
    """Shows a paragraph to be read and pointed into; nothing can be typed."""

    moved = Signal()
    """The cursor stands elsewhere."""
    typed = Signal(str)
    """B, C or L was typed, for the turns."""
    left = Signal()
    """Escape: back to the paragraphs."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Words of the paragraph")
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.setTabChangesFocus(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self._text = ""
        self._places = Positions("")
        self._starts: tuple[tuple[int, str], ...] = ()
        self.cursorPositionChanged.connect(self.moved)
        theme.appearance.changed.connect(self._dress)
        self._dress()

    def show_words(self, text: str, starts: Sequence[tuple[int, str]]) -> None:
        """Show a paragraph; ``starts`` are the code points inside it where turns begin, with their speakers.

        The same paragraph keeps its cursor.
        """
        if text != self._text:
            self._text, self._places = text, Positions(text)
            self.setPlainText(text)
        self._starts = tuple(starts)
        self.setAccessibleDescription(
            "; ".join(f"{speaker} begins at {text[at : at + 24]}" for at, speaker in self._starts)
        )
        self._mark()

    def at(self) -> int:
        """The code point at which a turn would begin: that of the cursor, at the start of its word; 0 for none."""
        at = self._places.from_qt(self.textCursor().position())
        while 0 < at < len(self._text) and self._text[at - 1].isalnum() and self._text[at].isalnum():
            at -= 1
        return at if self._text[:at].strip() and self._text[at:].strip() else 0

    def begun(self) -> int:
        """The code point where the turn begins that the cursor is in; 0 if it is the paragraph's first."""
        at = self._places.from_qt(self.textCursor().position())
        return max((start for start, _ in self._starts if start <= at), default=0)

    def go(self, at: int) -> None:
        """Put the cursor on a code point."""
        cursor = self.textCursor()
        cursor.setPosition(self._places.to_qt(at))
        self.setTextCursor(cursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.text().casefold()
        if key in ("b", "c", "l") and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.typed.emit(key)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # --- within ---

    def _dress(self) -> None:
        self.setFont(theme.reading_font(14))
        self.document().setDocumentMargin(theme.px(10))
        self.setCursorWidth(theme.px(2))
        self._mark()

    def _mark(self) -> None:
        """Set off the first word of each turn that begins inside."""
        found = []
        for at, _ in self._starts:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = self.textCursor()
            mark.cursor.setPosition(self._places.to_qt(at))
            mark.cursor.movePosition(QTextCursor.MoveOperation.EndOfWord, QTextCursor.MoveMode.KeepAnchor)
            look = QTextCharFormat()
            look.setForeground(QColor(theme.tokens().accent))
            look.setFontUnderline(True)
            mark.format = look
            found.append(mark)
        self.setExtraSelections(found)
