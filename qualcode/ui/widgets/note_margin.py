"""The margin of a transcript that is read: marks and notes beside their lines, typed and edited there.

Beside a narrow page it is folded to a strip with a sign for each note, and opens over the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QPlainTextEdit, QToolTip, QWidget

from qualcode.core.values import Span
from qualcode.ui import theme
from qualcode.ui.widgets.notes import Note, NoteKind
from qualcode.ui.widgets.wrapping import Wrapped

if TYPE_CHECKING:
    from qualcode.ui.widgets.anonymity_view import MaskableTranscript

MOST_LINES = 7
"""Lines of a note that are shown until it is chosen."""

STRIP, SIGN, OPEN_WIDE = 24, 14, 240
"""Pixels at 100 %: the width of a folded margin, the size of a note's sign in it, its width when opened."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A note and where it lies, from the top of the page."""

    note: Note
    top: float
    height: float


class NoteMargin(QWidget):
    """A click chooses a note, a double click edits it. Notes never overlap: one that has no room moves down.

    A folded margin opens at a click, and while a note is typed.
    """

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
        self._place = QRect()
        self._is_folded = self._is_open = False
        self._editor = _NoteEditor(self)
        self._editor.left.connect(self.keep)
        self._editor.abandoned.connect(self.abandon)
        self._editor.textChanged.connect(self._show_all_typed)

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

    def lie(self, place: QRect, *, folded: bool) -> None:
        """Take this place beside the page; a ``folded`` one takes more of the page when it is opened."""
        if not folded:
            self._is_open = False
        self._place, self._is_folded = place, folded
        self._lie_down()

    def open(self) -> None:
        """Open a folded margin over the page."""
        if self._is_folded and not self._is_open:
            self._is_open = True
            self._lie_down()
            self.raise_()

    def close_up(self) -> None:
        """Fold an open one again, unless something is typed in it."""
        if self._is_open and self._typing is None:
            self._is_open = False
            self._lie_down()

    @property
    def is_strip(self) -> bool:
        """Whether signs stand for the notes now."""
        return self._is_folded and not self._is_open

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
        self.open()
        self._typing = (span, note.key if note else "")
        self._editor.setPlainText(note.text if note else "")
        self._editor.selectAll()
        self._show_all_typed()
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
        if self._is_open:
            painter.fillRect(self.rect(), QColor(theme.tokens().surface))
            painter.fillRect(QRect(0, 0, 1, self.height()), QColor(theme.tokens().line))
        paint = _paint_sign if self.is_strip else self._paint
        scroll = self._view.verticalScrollBar().value()
        for placed in self.places():
            top = placed.top - scroll
            if top + placed.height >= 0 and top <= self.height():
                paint(painter, placed.note, QRectF(theme.px(4), top, self.width() - theme.px(12), placed.height))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        note = self._under(event.position())
        if note is not None:
            self.open()
        elif self._typing is None:
            self.close_up()
        self.chosen.emit(note.key if note else "")

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            note = self._under(QPointF(event.pos())) if self.is_strip else None
            words = "\n".join(part for part in (_head(note), note.text) if part) if note else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

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
        self.close_up()
        self.update()

    def _lie_down(self) -> None:
        place = QRect(self._place)
        if self._is_open:
            place.setLeft(max(0, place.right() - theme.px(OPEN_WIDE)))
        self.setGeometry(place)
        self.refresh()

    def _show_all_typed(self) -> None:
        """Give the field the height it needs, and scroll until it is on the screen."""
        self.settle()
        below = self._editor.geometry().bottom() + theme.px(8) - self.height()
        if self._typing is not None and below > 0:
            bar = self._view.verticalScrollBar()
            bar.setValue(bar.value() + below)

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
        if self.is_strip:
            return theme.px(SIGN)
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


def _paint_sign(painter: QPainter, note: Note, place: QRectF) -> None:
    """A star for a mark, a written page for a note, a blank one for what came with the file."""
    t = theme.tokens()
    shade = QColor(t.accent if note.is_mine else t.secondary)
    sign = QRectF(place.left(), place.top() + theme.px(4), theme.px(SIGN - 2), theme.px(SIGN - 2))
    painter.setPen(shade)
    if note.kind is NoteKind.MARK:
        painter.setFont(theme.interface_font(13))
        painter.drawText(sign.adjusted(-4, -4, 4, 4), Qt.AlignmentFlag.AlignCenter, "★")
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(sign, theme.px(2), theme.px(2))
    if note.kind is NoteKind.NOTE:
        for share in (0.35, 0.65):
            y = sign.top() + sign.height() * share
            painter.drawLine(QPointF(sign.left() + theme.px(3), y), QPointF(sign.right() - theme.px(3), y))


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
