"""Which rows were written lately, so that an answer read before can be brought up to date instead of asked for anew."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from sqlalchemy import Table
from sqlalchemy.orm import InstrumentedAttribute

from qualcode.core.schema import Base

FEW = 200
"""Of a step that wrote more rows only the tables are kept in mind."""

_LONGEST = 64
"""So many steps back an answer can be brought up to date."""


class RowNote(NamedTuple):
    """A row that was written: its key now, and what it held before: what changed, or all when it is gone."""

    table: str
    key: tuple[Any, ...]
    was: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written between two states of a file. ``notes`` are None when there were too many rows."""

    tables: frozenset[str]
    notes: Sequence[RowNote] | None

    def touches(self, *kinds: type[Base]) -> bool:
        return any(kind.__tablename__ in self.tables for kind in kinds)

    def keys(self, kind: type[Base]) -> set[Any]:
        """The first part of the key of each row written, of those that are gone too."""
        return {note.key[0] for note in self.notes or () if note.table == kind.__tablename__}

    def held(self, attribute: InstrumentedAttribute[Any]) -> set[Any]:
        """What a column held in the rows before they were written; of a key column also what it holds now."""
        column = attribute.property.columns[0]
        table = cast("Table", column.table)
        notes = [note for note in self.notes or () if note.table == table.name]
        found = {note.was[column.name] for note in notes if column.name in note.was}
        keys = list(table.primary_key.columns)
        if column in keys:
            found |= {note.key[keys.index(column)] for note in notes}
        return found


class _Entry(NamedTuple):
    before: int
    after: int
    written: Written


class Ledger:
    """The transactions of late, in a row: each begins in the state of the file in which the one before it ended."""

    def __init__(self) -> None:
        self._entries: deque[_Entry] = deque(maxlen=_LONGEST)

    def add(self, before: int, after: int, written: Written) -> None:
        if self._entries and self._entries[-1].after != before:
            self._entries.clear()
        self._entries.append(_Entry(before, after, written))

    def since(self, then: int, now: int) -> Written | None:
        """What was written from one state to another; None when that is not known any more."""
        tables: set[str] = set()
        notes: list[RowNote] | None = []
        at = now
        for entry in reversed(self._entries):
            if at == then or entry.after != at:
                break
            at = entry.before
            tables |= entry.written.tables
            more = entry.written.notes
            notes = None if notes is None or more is None else [*more, *notes]
        return Written(frozenset(tables), notes) if at == then else None

    def forget(self) -> None:
        self._entries.clear()
