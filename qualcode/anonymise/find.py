"""What might identify somebody, over a whole project: one list of distinct strings to decide on."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualcode.anonymise import lists, model, patterns
from qualcode.anonymise.candidates import Tier
from qualcode.anonymise.guess import TITLES, kind_of, well_known
from qualcode.anonymise.kinds import HOUSE_RULES, Kind, Treatment
from qualcode.anonymise.lists import bag
from qualcode.anonymise.matching import Matcher
from qualcode.anonymise.pseudonyms import Pseudonyms
from qualcode.anonymise.reading import READ
from qualcode.anonymise.register import Identifier, Register, small_words
from qualcode.anonymise.replace import default
from qualcode.anonymise.seen import seen
from qualcode.anonymise.variants import words_of
from qualcode.core.progress import Progress
from qualcode.core.values import IdentifierId, Passage, Span, TranscriptId
from qualcode.errors import Cancelled

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True, slots=True)
class Sighting:
    """One place where a proposed string stands."""

    transcript_id: TranscriptId
    span: Span


@dataclass(frozen=True, slots=True)
class Proposal:
    """A string that may identify somebody, with all its places in the project and what could stand for it.

    ``forms`` are other strings that mean the same and go with it. ``danger`` is 0 to 1. ``reason`` says in a few
    words why it is offered.
    """

    text: str
    kind: Kind
    tier: Tier
    count: int
    sightings: tuple[Sighting, ...]
    danger: float
    treatment: Treatment
    replacement: str
    forms: tuple[str, ...] = ()
    reason: str = ""


def propose(
    passages: Sequence[Passage],
    known_names: Iterable[str] = (),
    pipeline: Language | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
    used_pseudonyms: Iterable[str] = (),
) -> tuple[Proposal, ...]:
    """Everything in ``passages`` that may identify somebody, the most telling first.

    ``known_names`` are names from the project's metadata: participants, interviewers, speaker labels that are names.
    ``pipeline`` is an installed spaCy pipeline that knows names, used beside the shipped model. Tier A comes before
    B before C (see :class:`Tier`); within a tier what is frequent and dangerous comes first. The same passages give
    the same proposals. Raises Cancelled when ``cancelled`` says so.
    """
    strings: dict[str, _String] = {}
    for name in known_names:
        if name.strip():
            _noted(strings, name.strip(), Kind.PERSON, Tier.A, "in the project's metadata").known = True
    pipelines = [model.shipped(), *([pipeline] if pipeline is not None else [])]
    for done, passage in enumerate(passages):
        progress(Progress(done, len(passages), "Looking for names"))
        if cancelled():
            raise Cancelled
        _gather(passage, pipelines, strings)
    small = small_words(p.text for p in passages)
    kept = _merged([s for s in strings.values() if _worth_asking(s, small, passages)])
    _count(kept, passages, small, progress, cancelled)
    return _ranked(kept, used_pseudonyms)


# --- gathering -----------------------------------------------------------------------------------------------------


@dataclass
class _String:
    """One distinct string while it is being gathered."""

    kinds: Counter[Kind] = field(default_factory=Counter)
    shapes: Counter[str] = field(default_factory=Counter)
    tier: Tier = Tier.C
    reason: str = ""
    known: bool = False
    own: list[Sighting] = field(default_factory=list)
    forms: set[str] = field(default_factory=set)
    sightings: set[Sighting] = field(default_factory=set)

    @property
    def text(self) -> str:
        return min(self.shapes, key=lambda s: (-self.shapes[s], s.islower(), s))

    @property
    def kind(self) -> Kind:
        guess = min(self.kinds, key=lambda k: (k is Kind.OTHER, -self.kinds[k], k))
        return guess if guess in patterns.SHAPED else kind_of(self.text, guess)


def _noted(strings: dict[str, _String], text: str, kind: Kind, tier: Tier, reason: str, key: str = "") -> _String:
    shape = re.sub(r"\s+", " ", text)
    string = strings.setdefault(key or " ".join(words_of(shape)) or shape, _String())
    string.kinds[kind] += 1
    string.shapes[shape] += 1
    if not string.reason or tier < string.tier:
        string.tier, string.reason = tier, reason
    return string


def _gather(passage: Passage, pipelines: Sequence[Language], strings: dict[str, _String]) -> None:
    def note(span: Span, kind: Kind, tier: Tier, reason: str, key: str = "") -> None:
        string = _noted(strings, span.of(passage.text), kind, tier, reason, key and f"{kind}:{key}")
        string.own.append(Sighting(passage.transcript_id, span))

    looked = seen(passage.text, pipelines)
    for found in looked.shaped:
        note(found.span, found.kind, Tier.A, "has the shape of one", found.key)
    for candidate in looked.candidates:
        note(candidate.span, candidate.kind, candidate.tier, candidate.why)
    for hint in looked.hints:
        note(hint.span, hint.kind, Tier.C, "may help to single somebody out", hint.key)


# --- weighing ------------------------------------------------------------------------------------------------------


def _worth_asking(string: _String, small: dict[str, int], passages: Sequence[Passage]) -> bool:
    """Whether the project itself does not show that a leftover is no name, by writing it without capitals too.

    Several words are a name although each is also written small, unless they are so side by side: *Net Loft*.
    """
    said = words_of(string.text)
    only_read = string.reason == READ and len(said) == 1 and not lists.word_and_name(string.text)
    if string.tier is not Tier.B and not only_read:
        return True
    if not all(lists.ordinary(w) and small.get(w, 0) > (0 if len(said) == 1 else 1) for w in said):
        return True
    shape = string.text
    return len(said) > 1 and not shape.islower() and not any(shape.lower() in p.text for p in passages)


def _merged(strings: Sequence[_String]) -> list[_String]:
    """Parts of a person's name under the full name, and abbreviations under what they stand for."""
    by_words = {words_of(s.text): s for s in strings}
    whole: dict[tuple[str, ...], _String] = {}
    for string in sorted(strings, key=lambda s: (-sum(s.shapes.values()), s.text)):
        for short in _short_forms(string):
            whole.setdefault(short, string)
    kept = []
    for string in strings:
        said = words_of(string.text)
        owner = whole.get(said)
        joins = (
            owner is not None and owner is not string and string.kind in {Kind.PERSON, Kind.OTHER, Kind.ORGANISATION}
        )
        if owner is None or not joins or by_words.get(said) is not string or string.known:
            kept.append(string)
            continue
        owner.forms.add(string.text)
        owner.own += string.own
        owner.tier = min(owner.tier, string.tier)
    return kept


def _short_forms(string: _String) -> list[tuple[str, ...]]:
    said = words_of(string.text)
    if string.kind is Kind.PERSON:
        untitled = said[1:] if said[0] in TITLES else said
        return [(w,) for w in untitled if len(w) > 1] if len(said) > 1 else []
    initials = "".join(w[0] for w in said if w not in bag("of the and for in"))
    return [(initials,)] if len(initials) > 2 and string.kind in {Kind.ORGANISATION, Kind.SCHOOL} else []


def _count(
    strings: Sequence[_String],
    passages: Sequence[Passage],
    small: dict[str, int],
    progress: Callable[[Progress], None],
    cancelled: Callable[[], bool],
) -> None:
    """Find every place of every string, also where neither rule nor model saw it."""
    register = Register(
        tuple(
            Identifier(IdentifierId(str(i)), s.kind, s.text, "", Treatment.REMOVAL, tuple(sorted(s.forms)), close=False)
            for i, s in enumerate(strings)
        ),
        small_words=small,
    )
    matcher = Matcher(register)
    for done, passage in enumerate(passages):
        progress(Progress(done, len(passages), "Counting"))
        if cancelled():
            raise Cancelled
        for mention in matcher.find(passage.text):
            strings[int(mention.identifier)].sightings.add(Sighting(passage.transcript_id, mention.span))
    for string in strings:
        covered = {(s.transcript_id, p) for s in string.sightings for p in range(s.span.start, s.span.end)}
        for own in string.own:
            places = {(own.transcript_id, p) for p in range(own.span.start, own.span.end)}
            if not places & covered:
                string.sightings.add(own)
                covered |= places


# --- ranking -------------------------------------------------------------------------------------------------------

_PLACE_DANGER = {
    "village": 0.7,
    "hamlet": 0.8,
    "suburb": 0.6,
    "settlement": 0.7,
    "town": 0.5,
    "city": 0.3,
    "county": 0.3,
}


def _danger(string: _String) -> float:
    if string.known:
        return 1.0
    kind, text = string.kind, string.text
    danger = HOUSE_RULES[kind].danger
    if kind is Kind.PLACE:
        known = lists.place(text)
        danger = _PLACE_DANGER.get(known.size, 0.1) if known else danger
    elif kind is Kind.ORGANISATION and well_known(text):
        danger = 0.1
    elif kind is Kind.PERSON and len(text.split()) == 1:
        danger -= 0.1
    return round(danger if string.tier is not Tier.B else danger * 0.7, 2)


def _ranked(strings: Sequence[_String], used_pseudonyms: Iterable[str]) -> tuple[Proposal, ...]:
    order = sorted(strings, key=lambda s: (s.tier, -_danger(s) * (1 + math.log2(1 + len(s.sightings))), s.text))
    people = [s.text for s in order if s.kind is Kind.PERSON]
    pseudonyms = Pseudonyms([*people, *(f for s in order for f in s.forms)], used_pseudonyms)
    found = []
    for string in order:
        kind = string.kind
        rule = HOUSE_RULES[kind]
        named = rule.treatment is Treatment.PSEUDONYM
        found.append(
            Proposal(
                string.text,
                kind,
                string.tier,
                len(string.sightings),
                tuple(sorted(string.sightings, key=lambda s: (s.transcript_id, s.span))),
                _danger(string),
                rule.treatment,
                pseudonyms.give(string.text) if named else default(kind, string.text),
                tuple(sorted({*string.forms, *string.shapes} - {string.text})),
                string.reason,
            )
        )
    return tuple(found)
