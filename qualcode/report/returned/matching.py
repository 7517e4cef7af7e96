"""Which quotes, findings and headings of a project stand in a document: by their hidden marks, else by their words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from rapidfuzz import fuzz, process

from qualcode.core.values import Span
from qualcode.report import provenance
from qualcode.report.blocks import Of, Origin
from qualcode.report.returned.document import Place, ReadDocument
from qualcode.report.returned.wordings import even

ALIKE = {Of.QUOTE: 70.0, Of.FINDING: 60.0}
"""From which likeness (0 to 100, Levenshtein with insertions and deletions) on words without a mark are taken for those
that are missed. Two sentences of one report by chance reach some 45."""

HEADING_ALIKE = 55.0
_CONTENTS = re.compile(r"toc \d|toc heading")
_MARKED = re.compile(r"“[^“”]+”|\"[^\"]+\"|«[^«»]+»|‘[^‘’]+(?:’\w[^‘’]*)*’(?!\w)")
_ENDS = '“”"«»„ \t'


@dataclass(frozen=True, slots=True)
class Item:
    """A quote or finding in a document. ``name`` is its bookmark's, which tells a second appearance from the first.

    ``places`` lie in order, a paragraph each. ``owner`` is the finding that it stands in or under; ``head`` the place
    of the nearest known heading above it, -1 for none.
    """

    name: str
    origin: Origin
    places: tuple[Place, ...]
    words: str
    marked: bool = True
    owner: str = ""
    head: int = -1

    @property
    def start(self) -> tuple[int, int]:
        return self.places[0].paragraph, self.places[0].span.start


@dataclass(frozen=True, slots=True)
class Sought:
    """A quote or finding that may stand in a document: its bookmark's name and its paragraphs as they would read."""

    name: str
    origin: Origin
    words: tuple[str, ...]


@dataclass(frozen=True)
class Contained:
    """What was found in a document, in its order. ``headings`` are the known ones: paragraph by the name they carry."""

    document: ReadDocument
    items: tuple[Item, ...]
    headings: Mapping[str, int] = field(default_factory=dict)

    def of(self, kind: Of) -> list[Item]:
        return [item for item in self.items if item.origin.of is kind]


def contained(document: ReadDocument, sought: Sequence[Sought], headings: Mapping[str, str]) -> Contained:
    """Find what is sought, and whatever else carries one of our marks; ``headings`` are words by bookmark."""
    found = list(_marked(document))
    for kind, pool in ((Of.QUOTE, quoted_places), (Of.FINDING, _plain_places)):
        names = {item.name for item in found}
        missed = [s for s in sought if s.origin.of is kind and s.name not in names]
        free = [places for places in pool(document) if not _taken(places, found, kind)]
        found += _by_words(document, missed, free, ALIKE[kind])
    known = _known_headings(document, headings)
    return Contained(document, tuple(_placed(sorted(found, key=_order), known)), known)


def bare(words: str) -> str:
    """A quote without its quotation marks, its voices on one line."""
    return " ".join(_unmarked(line.strip(_ENDS)) for line in words.split("\n"))


def _unmarked(line: str) -> str:
    """A line without single quotation marks; an apostrophe at its end is no such mark."""
    return line[1:-1] if line.startswith("‘") and line.endswith("’") else line


def quoted_places(document: ReadDocument) -> Iterator[tuple[Place, ...]]:
    """What looks like a quote: paragraphs set as one, and stretches of three words or more in quotation marks."""
    for number, paragraph in enumerate(document.paragraphs):
        words = paragraph.text
        if paragraph.level or _CONTENTS.match(paragraph.style) or not words.strip():
            continue
        if paragraph.style in ("quote", "intense quote"):
            yield (Place(number, Span(0, len(words))),)
            continue
        for found in _MARKED.finditer(words):
            if len(found[0].split()) >= 3:
                yield (Place(number, Span(*found.span())),)


# --- within ------------------------------------------------------------------------------------------------------


def _marked(document: ReadDocument) -> Iterator[Item]:
    """What carries a mark that still has words on it. A quote alone in its paragraph is all of the paragraph."""
    for name, places in document.marks.items():
        origin = provenance.origin_of(name)
        if origin is None or not document.words(places).strip():
            continue
        if origin.of is Of.QUOTE:
            places = tuple(_whole(document, place) for place in places)
            yield Item(name, origin, places, bare(document.words(places)))
        else:
            yield Item(name, origin, places, _lines(document, places))


def _whole(document: ReadDocument, place: Place) -> Place:
    paragraph = document.paragraphs[place.paragraph]
    return Place(place.paragraph, Span(0, len(paragraph.text))) if paragraph.style == "quote" else place


def _lines(document: ReadDocument, places: Iterable[Place]) -> str:
    """The words of a finding: its paragraphs as one line."""
    return " ".join(filter(None, (document.words([place]).strip() for place in places)))


def _plain_places(document: ReadDocument) -> Iterator[tuple[Place, ...]]:
    """Paragraphs of text that are neither headings nor quotes nor in the contents."""
    for number, paragraph in enumerate(document.paragraphs):
        other = paragraph.level or paragraph.style.startswith(("quote", "toc ", "caption", "cover", "table"))
        if not other and len(paragraph.text.split()) >= 4:
            yield (Place(number, Span(0, len(paragraph.text))),)


def _taken(places: Sequence[Place], found: Iterable[Item], kind: Of) -> bool:
    """Whether a mark of this kind stands there already."""
    there = [p for item in found if item.origin.of is kind for p in item.places]
    return any(a.paragraph == b.paragraph and a.span.overlaps(b.span) for a in places for b in there)


def _by_words(
    document: ReadDocument, missed: Sequence[Sought], free: Sequence[tuple[Place, ...]], least: float
) -> Iterator[Item]:
    """The best pairs of missed paragraphs and free places, the likeliest first, each used once."""
    wanted = [(n, even(bare(words))) for n, one in enumerate(missed) for words in one.words]
    offered = [even(bare(document.words(places))) for places in free]
    if not wanted or not offered:
        return
    likeness = process.cdist([w for _, w in wanted], offered, scorer=fuzz.ratio, score_cutoff=least)
    pairs = sorted(
        zip(*(axis.tolist() for axis in np.nonzero(likeness)), strict=True), key=lambda p: -float(likeness[p])
    )
    given: dict[int, int] = {}
    for want, offer in pairs:
        if want not in given and offer not in given.values():
            given[want] = offer
    for number, one in enumerate(missed):
        mine = [given[w] for w, (owner, _) in enumerate(wanted) if owner == number and w in given]
        places = tuple(sorted((p for m in mine for p in free[m]), key=lambda p: p.paragraph))
        if places:
            words = bare(document.words(places)) if one.origin.of is Of.QUOTE else _lines(document, places)
            yield Item(one.name, one.origin, places, words, marked=False)


def _known_headings(document: ReadDocument, headings: Mapping[str, str]) -> dict[str, int]:
    """The paragraph of each heading: the one that carries its bookmark, else that of its words, else the likest."""
    there = {n: even(p.text) for n, p in enumerate(document.paragraphs) if p.level and p.text.strip()}
    found: dict[str, int] = {}
    for name in headings:
        marked = [p.paragraph for p in document.marks.get(name, ()) if p.paragraph in there]
        if marked:
            found[name] = marked[0]
    for name, words in headings.items():
        left = {n: w for n, w in there.items() if n not in found.values()}
        if name not in found and even(words) in left.values():
            found[name] = next(n for n, w in left.items() if w == even(words))
    for name, words in headings.items():
        left = {n: w for n, w in there.items() if n not in found.values()}
        best = process.extractOne(even(words), left, scorer=fuzz.ratio, score_cutoff=HEADING_ALIKE)
        if name not in found and best is not None:
            found[name] = int(best[2])
    return found


def _placed(items: Sequence[Item], headings: Mapping[str, int]) -> Iterator[Item]:
    """The items with the finding each stands in or under, and the heading above it."""
    heads = sorted(headings.values())
    owner = ""
    below = -1
    for item in items:
        head = max((h for h in heads if h <= item.start[0]), default=-1)
        if head != below:
            owner, below = "", head
        if item.origin.of is Of.FINDING:
            owner = item.name
        yield replace(item, owner=owner if item.origin.of is Of.QUOTE else "", head=head)


def _order(item: Item) -> tuple[int, int, bool]:
    """In the order of the document, a finding before the quotes in it."""
    return (*item.start, item.origin.of is not Of.FINDING)


def moved(before: Sequence[str], after: Collection[str]) -> set[str]:
    """Which of ``after`` left the order of ``before``, as few as possible."""
    rank = {name: n for n, name in enumerate(before)}
    names = [name for name in after if name in rank]
    best: list[int] = []
    previous: list[int] = []
    for n, name in enumerate(names):
        earlier = [m for m in range(n) if rank[names[m]] < rank[name]]
        previous.append(max(earlier, key=lambda m: best[m], default=-1))
        best.append(1 + (best[previous[n]] if earlier else 0))
    kept: set[str] = set()
    at = max(range(len(names)), key=lambda n: best[n], default=-1)
    while at >= 0:
        kept.add(names[at])
        at = previous[at]
    return set(names) - kept
