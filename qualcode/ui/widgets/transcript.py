"""The transcript as it is read and coded: a text widget whose document is the transcript's text, nothing added.

Speaker names, timestamps, line numbers, washes and stripes are painted around and under the text; so a position in
the document is a position in the transcript (through :mod:`qualcode.ui.positions`), and selecting, the caret and the
screen reader are Qt's own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from qualcode.core import spans
from qualcode.core.rows import TranscriptRow
from qualcode.core.values import Role, Span
from qualcode.ui import theme
from qualcode.ui.positions import Positions
from qualcode.ui.widgets.dress import Dress
from qualcode.ui.widgets.headings import Heading, clock
from qualcode.ui.widgets.margin import Gutter, Margin
from qualcode.ui.widgets.stripes import Stripe
from qualcode.ui.widgets.typesetting import typeset
from qualcode.ui.widgets.washes import Washes

_LINE_END = re.compile("\n")
_SPECIMEN = "it was having somebody who listened, and the words that people say are mostly short ones"


class TranscriptView(QTextEdit):
    """One transcript to read, select in and code. All spans are code points of its text."""

    selected = Signal(object)
    """The selected Span, or None."""
    stripe_chosen = Signal(str)
    stripe_opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Transcript")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setWordWrapMode(QTextOption.WrapMode.WordWrap)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(0)
        self.dress = Dress()
        self.row: TranscriptRow | None = None
        self.stripes: list[Stripe] = []
        self.lanes: list[int] = []
        self._reach: list[int] = []
        self._top: tuple[int, int] | None = None
        self._set_lines: dict[int, list[tuple[Span, QRectF]]] = {}
        self._washes = Washes(self)
        self.chosen_stripe = ""
        self.lines = spans.Lines("")
        self.headings: dict[int, Heading] = {}
        self._names: Callable[[int], str] = lambda _: ""
        self._positions = Positions("")
        self._paragraphs: list[int] = [0]
        self._preview: Span | None = None
        self._gutter = Gutter(self)
        self._margin = Margin(self)
        self._margin.chosen.connect(self._choose)
        self._margin.opened.connect(self.stripe_opened)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.document().documentLayout().documentSizeChanged.connect(self._forget_places)
        self.selectionChanged.connect(lambda: self.selected.emit(self.selected_span()))
        theme.appearance.changed.connect(self._restyle)

    # --- what is shown ---

    def show_transcript(self, row: TranscriptRow | None, name: Callable[[int], str]) -> None:
        """Show a transcript; ``name`` gives what to call the speaker at an index of ``row.speakers``."""
        self.row, self._names = row, name
        text = row.text if row else ""
        self._positions = Positions(text)
        self.lines = spans.Lines(text)
        self._paragraphs = [0, *(found.end() for found in _LINE_END.finditer(text))]
        self.stripes, self.lanes, self._reach, self._preview = [], [], [], None
        self._washes.forget()
        self._washes.show_marks([])
        self.headings = {}
        if row is not None:
            asked = [turn.speaker for turn in row.turns if row.speakers[turn.speaker].role is not Role.INTERVIEWER]
            voices = {speaker: voice for voice, speaker in enumerate(dict.fromkeys(asked))}
            for turn in row.turns:
                heading = Heading(name(turn.speaker), clock(turn.at), voices.get(turn.speaker))
                self.headings[turn.span.start] = heading
        self.setPlainText(text)
        self._typeset()
        self._scrolled()

    def set_dress(self, dress: Dress) -> None:
        """Set the page otherwise; the line at the top stays there."""
        if dress != self.dress:
            self.dress = dress
            self._restyle()

    def set_stripes(self, stripes: Sequence[Stripe]) -> None:
        """Show these segments; they keep their lanes while scrolling."""
        self.stripes = sorted(stripes, key=lambda s: (s.span.start, -s.span.end, s.key))
        self.lanes = spans.lanes([s.span for s in self.stripes])
        self._reach = list(accumulate((s.span.end for s in self.stripes), max))
        self._washes.look_again()
        self._scrolled()

    def set_marks(self, marks: Sequence[Span]) -> None:
        """Show passages marked without a code."""
        self._washes.show_marks(marks)
        self._scrolled()

    def preview(self, span: Span | None) -> None:
        """Outline a passage that is proposed, or (None) no longer."""
        self._preview = span
        self.viewport().update()

    def choose_stripe(self, key: str) -> None:
        self.chosen_stripe = key
        self._washes.look_again()
        self._scrolled()

    @property
    def length(self) -> int:
        """How many code points are shown."""
        return len(self.row.text) if self.row else 0

    # --- where the analyst is ---

    def selected_span(self) -> Span | None:
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        return self._positions.span(cursor.selectionStart(), cursor.selectionEnd())

    def caret(self) -> int:
        """The code point offset of the caret."""
        return self._positions.from_qt(self.textCursor().position())

    def select(self, span: Span) -> None:
        self.setTextCursor(self._cursor(span))

    def reveal(self, span: Span, *, select: bool = True) -> None:
        """Scroll so that a passage stands in the upper third, and select it or put the caret before it."""
        if select:
            self.select(span)
        else:
            self.setTextCursor(self._cursor(Span(span.start, span.start)))
        self.verticalScrollBar().setValue(round(self.top_of(span.start) - self.viewport().height() / 4))

    def show_from(self, offset: int) -> None:
        """Scroll so that the line of this code point stands at the top."""
        self.verticalScrollBar().setValue(round(self.top_of(offset)) if offset else 0)

    def place_of(self, span: Span) -> QPoint:
        """Where, on the screen, something about this passage can be shown: under its last visible line."""
        last = QRectF()
        for rect in self.rects(span):
            if rect.bottom() <= self.viewport().height():
                last = rect
        point = QPointF(last.left(), last.bottom()) if not last.isNull() else QPointF(0, 40)
        return self.viewport().mapToGlobal(point.toPoint())

    # --- geometry, for the painters ---

    def visible_blocks(self) -> Iterator[tuple[QTextBlock, int, float]]:
        """Each paragraph on the screen: its block, the code point it starts at, its top in the viewport."""
        scroll = self.verticalScrollBar().value()
        if self._top is None or self._top[0] != scroll:
            number = self.cursorForPosition(QPoint(0, 0)).block().blockNumber()
            self._top = (scroll, max(0, number - 1))
        block = self.document().findBlockByNumber(self._top[1])
        while block.isValid():
            top = self.document().documentLayout().blockBoundingRect(block).top() - scroll
            if top > self.viewport().height():
                return
            yield block, self._paragraphs[block.blockNumber()], top
            block = block.next()

    def stripes_in(self, span: Span) -> Iterator[tuple[Stripe, int]]:
        """The segments that share a code point with a span, each with its lane."""
        first = bisect_right(self._reach, span.start)
        last = bisect_left(self.stripes, span.end, key=lambda s: s.span.start)
        for number in range(first, last):
            if self.stripes[number].span.end > span.start:
                yield self.stripes[number], self.lanes[number]

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

    # --- events ---

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for block, start, top in self.visible_blocks():
            self._washes.paint(painter, block, start, top)
            if start in self.headings:
                self.headings[start].paint(painter, top, times=self.dress.times)
        if self._preview is not None:
            painter.setPen(QPen(QColor(theme.tokens().accent), 1.5, Qt.PenStyle.DashLine))
            for rect in self.rects(self._preview):
                painter.drawRoundedRect(rect.adjusted(-2, 0, 2, 0), 3, 3)
        painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._lay_out()

    # --- within ---

    def _lines_set(self, block: QTextBlock, start: int) -> Iterator[tuple[Span, QRectF]]:
        """As :meth:`lines_of`, from the paragraph's top."""
        layout, base = block.layout(), block.position()
        for number in range(layout.lineCount()):
            placed = layout.lineAt(number)
            first = self._positions.from_qt(base + placed.textStart())
            last = self._positions.from_qt(base + placed.textStart() + placed.textLength())
            yield Span(max(start, first), max(start, last)), placed.naturalTextRect()

    def _forget_places(self) -> None:
        """Lines have moved, or what lies under them has changed."""
        self._top = None
        self._set_lines.clear()
        self._washes.forget()

    def _restyle(self) -> None:
        at = self.visible_span().start
        self._typeset()
        self._lay_out()
        self.show_from(at)

    def _typeset(self) -> None:
        self.setFont(theme.reading_font(self.dress.size, self.dress.font))
        self._forget_places()
        dimmed = [at for at, heading in self.headings.items() if heading.interviewer]
        typeset(self.document(), self.row, dimmed, self.dress, self._cursor)

    def _lay_out(self) -> None:
        """Give the text its measure and the margins what is left."""
        measure = round(self.fontMetrics().horizontalAdvance(_SPECIMEN) / len(_SPECIMEN) * self.dress.measure)
        left, right = self._margins(self.width() - self.verticalScrollBar().sizeHint().width(), measure)
        self._forget_places()
        self.setViewportMargins(left, 0, right, 0)
        place = self.viewport().geometry()
        self._gutter.setGeometry(0, place.top(), left, place.height())
        self._place_beside(QRect(place.right() + 1, place.top(), right, place.height()))
        QTimer.singleShot(0, self, self._scrolled)

    def _margins(self, width: int, measure: int) -> tuple[int, int]:
        """What is left and right of the text in so much room, when its lines are ``measure`` wide."""
        room = width - theme.px(52)
        return theme.px(52), max(min(theme.px(150), room // 3), room - measure)

    def _place_beside(self, place: QRect) -> None:
        self._margin.setGeometry(place)

    def _scrolled(self) -> None:
        self.viewport().update()
        self._gutter.update()
        self._margin.update()

    def _choose(self, key: str) -> None:
        self.choose_stripe(key)
        self.stripe_chosen.emit(key)

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
