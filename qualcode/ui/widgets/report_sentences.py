"""A list of sentences, each as long as it is, with a sign before it that tells how grave it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from qualcode.report.checks import Severity
from qualcode.ui import theme
from qualcode.ui.widgets.basics import panel
from qualcode.ui.widgets.wrapping import Wrapped

SIGNS = {Severity.STOP: "■", Severity.MEND: "▲", Severity.NOTE: "●"}
SAID = {Severity.STOP: "Holds the export back", Severity.MEND: "To mend", Severity.NOTE: "To know"}
HELD = Qt.ItemDataRole.UserRole
_GRAVE = Qt.ItemDataRole.UserRole + 1
_BETWEEN = "  "
Index = QModelIndex | QPersistentModelIndex


class Sentences(QListWidget):
    """Return or a double click opens an item; arrow keys go through them."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(_Delegate(self))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setMinimumHeight(theme.px(120))

    def show_all(self, things: Iterable[Any], spoken: Callable[[Any], str], masked: Callable[[str], str] = str) -> None:
        """Things with a ``severity`` and a ``sentence``; ``spoken`` is what a screen reader says of one.

        They are held as they are, and told in the words that ``masked`` gives.
        """
        kept = self.currentRow()
        self.clear()
        for thing in things:
            item = QListWidgetItem(f"{SIGNS[thing.severity]}{_BETWEEN}{masked(thing.sentence)}")
            item.setData(HELD, thing)
            item.setData(_GRAVE, thing.severity is not Severity.NOTE)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, masked(spoken(thing)))
            self.addItem(item)
        if self.count():
            self.setCurrentRow(min(max(kept, 0), self.count() - 1))

    def held(self) -> Any:
        """The thing behind the current item, or None."""
        item = self.currentItem()
        return item.data(HELD) if item is not None else None


class _Delegate(QStyledItemDelegate):
    """Paints a sentence in as many lines as it needs beside its sign."""

    def __init__(self, view: Sentences) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._view.viewport().width(), round(self._wrapped(index)[1].height) + 2 * theme.px(6))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        style = self._view.style() or QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, self._view)
        place = option.rect
        sign, wrapped = self._wrapped(index)
        t = theme.tokens()
        painter.save()
        painter.setPen(QColor(t.attention if index.data(_GRAVE) else t.text))
        top = place.top() + theme.px(6)
        painter.setFont(self._view.font())
        painter.drawText(QPointF(place.left() + theme.px(10), top + self._view.fontMetrics().ascent()), sign)
        wrapped.draw(painter, QPointF(place.left() + theme.px(28), top))
        painter.restore()

    def _wrapped(self, index: Index) -> tuple[str, Wrapped]:
        """The sign, and the sentence in lines that leave room for the scroll bar, which may appear later."""
        bar = self._view.verticalScrollBar().sizeHint().width()
        width = max(theme.px(60), self._view.width() - bar - theme.px(38))
        sign, _, sentence = str(index.data(Qt.ItemDataRole.DisplayRole)).partition(_BETWEEN)
        return sign, Wrapped(sentence, self._view.font(), width)


def scrolling(layout: QVBoxLayout) -> QScrollArea:
    """A layout that scrolls where there is no room for all of it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(panel(layout))
    return area
