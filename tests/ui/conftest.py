"""Real widgets on a real project file, without a screen."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qualcode.core.project import Project
from qualcode.settings import Preferences
from qualcode.ui import theme
from qualcode.ui.main_window import MainWindow
from qualcode.ui.workspace import Workspace
from tests.helpers.projects import a_project


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALCODE_SETTINGS", str(tmp_path / "settings"))


@pytest.fixture(autouse=True, scope="session")
def _appearance(qapp: QApplication) -> None:
    theme.appearance.apply(qapp, "light", 1.0)


@pytest.fixture(autouse=True)
def _nothing_left(qapp: QApplication) -> Iterator[None]:
    """What a test closed is gone before the next: Qt deletes later only where an event loop runs."""
    yield
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def workspace(qtbot: QtBot, tmp_path: Path) -> Iterator[Workspace]:
    """A workspace with an empty project open."""
    found = Workspace(Preferences())
    found.take(a_project(tmp_path))
    yield found
    found.take(None)


@pytest.fixture
def project(workspace: Workspace) -> Project:
    return workspace.project


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """The whole window, no project open."""
    found = MainWindow(Preferences())
    qtbot.addWidget(found)
    found.resize(1280, 800)
    found.show()
    qtbot.waitExposed(found)
    yield found
    found.workspace.take(None)
