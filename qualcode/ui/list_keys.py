"""Lists and texts that read keys by themselves obey the keys the user chose for what they do.

Such a list knows the keys declared for it in :mod:`qualcode.ui.actions` and nothing of preferences. While it has the
focus, other keys that were chosen reach it as the declared ones, and declared ones that were given away do not.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from qualcode.settings import Preferences
from qualcode.ui.actions import STAGE_KEYS, Key
from qualcode.ui.field_keys import field_of
from qualcode.ui.keys import ACT, Keys, is_single

WORKS_WITHOUT = ("CodingView",)
"""Widgets in which a letter still means something where single keys are switched off."""


class ListKeys(QObject):
    """Watches the widget that has the focus in ``window``."""

    def __init__(self, window: QMainWindow, keys: Keys, preferences: Preferences) -> None:
        super().__init__(window)
        self._window, self._keys, self._preferences = window, keys, preferences
        self._meant: dict[str, str] = {}
        self._silent: set[str] = set()
        self._passing_on = False
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)
        keys.changed.connect(lambda: self._follow(QApplication.focusWidget(), QApplication.focusWidget()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not self._passing_on:
            pressed = _pressed(event)
            if pressed in self._meant:
                self._pass_on(watched, QKeySequence(self._meant[pressed])[0], event)  # type: ignore[index]
                return True
            return pressed in self._silent
        return False

    # --- within ---

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        self._meant, self._silent = {}, set()
        if new is None or new.window() is not self._window:
            return
        for stage, key, holder in _read_at(new):
            self._have_read(f"{stage}.{key.act}", key, new, holder)
        if self._meant or self._silent:
            new.installEventFilter(self)

    def _have_read(self, act: str, key: Key, focused: QWidget, holder: QWidget) -> None:
        """Have what reads ``key`` in ``holder`` obey the keys chosen, which may be none."""
        chosen = self._keys.of(act)
        if is_single(chosen) and not self._preferences.single_keys and type(holder).__name__ not in WORKS_WITHOUT:
            self._silent.add(chosen)
            chosen = ""
        shortcut = _shortcut_of(holder, act, key)
        if shortcut is not None:
            shortcut.setKey(QKeySequence(chosen))
        elif chosen != key.keys and (holder is focused or field_of(focused) is None or _is_chord(key.keys, chosen)):
            self._silent.add(key.keys)
            if chosen:
                self._meant[chosen] = key.keys

    def _pass_on(self, to: QObject, declared: QKeyCombination, event: QKeyEvent) -> None:
        key, held = declared.key(), declared.keyboardModifiers()
        text = chr(key).lower() if key < Qt.Key.Key_Escape and not held else ""
        self._passing_on = True
        try:
            QCoreApplication.sendEvent(to, QKeyEvent(event.type(), key, held, text, event.isAutoRepeat()))
        finally:
            self._passing_on = False


def _read_at(focused: QWidget) -> Iterator[tuple[str, Key, QWidget]]:
    """The keys that the focused widget, or one that holds it, reads by itself: the stage, the key, and that widget."""
    holders: dict[str, QWidget] = {}
    found: QWidget | None = focused
    while found is not None:
        holders.setdefault(type(found).__name__, found)
        found = found.parentWidget()
    for stage, keys in STAGE_KEYS.items():
        for key in keys:
            holder = next((holders[name] for name in key.read_by if name in holders), None)
            if holder is not None:
                yield stage, key, holder


def _shortcut_of(holder: QWidget, act: str, key: Key) -> QShortcut | None:
    """The shortcut by which the declared keys are read, where it is done so."""
    for shortcut in holder.findChildren(QShortcut):
        of = shortcut.property(ACT)
        if of == act or (of is None and shortcut.key() == QKeySequence(key.keys)):
            shortcut.setProperty(ACT, act)
            return shortcut
    return None


def _is_chord(*keys: str) -> bool:
    """Whether a field has no use of its own for these keys: they are held with Ctrl or Alt."""
    return all("Ctrl+" in each or "Alt+" in each for each in keys if each)


def _pressed(event: QKeyEvent) -> str:
    """The keys pressed; a sign is itself, whether Shift is needed to type it or not."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = Qt.Key(event.key())
    if held == Qt.KeyboardModifier.ShiftModifier and key < Qt.Key.Key_Escape and not chr(key).isalpha():
        held = Qt.KeyboardModifier.NoModifier
    return QKeySequence(QKeyCombination(held, key)).toString()
