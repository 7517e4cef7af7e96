"""A part that takes the height its contents need, but leaves room to its neighbours and scrolls where that is less."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from qualcode.ui.widgets.basics import panel


class Fitting(QScrollArea):
    """``share`` is how much of the height of ``within`` it may take at most."""

    def __init__(self, contents: QVBoxLayout, within: QWidget, share: float = 0.5) -> None:
        super().__init__()
        self._contents, self._within, self._share = contents, within, share
        self._is_fitting = False
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = panel(contents)
        self.setWidget(self._inside)
        self._inside.installEventFilter(self)
        within.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if not self._is_fitting:  # what is set here resizes it at once, which says nothing new
            self._is_fitting = True
            self._take_height()
            self._is_fitting = False

    def _take_height(self) -> None:
        self._contents.activate()
        needed = self._contents.totalHeightForWidth(max(1, self.width()))
        # Words that wrap would otherwise ask for the height that they have in a narrower part.
        self._inside.setMinimumHeight(max(0, needed))
        allowed = round(self._within.height() * self._share)
        # A scroll bar once there narrows the contents, which then need it: it goes only when told to.
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if needed > allowed else policy.ScrollBarAlwaysOff)
        self.setFixedHeight(max(0, min(needed, allowed)))
