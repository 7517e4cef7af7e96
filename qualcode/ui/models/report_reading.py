"""What is read of a project to write its report: in part until the next act, in part until the material changes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from qualcode.core import spans
from qualcode.core.analysis import Analysis, Count
from qualcode.core.rows import FindingRow, QuoteRow, ReportRow, TranscriptRow
from qualcode.core.values import Change, TranscriptId
from qualcode.guard import Guard
from qualcode.report import checks, content, shapes
from qualcode.report.blocks import Report
from qualcode.report.composing import Composer
from qualcode.report.material import Material
from qualcode.report.shapes import Shape
from qualcode.review import Search

if TYPE_CHECKING:
    from qualcode.core.project import Project
    from qualcode.ui.mask import Mask

WRITTEN = frozenset(
    [
        "finding",
        "finding_segment",
        "finding_question",
        "quote",
        "report",
        "report_text",
        "setting",
        "project",
        "comment",
    ]
)
"""Tables that are written while a report is; who said what does not depend on them."""
MUCH = 4_000_000
"""Code points of transcripts, some ninety interviews of an hour: a quarter of a second to make a guard of."""
_GUARDED = ("transcript", "interview", "identifier", "identifier_form", "mention")


class Standing:
    """What stays while only the report is written: who said what, the transcripts, what anonymises them."""

    def __init__(self, project: Project, mask: Mask) -> None:
        self.project, self._mask = project, mask
        self.lines: dict[TranscriptId, spans.Lines] = {}
        self._guard: Guard | None = None
        self._counts: dict[tuple[object, ...], Count] = {}

    @cached_property
    def analysis(self) -> Analysis:
        """Read when first asked for: changes are heard of while the report is not shown, and shall cost nothing."""
        found = self.project.analysis()
        found.themes, found.waves = self._mask.rows(found.themes), self._mask.rows(found.waves)
        return found

    @cached_property
    def transcripts(self) -> Mapping[TranscriptId, TranscriptRow]:
        return Material(self.project, content.report_of(self.project, "insight")).transcripts

    @property
    def guard(self) -> Guard:
        if self._guard is None:
            self._guard = Guard(self.project)
        return self._guard

    def make_guard(self, read: Search) -> None:
        """Make the guard of what was read and prepared for it."""
        self._guard = Guard(self.project, read=read)

    @property
    def guard_takes_long(self) -> bool:
        """Whether the guard is still to be made, of so much text that the window would stand still."""
        return self._guard is None and sum(i.length for i in self.analysis.interviews) > MUCH

    def after(self, change: Change) -> Standing:
        """What still stands after a change."""
        if not set(change.rows) - WRITTEN:
            return self
        found = Standing(self.project, self._mask)
        if not change.touches(*_GUARDED):
            found._guard = self._guard
        return found

    def count(self, finding: FindingRow) -> Count:
        """The people behind a finding, counted once."""
        of = (finding.theme_id, finding.wave_id, finding.scope_attribute_id, finding.scope_value, finding.evidence)
        if of not in self._counts:
            self._counts[of] = self.analysis.behind(finding)
        return self._counts[of]


class Reading:
    """One state of the project, each part read when first asked for."""

    def __init__(self, standing: Standing, report_id: str = "") -> None:
        self._report_id = report_id
        self._project = standing.project
        self._standing = standing

    @cached_property
    def report(self) -> ReportRow:
        existing = self._project.reports.all()
        chosen = next((row for row in existing if row.id == self._report_id), None)
        if chosen is not None:
            return chosen
        return existing[0] if existing else content.report_of(self._project, "insight")

    @cached_property
    def shape(self) -> Shape:
        return shapes.standing(self.report.shape, shapes.own(self._project))

    @cached_property
    def material(self) -> Material:
        material = Material(self._project, self.report)
        material.analysis = self._standing.analysis
        material.transcripts = self._standing.transcripts
        return material

    @cached_property
    def findings(self) -> list[FindingRow]:
        """Every finding, those of other waves than the report's too."""
        return self._project.findings.all()

    @cached_property
    def composer(self) -> Composer:
        return Composer(self.material, self.shape, self._standing.guard)

    @cached_property
    def built(self) -> Report:
        return content.build(self._project, self.report, self._standing.guard, self.shape)

    @cached_property
    def checks(self) -> list[checks.Check]:
        return checks.check(self._project, self.report, self._standing.guard, self.shape)

    def line(self, quote: QuoteRow) -> int:
        """The line of the transcript in which a quote begins, from 1."""
        lines = self._standing.lines
        if quote.transcript_id not in lines:
            lines[quote.transcript_id] = spans.Lines(self.material.transcripts[quote.transcript_id].text)
        return lines[quote.transcript_id].number(quote.span.start)
