"""The transcript as it is read and coded: a text widget whose document is the transcript's text, nothing added.

Speaker names, timestamps, line numbers, washes and stripes are painted around and under the text; so a position in
the document is a position in the transcript (through :mod:`qualcode.ui.positions`), and selecting, the caret and the
screen reader are Qt's own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from qualcode.core import spans
from qualcode.core.rows import TranscriptRow
from qualcode.core.values import Face, Role, Span
from qualcode.ui import theme
from qualcode.ui.positions import Positions
from qualcode.ui.widgets.dress import Dress
from qualcode.ui.widgets.margin import Gutter, Margin
from qualcode.ui.widgets.stripes import Stripe

_SPECIMEN = "it was having somebody who listened, and the words that people say are mostly short ones"


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a turn."""

    name: str
    time: str
    interviewer: bool


class TranscriptView(QTextEdit):
    """One transcript to read, select in and code. All spans are code points of its text."""

    selected = Signal(object)
    """The selected Span, or None."""
    stripe_chosen = Signal(str)
    stripe_opened = Signal(str)
    typed = Signal(str)
    """A letter, digit or Return typed while words are selected: the wish to code them."""

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
        self.chosen_stripe = ""
        self.lines = spans.Lines("")
        self.headings: dict[int, Heading] = {}
        self._names: Callable[[int], str] = lambda _: ""
        self._positions = Positions("")
        self._paragraphs: list[int] = [0]
        self._preview: Span | None = None
        self._marks: list[Span] = []
        self._gutter = Gutter(self)
        self._margin = Margin(self)
        self._margin.chosen.connect(self._choose)
        self._margin.opened.connect(self.stripe_opened)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.selectionChanged.connect(lambda: self.selected.emit(self.selected_span()))
        theme.appearance.changed.connect(self._restyle)

    # --- what is shown ---

    def show_transcript(self, row: TranscriptRow | None, name: Callable[[int], str]) -> None:
        """Show a transcript; ``name`` gives what to call the speaker at an index of ``row.speakers``."""
        self.row, self._names = row, name
        text = row.text if row else ""
        self._positions = Positions(text)
        self.lines = spans.Lines(text)
        self._paragraphs = [0, *(i + 1 for i, char in enumerate(text) if char == "\n")]
        self.stripes, self.lanes, self._marks, self._preview = [], [], [], None
        self.headings = {}
        if row is not None:
            for turn in row.turns:
                speaker = row.speakers[turn.speaker]
                interviewer = speaker.role is Role.INTERVIEWER
                self.headings[turn.span.start] = Heading(name(turn.speaker), clock(turn.at), interviewer)
        self.setPlainText(text)
        self._format()
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
        self._scrolled()

    def set_marks(self, marks: Sequence[Span]) -> None:
        """Show passages marked without a code."""
        self._marks = sorted(marks)
        self._scrolled()

    def preview(self, span: Span | None) -> None:
        """Outline a passage that is proposed, or (None) no longer."""
        self._preview = span
        self.viewport().update()

    def choose_stripe(self, key: str) -> None:
        self.chosen_stripe = key
        self._scrolled()

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
        block = self.cursorForPosition(QPoint(0, 0)).block()
        if block.previous().isValid():
            block = block.previous()
        while block.isValid():
            top = block.layout().position().y() - scroll
            if top > self.viewport().height():
                return
            yield block, self._paragraphs[block.blockNumber()], top
            block = block.next()

    def lines_of(self, block: QTextBlock, start: int, top: float) -> Iterator[tuple[Span, QRectF]]:
        """The lines a paragraph is set in: the code points of each and its place in the viewport."""
        layout, base = block.layout(), block.position()
        for number in range(layout.lineCount()):
            placed = layout.lineAt(number)
            first = self._positions.from_qt(base + placed.textStart())
            last = self._positions.from_qt(base + placed.textStart() + placed.textLength())
            yield Span(max(start, first), max(start, last)), placed.naturalTextRect().translated(0, top)

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
            found.extend(self._rects_in(block, start, top, span))
        return found

    # --- events ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if self.textCursor().hasSelection() and plain:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.typed.emit("")
                return
            if event.text().isalnum() or event.text() == ".":
                self.typed.emit(event.text())
                return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for block, start, top in self.visible_blocks():
            self._paint_washes(painter, block, start, top)
            if start in self.headings:
                self._paint_heading(painter, self.headings[start], top)
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

    def _paint_washes(self, painter: QPainter, block: QTextBlock, start: int, top: float) -> None:
        whole = Span(start, start + max(1, block.length()))
        for mark in self._marks:
            if mark.overlaps(whole):
                for rect in self._rects_in(block, start, top, mark):
                    pen = QPen(QColor(theme.tokens().attention), 1.5, Qt.PenStyle.DotLine)
                    painter.setPen(pen)
                    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(Qt.PenStyle.NoPen)
        for stripe, lane in zip(self.stripes, self.lanes, strict=True):
            if stripe.span.start >= whole.end:
                break
            if not stripe.span.overlaps(whole):
                continue
            chosen = stripe.key == self.chosen_stripe
            shade = theme.visible(stripe.colour)
            for rect in self._rects_in(block, start, top, stripe.span):
                painter.fillRect(rect, theme.colour(shade.name(), 0.34 if chosen else 0.16))
                under = QRectF(rect.left(), rect.bottom() - 1 + 2 * min(lane, 2), rect.width(), 2 if chosen else 1.5)
                painter.fillRect(under, shade)

    def _rects_in(self, block: QTextBlock, start: int, top: float, span: Span) -> Iterator[QRectF]:
        layout, base = block.layout(), block.position()
        first = max(0, self._positions.to_qt(span.start) - base)
        last = min(block.length() - 1, self._positions.to_qt(span.end) - base)
        for number in range(layout.lineCount()):
            placed = layout.lineAt(number)
            lo, hi = max(first, placed.textStart()), min(last, placed.textStart() + placed.textLength())
            if lo < hi:
                left, right = _x(placed.cursorToX(lo)), _x(placed.cursorToX(hi))
                text = placed.naturalTextRect()
                if hi == placed.textStart() + placed.textLength():
                    right = max(right, text.right()) if right >= left else right
                height = self.fontMetrics().height()
                yield QRectF(
                    min(left, right) + layout.position().x(),
                    top + placed.y() + placed.ascent() - self._ascent(),
                    abs(right - left),
                    height,
                )

    def _ascent(self) -> float:
        return float(self.fontMetrics().ascent())

    def _paint_heading(self, painter: QPainter, heading: Heading, top: float) -> None:
        t = theme.tokens()
        font = theme.interface_font(12, bold=True)
        painter.setFont(font)
        painter.setPen(QColor(t.secondary if heading.interviewer else t.accent))
        baseline = top - theme.px(6)
        painter.drawText(QPointF(0, baseline), heading.name)
        if heading.time and self.dress.times:
            width = painter.fontMetrics().horizontalAdvance(heading.name)
            painter.setFont(theme.interface_font(12))
            painter.setPen(QColor(t.secondary))
            painter.drawText(QPointF(width + theme.px(8), baseline), heading.time)

    def _restyle(self) -> None:
        at = self.visible_span().start
        self._format()
        self._lay_out()
        self.show_from(at)

    def _format(self) -> None:
        """Set the page: font, leading, space above each turn for its heading, dimmed interviewer, bold and italic."""
        self.setFont(theme.reading_font(self.dress.size))
        self.document().setDefaultFont(theme.reading_font(self.dress.size))
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setCharFormat(QTextCharFormat())
        cursor.setBlockFormat(self._paragraph(6))
        if self.row is not None:
            for turn in self.row.turns:
                self._format_turn(turn.span, self.headings[turn.span.start])
            for emphasis in self.row.emphasis:
                face = QTextCharFormat()
                if emphasis.face is Face.BOLD:
                    face.setFontWeight(QFont.Weight.Bold)
                else:
                    face.setFontItalic(True)
                self._cursor(emphasis.span).mergeCharFormat(face)
        cursor.endEditBlock()
        page = self.document().rootFrame().frameFormat()
        page.setTopMargin(theme.px(32))
        page.setBottomMargin(theme.px(80))
        self.document().rootFrame().setFrameFormat(page)

    def _format_turn(self, span: Span, heading: Heading) -> None:
        self._cursor(Span(span.start, span.start)).setBlockFormat(self._paragraph(32))
        if heading.interviewer:
            dim = QTextCharFormat()
            dim.setForeground(QColor(theme.tokens().secondary))
            self._cursor(span).mergeCharFormat(dim)

    def _paragraph(self, space_above: int) -> QTextBlockFormat:
        layout = QTextBlockFormat()
        leading = theme.px(self.dress.size * self.dress.leading / 100)
        layout.setLineHeight(leading, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        layout.setTopMargin(theme.px(space_above))
        return layout

    def _lay_out(self) -> None:
        """Give the text its measure and the margins what is left."""
        measure = round(self.fontMetrics().horizontalAdvance(_SPECIMEN) / len(_SPECIMEN) * self.dress.measure)
        left, right = self._margins(self.width() - self.verticalScrollBar().sizeHint().width(), measure)
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


def clock(seconds: float | None) -> str:
    """``01:12:33`` for seconds from the start, empty for None."""
    if seconds is None:
        return ""
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole % 3600 // 60:02d}:{whole % 60:02d}"


def _x(found: object) -> float:
    """PySide gives the x of ``cursorToX`` with the cursor position, or alone."""
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]
