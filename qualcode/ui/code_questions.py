"""Asking which code is meant: for the words selected, the sentence or turn, the chosen segment, a suggestion."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QRect, QSize
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QWidget

from qualcode.core.rows import SegmentRow, SuggestionRow, ThemeRow
from qualcode.core.spans import Snap
from qualcode.ui.coding_desk import NOTHING_CHOSEN, NOTHING_SELECTED, CodingDesk
from qualcode.ui.hints import printed
from qualcode.ui.widgets.coding_view import CodingView
from qualcode.ui.widgets.palette import CodePalette, Entry
from qualcode.ui.workspace import Workspace


class CodeQuestions(QObject):
    """Opens the palette where the question is, and gives the answer to the desk."""

    def __init__(self, workspace: Workspace, view: CodingView, desk: CodingDesk, palette: CodePalette) -> None:
        super().__init__()
        self._workspace, self._view, self._desk, self._palette = workspace, view, desk, palette
        self._then: Callable[[Entry], object] = lambda _: None
        self._back: QWidget = view
        palette.given.connect(lambda entry: self._then(entry))
        palette.favourite_wanted.connect(desk.make_favourite)
        palette.closed.connect(lambda: self._back.setFocus())

    def typed(self, letter: str) -> None:
        """A key pressed while something is meant: a favourite's number, repeat, or the beginning of a name."""
        single = self._workspace.preferences.single_keys
        if single and letter.isdigit() and letter != "0":
            if not self._desk.apply_favourite(int(letter)):
                self.ask(hint=f"No code is on {letter} yet: choose one and press Alt+{letter}")
        elif single and letter == "." and self._desk.recent:
            self._desk.repeat()
        else:
            self.ask(letter.strip("."))

    def ask(self, typed: str = "", hint: str = "") -> None:
        """For what is meant, with what was typed so far; ``hint`` says what else can be done."""
        span = self._desk.span()
        if span is None:
            self._workspace.refused.emit(NOTHING_SELECTED)
        else:
            words = self._desk.in_vivo()
            self._open(self._view.frame_of(span), self._desk.give, words=words, typed=typed, hint=hint)

    def ask_for_unit(self, to: Snap) -> None:
        """For the sentence or turn the caret stands in; it is selected."""
        unit = self._desk.unit_at(self._view.caret(), to)
        if unit is None:
            self._workspace.refused.emit("Put the cursor into the words that are to be coded.")
        else:
            self._view.select(unit)
            self.ask()

    def ask_new(self) -> None:
        """For the name of a new code for what is meant: its own words are offered, to be typed over."""
        span = self._desk.span()
        if span is not None:
            self._open(self._view.frame_of(span), self._desk.give, typed=self._desk.in_vivo(), naming=True)

    def ask_name(self, theme: ThemeRow | None = None) -> None:
        """For the words that were dropped where no code is: a new one is meant, under this theme."""
        then = partial(self._desk.give, theme_id=theme.id if theme else None)
        self._open(QRect(QCursor.pos(), QSize(1, 1)), then, typed=self._desk.in_vivo(), naming=True)

    def ask_for_segment(self, act: Callable[[SegmentRow, Entry], object]) -> None:
        """For the chosen segment; ``act`` takes it and the answer."""
        segment = self._desk.chosen()
        if segment is None:
            self._workspace.refused.emit(printed.fill(NOTHING_CHOSEN))
        else:
            self._open(self._view.frame_of(segment.span), partial(act, segment))

    def ask_for_suggestion(self, suggestion: SuggestionRow, back: QWidget) -> None:
        """With which code a suggestion is taken; the focus goes ``back``."""
        self._view.reveal(suggestion.span, select=False)
        self._open(self._view.frame_of(suggestion.span), partial(self._desk.accept, suggestion), back=back)

    def _open(
        self,
        about: QRect,
        then: Callable[[Entry], object],
        *,
        words: str = "",
        typed: str = "",
        naming: bool = False,
        hint: str = "",
        back: QWidget | None = None,
    ) -> None:
        self._then, self._back = then, back or self._view
        self._palette.ask(
            about, list(self._desk.codes.values()), self._desk.recent, words, typed, naming=naming, hint=hint
        )
