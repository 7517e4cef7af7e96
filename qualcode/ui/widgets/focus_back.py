"""Giving the focus back to where it was, when what was opened closes."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid


class FocusBack:
    """What had the focus may be gone by then, as the field of a name that was edited in a list is."""

    def __init__(self) -> None:
        self._before: QWidget | None = None

    def remember(self, near: QWidget) -> None:
        """Remember what has the focus in the window of ``near``."""
        self._before = near.window().focusWidget()

    def give(self, instead: QWidget | None = None) -> None:
        """Give it back, or to ``instead`` where it is gone; then forget."""
        before = self._before if self._before is not None and isValid(self._before) else instead
        self._before = None
        if before is not None:
            before.setFocus()
