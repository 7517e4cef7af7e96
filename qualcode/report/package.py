"""The words in a finished Word, Excel or exchange file, wherever they stand: text, notes, charts, properties, comments.

Read from the bytes that will leave, so that nothing a template or a library brought along is missed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from lxml import etree  # type: ignore[import-untyped]

from qualcode.errors import UnreadableFile
from qualcode.importing.opening import words_in

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SPOKEN_ATTRIBUTES = {"descr", "title", "author", "initials", "Target"}
"""Attributes that hold words of people in any part: alternative texts, authors of comments, addresses."""

_EXCHANGED_ATTRIBUTES = {"name", "firstName", "lastName", "basePath", "plainTextPath", "path", "currentPath", "origin"}
"""Attributes that hold such words in a project for exchange (REFI-QDA)."""

_SPOKEN_VALUES = {"tblCaption", "tblDescription", "alias", "tag"}
"""Elements of Word whose ``val`` holds such words."""

_UNSPOKEN = {"formatCode", "f"}
"""Elements whose text is no words: number formats and formulas of charts."""

_CELL_TEXTS = {f"{_S}t", f"{_S}v"}
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\u2011"}

_PLACES = (
    (r"docProps/.*", "document properties"),
    (r"word/(header|footer)\d*\.xml", "header or footer"),
    (r"word/footnotes\.xml", "footnotes"),
    (r"word/comments.*\.xml", "comments"),
    (r"word/charts/.*", "a chart"),
    (r".*/_rels/.*|_rels/.*", "links"),
)


class Words(NamedTuple):
    """Some words of a file, and where they stand, as a person would look for them."""

    place: str
    words: str


def words_of(content: bytes) -> list[Words]:
    """Everything to read in a .docx, .xlsx or .qdpx; a text that stands often in a section or sheet, once for it.

    Of a .qdpx the sources are read too, and the names under which they lie in it; see :func:`unread_in`.
    """
    found: dict[tuple[str, str], Words] = {}
    for place, words in _package(content):
        if words.strip():
            found.setdefault((place.split(", ")[0], words), Words(place, words))
    return list(found.values())


def unread_in(content: bytes) -> list[str]:
    """The sources in a .qdpx that hold words nobody can look through here: pictures, sound, scans, damaged files."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return [name for name in _sources(package) if _lines(name, package.read(name)) is None]


def _package(content: bytes) -> Iterator[Words]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        yield from _cells(package)
        sources = _sources(package)
        for name in package.namelist():
            if name in sources:
                yield Words("name of a source", PurePosixPath(name).stem)
                yield from _lines(name, package.read(name)) or ()
            elif name.endswith((".xlsx", ".docx")):
                yield from (Words(_place(name), words) for _, words in _package(package.read(name)))
            elif name.endswith((".xml", ".rels", ".qde")):
                yield from _part(name, etree.fromstring(package.read(name)))


def _sources(package: zipfile.ZipFile) -> list[str]:
    """The files that a project for exchange brings along; none in any other package."""
    names = [name for name in package.namelist() if not name.endswith("/")]
    exchanged = any(name.endswith(".qde") for name in names)
    return [name for name in names if not name.endswith(".qde")] if exchanged else []


def _lines(name: str, content: bytes) -> list[Words] | None:
    """The words of a source, with the line or place of each; None where it cannot be read."""
    try:
        if name.lower().endswith((".docx", ".xlsx")):
            return [Words(f"{name}: {place}", words) for place, words in _package(content)]
        return [Words(f"{name}, line {n}", words) for n, words in enumerate(words_in(name, content), 1)]
    except (UnreadableFile, zipfile.BadZipFile, etree.XMLSyntaxError):
        return None


def _part(name: str, root: Any) -> Iterator[Words]:
    place = _place(name)
    if root.tag == f"{_W}document":
        yield from _text(root)
    elif name.startswith("word/"):
        yield from (Words(place, _read(p)) for p in root.iter(f"{_W}p"))
    for element in root.iter(etree.Element):
        read_elsewhere = element.tag.startswith(_W) or element.tag in _CELL_TEXTS
        if element.text and not read_elsewhere and etree.QName(element).localname not in _UNSPOKEN:
            yield Words(place, element.text)
        yield from (Words(place, words) for words in _attributes(element))


def _attributes(element: Any) -> Iterable[str]:
    local = etree.QName(element).localname
    for key, words in element.attrib.items():
        called = etree.QName(key).localname
        spoken = called in _SPOKEN_ATTRIBUTES or (called == "val" and local in _SPOKEN_VALUES)
        exchanged = called in _EXCHANGED_ATTRIBUTES and "QDA-XML" in (
            element.tag if isinstance(element.tag, str) else ""
        )
        if spoken or exchanged or (called == "name" and local == "sheet"):
            yield str(words)


# --- Word --------------------------------------------------------------------------------------------------------


def _text(document: Any) -> Iterator[Words]:
    """The paragraphs of a document's text, each under the heading of its section."""
    place = "Cover"
    for paragraph in document.iter(f"{_W}p"):
        words = _read(paragraph)
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        if style is not None and re.fullmatch(r"Heading[12]", style.get(f"{_W}val", "")):
            place = words
        yield Words(place, words)


def _read(paragraph: Any) -> str:
    """The words of a paragraph across its runs, those of text boxes inside it left to their own paragraphs."""
    pieces = []
    for element in paragraph.iter(f"{_W}t", f"{_W}delText", *_BREAKS):
        owner = next(element.iterancestors(f"{_W}p"))
        if owner is paragraph:
            pieces.append(_BREAKS.get(element.tag) or element.text or "")
    return "".join(pieces)


# --- Excel -------------------------------------------------------------------------------------------------------


def _cells(package: zipfile.ZipFile) -> Iterator[Words]:
    """The texts in the cells of a workbook, each with its sheet and cell."""
    shared: list[str] = []
    if "xl/sharedStrings.xml" in package.namelist():
        shared = [_cell_text(item) for item in etree.fromstring(package.read("xl/sharedStrings.xml"))]
    for name, path in _sheets(package):
        for cell in etree.fromstring(package.read(path)).iter(f"{_S}c"):
            words = shared[int(cell.findtext(f"{_S}v"))] if cell.get("t") == "s" else _cell_text(cell)
            yield Words(f"{name}, {cell.get('r')}", words)


def _cell_text(item: Any) -> str:
    return "".join(t.text or "" for t in item.iter(f"{_S}t"))


def _sheets(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The sheets of a workbook: name and part."""
    if "xl/workbook.xml" not in package.namelist():
        return
    relations = etree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {r.get("Id"): r.get("Target").lstrip("/") for r in relations}
    for sheet in etree.fromstring(package.read("xl/workbook.xml")).iter(f"{_S}sheet"):
        target = targets[sheet.get(_RELATION)]
        yield sheet.get("name"), target if target.startswith("xl/") else f"xl/{target}"


def _place(name: str) -> str:
    return next((called for pattern, called in _PLACES if re.fullmatch(pattern, name)), "the file")
