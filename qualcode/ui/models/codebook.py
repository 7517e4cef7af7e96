"""The codebook as a tree for views: themes with their codes, and the codes of no theme yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from rapidfuzz import fuzz

from qualcode.core.rows import CodeRow, ThemeRow
from qualcode.core.values import CodeId, ThemeId
from qualcode.ui.mask import Anonymised

MIME_CODES = "application/x-qualcode-codes"
ROW, FOUND = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
NEARLY = 80
"""Names from this likeness on (0 to 100, the best part of the name) are shown where none has what was typed."""
NO_THEME = "No theme yet"

Index = QModelIndex | QPersistentModelIndex


@dataclass(eq=False)
class Node:
    """A theme (``row`` a ThemeRow), a code (a CodeRow), or the place for codes of no theme (None)."""

    row: ThemeRow | CodeRow | None
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    found: tuple[str, ...] = ()
    """The words that were looked for and stand in its name."""

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
    placed = Signal(list, object, object)
    """Codes (ids) were dropped between others: before a CodeRow, or (None) last under a CodeRow or ThemeRow."""
    renamed = Signal(object, str)
    """The row of a theme or code, and what it shall be called."""
    text_dropped = Signal(object)
    """Selected words were dropped on a code (CodeRow), a theme (ThemeRow), or on empty space (None)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = Node(None)
        self._shown: dict[str, Node] = {}

    # --- content ---

    def show(self, themes: Sequence[ThemeRow], codes: Sequence[CodeRow], only: str = "") -> None:
        """Show these; with ``only``, codes that have all its words in their name or in the names above them.

        Where there is none, those whose name is nearly what was typed.
        """
        self.beginResetModel()
        self._root = Node(None)
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
        if words := only.casefold().split():
            if _any_matching(self._root, words):
                _keep_matching(self._root, words)
            else:
                _keep_alike(self._root, " ".join(words))
        self._shown = {node.row.id: node for node in self._root.all() if node.row}
        self.endResetModel()

    def show_counts(self, rows: Iterable[ThemeRow | CodeRow]) -> None:
        """Show the numbers of people and segments of these, of which nothing else has changed."""
        for row in rows:
            node = self._shown.get(row.id)
            if node is not None and node.row is not row:
                node.row = row
                index = self._index(node)
                self.dataChanged.emit(index, index)

    def first(self) -> QModelIndex:
        """The first code shown; of those found by some words, the first that has most of them in its own name."""
        codes = [node for node in self._root.all() if isinstance(node.row, CodeRow)]
        return self._index(max(codes, key=lambda node: len(node.found))) if codes else QModelIndex()

    def index_of(self, code_id: CodeId) -> QModelIndex:
        node = self._shown.get(code_id)
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
        if role == FOUND:
            return node.found
        if role == Qt.ItemDataRole.EditRole:
            return node.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _said(node)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(node.row, CodeRow):
            return "\n".join(part for part in (node.name, node.row.definition) if part)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.row(index)
        if row is not None and role == Qt.ItemDataRole.EditRole and str(value).strip() != row.name:
            self.renamed.emit(row, str(value))
        return False

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDropEnabled
        if index.isValid():
            row = self._node(index).row
            flags |= Qt.ItemFlag.ItemIsSelectable
            if isinstance(row, CodeRow):
                flags |= Qt.ItemFlag.ItemIsDragEnabled
            if row is not None and not isinstance(row.name, Anonymised):
                flags |= Qt.ItemFlag.ItemIsEditable
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
        node = self._node(parent)
        if not data.hasFormat(MIME_CODES):
            self.text_dropped.emit(node.row)
        elif row >= 0:
            before = node.children[row].row if row < len(node.children) else None
            self.placed.emit(codes_in(data), node.row, before if isinstance(before, CodeRow) else None)
        elif isinstance(node.row, CodeRow):
            self.dropped.emit([code for code in codes_in(data) if code != node.row.id], node.row.id)
        else:
            self.gathered.emit(codes_in(data), node.row.id if node.row else None)
        return False

    # --- within ---

    def _put(self, code: CodeRow, above: Node, below: dict[CodeId | None, list[CodeRow]]) -> None:
        node = Node(code, above)
        above.children.append(node)
        for child in below[code.id]:
            self._put(child, node, below)

    def _node(self, index: Index) -> Node:
        return index.internalPointer() if index.isValid() else self._root

    def _index(self, node: Node) -> QModelIndex:
        if node.parent is None:
            return QModelIndex()
        return self.createIndex(node.parent.children.index(node), 0, node)


def codes_in(data: QMimeData) -> list[CodeId]:
    """The codes that are dragged."""
    return [CodeId(key) for key in bytes(data.data(MIME_CODES).data()).decode().split()]


def _any_matching(node: Node, words: Sequence[str], above: str = "") -> bool:
    return any(
        _matches(child, words, above) or _any_matching(child, words, _path(above, child)) for child in node.children
    )


def _keep_matching(node: Node, words: Sequence[str], above: str = "") -> bool:
    node.found = tuple(word for word in words if word in node.name.casefold()) if node.row else ()
    path = _path(above, node)
    node.children = [child for child in node.children if _keep_matching(child, words, path)]
    return bool(node.children) or _matches(node, words, above)


def _keep_alike(node: Node, typed: str) -> bool:
    node.children = [child for child in node.children if _keep_alike(child, typed)]
    alike = isinstance(node.row, CodeRow) and fuzz.partial_ratio(typed, node.name.casefold()) >= NEARLY
    return bool(node.children) or (alike and len(typed) > 3)


def _matches(node: Node, words: Sequence[str], above: str) -> bool:
    path = _path(above, node)
    return isinstance(node.row, CodeRow) and all(word in path for word in words)


def _path(above: str, node: Node) -> str:
    return f"{above}\n{node.name.casefold()}" if node.row else above


def _said(node: Node) -> str:
    if node.row is None:
        return node.name
    kind = "Code" if isinstance(node.row, CodeRow) else "Theme"
    people = "1 person" if node.row.people == 1 else f"{node.row.people} people"
    segments = "1 segment" if node.row.segments == 1 else f"{node.row.segments} segments"
    key = f", key {node.row.shortcut}" if isinstance(node.row, CodeRow) and node.row.shortcut else ""
    return f"{kind} {node.name}, {people}, {segments}{key}"
