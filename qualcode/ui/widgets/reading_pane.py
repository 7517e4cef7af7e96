"""One transcript that is read: its head, the page, marks and notes on it, and how far the reader has come."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QMenu, QPushButton

from qualcode.core import spans
from qualcode.core.rows import InterviewRow, TranscriptRow
from qualcode.core.values import InterviewId, MemoId, Span
from qualcode.ui import theme
from qualcode.ui.hints import printed
from qualcode.ui.mask import HIDDEN, READ_ONLY
from qualcode.ui.widgets.basics import column, line
from qualcode.ui.widgets.correct_words import correct_words
from qualcode.ui.widgets.notes import Note, NoteKind
from qualcode.ui.widgets.reading_head import ReadingFoot, ReadingHead
from qualcode.ui.widgets.reading_view import ReadingView
from qualcode.ui.workspace import Workspace

REST_MS = 3_000
"""A page that rested so long was read."""
CUT_LINES = 2
"""Turning a page leaves out, at most, the lines that the edge of the screen cuts on both pages."""
ASK_FOR_WORDS = "Select some words of the transcript first."


class ReadingPane(QFrame):
    """The reader's acts on one transcript. Where the reader is, is kept while the page rests."""

    entered = Signal()
    close_wanted = Signal()
    next_wanted = Signal()
    read_wanted = Signal(object, bool)
    """An InterviewId, and whether it shall count as read to its end."""
    reached = Signal(object, int)
    """An InterviewId and the furthest code point, which has been kept."""
    note_chosen = Signal(str)
    words_wanted = Signal(str)
    """Words to be looked for in all transcripts."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self._workspace = workspace
        self.interview: InterviewRow | None = None
        self.transcript: TranscriptRow | None = None
        self.is_read = False
        self.chosen_note = ""
        self._reached = self._kept = 0
        self._scrolled = False
        self._tops: dict[InterviewId, int] = {}
        self._rest = QTimer(self, interval=REST_MS, singleShot=True)
        self._rest.timeout.connect(self._keep_place)
        self.view = ReadingView(workspace.mask)
        self.view.setMinimumHeight(theme.px(44))
        self.head = ReadingHead()
        self.foot = ReadingFoot()
        self.view.set_foot(self.foot)
        self.setLayout(column(self.head, line(), self.view, gap=0))
        self._connect()

    # --- what is shown ---

    def show_interview(
        self,
        interview: InterviewRow,
        transcript: TranscriptRow,
        names: Sequence[str],
        reached: int,
        is_read: bool,
        *,
        at: Span | None = None,
        top: int | None = None,
    ) -> None:
        """Show an interview where the reader left it; the same one anew keeps its place.

        Or ``at`` a passage, or with the line at the top of the page that holds the code point ``top``.
        """
        same = self.interview is not None and self.interview.id == interview.id and transcript == self.transcript
        anew = not same or self.view.is_stale
        if anew:
            self.leave()
        self.interview, self.transcript = interview, transcript
        self._kept = min(reached, len(transcript.text))
        self._reached = self._kept if anew else max(self._reached, self._kept)
        self.head.show_interview(interview)
        self.show_read(is_read)
        self.view.setAccessibleName(f"Transcript {interview.title}")
        if anew:
            self.choose_note("")
            self.view.show_transcript(transcript, lambda number: names[number])
        if top is not None:
            self._tops[interview.id] = top
        if anew or at is not None or top is not None:
            QTimer.singleShot(0, self, lambda: self._return_to(interview.id, at))

    def show_read(self, is_read: bool) -> None:
        self.is_read = is_read
        self.head.show_read(is_read)
        self.foot.show_read(is_read)

    @property
    def done(self) -> QPushButton:
        """The button that says, and takes back, that the interview was read."""
        return self.head.done

    def choose_note(self, key: str) -> None:
        """Point to one note, in the margin and in the text."""
        self.chosen_note = key
        note = self._note(key)
        assert self.view.margin is not None
        self.view.margin.choose(key)
        self.view.preview(note.span if note and note.span and len(note.span) else None)

    def reveal_note(self, key: str) -> None:
        self.choose_note(key)
        note = self._note(key)
        if note is not None and note.span is not None:
            self.view.reveal(note.span, select=False)

    def leave(self) -> None:
        """Keep what is under way: the note that is being typed, the place where the reader is."""
        assert self.view.margin is not None
        self.view.margin.keep()
        if self.interview is not None:
            self._tops[self.interview.id] = self.view.visible_span().start
        if self._rest.isActive() and self._scrolled:
            self._keep_place()
        self._rest.stop()
        self._scrolled = False

    def forget(self) -> None:
        """Show nothing and remember nothing: another project is open."""
        self._rest.stop()
        self.interview = self.transcript = None
        self._tops.clear()

    # --- acts ---

    def mark(self) -> None:
        """Mark the passage as important, or take that very mark away."""
        span = self._passage()
        if span is None or self.transcript is None:
            self._workspace.refused.emit(ASK_FOR_WORDS)
            return
        known = next((n for n in self.view.notes if n.span == span and n.kind is NoteKind.MARK), None)
        if known is not None:
            self._remove(known)
            return
        project, transcript_id = self._workspace.project, self.transcript.id
        if self._workspace.attempt(lambda: project.memos.mark(transcript_id, span)) is not None:
            self._workspace.said.emit(f"Marked “{_short(self.view.words(span))}”")

    def note(self) -> None:
        """Type a note beside the passage; on a mark or note that is there, go on with that one."""
        assert self.view.margin is not None
        there = self.view.note_here()
        span = self._passage()
        if there is not None and there.span is not None and (self.view.selected_span() is None or there.span == span):
            self.edit_note(there.key)
        elif span is not None:
            self.view.margin.begin(span)
        else:
            self._workspace.refused.emit(ASK_FOR_WORDS)

    def edit_note(self, key: str) -> None:
        """Open the field for this note in the margin."""
        note = self._note(key)
        if note is None or note.span is None or not note.is_mine:
            return
        if not note.can_be_edited:
            self._workspace.refused.emit(printed.fill(READ_ONLY))
        else:
            self.reveal_note(key)
            assert self.view.margin is not None
            self.view.margin.begin(note.span, note)

    def remove_note(self) -> None:
        """Take away the note that is chosen, or else the one at the caret."""
        note = self._note(self.chosen_note) or self.view.note_here()
        if note is not None and note.is_mine:
            self._remove(note)

    def toggle_read(self) -> None:
        if self.interview is not None:
            self.read_wanted.emit(self.interview.id, not self.is_read)

    # --- within ---

    def _connect(self) -> None:
        view = self.view
        assert view.margin is not None
        view.entered.connect(self.entered)
        view.copy_wanted.connect(self._copy)
        view.seen.connect(self._see)
        view.laid_out.connect(self._see_anew)
        view.mark_wanted.connect(lambda: self._on_single_key(self.mark))
        view.note_wanted.connect(lambda: self._on_single_key(self.note))
        view.remove_wanted.connect(self.remove_note)
        view.next_wanted.connect(self.next_wanted)
        self.foot.next_wanted.connect(self.next_wanted)
        self.foot.read_wanted.connect(self.toggle_read)
        self.head.read_wanted.connect(self.toggle_read)
        self.head.close_wanted.connect(self.close_wanted)
        view.margin.chosen.connect(self._chosen)
        view.margin.written.connect(self._written)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(lambda at: self.menu().exec(view.viewport().mapToGlobal(at)))

    def _on_single_key(self, act: Callable[[], None]) -> None:
        if self._workspace.preferences.single_keys:
            act()

    def _passage(self) -> Span | None:
        """What is meant, drawn to words or sentences as preferred."""
        span = self.view.passage()
        if span is None or self.transcript is None:
            return None
        snap = spans.Snap(self._workspace.preferences.snap)
        return spans.snap(self.transcript.text, span, snap, self.transcript.turns)

    def _note(self, key: str) -> Note | None:
        return next((note for note in self.view.notes if note.key == key), None) if key else None

    def _chosen(self, key: str) -> None:
        self.choose_note(key)
        self.note_chosen.emit(key)

    def _remove(self, note: Note) -> None:
        words = "Unmark passage" if note.kind is NoteKind.MARK else "Delete margin note"
        project = self._workspace.project

        def act() -> None:
            with project.step(words):
                project.memos.remove(MemoId(note.key))

        self.choose_note("")
        self._workspace.attempt(act)

    def _written(self, span: Span, key: str, words: str) -> None:
        """Keep what was typed in the margin, if it says something new."""
        known = self._note(key)
        before = known.text.strip() if known else ""
        if words == before or self.transcript is None or not self._workspace.is_open:
            return
        project, transcript_id = self._workspace.project, self.transcript.id

        def act() -> None:
            with project.step("Edit margin note" if before else "Write margin note"):
                if known is None:
                    project.memos.mark(transcript_id, span, words)
                else:
                    project.memos.edit(MemoId(key), words)

        if known is not None and not words:
            self._remove(known)
        else:
            self._workspace.attempt(act)

    # --- within: where the reader is ---

    def _see(self, shown: Span) -> None:
        """Count as seen what follows on from what was seen before; a jump ahead does not."""
        self.head.show_line(self.view.line_of(shown.start), len(self.view.lines))
        number = self.view.line_of
        if self._reached < shown.end and number(shown.start) <= number(self._reached) + CUT_LINES:
            self._reached = shown.end
        self._scrolled = True
        self._rest.start()

    def _see_anew(self, shown: Span) -> None:
        """The page was laid out again: what rests there is read, but nothing was scrolled."""
        scrolled = self._scrolled
        self._see(shown)
        self._scrolled = scrolled

    def _keep_place(self) -> None:
        interview = self.interview
        if interview is None or self._reached <= self._kept or not self._workspace.is_open:
            return
        self._kept = reached = self._reached
        self._workspace.attempt(lambda: self._workspace.project.readings.reach(interview.id, reached))
        self.reached.emit(interview.id, reached)

    def _return_to(self, interview_id: InterviewId, at: Span | None) -> None:
        """Scroll to a passage, or to where the reader was: in this session, or when last reading on."""
        if self.interview is None or self.interview.id != interview_id:
            return
        if at is not None:
            self.view.reveal(at)
        elif interview_id in self._tops:
            self.view.show_from(self._tops[interview_id])
        elif self._reached and not self.is_read:
            below = self.view.top_at(self._reached) - self.view.viewport().height()
            self.view.verticalScrollBar().setValue(round(below) + theme.px(self.view.dress.size * 2))
        self._see_anew(self.view.visible_span())

    def menu(self) -> QMenu:
        """The acts on what is selected, for a click of the right button or the menu key."""
        menu = QMenu(self)
        selected, there = self.view.selected_span(), self.view.note_here()
        menu.addAction(printed.beside("Mark as important", "familiarise.mark_here"), self.mark)
        menu.addAction(printed.beside("Note in the margin", "familiarise.note_here"), self.note)
        menu.addAction(printed.beside("Remove mark or note", "familiarise.remove_here"), self.remove_note).setEnabled(
            there is not None
        )
        menu.addSeparator()
        menu.addAction(
            printed.beside("Find these words everywhere", "familiarise.words"), self.find_selected
        ).setEnabled(selected is not None)
        menu.addAction("Show in Code", self._show_in_code)
        plain = selected is not None and not self.view.is_masked
        menu.addAction("Correct words…", self.correct_words).setEnabled(plain)
        menu.addAction("Copy\tCtrl+C", self.view.copy).setEnabled(selected is not None)
        menu.addAction("Copy as it was said…", self.copy_original).setEnabled(selected is not None)
        return menu

    def find_selected(self) -> None:
        """Look for the selected words in all transcripts."""
        selected = self.view.selected_span()
        if selected is not None and self.transcript is not None:
            said, shown = selected.of(self.transcript.text), self.view.words(selected)
            if shown == said:
                self.words_wanted.emit(" ".join(said.split()))
            else:
                self._workspace.refused.emit(printed.fill(HIDDEN))

    def correct_words(self) -> None:
        """Mend the selected words where they stand."""
        selected = self.view.selected_span()
        if selected is not None and self.transcript is not None:
            correct_words(self._workspace, self.view, self.transcript, selected, lambda _, span: self.view.select(span))

    def copy_original(self) -> None:
        """Copy the selected words as they were said, for a reason that is logged."""
        selected = self.view.selected_span()
        if selected is not None and self.transcript is not None:
            self._workspace.clipboard.copy_original(self.transcript.id, selected)

    def _copy(self, span: Span) -> None:
        if self.transcript is not None:
            self._workspace.clipboard.copy(self.transcript.id, span)

    def _show_in_code(self) -> None:
        if self.transcript is not None:
            self._workspace.show_place(self.transcript.id, self.view.selected_span())


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 40 else words[:39].rstrip() + "…"
