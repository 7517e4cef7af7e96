"""What the text and its margin show of one transcript's segments: all, or those that the filter lets through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from qualcode.core.rows import CodeRow, CoderRow, SegmentRow, ThemeRow, TranscriptRow
from qualcode.core.values import Change, CodeId, SegmentId, TranscriptId
from qualcode.ui.models.coded import Coded, Only, codes_of_theme
from qualcode.ui.widgets.basics import Elided
from qualcode.ui.widgets.codebook import CodebookPanel
from qualcode.ui.widgets.coding_view import CodingView
from qualcode.ui.widgets.margin_filter import Known, MarginFilter
from qualcode.ui.widgets.stripes import StripeMaker
from qualcode.ui.wording import number
from qualcode.ui.workspace import Workspace


class CodingMargin(QObject):
    """``refreshed`` says that other segments, or segments otherwise, are shown."""

    refreshed = Signal()

    def __init__(self, workspace: Workspace, view: CodingView, codebook: CodebookPanel) -> None:
        super().__init__()
        self._workspace, self._view, self._codebook = workspace, view, codebook
        self._transcript_id: TranscriptId | None = None
        self._codes: dict[CodeId, CodeRow] = {}
        self._themes: Sequence[ThemeRow] = ()
        self._coders: Sequence[CoderRow] = ()
        self._stripe_of = StripeMaker()
        self.coded = Coded()
        self.facts = Elided()
        self.filter = MarginFilter(self._known)
        self.filter.wanted.connect(self.show_only)

    # --- what is shown ---

    def know(self, codes: dict[CodeId, CodeRow], themes: Sequence[ThemeRow]) -> None:
        self._codes, self._themes = codes, themes
        self._coders = self._workspace.project.people.coders()

    def show(self, transcript: TranscriptRow) -> None:
        """Show the segments of another transcript."""
        self._transcript_id = transcript.id
        self._stripe_of = StripeMaker(self._workspace.mask.words)
        self.coded.show(transcript, self._workspace.project.coding.of_transcript(transcript.id))
        self.refresh()

    def follow(self, change: Change) -> None:
        """Follow what changed: segments, or codes, themes, coders that were told by :meth:`know` before."""
        if change.touches("segment"):
            there = self._workspace.project.coding.those([SegmentId(key) for key in change.rows["segment"]])
            here = [row for row in there if row.transcript_id == self._transcript_id]
            self.coded.follow(change.rows["segment"], here)
            if not change.touches("code", "theme"):
                self._codebook.count_anew()
        if change.touches("segment", "code", "theme", "coder"):
            self.refresh()

    def show_only(self, only: Only) -> None:
        """Show only these segments."""
        self.coded.only = only
        self.refresh()

    def refresh(self) -> None:
        self._keep_filter()
        shown = self.coded.shown()
        names = {coder.id: coder.name for coder in self._coders}
        self._view.set_stripes([self._stripe_of(s, self._codes[s.code_id], names.get(s.coder_id, "")) for s in shown])
        if self._view.chosen_stripe not in {s.id for s in shown}:
            self._view.choose_stripe("")
        self.facts.setText(f"{number(len(self.coded), 'segment')} · {self.coded.share():.0%} coded")
        self.filter.show_filter(self.coded.only, len(shown), len(self.coded))
        self.refreshed.emit()

    def coder_of(self, segment: SegmentRow) -> str:
        """The name of who coded it."""
        return next((coder.name for coder in self._coders if coder.id == segment.coder_id), "")

    # --- acts ---

    def next_uncoded(self) -> None:
        """Select the next passage that has no code yet."""
        selected = self._view.selected_span()
        passage = self.coded.next_uncoded(selected.start if selected else self._view.caret())
        if passage is None:
            self._workspace.said.emit("All that participants say here is coded")
        else:
            self._view.reveal(passage)
            self._view.setFocus()

    # --- within ---

    def _keep_filter(self) -> None:
        """A theme's filter follows its codes; what is filtered by and is gone hides nothing."""
        only = self.coded.only
        if only.theme_id is not None and only.theme_id in {theme.id for theme in self._themes}:
            codes = codes_of_theme(only.theme_id, self._themes, list(self._codes.values()))
            self.coded.only = replace(only, codes=codes)
        elif only.codes is not None:
            left = only.codes & self._codes.keys()
            self.coded.only = replace(only, codes=left or None, theme_id=None)

    def _known(self) -> Known:
        here = {row.code_id for row in self.coded.rows()}
        marked = [self._codebook.model.row(index) for index in self._codebook.tree.selectedIndexes()]
        chosen = [row.id for row in marked if isinstance(row, CodeRow) and row.id in self._codes]
        return Known(self._codes, self._themes, self._coders, chosen, [c for c in self._codes if c in here])
