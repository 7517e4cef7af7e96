"""Which rows were added, changed or removed, as SQLite itself notes it, and how to take that back: what undo stands on.

The notes are temporary: nothing of them is in the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Float, Table

from qualcode.core import schema
from qualcode.core.written import RowNote


def record_rows(connection: Connection, tables: Iterable[Table]) -> None:
    """Have SQLite note every row added, changed or removed, and how to take it back, in ``temp.row_change``.

    The triggers are temporary: nothing of them is in the file. They see bulk statements and cascades too
    (SQLite documentation, "Automatic Undo/Redo Using SQLite"; here rows are kept as JSON, not as statements,
    so that many can be replayed by one prepared statement).
    """
    run = connection.exec_driver_sql
    run(
        "CREATE TEMP TABLE row_change (seq INTEGER PRIMARY KEY AUTOINCREMENT, tbl TEXT NOT NULL, act TEXT NOT NULL,"
        " key TEXT NOT NULL, old TEXT)"
    )
    for table in tables:
        name, columns = table.name, list(table.columns)
        old = ", ".join(_kept(table, c.name) for c in columns)
        differs = " OR ".join(f'OLD."{c.name}" IS NOT NEW."{c.name}"' for c in columns)
        parts = " || ".join(
            f'CASE WHEN OLD."{c.name}" IS NOT NEW."{c.name}" THEN \',"{c.name}":\' || '
            f"json_quote({_kept(table, c.name)}) ELSE '' END"
            for c in columns
        )
        note = "INSERT INTO row_change (tbl, act, key, old) VALUES"
        run(
            f"CREATE TEMP TRIGGER added_{name} AFTER INSERT ON main.{name} BEGIN "
            f"{note} ('{name}', 'added', {_key_of(table, 'NEW')}, NULL); END"
        )
        run(
            f"CREATE TEMP TRIGGER changed_{name} AFTER UPDATE ON main.{name} WHEN {differs} BEGIN "
            f"{note} ('{name}', 'changed', {_key_of(table, 'NEW')}, '{{' || substr({parts}, 2) || '}}'); END"
        )
        run(
            f"CREATE TEMP TRIGGER removed_{name} AFTER DELETE ON main.{name} BEGIN "
            f"{note} ('{name}', 'removed', {_key_of(table, 'OLD')}, json_array({old})); END"
        )


def last_change(connection: Connection) -> int:
    found: int = connection.exec_driver_sql("SELECT coalesce(max(seq), 0) FROM temp.row_change").scalar_one()
    return found


def changed_rows(connection: Connection, after: int, upto: int) -> dict[str, frozenset[str]]:
    """The keys of the rows touched by the changes numbered ``after`` + 1 to ``upto``, by table."""
    found = connection.exec_driver_sql(
        "SELECT DISTINCT tbl, json_extract(key, '$[0]') FROM temp.row_change WHERE seq > ? AND seq <= ? ORDER BY tbl",
        (after, upto),
    )
    return {table: frozenset(str(key) for _, key in rows) for table, rows in groupby(found, key=itemgetter(0))}


def row_notes(connection: Connection, after: int, upto: int, at_most: int) -> list[RowNote] | None:
    """What was noted of each of the changes numbered ``after`` + 1 to ``upto``, in order; None when they are more."""
    notes = connection.exec_driver_sql(
        "SELECT tbl, act, key, old FROM temp.row_change WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?",
        (after, upto, at_most + 1),
    ).all()
    if len(notes) > at_most:
        return None
    keys, olds = _parsed(note.key for note in notes), _parsed(note.old or "null" for note in notes)
    return [
        RowNote(note.tbl, tuple(key), _named(note.tbl, note.act, old))
        for note, key, old in zip(notes, keys, olds, strict=True)
    ]


def take_back(connection: Connection, after: int, upto: int) -> None:
    """Undo the changes numbered ``after`` + 1 to ``upto``, last first, and forget them; taking back is recorded too."""
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    changes = connection.exec_driver_sql(
        "SELECT tbl, act, key, old FROM temp.row_change WHERE seq > ? AND seq <= ? ORDER BY seq DESC", (after, upto)
    ).all()
    for (name, act), run in groupby(changes, key=itemgetter(0, 1)):
        table, noted = schema.Base.metadata.tables[name], list(run)
        keys, olds = _parsed(c.key for c in noted), _parsed(c.old or "null" for c in noted)
        for statement, rows in _replies(table, act, keys, olds):
            connection.exec_driver_sql(statement, rows)
    forget_changes(connection, after, upto)


def forget_changes(connection: Connection, after: int, upto: int) -> None:
    """Drop the recorded changes numbered ``after`` + 1 to ``upto``; call within :func:`writing`."""
    connection.exec_driver_sql("DELETE FROM temp.row_change WHERE seq > ? AND seq <= ?", (after, upto))


def _parsed(notes: Iterable[str]) -> list[Any]:
    """What several JSON texts hold; parsing them as one is several times faster."""
    parsed: list[Any] = json.loads(f"[{','.join(notes)}]")
    return parsed


def _named(table: str, act: str, old: Any) -> Mapping[str, Any]:
    """What a note says a row held, by column."""
    if act == "removed":
        return dict(zip(schema.Base.metadata.tables[table].columns.keys(), old, strict=True))
    return old or {}


def _replies(
    table: Table, act: str, keys: Sequence[Sequence[Any]], olds: Sequence[Any]
) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """The statements that take row changes of one table and kind back, in their order, each with its rows of values."""
    where = " AND ".join(f'"{c.name}" = ?' for c in table.primary_key.columns)
    if act == "added":
        yield f"DELETE FROM {table.name} WHERE {where}", [tuple(key) for key in keys]
    elif act == "removed":
        names = ", ".join(f'"{c.name}"' for c in table.columns)
        marks = ", ".join("?" * len(table.columns))
        yield f"INSERT INTO {table.name} ({names}) VALUES ({marks})", [tuple(old) for old in olds]
    else:
        for columns, run in groupby(zip(keys, olds, strict=True), key=lambda change: tuple(change[1])):
            sets = ", ".join(f'"{column}" = ?' for column in columns)
            values = [(*old.values(), *key) for key, old in run]
            yield f"UPDATE {table.name} SET {sets} WHERE {where}", values


def _kept(table: Table, column: str) -> str:
    """An old value as JSON keeps it whole: floats as text with all their digits, which the column turns back."""
    if isinstance(table.columns[column].type, Float):
        return f'CASE WHEN OLD."{column}" IS NULL THEN NULL ELSE printf(\'%!.17g\', OLD."{column}") END'
    return f'OLD."{column}"'


def _key_of(table: Table, row: str) -> str:
    return "json_array(" + ", ".join(f'{row}."{c.name}"' for c in table.primary_key.columns) + ")"
