"""A transcript as it was said or anonymised: positions told and asked for are the original's either way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QRect, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from qualcode.core import spans
from qualcode.core.rows import TranscriptRow
from qualcode.core.values import Span
from qualcode.ui.mask import Mask
from qualcode.ui.widgets.stripes import Stripe
from qualcode.ui.widgets.transcript import TranscriptView

if TYPE_CHECKING:
    from qualcode.anonymise.render import Rendering


class MaskableTranscript(TranscriptView):
    """Shown by the mask of the window. A selection in an anonymised text is one of the original's words.

    What is painted (stripes, marks, line numbers) is moved to where it stands in what is shown; lines keep the
    numbers they have in the original.
    """

    copy_wanted = Signal(object)
    """The Span of the original that shall be copied: the selected words."""

    def __init__(self, mask: Mask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mask = mask
        self.original: TranscriptRow | None = None
        self._rendering: Rendering | None = None

    def show_transcript(self, row: TranscriptRow | None, name: Callable[[int], str]) -> None:
        self.original, self._rendering = row, None
        if row is None:
            super().show_transcript(row, name)
            return
        shown, self._rendering = self._mask.transcript(row)
        super().show_transcript(shown, lambda number: self._mask.words(name(number)))
        if self._rendering is not None:
            self.lines = spans.Lines(row.text)
            self.lines.starts = [self._rendering.to_anonymised(start) for start in self.lines.starts]

    @property
    def is_stale(self) -> bool:
        """Whether the mask would show the transcript otherwise than it is shown."""
        rendering = self._mask.rendering(self.original.id) if self.original is not None else None
        return rendering is not self._rendering

    @property
    def is_masked(self) -> bool:
        return self._rendering is not None

    def words(self, span: Span) -> str:
        """The words of a span of the original, as they are shown."""
        if self._rendering is not None:
            return self._rendering.quote(span)
        return span.of(self.original.text) if self.original else ""

    def line_of(self, position: int) -> int:
        """The number of the line that holds this code point of the original."""
        return self.lines.number(self._there(Span(position, position)).start)

    def selected_span(self) -> Span | None:
        span = super().selected_span()
        return self._rendering.span_to_original(span) if span and self._rendering else span

    def caret(self) -> int:
        return self.original_at(super().caret())

    def original_at(self, position: int) -> int:
        """The code point of the original that stands at a code point of what is shown."""
        return self._rendering.to_original(position) if self._rendering else position

    def top_at(self, position: int) -> float:
        """Where, from the top of the page, the line begins that holds this code point of the original."""
        return self.top_of(self._there(Span(position, position)).start)

    def set_stripes(self, stripes: Sequence[Stripe]) -> None:
        if self._rendering is not None:
            stripes = [replace(stripe, span=self._there(stripe.span)) for stripe in stripes]
        super().set_stripes(stripes)

    def set_marks(self, marks: Sequence[Span]) -> None:
        super().set_marks([self._there(mark) for mark in marks])

    def preview(self, span: Span | None) -> None:
        super().preview(self._there(span) if span else None)

    def select(self, span: Span) -> None:
        super().select(self._there(span))

    def reveal(self, span: Span, *, select: bool = True) -> None:
        place = self._there(span)
        self.setTextCursor(self._cursor(place if select else Span(place.start, place.start)))
        self.verticalScrollBar().setValue(round(self.top_of(place.start) - self.viewport().height() / 4))

    def frame_of(self, span: Span) -> QRect:
        return super().frame_of(self._there(span))

    def copy(self) -> None:
        """Ask for the selected words to be copied; what may leave is decided elsewhere."""
        selected = self.selected_span()
        if selected is not None:
            self.copy_wanted.emit(selected)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) or event.matches(QKeySequence.StandardKey.Cut):
            self.copy()
        else:
            super().keyPressEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is dragged: the words as they would leave, whatever is shown."""
        data, selected = QMimeData(), self.selected_span()
        if selected is not None and self.original is not None:
            data.setText(self._mask.way_out.quoted(self.original.id, selected))
        return data

    def _there(self, span: Span) -> Span:
        return self._rendering.span_to_anonymised(span) if self._rendering else span
