"""What stands above a turn: who speaks, and when."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

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

    def paint(self, painter: QPainter, top: float, *, times: bool, right: float | None = None) -> None:
        """Paint it above the line that begins at ``top``; at its ``right`` end where words run from right to left."""
        t = theme.tokens()
        said = ((self.name, True), (self.time if times else "", False))
        at = 0.0 if right is None else right
        for words, is_name in said:
            if not words:
                continue
            font = _font(is_name)
            painter.setFont(font)
            shade = QColor(t.secondary) if self.voice is None or not is_name else voice_colour(self.voice)
            painter.setPen(shade)
            wide = _width(words, is_name)
            painter.drawText(QPointF(at if right is None else at - wide, top - theme.px(6)), words)
            at += (wide + theme.px(8)) * (1 if right is None else -1)


@lru_cache(maxsize=2)
def _font(bold: bool) -> QFont:
    """Made once for an appearance: every turn on the screen asks for it."""
    return theme.interface_font(12, bold=bold)


@lru_cache(maxsize=2_000)
def _width(words: str, bold: bool) -> float:
    return QFontMetricsF(_font(bold)).horizontalAdvance(words)


theme.appearance.changed.connect(_font.cache_clear)
theme.appearance.changed.connect(_width.cache_clear)


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
