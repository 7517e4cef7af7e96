"""Shift+F10 opens the context menu of what has the focus, as the Menu key does: not every system sees to that."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from qualcode.ui.focus import caret_of


class MenuKey(QObject):
    """Watches the widget that has the focus in ``window``."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        held = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if not held or event.key() != Qt.Key.Key_F10 or not isinstance(watched, QWidget):
            return False
        open_menu_of(watched)
        return True

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if new is not None and new.window() is self._window:
            new.installEventFilter(self)


def open_menu_of(focused: QWidget) -> None:
    """Ask for the context menu where the caret or the chosen line is, as Qt does for the Menu key."""
    shown, caret = caret_of(focused)
    place = caret.center()
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, shown.mapToGlobal(place))
    QApplication.sendEvent(focused, asked)
