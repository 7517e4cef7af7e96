"""How themes and codes look on the board: a heading with its counts, and cards with the code's colour."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from qualcode.ui import theme
from qualcode.ui.models.framework import HELD, CodeCard, ThemeCard

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ARROW = 16
"""How wide, in pixels at 100 %, the arrow before a theme is."""

INSET, MOST_INSET = 18, 4
"""Pixels at 100 % by which the card of a sub-code is set in, and for how many levels."""


class CardDelegate(QStyledItemDelegate):
    """Paints both; F2 edits the name in place. With ``wide`` there is room for a code's definition."""

    def __init__(self, parent: QWidget, *, wide: bool) -> None:
        super().__init__(parent)
        self._wide = wide

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        card = index.data(HELD)
        if isinstance(card, ThemeCard):
            return QSize(
                theme.px(120), theme.px(60 if card.row.central_message else 40) + theme.px(0 if card.depth else 8)
            )
        return QSize(theme.px(120), theme.px(34))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        card = index.data(HELD)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(card, ThemeCard):
            _paint_theme(painter, option, card)
        else:
            _paint_code(painter, option, card, self._wide)
        painter.restore()

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        editor = QLineEdit(parent)
        card = index.data(HELD)
        editor.setAccessibleName("Name of the theme" if isinstance(card, ThemeCard) else "Name of the code")
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        card = index.data(HELD)
        inset = theme.px(ARROW if isinstance(card, ThemeCard) else 18 + min(card.depth, MOST_INSET) * INSET)
        place = option.rect.adjusted(inset, 2, -theme.px(8), -2)
        place.setHeight(min(place.height(), editor.sizeHint().height()))
        editor.setGeometry(place)


def _paint_theme(painter: QPainter, option: QStyleOptionViewItem, card: ThemeCard) -> None:
    t = theme.tokens()
    place = QRectF(option.rect).adjusted(0, theme.px(4 if card.depth else 12), -theme.px(2), -theme.px(4))
    _paint_choice(painter, option, place)
    inside = place.adjusted(theme.px(2), theme.px(5), -theme.px(8), 0)
    head = QRectF(inside.left(), inside.top(), inside.width(), theme.px(22))
    painter.setFont(theme.interface_font(12))
    painter.setPen(QColor(t.secondary))
    if option.widget is not None and option.state & QStyle.StateFlag.State_Children:
        arrow = "▾" if option.state & QStyle.StateFlag.State_Open else "▸"
        painter.drawText(QRectF(head.left(), head.top(), theme.px(ARROW), head.height()), LEFT, arrow)
    head.setLeft(head.left() + theme.px(ARROW))
    name_font = theme.interface_font(13 if card.depth else 15, bold=True)
    needed = QFontMetricsF(name_font).horizontalAdvance(card.row.name)
    _paint_right(painter, head, needed, t.secondary, card.counts, card.short)
    if card.remark:
        _paint_right(painter, head, needed, t.attention, f"{card.remark}  ", "")
    painter.setFont(name_font)
    painter.setPen(QColor(t.text))
    painter.drawText(head, LEFT, _elided(painter, card.row.name, head.width()))
    if card.row.central_message:
        under = QRectF(head.left(), head.bottom(), place.right() - head.left() - theme.px(8), theme.px(20))
        painter.setFont(theme.interface_font(12))
        painter.setPen(QColor(t.secondary))
        painter.drawText(under, LEFT, _elided(painter, card.row.central_message, under.width()))


def _paint_code(painter: QPainter, option: QStyleOptionViewItem, card: CodeCard, wide: bool) -> None:
    t = theme.tokens()
    inset = theme.px(4 + min(card.depth, MOST_INSET) * INSET)
    place = QRectF(option.rect).adjusted(inset, theme.px(2), -theme.px(4), -theme.px(2))
    painter.setPen(QColor(t.line))
    painter.setBrush(QColor(t.surface))
    painter.drawRoundedRect(place, theme.px(6), theme.px(6))
    _paint_choice(painter, option, place)
    side = theme.px(10)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.visible(card.row.colour))
    painter.drawRoundedRect(QRectF(place.left() + theme.px(9), place.center().y() - side / 2, side, side), 3, 3)
    line = place.adjusted(theme.px(27), 0, -theme.px(10), 0)
    painter.setFont(theme.interface_font(12))
    unused = not card.row.segments
    counts = (card.counts, card.short) if wide or unused else (card.short,)
    name_font = theme.interface_font(13)
    needed = QFontMetricsF(name_font).horizontalAdvance(card.name)
    _paint_right(painter, line, needed, t.attention if unused else t.secondary, *counts)
    painter.setFont(name_font)
    painter.setPen(QColor(t.text))
    name = _elided(painter, card.name, line.width())
    painter.drawText(line, LEFT, name)
    line.setLeft(line.left() + painter.fontMetrics().horizontalAdvance(name) + theme.px(12))
    if wide and card.row.definition and line.width() > theme.px(80):
        painter.setFont(theme.interface_font(12))
        painter.setPen(QColor(t.secondary))
        painter.drawText(line, LEFT, _elided(painter, card.row.definition, line.width()))


def _paint_choice(painter: QPainter, option: QStyleOptionViewItem, place: QRectF) -> None:
    """The ground of what is chosen or hovered over, and the outline of what has the focus."""
    t = theme.tokens()
    painter.setPen(Qt.PenStyle.NoPen)
    if option.state & QStyle.StateFlag.State_Selected:
        painter.setBrush(QColor(t.wash))
        painter.drawRoundedRect(place, theme.px(6), theme.px(6))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.setBrush(QColor(t.field))
        painter.drawRoundedRect(place, theme.px(6), theme.px(6))
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QColor(t.accent))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place, theme.px(6), theme.px(6))


def _paint_right(painter: QPainter, place: QRectF, needed: float, shade: str, *wordings: str) -> None:
    """Words at the right end of ``place``, which gives up the room they take: the first wording that leaves what is
    needed, or else the last, which is the shortest."""
    metrics = painter.fontMetrics()
    room = place.width() - needed - theme.px(8)
    words = next((w for w in wordings if metrics.horizontalAdvance(w) <= room), wordings[-1])
    if words:
        painter.setPen(QColor(shade))
        painter.drawText(place, RIGHT, words)
        place.setRight(place.right() - metrics.horizontalAdvance(words) - theme.px(8))


def _elided(painter: QPainter, words: str, width: float) -> str:
    return painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, max(0, int(width)))
