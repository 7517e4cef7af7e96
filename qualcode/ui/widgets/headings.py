"""What stands above a turn: who speaks, and when."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter

from qualcode.ui import theme

_OTHERS = ("#a0522d", "#2e7d57", "#8e4585", "#7a6a1f", "#b0475c", "#3f7f8f")
"""Earthy tones, so that they are not taken for codes'; the name beside each says who it is."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The speaker's name and the time the turn begins at, as it is shown (or nothing).

    ``voice`` tells those apart who were interviewed together, from 0 in their order; None is the interviewer.
    """

    name: str
    time: str
    voice: int | None

    @property
    def interviewer(self) -> bool:
        return self.voice is None

    def paint(self, painter: QPainter, top: float, *, times: bool) -> None:
        """Paint it above the line that begins at ``top``."""
        t = theme.tokens()
        painter.setFont(theme.interface_font(12, bold=True))
        painter.setPen(QColor(t.secondary) if self.voice is None else voice_colour(self.voice))
        baseline = top - theme.px(6)
        painter.drawText(QPointF(0, baseline), self.name)
        if self.time and times:
            width = painter.fontMetrics().horizontalAdvance(self.name)
            painter.setFont(theme.interface_font(12))
            painter.setPen(QColor(t.secondary))
            painter.drawText(QPointF(width + theme.px(8), baseline), self.time)


def voice_colour(voice: int) -> QColor:
    """The first voice has the accent; others have colours of their own, readable on the page in every appearance."""
    if voice == 0:
        return QColor(theme.tokens().accent)
    return theme.readable(_OTHERS[(voice - 1) % len(_OTHERS)])


def clock(seconds: float | None) -> str:
    """``01:12:33`` for seconds from the start, empty for None."""
    if seconds is None:
        return ""
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole % 3600 // 60:02d}:{whole % 60:02d}"
