"""A grid to type in: cells edited in place, copied and pasted as in a spreadsheet, everything by keyboard."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from qualcode.ui import theme
from qualcode.ui.models.prepare_table import CHOICES, TableModel

_WIDEST = 260
_NARROWEST = 64
_NARROWEST_NUMBER = 44
_STEP = 2
_LAST = 120
_PADDING = 20
_SHOWN = "shown"
_MEASURED = 20
"""So many rows are looked at for the width of a column."""


class Grid(QTableView):
    """F2, Return or typing edits; Escape leaves a cell as it was. With ``rows`` whole rows are selected.

    Where ``opens`` names a column, Return and a double click there say ``opened`` instead.
    """

    opened = Signal(object)
    """The row to be opened."""
    remove_wanted = Signal()
    pasted = Signal(str)
    moved = Signal(int)
    """Alt+Up or Alt+Down: -1 or 1."""

    def __init__(self, name: str, model: TableModel[Any], *, rows: bool = True, opens: int | None = None) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.table = model
        self._opens = opens
        self._sized = self._by_hand = False
        self._fitting = True
        self._wanted: list[int] = []
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        behaviour = QAbstractItemView.SelectionBehavior
        self.setSelectionBehavior(behaviour.SelectRows if rows else behaviour.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.AnyKeyPressed | triggers.DoubleClicked)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(not rows)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        head.setResizeContentsPrecision(_MEASURED)
        head.setMinimumSectionSize(theme.px(40))
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.sectionResized.connect(self._resized)
        model.modelReset.connect(self._size_anew)
        model.rowsInserted.connect(self._first_rows)
        model.dataChanged.connect(self._grow)
        theme.appearance.changed.connect(self._size_anew)
        self._size_anew()

    def let_sort(self) -> None:
        """Let a click on a heading sort; until then the rows are in their own order."""
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def let_wrap(self) -> None:
        """Let rows be as high as their words need: for some dozens of rows with sentences in them."""
        self.setWordWrap(True)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.verticalHeader().setMinimumSectionSize(theme.px(28))

    # --- what is chosen ---

    def chosen_rows(self) -> list[int]:
        """The rows with something selected in them, from top to bottom."""
        return sorted({index.row() for index in self.selectionModel().selectedIndexes()})

    def choose(self, key: Hashable, column: int = 0) -> None:
        """Make the row with this key the current and only chosen one."""
        place = self.table.place_of(key)
        if place >= 0:
            self.setCurrentIndex(self.table.index(place, column))

    def choose_all(self, keys: set[Hashable]) -> None:
        """Select the rows with these keys and no others."""
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().clearSelection()
        for place in sorted(self.table.place_of(key) for key in keys):
            if place >= 0:
                self.selectionModel().select(self.table.index(place, 0), flags.Select | flags.Rows)

    def copy(self) -> None:
        """Put the selected cells on the clipboard as a block that spreadsheets read."""
        cells = {(index.row(), index.column()): index for index in self.selectionModel().selectedIndexes()}
        rows, columns = ({place[i] for place in cells} for i in (0, 1))
        lines = (
            "\t".join(str(cells[r, c].data() or "") if (r, c) in cells else "" for c in sorted(columns))
            for r in sorted(rows)
        )
        QGuiApplication.clipboard().setText("\n".join(lines))

    def fit_columns(self) -> None:
        """Give each column the width of what is in it, within bounds, and less where the grid is too narrow for all."""
        self._sized = self.table.rowCount() > 0
        self._by_hand = False
        self.horizontalHeader().setDefaultSectionSize(theme.px(_NARROWEST))
        self._wanted = [self._wanted_by(number) for number in range(len(self.table.columns))]
        self._give_widths()

    # --- events ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        other_width = event.size().width() != event.oldSize().width()
        if other_width and not self._by_hand and not self._fitting and len(self._wanted) == self.table.columnCount():
            self._give_widths()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() is QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QGuiApplication.clipboard().text())
        elif not self._acted(event):
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == self._opens:
            self._open(index)
        else:
            super().mouseDoubleClickEvent(event)

    # --- within ---

    def _acted(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        current = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current.isValid():
            if current.column() == self._opens:
                self._open(current)
            elif current.flags() & Qt.ItemFlag.ItemIsEditable:
                self.edit(current)
            else:
                return False
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not event.modifiers():
            self.remove_wanted.emit()
        elif event.key() in steps and alt:
            self.moved.emit(steps[Qt.Key(event.key())])
        else:
            return False
        return True

    def _wanted_by(self, number: int) -> int:
        head, column = self.horizontalHeader(), self.table.columns[number]
        if head.stretchLastSection() and number == len(self.table.columns) - 1:
            return theme.px(_LAST)
        heading = QFontMetrics(theme.interface_font(12, bold=True)).horizontalAdvance(column.heading)
        wanted = max(self.sizeHintForColumn(number), heading + theme.px(_PADDING))
        narrowest = theme.px(_NARROWEST_NUMBER if column.numeric else _NARROWEST)
        return min(max(wanted, narrowest), theme.px(_WIDEST))

    def _give_widths(self) -> None:
        """The widest columns give way first, none beyond what it must have."""
        columns = self.table.columns
        least = [w if c.numeric else min(w, theme.px(c.least)) for w, c in zip(self._wanted, columns, strict=True)]
        last = len(columns) - 1 if self.horizontalHeader().stretchLastSection() else None
        self._fitting = True
        for number, width in enumerate(_fitted(self._wanted, least, self.viewport().width())):
            if number != last:
                self.setColumnWidth(number, width)
        self._fitting = False

    def _grow(self) -> None:
        """Cells have other words: a column becomes wider where it must, none jumps back."""
        if not self._by_hand and len(self._wanted) == self.table.columnCount():
            wanted = [max(width, self._wanted_by(number)) for number, width in enumerate(self._wanted)]
            if wanted != self._wanted:
                self._wanted = wanted
                self._give_widths()

    def _resized(self) -> None:
        self._by_hand = self._by_hand or not self._fitting

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self.table.row(index))

    def _first_rows(self) -> None:
        if not self._sized:
            self.fit_columns()

    def _size_anew(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.px(28))
        self.fit_columns()


def _fitted(wanted: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """The widths when the widest come down to one level until all have room, if that can be."""
    widths = list(wanted)
    for level in range(max(wanted, default=0), 0, -_STEP):
        if sum(widths) <= room:
            break
        widths = [max(min(width, level), floor) for width, floor in zip(wanted, least, strict=True)]
    return widths


class CellDelegate(QStyledItemDelegate):
    """A field in a cell; where the model offers choices, a list that one may also type in."""

    def __init__(self, view: Grid) -> None:
        super().__init__(view)
        self._view = view

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        choices = index.data(CHOICES)
        editor: QWidget
        if choices is None:
            editor = QLineEdit(parent)
        else:
            editor = QComboBox(parent)
            editor.setEditable(True)
            editor.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            editor.addItems(list(choices))
            editor.setMaxVisibleItems(16)
            editor.activated.connect(lambda: self._done(editor))
        editor.setObjectName("Cell")
        editor.setAccessibleName(str(index.model().headerData(index.column(), Qt.Orientation.Horizontal) or ""))
        return editor

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """Show the value; what is being typed stays when the rows are read anew meanwhile."""
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if editor.property(_SHOWN) not in (None, _typed(editor)):
            return
        editor.setProperty(_SHOWN, text)
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findText(text))
            editor.setEditText(text)
            field = editor.lineEdit()
            if field is not None:
                field.selectAll()
        elif isinstance(editor, QLineEdit):
            editor.setText(text)

    def setModelData(self, editor: QWidget, model: object, index: QModelIndex | QPersistentModelIndex) -> None:
        """Write what was typed, once: an editor commits on Return and again when it loses the focus by that."""
        text = _typed(editor)
        if text != editor.property(_SHOWN):
            editor.setProperty(_SHOWN, text)
            index.model().setData(index, text, Qt.ItemDataRole.EditRole)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as its words are when they wrap; the style sheet's padding is not in Qt's own reckoning."""
        hint = super().sizeHint(option, index)
        if not self._view.wordWrap():
            return hint
        room = self._view.columnWidth(index.column()) - theme.px(_PADDING)
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
        words = option.fontMetrics.boundingRect(0, 0, max(1, room), 10_000, flags, str(index.data() or ""))
        return QSize(hint.width(), max(theme.px(28), words.height() + theme.px(10)))

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        place = option.rect
        wide = max(place.width(), min(editor.sizeHint().width(), theme.px(_WIDEST)))
        editor.setGeometry(place.x(), place.y(), wide, place.height())

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        if isinstance(watched, QComboBox) and watched.view().isVisible():
            return False
        return super().eventFilter(watched, event)

    def _done(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)


def _typed(editor: QWidget) -> str:
    if isinstance(editor, QComboBox):
        return editor.currentText()
    return editor.text() if isinstance(editor, QLineEdit) else ""
