"""The switch in the header between words as they were said and anonymised; while it is on it says so."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from qualcode.ui import theme
from qualcode.ui.hints import hint
from qualcode.ui.mask import Mask


class MaskSwitch(QToolButton):
    """A sign alone while words are shown as they were said; with the word *Anonymised* beside it while they are not."""

    def __init__(self, mask: Mask) -> None:
        super().__init__()
        self._mask = mask
        self.setObjectName("Flat")
        self.setCheckable(True)
        self.setAccessibleName("Show anonymised")
        hint(self, "Show the words of people anonymised, in the whole window ({switch_mask})")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(mask.switch)
        mask.changed.connect(self._follow)
        theme.appearance.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        on = self._mask.on
        beside, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        self.setChecked(on)
        self.setText("Anonymised")
        self.setToolButtonStyle(beside if on else alone)
        self.setIcon(theme.icon("mask", theme.tokens().accent if on else ""))
