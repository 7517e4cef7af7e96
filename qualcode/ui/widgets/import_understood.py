"""What a file was understood to be: how its turns were found and how sure that is, its facts, its voices."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QRadioButton, QScrollArea

from qualcode.intake import State
from qualcode.ui.import_batch import Batch
from qualcode.ui.import_entry import Entry
from qualcode.ui.widgets.basics import Elided, button, column, label, panel, row
from qualcode.ui.widgets.import_facts import FactsForm
from qualcode.ui.widgets.import_files import state_words, sureness
from qualcode.ui.widgets.import_voices import VoicesPanel
from qualcode.ui.wording import number
from qualcode.ui.workspace import Workspace


class Understanding(QScrollArea):
    """One file, to be looked at and corrected."""

    corrected = Signal(object)
    """The file's own Rules."""

    def __init__(self, workspace: Workspace, batch: Batch) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setAccessibleName("What was understood")
        self._batch = batch
        self._entry: Entry | None = None
        self.facts = FactsForm(workspace, batch)
        self.voices = VoicesPanel(workspace, batch)
        self.voices.corrected.connect(self.corrected)
        self._name = Elided("", "Title")
        self._state = label("", "", wrap=True)
        self._pattern = label("", "", wrap=True)
        self._reasons = label("", "Secondary", wrap=True)
        self._remarks = label("", "Attention", wrap=True)
        self._twin = self._make_twin()
        self.like = button("", self._apply_to_like)
        self._whole = QFrame()
        self._whole.setLayout(
            column(
                self._pattern,
                self._reasons,
                self._twin,
                6,
                self.facts,
                8,
                self.voices,
                row(self.like, None),
                None,
                gap=6,
            )
        )
        self._whole.layout().setContentsMargins(0, 0, 0, 0)  # type: ignore[union-attr]
        body = panel(column(self._name, self._state, self._remarks, self._whole, None, margin=10, gap=6))
        self.setWidget(body)

    def show_entry(self, entry: Entry | None, chosen: Sequence[Entry]) -> None:
        """Show a file; ``chosen`` are those that a change of wave, mode or interviewer goes to."""
        anew = entry is not self._entry
        self._entry = entry
        self._whole.setVisible(entry is not None and entry.understood is not None)
        if entry is None:
            for part in (self._name, self._state, self._remarks):
                part.setText("")
            return
        self._name.setText(entry.name)
        again = " · reading again …" if entry.reading and entry.understood else ""
        refused = entry.state is State.REFUSED
        self._state.setText((f"{State.REFUSED}: {entry.refusal}" if refused else state_words(entry)) + again)
        self._remarks.setText("\n".join(entry.remarks))
        self._remarks.setVisible(bool(entry.remarks))
        if entry.understood is not None:
            self._show_understood(entry)
            self.facts.show_entry(entry, chosen)
            self.voices.show_entry(entry)
            self._show_like(entry)
        if anew:
            self.verticalScrollBar().setValue(0)

    # --- within ---

    def _show_understood(self, entry: Entry) -> None:
        assert entry.understood is not None
        found = entry.understood.recognition
        told = set(entry.remarks)
        self._pattern.setText(
            f"{found.pattern} That is {sureness(found.confidence)} ({round(100 * found.confidence)} %)."
        )
        self._reasons.setText("\n".join(reason for reason in found.reasons if reason not in told))
        self._reasons.setVisible(bool(self._reasons.text()))
        self._twin.setVisible(entry.twin is not None and entry.state is not State.KNOWN)
        if entry.twin is not None:
            self._twin_words.setText(f"“{entry.twin.title}” is in the project already. This file has other words.")
            self.as_version.setText(f"A new version of {entry.twin.title}")
            (self.as_version if entry.follows else self.as_new).setChecked(True)

    def _show_like(self, entry: Entry) -> None:
        others = len(self._batch.like(entry))
        own = entry.own
        worth = bool(own.roles or own.same or own.no_speakers or own.one_voice)
        self.like.setVisible(worth and others > 0)
        self.like.setText(f"Apply to {number(others, 'other file')} like this")
        self.like.setToolTip("Corrections of labels, for all files with labels of this pattern")

    def _make_twin(self) -> QFrame:
        self._twin_words = label("", "", wrap=True)
        self.as_version = QRadioButton("A new version")
        self.as_new = QRadioButton("Another interview")
        self.as_version.clicked.connect(lambda: self._follow(True))
        self.as_new.clicked.connect(lambda: self._follow(False))
        hint = label("A new version keeps the coding; what finds no place in it is listed afterwards.", "Secondary")
        hint.setWordWrap(True)
        return panel(column(self._twin_words, self.as_version, self.as_new, hint, margin=10, gap=4), "Notice")

    def _follow(self, follows: bool) -> None:
        if self._entry is not None:
            self._batch.set_follows(self._entry, follows)

    def _apply_to_like(self) -> None:
        if self._entry is not None:
            self._batch.apply_to_like(self._entry)
