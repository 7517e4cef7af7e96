"""A page of plain text that knows where its code points stand: paragraphs, the lines they are set in, passages."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QTextBlock, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from qualcode.core.values import Span
from qualcode.ui import theme
from qualcode.ui.positions import Positions

_LINE_END = re.compile("\n")
_LOOKS = 3
"""So often the paragraph at the top is looked for where it should be; then step by step."""


class TranscriptPage(QTextEdit):
    """Read only. All spans and offsets are code points of its text; places are those of the viewport."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setWordWrapMode(QTextOption.WrapMode.WordWrap)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(0)
        self._positions = Positions("")
        self._paragraphs: list[int] = [0]
        self._seen: tuple[int, int, list[tuple[int, float]]] | None = None
        """Where the page stood, how high it was, and the number and top of each paragraph that was to be seen."""
        self._set_lines: dict[int, list[tuple[Span, QRectF]]] = {}

    def set_words(self, text: str) -> None:
        """Have this text on the page."""
        self._positions = Positions(text)
        self._paragraphs = [0, *(found.end() for found in _LINE_END.finditer(text))]
        self._forget_places()
        self.setPlainText(text)
        self._forget_places()

    def show_from(self, offset: int) -> None:
        """Scroll so that the line of this code point stands at the top."""
        self.verticalScrollBar().setValue(round(self.top_of(offset)) if offset else 0)

    # --- where things stand ---

    def place_of(self, span: Span) -> QPoint:
        """Where, on the screen, something about this passage can be shown: under its last visible line."""
        return self.frame_of(span).bottomLeft()

    def frame_of(self, span: Span) -> QRect:
        """What the visible lines of a passage take of the screen, from where the last of them begins."""
        seen = [r for r in self.rects(span) if r.top() >= 0 and r.bottom() <= self.viewport().height()]
        frame = QRectF(QPointF(seen[-1].left(), seen[0].top()), seen[-1].bottomRight()) if seen else QRectF(0, 0, 1, 40)
        return QRect(self.viewport().mapToGlobal(frame.topLeft().toPoint()), frame.size().toSize())

    def visible_blocks(self) -> Iterator[tuple[QTextBlock, int, float]]:
        """Each paragraph on the screen: its block, the code point it starts at, its top in the viewport."""
        scroll, height = self.verticalScrollBar().value(), self.viewport().height()
        if self._seen is None or self._seen[:2] != (scroll, height):
            self._seen = scroll, height, list(self._tops_from(self._first_block(scroll), scroll, height))
        for number, top in self._seen[2]:
            yield self.document().findBlockByNumber(number), self._paragraphs[number], top

    def lines_of(self, block: QTextBlock, start: int, top: float) -> Iterator[tuple[Span, QRectF]]:
        """The lines a paragraph is set in: the code points of each and its place in the viewport."""
        number = block.blockNumber()
        if number not in self._set_lines:
            self._set_lines[number] = list(self._lines_set(block, start))
        for span, rect in self._set_lines[number]:
            yield span, rect.translated(0, top)

    def top_of(self, offset: int) -> float:
        """Where, from the top of the page, the line begins that holds this code point."""
        block = self._block_at(offset)
        self.document().documentLayout().blockBoundingRect(block)
        placed = block.layout().lineForTextPosition(self._positions.to_qt(offset) - block.position())
        return block.layout().position().y() + (placed.y() if placed.isValid() else 0)

    def visible_span(self) -> Span:
        """From the first code point of the first whole line on the screen to the end of the last whole one."""
        bottom = self.viewport().height()
        shown = [
            span
            for block, start, top in self.visible_blocks()
            for span, rect in self.lines_of(block, start, top)
            if rect.top() >= -1 and rect.bottom() <= bottom
        ]
        return Span(shown[0].start, shown[-1].end) if shown else Span(0, 0)

    def rects(self, span: Span) -> list[QRectF]:
        """The visible rectangles a passage covers, one a line."""
        found: list[QRectF] = []
        for block, start, top in self.visible_blocks():
            if start + block.length() * 2 < span.start and start != span.start:
                continue
            if start > span.end:
                break
            found.extend(self.rects_in(block, start, top, span))
        return found

    def rects_in(self, block: QTextBlock, start: int, top: float, span: Span) -> Iterator[QRectF]:
        """The rectangles a passage covers in one paragraph, one a line."""
        layout, base = block.layout(), block.position()
        first = max(0, self._positions.to_qt(span.start) - base)
        last = min(block.length() - 1, self._positions.to_qt(span.end) - base)
        metrics = self.fontMetrics()
        for number in range(layout.lineCount()):
            placed = layout.lineAt(number)
            lo, hi = max(first, placed.textStart()), min(last, placed.textStart() + placed.textLength())
            if lo < hi:
                left, right = _x(placed.cursorToX(lo)), _x(placed.cursorToX(hi))
                text = placed.naturalTextRect()
                if hi == placed.textStart() + placed.textLength():
                    right = max(right, text.right()) if right >= left else right
                above = placed.y() + placed.ascent() - metrics.ascent()
                yield QRectF(min(left, right) + layout.position().x(), top + above, abs(right - left), metrics.height())

    # --- within ---

    def _lines_set(self, block: QTextBlock, start: int) -> Iterator[tuple[Span, QRectF]]:
        """As :meth:`lines_of`, from the paragraph's top."""
        layout, base = block.layout(), block.position()
        for number in range(layout.lineCount()):
            placed = layout.lineAt(number)
            first = self._positions.from_qt(base + placed.textStart())
            last = self._positions.from_qt(base + placed.textStart() + placed.textLength())
            yield Span(max(start, first), max(start, last)), placed.naturalTextRect()

    def _room_of(self, block: QTextBlock, top: float) -> QRect:
        """Where a paragraph is painted, with what of its segments stands out above and below."""
        height = self.document().documentLayout().blockBoundingRect(block).height()
        out = theme.px(12)
        return QRect(0, round(top) - out, self.viewport().width(), round(height) + 2 * out)

    def _tops_from(self, number: int, scroll: int, height: int) -> Iterator[tuple[int, float]]:
        there = self._block_count()
        while number < there and (top := self._top_of_block(number) - scroll) <= height:
            yield number, top
            number += 1

    def _first_block(self, scroll: int) -> int:
        """The number of a paragraph at the top of the viewport or a little above it.

        Looked for from where the page was before, as far on as paragraphs are high so far. While Qt still lays out the
        page, what it says stands at the top may lie far below; to ask it takes longer, too.
        """
        last = self._block_count() - 1
        number = min(last, self._seen[2][0][0]) if self._seen is not None and self._seen[2] else 0
        if not number:
            number = self.cursorForPosition(QPoint(0, 0)).block().blockNumber()
        else:
            high = max(1.0, self._top_of_block(number) / number)
            for _ in range(_LOOKS):
                step = int((scroll - self._top_of_block(number)) / high)
                number = min(max(0, number + step), last)
        while number and self._top_of_block(number) > scroll:
            number -= 1
        while number < last and self._top_of_block(number + 1) <= scroll:
            number += 1
        return max(0, number - 1)

    def _block_count(self) -> int:
        """How many paragraphs there are. What follows the scroll bar asks while Qt has not set all of them yet."""
        return min(len(self._paragraphs), self.document().blockCount())

    def _top_of_block(self, number: int) -> float:
        return self.document().documentLayout().blockBoundingRect(self.document().findBlockByNumber(number)).top()

    def _forget_places(self) -> None:
        """Lines have moved, or what lies under them has changed."""
        self._seen = None
        self._set_lines.clear()

    def _cursor(self, span: Span) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._positions.to_qt(span.start))
        cursor.setPosition(self._positions.to_qt(span.end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _block_at(self, offset: int) -> QTextBlock:
        return self.document().findBlockByNumber(bisect_right(self._paragraphs, offset) - 1)


def _x(found: object) -> float:
    """PySide gives the x of ``cursorToX`` with the cursor position, or alone."""
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]
