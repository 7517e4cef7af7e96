"""All that rules, lists and models see in one text, put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from qualcode.anonymise import capitals, lists, model, small_letters
from qualcode.anonymise.candidates import NO_PART_OF_NAME, Candidate, Tier, Word, words
from qualcode.anonymise.casing import begins_sentence, in_small_letters
from qualcode.anonymise.guess import KIN, TITLES, is_title, organisation_kind
from qualcode.anonymise.kinds import Kind
from qualcode.anonymise.lists import bag
from qualcode.core.values import Span

if TYPE_CHECKING:
    from spacy.language import Language

READ = "read as a name"
"""Why a candidate is offered that only a model saw."""

_SAINT = bag("st saint")


def candidates(text: str, bare: bool, pipelines: Sequence[Language]) -> list[Candidate]:
    """What rules, lists and models see in ``text``; of two that overlap the longer. ``bare``: it lacks capitals."""
    found = list(small_letters.candidates(text)) if bare else [*capitals.candidates(text), *_left_small(text)]
    for pipeline in pipelines:
        reader = model.eager() if bare and pipeline is model.shipped() else pipeline
        for named in model.names(text, reader):
            for span in _trimmed(text, named, bare):
                if _can_be_name(text, span, bare, named.kind):
                    found.append(Candidate(span, named.kind, Tier.A, READ))
    return _longest(text, found)


def _left_small(text: str) -> Iterator[Candidate]:
    """Names of people and places that a text with capitals yet writes small, if they can be nothing else."""

    def odd(word: Word) -> bool:
        return text[word.start : word.end].islower() and not lists.ordinary(word.text)

    for candidate in small_letters.candidates(in_small_letters(text), odd):
        said = candidate.span.of(text)
        named = candidate.tier is Tier.A and candidate.kind in {Kind.PERSON, Kind.PLACE}
        if named and said.islower() and not any(lists.ordinary(w) for w in said.split()):
            yield candidate


def _trimmed(text: str, named: model.Named, bare: bool) -> Iterator[Span]:
    """What of a model's span is a name: no marks, articles, possessive endings, nor ordinary words at its ends.

    Two people or places joined by *and* come apart.
    """
    by = named.span.start
    inside = [replace(w, start=w.start + by, end=w.end + by) for w in words(named.span.of(text), openings=False)]
    for part in [inside] if named.kind is Kind.ORGANISATION else _parted(inside):
        leads = named.kind is Kind.PERSON or (named.kind is Kind.PLACE and not bare)
        name = _from_its_start(text, part, leads, bare)
        if not bare and organisation_kind(" ".join(w.text for w in name)) is None:
            name = _to_its_end(name)
        if name:
            yield Span(name[0].start, name[-1].end)


def _from_its_start(text: str, part: Sequence[Word], leads: bool, bare: bool) -> Sequence[Word]:
    while part and part[0].low in NO_PART_OF_NAME:
        part = part[1:]
    while leads and len(part) > 1 and _leads(text, part[0], bare):
        part = part[1:]
    return part


def _to_its_end(part: Sequence[Word]) -> Sequence[Word]:
    while len(part) > 1 and not part[-1].capital and lists.ordinary(part[-1].text):
        part = part[:-1]
    return part


def _parted(inside: Sequence[Word]) -> Iterator[Sequence[Word]]:
    at = next((i for i, word in enumerate(inside) if word.low == "and"), None)
    yield inside[:at]
    if at is not None:
        yield from _parted(inside[at + 1 :])


def _leads(text: str, word: Word, bare: bool) -> bool:
    """Whether ``word`` merely comes before a name: *What's Leon*, *then Leon*."""
    usual = lists.common(word.text) and lists.person_name(word.text) is None and lists.place(word.text) is None
    plain = bare or not word.capital or begins_sentence(text, word.start)
    return usual and plain and word.low.rstrip(".") not in TITLES | KIN | _SAINT


def _can_be_name(text: str, span: Span, bare: bool, kind: Kind) -> bool:
    """Whether what a model saw is not simply a usual word: models are unsure at the start of a sentence."""
    inside = words(span.of(text), openings=False)
    if lists.harmless(span.of(text)) or all(lists.harmless(w.text) or is_title(w.text) for w in inside):
        return False
    only = inside[0].text if len(inside) == 1 else ""
    if only and bare:
        called = kind is Kind.PERSON and lists.word_and_name(only)
        return called or not lists.ordinary(only) or lists.mostly_name(only)
    if only and lists.common(only):
        return inside[0].capital and not begins_sentence(text, span.start)
    return bare or any(w.capital or not lists.ordinary(w.text) for w in inside)


def _longest(text: str, found: Iterable[Candidate]) -> list[Candidate]:
    """The candidates without those that lie inside a longer one; a surer tier passes to the longer one.

    Of one that only reaches into a longer one, the words outside stay if no dictionary has them.
    """
    kept: list[Candidate] = []
    owner: dict[int, int] = {}

    def keep(candidate: Candidate) -> None:
        owner.update(dict.fromkeys(range(candidate.span.start, candidate.span.end), len(kept)))
        kept.append(candidate)

    for candidate in sorted(found, key=lambda c: (-len(c.span), c.tier, c.span)):
        over = next((owner[p] for p in (candidate.span.start, candidate.span.end - 1) if p in owner), None)
        if over is None:
            keep(candidate)
        elif not kept[over].span.contains(candidate.span):
            for word in words(candidate.span.of(text), openings=False):
                span = Span(word.start, word.end).shifted(candidate.span.start)
                if span.start not in owner and not lists.ordinary(word.text) and not lists.harmless(word.text):
                    keep(replace(candidate, span=span))
        elif candidate.tier < kept[over].tier:
            better = candidate.kind if kept[over].kind is Kind.OTHER else kept[over].kind
            kept[over] = Candidate(kept[over].span, better, candidate.tier, candidate.why)
    return kept
