"""A stage or a pane of one, shown on a workspace as the window does it."""

from __future__ import annotations

from typing import Any, TypeVar

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qualcode.ui.workspace import Workspace

Shown = TypeVar("Shown", bound=QWidget)


def on_screen(qtbot: QtBot, workspace: Workspace, found: Shown, width: int = 1200, height: int = 760) -> Shown:
    """``found``, loaded, on the screen, and following every change."""
    part: Any = found
    workspace.changed.connect(part.react)
    qtbot.addWidget(found)
    found.resize(width, height)
    part.load()
    found.show()
    qtbot.waitExposed(found)
    return found
