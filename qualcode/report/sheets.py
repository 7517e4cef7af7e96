"""Worksheets as people like them: headings that stay, filters, wrapped text, widths, links, pages that print.

Every text is written as text: what begins with ``=``, ``+``, ``-`` or ``@`` is never a formula, here or when the file
is saved as something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST = 32_000
"""Excel holds 32,767 characters in a cell."""

_ACCENT, _WASH, _LINE = "1F4E79", "E7EEF6", "C9CFD6"
_HEAD = Font(name="Arial", size=10, bold=True, color=_ACCENT)
_PLAIN = Font(name="Arial", size=10)
_STRONG = Font(name="Arial", size=10, bold=True)
_LINK = Font(name="Arial", size=10, color=_ACCENT)
_A4_WIDTH, _PAGE_WIDTH = 190, 330
"""Characters that can be read when a sheet of this width is shrunk to a landscape page: of A4, and of A3."""

_A3, _A4 = 8, 9

_LINE_HEIGHT, _TALLEST = 12.75, 409.0
"""Points: a line of the font, and the most that Excel allows a row."""

_TITLE = Font(name="Arial", size=16, bold=True, color=_ACCENT)
_FILL = PatternFill("solid", fgColor=_WASH)
_BELOW = Border(bottom=Side("thin", color=_LINE))
_UNDER_HEAD = Border(bottom=Side("medium", color=_ACCENT))
_TOP = Alignment(vertical="top", horizontal="left", wrap_text=True, indent=1)
_NUMBER = Alignment(vertical="top", horizontal="right", indent=1)
_HEAD_OF_WORDS = Alignment(vertical="center", horizontal="left", wrap_text=True, indent=1)
_HEAD_OF_NUMBERS = Alignment(vertical="center", wrap_text=True, horizontal="right", indent=1)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads to a place: a sheet and a row of it, counted from 1 for the first row under the headings."""

    text: str
    sheet: str
    row: int


Value = str | int | Link | None
AnyCell = Cell | MergedCell


@dataclass(frozen=True)
class Sheet:
    """One table of a workbook. ``columns`` are heading and width in characters; ``steady`` columns stay in view.

    ``fills`` colours single cells by (row, column), both from 0, to mark what words say already.
    """

    name: str
    columns: tuple[tuple[str, int], ...]
    rows: Sequence[Sequence[Value]]
    steady: int = 1
    strong: frozenset[int] = frozenset()
    fills: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Pages:
    """What a workbook says: its title, what its first page tells about it (label and words), and its sheets."""

    title: str
    about: Sequence[tuple[str, str]]
    sheets: Sequence[Sheet]


def workbook(pages: Pages) -> Workbook:
    """A workbook with a first page that says what it is, and the sheets that have anything to show."""
    made = Workbook()
    for personal in ("creator", "lastModifiedBy", "description", "keywords", "category"):
        setattr(made.properties, personal, "")
    made.properties.title = pages.title
    front = made.active
    assert isinstance(front, Worksheet)
    shown = [sheet for sheet in pages.sheets if sheet.rows]
    _front(front, pages, shown)
    names = {sheet.name for sheet in shown} | {front.title}
    for sheet in shown:
        _write(made.create_sheet(sheet.name), sheet, names)
    return made


def sheet_name(wanted: str, taken: Iterable[str] = ()) -> str:
    """A name that Excel allows for a sheet, and that is free."""
    name = re.sub(r"[\[\]:*?/\\']", " ", wanted).strip()[:31] or "Sheet"
    used = {t.casefold() for t in taken}
    number = 2
    free = name
    while free.casefold() in used:
        free = f"{name[:27]} ({number})"
        number += 1
    return free


def put(cell: AnyCell, value: Value, font: Font = _PLAIN) -> None:
    """Write a value, a text always as text."""
    cell.font = font
    cell.alignment = _NUMBER if isinstance(value, int) else _TOP
    if isinstance(value, Link):
        _text(cell, value.text)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{value.sheet}'!A{value.row + 1}")
        cell.font = _LINK
    elif isinstance(value, str):
        _text(cell, value)
    elif value is not None:
        cell.value = value


def _text(cell: AnyCell, words: str) -> None:
    words = _NOT_XML.sub("", words.replace("\r\n", "\n"))
    if len(words) > _LONGEST:
        words = words[:_LONGEST] + " […]"
    if not words:
        return
    cell.value = words
    cell.data_type = "s"
    if words.startswith(_FORMULA_STARTS):
        cell.quotePrefix = True


# --- within ------------------------------------------------------------------------------------------------------


def _front(front: Worksheet, pages: Pages, sheets: Sequence[Sheet]) -> None:
    front.title = "About"
    front.sheet_view.showGridLines = False
    front.column_dimensions["A"].width, front.column_dimensions["B"].width = 26, 92
    put(front["A1"], pages.title, _TITLE)
    front["A1"].alignment = Alignment(vertical="center")
    row = 3
    for label, words in pages.about:
        put(front.cell(row, 1), label, _STRONG)
        put(front.cell(row, 2), words)
        front.row_dimensions[row].height = _height((label, words), (("", 26), ("", 92)))
        row += 1
    row += 1
    put(front.cell(row, 1), "Sheets", _STRONG)
    for sheet in sheets:
        put(front.cell(row, 2), Link(sheet.name, sheet.name, 0))
        row += 1
    _pages(front, landscape=False)


def _write(page: Worksheet, sheet: Sheet, names: set[str]) -> None:
    for number, (heading, width) in enumerate(sheet.columns, 1):
        head = page.cell(1, number)
        put(head, heading, _HEAD)
        head.font, head.fill, head.border = _HEAD, _FILL, _UNDER_HEAD
        figures = any(isinstance(value, int) for row in sheet.rows for value in row[number - 1 : number])
        head.alignment = _HEAD_OF_NUMBERS if figures else _HEAD_OF_WORDS
        page.column_dimensions[get_column_letter(number)].width = width
    for at, row in enumerate(sheet.rows):
        page.row_dimensions[at + 2].height = _height(row, sheet.columns)
        for number, value in enumerate(row):
            if isinstance(value, Link) and not _leads(value, names, sheet.columns[number][1]):
                value = value.text
            written: AnyCell = page.cell(at + 2, number + 1)
            put(written, value, _STRONG if at in sheet.strong else _PLAIN)
            written.border = _BELOW
            if (at, number) in sheet.fills:
                written.fill = PatternFill("solid", fgColor=sheet.fills[at, number])
    page.row_dimensions[1].height = max(20.0, _height([c[0] for c in sheet.columns], sheet.columns) + 6)
    last = f"{get_column_letter(len(sheet.columns))}{len(sheet.rows) + 1}"
    page.auto_filter.ref = f"A1:{last}"
    page.freeze_panes = f"{get_column_letter(sheet.steady + 1)}2"
    page.print_title_rows = "1:1"
    page.print_title_cols = f"A:{get_column_letter(sheet.steady)}"
    width = sum(width for _, width in sheet.columns)
    _pages(page, landscape=True, wide=width > _A4_WIDTH, one_wide=width <= _PAGE_WIDTH)


def _leads(link: Link, names: set[str], width: int) -> bool:
    """Whether a link can be one: there is such a sheet, and its words fit on a line, for some programs do not wrap
    words that lead somewhere."""
    return link.sheet in names and len(link.text) <= width


def _height(row: Sequence[Value], columns: Sequence[tuple[str, int]]) -> float:
    """The height that shows all of a row's wrapped text, as near as can be said without measuring the font."""
    most = 1
    for value, (_, width) in zip(row, columns, strict=False):
        words = value.text if isinstance(value, Link) else value if isinstance(value, str) else ""
        most = max(most, sum(max(1, -(-len(part) // max(1, int(width * 1.08) - 1))) for part in words.split("\n")))
    return min(_TALLEST, most * _LINE_HEIGHT + 3)


def _pages(page: Worksheet, *, landscape: bool, wide: bool = False, one_wide: bool = True) -> None:
    page.page_setup.orientation = "landscape" if landscape else "portrait"
    page.page_setup.paperSize = _A3 if wide else _A4
    if one_wide:
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    else:
        page.page_setup.scale = 70
    margins = page.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom, margins.footer = 0.6, 0.75, 0.35
    footer = page.oddFooter
    assert footer is not None
    footer.left.text, footer.right.text = "&A", "Page &P of &N"
