"""Access: every control has a name, a role and a state; every pane is reached by F6; all fits at large text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QTabWidget,
    QWidget,
)

from qualcode.sample import make_sample_project
from qualcode.settings import Preferences
from qualcode.ui.main_window import MainWindow
from qualcode.ui.stage_pages import STAGES
from qualcode.ui.widgets.basics import Panes

EMPTY_ROLES = (QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Pane)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "sample.qualcode"
    make_sample_project(path, lambda *_: None)
    return path


@pytest.fixture(scope="module")
def window(qapp: QApplication, sample: Path) -> Iterator[MainWindow]:
    """The sample project in one window for all that is looked at here: nothing is written."""
    found = MainWindow(Preferences())
    found.resize(1280, 800)
    found.show()
    found.open_project(sample)
    yield found
    found.close()
    found.deleteLater()


def shown_in(window: MainWindow) -> Iterator[list[QWidget]]:
    """What can be focused, for each page of the stage that is shown."""
    stage = window.current_stage
    assert stage is not None
    tabs = [tab for tab in stage.findChildren(QTabWidget) if tab.isVisibleTo(window)]
    for tab in tabs:
        for number in range(tab.count()):
            if tab.isTabVisible(number) and tab.isTabEnabled(number):
                tab.setCurrentIndex(number)
                QApplication.processEvents()
                yield focusable(window)
        tab.setCurrentIndex(0)
    if not tabs:
        yield focusable(window)


def focusable(window: MainWindow) -> list[QWidget]:
    return [
        part
        for part in window.findChildren(QWidget)
        if part.isVisibleTo(window)
        and part.isEnabled()
        and part.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not part.objectName().startswith("qt_")
    ]


def described(part: QWidget) -> str:
    above = part.parentWidget()
    return f"{type(part).__name__} “{part.accessibleName()}” in {type(above).__name__}"


@pytest.mark.parametrize("stage", STAGES)
class DescribeEveryStage:
    def it_names_all_that_can_be_focused(self, window: MainWindow, stage: str) -> None:
        window.show_stage(stage)
        nameless = set()
        for parts in shown_in(window):
            for part in parts:
                interface = QAccessible.queryAccessibleInterface(part)
                if not interface.text(QAccessible.Text.Name).strip():
                    nameless.add(described(part))
        assert nameless == set()

    def it_gives_everything_a_role_that_says_how_to_use_it(self, window: MainWindow, stage: str) -> None:
        window.show_stage(stage)
        mute = set()
        for parts in shown_in(window):
            for part in parts:
                interface = QAccessible.queryAccessibleInterface(part)
                container = isinstance(part, QTabWidget | QAbstractScrollArea) or part.focusProxy() is not None
                if interface.role() in EMPTY_ROLES and not container:
                    mute.add(described(part))
        assert mute == set()

    def it_tells_the_states(self, window: MainWindow, stage: str) -> None:
        window.show_stage(stage)
        for parts in shown_in(window):
            for part in parts:
                state = QAccessible.queryAccessibleInterface(part).state()
                if isinstance(part, QAbstractButton) and part.isCheckable():
                    assert state.checkable, described(part)
                    assert bool(state.checked) == part.isChecked(), described(part)
                assert not state.disabled, described(part)

    def it_reads_the_lines_of_every_list(self, window: MainWindow, stage: str) -> None:
        window.show_stage(stage)
        silent = set()
        for parts in shown_in(window):
            for view in parts:
                if isinstance(view, QAbstractItemView) and not isinstance(view, QComboBox):
                    silent |= {described(view) for words in lines_of(view.model()) if not words.strip()}
        assert silent == set()

    def it_is_gone_round_with_f6(self, window: MainWindow, stage: str) -> None:
        window.show_stage(stage)
        current = window.current_stage
        assert current is not None
        panes = [pane for pane in [window.rail, *current.panes()] if pane.isVisible()]
        assert len(panes) >= 3
        window.activateWindow()
        QApplication.processEvents()
        window.rail.setFocus()
        reached = []
        for _ in panes:
            window.next_pane()
            focused = QApplication.focusWidget()
            reached += [
                n for n, pane in enumerate(panes) if focused and (pane is focused or pane.isAncestorOf(focused))
            ]
        assert set(reached) == set(range(len(panes)))
        window.rail.setFocus()
        window.previous_pane()
        focused = QApplication.focusWidget()
        assert focused is not None
        assert panes[-1] is focused or panes[-1].isAncestorOf(focused)


def lines_of(model: QAbstractItemModel) -> Iterator[str]:
    """What a screen reader says of the first lines."""
    for row in range(min(5, model.rowCount())):
        index = model.index(row, 0)
        said = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data(Qt.ItemDataRole.DisplayRole)
        yield str(said or "")


class DescribeThePanes:
    def it_folds_them_by_keys_and_never_hides_what_has_the_focus(self, window: MainWindow) -> None:
        window.show_stage("code")
        window.activateWindow()
        stage = window.pages.stages["code"]
        codebook, text = stage.panes()[0], stage.panes()[2]
        panes = next(panes for panes in stage.findChildren(Panes) if panes.isAncestorOf(codebook))
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
        window.show_stage("code")
        stage = window.pages.stages["code"]
        codebook = stage.panes()[0]
        panes = next(panes for panes in stage.findChildren(Panes) if panes.isAncestorOf(codebook))
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


class DescribeTheRail:
    def it_says_where_one_is_and_how_far_each_stage_is(self, window: MainWindow) -> None:
        window.show_stage("code")
        said = {}
        for part in window.rail.findChildren(QAbstractButton):
            interface = QAccessible.queryAccessibleInterface(part)
            said[interface.text(QAccessible.Text.Name).split(",")[0]] = bool(interface.state().checked)
        assert said == {title: title == "Code" for title in STAGES.values()}

    def it_shows_a_stage_from_the_keyboard(self, window: MainWindow) -> None:
        buttons = window.rail.findChildren(QAbstractButton)
        buttons[3].setFocus()
        QTest.keyClick(buttons[3], Qt.Key.Key_Space)
        assert window.current_stage is not None
        assert window.current_stage.title == "Themes"


class DescribeTheTextScale:
    def it_never_asks_for_more_than_a_small_screen(self, window: MainWindow) -> None:
        try:
            for percent in (200, 300):
                window._scale_to(percent)
                for stage in STAGES:
                    window.show_stage(stage)
                    QApplication.processEvents()
                    least = window.minimumSizeHint()
                    assert (percent, stage, least.width() <= 1280, least.height() <= 800) == (
                        percent,
                        stage,
                        True,
                        True,
                    )
                    assert (window.width(), window.height()) == (1280, 800)
        finally:
            window._scale_to(100)
