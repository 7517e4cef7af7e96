"""Where one is in the report: a theme's findings, or a section; outline, pages and side show the same place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget

from qualcode.core.rows import QuoteRow
from qualcode.core.values import FindingId, QuoteId, ThemeId
from qualcode.report.blocks import Of, Origin
from qualcode.ui.models.report_desk import ReportDesk
from qualcode.ui.models.report_outline import HOUSE, LOOSE, texts_of
from qualcode.ui.widgets.report_cover import CoverPage
from qualcode.ui.widgets.report_findings import FindingsPage
from qualcode.ui.widgets.report_house import HousePage
from qualcode.ui.widgets.report_outline import ReportOutline
from qualcode.ui.widgets.report_section import SectionPage
from qualcode.ui.widgets.report_side import ReportSide
from qualcode.ui.workspace import Workspace


class ReportPages(QStackedWidget):
    """What is written in the middle, a page at a time."""

    def __init__(self, desk: ReportDesk) -> None:
        super().__init__()
        self.cover = CoverPage(desk)
        self.section = SectionPage(desk)
        self.findings = FindingsPage(desk)
        self.house = HousePage(desk)
        for page in (self.cover, self.section, self.findings, self.house):
            self.addWidget(page)

    def keep(self) -> None:
        """Keep what is being typed."""
        for page in (self.cover, self.section, self.findings, self.house):
            page.keep()


class ReportPlace:
    """The one that goes somewhere in the report, and remembers where it was through every change."""

    def __init__(
        self, workspace: Workspace, desk: ReportDesk, outline: ReportOutline, pages: ReportPages, side: ReportSide
    ) -> None:
        self._workspace, self._desk = workspace, desk
        self._outline, self._pages, self._side = outline, pages, side
        self.finding_id: FindingId | None = None
        """The finding that is worked on."""
        self._section = ""
        self.waits = False
        """Whether what is to be shown is still being read; what is asked for meanwhile is shown then."""
        self._wanted: Callable[[], object] = self._show_again
        outline.chosen.connect(self._follow)
        outline.opened.connect(self._write)
        pages.house.scale_asked.connect(self._show_scale)
        pages.findings.entered.connect(self.turn_to)
        pages.findings.added.connect(self.show_finding)
        pages.findings.quote_chosen.connect(self._edit)
        side.evidence.quoted.connect(self.show_quote)
        side.asked.connect(self.show_origin)

    def forget(self) -> None:
        """Another project is there: begin at its first finding."""
        self._wanted = self._show_again
        self.finding_id, self._section = None, ""

    def show(self) -> None:
        """Show what was asked for meanwhile, or else everything as it is now where one was."""
        self._outline.show_report(self._desk)
        wanted, self._wanted = self._wanted, self._show_again
        wanted()

    # --- going somewhere ---

    def show_finding(self, finding_id: str) -> None:
        """Show a finding among those of its theme, ready to be worked on."""
        if self._once_read(lambda: self.show_finding(finding_id)):
            return
        finding = self._desk.finding(FindingId(finding_id))
        if finding is None:
            elsewhere = self._desk.is_left_out(FindingId(finding_id))
            self._workspace.refused.emit(
                "This finding speaks of another wave than the report. Choose the wave under Cover."
                if elsewhere
                else "This finding is no longer there."
            )
            return
        self._show_theme(finding.theme_id or LOOSE)
        self._choose(finding.id, scroll=True)
        self._outline.mark(Origin(Of.FINDING, finding.id))

    def show_quote(self, quote_id: QuoteId) -> None:
        """Show a quote under its finding, ready to be edited."""
        if self._once_read(lambda: self.show_quote(quote_id)):
            return
        quote = self._desk.quote(quote_id)
        if quote is not None:
            self.show_finding(quote.finding_id)
            self._edit(quote)

    def show_origin(self, origin: Origin) -> None:
        """Show what a check or a piece of the page speaks of."""
        if origin.of is Of.FINDING:
            self.show_finding(origin.id)
        elif origin.of is Of.QUOTE:
            self.show_quote(QuoteId(origin.id))
        elif origin.of is Of.THEME:
            self._show_theme(ThemeId(origin.id))
            self._outline.mark(origin)
        elif origin.of is Of.SECTION:
            self._show_text(origin.id)
        elif origin.of is Of.INTERVIEW:
            found = next((i for i in self._desk.material.interviews if i.id == origin.id), None)
            if found is not None:
                self._workspace.show_place(found.transcript_id)
        elif origin.of is Of.PARTICIPANT:
            self._workspace.stage_asked.emit("prepare")
        else:
            self.show_section("cover")

    def show_section(self, key: str) -> None:
        """Show a section, the cover or the house's ways; the first finding where the report has it no more."""
        if key == HOUSE:
            self._show_house()
            return
        section = next((s for s in (*self._desk.shape.sections, *self._desk.shape.appendices) if s.key == key), None)
        if section is None:
            self._show_first()
            return
        self._section = key
        self._choose(None)
        if section.kind == "cover":
            self._pages.cover.show_cover()
            self._pages.setCurrentWidget(self._pages.cover)
        else:
            self._pages.section.show_section(section)
            self._pages.setCurrentWidget(self._pages.section)
        self._side.show_place(key=key)

    def turn_to(self, finding_id: FindingId) -> None:
        """Go on with a finding that is on the page already."""
        if finding_id != self.finding_id:
            self._choose(finding_id)
            self._outline.mark(Origin(Of.FINDING, finding_id))

    def begin_finding(self) -> None:
        """Go to where the next finding of the theme is written."""
        if self._once_read(self.begin_finding):
            return
        origin = self._outline.origin()
        chosen = self._desk.finding(self.finding_id) if self.finding_id else None
        theme_id = chosen.theme_id if chosen else None
        if origin is not None and origin.of is Of.THEME:
            theme_id = ThemeId(origin.id)
        if theme_id is None and self._desk.material.themes:
            theme_id = self._desk.material.themes[0].id
        self._show_theme(theme_id or LOOSE)
        draft = self._pages.findings.draft(theme_id or LOOSE)
        if draft is not None:
            draft.setFocus()
            self._pages.findings.ensureWidgetVisible(draft)

    # --- within ---

    def _once_read(self, act: Callable[[], object]) -> bool:
        """Whether what is to be shown is still being read; ``act`` is done as soon as it is."""
        if self.waits:
            self._wanted = act
        return self.waits

    def _show_again(self) -> None:
        if self._section:
            self.show_section(self._section)
        else:
            self._show_findings_again()

    def _show_first(self) -> None:
        findings = self._desk.reading_order()
        if findings:
            self.show_finding(findings[0].id)
        else:
            first = self._desk.material.themes[0].id if self._desk.material.themes else LOOSE
            self._show_theme(first)
            self._outline.mark(Origin(Of.THEME, first))

    def _show_findings_again(self) -> None:
        """Show the theme's findings anew, with the finding and the quote that were chosen."""
        finding = self._desk.finding(self.finding_id) if self.finding_id else None
        theme_id = self._pages.findings.theme_id
        if finding is not None and not self._stands_in(finding.theme_id):
            self.show_finding(finding.id)
            return
        if theme_id is None or not self._is_there(theme_id):
            self._show_first()
            return
        self._pages.findings.show_theme(theme_id)
        self._choose(finding.id if finding else None)
        self._outline.mark(Origin(Of.FINDING, finding.id) if finding else Origin(Of.THEME, theme_id))
        quote = self._side.quote.quote
        self._show_quote(self._desk.quote(quote.id) if quote is not None else None)

    def _is_there(self, theme_id: ThemeId) -> bool:
        if theme_id == LOOSE:
            return any(f.theme_id is None for f in self._desk.material.findings)
        return self._desk.theme(theme_id) is not None

    def _stands_in(self, theme_id: ThemeId | None) -> bool:
        """Whether the findings of this theme are among those shown."""
        shown = self._pages.findings.theme_id
        if shown == LOOSE or theme_id is None:
            return shown == (theme_id or LOOSE)
        return shown is not None and theme_id in {t.id for t in self._desk.under(shown)}

    def _follow(self, origin: Origin) -> None:
        """Show what was chosen in the outline."""
        if origin.of is Of.FINDING:
            finding = self._desk.finding(FindingId(origin.id))
            if finding is not None:
                self._show_theme(finding.theme_id or LOOSE)
                self._choose(finding.id, scroll=True)
        elif origin.of is Of.THEME:
            self._show_theme(ThemeId(origin.id))
        else:
            self.show_section(origin.id)

    def _show_theme(self, theme_id: ThemeId) -> None:
        self._section = ""
        if self._pages.currentWidget() is not self._pages.findings:
            self._pages.keep()
        self._pages.setCurrentWidget(self._pages.findings)
        self._pages.findings.show_theme(theme_id)
        self._choose(None)
        self._side.show_place(origin=Origin(Of.THEME, theme_id))

    def _show_house(self) -> None:
        self._section = HOUSE
        self._choose(None)
        self._pages.house.show_house()
        self._pages.setCurrentWidget(self._pages.house)

    def _show_scale(self) -> None:
        """Show where the quantity words are changed."""
        found = next((s for s in self._desk.shape.appendices if s.kind == "quantity"), None)
        if found is None:
            self._workspace.refused.emit("This shape has no page on quantity words. Choose another to change them.")
        else:
            self._show_text(found.key)

    def _show_text(self, key: str) -> None:
        """Show the section in which this text of the analyst's is written, ready for it."""
        sections = (*self._desk.shape.sections, *self._desk.shape.appendices)
        home = next((s for s in sections if key == s.key or key in [text for text, _, _ in texts_of(s)]), None)
        if home is None:
            home = next(s for s in sections if s.kind == "cover")
        self._outline.mark(Origin(Of.SECTION, home.key))
        self.show_section(home.key)
        field = self._pages.section.field(key)
        if field is not None:
            field.setFocus()

    def _choose(self, finding_id: FindingId | None, *, scroll: bool = False) -> None:
        if finding_id != self.finding_id:
            self._show_quote(None)
        self.finding_id = finding_id
        self._pages.findings.choose(finding_id, scroll=scroll)
        self._side.show_finding(self._desk.finding(finding_id) if finding_id else None)

    def _show_quote(self, quote: QuoteRow | None, *, raised: bool = False) -> None:
        self._side.show_quote(quote, raised=raised)
        self._pages.findings.mark_quote(quote.id if quote is not None else "")

    def _edit(self, quote: QuoteRow) -> None:
        self.turn_to(quote.finding_id)
        self._show_quote(quote, raised=True)

    def _write(self) -> None:
        """Put the cursor where what is chosen in the outline is written."""
        shown, findings = self._pages.currentWidget(), self._pages.findings
        card = findings.card(self.finding_id) if self.finding_id else None
        if shown is findings and card is not None:
            card.field.setFocus()
        elif shown is findings:
            self.begin_finding()
        elif shown is not None:
            shown.setFocus()
