"""OpenDocument texts (.odt): tracked deletions left out, notes and comments aside, tables by cell (ODF 1.3, part 3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from qualcode.core.values import Aside, AsideKind
from qualcode.importing.package import Package, attribute, name_of
from qualcode.importing.source import Builder, Cell, Content, Paragraph, Refused, page_furniture, words_of

_KIND = "an OpenDocument text (.odt)"
_NO_TEXT = frozenset({
    "tracked-changes", "note-citation", "ruby-text", "sequence-decls", "variable-decls", "user-field-decls", "forms",
    "creator", "date", "sender-initials", "meta", "desc", "title", "table-columns", "shapes", "hidden-text",
})  # fmt: skip
_PIECES = {"tab": "\t", "line-break": "\n"}


class _Look(NamedTuple):
    bold: bool
    italic: bool


_PLAIN = _Look(False, False)


def read(data: bytes, cancelled: Callable[[], bool]) -> Content:  # noqa: ARG001
    """The paragraphs of an .odt, with its comments, notes, page headers and footers beside them."""
    package = Package(data, _KIND)
    if "content.xml" not in package:
        raise Refused("it is a zip archive, not an OpenDocument text. Unpack it and import the files in it.")
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise Refused("it is protected with a password. Open it in Writer, remove the password and save it again.")
    content = package.xml("content.xml")
    named = package.xml("styles.xml") if "styles.xml" in package else None
    styles = _styles([root for root in (named, content) if root is not None])
    text = next((e for e in content.iter() if e.tag.endswith(":office:1.0}text")), None)
    if text is None:
        raise Refused("it holds no text: it may be a spreadsheet or a drawing.")
    return Content(_Reader(styles).story(text), asides=_page_furniture(named))


def _styles(roots: list[Any]) -> dict[str, _Look]:
    """The look of each paragraph and text style, what it inherits included."""
    elements = {attribute(e, "name") or "": e for root in roots for e in root.iter() if name_of(e) == "style"}
    return {name: _style_look(elements, name, 0) for name in elements}


def _style_look(elements: dict[str, Any], name: str, depth: int) -> _Look:
    if name not in elements or depth > 10:
        return _PLAIN
    style = elements[name]
    bold, italic = _style_look(elements, attribute(style, "parent-style-name") or "", depth + 1)
    for properties in style:
        if name_of(properties) == "text-properties":
            weight, slant = attribute(properties, "font-weight"), attribute(properties, "font-style")
            bold = bold if weight is None else weight == "bold" or (weight.isdigit() and int(weight) >= 600)
            italic = italic if slant is None else slant in ("italic", "oblique")
    return _Look(bold, italic)


def _page_furniture(styles: Any | None) -> list[Aside]:
    elements = [e for e in styles.iter() if name_of(e) in ("header", "footer")] if styles is not None else []
    return page_furniture(words_of(_Reader({}).story(element)) for element in elements)


class _Reader:
    """Walks one story (body, note, page header) and gathers its paragraphs in reading order."""

    def __init__(self, styles: dict[str, _Look]) -> None:
        self._styles = styles
        self._found: list[Paragraph] = []
        self._boxes: list[Any] = []
        self._tables = 0

    def story(self, parent: Any) -> list[Paragraph]:
        self._blocks(parent, None)
        return self._found

    def _blocks(self, parent: Any, cell: Cell | None) -> None:
        for child in parent:
            name = name_of(child)
            if name in ("p", "h"):
                self._paragraph(child, name == "h", cell)
            elif name == "table":
                self._table(child, cell)
            elif name not in _NO_TEXT:
                self._blocks(child, cell)

    def _table(self, table: Any, outer: Cell | None) -> None:
        number = self._tables
        self._tables += 1
        for row_number, row in enumerate(_rows(table)):
            for column, cell in enumerate(c for c in row if name_of(c) in ("table-cell", "covered-table-cell")):
                self._blocks(cell, outer or Cell(number, row_number, column))

    def _paragraph(self, element: Any, heading: bool, cell: Cell | None) -> None:
        builder = Builder(heading, cell, attribute(element, "style-name") or "")
        outer_boxes, self._boxes = self._boxes, []
        self._inline(element, builder, self._look(element, _PLAIN))
        boxes, self._boxes = self._boxes, outer_boxes
        self._found.extend(builder.paragraphs())
        for box in boxes:
            self._blocks(box, None)

    def _look(self, element: Any, outer: _Look) -> _Look:
        own = self._styles.get(attribute(element, "style-name") or "", _PLAIN)
        return _Look(outer.bold or own.bold, outer.italic or own.italic)

    def _inline(self, element: Any, builder: Builder, look: _Look) -> None:
        builder.add(_spaced(element.text), *look)
        for child in element:
            self._child(child, name_of(child), builder, look)
            builder.add(_spaced(child.tail), *look)

    def _child(self, child: Any, name: str, builder: Builder, look: _Look) -> None:
        if name in _PIECES:
            builder.add(_PIECES[name], *look)
        elif name == "s":
            count = attribute(child, "c") or "1"
            builder.add(" " * min(int(count) if count.isdecimal() else 1, 1000), *look)
        elif name == "note":
            self._aside(AsideKind.FOOTNOTE, child, builder)
        elif name == "annotation":
            self._aside(AsideKind.COMMENT, child, builder)
        elif name == "text-box":
            self._boxes.append(child)
        elif name not in _NO_TEXT:
            self._inline(child, builder, self._look(child, look) if name == "span" else look)

    def _aside(self, kind: AsideKind, element: Any, builder: Builder) -> None:
        words = words_of(_Reader(self._styles).story(element))
        if words:
            builder.note(kind, words)


def _rows(table: Any) -> Iterator[Any]:
    """The rows of one table, those in header rows and row groups included, those of inner tables not."""
    for child in table:
        if (name := name_of(child)) == "table-row":
            yield child
        elif name in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(child)


def _spaced(text: str | None) -> str:
    """White space as ODF means it: any run of it is one space."""
    return re.sub(r"[ \t\r\n]+", " ", text) if text else ""
