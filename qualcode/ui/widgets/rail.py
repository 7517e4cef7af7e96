"""The stages down the left, each with how far it is."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout

from qualcode.ui import theme


class Rail(QFrame):
    """One button a stage; says ``chosen`` with its key."""

    chosen = Signal(str)

    def __init__(self, stages: Mapping[str, str]) -> None:
        super().__init__()
        self.setObjectName("Rail")
        self.setAccessibleName("Stages")
        self._titles = dict(stages)
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.px(8), 0, 0)
        layout.setSpacing(theme.px(4))
        for number, (key, title) in enumerate(stages.items(), 1):
            found = QToolButton()
            found.setObjectName("RailButton")
            found.setCheckable(True)
            found.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            found.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            found.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            found.setToolTip(f"{title} (Ctrl+{number})")
            found.clicked.connect(lambda _=False, k=key: self.chosen.emit(k))
            self._group.addButton(found)
            self._buttons[key] = found
            layout.addWidget(found)
        layout.addStretch(1)
        self.show_progress({})
        self._restyle()
        theme.appearance.changed.connect(self._restyle)

    def show_stage(self, key: str) -> None:
        self._buttons[key].setChecked(True)
        self._restyle()

    def show_progress(self, progress: Mapping[str, str]) -> None:
        """A line under each stage's name: 14 in, 12 of 14 read, 231."""
        for key, found in self._buttons.items():
            state = progress.get(key, "")
            found.setText(f"{self._titles[key]}\n{state or ' '}")
            found.setAccessibleName(f"{self._titles[key]}, {state}" if state else self._titles[key])

    def _restyle(self) -> None:
        self.setFixedWidth(theme.px(84))
        for key, found in self._buttons.items():
            shade = theme.tokens().accent if found.isChecked() else theme.tokens().secondary
            found.setIcon(theme.icon(key, shade))
            found.setIconSize(QSize(theme.px(20), theme.px(20)))
