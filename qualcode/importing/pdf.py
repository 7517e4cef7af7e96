"""Text PDFs: lines put together from their places on the page, and paragraphs from the lines."""

from __future__ import annotations

import io
import logging
import re
import struct
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any

from qualcode.core.values import Span
from qualcode.errors import Cancelled
from qualcode.importing import pages
from qualcode.importing.source import Builder, Content, Paragraph, Refused, joined, page_furniture, sliced, stripped

_MOST_PAGES = 2000
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.I)
_ITALIC = re.compile(r"ital|obli", re.I)
_SPACE = re.compile(r"\s+")
_BROKEN = (ValueError, KeyError, TypeError, IndexError, AttributeError, AssertionError, struct.error, zlib.error)


@dataclass(frozen=True, slots=True)
class _Row:
    """One printed line. ``left`` and ``right`` are points from the left edge, ``top`` and ``bottom`` from below."""

    line: Paragraph
    page: int
    left: float
    right: float
    top: float
    bottom: float
    size: float
    numbered: bool = False


def read(data: bytes, cancelled: Callable[[], bool]) -> Content:
    """The paragraphs of a PDF: page furniture, line numbers and the hyphens at line ends are taken out."""
    leaves = _pages(data, cancelled)
    taken = pages.furniture([[row.line.text for row in rows] for rows in leaves])
    furniture = page_furniture(leaves[p][i].line.text.strip() for p, i in sorted(taken))
    rows = _without_numbers([row for p, rows in enumerate(leaves) for i, row in enumerate(rows) if (p, i) not in taken])
    words = pages.vocabulary([row.line.text for row in rows])
    return Content([pages.mended([row.line for row in group], words) for group in _groups(rows)], asides=furniture)


def _pages(data: bytes, cancelled: Callable[[], bool]) -> list[list[_Row]]:
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    if b"%PDF" not in data[:1024]:
        raise Refused("it is named as a PDF but is something else.")
    found: list[list[_Row]] = []
    try:
        for number, page in enumerate(extract_pages(io.BytesIO(data), laparams=LAParams(boxes_flow=None))):
            if cancelled():
                raise Cancelled
            if number >= _MOST_PAGES:
                raise Refused(f"it has more than {_MOST_PAGES} pages, which no interview has.")
            found.append(list(_rows(page, number)))
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise Refused("it is protected with a password. Save a copy without the password and import that.") from error
    except (PDFException, PSException, *_BROKEN) as error:
        raise Refused(
            "it is damaged, or made in a way that cannot be read. Print it to a new PDF, or use .docx."
        ) from error
    if not any(found):
        raise Refused(
            "it holds pictures of pages and no text. Run text recognition (OCR) on it, or use another format."
        )
    return found


def _rows(page: Any, number: int) -> Iterator[_Row]:
    """The printed lines of a page from top to bottom, column after column."""
    from pdfminer.layout import LTTextContainer, LTTextLine

    lines = [x for box in page if isinstance(box, LTTextContainer) for x in box if isinstance(x, LTTextLine)]
    seen = [x for x in lines if x.x1 > page.x0 and x.x0 < page.x1 and page.y0 < (x.y0 + x.y1) / 2 < page.y1]
    pieces = [piece for piece in (_piece(line, number) for line in seen) if _is_text(piece, page.height)]
    for column in _columns(pieces, page.width):
        line: list[_Row] = []
        for piece in sorted(column, key=lambda p: (-p.top, p.left)):
            if line and not _is_beside(line[0], piece):
                yield _put_together(line)
                line = []
            line.append(piece)
        if line:
            yield _put_together(line)


def _is_text(piece: _Row, height: float) -> bool:
    """Not blank, and no page number at the edge, which may stand in one line with a clipped paragraph number."""
    at_edge = not 0.08 * height < piece.bottom < 0.92 * height
    return bool(piece.line.text.strip()) and not (at_edge and pages.is_page_number(piece.line.text))


def _piece(line: Any, page: int) -> _Row:
    """One stretch of characters that stand side by side."""
    builder = Builder()
    sizes: Counter[float] = Counter()
    for character in line:
        font = getattr(character, "fontname", "")
        builder.add(_SPACE.sub(" ", character.get_text()), bool(_BOLD.search(font)), bool(_ITALIC.search(font)))
        sizes[round(getattr(character, "size", 0.0), 1)] += 1
    text = builder.paragraphs()[0]
    size = max(sizes, key=lambda s: (sizes[s] if s else 0, s))
    return _Row(text, page, line.x0, line.x1, line.y1, line.y0, size or line.height)


def _columns(pieces: Sequence[_Row], width: float) -> list[list[_Row]]:
    """The page's text columns: two if nearly nothing crosses a gutter in the middle and both sides are full."""
    for gutter in (width * share / 100 for share in range(44, 57)):
        left = [p for p in pieces if p.right <= gutter]
        right = [p for p in pieces if p.left >= gutter]
        crossing = len(pieces) - len(left) - len(right)
        full = min(_ink(left), _ink(right)) > 0.3 * _ink(pieces) and len(pieces) > 20
        if full and crossing <= 0.1 * len(pieces) and _starts(left) and _starts(right):
            return [[p for p in pieces if p.left < gutter < p.right], left, right]
    return [list(pieces)]


def _ink(pieces: Sequence[_Row]) -> float:
    return sum(p.right - p.left for p in pieces)


def _starts(pieces: Sequence[_Row]) -> bool:
    """Whether most lines of a would-be column start at one place."""
    places = Counter(round(p.left / 4) for p in pieces)
    return places.most_common(1)[0][1] > 0.4 * len(pieces)


def _is_beside(first: _Row, other: _Row) -> bool:
    overlap = min(first.top, other.top) - max(first.bottom, other.bottom)
    return overlap > 0.5 * min(first.top - first.bottom, other.top - other.bottom)


def _put_together(line: Sequence[_Row]) -> _Row:
    """Pieces of one line joined: by a tab over a wide gap, by a space else."""
    line = sorted(line, key=lambda p: p.left)
    parts = [stripped(p.line) for p in line]
    gaps = ["\t" if b.left - a.right > 1.2 * a.size else " " for a, b in pairwise(line)]
    text = replace(joined(parts, gaps), breaks=())
    return replace(
        line[0],
        line=text,
        right=max(p.right for p in line),
        top=max(p.top for p in line),
        bottom=min(p.bottom for p in line),
        size=max(line, key=lambda p: len(p.line.text)).size,
    )


def _without_numbers(rows: Sequence[_Row]) -> list[_Row]:
    """Rows without the line or paragraph numbers in the margin; a paragraph number tells where a paragraph starts."""
    ends = pages.number_ends([row.line.text for row in rows])
    left = median([row.left for row, end in zip(rows, ends, strict=True) if end] or [0])
    found = []
    every_line = sum(map(bool, ends)) > 0.6 * len(rows)
    for row, end in zip(rows, ends, strict=True):
        if end and abs(row.left - left) < 25:
            text = sliced(row.line, [Span(end, len(row.line.text))])
            if text.text.strip():
                found.append(replace(row, line=text, numbered=not every_line))
        else:
            found.append(row)
    return found


def _groups(rows: Sequence[_Row]) -> list[list[_Row]]:
    """Rows gathered to paragraphs."""
    if not rows:
        return []
    shape = _Shape(rows)
    groups = [[rows[0]]]
    for before, row in pairwise(rows):
        if shape.is_start(before, row):
            groups.append([row])
        else:
            groups[-1].append(row)
    return groups


class _Shape:
    """How the pages of one document are set: its margins, type size, distance of lines, and sign of a new paragraph."""

    def __init__(self, rows: Sequence[_Row]) -> None:
        self.size = median(row.size for row in rows)
        self._right = sorted(row.right for row in rows)[int(0.95 * (len(rows) - 1))]
        lefts = Counter(round(row.left) for row in rows if not row.numbered)
        self._left = lefts.most_common(1)[0][0] if lefts else 0
        distances = [a.bottom - b.bottom for a, b in pairwise(rows) if a.page == b.page and a.bottom > b.bottom]
        self._pitch = sorted(distances)[len(distances) // 4] if distances else self.size
        self._numbered = any(row.numbered for row in rows)

    def is_heading(self, row: _Row) -> bool:
        return row.size > 1.15 * self.size

    def is_start(self, before: _Row, row: _Row) -> bool:
        if self.is_heading(before) != self.is_heading(row):
            return True
        if self._numbered:
            return row.numbered
        if before.page == row.page and not -2 * self._pitch < before.bottom - row.bottom < 1.35 * self._pitch:
            return True
        return self._is_indented(before, row) or self._would_have_fitted(before, row)

    def _is_indented(self, before: _Row, row: _Row) -> bool:
        hangs = row.left < self._left - self.size and before.left >= self._left - self.size / 2
        return hangs or (row.left > self._left + self.size and abs(before.left - self._left) < self.size / 2)

    def _would_have_fitted(self, before: _Row, row: _Row) -> bool:
        word = len(row.line.text.split(maxsplit=1)[0])
        return before.right + (word + 1) * 0.5 * row.size < self._right - row.size
