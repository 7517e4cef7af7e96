"""The one door for writes: a step is the transaction, the undo entry, the line in the log and the one notice of change.

Which rows a step touched is recorded by the database itself (:func:`qualcode.core.store.record_rows`), so that no
operation writes its own inverse and bulk statements and cascades are undone like everything else. Why so, with
measurements: ``docs/journal.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Executable, insert

from qualcode.core import store
from qualcode.core.schema import Activity
from qualcode.core.values import Change, CoderId

Listener = Callable[[Change], None]


@dataclass
class _Entry:
    """A step that can be taken back: its label and the changes numbered ``after`` + 1 to ``upto``."""

    label: str
    after: int
    upto: int
    group: str | None


class Journal:
    """Steps, undo and redo over one open project file.

    A step inside a step joins it. An error rolls all of it back. Steps that follow one another with the same
    ``group`` are each on disk by themselves but undone together.
    """

    def __init__(self, connection: Connection, coder_id: CoderId | None = None) -> None:
        self._connection = connection
        self._undo: list[_Entry] = []
        self._redo: list[_Entry] = []
        self._open = False
        self._detail: dict[str, Any] = {}
        self._listeners: list[Listener] = []
        self.coder_id = coder_id

    @property
    def connection(self) -> Connection:
        """For what concerns the whole file; rows are read and written by the methods below."""
        return self._connection

    # --- reading and writing ---

    def read(self, statement: Executable) -> Sequence[Any]:
        """The rows a select finds, each to be taken apart by column name."""
        return self._connection.execute(statement).all()

    def write(self, statement: Executable, rows: Sequence[Mapping[str, Any]] | None = None) -> None:
        """Run an insert, update or delete inside the open step; with ``rows``, once for each of them."""
        if not self._open:
            raise RuntimeError("a write outside a step")
        if rows is None:
            self._connection.execute(statement)
        elif rows:
            self._connection.execute(statement, list(rows))

    # --- steps ---

    @contextmanager
    def step(self, label: str, *, group: str | None = None, detail: Mapping[str, Any] | None = None) -> Iterator[None]:
        """Everything written within is one act, named ``label`` as the menu will say it: "Merge codes".

        ``detail`` goes into the activity log with it.
        """
        if self._open:
            self._detail.update(detail or {})
            yield
            return
        self._open, self._detail = True, dict(detail or {})
        try:
            with store.writing(self._connection):
                after = store.last_change(self._connection)
                yield
                upto = store.last_change(self._connection)
                rows = store.changed_rows(self._connection, after, upto)
                if rows or self._detail:
                    self._log("did", label, rows, self._detail)
                if rows:
                    self._forget(self._redo)
        finally:
            self._open = False
        if rows:
            self._redo.clear()
            self._push(_Entry(label, after, upto, group))
            self._notify(Change(label, "did", rows))

    @contextmanager
    def keeping(self, label: str = "") -> Iterator[None]:
        """Write what is kept but is no act to take back: how far a reader has come.

        It is on disk when this ends, undo and redo pass over it and stay as they were, and nobody is told. With a
        ``label`` it is a line in the log. Within a step that fails it is rolled back with it. A row that is added
        here must never be added by a step, or redo would meet it there; it may go with the row it hangs on, and comes
        back with that one, as it was last.
        """
        if self._open:
            yield from self._passed_over(label)
            return
        self._open = True
        try:
            with store.writing(self._connection):
                yield from self._passed_over(label)
        finally:
            self._open = False

    def undo(self) -> Change:
        """Take the last step back. Raises IndexError when there is none."""
        return self._replay(self._undo, self._redo, "undid")

    def redo(self) -> Change:
        """Do again what was last undone. Raises IndexError when there is nothing."""
        return self._replay(self._redo, self._undo, "redid")

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

    def on_change(self, listener: Listener) -> Callable[[], None]:
        """Have ``listener`` told once after each step, undo and redo; the returned call ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    # --- within ---

    def _push(self, entry: _Entry) -> None:
        last = self._undo[-1] if self._undo else None
        if last and entry.group is not None and last.group == entry.group:
            last.upto = entry.upto
        else:
            self._undo.append(entry)

    def _passed_over(self, label: str) -> Iterator[None]:
        """What is written meanwhile leaves no record to replay."""
        after = store.last_change(self._connection)
        yield
        upto = store.last_change(self._connection)
        if label:
            self._log("did", label, store.changed_rows(self._connection, after, upto), {})
        store.forget_changes(self._connection, after, upto)

    def _forget(self, entries: Sequence[_Entry]) -> None:
        for entry in entries:
            store.forget_changes(self._connection, entry.after, entry.upto)

    def _replay(self, source: list[_Entry], target: list[_Entry], verb: str) -> Change:
        if self._open:
            raise RuntimeError("undo within a step")
        entry = source[-1]
        with store.writing(self._connection):
            rows = store.changed_rows(self._connection, entry.after, entry.upto)
            after = store.last_change(self._connection)
            store.take_back(self._connection, entry.after, entry.upto)
            upto = store.last_change(self._connection)
            self._log(verb, entry.label, rows, {})
        source.pop()
        target.append(_Entry(entry.label, after, upto, None))
        change = Change(entry.label, verb, rows)
        self._notify(change)
        return change

    def _log(self, verb: str, label: str, rows: Mapping[str, frozenset[str]], detail: Mapping[str, Any]) -> None:
        told = {**detail, "rows": {table: len(keys) for table, keys in rows.items()}}
        line = insert(Activity).values(coder_id=self.coder_id, verb=verb, label=label, detail=told)
        self._connection.execute(line)

    def _notify(self, change: Change) -> None:
        for listener in tuple(self._listeners):
            listener(change)
