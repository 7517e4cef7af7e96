"""Codes that may be one, offered in a list: merge them, or say that they are two."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem

from qualcode.core.near_codes import Near
from qualcode.ui import theme
from qualcode.ui.codebook_desk import CodebookDesk
from qualcode.ui.widgets.basics import button, column, label, row
from qualcode.ui.widgets.confirm import Confirm
from qualcode.ui.wording import number, people

NONE = "No two codes have nearly the same name, or nearly always the same passages."
SOME = "Return merges the two chosen, once you have read what that does. Delete says that they are two."


class NearCodes(QFrame):
    """One line a pair: which would go into which, and why they are offered."""

    def __init__(self, desk: CodebookDesk) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self._desk = desk
        self._found: list[Near] = []
        self.hint = label("", "Secondary", wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.list = PairList(self)
        self.list.setAccessibleName("Codes that may be one")
        self.list.setWordWrap(True)
        self.list.currentRowChanged.connect(lambda _: self._offer())
        self.confirm = Confirm()
        self._merge = button("Merge…", self.merge, "Primary")
        self._other_way = button("Merge the other way…", lambda: self.merge(other_way=True))
        self._apart = button("They are two", self.keep_apart, tip="Do not offer these two again (Del)")
        acts = row(self._merge, self._other_way, self._apart, None, gap=6)
        layout = column(self.hint, self.confirm, self.list, acts, margin=14, gap=8)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.list)

    def load(self) -> None:
        """Look for them anew; the line chosen stays where it was."""
        at = self.list.currentRow()
        self._found = self._desk.near()
        self.list.clear()
        for near in self._found:
            self.list.addItem(self._item(near))
        self.hint.setText(SOME if self._found else NONE)
        self.list.setVisible(bool(self._found))
        self.list.setCurrentRow(min(max(at, 0), len(self._found) - 1))
        self._offer()

    def merge(self, *, other_way: bool = False) -> None:
        """Say what merging the chosen pair does, and do it when told."""
        near = self._chosen()
        if near is None:
            return
        goes, keeps = (near.keeps, near.goes) if other_way else (near.goes, near.keeps)
        sentence = self._desk.merging_means([goes], keeps)
        self.confirm.ask(sentence, "Merge", lambda: self._desk.merge([goes], keeps))

    def keep_apart(self) -> None:
        near = self._chosen()
        if near is not None:
            self._desk.keep_apart(near)
            self.load()

    # --- within ---

    def _item(self, near: Near) -> QListWidgetItem:
        codes = self._desk.codes
        goes, keeps = codes[near.goes].name, codes[near.keeps].name
        reasons: Sequence[str] = [
            f"names {near.alike} % alike" if near.alike else "",
            f"{near.shared} of {number(near.segments, 'segment')} lie together, {people(near.people)}"
            if near.shared
            else "",
        ]
        item = QListWidgetItem(f"{goes}  →  {keeps}\n{' · '.join(filter(None, reasons))}")
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{goes} into {keeps}: {', '.join(filter(None, reasons))}")
        return item

    def _chosen(self) -> Near | None:
        at = self.list.currentRow()
        return self._found[at] if 0 <= at < len(self._found) else None

    def _offer(self) -> None:
        for act in (self._merge, self._other_way, self._apart):
            act.setVisible(self._chosen() is not None)


class PairList(QListWidget):
    def __init__(self, pairs: NearCodes) -> None:
        super().__init__()
        self._pairs = pairs
        self.setSpacing(theme.px(2))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pairs.merge()
        elif event.key() == Qt.Key.Key_Delete:
            self._pairs.keep_apart()
        else:
            super().keyPressEvent(event)
