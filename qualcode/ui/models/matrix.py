"""A table of facts to look at: headings on both sides, and in each cell a sign, words, and what is behind them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from qualcode.core.values import ParticipantId, ThemeId, WaveId
from qualcode.ui.models.passages import Heap
from qualcode.ui.models.tree import Index

HELD = Qt.ItemDataRole.UserRole
WIDE = 150
"""How wide a column is, in pixels at 100 %."""


@dataclass(frozen=True, slots=True)
class Writing:
    """The summaries that can be written in a cell: the words there are for each wave, in the order of time."""

    participant_id: ParticipantId
    theme_id: ThemeId
    texts: Mapping[WaveId | None, str]


@dataclass(frozen=True, slots=True)
class Behind:
    """What a cell opens: a title, a sentence, the segments (read when they are looked at)."""

    title: str
    sentence: str
    heaps: Callable[[], Sequence[Heap]]
    writing: Writing | None = None
    caution: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A cell: ``sign`` and ``words`` in a line, ``note`` below, a bar as long as ``share`` (0 to 1) under the words.

    ``tone`` is quiet, attention, good or empty.
    """

    words: str
    sign: str = ""
    note: str = ""
    tone: str = ""
    share: float | None = None
    behind: Behind | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a row or column, ``key`` its identity; ``folded`` is None where there is nothing to fold.

    A ``strong`` row heads the rows after it. ``width`` is that of a column, in pixels at 100 %.
    """

    key: str
    words: str
    note: str = ""
    depth: int = 0
    strong: bool = False
    folded: bool | None = None
    width: int = WIDE


@dataclass(frozen=True, slots=True)
class Table:
    """Each row is its heading with a fact for each column; ``corner`` heads the row headings, ``width`` is theirs.

    ``caution`` holds for the whole of it.
    """

    corner: str = ""
    columns: tuple[Heading, ...] = ()
    rows: tuple[tuple[Heading, tuple[Fact, ...]], ...] = ()
    width: int = 150
    caution: str = ""


class MatrixModel(QAbstractTableModel):
    """Shows one Table after another."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table = Table()

    def show(self, table: Table) -> None:
        self.beginResetModel()
        self.table = table
        self.endResetModel()

    def find(self, row_key: str, column_key: str) -> QModelIndex:
        """The cell of these headings; invalid when one of them is not shown."""
        row = next((n for n, (head, _) in enumerate(self.table.rows) if head.key == row_key), -1)
        column = next((n for n, head in enumerate(self.table.columns) if head.key == column_key), -1)
        return self.index(row, column) if row >= 0 and column >= 0 else QModelIndex()

    def fact(self, index: Index) -> Fact | None:
        return self.table.rows[index.row()][1][index.column()] if index.isValid() else None

    def heads(self, index: Index) -> tuple[Heading, Heading]:
        """The headings of a cell's row and column."""
        return self.table.rows[index.row()][0], self.table.columns[index.column()]

    # --- QAbstractTableModel ---

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.table.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.table.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        fact = self.fact(index)
        if fact is None:
            return None
        if role == HELD:
            return fact
        if role == Qt.ItemDataRole.DisplayRole:
            return fact.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            row, column = self.heads(index)
            return f"{row.words}, {column.words}: " + ". ".join(part for part in (fact.words, fact.note) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return fact.note or None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        across = orientation == Qt.Orientation.Horizontal
        if not 0 <= section < len(self.table.columns if across else self.table.rows):
            return None
        head = self.table.columns[section] if across else self.table.rows[section][0]
        if role == HELD:
            return head
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return ", ".join(part for part in (head.words, head.note) if part)
        return None
