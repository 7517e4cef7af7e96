"""Which shape the labels of a file have: every shape is tried over the whole file, and the best one is taken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qualcode.importing import lexicon, timestamps
from qualcode.importing.assembly import is_mark
from qualcode.importing.labels import Candidate, Shape, is_misspelling, key_of, plausibility, stem_of
from qualcode.importing.legend import Legend
from qualcode.importing.readings import candidates
from qualcode.importing.rules import Rules
from qualcode.importing.source import Paragraph

Place = tuple[int, int]
"""A paragraph's number and a code point in it."""

Heads = dict[Place, dict[Shape, Candidate]]
"""What may be a label, by where it stands and in which shape."""

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
_INLINE = re.compile(r"(?:(?<=[.?!…\"”’)\]]\s)|(?<=\s\s))(?P<label>[^\W\d_a-z][\w'’.\- ]{0,30}?)\s?[:：](?=\s)")


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


def has_bare_times(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether lines regularly begin with a time without brackets, never going back."""
    marks = [timestamps.at_start(p.text.lstrip()) for p in paragraphs]
    times = [m.seconds for m in marks if m and not m.bracketed]
    forward = sum(a <= b for a, b in pairwise(times))
    return len(times) >= max(3, 0.15 * len(paragraphs)) and forward >= 0.9 * (len(times) - 1)


def has_round_times(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether times stand in round brackets inside the speech: three at least, never going back."""
    times = [m.seconds for p in paragraphs if "(" in p.text for m in timestamps.marks_in(p.text, True)]
    return len(times) >= 3 and sum(a <= b for a, b in pairwise(times)) >= 0.9 * (len(times) - 1)


def recurring(heads: Heads) -> frozenset[int]:
    """The paragraphs that begin with what recurs in one shape and may be a label by its look."""
    firsts = [(number, c) for (number, start), readings in heads.items() if not start for c in readings.values()]
    times = Counter((c.shape, c.key) for _, c in firsts)
    return frozenset(number for number, c in firsts if _recurs(times[c.shape, c.key], plausibility(c.label)))


def _recurs(times: int, likely: float) -> bool:
    return likely >= (0.3 if times > 2 else 0.8) and times > 1


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


def heads_of(paragraphs: Sequence[Paragraph], legend: Legend, rules: Rules, bare_times: bool) -> Heads:
    """Every reading of every line's head, and of labels after the end of a sentence inside a paragraph."""
    heads: Heads = {}
    given = rules.heads()
    for number, paragraph in enumerate(paragraphs):
        if paragraph.voice is None and is_mark(paragraph.text):
            continue
        for start, end in pairwise((0, *paragraph.breaks, len(paragraph.text))):
            found = candidates(paragraph, start, end, legend.meanings, bare_times)
            heads[number, start] = {c.shape: c for c in found if c.key}
            for match in (m for pattern in given if (m := pattern.match(paragraph.text, start, end))):
                c = Candidate(Shape.GIVEN, match["label"], key_of(match["label"]), start, match.end(), paragraph.at)
                heads[number, start][Shape.GIVEN] = c
        colon = heads[number, 0].get(Shape.COLON)
        for inner in _inner_candidates(paragraph):
            if not colon or inner.start >= colon.body:
                heads.setdefault((number, inner.start), {Shape.COLON: inner})
    if rules.no_speakers:
        for place, readings in heads.items():
            heads[place] = {shape: c for shape, c in readings.items() if not rules.is_barred(c.key)}
    _number_free(heads)
    return heads


def _inner_candidates(paragraph: Paragraph) -> Iterator[Candidate]:
    if paragraph.text.count(":") + paragraph.text.count("：") < 2:
        return
    for match in _INLINE.finditer(paragraph.text):
        label = match["label"].strip()
        if plausibility(label) >= 0.6:
            yield Candidate(Shape.COLON, label, key_of(label), match.start("label"), match.end())


def _number_free(heads: Heads) -> None:
    """Numbered questions and answers (``Q1:``, ``A1:``, ``Q2:``) are two speakers, not two for each number."""
    seen: dict[tuple[Shape, str], list[str]] = {}
    for readings in heads.values():
        for c in readings.values():
            if (stem := stem_of(c.key)) != c.key and c.key[len(stem) :].strip().isdigit():
                seen.setdefault((c.shape, stem), []).append(c.key)
    running = {which for which, keys in seen.items() if _runs_on(which[1], [int(k[len(which[1]) :]) for k in keys])}
    for readings in heads.values():
        for shape, c in readings.items():
            if (shape, stem_of(c.key)) in running and stem_of(c.key) != c.key:
                readings[shape] = replace(c, key=stem_of(c.key), label=re.sub(r"[\s_\-.#]*\d+$", "", c.label))


def _runs_on(stem: str, numbers: Sequence[int]) -> bool:
    """Whether labels count up through the file; people are counted too, so others than Q and A must count far."""
    if len(set(numbers)) < (3 if stem in lexicon.UTTERANCES or stem in ("q", "a", "f") else 8):
        return False
    return all(0 <= b - a <= 1 for a, b in pairwise(numbers)) and len(set(numbers)) > len(numbers) / 2


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
    full = sum(likely[c.key] >= 0.6 for (_, start), c in found.items() if not start) == lines
    keys = frozenset(
        k for k, n in counts.items() if _is_established(shape, n, likely[k], k in legend.meanings, lines, full)
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


def _is_established(shape: Shape, times: int, likely: float, explained: bool, lines: int, full: bool) -> bool:
    """Whether a label that occurs so many times in a file of so many lines counts.

    ``full`` says that every line of the file has one in this shape.
    """
    if explained or shape in (Shape.VOICE, Shape.COLUMN, Shape.GIVEN):
        return True
    if shape in _WEAK:
        return times >= (2 if likely >= 0.9 or lines <= _SMALL else 3) and likely >= 0.35
    if likely >= 0.9:
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
            known = c.key in best.keys and (c.shape is not Shape.BARE or best.shape is Shape.BARE)
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
