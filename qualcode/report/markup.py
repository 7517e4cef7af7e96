"""The light markup of what analysts write, and its one parser. No mark ever reaches a document.

======================= ===========================================================================================
``**words**``           the key issue, in bold
``*words*``             italics
``{q:Q-0012}``          the quote of that number, run in here with quotation marks
``{note: words}``       a footnote
``{see: Appendix}``     a reference to a section, theme or appendix by its title or the key of its section
``{count}``             how many raised it: "9 of the 12 asked"
``{spread: Area}``      where they are from: "participants from five of the six areas"
``{fact: shortest}``    what the project knows of how the report came about (:mod:`qualcode.report.facts`)
``{without: lengths}``  leaves a sentence out that would be written by itself
======================= ===========================================================================================

An empty line begins a new paragraph; lines that begin ``- `` or ``1. `` are a list. An asterisk with a space on both
sides is an asterisk; any other that has no partner is left out, and :func:`problems` says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class MarkKind(StrEnum):
    QUOTE = "q"
    NOTE = "note"
    SEE = "see"
    COUNT = "count"
    SPREAD = "spread"
    FACT = "fact"
    WITHOUT = "without"


@dataclass(frozen=True, slots=True)
class Words:
    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark to be filled in. ``kind`` None: it is none of ours, or is not closed."""

    kind: MarkKind | None
    value: str
    bold: bool = False
    italic: bool = False


Node = Words | Mark
Nodes = tuple[Node, ...]


class Shape(StrEnum):
    PARAGRAPH = "paragraph"
    BULLETS = "bullets"
    NUMBERED = "numbered"


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph (one item) or a list (its items)."""

    shape: Shape
    items: tuple[Nodes, ...]


_ITEM = re.compile(r"^\s*(?:([-•])|\d{1,3}[.)])\s+")
_KINDS = {kind.value: kind for kind in MarkKind}
_NAMES = "|".join(_KINDS)
_TOKEN = re.compile(rf"(\*+)|\{{(\w+)(?:\s*:\s*([^{{}}]*))?\}}|(\{{(?:{_NAMES})\b[^{{}}\n]*)")


def parse(text: str) -> tuple[Piece, ...]:
    """The paragraphs and lists of a text."""
    pieces: list[Piece] = []
    for chunk in re.split(r"\n\s*\n", text.strip()):
        pieces.extend(_pieces(chunk.split("\n")))
    return tuple(pieces)


def line(text: str) -> Nodes:
    """A text as one run, line ends taken as spaces: a summary, a heading, a cell."""
    return _nodes(" ".join(text.split()))


def plain(text: str) -> str:
    """The words of a text without its marks; a footnote's own words are left out."""
    return re.sub(r" +([,.;:])", r"\1", " ".join("".join(n.text for n in line(text) if isinstance(n, Words)).split()))


def key_issue(text: str) -> str:
    """The words in bold, or else the first sentence."""
    bold = "".join(n.text for n in line(text) if isinstance(n, Words) and n.bold)
    return bold.strip() or re.split(r"(?<=[.!?])\s", plain(text), maxsplit=1)[0]


def quoted(text: str) -> tuple[str, ...]:
    """The quotes that a text runs in, as they are called there."""
    return named(text, MarkKind.QUOTE)


def named(text: str, *kinds: MarkKind) -> tuple[str, ...]:
    """What the marks of these kinds name, in order."""
    return tuple(mark.value for mark in marks(text) if mark.kind in kinds)


def marks(text: str) -> tuple[Mark, ...]:
    """The marks of a text, in order."""
    return tuple(n for n in line(text) if isinstance(n, Mark))


def problems(text: str) -> tuple[str, ...]:
    """What is wrong with the marks of a text, a sentence each."""
    found = []
    for chunk in re.split(r"\n\s*\n", text):
        tokens = list(_tokens(" ".join(chunk.split())))
        if _unpaired(tokens):
            found.append("An asterisk has no partner and was left out.")
        unknown = [t for t in tokens if isinstance(t, Mark) and t.kind is None]
        found.extend(f"“{{{mark.value}}}” is no mark that a report knows." for mark in unknown)
    return tuple(dict.fromkeys(found))


# --- within ------------------------------------------------------------------------------------------------------


def _pieces(lines: Sequence[str]) -> Iterator[Piece]:
    run: list[str] = []
    shape = Shape.PARAGRAPH
    for raw in lines:
        begins = _ITEM.match(raw)
        here = shape
        if begins:
            here = Shape.BULLETS if begins[1] else Shape.NUMBERED
        if begins and here is shape:
            run.append(raw[begins.end() :])
        elif begins:
            yield from _ended(shape, run)
            shape, run = here, [raw[begins.end() :]]
        elif run:
            run[-1] += " " + raw
        else:
            run.append(raw)
    yield from _ended(shape, run)


def _ended(shape: Shape, run: Sequence[str]) -> Iterator[Piece]:
    items = tuple(nodes for item in run if (nodes := line(item)))
    if items:
        yield Piece(shape, items)


@dataclass(frozen=True, slots=True)
class _Stars:
    """Asterisks and whether they may open or close emphasis: an opening one has a word after it, a closing one
    before it."""

    count: int
    opens: bool
    closes: bool


def _tokens(text: str) -> Iterator[_Stars | Words | Mark]:
    at = 0
    for found in _TOKEN.finditer(text):
        if found.start() > at:
            yield Words(text[at : found.start()])
        if found[1]:
            yield _stars(text, found)
        elif found[2] in _KINDS:
            yield Mark(_KINDS[found[2]], (found[3] or "").strip())
        else:
            yield Mark(None, found[0].strip("{}").strip())
        at = found.end()
    if at < len(text):
        yield Words(text[at:])


def _stars(text: str, found: re.Match[str]) -> _Stars | Words:
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    opens, closes = bool(after) and not after.isspace(), bool(before) and not before.isspace()
    if not opens and not closes and len(found[1]) == 1 and before and after:
        return Words("*")
    return _Stars(len(found[1]), opens, closes)


def _nodes(text: str) -> Nodes:
    tokens = list(_tokens(text))
    dropped = _unpaired(tokens)
    bold = italic = False
    nodes: list[Node] = []
    for number, token in enumerate(tokens):
        if isinstance(token, _Stars):
            bold ^= token.count >= 2 and (number, 2) not in dropped
            italic ^= token.count % 2 == 1 and (number, 1) not in dropped
        elif isinstance(token, Mark):
            nodes.append(Mark(token.kind, token.value, bold, italic))
        elif nodes and isinstance(last := nodes[-1], Words) and (last.bold, last.italic) == (bold, italic):
            nodes[-1] = Words(last.text + token.text, bold, italic)
        else:
            nodes.append(Words(token.text, bold, italic))
    return tuple(nodes)


def _unpaired(tokens: Sequence[_Stars | Words | Mark]) -> frozenset[tuple[int, int]]:
    """The asterisks without a partner: index of the token, and 2 for bold or 1 for italics."""
    open_at: dict[int, int] = {}
    lost: set[tuple[int, int]] = set()
    for number, token in enumerate(tokens):
        if not isinstance(token, _Stars):
            continue
        for weight in (w for w in (2, 1) if (token.count >= 2 if w == 2 else token.count % 2 == 1)):
            if weight in open_at and token.closes:
                del open_at[weight]
            elif weight not in open_at and token.opens:
                open_at[weight] = number
            else:
                lost.add((number, weight))
    return frozenset(lost | {(number, weight) for weight, number in open_at.items()})
