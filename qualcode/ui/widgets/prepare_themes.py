"""A popup to say which themes a question asks about: tick them; they are kept when it closes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from qualcode.core.rows import ThemeRow
from qualcode.core.values import ThemeId
from qualcode.ui import theme
from qualcode.ui.widgets.basics import column, label

_KEY = Qt.ItemDataRole.UserRole


class ThemesPopup(QFrame):
    """Space ticks; Return, Escape and a click elsewhere close it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("Popup")
        self._keep: Callable[[frozenset[ThemeId]], object] = lambda _: None
        self._before: frozenset[ThemeId] = frozenset()
        self._title = label("", "Head", wrap=True)
        self.list = QListWidget()
        self.setLayout(column(self._title, self.list, margin=8, gap=6))

    def ask(
        self,
        at: QPoint,
        title: str,
        themes: Sequence[ThemeRow],
        ticked: Collection[ThemeId],
        keep: Callable[[frozenset[ThemeId]], object],
    ) -> None:
        """Open at ``at`` (on the screen); ``keep`` is called with what is ticked then, if it is other than before.

        ``themes`` are in the order of the framework, each after the one it lies under.
        """
        self._keep, self._before = keep, frozenset(ticked)
        self._title.setText(title)
        self.list.setAccessibleName(title)
        self.list.clear()
        depth: dict[ThemeId | None, int] = {None: -1}
        for found in themes:
            depth[found.id] = depth[found.parent_id] + 1
            item = QListWidgetItem("    " * depth[found.id] + found.name)
            item.setData(_KEY, found.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if found.id in ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.resize(theme.px(320), min(theme.px(360), theme.px(60) + self.list.count() * theme.px(30)))
        room = (QGuiApplication.screenAt(at) or QGuiApplication.primaryScreen()).availableGeometry()
        self.move(min(at.x(), room.right() - self.width()), min(at.y(), room.bottom() - self.height()))
        self.show()
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.hide()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        items = [self.list.item(number) for number in range(self.list.count())]
        ticked = frozenset(item.data(_KEY) for item in items if item.checkState() is Qt.CheckState.Checked)
        if ticked != self._before:
            self._before = ticked
            self._keep(ticked)
