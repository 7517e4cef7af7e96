"""What is read of a project to write its report: in part until the next act, in part until the material changes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from qualcode.core import spans
from qualcode.core.analysis import Analysis, Count
from qualcode.core.rows import FindingRow, QuoteRow, ReportRow, TranscriptRow
from qualcode.core.values import Change, TranscriptId
from qualcode.report import checks, content, shapes
from qualcode.report.blocks import Report
from qualcode.report.composing import Composer
from qualcode.report.material import Material
from qualcode.report.shapes import Shape

if TYPE_CHECKING:
    from qualcode.core.project import Project
    from qualcode.ui.guard_shelf import GuardShelf
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


class Standing:
    """What stays while only the report is written: who said what, and the transcripts."""

    def __init__(self, project: Project, mask: Mask, shelf: GuardShelf) -> None:
        self.project, self._mask, self.shelf = project, mask, shelf
        self.lines: dict[TranscriptId, spans.Lines] = {}
        self.is_read = False
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

    def after(self, change: Change) -> Standing:
        """What still stands after a change."""
        return Standing(self.project, self._mask, self.shelf) if set(change.rows) - WRITTEN else self

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
        return Composer(self.material, self.shape, self._standing.shelf)

    @cached_property
    def built(self) -> Report:
        return content.build(self._project, self.report, self._standing.shelf.guard, self.shape)

    @cached_property
    def checks(self) -> list[checks.Check]:
        return checks.check(self._project, self.report, self._standing.shelf.guard, self.shape)

    def line(self, quote: QuoteRow) -> int:
        """The line of the transcript in which a quote begins, from 1."""
        lines = self._standing.lines
        if quote.transcript_id not in lines:
            lines[quote.transcript_id] = spans.Lines(self.material.transcripts[quote.transcript_id].text)
        return lines[quote.transcript_id].number(quote.span.start)
