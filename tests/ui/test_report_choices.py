"""What is chosen for a report: which one, wave and date, attributions, joined quotes, the scale of quantity words."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from qualcode.core.project import Project
from qualcode.core.values import FindingId, QuoteId
from qualcode.report.blocks import Of, Origin
from qualcode.report.checks import Rule, check
from qualcode.ui.models.report_outline import HOUSE
from qualcode.ui.stages.report import ReportStage
from qualcode.ui.workspace import Workspace
from tests.helpers.projects import an_interview, code_words
from tests.ui.showing import on_screen

WORDS = "We waited for months and months, and then somebody came at last."


@pytest.fixture
def finding(project: Project) -> FindingId:
    """A finding with two quotes of one person."""
    theme, code = project.themes.add("Waiting"), project.codebook.add("Waiting")
    project.themes.gather([code], theme)
    wave = project.waves.add("Wave 1")
    _, transcript = an_interview(project, "P01", WORDS)
    project.transcripts.change(project.transcripts.interviews()[0].id, wave_id=wave)
    made = project.findings.add(theme, "Somebody **waited** for months.")
    for words in ("We waited for months", "somebody came at last."):
        project.findings.quote(made, code_words(project, transcript, words, code))
    return made


@pytest.fixture
def stage(qtbot: QtBot, workspace: Workspace, finding: FindingId) -> ReportStage:
    return on_screen(qtbot, workspace, ReportStage(workspace), 1200, 900)


def press(part: QWidget, words: str) -> None:
    found = next(b for b in part.findChildren(QPushButton) if b.text() == words and b.isVisible())
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def cover(stage: ReportStage) -> None:
    stage.show_origin(Origin(Of.SECTION, "cover"))


class DescribeTheCover:
    def it_takes_the_wave_back_to_all_of_them(self, stage: ReportStage, project: Project) -> None:
        cover(stage)
        stage.cover.wave.pick("Wave 1")
        assert project.reports.all()[0].wave_id is not None
        stage.cover.wave.pick("All waves")
        assert project.reports.all()[0].wave_id is None

    def it_clears_the_date(self, stage: ReportStage, project: Project) -> None:
        cover(stage)
        stage.desk.change(published_on=dt.date(2026, 3, 5))
        assert stage.cover.date.text() == "5 March 2026"
        stage.cover.date.clear()
        stage.cover.date.keep()
        assert project.reports.all()[0].published_on is None


class DescribeSeveralReports:
    def it_begins_one_like_this_and_works_on_it(self, stage: ReportStage, project: Project) -> None:
        cover(stage)
        press(stage.cover, "New report like this")
        assert len(project.reports.all()) == 2
        stage.outline.choose(Origin(Of.SECTION, HOUSE))
        stage.house.shape.pick("Thematic briefing")
        first, second = project.reports.all()
        assert (first.shape, second.shape) == ("insight", "thematic_briefing")
        assert stage.desk.report.id == second.id

    def it_changes_between_them(self, stage: ReportStage, project: Project) -> None:
        cover(stage)
        press(stage.cover, "New report like this")
        stage.desk.change(title="A short one")
        first, second = project.reports.all()
        stage.cover.reports.report.setCurrentIndex(0)
        stage.cover.reports.report.activated.emit(0)
        assert stage.desk.report.id == first.id
        assert stage.cover.title.text() == first.title
        press(stage.cover, "Delete report")
        assert [row.id for row in project.reports.all()] == [second.id]
        assert stage.cover.title.text() == "A short one"
        project.undo()
        assert len(project.reports.all()) == 2


class DescribeAQuote:
    def it_can_go_without_an_attribution(self, stage: ReportStage, project: Project) -> None:
        quote = project.findings.quotes()[0]
        stage.show_quote(quote.id)
        stage.side.quote.unattributed.click()
        assert project.findings.get_quote(quote.id).attribution == ""
        assert not stage.side.quote.attribution.isEnabled()
        stage.side.quote.unattributed.click()
        assert project.findings.get_quote(quote.id).attribution is None

    def it_is_joined_with_another_passage_of_the_speaker(self, stage: ReportStage, project: Project) -> None:
        first, second = project.findings.quotes()
        stage.show_quote(first.id)
        menu = stage.side.quote._join.menu()
        assert [action.text() for action in menu.actions()] == ["Q-0002 “somebody came at last.”"]
        menu.actions()[0].trigger()
        (row,) = project.findings.quotes()
        assert row.id == first.id
        shown = stage.desk.shown(row)
        assert shown is not None
        assert shown.words == "We waited for months [...] somebody came at last."
        assert not stage.side.quote._join.isVisible()
        project.undo()
        assert {q.id for q in project.findings.quotes()} == {first.id, second.id}

    def it_takes_the_mark_of_the_joined_one_out_of_the_sentence(self, stage: ReportStage, project: Project) -> None:
        first, second = project.findings.quotes()
        stage.desk.quotes.run_in(second)
        stage.show_quote(QuoteId(first.id))
        stage.desk.quotes.join(first, stage.desk.quote(second.id) or second)
        assert project.findings.all()[0].text == "Somebody **waited** for months."


class DescribeWhoIsQuoted:
    def it_is_said_under_the_checks(self, stage: ReportStage, project: Project, qtbot: QtBot) -> None:
        role = project.people.add_attribute("Role", "choice", ["Carer", "Staff"])
        silent, _ = an_interview(project, "P02", "Nothing to say.")
        project.people.set_value(project.people.all()[0].id, role, "Carer")
        project.people.set_value(silent, role, "Staff")
        stage.side.setCurrentWidget(stage.side.checks)
        qtbot.waitUntil(lambda: "Never" in stage.side.checks.balance.text())
        assert stage.side.checks.balance.text().split("\n") == [
            "Carer: 2 quotes from 1 of 1",
            "Staff: 0 quotes from 0 of 1",
            "P01\u00a02",
            "Never: P02",
        ]


class DescribeTheScale:
    @pytest.fixture
    def scale(self, stage: ReportStage) -> ReportStage:
        stage.show_origin(Origin(Of.SECTION, "quantity"))
        assert stage.section.scale.isVisible()
        return stage

    def type_in(self, stage: ReportStage, word: str, place: int, words: str, qtbot: QtBot) -> None:
        table = stage.section.scale.table
        at = next(n for n in range(table.rowCount()) if table.item(n, 0).text() == word)
        table.item(at, place).setText(words)
        qtbot.wait(1)

    def it_holds_findings_against_what_a_word_may_be_said_of_here(
        self, scale: ReportStage, project: Project, finding: FindingId, qtbot: QtBot
    ) -> None:
        project.findings.write(finding, text="Most people **waited** for months.")
        assert Rule.QUANTITY in {c.rule for c in check(project)}
        self.type_in(scale, "most", 1, "1", qtbot)
        assert Rule.QUANTITY not in {c.rule for c in check(project)}
        assert project.undo_label == "Change house rules"
        project.undo()
        assert Rule.QUANTITY in {c.rule for c in check(project)}

    def it_renames_adds_and_deletes_words(self, scale: ReportStage, project: Project, qtbot: QtBot) -> None:
        self.type_in(scale, "several", 0, "Numerous", qtbot)
        press(scale.section.scale, "Add word")
        words = [e.word for e in scale.desk.material.house.scale]
        assert "numerous" in words
        assert words[-1] == "a handful of"
        press(scale.section.scale, "Delete word")
        assert "a handful of" not in [e.word for e in scale.desk.material.house.scale]
        press(scale.section.scale, "Use the usual scale")
        assert "several" in [e.word for e in scale.desk.material.house.scale]

    def it_refuses_numbers_that_make_no_sense(self, scale: ReportStage, qtbot: QtBot, workspace: Workspace) -> None:
        before = scale.desk.material.house.scale
        with qtbot.waitSignal(workspace.refused):
            self.type_in(scale, "most", 3, "120", qtbot)
        assert scale.desk.material.house.scale == before

    def it_prints_the_appendix_from_it(self, scale: ReportStage, qtbot: QtBot) -> None:
        self.type_in(scale, "most", 5, "nearly everybody", qtbot)
        assert "Nearly everybody" in str(scale.desk.built)
