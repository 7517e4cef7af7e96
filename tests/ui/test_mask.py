"""The one switch between words as they were said and anonymised: it holds in every corner of the window."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabWidget,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from qualcode.core.masking import MASKED
from qualcode.core.memos import PEN_PORTRAIT
from qualcode.core.project import Project
from qualcode.core.values import Span
from qualcode.settings import Preferences
from qualcode.ui.main_window import MainWindow
from qualcode.ui.stage_pages import STAGES
from qualcode.ui.stages.familiarise import FamiliariseStage
from tests.helpers.projects import a_project, code_words, dialogue, everything, land

NAME = "Zorbeck"
SAID = (
    ("Interviewer", "How was it with Mr Zorbeck?"),
    ("Zorbeck, June", "Mr Zorbeck rang me about the form 🙂 and then my sister came to see Zorbeck as well."),
    ("Interviewer", "And after that?"),
    ("Zorbeck, June", "After that nobody rang. Zorbeck's house was empty, so I waited there the whole winter long."),
)
_NOT_EVERYWHERE = {
    ("attribute_value", "value"),
    ("attribute", "name"),
    ("participant", "pseudonym"),
    ("finding", "scope_value"),
}
"""Columns into which a name cannot simply be added; these are planted by hand."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project in which the name stands in every column of words."""
    found = tmp_path / "study.qualcode"
    found.write_bytes(planted())
    return found


@cache
def planted() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return plant(Path(folder)).read_bytes()


def plant(folder: Path) -> Path:
    with a_project(folder) as project:
        wave = project.waves.add("First")
        second = project.waves.add("Second")
        person = project.people.add("Ros Zorbeck", name="June Zorbeck")
        other = project.people.add("Tam")
        role = project.people.add_attribute("Role")
        project.people.set_value(person, role, "At Zorbeck's")
        interview, transcript = land(
            project, dialogue(*SAID, name="Zorbeck.txt"), title="Talk with", wave_id=wave, people=[person]
        )
        land(project, dialogue(*SAID[2:], name="Other.txt"), title="Other", wave_id=second, people=[other])
        code = project.codebook.add("Waiting")
        loose = project.codebook.add("Nobody rings")
        theme = project.themes.add("Getting there")
        project.themes.gather([code], theme)
        segment = code_words(project, transcript, "Mr Zorbeck rang me about the form", code)
        code_words(project, transcript, "Zorbeck's house was empty", loose)
        project.memos.mark(transcript, Span(0, 27))
        project.memos.mark(transcript, Span(28, 60), "See")
        project.memos.add("Portrait", kind=PEN_PORTRAIT, participant_id=person)
        project.memos.add("It went well", interview_id=interview)
        project.summaries.write(person, theme, wave, "Waits")
        finding = project.findings.add(theme, "**Most** waited")
        project.findings.write(finding, summary="They waited")
        project.findings.attach(finding, [segment])
        project.findings.attribute(project.findings.quote(finding, segment), "Carer of Mr Zorbeck")
        project.waves.add_question(wave, "What about waiting?", topic="Here")
        project.waves.add_evaluation_question("Was it worth it?")
        report = project.reports.add("insight", "Insight")
        for key in ("purpose", "limitations", "programme"):
            project.reports.write(report, key, "About")
        project.themes.take_snapshot("Version")
        project.identifiers.add("person", NAME, "[the neighbour]")
        found = project.path
    with sqlite3.connect(found) as connection:
        for table, (_, columns) in MASKED.items():
            for column in columns:
                if (table, column) not in _NOT_EVERYWHERE:
                    connection.execute(f"UPDATE {table} SET {column} = {column} || ' {NAME}'")
    connection.close()
    return found


@pytest.fixture
def masked(window: MainWindow, path: Path, qtbot: QtBot) -> MainWindow:
    """The window, shown anonymised from the first moment."""
    window.workspace.mask.switch()
    window.open_project(path)
    return window


def shown_in(widget: QWidget) -> Iterator[tuple[str, str]]:
    """Every word that a widget and what is to be seen within it show, read out or tell on hovering; with where."""
    for one in (widget, *widget.findChildren(QWidget)):
        if not one.isVisible():
            continue
        where = f"{type(one).__name__} {one.accessibleName()}"
        yield from ((where, text) for text in (one.accessibleName(), one.accessibleDescription(), one.toolTip()))
        if isinstance(one, QLabel | QAbstractButton):
            yield where, one.text()
        elif isinstance(one, QLineEdit):
            yield where, f"{one.text()} {one.placeholderText()}"
        elif isinstance(one, QPlainTextEdit | QTextEdit):
            yield where, f"{one.toPlainText()} {one.placeholderText()}"
        elif isinstance(one, QComboBox):
            yield from ((where, one.itemText(n)) for n in range(one.count()))
        elif isinstance(one, QTabWidget):
            yield from ((where, one.tabText(n)) for n in range(one.count()))
        elif isinstance(one, QAbstractItemView) and one.model() is not None:
            yield from ((where, text) for text in cells(one.model(), QModelIndex()))


def cells(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    while model.canFetchMore(parent):
        model.fetchMore(parent)
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for section in range(columns):
        yield str(model.headerData(section, Qt.Orientation.Horizontal) or "")
    for row in range(model.rowCount(parent)):
        for column in range(columns):
            index = model.index(row, column, parent)
            yield from (str(model.data(index, role) or "") for role in roles)
        if not isinstance(model, QAbstractListModel):
            yield from cells(model, model.index(row, 0, parent))


class DescribeTheSwitch:
    @pytest.mark.parametrize("stage", STAGES)
    def it_hides_the_name_in_every_corner_of_a_stage(self, masked: MainWindow, stage: str, qtbot: QtBot) -> None:
        for _ in corners(masked, stage, qtbot):
            assert leaks_in(masked) == ""

    @pytest.mark.parametrize("stage", STAGES)
    def it_hides_what_was_shown_a_moment_ago_and_shows_it_again(
        self, window: MainWindow, path: Path, stage: str, qtbot: QtBot
    ) -> None:
        window.open_project(path)
        seen = []
        for _ in corners(window, stage, qtbot):
            seen.append(leaks_in(window))
            QTest.keyClick(
                window, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
            )
            qtbot.waitUntil(lambda: window.workspace.operations.idle)
            assert leaks_in(window) == ""
            window.switch_mask()
            qtbot.waitUntil(lambda: window.workspace.operations.idle)
        assert any(seen)

    def it_writes_nothing_whatever_field_is_entered_and_left(self, masked: MainWindow, qtbot: QtBot) -> None:
        before = all_but_reading(masked.workspace.project)
        for stage in STAGES:
            for _ in corners(masked, stage, qtbot):
                for field in masked.current_stage.findChildren(QWidget):  # type: ignore[union-attr]
                    if field.isVisible() and isinstance(field, QLineEdit | QPlainTextEdit | QTextEdit):
                        field.setFocus()
                        QTest.keyClick(field, Qt.Key.Key_End)
        masked.switch_mask()
        masked.workspace.leaving.emit()
        assert all_but_reading(masked.workspace.project) == before

    def it_lets_nobody_write_over_words_that_are_hidden(self, masked: MainWindow, qtbot: QtBot) -> None:
        masked.show_stage("themes")
        stage: Any = masked.current_stage
        stage._choose([next(iter(stage.desk.themes))])
        field = stage.panel_.theme.definition
        assert field.isReadOnly()
        assert "to change it" in field.toolTip()
        masked.switch_mask()
        assert not field.isReadOnly()
        assert NAME in field.toPlainText()

    def it_stays_as_it_was_left_and_says_so(self, masked: MainWindow) -> None:
        assert masked.header.mask_switch.isChecked()
        assert masked.header.mask_switch.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        QTest.mouseClick(masked.header.mask_switch, Qt.MouseButton.LeftButton)
        assert not Preferences.load().anonymised
        assert masked.header.mask_switch.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly

    def it_hides_the_name_in_what_was_done_last(self, window: MainWindow, path: Path) -> None:
        window.open_project(path)
        project = window.workspace.project
        project.codebook.rename(project.codebook.all()[0].id, "Zorbeck rings")
        window.workspace.refused.emit("Zorbeck is there already.")
        assert NAME in leaks_in(window)
        window.switch_mask()
        assert leaks_in(window) == ""
        window.undo()
        window.workspace.refused.emit("Zorbeck is there already.")
        assert leaks_in(window) == ""

    def it_follows_the_register(self, masked: MainWindow) -> None:
        masked.show_stage("code")
        stage: Any = masked.current_stage
        project = masked.workspace.project
        (row,) = project.identifiers.all()
        project.identifiers.change(row.id, replacement="[a helper]")
        assert "[A helper] rang me" in stage.view.toPlainText()
        project.undo()
        assert "[The neighbour] rang me" in stage.view.toPlainText()


def leaks_in(window: MainWindow) -> str:
    """Where the name is to be seen, line by line."""
    told = [("title of the window", window.windowTitle()), *shown_in(window)]
    return "\n".join(f"{where}: {text}" for where, text in told if NAME.casefold() in text.casefold())


def corners(window: MainWindow, stage: str, qtbot: QtBot) -> Iterator[None]:
    """Show every page of a stage, with something chosen in it."""
    window.show_stage(stage)
    walks: dict[str, Callable[[MainWindow, Any, QtBot], Iterator[None]]] = {
        "prepare": corners_of_prepare,
        "familiarise": corners_of_familiarise,
        "code": corners_of_code,
        "themes": corners_of_themes,
        "compare": corners_of_compare,
        "report": corners_of_report,
    }
    yield from walks[stage](window, window.current_stage, qtbot)


def all_but_reading(project: Project) -> dict[str, list[tuple[object, ...]]]:
    """All rows but those that say how far somebody has read: whoever rests on a page has."""
    return {table: rows for table, rows in everything(project).items() if table != "reading"}


def corners_of_prepare(window: MainWindow, stage: Any, qtbot: QtBot) -> Iterator[None]:
    for page in range(stage.tabs.count() - 1):
        stage.tabs.setCurrentIndex(page)
        for grid in stage.tabs.currentWidget().findChildren(QAbstractItemView):
            if grid.isVisible() and grid.model() and grid.model().rowCount():
                grid.setCurrentIndex(grid.model().index(0, 0))
        yield


def corners_of_familiarise(window: MainWindow, stage: Any, qtbot: QtBot) -> Iterator[None]:
    stage.open_interview(stage.desk.interviews[0].id)
    yield
    stage.open_beside(stage.desk.interviews[1].id)
    stage.side.setCurrentIndex(1)
    yield
    stage.notes.scope.pick("In all interviews")
    yield
    stage.find_words()
    stage.words.concordance.look_for("rang")
    wait_for(window, stage.words.concordance.model, qtbot)
    yield
    stage.show_terms()
    wait_for(window, stage.words.terms.model, qtbot)
    yield


def corners_of_code(window: MainWindow, stage: Any, qtbot: QtBot) -> Iterator[None]:
    stage.view.stripe_chosen.emit(stage.view.stripes[0].key)
    yield
    stage.search.find_words("rang")
    wait_for(window, stage.search.model, qtbot)
    yield
    stage.codebook.choose(next(iter(stage._codes)))
    stage.codebook.open_sheet()
    yield


def corners_of_themes(window: MainWindow, stage: Any, qtbot: QtBot) -> Iterator[None]:
    stage._choose([next(iter(stage.desk.themes))])
    for page in range(stage.middle.count()):
        stage.middle.setCurrentIndex(page)
        yield
    stage.panel_.setCurrentIndex(1)
    stage.panel_.evidence.tree.choose_first()
    yield


def corners_of_compare(window: MainWindow, stage: Any, qtbot: QtBot) -> Iterator[None]:
    for page in range(stage.tabs.count()):
        stage.tabs.setCurrentIndex(page)
        view = stage.page.view
        if view.model() is not None and view.model().rowCount():
            view.setCurrentIndex(view.model().index(0, 0))
        stage.side.evidence.tree.choose_first()
        yield


def corners_of_report(window: MainWindow, stage: Any, qtbot: QtBot) -> Iterator[None]:
    stage.show_quote(stage.desk.material.findings[0].quotes[0].id)
    for page in range(stage.side.count()):
        stage.side.setCurrentIndex(page)
        yield
    for section in stage.desk.shape.sections:
        stage.place.show_section(section.key)
        yield


def wait_for(window: MainWindow, model: Any, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.workspace.operations.idle and model.rowCount() > 0)


class DescribeReadingAnonymised:
    """Places are the original's, whatever is shown."""

    @pytest.fixture
    def stage(self, masked: MainWindow) -> FamiliariseStage:
        masked.show_stage("familiarise")
        found = masked.current_stage
        assert isinstance(found, FamiliariseStage)
        found.open_interview(found.desk.interviews[0].id)
        return found

    def it_marks_the_words_that_were_said(self, stage: FamiliariseStage) -> None:
        view, project = stage.first.view, stage.workspace.project
        shown = view.toPlainText()
        select_shown(view, "[the neighbour] as well")
        stage.first.mark()
        assert "came to see" in shown
        assert "Zorbeck as well" in [words for words in marked(project, stage) if "well" in words]

    def it_writes_a_note_beside_them(self, stage: FamiliariseStage) -> None:
        view = stage.first.view
        select_shown(view, "nobody rang")
        stage.first.note()
        margin = view.margin
        assert margin is not None
        margin._editor.setPlainText("Nobody at all")
        margin.keep()
        (note,) = [n for n in view.notes if n.text == "Nobody at all"]
        assert note.span is not None
        assert note.span.of(text_of(stage)) == "nobody rang"

    def it_lets_no_hidden_note_be_written_over(self, stage: FamiliariseStage, masked: MainWindow) -> None:
        (note,) = [n for n in stage.first.view.notes if n.text.startswith("See")]
        stage.first.edit_note(note.key)
        assert stage.first.view.margin is not None
        assert not stage.first.view.margin.is_typing
        assert "Ctrl+Shift+A" in masked.notice.sentence()

    def it_finds_words_only_where_they_hide_none(self, stage: FamiliariseStage, masked: MainWindow) -> None:
        select_shown(stage.first.view, "[the neighbour] as well")
        stage.find_words()
        assert "hide others" in masked.notice.sentence()
        select_shown(stage.first.view, "nobody rang")
        stage.first.find_selected()
        assert stage.words.concordance.field.text() == "nobody rang"

    def it_leaves_names_out_of_the_frequent_terms_and_says_so(
        self, stage: FamiliariseStage, masked: MainWindow, qtbot: QtBot
    ) -> None:
        stage.show_terms()
        qtbot.waitUntil(lambda: masked.workspace.operations.idle and stage.words.terms.model.rowCount() > 0)
        assert "left out that could identify somebody" in stage.words.terms.state.text()


def text_of(stage: FamiliariseStage) -> str:
    return stage.workspace.project.transcripts.text(stage.desk.interviews[0].transcript_id)


def marked(project: Project, stage: FamiliariseStage) -> list[str]:
    rows = project.memos.of_transcript(stage.desk.interviews[0].transcript_id)
    return [row.span.of(text_of(stage)) for row in rows if row.span is not None]


def select_shown(view: Any, words: str) -> None:
    """Select words as they are shown."""
    shown = view.toPlainText()
    at = len(shown[: shown.index(words)].encode("utf-16-le")) // 2
    cursor = view.textCursor()
    cursor.setPosition(at)
    cursor.setPosition(at + len(words), cursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
