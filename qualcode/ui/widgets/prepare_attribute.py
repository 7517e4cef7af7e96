"""An attribute made or changed in place, above the grid: its name, its type, the choices it has."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit

from qualcode.core.rows import AttributeRow
from qualcode.core.typed import CHOICE, KINDS, TEXT
from qualcode.ui import theme
from qualcode.ui.widgets.basics import button, label, row
from qualcode.ui.workspace import Workspace


class AttributeEditor(QFrame):
    """Return keeps, Escape leaves it."""

    closed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setObjectName("Notice")
        self.setAccessibleName("Attribute")
        self._workspace = workspace
        self._attribute: AttributeRow | None = None
        self._title = label("", "Head")
        self.name = QLineEdit()
        self.name.setAccessibleName("Name of the attribute")
        self.name.setPlaceholderText("Name, such as Role or Area")
        self.kind = QComboBox()
        self.kind.setAccessibleName("Type of the attribute")
        self.kind.addItems([kind.capitalize() for kind in KINDS])
        self.choices = QLineEdit()
        self.choices.setAccessibleName("Choices")
        self.choices.setPlaceholderText("Choices, with a semicolon between two")
        self._keep = button("", self.keep, "Primary")
        self._remove = button("Remove attribute", self.remove)
        layout = row(
            self._title,
            self.name,
            self.kind,
            self.choices,
            None,
            self._remove,
            button("Leave it", self.leave),
            self._keep,
            gap=8,
        )
        layout.setStretch(1, 1)
        layout.setStretch(3, 2)
        layout.setContentsMargins(theme.px(12), theme.px(8), theme.px(10), theme.px(8))
        self.setLayout(layout)
        self.kind.currentIndexChanged.connect(lambda _: self.choices.setVisible(self._chosen_kind() == CHOICE))
        for field in (self.name, self.choices):
            field.returnPressed.connect(self.keep)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.leave)
        self.hide()

    def ask(self, attribute: AttributeRow | None) -> None:
        """Show an attribute to be changed, or none to make one."""
        self._attribute = attribute
        self._title.setText("Change attribute" if attribute else "New attribute")
        self._keep.setText("Change it" if attribute else "Add it")
        self._remove.setVisible(attribute is not None)
        self.name.setText(attribute.name if attribute else "")
        self.kind.setCurrentIndex(KINDS.index(attribute.kind if attribute else TEXT))
        self.choices.setText("; ".join(attribute.choices) if attribute else "")
        self.choices.setVisible(self._chosen_kind() == CHOICE)
        self.show()
        self.name.setFocus()
        self.name.selectAll()

    def keep(self) -> None:
        """Make or change the attribute; what cannot be is said, and the fields stay."""
        if self._workspace.attempt(self._write):
            self.leave()

    def remove(self) -> None:
        """Take the attribute away with everybody's value."""
        attribute = self._attribute
        self.leave()
        if attribute is not None:
            self._workspace.attempt(lambda: self._workspace.project.people.remove_attribute(attribute.id))

    def leave(self) -> None:
        self.hide()
        self._attribute = None
        self.closed.emit()

    # --- within ---

    def _chosen_kind(self) -> str:
        return KINDS[max(0, self.kind.currentIndex())]

    def _write(self) -> bool:
        people = self._workspace.project.people
        name, kind = self.name.text(), self._chosen_kind()
        choices = [part for part in self.choices.text().split(";") if part.strip()] if kind == CHOICE else []
        old = self._attribute
        if old is None:
            people.add_attribute(name, kind, choices)
        else:
            people.change_attribute(old.id, name=name, kind=kind, choices=choices if choices or old.choices else None)
        return True
