"""Tables that people keep beside their transcripts: sheets of an .xlsx, a .csv, a block copied from a spreadsheet.

Every cell comes as the text that a reader sees; dates as ISO 8601.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qualcode.errors import UnreadableFile
from qualcode.importing.decoding import decode
from qualcode.importing.package import Package
from qualcode.importing.source import Refused, clean

SUFFIXES = (".xlsx", ".xlsm", ".csv", ".tsv")

_LARGEST = 50 * 1024 * 1024
_SEARCHED = 10
_Grid = list[list[str]]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with its head: ``rows`` are as long as ``headings``; empty rows and columns are left out."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read_tables(path: Path) -> list[Table]:
    """The sheets of a workbook that hold a table, or the one table of a text file.

    Raises :class:`UnreadableFile` with the reason, also when there is no table in it.
    """
    try:
        grids = list(_grids(path, _bytes_of(path)))
    except Refused as refusal:
        raise UnreadableFile(path, str(refusal)) from refusal
    found = [table for name, grid in grids if (table := _table(name, grid)) is not None]
    if not found:
        raise UnreadableFile(path, "it holds no table: a row of headings and at least one row below it.")
    return found


def cells_of(text: str) -> _Grid:
    """The cells of a block copied from a spreadsheet, row by row; without a tab, one cell a line."""
    text = clean(text).rstrip("\n")
    return _cells(text, "\t") if text else []


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise Refused(f"it has more than {_LARGEST // 1024**2} MB, which no list of participants has.")
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"it could not be opened ({error.strerror or error}).") from error


def _grids(path: Path, data: bytes) -> Iterable[tuple[str, _Grid]]:
    suffix = path.suffix.lower()
    if suffix in (".xlsx", ".xlsm"):
        return _sheets(data)
    if suffix in (".csv", ".tsv", ".txt"):
        text, _ = decode(data)
        return [(path.stem, _rows_of_text(clean(text)))]
    if suffix == ".xls":
        raise Refused("it is an old Excel workbook (.xls). Open it in Excel and save it as .xlsx.")
    raise Refused(f"tables are read from {', '.join(SUFFIXES[:-1])} and {SUFFIXES[-1]} files.")


def _sheets(data: bytes) -> Iterator[tuple[str, _Grid]]:
    from openpyxl import load_workbook

    package = Package(data, "an Excel workbook (.xlsx)")
    for part in package.names():
        package.read(part)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        except (KeyError, ValueError, TypeError) as error:
            raise Refused("it is damaged or no Excel workbook. Open it in Excel and save it anew.") from error
        for sheet in book.worksheets:
            yield sheet.title, [[_shown(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        book.close()


def _shown(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ", "minutes")
    return clean(str(cell)).strip()


def _rows_of_text(text: str) -> _Grid:
    first = next((line for line in text.split("\n") if line.strip()), "")
    separator = max("\t;,", key=first.count)
    return _cells(text, separator)


def _cells(text: str, separator: str) -> _Grid:
    """The cells of lines; a line end between quotation marks belongs to its cell."""
    try:
        return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=separator)]
    except csv.Error:
        return [[cell.strip() for cell in line.split(separator)] for line in text.split("\n")]


def _table(name: str, grid: _Grid) -> Table | None:
    rows = [row for row in grid if any(row)]
    widest = max((sum(map(bool, row)) for row in rows[:_SEARCHED]), default=0)
    start = next((i for i, row in enumerate(rows) if 2 * sum(map(bool, row)) > widest), len(rows))
    if len(rows) < start + 2:
        return None
    width = max(map(len, rows[start:]))
    filled = [row + [""] * (width - len(row)) for row in rows[start:]]
    used = [column for column in range(width) if any(row[column] for row in filled)]
    head, *body = [[row[column] for column in used] for row in filled]
    return Table(name, tuple(_headings(head)), tuple(map(tuple, body)))


def _headings(head: Sequence[str]) -> Iterator[str]:
    """The headings, each of them once: nameless and repeated ones get a number."""
    seen: set[str] = set()
    for number, heading in enumerate(head, 1):
        name = " ".join(heading.split()) or f"Column {number}"
        while name.casefold() in seen:
            name = f"{name} ({number})"
        seen.add(name.casefold())
        yield name
