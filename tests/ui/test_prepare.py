"""The Prepare stage: files to the bench, corrected and landed; grids typed in, pasted in and undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QLineEdit, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from qualcode import profiles
from qualcode.core.project import Project
from qualcode.core.values import Role, Span
from qualcode.intake import State
from qualcode.ui import theme
from qualcode.ui.import_batch import Entry
from qualcode.ui.stages.prepare import PrepareStage
from qualcode.ui.widgets.correct_words import CorrectWords
from qualcode.ui.widgets.prepare_grid import Grid
from qualcode.ui.workspace import Workspace
from tests.helpers.projects import an_interview, code_words, everything, span_of

QUESTIONS = ("How long did you wait?", "What did you do then?", "Who helped you?", "What would you change?")
ANSWERS = (
    "Months. We waited and waited and nobody rang us back about it.",
    "I went there myself with the letter and stood at the desk until they looked.",
    "A woman at the library, in the end. She knew what form it was.",
    "I would have one person who knows your name, that is all.",
)


def talk(interviewer: str, person: str, *, extra: str = "") -> str:
    turns = [
        f"{label}: {words}"
        for question, answer in zip(QUESTIONS, ANSWERS, strict=True)
        for label, words in ((interviewer, question), (person, answer + extra))
    ]
    return "\n\n".join(turns)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three interviews of one typist, one of them in the second wave."""
    found = tmp_path / "transcripts"
    found.mkdir()
    for name, person in (("W1_P01_2024-10-08", "Bev"), ("W1_P02_2024-10-09", "Carl"), ("W2_P01_2025-10-14", "Bev")):
        extra = " That was later." if name.startswith("W2") else f" So says {person}."
        (found / f"{name}.txt").write_text(talk("Anna", person, extra=extra), encoding="utf-8")
    return found


@pytest.fixture
def stage(qtbot: QtBot, workspace: Workspace) -> PrepareStage:
    found = PrepareStage(workspace)
    workspace.changed.connect(found.react)
    qtbot.addWidget(found)
    found.resize(1200, 760)
    found.load()
    found.show()
    qtbot.waitExposed(found)
    return found


@pytest.fixture
def read(qtbot: QtBot, stage: PrepareStage) -> Callable[[Path], list[Entry]]:
    """Put files on the bench and wait until they are read."""

    def act(path: Path) -> list[Entry]:
        stage.open_files([path])
        settled(qtbot, stage)
        return stage.batch.entries

    return act


def settled(qtbot: QtBot, stage: PrepareStage) -> None:
    qtbot.waitUntil(lambda: stage.workspace.operations.idle and not stage.batch.is_reading, timeout=20_000)
    stage.batch.settle()


def take_in(qtbot: QtBot, stage: PrepareStage) -> None:
    press(stage.bench, stage.bench.take.text())
    qtbot.waitUntil(lambda: stage.report.isVisible(), timeout=20_000)


def press(parent: QWidget, words: str) -> None:
    QApplication.processEvents()
    found = [b for b in parent.findChildren(QPushButton) if b.text() == words and b.isVisible()]
    assert found, words
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)


def show_tab(stage: PrepareStage, words: str) -> None:
    names = [stage.tabs.tabText(number) for number in range(stage.tabs.count())]
    stage.tabs.setCurrentIndex(names.index(words))


def cell(grid: Grid, row: int, heading: str) -> str:
    return str(grid.table.index(row, place(grid, heading)).data())


def place(grid: Grid, heading: str) -> int:
    return [column.heading for column in grid.table.columns].index(heading)


def type_in(grid: Grid, row: int, heading: str, words: str) -> None:
    """Edit a cell as a person does: go there, F2, type, Return."""
    grid.setFocus()
    grid.setCurrentIndex(grid.table.index(row, place(grid, heading)))
    QTest.keyClick(grid, Qt.Key.Key_F2)
    (editor,) = [found for found in grid.viewport().findChildren(QWidget, "Cell") if found.isVisible()]
    field = editor.lineEdit() if isinstance(editor, QComboBox) else editor
    assert isinstance(field, QLineEdit)
    field.selectAll()
    QTest.keyClicks(field, words)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()


class DescribeAnEmptyProject:
    def it_says_what_to_do_next_with_the_buttons_that_do_it(
        self, stage: PrepareStage, monkeypatch: pytest.MonkeyPatch, folder: Path, qtbot: QtBot
    ) -> None:
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
        press(stage.interviews, "Import folder…")
        settled(qtbot, stage)
        assert stage.bench.isVisible()
        assert len(stage.batch.entries) == 3


class DescribeTheBench:
    def it_shows_what_each_file_was_understood_to_be(
        self, stage: PrepareStage, read: Callable[[Path], list[Entry]], folder: Path
    ) -> None:
        entries = read(folder)
        assert [e.called for e in entries] == ["P01 · Wave 1", "P02 · Wave 1", "P01 · Wave 2"]
        assert [e.state for e in entries] == [State.READ] * 3
        assert stage.bench.take.text() == "Import 3 files"
        voices = stage.bench.understanding.voices.grid
        assert [cell(voices, n, "Label") for n in (0, 1)] == ["Anna", "Bev"]
        assert [cell(voices, n, "Role") for n in (0, 1)] == ["Interviewer", "Participant"]
        assert cell(voices, 1, "Participant") == "P01 · new"

    def it_takes_files_dropped_anywhere_on_the_stage(self, stage: PrepareStage, folder: Path, qtbot: QtBot) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(folder))])
        event = QDropEvent(
            QPointF(9, 9),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        stage.dropEvent(event)
        settled(qtbot, stage)
        assert len(stage.batch.entries) == 3

    def it_lands_them_all_with_one_undo(
        self,
        stage: PrepareStage,
        project: Project,
        read: Callable[[Path], list[Entry]],
        folder: Path,
        qtbot: QtBot,
    ) -> None:
        before = everything(project)
        read(folder)
        take_in(qtbot, stage)
        rows = project.transcripts.interviews()
        assert [r.title for r in rows] == ["P01 · Wave 1", "P02 · Wave 1", "P01 · Wave 2"]
        assert [r.held_on for r in rows] == [dt.date(2024, 10, 8), dt.date(2024, 10, 9), dt.date(2025, 10, 14)]
        assert [p.pseudonym for p in project.people.all()] == ["P01", "P02"]
        assert project.undo_label == "Import 3 files"
        project.undo()
        assert everything(project) == before

    def it_leaves_out_what_is_said_to_be_no_speech_at_once(
        self, stage: PrepareStage, read: Callable[[Path], list[Entry]], folder: Path, qtbot: QtBot
    ) -> None:
        (entry, *_) = read(folder)
        source = stage.bench.source
        source.view.setFocus()
        source.view.setCurrentIndex(source.model.index(0))
        QTest.keyClicks(source.view, "l")
        settled(qtbot, stage)
        assert entry.understood is not None
        assert QUESTIONS[0] not in entry.understood.transcript.text
        assert "1 paragraph left out." in all_words(stage.bench.understanding)
        press(stage.bench.understanding, "Take back")
        settled(qtbot, stage)
        assert entry.understood.transcript.text.startswith(QUESTIONS[0])

    def it_corrects_a_role_and_lets_it_hold_for_all_files_like_it(
        self, stage: PrepareStage, read: Callable[[Path], list[Entry]], folder: Path, qtbot: QtBot
    ) -> None:
        entries = read(folder)
        type_in(stage.bench.understanding.voices.grid, 0, "Role", "Participant")
        settled(qtbot, stage)
        assert roles(entries[0])["Anna"] is Role.PARTICIPANT
        assert roles(entries[1])["Anna"] is Role.INTERVIEWER
        press(stage.bench.understanding, "Apply to 2 other files like this")
        settled(qtbot, stage)
        assert [roles(e)["Anna"] for e in entries] == [Role.PARTICIPANT] * 3

    def it_says_who_a_voice_is(
        self,
        stage: PrepareStage,
        project: Project,
        read: Callable[[Path], list[Entry]],
        folder: Path,
        qtbot: QtBot,
    ) -> None:
        project.people.add("Mentor A")
        read(folder)
        type_in(stage.bench.understanding.voices.grid, 1, "Participant", "Mentor A")
        take_in(qtbot, stage)
        assert "Mentor A · Wave 1" in [i.title for i in project.transcripts.interviews()]

    def it_refuses_a_date_that_is_none_and_keeps_the_old_one(
        self, stage: PrepareStage, workspace: Workspace, read: Callable[[Path], list[Entry]], folder: Path, qtbot: QtBot
    ) -> None:
        read(folder)
        field = stage.bench.understanding.facts.date
        field.setFocus()
        field.setText("soon")
        with qtbot.waitSignal(workspace.refused) as told:
            QTest.keyClick(field, Qt.Key.Key_Return)
        assert told.args == ["“soon” is no date. Write it like 2025-10-14 or 14/10/2025."]
        assert field.text() == "8 Oct 2024"

    def it_reads_the_names_of_the_files_by_a_pattern_while_it_is_typed(
        self, stage: PrepareStage, read: Callable[[Path], list[Entry]], folder: Path, qtbot: QtBot
    ) -> None:
        entries = read(folder)
        stage.bench.pattern.setText("{participant}_{*}_{date}")
        qtbot.waitUntil(lambda: entries[0].wish.people["Bev"].pseudonym == "W1")
        assert [e.called for e in entries] == ["W1", "W1", "W2"]
        stage.bench.pattern.setText("{nonsense}")
        qtbot.waitUntil(lambda: any("{nonsense}" in words for words in all_words(stage.bench)))
        stage.bench.pattern.clear()
        qtbot.waitUntil(lambda: entries[0].called == "P01 · Wave 1")

    def it_keeps_rules_under_a_name_and_uses_them(
        self, stage: PrepareStage, read: Callable[[Path], list[Entry]], folder: Path, qtbot: QtBot
    ) -> None:
        entries = read(folder)
        type_in(stage.bench.understanding.voices.grid, 0, "Role", "Participant")
        settled(qtbot, stage)
        press(stage.bench, "Keep rules as …")
        QTest.keyClicks(stage.bench.name, "Typist Ann")
        QTest.keyClick(stage.bench.name, Qt.Key.Key_Return)
        settled(qtbot, stage)
        assert profiles.names() == ["Typist Ann"]
        assert stage.bench.rules.currentText() == "Typist Ann"
        assert [roles(e)["Anna"] for e in entries] == [Role.PARTICIPANT] * 3

    def it_tells_what_is_refused_left_out_and_here_already_and_goes_on(
        self,
        stage: PrepareStage,
        project: Project,
        read: Callable[[Path], list[Entry]],
        folder: Path,
        tmp_path: Path,
        qtbot: QtBot,
    ) -> None:
        read(folder)
        take_in(qtbot, stage)
        press(stage.report, "Done")
        (folder / "A broken one.docx").write_bytes(b"PK\x03\x04 not a document")
        (folder / "Z.txt").write_text(talk("Anna", "Di"), encoding="utf-8")
        (folder / "Y.txt").write_text(talk("Anna", "Ed", extra=" Yes."), encoding="utf-8")
        entries = {e.name: e for e in read(folder)}
        stage.batch.leave_out([entries["Y.txt"]], True)
        assert stage.bench.take.text() == "Import 1 file"
        take_in(qtbot, stage)
        said = {o.file: o.state for o in stage.report._outcomes}
        assert said["A broken one.docx"] is State.REFUSED
        assert said["Z.txt"] is State.READ
        assert said["Y.txt"] is State.LEFT_OUT
        assert said["W1_P01_2024-10-08.txt"] is State.KNOWN
        assert len(project.transcripts.interviews()) == 4
        stage.report.write(tmp_path / "report.txt")
        assert "A broken one.docx: Refused" in (tmp_path / "report.txt").read_text(encoding="utf-8")
        stage.report.write(tmp_path / "report.csv")
        assert "Z.txt,Read,P04" in (tmp_path / "report.csv").read_text(encoding="utf-8-sig")

    def it_takes_another_text_of_the_same_interview_for_a_new_version_and_shows_what_became_of_the_segments(
        self,
        stage: PrepareStage,
        project: Project,
        read: Callable[[Path], list[Entry]],
        folder: Path,
        qtbot: QtBot,
    ) -> None:
        read(folder)
        take_in(qtbot, stage)
        press(stage.report, "Done")
        row = project.transcripts.interviews()[0]
        code = project.codebook.add("Being heard")
        changed = code_words(project, row.transcript_id, ANSWERS[0] + " So says Bev.", code)
        gone = code_words(project, row.transcript_id, ANSWERS[2] + " So says Bev.", code)
        before = everything(project)
        path = folder / "W1_P01_2024-10-08.txt"
        text = path.read_text(encoding="utf-8").replace("waited and waited", "waited and wated")
        text = text.replace(f"\n\nAnna: {QUESTIONS[2]}\n\nBev: {ANSWERS[2]} So says Bev.", "")
        path.write_text(text, encoding="utf-8")
        read(path)
        assert stage.batch.entries[0].state is State.VERSION
        take_in(qtbot, stage)
        press(stage.report, "Look at the segments")
        lines = {line.segment.id: line for line in stage.review.model.rows}
        assert set(lines) == {changed, gone}
        assert "wated" in lines[changed].now
        assert lines[gone].now == ""
        stage.review.grid.choose(gone)
        place_ = project.transcripts.interviews()[0].transcript_id
        words = project.transcripts.text(place_)
        start = words.index(ANSWERS[3])
        stage.review.view.select(Span(start, start + len(ANSWERS[3])))
        press(stage.review, "Place on selected words")
        assert project.coding.get(gone).quote == ANSWERS[3]
        press(stage.review, "Keep it so")
        assert stage.review.model.rows == []
        project.undo()
        project.undo()
        assert everything(project) == before

    def it_keeps_what_has_landed_when_it_is_stopped(
        self,
        stage: PrepareStage,
        project: Project,
        workspace: Workspace,
        read: Callable[[Path], list[Entry]],
        folder: Path,
        qtbot: QtBot,
    ) -> None:
        read(folder)
        workspace.changed.connect(lambda _: workspace.operations.stop())
        take_in(qtbot, stage)
        landed = len(project.transcripts.interviews())
        assert 0 < landed < 3
        assert [o.state for o in stage.report._outcomes].count(State.LEFT_OUT) == 3 - landed
        project.undo()
        assert project.transcripts.interviews() == []

    def it_is_put_away_without_a_trace(
        self, stage: PrepareStage, project: Project, read: Callable[[Path], list[Entry]], folder: Path
    ) -> None:
        read(folder)
        press(stage.bench, "Put away")
        assert stage.tabs.isVisible()
        assert stage.batch.entries == []
        assert project.transcripts.interviews() == []


def roles(entry: Entry) -> dict[str, Role]:
    assert entry.understood is not None
    return {s.label: s.role for s in entry.understood.transcript.speakers}


def all_words(parent: QWidget) -> list[str]:
    return [found.text() for found in parent.findChildren(QLabel)]


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


class DescribeCorrectingWords:
    def it_puts_other_words_in_the_place_of_the_selected_ones_and_keeps_the_coding(
        self, qtbot: QtBot, workspace: Workspace, project: Project
    ) -> None:
        _, transcript_id = an_interview(project, "P01", "We wated for months.")
        text = project.transcripts.text(transcript_id)
        segment = code_words(project, transcript_id, "We wated for months.", project.codebook.add("Time"))
        popup = CorrectWords(workspace)
        qtbot.addWidget(popup)
        popup.ask(QPoint(5, 5), project.transcripts.get(transcript_id), span_of(text, "wated"))
        assert popup.field.text() == "wated"
        QTest.keyClicks(popup.field, "waited")
        with qtbot.waitSignal(popup.corrected) as told:
            QTest.keyClick(popup.field, Qt.Key.Key_Return)
        assert told.args[0].changed == (segment,)
        assert project.coding.get(segment).quote == "We waited for months."
        assert not popup.isVisible()
        project.undo()
        assert project.coding.get(segment).quote == "We wated for months."

    def it_changes_nothing_when_it_is_left(self, qtbot: QtBot, workspace: Workspace, project: Project) -> None:
        _, transcript_id = an_interview(project, "P01", "We waited.")
        before = everything(project)
        popup = CorrectWords(workspace)
        qtbot.addWidget(popup)
        popup.ask(QPoint(5, 5), project.transcripts.get(transcript_id), Span(0, 3))
        QTest.keyClicks(popup.field, "Who")
        QTest.keyClick(popup.field, Qt.Key.Key_Escape)
        assert not popup.isVisible()
        assert everything(project) == before
