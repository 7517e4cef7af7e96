"""What an act will do, said before it is done, where one is working: do it, or leave it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame

from qualcode.ui import theme
from qualcode.ui.widgets.basics import button, label, row
from qualcode.ui.widgets.focus_back import FocusBack


class Confirm(QFrame):
    """One sentence with two buttons. Escape leaves it; afterwards the focus is back where it was."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Notice")
        self._act: Callable[[], object] = lambda: None
        self._focus = FocusBack()
        self._words = label("", wrap=True)
        self._yes = button("", self._do, "Primary")
        layout = row(self._words, self._yes, button("Leave it", self.leave), gap=8)
        layout.setStretch(0, 1)
        layout.setContentsMargins(theme.px(12), theme.px(8), theme.px(10), theme.px(8))
        self.setLayout(layout)
        QShortcut(
            QKeySequence(Qt.Key.Key_Escape),
            self,
            activated=self.leave,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )  # type: ignore[call-overload]
        self.hide()

    def ask(self, sentence: str, verb: str, act: Callable[[], object]) -> None:
        """Say what will happen; ``verb`` is the button that does it."""
        self._act = act
        self._focus.remember(self)
        self._words.setText(sentence)
        self._yes.setText(verb)
        self.setAccessibleName(sentence)
        self.show()
        self._yes.setFocus()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def leave(self) -> None:
        """Put the sentence away; nothing is done."""
        self.hide()
        self._focus.give()

    def _do(self) -> None:
        act = self._act
        self.leave()
        act()
