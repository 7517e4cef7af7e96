"""A tree of Python nodes behind a Qt model: the arithmetic of indexes, once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex

Index = QModelIndex | QPersistentModelIndex
Held = TypeVar("Held")


class Node(Generic[Held]):
    """Something shown, with what stands under it. The root holds nothing."""

    def __init__(self, held: Held | None = None) -> None:
        self.held = held
        self.parent: Node[Held] | None = None
        self.number = 0
        self.children: list[Node[Held]] = []

    def add(self, held: Held) -> Node[Held]:
        child = Node(held)
        child.parent, child.number = self, len(self.children)
        self.children.append(child)
        return child

    def below(self) -> Iterator[Node[Held]]:
        """Everything under this node, from top to bottom."""
        for child in self.children:
            yield child
            yield from child.below()


class TreeModel(QAbstractItemModel, Generic[Held]):
    """One column of nodes. Subclasses fill ``root`` between beginResetModel and endResetModel."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.root: Node[Held] = Node()

    def node(self, index: Index) -> Node[Held]:
        found: Node[Held] = index.internalPointer() if index.isValid() else self.root
        return found

    def held(self, index: Index) -> Held | None:
        return self.node(index).held

    def index_of(self, node: Node[Held]) -> QModelIndex:
        return self.createIndex(node.number, 0, node) if node.parent is not None else QModelIndex()

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        children = self.node(parent).children
        return self.createIndex(row, 0, children[row]) if column == 0 and 0 <= row < len(children) else QModelIndex()

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        above = self.node(index).parent
        return self.index_of(above) if above is not None else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self.node(parent).children)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1
