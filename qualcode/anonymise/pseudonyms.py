"""Pseudonyms for people: plausible, never telling, never somebody real in the project."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import DamerauLevenshtein

from qualcode.anonymise import lists
from qualcode.anonymise.tokens import folded_word, sound
from qualcode.anonymise.variants import person_parts, words_of

_ANY = "-"
_HERE = frozenset({"b", _ANY})
"""Origins of which the usual names are given out first, and then those that a dictionary knows."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a pseudonym shall suggest: ``gender`` f, m or ``-`` for any; ``origin`` as in the name lists, or ``-``."""

    gender: str = _ANY
    origin: str = _ANY


def wish_like(name: str) -> Wish:
    """The wish that fits ``name``, as far as the lists know its given name (or else its surname)."""
    parts = person_parts(name)
    known = lists.person_name(parts.given) if parts.given else lists.person_name(parts.family)
    if known is None:
        return Wish()
    gender = known.gender if known.gender in {"f", "m"} else _ANY
    title = folded_word(parts.title)
    gender = {"mr": "m", "mrs": "f", "miss": "f", "ms": "f", "sir": "m", "dame": "f", "lady": "f"}.get(title, gender)
    here = "b" in known.origins or not known.origins or (known.origins == "e" and lists.proper(known.name))
    origin = "b" if here else known.origins[0]
    return Wish(gender, origin)


class Pseudonyms:
    """Gives out pseudonyms for one project, none twice.

    ``real`` are all names met in the project, ``used`` the pseudonyms already given (also in earlier waves). The
    order in which names are drawn depends on ``seed`` alone, never on the name replaced, so that a pseudonym tells
    nothing about who is behind it.
    """

    def __init__(self, real: Iterable[str], used: Iterable[str] = (), seed: int = 0) -> None:
        self._chance = random.Random(seed)
        self._real = {word for name in real for word in words_of(name)}
        self._real_sounds = {sound(word) for word in self._real}
        self._taken = {word for name in used for word in words_of(name)}
        self._telling: dict[str, bool] = {}

    def give(self, name: str, wish: Wish | None = None) -> str:
        """A pseudonym for ``name`` of as many parts: given name, surname or both.

        It never begins with the letter of the part it stands for, is no name of the project nor near one, and fits
        ``wish`` (by default: what the name suggests) as far as names are left.
        """
        wish = wish_like(name) if wish is None else wish
        parts = person_parts(name)
        given = self._draw("given", wish, parts.given) if parts.given else ""
        family = self._draw("family", Wish(_ANY, wish.origin), parts.family) if parts.family else ""
        return f"{parts.title} {given} {family}".strip().replace("  ", " ")

    def _draw(self, use: str, wish: Wish, instead_of: str) -> str:
        letters = {folded_word(instead_of)[:1]}
        for wanted in (wish, Wish(wish.gender), Wish(), *(Wish(_ANY, origin) for origin in "esa")):
            usual, others = list(_usual(use, wanted)), list(_pool(use, wanted))
            self._chance.shuffle(usual)
            self._chance.shuffle(others)
            others.sort(key=lambda name: wanted.origin in _HERE and not lists.proper(name))
            for name in (*usual, *others):
                if folded_word(name)[0] not in letters and self._is_free(name):
                    self._taken.update(words_of(name))
                    return name
        number = 1
        while f"person{number}" in self._taken:
            number += 1
        self._taken.add(f"person{number}")
        return f"Person {number}"

    def _is_free(self, name: str) -> bool:
        word = folded_word(name)
        if word not in self._telling:
            allowed = 1 if len(word) <= 7 else 2
            near = (DamerauLevenshtein.distance(word, r, score_cutoff=allowed) <= allowed for r in self._real)
            self._telling[word] = word in self._real or sound(word) in self._real_sounds or any(near)
        return word not in self._taken and not self._telling[word]


@cache
def _usual(use: str, wish: Wish) -> tuple[str, ...]:
    """The names that are usual here, where such a one is wished; none that is an ordinary word or a place."""
    if wish.origin not in _HERE:
        return ()
    listed = lists.sections("pseudonyms.txt")
    of = ("family",) if use == "family" else (wish.gender,) if wish.gender != _ANY else ("f", "m")
    names = (name for section in of for name in listed[section])
    return tuple(name for name in names if not lists.ordinary(name) and lists.place(name) is None)


@cache
def _pool(use: str, wish: Wish) -> tuple[str, ...]:
    """Names that can only be names: no ordinary words, no places, of one gender where one is wished."""
    return tuple(
        sorted(
            person.name
            for person in lists.people()
            if (person.given and not person.family if use == "given" else person.family and not person.given)
            and (wish.gender == _ANY or person.gender == wish.gender)
            and (wish.origin in person.origins or (wish.origin == _ANY and "b" in person.origins))
            and 3 < len(person.name) < 11
            and person.name.isalpha()
            and not lists.ordinary(person.name)
            and lists.place(person.name) is None
        )
    )
