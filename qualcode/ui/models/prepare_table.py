"""A table of frozen rows for the grids of Prepare: what each column shows, sorts by, offers and writes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex

_SHORT = 8
CHOICES = Qt.ItemDataRole.UserRole + 1
"""What the editor of a cell offers; None for a plain field."""


@dataclass(frozen=True)
class Column(Generic[Row]):
    """``edited`` is the text in the editor (as shown without it); ``write`` takes what was typed, None: read only.

    ``locked`` says of which rows the cell cannot be edited all the same. ``order`` is what rows are sorted by.
    Where the columns have little room, words are cut to ``least`` pixels (at 100 %), numbers not at all.
    """

    heading: str
    shown: Callable[[Row], str]
    write: Callable[[Row, str], object] | None = None
    edited: Callable[[Row], str] | None = None
    choices: Callable[[Row], Sequence[str]] | None = None
    order: Callable[[Row], Any] | None = None
    tip: str = ""
    numeric: bool = False
    least: int = 48
    locked: Callable[[Row], bool] | None = None

    def text(self, row: Row) -> str:
        """What stands in the editor."""
        return (self.edited or self.shown)(row)


class TableModel(QAbstractTableModel, Generic[Row]):
    """Rows keep their order while their values change; they are sorted when the analyst asks for it.

    ``attempt`` runs a write and shows what was refused; the value then stays as it was. What ``masked`` shows
    otherwise than it is cannot be edited.
    """

    def __init__(
        self,
        key: Callable[[Row], Hashable],
        attempt: Callable[[Callable[[], object]], object],
        parent: QObject | None = None,
        masked: Callable[[str], str] = str,
    ) -> None:
        super().__init__(parent)
        self._key, self._attempt, self._masked = key, attempt, masked
        self.columns: Sequence[Column[Row]] = ()
        self.rows: list[Row] = []

    # --- content ---

    def show(self, rows: Sequence[Row], columns: Sequence[Column[Row]] | None = None) -> None:
        """Show these rows; those that were there keep their places, and with them what is selected and edited."""
        if columns is not None and [c.heading for c in columns] != [c.heading for c in self.columns]:
            self.beginResetModel()
            self.columns, self.rows = columns, list(rows)
            self.endResetModel()
            return
        self.columns = self.columns if columns is None else columns
        new = {self._key(row): row for row in rows}
        for number in reversed(range(len(self.rows))):
            if self._key(self.rows[number]) not in new:
                self.beginRemoveRows(QModelIndex(), number, number)
                del self.rows[number]
                self.endRemoveRows()
        self.rows[:] = [new.pop(self._key(row)) for row in self.rows]
        if new:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(new) - 1)
            self.rows.extend(new.values())
            self.endInsertRows()
        if self.rows and self.columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))

    def arrange(self, rows: Sequence[Row]) -> None:
        """Show these rows in this order."""
        if {self._key(row) for row in rows} != {self._key(row) for row in self.rows}:
            self.beginResetModel()
            self.rows = list(rows)
            self.endResetModel()
            return
        self._permute(list(rows))

    def row(self, index: Index) -> Row | None:
        return self.rows[index.row()] if index.isValid() and index.row() < len(self.rows) else None

    def place_of(self, key: Hashable) -> int:
        """Where the row with this key is, or -1."""
        return next((number for number, row in enumerate(self.rows) if self._key(row) == key), -1)

    # --- QAbstractTableModel ---

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index)
        if row is None:
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._masked(column.shown(row))
        if role == Qt.ItemDataRole.EditRole:
            return column.text(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.heading}: {self._masked(column.shown(row)) or 'empty'}"
        if role == CHOICES:
            return column.choices(row) if column.choices else None
        if role == Qt.ItemDataRole.TextAlignmentRole and column.numeric:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            shown = self._masked(column.shown(row))
            return column.tip or (shown if len(shown) > _SHORT else None)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.row(index)
        column = self.columns[index.column()]
        text = str(value).strip()
        if row is None or column.write is None or text == column.text(row):
            return False
        write = column.write
        self._attempt(lambda: write(row, text))
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.heading
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.numeric else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        row = self.row(index)
        if row is not None:
            column = self.columns[index.column()]
            plain = self._masked(column.text(row)) == column.text(row)
            if column.write is not None and plain and not (column.locked and column.locked(row)):
                flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(self.columns):
            return
        chosen = self.columns[column]
        rank = chosen.order or (lambda row: chosen.shown(row).casefold())
        known = [row for row in self.rows if chosen.shown(row)]
        unknown = [row for row in self.rows if not chosen.shown(row)]
        self._permute([*sorted(known, key=rank, reverse=order is Qt.SortOrder.DescendingOrder), *unknown])

    # --- within ---

    def _permute(self, rows: list[Row]) -> None:
        """Put the rows in this order; what is selected stays selected."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [self._key(self.rows[index.row()]) for index in before]
        places = {self._key(row): number for number, row in enumerate(rows)}
        self.rows = rows
        moved = [self.index(places[key], index.column()) for key, index in zip(keys, before, strict=True)]
        self.changePersistentIndexList(before, moved)
        self.layoutChanged.emit()
