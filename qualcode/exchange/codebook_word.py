"""A codebook as it is set in Word: tables under headings; or headings with what is said of each code below; or lists.

In all of them the headings above a code are its themes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from qualcode.core.codebook_outline import from_outline, labelled
from qualcode.core.codebook_table import PARTS, Entry, from_table, is_codebook, part_named
from qualcode.importing.package import Package
from qualcode.importing.source import Refused

TITLES = frozenset(["codes", "codebook", "code book", "code system", "nodes", "coding frame", "list of codes"])
"""What stands above a whole codebook is no theme of it."""

_STEP = 120_000
"""English Metric Units (a third of a centimetre): cells indented by less are not indented."""

_NUMBER = re.compile(r"\d+(?:\.\d+)*\.?\s+")


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


def of_document(data: bytes) -> list[Entry]:
    """The codes of a Word document. Raises Refused for what is none."""
    tables, lines = _parts(data)
    held = [table for table in tables if table.rows and is_codebook(table.rows[0])]
    if held:
        return _of_tables(held)
    if any(line.kind == "item" for line in lines):
        return from_outline("\n".join(_indented(lines)))
    if any(line.kind == "heading" for line in lines):
        return list(_of_headings(_unnumbered(lines)))
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
            above = tuple(name for _, name in path if name.casefold() not in TITLES)
            tables.append(_Table(_nested([[_text(cell) for cell in row.cells] for row in block.rows]), above))
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


def _text(cell: Any) -> str:
    """The words of a cell, with a space before them for each step that its paragraph is indented."""
    indent = cell.paragraphs[0].paragraph_format.left_indent if cell.paragraphs else None
    return " " * round((indent or 0) / _STEP) + str(cell.text).rstrip()


def _nested(rows: list[list[str]]) -> list[list[str]]:
    """The rows without spaces around their words; indented names get what they lie under in a column of its own."""
    plain = [[cell.strip() for cell in cells] for cells in rows]
    names = [at for at, head in enumerate(plain[0]) if is_codebook([head])] if plain else []
    indented = [len(cells[names[0]]) - len(cells[names[0]].lstrip()) for cells in rows[1:]] if names else []
    if not any(indented) or any(head.casefold().startswith("parent") for head in plain[0]):
        return plain
    path: list[tuple[int, str]] = []
    found = [[*plain[0], "Parent"]]
    for cells, depth in zip(plain[1:], indented, strict=True):
        path = [held for held in path if held[0] < depth]
        found.append([*cells, " > ".join(name for _, name in path)])
        path.append((depth, cells[names[0]]))
    return found


def _unnumbered(lines: Sequence[_Line]) -> list[_Line]:
    """The headings without their numbers, where all are numbered."""
    heads = [line.words for line in lines if line.kind == "heading"]
    if not all(map(_NUMBER.match, heads)):
        return list(lines)
    return [
        _Line(_NUMBER.sub("", line.words, count=1), line.kind, line.level) if line.kind == "heading" else line
        for line in lines
    ]


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
        said = labelled("\n".join(below.words for below in lines[number + 1 : after]))
        is_theme = after < len(lines) and lines[after].level > line.level
        if said or not is_theme:
            yield Entry(line.words, tuple(name for _, name in path), (), said, is_theme=is_theme)
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
