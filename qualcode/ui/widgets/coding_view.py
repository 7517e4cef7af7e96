"""The transcript to code in: what is typed, dragged and dropped on it, and the ends of its segments."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QToolTip, QWidget

from qualcode.core.ends import End
from qualcode.core.values import CodeId, Span
from qualcode.ui import theme
from qualcode.ui.mask import Mask
from qualcode.ui.models.codebook import MIME_CODES
from qualcode.ui.widgets.anonymity_view import MaskableTranscript
from qualcode.ui.widgets.density import DensityStrip
from qualcode.ui.widgets.handles import Handles
from qualcode.ui.widgets.stripes import Stripe

LABELS_AT_MOST = 260
"""Pixels at 100 % that stripes and labels need beside the text."""

MOST_TOLD = 3
"""Segments of which hovering tells all; of more it tells the names."""

Modifier = Qt.KeyboardModifier
_STEPS: dict[int, int] = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_UPRIGHT: dict[int, int] = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class CodingView(MaskableTranscript):
    """A segment is chosen until the caret leaves it; while it is and no words are selected, keys are about it.

    All spans and places that are told are those of the original text.
    """

    typed = Signal(str)
    """A letter, digit or Return typed while words are selected or a segment is chosen: the wish to code them."""
    end_stepped = Signal(object, int)
    """An End of the chosen segment, and 1 or -1: on by one unit or back."""
    end_dragged = Signal(object, int)
    """An End of the chosen segment and the code point it was dragged to."""
    codes_dropped = Signal(list, object)
    """Codes (ids) dropped on a passage (Span)."""

    density: DensityStrip | None = None

    def __init__(self, mask: Mask, parent: QWidget | None = None) -> None:
        super().__init__(mask, parent)
        self.handles = Handles(self)
        self.passage_at: Callable[[int], Span | None] = lambda _: None
        self._aim: Span | None = None
        self.density = DensityStrip(self)
        self.viewport().setAcceptDrops(True)
        self.viewport().setMouseTracking(True)
        self.cursorPositionChanged.connect(self._let_go_outside)

    # --- segments ---

    def chosen(self) -> Stripe | None:
        return next((s for s in self.stripes if s.key == self.chosen_stripe), None) if self.chosen_stripe else None

    def stripes_at(self, offset: int) -> list[Stripe]:
        """The segments shown that cover a code point of what is shown, the shortest first."""
        return sorted((s for s, _ in self.stripes_in(Span(offset, offset + 1))), key=lambda s: len(s.span))

    def stripes_under(self, point: QPoint) -> list[Stripe]:
        """The segments shown whose words lie under a point of the viewport, the shortest first."""
        here = self.stripes_at(self.offset_at(point))
        return [s for s in here if any(rect.contains(QPointF(point)) for rect in self.rects(s.span))]

    def beside_chosen(self) -> list[Stripe]:
        """The segments shown that share words with the chosen one."""
        chosen = self.chosen()
        return [s for s, _ in self.stripes_in(chosen.span) if s.key != chosen.key] if chosen is not None else []

    def stand_before(self, caret: int, top: int) -> None:
        """Put the caret before a code point of the original, with the line of another at the top of the page."""
        place = self._there(Span(caret, caret))
        self.setTextCursor(self._cursor(Span(place.start, place.start)))
        self.verticalScrollBar().setValue(round(self.top_at(top)) if top else 0)

    def stand_at(self, key: str) -> None:
        """Put the caret at the beginning of a segment and choose it; the page stays where it is."""
        stripe = next((s for s in self.stripes if s.key == key), None)
        scroll = self.verticalScrollBar().value()
        if stripe is not None:
            self.setTextCursor(self._cursor(Span(stripe.span.start, stripe.span.start)))
            self.verticalScrollBar().setValue(scroll)
        self.choose_stripe(key)

    def neighbour(self, by: int) -> Stripe | None:
        """The segment shown after (1) or before (-1) the chosen one, or the caret."""
        chosen = self.chosen()
        if chosen is not None:
            number = self.stripes.index(chosen) + by
        else:
            caret = super(MaskableTranscript, self).caret()
            after = next((n for n, s in enumerate(self.stripes) if s.span.start >= caret), len(self.stripes))
            number = after if by > 0 else after - 1
        return self.stripes[number] if 0 <= number < len(self.stripes) else None

    def set_stripes(self, stripes: Sequence[Stripe]) -> None:
        super().set_stripes(stripes)
        if self.density is not None:
            self.density.refresh()

    def offset_at(self, point: QPoint) -> int:
        """The code point of what is shown that lies under a point of the viewport, or nearest to it."""
        return self._positions.from_qt(self.cursorForPosition(point).position())

    def rect_at(self, offset: int) -> QRect:
        """Where the caret would stand before a code point of what is shown."""
        return self.cursorRect(self._cursor(Span(offset, offset)))

    # --- events ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (self._steps_an_end(event) or self._asks_for_a_code(event) or self._steps_or_lets_go(event)):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        which = self.handles.under(event.position()) if event.button() is Qt.MouseButton.LeftButton else None
        if which is None:
            super().mousePressEvent(event)
        else:
            self.handles.take(which)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.handles.held is None:
            super().mouseMoveEvent(event)
            if not event.buttons() and self.handles.under(event.position()) is not None:
                self.viewport().setCursor(Qt.CursorShape.SizeHorCursor)
            elif self.viewport().cursor().shape() is Qt.CursorShape.SizeHorCursor:
                self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
            return
        point = event.position().toPoint()
        beyond = point.y() - min(max(point.y(), 0), self.viewport().height())
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + beyond)
        self.handles.drag(self.original_at(self.offset_at(point)))
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.handles.held is None:
            super().mouseReleaseEvent(event)
            if event.button() is Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
                self._choose_under(event.position())
        elif (dropped := self.handles.drop()) is not None:
            self.end_dragged.emit(*dropped)
        self.viewport().update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME_CODES):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(MIME_CODES):
            self._aim = self._passage_under(event.position().toPoint())
            event.setAccepted(self._aim is not None)
            self.viewport().update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._aim = None
        self.viewport().update()

    def dropEvent(self, event: QDropEvent) -> None:
        passage, self._aim = self._passage_under(event.position().toPoint()), None
        self.viewport().update()
        if passage is not None and event.mimeData().hasFormat(MIME_CODES):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            ids = bytes(event.mimeData().data(MIME_CODES).data()).decode().split()
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.codes_dropped.emit([CodeId(key) for key in ids], passage)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            here = self.stripes_under(event.pos())
            told = [stripe.tip for stripe in here] if len(here) <= MOST_TOLD else [stripe.words for stripe in here]
            QToolTip.showText(event.globalPos(), ("\n\n" if len(here) <= MOST_TOLD else "\n").join(told), self)
            return True
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        aim = self.handles.aim or self._aim
        if aim is not None:
            painter.setPen(QPen(QColor(theme.tokens().accent), 1.5))
            painter.setBrush(theme.colour(theme.tokens().accent, 0.14))
            for rect in self.rects(self._there(aim)):
                painter.drawRoundedRect(rect.adjusted(-2, 0, 2, 0), 3, 3)
        self.handles.paint(painter)

    # --- within ---

    def _steps_an_end(self, event: QKeyEvent) -> bool:
        by = _STEPS.get(event.key())
        which = {Modifier.ShiftModifier: End.END, Modifier.AltModifier: End.START}.get(_held(event))
        if by is None or which is None or not self._is_about_the_chosen():
            return False
        self.end_stepped.emit(which, by)
        return True

    def _asks_for_a_code(self, event: QKeyEvent) -> bool:
        plain = _held(event) in (Modifier.NoModifier, Modifier.ShiftModifier)
        if not plain or not (self.textCursor().hasSelection() or self.chosen_stripe):
            return False
        if event.key() in _RETURN:
            self.typed.emit("")
        elif event.text().isalnum() or event.text() == ".":
            self.typed.emit(event.text())
        else:
            return False
        return True

    def _steps_or_lets_go(self, event: QKeyEvent) -> bool:
        by = _UPRIGHT.get(event.key()) if _held(event) == Modifier.ControlModifier else None
        if by is not None:
            stripe = self.neighbour(by)
            if stripe is not None:
                self._choose(stripe.key)
                top, bottom = self.rect_at(stripe.span.start).top(), self.rect_at(stripe.span.end).bottom()
                if top < 0 or bottom > self.viewport().height():
                    self.show_from(stripe.span.start)
                    room = self.viewport().height() // 4
                    self.verticalScrollBar().setValue(self.verticalScrollBar().value() - room)
            return True
        if event.key() != Qt.Key.Key_Escape:
            return False
        self.handles.drop()
        cursor, scroll = self.textCursor(), self.verticalScrollBar().value()
        cursor.clearSelection()
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(scroll)
        self._choose("")
        return True

    def _is_about_the_chosen(self) -> bool:
        return self.chosen() is not None and not self.textCursor().hasSelection()

    def _let_go_outside(self) -> None:
        """The caret has moved: a segment it left is no longer meant."""
        stripe, cursor = self.chosen(), self.textCursor()
        if stripe is not None:
            reach = self._positions.span(cursor.selectionStart(), cursor.selectionEnd())
            if reach.start < stripe.span.start or reach.end > stripe.span.end:
                self._choose("")

    def _choose(self, key: str) -> None:
        if key and key != self.chosen_stripe:
            self.stand_at(key)
        super()._choose(key)
        stripe = self.chosen()
        if stripe is not None and self.row is not None and QAccessible.isActive():
            words = f"Segment {stripe.tip}. {stripe.span.of(self.row.text)}"
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _choose_under(self, point: QPointF) -> None:
        """Choose the shortest segment whose words were clicked; the caret stays where it was put."""
        under = self.stripes_under(point.toPoint())
        if under and self.chosen() not in under:
            super()._choose(under[0].key)

    def _passage_under(self, point: QPoint) -> Span | None:
        """What a code dropped there is meant for: the selection around it, or the passage around the place."""
        at, selected = self.original_at(self.offset_at(point)), self.selected_span()
        if selected is not None and selected.start <= at <= selected.end:
            return selected
        return self.passage_at(at)

    def _margins(self, width: int, measure: int) -> tuple[int, int]:
        """On a wide screen both sides share what the labels do not need: the text stands in the middle."""
        left, right = super()._margins(width, measure)
        spare = max(0, right - theme.px(LABELS_AT_MOST)) // 2
        return left + spare, right - spare

    def _place_beside(self, place: QRect) -> None:
        wide = min(theme.px(10), place.width())
        super()._place_beside(place.adjusted(0, 0, -wide, 0))
        if self.density is not None:
            self.density.setGeometry(place.right() + 1 - wide, place.top(), wide, place.height())

    def _scrolled(self) -> None:
        super()._scrolled()
        if self.density is not None:
            self.density.update()


def _held(event: QKeyEvent) -> Qt.KeyboardModifier:
    """The modifiers held, wherever on the keyboard the key itself is."""
    return event.modifiers() & ~Modifier.KeypadModifier
