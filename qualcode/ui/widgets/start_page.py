"""The first page: begin a project, open one, or try the sample."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from qualcode.settings import Preferences
from qualcode.ui import theme
from qualcode.ui.widgets.basics import button, column, label, panel, row

PROMISE = "From interview transcripts to a finished, anonymised insight report. Everything stays on this computer."


class StartPage(QWidget):
    """Shown while no project is open."""

    new_wanted = Signal()
    open_wanted = Signal()
    sample_wanted = Signal()
    recent_wanted = Signal(str)

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self.setObjectName("Background")
        self._preferences = preferences
        self.recent = QListWidget()
        self.recent.setAccessibleName("Recent projects")
        self.recent.itemActivated.connect(self._open)
        self.recent.itemClicked.connect(self._open)
        self._recent_part = panel(column(label("Recent projects", "Head"), self.recent, margin=16), "Card")
        words = label(PROMISE, "Secondary", wrap=True)
        buttons = row(
            button("New project", self.new_wanted.emit, "Primary"),
            button("Open…", self.open_wanted.emit),
            button("Try the sample project", self.sample_wanted.emit),
            None,
        )
        middle = QFrame()
        middle.setMaximumWidth(theme.px(560))
        middle.setLayout(column(label("QualCode", "Big"), words, 8, buttons, 16, self._recent_part, None))
        layout = QVBoxLayout(self)
        layout.addSpacing(theme.px(80))
        layout.addLayout(row(None, middle, None), 1)
        layout.itemAt(1).layout().setStretch(1, 2)  # type: ignore[union-attr]

    def refresh(self) -> None:
        self.recent.clear()
        for path in map(Path, self._preferences.recent):
            if path.exists():
                item = QListWidgetItem(f"{path.stem}\n{path.parent}")
                item.setData(Qt.ItemDataRole.UserRole, str(path))
                self.recent.addItem(item)
        self._recent_part.setVisible(self.recent.count() > 0)

    def _open(self, item: QListWidgetItem) -> None:
        self.recent_wanted.emit(item.data(Qt.ItemDataRole.UserRole))
