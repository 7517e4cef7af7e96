"""The sample project and what is exported from it, made once; and a small study to change at will."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import update

from qualcode.core.project import Project
from qualcode.core.schema import Participant
from qualcode.core.values import CodeId, FindingId, ParticipantId, QuoteId, SegmentId, ThemeId, TranscriptId
from qualcode.guard import Guard
from qualcode.report.export import export_annex, export_matrix, export_report
from qualcode.sample import make_sample_project
from tests.helpers.projects import a_project, an_interview, code_words


@dataclass(frozen=True)
class Sample:
    """The sample project and the files exported from it."""

    project: Project
    report: Path
    matrix: Path
    annex: Path


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    folder = tmp_path_factory.mktemp("sample")
    make_sample_project(folder / "sample.qualcode", lambda *_: None)
    with Project.open(folder / "sample.qualcode", coder="Ada") as project:
        made = Sample(project, folder / "report.docx", folder / "matrix.xlsx", folder / "annex.xlsx")
        guard = Guard(project, unreviewed=())  # no search for further names, which takes seconds
        export_report(project, made.report, guard=guard)
        export_matrix(project, made.matrix, guard=guard)
        export_annex(project, made.annex, guard=guard)
        yield made


@dataclass(frozen=True)
class Study:
    """A project of one theme, one code and whatever interviews a test adds."""

    project: Project
    theme: ThemeId
    code: CodeId

    def interview(self, pseudonym: str, *answers: str) -> tuple[ParticipantId, TranscriptId]:
        return an_interview(self.project, pseudonym, *answers)

    def segment(self, transcript_id: TranscriptId, words: str) -> SegmentId:
        return code_words(self.project, transcript_id, words, self.code)

    def finding(self, text: str, *segments: SegmentId) -> FindingId:
        finding = self.project.findings.add(self.theme, text)
        self.project.findings.attach(finding, segments)
        return finding

    def quoted(self, text: str, segment: SegmentId) -> QuoteId:
        """A finding that rests on one segment and quotes it; the quote."""
        return self.project.findings.quote(self.finding(text, segment), segment)

    def withdraw(self, person: ParticipantId) -> None:
        """As a file has it in which somebody withdrew; there is no act for it yet."""
        gone = update(Participant).where(Participant.id == person).values(withdrawn_on=dt.date(2026, 1, 5))
        with self.project.step("Withdraw"):
            self.project._journal.write(gone)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with a_project(tmp_path) as project:
        theme = project.themes.add("Getting there")
        code = project.codebook.add("Travel")
        project.themes.gather([code], theme)
        yield Study(project, theme, code)
