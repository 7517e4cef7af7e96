"""Which labels stand for one speaker: spellings, short forms and parts of a name brought together, with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qualcode.importing import lexicon
from qualcode.importing.facts import is_person
from qualcode.importing.labels import Candidate, is_misspelling, key_of, stem_of
from qualcode.importing.rules import Rules

_Counts = Mapping[str, int]
_Meanings = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Merge:
    """A label taken for another spelling of a speaker's, how many turns bear it, and the reason as a sentence."""

    spelling: str
    into: str
    turns: int
    why: str


@dataclass(frozen=True, slots=True)
class Naming:
    """The speaker's label for each key, in order of first turn, and the merges made."""

    labels: Mapping[str, str]
    merges: tuple[Merge, ...]


def named(candidates: Sequence[Candidate], meanings: Mapping[str, str], rules: Rules) -> Naming:
    """One label for each speaker; ``meanings`` is the file's legend."""
    spellings: dict[str, Counter[str]] = {}
    for c in candidates:
        spellings.setdefault(c.key, Counter())[c.label] += 1
    counts = {key: found.total() for key, found in spellings.items()}
    shown = {key: found.most_common(1)[0][0] for key, found in spellings.items()}
    labels: dict[str, str] = {}
    merges = []
    beside = {frozenset((a.key, b.key)) for a, b in pairwise(candidates)}
    for key in counts:
        apart = {other for other in counts if frozenset((key, other)) in beside}
        into, why = _merged(key, shown, counts, meanings, rules, apart)
        labels[key] = into
        if key_of(into) != key:
            merges.append(Merge(shown[key], into, counts[key], why))
    return Naming(_settled(labels), tuple(merges))


def _settled(labels: dict[str, str]) -> dict[str, str]:
    """Merges of merges followed to their end."""
    for key in labels:
        seen = {key}
        while (target := key_of(labels[key])) in labels and target not in seen:
            seen.add(target)
            labels[key] = labels[target]
    return labels


def _merged(
    key: str, shown: Mapping[str, str], counts: _Counts, meanings: _Meanings, rules: Rules, apart: Collection[str]
) -> tuple[str, str]:
    """The label that a key goes under, and why. Those who answer each other (``apart``) are two people."""
    said = rules.same_as(shown[key])
    if said is not None:
        return (shown[key] if key_of(said) == key else said), "The rules of this import say so."
    others = [k for k in counts if k != key and k not in apart and not _kept_apart(k, shown, rules)]
    for test in _TESTS:
        found = [(other, why) for other in others if (why := test(key, other, counts, meanings))]
        if len(found) == 1:
            other, why = found[0]
            return shown[other], why.format(shown[key], shown[other])
    return shown[key], ""


def _kept_apart(key: str, shown: Mapping[str, str], rules: Rules) -> bool:
    said = rules.same_as(shown[key])
    return said is not None and key_of(said) != key


def _explained(key: str, other: str, counts: _Counts, meanings: _Meanings) -> str:
    """A name or a word beside the initials that the legend gives it, and rarer than they."""
    if key in meanings or other not in meanings or counts[key] > counts[other]:
        return ""
    meaning = key_of(meanings[other])
    short = len(key) > 1 and meaning in lexicon.INTERVIEWER and meaning.startswith(key)
    return "{0} is what the legend of the file says {1} stands for." if short or is_person(key, meanings[other]) else ""


def _abbreviated(key: str, other: str, counts: _Counts, meanings: _Meanings) -> str:
    """``Int`` and ``Interviewer``, as long as there are no numbers to tell several apart."""
    if key in meanings or other in meanings or (counts[key], -len(key)) >= (counts[other], -len(other)):
        return ""
    if _short_for(key, other):
        return "{0} is short for {1}."
    return "{1} is short for {0}." if _short_for(other, key) else ""


def _short_for(short: str, long: str) -> bool:
    alike = any(short in words and long in words for words in (lexicon.INTERVIEWER, lexicon.PARTICIPANT))
    letter = short in ("i", "r", "p", "m") and (long in lexicon.INTERVIEWER or long in lexicon.PARTICIPANT)
    return (alike or letter) and len(short) < len(long) and long.startswith(short.rstrip("."))


def _part_of_name(key: str, other: str, counts: _Counts, meanings: _Meanings) -> str:  # noqa: ARG001
    """``Ben`` and ``Ben Walker``; ``Researcher`` and the only ``Researcher 1``; ``Ann (teacher)`` and ``Ann``."""
    if len(key.split()) == 1 and len(other.split()) > 1 and is_person(key, other):
        return "{0} is part of the name {1}."
    if stem_of(other) == key and other != key and counts[key] < counts[other]:
        return "{0} stands without its number, and {1} is the only one of the kind."
    return "{0} is {1} with a description." if key.startswith(other + " (") else ""


def _misspelt(key: str, other: str, counts: _Counts, meanings: _Meanings) -> str:
    rare = counts[key] <= max(2, counts[other] // 10) and counts[key] < counts[other]
    if not rare or key in meanings or not is_misspelling(key, [other]):
        return ""
    return "{0} is rare and all but spelt like {1}."


def _initial(key: str, other: str, counts: _Counts, meanings: _Meanings) -> str:
    """``M`` after ``Mary``: initials that nobody else in the file has."""
    if key in meanings or other in meanings or len(key) > 3 or len(other) <= len(key) or not key.isalpha():
        return ""
    if key in lexicon.INTERVIEWER | lexicon.PARTICIPANT or other in lexicon.INTERVIEWER | lexicon.PARTICIPANT:
        return ""
    fits = [k for k in counts if k != key and k.isascii() == key.isascii() and _initials_of(k).startswith(key)]
    return "{0} is taken for the initials of {1}." if fits == [other] else ""


def _initials_of(key: str) -> str:
    return "".join(word[0] for word in key.split()) if all(w[0].isalpha() for w in key.split()) else ""


_TESTS = (_explained, _abbreviated, _part_of_name, _initial, _misspelt)
