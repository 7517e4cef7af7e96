"""Places in a text that may identify somebody, and the words in which they are looked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from qualcode.anonymise.casing import begins_sentence
from qualcode.anonymise.kinds import Kind
from qualcode.anonymise.lists import bag, person_name
from qualcode.core.values import Span


class Tier(StrEnum):
    """How sure a proposal is. A: found by the model, a rule, a list or the metadata. B: merely not an ordinary word.

    C: points to nobody alone, but may together with other things: relations, ages, dates, roles.
    """

    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place in a text that may identify somebody, and why it is thought so."""

    span: Span
    kind: Kind
    tier: Tier
    why: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text as the rules see it; ``opens`` says whether it begins a sentence."""

    text: str
    start: int
    end: int
    opens: bool

    @property
    def low(self) -> str:
        return self.text.lower()

    @property
    def capital(self) -> bool:
        return self.text[0].isupper() and self.text != "I" and not self.text.startswith(("I'", "I’"))


NO_NAME_BEFORE = bag(
    "i you he she it we they the a an this that these those my your his her our their be not to me us them one"
)
"""Words before which an ordinary word at the start of a sentence is just that: *Will you*, *Mark the*."""

NO_PART_OF_NAME = bag("the a an my our and but so then what who where when how why")
"""Words that never begin a name, whatever their capital: *(laughs) What's Leon like?*"""

_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:['’&.][^\W_]+)*['’]?(?=\W|$)|[^\W_]+(?:['’&][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’][sS]?$")
_CONTRACTED = re.compile(r"['’](?:ll|ve|re|d|m)$", re.I)


def words(text: str, openings: bool = True) -> list[Word]:
    """The words of ``text``; possessive endings are left off, hyphenated words come apart, numbers are none.

    Without ``openings`` it is not looked which of them open a sentence, which takes most of the time.
    """
    found = []
    for match in _WORD.finditer(text):
        word = _CONTRACTED.sub("", _POSSESSIVE.sub("", match.group()))
        if word and not word[0].isdigit():
            opens = openings and begins_sentence(text, match.start())
            found.append(Word(word, match.start(), match.start() + len(word), opens))
    return found


def side_by_side(gap: str) -> bool:
    """Whether two words with ``gap`` between them may belong to one name."""
    return gap in {"", " ", "-", "\u00a0", "’s ", "'s ", " & "} or (gap.isspace() and "\n" not in gap)


def is_noise(word: str) -> bool:
    """Whether ``word`` is a sound or a stutter: *hmmm*, *aaah*, *wh*."""
    sound = not re.search(r"[aeiouy]", word) and set(word) <= set("hmpfstkbrgw")
    return sound or bool(re.search(r"(.)\1\1", word)) or (len(set(word)) <= 2 and person_name(word) is None)
