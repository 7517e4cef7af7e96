"""The Report stage: the outline at the left, the report to write in the middle, what carries it at the right."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from qualcode.core.rows import QuoteRow
from qualcode.core.values import Change, FindingId, QuoteId, SegmentId, ThemeId
from qualcode.report.blocks import Origin
from qualcode.ui import theme
from qualcode.ui.models.report_desk import ReportDesk
from qualcode.ui.models.report_reading import WRITTEN
from qualcode.ui.operations import Errand
from qualcode.ui.passages import Passage
from qualcode.ui.report_place import ReportPages, ReportPlace
from qualcode.ui.stages.stage import Stage
from qualcode.ui.widgets.basics import button, column, empty, icon_button, label, panel, row
from qualcode.ui.widgets.chooser import Choice, Chooser, Question
from qualcode.ui.widgets.panes import Panes
from qualcode.ui.widgets.report_cover import CoverPage
from qualcode.ui.widgets.report_exports import Exports
from qualcode.ui.widgets.report_outline import ReportOutline
from qualcode.ui.widgets.report_returned import ReturnedPanel
from qualcode.ui.widgets.report_section import SectionPage
from qualcode.ui.widgets.report_side import ReportSide
from qualcode.ui.workspace import Workspace

IGNORED = frozenset({"reading", "suggestion", "activity"})
"""Tables a report does not depend on."""


class ReportStage(Stage):
    """Write the report, choose and edit its quotes, check it, and export it."""

    key = "report"
    title = "Report"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.desk = ReportDesk(workspace)
        self._shown_of: Path | None = None
        self._reading: Errand | None = None
        self.outline = ReportOutline()
        self.middle = ReportPages(self.desk)
        self.cover, self.section = self.middle.cover, self.middle.section
        self.findings, self.house = self.middle.findings, self.middle.house
        self.side = ReportSide(self.desk)
        self.place = ReportPlace(workspace, self.desk, self.outline, self.middle, self.side)
        self.exports = Exports(workspace, self.desk)
        self.returned = ReturnedPanel(workspace, self.desk)
        self.side.add_last(self.returned, "From Word")
        self.chooser = Chooser(self)
        self._panes = Panes(
            self._make_left(),
            self._make_middle(),
            self.side,
            key="report",
            names=("Outline", "Findings", "Evidence and page"),
            preferences=workspace.preferences,
            sizes=(236, 600, 340),
        )
        self._empty = empty(
            "A report says what the themes mean. Gather codes under a theme first; its findings are written here.",
            button("Open Themes", lambda: workspace.stage_asked.emit("themes"), "Primary"),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._panes)
        layout.addWidget(self._empty)
        self._waiting = empty("Counting who said what …")
        self._waiting.hide()
        layout.addWidget(self._waiting)
        self._connect()

    # --- Stage ---

    def load(self) -> None:
        if self._shown_of != self.desk.project.path:
            self._shown_of = self.desk.project.path
            self._panes.hide()
            self.place.forget()
            self.exports.clear()
            self.returned.clear()
            self.side.hide_last()
        self.side.evidence.forget()
        self._refresh()

    def react(self, change: Change) -> None:
        if set(change.rows) - IGNORED:
            self.desk.follow(change)
            self.returned.react(change)
            if set(change.rows) - WRITTEN:
                self.side.evidence.forget()
            self._refresh()

    def show_otherwise(self) -> None:
        self.middle.keep()
        self.desk.show_otherwise()
        self.load()
        self.side.show_otherwise()
        self.returned.show_otherwise()

    def tools(self) -> list[QWidget]:
        others = button(
            "More exports",
            lambda: None,
            tip="Framework matrix with the quote bank; evidence annex; check what came back",
        )
        menu = QMenu(others)
        menu.addAction("Word report with comments, for colleagues…", self.export_with_comments)
        menu.addSeparator()
        menu.addAction("Framework matrix and quote bank…", self.exports.matrix)
        menu.addAction("Evidence annex, confidential…", self.exports.annex)
        menu.addSeparator()
        menu.addAction("Check a report from Word…", self.returned.choose)
        others.setMenu(menu)
        return [
            others,
            button("Export Word report…", self.export_word, "Primary", tip="Export Word report ({export_report})"),
        ]

    def panes(self) -> list[QWidget]:
        return [self.outline, *(w for w in (self.middle.currentWidget(), self.side.currentWidget()) if w)]

    # --- going somewhere ---

    def show_finding(self, finding_id: str) -> None:
        """Show a finding among those of its theme, ready to be worked on."""
        self.place.show_finding(finding_id)

    def show_quote(self, quote_id: QuoteId) -> None:
        """Show a quote under its finding, ready to be edited."""
        self.place.show_quote(quote_id)

    def show_origin(self, origin: Origin) -> None:
        """Show what a check or a piece of the page speaks of."""
        self.place.show_origin(origin)

    # --- acts ---

    def comment(self) -> None:
        """Put the cursor where something is said, for colleagues, on what is worked on."""
        shown = self.middle.currentWidget()
        if isinstance(shown, CoverPage | SectionPage):
            shown.comment()
        elif shown is self.house:
            self.workspace.refused.emit("Comments are on findings, themes and sections. Choose one in the outline.")
        elif self.place.finding_id is not None:
            self.findings.comment_on(self.place.finding_id)
        else:
            self.findings.comment_on_theme()

    def ask_theme(self, finding_id: FindingId) -> None:
        """Ask to which theme a finding shall go."""
        finding = self.desk.finding(finding_id)
        if finding is None:
            return
        depth: dict[ThemeId | None, int] = {None: -1}
        choices = []
        for row_ in self.desk.material.themes:
            depth[row_.id] = depth[row_.parent_id] + 1
            if row_.id != finding.theme_id:
                choices.append(Choice(row_.id, row_.name, depth=depth[row_.id]))
        focus = self.focusWidget() or self
        at = focus.mapToGlobal(QPoint(theme.px(20), theme.px(20)))
        self.chooser.ask(at, Question("Move the finding to", choices, lambda key: self._move(finding_id, key)))

    def remove_finding(self, finding_id: FindingId) -> None:
        """Delete a finding with its quotes; Undo brings all of it back."""
        order = [f.id for f in self.desk.reading_order()]
        here = order.index(finding_id) if finding_id in order else 0
        beside = [*order[here + 1 : here + 2], *order[here - 1 : here]] if here else order[1:2]
        self.desk.remove_finding(finding_id)
        if beside:
            self.show_finding(beside[0])

    def export_word(self) -> None:
        """Ask where to, and write the Word report there."""
        self.middle.keep()
        self.exports.word()

    def export_with_comments(self) -> None:
        """Ask where to, and write the report with the team's comments there."""
        self.middle.keep()
        self.exports.word_with_comments()

    # --- within: building ---

    def _make_left(self) -> QFrame:
        add = icon_button("New finding", "add", self.place.begin_finding, tip="New finding ({report.new})")
        head = row(label("Outline", "Head"), None, add)
        head.setContentsMargins(theme.px(12), theme.px(8), theme.px(6), theme.px(4))
        layout = column(head, self.outline, gap=0)
        layout.setStretch(1, 1)
        return panel(layout)

    def _make_middle(self) -> QFrame:
        layout = column(self.exports, self.middle, gap=0)
        layout.setStretch(1, 1)
        return panel(layout, "Background")

    def _connect(self) -> None:
        self.cover.report_chosen.connect(self._refresh)
        for source in (self.outline, self.findings):
            source.shifted.connect(self.desk.shift_finding)
            source.delete_wanted.connect(self.remove_finding)
            source.move_wanted.connect(self.ask_theme)
        self.findings.quote_shifted.connect(self.desk.quotes.shift)
        self.findings.quote_delete_wanted.connect(self.desk.quotes.remove)
        self.findings.place_wanted.connect(self._open_quote)
        self.findings.dropped.connect(self._dropped)
        self.side.evidence.open_wanted.connect(self._open_passage)
        self.side.quote.open_wanted.connect(self._open_quote)
        self.side.place_asked.connect(self._open_quote)
        self.side.quote.delete_wanted.connect(self.desk.quotes.remove)
        self.returned.asked.connect(self.place.show_origin)
        self.returned.passage_asked.connect(self.workspace.show_place)
        self.returned.shown.connect(self.side.raise_last)
        self.workspace.leaving.connect(self.middle.keep)
        acts = {"new": self.place.begin_finding, "comment": self.comment}
        self.workspace.keys.bind(self, self.key, acts, Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # --- within: showing ---

    def _refresh(self) -> None:
        """Show everything as it is now, once it is read; what is chosen, open and typed stays."""
        self.desk.forget()
        if self._reading is not None:
            self._reading.drop()
            self._reading = None
        if self.desk.has_read:
            self._show()
        else:
            self._waiting.setVisible(self._panes.isHidden())
            self._empty.hide()
            self.place.waits = True
            self._reading = self.desk.read(self._show)

    def _show(self) -> None:
        self._reading = None
        self.place.waits = False
        self._waiting.hide()
        there = bool(self.desk.material.themes or self.desk.material.findings)
        self._panes.setVisible(there)
        self._empty.setVisible(not there)
        if there:
            self.place.show()
            self.side.age()

    # --- within: acts ---

    def _move(self, finding_id: FindingId, theme_id: object) -> None:
        self.desk.move_finding(finding_id, ThemeId(str(theme_id)))
        self.show_finding(finding_id)

    def _dropped(self, finding_id: FindingId, segment_id: SegmentId, act: str) -> None:
        """Do what a segment was dropped for, and go on with the finding it was dropped on."""
        self.place.turn_to(finding_id)
        self.side.evidence.act_on(segment_id, act)

    def _open_quote(self, quote: QuoteRow) -> None:
        self.workspace.show_place(quote.transcript_id, quote.span)

    def _open_passage(self, passage: Passage) -> None:
        self.workspace.show_place(passage.segment.transcript_id, passage.segment.span)
