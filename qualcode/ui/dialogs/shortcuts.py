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

WHILE_READING = (
    ("Mark as important, without a code", "M, or Ctrl+M"),
    ("Note in the margin", "N, or Ctrl+Shift+M"),
    ("Remove the mark or note", "Delete"),
    ("Keep, or abandon, what is typed in the margin", "Ctrl+Return, Escape"),
    ("Next unread interview", "U, or Ctrl+U"),
    ("Mark the interview as read", "Ctrl+D"),
    ("Two transcripts side by side", "F8"),
    ("Open an interview beside", "Shift+Return"),
    ("Words in context", "Ctrl+F"),
    ("Frequent terms", "Ctrl+T"),
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
        shown = [
            pair for pair in (*WHILE_CODING, *WHILE_READING, *menu) if words.casefold() in " ".join(pair).casefold()
        ]
        self._table.setRowCount(len(shown))
        for number, pair in enumerate(shown):
            for place, text in enumerate(pair):
                self._table.setItem(number, place, QTableWidgetItem(text))
