"""What people type into a grid -> values, and back: dates, numbers, durations, choices.

Stored as text, a date is ISO 8601 and a number is written with a point and without separators, so that both sort and
compare. An empty entry is always allowed and means: not known.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from qualcode.errors import UserError

TEXT, NUMBER, DATE, CHOICE = "text", "number", "date", "choice"
KINDS = (TEXT, NUMBER, DATE, CHOICE)
"""The types that an attribute can have."""

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_YEAR_FIRST = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[T ]00:00(?::00)?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4}|\d{2})")
_DAY_AND_NAME = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-./ ]+([a-z]{3,9})\.?[-./, ]+(\d{4}|\d{2})", re.I)
_NAME_AND_DAY = re.compile(r"([a-z]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})", re.I)
_NUMBER = re.compile(r"[-−+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[-−+]?\.\d+")
_HOURS = re.compile(
    r"(?:(\d{1,2}) ?h(?:ours?|rs?)?)? ?(?:(\d{1,3}) ?m(?:in(?:ute)?s?)?)? ?(?:(\d{1,2}) ?s(?:ec\w*)?)?", re.I
)
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d))?")
_SHORTEST_IN_MINUTES = 6


def as_date(text: str) -> dt.date | None:
    """The date that ``text`` is; the day stands before the month (3/4/2024 is the third of April).

    Raises UserError when it is none.
    """
    text = " ".join(text.split())
    if not text:
        return None
    try:
        found = _date(text)
    except ValueError:
        found = None
    if found is None:
        raise UserError(f"“{text}” is no date. Write it like 2025-10-14 or 14/10/2025.")
    return found


def _date(text: str) -> dt.date | None:
    if match := _YEAR_FIRST.fullmatch(text):
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.fullmatch(text):
        return dt.date(_year(match[3]), int(match[2]), int(match[1]))
    if match := _DAY_AND_NAME.fullmatch(text):
        return dt.date(_year(match[3]), _month(match[2]), int(match[1]))
    if match := _NAME_AND_DAY.fullmatch(text):
        return dt.date(_year(match[3]), _month(match[1]), int(match[2]))
    return None


def _year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 70 else 1900)


def _month(name: str) -> int:
    """Raises ValueError when no month is called or begins so."""
    found = [number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.casefold())]
    if not found:
        raise ValueError(name)
    return found[0]


def as_number(text: str) -> str:
    """The number that ``text`` is, as it is stored: ``1,200`` is ``1200``. Raises UserError when it is none."""
    text = text.strip()
    if text and not _NUMBER.fullmatch(text):
        raise UserError(f"“{text}” is no number. Write it in digits, like 12 or 3.5.")
    plain = text.replace(",", "").replace("−", "-").lstrip("+")
    return plain.replace(".", "0.", 1) if plain.lstrip("-").startswith(".") else plain


def as_duration(text: str) -> int | None:
    """Seconds from ``47``, ``47 min``, ``1 h 5 min``, ``0:47:30``, ``45:12`` or ``1:05``. Raises UserError.

    A bare number is minutes. Of two numbers at a colon the first is hours if it is under six, and minutes else: no
    interview worth importing is shorter than six minutes, hardly one longer than six hours.
    """
    text = " ".join(text.split())
    if not text:
        return None
    if text.isdigit():
        return 60 * int(text)
    if match := _CLOCK.fullmatch(text):
        first, second, third = (int(part) if part else None for part in match.groups())
        assert first is not None
        assert second is not None
        if third is not None:
            return 3600 * first + 60 * second + third
        return 60 * (60 * first + second) if first < _SHORTEST_IN_MINUTES else 60 * first + second
    match = _HOURS.fullmatch(text)
    if match is None or not any(match.groups()):
        raise UserError(f"“{text}” is no duration. Write it like 47 min or 1:05:00.")
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return 3600 * hours + 60 * minutes + seconds


def shown_date(day: dt.date | None) -> str:
    """``14 Oct 2025``, empty for None."""
    return f"{day.day} {day:%b %Y}" if day else ""


def shown_duration(seconds: int | None) -> str:
    """``47 min``, ``1 h 5 min``, empty for None."""
    if seconds is None:
        return ""
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def clock(seconds: int | None) -> str:
    """``0:47:30``: a duration as it is edited, to the second."""
    if seconds is None:
        return ""
    return f"{seconds // 3600}:{seconds % 3600 // 60:02d}:{seconds % 60:02d}"


def checked(text: str, kind: str, choices: Sequence[str] = ()) -> str:
    """``text`` as it is stored in an attribute of this kind. Raises UserError when it does not fit.

    A choice is found without regard to capitals and gets those of the list.
    """
    text = " ".join(text.split()) if kind != TEXT else text.strip()
    if not text or kind == TEXT:
        return text
    if kind == NUMBER:
        return as_number(text)
    if kind == DATE:
        day = as_date(text)
        return day.isoformat() if day else ""
    known = next((choice for choice in choices if choice.casefold() == text.casefold()), None)
    if known is None:
        raise UserError(f"“{text}” is none of the choices ({', '.join(choices) or 'there are none yet'}).")
    return known


def guessed_kind(values: Sequence[str]) -> str:
    """The type that fits a column of values: numbers or dates if all are, a choice if few values come back often."""
    given = [value.strip() for value in values if value.strip()]
    if not given:
        return TEXT
    for kind in (NUMBER, DATE):
        if all(_fits(value, kind) for value in given):
            return kind
    distinct = set(given)
    short = all(len(value) <= _LONGEST_CHOICE for value in distinct)
    return CHOICE if short and len(distinct) <= _MOST_CHOICES and 2 * len(distinct) <= len(given) else TEXT


_LONGEST_CHOICE = 40
_MOST_CHOICES = 20


def _fits(value: str, kind: str) -> bool:
    try:
        checked(value, kind)
    except UserError:
        return False
    return True
