"""The Code stage: transcript in the middle, codebook on one side, suggestions and the segment on the other."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QInputDialog, QMenu, QTabWidget, QToolButton, QVBoxLayout, QWidget

from qualcode.core import spans
from qualcode.core.rows import CodeRow, InterviewRow, SegmentRow, SuggestionRow, TranscriptRow
from qualcode.core.values import Change, CodeId, InterviewId, Role, Span, ThemeId, TranscriptId
from qualcode.ui import suggesting
from qualcode.ui.coding_desk import NOTHING_SELECTED, CodingDesk
from qualcode.ui.stages.stage import Stage
from qualcode.ui.widgets.anonymity_view import MaskableTranscript
from qualcode.ui.widgets.basics import Elided, Panes, button, chip, column, empty, icon_button, label, line, panel, row
from qualcode.ui.widgets.codebook import CodebookPanel
from qualcode.ui.widgets.interview_picker import InterviewPicker
from qualcode.ui.widgets.palette import CodePalette
from qualcode.ui.widgets.person import PersonPanel
from qualcode.ui.widgets.segment import SegmentPanel
from qualcode.ui.widgets.stripes import Stripe
from qualcode.ui.widgets.suggestion_list import SuggestionList
from qualcode.ui.workspace import Workspace

REGISTER = ("identifier", "identifier_form", "mention")
STRUCTURE = ("transcript", "speaker", "turn", "interview", "interview_participant", "participant", "attribute")


class CodeStage(Stage):
    """Select words, press a letter or Return, choose or name a code."""

    key = "code"
    title = "Code"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._interviews: list[InterviewRow] = []
        self._row: TranscriptRow | None = None
        self._codes: dict[CodeId, CodeRow] = {}
        self._for_suggestion: SuggestionRow | None = None
        self.codebook = CodebookPanel()
        self.picker = InterviewPicker()
        self.view = MaskableTranscript()
        self.suggestions = SuggestionList()
        self.segment = SegmentPanel(workspace)
        self.person = PersonPanel(workspace)
        self.palette_ = CodePalette(self)
        self.desk = CodingDesk(workspace, self.view.selected_span)
        self._facts = chip("")
        self._coded = Elided()
        self.anonymised = self._make_switch()
        self._suggest_state = label("", "Secondary", wrap=True)
        self._side = self._make_side()
        self._panes = Panes(
            self.codebook,
            self._make_middle(),
            self._side,
            key="code",
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
        self._interviews = self.workspace.project.transcripts.interviews()
        there = bool(self._interviews)
        self._panes.setVisible(there)
        self._empty.setVisible(not there)
        self._load_codes()
        self._row = self.desk.row = None
        self._renew_guard()
        if there:
            current = self.workspace.interview_id
            self.picker.show_interviews(self._interviews, current)
            known = {i.id for i in self._interviews}
            self.show_interview(current if current in known else self._interviews[0].id)

    def react(self, change: Change) -> None:
        if self._row is None or change.touches(*STRUCTURE):
            self.load()
            return
        if change.touches(*REGISTER) and self.anonymised.isChecked():
            self.show_anonymised(True)
        if change.touches("code", "theme"):
            self._load_codes()
        elif change.touches("segment"):
            self._update_counts()
        if change.touches("segment", "code", "memo"):
            self._show_segments()
        if change.touches("suggestion", "code"):
            self._show_suggestions()

    def panes(self) -> list[QWidget]:
        return [self.codebook.tree, self.view, self._side]

    # --- what is shown ---

    def show_interview(self, interview_id: InterviewId) -> None:
        interview = next(i for i in self._interviews if i.id == interview_id)
        self.workspace.interview_id = interview_id
        self.picker.show_current(interview_id)
        self._row = self.desk.row = transcript = self.workspace.project.transcripts.get(interview.transcript_id)
        names = self._speaker_names(transcript)
        self.view.show_transcript(transcript, lambda i: names[i])
        self.view.setAccessibleName(f"Transcript {interview.title}")
        facts = [
            interview.held_on and f"{interview.held_on:%d %b %Y}".lstrip("0"),
            _minutes(interview.duration_seconds),
        ]
        self._facts.setText(" · ".join(f for f in facts if f))
        self._facts.setVisible(bool(self._facts.text()))
        self._show_segments()
        self._show_suggestions()
        self.person.show_people(interview.participant_ids)

    def show_place(self, transcript_id: TranscriptId, span: Span | None) -> None:
        """Show a passage of a transcript, wherever the analyst came from."""
        for interview in self._interviews:
            if interview.transcript_id == transcript_id:
                self.show_interview(interview.id)
                if span is not None:
                    self.view.reveal(span)
                self.view.setFocus()

    # --- acts ---

    def ask_code(self, typed: str = "") -> None:
        """Open the palette at the selection, with what was typed so far."""
        span = self.desk.span()
        if span is None:
            self.workspace.refused.emit(NOTHING_SELECTED)
        else:
            self._open_palette(self.view.place_of(span), self.desk.words(), typed)

    def new_code(self) -> None:
        """Ask for a name and make the code, applied to nothing."""
        name, given = QInputDialog.getText(self, "New code", "Name of the code")
        if given and name.strip():
            self.workspace.attempt(lambda: self.workspace.project.codebook.add(name))

    def uncode(self) -> None:
        """Take the chosen segment away."""
        self.desk.uncode(self.view.chosen_stripe)

    def suggest(self) -> None:
        """Look for suggestions for the interview shown, on a worker."""
        if self._row is not None:
            self._suggest_state.setText("Looking for suggestions …")
            suggesting.start(self.workspace, [self._row.id])

    def show_anonymised(self, wanted: bool) -> None:
        """Show the transcript as it reads anonymised, or as it was said; what is coded there is the same."""
        self._renew_guard()
        if self._row is not None:
            at = self.view.caret()
            self.show_interview(self._row.interview_id)
            self.view.reveal(Span(at, at), select=False)

    # --- within: building ---

    def _make_switch(self) -> QToolButton:
        switch = icon_button("Show anonymised", "mask", lambda: None, tip="Show anonymised (Ctrl+Shift+A)")
        switch.setCheckable(True)
        switch.toggled.connect(self.show_anonymised)
        return switch

    def _renew_guard(self) -> None:
        from qualcode.guard import Guard

        self.view.guard = Guard(self.workspace.project) if self.anonymised.isChecked() else None

    def _make_middle(self) -> QFrame:
        head = panel(row(self.picker, self._facts, self._coded, self.anonymised, margin=8, gap=10))
        return panel(column(head, line(), self.view, gap=0))

    def _make_side(self) -> QTabWidget:
        hint = Elided("A take · C other code · X no")
        again = button("Suggest", self.suggest, tip="Look for passages in this interview (Ctrl+J)")
        found = column(panel(row(again, None, hint, margin=8)), self._suggest_state, self.suggestions, gap=0)
        self._suggest_state.setContentsMargins(12, 8, 12, 8)
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.addTab(panel(found), "Suggestions")
        tabs.addTab(self.segment, "Segment")
        tabs.addTab(self.person, "Person")
        tabs.setAccessibleName("Suggestions, segment, person")
        return tabs

    def _connect(self) -> None:
        self.picker.chosen.connect(self.show_interview)
        self.codebook.code_activated.connect(self.desk.apply)
        self.codebook.new_wanted.connect(self.new_code)
        self.codebook.model.text_dropped.connect(lambda code: self.desk.apply(code) if code else self.ask_code())
        self.codebook.model.gathered.connect(self._codes_dropped)
        self.codebook.model.nested.connect(self._code_dropped_on_code)
        self.palette_.code_chosen.connect(self._palette_chose)
        self.palette_.name_given.connect(self._palette_named)
        self.palette_.closed.connect(self._palette_closed)
        self.desk.coded.connect(self._follow_coded)
        self.workspace.operations.ended.connect(lambda *_: self._show_suggestions())
        self.view.typed.connect(self._typed)
        self.view.stripe_chosen.connect(self._choose_segment)
        self.view.stripe_opened.connect(self._open_segment)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._context_menu)
        self.suggestions.chosen.connect(self._preview)
        self.suggestions.taken.connect(self._take)
        self.suggestions.refused.connect(self._refuse)
        self.suggestions.recode_wanted.connect(self._take_with_other_code)
        self.segment.recode_wanted.connect(self._recode)
        self.segment.uncode_wanted.connect(self.uncode)

    def _bind_keys(self) -> None:
        for keys, act in (
            ("Ctrl+PgUp", lambda: self.picker.step(-1)),
            ("Ctrl+PgDown", lambda: self.picker.step(1)),
            ("Ctrl+K", self.ask_code),
            ("Ctrl+I", self.desk.apply_in_vivo),
            ("Ctrl+R", self.desk.repeat),
            ("Ctrl+Shift+N", self.new_code),
            ("Ctrl+J", self.suggest),
            ("Ctrl+Shift+A", self.anonymised.toggle),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.view)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.uncode)

    # --- within: loading ---

    def _load_codes(self) -> None:
        codes = self.workspace.project.codebook.all()
        self._codes = self.desk.codes = {code.id: code for code in codes}
        self.desk.recent = [c for c in self.desk.recent if c in self._codes]
        self.codebook.show_codes(self.workspace.project.themes.all(), codes)

    def _update_counts(self) -> None:
        counts = self.workspace.project.codebook.counts()
        self.codebook.model.update_counts({c: counts.get(c, (0, 0)) for c in self._codes})

    def _show_segments(self) -> None:
        if self._row is None:
            return
        segments = self.workspace.project.coding.of_transcript(self._row.id)
        self.view.set_stripes([self._stripe(s) for s in segments])
        speech = [t.span for t in self._row.turns if self._row.speakers[t.speaker].role is not Role.INTERVIEWER]
        said = sum(map(len, speech))
        share = sum(spans.covered(s, [g.span for g in segments]) for s in speech) / said if said else 0
        count = "1 segment" if len(segments) == 1 else f"{len(segments)} segments"
        self._coded.setText(f"{count} · {share:.0%} coded")
        if self.view.chosen_stripe not in {s.id for s in segments}:
            self.view.choose_stripe("")
        self._choose_segment(self.view.chosen_stripe, open_tab=False)

    def _stripe(self, segment: SegmentRow) -> Stripe:
        code = self._codes[segment.code_id]
        tip = f"{code.name}\n{segment.memo}" if segment.memo else code.name
        return Stripe(segment.id, segment.span, code.colour, code.name, tip)

    def _show_suggestions(self) -> None:
        if self._row is None or not self.workspace.is_open:
            return
        waiting = self.workspace.project.suggestions.open(self._row.id)
        self.suggestions.show_suggestions(waiting, self._codes)
        self._side.setTabText(0, f"Suggestions {len(waiting)}" if waiting else "Suggestions")
        self._suggest_state.setVisible(not waiting)
        self._suggest_state.setText("No suggestions wait here. Suggest looks for passages worth coding.")

    def _speaker_names(self, transcript: TranscriptRow) -> list[str]:
        pseudonyms = {p.id: p.pseudonym for p in self.workspace.project.people.all()}
        names = []
        for speaker in transcript.speakers:
            known = speaker.participant_id and pseudonyms.get(speaker.participant_id)
            interviewer = speaker.role is Role.INTERVIEWER
            names.append("Interviewer" if interviewer else known or speaker.label or "Speaker")
        return names

    # --- within: following ---

    def _typed(self, letter: str) -> None:
        """A key pressed while words are selected: a favourite's number, repeat, or the beginning of a name."""
        single = self.workspace.preferences.single_keys
        if single and letter.isdigit() and self.desk.apply_favourite(int(letter)):
            return
        if single and letter == "." and self.desk.recent:
            self.desk.repeat()
        else:
            self.ask_code(letter.strip("."))

    def _open_palette(self, at: QPoint, words: str, typed: str) -> None:
        self.palette_.ask(at, list(self._codes.values()), self.desk.recent, words, typed)

    def _palette_chose(self, code_id: CodeId) -> None:
        waiting, self._for_suggestion = self._for_suggestion, None
        if waiting is not None:
            self.desk.accept(waiting, code_id)
        else:
            self.desk.apply(code_id)

    def _palette_named(self, name: str) -> None:
        waiting, self._for_suggestion = self._for_suggestion, None
        if waiting is not None:
            self.desk.accept_named(waiting, name)
        else:
            self.desk.apply_named(name)

    def _palette_closed(self) -> None:
        (self.suggestions if self._for_suggestion else self.view).setFocus()

    def _follow_coded(self, segment_id: str) -> None:
        self.view.choose_stripe(segment_id)
        self._choose_segment(segment_id, open_tab=not self.suggestions.hasFocus())

    def _choose_segment(self, key: str, *, open_tab: bool = True) -> None:
        segment = self.desk.segment(key)
        code = self._codes.get(segment.code_id) if segment else None
        where = f"Line {self.view.line_of(segment.span.start)}" if segment else ""
        self.segment.show_segment(segment, code, where)
        if segment is not None and open_tab:
            self._side.setCurrentWidget(self.segment)

    def _open_segment(self, key: str) -> None:
        segment = self.desk.segment(key)
        if segment is not None:
            self.codebook.choose(segment.code_id)

    def _recode(self) -> None:
        menu = QMenu(self)
        for code in self._codes.values():
            menu.addAction(code.name, partial(self.desk.recode, self.view.chosen_stripe, code.id))
        menu.exec(self.segment.mapToGlobal(QPoint(12, 80)))

    def _preview(self, suggestion: SuggestionRow | None) -> None:
        self.view.preview(suggestion.span if suggestion else None)
        if suggestion is not None and self.suggestions.hasFocus():
            self.view.reveal(suggestion.span, select=False)

    def _take(self, suggestion: SuggestionRow) -> None:
        if suggestion.code_id is None:
            self._take_with_other_code(suggestion)
        else:
            self.desk.accept(suggestion, suggestion.code_id)

    def _take_with_other_code(self, suggestion: SuggestionRow) -> None:
        self.view.reveal(suggestion.span, select=False)
        self._for_suggestion = suggestion
        self._open_palette(self.view.place_of(suggestion.span), "", "")

    def _refuse(self, suggestion: SuggestionRow) -> None:
        self.desk.refuse(suggestion)
        self.suggestions.setFocus()

    def _codes_dropped(self, code_ids: list[CodeId], theme_id: ThemeId | None) -> None:
        self.workspace.attempt(lambda: self.workspace.project.themes.gather(code_ids, theme_id))

    def _code_dropped_on_code(self, code_id: CodeId, parent_id: CodeId) -> None:
        self.workspace.attempt(lambda: self.workspace.project.codebook.move(code_id, parent_id))

    def _context_menu(self, at: QPoint) -> None:
        chosen = self.desk.span() is not None
        menu = QMenu(self)
        for words, act, enabled in (
            ("Code…\tReturn", self.ask_code, chosen),
            ("Code in vivo\tCtrl+I", self.desk.apply_in_vivo, chosen),
            ("Repeat last code\t.", self.desk.repeat, chosen and bool(self.desk.recent)),
            ("Uncode\tDel", self.uncode, bool(self.view.chosen_stripe)),
            ("Copy\tCtrl+C", self.view.copy, chosen),
        ):
            entry = menu.addAction(words)
            entry.setEnabled(enabled)
            entry.triggered.connect(lambda _=False, a=act: a())
        if chosen and self.desk.recent:
            menu.addSeparator()
            for code_id in self.desk.recent:
                menu.addAction(self._codes[code_id].name, partial(self.desk.apply, code_id))
        menu.exec(self.view.viewport().mapToGlobal(at))


def _minutes(seconds: int | None) -> str:
    return f"{round(seconds / 60)} min" if seconds else ""
