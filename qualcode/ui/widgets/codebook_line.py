"""How a line of the codebook looks: colour, name, the number of a favourite, people and segments."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from qualcode.core.rows import CodeRow
from qualcode.ui import theme
from qualcode.ui.models.codebook import FOUND, ROW

_NARROW = 200
"""Pixels at 100 %: in less a name and its counts have no room beside one another."""

_SWATCH = 17
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class CodeDelegate(QStyledItemDelegate):
    """The counts stand at the right, or below where it is narrow. F2 edits the name where it stands."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme.px(120), theme.px(44 if _is_narrow(option.widget) else 27))

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAccessibleName("Name of the code" if isinstance(index.data(ROW), CodeRow) else "Name of the theme")
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        inset = theme.px(_SWATCH if isinstance(index.data(ROW), CodeRow) else 0)
        editor.setGeometry(option.rect.adjusted(inset, 0, 0, 0))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        shown = index.data(ROW)
        code = shown if isinstance(shown, CodeRow) else None
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(option.rect).adjusted(theme.px(6), 0, -theme.px(10), 0)
        if code is not None:
            place.setLeft(place.left() + paint_swatch(painter, place, code.colour))
        counts = f"{shown.people:,} · {shown.segments:,}" if shown is not None else ""
        place = _paint_counts(painter, place, counts, below=_is_narrow(option.widget))
        if code is not None and code.shortcut is not None:
            place.setRight(place.right() - _key_cap(painter, place, str(code.shortcut)))
        painter.setFont(theme.interface_font(13, bold=code is None))
        _paint_name(painter, place, index.data(Qt.ItemDataRole.DisplayRole), index.data(FOUND) or ())
        painter.restore()


def paint_swatch(painter: QPainter, place: QRectF, colour: str) -> int:
    """A code's colour at the left of ``place``; the room it takes."""
    side = theme.px(10)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.visible(colour))
    painter.drawRoundedRect(QRectF(place.left(), place.center().y() - side / 2, side, side), 3, 3)
    return theme.px(_SWATCH)


def _paint_counts(painter: QPainter, place: QRectF, counts: str, *, below: bool) -> QRectF:
    """People and segments; the room left for the name."""
    painter.setFont(theme.interface_font(12))
    painter.setPen(QColor(theme.tokens().secondary))
    if below:
        painter.drawText(place.adjusted(0, place.height() / 2 - theme.px(2), 0, 0), _LEFT, counts)
        return place.adjusted(0, 0, 0, theme.px(2) - place.height() / 2)
    painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, counts)
    return place.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(counts) - theme.px(8), 0)


def _paint_name(painter: QPainter, place: QRectF, name: str, found: Sequence[str]) -> None:
    """The name, with a line under what was looked for."""
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, max(0, int(place.width())))
    painter.setPen(QColor(theme.tokens().text))
    painter.drawText(place, _LEFT, shown)
    painter.setPen(QPen(QColor(theme.tokens().accent), theme.px(2)))
    under = place.center().y() + metrics.height() / 2 - theme.px(1)
    for word in found:
        at = shown.casefold().find(word)
        if at >= 0:
            left = place.left() + metrics.horizontalAdvance(shown[:at])
            width = metrics.horizontalAdvance(shown[at : at + len(word)])
            painter.drawLine(int(left), int(under), int(left + width), int(under))


def _is_narrow(view: QWidget) -> bool:
    return view.width() < theme.px(_NARROW)


def _key_cap(painter: QPainter, place: QRectF, words: str) -> int:
    side = theme.px(16)
    cap = QRectF(place.right() - side, place.center().y() - side / 2, side, side)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.tokens().secondary), 1))
    painter.drawRoundedRect(cap, 3, 3)
    painter.setFont(theme.interface_font(11))
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, words)
    return side + theme.px(6)
