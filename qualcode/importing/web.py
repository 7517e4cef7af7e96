"""Web pages (.html): blocks as paragraphs, tables by cell, scripts and menus left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from qualcode.importing.decoding import decode
from qualcode.importing.source import Builder, Cell, Content, Paragraph, Refused, clean

_BLOCKS = frozenset({
    "p", "div", "li", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "section", "article", "main",
    "header", "footer", "td", "th", "tr", "table", "tbody", "thead", "tfoot", "caption", "ul", "ol", "dl", "body",
    "html", "form", "fieldset", "figure", "figcaption", "address", "details", "summary", "center",
})  # fmt: skip
_SILENT = frozenset({
    "script", "style", "head", "noscript", "template", "nav", "del", "s", "strike", "button", "select", "svg", "canvas",
    "iframe", "object", "audio", "video", "rt", "rp",
})  # fmt: skip
_BOLD, _ITALIC = frozenset({"b", "strong"}), frozenset({"i", "em", "cite"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w\-]+)""", re.I)
_MARKUP = re.compile(r"<\s*(?:!doctype|html|body|p|div|br|table|span|h[1-6]|dl|ul)\b", re.I)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def read(data: bytes, cancelled: Callable[[], bool]) -> Content:  # noqa: ARG001
    """The paragraphs of a web page, and its title."""
    text, remarks = _text(data)
    if not _MARKUP.search(text):
        raise Refused("it is named as a web page but holds no markup. Save it as .txt and import that.")
    from lxml import html  # type: ignore[import-untyped]

    root = html.document_fromstring(
        _DECLARATION.sub("", clean(text)), parser=html.HTMLParser(no_network=True, huge_tree=False)
    )
    title = clean(_SPACE.sub(" ", root.findtext(".//title") or "")).strip()
    reader = _Reader()
    reader.walk(root, None, False, False)
    return Content(reader.finished(), [("title", title)] if title else [], remarks=remarks)


def _text(data: bytes) -> tuple[str, list[str]]:
    """The page as text in the encoding it names; in the one its bytes show if it names none or a wrong one."""
    named = _CHARSET.search(data[:4096])
    if named and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            return data.decode(named[1].decode()), []
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


class _Reader:
    def __init__(self) -> None:
        self._found: list[Paragraph] = []
        self._builder = Builder()
        self._tables = 0
        self._place: list[int] = []

    def finished(self) -> list[Paragraph]:
        self._end(False, None)
        return self._found

    def walk(self, element: Any, cell: Cell | None, bold: bool, italic: bool) -> None:
        tag = element.tag if isinstance(element.tag, str) else "script"
        if tag in _SILENT:
            return
        if tag == "br":
            self._builder.add("\n")
            return
        block = tag in _BLOCKS
        cell = self._cell(tag, cell)
        bold, italic = self._look(element, tag, bold, italic)
        if block:
            self._end(False, cell)
        self._add(element.text, tag, bold, italic)
        for child in element:
            self.walk(child, cell, bold, italic)
            self._add(child.tail, tag, bold, italic)
        if block:
            self._end(tag in _HEADINGS, cell)

    def _look(self, element: Any, tag: str, bold: bool, italic: bool) -> tuple[bool, bool]:
        style = (element.get("style") or "").replace(" ", "").lower()
        bold = bold or tag in _BOLD or "font-weight:bold" in style or "font-weight:700" in style
        return bold, italic or tag in _ITALIC or "font-style:italic" in style

    def _cell(self, tag: str, cell: Cell | None) -> Cell | None:
        """Where a table cell stands, counted as the walk comes by; cells of inner tables belong to the outer cell."""
        if tag == "table" and cell is None:
            self._place = [self._tables, -1, -1]
            self._tables += 1
        elif tag == "tr" and cell is None and self._place:
            self._place[1:] = [self._place[1] + 1, -1]
        elif tag in ("td", "th") and cell is None and self._place:
            self._place[2] += 1
            return Cell(*self._place)
        return cell

    def _add(self, text: str | None, tag: str, bold: bool, italic: bool) -> None:
        if text:
            self._builder.add(text if tag == "pre" else _SPACE.sub(" ", text), bold, italic)

    def _end(self, heading: bool, cell: Cell | None) -> None:
        builder, self._builder = self._builder, Builder()
        paragraphs = [p for p in builder.paragraphs() if p.text.strip()]
        self._found += [Paragraph(p.text, p.emphasis, heading=heading, cell=cell) for p in paragraphs]
