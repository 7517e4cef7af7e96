"""What lies under the words of a transcript: a wash and an underline for each segment, a dotted line for a mark."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QLineF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextBlock

from qualcode.core import spans
from qualcode.core.values import Span
from qualcode.ui import theme
from qualcode.ui.widgets.stripes import Stripe

if TYPE_CHECKING:
    from qualcode.ui.widgets.transcript import TranscriptView

WASH, POINTED_WASH, CHOSEN_WASH = 0.16, 0.28, 0.34
DEEPER, DEEPEST = 0.05, 0.10
"""How much darker a wash is for each further segment there, and how much at most: words stay legible under many."""
FAINTER = 0.4
"""Of the strength of a wash under an interviewer's words: they are dimmed, and stay legible."""
MOST_UNDERLINES = 3
"""Underlines of segments that overlap lie below one another, up to so many."""


class _Shown(NamedTuple):
    """A segment in a paragraph, and how it is shown."""

    stripe: Stripe
    wash: float


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

    def look_again(self) -> bool:
        """Other stripes may be shown, or another one chosen; every line stands where it stood.

        Whether anything of that is painted already.
        """
        self._looked_at.clear()
        return bool(self._fills)

    def is_other(self, block: QTextBlock, start: int) -> bool:
        """Whether what lies under a paragraph is not what was painted there."""
        number = block.blockNumber()
        return number not in self._fills or self._shown[number] != self._in(block, start)

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
        """The stripes in a paragraph."""
        there = Span(start, start + max(1, block.length()))
        strengths = {self._view.pointed_stripe: POINTED_WASH, self._view.chosen_stripe: CHOSEN_WASH}
        return [_Shown(stripe, strengths.get(stripe.key, WASH)) for stripe, _ in self._view.stripes_in(there)]

    def _worked_out(self, block: QTextBlock, start: int, shown: Sequence[_Shown]) -> list[tuple[QRect, QColor]]:
        lines: dict[int, list[tuple[QRect, _Shown]]] = defaultdict(list)
        for one in shown:
            for rect in self._view.rects_in(block, start, 0, one.stripe.span):
                lines[round(rect.top())].append((rect.toAlignedRect(), one))
        fainter = FAINTER if self._view.is_dimmed(start) else 1.0
        washed = [piece for line in lines.values() for piece in _washed(line, fainter)]
        return washed + [piece for line in lines.values() for piece in _underlined(line)]

    def _paint_marks(self, painter: QPainter, block: QTextBlock, start: int, top: float) -> None:
        whole = Span(start, start + max(1, block.length()))
        for mark in self._marks:
            if mark.overlaps(whole):
                painter.setPen(QPen(QColor(theme.tokens().attention), 1.5, Qt.PenStyle.DotLine))
                for rect in self._view.rects_in(block, start, top, mark):
                    painter.drawLine(QLineF(rect.bottomLeft(), rect.bottomRight()))


def _washed(line: Sequence[tuple[QRect, _Shown]], fainter: float) -> Iterator[tuple[QRect, QColor]]:
    """A line's washes, side by side: where segments overlap the one that is meant shows, else the shortest."""
    edges = sorted({edge for place, _ in line for edge in (place.left(), place.right() + 1)})
    for left, right in pairwise(edges):
        here = [one for place, one in line if place.left() <= left <= place.right()]
        if here:
            shows = min(here, key=lambda one: (-one.wash, len(one.stripe.span)))
            deeper = 0.0 if shows.wash > WASH else min(DEEPEST, DEEPER * (len(here) - 1))
            shade = _shade(shows.stripe.colour, (shows.wash + deeper) * fainter)
            yield QRect(left, line[0][0].top(), right - left, line[0][0].height()), shade


@lru_cache(maxsize=512)
def _shade(colour: str, alpha: float) -> QColor:
    """A code's colour as it lies under words; nobody may change it."""
    return theme.colour(theme.visible(colour).name(), alpha)


theme.appearance.changed.connect(_shade.cache_clear)


def _underlined(line: Sequence[tuple[QRect, _Shown]]) -> Iterator[tuple[QRect, QColor]]:
    """A line's underlines, below one another where segments overlap; the one that is meant is always there."""
    levels = spans.lanes([one.stripe.span for _, one in line])
    for (place, one), level in sorted(zip(line, levels, strict=True), key=lambda pair: pair[0][1].wash):
        meant = one.wash > WASH
        if meant or level < MOST_UNDERLINES:
            below = theme.px(2) * min(level, MOST_UNDERLINES - 1)
            under = QRect(place.left(), place.bottom() + below, place.width(), theme.px(2) + meant)
            yield under, theme.visible(one.stripe.colour)
