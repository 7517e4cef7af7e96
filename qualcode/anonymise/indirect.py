"""What points to nobody alone but may together with other things: people by their tie, single roles, ages, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from qualcode.anonymise import lists, patterns
from qualcode.anonymise.kinds import Kind
from qualcode.core.values import Span


@dataclass(frozen=True, slots=True)
class Indirect:
    """A phrase that may help to single somebody out; ``key`` is the same for all that mean the same."""

    span: Span
    kind: Kind
    key: str


_OWNER = r"(?:my|our|his|her|their|your|me)"
_ADJECTIVE = (
    r"(?:late|older|younger|elder|little|big|eldest|oldest|youngest|best|twin|wee|own|middle|other|only|first|"
    r"second|good|close|old)"
)


@cache
def _relation() -> re.Pattern[str]:
    words = "|".join(_spaced(w) for w in lists.sections("relations.txt")["relation"])
    return re.compile(rf"(?<![\w'’-]){_OWNER}\s+(?:{_ADJECTIVE}\s+){{0,2}}({words})s?(?![\w-])", re.I)


@cache
def _role() -> re.Pattern[str]:
    jobs = lists.sections("jobs.txt")
    single = "|".join(map(_spaced, sorted(jobs["single"], key=len, reverse=True)))
    return re.compile(rf"(?<![\w'’-])(?:the|{_OWNER})\s+(?:\w+\s+)?({single})(?![\w-])", re.I)


def _spaced(words: str) -> str:
    return re.escape(words).replace(r"\ ", r"\s+").replace(r"\-", r"[\s-]")


def find(text: str) -> Iterator[Indirect]:
    """The indirect identifiers of ``text``."""
    for match in _relation().finditer(text):
        yield Indirect(Span(*match.span()), Kind.RELATION, lists.folded(match.group(1)))
    for match in _role().finditer(text):
        yield Indirect(Span(*match.span()), Kind.JOB, lists.folded(match.group(1)))
    for found in patterns.find(text, frozenset({Kind.DATE, Kind.AGE})):
        yield Indirect(found.span, found.kind, found.key)
