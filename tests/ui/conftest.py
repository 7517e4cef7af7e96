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
from qualcode.sample import make_sample_project
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


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample project, for tests that write nothing."""
    path = tmp_path_factory.mktemp("sample") / "sample.qualcode"
    make_sample_project(path, lambda *_: None)
    return path


@pytest.fixture(scope="module")
def sample_window(qapp: QApplication, sample: Path) -> Iterator[MainWindow]:
    """The sample project in one window for all that a module looks at: nothing is written."""
    found = MainWindow(Preferences())
    found.resize(1280, 800)
    found.show()
    found.open_project(sample)
    yield found
    found.close()
    found.deleteLater()


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
