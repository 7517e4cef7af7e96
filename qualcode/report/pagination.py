"""On which page a heading will stand, reckoned from the length of what comes before it.

Word counts pages itself when it opens the document; these numbers stand in the contents until then, and for good in
programs that do not count. They are reckoned for the house template.
"""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.report.blocks import (
    Block,
    BlockQuote,
    Bullets,
    Chart,
    Contents,
    Cover,
    Heading,
    Inlines,
    Paragraph,
    Placeholder,
    Report,
    Table,
    read,
)

_PAGE = 690.0
_LINE = 14.1
_PER_LINE = 90


def pages(report: Report) -> dict[str, int]:
    """The page of each heading by its bookmark, the cover being page 1."""
    found: dict[str, int] = {}
    page, at = 1, 0.0
    blocks = report.blocks
    for number, block in enumerate(blocks):
        if isinstance(block, Cover) and not block.compact:
            at = _PAGE
            continue
        fresh = isinstance(block, Contents) or (isinstance(block, Heading) and block.new_page)
        if at and (fresh or at + _needed(blocks, number, report) > _PAGE):
            page, at = page + 1, 0.0
        if isinstance(block, Heading):
            found[block.bookmark] = page
        at += _height(block, report)
        while at > _PAGE:
            page, at = page + 1, at - _PAGE
    return found


def _needed(blocks: Sequence[Block], number: int, report: Report) -> float:
    """The room that a block asks for on the page where it begins, with what it is kept together with."""
    block = blocks[number]
    height = _height(block, report)
    follows = number + 1 < len(blocks)
    if follows and (isinstance(block, Heading) or (isinstance(block, Paragraph) and block.leads_in)):
        return height + _needed(blocks, number + 1, report)
    whole = isinstance(block, Heading | BlockQuote | Chart) or (isinstance(block, Table) and block.on_one_page)
    return height if whole else min(height, 2 * _LINE)


def _height(block: Block, report: Report) -> float:
    if isinstance(block, Heading):
        return {1: 46.0, 2: 42.0, 3: 34.0}.get(block.level, 28.0) if block.listed else 31.0
    if isinstance(block, Paragraph):
        return _lines(read(block.inlines)) * _LINE + 8
    if isinstance(block, Bullets):
        return sum(_lines(read(item), _PER_LINE - 4) * _LINE + 4 for item in block.items)
    if isinstance(block, BlockQuote):
        lines = sum(_lines("".join(p.text for p in line), 84) for line in block.quote.lines)
        return lines * 13.2 + (30 if block.quote.attribution else 8)
    if isinstance(block, Table):
        return 40 + sum(16 + 11 * (_row_lines(block, row.cells) - 1) for row in block.rows)
    if isinstance(block, Contents):
        listed = sum(isinstance(b, Heading) and b.listed and b.level <= block.levels for b in report.blocks)
        return 40 + listed * 16.5
    if isinstance(block, Chart):
        return 100 + len(block.categories) * (17 * len(block.series) + 12)
    return 40.0 if isinstance(block, Placeholder | Cover) else 0.0


def _lines(words: str, per_line: int = _PER_LINE) -> int:
    return max(1, -(-len(words) // per_line))


def _row_lines(block: Table, cells: tuple[Inlines, ...]) -> int:
    shares = block.widths or (1 / len(block.header),) * len(block.header)
    return max(_lines(read(words), max(8, round(104 * share))) for words, share in zip(cells, shares, strict=False))
