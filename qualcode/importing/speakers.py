"""Who the labels stand for: spellings of one speaker brought together, and roles proposed from evidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qualcode.core.values import InterviewFacts, Role
from qualcode.importing import lexicon
from qualcode.importing.facts import is_person, names_in
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


_TESTS = (_explained, _abbreviated, _part_of_name, _misspelt)


_GUIDING = re.compile(
    r"\b(?:can|could|would) you (?:please )?(?:tell|describe|explain|talk|say|give|introduce)|"
    r"\btell (?:me|us)\b.{0,20}\babout|"
    r"thank(?:s| you)(?: (?:so|very) much)? for "
    r"(?:joining|your time|taking|coming|agreeing|participating|talking|speaking)|"
    r"\b(?:next|last|first|final|another) question|\bwelcome (?:to|everyone|back)|"
    r"anything else you.{0,12} (?:add|say|share)|\bhow did you (?:get|come|feel|start)|\bcan i (?:just )?ask|"
    r"\bi(?:'d| would) like to ask",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Conduct:
    """How one speaker behaves: what is said in each turn, how many words, in how many turns something is asked.

    ``opens`` says that theirs is the first turn.
    """

    label: str
    said: tuple[str, ...]
    words: int
    asking: int
    opens: bool

    @property
    def turns(self) -> int:
        return len(self.said)

    def guiding(self) -> int:
        """In how many turns they use a phrase by which somebody leads an interview in English."""
        return sum(bool(_GUIDING.search(turn)) for turn in self.said)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A role and the reason for it as a sentence."""

    role: Role
    why: str


_UNCLEAR = Proposal(Role.UNKNOWN, "Nothing in the file says which role this is.")
_MANY = 12


def roles(
    people: Sequence[Conduct], meanings: Mapping[str, str], facts: InterviewFacts, rules: Rules
) -> list[Proposal]:
    """A role for each speaker, UNKNOWN where there is no evidence."""
    said = [_said(person, rules) or _by_header(person, meanings, facts) for person in people]
    found = [a or b for a, b in zip(said, _by_word(people, meanings), strict=True)]
    if not any(p and p.role is Role.INTERVIEWER for p in found):
        found = _with_only_other(people, found)
    if not any(p and p.role is Role.INTERVIEWER for p in found):
        found = _with_questioner(people, found)
    if not any(p and p.role is Role.INTERVIEWER for p in found):
        return [p or _UNCLEAR for p in found]
    return [p or _counterpart(person, people, found) for p, person in zip(found, people, strict=True)]


def _said(person: Conduct, rules: Rules) -> Proposal | None:
    role = rules.role_of(person.label)
    return Proposal(role, "The rules of this import say so.") if role else None


def _by_header(person: Conduct, meanings: Mapping[str, str], facts: InterviewFacts) -> Proposal | None:
    names = [person.label, meanings.get(key_of(person.label), "")]
    for header, role in ((names_in(facts.interviewer or ""), Role.INTERVIEWER), (facts.participants, Role.PARTICIPANT)):
        for name in header:
            if any(label and is_person(label, name) for label in names):
                return Proposal(role, f"The header of the file names {name} as {role.value}.")
    return None


def _by_word(people: Sequence[Conduct], meanings: Mapping[str, str]) -> list[Proposal | None]:
    keys = [key_of(person.label) for person in people]
    return [_role_word(key, keys, meanings) for key in keys]


def _role_word(key: str, keys: Sequence[str], meanings: Mapping[str, str]) -> Proposal | None:
    meaning = meanings.get(key) or meanings.get(stem_of(key))
    if meaning:
        role = _role_of_words([key_of(meaning), *map(key_of, meaning.split())])
        return Proposal(role, f"The file's legend explains the label as {meaning}.") if role else None
    if not key or key in lexicon.NOBODY:
        return Proposal(Role.UNKNOWN, "The label names nobody in particular.")
    role = _role_of_words(
        [key, stem_of(key), *(stem_of(w) for w in key.split() if len(w) > 2 and w not in lexicon.UTTERANCES)]
    ) or _letter_role(key, keys)
    return Proposal(role, f"The label says {role.value}.") if role else None


def _role_of_words(words: Iterable[str]) -> Role | None:
    known = [w for w in words if len(w) > 1]
    if any(w in lexicon.INTERVIEWER for w in known):
        return Role.INTERVIEWER
    return Role.PARTICIPANT if any(w in lexicon.PARTICIPANT for w in known) else None


def _letter_role(key: str, keys: Sequence[str]) -> Role | None:
    """What ``I``, ``Q``, ``R1`` or ``P`` mean beside the other labels of the file."""
    stem = "".join(c for c in key if not c.isdigit()).strip()
    stems = {"".join(c for c in k if not c.isdigit()).strip() for k in keys}
    if len(stems) > 3 and all(len(s) == 1 for s in stems):
        return None
    for (one, other), interviewer in lexicon.PAIRS.items():
        if {one, other} <= stems and stem in (one, other):
            return Role.INTERVIEWER if stem == interviewer else Role.PARTICIPANT
    for letter, answering in lexicon.ANSWERING.items():
        if letter in stems and stem in (letter, *answering):
            return _beside(letter, stem, bool(stems & set(answering)))
    return None


def _beside(letter: str, stem: str, answered: bool) -> Role | None:
    """The interviewer's letter counts alone for ``I`` and ``Q``, for the others only beside an answering letter."""
    if stem == letter:
        return Role.INTERVIEWER if answered or letter in "iq" else None
    return Role.PARTICIPANT


def _with_only_other(people: Sequence[Conduct], found: Sequence[Proposal | None]) -> list[Proposal | None]:
    """The one speaker beside those who are called participants, if that one asks."""
    left = [i for i, p in enumerate(found) if p is None]
    others = [person for person, p in zip(people, found, strict=True) if p and p.role is Role.PARTICIPANT]
    if len(left) != 1 or not others or people[left[0]].turns < 2:
        return list(found)
    if any(_asking_density(people[left[0]]) <= _asking_density(other) for other in others):
        return list(found)
    proposal = Proposal(Role.INTERVIEWER, "Speaks with those who are called participants, and asks more than they.")
    return [proposal if p is None else p for p in found]


def _with_questioner(people: Sequence[Conduct], found: Sequence[Proposal | None]) -> list[Proposal | None]:
    """The one speaker who asks far more than the others, if there is such a one."""
    open_ones = [i for i, (p, person) in enumerate(zip(found, people, strict=True)) if p is None and person.turns >= 2]
    if len(people) < 2 or not open_ones:
        return list(found)
    ranked = sorted(open_ones, key=lambda i: _asking_density(people[i]), reverse=True)
    first = people[ranked[0]]
    rest = [people[i] for i in range(len(people)) if i != ranked[0] and people[i].turns >= 2]
    if not rest or not _stands_out(first, rest):
        return list(found)
    proposal = Proposal(
        Role.INTERVIEWER, f"Asks in {first.asking / first.turns:.0%} of the turns, far more than the others."
    )
    return [proposal if i == ranked[0] else p for i, p in enumerate(found)]


def _asking_density(person: Conduct) -> float:
    return (person.asking + 0.2) / (person.words + 20)


def _stands_out(person: Conduct, rest: Sequence[Conduct]) -> bool:
    """Asks often, far more than anybody else, and shows at least two further signs of leading the talk."""
    rate = person.asking / person.turns
    if rate < 0.25 or person.asking < 3 or person.turns < 0.15 * (person.turns + sum(o.turns for o in rest)):
        return False
    if any(_asking_density(person) < 2.5 * _asking_density(other) for other in rest):
        return False
    talkative = max(rest, key=lambda other: other.words)
    signs = (
        all(rate >= 1.5 * other.asking / other.turns for other in rest),
        person.opens,
        person.words / person.turns < 0.75 * talkative.words / talkative.turns,
        _guides(person, rest),
    )
    return sum(signs) >= 2


def _guides(person: Conduct, rest: Sequence[Conduct]) -> bool:
    guiding = person.guiding()
    return guiding >= 2 and all(guiding >= 2 * other.guiding() for other in rest)


def _counterpart(person: Conduct, people: Sequence[Conduct], found: Sequence[Proposal | None]) -> Proposal:
    """Who is no interviewer is a participant, unless there are many or this one asks as interviewers do."""
    known = [p for p, proposal in zip(people, found, strict=True) if proposal and proposal.role is Role.INTERVIEWER]
    if len(people) - len(known) > _MANY:
        return Proposal(Role.UNKNOWN, "There are too many speakers to take all but the interviewer for participants.")
    asking = max(p.asking / p.turns for p in known)
    if len(people) == 2:
        return Proposal(Role.PARTICIPANT, "The only other speaker is the interviewer.")
    if person.asking >= 3 and person.asking / person.turns >= max(0.35, 0.6 * asking):
        return Proposal(Role.UNKNOWN, "Asks nearly as much as the interviewer.")
    return Proposal(Role.PARTICIPANT, "Speaks with the interviewer.")
