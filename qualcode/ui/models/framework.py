"""The framework as a tree for the board: themes and sub-themes in reading order, the codes gathered under each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, Qt, Signal

from qualcode.core.rows import CodeRow, ThemeRow
from qualcode.core.values import CodeId, ThemeId
from qualcode.ui.mask import Anonymised
from qualcode.ui.models.codebook import MIME_CODES, codes_in
from qualcode.ui.models.tree import Index, Node, TreeModel
from qualcode.ui.wording import number, people

MIME_THEME = "application/x-qualcode-theme"
HELD = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class ThemeCard:
    """A theme as shown; ``findings`` counts its own, ``depth`` is 0 for a theme at the top."""

    row: ThemeRow
    findings: int
    depth: int

    @property
    def counts(self) -> str:
        findings = [number(self.findings, "finding")] if self.findings else []
        return " · ".join((people(self.row.people), number(self.row.segments, "segment"), *findings))

    @property
    def short(self) -> str:
        """People and segments where there is little room."""
        return f"{self.row.people} · {self.row.segments}"

    @property
    def remark(self) -> str:
        """What the analyst should know: nobody or one person stands behind it."""
        if not self.row.code_ids and not self.row.segments:
            return "no codes yet"
        return "rests on one person" if self.row.people == 1 else ""


@dataclass(frozen=True, slots=True)
class CodeCard:
    """A code as shown; ``path`` are the codes it stands under, of which the last ``depth`` are shown above it."""

    row: CodeRow
    path: tuple[str, ...] = ()
    depth: int = 0

    @property
    def name(self) -> str:
        return self.row.name if self.depth else self.whole_name

    @property
    def whole_name(self) -> str:
        """The name with those above it, as it is read out and as it stands alone."""
        return " › ".join((*self.path, self.row.name))

    @property
    def short(self) -> str:
        """People and segments where there is little room."""
        return f"{self.row.people} · {self.row.segments}"

    @property
    def counts(self) -> str:
        if not self.row.segments:
            return "nobody uses it"
        return f"{people(self.row.people)} · {number(self.row.segments, 'segment')}"


Card = ThemeCard | CodeCard


class FrameworkModel(TreeModel[Card]):
    """Codes can be dragged to themes, themes to a place among themes; what was dropped where is told, not done."""

    codes_dropped = Signal(list, object, object)
    """Code ids, the ThemeId they were dropped on (None: empty space), the CodeId to stand before (None: last)."""
    theme_dropped = Signal(object, object, object)
    """A ThemeId, the ThemeId to go under (None: the top), and the ThemeId to stand before (None: last)."""
    renamed = Signal(object, str)
    """The row of a theme or code, and what it shall be called."""

    def show(self, themes: Sequence[ThemeRow], codes: Sequence[CodeRow], findings: Mapping[ThemeId, int]) -> None:
        self.beginResetModel()
        self.root.children.clear()
        rows = {code.id: code for code in codes}
        places: dict[ThemeId | None, Node[Card]] = {None: self.root}
        for theme in themes:
            above = places.get(theme.parent_id, self.root)
            depth = above.held.depth + 1 if isinstance(above.held, ThemeCard) else 0
            node = places[theme.id] = Node[Card](ThemeCard(theme, findings.get(theme.id, 0), depth))
            node.parent = above
        for theme in themes:
            node = places[theme.id]
            for card in code_cards([rows[code_id] for code_id in theme.code_ids], rows):
                node.add(card)
        for theme in themes:
            node = places[theme.id]
            assert node.parent is not None
            node.number = len(node.parent.children)
            node.parent.children.append(node)
        self.endResetModel()

    def find(self, key: str) -> QModelIndex:
        """The theme or code of this id."""
        for node in self.root.below():
            if node.held is not None and node.held.row.id == key:
                return self.index_of(node)
        return QModelIndex()

    # --- QAbstractItemModel ---

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        card = self.held(index)
        if card is None:
            return None
        if role == HELD:
            return card
        if role == Qt.ItemDataRole.EditRole:
            return card.row.name
        if isinstance(card, CodeCard):
            return code_data(card, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return card.row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            kind = "Sub-theme" if card.depth else "Theme"
            return ", ".join(part for part in (f"{kind} {card.row.name}", card.counts, card.remark) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return card.row.central_message or card.row.definition or None
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        card = self.held(index)
        if card is not None and role == Qt.ItemDataRole.EditRole and str(value).strip() != card.row.name:
            self.renamed.emit(card.row, str(value))
        return False

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        flags = (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemIsDropEnabled
        )
        return flags | _editable(self.held(index))

    def mimeTypes(self) -> list[str]:
        return [MIME_CODES, MIME_THEME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        cards = [self.held(index) for index in indexes]
        themes = [card.row.id for card in cards if isinstance(card, ThemeCard)]
        codes = [card for card in cards if isinstance(card, CodeCard)]
        if codes:
            return mime_of_codes(codes)
        data = QMimeData()
        data.setData(MIME_THEME, themes[0].encode())
        return data

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        if data.hasFormat(MIME_CODES):
            above, before = self.code_place(row, parent)
            self.codes_dropped.emit(codes_in(data), above.id if above else None, before.id if before else None)
        elif data.hasFormat(MIME_THEME):
            theme, following = self.theme_place(row, parent)
            keys = (theme.id if theme else None, following.id if following else None)
            self.theme_dropped.emit(ThemeId(_text(data, MIME_THEME)), *keys)
        return False

    def code_place(self, row: int, parent: Index) -> tuple[ThemeRow | None, CodeRow | None]:
        """Where dropped codes go: the theme (None: a new one), and the code they will stand before (None: last).

        On a code: before it. Between two themes: on the upper one. On empty space: on none.
        """
        node = self.node(parent)
        if isinstance(node.held, CodeCard) and node.parent is not None:
            row, node = node.number, node.parent
        elif node is self.root and row >= 0 and node.children:
            row, node = -1, node.children[max(0, row - 1)]
        following = node.children[row].held if 0 <= row < len(node.children) else None
        theme = node.held.row if isinstance(node.held, ThemeCard) else None
        return theme, following.row if isinstance(following, CodeCard) else None

    def theme_place(self, row: int, parent: Index) -> tuple[ThemeRow | None, ThemeRow | None]:
        """Where a dropped theme goes: the theme above (None: the top), and the one it will stand before (None: last).

        On a theme: last under it. Between two: before the lower one.
        """
        node = self.node(parent)
        if isinstance(node.held, CodeCard) and node.parent is not None:
            row, node = -1, node.parent
        below = node.children[row:] if row >= 0 else []
        following = next((child.held.row for child in below if isinstance(child.held, ThemeCard)), None)
        return node.held.row if isinstance(node.held, ThemeCard) else None, following


class LooseModel(QAbstractListModel):
    """The codes of no theme, as cards. What is dropped here is taken out of its theme."""

    codes_dropped = Signal(list)
    renamed = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cards: list[CodeCard] = []

    def show(self, cards: Sequence[CodeCard]) -> None:
        self.beginResetModel()
        self.cards = list(cards)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        card = self.cards[index.row()]
        if role == HELD:
            return card
        return card.row.name if role == Qt.ItemDataRole.EditRole else code_data(card, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        card = self.cards[index.row()]
        if role == Qt.ItemDataRole.EditRole and str(value).strip() != card.row.name:
            self.renamed.emit(card.row, str(value))
        return False

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsDropEnabled
        if index.isValid():
            flags |= Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
            flags |= _editable(self.cards[index.row()])
        return flags

    def mimeTypes(self) -> list[str]:
        return [MIME_CODES]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return mime_of_codes([self.cards[index.row()] for index in indexes])

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        self.codes_dropped.emit(codes_in(data))
        return False


def code_cards(codes: Sequence[CodeRow], every: Mapping[CodeId, CodeRow]) -> list[CodeCard]:
    """Cards for these codes, each sub-code after the code it stands under where that is among them."""
    shown = {code.id for code in codes}
    below: dict[CodeId | None, list[CodeRow]] = defaultdict(list)
    for code in codes:
        below[code.parent_id if code.parent_id in shown else None].append(code)
    cards: list[CodeCard] = []

    def lay(parent_id: CodeId | None, depth: int) -> None:
        for code in below[parent_id]:
            cards.append(CodeCard(code, _path(code, every), depth))
            lay(code.id, depth + 1)

    lay(None, 0)
    return cards


def _path(code: CodeRow, every: Mapping[CodeId, CodeRow]) -> tuple[str, ...]:
    above = every.get(code.parent_id) if code.parent_id else None
    return (*_path(above, every), above.name) if above is not None else ()


def code_data(card: CodeCard, role: int) -> Any:
    """What a view shows and says of a code."""
    if role == Qt.ItemDataRole.DisplayRole:
        return card.name
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return f"Code {card.whole_name}, {card.counts}"
    if role == Qt.ItemDataRole.ToolTipRole:
        return "\n".join(part for part in (card.whole_name, card.row.definition) if part)
    return None


def _editable(card: Card | None) -> Qt.ItemFlag:
    """A name can be edited unless it stands for another."""
    named = card is not None and not isinstance(card.row.name, Anonymised)
    return Qt.ItemFlag.ItemIsEditable if named else Qt.ItemFlag.NoItemFlags


def mime_of_codes(cards: Sequence[CodeCard]) -> QMimeData:
    data = QMimeData()
    data.setData(MIME_CODES, "\n".join(card.row.id for card in cards).encode())
    return data


def _text(data: QMimeData, kind: str) -> str:
    return bytes(data.data(kind).data()).decode()
