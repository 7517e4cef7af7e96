"""Word documents (.docx): tracked changes as accepted, notes and comments aside, text boxes once, tables by cell.

The document's XML is read directly, because python-docx passes over moved text, boxes, notes and line breaks, and
costs more than the whole of this reader. Structure after ECMA-376, WordprocessingML.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from qualcode.core.values import Aside, AsideKind
from qualcode.importing.package import Package, attribute, name_of
from qualcode.importing.source import Builder, Cell, Content, Paragraph, Refused, clean, page_furniture, words_of

_KIND = "a Word document (.docx)"
_NO_TEXT = frozenset({
    "pPr", "rPr", "del", "moveFrom", "instrText", "delText", "Fallback", "rt", "sectPr", "tblPr", "tblGrid", "trPr",
    "tcPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "annotationRef", "footnoteRef", "endnoteRef",
})  # fmt: skip
_SYMBOLS = {
    "4a": "☺",
    "4b": "😐",
    "4c": "☹",
    "b7": "•",
    "a7": "▪",
    "e0": "→",
    "df": "←",
    "fb": "✗",
    "fc": "✓",
    "d8": "➢",
}
_TINTS = frozenset(["color", "u", "highlight", "rStyle"])
_OFF = frozenset(["0", "false", "off", "none"])


class _Look(NamedTuple):
    bold: bool | None
    italic: bool | None
    hidden: bool = False


_PLAIN = _Look(False, False)


def read(data: bytes, cancelled: Callable[[], bool]) -> Content:  # noqa: ARG001
    """The paragraphs of a .docx, with its comments, notes, page headers and footers beside them."""
    package = Package(data, _KIND)
    main = _main_part(package)
    related = _related(package, main)
    reader = _Reader(_notes(package, related), _Styles(package, related))
    body = next((child for child in package.xml(main) if name_of(child) == "body"), None)
    if body is None:
        raise Refused("it has no text body. Open it in Word and save it anew.")
    return Content(reader.story(body), asides=_page_furniture(package, related))


def _main_part(package: Package) -> str:
    for kind, target in _relationships(package, "_rels/.rels", ""):
        if kind == "officeDocument" and target in package:
            return target
    if "word/document.xml" in package:
        return "word/document.xml"
    raise Refused("it is a zip archive, not a Word document. Unpack it and import the files in it.")


def _relationships(package: Package, part: str, folder: str) -> Iterator[tuple[str, str]]:
    if part not in package:
        return
    for relation in package.xml(part):
        if relation.get("TargetMode") != "External":
            target = relation.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            yield relation.get("Type", "").rsplit("/", 1)[-1], path


def _related(package: Package, main: str) -> dict[str, list[str]]:
    """The parts that belong to the document, by kind (comments, footnotes, header, styles, ...)."""
    folder, name = posixpath.split(main)
    found: dict[str, list[str]] = {}
    for kind, target in _relationships(package, f"{folder}/_rels/{name}.rels", folder):
        if target in package:
            found.setdefault(kind, []).append(target)
    return found


_Notes = dict[tuple[str, str], str]


def _notes(package: Package, related: dict[str, list[str]]) -> _Notes:
    """The words of each comment, footnote and endnote by kind and id."""
    found: _Notes = {}
    for kind, element in (("comments", "comment"), ("footnotes", "footnote"), ("endnotes", "endnote")):
        for part in related.get(kind, ()):
            for note in package.xml(part):
                if name_of(note) == element and attribute(note, "type") in (None, "normal"):
                    words = words_of(_Reader({}, None).story(note))
                    found[element, attribute(note, "id") or ""] = words
    return found


def _page_furniture(package: Package, related: dict[str, list[str]]) -> list[Aside]:
    parts = related.get("header", []) + related.get("footer", [])
    return page_furniture(words_of(_Reader({}, None).story(package.xml(part))) for part in parts)


def _is_on(properties: Any, name: str) -> bool | None:
    for child in properties:
        if name_of(child) == name:
            return _is_true(child)
    return None


def _is_true(switch: Any) -> bool:
    return (attribute(switch, "val") or "1") not in _OFF


def _look(properties: Any) -> _Look:
    return _Look(_is_on(properties, "b"), _is_on(properties, "i"), _is_on(properties, "vanish") is True)


def _tint(properties: Any) -> str:
    """The colour of a run, of its ground or of the line beneath it, where that is not the usual one; its style."""
    found = ((name_of(child), attribute(child, "val") or "") for child in properties if name_of(child) in _TINTS)
    return " ".join(f"{name}={value}" for name, value in found if value not in ("", "auto", "none", "000000"))


class _Styles:
    """Named styles: which are headings, and which make their text bold or italic."""

    def __init__(self, package: Package, related: dict[str, list[str]]) -> None:
        self._package = package
        self._parts = related.get("styles", [])[:1]
        self._elements: dict[str, Any] | None = None

    def _style(self, name: str) -> Any | None:
        if self._elements is None:
            roots = [self._package.xml(part) for part in self._parts]
            self._elements = {attribute(e, "styleId") or "": e for root in roots for e in root}
        return self._elements.get(name)

    def look(self, name: str, depth: int = 0) -> _Look:
        style = self._style(name)
        if style is None or depth > 10:
            return _PLAIN
        bold = italic = None
        base = _PLAIN
        for child in style:
            if name_of(child) == "rPr":
                bold, italic, _ = _look(child)
            elif name_of(child) == "basedOn":
                base = self.look(attribute(child, "val") or "", depth + 1)
        return _Look(base.bold if bold is None else bold, base.italic if italic is None else italic)

    def is_heading(self, name: str) -> bool:
        style = self._style(name)
        titles = [attribute(c, "val") or "" for c in style if name_of(c) == "name"] if style is not None else []
        return any(
            t.lower().startswith(("heading", "title", "subtitle", "überschrift", "titre")) for t in [name, *titles]
        )


class _Reader:
    """Walks one story (body, note, header) and gathers its paragraphs in reading order."""

    def __init__(self, notes: _Notes, styles: _Styles | None) -> None:
        self._notes = notes
        self._styles = styles
        self._found: list[Paragraph] = []
        self._boxes: list[Any] = []
        self._commented: dict[str, tuple[Builder, int]] = {}
        self._carried: Builder | None = None
        self._looks: dict[str, _Look] = {}
        self._headings: dict[str, bool] = {}
        self._tables = 0

    def story(self, parent: Any) -> list[Paragraph]:
        self._blocks(parent, None)
        if self._carried:
            self._found.extend(self._carried.paragraphs())
        return self._found

    def _blocks(self, parent: Any, cell: Cell | None) -> None:
        for child in parent:
            name = name_of(child)
            if name == "p":
                self._paragraph(child, cell)
            elif name == "tbl":
                self._table(child, cell)
            elif name not in _NO_TEXT and not _is_placeholder(child):
                self._blocks(child, cell)

    def _table(self, table: Any, outer: Cell | None) -> None:
        number = self._tables
        self._tables += 1
        for row_number, row in enumerate(r for r in table.iter() if name_of(r) == "tr" and _owner(r) is table):
            column = 0
            for cell in (c for c in row.iter() if name_of(c) == "tc" and _owner(c) is table):
                self._blocks(cell, outer or Cell(number, row_number, column))
                column += _columns(cell)

    def _paragraph(self, paragraph: Any, cell: Cell | None) -> None:
        style, look, mark_deleted = self._paragraph_properties(paragraph)
        builder = self._carried or Builder(self._is_heading(style), cell, style)
        self._carried = None
        outer_boxes, self._boxes = self._boxes, []
        for child in paragraph:
            if (name := name_of(child)) == "r":
                self._run(child, builder, look)
            elif name not in _NO_TEXT:
                self._inline(child, name, builder, look)
        boxes, self._boxes = self._boxes, outer_boxes
        if mark_deleted:
            self._carried = builder
        else:
            self._found.extend(builder.paragraphs())
        for box in boxes:
            self._blocks(box, None)

    def _paragraph_properties(self, paragraph: Any) -> tuple[str, _Look, bool]:
        """Its style, the look that style gives, and whether a tracked deletion joins it to the next paragraph."""
        style, mark_deleted = "", False
        properties = next(iter(paragraph), None)
        if properties is not None and name_of(properties) == "pPr":
            for child in properties:
                if (name := name_of(child)) == "pStyle":
                    style = attribute(child, "val") or ""
                elif name == "rPr":
                    mark_deleted = any(name_of(c) in ("del", "moveFrom") for c in child)
        return style, self._look_of(style), mark_deleted

    def _look_of(self, style: str) -> _Look:
        if not style or self._styles is None:
            return _PLAIN
        if style not in self._looks:
            self._looks[style] = self._styles.look(style)
        return self._looks[style]

    def _is_heading(self, style: str) -> bool:
        if not style or self._styles is None:
            return False
        if style not in self._headings:
            self._headings[style] = self._styles.is_heading(style)
        return self._headings[style]

    def _inline(self, element: Any, name: str, builder: Builder, look: _Look) -> None:
        """A hyperlink, insertion, content control or other wrapper of runs."""
        if _is_placeholder(element):
            return
        if name == "commentRangeStart":
            self._commented[attribute(element, "id") or ""] = (builder, builder.length)
        elif name == "txbxContent":
            self._boxes.append(element)
        elif name == "AlternateContent":
            self._alternate(element, builder, look)
        elif name == "p":
            self._paragraph(element, None)
        else:
            for child in element:
                if (inner := name_of(child)) == "r":
                    self._run(child, builder, look)
                elif inner not in _NO_TEXT:
                    self._inline(child, inner, builder, look)

    def _alternate(self, element: Any, builder: Builder, look: _Look) -> None:
        """The first of several renderings of one thing; the fallback repeats it for old programs."""
        best = next((c for c in element if name_of(c) == "Choice"), None)
        best = next((c for c in element if name_of(c) == "Fallback"), None) if best is None else best
        if best is not None:
            self._inline(best, "Choice", builder, look)

    def _run(self, run: Any, builder: Builder, base: _Look) -> None:
        bold, italic, tint = base.bold is True, base.italic is True, ""
        for child in run:
            name = name_of(child)
            if name == "t":
                builder.add(child.text or "", bold, italic)
                if tint:
                    builder.tint(tint, child.text or "")
            elif name == "rPr":
                if len(child):
                    bold, italic, hidden = self._run_look(child, bold, italic)
                    tint = _tint(child)
                    if hidden:
                        return
            elif name not in _NO_TEXT:
                self._piece(child, name, builder, _Look(bold, italic))

    def _run_look(self, properties: Any, bold: bool, italic: bool) -> tuple[bool, bool, bool]:
        own = _look(properties)
        for child in properties:
            if name_of(child) == "rStyle":
                style = self._look_of(attribute(child, "val") or "")
                bold, italic = bold or style.bold is True, italic or style.italic is True
        return (bold if own.bold is None else own.bold), (italic if own.italic is None else own.italic), own.hidden

    def _piece(self, element: Any, name: str, builder: Builder, look: _Look) -> None:
        plain = _PIECES.get(name)
        if plain is not None:
            builder.add(plain, look.bold is True, look.italic is True)
        elif name == "sym":
            builder.add(_symbol(element))
        elif name in ("commentReference", "footnoteReference", "endnoteReference"):
            self._reference(element, name.removesuffix("Reference"), builder)
        else:
            self._inline(element, name, builder, look)

    def _reference(self, element: Any, kind: str, builder: Builder) -> None:
        number = attribute(element, "id") or ""
        words = self._notes.get((kind, number))
        if words and kind == "comment":
            where, at = self._commented.get(number, (builder, builder.length))
            builder.note(AsideKind.COMMENT, words, at if where is builder else 0)
        elif words:
            builder.note(AsideKind.FOOTNOTE, words)


_PIECES = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}


def _is_placeholder(element: Any) -> bool:
    """Whether a content control shows no more than its prompt: "Click or tap here to enter text."."""
    if name_of(element) != "sdt":
        return False
    properties = (child for child in element if name_of(child) == "sdtPr")
    return any(name_of(p) == "showingPlcHdr" and _is_true(p) for found in properties for p in found)


def _owner(element: Any) -> Any:
    """The table that a row or cell belongs to, through content controls and tracked insertions."""
    parent = element.getparent()
    while parent is not None and name_of(parent) != "tbl":
        parent = parent.getparent()
    return parent


def _columns(cell: Any) -> int:
    for properties in cell:
        if name_of(properties) == "tcPr":
            for child in properties:
                if name_of(child) == "gridSpan":
                    span = attribute(child, "val") or ""
                    return max(1, int(span)) if span.isdecimal() else 1
    return 1


def _symbol(element: Any) -> str:
    """A character of a symbol font, as the character it looks like."""
    code = (attribute(element, "char") or "").lower()
    if code.startswith("f0"):
        return _SYMBOLS.get(code[2:], "\N{REPLACEMENT CHARACTER}")
    return clean(chr(int(code, 16))) if re.fullmatch(r"[0-9a-f]{1,4}", code) else ""
