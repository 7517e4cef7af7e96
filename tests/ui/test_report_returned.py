"""A report that came back from Word, looked at and taken back in the window."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from qualcode.core.project import Project
from qualcode.guard import Guard
from qualcode.report.export import export_report
from qualcode.ui.stages.report import ReportStage
from qualcode.ui.workspace import Workspace
from tests.helpers.projects import an_interview, code_words
from tests.ui.showing import on_screen

WORDS = "The bus never came, so I walked home in the rain."
OTHER = "They sent a taxi for me in the end, and I was grateful."


@pytest.fixture
def report(project: Project, tmp_path: Path) -> Path:
    """The Word report of two quoted findings."""
    theme, code = project.themes.add("Getting there"), project.codebook.add("Travel")
    project.themes.gather([code], theme)
    for pseudonym, words, text in (
        ("P01", WORDS, "Somebody **walked home** often."),
        ("P02", OTHER, "Somebody **was driven** seldom."),
    ):
        _, transcript = an_interview(project, pseudonym, words)
        finding = project.findings.add(theme, text, summary="One did.")
        project.findings.quote(finding, code_words(project, transcript, words, code))
    export_report(project, tmp_path / "report.docx", guard=Guard(project, unreviewed=()))
    return tmp_path / "report.docx"


@pytest.fixture
def stage(qtbot: QtBot, workspace: Workspace, report: Path) -> ReportStage:
    return on_screen(qtbot, workspace, ReportStage(workspace))


def edit(report: Path, *changes: tuple[str, str]) -> None:
    document = docx.Document(str(report))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            for before, after in changes:
                run.text = run.text.replace(before, after)
    document.save(str(report))


def check(stage: ReportStage, report: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(stage.returned.shown, timeout=30_000):
        stage.returned.check(report)


def listed(stage: ReportStage) -> list[str]:
    found = stage.returned.list
    return [found.item(n).text()[3:] for n in range(found.count())]


def press(stage: ReportStage, words: str) -> None:
    found = next(b for b in stage.returned.findChildren(QPushButton) if b.text() == words and b.isVisible())
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


class DescribeAReportFromWord:
    def it_is_asked_for_beside_the_exports(
        self, stage: ReportStage, report: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tools = stage.tools()
        menu = next(b.menu() for b in tools if isinstance(b, QPushButton) and b.menu() is not None)
        act = next(a for a in menu.actions() if a.text() == "Check a report from Word…")
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(report), ""))
        with qtbot.waitSignal(stage.returned.shown, timeout=30_000):
            act.trigger()
        assert stage.side.tabText(stage.side.currentIndex()) == "From Word"
        assert listed(stage) == []
        assert stage.returned._head.text() == "Nothing was changed"

    def it_lists_what_was_changed_and_shows_it_word_by_word(
        self, stage: ReportStage, report: Path, qtbot: QtBot
    ) -> None:
        edit(report, ("in the rain", "in the snow"))
        check(stage, report, qtbot)
        assert any("was changed: “rain” became “snow”" in sentence for sentence in listed(stage))
        stage.returned.list.setCurrentRow(0)
        assert "rain" in stage.returned.preview.toPlainText()
        assert "snow" in stage.returned.preview.toPlainText()

    def it_opens_the_quote_that_an_item_speaks_of(self, stage: ReportStage, report: Path, qtbot: QtBot) -> None:
        edit(report, ("for me in the end", "for me at last"))
        check(stage, report, qtbot)
        stage.returned.list.setFocus()
        QTest.keyClick(stage.returned.list, Qt.Key.Key_Return)
        assert stage.side.quote.quote is not None
        assert stage.side.quote.quote.label == "Q-0002"

    def it_leads_to_where_new_words_were_said(
        self, stage: ReportStage, report: Path, project: Project, qtbot: QtBot, workspace: Workspace
    ) -> None:
        _, transcript = an_interview(project, "P03", "My neighbour drives me when her own car is not in the garage.")
        document = docx.Document(str(report))
        document.add_paragraph("“drives me when her own car is not in the garage”")
        document.save(str(report))
        check(stage, report, qtbot)
        assert "A new quote without a mark, word for word from P03" in listed(stage)[0]
        with qtbot.waitSignal(stage.returned.passage_asked) as asked:
            stage.returned.open_chosen()
        assert asked.args is not None
        assert asked.args[0] == transcript

    def it_takes_findings_back_in_one_step_and_checks_again(
        self, stage: ReportStage, report: Path, project: Project, qtbot: QtBot
    ) -> None:
        edit(report, ("often.", "mostly."), ("seldom.", "rarely."))
        check(stage, report, qtbot)
        before = [f.text for f in project.findings.all()]
        with qtbot.waitSignal(stage.returned.shown, timeout=30_000):
            press(stage, "Take all 2 back")
        assert [f.text for f in project.findings.all()] == [
            "Somebody **walked home** mostly.",
            "Somebody **was driven** rarely.",
        ]
        assert listed(stage) == []
        project.undo()
        assert [f.text for f in project.findings.all()] == before

    def it_takes_one_back_as_its_preview_says(
        self, stage: ReportStage, report: Path, project: Project, qtbot: QtBot
    ) -> None:
        edit(report, ("seldom.", "rarely."))
        check(stage, report, qtbot)
        assert "Somebody **was driven** rarely." in stage.returned.preview.toPlainText()
        with qtbot.waitSignal(stage.returned.shown, timeout=30_000):
            press(stage, "Take back")
        assert project.findings.all()[1].text == "Somebody **was driven** rarely."

    def it_says_when_the_project_went_on(
        self, stage: ReportStage, report: Path, project: Project, qtbot: QtBot
    ) -> None:
        edit(report, ("seldom.", "rarely."))
        check(stage, report, qtbot)
        project.findings.write(project.findings.all()[0].id, text="Somebody **ran**.")
        assert stage.returned._stale.isVisible()

    def it_refuses_a_file_that_is_no_report_in_a_sentence(
        self, stage: ReportStage, tmp_path: Path, qtbot: QtBot, workspace: Workspace
    ) -> None:
        (tmp_path / "letter.docx").write_bytes(b"Dear all")
        with qtbot.waitSignal(workspace.refused) as refused:
            stage.returned.check(tmp_path / "letter.docx")
        assert refused.args is not None
        assert "letter.docx is damaged, or no .docx file." in refused.args[0]
