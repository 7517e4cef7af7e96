"""Small parts side by side, going on in the next line where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from qualcode.ui import theme


def keep_height(pane: QWidget) -> None:
    """Have a pane ask for at least the height that its layout takes at the width it has."""
    layout = pane.layout()
    inside = pane.contentsRect()
    needed = layout.minimumHeightForWidth(inside.width()) if layout is not None else 0
    needed += pane.height() - inside.height()
    if needed != pane.minimumHeight():
        pane.setMinimumHeight(needed)


class Flow(QLayout):
    """A layout as words in a paragraph."""

    def __init__(self, gap: int = 6) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def put(self, *widgets: QWidget) -> None:
        """Show these and nothing else."""
        while (item := self.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for new in widgets:
            self.addWidget(new)
            new.show()

    # --- QLayout ---

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay_out(QRect(0, 0, width, 0), moving=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        found = QSize()
        for item in self._items:
            found = found.expandedTo(item.minimumSize())
        return found.grownBy(self.contentsMargins())

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay_out(rect, moving=True)

    def _lay_out(self, rect: QRect, *, moving: bool) -> int:
        """Put the items in lines; the height of all."""
        gap, around = theme.px(self._gap), self.contentsMargins()
        outer, rect = rect, rect.marginsRemoved(around)
        y = rect.y()
        for number, line in enumerate(self._lines(rect.width(), gap)):
            y += gap if number else 0
            tallest = max(item.sizeHint().height() for item in line)
            x = rect.x()
            for item in line if moving else ():
                size = item.sizeHint().boundedTo(QSize(rect.width(), tallest))
                item.setGeometry(QRect(QPoint(x, y + (tallest - size.height()) // 2), size))
                x += size.width() + gap
            y += tallest
        return y + around.bottom() - outer.y()

    def _lines(self, width: int, gap: int) -> list[list[QLayoutItem]]:
        """The items that are not hidden, as many in a line as there is room for."""
        lines: list[list[QLayoutItem]] = []
        room = 0
        for item in self._items:
            if item.isEmpty():
                continue
            needed = item.sizeHint().width()
            if not lines or needed > room:
                lines.append([])
                room = width
            lines[-1].append(item)
            room -= needed + gap
        return lines
