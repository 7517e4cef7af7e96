"""The interviews of a project as a grid: facts edited in place, one interview's voices and versions beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QMenu, QStackedLayout, QWidget

from qualcode.core.landing import wave_for
from qualcode.core.rows import InterviewRow
from qualcode.core.typed import as_date, as_duration, clock, shown_date, shown_duration
from qualcode.core.values import Change, InterviewId
from qualcode.ui.hints import printed
from qualcode.ui.models.prepare_table import Column, TableModel
from qualcode.ui.widgets.basics import Elided, button, column, empty, label, line, panel, row
from qualcode.ui.widgets.confirm import Confirm
from qualcode.ui.widgets.import_facts import MODES
from qualcode.ui.widgets.panes import Panes
from qualcode.ui.widgets.prepare_grid import Grid
from qualcode.ui.widgets.prepare_interview import InterviewPanel
from qualcode.ui.wording import number, people
from qualcode.ui.workspace import Workspace

NO_WAVE = "No wave"
_WHOLE = 120
"""A date is never cut."""
_SHOWN_IN = ("interview", "wave", "participant", "interview_participant", "transcript", "speaker", "segment")


@dataclass(frozen=True, slots=True)
class InterviewLine:
    """One interview with the name of its wave and the pseudonyms of its people."""

    row: InterviewRow
    wave: str
    people: str


class InterviewsPane(QFrame):
    """Says when files or a folder shall be imported, and when what found no place is to be looked at."""

    import_wanted = Signal()
    folder_wanted = Signal()
    review_wanted = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self.setAccessibleName("Interviews")
        self._workspace = workspace
        self.model: TableModel[InterviewLine] = TableModel(
            lambda shown: shown.row.id, workspace.attempt, self, workspace.mask.words
        )
        self.grid = Grid("Interviews", self.model, opens=0)
        self.model.show([], self._columns())
        self.grid.let_sort()
        self.detail = InterviewPanel(workspace)
        self.confirm = Confirm()
        self._counts = Elided()
        self._unplaced = label("", "Attention", wrap=True)
        look = button("Look at them", self.review_wanted.emit)
        self._notice = panel(row(self._unplaced, None, look, margin=8), "Surface")
        self.remove = button("Remove", self.ask_to_remove, tip="Remove the chosen interviews ({prepare.remove})")
        list_ = panel(
            column(
                self._notice,
                self.confirm,
                self.grid,
                line(),
                panel(row(self._counts, None, self.remove, margin=6)),
                gap=0,
            )
        )
        self._panes = Panes(
            list_,
            self.detail,
            key="prepare",
            names=("List", "Details"),
            preferences=workspace.preferences,
            sizes=(900, 310),
            stretch=0,
            share=0.24,
        )
        self._empty = empty(
            "Interviews begin with transcripts: drop files or a folder here. What is understood of them is shown "
            "before anything is imported.",
            button("Import files…", self.import_wanted.emit, "Primary"),
            button("Import folder…", self.folder_wanted.emit),
        )
        self._layout = QStackedLayout(self)
        self._layout.addWidget(self._panes)
        self._layout.addWidget(self._empty)
        self._connect()

    # --- the stage's ---

    def load(self) -> None:
        """Show what the project holds; what is chosen stays chosen."""
        project = self._workspace.project
        interviews = project.transcripts.interviews()
        self._layout.setCurrentWidget(self._panes if interviews else self._empty)
        waves = {wave.id: wave.name for wave in project.waves.all()}
        pseudonyms = {person.id: person.pseudonym for person in project.people.all()}
        self.model.show(
            [
                InterviewLine(
                    found,
                    waves[found.wave_id] if found.wave_id else "",
                    ", ".join(pseudonyms[key] for key in found.participant_ids),
                )
                for found in interviews
            ]
        )
        if interviews and not self.grid.currentIndex().isValid():
            self.grid.choose(self._workspace.interview_id or interviews[0].id)
        if interviews and not self.grid.currentIndex().isValid():
            self.grid.setCurrentIndex(self.model.index(0, 0))
        unplaced = len(project.coding.unplaced())
        self._notice.setVisible(unplaced > 0)
        self._unplaced.setText(f"{number(unplaced, 'segment')} found no place in a corrected transcript.")
        self._count()
        self._show_detail()

    def react(self, change: Change) -> None:
        if change.touches(*_SHOWN_IN, "memo"):
            self.load()

    def panes(self) -> list[QWidget]:
        if self._layout.currentWidget() is self._empty:
            return [self._empty]
        return [self.grid, self.detail.voices]

    # --- acts ---

    def chosen(self) -> list[InterviewLine]:
        """The interviews that are selected, from top to bottom."""
        return [self.model.rows[number] for number in self.grid.chosen_rows()]

    def ask_to_remove(self) -> None:
        """Say what would go with the chosen interviews, and remove them when that is wished."""
        chosen = self.chosen()
        ids = [shown.row.id for shown in chosen]
        if not ids:
            return
        what = f"“{chosen[0].row.title}”" if len(chosen) == 1 else number(len(chosen), "interview")
        sentences = (f"Remove {what}?", self._said_of_loss(ids), "Undo brings it all back.")
        self.confirm.ask(" ".join(filter(None, sentences)), "Remove", partial(self._remove, ids))

    def put_in_wave(self, chosen: Sequence[InterviewLine], stated: str) -> None:
        """Put interviews into the wave that is meant, which is added when new, or into none."""
        project = self._workspace.project
        with project.step(f"Put {number(len(chosen), 'interview')} in {stated or 'no wave'}"):
            wave_id = wave_for(project, stated) if stated else None
            for shown in chosen:
                project.transcripts.change(shown.row.id, wave_id=wave_id)

    def open_code(self, shown: InterviewLine) -> None:
        self._workspace.show_place(shown.row.transcript_id)

    def open_reading(self, shown: InterviewLine) -> None:
        self._workspace.reading_asked.emit(shown.row.id)

    # --- within ---

    def _connect(self) -> None:
        self.grid.opened.connect(self.open_reading)
        self.grid.remove_wanted.connect(self.ask_to_remove)
        self.grid.selectionModel().selectionChanged.connect(lambda *_: self._follow_selection())
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid.customContextMenuRequested.connect(self._menu)
        self.detail.read_wanted.connect(lambda: self._open_current(self.open_reading))
        self.detail.code_wanted.connect(lambda: self._open_current(self.open_code))

    def _columns(self) -> list[Column[InterviewLine]]:
        return [
            Column(
                "Interview",
                lambda s: s.row.title,
                write=lambda s, text: self._change(s.row.id, title=text),
                tip="Return or a double click opens it to be read; F2 renames it",
                least=150,
            ),
            Column(
                "Wave",
                lambda s: s.wave,
                write=lambda s, text: self.put_in_wave([s], text),
                choices=lambda _: self._waves(),
                order=lambda s: self._waves().index(s.wave),
                least=150,
            ),
            Column(
                "Date",
                lambda s: shown_date(s.row.held_on),
                write=lambda s, text: self._change(s.row.id, held_on=as_date(text)),
                edited=lambda s: s.row.held_on.isoformat() if s.row.held_on else "",
                order=lambda s: s.row.held_on,
                least=_WHOLE,
            ),
            Column(
                "Mode",
                lambda s: s.row.mode,
                write=lambda s, text: self._change(s.row.id, mode=text),
                choices=lambda _: self._said_so_far(MODES, "mode"),
                least=_WHOLE,
            ),
            Column(
                "Duration",
                lambda s: shown_duration(s.row.duration_seconds),
                write=lambda s, text: self._change(s.row.id, duration_seconds=as_duration(text)),
                edited=lambda s: clock(s.row.duration_seconds),
                order=lambda s: s.row.duration_seconds,
                numeric=True,
            ),
            Column(
                "Interviewer",
                lambda s: s.row.interviewer,
                write=lambda s, text: self._change(s.row.id, interviewer=text),
                choices=lambda _: self._said_so_far((), "interviewer"),
            ),
            Column("Participants", lambda s: s.people, tip="Whose voices these are is said beside the grid"),
            Column("Words", lambda s: f"{s.row.word_count:,}", order=lambda s: s.row.word_count, numeric=True),
            Column("Segments", lambda s: f"{s.row.segments:,}", order=lambda s: s.row.segments, numeric=True),
            Column("Remarks", lambda s: " ".join(s.row.remarks)),
        ]

    def _change(self, interview_id: InterviewId, **facts: Any) -> None:
        self._workspace.project.transcripts.change(interview_id, **facts)

    def _waves(self) -> list[str]:
        return [wave.name for wave in self._workspace.project.waves.all()]

    def _said_so_far(self, first: Sequence[str], fact: str) -> list[str]:
        return list(dict.fromkeys((*first, *filter(None, (getattr(s.row, fact) for s in self.model.rows)))))

    def _current(self) -> InterviewLine | None:
        return self.model.row(self.grid.currentIndex())

    def _open_current(self, act: Any) -> None:
        shown = self._current()
        if shown is not None:
            act(shown)

    def _follow_selection(self) -> None:
        self._count()
        self._show_detail()

    def _count(self) -> None:
        rows, chosen = self.model.rows, len(self.grid.chosen_rows())
        everybody = {key for shown in rows for key in shown.row.participant_ids}
        parts = [number(len(rows), "interview"), people(len(everybody))]
        self._counts.setText(" · ".join([*parts, f"{chosen} chosen"] if chosen > 1 else parts))
        self.remove.setEnabled(chosen > 0)

    def _show_detail(self) -> None:
        shown = self._current()
        self.detail.show_interview(shown.row if shown else None)

    def _said_of_loss(self, ids: Sequence[InterviewId]) -> str:
        loss = self._workspace.project.transcripts.loss(ids)
        counts = ((loss.segments, "segment"), (loss.quotes, "quote"), (loss.notes, "note"))
        gone = [number(count, noun) for count, noun in counts if count]
        if not gone:
            return ""
        listed = " and ".join(filter(None, (", ".join(gone[:-1]), gone[-1])))
        verb = "goes" if sum(count for count, _ in counts) == 1 else "go"
        return f"{listed} {verb} with {'it' if len(ids) == 1 else 'them'}."

    def _menu(self, at: QPoint) -> None:
        chosen = self.chosen()
        if not chosen:
            return
        menu = QMenu(self)
        menu.addAction("Read\tReturn", partial(self.open_reading, chosen[0])).setEnabled(len(chosen) == 1)
        menu.addAction("Code", partial(self.open_code, chosen[0])).setEnabled(len(chosen) == 1)
        menu.addAction("Rename\tF2", partial(self.grid.edit, self.grid.currentIndex())).setEnabled(len(chosen) == 1)
        waves = menu.addMenu("Put in wave")
        for name in (*self._waves(), NO_WAVE):
            stated = "" if name == NO_WAVE else name
            waves.addAction(name, partial(self._put_in_wave, chosen, stated))
        menu.addSeparator()
        menu.addAction(printed.beside("Remove", "prepare.remove"), self.ask_to_remove)
        menu.exec(self.grid.viewport().mapToGlobal(at))

    def _put_in_wave(self, chosen: Sequence[InterviewLine], stated: str) -> None:
        self._workspace.attempt(lambda: self.put_in_wave(chosen, stated))

    def _remove(self, ids: Sequence[InterviewId]) -> None:
        self._workspace.attempt(lambda: self._workspace.project.transcripts.remove(ids))
        self.grid.setFocus()
