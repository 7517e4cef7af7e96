"""Dates and durations as people write them in header lines and file names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

_MONTH_NAMES = (
    "january jan januar janvier enero gennaio janeiro januari ionawr",
    "february feb februar février fevrier febrero febbraio fevereiro februari chwefror",
    "march mar märz maerz mars marzo março maart mawrth",
    "april apr avril abril aprile ebrill",
    "may mai mayo maggio maio mei",
    "june jun juni juin junio giugno junho mehefin",
    "july jul juli juillet julio luglio julho gorffennaf",
    "august aug août aout agosto augustus awst",
    "september sep sept septembre septiembre settembre setembro medi",
    "october oct oktober octobre octubre ottobre outubro okt hydref",
    "november nov novembre noviembre novembro tachwedd",
    "december dec dezember dez décembre decembre diciembre dicembre dezembro desember rhagfyr",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d|\d\d(?!\d))"
_PATTERNS = tuple(
    re.compile(rf"(?<![^\W_]){pattern}(?!\d)", re.I)
    for pattern in (
        r"(?P<year>(?:19|20)\d\d)[\-./_](?P<number>\d{1,2})[\-./_](?P<day>\d{1,2})",
        r"(?P<year>(?:19|20)\d\d)(?P<number>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])",
        r"(?P<day>\d{1,2})[\-./_](?P<number>\d{1,2})[\-./_](?P<year>(?:19|20)\d\d)",
        r"(?P<day>\d{1,2})[\-./](?P<number>\d{1,2})[\-./](?P<year>\d\d)",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.|er)?[\s\-_./]*(?:of\s+|de\s+)?{_MONTH}[\s\-_./,]*(?:de\s+)?{_YEAR}",
        rf"{_MONTH}[\s\-_.]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s\-_,]+{_YEAR}",
    )
)
_DURATIONS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"(?<!\d)(?P<h>\d{1,2})\s?h(?:ours?|rs?|r)?[\s,:]*(?:and\s*)?(?:(?P<m>\d{1,2})\s?(?:m\b|m(?=\d)|min\w*))?[\s,]*(?:(?P<s>\d{1,2})\s?s\w*)?(?!\w)",
        r"(?<![\d.,:])(?P<m>\d{1,3})\s?(?:m\b|m(?=\d)|min\w*)[\s,]*(?:and\s*)?(?:(?P<s>\d{1,2})\s?s\w*)?(?!\w)",
        r"(?<![\d:])(?P<h>\d{1,2}):(?P<m>[0-5]\d):(?P<s>[0-5]\d)(?![\d:])",
    )
)
_WHOLE_DURATION = re.compile(
    r"\W*(?:\d{1,3}\s?(?:h(?:ours?|rs?)?|m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?)(?![^\W\d])[\s,]*){1,3}\W*", re.I
)
_CLOCK = re.compile(r"^\D{0,3}(\d{1,3}):([0-5]\d)\D{0,3}$")
_HOURS_WORDS = re.compile(r"\b(?:an|one)\s+hour\b(?P<half>\s+and\s+a\s+half)?|\bhalf\s+an\s+hour\b", re.I)


def date_in(text: str) -> dt.date | None:
    """The first date in ``text``. 3/4/2024 is the third of April; 4/13/2024 can only be the thirteenth."""
    found = sorted(_dates(text), key=lambda place_and_date: place_and_date[0])
    return found[0][1] if found else None


def date_place(text: str) -> tuple[int, int] | None:
    """Where the first date stands in ``text``."""
    found = sorted(_dates(text), key=lambda place_and_date: place_and_date[0])
    return found[0][0] if found else None


def _dates(text: str) -> Iterator[tuple[tuple[int, int], dt.date]]:
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if date := _date(match):
                yield match.span(), date
                break


def _date(match: re.Match[str]) -> dt.date | None:
    groups = match.groupdict()
    year, day = int(groups["year"]), int(groups["day"])
    month = _MONTHS[groups["month"].lower()] if groups.get("month") else int(groups["number"])
    if year < 100:
        year += 2000 if year < 70 else 1900
    if month > 12 >= day and not groups.get("month"):
        month, day = day, month
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def is_duration(text: str) -> bool:
    """Whether ``text`` is a duration with its units and nothing else: ``1h 02m 11s``, ``45 minutes``."""
    return bool(_WHOLE_DURATION.fullmatch(text))


def duration_in(text: str) -> int | None:
    """The seconds of a duration such as ``1h09m31s``, ``45 minutes``, ``00:45:12``, ``an hour and a half``."""
    for pattern in _DURATIONS:
        if (match := pattern.search(text)) and any(match.groups()):
            parts = match.groupdict()
            return 3600 * int(parts.get("h") or 0) + 60 * int(parts.get("m") or 0) + int(parts.get("s") or 0)
    if match := _HOURS_WORDS.search(text):
        return 1800 if match[0].lower().startswith("half") else 5400 if match["half"] else 3600
    if match := _CLOCK.match(text.strip()):
        return 60 * int(match[1]) + int(match[2])
    return None
