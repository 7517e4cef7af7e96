"""The ends of the chosen segment, to be taken hold of and dragged."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from qualcode.core.ends import End
from qualcode.core.values import Span
from qualcode.ui import theme

if TYPE_CHECKING:
    from qualcode.ui.widgets.coding_view import CodingView

REACH = 8
"""How near to a knob the mouse must be, in pixels at 100 %; words may be selected right from where a segment ends."""


class Handles:
    """``drawn`` says which span the original has when an end of its chosen segment is dragged to a code point."""

    def __init__(self, view: CodingView) -> None:
        self._view = view
        self.drawn: Callable[[End, int], Span | None] = lambda _which, _at: None
        self.held: End | None = None
        self.aim: Span | None = None
        self._at = 0

    def under(self, point: QPointF) -> End | None:
        """The end whose knob the mouse is on."""
        away = {which: QLineF(_knob(which, place), point).length() for which, place in self._places().items()}
        near = {which: far for which, far in away.items() if far <= theme.px(REACH)}
        return min(near, key=lambda which: near[which], default=None)

    def take(self, which: End) -> None:
        self.held, self.aim = which, None

    def drag(self, at: int) -> None:
        """Aim at a code point of the original."""
        if self.held is not None:
            self._at, self.aim = at, self.drawn(self.held, at)

    def drop(self) -> tuple[End, int] | None:
        """Let the end go: which it was and where it is to be, or None when it never moved."""
        found = (self.held, self._at) if self.held is not None and self.aim is not None else None
        self.held = self.aim = None
        return found

    def paint(self, painter: QPainter) -> None:
        stripe = self._view.chosen()
        if stripe is None:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.visible(stripe.colour)))
        radius = theme.px(4)
        for which, place in self._places().items():
            painter.drawRect(place)
            painter.drawEllipse(_knob(which, place), radius, radius)

    def _places(self) -> dict[End, QRectF]:
        """Where the ends stand on the screen."""
        stripe = self._view.chosen()
        if stripe is None:
            return {}
        shown = QRectF(self._view.viewport().rect()).adjusted(-1, 0, 1, 0)
        found = {}
        for which, at in ((End.START, stripe.span.start), (End.END, stripe.span.end)):
            caret = QRectF(self._view.rect_at(at))
            place = QRectF(caret.center().x() - 1, caret.top() + 2, theme.px(2), caret.height() - 2)
            if shown.intersects(place):
                found[which] = place
        return found


def _knob(which: End, place: QRectF) -> QPointF:
    """What is taken hold of: above the start, below the end."""
    return QPointF(place.center().x(), place.top() if which is End.START else place.bottom())
