"""What tests of the Prepare stage share: reaching its controls as a person does, by their words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from qualcode.ui.stages.prepare import PrepareStage
from qualcode.ui.widgets.prepare_grid import Grid


def press(parent: QWidget, words: str) -> None:
    QApplication.processEvents()
    found = [b for b in parent.findChildren(QPushButton) if b.text() == words and b.isVisible()]
    assert found, words
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)


def show_tab(stage: PrepareStage, words: str) -> None:
    names = [stage.tabs.tabText(number) for number in range(stage.tabs.count())]
    stage.tabs.setCurrentIndex(names.index(words))


def cell(grid: Grid, row: int, heading: str) -> str:
    return str(grid.table.index(row, place(grid, heading)).data())


def place(grid: Grid, heading: str) -> int:
    return [column.heading for column in grid.table.columns].index(heading)


def type_in(grid: Grid, row: int, heading: str, words: str) -> None:
    """Edit a cell as a person does: go there, F2, type, Return."""
    grid.setFocus()
    grid.setCurrentIndex(grid.table.index(row, place(grid, heading)))
    QTest.keyClick(grid, Qt.Key.Key_F2)
    (editor,) = [found for found in grid.viewport().findChildren(QWidget, "Cell") if found.isVisible()]
    field = editor.lineEdit() if isinstance(editor, QComboBox) else editor
    assert isinstance(field, QLineEdit)
    field.selectAll()
    QTest.keyClicks(field, words)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()


def all_words(parent: QWidget) -> list[str]:
    return [found.text() for found in parent.findChildren(QLabel)]
