"""The Familiarise stage: interviews at the left, one or two transcripts to read, person and notes, words below."""

from __future__ import annotations

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qualcode.core.stop_words import SETTING
from qualcode.core.values import Change, CoderId, InterviewId, Span, TranscriptId
from qualcode.ui.names import speaker_names
from qualcode.ui.reading_desk import ReadingDesk
from qualcode.ui.stages.stage import Stage
from qualcode.ui.widgets.basics import button, empty
from qualcode.ui.widgets.dress import Dress
from qualcode.ui.widgets.dress_panel import DressPanel
from qualcode.ui.widgets.reading_list import ReadingList
from qualcode.ui.widgets.reading_pages import ReadingPages
from qualcode.ui.widgets.reading_pane import ReadingPane
from qualcode.ui.widgets.reading_room import ReadingRoom
from qualcode.ui.widgets.reading_side import ReadingSide
from qualcode.ui.widgets.reading_words import WordsDrawer
from qualcode.ui.workspace import Workspace

SPEECH = ("transcript", "speaker", "turn", "interview", "interview_participant")
PEOPLE = ("participant", "attribute", "attribute_value", "wave", "coder")
LONGEST_LOOKED_FOR = 60
"""A longer selection is read, not looked for everywhere."""


class FamiliariseStage(Stage):
    """Read, mark, note; and find who else said it."""

    key = "familiarise"
    title = "Familiarise"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.desk = ReadingDesk(workspace)
        self.list = ReadingList()
        self.pages = ReadingPages(workspace)
        self.side = ReadingSide(workspace, self.desk, self.pages)
        self.person, self.notes = self.side.person, self.side.notes
        self.words = WordsDrawer(workspace)
        self.dress = DressPanel(self, workspace.preferences)
        nothing = empty(
            "Transcripts that you import are read here.",
            button("Import transcripts", lambda: workspace.stage_asked.emit("prepare"), "Primary"),
        )
        self.room = ReadingRoom(self.list, self.pages, self.side, self.words, nothing, workspace.preferences)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.room)
        self._connect()
        self._bind_keys()
        self._wear(Dress.preferred(workspace.preferences))

    @property
    def first(self) -> ReadingPane:
        return self.pages.first

    @property
    def second(self) -> ReadingPane:
        return self.pages.second

    @property
    def active(self) -> ReadingPane:
        """The transcript that the cursor is in, or was in last."""
        return self.pages.active

    # --- Stage ---

    def load(self) -> None:
        self._follow_project(speech_changed=True)

    def react(self, change: Change) -> None:
        if not self.desk.interviews or change.touches(*SPEECH):
            self._follow_project(speech_changed=True)
        elif change.touches(*PEOPLE):
            self._follow_project(speech_changed=False)
        elif change.touches("reading"):
            self.desk.follow_readings()
            self._show_reading()
        if change.touches("memo"):
            self.side.show_notes()
            self.side.show_person()
        if change.touches("segment", "code"):
            self._show_codes()
        if SETTING in change.rows.get("setting", ()):
            self.words.terms.refresh_stop_words()

    def tools(self) -> list[QWidget]:
        look = button("Aa", lambda: self.dress.open_under(look), tip="How the page looks: letters, lines, leading")
        look.setAccessibleName("How the page looks")
        return [
            button(
                "Words",
                self.find_words,
                tip="Words in context ({familiarise.words}) and frequent terms ({familiarise.terms})",
            ),
            button("Side by side", self.toggle_second, tip="Two transcripts side by side ({familiarise.beside})"),
            look,
        ]

    def panes(self) -> list[QWidget]:
        return [self.list.tree, self.first.view, self.second.view, self.side, self.words.concordance.field]

    def home(self) -> QWidget | None:
        return self.active.view if self.active.view.isVisible() else super().home()

    # --- what is shown ---

    def open_interview(self, interview_id: InterviewId) -> None:
        """Read this interview in the transcript that is active."""
        self.pages.take_up()
        self._open(self.active, interview_id)
        self.active.view.setFocus()

    def open_beside(self, interview_id: InterviewId) -> None:
        """Read this interview beside the one that is open."""
        self.room.show_second(True)
        self._open(self.second, interview_id)
        self.pages.enter(self.second)
        self.second.view.setFocus()

    def show_place(self, transcript_id: TranscriptId, span: Span | None) -> None:
        """Show a passage in the transcript that is active, and go there."""
        self._look_at(transcript_id, span)
        self.active.view.setFocus()

    def _look_at(self, transcript_id: TranscriptId, span: Span | None) -> None:
        interview = self.desk.interview_of(transcript_id)
        if interview is not None:
            self._open(self.active, interview.id, at=span)

    # --- acts ---

    def next_unread(self) -> None:
        """Open the interview after this one that the coder at work has not read; after the last comes the first."""
        found = self.desk.next_unread(self.active.interview)
        if found is None:
            self.workspace.said.emit("There is no other unread interview.")
        else:
            self.open_interview(found)

    def step(self, by: int) -> None:
        """Open the interview so many places on."""
        found = self.desk.neighbour(self.active.interview, by)
        if found is not None:
            self.open_interview(found)

    def toggle_second(self) -> None:
        """Put a second transcript beside the first, or take it away."""
        if self.pages.side_by_side:
            self._close_second()
        elif self.first.interview is not None:
            known = self.second.interview
            there = known is not None and known in self.desk.interviews and known != self.first.interview
            self.open_beside(known.id if known and there else self.desk.companion(self.first.interview))

    def find_words(self) -> None:
        """Open the field for words in context, with the selected words when there are any."""
        self.room.show_words()
        selected = self.active.view.selected_span()
        short = selected is not None and len(selected) <= LONGEST_LOOKED_FOR and self.active.view.hasFocus()
        if short:
            self.active.find_selected()
        else:
            self.words.show_context()

    def show_terms(self) -> None:
        self.room.show_words()
        self.words.show_terms()

    # --- events ---

    def hideEvent(self, event: QHideEvent) -> None:
        """Another stage is shown: keep what is under way."""
        super().hideEvent(event)
        self._keep()

    def _keep(self) -> None:
        if self.desk.is_mine:
            self.pages.leave()
            self.person.keep()

    # --- within: building ---

    def _connect(self) -> None:
        self.workspace.leaving.connect(self._keep)
        self.list.opened.connect(self.open_interview)
        self.list.opened_beside.connect(self.open_beside)
        self.list.next_wanted.connect(self.next_unread)
        self.list.reader_chosen.connect(self._choose_reader)
        self.pages.entered.connect(self._follow_active)
        self.person.interview_wanted.connect(self.open_interview)
        self.person.beside_wanted.connect(self.open_beside)
        self.side.place_wanted.connect(self._look_at)
        self.words.opened.connect(self._go_to_found)
        self.words.shown.connect(self._look_elsewhere)
        self.words.back_wanted.connect(self._go_back)
        self.pages.left_off.connect(self.words.concordance.show_way_back)
        self.words.closed.connect(self._close_words)
        self.dress.dressed.connect(self._wear)
        for pane in self.pages.both:
            pane.next_wanted.connect(self.next_unread)
            pane.read_wanted.connect(self._mark_read)
            pane.reached.connect(self._reached)
            pane.words_wanted.connect(self._find)
            pane.view.letters_wanted.connect(self.dress.enlarge)
        self.second.close_wanted.connect(self._close_second)

    def _bind_keys(self) -> None:
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

    def _wear(self, dress: Dress) -> None:
        self.pages.set_dress(dress)
        if self.desk.is_mine:
            self._show_codes()

    # --- within: following the project ---

    def _follow_project(self, *, speech_changed: bool) -> None:
        if not self.desk.is_mine:
            self.pages.forget()
            self.words.forget()
            self.room.show_second(False)
        self.desk.follow()
        there = bool(self.desk.interviews)
        self.room.show_reading(there)
        self.words.show_project(
            self.desk.interviews,
            self.desk.people,
            self.desk.waves,
            self.workspace.project.people.attributes(),
            speech_changed=speech_changed,
        )
        self._show_reading()
        if there:
            self._show_again()

    def _show_again(self) -> None:
        """Show what is open anew; what is no longer there gives way to what is."""
        known = {interview.id for interview in self.desk.interviews}
        second = self.second.interview
        if second is not None and second.id not in known:
            self._close_second()
            self.second.forget()
        elif second is not None and self.pages.side_by_side:
            self._open(self.second, second.id)
        wanted = self.workspace.interview_id or (self.first.interview and self.first.interview.id)
        if self.active is self.second and self.first.interview is not None:
            wanted = self.first.interview.id
        self._open(self.first, wanted if wanted in known else self.desk.where_to_begin())

    def _show_reading(self) -> None:
        """Show who has read what."""
        self.list.show_interviews(self.desk.waves, self.desk.entries(self.desk.reader))
        self.list.show_readers(self.desk.readers(), self.desk.reader, len(self.desk.interviews))
        for pane in self.pages.both:
            if pane.interview is not None:
                pane.show_read(self.desk.reached(pane.interview.id)[1])
        if self.active.interview is not None:
            self.list.choose(self.active.interview.id)

    def _choose_reader(self, coder_id: CoderId) -> None:
        self.desk.choose_reader(coder_id)
        self._show_reading()

    # --- within: transcripts ---

    def _open(
        self, pane: ReadingPane, interview_id: InterviewId, at: Span | None = None, top: int | None = None
    ) -> None:
        interview = self.desk.interview(interview_id)
        transcript = self.workspace.project.transcripts.get(interview.transcript_id)
        names = speaker_names(transcript, self.desk.people)
        pane.show_interview(interview, transcript, names, *self.desk.reached(interview_id), at=at, top=top)
        self._show_codes()
        if pane is self.active:
            self.pages.enter(pane)
        else:
            self.side.show_notes()

    def _follow_active(self) -> None:
        """List, person and notes speak of the transcript that is active."""
        if self.active.interview is not None:
            self.workspace.interview_id = self.active.interview.id
            self.list.choose(self.active.interview.id)
            self.side.show_person()
            self.side.show_notes()
            self.words.concordance.show_here(self.active.interview.transcript_id)

    def _close_second(self) -> None:
        self.room.show_second(False)
        self.pages.close_second()

    def _show_codes(self) -> None:
        self.pages.show_codes(self.desk.stripes)

    # --- within: acts ---

    def _mark_read(self, interview_id: InterviewId, read: bool) -> None:
        project = self.workspace.project
        title = self.desk.interview(interview_id).title
        self.workspace.attempt(lambda: project.readings.mark_read(interview_id, read))
        self.workspace.said.emit(f"Read: {title}" if read else f"No longer counted as read: {title}")

    def _reached(self, interview_id: InterviewId) -> None:
        """The reader's place was kept: show it without reading everything anew."""
        self.desk.follow_readings()
        if self.desk.reader == self.desk.me:
            self.list.update_entry(self.desk.entry(interview_id))

    def _find(self, words: str) -> None:
        self.room.show_words()
        self.words.show_context(words)

    def _look_elsewhere(self, transcript_id: TranscriptId, span: Span) -> None:
        """Show a place that was found, while the list keeps the focus."""
        self.pages.leave_off()
        self._look_at(transcript_id, span)

    def _go_to_found(self, transcript_id: TranscriptId, span: Span) -> None:
        self._look_elsewhere(transcript_id, span)
        self.active.view.setFocus()

    def _go_back(self) -> None:
        """Go on reading where the reader was before looking elsewhere."""
        place = self.pages.take_up()
        if place is not None:
            interview_id, top = place
            self._open(self.active, interview_id, top=top)
        self.active.view.setFocus()

    def _close_words(self) -> None:
        self.words.hide()
        self.pages.take_up()
        self.active.view.setFocus()
