"""Where the focus is: seen on every control, moved between panes by keys, put where the work is done."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from qualcode.ui.focus import give_focus, holds_focus
from qualcode.ui.main_window import MainWindow
from qualcode.ui.stage_pages import STAGES
from qualcode.ui.widgets.panes import Panes
from tests.ui.looking import LEAST_CHANGED, changed_by_focus
from tests.ui.walking import described, pages_of, rest


@pytest.fixture
def window(sample_window: MainWindow, qtbot: QtBot) -> Iterator[MainWindow]:
    """The sample project in the active window, at 100 % and in the light."""
    sample_window.resize(1280, 800)
    sample_window.activateWindow()
    qtbot.waitUntil(sample_window.isActiveWindow)
    yield sample_window
    if sample_window.preferences.text_scale != 100:
        sample_window.looks.scale_to(100)
        rest(sample_window)


class DescribeTheFocus:
    @pytest.mark.parametrize("stage", STAGES)
    def it_is_seen_on_every_control(self, window: MainWindow, stage: str) -> None:
        unseen, looked_at = set(), set()
        for parts in pages_of(window, stage):
            for part in parts:
                sort = (type(part).__name__, part.objectName())
                if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None and sort not in looked_at:
                    looked_at.add(sort)
                    if changed_by_focus(part) < LEAST_CHANGED:
                        unseen.add(described(part))
        assert len(looked_at) > 5
        assert unseen == set()


class DescribeOpeningAProject:
    @pytest.mark.parametrize(
        ("stage", "name"),
        [
            ("prepare", "Interviews"),
            ("familiarise", "Transcript P01 · Wave 1"),
            ("code", "Transcript P01 · Wave 1"),
            ("themes", "Framework"),
            ("compare", "Framework matrix"),
            ("report", "Outline of the report"),
        ],
    )
    def it_puts_the_focus_where_the_work_of_the_stage_is_done(self, window: MainWindow, stage: str, name: str) -> None:
        window.pages.forget()
        window.show_stage(stage)
        rest(window)
        focused = QApplication.focusWidget()
        assert focused is not None
        assert focused.accessibleName() == name

    def it_comes_back_to_where_one_was_in_the_stage(self, window: MainWindow) -> None:
        stage = window.show_stage("code")
        rest(window)
        assert stage is not None
        field = next(f for f in stage.findChildren(QWidget) if f.accessibleName() == "Filter codes")
        field.setFocus()
        window.show_stage("themes")
        window.show_stage("code")
        assert field.hasFocus()

    def it_leaves_who_goes_through_the_rail_by_keys_there(self, window: MainWindow) -> None:
        window.show_stage("code")
        window.rail.setFocus()
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Down)
        rest(window)
        assert window.current_stage is not None
        assert (window.current_stage.title, holds_focus(window.rail)) == ("Themes", True)

    def it_takes_who_clicks_on_the_rail_into_the_stage(self, window: MainWindow) -> None:
        window.show_stage("themes")
        code = next(b for b in window.rail.findChildren(QAbstractButton) if b.text() == "Code")
        QTest.mouseClick(code, Qt.MouseButton.LeftButton)
        rest(window)
        assert window.current_stage is not None
        assert (window.current_stage.title, holds_focus(window.current_stage)) == ("Code", True)


class DescribeGoingRoundThePanes:
    @pytest.mark.parametrize("stage", STAGES)
    def it_reaches_all_of_them_with_f6(self, window: MainWindow, qtbot: QtBot, stage: str) -> None:
        go_round(window, qtbot, stage)

    def it_reaches_all_of_them_where_one_is_shown_at_a_time(self, window: MainWindow, qtbot: QtBot) -> None:
        window.looks.scale_to(300)
        for stage in STAGES:
            go_round(window, qtbot, stage)

    def it_chooses_something_in_a_list_where_nothing_is(self, window: MainWindow) -> None:
        stage = window.show_stage("themes")
        rest(window)
        assert stage is not None
        board = stage.board  # type: ignore[attr-defined]
        board.clearSelection()
        window.rail.setFocus()
        give_focus(board)
        assert len(board.selectionModel().selectedIndexes()) == 1


def go_round(window: MainWindow, qtbot: QtBot, stage: str) -> None:
    """Press F6 once round a stage: each pane gets the focus, and what has it is on the screen."""
    current = window.show_stage(stage)
    rest(window)
    assert current is not None
    panes = [pane for pane in [window.rail, *current.panes()] if pane.isVisible()]
    assert len(panes) >= 3
    window.rail.setFocus()
    reached = set()
    for _ in panes:
        window.next_pane()
        rest(window)
        reached |= {number for number, pane in enumerate(panes) if holds_focus(pane)}
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.waitUntil(partial(is_seen, focused))
    assert reached == set(range(len(panes))), stage
    window.rail.setFocus()
    window.previous_pane()
    assert holds_focus(panes[-1])


def is_seen(part: QWidget) -> bool:
    return part.visibleRegion().boundingRect().width() > 40


class DescribeThePanes:
    def it_folds_them_by_keys_and_never_hides_what_has_the_focus(self, window: MainWindow) -> None:
        panes, codebook, text = panes_of_code(window)
        before = panes.sizes()
        codebook.setFocus()
        QApplication.processEvents()
        window.fold_left()
        assert (panes.sizes()[0], text.hasFocus()) == (0, True)
        codebook.setFocus()
        assert panes.sizes()[0] == before[0]
        window.fold_right()
        assert panes.sizes()[2] == 0
        window.fold_right()
        assert panes.sizes() == before

    def it_widens_and_narrows_the_one_with_the_focus(self, window: MainWindow) -> None:
        panes, codebook, _ = panes_of_code(window)
        codebook.setFocus()
        before = panes.sizes()
        window.widen_pane()
        assert panes.sizes()[0] > before[0]
        window.narrow_pane()
        assert panes.sizes() == before
        for _ in range(40):
            window.widen_pane()
        assert min(panes.sizes()) >= 90
        for _ in range(40):
            window.narrow_pane()
        assert min(panes.sizes()) >= 90


def panes_of_code(window: MainWindow) -> tuple[Panes, QWidget, QWidget]:
    """The panes of Code with its codebook and its transcript."""
    stage = window.show_stage("code")
    rest(window)
    assert stage is not None
    codebook, text = stage.panes()[0], stage.panes()[2]
    return next(panes for panes in stage.findChildren(Panes) if panes.isAncestorOf(codebook)), codebook, text
