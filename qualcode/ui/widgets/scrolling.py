"""Pages that scroll rather than make the window larger than the screen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QStackedLayout, QWidget


def scrolling(contents: QWidget) -> QScrollArea:
    """A page that scrolls where the window has less room than its contents need, and so never makes it larger."""
    page = QScrollArea()
    page.setWidgetResizable(True)
    page.setFrameShape(QFrame.Shape.NoFrame)
    page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    page.setWidget(contents)
    for stack in contents.findChildren(QStackedLayout):
        _measure_shown(stack)
    return page


def _measure_shown(stack: QStackedLayout) -> None:
    """Have a stack ask for as much room as the page shown needs, not the largest of all."""
    pages = [part for number in range(stack.count()) if (part := stack.widget(number)) is not None]
    wanted = [part.sizePolicy() for part in pages]
    none = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)

    def follow(shown: int) -> None:
        for number, part in enumerate(pages):
            part.setSizePolicy(wanted[number] if number == shown else none)

    stack.currentChanged.connect(follow)
    follow(stack.currentIndex())
