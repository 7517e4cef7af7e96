"""The last pass over a report: numbers for tables, figures, headings and paragraphs, and what references read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from qualcode.report.blocks import (
    Block,
    Bullets,
    Chart,
    Cover,
    CrossReference,
    Footnote,
    Gap,
    Heading,
    Inline,
    Inlines,
    Paragraph,
    Report,
    Row,
    Section,
    Table,
    Tone,
)
from qualcode.report.composing import SEE

_Change = Callable[[Inlines], Inlines]


def resolved(report: Report, more_names: Mapping[str, str]) -> Report:
    """``report`` with everything numbered and every reference reading what it points to.

    ``more_names`` are bookmarks by further names of what carries them. A reference that leads nowhere becomes a gap.
    """
    numbered = _numbered(report)
    targets = {bookmark: words for block in numbered.blocks for bookmark, words in _target(block)}
    names = {
        **{b.text.casefold(): b.bookmark for b in reversed(numbered.blocks) if isinstance(b, Heading) and b.listed}
    }
    names |= {s.key.casefold(): _bookmark(s) for s in numbered.sections if _bookmark(s)}
    names |= {b.label.casefold(): b.bookmark for b in numbered.blocks if isinstance(b, Heading) and b.label}
    names |= {name.casefold(): bookmark for name, bookmark in more_names.items()}

    def change(inlines: Inlines) -> Inlines:
        return tuple(_pointed(inline, targets, names) for inline in inlines)

    return replace(numbered, sections=tuple(_changed(section, change) for section in numbered.sections))


def _pointed(inline: Inline, targets: Mapping[str, str], names: Mapping[str, str]) -> Inline:
    if isinstance(inline, Footnote):
        return Footnote(tuple(_pointed(i, targets, names) for i in inline.inlines))
    if not isinstance(inline, CrossReference):
        return inline
    called = inline.bookmark.removeprefix(SEE)
    bookmark = names.get(called.casefold(), "") if inline.bookmark.startswith(SEE) else inline.bookmark
    if bookmark not in targets:
        return Gap(f"There is nothing called {called} to refer to")
    return CrossReference(bookmark, targets[bookmark])


def _target(block: Block) -> Iterable[tuple[str, str]]:
    """The bookmark of a block and how a reference to it reads."""
    if isinstance(block, Heading):
        yield block.bookmark, block.label or (f"section {block.number}" if block.number else block.text)
    elif isinstance(block, Table):
        yield block.bookmark, f"Table {block.number}"
    elif isinstance(block, Chart):
        yield block.bookmark, f"Figure {block.number}"


def _bookmark(section: Section) -> str:
    return next((b.bookmark for b in section.blocks if isinstance(b, Heading)), "")


# --- numbers -----------------------------------------------------------------------------------------------------


def _numbered(report: Report) -> Report:
    count = _Counter(report.numbering)
    return replace(
        report, sections=tuple(replace(s, blocks=tuple(map(count.numbered, s.blocks))) for s in report.sections)
    )


class _Counter:
    def __init__(self, numbering: str) -> None:
        self._numbering = numbering
        self._tables = self._figures = self._paragraphs = 0
        self._headings = [0, 0, 0]

    def numbered(self, block: Block) -> Block:
        """``block`` with its number, if it has one."""
        if isinstance(block, Table):
            self._tables += 1
            return replace(block, number=self._tables)
        if isinstance(block, Chart):
            self._figures += 1
            return replace(block, number=self._figures)
        if isinstance(block, Heading):
            return self._heading(block)
        if isinstance(block, Paragraph) and self._numbering == "paragraphs" and self._headings[0]:
            return self._paragraph(block)
        return block

    def _heading(self, block: Heading) -> Heading:
        depth = {"none": 0, "headings": 3, "paragraphs": 1}[self._numbering]
        if block.label or not block.listed or block.level > depth:
            if block.label and block.level == 1:
                self._headings = [0, 0, 0]
            return block
        self._headings[block.level - 1] += 1
        self._headings[block.level :] = [0] * (3 - block.level)
        self._paragraphs = 0
        return replace(block, number=".".join(map(str, self._headings[: block.level])))

    def _paragraph(self, block: Paragraph) -> Paragraph:
        if block.tone is Tone.NOTE:
            return block
        self._paragraphs += 1
        return replace(block, number=f"{self._headings[0]}.{self._paragraphs}")


# --- changing words ----------------------------------------------------------------------------------------------


def _changed(section: Section, change: _Change) -> Section:
    return replace(section, blocks=tuple(_with(block, change) for block in section.blocks))


def _with(block: Block, change: _Change) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, inlines=change(block.inlines))
    if isinstance(block, Bullets):
        return replace(block, items=tuple(map(change, block.items)))
    if isinstance(block, Table):
        return replace(block, rows=tuple(Row(tuple(map(change, row.cells)), row.band) for row in block.rows))
    if isinstance(block, Cover):
        return replace(block, facts=tuple((label, change(value)) for label, value in block.facts))
    return block
