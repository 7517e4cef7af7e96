"""The window after a project was closed: what its stages showed is asked for no more."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qualcode.ui import theme
from qualcode.ui.main_window import MainWindow
from qualcode.ui.stage_pages import STAGES


@pytest.fixture
def closed(window: MainWindow, sample: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    """The sample project was open, and gone through."""
    project = shutil.copy(sample, tmp_path / "sample.qualcode")
    window.open_project(Path(project))
    for key in STAGES:
        window.show_stage(key)
        qtbot.waitUntil(lambda: window.workspace.operations.idle, timeout=60_000)
    window.close_project()
    yield window
    theme.appearance.apply(QApplication.instance(), "light", 1.0)


class DescribeAClosedProject:
    def it_lets_the_looks_be_changed(self, closed: MainWindow) -> None:
        closed.looks.show_dark()
        closed.looks.larger_text()
        QApplication.processEvents()
        assert theme.tokens().dark

    def it_lets_the_window_be_made_narrow(self, closed: MainWindow) -> None:
        closed.resize(700, 500)
        QApplication.processEvents()
        assert not closed.workspace.is_open

    def it_lets_another_be_opened(self, closed: MainWindow, sample: Path, tmp_path: Path, qtbot: QtBot) -> None:
        other = shutil.copy(sample, tmp_path / "other.qualcode")
        closed.open_project(Path(other))
        for key in STAGES:
            closed.show_stage(key)
            qtbot.waitUntil(lambda: closed.workspace.operations.idle, timeout=60_000)
        assert closed.workspace.project.path == Path(other)
