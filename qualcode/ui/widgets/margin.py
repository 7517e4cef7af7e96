"""What stands beside a transcript: line numbers on the left, code stripes in lanes on the right."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from qualcode.core.values import Span
from qualcode.ui import theme
from qualcode.ui.hints import worded
from qualcode.ui.widgets.margin_places import Label, Placed, labels, placed
from qualcode.ui.widgets.stripes import Stripe
from qualcode.ui.widgets.wrapping import Wrapped

if TYPE_CHECKING:
    from qualcode.ui.widgets.transcript import TranscriptView

EVERY = 5
"""Every so many lines one number is shown, besides the first line of each turn."""

WITHOUT_A_MOUSE = "In the transcript {code.next_segment} and {code.previous_segment} go from segment to segment."

LABEL_LINES = 2
"""As many lines a label has where there is room below it."""

NARROWEST_LABEL, WIDEST_LABEL, SWATCH, MORE = 40, 240, 6, 26
"""Pixels at 100 %: a name's least and most room, the square before one where several lie beside each other, “+12”."""

MOST_LABELS = 2_000
"""More than codes have names at one width."""


class Gutter(QWidget):
    """Line numbers that depend on the text alone, beside the line each begins in."""

    def __init__(self, view: TranscriptView) -> None:
        super().__init__(view)
        self._view = view

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._view.dress.numbers:
            return
        painter = QPainter(self)
        font = theme.interface_font(11)
        metrics = QFontMetricsF(font)
        digit, below = metrics.horizontalAdvance("0"), (metrics.ascent() - metrics.descent()) / 2
        painter.setFont(font)
        painter.setPen(QColor(theme.tokens().secondary))
        starts, right = self._view.lines.starts, self.width() - theme.px(14)
        for block, start, top in self._view.visible_blocks():
            numbers = self._numbered(start, start + block.length())
            for span, rect in self._view.lines_of(block, start, top) if numbers else ():
                shown = next((number for number in numbers if span.start <= starts[number - 1] < span.end), None)
                if shown is not None:
                    words = str(shown)
                    painter.drawText(QPointF(right - digit * len(words), rect.center().y() + below), words)

    def _numbered(self, start: int, end: int) -> list[int]:
        """The lines that begin between these code points and bear a number: every fifth, and a turn's first."""
        starts = self._view.lines.starts
        first, last = bisect_left(starts, start) + 1, bisect_left(starts, end)
        numbers = list(range(-(-first // EVERY) * EVERY, last + 1, EVERY))
        opens = start in self._view.headings and first <= last and first not in numbers
        return [first, *numbers] if opens else numbers

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._view.wheelEvent(event)


class Margin(QWidget):
    """Code stripes and their names: hover tells and shows the words, a click chooses, a double click opens."""

    chosen = Signal(str)
    opened = Signal(str)
    pointed = Signal(str)
    """The mouse is over this segment now, or (empty) over none."""
    menu_wanted = Signal(str, QPoint)
    """What can be done with this segment, at a place of the screen."""

    def __init__(self, view: TranscriptView) -> None:
        super().__init__(view)
        self._view = view
        self._words: dict[tuple[object, ...], Wrapped] = {}
        self._labels: list[tuple[Label, QRectF]] = []
        self._pitches: dict[int, float] = {}
        self.setMouseTracking(True)
        self.setAccessibleName("Codes in the margin")
        worded(self, WITHOUT_A_MOUSE, self.setAccessibleDescription)

    # --- painting ---

    def paintEvent(self, event: QPaintEvent) -> None:
        self._pitches.clear()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        found = self._found()
        for one in found:
            place = self._place(one)
            painter.setBrush(theme.visible(one.stripe.colour))
            wide = place.adjusted(-1.5, 0, 1.5, 0) if self._is_meant(one) else place
            painter.drawRoundedRect(wide, 2.5, 2.5)
        self._paint_labels(painter, found)

    def _paint_labels(self, painter: QPainter, found: list[Placed]) -> None:
        font = theme.interface_font(12)
        line = QFontMetricsF(font).lineSpacing()
        able = [one for one in found if self._room(one) >= theme.px(NARROWEST_LABEL)]
        placed = labels(able, line, LABEL_LINES, lambda one, lines: self._set(one, font, lines).height)
        self._labels = [(label, self._place_of(label)) for label in placed]
        for label, place in self._labels:
            self._paint_label(painter, label, QRectF(place.left(), place.top(), place.width(), line), font)

    def _paint_label(self, painter: QPainter, label: Label, first: QRectF, font: QFont) -> None:
        """Paint a name, ``first`` being its first line; with how many found no room, or only how many."""
        t, one = theme.tokens(), label.placed
        more = label.more
        if more and self._room(one) - theme.px(MORE) < theme.px(NARROWEST_LABEL):
            more += 1
        else:
            if one.crowd:
                side = theme.px(SWATCH)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.visible(one.stripe.colour))
                square = QRectF(first.left(), first.center().y() - side / 2 + 1, side, side)
                painter.drawRoundedRect(square, 1.5, 1.5)
            painter.setPen(QColor(t.text if self._is_meant(one) else t.secondary))
            self._set(one, font, label.lines, label.more).draw(painter, self._words_at(label))
        if more:
            painter.setFont(font)
            painter.setPen(QColor(t.secondary))
            room = first.adjusted(0, 0, -theme.px(8), 0)
            room.setWidth(min(room.width(), theme.px(WIDEST_LABEL)))
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"+{more}")

    def _set(self, one: Placed, font: QFont, lines: int, more: int = 0) -> Wrapped:
        """A name as it is set: scrolling paints the same ones over and over."""
        room = round(min(self._room(one), theme.px(WIDEST_LABEL))) - (theme.px(MORE) if more else 0)
        key = (one.stripe.words, font.pixelSize(), font.pointSizeF(), room, lines)
        if key not in self._words:
            if len(self._words) > MOST_LABELS:
                self._words.clear()
            self._words[key] = Wrapped(one.stripe.words, font, room, lines)
        return self._words[key]

    # --- geometry ---

    def _pitch(self, crowd: int) -> float:
        """From one lane to the next: less where there are more lanes than room, or names would have none."""
        if crowd not in self._pitches:
            room = self.width() - theme.px(18)
            if room > theme.px(NARROWEST_LABEL * 2):
                room = room * 2 // 5
            self._pitches[crowd] = min(theme.px(9), max(1.0, room / (1 + crowd)))
        return self._pitches[crowd]

    def _place(self, one: Placed) -> QRectF:
        pitch = self._pitch(one.crowd)
        return QRectF(theme.px(12) + one.lane * pitch, one.top, min(theme.px(5), pitch * 0.7), one.bottom - one.top)

    def _label_left(self, one: Placed) -> float:
        return theme.px(16) + self._pitch(one.crowd) * (1 + one.crowd)

    def _room(self, one: Placed) -> float:
        """What is left for a name beside a stripe."""
        swatch = theme.px(SWATCH + 5) if one.crowd else 0
        return self.width() - self._label_left(one) - swatch - theme.px(8)

    def _words_at(self, label: Label) -> QPointF:
        swatch = theme.px(SWATCH + 5) if label.placed.crowd else 0
        return QPointF(self._label_left(label.placed) + swatch, label.top)

    def _place_of(self, label: Label) -> QRectF:
        left = self._label_left(label.placed)
        return QRectF(left, label.top, self.width() - left, label.height)

    def _found(self) -> list[Placed]:
        """The stripes on the screen and where each lies."""
        lines = [
            line for block, start, top in self._view.visible_blocks() for line in self._view.lines_of(block, start, top)
        ]
        if not lines:
            return []
        shown = Span(lines[0][0].start, max(lines[-1][0].end, lines[0][0].start))
        return placed(self._view.stripes_and_crowds_in(shown), lines)

    def _placed(self) -> list[tuple[Stripe, QRectF]]:
        return [(one.stripe, self._place(one)) for one in self._found()]

    def _is_meant(self, one: Placed) -> bool:
        return one.stripe.key in (self._view.chosen_stripe, self._view.pointed_stripe)

    def _under(self, point: QPointF) -> Stripe | None:
        reach = theme.px(3)
        for stripe, rect in reversed(self._placed()):
            if rect.adjusted(-reach, -1, reach, 1).contains(point):
                return stripe
        return next((label.placed.stripe for label, place in self._labels if place.contains(point)), None)

    # --- events ---

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            stripe = self._under(event.position())
            self._view.setFocus(Qt.FocusReason.MouseFocusReason)
            self.chosen.emit(stripe.key if stripe else "")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if (stripe := self._under(event.position())) is not None:
            self.opened.emit(stripe.key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        stripe = self._under(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if stripe else Qt.CursorShape.ArrowCursor)
        self.pointed.emit(stripe.key if stripe else "")

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit("")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        stripe = self._under(QPointF(event.pos()))
        if stripe is not None:
            self._view.setFocus(Qt.FocusReason.MouseFocusReason)
            self.chosen.emit(stripe.key)
            self.menu_wanted.emit(stripe.key, event.globalPos())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            stripe = self._under(QPointF(event.pos()))
            if stripe is not None:
                QToolTip.showText(event.globalPos(), stripe.tip, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._view.wheelEvent(event)
