"""One interview beside the grid: whose voices are in it, what the file said, its versions and a note."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout

from qualcode.core.landing import same
from qualcode.core.rows import InterviewRow, SpeakerRow
from qualcode.core.typed import shown_date
from qualcode.core.values import AsideKind, ParticipantId, Role
from qualcode.ui import theme
from qualcode.ui.models.prepare_table import Column, TableModel
from qualcode.ui.widgets.basics import Elided, button, clear, column, label, panel, row
from qualcode.ui.widgets.import_voices import NEW_PERSON, NOBODY, ROLES, role_named
from qualcode.ui.widgets.kept_field import KeptField
from qualcode.ui.widgets.prepare_grid import Grid
from qualcode.ui.wording import number
from qualcode.ui.workspace import Workspace

_MOST_ROWS = 8
_ASIDES = {
    AsideKind.COMMENT: ("comment", "comments"),
    AsideKind.FOOTNOTE: ("footnote", "footnotes"),
    AsideKind.HEADER: ("line of its header", "lines of its header"),
}


class InterviewPanel(QScrollArea):
    """Says when the interview shall be read or coded."""

    read_wanted = Signal()
    code_wanted = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setAccessibleName("The chosen interview")
        self._workspace = workspace
        self._interview: InterviewRow | None = None
        self._pseudonyms: dict[ParticipantId | None, str] = {}
        self.model: TableModel[SpeakerRow] = TableModel(
            lambda speaker: speaker.id, workspace.attempt, self, workspace.mask.words
        )
        self.voices = Grid("Voices of the interview", self.model)
        self.model.show([], self._columns())
        self._title = label("", "Title", wrap=True)
        self._source = Elided()
        self.note = KeptField("Note on this interview")
        self._facts = QVBoxLayout()
        self._facts.setSpacing(theme.px(4))
        self._body = QFrame()
        self._body.setLayout(
            column(
                self._title,
                self._source,
                row(button("Read", self.read_wanted.emit), button("Code", self.code_wanted.emit), None),
                6,
                label("Voices", "Head"),
                self.voices,
                6,
                label("Note", "Head"),
                self.note,
                6,
                self._facts,
                None,
                gap=6,
            )
        )
        self._body.layout().setContentsMargins(0, 0, 0, 0)  # type: ignore[union-attr]
        self.setWidget(panel(column(self._body, margin=14)))
        workspace.leaving.connect(self.note.keep)

    def show_interview(self, interview: InterviewRow | None) -> None:
        """Show an interview, or nothing."""
        self._interview = interview
        self._body.setVisible(interview is not None)
        if interview is None:
            return
        transcript = self._workspace.project.transcripts.get(interview.transcript_id)
        words = self._workspace.mask.words
        self._title.setText(words(interview.title))
        self._source.setText(f"from {words(interview.source_name)}")
        self._pseudonyms = {person.id: person.pseudonym for person in self._workspace.project.people.all()}
        self.model.arrange(transcript.speakers)
        self.voices.fit_columns()
        self._fit_height()
        change = self._workspace.project.transcripts.change
        self.note.show_text(
            words(interview.note), lambda text: self._workspace.attempt(lambda: change(interview.id, note=text))
        )
        counts = Counter(aside.kind for aside in transcript.asides)
        self._show_facts(interview, [number(counts[kind], *_ASIDES[kind]) for kind in _ASIDES if counts[kind]])

    # --- within ---

    def _columns(self) -> list[Column[SpeakerRow]]:
        return [
            Column("Label", lambda speaker: speaker.label or "No label", tip="As the file has it"),
            Column(
                "Role",
                lambda speaker: ROLES[speaker.role],
                write=lambda speaker, words: self._workspace.project.transcripts.set_role(
                    speaker.id, role_named(words)
                ),
                choices=lambda _: list(ROLES.values()),
                least=92,
            ),
            Column(
                "Participant",
                self._shown_person,
                write=self._write_person,
                choices=lambda _: [*self._pseudonyms.values(), NEW_PERSON, NOBODY],
                locked=lambda speaker: speaker.role is Role.INTERVIEWER,
            ),
            Column("Words", lambda speaker: f"{speaker.word_count:,}", numeric=True),
        ]

    def _shown_person(self, speaker: SpeakerRow) -> str:
        if speaker.role is Role.INTERVIEWER:
            return ""
        return self._pseudonyms.get(speaker.participant_id, NOBODY)

    def _write_person(self, speaker: SpeakerRow, words: str) -> None:
        project = self._workspace.project
        with project.step(f"Match {speaker.label or 'the voice'}"):
            if not words or same(words, NOBODY):
                participant_id = None
            elif same(words, NEW_PERSON):
                participant_id = project.people.add()
            else:
                participant_id = project.people.find(words) or project.people.add(words)
            project.transcripts.set_participant(speaker.id, participant_id)

    def _fit_height(self) -> None:
        shown = min(max(self.model.rowCount(), 1), _MOST_ROWS)
        head = self.voices.horizontalHeader().sizeHint().height()
        bar = self.voices.horizontalScrollBar().sizeHint().height()
        self.voices.setFixedHeight(shown * self.voices.verticalHeader().defaultSectionSize() + head + bar)

    def _show_facts(self, interview: InterviewRow, asides: list[str]) -> None:
        clear(self._facts)
        if interview.remarks:
            self._facts.addWidget(label("Remarks", "Head"))
            for remark in interview.remarks:
                self._facts.addWidget(label(remark, "Attention", wrap=True))
        if asides:
            self._facts.addWidget(label("Beside the speech", "Head"))
            self._facts.addWidget(label(", ".join(asides), "", wrap=True))
        versions = self._workspace.project.transcripts.versions(interview.id)
        if len(versions) > 1:
            self._facts.addWidget(label("Versions", "Head"))
            masked = self._workspace.mask.words
            for version in reversed(versions):
                words = f"{version.version}: {masked(version.source_name)}, {shown_date(version.imported_at.date())}"
                current = " · current" if version.is_current else ""
                self._facts.addWidget(label(words + current, "" if current else "Secondary", wrap=True))
