"""WordprocessingML as elements: the few that reports are made of, children in the order of the schema."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NS = f"{{{W}}}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Element = Any
"""An lxml element; lxml has no types of its own."""


def el(tag: str, *children: Element, **attributes: str | int) -> Element:
    """``w:tag`` with ``w:`` attributes and children."""
    element = etree.Element(_NS + tag, {_NS + name: str(value) for name, value in attributes.items()})
    element.extend(children)
    return element


def clean(text: str) -> str:
    """``text`` without characters that XML cannot hold."""
    return _NOT_XML.sub("", text)


# --- runs --------------------------------------------------------------------------------------------------------


def run(text: str, *, bold: bool = False, italic: bool | None = None, style: str = "", field: bool = False) -> Element:
    """A run of words. ``italic`` False sets words upright in a style that is italic. ``\\n`` and tabs are kept."""
    made = el("r")
    properties = []
    if style:
        properties.append(el("rStyle", val=style))
    if bold:
        properties += [el("b"), el("bCs")]
    if italic is not None:
        upright = {} if italic else {"val": "0"}
        properties += [el("i", **upright), el("iCs", **upright)]
    if _right_to_left(text):
        properties.append(el("rtl"))
    if properties:
        made.append(el("rPr", *properties))
    made.extend(_instruction(text) if field else _words(clean(text)))
    return made


def _words(text: str) -> Iterable[Element]:
    for part in re.split(r"([\n\t])", text):
        if part == "\n":
            yield el("br")
        elif part == "\t":
            yield el("tab")
        elif part:
            words = el("t")
            words.text = part
            if part != part.strip():
                words.set(_SPACE, "preserve")
            yield words


def _instruction(text: str) -> Iterable[Element]:
    asked = el("instrText")
    asked.text = f" {text} "
    asked.set(_SPACE, "preserve")
    yield asked


def _right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    if text.isascii():
        return False
    direction = next((d for c in text if (d := unicodedata.bidirectional(c)) in ("L", "R", "AL")), "L")
    return direction != "L"


def field(instruction: str, *shown: Element) -> list[Element]:
    """A field with what it shows until it is updated."""
    return [_mark("begin"), run(instruction, field=True), _mark("separate"), *shown, _mark("end")]


def _mark(kind: str) -> Element:
    return el("r", el("fldChar", fldCharType=kind))


# --- paragraphs --------------------------------------------------------------------------------------------------


def paragraph(
    style: str,
    content: Iterable[Element],
    *,
    keep_next: bool = False,
    new_page: bool = False,
    number: tuple[int, int] | None = None,
    space_before: int | None = None,
    space_after: int | None = None,
    indents: tuple[int, int] | None = None,
) -> Element:
    """A paragraph. ``number`` is a list and a level in it; spaces and indents (left, hanging) are in twentieths of a
    point."""
    properties = el("pPr", el("pStyle", val=style))
    if keep_next:
        properties.append(el("keepNext"))
    if new_page:
        properties.append(el("pageBreakBefore"))
    if number is not None:
        list_id, level = number
        properties.append(el("numPr", el("ilvl", val=level), el("numId", val=list_id)))
    spaces = {"before": space_before, "after": space_after}
    if spacing := {name: space for name, space in spaces.items() if space is not None}:
        properties.append(el("spacing", **spacing))
    if indents is not None:
        properties.append(el("ind", left=indents[0], hanging=indents[1]))
    return el("p", properties, *content)


class Bookmarks:
    """Numbers the bookmarks of one document."""

    def __init__(self) -> None:
        self._last = 0

    def around(self, name: str, content: Iterable[Element]) -> list[Element]:
        """``content`` between the start and the end of a bookmark."""
        start, end = self.pair(name)
        return [start, *content, end]

    def pair(self, name: str) -> tuple[Element, Element]:
        """A start and an end to be put around something longer than a paragraph."""
        self._last += 1
        return el("bookmarkStart", id=self._last, name=name), el("bookmarkEnd", id=self._last)


# --- tables ------------------------------------------------------------------------------------------------------


def table(style: str, widths: Iterable[int], rows: Iterable[Element], title: str, description: str) -> Element:
    """A table of fixed column widths (twentieths of a point), its first row a header, with its alternative text."""
    widths = list(widths)
    properties = el(
        "tblPr",
        el("tblStyle", val=style),
        el("tblW", w=sum(widths), type="dxa"),
        el("tblLayout", type="fixed"),
        el("tblLook", val="0420", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=0, noVBand=1),
        el("tblCaption", val=clean(title)),
        el("tblDescription", val=clean(description)),
    )
    return el("tbl", properties, el("tblGrid", *(el("gridCol", w=w) for w in widths)), *rows)


def row(cells: Iterable[Element], *, header: bool = False) -> Element:
    """A row that is not parted by a page; a header is repeated on each."""
    properties = el("trPr", el("cantSplit"))
    if header:
        properties.append(el("tblHeader"))
    return el("tr", properties, *cells)


def cell(width: int, content: Element, *, across: int = 1, fill: str = "") -> Element:
    """A cell of one paragraph."""
    properties = el("tcPr", el("tcW", w=width, type="dxa"))
    if across > 1:
        properties.append(el("gridSpan", val=across))
    if fill:
        properties.append(el("shd", val="clear", color="auto", fill=fill))
    return el("tc", properties, content)
