"""Work on the report: what it is made of, read when first asked for, and the acts on findings, quotes and sections.

The stage shows; this reads and acts. Every act is one step with the words of a menu, and refuses with a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from qualcode.core.analysis import Count
from qualcode.core.findings import SUPPORTS
from qualcode.core.pieces import Pieces
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
from qualcode.report import checks, facts, markup
from qualcode.report.balance import Balance, balance
from qualcode.report.blocks import Gap, Heading, Report, ShownQuote, read
from qualcode.report.house import SETTING
from qualcode.report.material import Material
from qualcode.report.shapes import Shape
from qualcode.ui.models.report_house import HouseDesk
from qualcode.ui.models.report_quotes import Quotes, shifted
from qualcode.ui.models.report_reading import Reading, Standing
from qualcode.ui.models.report_talk import Talk
from qualcode.ui.operations import Errand
from qualcode.ui.passages import Passages
from qualcode.ui.workspace import Workspace

if TYPE_CHECKING:
    from qualcode.core.project import Project

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Told:
    """A quote under its finding: as it will appear (None when it is left out), where it is from, where it stands."""

    quote: QuoteRow
    shown: ShownQuote | None
    place: str
    runs_in: bool


class ReportDesk:
    """A view of the project for one report; :meth:`forget` makes it read anew."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._standing: Standing | None = None
        self._reading: Reading | None = None
        self._report_id = ""
        self.passages = Passages(workspace)
        self.quotes = Quotes(self, workspace)
        self.talk = Talk(workspace)
        self.house = HouseDesk(workspace)
        self.mask, self.clipboard = workspace.mask, workspace.clipboard
        self._built: tuple[Report, Report] | None = None
        workspace.changed.connect(self.follow)

    def follow(self, change: Change) -> None:
        """Hear of every change, while the report is not shown too."""
        if self._standing is not None and self._standing.project is self.project:
            standing = self._standing.after(change)
            if standing is not self._standing:
                self.passages.forget()
            self._standing = standing
        self._reading = None
        self.talk.follow(change)
        self.house.follow(change)

    def show_otherwise(self) -> None:
        """Name people and places as the mask has them now."""
        self._standing = self._built = None
        self.forget()

    def is_at_hand(self, quotes: Iterable[QuoteRow] = ()) -> bool:
        """Whether the words of these quotes are known as they may leave; none are once the project is closed."""
        return self.is_open and self._workspace.guard_shelf.is_at_hand(quote.transcript_id for quote in quotes)

    @property
    def is_much(self) -> bool:
        """Whether there is so much to read that the window shall go on meanwhile."""
        return self._workspace.guard_shelf.is_much

    def have(self, quotes: Iterable[QuoteRow], then: Callable[[], object]) -> None:
        """Have the words of these quotes at hand, then call ``then``, unless the project was closed meanwhile."""
        if self.is_open:
            self._workspace.guard_shelf.have({quote.transcript_id for quote in quotes}, then)

    def forget(self) -> None:
        """Read the report anew when next asked; what it rests on is kept as long as no change bears on it."""
        self._reading = None

    # --- reading ---

    @property
    def project(self) -> Project:
        return self._workspace.project

    @property
    def is_open(self) -> bool:
        return self._workspace.is_open

    @property
    def guard(self) -> Guard:
        return self.mask.way_out

    @property
    def _stands(self) -> Standing:
        if self._standing is None or self._standing.project is not self.project:
            self.passages.forget()
            self._standing = Standing(self.project, self.mask, self._workspace.guard_shelf)
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
        """The whole report as it would leave now; with the words of its author as the mask shows them."""
        built = self._now.built
        if self._built is None or self._built[0] is not built:
            self._built = built, self.mask.everything(built)
        return self._built[1]

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
        shown = self._now.composer.shown(quote, attributed=True)
        return replace(shown, attribution=self.mask.words(shown.attribution)) if shown is not None else None

    def titles(self) -> list[tuple[str, int]]:
        """The headings that a reference can name, in order, and how deep each stands."""
        heads = [b for b in self.built.blocks if isinstance(b, Heading) and b.listed and b.text]
        return [(head.text, head.level - 1) for head in heads]

    def counted_words(self, finding: FindingRow) -> list[tuple[str, str]]:
        """Marks that are filled in from the data, and what each reads for a finding now."""
        marks = ["{count}", *(f"{{spread: {a.name}}}" for a in self.material.attributes)]
        read_as = [(mark, self._now.composer.inlines(markup.line(mark), finding)) for mark in marks]
        return [(mark, read(words)) for mark, words in read_as if not any(isinstance(w, Gap) for w in words)]

    def facts(self, part: str) -> list[tuple[str, str, bool]]:
        """Marks for what the project knows, and what each reads now: phrases for any text, then the sentences that
        are written in this part by themselves (True)."""
        told = [(f, f.said(self.material)) for f in facts.FACTS.values() if not f.part or f.part == part]
        sound = [(f, read(said)) for f, said in told if said and not any(isinstance(i, Gap) for i in said)]
        return [(f.name, words, bool(f.part)) for f, words in sound]

    def told(self, quote: QuoteRow) -> Told:
        """All that is told of a quote under its finding."""
        return Told(quote, self.shown(quote), self.place(quote), self.quotes.runs_in(quote))

    def place(self, quote: QuoteRow) -> str:
        """From which interview and line a quote is."""
        interview = self.material.interview_of.get(quote.transcript_id)
        if interview is None:
            return ""
        return f"{self.mask.words(interview.title)}, line {self._now.line(quote)}"

    def copy(self, quote: QuoteRow, span: Span) -> None:
        """Copy words of a quote, as they may leave."""
        self.clipboard.copy(quote.transcript_id, span.shifted(quote.span.start))

    def leaving(self, quote: QuoteRow, span: Span) -> str:
        """Words of a quote as they would leave."""
        return self.guard.quoted(quote.transcript_id, span.shifted(quote.span.start))

    def said(self, quote: QuoteRow, span: Span | None = None) -> str:
        """The words of a quote, or of a span of it, as the window shows them."""
        place = (span or Span(0, len(quote.verbatim))).shifted(quote.span.start)
        return self.mask.said(quote.transcript_id, place, place.shifted(-quote.span.start).of(quote.verbatim))

    def theme_segments(self, finding: FindingRow) -> dict[str, list[SegmentId]]:
        """The segments of a finding's theme that are not attached to it, by the person heard in them."""
        if finding.theme_id is None or self.theme(finding.theme_id) is None:
            return {}
        said = self.material.analysis.said_on(finding.theme_id, finding.wave_id)
        attached = {e.segment_id for e in finding.evidence}
        left = {person: [s for s in segments if s not in attached] for person, segments in said.items()}
        return {person: segments for person, segments in left.items() if segments}

    # --- reading in passing, where there is much ---

    def has_counted(self, theme_id: ThemeId | None) -> bool:
        """Whether it is known what was said on a theme, or is at once."""
        known = theme_id is None or self.theme(theme_id) is None or self.material.analysis.has_read(theme_id)
        return known or not self.is_much

    def count_theme(self, theme_id: ThemeId, then: Callable[[], object]) -> Errand:
        """Read what was said on a theme while the window goes on, then call ``then``."""
        return self.in_passing(self.material.analysis.read_theme(theme_id), lambda _: then())

    @property
    def has_read(self) -> bool:
        """Whether what every page shows is known, or is at once."""
        return self._stands.is_read or not self.is_much

    def read(self, then: Callable[[], object]) -> Errand:
        """Read what every page shows while the window goes on, then call ``then``."""
        standing = self._stands

        def pieces() -> Pieces[None]:
            yield from standing.analysis.read_people()
            for finding in self.material.findings:
                self.count(finding)
                yield
            standing.is_read = True

        return self.in_passing(pieces(), lambda _: then())

    def in_passing(self, pieces: Pieces[Value], then: Callable[[Value], object]) -> Errand:
        """Have something read while the window goes on."""
        return self._workspace.operations.in_passing(pieces, then)

    # --- findings ---

    def add_finding(self, theme_id: ThemeId | None, text: str) -> FindingId | None:
        return self._workspace.attempt(lambda: self.project.findings.add(theme_id, text))

    def write_finding(self, finding_id: FindingId, text: str) -> bool:
        """Whether it was kept: an empty text is refused."""
        finding = self.finding(finding_id)
        count = self.count(finding) if finding is not None else None
        now = (count.people, count.asked) if count is not None and count.people else None
        return self._did(lambda: self.project.findings.write(finding_id, text=text, count=now))

    def keep_wording(self, finding: FindingRow) -> None:
        """Say that the finding's quantity word holds for those who are behind it now."""
        count = self.count(finding)
        self._do(lambda: self.project.findings.recount(finding.id, (count.people, count.asked)))

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
            order = shifted(ids, finding_id, by)
            if order != ids:
                self._do(lambda: self.project.findings.order(order))

    def speak_of(self, finding_id: FindingId, wave: WaveId | None, attribute: AttributeId | None, value: str) -> None:
        findings = self.project.findings
        self._do(lambda: findings.speak_of(finding_id, wave_id=wave, attribute_id=attribute, value=value))

    def answer(self, finding_id: FindingId, question_ids: Sequence[QuestionId]) -> None:
        self._do(lambda: self.project.findings.answer(finding_id, question_ids))

    # --- evidence ---

    def attach(self, finding_id: FindingId, segment_id: SegmentId, stance: str = SUPPORTS) -> None:
        self._do(lambda: self.project.findings.attach(finding_id, [segment_id], stance))

    def detach(self, finding_id: FindingId, segment_id: SegmentId) -> None:
        self._do(lambda: self.project.findings.detach(finding_id, [segment_id]))

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

    def say(self, sentence: str) -> None:
        self._workspace.said.emit(sentence)

    # --- within ---

    def _on_report(self, label: str, act: Callable[[str], None]) -> None:
        with self.project.step(label):
            report = self.report
            act(report.id or self.project.reports.add(report.shape, report.title))

    def _do(self, act: Callable[[], None]) -> None:
        self._workspace.attempt(act)

    def _did(self, act: Callable[[], None]) -> bool:
        def done() -> bool:
            act()
            return True

        return bool(self._workspace.attempt(done))
