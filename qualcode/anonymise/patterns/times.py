"""When, and how old: dates and ages in figures and in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.anonymise.kinds import Kind
from qualcode.anonymise.lists import bag
from qualcode.anonymise.patterns import numerals as n
from qualcode.anonymise.patterns.found import Found, found
from qualcode.core.values import Span

_MONTH = "|".join(sorted(n.MONTHS, key=lambda month: (-len(month), month)))
_ALSO_WORDS = bag("may march mar")
_NUMERIC_DATE = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{2}|\d{4})(?![\d/.-]\d|\d)")
_ISO_DATE = re.compile(r"(?<![\d/.-])((?:19|20)\d{2})-(\d{2})-(\d{2})(?!\d)")
_DAY_FIRST = re.compile(
    rf"(?<!\w)(?:the\s+)?({n.ORDINAL}|\d{{1,2}})\s+(?:of\s+)?({_MONTH})\b(?:\.?,?\s+(?:in\s+)?({n.YEAR}))?(?!\w)", re.I
)
_MONTH_FIRST = re.compile(
    rf"(?<!\w)({_MONTH})\.?\s+(?:the\s+)?({n.ORDINAL}|\d{{1,2}}(?!\d|%|\s*(?:people|years)))"
    rf"(?:,?\s+({n.YEAR}))?(?!\w)",
    re.I,
)
_BORN = re.compile(rf"\bborn\s+(?:in|on)?\s*(?:(?:{_MONTH})\s+)?({n.YEAR})(?!\w)", re.I)

_NOT_AGE = (
    r"(?!\s*(?:%|per|percent|pounds?|minutes?|mins?|hours?|days?|weeks?|months?|times?|of\b|or\b|people|kids|children|"
    r"out\b|o'clock|in\b|hundred|thousand|miles|am\b|pm\b)|[.,:]\d|\w)"
)
_IS = r"I[’']?\s?a?m|he[’']s|she[’']s|who[’']s|he is|she is|I was|he was|she was|when I was|is now|was only|is only"
_AGE_FOLLOWS = r"(?=\s*(?:[,.;!?]|now\b|then\b|when\b|at the time|and\s+(?:he|she|I|my)\b|years\b(?!\s+old)|$|\n))"
_AGED = re.compile(
    rf"(?<!\w)(?:(?P<old>{n.CARDINAL})[ -]+(?:years?|yrs?)[ -]+olds?(?!\w)"
    rf"|(?:aged?(?: of)?|turned|turning|turns)\s+(?P<aged>{n.CARDINAL}){_NOT_AGE}"
    rf"|(?:{_IS})\s+(?:about |nearly |almost |only |just )?(?P<is>{n.CARDINAL}){_AGE_FOLLOWS}{_NOT_AGE})",
    re.I,
)
_YEARS_OLD = re.compile(r"[ -]+(?:years?|yrs?)[ -]+olds?$", re.I)


def dates(text: str) -> Iterator[Found]:
    """Days with their month, in any order and writing, and years of birth."""
    for match in _ISO_DATE.finditer(text):
        yield found(Kind.DATE, match, match.group())
    for match in _NUMERIC_DATE.finditer(text):
        day, _, month, year = match.groups()
        if 1 <= int(month) <= 12:
            yield from _day(match, day, int(month), year)
    for match in _DAY_FIRST.finditer(text):
        day, month, year = match.groups()
        if not (month == "may" and not year and day.isdigit()):
            yield from _day(match, day, n.MONTHS[month.lower()], year)
    for match in _MONTH_FIRST.finditer(text):
        month, day, year = match.groups()
        if year or month not in _ALSO_WORDS:
            yield from _day(match, day, n.MONTHS[month.lower()], year)
    for match in _BORN.finditer(text):
        yield found(Kind.DATE, match, str(n.year(match.group(1))), 1)


def _day(match: re.Match[str], day: str, month: int, year: str | None) -> Iterator[Found]:
    number = n.value(day)
    if number is not None and 1 <= number <= 31:
        yield found(Kind.DATE, match, f"{n.year(year)}-{month:02}-{number:02}" if year else f"{month:02}-{number:02}")


def ages(text: str) -> Iterator[Found]:
    """How old somebody is said to be."""
    for match in _AGED.finditer(text):
        group = match.lastgroup or "is"
        number = n.value(match.group(group))
        if number is not None and number < 110:
            yield Found(Kind.AGE, Span(*(match.span() if group == "old" else match.span(group))), str(number))


def age_key(text: str) -> str:
    """The number of years that ``text`` says, *nine* as *nine years old*; ``""`` if it says none."""
    number = n.value(_YEARS_OLD.sub("", text))
    return "" if number is None else str(number)
