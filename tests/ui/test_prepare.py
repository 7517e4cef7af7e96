"""The grids of the Prepare stage: typed in, pasted in, brought in from tables, and undone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QTableView
from pytestqt.qtbot import QtBot

from qualcode.core.project import Project
from qualcode.ui import theme
from qualcode.ui.stages.prepare import PrepareStage
from qualcode.ui.widgets.prepare_grid import Grid
from qualcode.ui.workspace import Workspace
from tests.helpers.projects import an_interview, code_words, everything
from tests.ui.preparing import all_words, cell, place, press, show_tab, type_in
from tests.ui.showing import on_screen


@pytest.fixture
def stage(qtbot: QtBot, workspace: Workspace) -> PrepareStage:
    return on_screen(qtbot, workspace, PrepareStage(workspace))


@pytest.fixture
def grid(stage: PrepareStage, project: Project) -> Grid:
    """Two interviews in the grid."""
    an_interview(project, "P01", "It took months.")
    an_interview(project, "P02", "It took a day.")
    return stage.interviews.grid


class DescribeTheInterviews:
    def it_changes_a_fact_where_it_stands_and_undoes_it(self, grid: Grid, project: Project) -> None:
        type_in(grid, 0, "Date", "14/10/2025")
        type_in(grid, 0, "Duration", "1:05")
        assert (cell(grid, 0, "Date"), cell(grid, 0, "Duration")) == ("14 Oct 2025", "1 h 5 min")
        project.undo()
        assert cell(grid, 0, "Duration") == ""

    def it_refuses_what_is_no_date_and_keeps_the_old_one(
        self, grid: Grid, project: Project, workspace: Workspace, qtbot: QtBot
    ) -> None:
        type_in(grid, 0, "Date", "2025-10-14")
        with qtbot.waitSignal(workspace.refused):
            type_in(grid, 0, "Date", "next week")
        assert project.transcripts.interviews()[0].held_on == dt.date(2025, 10, 14)

    def it_shows_all_columns_beside_the_panel_and_lets_dates_and_numbers_stay_whole(
        self, stage: PrepareStage, grid: Grid, project: Project
    ) -> None:
        wave = project.waves.add("Wave 1, before the summer holidays")
        for interview in project.transcripts.interviews():
            project.transcripts.change(interview.id, wave_id=wave, held_on=dt.date(2025, 11, 12), mode="face to face")
        stage.resize(1190, 700)
        QApplication.processEvents()
        assert grid.horizontalScrollBar().maximum() == 0
        assert grid.columnWidth(place(grid, "Date")) >= grid.sizeHintForColumn(place(grid, "Date"))
        stage.resize(400, 700)
        QApplication.processEvents()
        assert grid.horizontalScrollBar().maximum() > 0

    def it_makes_a_wave_by_naming_it(self, grid: Grid, project: Project) -> None:
        type_in(grid, 0, "Wave", "Wave 1")
        type_in(grid, 1, "Wave", "1")
        assert [w.name for w in project.waves.all()] == ["Wave 1"]
        assert [cell(grid, n, "Wave") for n in (0, 1)] == ["Wave 1", "Wave 1"]

    def it_will_not_have_an_interview_without_a_title(
        self, grid: Grid, project: Project, workspace: Workspace, qtbot: QtBot
    ) -> None:
        titles = project.transcripts.titles()
        with qtbot.waitSignal(workspace.refused):
            type_in(grid, 0, "Interview", " ")
        assert project.transcripts.titles() == titles

    def it_says_what_goes_with_an_interview_before_it_removes_it(
        self, stage: PrepareStage, grid: Grid, project: Project
    ) -> None:
        transcript_id = project.transcripts.interviews()[0].transcript_id
        code_words(project, transcript_id, "It took months.", project.codebook.add("Time"))
        grid.setFocus()
        grid.setCurrentIndex(grid.table.index(0, 0))
        QTest.keyClick(grid, Qt.Key.Key_Delete)
        asked = stage.interviews.confirm
        assert asked.accessibleName() == "Remove “P01 0”? 1 segment goes with it. Undo brings it all back."
        assert len(project.transcripts.interviews()) == 2
        press(asked, "Remove")
        assert [i.title for i in project.transcripts.interviews()] == ["P02 1"]
        project.undo()
        assert len(project.transcripts.interviews()) == 2

    def it_says_whose_voice_it_is(self, stage: PrepareStage, grid: Grid, project: Project) -> None:
        grid.setCurrentIndex(grid.table.index(0, 0))
        type_in(stage.interviews.detail.voices, 1, "Participant", "P02")
        names = {p.id: p.pseudonym for p in project.people.all()}
        assert [names[p] for p in project.transcripts.interviews()[0].participant_ids] == ["P02"]
        assert cell(grid, 0, "Participants") == "P02"

    def it_opens_an_interview_with_return(
        self, grid: Grid, project: Project, workspace: Workspace, qtbot: QtBot
    ) -> None:
        grid.setFocus()
        grid.setCurrentIndex(grid.table.index(1, 0))
        with qtbot.waitSignal(workspace.reading_asked) as asked:
            QTest.keyClick(grid, Qt.Key.Key_Return)
        assert asked.args == [project.transcripts.interviews()[1].id]

    def it_keeps_order_and_choice_over_a_change(self, grid: Grid, project: Project) -> None:
        grid.sortByColumn(place(grid, "Interview"), Qt.SortOrder.DescendingOrder)
        grid.setCurrentIndex(grid.table.index(0, 0))
        chosen = grid.table.rows[0].row.id
        project.transcripts.change(chosen, title="A new title")
        assert grid.table.rows[grid.currentIndex().row()].row.id == chosen
        assert cell(grid, 0, "Interview") == "A new title"

    def it_can_change_its_looks_when_no_project_is_open_any_more(
        self, stage: PrepareStage, grid: Grid, workspace: Workspace, qapp: QApplication
    ) -> None:
        workspace.take(None)
        theme.appearance.apply(qapp, "dark", 1.5)
        theme.appearance.apply(qapp, "light", 1.0)
        assert grid.table.rowCount() == 2

    def it_keeps_a_note_when_the_field_is_left(self, stage: PrepareStage, grid: Grid, project: Project) -> None:
        grid.setCurrentIndex(grid.table.index(0, 0))
        note = stage.interviews.detail.note
        note.setFocus()
        QTest.keyClicks(note, "Loud room.")
        assert project.transcripts.interviews()[0].note == ""
        grid.setFocus()
        assert project.transcripts.interviews()[0].note == "Loud room."


class DescribeTheParticipants:
    @pytest.fixture
    def people(self, stage: PrepareStage, project: Project) -> Grid:
        project.people.add("P01", "Bev Stannard")
        project.people.add_attribute("Role", "choice", ["Mentor", "Parent"])
        project.people.add_attribute("Age", "number")
        show_tab(stage, "Participants")
        return stage.participants.grid

    def it_types_values_by_their_type(self, people: Grid, workspace: Workspace, qtbot: QtBot) -> None:
        type_in(people, 0, "Role", "mentor")
        with qtbot.waitSignal(workspace.refused) as told:
            type_in(people, 0, "Age", "old")
        assert told.args == ["“old” is no number. Write it in digits, like 12 or 3.5."]
        assert (cell(people, 0, "Role"), cell(people, 0, "Age")) == ("Mentor", "")

    def it_offers_to_add_a_choice_that_is_not_there_yet(
        self, stage: PrepareStage, people: Grid, project: Project
    ) -> None:
        type_in(people, 0, "Role", "Neighbour")
        assert cell(people, 0, "Role") == ""
        press(stage.participants, "Add it")
        assert cell(people, 0, "Role") == "Neighbour"
        assert project.people.attributes()[0].choices == ("Mentor", "Parent", "Neighbour")
        project.undo()
        assert cell(people, 0, "Role") == ""
        assert project.people.attributes()[0].choices == ("Mentor", "Parent")

    def it_shows_real_names_only_when_asked(self, stage: PrepareStage, people: Grid) -> None:
        def shown() -> list[str]:
            return [cell(people, 0, c.heading) for c in people.table.columns]

        assert "Bev Stannard" not in shown()
        stage.participants.names.click()
        assert "Bev Stannard" in shown()
        stage.participants.names.click()
        assert "Bev Stannard" not in shown()

    def it_pastes_a_block_from_a_spreadsheet_and_grows_with_one_undo(self, people: Grid, project: Project) -> None:
        before = everything(project)
        QGuiApplication.clipboard().setText("P01\tMentor\t41\nP02\tNurse\t37\n")
        people.setFocus()
        people.setCurrentIndex(people.table.index(0, 0))
        QTest.keyClick(people, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert [[cell(people, n, h) for h in ("Pseudonym", "Role", "Age")] for n in (0, 1)] == [
            ["P01", "Mentor", "41"],
            ["P02", "Nurse", "37"],
        ]
        project.undo()
        assert everything(project) == before

    def it_copies_cells_as_a_spreadsheet_reads_them(self, people: Grid) -> None:
        type_in(people, 0, "Role", "Parent")
        people.selectRow(0)
        QTest.keyClick(people, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert QGuiApplication.clipboard().text().split("\t")[:2] == ["P01", "Parent"]

    def it_empties_cells_with_delete(self, people: Grid, project: Project) -> None:
        type_in(people, 0, "Role", "Parent")
        people.setCurrentIndex(people.table.index(0, place(people, "Role")))
        QTest.keyClick(people, Qt.Key.Key_Delete)
        assert cell(people, 0, "Role") == ""
        assert len(project.people.all()) == 1

    def it_makes_changes_and_removes_an_attribute_in_place(self, stage: PrepareStage, people: Grid) -> None:
        press(stage.participants, "Add attribute…")
        editor = stage.participants.editor
        QTest.keyClicks(editor.name, "Area")
        editor.kind.setCurrentText("Choice")
        QTest.keyClicks(editor.choices, "East; West")
        QTest.keyClick(editor.choices, Qt.Key.Key_Return)
        assert not editor.isVisible()
        type_in(people, 0, "Area", "west")
        assert cell(people, 0, "Area") == "West"
        people.horizontalHeader().sectionDoubleClicked.emit(place(people, "Area"))
        editor.name.setText("Region")
        press(editor, "Change it")
        assert cell(people, 0, "Region") == "West"
        people.horizontalHeader().sectionDoubleClicked.emit(place(people, "Region"))
        press(editor, "Remove attribute")
        assert "Region" not in [c.heading for c in people.table.columns]

    def it_shows_a_participant_of_two_waves_as_one_row(
        self, stage: PrepareStage, people: Grid, project: Project
    ) -> None:
        for name in ("Wave 1", "Wave 2"):
            an_interview(project, "P01", f"In {name}.", wave_id=project.waves.add(name))
        assert people.table.rowCount() == 1
        assert cell(people, 0, "Waves") == "Wave 1 and Wave 2"

    def it_brings_in_a_table_after_saying_what_would_change(
        self, stage: PrepareStage, people: Grid, project: Project, tmp_path: Path
    ) -> None:
        path = tmp_path / "people.csv"
        path.write_text("ID,Name,Role,Age\nP01,Bev Stannard,Nurse,41\nP02,Carl Roe,Parent,x\n", encoding="utf-8")
        before = everything(project)
        stage.participants.open_file(path)
        words = "\n".join(all_words(stage.participants.mapping))
        assert "1 person: P02" in words
        assert "Role: Nurse" in words
        assert "Row 3, Age: “x” is no number" in words
        assert everything(project) == before
        press(stage.participants.mapping, "Bring in")
        assert [cell(people, n, "Role") for n in (0, 1)] == ["Nurse", "Parent"]
        project.undo()
        assert everything(project) == before

    def it_leaves_a_column_out_when_told(
        self, stage: PrepareStage, people: Grid, project: Project, tmp_path: Path
    ) -> None:
        path = tmp_path / "people.csv"
        path.write_text("ID,Shoe size\nP01,41\n", encoding="utf-8")
        stage.participants.open_file(path)
        type_in(stage.participants.mapping.grid, 1, "Is", "Leave out")
        assert not stage.participants.mapping.take.isEnabled()
        press(stage.participants.mapping, "Put away")
        assert [a.name for a in project.people.attributes()] == ["Role", "Age"]


class DescribeTheWaves:
    @pytest.fixture
    def waves(self, stage: PrepareStage, project: Project) -> Grid:
        project.waves.add("Wave 1")
        project.waves.add("Wave 2")
        show_tab(stage, "Waves")
        return stage.waves.waves

    def it_adds_renames_and_orders_waves(self, stage: PrepareStage, waves: Grid, project: Project) -> None:
        QTest.keyClicks(stage.waves.add_wave, "Wave 3")
        QTest.keyClick(stage.waves.add_wave, Qt.Key.Key_Return)
        type_in(waves, 2, "Wave", "Pilot")
        waves.setCurrentIndex(waves.table.index(2, 0))
        QTest.keyClick(waves, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        QTest.keyClick(waves, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        assert [w.name for w in project.waves.all()] == ["Pilot", "Wave 1", "Wave 2"]

    def it_shows_from_when_to_when_a_wave_was(self, stage: PrepareStage, waves: Grid, project: Project) -> None:
        wave_id = project.waves.all()[0].id
        for person, day in (("P01", dt.date(2024, 11, 19)), ("P02", dt.date(2024, 10, 8))):
            an_interview(project, person, "Yes.", wave_id=wave_id)
            project.transcripts.change(project.transcripts.interviews()[-1].id, held_on=day)
        assert cell(waves, 0, "Held") == "8 Oct 2024 to 19 Nov 2024"

    def it_pastes_the_lines_of_a_guide_as_questions_with_one_undo(
        self, stage: PrepareStage, waves: Grid, project: Project
    ) -> None:
        QGuiApplication.clipboard().setText("• How did you hear of it?\n\n- What changed?\nAnything else?")
        stage.waves.add_question.setFocus()
        QTest.keyClick(stage.waves.add_question, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        asked = ["How did you hear of it?", "What changed?", "Anything else?"]
        assert [q.text for q in project.waves.questions()] == asked
        project.undo()
        assert project.waves.questions() == []

    def it_changes_orders_and_removes_questions(self, stage: PrepareStage, waves: Grid, project: Project) -> None:
        project.waves.add_questions(project.waves.all()[0].id, ["First?", "Second?", "Third?"])
        guide = stage.waves.guide
        type_in(guide, 1, "Question", "The second?")
        guide.setCurrentIndex(guide.table.index(2, 1))
        QTest.keyClick(guide, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        assert [q.text for q in project.waves.questions()] == ["First?", "Third?", "The second?"]
        guide.setCurrentIndex(guide.table.index(0, 1))
        QTest.keyClick(guide, Qt.Key.Key_Delete)
        assert [q.text for q in project.waves.questions()] == ["Third?", "The second?"]

    def it_says_which_themes_a_question_asks_about(self, stage: PrepareStage, waves: Grid, project: Project) -> None:
        trust = project.themes.add("Trust")
        project.themes.add("Access")
        project.waves.add_questions(project.waves.all()[0].id, ["Whom did you trust?"])
        guide = stage.waves.guide
        guide.setFocus()
        guide.setCurrentIndex(guide.table.index(0, place(guide, "Asks about")))
        QTest.keyClick(guide, Qt.Key.Key_Return)
        popup = stage.waves.popup
        assert popup.isVisible()
        QTest.keyClick(popup.list, Qt.Key.Key_Space)
        QTest.keyClick(popup.list, Qt.Key.Key_Return)
        assert project.waves.questions()[0].theme_ids == {trust}
        assert cell(guide, 0, "Asks about") == "Trust"

    def it_shows_the_guide_of_the_wave_that_is_chosen(self, stage: PrepareStage, waves: Grid, project: Project) -> None:
        second = project.waves.all()[1].id
        project.waves.add_questions(second, ["Only then?"])
        assert stage.waves.guide.table.rowCount() == 0
        waves.setCurrentIndex(waves.table.index(1, 0))
        assert cell(stage.waves.guide, 0, "Question") == "Only then?"

    def it_asks_before_a_wave_goes_that_has_interviews(
        self, stage: PrepareStage, waves: Grid, project: Project
    ) -> None:
        an_interview(project, "P01", "Yes.", wave_id=project.waves.all()[0].id)
        waves.setCurrentIndex(waves.table.index(0, 0))
        waves.setFocus()
        QTest.keyClick(waves, Qt.Key.Key_Delete)
        assert len(project.waves.all()) == 2
        press(stage.waves.confirm, "Remove")
        assert [w.name for w in project.waves.all()] == ["Wave 2"]
        assert project.transcripts.interviews()[0].wave_id is None

    def it_keeps_evaluation_questions(self, stage: PrepareStage, waves: Grid, project: Project) -> None:
        QTest.keyClicks(stage.waves.add_evaluation, "Did it help?")
        QTest.keyClick(stage.waves.add_evaluation, Qt.Key.Key_Return)
        type_in(stage.waves.evaluation, 0, "Evaluation question", "Whom did it help?")
        assert [q.text for q in project.waves.evaluation_questions()] == ["Whom did it help?"]


class DescribeTheKeyboard:
    def it_goes_round_every_pane_of_every_tab(self, stage: PrepareStage, grid: Grid) -> None:
        for number in range(stage.tabs.count()):
            stage.tabs.setCurrentIndex(number)
            panes = stage.panes()
            assert len(panes) > 1
            assert all(pane.isVisible() for pane in panes)

    def it_names_every_field_and_grid(self, stage: PrepareStage, grid: Grid) -> None:
        parts = [found for kind in (QComboBox, QLineEdit, QTableView) for found in stage.findChildren(kind)]
        own = [p for p in parts if not isinstance(p.parent(), QComboBox)]
        assert [p for p in own if not p.accessibleName()] == []
