"""The project file: one SQLite database, made, opened, refused, checked, copied and brought up to date here.

Everything that is SQLite's own way stands here, in :mod:`qualcode.core.row_changes` (what undo stands on) and in
:mod:`qualcode.core.word_index`. The connection commits nothing by itself (``isolation_level=None``): a step says BEGIN
and COMMIT, and between steps ``query_only`` refuses every write.
"""

from __future__ import annotations

import glob
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    FromClause,
    Integer,
    create_engine,
    event,
    literal_column,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from qualcode.core import row_changes, schema, word_index
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
    """Write a compact copy of the project to ``target`` and check it; nothing of what was deleted is in it.

    Raises UserError; leaves nothing half done.
    """
    if target.exists():
        raise UserError(f"{target.name} is there already. Choose another name.")
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        with _writable(store.connection):
            word_index.tidy(store.connection)
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
        word_index.tidy(connection)
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


def mend_word_index(store: Store) -> bool:
    """Hold the index of words against the texts, and make it anew where it does not fit; whether that was needed."""
    with writing(store.connection):
        sound = word_index.is_sound(store.connection)
        if not sound:
            word_index.renew(store.connection)
    return not sound


# --- opening -----------------------------------------------------------------------------------------------------


def _connect(path: Path) -> Store:
    word_index.refuse_without()
    engine = create_engine(f"sqlite:///{path}", poolclass=StaticPool, isolation_level="AUTOCOMMIT")
    event.listen(engine, "connect", _prepare)
    try:
        return Store(path, engine, engine.connect())
    except BaseException:
        engine.dispose()
        raise


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    word_index.prepare(connection)
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
    connection = store.connection
    if word_index.is_behind(connection):
        with writing(connection):
            word_index.renew(connection)
    with _writable(connection):
        row_changes.record_rows(connection, schema.recorded_tables())
        word_index.follow(connection)


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
