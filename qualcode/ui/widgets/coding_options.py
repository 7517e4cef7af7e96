"""How coding behaves: what the ends of a selection are drawn to, and whether single keys act."""

from __future__ import annotations

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton

from qualcode.core.spans import Snap
from qualcode.ui.widgets.basics import button
from qualcode.ui.workspace import Workspace

ENDS = {
    Snap.WORD: "Whole words",
    Snap.SENTENCE: "Whole sentences",
    Snap.TURN: "Whole turns",
    Snap.NONE: "Exactly what is selected",
}


def coding_options(workspace: Workspace) -> QPushButton:
    """A button that says what is coded, with a menu to change it; what is chosen is kept at once."""
    preferences = workspace.preferences
    found = button("", lambda: None, tip="What the ends of a selection are drawn to, and single keys")
    menu = QMenu(found)
    found.setMenu(menu)

    def show() -> None:
        found.setText(ENDS[Snap(preferences.snap)])
        found.setAccessibleName(f"Code {found.text().lower()}")

    def draw_to(snap: Snap) -> None:
        preferences.snap = snap.value
        preferences.save()
        show()

    def let_single_keys(wanted: bool) -> None:
        preferences.single_keys = wanted
        preferences.save()

    group = QActionGroup(menu)
    for snap, words in ENDS.items():
        entry = menu.addAction(words)
        entry.setCheckable(True)
        entry.setChecked(snap == preferences.snap)
        entry.triggered.connect(lambda _=False, s=snap: draw_to(s))
        group.addAction(entry)
    menu.addSeparator()
    keys = menu.addAction("Single keys: 1 to 9 and . code at once")
    keys.setCheckable(True)
    keys.setChecked(preferences.single_keys)
    keys.toggled.connect(let_single_keys)
    show()
    return found
