"""Codebooks in the files people have, and from the clipboard: tables, Word documents, the formats of REFI-QDA."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from qualcode.core.codebook_outline import from_outline, labelled
from qualcode.core.codebook_table import Entry, from_table, is_codebook
from qualcode.errors import UnreadableFile, UserError
from qualcode.exchange.codebook_word import TITLES, of_document
from qualcode.importing.package import Package, parse_xml
from qualcode.importing.source import Refused
from qualcode.importing.tables import SUFFIXES, cells_of, read_tables

ENDINGS = (".docx", *SUFFIXES, ".qdc", ".qdpx")
"""The files that :func:`read` takes."""


def read(path: Path) -> list[Entry]:
    """The codes of a file; of a whole project (.qdpx) its codes alone.

    Raises UserError, with the reason, for a file that cannot be read or holds none.
    """
    if path.suffix.lower() in SUFFIXES:
        found = [from_table(t.headings, t.rows) for t in read_tables(path) if is_codebook(t.headings)]
        entries = found[0] if found else []
        missing = "has no column headed Code or Name."
    else:
        try:
            data = path.read_bytes()
            entries = _OTHERS[path.suffix.lower()](data)
        except OSError as error:
            raise UnreadableFile(path, f"it could not be opened ({error.strerror or error}).") from error
        except Refused as refusal:
            raise UnreadableFile(path, str(refusal)) from refusal
        missing = "holds no codes: no table with a column headed Code or Name, no headings and no list."
    if not entries:
        raise UserError(f"{path.name} {missing}")
    return entries


def pasted(text: str) -> tuple[list[Entry], bool]:
    """The codes of what was pasted or typed, and whether it is a table, which tells themes from codes by itself."""
    cells = _cells(text)
    if cells:
        return from_table(cells[0], cells[1:]), True
    return from_outline(text, upper_are_themes=False), False


# --- within ------------------------------------------------------------------------------------------------------


def _cells(text: str) -> list[list[str]]:
    """The cells of a table with headings, between tabs, as Markdown, or as in a .csv; empty for anything else."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return []
    if lines[0].startswith("|"):
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
        found = [[row for row in rows if set("".join(row)) - set("-: ")]]
    else:
        signs = [sign for sign in "\t;," if sign in lines[0]]
        found = [
            cells_of(text) if sign == "\t" else list(csv.reader(io.StringIO(text), delimiter=sign)) for sign in signs
        ]
    return next((cells for cells in found if len(cells[0]) > 1 and is_codebook(cells[0])), [])


def _of_project(data: bytes) -> list[Entry]:
    """The codes of a REFI-QDA project, whatever its root is called."""
    package = Package(data, "a REFI-QDA project (.qdpx)")
    roots = [name for name in package.names() if name.lower().endswith(".qde")]
    if not roots:
        raise Refused("it holds no project (.qde). Export it again from the program it came from.")
    return _of_exchange(package.read(roots[0]))


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
        themes = (*themes, name) if name and name.casefold() not in TITLES else themes
    else:
        said = "".join(t for d in code if _local(d) == "Description" for t in d.itertext()).strip()
        colour = (code.get("color") or "").strip().lower()
        yield Entry(name, themes, above, labelled(said), colour if len(colour) == 7 else "")
        above = (*above, name)
    for child in below:
        yield from _coded(child, themes, above)


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


_OTHERS: Mapping[str, Callable[[bytes], list[Entry]]] = {
    ".docx": of_document,
    ".qdc": _of_exchange,
    ".qdpx": _of_project,
}
