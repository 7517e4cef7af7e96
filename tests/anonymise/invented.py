"""Invented speech in which every kind of identifier is marked, as it is typed and as machines write it down."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qualcode.anonymise.candidates import Tier
from qualcode.anonymise.casing import in_small_letters
from qualcode.anonymise.find import propose
from qualcode.core.values import Passage, Span, TranscriptId

_FILE = Path(__file__).with_name("speech.txt")
_MARK = re.compile(r"\{([\w ]+)\|([^}]*)\}")
_THIRD_TIER = frozenset({"job", "relation", "date", "age"})
"""Kinds that point to nobody alone: to be offered for them in tier C is enough."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What somebody says, and where in it stands what kind of identifier."""

    text: str
    marks: tuple[tuple[Span, str], ...]


def pieces(half: int) -> list[Piece]:
    """The pieces of the first half (0), which was looked at while the rules were written, or of the second (1)."""
    part = _FILE.read_text(encoding="utf-8").split("\n==========\n")[half]
    return [_piece(body.partition("\n")[2].strip()) for body in re.split(r"(?m)^# ", part)[1:]]


def _piece(body: str) -> Piece:
    text, at = "", 0
    marks = []
    for mark in _MARK.finditer(body):
        text += body[at : mark.start()]
        marks.append((Span(len(text), len(text) + len(mark.group(2))), mark.group(1)))
        text += mark.group(2)
        at = mark.end()
    return Piece(text + body[at:], tuple(marks))


def _machine_written(text: str) -> str:
    return re.sub(r"[.,;:!?—](?=\s|$)", " ", in_small_letters(text))


WAYS: dict[str, Callable[[str], str]] = {
    "typed": str,
    "lower-cased": in_small_letters,
    "without capitals and stops": _machine_written,
}
"""Ways of writing speech down that keep every position."""


@dataclass
class Recall:
    """By kind: how many there are, how many a proposal touches, which it does not; and how many strings are right."""

    seen: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[str, str]] = field(default_factory=list)
    strings: int = 0
    right: int = 0


def recall(said: Sequence[Piece], way: str) -> Recall:
    """What is proposed for each piece by itself, written down in one of :data:`WAYS`."""
    total = Recall()
    for piece in said:
        text = WAYS[way](piece.text)
        proposals = propose([Passage(TranscriptId("t"), text, (), ())])
        offered = [(s.span, p.tier) for p in proposals for s in p.sightings]
        for span, kind in piece.marks:
            total.seen[kind] += 1
            if any(s.overlaps(span) and (tier is not Tier.C or kind in _THIRD_TIER) for s, tier in offered):
                total.found[kind] += 1
            else:
                total.missed.append((kind, span.of(text)))
        asked = [p for p in proposals if p.tier is not Tier.C]
        total.strings += len(asked)
        total.right += sum(any(s.span.overlaps(m) for s in p.sightings for m, _ in piece.marks) for p in asked)
    return total
