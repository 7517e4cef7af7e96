"""How numbers, dates, lengths and lists are put into English sentences."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

_SMALL = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]


def number(n: int, *, begins: bool = False) -> str:
    """A count inside a sentence: words up to ten, then figures; at the start of one (``begins``) words up to 99."""
    if not begins:
        return _SMALL[n] if n <= 10 else f"{n:,}"
    if n >= 100:
        return f"{n:,}"
    tens, ones = divmod(n, 10)
    words = _SMALL[n] if n < 20 else _TENS[tens - 2] + (f"-{_SMALL[ones]}" if ones else "")
    return words.capitalize()


def of_things(n: int, thing: str, *, begins: bool = False, plural: str = "") -> str:
    """``six interviews``, ``one interview``."""
    return f"{number(n, begins=begins)} {thing if n == 1 else plural or thing + 's'}"


def ordinal(n: int) -> str:
    return _ORDINALS[n - 1] if n <= len(_ORDINALS) else f"{n}th"


def listed(items: Sequence[str], joiner: str = "and") -> str:
    """``a, b and c``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {joiner} {items[-1]}"


def begins_sentence(words: str) -> str:
    """``words`` with a capital first letter."""
    return words[:1].upper() + words[1:]


def inside_sentence(words: str) -> str:
    """``words`` without the capital of a sentence's or a title's start; names in capitals and numerals keep theirs."""
    return words[:1].lower() + words[1:] if re.match(r"[A-Z][a-z]+\b", words) else words


def plural(word: str) -> str:
    """The plural of a group's name: ``Carers``, ``Members of staff`` stay as they are."""
    if re.search(r"(?:s|staff|people|children|women|men)$", word, re.IGNORECASE):
        return word
    return re.sub(r"(?<![aeiou])y$", "ie", word) + "s"


def day(date: dt.date, language: str = "en-GB") -> str:
    """``5 March 2026``, or the American way ``March 5, 2026``."""
    if language == "en-US":
        return f"{month(date)} {date.day}, {date.year}"
    return f"{date.day} {month(date)} {date.year}"


def month(date: dt.date) -> str:
    """The month's English name, whatever the computer's language."""
    return _MONTHS[date.month - 1]


def when(dates: Iterable[dt.date]) -> str:
    """``in March 2026``, ``between October and November 2024``, ``between December 2017 and February 2018``."""
    ordered = sorted(dates)
    if not ordered:
        return ""
    first, last = ordered[0], ordered[-1]
    if (first.year, first.month) == (last.year, last.month):
        return f"in {month(first)} {first.year}"
    begun = month(first) if first.year == last.year else f"{month(first)} {first.year}"
    return f"between {begun} and {month(last)} {last.year}"


def duration(seconds: int) -> str:
    """``50 minutes``, ``1 hour 20 minutes``; to the nearest minute, at least one."""
    hours, minutes = divmod(max(1, round(seconds / 60)), 60)
    parts = []
    if hours:
        parts.append(f"{hours} hour{'s' * (hours > 1)}")
    if minutes:
        parts.append(f"{minutes} minute{'s' * (minutes > 1)}")
    return " ".join(parts)


def wave_in_short(name: str) -> str:
    """What a wave is called inside a sentence: *Wave 2, autumn 2025* is *wave 2*."""
    return inside_sentence(re.split(r"\s*[,:;(–—]", name, maxsplit=1)[0].strip() or name)
