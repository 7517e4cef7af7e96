"""The whole window, driven by what can be read on it."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from qualcode.core.project import Project
from qualcode.sample import make_sample_project
from qualcode.settings import Preferences
from qualcode.ui import theme
from qualcode.ui.main_window import MainWindow

Part = TypeVar("Part", bound=QWidget)
A_WHILE = 60_000


class Analyst:
    """Somebody at the window: sees words, presses buttons that bear them, types where a label says what to type."""

    def __init__(self, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
        self.window = window
        self._qtbot = qtbot
        self._monkeypatch = monkeypatch

    @property
    def project(self) -> Project:
        return self.window.workspace.project

    def find(self, words: str, kind: type[Part] = QWidget) -> Part:  # type: ignore[assignment]
        """The visible, usable control that bears these words or is called so; of several, the last opened."""
        for found in reversed(self.window.findChildren(kind)):
            shown = found.text() if isinstance(found, QAbstractButton) else ""
            if found.isVisible() and found.isEnabled() and words in (shown, found.accessibleName()):
                return found
        raise AssertionError(f"There is no “{words}” to be seen.")

    def sees(self, words: str) -> bool:
        """Whether a control with these words is there."""
        try:
            self.find(words)
        except AssertionError:
            return False
        return True

    def press(self, words: str) -> None:
        """Press the button with these words, as soon as it is there."""
        self.wait_until(lambda: self.sees(words))
        QTest.mouseClick(self.find(words, QAbstractButton), Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def go_to(self, stage: str) -> None:
        """Choose a stage in the rail."""
        (found,) = [b for b in self.window.rail.findChildren(QAbstractButton) if b.text() == stage]
        QTest.mouseClick(found, Qt.MouseButton.LeftButton)
        QApplication.processEvents()
        self.rest()

    def keys(self, typed: str, key: Qt.Key | None = None) -> None:
        """Type where the cursor is; a popup has it when one is open."""
        target = QApplication.activePopupWidget() or self.window
        target = target.focusWidget() or target
        QTest.keyClicks(target, typed)
        if key is not None:
            QTest.keyClick(target, key)
        QApplication.processEvents()

    def enter(self, words: str) -> None:
        """Put the cursor there."""
        self.window.activateWindow()
        self._qtbot.waitUntil(self.window.isActiveWindow)
        found = self.find(words)
        found.setFocus()
        self._qtbot.waitUntil(lambda: found.hasFocus() or found.isAncestorOf(QApplication.focusWidget() or found))

    def will_choose(self, path: Path) -> None:
        """What is chosen in the next dialogs of the system for files and folders."""
        for name in ("getSaveFileName", "getOpenFileName"):
            self._monkeypatch.setattr(QFileDialog, name, lambda *_, **__: (str(path), ""))
        self._monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: str(path))

    def wait_until(self, there) -> None:  # type: ignore[no-untyped-def]
        self._qtbot.waitUntil(there, timeout=A_WHILE)

    def rest(self) -> None:
        """Wait until nothing is under way."""
        self.wait_until(lambda: self.window.workspace.operations.idle)


@pytest.fixture(scope="session", autouse=True)
def _appearance(qapp: QApplication) -> None:
    theme.appearance.apply(qapp, "light", 1.0)


@pytest.fixture
def analyst(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Analyst]:
    monkeypatch.setenv("QUALCODE_SETTINGS", str(tmp_path / "settings"))
    window = MainWindow(Preferences.load())
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield Analyst(window, qtbot, monkeypatch)
    window.workspace.take(None)


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample project, made once; a journey works on a copy."""
    path = tmp_path_factory.mktemp("sample") / "sample.qualcode"
    make_sample_project(path, lambda *_: None)
    return path
