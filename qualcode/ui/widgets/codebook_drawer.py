"""Room for what the codebook's narrow column cannot hold: a drawer that opens over the work beside it, when asked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedLayout, QWidget

from qualcode.ui import theme
from qualcode.ui.widgets.basics import Elided, column, icon_button, line, panel, row
from qualcode.ui.widgets.focus_back import FocusBack

WIDEST, LEAST_BESIDE = 900, 300
"""Pixels at 100 %: no wider than this where so much of the work stays in view, else to the edge."""


class Drawer(QFrame):
    """Opens beside ``column_``, over what lies there. Escape closes it; the focus goes back to where it was."""

    def __init__(self, column_: QWidget) -> None:
        super().__init__(column_)
        self.setObjectName("Drawer")
        self.setAutoFillBackground(True)
        self._column = column_
        self._focus = FocusBack()
        self._title = Elided("", "Title")
        self._pages = QStackedLayout()
        head = row(self._title, None, icon_button("Close", "close", self.close_drawer, tip="Close (Esc)"), margin=10)
        layout = column(panel(head), line(), gap=0)
        layout.addLayout(self._pages, 1)
        self.setLayout(layout)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.close_drawer)
        theme.appearance.changed.connect(self._place)
        self.hide()

    @property
    def page(self) -> QWidget | None:
        """What it shows, or None while it is closed."""
        return self._pages.currentWidget() if self.isVisible() else None

    def open(self, page: QWidget, title: str) -> None:
        """Show a page in it; a page stays in the drawer for the next time."""
        if self._pages.indexOf(page) < 0:
            self._pages.addWidget(page)
        if not self.isVisible():
            self._focus.remember(self)
        self._pages.setCurrentWidget(page)
        self.setAccessibleName(title)
        self._title.setText(title)
        host = self._host()
        if self.parentWidget() is not host:
            self.setParent(host)
            host.installEventFilter(self)
            self._column.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()
        self.setFocusProxy(page)
        page.setFocus()

    def close_drawer(self) -> None:
        if self.isVisible():
            self.hide()
            self._focus.give(self._column)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and self.isVisible():
            self._place()
        if event.type() == QEvent.Type.Hide and watched is self._column:
            self.hide()
        return super().eventFilter(watched, event)

    def _host(self) -> QWidget:
        """The stage that the column is part of."""
        from qualcode.ui.stages.stage import Stage

        found: QWidget = self._column
        while (above := found.parentWidget()) is not None and not isinstance(found, Stage):
            found = above
        return found

    def _place(self) -> None:
        host = self.parentWidget()
        if host is None or host is self._column:
            return
        left = self._column.mapTo(host, self._column.rect().topRight()).x() + 1
        if host.width() - left < theme.px(420):
            left = max(0, host.width() - theme.px(420))
        room = host.width() - left
        width = theme.px(WIDEST) if room >= theme.px(WIDEST + LEAST_BESIDE) else room
        self.setGeometry(QRect(left, 0, width, host.height()))
