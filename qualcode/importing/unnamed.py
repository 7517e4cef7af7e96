"""Dialogues in which a speaker has no label, and is known by type or by place: answers below questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from qualcode.core.values import Face
from qualcode.importing import lexicon
from qualcode.importing.assembly import is_mark
from qualcode.importing.heads import Place
from qualcode.importing.labels import Candidate, Shape, asks, key_of, stem_of
from qualcode.importing.patterns import Pattern
from qualcode.importing.source import Paragraph, is_set_in

INTERVIEWER, PARTICIPANT = "Interviewer", "Participant"
"""The labels given to speakers whom the file does not label."""


_MARK = re.compile(r"\s*(?P<sign>>{1,3}|[-–—•·▪◦*]|(?P<number>\d{1,3})[.)])\s+(?=\S)")
_BRACKETED = re.compile(r"\s*(?:\(.*\)|\[.*\])\s*")
_LEAST_TURNS = 8
_DASHES = ("-", "–", "—", ">", ">>", ">>>")


def _given(number: int, label: str, shape: Shape = Shape.WHOLE, body: int = 0) -> tuple[Place, Candidate]:
    return (number, 0), Candidate(shape, label, key_of(label), 0, body)


def by_look(paragraphs: Sequence[Paragraph], start: int) -> Pattern | None:
    """Two speakers told apart by the look of their paragraphs alone: one in bold, in colour, in capitals, indented."""
    numbers = [i for i in range(start, len(paragraphs)) if _is_speech(paragraphs[i])]
    for which, chosen in _looks(paragraphs, numbers):
        for asked in (chosen, set(numbers) - chosen):
            changes = _changes(paragraphs, numbers, asked)
            if changes:
                labels = _numberless(paragraphs, changes, asked)
                share = _asking(paragraphs, asked)
                reason = f"Paragraphs {which} are one speaker's; {share:.0%} of the interviewer's ask something."
                return Pattern(Shape.WHOLE, labels, 0.4, (reason,))
    return None


def _looks(paragraphs: Sequence[Paragraph], numbers: Sequence[int]) -> Iterator[tuple[str, set[int]]]:
    """The ways in which some paragraphs differ from others, each with those that do."""
    for face in Face:
        yield f"set in {face.value}", {i for i in numbers if is_set_in(paragraphs[i], face)}
    for look in {paragraphs[i].look: None for i in numbers}:
        yield "of one style or colour", {i for i in numbers if paragraphs[i].look == look}
    yield "in capitals", {i for i in numbers if paragraphs[i].text.isupper()}
    yield "in brackets", {i for i in numbers if _BRACKETED.fullmatch(paragraphs[i].text)}
    yield "that are indented", {i for i in numbers if paragraphs[i].text[:1].isspace()}


def by_headings(paragraphs: Sequence[Paragraph], start: int) -> Pattern | None:
    """Two speakers told apart by headings that ask, each with its answer below."""
    numbers = [
        i for i in range(start, len(paragraphs)) if paragraphs[i].text.strip() and not is_mark(paragraphs[i].text)
    ]
    asked = {i for i in numbers if paragraphs[i].heading}
    changes = _changes(paragraphs, numbers, asked)
    if not changes:
        return None
    reason = f"{_asking(paragraphs, asked):.0%} of the headings ask something."
    return Pattern(Shape.WHOLE, _numberless(paragraphs, changes, asked), 0.4, (reason,))


def _numberless(paragraphs: Sequence[Paragraph], changes: Sequence[int], asked: set[int]) -> dict[Place, Candidate]:
    """Labels for the changes of speaker; running numbers before the questions are left out."""
    marks = {i: match for i in sorted(asked) if (match := _MARK.match(paragraphs[i].text)) and match["number"]}
    running = len(marks) >= 3 and _count_up([int(match["number"]) for match in marks.values()])
    bodies = {i: marks[i].end() if running and i in marks else 0 for i in changes}
    return dict(_given(i, INTERVIEWER if i in asked else PARTICIPANT, body=body) for i, body in bodies.items())


def _count_up(numbers: Sequence[int]) -> bool:
    return sum(b == a + 1 for a, b in pairwise(numbers)) >= 0.8 * (len(numbers) - 1)


def by_marks(paragraphs: Sequence[Paragraph], start: int) -> Pattern | None:
    """Two speakers told apart by a dash, a dot or a number before each question; or by a dash before every turn."""
    numbers = [i for i in range(start, len(paragraphs)) if _is_speech(paragraphs[i])]
    marks = {i: match for i in numbers if (match := _MARK.match(paragraphs[i].text))}
    counts = [int(match["number"]) for match in marks.values() if match["number"]]
    if counts and (len(counts) < len(marks) or not _count_up(counts)):
        return None
    changes = _changes(paragraphs, numbers, set(marks))
    if changes:
        bodies = {i: marks[i].end() if i in marks else 0 for i in changes}
        labels = dict(
            _given(i, INTERVIEWER if i in marks else PARTICIPANT, Shape.MARK, body) for i, body in bodies.items()
        )
        reason = f"{_asking(paragraphs, set(marks)):.0%} of the marked paragraphs ask something."
        return Pattern(Shape.MARK, labels, 0.4, (reason,))
    return _by_dashes(paragraphs, marks, len(numbers))


def _by_dashes(paragraphs: Sequence[Paragraph], marks: Mapping[int, re.Match[str]], total: int) -> Pattern | None:
    """Each turn begins with a dash, and every second one asks: a list of points does not."""
    turns = [i for i, match in marks.items() if match["sign"] in _DASHES]
    if len(turns) < _LEAST_TURNS or len(turns) < 0.5 * total:
        return None
    shares = [_asking(paragraphs, turns[first::2]) for first in (0, 1)]
    every = len(turns) == total
    if max(shares) < (0.6 if every else 0.7) or min(shares) > (max(shares) / 2 if every else 0.2):
        return None
    asks = shares.index(max(shares))
    labels = dict(
        _given(i, INTERVIEWER if place % 2 == asks else PARTICIPANT, Shape.DASHES, marks[i].end())
        for place, i in enumerate(turns)
    )
    return Pattern(Shape.DASHES, labels, 0.4, (f"{max(shares):.0%} of every second turn ask something.",))


def _changes(paragraphs: Sequence[Paragraph], numbers: Sequence[int], asked: set[int]) -> list[int]:
    """Where the speaker changes, if ``asked`` are the questions of an interview and the others its answers."""
    numbers = list(numbers)
    while len(numbers) > 1 and {*numbers[:2]} <= asked and _is_title(paragraphs[numbers[0]]):
        asked = asked - {numbers.pop(0)}
    answered = [i for i in numbers if i not in asked]
    changes = [*numbers[:1], *(b for a, b in pairwise(numbers) if (a in asked) != (b in asked))]
    if len(asked) < 3 or len(answered) < 3 or len(changes) < 0.5 * len(asked) + 2:
        return []
    tells_apart = _asking(paragraphs, asked) >= 0.5 and _asking(paragraphs, answered) <= 0.3
    return changes if tells_apart else []


def _is_title(paragraph: Paragraph) -> bool:
    return len(paragraph.text.split()) <= 12 and not asks(paragraph.text)


def _is_speech(paragraph: Paragraph) -> bool:
    return bool(paragraph.text.strip()) and not paragraph.heading and not is_mark(paragraph.text)


def _asking(paragraphs: Sequence[Paragraph], numbers: Sequence[int] | set[int]) -> float:
    """The share of these paragraphs that ask something."""
    return sum(asks(paragraphs[i].text) for i in numbers) / len(numbers) if numbers else 0.0


def answered(pattern: Pattern, paragraphs: Sequence[Paragraph], start: int) -> Pattern:
    """``pattern`` with labels for the other speaker of an interview in which only one is labelled."""
    keys = {c.key for c in pattern.labels.values()}
    if len(keys) != 1 or len(pattern.labels) < 2:
        return pattern
    key = keys.pop()
    labelled = {number for number, _ in pattern.labels}
    others = [i for i in range(start, len(paragraphs)) if i not in labelled and _is_speech(paragraphs[i])]
    if key in ("i", "q") or stem_of(key) in lexicon.INTERVIEWER:
        more = _answers(paragraphs, labelled, others)
    elif key in ("r", "p", "a") or stem_of(key) in lexicon.PARTICIPANT or key[1:].isdigit():
        more = _questions(paragraphs, labelled, others)
    else:
        more = {}
    reason = "Only one speaker is labelled; questions and answers alternate."
    return (
        replace(pattern, labels=dict(sorted({**more, **pattern.labels}.items())), reasons=(*pattern.reasons, reason))
        if more
        else pattern
    )


def _answers(paragraphs: Sequence[Paragraph], labelled: set[int], others: Sequence[int]) -> Mapping[Place, Candidate]:
    """The paragraphs that follow a labelled question, if nearly all questions are followed by one and ask."""
    firsts = [i for i in others if i - 1 in labelled]
    if len(firsts) < 0.6 * len(labelled) or _asking(paragraphs, labelled) < 0.5 or _asking(paragraphs, firsts) > 0.3:
        return {}
    return dict(_given(i, PARTICIPANT) for i in firsts)


def _questions(paragraphs: Sequence[Paragraph], labelled: set[int], others: Sequence[int]) -> Mapping[Place, Candidate]:
    """The paragraphs without a label that ask something, if most of them do and the labelled ones do not."""
    asking = [i for i in others if _asking(paragraphs, [i])]
    for face in Face:
        if len(asking) > 1 and sum(is_set_in(paragraphs[i], face) for i in asking) >= 0.8 * len(asking):
            asking = [i for i in others if is_set_in(paragraphs[i], face)]
    if len(asking) < 2 or len(asking) < 0.6 * len(others) or _asking(paragraphs, labelled) > 0.3:
        return {}
    return dict(_given(i, INTERVIEWER) for i in asking)
