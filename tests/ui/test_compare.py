"""The Compare stage: who raised what, by person, group and wave, with the segments behind every number."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from qualcode.core.project import Project
from qualcode.ui.stages.compare import CompareStage
from qualcode.ui.widgets.matrix import MatrixView
from qualcode.ui.widgets.picker import Picker
from qualcode.ui.workspace import Workspace
from tests.helpers.projects import an_interview, code_words
from tests.ui.showing import on_screen

SLOW = 60_000
"""Milliseconds that a first export may take on a busy machine: it loads the libraries for it."""

ANSWERS = ("We waited for months.", "The staff were kind.", "The bus cost a lot.")


@pytest.fixture
def study(project: Project) -> Project:
    """Three people in two waves. Access (with Cost below it) is asked about in both, Trust in the second only."""
    first, second = project.waves.add("Wave 1"), project.waves.add("Wave 2")
    access, trust = project.themes.add("Access"), project.themes.add("Trust")
    cost = project.themes.add("Cost", parent_id=access)
    waiting = project.codebook.add("Waiting", theme_id=access)
    fares = project.codebook.add("Fares", theme_id=cost)
    kindness = project.codebook.add("Kindness", theme_id=trust)
    project.waves.add_question(first, "How long did you wait?", theme_ids=[access])
    project.waves.add_question(second, "Whom do you trust, after the wait?", theme_ids=[access, trust])
    role = project.people.add_attribute("Role", "choice", ["Parent", "Nurse"])
    for name, wave, value, coded in (
        ("P01", first, "Parent", {"waited for months": waiting, "bus cost": fares}),
        ("P01", second, "Parent", {"staff were kind": kindness, "were kind": waiting}),
        ("P02", first, "Nurse", {"waited for months": waiting}),
        ("P03", second, "Nurse", {}),
    ):
        person, transcript_id = an_interview(project, name, *ANSWERS, wave_id=wave)
        project.people.set_value(person, role, value)
        for words, code_id in coded.items():
            code_words(project, transcript_id, words, code_id)
    return project


@pytest.fixture
def make_stage(qtbot: QtBot, workspace: Workspace) -> Callable[[], CompareStage]:
    def make() -> CompareStage:
        found = on_screen(qtbot, workspace, CompareStage(workspace))
        found.activateWindow()
        return found

    return make


@pytest.fixture
def stage(make_stage: Callable[[], CompareStage], study: Project) -> CompareStage:
    return make_stage()


def turn_to(stage: CompareStage, name: str) -> MatrixView:
    names = [stage.tabs.tabText(n) for n in range(stage.tabs.count())]
    stage.tabs.setCurrentIndex(names.index(name))
    return stage.page.view


def pick(stage: CompareStage, name: str, words: str) -> None:
    picker = next(p for p in stage.page.findChildren(Picker) if p.accessibleName() == name)
    assert picker.isVisible()
    picker.setCurrentText(words)
    assert picker.currentText() == words
    picker.activated.emit(picker.currentIndex())


def shown(view: MatrixView) -> dict[str, dict[str, str]]:
    """What each row says in each column, sign and all."""
    table = view.cells.table
    return {
        head.words: {c.words: f"{f.sign} {f.words}".strip() for c, f in zip(table.columns, facts, strict=True)}
        for head, facts in table.rows
    }


def choose(view: MatrixView, row: str, column: str) -> None:
    table = view.cells.table
    head = next(head for head, _ in table.rows if head.words == row)
    view.choose(head.key, next(c.key for c in table.columns if c.words == column))


def behind(stage: CompareStage) -> tuple[str, str, list[str]]:
    """The title, the sentence and the words at the right."""
    words = [passage.words for passage in stage.side.evidence.tree.shown()]
    return stage.side.title.text(), stage.side.sentence.text(), words


def texts(widget: QWidget) -> list[str]:
    return [found.text() for found in widget.findChildren(QLabel) if found.isVisible()]


class DescribeTheFrameworkMatrix:
    def it_tells_the_four_states_apart_by_sign_and_word(self, stage: CompareStage) -> None:
        assert shown(stage.page.view) == {
            "P01": {"Access": "● 3 segments", "Trust": "● 1 segment"},
            "P02": {"Access": "● 1 segment", "Trust": "– not asked"},
            "P03": {"Access": "… not yet coded", "Trust": "… not yet coded"},
        }
        pick(stage, "Wave", "Wave 2")
        assert shown(stage.page.view)["P01"] == {"Access": "● 1 segment", "Trust": "● 1 segment"}

    def it_counts_people_over_those_asked_at_the_head_of_each_theme(self, stage: CompareStage) -> None:
        heads = {head.words: head.note for head in stage.page.view.cells.table.columns}
        assert heads == {"Access": "2 of 2 asked", "Trust": "1 of 1 asked"}
        assert stage.page.view.cells.table.corner == "3 people"

    def it_opens_the_sub_themes_of_one_theme_or_of_all(self, stage: CompareStage, qtbot: QtBot) -> None:
        view = stage.page.view
        view.setFocus()
        choose(view, "P01", "Access")
        QTest.keyClick(view, Qt.Key.Key_Space)
        assert [c.words for c in view.cells.table.columns] == ["Access", "Cost", "Trust"]
        assert shown(view)["P02"]["Cost"] == "○ asked, not raised"
        box = next(b for b in stage.page.findChildren(QCheckBox) if b.text() == "Sub-themes")
        assert box.isChecked()
        box.click()
        assert [c.words for c in view.cells.table.columns] == ["Access", "Trust"]
        assert view.fact() is not None

    def it_groups_the_rows_and_says_the_counts_of_each_group(self, stage: CompareStage) -> None:
        pick(stage, "Rows in groups", "By role")
        found = shown(stage.page.view)
        assert list(found) == ["Parent", "P01", "Nurse", "P02", "P03"]
        assert found["Nurse"] == {"Access": "1 of 1", "Trust": "not yet coded"}
        pick(stage, "Rows in groups", "By wave")
        assert list(shown(stage.page.view)) == ["Wave 1", "P01", "P02", "Wave 2", "P03"]

    def it_shows_only_whom_one_wants_to_see_and_says_so(self, stage: CompareStage) -> None:
        pick(stage, "Whose rows", "Role: Nurse")
        assert list(shown(stage.page.view)) == ["P02", "P03"]
        pick(stage, "Wave", "Wave 1")
        pick(stage, "Whose rows", "Role: Parent")
        assert list(shown(stage.page.view)) == ["P01"]

    def it_is_read_out_cell_by_cell(self, stage: CompareStage) -> None:
        view = stage.page.view
        choose(view, "P02", "Trust")
        assert view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole) == "P02, Trust: not asked"
        assert QAccessible.queryAccessibleInterface(view).text(QAccessible.Text.Name) == "Framework matrix"


class DescribeWhatIsBehindACell:
    def it_shows_the_segments_by_person(self, stage: CompareStage) -> None:
        choose(stage.page.view, "P01", "Access")
        title, sentence, words = behind(stage)
        assert (title, sentence) == ("P01 · Access", "Raised in 3 segments.")
        assert sorted(words) == ["bus cost", "waited for months", "were kind"]

    def it_says_why_there_are_none(self, stage: CompareStage) -> None:
        choose(stage.page.view, "P02", "Trust")
        assert behind(stage) == ("P02 · Trust", "Not asked: no question of the topic guide bears on it.", [])
        assert "No segments are behind it." in texts(stage.side)

    def it_goes_to_the_transcript_by_the_keyboard_alone(
        self, stage: CompareStage, workspace: Workspace, qtbot: QtBot
    ) -> None:
        view = stage.page.view
        view.setFocus()
        qtbot.waitUntil(view.hasFocus)
        QTest.keyClick(view, Qt.Key.Key_Right)
        assert behind(stage)[0] == "P01 · Trust"
        QTest.keyClick(view, Qt.Key.Key_Return)
        tree = stage.side.evidence.tree
        qtbot.waitUntil(tree.hasFocus)
        with qtbot.waitSignal(workspace.place_asked) as asked:
            QTest.keyClick(tree, Qt.Key.Key_Return)
        transcript_id, span = asked.args
        assert span.of(workspace.project.transcripts.text(transcript_id)) == "staff were kind"

    def it_follows_what_is_coded_meanwhile(self, stage: CompareStage, study: Project) -> None:
        choose(stage.page.view, "P02", "Access")
        transcript_id = next(i.transcript_id for i in study.transcripts.interviews() if i.title.startswith("P02"))
        waiting = next(c.id for c in study.codebook.all() if c.name == "Waiting")
        code_words(study, transcript_id, "bus cost a lot", waiting)
        assert behind(stage)[1:] == ("Raised in 2 segments.", ["waited for months", "bus cost a lot"])


class DescribeWrittenSummaries:
    def it_keeps_a_text_for_each_wave_when_the_field_is_left(
        self, stage: CompareStage, study: Project, qtbot: QtBot
    ) -> None:
        view = stage.page.view
        choose(view, "P01", "Access")
        assert [f.accessibleName() for f in stage.side.summaries()] == ["Summary · Wave 1", "Summary · Wave 2"]
        view.setFocus()
        QTest.keyClick(view, Qt.Key.Key_F2)
        field = stage.side.summaries()[0]
        qtbot.waitUntil(field.hasFocus)
        QTest.keyClicks(field, "Waited for months.")
        assert study.summaries.all() == []
        view.setFocus()
        assert [(s.text, s.wave_id) for s in study.summaries.all()] == [("Waited for months.", study.waves.all()[0].id)]
        assert study.undo_label == "Summarise P01, “Access”"
        fact = view.fact()
        assert fact is not None
        assert fact.note == "Waited for months."

    def it_keeps_what_was_typed_when_another_cell_is_chosen_or_the_project_closed(
        self, stage: CompareStage, study: Project, workspace: Workspace
    ) -> None:
        choose(stage.page.view, "P02", "Access")
        stage.side.summaries()[0].setPlainText("Waited.")
        choose(stage.page.view, "P03", "Access")
        assert behind(stage)[0] == "P03 · Access"
        stage.side.summaries()[0].setPlainText("Was not coded yet.")
        workspace.leaving.emit()
        assert {s.text for s in study.summaries.all()} == {"Waited.", "Was not coded yet."}

    def it_is_undone(self, stage: CompareStage, study: Project, workspace: Workspace) -> None:
        choose(stage.page.view, "P02", "Access")
        stage.side.summaries()[0].setPlainText("Waited.")
        stage.side.keep()
        workspace.undo()
        assert (stage.side.summaries()[0].toPlainText(), study.summaries.all()) == ("", [])


class DescribeGroups:
    def it_says_how_many_of_those_asked_in_each_group_raised_each_theme(self, stage: CompareStage) -> None:
        view = turn_to(stage, "By group")
        assert shown(view)["Access"] == {
            "Parent": "1 of 1 asked",
            "Nurse": "1 of 1 asked",
            "Everybody": "2 of 2 asked",
        }
        choose(view, "Access", "Nurse")
        assert behind(stage) == ("Nurse · Access", "Raised by 1 of 1 asked, in 1 segment.", ["waited for months"])
        assert "1 person is left out: not yet coded." in texts(stage.side)

    def it_says_so_when_nobody_was_interviewed_in_a_wave(
        self, make_stage: Callable[[], CompareStage], study: Project
    ) -> None:
        study.waves.add("Wave 3")
        stage = make_stage()
        turn_to(stage, "By group")
        pick(stage, "Wave", "Wave 3")
        assert "Nobody fits what is picked." in texts(stage.page)

    def it_says_what_to_do_while_nothing_is_known_of_the_participants(
        self, make_stage: Callable[[], CompareStage], study: Project
    ) -> None:
        study.people.remove_attribute(study.people.attributes()[0].id)
        stage = make_stage()
        view = turn_to(stage, "By group")
        assert not view.isVisible()
        assert any("Give them attributes in Prepare." in text for text in texts(stage.page))


class DescribeWaves:
    def it_tells_what_became_of_each_theme_with_both_bases(self, stage: CompareStage) -> None:
        found = shown(turn_to(stage, "Waves"))
        assert found["Access"] == {"Wave 1": "2 of 2 asked", "Wave 2": "1 of 1 asked", "Change": "= unchanged"}
        assert found["Cost"]["Change"] == "− gone"
        assert found["Trust"] == {"Wave 1": "not asked", "Wave 2": "1 of 1 asked", "Change": "? no claim possible"}

    def it_shows_the_quotes_of_both_waves_and_the_warning(self, stage: CompareStage) -> None:
        view = turn_to(stage, "Waves")
        choose(view, "Access", "Change")
        assert behind(stage)[1] == "Wave 1: 2 of 2 asked. Wave 2: 1 of 1 asked."
        notes = [node.held.note for node in stage.side.evidence.model.root.children if node.held is not None]  # type: ignore[union-attr]
        assert notes == ["Wave 1", "Wave 1", "Wave 2"]
        choose(view, "Trust", "Change")
        assert "In Wave 1 nobody was asked about it." in texts(stage.side)

    def it_says_once_what_holds_for_every_theme(self, stage: CompareStage) -> None:
        view = turn_to(stage, "Waves")
        said = "1 of those interviewed are not yet coded."
        assert said in texts(stage.page)
        assert all(said not in facts[2].note for _, facts in view.cells.table.rows)

    def it_compares_the_waves_that_are_picked(self, stage: CompareStage) -> None:
        turn_to(stage, "Waves")
        pick(stage, "Earlier wave", "Wave 2")
        assert "Pick two different waves." in texts(stage.page)
        pick(stage, "Later wave", "Wave 1")
        assert shown(stage.page.view)["Cost"]["Change"] == "+ new"


class DescribeSaturation:
    def it_tells_the_new_codes_of_each_interview_and_shows_them(self, stage: CompareStage) -> None:
        view = turn_to(stage, "Saturation")
        assert list(shown(view).values()) == [
            {"New codes": "2", "Codes so far": "2"},
            {"New codes": "1", "Codes so far": "3"},
            {"New codes": "0", "Codes so far": "3"},
            {"New codes": "0", "Codes so far": "3"},
        ]
        assert "The last three interviews brought 1 new code; all 4 brought 3." in texts(stage.page)
        view.setCurrentIndex(view.cells.index(1, 0))
        assert behind(stage)[1:] == ("1 code first used here.", ["staff were kind"])


class DescribeCodesTogether:
    def it_counts_the_people_who_said_both(self, stage: CompareStage) -> None:
        view = turn_to(stage, "Codes together")
        pick(stage, "How near", "In the same words")
        assert shown(view) == {"Kindness  +  Waiting": {"People": "1 person", "Segments": "2"}}
        view.setCurrentIndex(view.cells.index(0, 0))
        assert behind(stage)[2] == ["staff were kind", "were kind"]

    def it_begins_with_codes_of_the_same_turn(self, stage: CompareStage) -> None:
        view = turn_to(stage, "Codes together")
        assert next(p for p in stage.page.findChildren(Picker)).currentText() == "In the same turn"
        assert list(shown(view)) == ["Kindness  +  Waiting"]

    def it_says_what_to_do_when_there_are_none(self, stage: CompareStage) -> None:
        turn_to(stage, "Codes together")
        pick(stage, "Code", "Fares")
        assert "No codes are found together so near. Pick a wider reach." in texts(stage.page)


class DescribeAnEmptyProject:
    def it_says_what_to_do_next_with_the_button_that_does_it(
        self, make_stage: Callable[[], CompareStage], workspace: Workspace, qtbot: QtBot
    ) -> None:
        stage = make_stage()
        assert any("Make themes of your codes first." in text for text in texts(stage))
        found = next(b for b in stage.findChildren(QPushButton) if b.text() == "Open Themes" and b.isVisible())
        with qtbot.waitSignal(workspace.stage_asked) as asked:
            QTest.mouseClick(found, Qt.MouseButton.LeftButton)
        assert asked.args == ["themes"]


class DescribeReloading:
    def it_keeps_the_page_what_is_picked_and_the_chosen_cell(self, stage: CompareStage) -> None:
        pick(stage, "Rows in groups", "By role")
        choose(stage.page.view, "P02", "Access")
        stage.load()
        assert behind(stage)[0] == "P02 · Access"
        assert next(iter(shown(stage.page.view))) == "Parent"

    def it_forgets_a_choice_whose_person_is_gone(self, stage: CompareStage, study: Project) -> None:
        choose(stage.page.view, "P02", "Access")
        study.people.remove([next(p.id for p in study.people.all() if p.pseudonym == "P02")])
        assert "P02" not in shown(stage.page.view)
        assert stage.page.view.fact() is None


class DescribeExporting:
    def it_writes_the_matrix_and_logs_it(
        self, stage: CompareStage, study: Project, workspace: Workspace, tmp_path: Path, qtbot: QtBot
    ) -> None:
        target = tmp_path / "matrix.xlsx"
        with qtbot.waitSignal(workspace.said, timeout=SLOW) as said:
            stage.export_to(target)
        assert said.args == ["Exported matrix.xlsx"]
        assert "Framework matrix" in openpyxl.load_workbook(target).sheetnames
        detail = study.log()[-1].detail
        assert (detail["what"], detail["file"]) == ("framework matrix", "matrix.xlsx")

    def it_is_held_back_while_an_identifier_is_left_and_leaves_with_a_reason(
        self, stage: CompareStage, study: Project, workspace: Workspace, tmp_path: Path, qtbot: QtBot
    ) -> None:
        study.identifiers.add("place", "Ebberstow", "the town")
        target = tmp_path / "Ebberstow.xlsx"
        stage.export_to(target)
        qtbot.waitUntil(stage.outgoing.held_back.isVisible, timeout=SLOW)
        assert not target.exists()
        assert stage.outgoing.held_back.places.count() >= 1
        QTest.keyClicks(stage.outgoing.held_back.reason, "For the town council only")
        with qtbot.waitSignal(workspace.said, timeout=SLOW):
            QTest.keyClick(stage.outgoing.held_back.reason, Qt.Key.Key_Return)
        assert target.exists()
        assert study.log()[-1].detail["override"] == "For the town council only"
