"""What a search found, interview by interview; and while it is to be coded, which of it is ticked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from qualcode.core.rows import CodeRow, SegmentRow
from qualcode.core.spans import Context
from qualcode.core.values import SegmentId, Span, TranscriptId
from qualcode.ui.mask import Mask
from qualcode.ui.models.tree import Index, Node, TreeModel
from qualcode.ui.wording import number
from qualcode.ui.workspace import Workspace

HELD = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Spot:
    """A place found. ``code`` and ``segment_id`` are those of a segment; ``note`` says what more there is about it."""

    transcript_id: TranscriptId
    span: Span
    context: Context
    person: str
    line: int
    code: CodeRow | None = None
    segment_id: SegmentId | None = None
    note: str = ""

    @property
    def key(self) -> tuple[TranscriptId, Span, SegmentId | None]:
        """What it is known by when the search is made again."""
        return self.transcript_id, self.span, self.segment_id

    @property
    def words(self) -> str:
        return " ".join(self.context.words.split())

    @property
    def where(self) -> str:
        return f"{self.person} · line {self.line}" if self.person else f"Line {self.line}"


@dataclass(frozen=True, slots=True)
class Group:
    """The places of one interview."""

    transcript_id: TranscriptId
    title: str
    spots: tuple[Spot, ...]

    @property
    def count(self) -> str:
        return number(len(self.spots), "place")


class SearchModel(TreeModel[Group | Spot]):
    """Grows while a search is under way. With ``ticking`` places can be left out by taking their tick away."""

    ticked_changed = Signal()

    def __init__(self, mask: Mask, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mask = mask
        self.ticking = False
        self._unticked: set[tuple[TranscriptId, Span, SegmentId | None]] = set()

    def show(self, groups: Sequence[Group], *, ticking: bool = False, unticked: Sequence[Spot] = ()) -> None:
        """Show these instead of what is shown; with ``ticking`` all but ``unticked`` have a tick."""
        self.beginResetModel()
        self.root.children.clear()
        self.ticking = ticking
        self._unticked = {spot.key for spot in unticked}
        for group in groups:
            self._add(group)
        self.endResetModel()

    def append(self, groups: Sequence[Group]) -> None:
        """Show these under what is shown."""
        if groups:
            first = len(self.root.children)
            self.beginInsertRows(QModelIndex(), first, first + len(groups) - 1)
            for group in groups:
                self._add(group)
            self.endInsertRows()

    @property
    def in_lines(self) -> bool:
        """Whether every place has a line of its own, all of one height: places of words, not passages to be read."""
        first = next(self._places(), None)
        return not self.ticking and first is not None and not is_passage(first.held)

    def groups(self) -> list[Group]:
        return [node.held for node in self.root.children if isinstance(node.held, Group)]

    def spots(self) -> list[Spot]:
        """All places shown, from top to bottom."""
        return [node.held for node in self._places()]  # type: ignore[misc]

    def ticked(self) -> list[Spot]:
        return [spot for spot in self.spots() if spot.key not in self._unticked]

    def index_at(self, spot: Spot) -> QModelIndex:
        """Where a place is shown, or no index."""
        for node in self._places():
            if isinstance(node.held, Spot) and node.held.key == spot.key:
                return self.index_of(node)
        return QModelIndex()

    def tick(self, index: Index) -> None:
        """Tick a place or take its tick away; of an interview, that of all its places."""
        node = self.node(index)
        nodes = node.children or [node]
        spots = [n.held for n in nodes if isinstance(n.held, Spot)]
        keys = {spot.key for spot in spots}
        self._unticked = self._unticked - keys if keys <= self._unticked else self._unticked | keys
        self.dataChanged.emit(self.index_of(nodes[0]), self.index_of(nodes[-1]))
        self.ticked_changed.emit()

    # --- QAbstractItemModel ---

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        held = self.shown(index)
        if role == HELD:
            return held
        if role == Qt.ItemDataRole.CheckStateRole and self.ticking and isinstance(held, Spot):
            return Qt.CheckState.Unchecked if held.key in self._unticked else Qt.CheckState.Checked
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _said(held)
        return None

    def shown(self, index: Index) -> Group | Spot | None:
        """What an index holds, in the words that are shown."""
        held, mask = self.held(index), self._mask
        if isinstance(held, Group):
            return replace(held, title=mask.words(held.title))
        if isinstance(held, Spot):
            context = mask.context(held.transcript_id, held.span, held.context)
            code = mask.row(held.code) if held.code is not None else None
            return replace(held, context=context, code=code, person=mask.words(held.person), note=mask.words(held.note))
        return None

    # --- within ---

    def _add(self, group: Group) -> None:
        node = self.root.add(group)
        for spot in group.spots:
            node.add(spot)

    def _places(self) -> Iterator[Node[Group | Spot]]:
        return (spot for group in self.root.children for spot in group.children)


class SegmentShelf:
    """The segments of many interviews as values for a worker, those of each read once until they are forgotten."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.known: dict[TranscriptId, list[SegmentRow]] = {}
        """Those read so far; another dictionary once they were forgotten, so that nobody's becomes empty."""

    def read(self, transcript_ids: Sequence[TranscriptId]) -> None:
        """Read what is missing of these."""
        for transcript_id in transcript_ids:
            if transcript_id not in self.known:
                self.known[transcript_id] = self._workspace.project.coding.of_transcript(transcript_id)

    def forget(self) -> None:
        """Drop what was read."""
        self.known = {}


def is_passage(held: Group | Spot | None) -> bool:
    """Whether the words are what matters, rather than the place of some in a line."""
    return isinstance(held, Spot) and held.segment_id is not None


def _said(held: Group | Spot | None) -> str:
    if isinstance(held, Group):
        return f"{held.title}, {held.count}"
    if isinstance(held, Spot):
        code = f"{held.code.name}: " if held.code else ""
        around = f"{held.context.before}{held.context.words}{held.context.after}" if not held.code else held.words
        return ". ".join(part for part in (f"{code}{around}", held.where, held.note) if part)
    return ""
