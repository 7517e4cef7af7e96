"""A field for some lines that grows with them and keeps what was typed when it is left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QResizeEvent

from qualcode.ui import theme
from qualcode.ui.widgets.segment import MemoField

FEWEST_LINES = 2


class KeptField(MemoField):
    """``keep`` is called with the words when they are others than those shown."""

    def __init__(self, name: str, hint: str = "") -> None:
        super().__init__(name, hint)
        self._kept = ""
        self._keep: Callable[[str], object] = lambda _: None
        self.left.connect(self.keep)
        self.textChanged.connect(self._grow)
        theme.appearance.changed.connect(self._grow)
        self._grow()

    def show_text(self, text: str, keep: Callable[[str], object]) -> None:
        """Show other words; what is being typed is kept first."""
        self.keep()
        self._kept, self._keep = text, keep
        self.show_words(text)

    def keep(self) -> None:
        """Keep what was typed, if it is new. What is kept is set first: following the change finds nothing to keep."""
        text = self.toPlainText().strip()
        if text != self._kept.strip():
            self._kept = text
            self._keep(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def _grow(self) -> None:
        lines = max(FEWEST_LINES, round(self.document().size().height()))
        self.setFixedHeight(min(round(lines * self.fontMetrics().lineSpacing()) + theme.px(20), theme.px(300)))
