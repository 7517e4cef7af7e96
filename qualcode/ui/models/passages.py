"""Passages in heaps, usually one a person. What is in a heap is read when it is opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from qualcode.core.rows import ParticipantRow
from qualcode.core.values import SegmentId
from qualcode.ui.models.tree import Index, TreeModel
from qualcode.ui.passages import Passage
from qualcode.ui.wording import number

HELD = Qt.ItemDataRole.UserRole
UNMATCHED = "A voice matched to nobody"
READ_AT_ONCE = 60
"""Heaps are opened from the top until so many passages are shown."""


@dataclass(frozen=True, slots=True)
class Heap:
    """Passages under a title: a person, or a wave and a person. ``note`` stands beside the number."""

    title: str
    segment_ids: tuple[SegmentId, ...]
    note: str = ""

    @property
    def count(self) -> str:
        return number(len(self.segment_ids), "segment")


def by_person(people: Iterable[ParticipantRow], found: Mapping[str, Iterable[SegmentId]]) -> list[Heap]:
    """A heap for each person, in the participants' order; voices that are matched to nobody come last."""
    names: dict[str, str] = {p.id: p.pseudonym for p in people}
    known = [person for person in names if person in found]
    return [Heap(names.get(p, UNMATCHED), tuple(found[p])) for p in (*known, *(p for p in found if p not in names))]


class PassagesModel(TreeModel[Heap | Passage]):
    def __init__(self, read: Callable[[Sequence[SegmentId]], list[Passage]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read = read

    def show(self, heaps: Sequence[Heap]) -> None:
        self.beginResetModel()
        self.root.children.clear()
        for heap in heaps:
            self.root.add(heap)
        self.endResetModel()

    def fetch_first(self) -> int:
        """Read the first heaps, as many as are opened at once; their number."""
        shown = opened = 0
        for node in self.root.children:
            assert isinstance(node.held, Heap)
            if shown and shown + len(node.held.segment_ids) > READ_AT_ONCE:
                break
            shown += len(node.held.segment_ids)
            opened += 1
            self.fetchMore(self.index_of(node))
        return opened

    # --- QAbstractItemModel ---

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        held = self.held(parent)
        return bool(held.segment_ids) if isinstance(held, Heap) else held is None and bool(self.root.children)

    def canFetchMore(self, parent: Index) -> bool:
        node = self.node(parent)
        return isinstance(node.held, Heap) and not node.children and bool(node.held.segment_ids)

    def fetchMore(self, parent: Index) -> None:
        node = self.node(parent)
        if not isinstance(node.held, Heap) or node.children:
            return
        found = self._read(node.held.segment_ids)
        if found:
            self.beginInsertRows(self.index_of(node), 0, len(found) - 1)
            for passage in found:
                node.add(passage)
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        held = self.held(index)
        if role == HELD:
            return held
        if isinstance(held, Heap) and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(part for part in (held.title, held.count, held.note) if part)
        if isinstance(held, Passage):
            if role == Qt.ItemDataRole.DisplayRole:
                return held.words
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return f"{held.code.name}: {held.words}. {held.where}"
            if role == Qt.ItemDataRole.ToolTipRole and held.segment.memo:
                return held.segment.memo
        return None
