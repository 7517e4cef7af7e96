"""The files of a batch: each with a sign and a word for what it was understood to be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from qualcode.intake import State, counted
from qualcode.ui import theme
from qualcode.ui.hints import printed
from qualcode.ui.import_batch import Batch
from qualcode.ui.import_entry import Entry
from qualcode.ui.widgets.basics import Elided, column, label, line, panel

ENTRY = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex

_SIGNS = {
    State.READ: ("check", "good"),
    State.REMARK: ("warning", "attention"),
    State.VERSION: ("redo", "accent"),
    State.KNOWN: ("check", "secondary"),
    State.REFUSED: ("close", "attention"),
    State.LEFT_OUT: ("remove", "secondary"),
}


def sureness(confidence: float) -> str:
    """How sure a reading is, in words."""
    return "sure" if confidence >= 0.9 else "fairly sure" if confidence >= 0.7 else "unsure"


def state_words(entry: Entry) -> str:
    """What a file is now, in a few words."""
    if entry.state is None:
        return "Reading …" if entry.reading else "Not read"
    if entry.state is State.KNOWN:
        return f"{State.KNOWN.value}: {entry.known}"
    if entry.state is State.VERSION:
        return f"{State.VERSION.value} of {entry.called}"
    if entry.understood is None or not entry.lands:
        return entry.state.value
    return f"{entry.state.value} · {sureness(entry.understood.recognition.confidence)}"


class FileList(QFrame):
    """Says which file is chosen. Delete leaves the chosen files out, and takes them in again."""

    chosen = Signal(object)

    def __init__(self, batch: Batch) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self._batch = batch
        self.model = _Model(self)
        self.view = _View(self.model)
        self.view.selectionModel().currentChanged.connect(lambda index: self.chosen.emit(index.data(ENTRY)))
        self.view.left_out.connect(self._turn)
        self.view.customContextMenuRequested.connect(self._menu)
        self._head = label("", "Head")
        self._counts = Elided()
        head = panel(column(self._head, self._counts, margin=10, gap=2))
        self.setLayout(column(head, line(), self.view, gap=0))
        batch.changed.connect(self.refresh)
        batch.entry_changed.connect(lambda _: self._count())

    def refresh(self) -> None:
        """Follow the batch; the chosen file stays chosen."""
        self.model.show(self._batch.entries)
        self._count()
        if self.model.rowCount() and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.model.index(0, 0))

    def current(self) -> Entry | None:
        found = self.view.currentIndex().data(ENTRY)
        return found if isinstance(found, Entry) else None

    def selected(self) -> list[Entry]:
        return [index.data(ENTRY) for index in self.view.selectionModel().selectedIndexes()]

    def step(self, by: int) -> None:
        """Choose the file so many places on."""
        index = self.model.index(self.view.currentIndex().row() + by, 0)
        if index.isValid():
            chosen = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.view.selectionModel().setCurrentIndex(index, chosen)

    # --- within ---

    def _count(self) -> None:
        entries = self._batch.entries
        self._head.setText("1 file" if len(entries) == 1 else f"{len(entries)} files")
        waiting = sum(entry.state is None for entry in entries)
        words = counted(entry.state for entry in entries if entry.state is not None)
        self._counts.setText(" · ".join(part for part in (f"{waiting} to read" if waiting else "", words) if part))

    def _turn(self) -> None:
        chosen = self.selected()
        self._batch.leave_out(chosen, not all(entry.left_out for entry in chosen))

    def _menu(self, at: QPoint) -> None:
        chosen = self.selected()
        if chosen:
            menu = QMenu(self)
            out = all(entry.left_out for entry in chosen)
            menu.addAction(printed.beside("Take in again" if out else "Leave out", "prepare.leave_out"), self._turn)
            menu.exec(self.view.viewport().mapToGlobal(at))


class _Model(QAbstractListModel):
    def __init__(self, parent: FileList) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    def show(self, entries: Sequence[Entry]) -> None:
        same_so_far = self._entries == list(entries[: len(self._entries)])
        if not same_so_far:
            self.beginResetModel()
            self._entries = list(entries)
            self.endResetModel()
        elif len(entries) > len(self._entries):
            self.beginInsertRows(QModelIndex(), len(self._entries), len(entries) - 1)
            self._entries = list(entries)
            self.endInsertRows()
        if self._entries:
            self.dataChanged.emit(self.index(0), self.index(len(self._entries) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.name}, {state_words(entry)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join((entry.name, state_words(entry), *filter(None, (entry.refusal,)), *entry.remarks))
        return None


class _View(QListView):
    left_out = Signal()

    def __init__(self, model: _Model) -> None:
        super().__init__()
        self.setAccessibleName("Files to import")
        self.setModel(model)
        self.setItemDelegate(_Line(self))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.appearance.changed.connect(self.scheduleDelayedItemsLayout)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.left_out.emit()
        else:
            super().keyPressEvent(event)


class _Line(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(160), theme.px(44))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        entry, option.text = index.data(ENTRY), ""
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        tokens = theme.tokens()
        painter.save()
        place = option.rect.adjusted(theme.px(10), theme.px(4), -theme.px(8), -theme.px(4))
        icon, tone = _SIGNS.get(entry.state, ("more", "secondary"))
        side = theme.px(16)
        sign = QRect(place.left(), place.top() + theme.px(3), side, side)
        theme.icon(icon, getattr(tokens, tone), 16).paint(painter, sign)
        place.setLeft(place.left() + theme.px(26))
        half = place.height() // 2
        painter.setFont(theme.interface_font(13))
        painter.setPen(QColor(tokens.secondary if entry.left_out else tokens.text))
        upper = QRect(place.left(), place.top(), place.width(), half)
        name = painter.fontMetrics().elidedText(entry.name, Qt.TextElideMode.ElideMiddle, upper.width())
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(theme.interface_font(12))
        painter.setPen(QColor(tokens.secondary))
        lower = QRect(place.left(), place.top() + half, place.width(), half)
        words = painter.fontMetrics().elidedText(state_words(entry), Qt.TextElideMode.ElideRight, lower.width())
        painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()
