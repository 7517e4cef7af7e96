"""Files on their way in: put on the bench, understood, corrected, landed, taken back."""

from __future__ import annotations

import datetime as dt
import multiprocessing
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from qualcode import profiles
from qualcode.core.project import Project
from qualcode.core.values import Role, Span
from qualcode.intake import State
from qualcode.ui.import_entry import Entry
from qualcode.ui.models.prepare_table import CHOICES
from qualcode.ui.stages.prepare import PrepareStage
from qualcode.ui.workspace import Workspace
from tests.helpers.projects import code_words, everything
from tests.ui.preparing import all_words, cell, place, press, type_in
from tests.ui.showing import on_screen

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
def large(tmp_path: Path) -> Path:
    """Fifteen interviews of as many people, and a file that cannot be read."""
    found = tmp_path / "batch"
    found.mkdir()
    for number in range(1, 16):
        (found / f"P{number:02}.txt").write_text(talk("Anna", "Bev", extra=f" That is {number}."), encoding="utf-8")
    (found / "Zero.txt").touch()
    return found


@pytest.fixture
def stage(qtbot: QtBot, workspace: Workspace) -> PrepareStage:
    return on_screen(qtbot, workspace, PrepareStage(workspace))


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

    def it_splits_a_paragraph_at_the_cursor_and_joins_it_again_at_once(
        self, stage: PrepareStage, read: Callable[[Path], list[Entry]], folder: Path, qtbot: QtBot
    ) -> None:
        (entry, *_) = read(folder)
        source = stage.bench.source
        source.view.setFocus()
        source.view.setCurrentIndex(source.model.index(1))
        QTest.keyClick(source.view, Qt.Key.Key_Return)
        assert source.words.hasFocus()
        assert source.begin.text() == "Begin turn"
        source.words.go(source.model.lines[1].text.index("ays Bev"))
        assert source.begin.text() == "Begin turn at cursor"
        source.begin_turn("Anna")
        settled(qtbot, stage)
        assert told(entry)[1:3] == [("Bev", f"{ANSWERS[0]} So"), ("Anna", "says Bev.")]
        assert source.model.lines[1].beside == "Bev +1"
        assert "1 turn begun or joined inside a paragraph by hand." in all_words(stage.bench.understanding)
        QTest.keyClicks(source.words, "c")
        settled(qtbot, stage)
        assert told(entry)[1] == ("Bev", f"{ANSWERS[0]} So says Bev.")

    def it_joins_what_was_taken_for_a_turn_inside_a_paragraph(
        self, stage: PrepareStage, read: Callable[[Path], list[Entry]], tmp_path: Path, qtbot: QtBot
    ) -> None:
        path = tmp_path / "talk.txt"
        path.write_text(talk("Anna", "Bev", extra=" So I wrote it down. Anna: that is all it said."), encoding="utf-8")
        (entry,) = read(path)
        source = stage.bench.source
        source.view.setCurrentIndex(source.model.index(1))
        assert source.model.lines[1].beside == "Bev +1"
        source.words.go(source.model.lines[1].text.index("that is all"))
        press(source, "Continue")
        settled(qtbot, stage)
        assert told(entry)[1] == ("Bev", f"{ANSWERS[0]} So I wrote it down. Anna: that is all it said.")

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

    def it_offers_the_pseudonyms_of_the_files_name_first(
        self, stage: PrepareStage, project: Project, read: Callable[[Path], list[Entry]], tmp_path: Path
    ) -> None:
        project.people.add("P01")
        path = tmp_path / "Joint interview P05+P06.txt"
        both = "\n\n".join((talk("Anna", "Bev"), talk("Anna", "Carl")))
        path.write_text(both, encoding="utf-8")
        read(path)
        voices = stage.bench.understanding.voices
        rows = [cell(voices.grid, row, "Label") for row in range(voices.model.rowCount())]
        column = place(voices.grid, "Participant")
        offered = voices.grid.table.index(rows.index("Bev"), column).data(CHOICES)
        assert offered[:3] == ["P05", "P06", "P01"]
        sentence = "The file speaks of P05 and P06. Say in the column Participant whose voice is whose."
        assert sentence in all_words(voices)
        type_in(voices.grid, rows.index("Bev"), "Participant", "P05")
        type_in(voices.grid, rows.index("Carl"), "Participant", "P06")
        assert sentence not in all_words(voices)

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

    def it_reads_a_large_batch_in_another_process_which_ends_with_it(
        self, stage: PrepareStage, project: Project, read: Callable[[Path], list[Entry]], large: Path
    ) -> None:
        entries = read(large)
        assert [entry.state for entry in entries] == [State.READ] * 15 + [State.REFUSED]
        assert entries[-1].refusal == "it is empty."
        assert {entry.wish.people["Bev"].pseudonym for entry in entries[:-1]} == {f"P{n:02}" for n in range(1, 16)}
        assert not multiprocessing.active_children()

    def it_leaves_out_what_was_not_read_when_the_reading_is_stopped(
        self, stage: PrepareStage, workspace: Workspace, large: Path, qtbot: QtBot
    ) -> None:
        stage.batch.entry_changed.connect(lambda _: workspace.operations.stop())
        stage.open_files([large])
        settled(qtbot, stage)
        states = [entry.state for entry in stage.batch.entries]
        assert State.READ in states
        assert State.LEFT_OUT in states
        assert not multiprocessing.active_children()

    def it_is_put_away_without_a_trace(
        self, stage: PrepareStage, project: Project, read: Callable[[Path], list[Entry]], folder: Path
    ) -> None:
        read(folder)
        press(stage.bench, "Put away")
        assert stage.tabs.isVisible()
        assert stage.batch.entries == []
        assert project.transcripts.interviews() == []


def told(entry: Entry) -> list[tuple[str, str]]:
    assert entry.understood is not None
    found = entry.understood.transcript
    return [(found.speakers[turn.speaker].label, turn.span.of(found.text)) for turn in found.turns]


def roles(entry: Entry) -> dict[str, Role]:
    assert entry.understood is not None
    return {s.label: s.role for s in entry.understood.transcript.speakers}
