"""Changed words outside findings and quotes: sections, tables, captions and the cover.

They carry no mark of their own. The document and the report as it would be written now are aligned paragraph by
paragraph; the digests that the document brings along (:mod:`qualcode.report.provenance`) tell what was changed in it
from what the project says otherwise since.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property

from rapidfuzz import fuzz

from qualcode.report import provenance
from qualcode.report.blocks import Of, Origin
from qualcode.report.checks import Severity
from qualcode.report.returned.basis import Basis
from qualcode.report.returned.difference import Difference, Kind
from qualcode.report.returned.matching import Contained
from qualcode.report.returned.wordings import even, short, told, word_diff

_ALIKE = 50.0
"""From which likeness a paragraph is another one changed."""

_MOST = 5
"""So many cells of a table are named."""

_SEEN_TO = ("quote", "toc ")
"""Styles of paragraphs that are looked at otherwise, or write themselves."""


@dataclass(frozen=True)
class _Line:
    """A paragraph: its place in the document, its words, the known heading above it, and whether it is a table's."""

    number: int
    words: str
    head: str
    in_table: bool

    @cached_property
    def key(self) -> str:
        return even(self.words)

    @cached_property
    def digest(self) -> str:
        return provenance.digest(self.words)


def changed_texts(basis: Basis, found: Contained, claimed: Collection[int]) -> Iterator[Difference]:
    """What reads otherwise; ``claimed`` are paragraphs of the document of which something is said already."""
    seen_to = {even(paragraph.words) for paragraph in basis.shorter}
    before = [line for line in _lines(basis.expected) if line.key not in seen_to]
    after = [line for line in _lines(found) if line.number not in claimed and line.key not in seen_to]
    yield from _Telling(basis, found, before, after).all()


def _lines(where: Contained) -> Iterator[_Line]:
    taken = {place.paragraph for item in where.items for place in item.places}
    names = {at: name for name, at in where.headings.items()}
    head = ""
    for number, paragraph in enumerate(where.document.paragraphs):
        head = names.get(number, head)
        other = paragraph.level or number in taken or paragraph.style.startswith(_SEEN_TO)
        if not other and paragraph.text.strip():
            yield _Line(number, paragraph.own_words, head, paragraph.style == "table text")


class _Telling:
    def __init__(self, basis: Basis, found: Contained, before: Sequence[_Line], after: Sequence[_Line]) -> None:
        self._basis = basis
        self._exported = found.document.texts
        self._before, self._after = before, after
        self._since: dict[str, None] = {}
        self._cells: dict[str, list[tuple[_Line, _Line]]] = {}

    def all(self) -> Iterator[Difference]:
        gone: list[_Line] = []
        new: list[_Line] = []
        matcher = SequenceMatcher(None, [b.key for b in self._before], [a.key for a in self._after], autojunk=False)
        for kind, a, b, c, d in matcher.get_opcodes():
            if kind != "equal":
                pairs, left, right = _paired(self._before[a:b], self._after[c:d])
                for was, now in pairs:
                    yield from self._changed(was, now)
                gone += left
                new += right
        yield from self._tables()
        yield from self._elsewhere(gone, new)
        for head in self._since:
            sentence = "The text here reads otherwise in the project since the document was written."
            yield replace(self._note(sentence, head), kind=Kind.CHANGED_SINCE)

    def _changed(self, was: _Line, now: _Line) -> Iterator[Difference]:
        if self._as_exported(now) and not self._was_exported(was):
            self._since[now.head] = None
        elif was.in_table:
            self._cells.setdefault(now.head, []).append((was, now))
        else:
            diff = word_diff(was.words, now.words)
            sentence = f"A paragraph was changed: {told(diff)}."
            yield replace(self._note(sentence, now.head), diff=diff)

    def _tables(self) -> Iterator[Difference]:
        """Cells that the project has otherwise, those under a heading together: numbers come again in other cells, so
        that it cannot be told which side of them changed."""
        for head, cells in self._cells.items():
            each = [f"“{short(now.words)}” where the project says “{short(was.words)}”" for was, now in cells]
            more = f", and {len(each) - _MOST} more" if len(each) > _MOST else ""
            sentence = f"A table says {'; '.join(each[:_MOST])}{more}."
            yield replace(self._note(sentence, head), severity=Severity.MEND)

    def _elsewhere(self, gone: Sequence[_Line], new: Sequence[_Line]) -> Iterator[Difference]:
        """What was taken out or put in, or both when it stands elsewhere."""
        moved = {line.key for line in gone} & {line.key for line in new}
        for line in new:
            if line.key not in moved and self._as_exported(line):
                self._since[line.head] = None
                continue
            verb = "stands elsewhere now" if line.key in moved else "is new"
            yield self._note(f"A paragraph {verb}: “{short(line.words)}”", line.head)
        for line in gone:
            if line.key in moved:
                continue
            if not self._was_exported(line):
                self._since[line.head] = None
                continue
            yield self._note(f"A paragraph is not in the document: “{short(line.words)}”", line.head)

    def _note(self, sentence: str, head: str) -> Difference:
        return Difference(Severity.NOTE, Kind.TEXT_CHANGED, sentence, self._origin(head), self._title(head))

    # --- what was exported ---

    def _as_exported(self, now: _Line) -> bool:
        """Whether a paragraph of the document is as it was written, so that it was the project that changed."""
        return now.digest in self._exported

    def _was_exported(self, was: _Line) -> bool:
        return not self._exported or was.digest in self._exported

    # --- where ---

    def _title(self, head: str) -> str:
        heading = self._basis.headings.get(head)
        return heading.full if heading is not None else "Cover"

    def _origin(self, head: str) -> Origin:
        heading = self._basis.headings.get(head)
        if heading is not None and heading.origin is not None:
            return heading.origin
        return Origin(Of.SECTION, self._sections.get(head, "cover"))

    @cached_property
    def _sections(self) -> Mapping[str, str]:
        """The sections by the bookmarks of the headings in them."""
        blocks = ((b, s.key) for s in self._basis.built.sections for b in s.blocks)
        return {name: key for b, key in blocks if (name := getattr(b, "bookmark", ""))}


def _paired(
    before: Sequence[_Line], after: Sequence[_Line]
) -> tuple[list[tuple[_Line, _Line]], list[_Line], list[_Line]]:
    """Which paragraph became which, in order; the rest of either side. Cells of a table that kept its rows pair off."""
    if len(before) == len(after) and all(line.in_table for line in (*before, *after)):
        return list(zip(before, after, strict=True)), [], []
    pairs: list[tuple[_Line, _Line]] = []
    free = list(after)
    left: list[_Line] = []
    for was in before:
        best = max(free, key=lambda now: fuzz.ratio(was.key, now.key), default=None)
        if best is None or fuzz.ratio(was.key, best.key) < _ALIKE:
            left.append(was)
        else:
            pairs.append((was, best))
            free.remove(best)
    return pairs, left, free
