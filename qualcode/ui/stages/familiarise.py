"""The Familiarise stage: interviews at the left, one or two transcripts to read, person and notes, words below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from qualcode.core.project import Project
from qualcode.core.reading import ReadingRow
from qualcode.core.rows import InterviewRow, ParticipantRow
from qualcode.core.stop_words import SETTING
from qualcode.core.values import Change, CoderId, InterviewId, Span, TranscriptId
from qualcode.ui import theme
from qualcode.ui.models.interviews import Entry, State, entries_of
from qualcode.ui.names import speaker_names
from qualcode.ui.stages.stage import Stage
from qualcode.ui.widgets.basics import Panes, button, column, empty, panel
from qualcode.ui.widgets.dress import Dress
from qualcode.ui.widgets.dress_panel import DressPanel
from qualcode.ui.widgets.notes import notes_of
from qualcode.ui.widgets.reading_list import ReadingList
from qualcode.ui.widgets.reading_notes import ReadingNotes
from qualcode.ui.widgets.reading_pane import ReadingPane
from qualcode.ui.widgets.reading_person import ReadingPerson
from qualcode.ui.widgets.reading_words import WordsDrawer
from qualcode.ui.widgets.stripes import stripe_of
from qualcode.ui.workspace import Workspace

SPEECH = ("transcript", "speaker", "turn", "interview", "interview_participant")
PEOPLE = ("participant", "attribute", "attribute_value", "wave", "coder")
WORDS_HIGH = "familiarise words"
ROOM_FOR_TWO = 840
"""What two transcripts side by side want, in pixels at 100 %; with less the person makes room."""


class FamiliariseStage(Stage):
    """Read, mark, note; and find who else said it."""

    key = "familiarise"
    title = "Familiarise"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._project: Project | None = None
        self._interviews: list[InterviewRow] = []
        self._people: list[ParticipantRow] = []
        self._readings: list[ReadingRow] = []
        self._coders: dict[CoderId, str] = {}
        self._reader: CoderId | None = None
        self._folded = False
        self.list = ReadingList()
        self.first = ReadingPane(workspace)
        self.second = ReadingPane(workspace)
        self.second.set_closable(True)
        self.second.hide()
        self.active = self.first
        self.person = ReadingPerson(workspace)
        self.notes = ReadingNotes()
        self.words = WordsDrawer(workspace)
        self.words.hide()
        self.side = QTabWidget()
        self.side.setDocumentMode(True)
        self.side.setAccessibleName("Person, notes")
        self.side.setElideMode(Qt.TextElideMode.ElideRight)
        self.side.setUsesScrollButtons(False)
        self.side.addTab(self.person, "Person")
        self.side.addTab(self.notes, "Notes")
        self.dress = DressPanel(self, workspace.preferences)
        self._pages = QSplitter()
        self._upright = QSplitter(Qt.Orientation.Vertical)
        self._reading = Panes(
            self._pages,
            panel(column(self.side)),
            key="familiarise side",
            preferences=workspace.preferences,
            sizes=(690, 270),
            stretch=0,
        )
        self._panes = Panes(
            self.list, self._upright, key="familiarise", preferences=workspace.preferences, sizes=(236, 960)
        )
        self._empty = empty(
            "Transcripts that you import are read here.",
            button("Import transcripts", lambda: workspace.stage_asked.emit("prepare"), "Primary"),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._panes)
        layout.addWidget(self._empty)
        self._build()
        self._connect()
        self._wear(Dress.preferred(workspace.preferences))

    # --- Stage ---

    def load(self) -> None:
        self._follow_project(speech_changed=True)

    def react(self, change: Change) -> None:
        if not self._interviews or change.touches(*SPEECH):
            self._follow_project(speech_changed=True)
        elif change.touches(*PEOPLE):
            self._follow_project(speech_changed=False)
        elif change.touches("reading"):
            self._show_reading()
        if change.touches("memo"):
            self._show_notes()
            self._show_person()
        if change.touches("segment", "code"):
            self._show_codes()
        if SETTING in change.rows.get("setting", ()):
            self.words.terms.refresh_stop_words()

    def tools(self) -> list[QWidget]:
        look = button("Aa", lambda: self.dress.open_under(look), tip="How the page looks: letters, lines, leading")
        look.setAccessibleName("How the page looks")
        return [
            button("Words", self.find_words, tip="Words in context (Ctrl+F) and frequent terms (Ctrl+T)"),
            button("Side by side", self.toggle_second, tip="Two transcripts side by side (F8)"),
            look,
        ]

    def panes(self) -> list[QWidget]:
        return [self.list.tree, self.first.view, self.second.view, self.side, self.words.concordance.field]

    # --- what is shown ---

    def open_interview(self, interview_id: InterviewId) -> None:
        """Read this interview in the transcript that is active."""
        self._open(self.active, interview_id)
        self.active.view.setFocus()

    def open_beside(self, interview_id: InterviewId) -> None:
        """Read this interview beside the one that is open."""
        self._show_second(True)
        self._open(self.second, interview_id)
        self._enter(self.second)
        self.second.view.setFocus()

    def show_place(self, transcript_id: TranscriptId, span: Span | None) -> None:
        """Show a passage in the transcript that is active."""
        for interview in self._interviews:
            if interview.transcript_id == transcript_id:
                self._open(self.active, interview.id, at=span)
                self.active.view.setFocus()

    # --- acts ---

    def next_unread(self) -> None:
        """Open the interview after this one that the coder at work has not read; after the last comes the first."""
        order = self._entries(self.workspace.project.coder_id)
        here = self.active.interview
        at = next((n for n, e in enumerate(order) if here is not None and e.interview.id == here.id), -1)
        ahead = [*order[at + 1 :], *order[: max(at, 0)]]
        entry = next((e for e in ahead if e.state is not State.READ), None)
        if entry is None:
            self.workspace.said.emit("There is no other unread interview.")
        else:
            self.open_interview(entry.interview.id)

    def step(self, by: int) -> None:
        """Open the interview so many places on."""
        order = self._entries(self.workspace.project.coder_id)
        here = self.active.interview
        at = next((n for n, e in enumerate(order) if here is not None and e.interview.id == here.id), 0) + by
        if 0 <= at < len(order):
            self.open_interview(order[at].interview.id)

    def toggle_second(self) -> None:
        """Put a second transcript beside the first, or take it away."""
        if self.second.isVisible():
            self._close_second()
        elif self.first.interview is not None:
            order = [e.interview.id for e in self._entries(self.workspace.project.coder_id)]
            after = order.index(self.first.interview.id) + 1
            known = self.second.interview
            self.open_beside(known.id if known and known.id in order else order[after % len(order)])

    def find_words(self) -> None:
        """Open the field for words in context, with the selected words when there are any."""
        self.words.show()
        selected = self.active.view.selected_span()
        short = selected is not None and len(selected) <= 60 and self.active.view.hasFocus()
        if short:
            self.active.find_selected()
        else:
            self.words.show_context()

    def show_terms(self) -> None:
        self.words.show()
        self.words.show_terms()

    # --- events ---

    def hideEvent(self, event: QHideEvent) -> None:
        """Another stage is shown: keep what is under way."""
        super().hideEvent(event)
        self._keep()

    def _keep(self) -> None:
        if self._is_mine():
            for pane in (self.first, self.second):
                pane.leave()
            self.person.keep()

    # --- within: building ---

    def _connect(self) -> None:
        self.workspace.leaving.connect(self._keep)
        self.list.opened.connect(self.open_interview)
        self.list.opened_beside.connect(self.open_beside)
        self.list.next_wanted.connect(self.next_unread)
        self.list.reader_chosen.connect(self._choose_reader)
        self.person.interview_wanted.connect(self.open_interview)
        self.notes.opened.connect(lambda key: self.active.reveal_note(key))
        self.notes.edit_wanted.connect(lambda key: self.active.edit_note(key))
        self.notes.remove_wanted.connect(self._remove_note)
        self.words.opened.connect(self.show_place)
        self.words.closed.connect(self._close_words)
        self.dress.dressed.connect(self._wear)
        for pane in (self.first, self.second):
            pane.entered.connect(lambda p=pane: self._enter(p) if p is not self.active else None)
            pane.next_wanted.connect(self.next_unread)
            pane.read_wanted.connect(self._mark_read)
            pane.reached.connect(self._reached)
            pane.note_chosen.connect(self._note_chosen)
            pane.words_wanted.connect(self._find)
        self.second.close_wanted.connect(self._close_second)
        self.workspace.keys.bind(
            self,
            self.key,
            {
                "previous": lambda: self.step(-1),
                "next": lambda: self.step(1),
                "unread": self.next_unread,
                "read": lambda: self.active.toggle_read(),
                "mark": lambda: self.active.mark(),
                "note": lambda: self.active.note(),
                "words": self.find_words,
                "terms": self.show_terms,
                "beside": self.toggle_second,
            },
        )

    def _build(self) -> None:
        for parts, inside in ((self._pages, (self.first, self.second)), (self._upright, (self._reading, self.words))):
            parts.setHandleWidth(3)
            parts.setChildrenCollapsible(False)
            for part in inside:
                parts.addWidget(part)
        self._upright.setStretchFactor(0, 1)
        kept = self.workspace.preferences.panels.get(WORDS_HIGH, "")
        high = int(kept) if kept.isdigit() else theme.px(290)
        self._upright.setSizes([2 * high, high])
        self._upright.splitterMoved.connect(self._remember_height)

    def _remember_height(self) -> None:
        self.workspace.preferences.panels[WORDS_HIGH] = str(self._upright.sizes()[1])

    def _wear(self, dress: Dress) -> None:
        for pane in (self.first, self.second):
            pane.view.set_dress(dress)
        if self._is_mine():
            self._show_codes()

    # --- within: following the project ---

    def _is_mine(self) -> bool:
        """Whether the project that is open is the one shown here."""
        return self.workspace.is_open and self._project is self.workspace.project

    def _follow_project(self, *, speech_changed: bool) -> None:
        project = self.workspace.project
        if self._project is not project:
            self._project, self._reader = project, None
            self.first.forget()
            self.second.forget()
            self.words.forget()
            self._show_second(False)
        mask = self.workspace.mask
        self._interviews = mask.rows(project.transcripts.interviews())
        self._people = mask.rows(project.people.all())
        self._coders = {coder.id: coder.name for coder in project.people.coders()}
        there = bool(self._interviews)
        self._panes.setVisible(there)
        self._empty.setVisible(not there)
        self.words.show_project(
            self._interviews,
            self._people,
            mask.rows(project.waves.all()),
            project.people.attributes(),
            speech_changed=speech_changed,
        )
        self._show_reading()
        if there:
            self._show_again()

    def _show_again(self) -> None:
        """Show what is open anew; what is no longer there gives way to what is."""
        known = {interview.id for interview in self._interviews}
        second = self.second.interview
        if second is not None and second.id not in known:
            self._close_second()
            self.second.forget()
        elif second is not None and self.second.isVisible():
            self._open(self.second, second.id)
        wanted = self.workspace.interview_id or (self.first.interview and self.first.interview.id)
        if self.active is self.second and self.first.interview is not None:
            wanted = self.first.interview.id
        self._open(self.first, wanted if wanted in known else self._where_to_begin())

    def _where_to_begin(self) -> InterviewId:
        order = self._entries(self.workspace.project.coder_id)
        return next((e for e in order if e.state is not State.READ), order[0]).interview.id

    def _entries(self, reader: CoderId) -> list[Entry]:
        """The interviews wave by wave, as the list has them, with this reader's state."""
        waves = {wave.id: number for number, wave in enumerate(self.workspace.project.waves.all())}
        found = entries_of(self._interviews, self._readings, reader, self._coders)
        last = len(waves)
        return sorted(found, key=lambda e: waves.get(e.interview.wave_id, last) if e.interview.wave_id else last)

    def _show_reading(self) -> None:
        """Show who has read what."""
        project = self.workspace.project
        self._readings = project.readings.all()
        me = project.coder_id
        reader = self._reader if self._reader in self._coders else me
        self.list.show_interviews(self.workspace.mask.rows(project.waves.all()), self._entries(reader or me))
        read = {c: sum(r.coder_id == c and r.read_at is not None for r in self._readings) for c in self._coders}
        busy = [c for c in self._coders if c == me or any(r.coder_id == c for r in self._readings)]
        readers = [(c, "You" if c == me else self._coders[c], read[c]) for c in busy]
        self.list.show_readers(readers, reader or me, len(self._interviews))
        mine = {r.interview_id for r in self._readings if r.coder_id == me and r.read_at is not None}
        for pane in (self.first, self.second):
            if pane.interview is not None:
                pane.show_read(pane.interview.id in mine)
        if self.active.interview is not None:
            self.list.choose(self.active.interview.id)

    def _choose_reader(self, coder_id: CoderId) -> None:
        self._reader = coder_id
        self._show_reading()

    # --- within: transcripts ---

    def _open(self, pane: ReadingPane, interview_id: InterviewId, at: Span | None = None) -> None:
        project = self.workspace.project
        interview = next(i for i in self._interviews if i.id == interview_id)
        transcript = project.transcripts.get(interview.transcript_id)
        own = {r.interview_id: r for r in self._readings if r.coder_id == project.coder_id}.get(interview_id)
        names = speaker_names(transcript, self._people)
        reached, is_read = (own.reached, own.read_at is not None) if own else (0, False)
        pane.show_interview(interview, transcript, names, reached, is_read, at=at)
        self._show_notes()
        self._show_codes()
        if pane is self.active:
            self._enter(pane)

    def _enter(self, pane: ReadingPane) -> None:
        """This transcript is the one that list, person and notes speak of."""
        self.active = pane
        side_by_side = self.second.isVisible()
        for each in (self.first, self.second):
            each.set_active(each is pane, side_by_side=side_by_side)
        if pane.interview is not None:
            self.workspace.interview_id = pane.interview.id
            self.list.choose(pane.interview.id)
            self._show_person()
            self._show_notes()

    def _show_second(self, shown: bool) -> None:
        if shown and self._pages.width() < theme.px(ROOM_FOR_TWO):
            self._fold_side(True)
        elif not shown and self._folded:
            self._fold_side(False)
        self.second.setVisible(shown)
        if shown:
            self._pages.setSizes([10_000, 10_000])

    def _fold_side(self, folded: bool) -> None:
        """Make room for two transcripts, or give it back."""
        if bool(self._reading.sizes()[1]) is folded:
            self._reading.fold(1)
        self._folded = folded

    def _close_second(self) -> None:
        self.second.leave()
        self._show_second(False)
        self._enter(self.first)
        self.first.view.setFocus()

    def _show_person(self) -> None:
        if self.active.interview is not None:
            self.person.show_interview(self.active.interview, self._interviews)

    def _show_notes(self) -> None:
        project = self.workspace.project
        for pane in (self.first, self.second):
            if pane.transcript is None:
                continue
            memos = project.memos.of_transcript(pane.transcript.id)
            notes = notes_of(pane.transcript, memos, self._coders, project.coder_id, self.workspace.mask)
            pane.view.show_notes(notes)
            if pane is self.active:
                self.notes.show_notes(notes, pane.view.words, pane.view.line_of)
                self.side.setTabText(1, f"Notes {len(notes)}" if notes else "Notes")

    def _show_codes(self) -> None:
        project = self.workspace.project
        mask = self.workspace.mask
        codes = {code.id: code for code in mask.rows(project.codebook.all())} if self.first.view.dress.codes else {}
        for pane in (self.first, self.second):
            if pane.transcript is not None:
                segments = project.coding.of_transcript(pane.transcript.id) if codes else []
                pane.view.set_stripes([stripe_of(s, codes[s.code_id], masked=mask.words) for s in segments])

    # --- within: acts ---

    def _mark_read(self, interview_id: InterviewId, read: bool) -> None:
        project = self.workspace.project
        title = next(i.title for i in self._interviews if i.id == interview_id)
        self.workspace.attempt(lambda: project.readings.mark_read(interview_id, read))
        self.workspace.said.emit(f"Read: {title}" if read else f"No longer counted as read: {title}")

    def _reached(self, interview_id: InterviewId, reached: int) -> None:
        """The reader's place was kept: show it without reading everything anew."""
        project = self.workspace.project
        self._readings = project.readings.all()
        if self._reader in (None, project.coder_id):
            entries = entries_of(self._interviews, self._readings, project.coder_id, self._coders)
            self.list.update_entry(next(e for e in entries if e.interview.id == interview_id))

    def _note_chosen(self, key: str) -> None:
        self.notes.choose(key)
        if key:
            self.side.setCurrentWidget(self.notes)

    def _remove_note(self, key: str) -> None:
        self.active.choose_note(key)
        self.active.remove_note()

    def _find(self, words: str) -> None:
        self.words.show()
        self.words.show_context(words)

    def _close_words(self) -> None:
        self.words.hide()
        self.active.view.setFocus()
