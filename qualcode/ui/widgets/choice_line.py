"""A line of a list that is chosen from by typing: colour, name, what belongs to it, and the keys that mean it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QPainter, QPen
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from qualcode.ui import theme

HEIGHT = 30
"""Pixels at 100 %."""

_BESIDE, _KEYS, _COLOUR = (Qt.ItemDataRole.UserRole + n for n in (1, 2, 3))
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
NEW = "new"
"""The colour of what is yet to be made: a hollow square."""


def choice_line(words: str, beside: str = "", keys: str = "", colour: str = "") -> QListWidgetItem:
    """A line for a list with a :class:`ChoiceDelegate`; read out with all that stands on it."""
    item = QListWidgetItem(words)
    item.setData(_BESIDE, beside)
    item.setData(_KEYS, keys)
    item.setData(_COLOUR, colour)
    said = ", ".join(part for part in (words.strip(), beside, f"key {keys}" if keys else "") if part)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
    return item


def read_out(field: QWidget, item: QListWidgetItem | None) -> None:
    """Tell a screen reader which line is chosen now: the list never has the focus, ``field`` has it."""
    if item is not None and field.isVisible() and QAccessible.isActive():
        said = str(item.data(Qt.ItemDataRole.AccessibleTextRole) or item.text())
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(field, said))


def fit_popup(popup: QWidget, lines: QListWidget, most: int, width: int) -> None:
    """Give a popup the height of its lines, at most so many, and never more than the screen has; the list scrolls."""
    room = popup.screen().availableGeometry()
    shown = min(max(1, lines.count()), most, max(3, room.height() * 6 // 10 // theme.px(HEIGHT)))
    lines.setFixedHeight(shown * theme.px(HEIGHT) + theme.px(4))
    popup.adjustSize()
    popup.resize(min(theme.px(width), room.width()), popup.sizeHint().height())


class ChoiceDelegate(QStyledItemDelegate):
    def __init__(self, of: QListWidget) -> None:
        super().__init__(of)
        of.setUniformItemSizes(True)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme.px(120), theme.px(HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(option.rect).adjusted(theme.px(10), 0, -theme.px(10), 0)
        if index.data(_COLOUR):
            _paint_swatch(painter, place, index.data(_COLOUR))
            place.setLeft(place.left() + theme.px(18))
        painter.setFont(theme.interface_font(12))
        painter.setPen(QColor(theme.tokens().secondary))
        keys = index.data(_KEYS) or ""
        painter.drawText(place, _RIGHT, keys)
        if keys:
            place.setRight(place.right() - painter.fontMetrics().horizontalAdvance(keys) - theme.px(10))
        _paint_words(painter, place, index.data(Qt.ItemDataRole.DisplayRole), index.data(_BESIDE) or "")
        painter.restore()


def _paint_words(painter: QPainter, place: QRectF, words: str, beside: str) -> None:
    """The name has the room it needs; what belongs to it has what is left, if that is worth it."""
    painter.setFont(theme.interface_font(13))
    painter.setPen(QColor(theme.tokens().text))
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(place.width()))
    painter.drawText(place, _LEFT, shown)
    place.setLeft(place.left() + painter.fontMetrics().horizontalAdvance(shown) + theme.px(8))
    if beside and place.width() > theme.px(36):
        painter.setFont(theme.interface_font(12))
        painter.setPen(QColor(theme.tokens().secondary))
        painter.drawText(
            place, _LEFT, painter.fontMetrics().elidedText(beside, Qt.TextElideMode.ElideRight, int(place.width()))
        )


def _paint_swatch(painter: QPainter, place: QRectF, colour: str) -> None:
    side = theme.px(10)
    swatch = QRectF(place.left(), place.center().y() - side / 2, side, side)
    if colour == NEW:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.tokens().secondary), 1, Qt.PenStyle.DashLine))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.visible(colour))
    painter.drawRoundedRect(swatch, 3, 3)
