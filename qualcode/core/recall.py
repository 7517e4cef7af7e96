"""What was read last, for as long as it is true.

Every stage asks for the interviews and for who is heard under which code. In a project of a thousand interviews each of
these takes a tenth of a second to read. Nothing but this connection can change the file, and the journal knows which
rows it wrote; so an answer says which tables it was read from, and how it follows when some of their rows are others.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from qualcode.core import store
from qualcode.core.journal import Journal
from qualcode.core.schema import Base
from qualcode.core.written import Written

Value = TypeVar("Value")

_known: WeakKeyDictionary[Journal, dict[str, tuple[int, Any]]] = WeakKeyDictionary()


def recall(
    journal: Journal,
    what: str,
    of: Collection[type[Base]],
    read: Callable[[], Value],
    follow: Callable[[Value, Written], Value | None] = lambda _kept, _written: None,
) -> Value:
    """What ``read`` gives, or gave when it was last asked under this name and the tables ``of`` held the same.

    Where some of their rows are others, ``follow`` makes of what was kept what ``read`` would give now; None when it
    cannot. The value is shared: nobody may change it, ``follow`` neither. Within a step nothing is kept, for a step may
    be rolled back.
    """
    state = store.state(journal.connection)
    if state is None:
        return read()
    kept = _known.setdefault(journal, {})
    value = _brought_up(journal, kept[what], of, follow) if what in kept else None
    if value is None:
        value = read()
    kept[what] = state, value
    return value


def _brought_up(
    journal: Journal,
    known: tuple[int, Value],
    of: Collection[type[Base]],
    follow: Callable[[Value, Written], Value | None],
) -> Value | None:
    state, value = known
    written = journal.written_since(state)
    if written is None:
        return None
    if not written.touches(*of):
        return value
    return follow(value, written) if written.notes is not None else None
