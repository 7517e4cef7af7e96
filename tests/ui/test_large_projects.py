"""Projects so large that reading them takes long: the window goes on, and says what it waits for."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from qualcode.core.project import Project
from qualcode.core.values import Span
from qualcode.ui import comparisons, guard_shelf, opening
from qualcode.ui.main_window import MainWindow
from qualcode.ui.stage_pages import STAGES
from qualcode.ui.widgets.report_quote_card import WAITING, QuoteCard
from tests.helpers.projects import a_project, an_interview, code_words
from tests.helpers.statements import statements_of

SAID = "We waited for months before anybody came."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project with a theme and a finding under it, closed."""
    with a_project(tmp_path) as project:
        theme_id = project.themes.add("Access to support")
        waiting = project.codebook.add("Waiting", theme_id=theme_id)
        _, transcript_id = an_interview(project, "P01", SAID)
        segment = code_words(project, transcript_id, SAID, waiting)
        finding = project.findings.add(theme_id, "Support came late.")
        project.findings.attach(finding, [segment])
        project.findings.quote(finding, segment)
        return project.path


@pytest.fixture(autouse=True)
def _everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MUCH", 0)
    monkeypatch.setattr(guard_shelf, "MUCH", 0)
    monkeypatch.setattr(comparisons, "MUCH", 0)


def shown(window: MainWindow) -> str:
    """All the words that labels show."""
    return " ".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


class DescribeOpeningALargeProject:
    def it_looks_the_file_through_before_it_is_opened(self, window: MainWindow, qtbot: QtBot, path: Path) -> None:
        window.open_project(path)
        assert not window.workspace.is_open
        qtbot.waitUntil(lambda: window.workspace.is_open)
        assert window.windowTitle().startswith("Study")

    def it_refuses_a_damaged_one_with_a_sentence(self, window: MainWindow, qtbot: QtBot, path: Path) -> None:
        content = bytearray(path.read_bytes())
        content[4096 * 3 : 4096 * 12] = b"\xff" * (4096 * 9)
        path.write_bytes(content)
        window.open_project(path)
        qtbot.waitUntil(lambda: "damaged" in shown(window))
        assert not window.workspace.is_open


@pytest.fixture
def opened(window: MainWindow, qtbot: QtBot, path: Path) -> MainWindow:
    window.open_project(path)
    qtbot.waitUntil(lambda: window.workspace.is_open)
    return window


def settled(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until nothing is read or worked out any more."""
    qtbot.waitUntil(lambda: window.workspace.operations.idle)


class DescribeTheReportOfALargeProject:
    def it_says_that_it_counts_and_then_shows_the_findings(self, opened: MainWindow, qtbot: QtBot) -> None:
        opened.show_stage("report")
        stage: Any = opened.pages.stages["report"]
        assert "Counting" in shown(opened)
        assert not stage.findings.isVisible()
        qtbot.waitUntil(stage.findings.isVisible)
        assert "Counting who said what" not in shown(opened)
        settled(opened, qtbot)
        assert "raised by 1 of 1 asked" in shown(opened)

    def it_shows_the_findings_before_their_quotes_are_anonymised(self, opened: MainWindow, qtbot: QtBot) -> None:
        opened.workspace.project.identifiers.add("place", "months", "[a while]")
        worker_is_free = Event()
        opened.workspace.operations.start("Other work", lambda _: worker_is_free.wait())
        opened.show_stage("report")
        stage: Any = opened.pages.stages["report"]
        qtbot.waitUntil(lambda: "raised by 1 of 1 asked" in shown(opened))
        assert WAITING in quotes_of(opened)
        assert "waited for" not in quotes_of(opened)
        assert stage.outline.isVisible()
        worker_is_free.set()
        qtbot.waitUntil(lambda: "waited for [a while]" in quotes_of(opened))

    def it_goes_to_a_finding_asked_for_meanwhile(self, opened: MainWindow, qtbot: QtBot) -> None:
        finding = opened.workspace.project.findings.all()[0]
        opened.workspace.finding_asked.emit(finding.id)
        stage: Any = opened.pages.stages["report"]
        qtbot.waitUntil(stage.findings.isVisible)
        assert stage.findings.theme_id == finding.theme_id

    def it_anonymises_by_what_was_decided_while_it_read(self, opened: MainWindow, qtbot: QtBot) -> None:
        worker_is_free = Event()
        opened.workspace.operations.start("Other work", lambda _: worker_is_free.wait())
        opened.show_stage("report")
        qtbot.waitUntil(lambda: WAITING in quotes_of(opened))
        opened.workspace.project.identifiers.add("place", "months", "[a while]")
        worker_is_free.set()
        settled(opened, qtbot)
        assert "waited for [a while]" in quotes_of(opened)

    def it_lets_what_it_reads_be_when_the_project_is_closed(
        self, opened: MainWindow, qtbot: QtBot, tmp_path: Path
    ) -> None:
        opened.show_stage("report")
        opened.create_project(tmp_path / "other.qualcode")
        settled(opened, qtbot)
        opened.show_stage("report")
        settled(opened, qtbot)
        assert SAID not in shown(opened)
        assert "Gather codes under a theme first" in shown(opened)


class DescribeComparingALargeProject:
    def it_says_that_it_counts_until_the_table_is_there(self, opened: MainWindow, qtbot: QtBot) -> None:
        opened.show_stage("compare")
        assert "Counting …" in shown(opened)
        settled(opened, qtbot)
        assert "Counting …" not in shown(opened)
        assert cells(opened) == ["1 segment"]

    def it_counts_anew_when_something_changes_meanwhile(self, opened: MainWindow, qtbot: QtBot) -> None:
        opened.show_stage("compare")
        project = opened.workspace.project
        project.coding.remove([row.id for row in project.coding.all()])
        settled(opened, qtbot)
        assert cells(opened) == ["not yet coded"]

    def it_shows_nothing_of_a_project_that_was_closed_meanwhile(
        self, opened: MainWindow, qtbot: QtBot, tmp_path: Path
    ) -> None:
        opened.show_stage("compare")
        opened.create_project(tmp_path / "other.qualcode")
        settled(opened, qtbot)
        opened.show_stage("compare")
        settled(opened, qtbot)
        assert cells(opened) == []

    def it_says_that_it_counts_the_codes_found_together(self, window: MainWindow, qtbot: QtBot, path: Path) -> None:
        with Project.open(path) as project:
            transcript_id = project.transcripts.interviews()[0].transcript_id
            code_words(project, transcript_id, "months", project.codebook.add("Time"))
        window.open_project(path)
        qtbot.waitUntil(lambda: window.workspace.is_open)
        window.show_stage("compare")
        stage: Any = window.pages.stages["compare"]
        stage.tabs.setCurrentWidget(stage.pages["Codes together"])
        assert "Counting …" in shown(window)
        settled(window, qtbot)
        assert "Counting …" not in shown(window)
        assert cells(window) == ["1 person", "2"]


class DescribeTheThemesOfALargeProject:
    def it_shows_what_is_written_of_the_first_theme_before_it_has_counted(
        self, opened: MainWindow, qtbot: QtBot
    ) -> None:
        opened.show_stage("themes")
        stage: Any = opened.pages.stages["themes"]
        assert stage.panel_.theme.name.text() == "Access to support"
        assert "Counting …" in shown(opened)
        qtbot.waitUntil(lambda: "Raised by 1 of 1 asked · 1 segment" in shown(opened))
        assert "Counting …" not in shown(opened)

    def it_goes_to_the_segments_once_they_are_read(self, opened: MainWindow, qtbot: QtBot) -> None:
        opened.show_stage("themes")
        stage: Any = opened.pages.stages["themes"]
        qtbot.keyClick(stage.board, Qt.Key.Key_Return)
        assert "Counting …" in shown(opened)
        settled(opened, qtbot)
        assert [passage.words for passage in stage.panel_.evidence.tree.shown()] == [SAID]
        assert stage.panel_.evidence.tree.currentIndex().isValid()

    def it_lets_them_be_when_the_theme_is_deleted_from_another_stage(self, opened: MainWindow, qtbot: QtBot) -> None:
        opened.show_stage("themes")
        stage: Any = opened.pages.stages["themes"]
        stage.panel_.show_segments()
        assert not opened.workspace.operations.idle
        opened.show_stage("code")
        opened.workspace.project.themes.remove(opened.workspace.project.themes.all()[0].id)
        settled(opened, qtbot)
        opened.show_stage("themes")
        settled(opened, qtbot)
        assert stage.board.selection() == []
        assert [passage.code.name for passage in stage.panel_.evidence.tree.shown()] == ["Waiting"]


def cells(window: MainWindow) -> list[str]:
    """What the table of the Compare stage says."""
    stage: Any = window.pages.stages["compare"]
    return [fact.words for _, facts in stage.page.view.cells.table.rows for fact in facts]


def quotes_of(window: MainWindow) -> str:
    """What the quotes of the Report stage say."""
    stage: Any = window.pages.stages["report"]
    return " ".join(card.accessibleName() for card in stage.findings.findChildren(QuoteCard))


class DescribeStagesThatAreNotShown:
    def it_reads_no_more_for_a_code_when_every_stage_has_been_looked_at(
        self, window: MainWindow, qtbot: QtBot, path: Path
    ) -> None:
        window.open_project(path)
        qtbot.waitUntil(lambda: window.workspace.is_open)
        window.show_stage("code")
        code_a_word(window, 0)
        alone = statements_of(window.workspace.project, lambda: code_a_word(window, 1))
        for key in (*STAGES, "code"):
            window.show_stage(key)
            qtbot.waitUntil(lambda: window.workspace.operations.idle)
        code_a_word(window, 2)
        assert statements_of(window.workspace.project, lambda: code_a_word(window, 3)) == alone


def code_a_word(window: MainWindow, number: int) -> None:
    stage, code_id = window.pages.stages["code"], window.workspace.project.codebook.find("Waiting")
    stage.view.select(Span(15 + number, 25))  # type: ignore[attr-defined]
    stage.desk.apply(code_id)  # type: ignore[attr-defined]
