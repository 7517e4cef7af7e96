"""A line of parts of which some are told only where there is room for them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget


class GivingWay(QFrame):
    """``extras`` are shown whole or not at all, the first before the others; the other parts take what they need."""

    def __init__(self, line: QHBoxLayout, extras: Sequence[QWidget]) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self.setLayout(line)
        self._line, self._extras = line, tuple(extras)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.give_way()

    def give_way(self) -> None:
        """Weigh again what there is room for; call when words have changed."""
        edges, gap = self._line.contentsMargins(), self._line.spacing()
        parts = [
            item.widget() for number in range(self._line.count()) if (item := self._line.itemAt(number)) is not None
        ]
        kept = [part for part in parts if part is not None and part not in self._extras and not part.isHidden()]
        room = self.width() - edges.left() - edges.right() - sum(part.sizeHint().width() + gap for part in kept)
        for extra in self._extras:
            room -= extra.sizeHint().width() + gap
            extra.setVisible(room >= 0)
