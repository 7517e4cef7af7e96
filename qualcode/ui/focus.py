"""Giving the focus to a part of the window, and asking who has it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QScrollArea, QWidget

_UNTIL_LAID_OUT = (0, 60)
"""Milliseconds after which what was folded has its place; the cards of a long page need the second."""


def holds_focus(part: QWidget) -> bool:
    """Whether the part, or something in it, has the focus."""
    focused = part.window().focusWidget()
    return focused is not None and (part is focused or part.isAncestorOf(focused))


def give_focus(part: QWidget) -> bool:
    """Focus the part, where it was focused last or else its largest control; False where nothing in it can be.

    In a list in which nothing is chosen the first line is, so that keys have something to act on.
    """
    last = part.focusWidget()
    if last is not None and _is_able(last):
        last.setFocus()
    else:
        able = [inside for inside in part.findChildren(QWidget) if _is_able(inside)]
        takes_it = part.focusPolicy() is not Qt.FocusPolicy.NoFocus or part.focusProxy() is not None
        if takes_it:
            part.setFocus()
        if able and not holds_focus(part):
            max(able, key=lambda inside: inside.width() * inside.height()).setFocus()
    focused = part.window().focusWidget()
    if focused is not None:
        for wait in _UNTIL_LAID_OUT:
            QTimer.singleShot(wait, focused, lambda: _bring_into_view(focused))
    if isinstance(focused, QAbstractItemView):
        _choose_something(focused)
    return holds_focus(part)


def caret_of(part: QWidget) -> tuple[QWidget, QRect]:
    """The widget that shows the caret or the chosen line of ``part``, and where in it that is."""
    found = part.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    shown = part.viewport() if isinstance(part, QAbstractScrollArea) else part
    return shown, found.toAlignedRect() if isinstance(found, QRectF) else QRect(found)


def _is_able(part: QWidget) -> bool:
    return part.isVisible() and part.isEnabled() and bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _bring_into_view(focused: QWidget) -> None:
    """Scroll pages until it is seen; Qt does so for Tab alone."""
    above = focused.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(focused)
        above = above.parentWidget()


def _choose_something(view: QAbstractItemView) -> None:
    model, selection = view.model(), view.selectionModel()
    can_choose = view.selectionMode() is not QAbstractItemView.SelectionMode.NoSelection
    if model is not None and model.rowCount(view.rootIndex()) and can_choose and not selection.hasSelection():
        view.setCurrentIndex(view.currentIndex() if view.currentIndex().isValid() else model.index(0, 0))
