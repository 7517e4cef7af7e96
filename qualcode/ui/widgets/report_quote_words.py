"""The verbatim words of a quote, to choose among."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from qualcode.core.rows import QuoteRow
from qualcode.core.values import EditKind, Span
from qualcode.ui import theme
from qualcode.ui.positions import Positions

if TYPE_CHECKING:
    from qualcode.anonymise.render import Rendering

_KEYS = {
    Qt.Key.Key_Delete: "cut",
    Qt.Key.Key_Backspace: "cut",
    Qt.Key.Key_R: "replace",
    Qt.Key.Key_K: "trim",
    Qt.Key.Key_P: "back",
}


class QuoteWords(QTextEdit):
    """The verbatim words, to select in: nothing can be typed. Words cut are struck out, those replaced too."""

    act_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Prose")
        self.setReadOnly(True)
        self.setAccessibleName("Words of the quote")
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self._positions = Positions("")
        self._quote: QuoteRow | None = None
        self.leaving: Callable[[Span], str] = lambda _: ""
        self._rendering: Rendering | None = None
        self._reveal = QTimer(self, interval=0, singleShot=True)
        self._reveal.timeout.connect(self._show_cursor)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._grow())

    def show_quote(self, quote: QuoteRow, replaced: list[Span], rendering: Rendering | None) -> None:
        """Show the words, by a ``rendering`` anonymised; ``replaced`` are identifiers, replaced by themselves."""
        before = self.textCursor()
        anchor, at = before.anchor(), before.position()
        self._quote, self._rendering = quote, rendering
        words = rendering.quote(quote.span) if rendering else quote.verbatim
        same = self.toPlainText() == words
        self._positions = Positions(words)
        self.setFont(theme.reading_font(14))
        self.setPlainText(words)
        t = theme.tokens()
        for span in replaced:
            self._dress(span, _look(t.accent, wash=t.wash))
        for edit in quote.edits:
            self._dress(edit.span, _look(t.secondary, struck=True))
        cursor = self.textCursor()
        cursor.setPosition(anchor if same else self._positions.to_qt(self._there(_first_said(quote)).start))
        if same:
            cursor.setPosition(at, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self._grow()
        self._reveal.start()

    def selected(self) -> Span:
        """The selected words, in code points of the quote."""
        cursor = self.textCursor()
        shown = self._positions.span(max(0, cursor.selectionStart()), max(0, cursor.selectionEnd()))
        if self._rendering is None or self._quote is None:
            return shown
        place = self._quote.span
        said = self._rendering.span_to_original(shown.shifted(self._rendering.span_to_anonymised(place).start))
        return Span(max(said.start, place.start), min(said.end, place.end)).shifted(-place.start)

    def select(self, span: Span) -> None:
        cursor, span = self.textCursor(), self._there(span)
        cursor.setPosition(self._positions.to_qt(span.start))
        cursor.setPosition(self._positions.to_qt(span.end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        name = _KEYS.get(Qt.Key(event.key()))
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif name is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.act_wanted.emit(name)
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Ask for the selected words to be copied, as they may leave."""
        self.act_wanted.emit("copy")

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is dragged, or copied by the menu of the field."""
        data = QMimeData()
        data.setText(self.leaving(self.selected()) if len(self.selected()) else "")
        return data

    def _there(self, span: Span) -> Span:
        """Where a span of the quote stands in what is shown."""
        if self._rendering is None or self._quote is None:
            return span
        there, place = self._rendering.span_to_anonymised, self._quote.span
        return there(span.shifted(place.start)).shifted(-there(place).start)

    def _dress(self, span: Span, look: QTextCharFormat) -> None:
        cursor, span = QTextCursor(self.document()), self._there(span)
        cursor.setPosition(self._positions.to_qt(span.start))
        cursor.setPosition(self._positions.to_qt(span.end), QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(look)

    def _show_cursor(self) -> None:
        """Bring what is worked on into sight, once the words have their place."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect().top() - self.viewport().height() // 3)

    def _grow(self) -> None:
        height = min(round(self.document().size().height()) + theme.px(8), theme.px(260))
        if self.height() != height:
            self.setFixedHeight(height)


def _look(shade: str, *, struck: bool = False, wash: str = "") -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QColor(shade))
    made.setFontStrikeOut(struck)
    if wash:
        made.setBackground(QColor(wash))
    return made


def _first_said(quote: QuoteRow) -> Span:
    """Where the first words stand that are not taken off."""
    before = next((e.span.end for e in quote.edits if e.kind is EditKind.TRIM and e.span.start == 0), 0)
    at = min(before, len(quote.verbatim))
    return Span(at, at)
