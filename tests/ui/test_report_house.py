"""Shape and style: a house's own shapes, template and ways with quotes, chosen in the window."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from qualcode.core.project import Project
from qualcode.core.values import Span
from qualcode.report import template
from qualcode.report.blocks import Of, Origin
from qualcode.report.house import SETTING
from qualcode.ui.models.report_outline import HELD, HOUSE
from qualcode.ui.stages.report import ReportStage
from qualcode.ui.widgets.picker import Picker
from qualcode.ui.workspace import Workspace
from tests.ui.reporting import SAID, a_stage, named, segment, waiting

LEAFLET = """name: Leaflet
about: One page for everybody who took part.
sections:
  - kind: cover
    compact: true
  - kind: findings
    title: What you told us
"""


@pytest.fixture
def stage(qtbot: QtBot, workspace: Workspace, project: Project) -> ReportStage:
    _, finding = waiting(project)
    quote = project.findings.quote(finding, segment(project, SAID[0]))
    at = SAID[0].index("I mean ages")
    project.findings.cut(quote, Span(at, at + 11))
    found = a_stage(qtbot, workspace)
    found.outline.choose(Origin(Of.SECTION, HOUSE))
    return found


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What the file dialogs give, one after the other."""
    paths: list[Path] = []
    for dialog in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, dialog, lambda *_: (str(paths.pop(0)), ""))
    return paths


def read(stage: ReportStage) -> str:
    return "\n".join(label.text() for label in stage.house.findChildren(QLabel) if label.isVisible())


class DescribeShapes:
    def it_offers_those_there_are_with_what_they_are_for(self, stage: ReportStage, project: Project) -> None:
        shape = named(stage, Picker, "Shape of the report")
        assert [shape.itemText(n) for n in range(shape.count())] == [
            "Committee paper",
            "Insight report",
            "Programme report",
            "Thematic briefing",
        ]
        shape.pick("Committee paper")
        assert project.reports.all()[0].shape == "committee_paper"
        assert "Numbered paragraphs for those who decide" in read(stage)

    def it_takes_one_of_ones_own_and_shows_its_outline(
        self, stage: ReportStage, project: Project, chosen: list[Path], tmp_path: Path
    ) -> None:
        chosen.append(tmp_path / "leaflet.yaml")
        chosen[0].write_text(LEAFLET)
        named(stage, QPushButton, "Add a shape…").click()
        assert "One page for everybody who took part." in read(stage)
        titles = [n.held.title for n in stage.outline.outline.root.below() if n.held is not None]
        assert titles[:3] == ["Shape and style", "Cover", "What you told us"]
        named(stage, QPushButton, "Remove this shape").click()
        assert project.reports.all()[0].shape == "insight"
        project.undo()
        assert named(stage, Picker, "Shape of the report").currentText() == "Leaflet"

    def it_says_what_is_wrong_in_a_file_and_changes_nothing(
        self, stage: ReportStage, workspace: Workspace, chosen: list[Path], tmp_path: Path, qtbot: QtBot
    ) -> None:
        chosen.append(tmp_path / "leaflet.yaml")
        chosen[0].write_text(LEAFLET.replace("findings", "poems"))
        with qtbot.waitSignal(workspace.refused) as refused:
            named(stage, QPushButton, "Add a shape…").click()
        assert refused.args == [
            "leaflet.yaml: a section of kind “poems” is not known. Kinds are: cover, contents, summary, text, "
            "methodology, findings, changes, figure."
        ]
        assert named(stage, Picker, "Shape of the report").currentText() == "Insight report"

    def it_writes_one_to_begin_from(self, stage: ReportStage, chosen: list[Path], tmp_path: Path) -> None:
        chosen.append(tmp_path / "ours.yaml")
        named(stage, QPushButton, "Save as a file…").click()
        assert (tmp_path / "ours.yaml").read_text(encoding="utf-8").startswith("name: Insight report")

    def it_goes_on_with_the_usual_one_when_its_own_is_undone_elsewhere(
        self, stage: ReportStage, project: Project, chosen: list[Path], tmp_path: Path
    ) -> None:
        chosen.append(tmp_path / "leaflet.yaml")
        chosen[0].write_text(LEAFLET)
        named(stage, QPushButton, "Add a shape…").click()
        project.set_setting("shapes", {})
        assert stage.desk.shape.key == "insight"
        assert "Executive summary" in str(stage.desk.built)


class DescribeTheTemplate:
    def it_is_chosen_told_what_it_lacks_and_shown(
        self, stage: ReportStage, project: Project, chosen: list[Path], tmp_path: Path
    ) -> None:
        made = docx.Document()
        made.sections[0].header.paragraphs[0].text = "Longshore Evaluation"
        made.save(str(tmp_path / "longshore.docx"))
        chosen.append(tmp_path / "longshore.docx")
        named(stage, QPushButton, "Choose a template…").click()
        assert template.own(project) is not None
        words = read(stage)
        assert "longshore.docx" in words
        assert "Longshore Evaluation" in words
        assert "It lacks 17 styles, which are taken from QualCode’s own: Summary Heading, Lead, " in words
        assert "It has no footer, so the pages bear no number." in words
        named(stage, QPushButton, "Use QualCode’s own").click()
        assert template.own(project) is None
        assert "It lacks" not in read(stage)
        project.undo()
        assert "longshore.docx" in read(stage)

    def it_is_refused_in_a_sentence(
        self, stage: ReportStage, workspace: Workspace, chosen: list[Path], tmp_path: Path, qtbot: QtBot
    ) -> None:
        chosen.append(tmp_path / "letter.docx")
        chosen[0].write_text("Dear all")
        with qtbot.waitSignal(workspace.refused) as refused:
            named(stage, QPushButton, "Choose a template…").click()
        assert refused.args == ["letter.docx could not be opened as a Word template (.docx or .dotx)."]


class DescribeTheStyle:
    def it_sets_quotes_as_the_house_does_and_shows_one(self, stage: ReportStage, project: Project) -> None:
        named(stage, Picker, "Quotation marks").pick("‘Single’")
        named(stage, Picker, "Where words were cut").pick("…")
        named(stage, QCheckBox, "Italics where set apart").click()
        assert "‘We waited for months, …, before a letter came.’" in read(stage)
        assert "‘We waited for months, …, before a letter came.’" in str(stage.desk.built)
        assert project.setting(SETTING) == {"marks": "single", "ellipsis": "…", "italic": False}
        project.undo()
        assert named(stage, QCheckBox, "Italics where set apart").isChecked()

    def it_puts_numbers_behind_quantity_words_where_wanted(self, stage: ReportStage) -> None:
        assert "(2 of 3)" not in str(stage.desk.built)
        named(stage, QCheckBox, "Numbers after them").click()
        assert "Some people waited for months (2 of 3)." in str(stage.desk.built)

    def it_writes_british_or_american(self, stage: ReportStage, project: Project) -> None:
        named(stage, Picker, "Language").pick("American English")
        assert stage.desk.built.language == "en-US"
        named(stage, Picker, "Language").pick("As the shape says")
        assert stage.desk.built.language == "en-GB"

    def it_leads_to_what_the_words_mean(self, stage: ReportStage) -> None:
        named(stage, QPushButton, "Change what the words mean").click()
        assert stage.middle.currentWidget() is stage.section
        assert stage.section.scale.isVisible()
        assert stage.outline.currentIndex().data(HELD).title == "How quantity words are used"
