"""Quantity words: what *most* or *several* may be said of, which of them a sentence uses, and whether it may.

A word fits a number of people over the people asked. The scale follows the usage of published insight reports; it is
the house's own, meant to be printed in an appendix, not a standard.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class QuantityWord:
    """A word and what it may be said of: ``people`` from ``least`` to ``most`` of them (None: no upper bound), and
    a share of those asked above ``share_above`` and up to ``share_upto``."""

    word: str
    least: int = 1
    most: int | None = None
    share_above: float = 0.0
    share_upto: float = 1.0
    meaning: str = ""

    def fits(self, people: int, asked: int) -> bool:
        if not asked or people < self.least or (self.most is not None and people > self.most):
            return False
        return self.share_above < people / asked <= self.share_upto


Scale = tuple[QuantityWord, ...]

HOUSE_SCALE: Scale = (
    QuantityWord("all", 2, share_above=0.9999, meaning="everybody who was asked, and at least two people"),
    QuantityWord("most", 3, share_above=0.5, meaning="more than half of those asked, and at least three people"),
    QuantityWord("many", 5, share_above=1 / 3, meaning="more than a third of those asked, and at least five people"),
    QuantityWord("several", 4, share_upto=0.5, meaning="four people or more, up to half of those asked"),
    QuantityWord("a number of", 3, share_upto=0.75, meaning="three people or more, up to three quarters of them"),
    QuantityWord("some", 3, share_upto=0.5, meaning="three people or more, up to half of those asked"),
    QuantityWord("a few", 2, 3, share_upto=0.5, meaning="two or three people, up to half of those asked"),
    QuantityWord("two", 2, 2, meaning="two people"),
    QuantityWord("one", 1, 1, meaning="one person"),
)
"""From the strongest word to the weakest; the first that fits is offered first."""


def as_json(scale: Scale) -> list[dict[str, Any]]:
    """A scale as a project keeps it."""
    return [asdict(entry) for entry in scale]


def from_json(stored: Iterable[Mapping[str, Any]]) -> Scale:
    return tuple(QuantityWord(**entry) for entry in stored)


@dataclass(frozen=True, slots=True)
class Claim:
    """A quantity word found in a sentence, from code point ``start`` to ``end``."""

    word: str
    start: int
    end: int


def offered(people: int, asked: int, scale: Scale = HOUSE_SCALE) -> list[str]:
    """The words that may be said of this many people among those asked, the strongest first."""
    return [entry.word for entry in scale if entry.fits(people, asked)]


def claim(sentence: str, scale: Scale = HOUSE_SCALE) -> Claim | None:
    """The first quantity word of a sentence, or None. *One* counts only before a person ("one carer").

    A longer word wins over a shorter one that begins at the same place ("a number of" over "a"). Words that count
    no people are passed over as far as their neighbours tell: *at all*, *the most*, *many months*, *almost all*.
    """
    found = _pattern(scale).search(sentence)
    return Claim(found[1].lower(), found.start(1), found.end(1)) if found else None


def agrees(sentence: str, people: int, asked: int, scale: Scale = HOUSE_SCALE) -> bool:
    """Whether the first quantity word of a sentence may be said of this many people; True if it has none."""
    said = claim(sentence, scale)
    if said is None:
        return True
    return any(entry.word.lower() == said.word and entry.fits(people, asked) for entry in scale)


_PEOPLE = (
    r"(?:young |older |support |staff |community |volunteer |family |delivery )*"
    r"(?:people|persons?|participants?|interviewees?|respondents?|carers?|parents?|workers?|staff|members?|volunteers?"
    r"|coordinators?|co-ordinators?|referrers?|mentors?|men|women|man|woman|couples?|of (?:the|those|these|them))"
)


_NOT_AFTER = "".join(rf"(?<!\b{word} )" for word in ("at", "after", "of", "the", "not", "almost", "nearly", "so", "as"))
_NOT_BEFORE = (
    r"(?!\s+(?:of )?(?:the )?"
    r"(?:times?|moments?|minutes?|hours?|days?|nights?|weeks?|weekends?|months?|years?|ways?|extent|degree)\b)"
)


def _pattern(scale: Scale) -> re.Pattern[str]:
    plain = sorted((e.word for e in scale if e.word not in ("one", "two")), key=len, reverse=True)
    counted = [e.word for e in scale if e.word in ("one", "two")]
    either = "|".join(map(re.escape, plain))
    numbers = "|".join(map(re.escape, counted)) or r"(?!)"
    return re.compile(rf"{_NOT_AFTER}\b({either}|(?:{numbers})(?=\s+\**{_PEOPLE}\b))\b{_NOT_BEFORE}", re.IGNORECASE)
