"""A transcript in reading dress: a book page in the middle, notes in its margin, code washes only when wished."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QSizeF, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QShortcut,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from qualcode.core import spans
from qualcode.core.rows import TranscriptRow
from qualcode.core.values import ParticipantId, Span
from qualcode.ui import theme
from qualcode.ui.mask import Mask
from qualcode.ui.widgets.anonymity_view import MaskableTranscript
from qualcode.ui.widgets.note_margin import STRIP, NoteMargin
from qualcode.ui.widgets.notes import Note
from qualcode.ui.widgets.stripes import Stripe
from qualcode.ui.widgets.transcript import TranscriptView
from qualcode.ui.widgets.typesetting import ABOVE_PAGE, ABOVE_TURN, BELOW_PAGE

NOTES_AT_MOST, NOTES_AT_LEAST = 230, 112
FEWEST_CHARACTERS = 46
"""With fewer to a line than this (or than the reader wishes) the margin folds, to leave the words more room."""

_NONE, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
_PAGES: dict[tuple[int, Qt.KeyboardModifier], bool] = {
    (Qt.Key.Key_Space, _NONE): True,
    (Qt.Key.Key_PageDown, _NONE): True,
    (Qt.Key.Key_Space, _SHIFT): False,
    (Qt.Key.Key_PageUp, _NONE): False,
}
"""Keys that turn the page, and whether onwards."""
_ONWARDS, _BACK = (Qt.Key.Key_Down, Qt.Key.Key_End), (Qt.Key.Key_Up, Qt.Key.Key_Home)


class ReadingView(MaskableTranscript):
    """Says what the reader wants and what was on the screen; writes nothing itself. All spans are the original's."""

    entered = Signal()
    """The reader is in this transcript now."""
    seen = Signal(object)
    """The Span on the screen, told as the page is scrolled."""
    laid_out = Signal(object)
    """The Span on the screen once the page has found its size."""
    mark_wanted = Signal()
    note_wanted = Signal()
    next_wanted = Signal()
    remove_wanted = Signal()
    letters_wanted = Signal(int)
    """Larger letters, so many steps; or smaller ones."""
    voice_reached = Signal(object)
    """The caret came to somebody's words, or their name was clicked: a ParticipantId."""

    margin: NoteMargin | None = None
    _foot: QWidget | None = None
    _is_narrow = False
    _page_high = 0.0
    """As far as it is laid out: to ask the document for it would make it lay out everything at once."""

    def __init__(self, mask: Mask, parent: QWidget | None = None) -> None:
        super().__init__(mask, parent)
        self.setAccessibleDescription("M marks the selected words or the sentence, N writes a note beside them.")
        self.notes: list[Note] = []
        self.about: Callable[[ParticipantId], str] = lambda _: ""
        self._voice: ParticipantId | None = None
        self.margin = NoteMargin(self)
        self._turn = -1
        self.cursorPositionChanged.connect(self._reach_turn)
        self.verticalScrollBar().valueChanged.connect(lambda: self.seen.emit(self.visible_span()))
        self._settled = QTimer(self, interval=0, singleShot=True)
        self._settled.timeout.connect(lambda: self.laid_out.emit(self.visible_span()))
        self.document().documentLayout().documentSizeChanged.connect(self.margin.refresh)
        self.document().documentLayout().documentSizeChanged.connect(self._measure_page)
        self._on_key("M", self.mark_wanted)
        self._on_key("N", self.note_wanted)
        self._on_key("U", self.next_wanted)
        self._on_key(QKeySequence.StandardKey.Delete, self.remove_wanted)

    def show_transcript(self, row: TranscriptRow | None, name: Callable[[int], str]) -> None:
        self._voice, self._turn = None, -1
        super().show_transcript(row, name)

    def set_foot(self, foot: QWidget) -> None:
        """Show this under the last line."""
        foot.setParent(self.viewport())
        self._foot = foot

    def show_notes(self, notes: Sequence[Note]) -> None:
        """Show marks and notes: their passages underlined, their words in the margin."""
        self.notes = list(notes)
        self.set_marks([n.span for n in notes if n.span is not None and len(n.span) and n.is_mine])
        assert self.margin is not None
        self.margin.show_notes(notes)

    def set_stripes(self, stripes: Sequence[Stripe]) -> None:
        before = self._lanes_wide()
        super().set_stripes(stripes)
        if self._lanes_wide() != before:
            self._lay_out()

    def visible_span(self) -> Span:
        shown = super().visible_span()
        return self._rendering.span_to_original(shown) if self._rendering else shown

    def show_from(self, offset: int) -> None:
        super().show_from(self._there(Span(offset, offset)).start)

    def turn_page(self, *, onwards: bool) -> None:
        """Show the next page or the one before: a line of this one stays in sight, and the caret comes along."""
        bar, high = self.verticalScrollBar(), self.viewport().height()
        shown = TranscriptView.visible_span(self)
        if onwards:
            last = max(shown.start, shown.end - 1)
            wanted = self.top_of(last) - self._above(last)
            wanted = wanted if wanted > bar.value() else bar.value() + high
        else:
            below = self.top_of(shown.start) + 2 * self.fontMetrics().height()
            wanted = min(below, bar.value() + high) - high if shown.end else bar.value() - high
        bar.setValue(round(wanted))
        first = TranscriptView.visible_span(self).start
        self.setTextCursor(self._cursor(Span(first, first)))

    def passage(self) -> Span | None:
        """What is meant: the selected words, or the sentence the caret stands in while it is on the screen."""
        selected = self.selected_span()
        if selected is not None or self.original is None:
            return selected
        caret, shown = self.caret(), self.visible_span()
        if not shown.start <= caret <= shown.end:
            return None
        here = Span(caret, min(caret + 1, len(self.original.text)))
        found = spans.snap(self.original.text, here, spans.Snap.SENTENCE)
        return found if len(found) > 1 else None

    def note_here(self) -> Note | None:
        """The reader's mark or note on what is meant: the shortest where there are several."""
        at = self.selected_span() or Span(self.caret(), self.caret() + 1)
        here = [n for n in self.notes if n.span is not None and n.span.overlaps(at) and n.is_mine]
        return min(here, key=lambda n: len(n.span or at), default=None)

    # --- events ---

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl the letters grow or shrink, as in a browser."""
        steps = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if steps:
                self.letters_wanted.emit(1 if steps > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.margin is not None:
            self.margin.close_up()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        named = self._voice_named(event.position())
        if named is not None:
            self.voice_reached.emit(named)

    def viewportEvent(self, event: QEvent) -> bool:
        """Somebody's name tells, on hover, who that is."""
        if isinstance(event, QHelpEvent):
            named = self._voice_named(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self.about(named) if named else "", self)
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.margin is not None:
            self.margin.close_up()
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        turns = _PAGES.get((event.key(), held))
        if turns is not None:
            self.turn_page(onwards=turns)
            return
        super().keyPressEvent(event)
        bar = self.verticalScrollBar()  # the caret stops at the first and the last line, the page goes on
        if event.key() in _ONWARDS and bar.maximum() - bar.value() <= theme.px(BELOW_PAGE):
            bar.setValue(bar.maximum())
        elif event.key() in _BACK and bar.value() <= theme.px(ABOVE_PAGE + ABOVE_TURN):
            bar.setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settled.start()

    # --- within ---

    def _on_key(self, key: str | QKeySequence.StandardKey, wanted: SignalInstance) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(wanted)

    def _above(self, position: int) -> int:
        """The room above a line that belongs to it: its heading's, where a turn begins there."""
        start = self._paragraphs[self._block_at(position).blockNumber()]
        begins = start in self.headings and self.top_of(start) == self.top_of(position)
        return theme.px(ABOVE_TURN - 4 if begins else 4)

    def _voice_at(self, position: int) -> ParticipantId | None:
        """Whose words stand at a code point of the original, where it is known."""
        row = self.original
        if row is None or not row.turns:
            return None
        number = bisect_right(row.turns, position, key=lambda turn: turn.span.start) - 1
        return row.speakers[row.turns[max(0, number)].speaker].participant_id

    def _voice_named(self, point: QPointF) -> ParticipantId | None:
        """Whose name stands above a turn at this point of the viewport."""
        for _, start, top in self.visible_blocks():
            if start in self.headings and top - theme.px(24) <= point.y() < top:
                return self._voice_at(self.original_at(start))
        return None

    def _reach_turn(self) -> None:
        """Say who speaks where the caret is now: their names are painted, so a screen reader is told."""
        turn = bisect_right(self._turns, TranscriptView.caret(self)) - 1
        if turn == self._turn or turn < 0:
            return
        self._turn = turn
        voice = self._voice_at(self.caret())
        if QAccessible.isActive():
            heading = self.headings[self._turns[turn]]
            said = f"{heading.name} {heading.time}" if self.dress.times else heading.name
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said.strip()))
        if voice is not None and voice != self._voice:
            self._voice = voice
            self.voice_reached.emit(voice)

    def _lanes_wide(self) -> int:
        return theme.px(16 + 9 * (max(self.lanes) + 1)) if self.lanes else 0

    def _margins(self, width: int, measure: int) -> tuple[int, int]:
        left = theme.px(52 if self.dress.numbers else 28)
        room = width - left - self._lanes_wide()
        notes = min(theme.px(NOTES_AT_MOST), max(theme.px(NOTES_AT_LEAST), room // 3))
        readable = round(measure / self.dress.measure * min(self.dress.measure, FEWEST_CHARACTERS))
        self._is_narrow = room - notes < readable
        if self._is_narrow:
            notes = theme.px(STRIP)
        spare = max(0, room - notes - measure)
        return left + spare // 2, self._lanes_wide() + notes + spare - spare // 2

    def _place_beside(self, place: QRect) -> None:
        stripes = QRect(place)
        stripes.setWidth(self._lanes_wide())
        super()._place_beside(stripes)
        if self.margin is not None:
            wide = min(place.width() - stripes.width(), theme.px(NOTES_AT_MOST + 60))
            there = QRect(stripes.right() + 1, place.top(), wide, place.height())
            self.margin.lie(there, folded=self._is_narrow)

    def _scrolled(self) -> None:
        super()._scrolled()
        if self.margin is not None:
            self.margin.settle()
        self._place_foot()

    def _measure_page(self, size: QSizeF) -> None:
        self._page_high = size.height()
        self._settled.start()
        self._place_foot()

    def _place_foot(self) -> None:
        """Put the foot where it stands on the page; off the screen it takes no focus."""
        if self._foot is None:
            return
        end = round(self._page_high) - self.verticalScrollBar().value()
        top = end - theme.px(BELOW_PAGE - 24)
        self._foot.setGeometry(0, top, self.viewport().width(), self._foot.sizeHint().height())
        self._foot.setVisible(self.original is not None and top < self.viewport().height())
