"""Numbers as they are spoken: digits one by one, years, days of the month, ages."""

from __future__ import annotations

import re


def _counted(words: str, start: int) -> dict[str, int]:
    """The words of a string, each with its number, words parted by a stroke sharing one."""
    return {word: n for n, entry in enumerate(words.split(), start) for word in entry.split("/")}


UNITS = _counted(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen",
    0,
)
TENS = {word: 10 * n for word, n in _counted("twenty thirty forty fifty sixty seventy eighty ninety", 2).items()}
ORDINALS = _counted(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth",
    1,
) | {"thirtieth": 30}
MONTHS = _counted(
    "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sept/sep october/oct "
    "november/nov december/dec",
    1,
)
DIGITS = {word: str(UNITS[word]) for word in list(UNITS)[:10]} | {"oh": "0", "o": "0", "nought": "0", "naught": "0"}
_TIMES = {"double": 2, "treble": 3, "triple": 3}

CARDINAL = rf"(?:\d{{1,3}}|(?:{'|'.join(TENS)})(?:[ -](?:{'|'.join(list(UNITS)[1:10])}))?|{'|'.join(UNITS)})"
"""A pattern for a number up to 999 in figures or up to 99 in words."""

ORDINAL = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)|(?:twenty|thirty)[ -](?:{'|'.join(list(ORDINALS)[:9])})|"
    rf"{'|'.join(sorted(ORDINALS, key=len, reverse=True))})"
)
"""A pattern for a day of the month, *14th* or *twenty-first*."""


def value(words: str) -> int | None:
    """The number that ``words`` say (*43*, *forty-three*, *twenty-first*, *14th*), or None."""
    digits = re.fullmatch(r"(\d+)(?:st|nd|rd|th)?", words)
    if digits:
        return int(digits.group(1))
    total = 0
    for word in re.split(r"[ -]+", words.lower()):
        part = UNITS.get(word, TENS.get(word, ORDINALS.get(word)))
        if part is None:
            return None
        total += part
    return total


def digits(words: str) -> str:
    """The digits that ``words`` say one by one, *oh seven double four* as ``0744``; figures among them are kept."""
    said, times = "", 1
    for word in re.findall(r"[a-z]+|\d+", words.lower()):
        if word in _TIMES:
            times = _TIMES[word]
            continue
        said += (word if word.isdigit() else DIGITS.get(word, "")) * times
        times = 1
    return said


def year(words: str) -> int | None:
    """The year that ``words`` say: *1984*, *nineteen eighty-four*, *two thousand and nine*, *'84*; or None."""
    figures = re.fullmatch(r"['’]?(\d{4}|\d{2})", words)
    if figures:
        n = int(figures.group(1))
        return n if n > 99 else 1900 + n if n > 30 else 2000 + n
    parts = re.split(r"[ -]+", words.lower().replace(" and ", " "))
    if parts[:2] == ["two", "thousand"]:
        return 2000 + (value(" ".join(parts[2:])) or 0) if len(parts) > 2 else 2000
    if parts[0] in {"nineteen", "twenty"}:
        rest = value(" ".join(p for p in parts[1:] if p not in {"oh", "o"})) if len(parts) > 1 else None
        return 100 * (19 if parts[0] == "nineteen" else 20) + rest if rest is not None and rest < 100 else None
    return None


YEAR = (
    rf"(?:(?:19|20)\d{{2}}|['’]\d{{2}}|nineteen[ -](?:oh|o)[ -](?:{'|'.join(list(UNITS)[1:10])})|nineteen[ -](?:"
    + "|".join([*TENS, *list(UNITS)[10:]])
    + rf")(?:[ -](?:{'|'.join(list(UNITS)[1:10])}))?|two thousand(?: and)?(?: (?:{'|'.join(list(UNITS)[1:])}))?"
    + rf"|twenty[ -](?:{'|'.join([*list(UNITS)[10:], 'twenty'])})(?:[ -](?:{'|'.join(list(UNITS)[1:10])}))?)"
)
"""A pattern for a year in figures or words."""
