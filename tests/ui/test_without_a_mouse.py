"""A walk through Code by keys alone: codebook, coding, changing, searching, coding all, back again by Undo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from qualcode.core.project import Project
from qualcode.ui.main_window import MainWindow
from tests.helpers.projects import a_project, dialogue, everything, land

Ctrl, Shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
SAID = "It took months. Nobody rang us back. We waited and waited. Then somebody rang."

Press = Callable[..., None]


@pytest.fixture
def opened(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    with a_project(tmp_path) as project:
        access = project.themes.add("Access")
        for name in ("Waiting", "Silence"):
            project.codebook.add(name, theme_id=access)
        for person in ("P01", "P02"):
            transcript = dialogue(("Interviewer", "How was it?"), (person, f"{SAID} So says {person}."))
            land(project, transcript, people=[project.people.add(person)], title=person)
    window.open_project(tmp_path / "study.qualcode")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.rail.setFocus()
    return window


@pytest.fixture
def press(opened: MainWindow, qtbot: QtBot) -> Press:
    def act(key: Qt.Key | str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key, or type, where the focus is; then let what it began come to its end."""
        if isinstance(key, str):
            QTest.keyClicks(focus(), key)
        else:
            QTest.keyClick(focus(), key, held)
        qtbot.waitUntil(lambda: opened.workspace.operations.idle, timeout=20_000)
        QApplication.processEvents()

    return act


def focus() -> QWidget:
    popup = QApplication.activePopupWidget()
    found = popup.focusWidget() if popup is not None else QApplication.focusWidget()
    assert found is not None
    return found


def named() -> str:
    return focus().accessibleName()


def coded(project: Project) -> list[tuple[str, str]]:
    names = {code.id: code.name for code in project.codebook.all()}
    return sorted((names[row.code_id], row.quote) for row in project.coding.all())


def go_to(press: Press, name: str, key: Qt.Key = Qt.Key.Key_F6) -> None:
    """Go round with a key until what has this name, or these words, has the focus."""
    for _ in range(30):
        if name in (named(), focus().text() if isinstance(focus(), QAbstractButton) else ""):
            return
        press(key, Shift if key == Qt.Key.Key_Backtab else Qt.KeyboardModifier.NoModifier)
    raise AssertionError(f"{name} was not reached")


class DescribeWorkingWithoutAMouse:
    def it_names_codes_codes_words_changes_and_finds_them(self, opened: MainWindow, press: Press) -> None:
        project = opened.workspace.project
        start = everything(project)
        press(Qt.Key.Key_3, Ctrl)

        go_to(press, "Codes")
        press(Qt.Key.Key_Down)
        press(Qt.Key.Key_F2)
        assert named() == "Name of the code"
        press("A long wait")
        press(Qt.Key.Key_Return)
        press(Qt.Key.Key_Escape)
        assert named() == "Codes"
        assert [code.name for code in project.codebook.all()] == ["A long wait", "Silence"]

        go_to(press, "Transcript P01")
        for _ in range(2):
            press(Qt.Key.Key_Down)
        press(Qt.Key.Key_Return, Ctrl)
        press("long")
        press(Qt.Key.Key_Return)
        press(Qt.Key.Key_Right, Shift)
        press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
        (segment,) = project.coding.all()
        assert segment.weight == 2
        assert coded(project)[0][0] == "A long wait"

        press(Qt.Key.Key_F, Ctrl)
        assert named() == "Words to find"
        press("rang*")
        press(Qt.Key.Key_Return)
        assert named() == "Places found"
        go_to(press, "Code all…", Qt.Key.Key_Backtab)
        press(Qt.Key.Key_Space)
        press("silence")
        press(Qt.Key.Key_Return)
        assert focus().text() == "Code 4 passages"  # type: ignore[attr-defined]
        press(Qt.Key.Key_Space)
        assert [pair for pair in coded(project) if pair[0] == "Silence"] == [("Silence", "rang")] * 4
        press(Qt.Key.Key_Escape)
        assert named() == "Transcript P01"

        for _ in range(5):
            press(Qt.Key.Key_Z, Ctrl)
        assert everything(project) == start
