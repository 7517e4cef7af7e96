"""Reading cut into pieces, so that a window can answer its user between two of them.

A generator yields between its pieces and returns what it came to; ``yield from`` joins several.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from typing import TypeAlias, TypeVar

Value = TypeVar("Value")

HANDFUL = 50
"""Rows made in one piece."""

Pieces: TypeAlias = Generator[None, None, Value]


def whole(pieces: Pieces[Value]) -> Value:
    """All of it at once."""
    while True:
        try:
            next(pieces)
        except StopIteration as end:
            found: Value = end.value
            return found


def in_handfuls(rows: Sequence[Value], size: int = HANDFUL) -> Iterator[Sequence[Value]]:
    """The rows, so many at a time."""
    return (rows[start : start + size] for start in range(0, len(rows), size))
