"""All keys, to be searched."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHeaderView, QLineEdit, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from qualcode.ui import theme
from qualcode.ui.actions import MENUS

WHILE_CODING = (
    ("Code the selection: open the palette", "Return, or any letter"),
    ("Code with a favourite", "1 to 9"),
    ("Repeat the last code", "."),
    ("Code in vivo", "Ctrl+I"),
    ("New code", "Ctrl+Shift+N"),
    ("Uncode the chosen segment", "Delete"),
    ("Previous or next interview", "Ctrl+PgUp, Ctrl+PgDown"),
    ("Suggest passages", "Ctrl+J"),
    ("Take, recode, refuse a suggestion", "A, C, X"),
)


class ShortcutsDialog(QDialog):
    """A list with a filter."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.resize(theme.px(520), theme.px(560))
        self._filter = QLineEdit()
        self._filter.setPlaceholderText("Search")
        self._filter.setAccessibleName("Search shortcuts")
        self._filter.textChanged.connect(self._fill)
        self._table = QTableWidget(0, 2)
        self._table.setAccessibleName("Shortcuts")
        self._table.setHorizontalHeaderLabels(["What", "Keys"])
        self._table.verticalHeader().hide()
        self._table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        layout = QVBoxLayout(self)
        layout.addWidget(self._filter)
        layout.addWidget(self._table)
        self._fill("")

    def _fill(self, words: str) -> None:
        menu = [(a.words.replace("&", ""), a.keys) for entries in MENUS.values() for a in entries if a.keys]
        shown = [pair for pair in (*WHILE_CODING, *menu) if words.casefold() in " ".join(pair).casefold()]
        self._table.setRowCount(len(shown))
        for number, pair in enumerate(shown):
            for place, text in enumerate(pair):
                self._table.setItem(number, place, QTableWidgetItem(text))
