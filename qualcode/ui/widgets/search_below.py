"""Work with a drawer below it: how the height is shared can be changed, and is remembered."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from qualcode.settings import Preferences
from qualcode.ui import theme

LEAST = 370
"""Pixels at 100 % that the drawer has at first, as long as that lies between its shares of the height."""


class Below(QSplitter):
    """Keeps what each part has under ``key`` in the preferences; ``shares`` bound the drawer's part at first."""

    def __init__(self, key: str, preferences: Preferences, shares: tuple[float, float] = (0.55, 0.75)) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._key, self._preferences, self._shares = key, preferences, shares
        self.setChildrenCollapsible(False)
        self.splitterMoved.connect(self._remember)

    def put(self, work: QWidget, drawer: QWidget) -> None:
        for part in (work, drawer):
            self.addWidget(part)
            self.setStretchFactor(self.count() - 1, 1)

    def share(self) -> None:
        """Share the height as it was left, or at first."""
        kept = self._preferences.panels.get(self._key, "").split()
        sizes = [int(n) for n in kept if n.isdigit()]
        high = self.height()
        if len(sizes) != 2 or sum(sizes) > high * 1.2:
            least, most = (round(high * share) for share in self._shares)
            drawer = min(most, max(least, theme.px(LEAST)))
            sizes = [high - drawer, drawer]
        self.setSizes(sizes)

    def _remember(self) -> None:
        self._preferences.panels[self._key] = " ".join(map(str, self.sizes()))
