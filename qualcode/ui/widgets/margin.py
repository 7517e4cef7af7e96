"""What stands beside a transcript: line numbers on the left, code stripes in lanes on the right."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from qualcode.core.values import Span
from qualcode.ui import theme
from qualcode.ui.widgets.stripes import Stripe
from qualcode.ui.widgets.wrapping import Wrapped

if TYPE_CHECKING:
    from qualcode.ui.widgets.transcript import TranscriptView

EVERY = 5
"""Every so many lines one number is shown, besides the first line of each turn."""

LABEL_LINES = 2
"""As many lines a label has where there is room below it."""

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
        painter.setFont(theme.interface_font(11))
        painter.setPen(QColor(theme.tokens().secondary))
        starts = self._view.lines.starts
        for block, start, top in self._view.visible_blocks():
            for span, rect in self._view.lines_of(block, start, top):
                here = range(bisect_left(starts, span.start) + 1, bisect_left(starts, span.end) + 1)
                first = start in self._view.headings and span.start == start
                shown = [n for n in here if n % EVERY == 0 or (first and n == here[0])]
                if shown:
                    place = QRectF(0, rect.top(), self.width() - theme.px(14), rect.height())
                    painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(shown[0]))

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._view.wheelEvent(event)


class Margin(QWidget):
    """Code stripes: hover tells, a click chooses, a double click opens."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, view: TranscriptView) -> None:
        super().__init__(view)
        self._view = view
        self._labels: dict[tuple[object, ...], Wrapped] = {}
        self.setMouseTracking(True)
        self.setAccessibleName("Codes in the margin")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        placed = self._placed()
        for stripe, rect in placed:
            painter.setBrush(theme.visible(stripe.colour))
            wide = rect.adjusted(-1.5, 0, 1.5, 0) if stripe.key == self._view.chosen_stripe else rect
            painter.drawRoundedRect(wide, 2.5, 2.5)
        self._paint_labels(painter, placed)

    def _paint_labels(self, painter: QPainter, placed: list[tuple[Stripe, QRectF]]) -> None:
        left = theme.px(16) + self._pitch() * (1 + max(self._view.lanes, default=0))
        room = self.width() - left - theme.px(8)
        if room < theme.px(40):
            return
        font = theme.interface_font(12)
        height = QFontMetricsF(font).lineSpacing()
        below = float("-inf")
        downwards = sorted(placed, key=lambda pair: pair[1].top())
        for number, (stripe, rect) in enumerate(downwards):
            top = max(rect.top(), below)
            if top > rect.bottom() + height or top < -height:
                continue
            chosen = stripe.key == self._view.chosen_stripe
            painter.setPen(QColor(theme.tokens().text if chosen else theme.tokens().secondary))
            following = downwards[number + 1][1].top() if number + 1 < len(downwards) else float("inf")
            lines = LABEL_LINES if min(following, rect.bottom() + height) - top >= LABEL_LINES * height else 1
            words = self._label(stripe.label, font, round(room), lines)
            words.draw(painter, QPointF(left, top))
            below = top + words.height

    def _label(self, words: str, font: QFont, room: int, lines: int) -> Wrapped:
        """A label as it is set: scrolling paints the same ones over and over."""
        key = (words, font.pixelSize(), font.pointSizeF(), room, lines)
        if key not in self._labels:
            if len(self._labels) > MOST_LABELS:
                self._labels.clear()
            self._labels[key] = Wrapped(words, font, room, lines)
        return self._labels[key]

    def _pitch(self) -> float:
        """From one lane to the next: less where there are more lanes than room."""
        lanes = 1 + max(self._view.lanes, default=0)
        return min(theme.px(9), max(1.0, (self.width() - theme.px(18)) / lanes))

    def _placed(self) -> list[tuple[Stripe, QRectF]]:
        """The stripes on the screen and where each lies."""
        lines = [
            line for block, start, top in self._view.visible_blocks() for line in self._view.lines_of(block, start, top)
        ]
        if not lines:
            return []
        shown = Span(lines[0][0].start, max(lines[-1][0].end, lines[0][0].start))
        found = []
        pitch = self._pitch()
        starts, ends = [span.start for span, _ in lines], [span.end for span, _ in lines]
        for stripe, lane in self._view.stripes_in(shown):
            first, last = bisect_right(ends, stripe.span.start), bisect_left(starts, stripe.span.end) - 1
            if first <= last:
                top, bottom = lines[first][1].top() + 2, lines[last][1].bottom() - 2
                wide = min(theme.px(5), pitch * 0.7)
                place = QRectF(theme.px(12) + lane * pitch, top, wide, max(theme.px(4), bottom - top))
                found.append((stripe, place))
        return found

    def _under(self, point: QPointF) -> Stripe | None:
        reach = theme.px(3)
        for stripe, rect in reversed(self._placed()):
            if rect.adjusted(-reach, -1, reach, 1).contains(point):
                return stripe
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        stripe = self._under(event.position())
        self._view.setFocus(Qt.FocusReason.MouseFocusReason)
        self.chosen.emit(stripe.key if stripe else "")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if (stripe := self._under(event.position())) is not None:
            self.opened.emit(stripe.key)

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
