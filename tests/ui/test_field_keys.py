"""Keys of the menus while a field has the focus: they are the window's, but for what is being typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QPlainTextEdit, QSpinBox, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from qualcode.core.project import Project
from qualcode.ui.main_window import MainWindow
from qualcode.ui.widgets.kept_field import KeptField
from qualcode.ui.widgets.report_field import ReportField
from qualcode.ui.widgets.segment import MemoField

Ctrl, Shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
UNDO, REDO = (Qt.Key.Key_Z, Ctrl), (Qt.Key.Key_Z, Ctrl | Shift)


def editable_box() -> QComboBox:
    found = QComboBox()
    found.setEditable(True)
    return found


FIELDS: dict[str, Callable[[], QWidget]] = {
    "line": QLineEdit,
    "number": QSpinBox,
    "box": editable_box,
    "plain text": QPlainTextEdit,
    "text": QTextEdit,
    "memo": lambda: MemoField("Memo"),
    "kept": lambda: KeptField("Definition"),
    "report": lambda: ReportField("Finding"),
    "list": QListWidget,
}
TYPING = [kind for kind in FIELDS if kind not in ("list", "number")]


@pytest.fixture
def opened(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> MainWindow:
    window.create_project(tmp_path / "study.qualcode")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.rail.setFocus()
    return window


@pytest.fixture
def project(opened: MainWindow) -> Project:
    found = opened.workspace.project
    found.codebook.add("Trust")
    return found


@pytest.fixture
def focused(qtbot: QtBot, opened: MainWindow) -> Callable[[str], QWidget]:
    """A field of a kind, in the window and with the focus."""

    def act(kind: str) -> QWidget:
        field = FIELDS[kind]()
        field.setParent(opened.centralWidget())
        field.show()
        field.setFocus()
        qtbot.waitUntil(field.hasFocus)
        return field

    return act


def codes(project: Project) -> list[str]:
    return [code.name for code in project.codebook.all()]


class DescribeTheMenusKeys:
    @pytest.mark.parametrize("kind", FIELDS)
    def it_undoes_and_redoes_the_project_where_nothing_is_typed(
        self, project: Project, focused: Callable[[str], QWidget], kind: str
    ) -> None:
        field = focused(kind)
        QTest.keyClick(field, *UNDO)
        assert codes(project) == []
        QTest.keyClick(field, *REDO)
        assert codes(project) == ["Trust"]

    @pytest.mark.parametrize("kind", FIELDS)
    @pytest.mark.usefixtures("project")
    def it_goes_to_another_stage(self, opened: MainWindow, focused: Callable[[str], QWidget], kind: str) -> None:
        QTest.keyClick(focused(kind), Qt.Key.Key_3, Ctrl)
        assert opened.current_stage is opened.pages.stages["code"]

    @pytest.mark.parametrize("kind", FIELDS)
    @pytest.mark.usefixtures("project")
    def it_exports_though_fields_have_a_use_of_their_own_for_the_key(
        self, opened: MainWindow, focused: Callable[[str], QWidget], kind: str
    ) -> None:
        field = focused(kind)
        asked: list[str] = []
        (export,) = [action for action, entry in opened.header.entries if entry.act == "export_report"]
        export.triggered.disconnect()
        export.triggered.connect(lambda: asked.append("report"))
        QTest.keyClick(field, Qt.Key.Key_E, Ctrl)
        assert asked == ["report"]


class DescribeTyping:
    @pytest.mark.parametrize("kind", TYPING)
    def it_is_taken_back_first_and_then_the_project(
        self, project: Project, focused: Callable[[str], QWidget], kind: str
    ) -> None:
        field = focused(kind)
        QTest.keyClicks(field, "months")
        QTest.keyClick(field, *UNDO)
        assert codes(project) == ["Trust"]
        assert typed(field) == ""
        QTest.keyClick(field, *UNDO)
        assert codes(project) == []

    @pytest.mark.parametrize("kind", TYPING)
    def it_is_the_projects_once_the_field_was_left(
        self, project: Project, opened: MainWindow, focused: Callable[[str], QWidget], kind: str
    ) -> None:
        field = focused(kind)
        QTest.keyClicks(field, "months")
        opened.rail.setFocus()
        field.setFocus()
        QTest.keyClick(field, *UNDO)
        assert typed(field) == "months"
        assert codes(project) == []


def typed(field: QWidget) -> str:
    if isinstance(field, QComboBox):
        return field.currentText()
    if isinstance(field, QLineEdit):
        return field.text()
    assert isinstance(field, QPlainTextEdit | QTextEdit)
    return field.toPlainText()
