"""What could not be done, said under the header until it is put away or the next act succeeds."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from qualcode.ui import theme
from qualcode.ui.widgets.basics import icon_button, label


class Notice(QFrame):
    """One sentence with a sign beside it; read out by a screen reader when it appears."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("NoticeAttention")
        self._sign = label("")
        self._words = label("", wrap=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(12), theme.px(6), theme.px(6), theme.px(6))
        layout.addWidget(self._sign)
        layout.addWidget(self._words, 1)
        layout.addWidget(icon_button("Put away", "close", self.hide))
        self.hide()

    def show_sentence(self, sentence: str) -> None:
        self._sign.setPixmap(theme.icon("warning", theme.tokens().attention).pixmap(theme.px(18)))
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def sentence(self) -> str:
        """What is shown, or nothing."""
        return self._words.text() if self.isVisible() else ""
