"""Projects so large that reading them takes long: the window goes on, and says what it waits for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import event

from qualcode.core.values import Span
from qualcode.ui import main_window
from qualcode.ui.main_window import MainWindow
from qualcode.ui.models import report_reading
from qualcode.ui.stage_pages import STAGES
from tests.helpers.projects import a_project, an_interview, code_words

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
    monkeypatch.setattr(main_window, "MUCH", 0)
    monkeypatch.setattr(report_reading, "MUCH", 0)


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


class DescribeTheReportOfALargeProject:
    def it_says_that_it_reads_and_then_shows_the_findings(self, window: MainWindow, qtbot: QtBot, path: Path) -> None:
        window.open_project(path)
        qtbot.waitUntil(lambda: window.workspace.is_open)
        window.show_stage("report")
        stage = window.pages.stages["report"]
        assert "Reading the transcripts" in shown(window)
        assert not stage.findings.isVisible()  # type: ignore[attr-defined]
        qtbot.waitUntil(stage.findings.isVisible)  # type: ignore[attr-defined]
        assert "Reading the transcripts" not in shown(window)
        assert window.workspace.operations.idle

    def it_goes_to_a_finding_asked_for_meanwhile(self, window: MainWindow, qtbot: QtBot, path: Path) -> None:
        window.open_project(path)
        qtbot.waitUntil(lambda: window.workspace.is_open)
        finding = window.workspace.project.findings.all()[0]
        window.workspace.finding_asked.emit(finding.id)
        stage = window.pages.stages["report"]
        qtbot.waitUntil(stage.findings.isVisible)  # type: ignore[attr-defined]
        assert stage.findings.theme_id == finding.theme_id  # type: ignore[attr-defined]


class DescribeStagesThatAreNotShown:
    def it_reads_no_more_for_a_code_when_every_stage_has_been_looked_at(
        self, window: MainWindow, qtbot: QtBot, path: Path
    ) -> None:
        window.open_project(path)
        qtbot.waitUntil(lambda: window.workspace.is_open)
        window.show_stage("code")
        code_a_word(window, 0)
        alone = statements_of(window, lambda: code_a_word(window, 1))
        for key in (*STAGES, "code"):
            window.show_stage(key)
            qtbot.waitUntil(lambda: window.workspace.operations.idle)
        code_a_word(window, 2)
        assert statements_of(window, lambda: code_a_word(window, 3)) == alone


def code_a_word(window: MainWindow, number: int) -> None:
    stage, code_id = window.pages.stages["code"], window.workspace.project.codebook.find("Waiting")
    stage.view.select(Span(15 + number, 25))  # type: ignore[attr-defined]
    stage.desk.apply(code_id)  # type: ignore[attr-defined]


def statements_of(window: MainWindow, act: Callable[[], None]) -> list[str]:
    """What is asked of the database meanwhile."""
    found: list[str] = []
    engine = window.workspace.project._store.engine

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        found.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return found
