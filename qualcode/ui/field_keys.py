"""The menus' keys hold while a field has the focus; Undo and Redo are the field's own only for what is being typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from qualcode.ui.actions import Action

Field = QLineEdit | QPlainTextEdit | QTextEdit


class FieldKeys(QObject):
    """Watches the widget that has the focus in ``window``.

    Qt's fields take keys such as Ctrl+Z and Ctrl+E for themselves, whether they have a use for them or not. What was
    typed is kept when a field is left; from then on the project's Undo takes it back, so the field forgets it.
    """

    def __init__(self, window: QMainWindow, actions: Sequence[tuple[QAction, Action]]) -> None:
        super().__init__(window)
        self._window, self._actions = window, actions
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            act = self._act_of(event)
            if act and not (act in ("undo", "redo") and _has_own(watched, act)):
                event.ignore()
                return True
        return False

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if new is not None and new.window() is self._window:
            new.installEventFilter(self)
            field = field_of(new)
            if old is not None and field is not None:
                _forget(field)

    def _act_of(self, event: QKeyEvent) -> str:
        """The menu's act that these keys stand for, empty for none that can be done now."""
        pressed = QKeySequence(event.keyCombination())
        acts = (entry.act for action, entry in self._actions if action.isEnabled() and action.shortcut() == pressed)
        return next(acts, "")


def field_of(widget: QObject) -> Field | None:
    """The field behind a widget that has the focus, if text can be typed in it."""
    if isinstance(widget, QAbstractSpinBox | QComboBox):
        found: QObject | None = widget.lineEdit()
    else:
        found = widget
    return found if isinstance(found, QLineEdit | QPlainTextEdit | QTextEdit) and not found.isReadOnly() else None


def _has_own(widget: QObject, act: str) -> bool:
    """Whether a field has something typed to take back, or to bring back."""
    field = field_of(widget)
    if field is None:
        return False
    source = field if isinstance(field, QLineEdit) else field.document()
    return source.isUndoAvailable() if act == "undo" else source.isRedoAvailable()


def _forget(field: Field) -> None:
    """Let a field forget what was typed in it before, and leave all else as it is."""
    if not isinstance(field, QLineEdit):
        field.document().clearUndoRedoStacks()
    elif field.isUndoAvailable() or field.isRedoAvailable():
        start, length, caret = field.selectionStart(), field.selectionLength(), field.cursorPosition()
        field.setText(field.text())
        field.setCursorPosition(caret)
        if start >= 0:
            field.setSelection(start, length)
