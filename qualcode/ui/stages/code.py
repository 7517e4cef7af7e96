"""The Code stage: transcript in the middle, codebook on one side, suggestions and the segment on the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QTabWidget, QVBoxLayout, QWidget

from qualcode.core.rows import CodeRow, InterviewRow, ThemeRow, TranscriptRow
from qualcode.core.spans import Snap
from qualcode.core.values import Change, CodeId, InterviewId, Span, TranscriptId
from qualcode.ui.code_questions import CodeQuestions
from qualcode.ui.coding_desk import CodingDesk
from qualcode.ui.coding_margin import CodingMargin
from qualcode.ui.names import speaker_names
from qualcode.ui.stages.stage import Stage
from qualcode.ui.widgets.basics import Elided, button, column, empty, line, panel, row
from qualcode.ui.widgets.codebook import CodebookPanel
from qualcode.ui.widgets.coding_menu import open_coding_menu, open_stripe_menu
from qualcode.ui.widgets.coding_options import coding_options
from qualcode.ui.widgets.coding_view import CodingView
from qualcode.ui.widgets.correct_words import correct_words
from qualcode.ui.widgets.dress import Dress
from qualcode.ui.widgets.dress_panel import DressPanel
from qualcode.ui.widgets.giving_way import GivingWay
from qualcode.ui.widgets.interview_picker import InterviewPicker
from qualcode.ui.widgets.palette import CodePalette
from qualcode.ui.widgets.panes import Panes
from qualcode.ui.widgets.person import PersonPanel
from qualcode.ui.widgets.search_drawer import SearchDrawer
from qualcode.ui.widgets.segment import WEIGHTS, SegmentPanel
from qualcode.ui.widgets.suggestions_pane import SuggestionsPane
from qualcode.ui.workspace import Workspace

STRUCTURE = ("transcript", "speaker", "turn", "interview", "interview_participant", "participant", "attribute")


class CodeStage(Stage):
    """Select words, press a letter or Return, choose or name a code; choose a segment, and keys are about it."""

    key = "code"
    title = "Code"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._interviews: list[InterviewRow] = []
        self._row: TranscriptRow | None = None
        self._codes: dict[CodeId, CodeRow] = {}
        self._places: dict[InterviewId, tuple[int, int]] = {}
        """Of each interview shown before: the code points of its topmost line and of the caret."""
        self.codebook = CodebookPanel(workspace)
        self.picker = InterviewPicker()
        self.view = CodingView(workspace.mask)
        self.segment = SegmentPanel(workspace)
        self.person = PersonPanel(workspace)
        self.palette_ = CodePalette(self)
        self.search = SearchDrawer(workspace)
        self.margin = CodingMargin(workspace, self.view, self.codebook)
        self.coded = self.margin.coded
        self.desk = CodingDesk(workspace, self.view.selected_span, lambda: self.view.chosen_stripe, self.coded)
        self.questions = CodeQuestions(workspace, self.view, self.desk, self.palette_)
        self.suggested = SuggestionsPane(workspace, self.view, self.desk, self.questions)
        self.suggestions = self.suggested.list
        self._facts = Elided()
        self.dress = DressPanel(self, workspace.preferences, codes=False)
        self._side = self._make_side()
        self._panes = Panes(
            self.codebook,
            self._make_middle(),
            self._side,
            key="code",
            names=("Codebook", "Transcript", "Suggestions and segment"),
            preferences=workspace.preferences,
            sizes=(252, 650, 290),
        )
        self._empty = empty(
            "Transcripts that you import are coded here.",
            button("Import transcripts", lambda: workspace.stage_asked.emit("prepare"), "Primary"),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._panes)
        layout.addWidget(self._empty)
        self._connect()
        self._bind_keys()

    # --- Stage ---

    def load(self) -> None:
        self._interviews = self.workspace.mask.rows(self.workspace.project.transcripts.interviews())
        there = bool(self._interviews)
        self._panes.setVisible(there)
        self._empty.setVisible(not there)
        self._load_codes()
        self._row = self.desk.row = None
        self.desk.masked = self.workspace.mask.words
        self.search.load()
        if there:
            current = self.workspace.interview_id
            self.picker.show_interviews(self._interviews, current)
            known = {i.id for i in self._interviews}
            self.show_interview(current if current in known else self._interviews[0].id)

    def react(self, change: Change) -> None:
        self.search.react(change)
        if self._row is None or change.touches(*STRUCTURE):
            self.load()
            return
        if change.touches("code", "theme", "coder"):
            self._load_codes()
        self.margin.follow(change)
        if change.touches("suggestion", "code"):
            self.suggested.refresh()

    def panes(self) -> list[QWidget]:
        return [self.codebook.tree, self.codebook.drawer, self.view, self.search, self._side]

    def tools(self) -> list[QWidget]:
        return [
            button("Find", self.search.find_words, tip="Find words in all transcripts ({code.find})", icon="search"),
            button(
                "Next uncoded", self.margin.next_uncoded, tip="Select the next passage without a code ({code.uncoded})"
            ),
            coding_options(self.workspace),
        ]

    def home(self) -> QWidget | None:
        return self.view if self.view.isVisible() else super().home()

    # --- what is shown ---

    def show_interview(self, interview_id: InterviewId) -> None:
        interview = next(i for i in self._interviews if i.id == interview_id)
        self._remember_place()
        self.workspace.interview_id = interview_id
        self.picker.show_current(interview_id)
        self._row = self.desk.row = transcript = self.workspace.project.transcripts.get(interview.transcript_id)
        names = speaker_names(transcript, self.workspace.project.people.all())
        self.view.show_transcript(transcript, lambda i: names[i])
        self.view.setAccessibleName(f"Transcript {interview.title}")
        facts = [
            interview.held_on and f"{interview.held_on:%d %b %Y}".lstrip("0"),
            _minutes(interview.duration_seconds),
        ]
        self._facts.setText(" · ".join(f for f in facts if f))
        self.margin.show(transcript)
        self._head.give_way()
        self.suggested.refresh()
        self.person.show_people(interview.participant_ids)
        self._find_place()

    def show_place(self, transcript_id: TranscriptId, span: Span | None) -> None:
        """Show a passage of a transcript, wherever the analyst came from."""
        for interview in self._interviews:
            if interview.transcript_id == transcript_id:
                self.show_interview(interview.id)
                if span is not None:
                    self.view.reveal(span)
                self.view.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._wear(Dress.preferred(self.workspace.preferences))

    # --- acts ---

    def write_memo(self) -> None:
        """Go to the memo of the chosen segment."""
        self._side.setCurrentWidget(self.segment)
        if self.desk.chosen():
            self.segment.memo.moveCursor(QTextCursor.MoveOperation.End)
            self.segment.memo.setFocus()
        else:
            self.view.setFocus()

    def split(self) -> None:
        """Part the chosen segment in two where the caret stands, or where the words selected in it begin."""
        selected = self.view.selected_span()
        self.desk.split(selected.start if selected else self.view.caret())

    def show_otherwise(self) -> None:
        """Show the transcript as it reads anonymised, or as it was said; what is coded there is the same."""
        self.load()

    def find_everywhere(self) -> None:
        """Find the words that are meant in all transcripts."""
        self.search.find_words(self.desk.words())

    def copy_original(self) -> None:
        """Copy the selected words as they were said, for a reason that is logged."""
        selected = self.view.selected_span()
        if selected is not None and self._row is not None:
            self.workspace.clipboard.copy_original(self._row.id, selected)

    def correct_words(self) -> None:
        """Mend the selected words of the transcript where they stand."""
        selected = self.view.selected_span()
        if selected is not None and self._row is not None:
            correct_words(self.workspace, self.view, self._row, selected, self.show_place)

    # --- within: building ---

    def _make_middle(self) -> QFrame:
        look = button("Aa", lambda: self.dress.open_under(look), "Flat", tip="How the page looks: letters, lines")
        look.setAccessibleName("How the page looks")
        filter_ = self.margin.filter
        told = (self.margin.facts, self._facts)
        head = row(self.picker, self._facts, self.margin.facts, look, filter_.button, margin=8, gap=10)
        self._head = GivingWay(head, told)
        return panel(column(self._head, line(), filter_, self.search.under(self.view), gap=0))

    def _make_side(self) -> QTabWidget:
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.addTab(self.suggested, "Suggestions")
        tabs.addTab(self.segment, "Segment")
        tabs.addTab(self.person, "Person")
        tabs.setAccessibleName("Suggestions, segment, person")
        return tabs

    def _connect(self) -> None:
        self.picker.chosen.connect(self.show_interview)
        self.dress.dressed.connect(self._wear)
        self.codebook.code_activated.connect(self.desk.apply)
        self.codebook.model.text_dropped.connect(self._words_dropped)
        self.margin.refreshed.connect(lambda: self._choose_segment(self.view.chosen_stripe, open_tab=False))
        self.desk.coded.connect(self._follow_coded)
        self.suggested.counted.connect(self._say_how_many)
        self.view.copy_wanted.connect(self._copy)
        self.view.typed.connect(self.questions.typed)
        self.view.end_stepped.connect(self.desk.step_end)
        self.view.end_dragged.connect(self.desk.drag_end)
        self.view.codes_dropped.connect(self.desk.give_all)
        self.view.handles.drawn = self.desk.drawn
        self.view.passage_at = self.desk.passage_at
        self.view.stripe_chosen.connect(self._choose_segment)
        self.view.stripe_opened.connect(self._open_segment)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(lambda at: open_coding_menu(self, at))
        self.view.stripe_menu_wanted.connect(lambda key, at: open_stripe_menu(self, key, at))
        self.segment.recode_wanted.connect(lambda: self.questions.ask_for_segment(self.desk.recode))
        self.segment.copy_wanted.connect(lambda: self.questions.ask_for_segment(self.desk.copy))
        self.segment.split_wanted.connect(self.split)
        self.segment.join_wanted.connect(self.desk.join)
        self.segment.uncode_wanted.connect(self.desk.uncode)
        self.workspace.leaving.connect(self.segment.keep)
        self.segment.other_wanted.connect(self._choose_other)
        self.segment.text_wanted.connect(self.view.setFocus)

    def _bind_keys(self) -> None:
        keys = self.workspace.keys
        everywhere: dict[str, Callable[[], object]] = {
            "previous": lambda: self.picker.step(-1),
            "next": lambda: self.picker.step(1),
            "ask": self.questions.ask,
            "in_vivo": self.desk.apply_in_vivo,
            "repeat": self.desk.repeat,
            "new": self.codebook.new_code,
            "suggest": self.suggested.suggest,
            "find": self.find_everywhere,
            "retrieve": self.search.find_segments,
            "uncoded": self.margin.next_uncoded,
            "filter": self.margin.filter.button.showMenu,
        }
        in_text: dict[str, Callable[[], object]] = {
            "sentence": partial(self.questions.ask_for_unit, Snap.SENTENCE),
            "turn": partial(self.questions.ask_for_unit, Snap.TURN),
            "recode": partial(self.questions.ask_for_segment, self.desk.recode),
            "copy": partial(self.questions.ask_for_segment, self.desk.copy),
            "split": self.split,
            "join": self.desk.join,
            "memo": self.write_memo,
            "uncode": self.desk.uncode,
            **{f"weight_{weight}": partial(self.desk.weigh, weight) for weight in range(len(WEIGHTS))},
        }
        keys.bind(self, self.key, everywhere)
        keys.bind(self.view, self.key, in_text, Qt.ShortcutContext.WidgetShortcut)

    # --- within: loading ---

    def _load_codes(self) -> None:
        mask, project = self.workspace.mask, self.workspace.project
        codes, themes = mask.rows(project.codebook.all()), mask.rows(project.themes.all())
        self._codes = self.desk.codes = {code.id: code for code in codes}
        self.margin.know(self._codes, themes)
        self.codebook.show_codes(themes, codes)
        self.palette_.show_codes(codes, themes)

    def _say_how_many(self, waiting: int) -> None:
        self._side.setTabText(0, f"Suggestions {waiting}" if waiting else "Suggestions")

    # --- within: where the analyst was in each interview ---

    def _remember_place(self) -> None:
        if self.view.original is not None:
            top = self.view.original_at(self.view.visible_span().start)
            self._places[self.view.original.interview_id] = (top, self.view.caret())

    def _find_place(self) -> None:
        """Go on where the analyst was in the interview shown, if it was shown before."""
        if self._row is not None and self._row.interview_id in self._places:
            top, caret = self._places[self._row.interview_id]
            self.view.stand_before(caret, top)

    # --- within: following ---

    def _follow_coded(self, segment_id: str) -> None:
        self.view.stand_at("" if self.coded.hidden(segment_id) else segment_id)
        self._choose_segment(self.view.chosen_stripe, open_tab=not self.suggestions.hasFocus())

    def _wear(self, dress: Dress) -> None:
        """Set the page as the reader likes it; what is coded is always shown here."""
        self.view.set_dress(replace(dress, codes=True))

    def _choose_segment(self, key: str, *, open_tab: bool = True) -> None:
        segment = self.coded.get(key)
        code = self._codes.get(segment.code_id) if segment else None
        where, also = "", self.view.beside_chosen()
        if segment is not None:
            line = f"Line {self.view.line_of(segment.span.start)}"
            where = " · ".join(part for part in (line, self.margin.coder_of(segment)) if part)
        self.segment.show_segment(self.workspace.mask.row(segment) if segment else None, code, where, also)
        if segment is not None and open_tab:
            self._side.setCurrentWidget(self.segment)

    def _choose_other(self, key: str) -> None:
        self.view.stand_at(key)
        self._choose_segment(key)

    def _copy(self, span: Span) -> None:
        if self._row is not None:
            self.workspace.clipboard.copy(self._row.id, span)

    def _words_dropped(self, on: CodeRow | ThemeRow | None) -> None:
        if isinstance(on, CodeRow):
            self.view.setFocus()
            self.desk.apply(on.id)
        else:
            self.questions.ask_name(on)

    def _open_segment(self, key: str) -> None:
        segment = self.coded.get(key)
        if segment is not None:
            self.codebook.choose(segment.code_id)


def _minutes(seconds: int | None) -> str:
    return f"{round(seconds / 60)} min" if seconds else ""
