"""The interviews as a tree by wave, each with how far a reader is with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qualcode.core.reading import ReadingRow
from qualcode.core.rows import InterviewRow, WaveRow
from qualcode.core.values import CoderId, InterviewId, WaveId

ENTRY = Qt.ItemDataRole.UserRole
PROGRESS = Qt.ItemDataRole.UserRole + 1
"""How far: what stands at the end of the line."""
NO_WAVE = "In no wave"

Index = QModelIndex | QPersistentModelIndex


class State(StrEnum):
    UNREAD = "unread"
    BEGUN = "begun"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Entry:
    """An interview as the list shows it: ``reached`` is the share seen, 0 to 1; ``others`` read it besides."""

    interview: InterviewRow
    state: State = State.UNREAD
    reached: float = 0.0
    others: tuple[str, ...] = ()

    @property
    def progress(self) -> str:
        """unread, 38 %, read."""
        return f"{self.reached:.0%}".replace("%", " %") if self.state is State.BEGUN else self.state.value


def entries_of(
    interviews: Sequence[InterviewRow],
    readings: Sequence[ReadingRow],
    reader: CoderId,
    coders: Mapping[CoderId, str],
) -> list[Entry]:
    """Each interview with how far ``reader`` is with it, and who else has read it."""
    mine = {r.interview_id: r for r in readings if r.coder_id == reader}
    others: dict[InterviewId, list[str]] = defaultdict(list)
    for row in readings:
        if row.coder_id != reader and row.read_at is not None:
            others[row.interview_id].append(coders.get(row.coder_id, ""))
    found = []
    for interview in interviews:
        own = mine.get(interview.id)
        share = min(1.0, own.reached / max(1, interview.length)) if own else 0.0
        if own is not None and own.read_at is not None:
            state = State.READ
        else:
            state = State.BEGUN if share else State.UNREAD
        found.append(Entry(interview, state, share, tuple(others[interview.id])))
    return found


@dataclass(eq=False)
class _Wave:
    name: str
    entries: list[Entry] = field(default_factory=list)


class InterviewsModel(QAbstractItemModel):
    """Waves with their interviews; interviews alone where there are no waves. Interviews know no children."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waves: list[_Wave] = []
        self._flat = False

    # --- content ---

    def show(self, waves: Sequence[WaveRow], entries: Sequence[Entry], only: str = "") -> None:
        """Show these; with ``only``, the interviews in whose title it stands."""
        wanted = only.strip().casefold()
        shown = [e for e in entries if wanted in e.interview.title.casefold()]
        groups: dict[WaveId | None, _Wave] = {w.id: _Wave(w.name) for w in waves}
        groups[None] = _Wave(NO_WAVE)
        for entry in shown:
            groups[entry.interview.wave_id if entry.interview.wave_id in groups else None].entries.append(entry)
        self.beginResetModel()
        self._waves = [group for group in groups.values() if group.entries]
        self._flat = not waves
        self.endResetModel()

    def update(self, entry: Entry) -> None:
        """Show an interview's new state."""
        for wave in self._waves:
            for number, known in enumerate(wave.entries):
                if known.interview.id == entry.interview.id:
                    wave.entries[number] = entry
                    index = self.index_of(entry.interview.id)
                    for changed in (index, index.parent()):
                        if changed.isValid():
                            self.dataChanged.emit(changed, changed)

    def entries(self) -> list[Entry]:
        """What is shown, from top to bottom."""
        return [entry for wave in self._waves for entry in wave.entries]

    def index_of(self, interview_id: InterviewId) -> QModelIndex:
        for wave in self._waves:
            for number, entry in enumerate(wave.entries):
                if entry.interview.id == interview_id:
                    return self._at(number, None if self._flat else wave)
        return QModelIndex()

    # --- QAbstractItemModel ---

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self._at(row, self._waves[parent.row()] if parent.isValid() else None)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        wave = index.internalPointer() if index.isValid() else None
        return self._at(self._waves.index(wave), None) if wave is not None else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self._waves[0].entries if self._waves else ()) if self._flat else len(self._waves)
        if self._flat or parent.internalPointer() is not None:
            return 0
        return len(self._waves[parent.row()].entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        found = self._found(index)
        if isinstance(found, Entry):
            if role == ENTRY:
                return found
            return _of_entry(found, role)
        read = sum(entry.state is State.READ for entry in found.entries)
        if role == Qt.ItemDataRole.DisplayRole:
            return found.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{found.name}, {read} of {len(found.entries)} read"
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{read} of {len(found.entries)} read"
        if role == PROGRESS:
            return f"{read} of {len(found.entries)}"
        return None

    # --- within ---

    def _at(self, row: int, wave: _Wave | None) -> QModelIndex:
        return self.createIndex(row, 0) if wave is None else self.createIndex(row, 0, wave)

    def _found(self, index: Index) -> Entry | _Wave:
        wave = index.internalPointer()
        if wave is not None or self._flat:
            return (wave or self._waves[0]).entries[index.row()]
        return self._waves[index.row()]


def _of_entry(entry: Entry, role: int) -> Any:
    if role == Qt.ItemDataRole.DisplayRole:
        return entry.interview.title
    if role == PROGRESS:
        return entry.progress if entry.state is State.BEGUN else ""
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return f"{entry.interview.title}, {entry.progress}"
    if role == Qt.ItemDataRole.ToolTipRole:
        held = entry.interview.held_on
        facts = (held and f"{held.day} {held:%b %Y}", f"{entry.interview.word_count:,} words", _read_by(entry.others))
        return "\n".join((entry.interview.title, *(fact for fact in facts if fact)))
    return None


def _read_by(others: Sequence[str]) -> str:
    return f"Also read by {', '.join(others)}" if others else ""
