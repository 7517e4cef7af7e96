"""The codebook as a tree for views: themes with their codes, and the codes of no theme yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from qualcode.core.rows import CodeRow, ThemeRow
from qualcode.core.values import CodeId, ThemeId

MIME_CODES = "application/x-qualcode-codes"
ROW = Qt.ItemDataRole.UserRole
NO_THEME = "No theme yet"

Index = QModelIndex | QPersistentModelIndex


@dataclass(eq=False)
class Node:
    """A theme (``row`` a ThemeRow), a code (a CodeRow), or the place for codes of no theme (None)."""

    row: ThemeRow | CodeRow | None
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.row.name if self.row else NO_THEME

    def all(self) -> Iterator[Node]:
        for child in self.children:
            yield child
            yield from child.all()


class CodebookModel(QAbstractItemModel):
    """Codes can be dragged out (as ``MIME_CODES``) and dropped on a theme or a code."""

    gathered = Signal(list, object)
    """Codes (ids) were dropped on a theme (ThemeId) or on the place of no theme (None)."""
    dropped = Signal(list, object)
    """Codes (ids) were dropped on another (CodeId)."""
    text_dropped = Signal(object)
    """Selected words were dropped on a code (CodeRow), a theme (ThemeRow), or on empty space (None)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = Node(None)
        self._codes: dict[CodeId, Node] = {}

    # --- content ---

    def show(self, themes: Sequence[ThemeRow], codes: Sequence[CodeRow], only: str = "") -> None:
        """Show these; with ``only``, codes whose name has all its words (and what they stand under)."""
        self.beginResetModel()
        self._root, self._codes = Node(None), {}
        places: dict[ThemeId | None, Node] = {}
        for theme in themes:
            above = places.get(theme.parent_id, self._root) if theme.parent_id else self._root
            places[theme.id] = Node(theme, above)
            above.children.append(places[theme.id])
        loose = Node(None, self._root)
        below: dict[CodeId | None, list[CodeRow]] = defaultdict(list)
        for code in codes:
            below[code.parent_id].append(code)
        for code in below[None]:
            self._put(code, places.get(code.theme_id, loose) if code.theme_id else loose, below)
        if loose.children:
            if themes:
                self._root.children.append(loose)
            else:
                self._root.children = loose.children
                for node in loose.children:
                    node.parent = self._root
        if only.strip():
            _keep_matching(self._root, only.casefold().split())
        self.endResetModel()

    def update_counts(self, counts: dict[CodeId, tuple[int, int]]) -> None:
        """Show new numbers of people and segments for some codes."""
        for code_id, (people, segments) in counts.items():
            node = self._codes.get(code_id)
            if node is not None and isinstance(node.row, CodeRow):
                node.row = replace(node.row, people=people, segments=segments)
                index = self._index(node)
                self.dataChanged.emit(index, index)

    def first(self) -> QModelIndex:
        """The first code shown."""
        found = next((node for node in self._root.all() if isinstance(node.row, CodeRow)), None)
        return self._index(found) if found else QModelIndex()

    def index_of(self, code_id: CodeId) -> QModelIndex:
        node = self._codes.get(code_id)
        return self._index(node) if node else QModelIndex()

    def row(self, index: Index) -> ThemeRow | CodeRow | None:
        return self._node(index).row

    # --- QAbstractItemModel ---

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        children = self._node(parent).children
        if column == 0 and 0 <= row < len(children):
            return self.createIndex(row, column, children[row])
        return QModelIndex()

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        above = self._node(index).parent
        return self._index(above) if above is not None else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self._node(parent).children)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        node = self._node(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return node.name
        if role == ROW:
            return node.row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _said(node)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(node.row, CodeRow):
            return node.row.definition or node.name
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDropEnabled
        if index.isValid():
            flags |= Qt.ItemFlag.ItemIsSelectable
            if isinstance(self._node(index).row, CodeRow):
                flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def mimeTypes(self) -> list[str]:
        return [MIME_CODES, "text/plain"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        rows = [self.row(index) for index in indexes]
        data = QMimeData()
        data.setData(MIME_CODES, "\n".join(row.id for row in rows if isinstance(row, CodeRow)).encode())
        return data

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        target = self._node(parent).row
        if data.hasFormat(MIME_CODES):
            dragged = [CodeId(key) for key in bytes(data.data(MIME_CODES).data()).decode().split()]
            if isinstance(target, CodeRow):
                self.dropped.emit([c for c in dragged if c != target.id], target.id)
            else:
                self.gathered.emit(dragged, target.id if target else None)
        else:
            self.text_dropped.emit(target)
        return False

    # --- within ---

    def _put(self, code: CodeRow, above: Node, below: dict[CodeId | None, list[CodeRow]]) -> None:
        node = Node(code, above)
        above.children.append(node)
        self._codes[code.id] = node
        for child in below[code.id]:
            self._put(child, node, below)

    def _node(self, index: Index) -> Node:
        return index.internalPointer() if index.isValid() else self._root

    def _index(self, node: Node) -> QModelIndex:
        if node.parent is None:
            return QModelIndex()
        return self.createIndex(node.parent.children.index(node), 0, node)


def _keep_matching(node: Node, words: Sequence[str]) -> bool:
    node.children = [child for child in node.children if _keep_matching(child, words)]
    return bool(node.children) or (isinstance(node.row, CodeRow) and all(w in node.name.casefold() for w in words))


def _said(node: Node) -> str:
    if node.row is None:
        return node.name
    kind = "Code" if isinstance(node.row, CodeRow) else "Theme"
    people = "1 person" if node.row.people == 1 else f"{node.row.people} people"
    segments = "1 segment" if node.row.segments == 1 else f"{node.row.segments} segments"
    key = f", key {node.row.shortcut}" if isinstance(node.row, CodeRow) and node.row.shortcut else ""
    return f"{kind} {node.name}, {people}, {segments}{key}"
