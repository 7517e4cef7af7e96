"""A place found, as a line of the list: who and where, and the words lined up with what is said around them."""

from __future__ import annotations

import math
import unicodedata

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from qualcode.core.spans import Context
from qualcode.ui import theme
from qualcode.ui.models.words import PLACE, Place


class InContext(QStyledItemDelegate):
    """Who and where at the left; then the words, in bold on one axis, with what is said before and after."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme.px(300), theme.px(27))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        place: Place = index.data(PLACE)
        t = theme.tokens()
        whole = QRectF(option.rect).adjusted(theme.px(14), 0, -theme.px(10), 0)
        named = min(theme.px(190), whole.width() * 0.28)
        person = QRectF(whole.left(), whole.top(), named * 0.32, whole.height())
        interview = QRectF(person.right(), whole.top(), named * 0.68 - theme.px(10), whole.height())
        said = QRectF(whole.left() + named, whole.top(), whole.width() - named, whole.height())
        painter.save()
        _draw(painter, person, place.person, theme.interface_font(12, bold=True), t.text)
        _draw(painter, interview, place.interview, theme.interface_font(12), t.secondary)
        _draw_said(painter, said, place.hit.context)
        painter.restore()


def _draw_said(painter: QPainter, said: QRectF, context: Context) -> None:
    """The words in the middle, what comes before and after at the sides on which it is read."""
    t = theme.tokens()
    font, bold = theme.reading_font(13), theme.reading_font(13)
    bold.setWeight(QFont.Weight.Bold)
    wide, gap = QFontMetricsF(bold).horizontalAdvance(context.words), QFontMetricsF(font).horizontalAdvance(" ")
    left = QRectF(said.left(), said.top(), max(0.0, said.width() * 0.46 - wide / 2), said.height())
    middle = QRectF(left.right(), said.top(), wide + 1, said.height())
    right = QRectF(middle.right(), said.top(), said.right() - middle.right(), said.height())
    backwards = _runs_from_right(context.words)
    if backwards:
        painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    before, after = (right, left) if backwards else (left, right)
    for part, words in ((before, context.before), (after, context.after)):
        is_left = part is left
        spaced = words.endswith(" ") if part is before else words.startswith(" ")
        if spaced:
            part.adjust(0 if is_left else gap, 0, -gap if is_left else 0, 0)
        _draw(painter, part, words.strip(), font, t.text, at_end=is_left, cut_first=part is before)
    _draw(painter, middle, context.words, bold, t.accent)


def _runs_from_right(words: str) -> bool:
    """Whether the first letter is one of a script that is read from right to left."""
    kinds = (unicodedata.bidirectional(letter) for letter in words)
    return next((kind in ("R", "AL") for kind in kinds if kind in ("L", "R", "AL")), False)


def _draw(
    painter: QPainter,
    place: QRectF,
    words: str,
    font: QFont,
    shade: str,
    *,
    at_end: bool = False,
    cut_first: bool = False,
) -> None:
    """One piece of a line, at the left or the right end of its room; without room its first or last words go."""
    painter.setFont(font)
    painter.setPen(QColor(shade))
    side = (Qt.AlignmentFlag.AlignRight if at_end else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignAbsolute
    mode = Qt.TextElideMode.ElideLeft if cut_first else Qt.TextElideMode.ElideRight
    shown = painter.fontMetrics().elidedText(words, mode, math.ceil(place.width()))
    painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
