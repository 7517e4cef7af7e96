"""The transcript as it is read and coded: a text widget whose document is the transcript's text, nothing added.

Speaker names, timestamps, line numbers, washes and stripes are painted around and under the text; so a position in
the document is a position in the transcript (through :mod:`qualcode.ui.positions`), and selecting, the caret and the
screen reader are Qt's own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from qualcode.core import spans
from qualcode.core.rows import TranscriptRow
from qualcode.core.values import Role, Span
from qualcode.ui import theme
from qualcode.ui.widgets.dress import Dress
from qualcode.ui.widgets.headings import Heading, clock
from qualcode.ui.widgets.margin import Gutter, Margin
from qualcode.ui.widgets.margin_places import crowds
from qualcode.ui.widgets.stripes import Stripe
from qualcode.ui.widgets.transcript_page import TranscriptPage
from qualcode.ui.widgets.typesetting import typeset
from qualcode.ui.widgets.washes import Washes

_SPECIMEN = "it was having somebody who listened, and the words that people say are mostly short ones"


class TranscriptView(TranscriptPage):
    """One transcript to read, select in and code. All spans are code points of its text."""

    selected = Signal(object)
    """The selected Span, or None."""
    stripe_chosen = Signal(str)
    stripe_opened = Signal(str)
    stripe_menu_wanted = Signal(str, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Transcript")
        self.dress = Dress()
        self.row: TranscriptRow | None = None
        self.stripes: list[Stripe] = []
        self.lanes: list[int] = []
        self._crowds: list[int] = []
        self._reach: list[int] = []
        self._washes = Washes(self)
        self.chosen_stripe = ""
        self.pointed_stripe = ""
        self.lines = spans.Lines("")
        self.headings: dict[int, Heading] = {}
        self._turns: list[int] = []
        self._names: Callable[[int], str] = lambda _: ""
        self._preview: Span | None = None
        self._gutter = Gutter(self)
        self._margin = Margin(self)
        self._margin.chosen.connect(self._choose)
        self._margin.opened.connect(self.stripe_opened)
        self._margin.pointed.connect(self._point_at)
        self._margin.menu_wanted.connect(self.stripe_menu_wanted)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.document().documentLayout().documentSizeChanged.connect(self._moved)
        self.selectionChanged.connect(lambda: self.selected.emit(self.selected_span()))
        theme.appearance.changed.connect(self._restyle)

    # --- what is shown ---

    def show_transcript(self, row: TranscriptRow | None, name: Callable[[int], str]) -> None:
        """Show a transcript; ``name`` gives what to call the speaker at an index of ``row.speakers``."""
        self.row, self._names = row, name
        text = row.text if row else ""
        self.lines = spans.Lines(text)
        self.stripes, self.lanes, self._crowds, self._reach, self._preview = [], [], [], [], None
        self._washes.forget()
        self._washes.show_marks([])
        self.headings = {}
        if row is not None:
            asked = [turn.speaker for turn in row.turns if row.speakers[turn.speaker].role is not Role.INTERVIEWER]
            voices = {speaker: voice for voice, speaker in enumerate(dict.fromkeys(asked))}
            for turn in row.turns:
                heading = Heading(name(turn.speaker), clock(turn.at), voices.get(turn.speaker))
                self.headings[turn.span.start] = heading
        self._turns = sorted(self.headings)
        self.set_words(text)
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
        covered = [s.span for s in self.stripes]
        self.lanes = spans.lanes(covered)
        self._crowds = crowds(covered, self.lanes)
        self._reach = list(accumulate((s.span.end for s in self.stripes), max))
        self._restriped()

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
        self._restriped()

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

    # --- geometry, for the painters ---

    def stripes_in(self, span: Span) -> Iterator[tuple[Stripe, int]]:
        """The segments that share a code point with a span, each with its lane."""
        return ((stripe, lane) for stripe, lane, _ in self.stripes_and_crowds_in(span))

    def stripes_and_crowds_in(self, span: Span) -> Iterator[tuple[Stripe, int, int]]:
        """As :meth:`stripes_in`, with the last lane that is taken around each, too."""
        first = bisect_right(self._reach, span.start)
        last = bisect_left(self.stripes, span.end, key=lambda s: s.span.start)
        for number in range(first, last):
            if self.stripes[number].span.end > span.start:
                yield self.stripes[number], self.lanes[number], self._crowds[number]

    def is_dimmed(self, offset: int) -> bool:
        """Whether an interviewer says what stands at a code point."""
        number = bisect_right(self._turns, offset) - 1
        return number >= 0 and self.headings[self._turns[number]].interviewer

    # --- events ---

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for block, start, top in self.visible_blocks():
            if not self._room_of(block, top).intersects(event.rect()):
                continue
            self._washes.paint(painter, block, start, top)
            if start in self.headings:
                turned = block.textDirection() == Qt.LayoutDirection.RightToLeft
                right = self.viewport().width() if turned else None
                self.headings[start].paint(painter, top, times=self.dress.times, right=right)
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

    def _restriped(self) -> None:
        """Segments are shown otherwise: only paragraphs where that can be seen are painted anew, and the margin."""
        if not self._washes.look_again():
            self.viewport().update()
        else:
            for block, start, top in self.visible_blocks():
                if self._washes.is_other(block, start):
                    self.viewport().update(self._room_of(block, top))
        self._margin.update()

    def _moved(self) -> None:
        """More of the page is laid out, or otherwise: what was painted may stand elsewhere now."""
        self._forget_places()
        self._scrolled()

    def _forget_places(self) -> None:
        super()._forget_places()
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

    def _point_at(self, key: str) -> None:
        """Show which words a segment has while the mouse is over its stripe."""
        if key != self.pointed_stripe:
            self.pointed_stripe = key
            self._restriped()

    def _choose(self, key: str) -> None:
        self.choose_stripe(key)
        self.stripe_chosen.emit(key)
