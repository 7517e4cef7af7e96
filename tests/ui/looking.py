"""What of a control changes for the eye when it has the focus."""

from __future__ import annotations

from array import array
from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget

from qualcode.ui import theme
from qualcode.ui.focus import give_focus

LEAST_CHANGED = 40
"""Pixels that must look different with the focus: more than a caret has, less than the edge of a small button."""


def one_of_each(parts: list[QWidget]) -> list[QWidget]:
    able = [p for p in parts if p.focusPolicy() & Qt.FocusPolicy.TabFocus and p.focusProxy() is None]
    return list({type(part): part for part in able}.values())


def changed_by_focus(part: QWidget) -> int:
    """How many pixels of a control the focus changes by 3 to 1 in contrast or more (WCAG 2.2, 2.4.13)."""
    give_focus(part)
    part.clearFocus()
    QApplication.processEvents()
    window = part.window()
    place = QRect(part.mapTo(window, QPoint(0, 0)), part.size()) & window.rect()
    without = picture(window, place)
    part.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    if not part.hasFocus() or place.isEmpty():
        return 0
    with_it = picture(window, place)
    return sum(contrast(one, other) >= 3 for one, other in zip(without, with_it, strict=True) if one != other)


def picture(window: QWidget, place: QRect) -> array[int]:
    """A part of the window as it is seen, row by row."""
    image = window.grab(place).toImage().convertToFormat(QImage.Format.Format_RGB32)
    return array("I", bytes(image.constBits() or b""))


@lru_cache(maxsize=100_000)
def contrast(one: int, other: int) -> float:
    return theme.contrast(QColor.fromRgb(one), QColor.fromRgb(other))
