"""What lies under the words of a transcript: a wash and an underline for each segment, a dotted line for a mark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextBlock

from qualcode.core.values import Span
from qualcode.ui import theme
from qualcode.ui.widgets.stripes import Stripe

if TYPE_CHECKING:
    from qualcode.ui.widgets.transcript import TranscriptView

WASH, CHOSEN_WASH = 0.16, 0.34
MOST_UNDERLINES = 3
"""Underlines of segments that overlap lie below one another, up to so many."""


_Shown = tuple[Stripe, int, bool]


class Washes:
    """Works out a paragraph once and keeps it, from the paragraph's top, until told to forget.

    After one code more, only the paragraphs in which stripes are not what they were are worked out again.
    """

    def __init__(self, view: TranscriptView) -> None:
        self._view = view
        self._fills: dict[int, list[tuple[QRect, QColor]]] = {}
        self._shown: dict[int, list[_Shown]] = {}
        self._looked_at: set[int] = set()
        self._marks: Sequence[Span] = ()

    def show_marks(self, marks: Sequence[Span]) -> None:
        self._marks = sorted(marks)

    def forget(self) -> None:
        """The lines have moved, or the colours are others."""
        self._fills.clear()
        self._looked_at.clear()

    def look_again(self) -> None:
        """Other stripes may be shown, or another one chosen; every line stands where it stood."""
        self._looked_at.clear()

    def paint(self, painter: QPainter, block: QTextBlock, start: int, top: float) -> None:
        number = block.blockNumber()
        if number not in self._looked_at:
            shown = self._in(block, start)
            if number not in self._fills or self._shown[number] != shown:
                self._fills[number], self._shown[number] = self._worked_out(block, start, shown), shown
            self._looked_at.add(number)
        painter.translate(0, round(top))
        for rect, shade in self._fills[number]:
            painter.fillRect(rect, shade)
        painter.translate(0, -round(top))
        self._paint_marks(painter, block, start, top)

    def _in(self, block: QTextBlock, start: int) -> list[_Shown]:
        """The stripes in a paragraph, the lane of each, and whether it is the chosen one."""
        chosen, there = self._view.chosen_stripe, Span(start, start + max(1, block.length()))
        return [(stripe, lane, stripe.key == chosen) for stripe, lane in self._view.stripes_in(there)]

    def _worked_out(self, block: QTextBlock, start: int, shown: Sequence[_Shown]) -> list[tuple[QRect, QColor]]:
        view, found = self._view, []
        for stripe, lane, chosen in shown:
            shade = theme.visible(stripe.colour)
            wash = theme.colour(shade.name(), CHOSEN_WASH if chosen else WASH)
            below = 2 * min(lane, MOST_UNDERLINES - 1) - 1
            for rect in view.rects_in(block, start, 0, stripe.span):
                place = rect.toAlignedRect()
                found.append((place, wash))
                line = QRect(place.left(), place.bottom() + 1 + below, place.width(), theme.px(2) + chosen)
                found.append((line, shade))
        return found

    def _paint_marks(self, painter: QPainter, block: QTextBlock, start: int, top: float) -> None:
        whole = Span(start, start + max(1, block.length()))
        for mark in self._marks:
            if mark.overlaps(whole):
                painter.setPen(QPen(QColor(theme.tokens().attention), 1.5, Qt.PenStyle.DotLine))
                for rect in self._view.rects_in(block, start, top, mark):
                    painter.drawLine(QLineF(rect.bottomLeft(), rect.bottomRight()))
