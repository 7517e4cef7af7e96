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
_MONTH_AND_YEAR = re.compile(rf"(?<!\w)({_MONTH})\.?,?\s+(?:of\s+|in\s+)?({n.YEAR})(?!\w)", re.I)
_MONTH_BY_NUMBER = re.compile(
    rf"(?<!\w)(?:the\s+)?({n.ORDINAL})\s+of\s+the\s+({n.ORDINAL}),?\s+(?:of\s+)?({n.YEAR}|{n.CARDINAL})(?!\w)", re.I
)
_BORN = re.compile(rf"\bborn\s+(?:in|on)?\s*(?:(?:{_MONTH})\s+)?({n.YEAR})(?!\w)", re.I)

_NOT_AGE = (
    r"(?!\s*(?:%|per|percent|pounds?|minutes?|mins?|hours?|days?|weeks?|months?|times?|of\b|or\b|people|kids|children|"
    r"out\b|o'clock|in\b|hundred|thousand|miles|am\b|pm\b|stone|quid|grand\b|feet|foot\b|inch|met(?:re|er)s?\b|yards|"
    r"points|marks|degrees|plus\b|seconds|staff|patients|others?\b|different|more\b|k\b|nil\b|all\b)|[.,:]\d|\w)"
)
_SOMEBODY = (
    r"(?:my|our|his|her|their|your)\s+(?:\w+\s+)?(?:mum|mam|mom|dad|mother|father|son|daughter|brother|sister|nan|gran|"
    r"granny|grandma|grandad|husband|wife|partner|boy|girl|lad|lass|eldest|oldest|youngest|baby|child|twins|nephew|niece|"
    r"cousin|uncle|aunt|auntie|grandson|granddaughter|mother-in-law|father-in-law)"
)
_IS = (
    rf"(?:I|he|she|who|{_SOMEBODY})(?:[’']s|\s+is|\s+was|[’']ll\s+be|\s+will\s+be|[’']d\s+be|[’']d\s+have\s+been)"
    r"|I[’']?\s?a?m|is now|was only|is only"
)
_ABOUT = r"(?:about |nearly |almost |only |just |like |around |probably |maybe |now )?"
_AGE_FOLLOWS = (
    r"(?=\s*(?:[,.;!?]|now\b|then\b|when\b|at the time|(?:and\s+)?(?:he|she|I|my)\b|but\b|so\b|years\b(?!\s+old)|$|\n))"
)
_AGED = re.compile(
    rf"(?<!\w)(?:(?P<old>{n.CARDINAL})[ -]+(?:years?|yrs?)[ -]+olds?(?!\w)"
    rf"|(?:aged?(?: of)?|turned|turning|turns)\s+(?P<aged>{n.CARDINAL}){_NOT_AGE}"
    rf"|when\s+(?:I|he|she|they|we)(?:\s+was|\s+were|[’']s)\s+{_ABOUT}(?P<when>{n.CARDINAL}){_NOT_AGE}"
    rf"|(?:{_IS})\s+{_ABOUT}(?P<is>{n.CARDINAL}){_AGE_FOLLOWS}{_NOT_AGE}"
    rf"|(?:{_IS})\s+{_ABOUT}(?P<grown>{n.CARDINAL}){_NOT_AGE})",
    re.I,
)
_BESIDE = re.compile(rf"(?<![\w'’-])([^\W\d][\w'’-]+),\s+((?:\d{{1,2}}|{n.CARDINAL})),(?!\d|\s+{n.CARDINAL})")
NO_DAY = "00"
"""What stands for the day in the key of a month and its year."""

_GROWN = 13
"""From this age on a bare number after *she's* is an age even where no comma or full stop follows."""

_YEARS_OLD = re.compile(r"[ -]+(?:years?|yrs?)[ -]+olds?$", re.I)


def dates(text: str) -> Iterator[Found]:
    """Days with their month, months with their year, in any order and writing, and years of birth."""
    yield from _in_figures(text)
    yield from _in_words(text)
    for match in _MONTH_AND_YEAR.finditer(text):
        yield found(Kind.DATE, match, f"{n.year(match.group(2))}-{n.MONTHS[match.group(1).lower()]:02}-{NO_DAY}")
    for match in _BORN.finditer(text):
        yield found(Kind.DATE, match, str(n.year(match.group(1))), 1)


def _in_figures(text: str) -> Iterator[Found]:
    for match in _ISO_DATE.finditer(text):
        yield found(Kind.DATE, match, match.group())
    for match in _NUMERIC_DATE.finditer(text):
        day, _, month, year = match.groups()
        if 1 <= int(month) <= 12:
            yield from _day(match, day, int(month), year)


def _in_words(text: str) -> Iterator[Found]:
    for match in _DAY_FIRST.finditer(text):
        day, month, year = match.groups()
        if not (month == "may" and not year and day.isdigit()):
            yield from _day(match, day, n.MONTHS[month.lower()], year)
    for match in _MONTH_FIRST.finditer(text):
        month, day, year = match.groups()
        if year or month not in _ALSO_WORDS:
            yield from _day(match, day, n.MONTHS[month.lower()], year)
    for match in _MONTH_BY_NUMBER.finditer(text):
        day, month, year = match.groups()
        number = n.value(month) or 0
        if 1 <= number <= 12:
            yield from _day(match, day, number, year if n.year(year) else str(1900 + (n.value(year) or 0)))


def _day(match: re.Match[str], day: str, month: int, year: str | None) -> Iterator[Found]:
    number = n.value(day)
    if number is not None and 1 <= number <= 31:
        yield found(Kind.DATE, match, f"{n.year(year)}-{month:02}-{number:02}" if year else f"{month:02}-{number:02}")


def ages(text: str) -> Iterator[Found]:
    """How old somebody is said to be."""
    for match in _AGED.finditer(text):
        group = match.lastgroup or "is"
        number = n.value(match.group(group))
        if number is not None and (_GROWN if group == "grown" else 0) <= number < 110:
            yield Found(Kind.AGE, Span(*(match.span() if group == "old" else match.span(group))), str(number))
    for match in _BESIDE.finditer(text):
        word, age = match.group(1), n.value(match.group(2).lower()) or 0
        if n.value(word.lower()) is None and (word[0].isupper() or age >= _GROWN):
            yield found(Kind.AGE, match, str(age), 2)


def age_key(text: str) -> str:
    """The number of years that ``text`` says, *nine* as *nine years old*; ``""`` if it says none."""
    number = n.value(_YEARS_OLD.sub("", text))
    return "" if number is None else str(number)
