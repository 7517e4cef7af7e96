"""The Themes stage: loose codes at the left, the framework as a board in the middle, what is chosen at the right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from qualcode.core.analysis import Analysis
from qualcode.core.rows import CodeRow, FindingRow, SegmentRow, ThemeRow
from qualcode.core.values import Change, CodeId, ThemeId
from qualcode.ui.framework_desk import FrameworkDesk
from qualcode.ui.models.framework import Card, CodeCard, ThemeCard, code_cards
from qualcode.ui.stages.stage import Stage
from qualcode.ui.widgets.basics import button, column, empty, panel
from qualcode.ui.widgets.chooser import Choice, Chooser, Question
from qualcode.ui.widgets.confirm import Confirm
from qualcode.ui.widgets.panes import Panes
from qualcode.ui.widgets.theme_board import ThemeBoard
from qualcode.ui.widgets.theme_loose import LooseCodes
from qualcode.ui.widgets.theme_panel import ThemePanel
from qualcode.ui.widgets.theme_review import SecondLook
from qualcode.ui.widgets.theme_versions import Versions
from qualcode.ui.wording import number
from qualcode.ui.workspace import Workspace

FRAMEWORK = ("theme", "code", "segment", "segment_speaker", "finding", "framework_version", "speaker", "transcript")
PEOPLE = ("participant", "interview", "interview_participant", "wave", "guide_question", "question_theme")


class ThemesStage(Stage):
    """Gather codes under themes, name and order these, and say what each of them means."""

    key = "themes"
    title = "Themes"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._known_analysis: Analysis | None = None
        self._findings: list[FindingRow] = []
        self.desk = FrameworkDesk(workspace)
        self.loose = LooseCodes()
        self.board = ThemeBoard()
        self.review = SecondLook(workspace)
        self.versions = Versions(workspace)
        self.confirm = Confirm()
        self.chooser = Chooser(self)
        self.panel_ = ThemePanel(workspace, self._analysis, self.desk.rename)
        self._board_hint = empty(
            "Themes say what the codes mean together. Make one, then drag codes onto it, or choose codes and press "
            "“Move to theme…”.",
            button("New theme", self.new_theme, "Primary"),
        )
        self.middle = self._make_middle()
        self._panes = Panes(
            self.loose,
            self.middle,
            self.panel_,
            key="themes",
            names=("Codes", "Framework", "About and segments"),
            preferences=workspace.preferences,
            sizes=(236, 660, 320),
        )
        self._empty = empty(
            "Themes are made of codes, and there are none yet. Code the first interviews.",
            button("Open Code", lambda: workspace.stage_asked.emit("code"), "Primary"),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._panes)
        layout.addWidget(self._empty)
        self._connect()

    # --- Stage ---

    def load(self) -> None:
        self._known_analysis = None
        self.panel_.keep()
        self.panel_.evidence.forget()
        project, mask = self.workspace.project, self.workspace.mask
        themes, codes = mask.rows(project.themes.all()), mask.rows(project.codebook.all())
        self._findings = mask.rows(project.findings.all())
        self.desk.know(themes, codes)
        there = bool(codes or themes)
        self._panes.setVisible(there)
        self._empty.setVisible(not there)
        gathered = {code_id for theme in themes for code_id in theme.code_ids}
        cards = code_cards([code for code in codes if code.id not in gathered], self.desk.codes)
        self.loose.show_codes(cards, codes_exist=bool(codes))
        counts = Counter(f.theme_id for f in self._findings if f.theme_id is not None)
        self.board.show_framework(themes, codes, counts)
        self.board.setVisible(bool(themes))
        self._board_hint.setVisible(not themes)
        waiting = project.coding.to_review()
        self._show_waiting(waiting)
        self.versions.show_versions(mask.rows(project.themes.versions()))
        self._point_out(themes, codes, waiting)
        self._show_chosen()

    def react(self, change: Change) -> None:
        if change.touches(*FRAMEWORK, *PEOPLE):
            self.load()

    def tools(self) -> list[QWidget]:
        return [
            button("Move to theme…", self.ask_theme, tip="Move the chosen codes to a theme ({themes.move})"),
            button("New theme", self.new_theme, tip="New theme ({themes.new})", icon="add"),
        ]

    def panes(self) -> list[QWidget]:
        return [self.loose.list, self.middle, self.panel_]

    def home(self) -> QWidget | None:
        return self.board if self.board.isVisible() else super().home()

    # --- acts ---

    def new_theme(self) -> None:
        """Make a theme and let its name be typed."""
        self._name_anew(self.desk.add_theme())

    def new_sub_theme(self) -> None:
        card = self._one_theme()
        if card is not None:
            self._name_anew(self.desk.add_theme(card.row.id))

    def ask_theme(self) -> None:
        """Ask where the chosen codes shall go."""
        codes = self._chosen_codes()
        if not codes:
            self.workspace.refused.emit("Choose one or more codes first.")
            return
        what = f"“{codes[0].name}”" if len(codes) == 1 else number(len(codes), "code")
        ids = [code.id for code in codes]
        choices = [*self._theme_choices(), Choice(None, "No theme")]
        question = Question(
            f"Move {what} to",
            choices,
            lambda key: self._move(ids, key),
            "New theme “{}”",
            lambda name: self.desk.move_codes_to_new(ids, name),
        )
        self._ask(question)

    def ask_merge(self) -> None:
        """Ask into which theme or code what is chosen shall go, and say what that will do before it is done."""
        card = self._one_theme()
        codes = [code.id for code in self._chosen_codes()]
        if card is not None:
            theme_id = card.row.id
            choices = [choice for choice in self._theme_choices() if choice.key != theme_id]
            self._ask(
                Question(f"Merge “{card.row.name}” into", choices, lambda key: self._confirm_merge(theme_id, key))
            )
        elif codes:
            title = f"Merge {self.desk.book.called(codes)} into"
            others = self._code_choices(codes if len(codes) == 1 else ())
            self._ask(Question(title, others, lambda key: self._confirm_merging_codes(codes, CodeId(str(key)))))
        else:
            self.workspace.refused.emit("Choose a theme, or one or more codes, first.")

    def remove(self) -> None:
        """Delete the chosen theme, or take the chosen codes out of theirs."""
        card = self._one_theme()
        if card is None:
            codes = [c.row.id for c in self.board.selection() if isinstance(c, CodeCard)]
            if codes and self.desk.move_codes(codes, None):
                self.loose.choose(codes)
            return
        theme_id = card.row.id
        means = self.desk.removal_means(theme_id)
        if means:
            self.confirm.ask(means, "Delete theme", lambda: self.desk.remove(theme_id))
        else:
            self.desk.remove(theme_id)

    # --- within: building ---

    def _make_middle(self) -> QTabWidget:
        layout = column(self.confirm, self.board, self._board_hint, gap=0)
        layout.setStretch(1, 1)
        layout.setStretch(2, 1)
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.setUsesScrollButtons(False)
        tabs.setElideMode(Qt.TextElideMode.ElideRight)
        tabs.setAccessibleName("Framework, second look, versions")
        tabs.addTab(panel(layout, "Background"), "Framework")
        tabs.addTab(self.review, "Second look")
        tabs.addTab(self.versions, "Versions")
        tabs.setFocusProxy(self.board)
        return tabs

    def _connect(self) -> None:
        board = self.board
        board.chosen.connect(lambda: self._follow(board))
        board.opened.connect(self.panel_.show_segments)
        board.delete_wanted.connect(self.remove)
        board.move_wanted.connect(self.ask_theme)
        board.merge_wanted.connect(self.ask_merge)
        board.sub_theme_wanted.connect(self.new_sub_theme)
        board.shifted.connect(self._shift)
        board.nested.connect(self._nest)
        board.framework.codes_dropped.connect(self._codes_dropped)
        board.framework.theme_dropped.connect(self.desk.place_theme)
        board.framework.renamed.connect(self.desk.rename)
        self.loose.chosen.connect(lambda: self._follow(self.loose))
        self.loose.opened.connect(self.panel_.show_segments)
        self.loose.move_wanted.connect(self.ask_theme)
        self.loose.model.codes_dropped.connect(lambda ids: self.desk.move_codes(ids, None))
        self.loose.model.renamed.connect(self.desk.rename)
        self.panel_.theme.sub_theme_wanted.connect(self.new_sub_theme)
        self.panel_.theme.merge_wanted.connect(self.ask_merge)
        self.panel_.theme.delete_wanted.connect(self.remove)
        self.panel_.code.move_wanted.connect(self.ask_theme)
        self.panel_.many.move_wanted.connect(self.ask_theme)
        self.panel_.many.merge_wanted.connect(self.ask_merge)
        self.panel_.code.merge_wanted.connect(self.ask_merge)
        self.loose.merge_wanted.connect(self.ask_merge)
        self.review.recode_wanted.connect(self._ask_code)
        self.workspace.leaving.connect(self.panel_.keep)
        acts = {"move": self.ask_theme, "new": self.new_theme}
        self.workspace.keys.bind(self, self.key, acts, Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # --- within: showing ---

    def _analysis(self) -> Analysis:
        if self._known_analysis is None:
            self._known_analysis = self.workspace.mask.analysis(self.workspace.project.analysis())
        return self._known_analysis

    def _follow(self, source: ThemeBoard | LooseCodes) -> None:
        """What is chosen on one side is chosen there alone."""
        if source.selection():
            other = self.loose.list if source is self.board else self.board
            other.selectionModel().clearSelection()
        self._show_chosen()

    def _chosen(self) -> list[Card]:
        return [*self.loose.selection(), *self.board.selection()]

    def _chosen_codes(self) -> list[CodeRow]:
        return [card.row for card in self._chosen() if isinstance(card, CodeCard)]

    def _one_theme(self) -> ThemeCard | None:
        chosen = self._chosen()
        return chosen[0] if len(chosen) == 1 and isinstance(chosen[0], ThemeCard) else None

    def _show_chosen(self) -> None:
        places = {code.id: " › ".join(self.desk.book.path(code.id)) for code in self._chosen_codes()}
        self.panel_.show_cards(self._chosen(), places, self._findings)

    def _show_waiting(self, waiting: list[SegmentRow]) -> None:
        self.review.show_waiting(waiting, self.desk.codes)
        self.middle.setTabText(1, f"Second look {len(waiting)}" if waiting else "Second look")

    def _point_out(self, themes: list[ThemeRow], codes: list[CodeRow], waiting: list[SegmentRow]) -> None:
        unused = [code.id for code in codes if not code.segments]
        single = [theme.id for theme in themes if theme.people == 1]
        looks: list[tuple[str, Callable[[], object]]] = []
        if unused:
            looks.append((f"{number(len(unused), 'code')} that nobody uses", lambda: self._choose(unused)))
        if single:
            verb = "rests" if len(single) == 1 else "rest"
            looks.append((f"{number(len(single), 'theme')} {verb} on one person", lambda: self._choose(single)))
        if waiting:
            words = f"{number(len(waiting), 'segment')} to look at again"
            looks.append((words, lambda: self.middle.setCurrentWidget(self.review)))
        self.loose.show_looks(looks)

    def _choose(self, keys: Sequence[str]) -> None:
        """Choose themes and codes wherever they are."""
        self.middle.setCurrentIndex(0)
        self.loose.filter.clear()
        self.loose.choose(keys)
        for key in keys:
            index = self.board.framework.find(key)
            if index.isValid():
                self.board.expand(index.parent())
                self.board.scrollTo(index)
        self.board.choose(keys)

    # --- within: acts ---

    def _name_anew(self, theme_id: ThemeId | None) -> None:
        if theme_id is not None:
            self.middle.setCurrentIndex(0)
            self.board.name_anew(theme_id)

    def _move(self, code_ids: list[CodeId], theme_id: object, before: CodeId | None = None) -> None:
        if self.desk.move_codes(code_ids, ThemeId(str(theme_id)) if theme_id else None, before):
            self._choose(list(code_ids))

    def _codes_dropped(self, code_ids: list[CodeId], theme_id: ThemeId | None, before: CodeId | None) -> None:
        if theme_id is not None:
            self._move(code_ids, theme_id, before)
            return
        made = self.desk.move_codes_to_new(code_ids, self.desk.free_name())
        self._name_anew(made)

    def _shift(self, by: int) -> None:
        card = self.board.current()
        if isinstance(card, ThemeCard):
            self.desk.shift_theme(card.row.id, by)
        elif isinstance(card, CodeCard):
            self.desk.shift_code(card.row.id, by)

    def _nest(self, under: bool) -> None:
        card = self.board.current()
        if isinstance(card, ThemeCard):
            (self.desk.nest if under else self.desk.unnest)(card.row.id)
        elif isinstance(card, CodeCard):
            (self.desk.nest_code if under else self.desk.lift_code)(card.row.id)

    def _theme_choices(self) -> list[Choice]:
        depth: dict[ThemeId | None, int] = {None: -1}
        found = []
        for theme in self.desk.themes.values():
            depth[theme.id] = depth[theme.parent_id] + 1
            found.append(Choice(theme.id, theme.name, depth=depth[theme.id]))
        return found

    def _confirm_merge(self, theme_id: ThemeId, into: object) -> None:
        target = ThemeId(str(into))
        means = self.desk.merge_means(theme_id, target)
        self.confirm.ask(means, "Merge themes", lambda: self._merge(theme_id, target))

    def _confirm_merging_codes(self, codes: list[CodeId], into: CodeId) -> None:
        gone = [code_id for code_id in codes if code_id != into]
        means = self.desk.book.merging_means(gone, into)
        self.confirm.ask(means, "Merge codes", lambda: self._merge_codes(gone, into))

    def _merge_codes(self, gone: list[CodeId], into: CodeId) -> None:
        self.desk.book.merge(gone, into)
        self._choose([into])

    def _merge(self, theme_id: ThemeId, into: ThemeId) -> None:
        self.desk.merge(theme_id, into)
        self.board.reveal(into)

    def _ask_code(self, segment: SegmentRow) -> None:
        choices = self._code_choices([segment.code_id])
        self._ask(
            Question(
                "Give this segment the code", choices, lambda key: self.review.recode_as(segment, CodeId(str(key)))
            )
        )

    def _code_choices(self, without: Sequence[CodeId]) -> list[Choice]:
        """The codes to choose from, each with where it stands."""
        codes, path = self.desk.codes.values(), self.desk.book.path
        return [Choice(c.id, c.name, " › ".join(path(c.id)), colour=c.colour) for c in codes if c.id not in without]

    def _ask(self, question: Question) -> None:
        focus = self.focusWidget() or self
        at = focus.mapToGlobal(QPoint(min(40, focus.width()), min(60, focus.height())))
        self.chooser.ask(at, question)
