"""Search over all transcripts: words, or segments by their coding; the places as a list that follows the project."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QWidget

from qualcode.core.kept_searches import KeptSearch, Search
from qualcode.core.project import Project
from qualcode.core.retrieval import SegmentSearch
from qualcode.core.scope import Scope
from qualcode.core.search import WordSearch
from qualcode.core.values import Change
from qualcode.errors import UserError
from qualcode.ui import theme
from qualcode.ui.models.search import Group, SearchModel, Spot
from qualcode.ui.models.search_desk import Outcome, SearchDesk
from qualcode.ui.widgets import search_segments
from qualcode.ui.widgets.basics import button, column, icon_button, label, line, panel, row
from qualcode.ui.widgets.fitting import Fitting
from qualcode.ui.widgets.report_flow import Flow
from qualcode.ui.widgets.search_below import Below
from qualcode.ui.widgets.search_coding import CodeAll
from qualcode.ui.widgets.search_export import SearchExport
from qualcode.ui.widgets.search_kept import KeptButton
from qualcode.ui.widgets.search_results import SearchResults
from qualcode.ui.widgets.search_scope import ScopeBar
from qualcode.ui.widgets.search_segments import SegmentForm
from qualcode.ui.widgets.search_words import WordForm
from qualcode.ui.workspace import Workspace

SHARE = 0.55
"""How much of the drawer's height what is asked may take; the list and what is said of it have the rest."""

CODING_SHARE = 0.7
"""The same for what coding all would do."""

LONGEST = 60
"""Code points of a selection that is taken for words to find."""

NAMES = ("code", "theme", "wave", "participant", "attribute", "attribute_value")
"""Tables whose rows can be chosen from."""


class SearchDrawer(QFrame):
    """Lies under the transcript and is closed by Escape. What is shown follows every change of the project."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self.setAccessibleName("Search")
        self._workspace = workspace
        self._project: Project | None = None
        self._before: QWidget | None = None
        self._parts = Below("search", workspace.preferences)
        self._found: list[Group] = []
        self._places = 0
        self._fresh = True
        self._stale = True
        self._list_wanted = False
        self.desk = SearchDesk(workspace)
        self.model = SearchModel(workspace.mask, self)
        self.results = SearchResults(self.model)
        self.words = WordForm()
        self.segments = SegmentForm()
        self.scope = ScopeBar()
        self.kept = KeptButton(workspace, lambda: self.desk.asked)
        self.code_all = CodeAll(workspace, self.desk, self.model)
        self.export = SearchExport(workspace, lambda: (self.desk.asked, self._found, self._places))
        self.for_words = self._tab("Words", self.find_words)
        self.for_segments = self._tab("Segments", self.find_segments)
        self._tabs = QButtonGroup(self)
        self._tabs.addButton(self.for_words)
        self._tabs.addButton(self.for_segments)
        self.summary = label("", "Secondary", wrap=True)
        self.hint = label("", "Secondary", wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.hint.setContentsMargins(*(theme.px(12),) * 4)
        self.stop = button("Stop", self.desk.stop)
        self.code = button("Code all…", self._code_all)
        self._lay_out()
        self._connect()
        self._show_kind(words=True)
        self.hide()

    def under(self, work: QWidget) -> Below:
        """This drawer under the work it belongs to."""
        self._parts.put(work, self)
        return self._parts

    # --- opening ---

    def find_words(self, words: str = "") -> None:
        """Open for words; with ``words``, unless they are many, these are looked for."""
        self._open(words=True)
        if 0 < len(words) <= LONGEST:
            self.words.field.setText(words)
            self._ask()
        self.words.field.setFocus()
        self.words.field.selectAll()

    def find_segments(self) -> None:
        """Open for segments."""
        self._open(words=False)
        self.segments.topic.setFocus()

    def close_drawer(self) -> None:
        """Put the drawer away; what was asked stays in it."""
        self.code_all.hide()
        self.desk.ask(None)
        self.hide()
        if self._before is not None:
            self._before.setFocus()
        self._stale = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.code_all.isVisible():
            self.code_all.leave()
        else:
            self.close_drawer()

    # --- following the project ---

    def load(self) -> None:
        """The project is another, or much of it is."""
        if self._project is not self._workspace.project:
            self._project = self._workspace.project
            self._begin_anew()
        self.desk.forget()
        self._stale = True
        if self.isVisible():
            self._refresh()

    def react(self, change: Change) -> None:
        """Follow a change: the search is made again where it may have come out otherwise."""
        self._stale = self.desk.react(change) or self._stale
        if self.isVisible() and self.code_all.isHidden():
            if change.touches(*NAMES):
                self._show_choices()
            if self._stale:
                self._ask(again=True)

    # --- within: building ---

    def _tab(self, words: str, act: object) -> QPushButton:
        made = button(words, act, "Flat")  # type: ignore[arg-type]
        made.setCheckable(True)
        return made

    def _lay_out(self) -> None:
        close = icon_button("Close the search", "close", self.close_drawer, tip="Close the search (Esc)")
        tabs = Flow(4)
        for part in (self.for_words, self.for_segments, self.kept):
            tabs.addWidget(part)
        head = row(tabs, close, gap=4)
        head.setStretch(0, 1)
        head.setAlignment(close, Qt.AlignmentFlag.AlignTop)
        tell = row(self.summary, self.stop, self.code, self.export.button, gap=6)
        tell.setStretch(0, 1)
        tell.setContentsMargins(*(theme.px(n) for n in (8, 0, 8, 8)))
        self._tell_row = panel(tell)
        forms = column(head, self.words, self.segments, self.scope, margin=8, gap=6)
        self._forms = Fitting(column(self.export, forms, gap=0), self, SHARE)
        coding = Fitting(column(self.code_all, gap=0), self, CODING_SHARE)
        layout = column(line(), self._forms, self._tell_row, coding, line(), self.hint, self.results, gap=0)
        layout.setStretch(5, 1)
        layout.setStretch(6, 1)
        self.setLayout(layout)
        self.results.setMinimumHeight(theme.px(36))
        self.setMinimumHeight(theme.px(150))

    def _connect(self) -> None:
        for part in (self.words, self.segments, self.scope):
            part.changed.connect(self._ask)
        self.words.to_list.connect(self._to_list)
        self.kept.opened.connect(self._open_kept)
        self.desk.began.connect(self._begin)
        self.desk.found.connect(self._add)
        self.desk.ended.connect(self._tell)
        self.code_all.shown.connect(self._make_room)
        self.code_all.ended.connect(self._after_coding)
        self.results.looked_at.connect(self._look_at)
        self.results.opened.connect(lambda spot: self._workspace.show_place(spot.transcript_id, spot.span))

    # --- within: asking ---

    def _begin_anew(self) -> None:
        """Ask nothing: what was asked meant another project."""
        self.hide()
        self.desk.asked = None
        self.words.set_search(WordSearch(""))
        self.segments.set_search(SegmentSearch())
        self.scope.set_scope(Scope())

    def _open(self, *, words: bool) -> None:
        if self.isHidden():
            self._before = self.window().focusWidget()
            self.show()
            self._parts.share()
        other = words is not self.for_words.isChecked()
        self._show_kind(words=words)
        if other or self._stale:
            self._refresh()

    def _show_kind(self, *, words: bool) -> None:
        (self.for_words if words else self.for_segments).setChecked(True)
        self.words.setVisible(words)
        self.segments.setVisible(not words)
        self.scope.show_topic(words)
        self.setFocusProxy(self.words if words else self.segments)

    def _refresh(self) -> None:
        """Read what there is to choose from, and search again."""
        self._show_choices()
        self._ask(again=not self._stale_kind())

    def _show_choices(self) -> None:
        project = self._workspace.project
        mask = self._workspace.mask
        themes, codes = mask.rows(project.themes.all()), mask.rows(project.codebook.all())
        self.scope.show_project(project, mask)
        self.scope.topic.show_framework(themes, codes)
        self.segments.show_framework(themes, codes)

    def _stale_kind(self) -> bool:
        """Whether what is shown is no search of the kind that is open."""
        asked = self.desk.asked
        return asked is None or isinstance(asked, WordSearch) is not self.for_words.isChecked()

    def _search(self) -> Search:
        if self.for_words.isChecked():
            return self.words.search(self.scope.scope(with_topic=True))
        return self.segments.search(self.scope.scope(with_topic=False))

    def _ask(self, *, again: bool = False) -> None:
        self._stale = False
        self.code_all.hide()
        try:
            asked = self._search()
        except UserError as error:
            self.desk.ask(None)
            self._say_hint(str(error))
            return
        self.desk.ask(asked, again=again)

    def _open_kept(self, kept: KeptSearch) -> None:
        words = isinstance(kept.search, WordSearch)
        self._open(words=words)
        self.scope.set_scope(kept.search.scope)
        if isinstance(kept.search, WordSearch):
            self.words.set_search(kept.search)
        else:
            self.segments.set_search(kept.search)
        self._ask()
        self._to_list()

    # --- within: what is found ---

    def _begin(self, fresh: bool) -> None:
        self._fresh = fresh
        self._found = []
        self.stop.show()
        if fresh:
            self.model.show(())
            self._show_list(there=False)
            self.hint.setText("")
            self.summary.setText("Searching …")

    def _add(self, groups: list[Group]) -> None:
        self._found += groups
        if self._fresh:
            self.model.append(groups)
            self._show_list(there=True)

    def _tell(self, outcome: Outcome | None) -> None:
        self.stop.hide()
        if outcome is None:
            self._found = []
            self.model.show(())
            self._say_hint(self._hint())
            return
        if not self._fresh:
            self._show_found()
        if not self._found:
            self._say_hint(outcome.refusal or self._nothing(outcome))
            return
        self._show_list(there=True, whole=True)
        self._places = outcome.places
        self.summary.setText(outcome.said(listed=sum(len(group.spots) for group in self._found)))
        if self._list_wanted:
            self._to_list()

    def _make_room(self, coding: bool) -> None:
        """Show what coding all would do in the place of what was asked, or that again."""
        self._forms.setVisible(not coding)
        self._tell_row.setVisible(not coding)

    def _show_found(self) -> None:
        """Show all that was found anew, where the analyst was."""
        spot, at = self.results.spot(), self.results.verticalScrollBar().value()
        self.model.show(self._found)
        if spot is not None:
            self.results.setCurrentIndex(self.model.index_at(spot))
        self.results.verticalScrollBar().setValue(at)

    def _show_list(self, *, there: bool, whole: bool = False) -> None:
        """The list or what is said in its place; what can be done with it once it is ``whole``."""
        self.results.setVisible(there)
        self.hint.setVisible(not there)
        self.code.setVisible(whole)
        self.export.button.setVisible(whole)

    def _say_hint(self, words: str) -> None:
        self._show_list(there=False)
        self.summary.setText("")
        self.hint.setText(words)

    def _hint(self) -> str:
        return self.words.hint() if self.for_words.isChecked() else search_segments.HINT

    def _nothing(self, outcome: Outcome) -> str:
        if outcome.stopped:
            return "Stopped. Nothing was found so far."
        if self.for_words.isChecked():
            return f"Nobody says “{self.words.field.text().strip()}” here. {self._hint()}"
        return f"No segment is coded so here. {self._hint()}"

    # --- within: the list ---

    def _to_list(self) -> None:
        """Go to the list, now or when there is something in it."""
        self._list_wanted = self.model.rowCount() == 0
        if not self._list_wanted:
            self.results.setFocus()
            self.results.choose_first()

    def _look_at(self, spot: Spot) -> None:
        """Show a place in its transcript while the list keeps the focus."""
        self._workspace.show_place(spot.transcript_id, spot.span)
        self.results.setFocus()

    def _code_all(self) -> None:
        self.code_all.ask(self.code, [spot for group in self._found for spot in group.spots])

    def _after_coding(self) -> None:
        if self._stale:
            self._refresh()
        else:
            self._show_found()
        if self.isVisible():
            self.results.setFocus()
