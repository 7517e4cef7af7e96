"""Identifiers that have a shape: numbers, addresses, dates, ages, in figures and as they are spoken."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from qualcode.anonymise.kinds import Kind
from qualcode.anonymise.patterns import addresses, numbers, times, whereabouts
from qualcode.anonymise.patterns.found import Found
from qualcode.core.values import Span

__all__ = ["SHAPED", "TELLING", "Found", "find", "key_of"]

_FINDERS: tuple[tuple[Kind, Callable[[str], Iterator[Found]]], ...] = (
    (Kind.EMAIL, addresses.emails),
    (Kind.URL, addresses.urls),
    (Kind.HANDLE, addresses.handles),
    (Kind.NI_NUMBER, numbers.ni_numbers),
    (Kind.NHS_NUMBER, numbers.nhs_numbers),
    (Kind.POSTCODE, whereabouts.postcodes),
    (Kind.VEHICLE, numbers.vehicles),
    (Kind.DATE, times.dates),
    (Kind.PHONE, numbers.phones),
    (Kind.AGE, times.ages),
    (Kind.ADDRESS, whereabouts.addresses),
)

TELLING = frozenset(kind for kind, _ in _FINDERS) - {Kind.DATE, Kind.AGE}
"""Kinds whose shape alone is reason enough to look, unlike dates and ages."""

SHAPED = TELLING - {Kind.ADDRESS} | {Kind.DATE, Kind.AGE}
"""Kinds that are recognised again by their key, however they are written."""


def find(text: str, kinds: frozenset[Kind] | None = None) -> tuple[Found, ...]:
    """Every pattern in ``text``, in order and without overlaps; of two that overlap the more telling one is kept.

    ``kinds`` limits the search.
    """
    taken: list[Found] = []
    for kind, finder in _FINDERS:
        if kinds is None or kind in kinds:
            for found in finder(text):
                if not any(found.span.overlaps(t.span) for t in taken):
                    taken.append(found)
    return tuple(sorted(taken, key=lambda f: f.span))


def key_of(kind: Kind, text: str) -> str:
    """The key of ``text`` if it is, as a whole, an instance of ``kind``; otherwise ``""``.

    For an age its number will do.
    """
    if kind is Kind.AGE:
        return times.age_key(text)
    for found in find(text, frozenset({kind})):
        if found.span == Span(0, len(text)):
            return found.key
    return ""
