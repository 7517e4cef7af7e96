"""What a written word may stand for: a word of a name, with an ending, misspelt.

Misspellings are found by Damerau-Levenshtein distance (Damerau 1964), 1 for words of up to 7 letters and 2 beyond,
with candidates from an index of deletions (Garbe's symmetric delete). The guard: a word that is common in talk, or that
the project itself writes in lower case, is never taken for a slip, nor is another usual name unless it sounds alike.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz.distance import DamerauLevenshtein

from qualcode.anonymise import lists
from qualcode.anonymise.tokens import folded_word, sound

SHORT = 7
"""Up to this many letters a misspelling may differ by one edit, beyond by two."""


_CONTRACTED = re.compile(r"'(?:ll|d|ve|re|m)$", re.IGNORECASE)
"""What is said after a name in one breath: *Leon'll be gone*, *Sheila'd know*."""

_SOUNDS_FROM = 6
"""From this many letters on a name that sounds alike is the same, however it is spelt: *Catherine*, *Kathryn*."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A word of a name that a written word may stand for, at a cost in edits, with an ending left over."""

    word: str
    cost: int
    tail: str


class WordReader:
    """Reads written words as ``words`` of names; those of ``close`` also when misspelt.

    ``right`` says of a folded word that it is right as it stands and no slip. Each distinct written word is worked
    out once.
    """

    def __init__(self, words: Iterable[str], close: Collection[str], right: Callable[[str], bool]) -> None:
        self._words = frozenset(words)
        self._right = right
        index: dict[str, list[str]] = defaultdict(list)
        for word in sorted(close):
            for less in _deletions(word, _allowed(word)):
                index[less].append(word)
        self._index = {less: tuple(found) for less, found in index.items()}
        self._sounds: dict[str, list[str]] = defaultdict(list)
        for word in sorted(close):
            if len(word) >= _SOUNDS_FROM:
                self._sounds[sound(word)].append(word)
        self._known: dict[str, tuple[Reading, ...]] = {}

    def read(self, written: str) -> tuple[Reading, ...]:
        """Everything ``written`` may stand for; nothing, for most words."""
        readings = self._known.get(written)
        if readings is None:
            readings = self._known[written] = tuple(self._readings(written))
        return readings

    def _readings(self, written: str) -> Iterator[Reading]:
        bases = _bases(written)
        exact = {base: tail for base, tail in reversed(bases) if base in self._words}
        if exact:
            yield from (Reading(base, 0, tail) for base, tail in bases if exact.get(base) == tail)
            return
        for base, tail in bases[:2]:
            if len(base) < 3 or base.isdigit() or written.isupper() or self._right(base):
                return
            slips = list(self._slips(base, written))
            yield from (Reading(word, cost, tail) for word, cost in slips)
            if slips:
                return

    def _slips(self, base: str, written: str) -> Iterator[tuple[str, int]]:
        reach = 2 if len(base) > SHORT - 2 else 1
        near = {word for less in _deletions(base, reach) for word in self._index.get(less, ())}
        alike = self._sounds.get(sound(base), ()) if len(base) >= _SOUNDS_FROM else ()
        usual = _usual_name(base)
        for word in sorted(near.union(alike)):
            distance = DamerauLevenshtein.distance(base, word)
            heard = sound(base) == sound(word)
            close = distance <= _allowed(word) and _plausible(base, word, written)
            if (close and (heard or not usual)) or word in alike:
                yield word, distance


def _bases(written: str) -> list[tuple[str, str]]:
    """The folded word, and what it may be without a possessive, a plural or a contracted verb, each with that end."""
    plain = written.replace("’", "'")
    whole = "st" if folded_word(plain) == "saint" else folded_word(plain)
    found = [(whole, "'" if plain.endswith("s'") else "")]
    if contracted := _CONTRACTED.search(plain):
        found.insert(0, (folded_word(plain[: contracted.start()]), contracted.group()))
    elif plain.lower().endswith("'s"):
        found.insert(0, (folded_word(plain[:-2]), "'s"))
    elif plain.endswith("s'"):
        found.append((folded_word(plain[:-2]), "s'"))
    elif "&" in plain:
        return found
    elif len(whole) > 4 and whole.endswith(("ses", "xes", "zes", "ches", "shes")):
        found.append((whole[:-2], "es"))
    elif len(whole) > 3 and whole.endswith("s") and not whole.endswith("ss"):
        found.append((whole[:-1], "s"))
    return found


def _allowed(word: str) -> int:
    return 1 if len(word) <= SHORT else 2


def _deletions(word: str, distance: int) -> set[str]:
    """``word`` and all it becomes when up to ``distance`` letters are left out."""
    found = {word}
    for many in range(1, min(distance, len(word) - 1) + 1):
        for gone in combinations(range(len(word)), many):
            found.add("".join(c for i, c in enumerate(word) if i not in gone))
    return found


def _usual_name(word: str) -> bool:
    """Whether ``word`` is a usual name in its own right: one a dictionary has, a nickname, a large place."""
    known = lists.place(word)
    large = known is not None and known.size in {"city", "town", "county"}
    return large or lists.proper(word) or lists.is_familiar(word)


def _plausible(base: str, word: str, written: str) -> bool:
    """Whether one may be a slip for the other: very short names keep their first letter and have a capital."""
    return len(word) > 3 or (base[0] == word[0] and len(base) >= len(word) and written[0].isupper())
