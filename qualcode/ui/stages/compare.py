"""The Compare stage: who raised what, by person, group and wave, with the segments behind every number."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from qualcode.core.pieces import whole
from qualcode.core.values import Change, WaveId
from qualcode.ui.comparisons import Snapshot, is_large
from qualcode.ui.models.matrix import Table
from qualcode.ui.operations import Errand
from qualcode.ui.stages.stage import Stage
from qualcode.ui.widgets.basics import button, column, empty, panel
from qualcode.ui.widgets.matrix_pages import Page, pages
from qualcode.ui.widgets.matrix_side import BehindCell
from qualcode.ui.widgets.outgoing import Outgoing
from qualcode.ui.widgets.panes import Panes
from qualcode.ui.workspace import Workspace

if TYPE_CHECKING:
    from qualcode.report.export import Draft

SHOWN = (
    *("theme", "code", "segment", "segment_speaker", "matrix_summary", "speaker", "transcript", "interview"),
    *("participant", "attribute", "attribute_value", "interview_participant", "wave"),
    *("guide_question", "question_theme"),
)


class CompareStage(Stage):
    """Tables of people counted over those asked; a cell opens what is behind it at the right."""

    key = "compare"
    title = "Compare"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._facts: Snapshot | None = None
        self._fresh: set[Page] = set()
        self._counting: Errand | None = None
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.setAccessibleName("Ways to compare")
        self.pages: dict[str, Page] = {}
        for name, make in pages():
            self._add_page(name, make())
        self.outgoing = Outgoing(workspace)
        self.side = BehindCell(workspace, self._wave_name)
        middle = column(self.outgoing, self.tabs, gap=0)
        middle.setStretch(1, 1)
        self._panes = Panes(
            panel(middle, "Background"),
            self.side,
            key="compare",
            names=("Table", "Evidence"),
            preferences=workspace.preferences,
            sizes=(860, 340),
            stretch=0,
        )
        self._empty = empty(
            "The people interviewed are compared here by the themes they raised. Make themes of your codes first.",
            button("Open Themes", lambda: workspace.stage_asked.emit("themes"), "Primary"),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._panes)
        layout.addWidget(self._empty)
        self.tabs.currentChanged.connect(lambda _: self._show_page())
        workspace.leaving.connect(self.side.keep)

    # --- Stage ---

    def load(self) -> None:
        self._let_be()
        self._facts = Snapshot(self.workspace.project, self.workspace.mask)
        self._fresh.clear()
        self.side.evidence.forget()
        there = bool(self._facts.analysis.themes and self._facts.participants)
        self._panes.setVisible(there)
        self._empty.setVisible(not there)
        if there:
            self._show_page()

    def react(self, change: Change) -> None:
        if self._facts is not None and change.rows.keys() == {"matrix_summary"}:
            self._facts.forget_summaries()
            self._fresh.clear()
            self._show_page()
        elif change.touches(*SHOWN):
            self.load()

    def tools(self) -> list[QWidget]:
        return [button("Export to Excel…", self.export_matrix, tip="The framework matrix with the quote bank")]

    def panes(self) -> list[QWidget]:
        return [self.page.view, self.side]

    # --- acts ---

    @property
    def page(self) -> Page:
        """The page shown."""
        found = self.tabs.currentWidget()
        assert isinstance(found, Page)
        return found

    def export_matrix(self) -> None:
        """Ask where to, and write the framework matrix as a workbook."""
        if self.workspace.is_open:
            self.side.keep()
            self.outgoing.ask("framework matrix", "xlsx", self._drafted)

    def export_to(self, path: Path) -> None:
        """Write the matrix there on a worker; what is held back is shown, with the offer to export with a reason."""
        self.side.keep()
        self.outgoing.send(self._drafted, path)

    # --- within ---

    def _drafted(self) -> Draft:
        from qualcode.report import export

        return export.drafted_matrix(self.workspace.project)

    def _add_page(self, name: str, page: Page) -> None:
        self.pages[name] = page
        self.tabs.addTab(page, name)
        page.asked.connect(lambda: self._refresh(page))
        page.view.chosen.connect(lambda: self._follow(page))
        page.view.opened.connect(self._open_segments)
        page.view.write_wanted.connect(lambda: self.side.write())

    def _wave_name(self, wave_id: WaveId | None) -> str:
        return self._facts.wave_name(wave_id) if self._facts is not None else ""

    def _show_page(self) -> None:
        """Show the page; its table is made when it is looked at."""
        self.side.keep()
        if self.page in self._fresh:
            self._follow(self.page)
        else:
            self._refresh(self.page)

    def _refresh(self, page: Page) -> None:
        """Have the table of a page made; that of another, still in the making, is made when it is looked at again."""
        self._let_be()
        if self._facts is None:
            return
        page.prepare(self._facts)
        made = page.made(self._facts)
        if is_large(self._facts.analysis):
            self._fresh.discard(page)
            self._counting = self.workspace.operations.in_passing(made, lambda table: self._land(page, table))
        else:
            self._land(page, whole(made))

    def _land(self, page: Page, table: Table) -> None:
        self._fresh.add(page)
        page.show_table(table)

    def _let_be(self) -> None:
        if self._counting is not None:
            self._counting.drop()
            self._counting = None

    def _follow(self, page: Page) -> None:
        """Show what is behind the chosen cell; what is being typed beside it is kept first."""
        if page is self.page:
            self.side.keep()
            fact = page.view.fact()
            self.side.show_behind(fact.behind if fact is not None else None)

    def _open_segments(self) -> None:
        tree = self.side.evidence.tree
        if tree.isVisible():
            tree.setFocus()
            tree.choose_first()
