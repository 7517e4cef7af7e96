"""Copying what people said: it leaves anonymised and checked, or not at all, or for a reason."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from qualcode import review
from qualcode.core.project import Project
from qualcode.ui.main_window import MainWindow
from tests.helpers.projects import a_project, code_words, dialogue, land, span_of

SAID = (
    ("Interviewer", "How was it?"),
    ("June", "So Margaret Holroyd rang about the form 🙂, and then Leon Pickersgill came to the door."),
    ("Interviewer", "And then?"),
    ("June", "Then Mrs Holroyd rang again, and I waited the whole winter long."),
)
REGISTERED = "So Margaret Holroyd rang about the form 🙂"
WAITING = "then Leon Pickersgill came"


@pytest.fixture
def studied(window: MainWindow, tmp_path: Path) -> MainWindow:
    """One interview in which a name is on the register, and one nobody has decided on; it was looked through."""
    path = tmp_path / "study.qualcode"
    path.write_bytes(looked_through())
    window.open_project(path)
    QGuiApplication.clipboard().setText("what was there")
    return window


@cache
def looked_through() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        with a_project(Path(folder)) as project:
            person = project.people.add("Ros")
            _, transcript = land(project, dialogue(*SAID), title="Talk", people=[person])
            theme = project.themes.add("Help")
            code = project.codebook.add("Rings", theme_id=theme)
            segment = code_words(project, transcript, REGISTERED, code)
            finding = project.findings.add(theme, "They ring")
            project.findings.attach(finding, [segment])
            project.findings.quote(finding, segment)
            project.identifiers.add("person", "Margaret Holroyd", "[the nurse]")
            review.keep(project, review.search(project).run())
            path = project.path
        return path.read_bytes()


def copied() -> str:
    return QGuiApplication.clipboard().text()


def select(window: MainWindow, view: Any, words: str) -> None:
    project = window.workspace.project
    (interview,) = project.transcripts.interviews()
    view.select(span_of(project.transcripts.text(interview.transcript_id), words))


def press_copy(widget: QWidget) -> None:
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)


def overrides(project: Project) -> list[dict[str, object]]:
    return [row.detail for row in project.log() if row.label == "Copy words"]


class DescribeCopying:
    @pytest.mark.parametrize("stage", ["code", "familiarise"])
    def it_copies_a_passage_as_it_would_stand_in_a_report(self, studied: MainWindow, stage: str) -> None:
        view = reading(studied, stage)
        select(studied, view, REGISTERED)
        press_copy(view)
        assert copied() == "So [the nurse] rang about the form 🙂"

    @pytest.mark.parametrize("stage", ["code", "familiarise"])
    def it_copies_nothing_in_which_somebody_is_named_whom_nobody_decided_on(
        self, studied: MainWindow, stage: str
    ) -> None:
        view = reading(studied, stage)
        select(studied, view, WAITING)
        press_copy(view)
        assert copied() == "what was there"
        assert studied.held_back.isVisible()
        assert "Leon Pickersgill" in studied.held_back.places.item(0).text()

    def it_leads_to_where_the_name_is_decided_on(self, studied: MainWindow) -> None:
        view = reading(studied, "code")
        select(studied, view, WAITING)
        press_copy(view)
        QTest.mouseClick(button_of(studied.held_back, "Decide in Prepare"), Qt.MouseButton.LeftButton)
        assert not studied.held_back.isVisible()
        stage: Any = studied.current_stage
        assert stage.anonymity.isVisible()
        assert [found.text for found in stage.anonymity.review.shown] == ["Leon Pickersgill"]

    def it_copies_all_the_same_for_a_reason_which_is_logged(self, studied: MainWindow) -> None:
        view = reading(studied, "code")
        select(studied, view, WAITING)
        press_copy(view)
        QTest.keyClicks(studied.held_back.reason, "He has agreed to be named")
        QTest.keyClick(studied.held_back.reason, Qt.Key.Key_Return)
        assert copied() == WAITING
        (logged,) = overrides(studied.workspace.project)
        assert logged["override"] == "He has agreed to be named"
        assert logged["where"] == "Talk, line 2"

    def it_copies_words_as_they_were_said_only_for_a_reason(self, studied: MainWindow) -> None:
        view = reading(studied, "code")
        select(studied, view, REGISTERED)
        stage: Any = studied.current_stage
        stage.copy_original()
        assert copied() == "what was there"
        QTest.keyClicks(studied.held_back.reason, "For the nurse's own file")
        QTest.keyClick(studied.held_back.reason, Qt.Key.Key_Return)
        assert copied() == REGISTERED
        assert [found["override"] for found in overrides(studied.workspace.project)] == ["For the nurse's own file"]

    def it_looks_at_the_passage_where_the_project_was_not_looked_through(
        self, studied: MainWindow, qtbot: QtBot
    ) -> None:
        project = studied.workspace.project
        land(project, dialogue(*SAID[2:], name="later.txt"), title="Later")
        view = reading(studied, "code")
        view_of_first(studied)
        select_in(studied, view, WAITING)
        press_copy(view)
        qtbot.waitUntil(lambda: studied.held_back.isVisible(), timeout=20_000)
        assert copied() == "what was there"

    def it_drags_words_out_anonymised(self, studied: MainWindow) -> None:
        view = reading(studied, "code")
        select(studied, view, REGISTERED)
        assert view.createMimeDataFromSelection().text() == "So [the nurse] rang about the form 🙂"

    def it_holds_for_the_words_beside_a_number_and_of_a_quote(self, studied: MainWindow) -> None:
        studied.show_stage("report")
        stage: Any = studied.current_stage
        stage.show_quote(stage.desk.material.findings[0].quotes[0].id)
        stage.side.quote.words.selectAll()
        press_copy(stage.side.quote.words)
        assert copied() == "So [the nurse] rang about the form 🙂"
        studied.show_stage("themes")
        stage = studied.current_stage
        stage._choose([next(iter(stage.desk.themes))])
        stage.panel_.setCurrentIndex(1)
        stage.panel_.evidence.tree.choose_first()
        place = stage.panel_.evidence.place.text
        place.selectAll()
        press_copy(place)
        assert studied.held_back.isVisible()
        assert "Leon Pickersgill" in studied.held_back.places.item(0).text()
        assert "Holroyd" not in place.createMimeDataFromSelection().text()


def button_of(widget: QWidget, words: str) -> QPushButton:
    return next(found for found in widget.findChildren(QPushButton) if found.text() == words)


def reading(window: MainWindow, stage: str) -> Any:
    """The transcript as this stage shows it."""
    window.show_stage(stage)
    found: Any = window.current_stage
    return found.view if stage == "code" else found.first.view


def view_of_first(window: MainWindow) -> None:
    found: Any = window.current_stage
    found.show_interview(found._interviews[0].id)


def select_in(window: MainWindow, view: Any, words: str) -> None:
    project = window.workspace.project
    first = project.transcripts.interviews()[0]
    view.select(span_of(project.transcripts.text(first.transcript_id), words))
