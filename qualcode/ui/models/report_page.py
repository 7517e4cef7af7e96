"""A report's blocks as the page they will make, for a text browser. Links lead back to what a piece was made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

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
    Of,
    Origin,
    Paragraph,
    Placeholder,
    QuotePiece,
    RunInQuote,
    ShownQuote,
    Table,
    Text,
    Tone,
)
from qualcode.ui import theme

_SIZES = {1: 20, 2: 16, 3: 14, 4: 13}
HEADING = "#1f4e79"
"""The colour of headings on the page, which is white or nearly so in both appearances."""
QUIET = "#5c6570"
_BARS = ("#9db7d1", "#1f4e79", "#8f5412")
_LONGEST_BAR = 10
LEFT_OUT = "#8f5412"


def page(blocks: Iterable[Block]) -> str:
    """The blocks as HTML; footnotes stand at the end."""
    return _Page().written(blocks)


def link(origin: Origin | None) -> str:
    """The address of what a piece was made from, as :func:`origin_of` reads it."""
    return f"{origin.of.value}:{origin.id}" if origin is not None else ""


def origin_of(address: str) -> Origin | None:
    """What an address made by :func:`link` leads to."""
    of, _, key = address.partition(":")
    return Origin(Of(of), key) if key and of in set(Of) else None


def quote_html(quote: ShownQuote, *, apart: bool = True) -> str:
    """A quote with its quotation marks: set ``apart`` as the house has it, what stands in brackets upright; in a
    sentence as the sentence."""
    between = "<br>" if apart else " "
    return between.join(quote.marked(_pieces(line, italic=apart and quote.italic)) for line in quote.lines)


def _pieces(line: tuple[QuotePiece, ...], *, italic: bool) -> str:
    return "".join(f"<i>{escape(p.text)}</i>" if p.said and italic else escape(p.text) for p in line)


class _Page:
    def __init__(self) -> None:
        self._notes: list[str] = []
        self._writers: dict[type[Any], Callable[[Any], str]] = {
            Cover: self._cover,
            Contents: lambda block: "",
            Heading: self._heading,
            Paragraph: self._paragraph,
            Bullets: self._bullets,
            BlockQuote: self._quote,
            Table: self._table,
            Chart: self._chart,
            Placeholder: lambda block: _p(self._inlines((Gap(block.ask),), block.origin)),
        }

    def written(self, blocks: Iterable[Block]) -> str:
        body = "".join(self._writers[type(block)](block) for block in blocks)
        notes = "".join(
            _p(f"<sup>{n}</sup> {note}", f"font-size:{theme.px(10)}px") for n, note in enumerate(self._notes, 1)
        )
        return f"<html><body>{body}{'<hr>' if notes else ''}{notes}</body></html>"

    # --- blocks ---

    def _cover(self, cover: Cover) -> str:
        facts = "".join(
            _p(f"<span style='color:{QUIET}'>{escape(name)}</span> &nbsp;{self._inlines(value)}", gap=2)
            for name, value in cover.facts
        )
        return (
            _p(escape(cover.programme), f"color:{QUIET}", gap=2)
            + _p(f"<b>{escape(cover.title)}</b>", f"font-size:{theme.px(24)}px;color:{HEADING}", gap=2)
            + _p(escape(cover.subtitle), f"font-size:{theme.px(15)}px", gap=14)
            + facts
            + _p(f"<i>{escape(cover.notice)}</i>", gap=20)
        )

    def _heading(self, heading: Heading) -> str:
        number = f"{escape(heading.number)} " if heading.number else ""
        size = theme.px(_SIZES.get(heading.level, 13))
        above = theme.px(22 if heading.level == 1 else 14)
        style = f"font-size:{size}px;color:{HEADING};margin:{above}px 0 {theme.px(6)}px 0"
        anchor = f"<a name='{escape(heading.bookmark)}'></a>"
        words = f"<b>{number}{escape(heading.full)}</b>"
        return f"<p style='{style}'>{anchor}{_linked(words, heading.origin, HEADING)}</p>"

    def _paragraph(self, paragraph: Paragraph) -> str:
        number = f"{escape(paragraph.number)} &nbsp;" if paragraph.number else ""
        words = number + self._inlines(paragraph.inlines, paragraph.origin)
        style = {Tone.LEAD: f"color:{HEADING}", Tone.NOTE: f"color:{QUIET};font-size:{theme.px(11)}px"}
        return _p(words, style.get(paragraph.tone, ""))

    def _bullets(self, bullets: Bullets) -> str:
        items = "".join(
            f"<li style='margin-bottom:{theme.px(4)}px'>{self._inlines(i, bullets.origin)}</li>" for i in bullets.items
        )
        kind = "ol" if bullets.ordered else "ul"
        return f"<{kind}>{items}</{kind}>"

    def _quote(self, block: BlockQuote) -> str:
        quote = block.quote
        under = f"<br><span style='color:{QUIET}'>{escape(quote.attribution)}</span>" if quote.attribution else ""
        words = _linked(quote_html(quote), Origin(Of.QUOTE, quote.id))
        return f"<p style='margin:0 {theme.px(14)}px {theme.px(10)}px {theme.px(22)}px'>{words}{under}</p>"

    def _table(self, table: Table) -> str:
        head = "".join(f"<th align='left'>{escape(name)}</th>" for name in table.header)
        rows = ""
        for row in table.rows:
            span = f" colspan='{len(table.header)}'" if row.band else ""
            cells = row.cells[:1] if row.band else row.cells
            rows += "<tr>" + "".join(f"<td{span}>{self._inlines(cell)}</td>" for cell in cells) + "</tr>"
        caption = _p(f"<b>Table {table.number}:</b> {escape(table.caption)}", f"color:{QUIET}", gap=4)
        style = f"border-collapse:collapse;font-size:{theme.px(11)}px"
        opened = f"<table border='1' cellpadding='{theme.px(3)}' style='{style}'>"
        return f"{caption}{opened}<tr>{head}</tr>{rows}</table><p></p>"

    def _chart(self, chart: Chart) -> str:
        caption = _p(f"<b>Figure {chart.number}:</b> {escape(chart.caption)}", f"color:{QUIET}", gap=4)
        top = chart.top or max((v or 0 for s in chart.series for v in s.values), default=0) or 1
        rows = ""
        for number, category in enumerate(chart.categories):
            for place, series in enumerate(chart.series):
                name = escape(category) if place == 0 else ""
                value = series.values[number]
                bar = "▇" * round(_LONGEST_BAR * (value or 0) / top)
                shown = "not asked" if value is None else series.label(number)
                shade = _BARS[place % len(_BARS)]
                kind = f"<td style='color:{QUIET}'>{escape(series.name)}</td>" if len(chart.series) > 1 else ""
                rows += f"<tr><td>{name}</td>{kind}<td><span style='color:{shade}'>{bar}</span> {shown}</td></tr>"
        return f"{caption}<table cellpadding='1' style='font-size:{theme.px(11)}px'>{rows}</table><p></p>"

    # --- inlines ---

    def _inlines(self, inlines: Iterable[Inline], origin: Origin | None = None) -> str:
        return "".join(
            _linked(self._inline(i), origin) if isinstance(i, Text | Gap) else self._inline(i) for i in inlines
        )

    def _inline(self, inline: Inline) -> str:
        if isinstance(inline, Text):
            words = escape(inline.text)
            words = f"<i>{words}</i>" if inline.italic else words
            return f"<b>{words}</b>" if inline.bold else words
        if isinstance(inline, Gap):
            return f"<span style='color:{LEFT_OUT}'>[{escape(inline.text)}]</span>"
        if isinstance(inline, RunInQuote):
            words = quote_html(inline.quote, apart=False)
            words = f"<b>{words}</b>" if inline.bold else words
            return _linked(words, Origin(Of.QUOTE, inline.quote.id))
        if isinstance(inline, Footnote):
            self._notes.append(self._inlines(inline.inlines))
            return f"<sup>{len(self._notes)}</sup>"
        assert isinstance(inline, CrossReference)
        return escape(inline.text)


def _p(words: str, style: str = "", gap: int = 8) -> str:
    return f"<p style='margin:0 0 {theme.px(gap)}px 0;{style}'>{words}</p>" if words else ""


def _linked(words: str, origin: Origin | None, shade: str = "") -> str:
    """Words that lead somewhere when clicked, without the look of a link: a page is to be read."""
    if origin is None or origin.of is Of.REPORT:
        return words
    look = f"text-decoration:none;color:{shade or theme.tokens().page_text}"
    return f"<a href='{escape(link(origin))}' style='{look}'>{words}</a>"
