"""What dragging codes and themes looks like: the slip beside the mouse, where a drop would go, and what it would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from qualcode.core.rows import CodeRow, ThemeRow
from qualcode.ui import theme
from qualcode.ui.widgets.codebook_line import paint_swatch

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Target:
    """Where a drop would go: on ``parent`` (row -1) or between what stands under it; the line that shows it."""

    parent: QModelIndex
    row: int
    mark: QRect
    says: str


def paint_target(painter: QPainter, target: Target, room: QRect) -> None:
    """Mark the place in a list, and say at its foot (or head, where the place is there) what a drop does."""
    t = theme.tokens()
    painter.setPen(QPen(QColor(t.accent), theme.px(2)))
    if target.mark.height() > 1:
        painter.drawRoundedRect(target.mark, theme.px(4), theme.px(4))
    else:
        painter.drawLine(target.mark.topLeft(), target.mark.topRight())
    painter.setFont(theme.interface_font(12, bold=True))
    strip = QRect(0, room.bottom() - theme.px(26), room.width(), theme.px(27))
    if target.mark.bottom() > strip.top() and target.mark.height() < room.height() // 2:
        strip.moveTop(0)
    painter.fillRect(strip, QColor(t.accent))
    painter.setPen(QColor(t.on_accent))
    inside = strip.adjusted(theme.px(8), 0, -theme.px(8), 0)
    painter.drawText(
        inside, _LEFT, painter.fontMetrics().elidedText(target.says, Qt.TextElideMode.ElideRight, inside.width())
    )


def slip(view: QWidget, dragged: Sequence[CodeRow | ThemeRow]) -> QPixmap:
    """What is carried along with the mouse: small, so that it hides nothing of where it may go."""
    first = dragged[0]
    metrics = view.fontMetrics()
    words = first.name if len(dragged) == 1 else f"{len(dragged)} codes"
    words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, theme.px(180))
    size = QSize(metrics.horizontalAdvance(words) + theme.px(34), theme.px(26))
    ratio = view.devicePixelRatioF()
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(QColor(theme.tokens().surface))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    place = QRectF(0.5, 0.5, size.width() - 1, size.height() - 1)
    painter.setPen(QColor(theme.tokens().secondary))
    painter.drawRect(place)
    inside = place.adjusted(theme.px(8), 0, 0, 0)
    if isinstance(first, CodeRow):
        inside.setLeft(inside.left() + paint_swatch(painter, inside, first.colour))
    painter.setPen(QColor(theme.tokens().text))
    painter.setFont(view.font())
    painter.drawText(inside, _LEFT, words)
    painter.end()
    return picture


def beside_the_mouse() -> QPoint:
    """Where the mouse is, seen from a slip's corner."""
    return QPoint(-theme.px(14), -theme.px(6))
