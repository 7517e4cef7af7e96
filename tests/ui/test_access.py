"""Access: every control of every stage, drawer and dialog has a name, a role and its states; all fits at large text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
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

from qualcode.resources import samples
from qualcode.ui.main_window import MainWindow
from qualcode.ui.stage_pages import STAGES
from qualcode.ui.stages.code import CodeStage
from qualcode.ui.stages.compare import CompareStage
from qualcode.ui.stages.familiarise import FamiliariseStage
from qualcode.ui.stages.prepare import PrepareStage
from qualcode.ui.stages.themes import ThemesStage
from tests.helpers.projects import a_project, dialogue, land
from tests.ui.walking import described, focusable, lines_of, pages_of, rest

EMPTY_ROLES = (QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Pane)


@dataclass(frozen=True)
class Heard:
    """What a screen reader is told of a control."""

    what: str
    name: str
    has_role: bool
    states_agree: bool
    lines: tuple[str, ...]

    @classmethod
    def of(cls, part: QWidget) -> Heard:
        interface = QAccessible.queryAccessibleInterface(part)
        state = interface.state()
        container = isinstance(part, QTabWidget | QAbstractScrollArea) or part.focusProxy() is not None
        agree = bool(state.disabled) != part.isEnabled()
        if isinstance(part, QAbstractButton) and part.isCheckable():
            agree = agree and bool(state.checkable) and bool(state.checked) == part.isChecked()
        is_list = isinstance(part, QAbstractItemView) and not isinstance(part, QComboBox)
        return cls(
            described(part),
            interface.text(QAccessible.Text.Name).strip(),
            interface.role() not in EMPTY_ROLES or container,
            agree,
            tuple(lines_of(part.model())) if is_list else (),
        )


@pytest.fixture(scope="module")
def heard(sample_window: MainWindow) -> dict[str, list[Heard]]:
    """All that is told of each stage, page by page."""
    return {stage: [Heard.of(part) for parts in pages_of(sample_window, stage) for part in parts] for stage in STAGES}


@pytest.mark.parametrize("stage", STAGES)
class DescribeEveryStage:
    def it_names_all_that_can_be_focused(self, heard: dict[str, list[Heard]], stage: str) -> None:
        assert len(heard[stage]) > 10
        assert [found.what for found in heard[stage] if not found.name] == []

    def it_gives_everything_a_role_that_says_how_to_use_it(self, heard: dict[str, list[Heard]], stage: str) -> None:
        assert [found.what for found in heard[stage] if not found.has_role] == []

    def it_tells_the_states(self, heard: dict[str, list[Heard]], stage: str) -> None:
        assert [found.what for found in heard[stage] if not found.states_agree] == []

    def it_reads_the_lines_of_every_list(self, heard: dict[str, list[Heard]], stage: str) -> None:
        assert [found.what for found in heard[stage] if not all(line.strip() for line in found.lines)] == []


def _familiarise(window: MainWindow) -> FamiliariseStage:
    return cast(FamiliariseStage, window.pages.stages["familiarise"])


def _code(window: MainWindow) -> CodeStage:
    return cast(CodeStage, window.pages.stages["code"])


def _page_of_a_code(window: MainWindow) -> None:
    codebook = _code(window).codebook
    codebook.choose(next(iter(codebook.desk.codes)))
    codebook.open_sheet()


def _move_to_theme(window: MainWindow) -> None:
    stage = cast(ThemesStage, window.pages.stages["themes"])
    stage.board.choose([window.workspace.project.codebook.all()[0].id])
    stage.ask_theme()


WAYS: dict[str, tuple[str, Callable[[MainWindow], object]]] = {
    "words found": ("code", lambda window: _code(window).search.find_words("wait")),
    "segments found": ("code", lambda window: _code(window).search.find_segments()),
    "page of a code": ("code", _page_of_a_code),
    "codebook brought in": ("code", lambda window: _code(window).codebook.bring_in()),
    "codes that may be one": ("code", lambda window: _code(window).codebook.find_near()),
    "two transcripts": ("familiarise", lambda window: _familiarise(window).toggle_second()),
    "words in context": ("familiarise", lambda window: _familiarise(window).find_words()),
    "frequent terms": ("familiarise", lambda window: _familiarise(window).show_terms()),
    "theme to move to": ("themes", _move_to_theme),
    "shortcuts": ("code", lambda window: window.show_shortcuts()),
}
"""What opens beside, above or in the place of a stage's pages: the stage, and how it is opened."""


class DescribeWhatOpens:
    @pytest.mark.parametrize("name", WAYS)
    def it_has_names_roles_and_states(self, sample_window: MainWindow, name: str) -> None:
        stage, way = WAYS[name]
        sample_window.show_stage(stage)
        rest(sample_window)
        way(sample_window)
        rest(sample_window)
        found = [Heard.of(part) for part in everything_open()]
        for above in QApplication.topLevelWidgets():
            if above is not sample_window and above.isVisible():
                above.close()
        assert_heard(found)

    @pytest.mark.parametrize("page", ["import", "what may identify", "table of participants"])
    def it_has_them_while_material_comes_in(self, window: MainWindow, tmp_path: Path, page: str) -> None:
        file = tmp_path / "one.txt"
        file.write_text("Interviewer: Who helped?\n\nP01: Mrs Okafor did, at Elm Lodge.\n", "utf-8")
        with a_project(tmp_path) as project:
            land(project, dialogue(("Interviewer", "Who helped?"), ("P01", "Mrs Okafor did, at Elm Lodge.")))
        window.open_project(tmp_path / "study.qualcode")
        stage = window.show_stage("prepare")
        assert isinstance(stage, PrepareStage)
        if page == "import":
            stage.open_files([file])
        elif page == "what may identify":
            stage.show_page("anonymity")
            stage.anonymity.look()
        else:
            stage.show_page("participants")
            stage.participants.open_file(next(samples().glob("*.xlsx")))
        rest(window)
        assert_heard([Heard.of(part) for part in focusable(window)])


def assert_heard(found: list[Heard]) -> None:
    assert len(found) > 10
    assert [each.what for each in found if not (each.name and each.has_role and each.states_agree)] == []
    assert [each.what for each in found if not all(line.strip() for line in each.lines)] == []


def everything_open() -> list[QWidget]:
    return [part for above in QApplication.topLevelWidgets() if above.isVisible() for part in focusable(above)]


class DescribeLists:
    def it_says_what_is_open_and_what_is_chosen(self, sample_window: MainWindow) -> None:
        sample_window.show_stage("code")
        rest(sample_window)
        tree = _code(sample_window).codebook.tree
        first = tree.model().index(0, 0)
        tree.setCurrentIndex(first)
        name = str(first.data(Qt.ItemDataRole.AccessibleTextRole))
        opened = line_called(tree, name).state()
        assert (bool(opened.expanded), bool(opened.expandable), bool(opened.selected)) == (True, True, True)
        tree.collapse(first)
        folded = line_called(tree, name).state()
        tree.expand(first)
        assert not folded.expanded
        others = [line_called(tree, other).state().selected for other in lines_of(tree.model()) if other != name]
        assert not any(others)

    def it_says_the_cell_of_the_matrix_with_its_people_and_themes(self, sample_window: MainWindow) -> None:
        sample_window.show_stage("compare")
        rest(sample_window)
        view = cast(CompareStage, sample_window.pages.stages["compare"]).page.view
        view.setCurrentIndex(view.model().index(0, 0))
        view.setFocus()
        told = [cell for cell in children_of(view) if cell.role() is QAccessible.Role.Cell]
        assert all(cell.text(QAccessible.Text.Name).strip() for cell in told)
        assert [bool(cell.state().selected) for cell in told].count(True) == 1
        assert told[0].text(QAccessible.Text.Name).startswith("P01")


def children_of(view: QAbstractItemView) -> list[QAccessibleInterface]:
    interface = QAccessible.queryAccessibleInterface(view)
    return [interface.child(number) for number in range(interface.childCount())]


def line_called(view: QAbstractItemView, name: str) -> QAccessibleInterface:
    return next(line for line in children_of(view) if line.text(QAccessible.Text.Name) == name)


class DescribeTheRail:
    def it_says_where_one_is_and_how_far_each_stage_is(self, sample_window: MainWindow) -> None:
        sample_window.show_stage("code")
        said = {}
        for part in sample_window.rail.findChildren(QAbstractButton):
            interface = QAccessible.queryAccessibleInterface(part)
            said[interface.text(QAccessible.Text.Name).split(",")[0]] = bool(interface.state().checked)
        assert said == {title: title == "Code" for title in STAGES.values()}

    def it_shows_a_stage_from_the_keyboard(self, sample_window: MainWindow) -> None:
        buttons = sample_window.rail.findChildren(QAbstractButton)
        buttons[3].setFocus()
        QTest.keyClick(buttons[3], Qt.Key.Key_Space)
        assert sample_window.current_stage is not None
        assert sample_window.current_stage.title == "Themes"


class DescribeTheTextScale:
    @pytest.mark.parametrize("percent", [200, 300])
    def it_never_asks_for_more_than_a_small_screen(self, sample_window: MainWindow, percent: int) -> None:
        sample_window.looks.scale_to(percent)
        try:
            for stage in STAGES:
                sample_window.show_stage(stage)
                rest(sample_window)
                least = sample_window.minimumSizeHint()
                assert (least.width() <= 1280, least.height() <= 800) == (True, True), stage
                assert (sample_window.width(), sample_window.height()) == (1280, 800)
                for tool in sample_window.header.findChildren(QAbstractButton):
                    assert not tool.isVisible() or tool.width() >= tool.sizeHint().width(), tool.text()
        finally:
            sample_window.looks.scale_to(100)
