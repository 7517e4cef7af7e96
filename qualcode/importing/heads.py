"""What may be a speaker label: every reading of every line's head, and where a file puts its times."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from qualcode.core.values import Face
from qualcode.importing import lexicon, timestamps
from qualcode.importing.assembly import is_mark
from qualcode.importing.labels import LONGEST, Candidate, Shape, key_of, plausibility, stem_of
from qualcode.importing.legend import Legend
from qualcode.importing.readings import BareTimes, candidates
from qualcode.importing.rules import Rules
from qualcode.importing.source import Paragraph, is_set_in

Place = tuple[int, int]
"""A paragraph's number and a code point in it."""

Heads = dict[Place, dict[Shape, Candidate]]
"""What may be a label, by where it stands and in which shape."""

_COUNTED = lexicon.UTTERANCES | {"q", "a", "f"}
"""Labels of what is said, numbered through the file; others with numbers are people."""

_INLINE = re.compile(r"(?:(?<=[.?!…\"”’)\]]\s)|(?<=\s\s))(?P<label>[^\W\d_a-z][\w'’.\- ]{0,30}?)\s?[:：](?=\s)")


def bare_times(paragraphs: Sequence[Paragraph]) -> BareTimes:
    """Where lines regularly have a time without brackets, never going back."""
    texts = [p.text.strip() for p in paragraphs]
    heads = [(mark, text) for text in texts if (mark := timestamps.at_start(text))]
    leading = [m.seconds for m, _ in heads if not m.bracketed and not m.spelt]
    following = [m.seconds for text in texts if (m := _after_label(text)) and not m.bracketed and not m.spelt]
    alone = [m for m, text in heads if m.span.end == len(text)]
    spelt = [m for m in alone if m.spelt]
    least = 0.15 * len(paragraphs)
    return BareTimes(
        leading=_run_forward(leading, max(3, least)),
        following=_run_forward(following, max(3, least)),
        alone=_run_forward([m.seconds for m in alone if not m.spelt and not m.bracketed], 2),
        spelt=_run_forward([m.seconds for m in spelt], 2 if all(m.bracketed for m in spelt) else 3),
    )


def _after_label(text: str) -> timestamps.Mark | None:
    mark = timestamps.within(text, 0, LONGEST)
    return mark if mark and mark.span.start and plausibility(text[: mark.span.start].strip(" \t:")) >= 0.5 else None


def _run_forward(times: Sequence[float], least: float) -> bool:
    forward = sum(a <= b for a, b in pairwise(times))
    return len(times) >= least and forward >= 0.9 * (len(times) - 1)


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


def topics_of(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """Short lines in bold that end like headings, in a file where bold is rare."""
    bold = [i for i, p in enumerate(paragraphs) if p.emphasis and p.text.strip() and is_set_in(p, Face.BOLD)]
    if len(bold) > 0.2 * len(paragraphs):
        return frozenset()
    texts = {i: paragraphs[i].text.strip() for i in bold}
    return frozenset(i for i, t in texts.items() if len(t.split()) <= 10 and t[-1] not in '.,:;?!…"”’')


def heads_of(paragraphs: Sequence[Paragraph], legend: Legend, rules: Rules, times: BareTimes) -> Heads:
    """Every reading of every line's head, and of labels after the end of a sentence inside a paragraph."""
    heads: Heads = {}
    given = rules.heads()
    topics = topics_of(paragraphs)
    for number, paragraph in enumerate(paragraphs):
        if paragraph.voice is None and (number in topics or is_mark(paragraph.text)):
            continue
        for start, end in pairwise((0, *paragraph.breaks, len(paragraph.text))):
            found = candidates(paragraph, start, end, legend.meanings, times)
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
    alone = {which for which in running if sum(shape is which[0] for shape, _ in running) == 1}
    running -= {which for which in alone if which[1] not in _COUNTED and which[0] is Shape.COLON}
    for readings in heads.values():
        for shape, c in readings.items():
            if (shape, stem_of(c.key)) in running and stem_of(c.key) != c.key:
                readings[shape] = replace(c, key=stem_of(c.key), label=re.sub(r"[\s_\-.#]*\d+$", "", c.label))


def _runs_on(stem: str, numbers: Sequence[int]) -> bool:
    """Whether labels count up through the file; people are counted too, so others than Q and A must count far."""
    if len(set(numbers)) < (3 if stem in _COUNTED else 8):
        return False
    return all(0 <= b - a <= 1 for a, b in pairwise(numbers)) and len(set(numbers)) > len(numbers) / 2
