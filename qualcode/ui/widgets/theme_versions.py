"""The versions of the framework that were kept, and what is different since."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem

from qualcode.core.rows import FrameworkVersionRow
from qualcode.ui.widgets.basics import button, column, label, panel, row
from qualcode.ui.widgets.panes import Panes
from qualcode.ui.wording import number
from qualcode.ui.workspace import Workspace

_ID = Qt.ItemDataRole.UserRole


class Versions(QFrame):
    """A version is a snapshot under a name: of what themes and codes there were, and how they were defined."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setObjectName("Background")
        self._workspace = workspace
        self.name = QLineEdit()
        self.name.setAccessibleName("Name of the version")
        self.name.setPlaceholderText("Name of the version, such as: After the first five interviews")
        self.name.returnPressed.connect(self.keep)
        self.list = QListWidget()
        self.list.setAccessibleName("Versions")
        self.list.setWordWrap(True)
        self.list.currentItemChanged.connect(lambda *_: self._show_since())
        self._since_head = label("", "Head", wrap=True)
        self.since = QListWidget()
        self.since.setAccessibleName("Different since")
        self.since.setWordWrap(True)
        self.since.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        note = "A version is kept by itself whenever the project moves to another stage."
        keep = row(self.name, button("Keep this version", self.keep, "Primary"), gap=6)
        keep.setStretch(0, 1)
        since = column(self._since_head, self.since, margin=10, gap=6)
        parts = Panes(
            self.list,
            panel(since),
            key="versions",
            names=("Versions", "Changes"),
            preferences=workspace.preferences,
            sizes=(300, 300),
            stretch=1,
        )
        layout = column(panel(column(keep, label(note, "Secondary", wrap=True), margin=10, gap=6)), parts, gap=1)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.name)

    def show_versions(self, versions: Sequence[FrameworkVersionRow]) -> None:
        """Show these, the last kept first; the chosen one stays chosen."""
        chosen = self._chosen()
        self.list.blockSignals(True)
        self.list.clear()
        for version in reversed(versions):
            when = version.created_at.astimezone()
            facts = (f"{when.day} {when:%b %Y, %H:%M}", number(version.themes, "theme"), number(version.codes, "code"))
            item = QListWidgetItem(f"{version.name}\n{' · '.join(facts)}")
            item.setData(_ID, version.id)
            self.list.addItem(item)
            if version.id == chosen:
                self.list.setCurrentItem(item)
        if self.list.currentItem() is None:
            self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        self._show_since()

    def keep(self) -> None:
        """Keep the framework as it stands under the name typed."""
        name = self.name.text().strip()
        if not name:
            self._workspace.refused.emit("Give the version a name, so that you find it again.")
            self.name.setFocus()
            return
        if self._workspace.attempt(lambda: self._workspace.project.themes.take_snapshot(name)):
            self.name.clear()

    # --- within ---

    def _chosen(self) -> str:
        item = self.list.currentItem()
        return str(item.data(_ID)) if item is not None else ""

    def _show_since(self) -> None:
        version_id = self._chosen()
        self.since.clear()
        if not version_id:
            self._since_head.setText("No version has been kept yet.")
            return
        item = self.list.currentItem()
        assert item is not None
        self._since_head.setText(f"Different since “{item.text().splitlines()[0]}”")
        sentences = self._workspace.project.themes.since(version_id)
        words = self._workspace.mask.words
        self.since.addItems([words(sentence) for sentence in sentences] or ["Nothing. The framework is as it was."])
