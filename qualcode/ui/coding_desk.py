"""Coding at one transcript: the selection snapped, codes applied, named, repeated, taken away, suggestions decided.

The stage shows; this acts. Every act is one step, says what it did, and refuses with a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from qualcode.core import spans
from qualcode.core.rows import CodeRow, SegmentRow, SuggestionRow, TranscriptRow
from qualcode.core.values import CodeId, SegmentId, Span
from qualcode.ui.workspace import Workspace

MOST_RECENT = 8
LONGEST_IN_VIVO = 60
NOTHING_SELECTED = "Select some words of the transcript first."


class CodingDesk(QObject):
    """``selection`` gives the words selected now; ``coded`` tells of a segment just made."""

    coded = Signal(object)

    def __init__(self, workspace: Workspace, selection: Callable[[], Span | None]) -> None:
        super().__init__()
        self._workspace = workspace
        self._selection = selection
        self.row: TranscriptRow | None = None
        self.codes: Mapping[CodeId, CodeRow] = {}
        self.recent: list[CodeId] = []

    # --- what is selected ---

    def span(self) -> Span | None:
        """The selection, its ends drawn to words, sentences or turns as preferred."""
        chosen = self._selection()
        if self.row is None or chosen is None:
            return None
        found = spans.snap(self.row.text, chosen, spans.Snap(self._workspace.preferences.snap), self.row.turns)
        return found if len(found) else None

    def words(self) -> str:
        """The selected words on one line."""
        span = self.span()
        return " ".join(span.of(self.row.text).split()) if self.row and span else ""

    # --- coding ---

    def apply(self, code_id: CodeId) -> None:
        """Give the selection a code."""
        row, span = self.row, self.span()
        if row is None or span is None:
            self._workspace.refused.emit(NOTHING_SELECTED)
            return
        made = self._workspace.attempt(lambda: self._workspace.project.coding.apply(row.id, span, code_id))
        if made is not None:
            self._tell(made, code_id)

    def apply_named(self, name: str) -> None:
        """Give the selection the code of this name, made when there is none; without a selection only make it."""
        project, row, span = self._workspace.project, self.row, self.span()

        def act() -> tuple[SegmentId | None, CodeId]:
            with project.step(f"Code “{name}”" if span else f"Add code “{name}”"):
                code_id = project.codebook.find(name) or project.codebook.add(name)
                made = project.coding.apply(row.id, span, code_id) if row and span else None
                return made, code_id

        done = self._workspace.attempt(act)
        if done is not None:
            self._tell(*done)

    def apply_in_vivo(self) -> None:
        """Make a code named by the selected words themselves."""
        words = self.words()
        if words:
            self.apply_named(words if len(words) <= LONGEST_IN_VIVO else words[: LONGEST_IN_VIVO - 1].rstrip() + "…")
        else:
            self._workspace.refused.emit(NOTHING_SELECTED)

    def apply_favourite(self, number: int) -> bool:
        """Give the selection the code that has this number; whether one has."""
        for code in self.codes.values():
            if code.shortcut == number:
                self.apply(code.id)
                return True
        return False

    def repeat(self) -> None:
        """Give the selection the code used last."""
        if self.recent:
            self.apply(self.recent[0])

    def segment(self, key: str) -> SegmentRow | None:
        """The segment behind a stripe, or None when it is gone."""
        return self._workspace.attempt(lambda: self._workspace.project.coding.get(SegmentId(key))) if key else None

    def uncode(self, key: str) -> None:
        segment = self.segment(key)
        if segment is not None:
            self._workspace.attempt(lambda: self._workspace.project.coding.remove([segment.id]))
            self._workspace.said.emit(f"Uncoded “{self.codes[segment.code_id].name}”")

    def recode(self, key: str, code_id: CodeId) -> None:
        """Give a segment another code, in place."""
        segment = self.segment(key)
        if segment is not None:
            self._workspace.attempt(lambda: self._workspace.project.coding.recode([segment.id], code_id))

    # --- suggestions ---

    def accept(self, suggestion: SuggestionRow, code_id: CodeId) -> None:
        suggestions = self._workspace.project.suggestions
        made = self._workspace.attempt(lambda: suggestions.accept(suggestion.id, code_id))
        if made is not None:
            self._tell(made, code_id)

    def accept_named(self, suggestion: SuggestionRow, name: str) -> None:
        """Take a suggestion with the code of this name, made when there is none."""
        project = self._workspace.project

        def act() -> tuple[SegmentId, CodeId]:
            with project.step(f"Code “{name}”"):
                code_id = project.codebook.find(name) or project.codebook.add(name)
                return project.suggestions.accept(suggestion.id, code_id), code_id

        done = self._workspace.attempt(act)
        if done is not None:
            self._tell(*done)

    def refuse(self, suggestion: SuggestionRow) -> None:
        self._workspace.attempt(lambda: self._workspace.project.suggestions.refuse(suggestion.id))
        self._workspace.said.emit("Suggestion refused")

    # --- within ---

    def _tell(self, made: SegmentId | None, code_id: CodeId) -> None:
        self.recent = [code_id, *(c for c in self.recent if c != code_id)][:MOST_RECENT]
        if made is not None:
            self._workspace.said.emit(f"Coded “{self.codes[code_id].name}”")
            self.coded.emit(made)
