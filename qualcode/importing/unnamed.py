"""Dialogues in which a speaker has no label, and is known by type or by place: answers below questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from qualcode.core.values import Face
from qualcode.importing import lexicon
from qualcode.importing.assembly import is_mark
from qualcode.importing.labels import Candidate, Shape, key_of, stem_of
from qualcode.importing.patterns import Pattern, Place
from qualcode.importing.source import Paragraph

INTERVIEWER, PARTICIPANT = "Interviewer", "Participant"
"""The labels given to speakers whom the file does not label."""


def _given(number: int, label: str) -> tuple[Place, Candidate]:
    return (number, 0), Candidate(Shape.WHOLE, label, key_of(label), 0, 0)


def by_emphasis(paragraphs: Sequence[Paragraph], start: int) -> Pattern | None:
    """Two speakers told apart by type alone: questions wholly in bold or italic, answers not."""
    numbers = [i for i in range(start, len(paragraphs)) if _is_speech(paragraphs[i])]
    for face in Face:
        asked = {i for i in numbers if _is_set_in(paragraphs[i], face)}
        answered = [i for i in numbers if i not in asked]
        changes = numbers[:1] + [b for a, b in pairwise(numbers) if (a in asked) != (b in asked)]
        if len(asked) < 3 or len(answered) < 3 or len(changes) < 0.5 * len(asked) + 2:
            continue
        if _asking(paragraphs, asked) >= 0.5 and _asking(paragraphs, answered) <= 0.3:
            labels = dict(_given(i, INTERVIEWER if i in asked else PARTICIPANT) for i in changes)
            reason = f"{_asking(paragraphs, asked):.0%} of the paragraphs set in {face.value} ask something."
            return Pattern(Shape.WHOLE, labels, 0.4, (reason,))
    return None


def _is_speech(paragraph: Paragraph) -> bool:
    return bool(paragraph.text.strip()) and not paragraph.heading and not is_mark(paragraph.text)


def _is_set_in(paragraph: Paragraph, face: Face) -> bool:
    covered = sum(len(e.span) for e in paragraph.emphasis if e.face is face)
    return covered >= 0.9 * len(paragraph.text.strip())


def _asking(paragraphs: Sequence[Paragraph], numbers: Sequence[int] | set[int]) -> float:
    """The share of these paragraphs that ask something."""
    return sum(any(mark in paragraphs[i].text for mark in "?？؟") for i in numbers) / len(numbers) if numbers else 0.0


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
    if len(asking) < 2 or len(asking) < 0.6 * len(others) or _asking(paragraphs, labelled) > 0.3:
        return {}
    return dict(_given(i, INTERVIEWER) for i in asking)
