"""The context menu by Shift+F10, where the system sends nothing for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QTreeView
from pytestqt.qtbot import QtBot

from qualcode.ui.main_window import MainWindow
from tests.helpers.projects import a_project, dialogue, land
from tests.ui.walking import rest


def with_a_study(window: MainWindow, qtbot: QtBot, folder: Path) -> MainWindow:
    with a_project(folder) as project:
        project.codebook.add("Helping")
        project.codebook.add("Waiting")
        land(project, dialogue(("Interviewer", "How was it?"), ("P01", "We waited and waited.")))
    window.open_project(folder / "study.qualcode")
    window.show_stage("code")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    rest(window)
    return window


def menu_opened_by(qtbot: QtBot, act: Callable[[], None]) -> list[str]:
    """What the menu that ``act`` opens offers; nothing where it opens none."""
    found: list[str] = []

    def read() -> None:
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            found.extend(entry.text().replace("&", "") for entry in menu.actions() if entry.text())
            menu.close()

    timer = QTimer(interval=20)
    timer.timeout.connect(read)
    timer.start()
    act()
    qtbot.waitUntil(lambda: bool(found))
    timer.stop()
    return found


def press_shift_f10() -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)


class DescribeShiftF10:
    def it_opens_the_menu_of_the_code_that_is_chosen(self, window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
        with_a_study(window, qtbot, tmp_path)
        codebook = next(tree for tree in window.findChildren(QTreeView) if tree.accessibleName() == "Codes")
        codebook.setFocus()
        QTest.keyClick(codebook, Qt.Key.Key_End)
        print(
            "FW",
            QApplication.focusWidget(),
            codebook.currentIndex().data(),
            codebook.model().rowCount(),
            codebook.chosen(),
        )
        assert any("Rename" in entry for entry in menu_opened_by(qtbot, press_shift_f10))

    def it_opens_the_menu_of_a_field(self, window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
        with_a_study(window, qtbot, tmp_path)
        field = next(field for field in window.findChildren(QLineEdit) if field.isVisible())
        field.setFocus()
        assert any("Paste" in entry for entry in menu_opened_by(qtbot, press_shift_f10))
