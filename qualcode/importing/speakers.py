"""What the speakers are: interviewer or participant, proposed from evidence and never guessed without any."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.core.values import InterviewFacts, Role
from qualcode.importing import lexicon
from qualcode.importing.facts import is_person, names_in
from qualcode.importing.labels import key_of, stem_of
from qualcode.importing.rules import Rules

_Counts = Mapping[str, int]
_Meanings = Mapping[str, str]


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
    letters = _doubted(people, _by_letter(people, meanings))
    found = [a or b or c for a, b, c in zip(said, _by_word(people, meanings), letters, strict=True)]
    if not any(p and p.role is Role.INTERVIEWER for p in found):
        found = _with_only_other(people, found)
    if not any(p and p.role is Role.INTERVIEWER for p in found):
        found = _with_questioner(people, found, {i for i, p in enumerate(people) if not said[i] and _is_spoken_to(p)})
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
    return [_role_word(key_of(person.label), meanings) for person in people]


def _by_letter(people: Sequence[Conduct], meanings: Mapping[str, str]) -> list[Proposal | None]:
    keys = [key_of(person.label) for person in people]
    open_ones = {key for key in keys if key and key not in lexicon.NOBODY | meanings.keys()}
    found = [_letter_role(key, keys) if key in open_ones else None for key in keys]
    return [Proposal(role, f"The label says {role.value}.") if role else None for role in found]


def _doubted(people: Sequence[Conduct], found: Sequence[Proposal | None]) -> list[Proposal | None]:
    """What letters say, unless one who is to answer asks far more than the one who is to ask.

    In Spanish, E is the interviewer and I the informant; A and B may be anybody.
    """
    asks = [person for person, p in zip(people, found, strict=True) if p and p.role is Role.INTERVIEWER]
    answers = [person for person, p in zip(people, found, strict=True) if p and p.role is Role.PARTICIPANT]
    most = max((_asking_density(person) for person in asks), default=0.0)
    doubted = any(person.asking >= 3 and _asking_density(person) > 2.5 * most for person in answers)
    return [None] * len(found) if asks and doubted else list(found)


def _role_word(key: str, meanings: Mapping[str, str]) -> Proposal | None:
    meaning = meanings.get(key) or meanings.get(stem_of(key))
    if meaning:
        role = _role_of_words([key_of(meaning), *map(key_of, meaning.split())])
        return Proposal(role, f"The file's legend explains the label as {meaning}.") if role else None
    if not key or key in lexicon.NOBODY:
        return Proposal(Role.UNKNOWN, "The label names nobody in particular.")
    role = _role_of_words(
        [key, stem_of(key), *(stem_of(w) for w in key.split() if len(w) > 2 and w not in lexicon.UTTERANCES)]
    )
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


def _is_spoken_to(person: Conduct) -> bool:
    """Whether the label says no more than what its speaker is, as ``Teacher`` does."""
    key = key_of(person.label)
    return key in lexicon.SPOKEN_TO or stem_of(key) in lexicon.SPOKEN_TO


def _with_questioner(
    people: Sequence[Conduct], found: Sequence[Proposal | None], loose: Collection[int]
) -> list[Proposal | None]:
    """The one speaker who asks far more than the others, if there is such a one; ``loose`` proposals may give way."""
    open_ones = [i for i, p in enumerate(found) if (p is None or i in loose) and people[i].turns >= 2]
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
