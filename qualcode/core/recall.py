"""What was read last, for as long as nothing has been written since.

Every stage asks for the interviews and for who is heard under which code. In a project of a thousand interviews each of
these takes a tenth of a second to read, and nothing but this connection can change the file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from qualcode.core import store
from qualcode.core.journal import Journal

Value = TypeVar("Value")

_known: WeakKeyDictionary[Journal, tuple[int, dict[str, Any]]] = WeakKeyDictionary()


def recall(journal: Journal, what: str, read: Callable[[], Value]) -> Value:
    """What ``read`` gives, or gave when it was last asked under this name in the same state of the file.

    The value is shared: nobody may change it. Within a step nothing is kept, for a step may be rolled back.
    """
    state = store.state(journal.connection)
    if state is None:
        return read()
    if journal not in _known or _known[journal][0] != state:
        _known[journal] = state, {}
    kept = _known[journal][1]
    if what not in kept:
        kept[what] = read()
    found: Value = kept[what]
    return found
