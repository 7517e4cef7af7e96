"""Going over all that can be focused in a window, as somebody does who has no mouse or does not see it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QTabWidget, QWidget

from qualcode.ui.main_window import MainWindow


def rest(window: MainWindow) -> None:
    """Let what was begun come to its end, and the window paint."""
    for _ in range(4):
        QApplication.processEvents()
    while not window.workspace.operations.idle:
        QApplication.processEvents()
    QApplication.processEvents()


def pages_of(window: MainWindow, stage: str) -> Iterator[list[QWidget]]:
    """What can be focused, for each page of a stage."""
    shown = window.show_stage(stage)
    assert shown is not None
    rest(window)
    tabs = [tab for tab in shown.findChildren(QTabWidget) if tab.isVisibleTo(window)]
    for tab in tabs:
        for number in range(tab.count()):
            if tab.isTabVisible(number) and tab.isTabEnabled(number):
                tab.setCurrentIndex(number)
                rest(window)
                yield focusable(window)
        tab.setCurrentIndex(0)
    if not tabs:
        yield focusable(window)


def focusable(inside: QWidget) -> list[QWidget]:
    """What can be focused by the keyboard or a click, and is there."""
    return [
        part
        for part in inside.findChildren(QWidget)
        if part.isVisibleTo(inside)
        and part.isEnabled()
        and part.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not part.objectName().startswith("qt_")
    ]


def described(part: QWidget) -> str:
    above = part.parentWidget()
    words = part.text() if isinstance(part, QAbstractButton) else ""
    return f"{type(part).__name__} “{part.accessibleName() or words}” in {type(above).__name__}"


def lines_of(model: QAbstractItemModel) -> Iterator[str]:
    """What a screen reader says of the first lines."""
    for row in range(min(5, model.rowCount())):
        index = model.index(row, 0)
        said = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data(Qt.ItemDataRole.DisplayRole)
        yield str(said or "")
