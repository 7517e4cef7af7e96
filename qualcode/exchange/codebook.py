"""Codebooks in the files people have: tables, Word documents, and the exchange format of REFI-QDA (.qdc).

A Word document is read as a codebook is set there: tables under headings; or headings with what is said of each code
below them; or lists. In all of them the headings above a code are its themes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qualcode.core.codebook_outline import from_outline, labelled
from qualcode.core.codebook_table import PARTS, Entry, from_table, is_codebook, part_named
from qualcode.errors import UnreadableFile, UserError
from qualcode.importing.package import Package, parse_xml
from qualcode.importing.source import Refused
from qualcode.importing.tables import SUFFIXES, read_tables

ENDINGS = (".docx", *SUFFIXES, ".qdc")
"""The files that :func:`read` takes."""


def read(path: Path) -> list[Entry]:
    """The codes of a file. Raises UserError, with the reason, for one that cannot be read or holds none."""
    if path.suffix.lower() in SUFFIXES:
        found = [from_table(t.headings, t.rows) for t in read_tables(path) if is_codebook(t.headings)]
        entries = found[0] if found else []
        missing = "has no column headed Code or Name."
    else:
        try:
            data = path.read_bytes()
            entries = _of_exchange(data) if path.suffix.lower() == ".qdc" else _of_document(data)
        except OSError as error:
            raise UnreadableFile(path, f"it could not be opened ({error.strerror or error}).") from error
        except Refused as refusal:
            raise UnreadableFile(path, str(refusal)) from refusal
        missing = "holds no codes: no table with a column headed Code or Name, no headings and no list."
    if not entries:
        raise UserError(f"{path.name} {missing}")
    return entries


# --- .qdc --------------------------------------------------------------------------------------------------------


def _of_exchange(data: bytes) -> list[Entry]:
    """The codes of a REFI-QDA codebook; folders (not codable) that hold others are themes. Any namespace is taken."""
    root = parse_xml(data)
    tops = [child for book in root.iter() if _local(book) == "Codes" for child in book if _local(child) == "Code"]
    return [entry for top in tops for entry in _coded(top, (), ())]


def _coded(code: Any, themes: tuple[str, ...], above: tuple[str, ...]) -> Iterator[Entry]:
    name = " ".join((code.get("name") or "").split())
    below = [child for child in code if _local(child) == "Code"]
    folder = (code.get("isCodable") or "true").lower() == "false" and bool(below) and not above
    if folder or not name:
        themes = (*themes, name) if name else themes
    else:
        said = "".join(t for d in code if _local(d) == "Description" for t in d.itertext()).strip()
        colour = (code.get("color") or "").strip().lower()
        yield Entry(name, themes, above, labelled(said), colour if len(colour) == 7 else "")
        above = (*above, name)
    for child in below:
        yield from _coded(child, themes, above)


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


# --- .docx -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph. ``level`` is that of a heading (from 1) or of an item in a list (from 0)."""

    words: str
    kind: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class _Table:
    """Rows of cells, with the headings that stand above it."""

    rows: list[list[str]]
    under: tuple[str, ...]


def _of_document(data: bytes) -> list[Entry]:
    tables, lines = _parts(data)
    held = [table for table in tables if table.rows and is_codebook(table.rows[0])]
    if held:
        return _of_tables(held)
    if any(line.kind == "item" for line in lines):
        return from_outline("\n".join(_indented(lines)))
    if any(line.kind == "heading" for line in lines):
        return list(_of_headings(lines))
    return from_outline("\n".join(line.words for line in lines))


def _parts(data: bytes) -> tuple[list[_Table], list[_Line]]:
    import docx
    from docx.table import Table

    package = Package(data, "a Word document (.docx)")
    for part in package.names():
        package.read(part)
    try:
        document = docx.Document(io.BytesIO(data))
    except (KeyError, ValueError) as error:
        raise Refused("it is damaged or no Word document. Open it in Word and save it anew.") from error
    tables: list[_Table] = []
    lines: list[_Line] = []
    path: list[tuple[int, str]] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            rows = [[cell.text.strip() for cell in row.cells] for row in block.rows]
            tables.append(_Table(rows, tuple(name for _, name in path)))
        elif block.text.strip():
            lines.append(line := _line(block))
            if line.kind == "heading":
                path = [*((level, name) for level, name in path if level < line.level), (line.level, line.words)]
    return tables, lines


def _line(paragraph: Any) -> _Line:
    """What a paragraph is; an item that says what a code includes and the like is text below the code."""
    words = paragraph.text.strip()
    style = (paragraph.style.name if paragraph.style is not None else "").lower()
    if style.startswith("heading ") and style[8:].isdigit():
        return _Line(words, "heading", int(style[8:]))
    numbered = paragraph._p.pPr is not None and paragraph._p.pPr.numPr is not None
    labels = set(labelled(words)) - {"definition"} or part_named(words.partition(":")[0])
    if (numbered or style.startswith("list ")) and not labels:
        within = paragraph._p.pPr.numPr.ilvl if numbered else None
        level = within.val if within is not None else int(style[-1:]) - 1 if style[-1:].isdigit() else 0
        return _Line(words, "item", level)
    return _Line(paragraph.text.rstrip() if style != "title" else "", "text")


def _of_tables(tables: Sequence[_Table]) -> list[Entry]:
    """One codebook of all of them. A row of one cell across heads the rows below it, as a theme does."""
    heads = list(dict.fromkeys(head for table in tables for head in table.rows[0]))
    heads += [part.capitalize() for part in PARTS if part not in map(part_named, heads)]
    themed = any(head.casefold() in ("theme", "category") for head in heads)
    rows: list[list[str]] = []
    for table in tables:
        band: tuple[str, ...] = ()
        for cells in table.rows[1:]:
            if len(cells) > 1 and len(set(cells)) == 1:
                band = (cells[0],)
            else:
                meant = dict(_meant(dict(zip(table.rows[0], cells, strict=False))))
                theme = "" if themed else " > ".join((*table.under, *band))
                rows.append([*(meant.get(head, "") for head in heads), theme])
    return from_table([*heads, *(() if themed else ("Theme",))], rows)


def _meant(given: dict[str, str]) -> Iterable[tuple[str, str]]:
    """The cells by their headings; what is labelled within a definition has a heading of its own."""
    for head, words in given.items():
        if part_named(head) == "definition":
            parts = labelled(words)
            yield head, parts.pop("definition", "")
            yield from ((part.capitalize(), said) for part, said in parts.items())
        else:
            yield head, words


def _of_headings(lines: Sequence[_Line]) -> Iterator[Entry]:
    """Headings with deeper ones below them are themes, the others codes; what stands below a code is said of it."""
    path: list[tuple[int, str]] = []
    heads = [number for number, line in enumerate(lines) if line.kind == "heading"]
    for number, after in zip(heads, [*heads[1:], len(lines)], strict=True):
        line = lines[number]
        path = [held for held in path if held[0] < line.level]
        if after == len(lines) or lines[after].level <= line.level:
            said = "\n".join(below.words for below in lines[number + 1 : after])
            yield Entry(line.words, tuple(name for _, name in path), (), labelled(said))
        path.append((line.level, line.words))


def _indented(lines: Sequence[_Line]) -> Iterator[str]:
    """Headings and items as an outline, the items below the headings they follow."""
    depth = 0
    for line in lines:
        if line.kind == "heading":
            depth = line.level
            yield f"{'    ' * (depth - 1)}{line.words}"
        elif line.kind == "item":
            yield f"{'    ' * (depth + line.level)}{line.words}"
