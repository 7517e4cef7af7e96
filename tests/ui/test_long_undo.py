"""Undo of an import of many files: the window lives on meanwhile, and it may be stopped."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qualcode.core.landing import land
from qualcode.core.project import Project
from qualcode.ui.main_window import MainWindow
from tests.helpers.projects import a_project, dialogue

FILES = 30


@pytest.fixture
def project(window: MainWindow, tmp_path: Path) -> Project:
    """Thirty interviews from one import, open in the window."""
    a_project(tmp_path).close()
    window.open_project(tmp_path / "study.qualcode")
    project = window.workspace.project
    for number in range(FILES):
        said = [("Interviewer", f"Question {number}, {turn}?") for turn in range(20)]
        with project.step(f"Import {FILES} files", group="import"):
            land(project, dialogue(*said, ("P", "We waited."), name=f"{number}.txt"))
    return project


def press(window: MainWindow, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.ControlModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(window, key, held)


class DescribeUndoOfALongAct:
    def it_takes_everything_back_while_the_window_lives(
        self, window: MainWindow, project: Project, qtbot: QtBot
    ) -> None:
        left: list[int] = []
        project.on_change(lambda _: left.append(len(project.transcripts.interviews())))
        press(window, Qt.Key.Key_Z)
        assert 0 < left[0] < FILES
        with qtbot.waitSignal(window.workspace.said) as said:
            pass
        assert said.args == [f"Undone: Import {FILES} files"]
        assert left == sorted(left, reverse=True)
        assert left[-1] == 0
        assert project.undo_label is None

    def it_counts_the_files_at_the_bottom(self, window: MainWindow, project: Project, qtbot: QtBot) -> None:
        press(window, Qt.Key.Key_Z)
        with qtbot.waitSignal(window.workspace.operations.progressed) as told:
            pass
        assert told.args is not None
        title, progress = told.args
        assert (title, progress.total) == ("Undoing", FILES)
        assert progress.done + len(project.transcripts.interviews()) == FILES
        qtbot.waitUntil(lambda: window.workspace.operations.idle)

    def it_can_be_stopped_and_brought_back(self, window: MainWindow, project: Project, qtbot: QtBot) -> None:
        press(window, Qt.Key.Key_Z)
        window.footer.stop_wanted.emit()
        with qtbot.waitSignal(window.workspace.said) as said:
            pass
        assert said.args == [f"Stopped. Part of “Import {FILES} files” is undone."]
        some = len(project.transcripts.interviews())
        assert 0 < some < FILES
        assert project.undo_label == project.redo_label == f"Import {FILES} files"
        press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ShiftModifier)
        qtbot.waitUntil(lambda: window.workspace.operations.idle)
        assert len(project.transcripts.interviews()) == FILES

    def it_takes_no_second_act_back_when_the_key_is_pressed_again(
        self, window: MainWindow, project: Project, qtbot: QtBot
    ) -> None:
        project.codebook.add("Before")
        with project.step("Long", group="a"):
            project.codebook.add("One")
        for number in range(40):
            with project.step("Long", group="a"):
                land(project, dialogue(("P", "x"), *[("Q", f"{turn}?") for turn in range(40)], name=f"n{number}"))
        press(window, Qt.Key.Key_Z)
        press(window, Qt.Key.Key_Z)
        qtbot.waitUntil(lambda: window.workspace.operations.idle)
        assert [code.name for code in project.codebook.all()] == ["Before"]
        assert project.undo_label == "Add code “Before”"

    def it_is_left_where_it_is_when_the_project_is_closed(
        self, window: MainWindow, project: Project, tmp_path: Path
    ) -> None:
        press(window, Qt.Key.Key_Z)
        left = len(project.transcripts.interviews())
        window.workspace.take(None)
        with Project.open(tmp_path / "study.qualcode") as again:
            assert len(again.transcripts.interviews()) == left
            assert again.check() == []
