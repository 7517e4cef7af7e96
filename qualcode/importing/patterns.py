"""Which shape the labels of a file have: every shape is tried over the whole file, and the best one is taken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qualcode.importing import lexicon, timestamps
from qualcode.importing.heads import Heads, Place
from qualcode.importing.labels import (
    Candidate,
    Shape,
    is_misspelling,
    is_role_word,
    plausibility,
)
from qualcode.importing.legend import Legend
from qualcode.importing.source import Paragraph

_PRIOR = {
    Shape.GIVEN: 1.0,
    Shape.VOICE: 1.0,
    Shape.COLUMN: 1.0,
    Shape.TIMED: 0.98,
    Shape.COLON: 0.95,
    Shape.BRACKET: 0.92,
    Shape.TAB: 0.9,
    Shape.FACE: 0.85,
    Shape.DASH: 0.85,
    Shape.STOP: 0.85,
    Shape.SIGN: 0.85,
    Shape.ALONE: 0.8,
    Shape.BARE: 0.75,
}
_WEAK = frozenset([Shape.DASH, Shape.ALONE, Shape.BARE, Shape.FACE, Shape.STOP, Shape.SIGN, Shape.TAB])
"""Shapes that prose has by chance: a label in one of them must recur."""

_LEAST_SCORE = 0.25
_SMALL = 12
_CERTAIN = 0.9
"""How plausible a label must be by its look to count without recurring."""

_CERTAIN_INSIDE = 0.95
"""The same for words before a colon inside a paragraph, where labels stand at the start."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """The labels found: where each stands, in which shape they are, and how good the evidence is (0 to 1)."""

    shape: Shape
    labels: Mapping[Place, Candidate]
    score: float = 0.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Evidence:
    shape: Shape
    found: Mapping[Place, Candidate]
    keys: frozenset[str]
    score: float
    alternation: float
    share: float

    @property
    def outside(self) -> bool:
        """Whether labels stand at the start of paragraphs, as a rule."""
        return sum(start == 0 for _, start in self.found) >= 0.65 * len(self.found)


def find(paragraphs: Sequence[Paragraph], header: int, heads: Heads, legend: Legend) -> Pattern:
    """The pattern of labels in ``paragraphs`` from number ``header`` on; ``heads`` as :func:`heads_of` finds them."""
    heads = {place: readings for place, readings in heads.items() if place[0] >= header}
    weights = [len(p.text) for p in paragraphs]
    best = None
    for shape in _PRIOR:
        evidence = _weigh(shape, heads, legend, weights, header)
        if evidence and (best is None or evidence.score > best.score):
            best = evidence
    if best is None or best.score < _LEAST_SCORE:
        return Pattern(Shape.NONE, {}, best.score if best else 0.0)
    labels = _completed(best, heads, legend, paragraphs)
    labels |= _inside(paragraphs, header, labels, best)
    return Pattern(best.shape, dict(sorted(labels.items())), best.score, tuple(_reasons(best, labels)))


def _likely(candidate: Candidate, legend: Legend) -> float:
    if candidate.key in legend.meanings:
        return 1.0
    if candidate.shape in (Shape.VOICE, Shape.COLUMN, Shape.GIVEN):
        return 1.0
    likely = plausibility(candidate.label)
    return min(likely, 0.5) if candidate.shape is Shape.BARE else likely


def _weigh(shape: Shape, heads: Heads, legend: Legend, weights: Sequence[int], header: int) -> _Evidence | None:
    found = {place: readings[shape] for place, readings in heads.items() if shape in readings}
    counts = Counter(c.key for c in found.values())
    likely: dict[str, float] = {}
    for c in found.values():
        likely[c.key] = max(likely.get(c.key, 0.0), _likely(c, legend))
    lines = sum(start == 0 for _, start in heads)
    for key in _held_by_density(shape, found, likely, lines):
        likely[key] = max(likely[key], 0.8)
    full = sum(likely[c.key] >= 0.6 for (_, start), c in found.items() if not start) == lines
    inside = _found_inside_only(found, likely)
    keys = frozenset(
        k
        for k, n in counts.items()
        if _is_established(shape, n, likely[k], k in legend.meanings, lines, full)
        and (k not in inside or likely[k] >= _CERTAIN_INSIDE or n >= max(3, 0.1 * len(found)))
    )
    kept = {place: c for place, c in sorted(found.items()) if c.key in keys}
    if not kept:
        return None
    sequence = [c.key for c in kept.values()]
    changes = sum(a != b for a, b in pairwise(sequence))
    alternation = (
        changes / (len(sequence) - 1) if len(keys) > 1 else 0.8 if min(likely[k] for k in keys) >= 0.9 else 0.3
    )
    first = next(iter(kept))[0]
    share = min(1.0, len(kept) / max(1, len(weights) - first))
    coverage = sum(weights[first:]) / max(1, sum(weights[header:]))
    mean = sum(likely[k] for k in sequence) / len(sequence)
    recurrence = min(1.0, 0.6 + 0.2 * len(sequence) / len(keys))
    density = 1.0 if keys <= legend.meanings.keys() else min(1.0, 0.4 + 1.5 * share)
    score = _PRIOR[shape] * mean * (0.5 + 0.5 * alternation) * coverage**0.5 * density * recurrence
    return _Evidence(shape, kept, keys, score, alternation, share)


def _held_by_density(
    shape: Shape, found: Mapping[Place, Candidate], likely: Mapping[str, float], lines: int
) -> frozenset[str]:
    """Odd labels that recur in a file in which nearly every line begins with one."""
    heads = Counter(c.key for (_, start), c in found.items() if not start)
    recurring = {key: times for key, times in heads.items() if times > 1}
    if shape in _WEAK or heads.total() < 0.9 * lines or sum(recurring.values()) < 0.7 * lines:
        return frozenset()
    return frozenset(key for key in recurring if likely[key] > 0)


def _found_inside_only(found: Mapping[Place, Candidate], likely: Mapping[str, float]) -> frozenset[str]:
    """Labels that never begin a paragraph, in a file whose labels do: words before a colon, unless they recur."""
    outside = {c.key for (_, start), c in found.items() if not start}
    plausible = [start for (_, start), c in found.items() if likely[c.key] >= 0.6]
    if sum(start == 0 for start in plausible) < 0.65 * len(plausible):
        return frozenset()
    return frozenset(c.key for c in found.values()) - outside


def _is_established(shape: Shape, times: int, likely: float, explained: bool, lines: int, full: bool) -> bool:
    """Whether a label that occurs so many times in a file of so many lines counts.

    ``full`` says that every line of the file has one in this shape.
    """
    if explained or shape in (Shape.VOICE, Shape.COLUMN, Shape.GIVEN):
        return True
    if shape in _WEAK:
        return times >= (2 if likely >= _CERTAIN or lines <= _SMALL else 3) and likely >= 0.35
    if likely >= _CERTAIN:
        return True
    small = lines <= _SMALL
    least = ((0.8, 1 if small else 2), (0.6, 1 if small and full and lines > 1 else 2), (0.3, 3), (0.15, 6))
    return any(likely >= floor and times >= n for floor, n in least)


def _completed(
    best: _Evidence, heads: Heads, legend: Legend, paragraphs: Sequence[Paragraph]
) -> dict[Place, Candidate]:
    """The labels of the best shape, known labels in other shapes, and rare ones that look like the others."""
    labels = dict(best.found)
    spoken = _Spoken(paragraphs)
    for place, readings in heads.items():
        if place in labels or not _may_start(place, readings):
            continue
        for c in readings.values():
            bare = c.shape is Shape.BARE and best.shape is not Shape.BARE
            known = c.key in best.keys and (not bare or (len(c.key) > 3 and is_role_word(c.key)))
            if known or _is_rare_speaker(c, best, legend, spoken, place):
                labels[place] = c
                break
    return labels


def _may_start(place: Place, readings: Mapping[Shape, Candidate]) -> bool:
    return bool(readings) and (place[1] == 0 or not readings.keys() <= {Shape.ALONE, Shape.FACE})


def _is_rare_speaker(c: Candidate, best: _Evidence, legend: Legend, spoken: _Spoken, place: Place) -> bool:
    """Whether a label that occurs once or twice is a speaker all the same."""
    likely = plausibility(c.label)
    if c.shape is Shape.BARE and best.shape is Shape.BARE:
        return len(c.key) == 2 and c.label.isupper() and place == spoken.first_after(legend)
    if c.shape is Shape.STOP and best.shape is not Shape.STOP:
        return c.key in lexicon.INTERVIEWER and 2 < len(c.key) < 6
    if (
        c.shape in (Shape.DASH, Shape.BRACKET)
        and likely == 1.0
        and best.shape in (Shape.BARE, Shape.DASH, Shape.BRACKET)
    ):
        return True
    if c.shape is not best.shape or c.shape in _WEAK - {Shape.ALONE, Shape.FACE, Shape.TAB}:
        return False
    if place[1] and best.outside and likely < _CERTAIN_INSIDE:
        return False
    if likely >= 0.8 or (likely and is_misspelling(c.key, best.keys)):
        return True
    dense = best.share >= (0.5 if len(best.found) <= _SMALL else 0.8)
    return likely >= 0.6 and c.shape not in _WEAK and (dense or spoken.names(c.label))


class _Spoken:
    """Names as they occur inside the speech, looked up only when a rare label asks for it."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self._paragraphs = paragraphs
        self._names: frozenset[str] | None = None

    def names(self, label: str) -> bool:
        if self._names is None:
            inside = re.compile(r"(?<=[a-z,] )([^\W\d_a-z][\w'’\-]+)")
            self._names = frozenset(n for p in self._paragraphs for n in inside.findall(p.text))
        return label in self._names

    def first_after(self, legend: Legend) -> Place:
        return (max(legend.lines) + 1, 0) if legend.lines else (-1, 0)


def _inside(
    paragraphs: Sequence[Paragraph], header: int, labels: Mapping[Place, Candidate], best: _Evidence
) -> dict[Place, Candidate]:
    """Further turns inside a paragraph: established labels with a colon, or in brackets, after other words."""
    if best.shape not in (Shape.COLON, Shape.BRACKET, Shape.TIMED, Shape.FACE):
        return {}
    spellings = {c.label: c.key for c in labels.values() if c.label}
    written = "|".join(re.escape(s) for s in sorted(spellings, key=len, reverse=True))
    if best.shape is Shape.BRACKET:
        pattern = re.compile(rf"(?<=\s)\[(?P<label>{written})\]\s*:?\s*")
    else:
        pattern = re.compile(rf"(?<![\w@#])(?P<label>{written})\s?(?P<time>[\[(][\d:.]+[\])])?\s?[:：](?=\s)\s*")
    taken: dict[int, list[Candidate]] = {}
    for (number, _), c in labels.items():
        taken.setdefault(number, []).append(c)
    found = {}
    for number in range(header, len(paragraphs)):
        text, here = paragraphs[number].text, taken.get(number, ())
        start = here[0].body if here and not here[0].start else 0
        if not any(text.find(mark, start) >= 0 for mark in ":：["):
            continue
        for match in pattern.finditer(text, start):
            if _is_turn_inside(text, match, here):
                mark = timestamps.at_start(match["time"]) if match.groupdict().get("time") else None
                label, at = match["label"], mark.seconds if mark else None
                c = Candidate(best.shape, label, spellings[label], match.start(), match.end(), at)
                found[number, match.start()] = c
    return found


_ARTICLE = re.compile(
    r"\b(?:the|an?|our|my|your|his|her|their|to|said|says|say|asked|and|der|die|das|le|la|el)\s+$", re.I
)
_ENDED = re.compile(r"[.?!…\"”’)\]\-–—:;]\s*$|\s{2,}$|\t$")


def _is_turn_inside(text: str, match: re.Match[str], heads: Sequence[Candidate]) -> bool:
    before = text[max(0, match.start() - 24) : match.start()]
    in_head = any(c.start <= match.start() <= c.body for c in heads)
    if in_head or not before.strip() or _ARTICLE.search(before):
        return False
    return bool(_ENDED.search(before)) or (plausibility(match["label"]) >= 0.9 and before[-1].isspace())


def _reasons(best: _Evidence, labels: Mapping[Place, Candidate]) -> Iterable[str]:
    people = len({c.key for c in labels.values()})
    yield f"There are {len(labels)} labels of {people} {'speaker' if people == 1 else 'speakers'}."
    yield f"{best.share:.0%} of the paragraphs have one."
    if len(best.keys) > 1:
        yield f"In {best.alternation:.0%} of the cases the next label is another speaker's."
