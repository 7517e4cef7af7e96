"""The suggestions that wait in the transcript shown, and what is decided about them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from qualcode.core.rows import SuggestionRow
from qualcode.ui import suggesting
from qualcode.ui.code_questions import CodeQuestions
from qualcode.ui.coding_desk import CodingDesk
from qualcode.ui.hints import printed
from qualcode.ui.widgets.basics import Elided, button, column, label, panel, row
from qualcode.ui.widgets.coding_view import CodingView
from qualcode.ui.widgets.palette import Entry
from qualcode.ui.widgets.suggestion_list import SuggestionList
from qualcode.ui.workspace import Workspace

ACTS = (("take", "take"), ("take_otherwise", "other code"), ("refuse", "no"))


class SuggestionsPane(QFrame):
    """The chosen one is outlined in the text; taking or refusing it is one key."""

    counted = Signal(int)
    """So many wait here now."""

    def __init__(self, workspace: Workspace, view: CodingView, desk: CodingDesk, questions: CodeQuestions) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self._workspace, self._view, self._desk, self._questions = workspace, view, desk, questions
        self.list = SuggestionList()
        self._state = label("", "Secondary", wrap=True)
        self._state.setContentsMargins(12, 8, 12, 8)
        self._keys = Elided()
        again = button("Suggest", self.suggest, tip="Look for passages in this interview ({code.suggest})")
        self.setLayout(column(panel(row(again, None, self._keys, margin=8)), self._state, self.list, gap=0))
        self.list.chosen.connect(self._preview)
        self.list.taken.connect(self._take)
        self.list.refused.connect(self._refuse)
        self.list.recode_wanted.connect(self._take_with_other_code)
        workspace.operations.ended.connect(self._ended)
        printed.changed.connect(self._say_keys)
        self._say_keys()

    def refresh(self) -> None:
        """Show those that wait in the transcript at the desk."""
        row = self._desk.row
        if row is None or not self._workspace.is_open:
            return
        waiting = self._workspace.project.suggestions.open(row.id)
        self.list.show_suggestions(self._workspace.mask.rows(waiting), self._desk.codes)
        self._state.setVisible(not waiting)
        self._state.setText("No suggestions wait here. Suggest looks for passages worth coding.")
        self.counted.emit(len(waiting))

    def suggest(self) -> None:
        """Look for suggestions for the interview shown, on a worker."""
        row = self._desk.row
        if row is not None:
            self._state.setText("Looking for suggestions …")
            suggesting.start(self._workspace, [row.id])

    # --- within ---

    def _ended(self, *_: object) -> None:
        self.refresh()

    def _say_keys(self) -> None:
        known = ((printed.of(f"code.{act}"), words) for act, words in ACTS)
        self._keys.setText(" · ".join(f"{keys} {words}" for keys, words in known if keys))

    def _preview(self, suggestion: SuggestionRow | None) -> None:
        self._view.preview(suggestion.span if suggestion else None)
        if suggestion is not None and self.list.hasFocus():
            self._view.reveal(suggestion.span, select=False)

    def _take(self, suggestion: SuggestionRow) -> None:
        if suggestion.code_id is None:
            self._take_with_other_code(suggestion)
        else:
            self._desk.accept(suggestion, Entry(suggestion.code_id, ""))

    def _take_with_other_code(self, suggestion: SuggestionRow) -> None:
        self._questions.ask_for_suggestion(suggestion, self.list)

    def _refuse(self, suggestion: SuggestionRow) -> None:
        self._desk.refuse(suggestion)
        self.list.setFocus()
