"""The one door for writes: a step is the transaction, the undo entry, the line in the log and the one notice of change.

Which rows a step touched is recorded by the database itself (:func:`qualcode.core.row_changes.record_rows`), so that no
operation writes its own inverse and bulk statements and cascades are undone like everything else. Why so, with
measurements: ``docs/journal.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, Executable, insert

from qualcode.core import row_changes, store
from qualcode.core.schema import Activity
from qualcode.core.values import Change, CoderId
from qualcode.core.written import FEW, Ledger, RowNote, Written

Listener = Callable[[Change], None]
_LINE = insert(Activity)
Rows = dict[str, frozenset[str]]
"""The keys of rows by table."""


@dataclass
class _Entry:
    """An act that can be taken back: the changes numbered ``cuts[0]`` + 1 to ``cuts[-1]``, a step from cut to cut."""

    label: str
    cuts: list[int]
    group: str | None = None

    @property
    def steps(self) -> int:
        return len(self.cuts) - 1

    @property
    def size(self) -> int:
        return self.cuts[-1] - self.cuts[0]

    def split(self, at_most: int) -> tuple[list[int], list[int]]:
        """The cuts without its last steps, and of these: as many as ``at_most`` changes hold, but one at least."""
        first = self.steps - 1
        while first and self.cuts[-1] - self.cuts[first - 1] <= at_most:
            first -= 1
        return self.cuts[: first + 1], self.cuts[first:]


@dataclass
class _Writing:
    """What the open transaction has written, as far as it was looked at; ``notes`` None for too many rows."""

    tables: set[str] = field(default_factory=set)
    notes: list[RowNote] | None = field(default_factory=list)

    def add(self, rows: Rows, notes: list[RowNote] | None) -> None:
        self.tables.update(rows)
        self.notes = None if self.notes is None or notes is None else self.notes + notes


class Journal:
    """Steps, undo and redo over one open project file.

    A step inside a step joins it. An error rolls all of it back. Steps that follow one another with the same
    ``group`` are each on disk by themselves but undone together, at once or piece by piece.
    """

    def __init__(self, connection: Connection, coder_id: CoderId | None = None) -> None:
        self._connection = connection
        self._undo: list[_Entry] = []
        self._redo: list[_Entry] = []
        self._writing: _Writing | None = None
        self._ledger = Ledger()
        self._detail: dict[str, Any] = {}
        self._listeners: list[Listener] = []
        self.coder_id = coder_id

    @property
    def connection(self) -> Connection:
        """For what concerns the whole file; rows are read and written by the methods below."""
        return self._connection

    # --- reading and writing ---

    def read(self, statement: Executable, **values: Any) -> Sequence[Any]:
        """The rows a select finds, each to be taken apart by column name; ``values`` are those of its parameters."""
        return self._connection.execute(statement, values).all()

    def write(self, statement: Executable, rows: Sequence[Mapping[str, Any]] | None = None) -> None:
        """Run an insert, update or delete inside the open step; with ``rows``, once for each of them."""
        if self._writing is None:
            raise RuntimeError("a write outside a step")
        if rows is None:
            self._connection.execute(statement)
        elif rows:
            self._connection.execute(statement, list(rows))

    def written_since(self, state: int) -> Written | None:
        """What was written since the file was in a state (:func:`store.state`); None when that is not known any more.

        Call between steps.
        """
        now = store.state(self._connection)
        return None if now is None else self._ledger.since(state, now)

    # --- steps ---

    @contextmanager
    def step(self, label: str, *, group: str | None = None, detail: Mapping[str, Any] | None = None) -> Iterator[None]:
        """Everything written within is one act, named ``label`` as the menu will say it: "Merge codes".

        ``detail`` goes into the activity log with it.
        """
        if self._writing is not None:
            self._detail.update(detail or {})
            yield
            return
        self._detail = dict(detail or {})
        with self._transaction():
            after = row_changes.last_change(self._connection)
            yield
            upto = row_changes.last_change(self._connection)
            rows = self._look(after, upto)
            if rows or self._detail:
                self._log("did", label, rows, self._detail)
            if rows:
                self._forget(self._redo)
        if rows:
            self._redo.clear()
            self._push(_Entry(label, [after, upto], group))
            self._notify(Change(label, "did", rows))

    @contextmanager
    def keeping(self, label: str = "") -> Iterator[None]:
        """Write what is kept but is no act to take back: how far a reader has come.

        It is on disk when this ends, undo and redo pass over it and stay as they were, and nobody is told. With a
        ``label`` it is a line in the log. Within a step that fails it is rolled back with it. A row that is added
        here must never be added by a step, or redo would meet it there; it may go with the row it hangs on, and comes
        back with that one, as it was last.
        """
        if self._writing is not None:
            yield from self._passed_over(label)
            return
        with self._transaction():
            yield from self._passed_over(label)

    def undo(self) -> Change:
        """Take the last act back, in one transaction. Raises IndexError when there is none."""
        return next(self.undoing(self._undo[-1].size))

    def redo(self) -> Change:
        """Do again what was last undone, in one transaction. Raises IndexError when there is nothing."""
        return next(self.redoing(self._redo[-1].size))

    def undoing(self, at_most: int) -> Iterator[Change]:
        """Take the last act back a piece at a time: whole steps of it, of ``at_most`` row changes where they are small.

        Each piece is on disk and told of when it comes. Whoever stops between two of them has undone what came, and
        undo and redo go on from there; if another act comes between, the rest of this one stays.
        """
        return self._pieces(self._undo, self._redo, "undid", at_most)

    def redoing(self, at_most: int) -> Iterator[Change]:
        """Do again what was last undone, a piece at a time like :meth:`undoing`."""
        return self._pieces(self._redo, self._undo, "redid", at_most)

    @property
    def undo_label(self) -> str | None:
        """What undo would take back, or None."""
        return self._undo[-1].label if self._undo else None

    @property
    def redo_label(self) -> str | None:
        return self._redo[-1].label if self._redo else None

    def forget(self) -> None:
        """Drop all steps, for what must not come back (a person who withdrew for good)."""
        with store.writing(self._connection):
            self._forget(self._undo + self._redo)
        self._undo.clear()
        self._redo.clear()
        self._ledger.forget()

    def on_change(self, listener: Listener) -> Callable[[], None]:
        """Have ``listener`` told once after each step, undo and redo; the returned call ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    # --- within ---

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """What is written within is on disk when this ends, or nothing of it is; the ledger keeps what it was."""
        before = store.state(self._connection)
        self._writing = written = _Writing()
        try:
            with store.writing(self._connection):
                yield
        except BaseException:
            written = _Writing()
            raise
        finally:
            self._writing = None
            after = store.state(self._connection)
            if before is not None and after is not None:
                self._ledger.add(before, after, Written(frozenset(written.tables), written.notes))

    def _look(self, after: int, upto: int) -> Rows:
        """The rows touched by the changes numbered ``after`` + 1 to ``upto``."""
        assert self._writing is not None
        notes = row_changes.row_notes(self._connection, after, upto, FEW)
        rows = row_changes.changed_rows(self._connection, after, upto) if notes is None else _rows_of(notes)
        self._writing.add(rows, notes)
        return rows

    def _push(self, entry: _Entry) -> None:
        last = self._undo[-1] if self._undo else None
        if last and entry.group is not None and last.group == entry.group:
            last.cuts.append(entry.cuts[-1])
        else:
            self._undo.append(entry)

    def _passed_over(self, label: str) -> Iterator[None]:
        """What is written meanwhile leaves no record to replay."""
        after = row_changes.last_change(self._connection)
        yield
        upto = row_changes.last_change(self._connection)
        rows = self._look(after, upto)
        if label:
            self._log("did", label, rows, {})
        row_changes.forget_changes(self._connection, after, upto)

    def _forget(self, entries: Sequence[_Entry]) -> None:
        for entry in entries:
            row_changes.forget_changes(self._connection, entry.cuts[0], entry.cuts[-1])

    def _pieces(self, source: list[_Entry], target: list[_Entry], verb: str, at_most: int) -> Iterator[Change]:
        entry, twin = source[-1], _Entry(source[-1].label, [])
        while source and source[-1] is entry:
            left, piece = entry.split(at_most)
            rows, noted = self._replay(entry.label, piece, verb)
            if not twin.cuts:
                target.append(twin)
            entry.cuts, twin.cuts = left, [*(twin.cuts or noted[:1]), *noted[1:]]
            if not entry.steps:
                source.pop()
            change = Change(entry.label, verb, rows, len(piece) - 1, entry.steps)
            self._notify(change)
            yield change

    def _replay(self, label: str, cuts: Sequence[int], verb: str) -> tuple[Rows, list[int]]:
        """Take back the steps between the cuts, last first; the rows touched, and the cuts around what it wrote."""
        if self._writing is not None:
            raise RuntimeError("undo within a step")
        with self._transaction():
            noted = [row_changes.last_change(self._connection)]
            for after, upto in reversed(list(pairwise(cuts))):
                row_changes.take_back(self._connection, after, upto)
                noted.append(row_changes.last_change(self._connection))
            rows = self._look(noted[0], noted[-1])
            self._log(verb, label, rows, {})
        return rows, noted

    def _log(self, verb: str, label: str, rows: Mapping[str, frozenset[str]], detail: Mapping[str, Any]) -> None:
        told = {**detail, "rows": {table: len(keys) for table, keys in rows.items()}}
        line = {"coder_id": self.coder_id, "verb": verb, "label": label, "detail": told}
        self._connection.execute(_LINE, line)

    def _notify(self, change: Change) -> None:
        for listener in tuple(self._listeners):
            listener(change)


def _rows_of(notes: Sequence[RowNote]) -> Rows:
    tables = sorted({note.table for note in notes})
    return {table: frozenset(str(note.key[0]) for note in notes if note.table == table) for table in tables}
