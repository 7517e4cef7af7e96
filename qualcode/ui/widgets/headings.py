"""What stands above a turn: who speaks, and when."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter

from qualcode.ui import theme


@dataclass(frozen=True, slots=True)
class Heading:
    """The speaker's name and the time the turn begins at, as it is shown (or nothing)."""

    name: str
    time: str
    interviewer: bool

    def paint(self, painter: QPainter, top: float, *, times: bool) -> None:
        """Paint it above the line that begins at ``top``."""
        t = theme.tokens()
        painter.setFont(theme.interface_font(12, bold=True))
        painter.setPen(QColor(t.secondary if self.interviewer else t.accent))
        baseline = top - theme.px(6)
        painter.drawText(QPointF(0, baseline), self.name)
        if self.time and times:
            width = painter.fontMetrics().horizontalAdvance(self.name)
            painter.setFont(theme.interface_font(12))
            painter.setPen(QColor(t.secondary))
            painter.drawText(QPointF(width + theme.px(8), baseline), self.time)


def clock(seconds: float | None) -> str:
    """``01:12:33`` for seconds from the start, empty for None."""
    if seconds is None:
        return ""
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole % 3600 // 60:02d}:{whole % 60:02d}"
