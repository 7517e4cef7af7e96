"""What an act will do, said before it is done, in the narrow room of a list: one or more ways, or leave it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from qualcode.ui import theme
from qualcode.ui.widgets.basics import button, clear, column, label
from qualcode.ui.widgets.fitting import Fitting
from qualcode.ui.widgets.focus_back import FocusBack

Way = tuple[str, Callable[[], object]]
"""The words of a button, and what it does."""


class Ask(QFrame):
    """A sentence with its ways under it, the first the main one. Escape leaves it; the focus goes back.

    It takes no more than part of the height of ``within``: a long sentence scrolls, the ways stay in view.
    """

    open_changed = Signal(bool)
    """Something is asked, or no longer."""

    def __init__(self, within: QWidget) -> None:
        super().__init__()
        self.setObjectName("Notice")
        self._focus = FocusBack()
        self._words = label("", wrap=True)
        self._ways = QVBoxLayout()
        self._ways.setSpacing(theme.px(4))
        self.setLayout(column(Fitting(column(self._words), within, 0.2), self._ways, margin=10, gap=8))
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.leave)
        self.hide()

    def ask(self, sentence: str, ways: Sequence[Way]) -> None:
        self._focus.remember(self)
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        clear(self._ways)
        offered = [button(words, partial(self._do, act)) for words, act in ways]
        for number, found in enumerate((*offered, button("Leave it", self.leave, "Flat"))):
            found.setObjectName("Primary" if number == 0 else found.objectName())
            self._ways.addWidget(found)
        self.show()
        self.open_changed.emit(True)
        offered[0].setFocus()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def leave(self) -> None:
        """Put the sentence away; nothing is done."""
        self.hide()
        self.open_changed.emit(False)
        self._focus.give()

    def _do(self, act: Callable[[], object]) -> None:
        self.leave()
        act()
