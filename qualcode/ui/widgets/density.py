"""Beside the scroll bar: how densely each part of the transcript is coded, and which part is on the screen."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from qualcode.core import spans
from qualcode.core.values import Span
from qualcode.ui import theme

if TYPE_CHECKING:
    from qualcode.ui.widgets.transcript import TranscriptView

FAINTEST = 0.15


class DensityStrip(QWidget):
    """The darker, the more of the words there are coded. A click goes there."""

    def __init__(self, view: TranscriptView) -> None:
        super().__init__(view)
        self._view = view
        self._picture = QImage()
        self.setAccessibleName("How densely the transcript is coded")
        theme.appearance.changed.connect(self.refresh)
        self.setToolTip("How densely each part is coded. Click to go there.")

    def refresh(self) -> None:
        """Other segments are shown."""
        self._picture = QImage()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(10), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        length = self._length()
        if not length or self.height() < 2:
            return
        if self._picture.height() != self.height():
            self._picture = self._drawn(length)
        painter = QPainter(self)
        painter.drawImage(theme.px(2), 0, self._picture)
        shown = self._view.visible_span()
        top, bottom = (self.height() * at / length for at in (shown.start, shown.end))
        painter.setPen(QPen(QColor(theme.tokens().accent), 1))
        painter.drawRect(QRectF(0.5, top + 0.5, self.width() - 1, max(theme.px(4), bottom - top) - 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go(event.position().y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go(event.position().y())

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._view.wheelEvent(event)

    def _drawn(self, length: int) -> QImage:
        wide = max(1, self.width() - theme.px(4))
        there = shares([s.span for s in self._view.stripes], length, self.height())
        alphas = (round(255 * (FAINTEST + (1 - FAINTEST) * share)) if share else 0 for share in there)
        colour = QColor(theme.tokens().secondary).rgb() & 0xFFFFFF
        pixels = b"".join((alpha << 24 | colour).to_bytes(4, sys.byteorder) * wide for alpha in alphas)
        lines = QImage(pixels, wide, self.height(), 4 * wide, QImage.Format.Format_ARGB32)
        return lines.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)

    def _go(self, y: float) -> None:
        share = min(1.0, max(0.0, y / max(1, self.height())))
        self._view.show_from(round(share * self._length()))

    def _length(self) -> int:
        return self._view.length


def shares(coded: Sequence[Span], length: int, parts: int) -> list[float]:
    """A text of ``length`` code points cut into equal parts: which share of each is covered, 0 to 1."""
    size = length / parts
    found = [0.0] * parts
    for span in spans.merged(coded):
        first, last = int(span.start / size), min(parts, ceil(span.end / size)) - 1
        for part in range(first, last + 1):
            inside = min(span.end, (part + 1) * size) - max(span.start, part * size)
            found[part] = min(1.0, found[part] + max(0.0, inside) / size)
    return found
