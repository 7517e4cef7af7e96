"""A finding's words in a document as the light markup they would be written in, marks and emphasis kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from qualcode.core.values import Span
from qualcode.report import markup
from qualcode.report.blocks import Of
from qualcode.report.markup import Mark, MarkKind
from qualcode.report.returned.basis import Filled
from qualcode.report.returned.document import Place, ReadDocument, ReadParagraph, Run
from qualcode.report.returned.matching import Item

_NUMBERED = "\0"
"""Stands before a reference that reads as a number, before which a report writes the word section."""

_LISTED = {"list bullet": "- ", "list number": "1. "}


@dataclass(frozen=True, slots=True)
class Written:
    """Light markup made from a document; ``lost`` are marks of the finding that found no place in it."""

    text: str
    lost: tuple[str, ...]


def written(
    document: ReadDocument, item: Item, quotes: Mapping[str, Sequence[Place]], before: str, filled: Sequence[Filled]
) -> Written:
    """``item`` as markup. ``quotes`` are the places of those that stand in it, by label; ``before`` is the markup it
    had, ``filled`` what its counting marks read."""
    lines = []
    references = _references(before)
    shown = sum(bool(run.reference) for place in item.places for run in document.paragraphs[place.paragraph].runs)
    left = references if shown == len(references) else []
    for place in item.places:
        paragraph = document.paragraphs[place.paragraph]
        inside = {p.span: label for label, places in quotes.items() for p in places if p.paragraph == place.paragraph}
        words = _emphasised(_pieces(paragraph, place.span, inside, left))
        if words.strip():
            lines.append((_LISTED.get(paragraph.style, ""), words.strip()))
    text = _joined(lines)
    for mark in filled:
        text = text.replace(mark.words, mark.mark, 1)
    return Written(text, tuple(_source(m) for m in _marks(before) if not _stands(m, text)))


def quotes_within(item: Item, items: Iterable[Item], labels: Mapping[str, str]) -> dict[str, tuple[Place, ...]]:
    """The places of the quotes that stand in a finding's sentences, by their labels."""
    there = [q for q in items if q.origin.of is Of.QUOTE and q.origin.id in labels]
    return {labels[q.origin.id]: q.places for q in there if all(_inside(place, item.places) for place in q.places)}


# --- within ------------------------------------------------------------------------------------------------------


def _inside(place: Place, around: Sequence[Place]) -> bool:
    return any(a.paragraph == place.paragraph and a.span.contains(place.span) for a in around)


def _pieces(
    paragraph: ReadParagraph, span: Span, quotes: Mapping[Span, str], left: list[str]
) -> Iterable[tuple[str, bool, bool]]:
    """The words of a paragraph with their emphasis; quotes, footnotes and references as marks."""
    at = 0
    for run in paragraph.runs:
        here = Span(at, at + len(run.text))
        at = here.end
        if not here.overlaps(span):
            continue
        quoted = next((q for q in quotes if q.overlaps(here)), None)
        if run.note:
            yield f"{{note: {run.note}}}", run.bold, run.italic
        elif run.reference:
            number = run.text.replace(".", "").isdigit()
            yield f"{_NUMBERED * number}{{see: {left.pop(0) if left else run.text}}}", run.bold, run.italic
        elif quoted is None:
            yield run.text[max(0, span.start - here.start) : span.end - here.start], run.bold, run.italic
        else:
            yield from _beside(run, here, quoted, quotes[quoted])


def _beside(run: Run, here: Span, quoted: Span, label: str) -> Iterable[tuple[str, bool, bool]]:
    """A run that reaches into a quote: what stands before it, its mark where it begins, what stands after it."""
    yield run.text[: max(0, quoted.start - here.start)], run.bold, run.italic
    if here.start <= quoted.start < here.end:
        yield f"{{q:{label}}}", run.bold, run.italic
    yield run.text[max(0, quoted.end - here.start) :], run.bold, run.italic


def _emphasised(pieces: Iterable[tuple[str, bool, bool]]) -> str:
    """Words with asterisks around what is bold or italic; white space stays outside of them."""
    made = ""
    for (bold, italic), group in groupby(filter(lambda p: p[0], pieces), key=lambda p: p[1:]):
        words = "".join(p[0] for p in group)
        stars = "*" * (2 * bold + italic)
        inner = words.strip()
        made += words.replace(inner, f"{stars}{inner}{stars}", 1) if inner and stars else words
    return re.sub(r"\s+", " ", made.replace(f"section {_NUMBERED}", "").replace(_NUMBERED, ""))


def _joined(lines: Sequence[tuple[str, str]]) -> str:
    """Paragraphs with an empty line between them, the items of a list without."""
    text = ""
    for number, (sign, words) in enumerate(lines):
        listed = bool(sign) and number > 0 and lines[number - 1][0] == sign
        text += ("" if not text else "\n" if listed else "\n\n") + sign + words
    return text


def _marks(text: str) -> list[Mark]:
    nodes = (n for piece in markup.parse(text) for item in piece.items for n in item)
    return [n for n in nodes if isinstance(n, Mark) and n.kind is not None]


def _references(text: str) -> list[str]:
    return [m.value for m in _marks(text) if m.kind is MarkKind.SEE]


def _source(mark: Mark) -> str:
    return f"{{{mark.kind}: {mark.value}}}" if mark.value else f"{{{mark.kind}}}"


def _stands(mark: Mark, text: str) -> bool:
    return any(m.kind is mark.kind and (m.value == mark.value or m.kind is MarkKind.NOTE) for m in _marks(text))
