"""The project file: one SQLite database, made, opened, refused, checked, copied and brought up to date here.

Everything that is SQLite's own way stands in this module. The connection commits nothing by itself
(``isolation_level=None``): a step says BEGIN and COMMIT, and between steps ``query_only`` refuses every write.
"""

from __future__ import annotations

import glob
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Float,
    FromClause,
    Integer,
    Table,
    create_engine,
    event,
    literal_column,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from qualcode.core import schema
from qualcode.errors import ProjectRefused, UserError

SUFFIX = ".qualcode"
APPLICATION_ID = 0x51434F44
"""``QCOD``; written into the file's header, so that it can be told from any other SQLite database."""

REVISIONS = ("0001",)
"""The schema's history, oldest first; each is a file in ``migrations/versions``."""

_SQLITE_HEADER = b"SQLite format 3\x00"
_CHECK = "PRAGMA quick_check(1)"


_held: set[Path] = set()
"""The files this process has open. None of them may be opened a second time, not even to read its header: POSIX drops
all locks that a process has on a file when it closes any handle of it."""


@dataclass
class Store:
    """An open project file, held by this process alone until :meth:`close`."""

    path: Path
    engine: Engine
    connection: Connection

    def __post_init__(self) -> None:
        _held.add(self.path.resolve())

    def close(self) -> None:
        self.connection.close()
        self.engine.dispose()
        _held.discard(self.path.resolve())


def create(path: Path) -> Store:
    """Make a new, empty project file. Raises UserError if ``path`` exists or cannot be written."""
    if path.exists():
        raise UserError(f"{path.name} is there already. Choose another name or open it.")
    if not path.parent.is_dir():
        raise UserError(f"The folder {path.parent} does not exist.")
    store = None
    try:
        store = _connect(path)
        with writing(store.connection):
            run = store.connection.exec_driver_sql
            run(f"PRAGMA application_id={APPLICATION_ID}")
            schema.Base.metadata.create_all(store.connection)
            run("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
            run("INSERT INTO alembic_version VALUES (?)", (REVISIONS[-1],))
        _ready(store)
    except BaseException as error:
        if store is not None:
            store.close()
            path.unlink(missing_ok=True)
        if isinstance(error, DBAPIError):
            raise UserError(f"{path.name} cannot be written in {path.parent}. Choose another folder.") from error
        raise
    return store


def open_file(path: Path, *, checked: bool = False) -> Store:
    """Open a project file for this process alone, bringing an older one up to date after a backup.

    ``checked``: :func:`check` has just looked it through. Raises ProjectRefused, with a sentence, for a file that is
    missing, not a project, from a newer version, damaged, read-only or open elsewhere.
    """
    _refuse_unopened(path)
    store = None
    try:
        store = _connect(path)
        if not checked:
            _check(store)
        revision = _revision(store)
        if revision not in REVISIONS:
            raise ProjectRefused(f"{path.name} was made by a newer version of QualCode. Update QualCode to open it.")
        if revision != REVISIONS[-1]:
            _bring_up_to_date(store, revision)
        _ready(store)
    except BaseException as error:
        if store is not None:
            store.close()
        if isinstance(error, DBAPIError):
            raise _refusal(path, str(error.orig)) from error
        raise
    return store


def check(path: Path) -> None:
    """Look a project file through that is not open, on any thread: all of it is read, which takes its time.

    Raises ProjectRefused as :func:`open_file` does.
    """
    _refuse_unopened(path)
    connection = sqlite3.connect(path, timeout=0)
    try:
        found = connection.execute(_CHECK).fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise _refusal(path, str(error)) from error
    finally:
        connection.close()
    if found != "ok":
        raise _damaged(path)


def save_copy(store: Store, target: Path) -> None:
    """Write a compact copy of the project to ``target`` and check it. Raises UserError; leaves nothing half done."""
    if target.exists():
        raise UserError(f"{target.name} is there already. Choose another name.")
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        with _writable(store.connection):
            store.connection.exec_driver_sql("VACUUM INTO ?", (str(part),))
        copy = _connect(part)
        try:
            _check(copy)
        finally:
            copy.close()
        part.rename(target)
    except (DBAPIError, OSError) as error:
        raise UserError(f"The copy could not be written to {target.parent}. Check the space left there.") from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def writing(connection: Connection) -> Iterator[None]:
    """One transaction in which writes are allowed: all of it is on disk when it ends, or none of it."""
    with _writable(connection):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            yield
            connection.exec_driver_sql("COMMIT")
        except BaseException as error:
            if connection.connection.driver_connection.in_transaction:  # type: ignore[union-attr]
                connection.exec_driver_sql("ROLLBACK")
            if isinstance(error, DBAPIError) and _is_full(error):
                raise UserError("The disk is full. Nothing was changed; free some space and try again.") from error
            raise


def state(connection: Connection) -> int | None:
    """A number that is another one after anything was written; None while a step is open, which may be rolled back."""
    driver: Any = connection.connection.driver_connection
    return None if driver.in_transaction else int(driver.total_changes)


def last_added(table: FromClause) -> ColumnElement[int]:
    """The order in which the row added last comes first; no index is needed, nor are all rows looked at."""
    return literal_column(f"{table.name}.rowid", Integer).desc()  # type: ignore[attr-defined]


def compact(connection: Connection) -> None:
    """Write the file anew without its free pages, so that nothing of deleted rows is left in it or in its journal.

    SQLite keeps the rollback journal of a file it holds exclusively; it is cut to nothing after this.
    """
    with _writable(connection):
        connection.exec_driver_sql("PRAGMA journal_size_limit=0")
        connection.exec_driver_sql("VACUUM")
        connection.exec_driver_sql("PRAGMA journal_size_limit=-1")


def copies_beside(connection: Connection) -> list[Path]:
    """Other project files in the folder whose names begin as this one's: copies and backups of it."""
    path = Path(str(connection.engine.url.database))
    found = sorted(path.parent.glob(f"{glob.escape(path.stem)}*{SUFFIX}"))
    return [other for other in found if other.name != path.name]


def dangling(store: Store) -> list[str]:
    """The tables with a row that refers to one that is not there; none in a sound file."""
    rows = store.connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return sorted({row[0] for row in rows})


# --- opening -----------------------------------------------------------------------------------------------------


def _connect(path: Path) -> Store:
    engine = create_engine(f"sqlite:///{path}", poolclass=StaticPool, isolation_level="AUTOCOMMIT")
    event.listen(engine, "connect", _prepare)
    try:
        return Store(path, engine, engine.connect())
    except BaseException:
        engine.dispose()
        raise


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    run = connection.execute
    run("PRAGMA busy_timeout=0")
    run("PRAGMA locking_mode=EXCLUSIVE")
    run("PRAGMA journal_mode=DELETE")
    run("PRAGMA synchronous=FULL")
    run("PRAGMA foreign_keys=ON")
    run("PRAGMA temp_store=MEMORY")
    run("PRAGMA cache_size=-32768")  # KiB; of a large project most that is counted and shown then stays in memory
    run("BEGIN EXCLUSIVE")
    run("COMMIT")


def _refuse_unopened(path: Path) -> None:
    """Refuse what can be seen to be wrong without opening it as a database."""
    if path.resolve() in _held:
        raise _open_elsewhere(path)
    if not path.is_file():
        raise ProjectRefused(f"There is no file {path.name} in {path.parent}.")
    with path.open("rb") as file:
        header = file.read(100)
    if header[:16] != _SQLITE_HEADER or int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise ProjectRefused(f"{path.name} is not a QualCode project.")
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise ProjectRefused(f"{path.name} is read-only. Copy it to a folder of your own and open the copy.")


def _refusal(path: Path, words: str) -> ProjectRefused:
    what = words.lower()
    if "locked" in what:
        return _open_elsewhere(path)
    if "readonly" in what or "unable to open" in what:
        return ProjectRefused(f"{path.name} is read-only. Copy it to a folder of your own and open the copy.")
    return _damaged(path)


def _open_elsewhere(path: Path) -> ProjectRefused:
    return ProjectRefused(f"{path.name} is already open in another window or program. Close it there first.")


def _damaged(path: Path) -> ProjectRefused:
    return ProjectRefused(f"{path.name} is damaged and was left as it is. Open the latest backup or copy instead.")


def _check(store: Store) -> None:
    found = store.connection.exec_driver_sql(_CHECK).scalar()
    if found != "ok":
        raise _damaged(store.path)


def _revision(store: Store) -> str | None:
    found: str | None = store.connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return found


def _ready(store: Store) -> None:
    with _writable(store.connection):
        record_rows(store.connection, schema.recorded_tables())


@contextmanager
def _writable(connection: Connection) -> Iterator[None]:
    connection.exec_driver_sql("PRAGMA query_only=OFF")
    try:
        yield
    finally:
        connection.exec_driver_sql("PRAGMA query_only=ON")


def _is_full(error: DBAPIError) -> bool:
    return "full" in str(error.orig).lower()


# --- migrating ---------------------------------------------------------------------------------------------------


def _bring_up_to_date(store: Store, revision: str) -> None:
    """Back up, then migrate in one transaction with foreign keys off, then check that none dangles.

    With them on, a batch migration that copies a table over would delete everything that refers to it.
    """
    from qualcode.core.migrations import upgrade

    _back_up(store, revision)
    run = store.connection.exec_driver_sql
    run("PRAGMA foreign_keys=OFF")
    with writing(store.connection):
        upgrade(store.connection)
        if run("PRAGMA foreign_key_check").first() is not None:
            raise _damaged(store.path)
    run("PRAGMA foreign_keys=ON")


def _back_up(store: Store, revision: str) -> None:
    backup = store.path.with_name(f"{store.path.stem} before update from {revision}{SUFFIX}")
    if not backup.exists():
        save_copy(store, backup)


# --- recording rows for undo -------------------------------------------------------------------------------------


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
