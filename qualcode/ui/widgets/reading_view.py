"""A transcript in reading dress: a book page in the middle, notes in its margin, code washes only when wished."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QFocusEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from qualcode.core import spans
from qualcode.core.values import Span
from qualcode.ui import theme
from qualcode.ui.mask import Mask
from qualcode.ui.widgets.anonymity_view import MaskableTranscript
from qualcode.ui.widgets.note_margin import NoteMargin
from qualcode.ui.widgets.notes import Note
from qualcode.ui.widgets.stripes import Stripe

NOTES_AT_MOST, NOTES_AT_LEAST = 230, 112


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

    margin: NoteMargin | None = None

    def __init__(self, mask: Mask, parent: QWidget | None = None) -> None:
        super().__init__(mask, parent)
        self.setAccessibleDescription("M marks the selected words or the sentence, N writes a note beside them.")
        self.notes: list[Note] = []
        self.margin = NoteMargin(self)
        self.verticalScrollBar().valueChanged.connect(lambda: self.seen.emit(self.visible_span()))
        self._settled = QTimer(self, interval=0, singleShot=True)
        self._settled.timeout.connect(lambda: self.laid_out.emit(self.visible_span()))
        self.document().documentLayout().documentSizeChanged.connect(self.margin.refresh)
        self.document().documentLayout().documentSizeChanged.connect(self._settled.start)
        self._on_key("M", self.mark_wanted)
        self._on_key("N", self.note_wanted)
        self._on_key("U", self.next_wanted)
        self._on_key(QKeySequence.StandardKey.Delete, self.remove_wanted)

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

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settled.start()

    # --- within ---

    def _on_key(self, key: str | QKeySequence.StandardKey, wanted: SignalInstance) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(wanted)

    def _lanes_wide(self) -> int:
        return theme.px(16 + 9 * (max(self.lanes) + 1)) if self.lanes else 0

    def _margins(self, width: int, measure: int) -> tuple[int, int]:
        left = theme.px(52 if self.dress.numbers else 28)
        room = width - left - self._lanes_wide()
        notes = min(theme.px(NOTES_AT_MOST), max(theme.px(NOTES_AT_LEAST), room // 3))
        spare = max(0, room - notes - measure)
        return left + spare // 2, self._lanes_wide() + notes + spare - spare // 2

    def _place_beside(self, place: QRect) -> None:
        stripes = QRect(place)
        stripes.setWidth(self._lanes_wide())
        super()._place_beside(stripes)
        if self.margin is not None:
            wide = min(place.width() - stripes.width(), theme.px(NOTES_AT_MOST + 60))
            self.margin.setGeometry(QRect(stripes.right() + 1, place.top(), wide, place.height()))
            self.margin.refresh()

    def _scrolled(self) -> None:
        super()._scrolled()
        if self.margin is not None:
            self.margin.settle()
