"""Where a passage begins and ends: the unit at a place, and one end moved while the other stays."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from enum import StrEnum

from qualcode.core import spans
from qualcode.core.spans import Snap
from qualcode.core.values import Span, Turn

_REACH = 2_000
"""How far, in code points, a neighbouring word or sentence is looked for."""
_JOINER = "\u200d"


class End(StrEnum):
    """One end of a passage."""

    START = "start"
    END = "end"


def unit_at(text: str, at: int, to: Snap, turns: Sequence[Turn]) -> Span | None:
    """The word, sentence or turn at a place, or the one it follows on the same line; None where there is none.

    :attr:`Snap.NONE` counts as words.
    """
    units = _units(text, at, to, turns)
    before = bisect_right(units, at, key=lambda unit: unit.start) - 1
    if before < 0 or "\n" in text[units[before].end : at]:
        return None
    return units[before]


def moved(text: str, span: Span, which: End, at: int, to: Snap, turns: Sequence[Turn]) -> Span:
    """``span`` with one end at ``at``, drawn to the unit there. The other end stays; one unit is left at least.

    A place inside a unit takes all of it in.
    """
    if to is Snap.NONE:
        return _at_least_one(span, which, at)
    if which is End.END:
        grown = spans.snap(text, Span(span.start, max(span.start + 1, at)), to, turns)
        return Span(span.start, max(span.start + 1, grown.end))
    grown = spans.snap(text, Span(min(span.end - 1, at), span.end), to, turns)
    return Span(min(span.end - 1, grown.start), span.end)


def stepped(text: str, span: Span, which: End, by: int, to: Snap, turns: Sequence[Turn]) -> Span:
    """``span`` with one end a unit further (``by`` 1) or back (-1); as it was where there is no unit to take or leave.

    :attr:`Snap.NONE` moves by one character, accents and joined signs with it.
    """
    at = span.end if which is End.END else span.start
    if to is Snap.NONE:
        return _at_least_one(span, which, _next_character(text, at, by))
    units = _units(text, at, to, turns)
    places = sorted(unit.end if which is End.END else unit.start for unit in units)
    number = bisect_right(places, at) if by > 0 else bisect_left(places, at) - 1
    if not 0 <= number < len(places):
        return span
    wanted = places[number]
    keeps_words = wanted > span.start if which is End.END else wanted < span.end
    if not keeps_words:
        return span
    return Span(span.start, wanted) if which is End.END else Span(wanted, span.end)


def _units(text: str, at: int, to: Snap, turns: Sequence[Turn]) -> list[Span]:
    """The units around a place, in order; for words and sentences those of whole lines, within reach."""
    if to is Snap.TURN:
        return [turn.span for turn in turns if len(turn.span)]
    lo = text.rfind("\n", 0, max(0, at - _REACH)) + 1
    hi = text.find("\n", min(len(text), at + _REACH))
    window = text[lo : len(text) if hi < 0 else hi]
    units = spans.sentences(window) if to is Snap.SENTENCE else spans.words(window)
    return [unit.shifted(lo) for unit in units]


def _at_least_one(span: Span, which: End, at: int) -> Span:
    if which is End.END:
        return Span(span.start, max(span.start + 1, at))
    return Span(min(span.end - 1, at), span.end)


def _next_character(text: str, at: int, by: int) -> int:
    at = min(len(text), max(0, at + by))
    while 0 < at < len(text) and (_belongs(text[at]) or text[at - 1] == _JOINER):
        at += by
    return at


def _belongs(char: str) -> bool:
    """Whether a character belongs to the one before it."""
    return char == _JOINER or unicodedata.category(char).startswith("M")
