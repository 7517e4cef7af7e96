"""All keys, to be searched and changed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from qualcode.errors import UserError
from qualcode.settings import Preferences
from qualcode.ui import theme
from qualcode.ui.keys import EVERYWHERE, Keys, Line
from qualcode.ui.widgets.basics import button, label, row

HINT = "Choose a line and press Return to give it other keys. Keys in grey are the same in every list and text."
SHARES = (0.46, 0.26, 0.28)
"""How the columns share the width."""


class ShortcutsDialog(QDialog):
    """A list with a filter; Return on a line takes its new keys, Delete leaves it without."""

    def __init__(self, keys: Keys, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keyboard shortcuts")
        self.resize(min(theme.px(720), 1200), min(theme.px(620), 720))
        self._keys, self._preferences = keys, preferences
        self._shown: list[Line] = []
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Search by what it does, or by keys")
        self.filter.setAccessibleName("Search shortcuts")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._fill)
        self.table = self._make_table()
        self.table.installEventFilter(self)
        self.taken = QKeySequenceEdit()
        self.taken.setMaximumSequenceLength(1)
        self.taken.setAccessibleName("New keys")
        self.taken.editingFinished.connect(self._take)
        self.taken.hide()
        self.said = label(HINT, "Secondary", wrap=True)
        self.single = QCheckBox("Letters, digits and signs alone act at once, each with Undo")
        self.single.setChecked(preferences.single_keys)
        self.single.toggled.connect(self._let_single_keys)
        self._change = button("Change keys", self.change)
        self._none = button("No keys", self.take_away)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.px(14),) * 4)
        layout.setSpacing(theme.px(8))
        layout.addWidget(self.filter)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.said)
        layout.addWidget(self.single)
        back = button("Put all back", self.put_back, tip="Give everything the keys it came with")
        layout.addLayout(row(self.taken, self._change, self._none, None, back, button("Close", self.close)))
        self._fill()

    def change(self) -> None:
        """Ask for the keys of the chosen line."""
        line = self._chosen()
        if line is None or not line.act:
            return
        self._say(f"Press the keys for “{line.words}”. Escape leaves them as they are.")
        self.taken.setKeySequence(QKeySequence())
        self.taken.show()
        self.taken.setFocus()

    def take_away(self) -> None:
        """Leave the chosen line without keys."""
        line = self._chosen()
        if line is not None and line.act:
            self._give(line, "")

    def _let_single_keys(self, wanted: bool) -> None:
        self._preferences.single_keys = wanted
        self._preferences.save()

    def put_back(self) -> None:
        self._keys.put_back()
        self._fill()
        self._say("All keys are as they came.")

    # --- events ---

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self.table:
            acts = {Qt.Key.Key_Return: self.change, Qt.Key.Key_Enter: self.change, Qt.Key.Key_Delete: self.take_away}
            act = acts.get(Qt.Key(event.key()))
            if act is not None:
                act()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.taken.isVisible():
            self._leave(HINT)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._share_width()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.taken.blockSignals(True)
        super().closeEvent(event)

    # --- within ---

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 3)
        table.setAccessibleName("Shortcuts")
        table.setHorizontalHeaderLabels(["What", "Where", "Keys"])
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setVerticalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        head = table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        table.itemDoubleClicked.connect(lambda _: self.change())
        table.currentCellChanged.connect(lambda *_: self._offer())
        return table

    def _share_width(self) -> None:
        """Columns as wide as the window allows; what has no room goes on in the next line."""
        room = self.table.viewport().width()
        for number, share in enumerate(SHARES):
            self.table.setColumnWidth(number, round(room * share))

    def _fill(self) -> None:
        wanted = self.filter.text().casefold().split()
        self._shown = [line for line in self._keys.lines() if all(w in _said(line).casefold() for w in wanted)]
        at = self.table.currentRow()
        self.table.setRowCount(len(self._shown))
        for number, line in enumerate(self._shown):
            for place, text in enumerate((line.words, _place(line), _native(line))):
                item = QTableWidgetItem(text)
                if not line.act:
                    item.setForeground(theme.colour(theme.tokens().secondary))
                    item.setToolTip("These keys are the same in every list and text.")
                self.table.setItem(number, place, item)
        if self._shown:
            self.table.setCurrentCell(min(max(at, 0), len(self._shown) - 1), 0)
        self._offer()

    def _offer(self) -> None:
        line = self._chosen()
        can = line is not None and bool(line.act)
        self._change.setEnabled(can)
        self._none.setEnabled(can and line is not None and bool(line.keys))

    def _chosen(self) -> Line | None:
        at = self.table.currentRow()
        return self._shown[at] if 0 <= at < len(self._shown) else None

    def _take(self) -> None:
        line, keys = self._chosen(), self.taken.keySequence().toString()
        if line is None or not self.taken.isVisible() or not keys:
            return
        if keys == "Esc":
            self._leave(HINT)
        else:
            self._give(line, keys)

    def _give(self, line: Line, keys: str) -> None:
        try:
            self._keys.change(line.act, keys)
        except UserError as refusal:
            self._say(str(refusal), attention=True)
            self.taken.setKeySequence(QKeySequence())
            return
        self._leave(f"“{line.words}” now has {_shown(keys)}." if keys else f"“{line.words}” has no keys now.")
        self._fill()

    def _leave(self, said: str) -> None:
        self.taken.hide()
        self.table.setFocus()
        self._say(said)

    def _say(self, sentence: str, *, attention: bool = False) -> None:
        self.said.setObjectName("Attention" if attention else "Secondary")
        self.said.setText(sentence)
        self.said.style().unpolish(self.said)
        self.said.style().polish(self.said)


def _place(line: Line) -> str:
    if line.place == EVERYWHERE:
        return "Everywhere"
    return " · ".join(part for part in (line.place.capitalize(), line.within) if part)


def _native(line: Line) -> str:
    return _shown(line.keys) if line.act else line.keys


def _shown(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def _said(line: Line) -> str:
    return f"{line.words} {_place(line)} {line.keys} {_native(line)}"
