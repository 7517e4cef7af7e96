"""The transcript to code in, as it was said or anonymised: positions are those of the original, either way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from qualcode.core import spans
from qualcode.core.rows import SegmentRow, SuggestionRow, TranscriptRow
from qualcode.core.values import Span
from qualcode.ui.widgets.stripes import Stripe
from qualcode.ui.widgets.transcript import TranscriptView

if TYPE_CHECKING:
    from qualcode.anonymise.render import Rendering
    from qualcode.guard import Guard


Words = TypeVar("Words", SegmentRow, SuggestionRow)


class MaskableTranscript(TranscriptView):
    """With a ``guard`` the next transcript is shown anonymised. A selection there is one of the original's words.

    What is painted (stripes, marks, line numbers) is moved to where it stands in what is shown; lines keep the
    numbers they have in the original.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.guard: Guard | None = None
        self._rendering: Rendering | None = None

    def show_transcript(self, row: TranscriptRow | None, name: Callable[[int], str]) -> None:
        guard = self.guard
        if row is None or guard is None:
            self._rendering = None
            super().show_transcript(row, name)
            return
        from qualcode.guard import anonymised

        shown, self._rendering = anonymised(guard, row)
        super().show_transcript(shown, lambda number: guard.text(name(number)))
        self.lines = spans.Lines(row.text)
        self.lines.starts = [self._rendering.to_anonymised(start) for start in self.lines.starts]

    def masked(self, row: Words) -> Words:
        """A segment or suggestion of the transcript shown, with its words as they are shown."""
        if self._rendering is None or self.guard is None:
            return row
        quote = self._rendering.quote(row.span)
        if isinstance(row, SuggestionRow):
            return replace(row, quote=quote, reason=self.guard.text(row.reason))
        return replace(row, quote=quote)

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

    def place_of(self, span: Span) -> QPoint:
        return super().place_of(self._there(span))

    def _there(self, span: Span) -> Span:
        return self._rendering.span_to_anonymised(span) if self._rendering else span
