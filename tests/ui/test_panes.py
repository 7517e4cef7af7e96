"""Panes and menus where there is little room, and the focus in every appearance."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenuBar, QWidget
from pytestqt.qtbot import QtBot

from qualcode.settings import Preferences
from qualcode.ui import theme
from qualcode.ui.main_window import MainWindow
from qualcode.ui.tokens import APPEARANCES
from qualcode.ui.widgets.panes import Panes
from tests.helpers.projects import a_project, dialogue, land
from tests.ui.looking import LEAST_CHANGED, changed_by_focus, one_of_each
from tests.ui.walking import described, focusable, rest


@pytest.fixture(scope="module")
def only_code(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """A small project in a window that shows Code and nothing else: quick to show larger, or in other colours."""
    folder = tmp_path_factory.mktemp("small")
    with a_project(folder) as project:
        project.codebook.add("Waiting")
        land(project, dialogue(("Interviewer", "How was it?"), ("P01", "We waited and waited.")))
    found = MainWindow(Preferences())
    found.resize(1280, 800)
    found.show()
    found.open_project(folder / "study.qualcode")
    found.show_stage("code")
    yield found
    found.close()
    found.deleteLater()


@pytest.fixture
def code(only_code: MainWindow, qtbot: QtBot) -> Iterator[MainWindow]:
    """The same, active and at 100 %."""
    only_code.activateWindow()
    qtbot.waitUntil(only_code.isActiveWindow)
    rest(only_code)
    yield only_code
    if only_code.preferences.text_scale != 100:
        only_code.looks.scale_to(100)
        rest(only_code)


@pytest.fixture
def large(code: MainWindow) -> MainWindow:
    """The same at 300 %."""
    code.looks.scale_to(300)
    rest(code)
    return code


class DescribeTheFocus:
    def it_is_seen_in_every_appearance(self, code: MainWindow, qapp: QApplication) -> None:
        unseen = set()
        try:
            for look in APPEARANCES:
                theme.appearance.apply(qapp, look, 1.0)
                rest(code)
                able = one_of_each(focusable(code))
                assert len(able) > 5
                unseen |= {(look, described(part)) for part in able if changed_by_focus(part) < LEAST_CHANGED}
        finally:
            theme.appearance.apply(qapp, "light", 1.0)
        assert unseen == set()


class DescribePanesWithoutRoom:
    def it_shows_one_at_a_time_with_the_names_of_all_above(self, large: MainWindow) -> None:
        panes, codebook, text = panes_of_code(large)
        text.setFocus()
        rest(large)
        assert [bool(size) for size in panes.sizes()] == [False, True, False]
        names = {name.text(): name.isChecked() for name in strip_of(panes)}
        assert names == {"Codebook": False, "Transcript": True, "Suggestions and segment": False}
        codebook.setFocus()
        assert [bool(size) for size in panes.sizes()] == [True, False, False]
        assert panes.sizes()[0] > panes.width() - 20

    def it_shows_the_one_whose_name_is_pressed_and_puts_the_focus_there(self, large: MainWindow) -> None:
        panes, _, text = panes_of_code(large)
        text.setFocus()
        rest(large)
        name = next(name for name in strip_of(panes) if name.text() == "Codebook")
        name.setFocus()
        QTest.keyClick(name, Qt.Key.Key_Space)
        rest(large)
        assert [bool(size) for size in panes.sizes()] == [True, False, False]
        assert panes.isAncestorOf(QApplication.focusWidget() or large)

    def it_shows_two_where_two_have_room_and_keeps_the_one_used_last(self, code: MainWindow) -> None:
        code.looks.scale_to(200)
        panes, codebook, text = panes_of_code(code)
        codebook.setFocus()
        text.setFocus()
        rest(code)
        assert [bool(size) for size in panes.sizes()] == [True, True, False]
        code.fold_right()
        rest(code)
        assert [bool(size) for size in panes.sizes()] == [False, True, True]

    def it_forgets_all_that_when_there_is_room_again(self, code: MainWindow) -> None:
        panes, _, text = panes_of_code(code)
        before = panes.sizes()
        code.looks.scale_to(300)
        text.setFocus()
        rest(code)
        code.looks.scale_to(100)
        rest(code)
        assert panes.sizes() == before
        assert not any(name.isVisible() for name in strip_of(panes))


class DescribeTheMenus:
    def it_becomes_one_where_all_have_no_room_beside_the_tools(self, code: MainWindow) -> None:
        code.show_stage("code")
        rest(code)
        bar = code.header.findChild(QMenuBar)
        assert isinstance(bar, QMenuBar)
        assert [action.text() for action in bar.actions()] == ["&File", "&Edit", "&View", "&Go", "&Help"]
        code.looks.scale_to(300)
        rest(code)
        (every,) = bar.actions()
        menu = every.menu()
        assert menu is not None
        assert every.text() == "&Menu"
        assert [action.text() for action in menu.actions()] == ["&File", "&Edit", "&View", "&Go", "&Help"]

    def it_keeps_its_keys_in_either_shape(self, large: MainWindow) -> None:
        large.show_stage("code")
        rest(large)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
        rest(large)
        assert large.current_stage is not None
        assert large.current_stage.title == "Themes"


def panes_of_code(window: MainWindow) -> tuple[Panes, QWidget, QWidget]:
    """The panes of Code with its codebook and its transcript."""
    stage = window.show_stage("code")
    rest(window)
    assert stage is not None
    codebook, text = stage.panes()[0], stage.panes()[2]
    return next(panes for panes in stage.findChildren(Panes) if panes.isAncestorOf(codebook)), codebook, text


def strip_of(panes: Panes) -> list[QAbstractButton]:
    return [part for part in panes.findChildren(QAbstractButton) if part.objectName() == "Pane"]
