"""The Code stage: transcript in the middle, codebook on one side, suggestions and the segment on the other."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QInputDialog, QMenu, QTabWidget, QVBoxLayout, QWidget

from qualcode.core import spans
from qualcode.core.rows import CodeRow, InterviewRow, SegmentRow, SuggestionRow, TranscriptRow
from qualcode.core.values import Change, CodeId, InterviewId, Role, Span, TranscriptId
from qualcode.ui import suggesting
from qualcode.ui.stages.stage import Stage
from qualcode.ui.widgets.basics import button, chip, column, empty, label, line, panel, row, splitter
from qualcode.ui.widgets.codebook import CodebookPanel
from qualcode.ui.widgets.interview_picker import InterviewPicker
from qualcode.ui.widgets.palette import CodePalette
from qualcode.ui.widgets.person import PersonPanel
from qualcode.ui.widgets.segment import SegmentPanel
from qualcode.ui.widgets.stripes import Stripe
from qualcode.ui.widgets.suggestion_list import SuggestionList
from qualcode.ui.widgets.transcript import TranscriptView
from qualcode.ui.workspace import Workspace

MOST_RECENT = 8
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
        self._recent: list[CodeId] = []
        self._for_suggestion: SuggestionRow | None = None
        self.codebook = CodebookPanel()
        self.picker = InterviewPicker()
        self.view = TranscriptView()
        self.suggestions = SuggestionList()
        self.segment = SegmentPanel(workspace)
        self.person = PersonPanel(workspace)
        self.palette_ = CodePalette(self)
        self._facts = chip("")
        self._coded = label("", "Secondary")
        self._suggest_state = label("", "Secondary", wrap=True)
        self._side = self._make_side()
        self._middle = self._make_middle()
        self._panes = splitter(self.codebook, self._middle, self._side, sizes=(252, 650, 290))
        self._empty = empty(
            "Transcripts that you import are coded here.",
            button("Import transcripts", lambda: workspace.stage_asked.emit("prepare"), "Primary"),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._panes)
        layout.addWidget(self._empty)
        self._connect()

    # --- Stage ---

    def load(self) -> None:
        project = self.workspace.project
        self._interviews = project.transcripts.interviews()
        there = bool(self._interviews)
        self._panes.setVisible(there)
        self._empty.setVisible(not there)
        self._load_codes()
        if not there:
            self._row = None
            return
        known = {i.id for i in self._interviews}
        current = self.workspace.interview_id
        self.picker.show_interviews(self._interviews, current)
        self.show_interview(current if current in known else self._interviews[0].id)

    def react(self, change: Change) -> None:
        if self._row is None or change.touches(*STRUCTURE):
            self.load()
            return
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
        self._row = transcript = self.workspace.project.transcripts.get(interview.transcript_id)
        names = self._speaker_names(transcript)
        self.view.show_transcript(transcript, lambda i: names[i])
        self.view.setAccessibleName(f"Transcript {interview.title}")
        facts = [interview.held_on and f"{interview.held_on:%-d %b %Y}", _minutes(interview.duration_seconds)]
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

    def code_selection(self, code_id: CodeId) -> None:
        """Apply a code to the selected words, snapped as preferred."""
        span = self._chosen_span()
        if self._row is None or span is None:
            self.workspace.refused.emit("Select some words of the transcript first.")
            return
        transcript_id = self._row.id
        made = self.workspace.attempt(lambda: self.workspace.project.coding.apply(transcript_id, span, code_id))
        if made is not None:
            self._remember(code_id)
            self.workspace.said.emit(f"Coded “{self._codes[code_id].name}”")
            self.view.choose_stripe(made)
            self._choose_segment(made)

    def code_with_name(self, name: str) -> None:
        """Make a code of this name (or take the one there is) and apply it to the selection, as one act."""
        project = self.workspace.project
        span = self._chosen_span()

        def act() -> CodeId:
            with project.step(f"New code “{name}”"):
                code_id = project.codebook.find(name) or project.codebook.add(name)
                if span is not None and self._row is not None:
                    project.coding.apply(self._row.id, span, code_id)
                return code_id

        code_id = self.workspace.attempt(act)
        if code_id is not None:
            self._remember(code_id)
            self.workspace.said.emit(f"Coded “{name}”" if span else f"Added code “{name}”")

    def code_in_vivo(self) -> None:
        """Make a code named by the selected words themselves."""
        span = self._chosen_span()
        if self._row is not None and span is not None:
            words = " ".join(span.of(self._row.text).split())
            self.code_with_name(words if len(words) <= 60 else words[:59].rstrip() + "…")

    def repeat_last(self) -> None:
        if self._recent:
            self.code_selection(self._recent[0])

    def new_code(self) -> None:
        name, given = QInputDialog.getText(self, "New code", "Name of the code")
        if given and name.strip():
            self.workspace.attempt(lambda: self.workspace.project.codebook.add(name))

    def uncode(self) -> None:
        """Take the chosen segment away."""
        key = self.view.chosen_stripe
        if key:
            segment = self.workspace.attempt(lambda: self.workspace.project.coding.get(key))  # type: ignore[arg-type]
            if segment is not None:
                self.workspace.project.coding.remove([segment.id])
                self.workspace.said.emit(f"Uncoded “{self._codes[segment.code_id].name}”")

    def ask_code(self, typed: str = "") -> None:
        """Open the palette at the selection, with what was typed so far."""
        span = self._chosen_span()
        if self._row is None or span is None:
            self.workspace.refused.emit("Select some words of the transcript first.")
            return
        words = " ".join(span.of(self._row.text).split())
        self._open_palette(self.view.place_of(span), words, typed)

    def suggest(self) -> None:
        """Look for suggestions for the interview shown, on a worker."""
        if self._row is not None:
            self._suggest_state.setText("Looking for suggestions …")
            suggesting.start(self.workspace, [self._row.id])

    # --- within: building ---

    def _make_middle(self) -> QFrame:
        head = panel(row(self.picker, self._facts, self._coded, margin=8, gap=10))
        body = column(head, line(), self.view, gap=0)
        return panel(body)

    def _make_side(self) -> QTabWidget:
        hint = label("A take · C other code · X no", "Secondary")
        again = button("Suggest", self.suggest, tip="Look for passages in this interview (Ctrl+J)")
        found = column(panel(row(again, None, hint, margin=8)), self._suggest_state, self.suggestions, gap=0)
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.addTab(panel(found), "Suggestions")
        tabs.addTab(self.segment, "Segment")
        tabs.addTab(self.person, "Person")
        tabs.setAccessibleName("Suggestions, segment, person")
        self._suggest_state.setContentsMargins(12, 8, 12, 8)
        return tabs

    def _connect(self) -> None:
        self.picker.chosen.connect(self.show_interview)
        self.codebook.code_activated.connect(self.code_selection)
        self.codebook.new_wanted.connect(self.new_code)
        self.codebook.model.text_dropped.connect(self._words_dropped)
        self.codebook.model.gathered.connect(self._codes_dropped)
        self.codebook.model.nested.connect(self._code_dropped_on_code)
        self.palette_.code_chosen.connect(self._palette_chose)
        self.palette_.name_given.connect(self._palette_named)
        self.palette_.closed.connect(self.view.setFocus)
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
        for keys, act in (
            ("Ctrl+PgUp", lambda: self.picker.step(-1)),
            ("Ctrl+PgDown", lambda: self.picker.step(1)),
            ("Ctrl+K", self.ask_code),
            ("Ctrl+I", self.code_in_vivo),
            ("Ctrl+R", self.repeat_last),
            ("Ctrl+Shift+N", self.new_code),
            ("Ctrl+J", self.suggest),
        ):
            QShortcut(QKeySequence(keys), self, activated=act)  # type: ignore[call-overload]
        QShortcut(
            QKeySequence(QKeySequence.StandardKey.Delete),
            self.view,
            activated=self.uncode,
            context=Qt.ShortcutContext.WidgetShortcut,
        )  # type: ignore[call-overload]

    # --- within: loading ---

    def _load_codes(self) -> None:
        codes = self.workspace.project.codebook.all()
        self._codes = {code.id: code for code in codes}
        self._recent = [c for c in self._recent if c in self._codes]
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
            self.segment.show_segment(None, None)
        else:
            self._choose_segment(self.view.chosen_stripe, open_tab=False)

    def _stripe(self, segment: SegmentRow) -> Stripe:
        code = self._codes[segment.code_id]
        tip = f"{code.name}\n{segment.memo}" if segment.memo else code.name
        return Stripe(segment.id, segment.span, code.colour, code.name, tip)

    def _show_suggestions(self) -> None:
        if self._row is None:
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
            if speaker.role is Role.INTERVIEWER:
                names.append("Interviewer")
            else:
                known = speaker.participant_id and pseudonyms.get(speaker.participant_id)
                names.append(known or speaker.label or "Speaker")
        return names

    # --- within: following ---

    def _chosen_span(self) -> Span | None:
        span = self.view.selected_span()
        if span is None or self._row is None:
            return None
        snap = spans.Snap(self.workspace.preferences.snap)
        return spans.snap(self._row.text, span, snap, self._row.turns)

    def _remember(self, code_id: CodeId) -> None:
        self._recent = [code_id, *(c for c in self._recent if c != code_id)][:MOST_RECENT]

    def _typed(self, letter: str) -> None:
        if letter.isdigit() and self.workspace.preferences.single_keys:
            for code in self._codes.values():
                if code.shortcut == int(letter):
                    self.code_selection(code.id)
                    return
        if letter == "." and self.workspace.preferences.single_keys:
            self.repeat_last()
            return
        self.ask_code("" if letter == "." else letter)

    def _open_palette(self, at: QPoint, words: str, typed: str) -> None:
        self.palette_.ask(at, list(self._codes.values()), self._recent, words, typed)

    def _palette_chose(self, code_id: CodeId) -> None:
        if self._for_suggestion is not None:
            self._accept(self._for_suggestion, code_id)
        else:
            self.code_selection(code_id)

    def _palette_named(self, name: str) -> None:
        waiting, project = self._for_suggestion, self.workspace.project
        if waiting is None:
            self.code_with_name(name)
            return

        def act() -> None:
            with project.step(f"New code “{name}”"):
                project.suggestions.accept(waiting.id, project.codebook.find(name) or project.codebook.add(name))

        self._for_suggestion = None
        self.workspace.attempt(act)

    def _choose_segment(self, key: str, *, open_tab: bool = True) -> None:
        segment = self.workspace.attempt(lambda: self.workspace.project.coding.get(key)) if key else None  # type: ignore[arg-type]
        code = self._codes.get(segment.code_id) if segment else None
        where = f"Line {self.view.lines.number(segment.span.start)}" if segment else ""
        self.segment.show_segment(segment, code, where)
        if segment is not None and open_tab:
            self._side.setCurrentWidget(self.segment)

    def _open_segment(self, key: str) -> None:
        self._choose_segment(key)
        segment = self.workspace.attempt(lambda: self.workspace.project.coding.get(key))  # type: ignore[arg-type]
        if segment is not None:
            self.codebook.choose(segment.code_id)

    def _recode(self) -> None:
        key = self.view.chosen_stripe
        segment = self.workspace.attempt(lambda: self.workspace.project.coding.get(key))  # type: ignore[arg-type]
        if segment is None:
            return
        menu = QMenu(self)
        for code in self._codes.values():
            menu.addAction(code.name, lambda c=code: self.workspace.project.coding.recode([segment.id], c.id))
        menu.exec(self.segment.mapToGlobal(QPoint(12, 80)))

    def _preview(self, suggestion: SuggestionRow | None) -> None:
        self.view.preview(suggestion.span if suggestion else None)
        if suggestion is not None and self.suggestions.hasFocus():
            self.view.reveal(suggestion.span, select=False)

    def _take(self, suggestion: SuggestionRow) -> None:
        if suggestion.code_id is None:
            self._take_with_other_code(suggestion)
        else:
            self._accept(suggestion, suggestion.code_id)

    def _accept(self, suggestion: SuggestionRow, code_id: CodeId) -> None:
        self._for_suggestion = None
        made = self.workspace.attempt(lambda: self.workspace.project.suggestions.accept(suggestion.id, code_id))
        if made is not None:
            self._remember(code_id)
            self.workspace.said.emit(f"Coded “{self._codes[code_id].name}”")
        self.suggestions.setFocus()

    def _take_with_other_code(self, suggestion: SuggestionRow) -> None:
        self.view.reveal(suggestion.span, select=False)
        self._for_suggestion = suggestion
        self._open_palette(self.view.place_of(suggestion.span), "", "")

    def _refuse(self, suggestion: SuggestionRow) -> None:
        self.workspace.attempt(lambda: self.workspace.project.suggestions.refuse(suggestion.id))
        self.workspace.said.emit("Suggestion refused")
        self.suggestions.setFocus()

    def _words_dropped(self, code_id: CodeId | None) -> None:
        if code_id is not None:
            self.code_selection(code_id)
        else:
            self.ask_code()

    def _codes_dropped(self, code_ids: list[CodeId], theme_id: object) -> None:
        self.workspace.attempt(lambda: self.workspace.project.themes.gather(code_ids, theme_id))  # type: ignore[arg-type]

    def _code_dropped_on_code(self, code_id: CodeId, parent_id: CodeId) -> None:
        self.workspace.attempt(lambda: self.workspace.project.codebook.move(code_id, parent_id))

    def _context_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        chosen = self.view.selected_span() is not None
        for words, act, enabled in (
            ("Code…\tReturn", self.ask_code, chosen),
            ("Code in vivo\tCtrl+I", self.code_in_vivo, chosen),
            ("Repeat last code\t.", self.repeat_last, chosen and bool(self._recent)),
            ("Uncode\tDel", self.uncode, bool(self.view.chosen_stripe)),
        ):
            menu.addAction(words, act).setEnabled(enabled)
        if chosen and self._recent:
            menu.addSeparator()
            for code_id in self._recent:
                menu.addAction(self._codes[code_id].name, lambda c=code_id: self.code_selection(c))
        menu.addSeparator()
        menu.addAction("Copy\tCtrl+C", self.view.copy).setEnabled(chosen)
        menu.exec(self.view.viewport().mapToGlobal(at))


def _minutes(seconds: int | None) -> str:
    return f"{round(seconds / 60)} min" if seconds else ""
