"""Names in a text without capitals: known names that are no ordinary words, and words that no list knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from qualcode.anonymise import lists
from qualcode.anonymise.candidates import Candidate, Tier, Word, is_noise, side_by_side, words
from qualcode.anonymise.guess import LARGE, is_title, may_end_organisation, organisation_kind, well_known
from qualcode.anonymise.kinds import Kind
from qualcode.anonymise.lists import bag
from qualcode.core.values import Span

_PLACED = bag("in from near to around at outside through across via into visiting towards")
_NATIONS = bag("scottish welsh british english irish st saint")
_DEALT_WITH = bag("at from on with for by via called joined through")
"""Words before which a word such as *boots* or *steam* may be the organisation of that name."""

_TELLING_HEADS = bag(
    "academy alliance association bank charity coalition collective commission committee consortium cooperative "
    "council federation foundation hospice hospital infirmary initiative institute ministries museum "
    "partnership productions project society software studio studios surgery theatre trust union"
)
"""Last words of organisations' names that seldom follow two ordinary words otherwise."""

_GENERIC = bag(
    "a an the this that these those my your his her our their its some any every each no other another same different "
    "new old big small little local whole first last next main own only such what which whose all both good great bad "
    "best better and or of to for in on at with from by as is are was were be been being have has had do does did not "
    "would could should can will i you he she it we they who there here so very really just like one two three four"
)
_LINKS = bag("of the and for in on at")
_LONGEST_PLACE = 4
_LONGEST_ORGANISATION = 6


class _Reading(NamedTuple):
    """How many words from a position on make a name, and of what kind."""

    size: int
    kind: Kind
    tier: Tier
    why: str


def candidates(text: str, begins: Callable[[Word], bool] = lambda _: True) -> Iterator[Candidate]:
    """What the word lists show in ``text``, which is in lower case.

    ``begins`` says with which words a name may begin.
    """
    here = _Text(text)
    at = 0
    while at < len(here.words):
        reading = here.name_at(at) if begins(here.words[at]) else None
        if reading:
            span = Span(here.words[at].start, here.words[at + reading.size - 1].end)
            yield Candidate(span, reading.kind, reading.tier, reading.why)
        at += reading.size if reading else 1


class _Text:
    """A text in lower case and its words."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.words: Sequence[Word] = words(text, openings=False)

    def name_at(self, at: int) -> _Reading | None:
        """The name that begins at word ``at``, if any."""
        word = self.words[at].text
        found = self._organisation(at)
        if found or is_noise(word) or (lists.harmless(word) and not is_title(word)):
            return found
        return self._person(at) or self._place(at) or self._stranger(at)

    def _phrase(self, at: int, size: int) -> str:
        """The ``size`` words from ``at`` if nothing but spaces or hyphens stands between them, else ``""``."""
        part = self.words[at : at + size]
        if len(part) < size or any(not side_by_side(self._text[a.end : b.start]) for a, b in pairwise(part)):
            return ""
        return " ".join(w.text for w in part)

    def _organisation(self, at: int) -> _Reading | None:
        for size in range(_LONGEST_ORGANISATION, 0, -1):
            last = at + size - 1
            if last >= len(self.words) or not may_end_organisation(self.words[last].text):
                continue
            phrase = self._phrase(at, size)
            if phrase and well_known(phrase, capital=False):
                return _Reading(size, Kind.ORGANISATION, Tier.A, "known organisation")
            kind = organisation_kind(phrase) if phrase and size > 1 else None
            if kind and _owns(self.words[at].text) and self._is_one_phrase(at, size):
                return _Reading(size, kind, Tier.A, "organisation word after a name")
            if kind and self._reads_as_one(at, size):
                return _Reading(size, kind, Tier.B, "may be an organisation")
        if at and self.words[at - 1].low in _DEALT_WITH and well_known(self.words[at].text):
            return _Reading(1, Kind.ORGANISATION, Tier.B, "may be a known organisation")
        return None

    def _is_one_phrase(self, at: int, size: int) -> bool:
        """Whether no verb or pronoun stands inside, as in *emeka ran the food bank*."""
        inside = [w.low for w in self.words[at + 1 : at + size - 1]]
        return not any(
            word in _GENERIC - _LINKS or (word == "the" and before not in _LINKS)
            for before, word in pairwise([self.words[at].low, *inside])
        )

    def _reads_as_one(self, at: int, size: int) -> bool:
        """Whether ordinary words before an organisation word look like its name: *economics research institute*."""
        before = self.words[at - 1].low if at else ""
        inside = [w.low for w in self.words[at : at + size]]
        return (
            inside[-1] in _TELLING_HEADS
            and (size > 2 or before in _DEALT_WITH)
            and before in _GENERIC | _DEALT_WITH
            and not any(word in _GENERIC or lists.harmless(word) for word in inside[:-1])
        )

    def _person(self, at: int) -> _Reading | None:
        titled = is_title(self.words[at].text)
        first = at + 1 if titled else at
        if titled and not self._phrase(at, 2):
            return None
        word = self.words[first].text
        name = lists.person_name(word)
        if len(word) < 3 or (name is None and not lists.mostly_name(word)):
            return None
        usual = lists.mostly_name(word) or (titled and not lists.common(word))
        if lists.ordinary(word) and not usual and not self._addressed(first):
            return None
        size = first - at + 1
        if (name is None or name.given) and self._phrase(first, 2) and _may_be_family(self.words[first + 1].text):
            size += 1
        return _Reading(size, Kind.PERSON, Tier.A, "known name of people")

    def _addressed(self, at: int) -> bool:
        """Whether the word before says that an ordinary word is a name here: *called grace*, *my sister rose*."""
        return at > 0 and lists.word_and_name(self.words[at].text) and self.words[at - 1].low in _callers()

    def _place(self, at: int) -> _Reading | None:
        for size in range(_LONGEST_PLACE, 0, -1):
            phrase = self._phrase(at, size)
            known = lists.place(phrase) if phrase else None
            if known is None or (len(phrase) < 4 and not known.name.isupper()):
                continue
            usual = lists.common(phrase)
            odd = not usual and not all(lists.ordinary(p) for p in phrase.split())
            placed = at > 0 and self.words[at - 1].low in _PLACED
            large = known.size in LARGE and (placed or known.size not in {"city", "town"})
            if odd or (large and (size > 1 or not usual)):
                return _Reading(size, Kind.PLACE, Tier.A, "known place")
        return None

    def _stranger(self, at: int) -> _Reading | None:
        word = self.words[at].text
        if lists.ordinary(word) or len(word) < 3 or not word[0].isalpha():
            return None
        return _Reading(1, Kind.OTHER, Tier.A if lists.proper(word) else Tier.B, "in no dictionary")


@cache
def _callers() -> frozenset[str]:
    relations = {w.split()[-1] for w in lists.sections("relations.txt")["relation"]}
    return frozenset(relations - bag("ex baby children kids parents one") | {"called", "named"})


def _owns(word: str) -> bool:
    """Whether an organisation word may hang on ``word``: a name, a place, a nation, a saint."""
    if word in _NATIONS:
        return True
    known = lists.place(word)
    placed = known is not None and known.size in LARGE and not lists.common(word)
    return placed or (
        len(word) > 2
        and not lists.ordinary(word)
        and not lists.harmless(word)
        and (lists.person_name(word) is not None or known is not None or lists.proper(word))
    )


def _may_be_family(word: str) -> bool:
    name = lists.person_name(word)
    return not lists.ordinary(word) or (name is not None and name.family and not lists.common(word))
