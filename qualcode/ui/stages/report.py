"""The Report stage: the outline at the left, the report to write in the middle, what carries it at the right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QMenu, QStackedWidget, QVBoxLayout, QWidget

from qualcode.core.rows import QuoteRow
from qualcode.core.values import Change, FindingId, QuoteId, SegmentId, ThemeId
from qualcode.report.blocks import Of, Origin
from qualcode.ui import theme
from qualcode.ui.models.report_desk import ReportDesk
from qualcode.ui.models.report_outline import HOUSE, LOOSE, texts_of
from qualcode.ui.models.report_reading import WRITTEN
from qualcode.ui.operations import Errand
from qualcode.ui.passages import Passage
from qualcode.ui.stages.stage import Stage
from qualcode.ui.widgets.basics import button, column, empty, icon_button, label, panel, row
from qualcode.ui.widgets.chooser import Choice, Chooser, Question
from qualcode.ui.widgets.panes import Panes
from qualcode.ui.widgets.report_cover import CoverPage
from qualcode.ui.widgets.report_exports import Exports
from qualcode.ui.widgets.report_findings import FindingsPage
from qualcode.ui.widgets.report_house import HousePage
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
        self._finding: FindingId | None = None
        self._section = ""
        self._shown_of: Path | None = None
        self._reading: Errand | None = None
        self._wanted: Callable[[], object] = self._show_again_where_one_was
        self.outline = ReportOutline()
        self.cover = CoverPage(self.desk)
        self.section = SectionPage(self.desk)
        self.house = HousePage(self.desk)
        self.house.scale_asked.connect(self._show_scale)
        self.findings = FindingsPage(self.desk)
        self.side = ReportSide(self.desk)
        self.exports = Exports(workspace, self.desk)
        self.returned = ReturnedPanel(workspace, self.desk)
        self.side.add_last(self.returned, "From Word")
        self.chooser = Chooser(self)
        self.middle = QStackedWidget()
        for part in (self.cover, self.section, self.findings, self.house):
            self.middle.addWidget(part)
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
            self._wanted = self._show_again_where_one_was
            self._finding, self._section = None, ""
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
        self._keep()
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
        if self._once_shown(lambda: self.show_finding(finding_id)):
            return
        finding = self.desk.finding(FindingId(finding_id))
        if finding is None:
            elsewhere = self.desk.is_left_out(FindingId(finding_id))
            self.workspace.refused.emit(
                "This finding speaks of another wave than the report. Choose the wave under Cover."
                if elsewhere
                else "This finding is no longer there."
            )
            return
        self._show_theme(finding.theme_id or LOOSE)
        self._choose(finding.id, scroll=True)
        self.outline.mark(Origin(Of.FINDING, finding.id))

    def show_quote(self, quote_id: QuoteId) -> None:
        """Show a quote under its finding, ready to be edited."""
        if self._once_shown(lambda: self.show_quote(quote_id)):
            return
        quote = self.desk.quote(quote_id)
        if quote is not None:
            self.show_finding(quote.finding_id)
            self._edit_quote(quote)

    def show_origin(self, origin: Origin) -> None:
        """Show what a check or a piece of the page speaks of."""
        if origin.of is Of.FINDING:
            self.show_finding(origin.id)
        elif origin.of is Of.QUOTE:
            self.show_quote(QuoteId(origin.id))
        elif origin.of is Of.THEME:
            self._show_theme(ThemeId(origin.id))
            self.outline.mark(origin)
        elif origin.of is Of.SECTION:
            self._show_text(origin.id)
        elif origin.of is Of.INTERVIEW:
            found = next((i for i in self.desk.material.interviews if i.id == origin.id), None)
            if found is not None:
                self.workspace.show_place(found.transcript_id)
        elif origin.of is Of.PARTICIPANT:
            self.workspace.stage_asked.emit("prepare")
        else:
            self._show_section("cover")

    # --- acts ---

    def new_finding(self) -> None:
        """Go to the place where the next finding of the theme is written."""
        if self._once_shown(self.new_finding):
            return
        origin = self.outline.origin()
        chosen = self.desk.finding(self._finding) if self._finding else None
        theme_id = chosen.theme_id if chosen else None
        if origin is not None and origin.of is Of.THEME:
            theme_id = ThemeId(origin.id)
        if theme_id is None and self.desk.material.themes:
            theme_id = self.desk.material.themes[0].id
        self._show_theme(theme_id or LOOSE)
        draft = self.findings.draft(theme_id or LOOSE)
        if draft is not None:
            draft.setFocus()
            self.findings.ensureWidgetVisible(draft)

    def comment(self) -> None:
        """Put the cursor where something is said, for colleagues, on what is worked on."""
        shown = self.middle.currentWidget()
        if isinstance(shown, CoverPage | SectionPage):
            shown.comment()
        elif shown is self.house:
            self.workspace.refused.emit("Comments are on findings, themes and sections. Choose one in the outline.")
        elif self._finding is not None:
            self.findings.comment_on(self._finding)
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
        self._keep()
        self.exports.word()

    def export_with_comments(self) -> None:
        """Ask where to, and write the report with the team's comments there."""
        self._keep()
        self.exports.word_with_comments()

    # --- within: building ---

    def _make_left(self) -> QFrame:
        add = icon_button("New finding", "add", self.new_finding, tip="New finding ({report.new})")
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
        self.outline.chosen.connect(self._follow)
        self.cover.report_chosen.connect(self._refresh)
        self.outline.opened.connect(self._enter)
        for source in (self.outline, self.findings):
            source.shifted.connect(self._shift)
            source.delete_wanted.connect(self.remove_finding)
            source.move_wanted.connect(self.ask_theme)
        self.findings.entered.connect(self._entered)
        self.findings.added.connect(self.show_finding)
        self.findings.quote_chosen.connect(self._edit_quote)
        self.findings.quote_shifted.connect(self.desk.quotes.shift)
        self.findings.quote_delete_wanted.connect(self.desk.quotes.remove)
        self.findings.place_wanted.connect(self._open_quote)
        self.findings.dropped.connect(self._dropped)
        self.side.evidence.open_wanted.connect(self._open_passage)
        self.side.evidence.quoted.connect(self.show_quote)
        self.side.quote.open_wanted.connect(self._open_quote)
        self.side.place_asked.connect(self._open_quote)
        self.side.quote.delete_wanted.connect(self.desk.quotes.remove)
        self.side.asked.connect(self.show_origin)
        self.returned.asked.connect(self.show_origin)
        self.returned.passage_asked.connect(self.workspace.show_place)
        self.returned.shown.connect(self.side.raise_last)
        self.workspace.leaving.connect(self._keep)
        acts = {"new": self.new_finding, "comment": self.comment}
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
            self._reading = self.desk.read(self._show)

    def _show(self) -> None:
        self._reading = None
        self._waiting.hide()
        there = bool(self.desk.material.themes or self.desk.material.findings)
        self._panes.setVisible(there)
        self._empty.setVisible(not there)
        if not there:
            return
        self.outline.show_report(self.desk)
        wanted, self._wanted = self._wanted, self._show_again_where_one_was
        wanted()
        self.side.age()

    def _once_shown(self, act: Callable[[], object]) -> bool:
        """Whether what is to be shown is still being read; ``act`` is done as soon as it is."""
        if self._reading is not None:
            self._wanted = act
        return self._reading is not None

    def _show_again_where_one_was(self) -> None:
        if self._section:
            self._show_section(self._section)
        else:
            self._show_again()

    def _show_first(self) -> None:
        findings = self.desk.reading_order()
        if findings:
            self.show_finding(findings[0].id)
        else:
            first = self.desk.material.themes[0].id if self.desk.material.themes else LOOSE
            self._show_theme(first)
            self.outline.mark(Origin(Of.THEME, first))

    def _show_again(self) -> None:
        """Show the theme's findings anew, with the finding and the quote that were chosen."""
        finding = self.desk.finding(self._finding) if self._finding else None
        theme_id = self.findings.theme_id
        if finding is not None and not self._stands_in(finding.theme_id):
            self.show_finding(finding.id)
            return
        if theme_id is None or not self._is_there(theme_id):
            self._show_first()
            return
        self.findings.show_theme(theme_id)
        self._choose(finding.id if finding else None)
        self.outline.mark(Origin(Of.FINDING, finding.id) if finding else Origin(Of.THEME, theme_id))
        quote = self.side.quote.quote
        self._show_quote(self.desk.quote(quote.id) if quote is not None else None)

    def _is_there(self, theme_id: ThemeId) -> bool:
        if theme_id == LOOSE:
            return any(f.theme_id is None for f in self.desk.material.findings)
        return self.desk.theme(theme_id) is not None

    def _stands_in(self, theme_id: ThemeId | None) -> bool:
        """Whether the findings of this theme are among those shown."""
        shown = self.findings.theme_id
        if shown == LOOSE or theme_id is None:
            return shown == (theme_id or LOOSE)
        return shown is not None and theme_id in {t.id for t in self.desk.under(shown)}

    def _follow(self, origin: Origin) -> None:
        """Show what was chosen in the outline."""
        if origin.of is Of.FINDING:
            finding = self.desk.finding(FindingId(origin.id))
            if finding is not None:
                self._show_theme(finding.theme_id or LOOSE)
                self._choose(finding.id, scroll=True)
        elif origin.of is Of.THEME:
            self._show_theme(ThemeId(origin.id))
        else:
            self._show_section(origin.id)

    def _show_theme(self, theme_id: ThemeId) -> None:
        self._section = ""
        if self.middle.currentWidget() is not self.findings:
            self._keep()
        self.middle.setCurrentWidget(self.findings)
        self.findings.show_theme(theme_id)
        self._choose(None)
        self.side.show_place(origin=Origin(Of.THEME, theme_id))

    def _show_section(self, key: str) -> None:
        if key == HOUSE:
            self._show_house()
            return
        section = next((s for s in (*self.desk.shape.sections, *self.desk.shape.appendices) if s.key == key), None)
        if section is None:
            self._show_first()
            return
        self._section = key
        self._choose(None)
        if section.kind == "cover":
            self.cover.show_cover()
            self.middle.setCurrentWidget(self.cover)
        else:
            self.section.show_section(section)
            self.middle.setCurrentWidget(self.section)
        self.side.show_place(key=key)

    def _show_house(self) -> None:
        self._section = HOUSE
        self._choose(None)
        self.house.show_house()
        self.middle.setCurrentWidget(self.house)

    def _show_scale(self) -> None:
        """Show where the quantity words are changed."""
        found = next((s for s in self.desk.shape.appendices if s.kind == "quantity"), None)
        if found is None:
            self.workspace.refused.emit("This shape has no page on quantity words. Choose another to change them.")
        else:
            self._show_text(found.key)

    def _show_text(self, key: str) -> None:
        """Show the section in which this text of the analyst's is written, ready for it."""
        sections = (*self.desk.shape.sections, *self.desk.shape.appendices)
        home = next((s for s in sections if key == s.key or key in [text for text, _, _ in texts_of(s)]), None)
        if home is None:
            home = next(s for s in sections if s.kind == "cover")
        self.outline.mark(Origin(Of.SECTION, home.key))
        self._show_section(home.key)
        field = self.section.field(key)
        if field is not None:
            field.setFocus()

    def _choose(self, finding_id: FindingId | None, *, scroll: bool = False) -> None:
        if finding_id != self._finding:
            self._show_quote(None)
        self._finding = finding_id
        self.findings.choose(finding_id, scroll=scroll)
        self.side.show_finding(self.desk.finding(finding_id) if finding_id else None)

    def _show_quote(self, quote: QuoteRow | None, *, raised: bool = False) -> None:
        self.side.show_quote(quote, raised=raised)
        self.findings.mark_quote(quote.id if quote is not None else "")

    # --- within: acts ---

    def _entered(self, finding_id: FindingId) -> None:
        if finding_id != self._finding:
            self._choose(finding_id)
            self.outline.mark(Origin(Of.FINDING, finding_id))

    def _enter(self) -> None:
        """Put the cursor where what is chosen in the outline is written."""
        card = self.findings.card(self._finding) if self._finding else None
        if self.middle.currentWidget() is self.findings and card is not None:
            card.field.setFocus()
        elif self.middle.currentWidget() is self.findings:
            self.new_finding()
        elif (shown := self.middle.currentWidget()) is not None:
            shown.setFocus()

    def _shift(self, finding_id: FindingId, by: int) -> None:
        self.desk.shift_finding(finding_id, by)

    def _move(self, finding_id: FindingId, theme_id: object) -> None:
        self.desk.move_finding(finding_id, ThemeId(str(theme_id)))
        self.show_finding(finding_id)

    def _edit_quote(self, quote: QuoteRow) -> None:
        if quote.finding_id != self._finding:
            self._choose(quote.finding_id)
            self.outline.mark(Origin(Of.FINDING, quote.finding_id))
        self._show_quote(quote, raised=True)

    def _dropped(self, finding_id: FindingId, segment_id: SegmentId, act: str) -> None:
        """Do what a segment was dropped for, and go on with the finding it was dropped on."""
        if finding_id != self._finding:
            self._choose(finding_id)
            self.outline.mark(Origin(Of.FINDING, finding_id))
        self.side.evidence.act_on(segment_id, act)

    def _open_quote(self, quote: QuoteRow) -> None:
        self.workspace.show_place(quote.transcript_id, quote.span)

    def _open_passage(self, passage: Passage) -> None:
        self.workspace.show_place(passage.segment.transcript_id, passage.segment.span)

    def _keep(self) -> None:
        """Keep what is being typed."""
        for part in (self.cover, self.section, self.findings, self.house):
            part.keep()
