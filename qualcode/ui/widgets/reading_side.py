"""What stands at the side of the transcript that is read: the person heard, and the notes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTabWidget

from qualcode.ui import theme
from qualcode.ui.reading_desk import ReadingDesk
from qualcode.ui.widgets.notes import Note
from qualcode.ui.widgets.reading_notes import ReadingNotes
from qualcode.ui.widgets.reading_pages import ReadingPages
from qualcode.ui.widgets.reading_pane import ReadingPane
from qualcode.ui.widgets.reading_person import ReadingPerson
from qualcode.ui.workspace import Workspace


class ReadingSide(QTabWidget):
    """Speaks of the transcript that is active. Turns to the notes when one is chosen in the margin."""

    place_wanted = Signal(object, object)
    """A TranscriptId and the Span in it that shall be shown, at once."""

    def __init__(self, workspace: Workspace, desk: ReadingDesk, pages: ReadingPages) -> None:
        super().__init__()
        self._desk, self._pages = desk, pages
        self.setDocumentMode(True)
        self.setAccessibleName("Person, notes")
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setUsesScrollButtons(False)
        self.person = ReadingPerson(workspace)
        self.notes = ReadingNotes()
        for scrolling in (self.person, self.notes.list):
            scrolling.setMinimumHeight(theme.px(30))
        self.addTab(self.person, "Person")
        self.addTab(self.notes, "Notes")
        self.notes.opened.connect(lambda note: self._page_of(note).reveal_note(note.key))
        self.notes.edit_wanted.connect(lambda note: self._page_of(note).edit_note(note.key))
        self.notes.remove_wanted.connect(self._remove)
        self.notes.scope_chosen.connect(self.show_notes)
        for pane in pages.both:
            pane.note_chosen.connect(self._choose)
            pane.view.about = desk.about
            pane.view.voice_reached.connect(self.person.show_person)

    def show_person(self) -> None:
        """Show who is heard in the interview that is read."""
        interview = self._pages.active.interview
        if interview is not None:
            self.person.show_interview(interview, self._desk.interviews)

    def show_notes(self) -> None:
        """Show what stands beside the transcripts, in their margins and as a list."""
        for pane in self._pages.both:
            if pane.transcript is None:
                continue
            notes = self._desk.notes(pane.transcript)
            pane.view.show_notes(notes)
            if pane is self._pages.active:
                self.setTabText(1, f"Notes {len(notes)}" if notes else "Notes")
                if not self.notes.of_all:
                    self.notes.show_notes(notes, pane.view.words, pane.view.line_of)
        if self.notes.of_all:
            self.notes.show_all([(interview.title, notes) for interview, notes in self._desk.all_notes()])

    # --- within ---

    def _page_of(self, note: Note) -> ReadingPane:
        """The transcript that a note stands beside, on the screen."""
        there = self._pages.active.transcript
        if note.transcript_id is not None and (there is None or note.transcript_id != there.id):
            self.place_wanted.emit(note.transcript_id, note.span)
        return self._pages.active

    def _remove(self, note: Note) -> None:
        pane = self._page_of(note)
        pane.choose_note(note.key)
        pane.remove_note()

    def _choose(self, key: str) -> None:
        """Show which note is meant; with no key none is."""
        self.notes.choose(key)
        if key:
            self.setCurrentWidget(self.notes)
