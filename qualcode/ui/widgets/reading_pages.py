"""One transcript to read, or two side by side; the one that has, or last had, the cursor is active."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSplitter

from qualcode.core.values import InterviewId, TranscriptId
from qualcode.ui.widgets.dress import Dress
from qualcode.ui.widgets.reading_pane import ReadingPane
from qualcode.ui.widgets.stripes import Stripe
from qualcode.ui.workspace import Workspace


class ReadingPages(QSplitter):
    """List, person and notes speak of the active one."""

    entered = Signal()
    """Another transcript is active, or the active one shows another interview."""
    left_off = Signal(str)
    """Where reading stopped, as words, when the reader looks at a place elsewhere; no words once that is over."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.first = ReadingPane(workspace)
        self.second = ReadingPane(workspace)
        self.second.head.set_closable(True)
        self.second.hide()
        self.active = self.first
        self._left_off: tuple[InterviewId, int] | None = None
        self.setHandleWidth(3)
        self.setChildrenCollapsible(False)
        for pane in self.both:
            self.addWidget(pane)
            pane.entered.connect(lambda p=pane: self.enter(p) if p is not self.active else None)

    @property
    def both(self) -> tuple[ReadingPane, ReadingPane]:
        return self.first, self.second

    @property
    def side_by_side(self) -> bool:
        return not self.second.isHidden()

    def enter(self, pane: ReadingPane) -> None:
        """Make this the active one."""
        self.active = pane
        for each in self.both:
            each.head.set_underlined(each is pane and self.side_by_side)
        if pane.interview is not None:
            self.entered.emit()

    def show_second(self, shown: bool) -> None:
        self.second.setVisible(shown)
        if shown:
            self.setSizes([10_000, 10_000])

    def close_second(self) -> None:
        """Go on with the first alone."""
        self.second.leave()
        self.show_second(False)
        self.enter(self.first)
        self.first.view.setFocus()

    # --- where reading stopped ---

    def leave_off(self) -> None:
        """The reader looks at a place elsewhere: remember where reading stopped, unless it is remembered."""
        pane = self.active
        if self._left_off is None and pane.interview is not None:
            at = pane.view.visible_span().start
            self._left_off = (pane.interview.id, at)
            self.left_off.emit(f"Back to {pane.interview.title}, line {pane.view.line_of(at):,}")

    def take_up(self) -> tuple[InterviewId, int] | None:
        """The interview in which reading stopped and the code point at the top of the page, to be forgotten now."""
        found, self._left_off = self._left_off, None
        self.left_off.emit("")
        return found

    # --- both ---

    def set_dress(self, dress: Dress) -> None:
        for pane in self.both:
            pane.view.set_dress(dress)

    def show_codes(self, stripes_of: Callable[[Sequence[TranscriptId]], Sequence[Sequence[Stripe]]]) -> None:
        """Show what is coded in each, where the reader wishes to see it."""
        there = [(pane, pane.transcript.id) for pane in self.both if pane.transcript is not None]
        wanted = self.first.view.dress.codes
        found = stripes_of([transcript_id for _, transcript_id in there]) if wanted else [()] * len(there)
        for (pane, _), stripes in zip(there, found, strict=True):
            pane.view.set_stripes(stripes)

    def leave(self) -> None:
        """Keep what is under way in both."""
        for pane in self.both:
            pane.leave()

    def forget(self) -> None:
        """Show nothing: another project is open."""
        for pane in self.both:
            pane.forget()
        self.show_second(False)
        self.active = self.first
        self.take_up()
