"""What helps at the right of a report: evidence, the quote in hand, the page as it will look, the checks."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from qualcode.core.rows import FindingRow, QuoteRow
from qualcode.core.values import QuoteId
from qualcode.report.blocks import Origin
from qualcode.report.checks import Severity
from qualcode.ui import theme
from qualcode.ui.models.report_desk import ReportDesk
from qualcode.ui.widgets.report_evidence import EvidencePanel
from qualcode.ui.widgets.report_page import ChecksPanel, ReportPage
from qualcode.ui.widgets.report_quote import QuotePanel

SETTLES = 250
"""Milliseconds after the last act until what is looked at is made anew."""


class ReportSide(QTabWidget):
    """Page and checks read the whole project, so they are made anew only while they are looked at."""

    asked = Signal(object)
    """An Origin to go to."""
    place_asked = Signal(object)
    """A QuoteRow to show in its transcript."""

    def __init__(self, desk: ReportDesk) -> None:
        super().__init__()
        self._desk = desk
        self._page_is_old = self._checks_are_old = True
        self._turned_from: QWidget | None = None
        self._wanted: tuple[str, Origin | None] = ("", None)
        self.setDocumentMode(True)
        self.setAccessibleName("Evidence, quote, page, checks")
        self.evidence = EvidencePanel(desk)
        self.quote = QuotePanel(desk)
        self.page = ReportPage(desk.clipboard)
        self.checks = ChecksPanel()
        tabs = ((self.evidence, "Evidence"), (self.quote, "Quote"), (self.page, "Page"), (self.checks, "Checks"))
        for part, name in tabs:
            self.addTab(part, name)
        self._later = QTimer(self, interval=SETTLES, singleShot=True)
        self._later.timeout.connect(self._catch_up)
        self.currentChanged.connect(lambda _: self._catch_up())
        self.page.asked.connect(self.asked)
        self.page.place_asked.connect(self._show_said)
        self.checks.asked.connect(self.asked)
        theme.appearance.changed.connect(self._age_page)

    def add_last(self, part: QWidget, name: str) -> None:
        """Add a tab that is not seen before :meth:`raise_last`."""
        self.addTab(part, name)
        self.setTabVisible(self.indexOf(part), False)

    def hide_last(self) -> None:
        self.setTabVisible(self.count() - 1, False)

    def raise_last(self) -> None:
        last = self.count() - 1
        self.setTabVisible(last, True)
        self.setCurrentIndex(last)

    def age(self) -> None:
        """The project changed: page and checks are to be made anew when next looked at."""
        self._checks_are_old = True
        self.setTabText(self.indexOf(self.checks), "Checks")
        self._age_page()

    def show_otherwise(self) -> None:
        """Make page and checks anew at once: the mask shows other words."""
        self.age()
        self._catch_up()

    def show_finding(self, finding: FindingRow | None) -> None:
        self.evidence.show_finding(finding)

    def show_quote(self, quote: QuoteRow | None, *, raised: bool = False) -> None:
        """Show a quote for editing; ``raised``: turn to it."""
        self.quote.show_quote(quote)
        if raised:
            self.setCurrentWidget(self.quote)

    def show_place(self, key: str = "", origin: Origin | None = None) -> None:
        """Scroll the page, if it is looked at, to a section or to what was made from ``origin``.

        While a section is shown there is no evidence to look at: the page is turned to, and turned from again.
        """
        self._turn(key)
        self._wanted = key, origin
        if self.currentWidget() is self.page and not self._page_is_old:
            self.page.show_place(self._desk.built, key, origin)

    def _show_said(self, origin: Origin) -> None:
        quote = self._desk.quote(QuoteId(origin.id))
        if quote is not None:
            self.place_asked.emit(quote)

    def _turn(self, key: str) -> None:
        """Show the page for a section instead of evidence or a quote, and these again for findings."""
        shown = self.currentWidget()
        if key and shown in (self.evidence, self.quote):
            self._turned_from = shown
            self._later.start()
            self.blockSignals(True)
            self.setCurrentWidget(self.page)
            self.blockSignals(False)
        elif not key and self._turned_from is not None:
            if shown is self.page:
                self.setCurrentWidget(self._turned_from)
            self._turned_from = None

    def _age_page(self) -> None:
        self._page_is_old = True
        self._later.start()

    def _catch_up(self) -> None:
        if not self.isVisible():
            return
        if self.currentWidget() is self.page and self._page_is_old:
            self._page_is_old = False
            self.page.show_report(self._desk.built, self._desk.talk.open_origins())
            self.page.show_place(self._desk.built, *self._wanted)
            self._wanted = "", None
        elif self.currentWidget() is self.checks and self._checks_are_old:
            self._checks_are_old = False
            found = self._desk.mask.everything(tuple(self._desk.checks))
            self.checks.show_checks(found, sum(len(f.quotes) for f in self._desk.material.findings))
            self.checks.show_balance(self._desk.mask.everything(self._desk.balance))
            wanting = sum(check.severity is not Severity.NOTE for check in found)
            self.setTabText(self.indexOf(self.checks), f"Checks {wanting}" if wanting else "Checks ✓")
