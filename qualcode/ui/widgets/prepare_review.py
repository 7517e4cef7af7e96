"""Segments that a new version of a transcript changed or unsettled: the words before and now, to be put right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from qualcode.core.corrections import Correction
from qualcode.core.rows import InterviewRow, SegmentRow
from qualcode.core.spans import reanchor
from qualcode.core.values import Change, SegmentId, Span, TranscriptId
from qualcode.ui.models.prepare_table import Column, TableModel
from qualcode.ui.names import speaker_names
from qualcode.ui.widgets.anonymity_view import MaskableTranscript
from qualcode.ui.widgets.basics import Elided, button, column, label, line, panel, row
from qualcode.ui.widgets.panes import Panes
from qualcode.ui.widgets.prepare_grid import Grid
from qualcode.ui.widgets.report_flow import Flow
from qualcode.ui.wording import number
from qualcode.ui.workspace import Workspace

OTHER_WORDS, NO_PLACE = "Other words", "No place"
_AROUND = 120
"""Code points on each side of lost words by which their place is found."""


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One segment: ``before`` its words in the old version, ``now`` those in the new one, empty without a place."""

    segment: SegmentRow
    interview: InterviewRow
    code: str
    before: str
    now: str

    @property
    def state(self) -> str:
        return OTHER_WORDS if self.now else NO_PLACE


class ReviewPane(QFrame):
    """Select the words in the new version and place the segment there, keep it as it is, or uncode it."""

    put_away = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self.setAccessibleName("Segments after a correction")
        self._workspace = workspace
        self._before: dict[SegmentId, str] = {}
        self._shown: TranscriptId | None = None
        self.model: TableModel[ReviewLine] = TableModel(
            lambda found: found.segment.id, workspace.attempt, self, workspace.mask.words
        )
        self.grid = Grid("Segments to look at", self.model)
        self.model.show([], _columns())
        self._old, self._new = label("", wrap=True), label("", wrap=True)
        self._title = Elided("", "Title")
        self._where = Elided("", "Head")
        self.view = MaskableTranscript(workspace.mask)
        self.keep = button("Keep it so", self.keep_chosen, tip="These words are right")
        self.place = button("Place on selected words", self.place_chosen, "Primary")
        self.uncode = button("Uncode", self.uncode_chosen, tip="Remove the segment ({prepare.remove})")
        head = panel(row(self._title, None, button("Done", self.put_away.emit), margin=10))
        words = panel(
            column(
                label("Words before", "Head"),
                self._old,
                6,
                label("Words now", "Head"),
                self._new,
                None,
                margin=14,
                gap=4,
            )
        )
        below = QScrollArea()
        below.setWidgetResizable(True)
        below.setFrameShape(QFrame.Shape.NoFrame)
        below.setAccessibleName("Words before and now")
        below.setWidget(words)
        left = panel(column(self.grid, line(), below, gap=0))
        left.layout().setStretch(0, 3)  # type: ignore[union-attr]
        left.layout().setStretch(2, 2)  # type: ignore[union-attr]
        buttons = Flow()
        for part in (self.keep, self.uncode, self.place):
            buttons.addWidget(part)
        acts = panel(column(self._where, buttons, margin=8, gap=6))
        right = panel(column(acts, line(), self.view, gap=0))
        self._panes = Panes(
            left,
            right,
            key="review",
            names=("Segments", "Context"),
            preferences=workspace.preferences,
            sizes=(520, 700),
            stretch=1,
            share=0.44,
        )
        self.setLayout(column(head, line(), self._panes, None, gap=0))
        self.layout().setStretch(2, 1)  # type: ignore[union-attr]
        self.layout().setStretch(3, 0)  # type: ignore[union-attr]
        self.grid.selectionModel().currentChanged.connect(lambda *_: self._show())
        self.grid.remove_wanted.connect(self.uncode_chosen)

    # --- the stage's ---

    def add(self, corrections: Iterable[tuple[InterviewRow, Correction]]) -> None:
        """Note what corrections changed, to be looked at."""
        for _, correction in corrections:
            self._before.update(correction.words_before)

    def forget(self) -> None:
        """Another project: nothing was corrected here."""
        self._before.clear()
        self._shown = None

    def load(self) -> None:
        """Show what is still to be looked at: segments without a place, and those of corrections not yet kept."""
        project = self._workspace.project
        codes = {code.id: code.name for code in project.codebook.all()}
        interviews = project.transcripts.interviews()
        current = {found.transcript_id: found for found in interviews}
        by_version = (
            {version.id: found for found in interviews for version in project.transcripts.versions(found.id)}
            if (unplaced := project.coding.unplaced())
            else {}
        )
        changed = [s for s in project.coding.those(list(self._before)) if s.transcript_id in current]
        lines = [ReviewLine(s, by_version[s.transcript_id], codes[s.code_id], s.quote, "") for s in unplaced]
        lines += [
            ReviewLine(s, current[s.transcript_id], codes[s.code_id], self._before[s.id], s.quote)
            for s in changed
            if s.quote != self._before[s.id]
        ]
        self.model.show(lines)
        self.grid.fit_columns()
        if lines and not self.grid.currentIndex().isValid():
            self.grid.setCurrentIndex(self.model.index(0, 0))
        self._panes.setVisible(bool(lines))
        self._title.setText(f"{number(len(lines), 'segment')} to look at" if lines else "Every segment has its place")
        self._show()

    def react(self, change: Change) -> None:
        if change.touches("segment", "transcript", "code"):
            self.load()

    def panes(self) -> list[QWidget]:
        return [self.grid, self.view]

    # --- acts ---

    def keep_chosen(self) -> None:
        """The words it has now are right."""
        found = self._current()
        if found is not None and found.now:
            self._before.pop(found.segment.id, None)
            self.load()

    def place_chosen(self) -> None:
        """Put the segment on the words selected in the new version."""
        found, span = self._current(), self.view.selected_span()
        if found is None:
            return
        if span is None:
            self._workspace.refused.emit("Select the words in the new version that the segment belongs to.")
            return
        before = self._before.pop(found.segment.id, None)
        placed = self._workspace.attempt(lambda: self._place(found, span))
        if not placed and before is not None:
            self._before[found.segment.id] = before
        self.load()

    def uncode_chosen(self) -> None:
        """Take the segment away."""
        ids = [self.model.rows[place].segment.id for place in self.grid.chosen_rows()]
        if ids:
            self._workspace.attempt(lambda: self._workspace.project.coding.remove(ids))

    # --- within ---

    def _place(self, found: ReviewLine, span: Span) -> bool:
        self._workspace.project.transcripts.place(found.segment.id, span)
        return True

    def _current(self) -> ReviewLine | None:
        return self.model.row(self.grid.currentIndex())

    def _show(self) -> None:
        found = self._current()
        for part in (self.place, self.uncode, self.view):
            part.setEnabled(found is not None)
        self.keep.setEnabled(found is not None and bool(found.now))
        words = self._workspace.mask.words
        self._old.setText(words(found.before) if found else "")
        self._new.setText((words(found.now) or "It found no place in the new version.") if found else "")
        if found is None:
            return
        project = self._workspace.project
        if self._shown != found.interview.transcript_id or self.view.is_stale:
            self._shown = found.interview.transcript_id
            transcript = project.transcripts.get(found.interview.transcript_id)
            names = speaker_names(transcript, project.people.all())
            self.view.show_transcript(transcript, lambda number: names[number])
            self._where.setText(f"{words(found.interview.title)}, as it is now")
        self.view.reveal(found.segment.span if found.now else self._gap(found))

    def _gap(self, found: ReviewLine) -> Span:
        """Where in the new version the words would stand that are gone: between those around them."""
        texts = self._workspace.project.transcripts
        old, new = texts.text(found.segment.transcript_id), texts.text(found.interview.transcript_id)
        span = found.segment.span
        around = [Span(span.end, min(len(old), span.end + _AROUND)), Span(max(0, span.start - _AROUND), span.start)]
        after, before = reanchor(old, new, around)
        at = after.span.start if after else before.span.end if before else len(new) * span.start // max(1, len(old))
        return Span(at, at)


def _columns() -> list[Column[ReviewLine]]:
    return [
        Column("Code", lambda found: found.code),
        Column("Interview", lambda found: found.interview.title),
        Column("State", lambda found: found.state),
        Column("Words before", lambda found: " ".join(found.before.split())),
        Column("Words now", lambda found: " ".join(found.now.split())),
    ]
