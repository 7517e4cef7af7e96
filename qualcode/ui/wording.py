"""How numbers are said: a count with its noun, people with their base."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualcode.core.analysis import Count


def number(count: int, noun: str, plural: str = "") -> str:
    """``1 segment``, ``1,204 segments``, ``3 people``."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def people(count: int) -> str:
    return number(count, "person", "people")


def raised(count: Count) -> str:
    """``7 of 9 asked``; what has no base is said plainly."""
    if count.asked == count.unasked:
        if count.unasked:
            return f"{count.unasked} unasked"
        return "not yet coded" if count.uncoded else "not asked"
    return f"{count.people} of {count.asked} asked"
