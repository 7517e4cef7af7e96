"""A :class:`~qualcode.report.blocks.Report` as a Word document that can be worked on further.

Headings, quotes, lists and captions have real styles; contents, page numbers, captions and references are fields;
footnotes are footnotes. Everything is written on a template (:mod:`qualcode.report.template`).
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from docx.document import Document

from qualcode.report import charts, pagination, parts, word_comments
from qualcode.report.blocks import (
    Block,
    BlockQuote,
    Bullets,
    Chart,
    Contents,
    Cover,
    CrossReference,
    Footnote,
    Gap,
    Heading,
    Inline,
    Inlines,
    Of,
    Origin,
    Paragraph,
    Placeholder,
    QuotePiece,
    Report,
    Row,
    RunInQuote,
    ShownQuote,
    Table,
    Text,
    Tone,
    read,
)
from qualcode.report.numbering import Numbering
from qualcode.report.ooxml import Bookmarks, Element, W, cell, el, field, paragraph, row, run, table
from qualcode.report.provenance import Traces
from qualcode.report.remarks import Remark
from qualcode.report.template import OwnTemplate, Template, open_template

_TONES = {Tone.BODY: "Normal", Tone.LEAD: "Lead", Tone.NOTE: "Note"}
_BAND_FILL = "F2F4F7"
_AFTER_TABLE = 240
_AFTER_NUMBERS = 280
_AFTER_LIST = 160
_BEFORE_ATTRIBUTION = 50
_NUMBERED_INDENT = (567, 567)
_QUOTE_UNDER_NUMBERED = 567 + 340
_TEXT, _SPACES = f"{{{W}}}t", (f"{{{W}}}tab", f"{{{W}}}br")
_HANGING = {False: 280, True: 440}
_UNDER_NUMBERED = {ordered: 567 + hanging for ordered, hanging in _HANGING.items()}
"""Twentieths of a point: quotes and lists stand further in where paragraphs are numbered."""


def rendered(report: Report, template: Path | OwnTemplate | None = None, said: Sequence[Remark] = ()) -> bytes:
    """A report as a .docx, with what colleagues ``said`` on it. Styles that the template lacks are the house's.

    Raises UserError when the template cannot be used.
    """
    base = open_template(template)
    writer = _Writer(base, report)
    writer.write()
    word_comments.write(base.document, said, writer.places)
    target = io.BytesIO()
    base.document.save(target)
    return target.getvalue()


class _Writer:
    """Writes one report onto one template."""

    def __init__(self, base: Template, report: Report) -> None:
        self._document: Document = base.document
        self._styles = base.styles
        self._report = report
        self._numbered = False
        self._numbering = Numbering(base.document)
        self._bookmarks = Bookmarks()
        self._traces = Traces()
        self._footnotes = parts.Footnotes(base.document)
        self._body: list[Element] = []
        self._after_table = False
        self._charts = 0
        self._finding: tuple[Origin, Element] | None = None
        self._heads = {id(s.blocks[0]): Origin(Of.SECTION, s.key) for s in report.sections if s.blocks}
        self._written: Origin | None = None
        self.places: dict[Origin, list[Element]] = {}
        """The paragraphs of each finding where it stands last, of the headings of themes and of sections."""

    def write(self) -> None:
        blocks = self._report.blocks
        for number, block in enumerate(blocks):
            self._follow_finding(block, blocks[number + 1] if number + 1 < len(blocks) else None)
        if blocks and isinstance(blocks[-1], Table):
            self._body.append(paragraph(self._styles["Note"], ()))
        section = self._document.element.body[-1]
        for element in self._body:
            section.addprevious(element)
        self._footnotes.finish()
        parts.add_custom_xml(
            self._document, self._traces.as_xml(self._report.shape, self._report.report_id, self._texts())
        )
        parts.set_properties(self._document, self._report, dt.datetime.now(dt.UTC))
        parts.set_language(self._document, self._report.language)
        parts.update_fields_on_opening(self._document)
        parts.set_running_title(self._document, self._report.title)

    def _texts(self) -> Iterator[str]:
        """The words of every paragraph, footnotes aside."""
        for element in self._body:
            for found in element.iter(f"{{{W}}}p"):
                yield "".join(words.text or "" if words.tag == _TEXT else " " for words in found.iter(_TEXT, *_SPACES))

    # --- blocks ---

    def _follow_finding(self, block: Block, after: Block | None) -> None:
        """Write a block; a finding's bookmark spans all of its paragraphs and lists."""
        origin = getattr(block, "origin", None)
        mine = origin if origin is not None and origin.of is Of.FINDING else None
        if mine is not None and self._finding is None:
            words = " ".join(self._words_of(mine, block))
            start, end = self._bookmarks.pair(self._traces.add(mine, words))
            self._finding = mine, end
            at = len(self._body)
            self._write(block)
            self._body[at].insert(1, start)
        else:
            self._write(block)
        if self._finding is not None and getattr(after, "origin", None) != self._finding[0]:
            self._body[-1].append(self._finding[1])
            self._finding = None

    def _words_of(self, finding: Origin, first: Block) -> Iterable[str]:
        """The words of a finding from the block in which it begins."""
        blocks = self._report.blocks
        for block in blocks[next(n for n, b in enumerate(blocks) if b is first) :]:
            if getattr(block, "origin", None) != finding:
                return
            if isinstance(block, Paragraph):
                yield read(block.inlines)
            elif isinstance(block, Bullets):
                yield from map(read, block.items)

    def _write(self, block: Block) -> None:
        at = len(self._body)
        _WRITERS[type(block)](self, block)
        self._after_table = isinstance(block, Table)
        self._note_place(block, self._body[at:])

    def _note_place(self, block: Block, made: list[Element]) -> None:
        origin: Origin | None = getattr(block, "origin", None)
        if origin is not None and (origin.of is Of.FINDING or isinstance(block, Heading)):
            before = self.places[origin] if origin == self._written else []
            self.places[origin] = [*before, *made]
        if id(block) in self._heads:
            self.places[self._heads[id(block)]] = made
        self._written = origin

    def _add(self, style: str, content: Iterable[Element], **options: Any) -> None:
        if self._after_table and options.get("space_before") is None and style in ("Normal", "Lead", "List Bullet"):
            options["space_before"] = _AFTER_TABLE
        self._after_table = False
        self._body.append(paragraph(self._styles[style], content, **options))

    def _cover(self, block: Cover) -> None:
        drop = None if block.compact else 2600
        if block.programme:
            self._add("Cover Programme", [run(block.programme)], space_before=drop)
            drop = None
        self._add("Title", [run(block.title)], space_before=drop)
        self._add("Subtitle", [run(block.subtitle)])
        for label, value in block.facts:
            self._add("Cover Fact", [run(f"{label}\t"), *self._inlines(value)])
        if block.notice:
            self._add("Cover Notice", [run(block.notice)])

    def _contents(self, block: Contents) -> None:
        """The contents field, filled in already; page numbers are near enough until Word has counted."""
        listed = [b for b in self._report.blocks if isinstance(b, Heading) and b.listed and b.level <= block.levels]
        pages = pagination.pages(self._report)
        entries = [self._entry(heading, pages[heading.bookmark]) for heading in listed]
        head = paragraph(self._styles["TOC Heading"], [run(block.title)], new_page=True)
        if entries:
            begin, asked, separate, end = field(f'TOC \\o "1-{block.levels}" \\h \\z')
            entries[0][1:1] = [begin, asked, separate]
            entries[-1].append(end)
        gallery = el("docPartObj", el("docPartGallery", val="Table of Contents"), el("docPartUnique"))
        self._body.append(el("sdt", el("sdtPr", gallery), el("sdtContent", head, *entries)))

    def _entry(self, heading: Heading, page: int) -> Element:
        number = f"{heading.number}\u2002" if heading.number else ""
        shown = [run(f"{number}{heading.full}\t"), *field(f"PAGEREF {heading.bookmark} \\h", run(str(page)))]
        link = el("hyperlink", *shown, anchor=heading.bookmark, history=1)
        return paragraph(self._styles[f"toc {heading.level}"], [link])

    def _heading(self, block: Heading) -> None:
        if block.level == 1:
            self._numbered = self._report.numbering == "paragraphs" and bool(block.number)
        words = [run(block.label)] if block.label else [run(block.text)]
        content = self._bookmarks.around(block.bookmark, words)
        if block.label:
            content.append(run(f": {block.text}"))
        style = f"heading {block.level}" if block.listed else "Summary Heading"
        number = None
        if block.number:
            lists = self._numbering
            number = (
                lists.paragraphs() if self._report.numbering == "paragraphs" else lists.headings(),
                block.level - 1,
            )
        self._add(style, content, number=number, new_page=block.new_page, space_before=0 if block.new_page else None)

    def _paragraph(self, block: Paragraph) -> None:
        content = self._inlines(block.inlines)
        number = (self._numbering.paragraphs(), 1) if block.number else None
        indents = _NUMBERED_INDENT if number else None
        self._add(_TONES[block.tone], content, keep_next=block.leads_in, number=number, indents=indents)

    def _bullets(self, block: Bullets) -> None:
        style = "List Number" if block.ordered else "List Bullet"
        number = None
        indents = (_UNDER_NUMBERED[block.ordered], _HANGING[block.ordered]) if self._numbered else None
        if block.ordered:
            number = (self._numbering.numbers(), 0)
        elif not self._numbering.has_its_own(self._styles[style]):
            number = (self._numbering.bullets(), 0)
        for left, item in enumerate(block.items, 1 - len(block.items)):
            after = None if left else _AFTER_LIST
            self._add(style, self._inlines(item), number=number, space_after=after, indents=indents)

    def _block_quote(self, block: BlockQuote) -> None:
        quote = block.quote
        near = _BEFORE_ATTRIBUTION if quote.attribution else None
        words = self._quoted(quote, "\n", set_apart=True)
        indents = (_QUOTE_UNDER_NUMBERED, 0) if self._numbered else None
        self._add("Quote", words, keep_next=bool(quote.attribution), space_after=near, indents=indents)
        if quote.attribution:
            self._add("Quote Attribution", [run(quote.attribution)], indents=indents)

    def _placeholder(self, block: Placeholder) -> None:
        self._add("To Be Written", [run(f"[{block.ask}]")])

    def _table(self, block: Table) -> None:
        self._caption(block.bookmark, "Table", block.number, block.caption, keep_next=True)
        shares = block.widths or (1 / len(block.header),) * len(block.header)
        measure = self._measure()
        widths = [round(measure * share / sum(shares)) for share in shares]
        last = len(block.rows) - 1
        kept = [n < last and (block.on_one_page or n == last - 1) for n in range(len(block.rows))]
        rows = [
            self._header_row(block, widths),
            *(self._row(block, r, widths, keep_next=k) for r, k in zip(block.rows, kept, strict=True)),
        ]
        self._body.append(table(self._styles["Report Table"], widths, rows, block.caption, block.alt))

    def _header_row(self, block: Table, widths: Sequence[int]) -> Element:
        return row(
            (
                cell(w, self._cell(block, n, [run(name, bold=True)], keep_next=True))
                for n, (name, w) in enumerate(zip(block.header, widths, strict=True))
            ),
            header=True,
        )

    def _row(self, block: Table, shown: Row, widths: Sequence[int], *, keep_next: bool) -> Element:
        if shown.band:
            head = self._cell(block, 0, self._inlines(shown.cells[0]), keep_next=True)
            return row([cell(sum(widths), head, across=len(widths), fill=_BAND_FILL)])
        return row(
            cell(w, self._cell(block, n, self._inlines(words), keep_next=keep_next))
            for n, (words, w) in enumerate(zip(shown.cells, widths, strict=True))
        )

    def _cell(self, block: Table, column: int, content: Iterable[Element], keep_next: bool = False) -> Element:
        made = paragraph(self._styles["Table Text"], content, keep_next=keep_next)
        if column in block.numeric:
            made[0].append(el("jc", val="right"))
        elif column - 1 in block.numeric:
            made[0].append(el("ind", left=_AFTER_NUMBERS))
        return made

    def _chart(self, block: Chart) -> None:
        self._charts += 1
        shown = charts.add_chart(self._document, block, self._charts)
        self._add("Normal", [shown], keep_next=True, space_before=_AFTER_TABLE)
        self._caption(block.bookmark, "Figure", block.number, block.caption)

    def _caption(self, bookmark: str, kind: str, number: int, words: str, keep_next: bool = False) -> None:
        counted = [run(f"{kind} "), *field(f"SEQ {kind} \\* ARABIC", run(str(number)))]
        content = [*self._bookmarks.around(bookmark, counted), run(f": {words}")]
        self._add("caption", content, keep_next=keep_next)

    def _measure(self) -> int:
        """The width of the text in twentieths of a point."""
        page = self._document.sections[-1]
        width, left, right = page.page_width, page.left_margin, page.right_margin
        if width is None or left is None or right is None:
            return 9070
        return int((width - left - right) / 635)

    # --- inline ---

    def _inlines(self, inlines: Inlines) -> list[Element]:
        return [element for inline in inlines for element in self._inline(inline)]

    def _inline(self, inline: Inline) -> Iterable[Element]:
        if isinstance(inline, Text):
            return [run(inline.text, bold=inline.bold, italic=inline.italic or None)]
        if isinstance(inline, Gap):
            return [run(f"[{inline.text}]", style=self._styles["To Be Written Words"])]
        if isinstance(inline, RunInQuote):
            return self._quoted(inline.quote, " ", bold=inline.bold)
        if isinstance(inline, CrossReference):
            return _reference(inline)
        return [self._footnotes.add(self._footnote(inline), self._styles["footnote reference"])]

    def _footnote(self, inline: Footnote) -> Element:
        mark = run("", style=self._styles["footnote reference"])
        mark.append(el("footnoteRef"))
        return paragraph(self._styles["footnote text"], [mark, run(" "), *self._inlines(inline.inlines)])

    def _quoted(self, quote: ShownQuote, between: str, *, bold: bool = False, set_apart: bool = False) -> list[Element]:
        """A quote in quotation marks, each of its voices in its own; brackets stand upright when it is set apart."""
        runs: list[Element] = []
        for number, line in enumerate(quote.lines):
            if number:
                runs.append(run(between))
            opened = [QuotePiece(quote.marks[0]), *line, QuotePiece(quote.marks[1])]
            if set_apart and not quote.italic:
                opened = [replace(piece, said=False) for piece in opened]
            runs.extend(_pieces(opened, bold=bold, upright=set_apart))
        return self._bookmarks.around(self._traces.add(Origin(Of.QUOTE, quote.id), quote.words, quote.label), runs)


def _pieces(line: Sequence[QuotePiece], *, bold: bool, upright: bool) -> Iterable[Element]:
    """Runs of a line of a quote; neighbours that look alike are one run."""
    words = ""
    said = True
    for piece in line:
        if words and upright and piece.said != said:
            yield run(words, bold=bold, italic=None if said else False)
            words = ""
        words += piece.text
        said = piece.said
    if words:
        yield run(words, bold=bold, italic=None if said or not upright else False)


def _reference(reference: CrossReference) -> list[Element]:
    number = reference.text.removeprefix("section ")
    if number != reference.text and number.replace(".", "").isdigit():
        return [run("section "), *field(f"REF {reference.bookmark} \\r \\h", run(number))]
    return field(f"REF {reference.bookmark} \\h", run(reference.text))


_WRITERS: dict[type, Callable[[_Writer, Any], None]] = {
    Cover: _Writer._cover,
    Contents: _Writer._contents,
    Heading: _Writer._heading,
    Paragraph: _Writer._paragraph,
    Bullets: _Writer._bullets,
    BlockQuote: _Writer._block_quote,
    Placeholder: _Writer._placeholder,
    Table: _Writer._table,
    Chart: _Writer._chart,
}
