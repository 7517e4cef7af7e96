"""A field in which a report's text is written as it will read: bold and italic are seen, not spelt."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QKeyEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QTextEdit

from qualcode.ui import theme
from qualcode.ui.hints import hint
from qualcode.ui.mask import READ_ONLY, Anonymised
from qualcode.ui.models import report_text
from qualcode.ui.positions import Positions
from qualcode.ui.widgets.run_in import RunInQuotes

FOOTNOTE_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
"""Held with F, as in word processors."""
_MARK = re.compile(r"\{(?:q|note|see|count|spread|fact|without)\b[^{}]*\}")


class ReportField(QTextEdit):
    """Grows with what is written and keeps it when it is left. Ctrl+B bold, Ctrl+I italic, Ctrl+Alt+F a footnote; Tab
    moves on, Escape puts back what was there."""

    entered = Signal()
    edited = Signal()

    def __init__(self, name: str, hint: str = "", size: float = 14) -> None:
        super().__init__()
        self._size = size
        self._shown = self._kept = ""
        self._keep: Callable[[str], object] = lambda _: None
        self.setObjectName("Prose")
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._marks = _Marks(self.document())
        self._quotes = RunInQuotes(self)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._grow())
        self.document().contentsChange.connect(lambda *_: self.edited.emit())
        theme.appearance.changed.connect(self._restyle)
        self._restyle()

    # --- what is written ---

    def show_text(self, text: str, keep: Callable[[str], object]) -> None:
        """Show other words; what is being typed stays until the field is left, and is kept by the new ``keep``."""
        self._keep = keep
        if self.is_dirty:
            return
        self.setReadOnly(isinstance(text, Anonymised))
        hint(self, READ_ONLY if self.isReadOnly() else "")
        if text == self._kept:
            return
        self._kept = text
        report_text.fill(self.document(), text)
        self._shown = report_text.written(self.document())
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def show_quotes(self, told: Callable[[str], str], marks: tuple[str, str]) -> None:
        """Show run-in quotes by the words that ``told`` gives for their numbers, between the house's marks."""
        self._quotes.told, self._quotes.marks = told, marks
        self.document().markContentsDirty(0, self.document().characterCount())

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that is not kept yet."""
        typed = self.document().isModified() and not self.isReadOnly()
        return typed and report_text.written(self.document()) != self._shown

    def keep(self) -> None:
        """Keep what was typed, if it is new."""
        if self.is_dirty:
            self._kept = self._shown = report_text.written(self.document())
            self.document().setModified(False)
            self.document().clearUndoRedoStacks()
            self._keep(self._kept)

    def put_back(self, text: str) -> None:
        """Show ``text`` whatever was typed."""
        self._kept = text
        report_text.fill(self.document(), text)
        self._shown = report_text.written(self.document())

    def words(self) -> str:
        """What is written, without emphasis; a run-in quote is one code point."""
        return self.document().toPlainText()

    # --- acts ---

    def embolden(self) -> None:
        """Make the selected words bold, or plain again."""
        if self.isReadOnly():
            return
        wanted = self.fontWeight() < QFont.Weight.DemiBold
        made = QTextCharFormat()
        made.setFontWeight(QFont.Weight.Bold if wanted else QFont.Weight.Normal)
        self.mergeCurrentCharFormat(made)

    def italicise(self) -> None:
        if self.isReadOnly():
            return
        made = QTextCharFormat()
        made.setFontItalic(not self.fontItalic())
        self.mergeCurrentCharFormat(made)

    def insert(self, before: str, after: str = "") -> None:
        """Put words where the cursor is, a space before them; with ``after``, around what is selected, the cursor
        between the two."""
        if self.isReadOnly():
            return
        cursor = self.textCursor()
        stands = cursor.block().text()[: cursor.positionInBlock()]
        if not after and stands.strip() and not stands[-1].isspace():
            before = f" {before}"
        cursor.insertText(f"{before}{cursor.selectedText()}{after}")
        cursor.setPosition(cursor.position() - len(after))
        self.setTextCursor(cursor)
        self.setFocus()

    def begin_footnote(self) -> None:
        """Make what is selected a footnote, or begin one where the cursor is."""
        self.insert("{note: ", "}")

    def replace_words(self, start: int, end: int, words: str) -> None:
        """Put other words where code points ``start`` to ``end`` of what is written stand."""
        positions = Positions(self.words())
        cursor = QTextCursor(self.document())
        cursor.setPosition(positions.to_qt(start))
        cursor.setPosition(positions.to_qt(end), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(words)

    # --- events ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        only_control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if only_control and event.key() == Qt.Key.Key_B:
            self.embolden()
        elif only_control and event.key() == Qt.Key.Key_I:
            self.italicise()
        elif event.modifiers() == FOOTNOTE_HELD and event.key() == Qt.Key.Key_F:
            self.begin_footnote()
        elif event.key() == Qt.Key.Key_Escape and self.is_dirty:
            self.put_back(self._kept)
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied is plain; a run-in quote is its mark, which is a quote again where it is pasted."""
        copied = QTextDocument()
        QTextCursor(copied).insertFragment(self.textCursor().selection())
        data = QMimeData()
        data.setText(report_text.plain(copied))
        return data

    def insertFromMimeData(self, source: QMimeData) -> None:
        """What is pasted comes without the look it had elsewhere."""
        self.textCursor().insertText(source.text())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.keep()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    # --- within ---

    def _restyle(self) -> None:
        font = theme.reading_font(self._size)
        self.setFont(font)
        self.document().setDefaultFont(font)
        self._marks.rehighlight()
        self._grow()

    def _grow(self) -> None:
        height = round(self.document().size().height()) + theme.px(8)
        if self.height() != height:
            self.setFixedHeight(height)


class _Marks(QSyntaxHighlighter):
    """Sets marks such as ``{q:Q-0012}`` apart from the words."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)

    def highlightBlock(self, text: str) -> None:
        look = QTextCharFormat()
        look.setForeground(QColor(theme.tokens().accent))
        look.setBackground(QColor(theme.tokens().wash))
        for mark in _MARK.finditer(text):
            before = len(text[: mark.start()].encode("utf-16-le", "surrogatepass")) // 2
            length = len(mark[0].encode("utf-16-le", "surrogatepass")) // 2
            self.setFormat(before, length, look)
