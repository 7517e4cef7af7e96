"""The codebook's tree: what a line looks like, and the keys that act on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from qualcode.core.rows import CodeRow
from qualcode.core.values import CodeId
from qualcode.ui import theme
from qualcode.ui.models.codebook import ROW, CodebookModel

_NARROW = 200
"""Pixels at 100 %: in less a name and its counts have no room beside one another."""

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class CodeTree(QTreeView):
    """Return applies a code, F2 renames it, F4 opens its page, Delete removes; several can be chosen."""

    rename_wanted = Signal()
    sheet_wanted = Signal()
    delete_wanted = Signal()

    def __init__(self, model: CodebookModel) -> None:
        super().__init__()
        self._codes = model
        self.setAccessibleName("Codes")
        self.setHeaderHidden(True)
        self.setModel(model)
        self.setItemDelegate(CodeDelegate(self))
        self.setIndentation(theme.px(12))
        self.setRootIsDecorated(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        theme.appearance.changed.connect(self._follow_scale)

    def chosen(self) -> list[CodeId]:
        """The codes selected, in the order of the codebook."""
        indexes = sorted(self.selectionModel().selectedIndexes(), key=lambda index: self.visualRect(index).top())
        rows = (self._codes.row(index) for index in indexes)
        return [row.id for row in rows if isinstance(row, CodeRow)]

    def choose(self, code_ids: Sequence[CodeId]) -> None:
        """Select these codes, the first of them the current one."""
        model = self.selectionModel()
        for number, code_id in enumerate(code_ids):
            index = self._codes.index_of(code_id)
            if not index.isValid():
                continue
            if number == 0:
                self.setCurrentIndex(index)
            else:
                model.select(index, model.SelectionFlag.Select)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts = {
            Qt.Key.Key_F2: self.rename_wanted,
            Qt.Key.Key_F4: self.sheet_wanted,
            Qt.Key.Key_Delete: self.delete_wanted,
        }
        wanted = acts.get(Qt.Key(event.key()))
        if wanted is not None and not event.modifiers():
            wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _follow_scale(self) -> None:
        self.setIndentation(theme.px(12))
        self.scheduleDelayedItemsLayout()


class CodeDelegate(QStyledItemDelegate):
    """A line: colour, name, the number of a favourite, and at the right, or below where it is narrow, the counts."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme.px(120), theme.px(44 if _is_narrow(option.widget) else 27))

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
            place.setLeft(place.left() + _swatch(painter, place, code.colour))
        counts = f"{shown.people} · {shown.segments}" if shown is not None else ""
        painter.setFont(theme.interface_font(12))
        painter.setPen(QColor(theme.tokens().secondary))
        if _is_narrow(option.widget):
            below = place.adjusted(0, place.height() / 2 - theme.px(2), 0, 0)
            painter.drawText(below, _LEFT, counts)
            place.setBottom(place.bottom() - place.height() / 2 + theme.px(2))
        else:
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, counts)
            place.setRight(place.right() - painter.fontMetrics().horizontalAdvance(counts) - theme.px(8))
        if code is not None and code.shortcut is not None:
            place.setRight(place.right() - _key_cap(painter, place, str(code.shortcut)))
        painter.setFont(theme.interface_font(13, bold=code is None))
        painter.setPen(QColor(theme.tokens().text))
        name = painter.fontMetrics().elidedText(
            index.data(Qt.ItemDataRole.DisplayRole), Qt.TextElideMode.ElideRight, int(place.width())
        )
        painter.drawText(place, _LEFT, name)
        painter.restore()


def _is_narrow(view: QWidget) -> bool:
    return view.width() < theme.px(_NARROW)


def _swatch(painter: QPainter, place: QRectF, colour: str) -> int:
    side = theme.px(10)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.visible(colour))
    painter.drawRoundedRect(QRectF(place.left(), place.center().y() - side / 2, side, side), 3, 3)
    return theme.px(17)


def _key_cap(painter: QPainter, place: QRectF, words: str) -> int:
    side = theme.px(16)
    cap = QRectF(place.right() - side, place.center().y() - side / 2, side, side)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.tokens().secondary), 1))
    painter.drawRoundedRect(cap, 3, 3)
    painter.setFont(theme.interface_font(11))
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, words)
    return side + theme.px(6)
