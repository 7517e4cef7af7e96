"""Marks of time in a transcript, in the shapes that programs and typists give them, as seconds.

A mark of two numbers is minutes and seconds, of three hours, minutes and seconds; a fourth is a fraction or frames.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.core.values import Span

_CLOCK = r"(?:\d{1,2}:)?\d{1,3}:[0-5]\d(?:[.,:;\-]\d{1,3})?"
_UNITS = r"(?:\d{1,2}\s?h\s?)?\d{1,3}\s?m(?:in)?\s?\d{1,2}\s?s(?:ec)?"
_ONE = rf"(?:{_CLOCK}|{_UNITS})"
_WORD = r"(?:(?:time\s?stamp|time\s?code|time|tc|at|@|t)\s*[:=]?\s*)?"


def _range(name: str) -> str:
    return rf"\s*{_WORD}(?P<{name}>{_ONE})(?:\s*(?:-->|->|–|—|-|to|/)\s*{_ONE})?\s*"


_BRACKETED = re.compile(
    rf"\[{_range('a')}\]|#{_range('b')}#|<{_range('c')}>|\{{{_range('d')}\}}|(?P<round>\({_range('e')}\))", re.I
)
_BARE = re.compile(
    rf"(?:(?:time\s?stamp|time\s?code)\s*:?\s*)?(?P<f>{_CLOCK})(?:\s*(?:-->|–|-|to)\s*{_CLOCK})?(?![\d:])", re.I
)
_FROM_TO = re.compile(r"(?P<f>\d{1,2}:\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?)\s*-->\s*[\d:.,]+")
_SPELT_OUT = re.compile(
    r"\[?(?P<f>(?:\d{1,2} hours?,? )?"
    r"(?:\d{1,3} ?min(?:ute)?s?(?:,? (?:and )?\d{1,2} sec(?:ond)?s?)?|\d{1,2} seconds?))\]?\s*",
    re.I,
)
"""A time in words, as Teams copies it and typists set it between the turns; it says when only where nothing follows."""

_NUMBERS = re.compile(r"\d+")
_LIKELY = re.compile(r"\d[:m]\s?\d|\d\s?m(?:in)?\s?\d")
_SPELT_LIKELY = re.compile(r"\d (?:min(?:ute)?|second)s?\]?\s*$", re.I)


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of time: where it stands, the seconds it means, and whether brackets or hashes set it off from speech.

    ``spelt`` says that it is in words (``2 minutes 5 seconds``, ``[10 min]``), which are words of speech as well.
    """

    span: Span
    seconds: float
    bracketed: bool
    spelt: bool = False


def seconds_of(clock: str) -> float:
    """The seconds that ``00:12:33``, ``12:33``, ``00:12:33.4``, ``00:12:33-4`` or ``1h02m03s`` mean."""
    numbers = _NUMBERS.findall(clock)
    if " " in clock.strip() or "min" in clock.lower():
        units = re.findall(r"(\d+)\s?([hms])", clock.lower())
        return float(sum(int(number) * {"h": 3600, "m": 60, "s": 1}[unit] for number, unit in units))
    if "m" in clock.lower():
        hours = numbers.pop(0) if "h" in clock.lower() else "0"
        return int(hours) * 3600 + int(numbers[0]) * 60 + int(numbers[1])
    fraction = ""
    if (divided := re.search(r"[.,;\-](\d+)$", clock)) or len(numbers) > 3:
        last = numbers.pop()
        fraction = last if divided else ""
    hours, minutes, seconds = (["0", *numbers] if len(numbers) == 2 else numbers)[-3:]
    return (
        int(hours) * 3600 + int(minutes) * 60 + int(seconds) + (int(fraction) / 10 ** len(fraction) if fraction else 0)
    )


def at_start(text: str, start: int = 0) -> Mark | None:
    """The mark that begins at ``start``."""
    if start >= len(text) or not (text[start] in "[(#<{" or text[start].isdigit() or text[start] in "tT"):
        return None
    if match := _BRACKETED.match(text, start):
        return _mark(match, True)
    match = _FROM_TO.match(text, start) or _BARE.match(text, start) or _SPELT_OUT.fullmatch(text, start)
    return _mark(match, match[0].startswith("[")) if match else None


def within(text: str, start: int = 0, end: int | None = None) -> Mark | None:
    """The first mark between ``start`` and ``end``, bare or bracketed."""
    end = len(text) if end is None else end
    if _SPELT_LIKELY.search(text, start, end + 30) and (spelt := _spelt_at_end(text, start)):
        return spelt
    if not _LIKELY.search(text, start, end + 8):
        return None
    found = [m for m in (_BRACKETED.search(text, start), _BARE.search(text, start)) if m and m.start() < end]
    if not found:
        return None
    first = min(found, key=lambda m: m.start())
    return _mark(first, first.re is _BRACKETED)


def _spelt_at_end(text: str, start: int) -> Mark | None:
    places = (m.start() for m in re.finditer(r"(?<=\s)\[?\d", text[start:]))
    found = (_SPELT_OUT.fullmatch(text, start + place) for place in places)
    return next((_mark(match, False) for match in found if match), None)


def marks_in(text: str, round_ones: bool) -> Sequence[Mark]:
    """The bracketed marks inside speech; those in round brackets only if the file is known to use them for time."""
    if not _LIKELY.search(text):
        return ()
    return [_mark(m, True) for m in _BRACKETED.finditer(text) if round_ones or not m["round"]]


def _mark(match: re.Match[str], bracketed: bool) -> Mark:
    clock = next(value for name, value in match.groupdict().items() if value and name != "round")
    return Mark(Span(*match.span()), seconds_of(clock), bracketed, match.re is _SPELT_OUT)
