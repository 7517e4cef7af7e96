"""Work on the report: what it is made of, read when first asked for, and the acts on findings, quotes and sections.

The stage shows; this reads and acts. Every act is one step with the words of a menu, and refuses with a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any

from qualcode.core.analysis import Count
from qualcode.core.findings import BLOCK, INLINE, SUPPORTS
from qualcode.core.rows import FindingRow, QuoteRow, ReportRow, ThemeRow
from qualcode.core.values import (
    AttributeId,
    Change,
    FindingId,
    QuestionId,
    QuoteId,
    SegmentId,
    Span,
    ThemeId,
    WaveId,
)
from qualcode.guard import Guard
from qualcode.report import checks, markup
from qualcode.report.balance import Balance, balance
from qualcode.report.blocks import Report, ShownQuote
from qualcode.report.house import SETTING
from qualcode.report.material import Material
from qualcode.report.shapes import Shape
from qualcode.ui.models.report_reading import Reading, Standing
from qualcode.ui.passages import Passages
from qualcode.ui.workspace import Workspace

if TYPE_CHECKING:
    from qualcode.core.project import Project


class ReportDesk:
    """A view of the project for one report; :meth:`forget` makes it read anew."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._standing: Standing | None = None
        self._reading: Reading | None = None
        self._report_id = ""
        self.passages = Passages(workspace)
        workspace.changed.connect(self.follow)

    def follow(self, change: Change) -> None:
        """Hear of every change, while the report is not shown too."""
        if self._standing is not None and self._standing.project is self.project:
            standing = self._standing.after(change)
            if standing is not self._standing:
                self.passages.forget()
            self._standing = standing
        self._reading = None

    def forget(self) -> None:
        """Read the report anew when next asked; what it rests on is kept as long as no change bears on it."""
        self._reading = None

    # --- reading ---

    @property
    def project(self) -> Project:
        return self._workspace.project

    @property
    def guard(self) -> Guard:
        return self._stands.guard

    @property
    def _stands(self) -> Standing:
        if self._standing is None or self._standing.project is not self.project:
            self.passages.forget()
            self._standing = Standing(self.project)
        return self._standing

    @property
    def _now(self) -> Reading:
        standing = self._stands
        if self._reading is None:
            self._reading = Reading(standing, self._report_id)
        return self._reading

    @property
    def report(self) -> ReportRow:
        """The document in the making; without an id while nothing of it is kept."""
        return self._now.report

    @property
    def reports(self) -> list[ReportRow]:
        """Every document in the making."""
        return self.project.reports.all()

    @property
    def shape(self) -> Shape:
        return self._now.shape

    @property
    def material(self) -> Material:
        return self._now.material

    @property
    def built(self) -> Report:
        """The whole report as it would leave now."""
        return self._now.built

    @property
    def checks(self) -> list[checks.Check]:
        return self._now.checks

    @property
    def balance(self) -> Balance:
        """Who is quoted how often."""
        quotes = [q for f in self.material.findings for q in f.quotes]
        return balance(self.material, self._now.composer.quoting, quotes)

    def finding(self, finding_id: FindingId) -> FindingRow | None:
        return next((f for f in self.material.findings if f.id == finding_id), None)

    def quote(self, quote_id: QuoteId) -> QuoteRow | None:
        return self.material.quotes.get(quote_id)

    def theme(self, theme_id: ThemeId | None) -> ThemeRow | None:
        return next((t for t in self.material.themes if t.id == theme_id), None)

    def reading_order(self) -> list[FindingRow]:
        """The findings as the report has them: theme by theme, those under none last."""
        order = {theme.id: number for number, theme in enumerate(self.material.themes)}
        return sorted(self.material.findings, key=lambda f: order.get(f.theme_id, len(order)) if f.theme_id else 10**9)

    def left_out(self, theme_ids: Collection[ThemeId]) -> int:
        """How many findings of these themes are not in the report, for they speak of another wave."""
        reported = {f.id for f in self.material.findings}
        return sum(f.theme_id in theme_ids and f.id not in reported for f in self._now.findings)

    def is_left_out(self, finding_id: FindingId) -> bool:
        """Whether a finding is there, but not in this report."""
        return self.finding(finding_id) is None and any(f.id == finding_id for f in self._now.findings)

    def under(self, theme_id: ThemeId) -> list[ThemeRow]:
        """A theme and what lies below it, in reading order."""
        below = [t for sub in self.material.below(theme_id) for t in self.under(sub.id)]
        own = self.theme(theme_id)
        return [*([own] if own else []), *below]

    def count(self, finding: FindingRow) -> Count:
        """The people behind a finding, of those asked."""
        return self._stands.count(finding)

    def titled(self, title: str) -> str:
        """A section's title with the names of the waves compared filled in."""
        return self._now.composer.titled(title)

    def shown(self, quote: QuoteRow) -> ShownQuote | None:
        """A quote as it will appear, anonymised and attributed; None when it is left out."""
        return self._now.composer.shown(quote, attributed=True)

    def place(self, quote: QuoteRow) -> str:
        """From which interview and line a quote is."""
        interview = self.material.interview_of.get(quote.transcript_id)
        if interview is None:
            return ""
        return f"{interview.title}, line {self._now.line(quote)}"

    def theme_segments(self, finding: FindingRow) -> list[SegmentId]:
        """The segments of a finding's theme that are not attached to it."""
        if finding.theme_id is None or self.theme(finding.theme_id) is None:
            return []
        evidence = self.material.analysis.evidence(finding.theme_id, finding.wave_id)
        attached = {e.segment_id for e in finding.evidence}
        found = dict.fromkeys(s for segments in evidence.values() for s in segments)
        return [s for s in found if s not in attached]

    # --- findings ---

    def add_finding(self, theme_id: ThemeId | None, text: str) -> FindingId | None:
        return self._workspace.attempt(lambda: self.project.findings.add(theme_id, text))

    def write_finding(self, finding_id: FindingId, text: str) -> bool:
        """Whether it was kept: an empty text is refused."""
        return self._did(lambda: self.project.findings.write(finding_id, text=text))

    def write_summary(self, finding_id: FindingId, text: str) -> None:
        self._do(lambda: self.project.findings.write(finding_id, summary=text))

    def write_message(self, theme_id: ThemeId, text: str) -> None:
        self._do(lambda: self.project.themes.define(theme_id, message=text))

    def remove_finding(self, finding_id: FindingId) -> None:
        self._do(lambda: self.project.findings.remove(finding_id))

    def move_finding(self, finding_id: FindingId, theme_id: ThemeId | None) -> None:
        self._do(lambda: self.project.findings.move(finding_id, theme_id))

    def shift_finding(self, finding_id: FindingId, by: int) -> None:
        """Move a finding up or down among those of its theme."""
        finding = self.finding(finding_id)
        if finding is not None:
            ids = [f.id for f in self.project.findings.all() if f.theme_id == finding.theme_id]
            order = _shifted(ids, finding_id, by)
            if order != ids:
                self._do(lambda: self.project.findings.order(order))

    def speak_of(self, finding_id: FindingId, wave: WaveId | None, attribute: AttributeId | None, value: str) -> None:
        findings = self.project.findings
        self._do(lambda: findings.speak_of(finding_id, wave_id=wave, attribute_id=attribute, value=value))

    def answer(self, finding_id: FindingId, question_ids: Sequence[QuestionId]) -> None:
        self._do(lambda: self.project.findings.answer(finding_id, question_ids))

    # --- evidence and quotes ---

    def attach(self, finding_id: FindingId, segment_id: SegmentId, stance: str = SUPPORTS) -> None:
        self._do(lambda: self.project.findings.attach(finding_id, [segment_id], stance))

    def detach(self, finding_id: FindingId, segment_id: SegmentId) -> None:
        self._do(lambda: self.project.findings.detach(finding_id, [segment_id]))

    def add_quote(self, finding_id: FindingId, segment_id: SegmentId) -> QuoteId | None:
        return self._workspace.attempt(lambda: self.project.findings.quote(finding_id, segment_id))

    def remove_quote(self, quote: QuoteRow) -> None:
        """Take a quote off its finding, and its mark out of the sentence."""
        self._do(lambda: self._remove_quote(quote))

    def cut(self, quote: QuoteRow, span: Span) -> None:
        self._do(lambda: self.project.findings.cut(quote.id, span))

    def replace(self, quote: QuoteRow, span: Span, description: str) -> bool:
        return self._did(lambda: self.project.findings.replace(quote.id, span, description))

    def trim(self, quote: QuoteRow, kept: Span) -> None:
        self._do(lambda: self.project.findings.trim(quote.id, kept))

    def take_back(self, quote: QuoteRow, numbers: Sequence[int]) -> None:
        """Put the words of these edits back."""
        self._do(lambda: self._take_back(quote, numbers))

    def attribute(self, quote: QuoteRow, attribution: str | None) -> None:
        self._do(lambda: self.project.findings.attribute(quote.id, attribution))

    def joinable(self, quote: QuoteRow) -> list[QuoteRow]:
        """The quotes of the same finding from the same interview, with which it might be one."""
        finding = self.finding(quote.finding_id)
        others = finding.quotes if finding is not None else ()
        return [q for q in others if q.id != quote.id and q.transcript_id == quote.transcript_id]

    def join(self, quote: QuoteRow, other: QuoteRow) -> None:
        """Make one quote of two passages, and take the other's mark out of the sentence."""

        def act() -> None:
            with self.project.step(f"Join {quote.label} and {other.label}"):
                self.project.findings.join(quote.id, other.id)
                self._unmark(other)

        self._do(act)

    def shift_quote(self, quote: QuoteRow, by: int) -> None:
        finding = self.finding(quote.finding_id)
        if finding is not None:
            ids = [q.id for q in finding.quotes]
            order = _shifted(ids, quote.id, by)
            if order != ids:
                self._do(lambda: self.project.findings.order_quotes(order))

    def runs_in(self, quote: QuoteRow) -> bool:
        """Whether a quote stands in its finding's sentence."""
        finding = self.finding(quote.finding_id)
        return finding is not None and {quote.label, quote.id} & set(markup.quoted(finding.text)) != set()

    def run_in(self, quote: QuoteRow) -> None:
        """Put a quote into its finding's sentence, at the end; the mark can be moved from there."""
        finding = self.finding(quote.finding_id)
        if finding is not None and not self.runs_in(quote):
            text = f"{finding.text.rstrip()} {{q:{quote.label}}}"
            self._do(lambda: self._place(quote, INLINE, text))

    def set_apart(self, quote: QuoteRow) -> None:
        """Set a quote as a block of its own, and take its mark out of the sentence."""
        finding = self.finding(quote.finding_id)
        if finding is not None:
            self._do(lambda: self._place(quote, BLOCK, _without_mark(finding.text, quote)))

    # --- the document ---

    def write_text(self, key: str, text: str) -> None:
        """Keep the analyst's text of a section."""
        self._do(lambda: self._on_report("Write report text", lambda r: self.project.reports.write(r, key, text)))

    def change(self, **values: Any) -> None:
        """Change title, subtitle, authors, date, wave or shape of the document."""
        self._do(lambda: self._on_report("Change report", lambda r: self.project.reports.change(r, **values)))

    def choose_report(self, report_id: str) -> None:
        """Work on another of the project's reports."""
        self._report_id = report_id
        self._reading = None

    def copy_report(self) -> None:
        """Begin another report like this one, and work on it."""

        def act() -> None:
            with self.project.step("Copy report"):
                made = self.report.id or self.project.reports.add(self.report.shape, self.report.title)
                self.choose_report(self.project.reports.copy(made))

        self._do(act)

    def remove_report(self) -> None:
        """Delete the report that is worked on; the findings are the project's and stay."""
        self._do(lambda: self.project.reports.remove(self.report.id))

    def set_rule(self, name: str, value: object) -> None:
        """Set one of the house rules for reports."""
        rules = {**self.project.setting(SETTING), name: value}
        self._do(lambda: self.project.set_setting(SETTING, rules))

    def refuse(self, sentence: str) -> None:
        self._workspace.refused.emit(sentence)

    # --- within ---

    def _on_report(self, label: str, act: Callable[[str], None]) -> None:
        with self.project.step(label):
            report = self.report
            act(report.id or self.project.reports.add(report.shape, report.title))

    def _place(self, quote: QuoteRow, placement: str, text: str) -> None:
        with self.project.step("Run quote in" if placement == INLINE else "Set quote apart"):
            self.project.findings.place(quote.id, placement)
            self.project.findings.write(quote.finding_id, text=text)

    def _remove_quote(self, quote: QuoteRow) -> None:
        with self.project.step("Remove quote"):
            self._unmark(quote)
            self.project.findings.remove_quote(quote.id)

    def _unmark(self, quote: QuoteRow) -> None:
        """Take the mark of a quote out of its finding's sentence."""
        finding = self.finding(quote.finding_id)
        if finding is not None and self.runs_in(quote):
            text = _without_mark(finding.text, quote)
            if text:
                self.project.findings.write(finding.id, text=text)

    def _take_back(self, quote: QuoteRow, numbers: Sequence[int]) -> None:
        with self.project.step(f"Put words of {quote.label} back"):
            for number in sorted(numbers, reverse=True):
                self.project.findings.take_back_edit(quote.id, number)

    def _do(self, act: Callable[[], None]) -> None:
        self._workspace.attempt(act)

    def _did(self, act: Callable[[], None]) -> bool:
        def done() -> bool:
            act()
            return True

        return bool(self._workspace.attempt(done))


def _shifted(ids: Sequence[Any], key: Any, by: int) -> list[Any]:
    order = list(ids)
    here = order.index(key)
    there = max(0, min(len(order) - 1, here + by))
    order.insert(there, order.pop(here))
    return order


def _without_mark(text: str, quote: QuoteRow) -> str:
    mark = rf"\s*\{{q:\s*(?:{re.escape(quote.label)}|{re.escape(quote.id)})\s*\}}"
    return re.sub(mark, "", text).strip()
