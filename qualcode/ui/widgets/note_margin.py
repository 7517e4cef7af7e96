"""The margin of a transcript that is read: marks and notes beside their lines, typed and edited there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from qualcode.core.values import Span
from qualcode.ui import theme
from qualcode.ui.widgets.notes import Note, NoteKind
from qualcode.ui.widgets.wrapping import Wrapped

if TYPE_CHECKING:
    from qualcode.ui.widgets.anonymity_view import MaskableTranscript

MOST_LINES = 7
"""Lines of a note that are shown until it is chosen."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A note and where it lies, from the top of the page."""

    note: Note
    top: float
    height: float


class NoteMargin(QWidget):
    """A click chooses a note, a double click edits it. Notes never overlap: one that has no room moves down."""

    chosen = Signal(str)
    """The key of a note, or nothing."""
    written = Signal(object, str, str)
    """What was typed: the Span it stands beside, the key of the note it was (or nothing), the words."""

    def __init__(self, view: MaskableTranscript) -> None:
        super().__init__(view)
        self.setAccessibleName("Margin notes")
        self._view = view
        self._notes: list[Note] = []
        self._placed: list[_Placed] | None = None
        self._chosen = ""
        self._typing: tuple[Span, str] | None = None
        self._editor = _NoteEditor(self)
        self._editor.left.connect(self.keep)
        self._editor.abandoned.connect(self.abandon)
        self._editor.textChanged.connect(self.settle)

    # --- what is shown ---

    def show_notes(self, notes: Sequence[Note]) -> None:
        """Show these beside their lines; those that belong to no place are left to others."""
        self._notes = [note for note in notes if note.span is not None]
        self._placed = None
        self.settle()

    def choose(self, key: str) -> None:
        """Show this note whole and as the one that is meant."""
        if key != self._chosen:
            self._chosen = key
            self._placed = None
            self.settle()

    def refresh(self) -> None:
        """Lines have moved: place everything anew."""
        self._placed = None
        self.settle()

    def settle(self) -> None:
        """Follow the page, which was scrolled or changed."""
        if self._typing is not None:
            top = self._view.top_at(self._typing[0].start) - self._view.verticalScrollBar().value()
            self._editor.setGeometry(
                QRect(theme.px(4), round(top) - 4, self.width() - theme.px(12), self._editor.need())
            )
        self.update()

    # --- typing ---

    def begin(self, span: Span, note: Note | None = None) -> None:
        """Open the field for a note beside this passage, with the words it has."""
        self.keep()
        self._typing = (span, note.key if note else "")
        self._editor.setPlainText(note.text if note else "")
        self._editor.selectAll()
        self.settle()
        below = self._editor.geometry().bottom() + theme.px(8) - self.height()
        if below > 0:
            bar = self._view.verticalScrollBar()
            bar.setValue(bar.value() + below)
        self._editor.show()
        self._editor.setFocus()

    @property
    def is_typing(self) -> bool:
        return self._typing is not None

    def keep(self) -> None:
        """Say what was typed, and close the field."""
        if self._typing is not None:
            span, key = self._typing
            self._close()
            self.written.emit(span, key, self._editor.toPlainText().strip())

    def abandon(self) -> None:
        """Close the field and leave everything as it was."""
        self._close()

    # --- events ---

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scroll = self._view.verticalScrollBar().value()
        for placed in self.places():
            top = placed.top - scroll
            if top + placed.height >= 0 and top <= self.height():
                self._paint(painter, placed.note, QRectF(theme.px(4), top, self.width() - theme.px(12), placed.height))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        note = self._under(event.position())
        self.chosen.emit(note.key if note else "")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        note = self._under(event.position())
        if note is not None and note.span is not None and note.can_be_edited:
            self.begin(note.span, note)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.refresh()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._view.wheelEvent(event)

    # --- within ---

    def _close(self) -> None:
        self._typing = None
        if self._editor.hasFocus():
            self._view.setFocus()
        self._editor.hide()
        self.update()

    def places(self) -> list[_Placed]:
        """Every note's place: beside its line, or below the note before it."""
        if self._placed is None:
            self._placed = []
            below = float("-inf")
            for note in self._notes:
                assert note.span is not None
                top = max(self._view.top_at(note.span.start), below)
                height = self._height(note)
                self._placed.append(_Placed(note, top, height))
                below = top + height + theme.px(6)
        return self._placed

    def _height(self, note: Note) -> float:
        return sum(part.height for part in self._parts(note)) + theme.px(6)

    def _parts(self, note: Note) -> tuple[Wrapped, ...]:
        """The head of a note, where it has one, and its words."""
        room = self.width() - theme.px(12 + 10 + 4)
        head, most = _head(note), 1_000 if note.key == self._chosen else MOST_LINES
        parts = []
        if head:
            parts.append(Wrapped(head, theme.interface_font(12, bold=True), room, 1))
        if note.text:
            parts.append(Wrapped(note.text, theme.interface_font(12), room, most))
        return tuple(parts)

    def _paint(self, painter: QPainter, note: Note, place: QRectF) -> None:
        t = theme.tokens()
        if note.key == self._chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.wash))
            painter.drawRoundedRect(place, theme.px(4), theme.px(4))
        rule = QRectF(place.left(), place.top() + 2, theme.px(2), place.height() - 4)
        painter.fillRect(rule, QColor(t.accent if note.is_mine else t.secondary))
        at = place.topLeft() + QPointF(theme.px(10), theme.px(2))
        painter.setPen(QColor(t.text if note.kind is NoteKind.NOTE else t.secondary))
        for part in self._parts(note):
            part.draw(painter, at)
            at += QPointF(0, part.height)

    def _under(self, point: QPointF) -> Note | None:
        at = point.y() + self._view.verticalScrollBar().value()
        return next((p.note for p in self.places() if p.top <= at <= p.top + p.height), None)


def _head(note: Note) -> str:
    """What stands above a note's words: what it is, where it isn't simply a note of the reader's own."""
    what = "★ Marked" if note.kind is NoteKind.MARK else ("" if note.kind is NoteKind.NOTE else note.kind.value)
    return " · ".join(part for part in (what, note.by) if part)


class _NoteEditor(QPlainTextEdit):
    """Escape abandons, Ctrl+Return keeps, and so does going elsewhere."""

    left = Signal()
    abandoned = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("Note")
        self.setAccessibleName("Note in the margin")
        self.setAccessibleDescription("Escape leaves it as it was, Ctrl+Return keeps it.")
        self.setPlaceholderText("Note")
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hide()

    def need(self) -> int:
        """The height that shows all that was typed, within reason."""
        lines = min(max(3, int(self.document().size().height())), 14)
        return round(lines * QFontMetricsF(self.font()).lineSpacing()) + theme.px(20)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.abandoned.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
        ):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()
