"""Which interview is shown: a list to choose from, the one before, the next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from qualcode.core.rows import InterviewRow
from qualcode.core.values import InterviewId
from qualcode.ui import theme
from qualcode.ui.widgets.basics import icon_button, row
from qualcode.ui.widgets.picker import Choice


class InterviewPicker(QWidget):
    """Says ``chosen`` when the analyst picks another interview."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.list = Choice()
        self.list.setAccessibleName("Interview")
        self.list.setMinimumWidth(theme.px(80))
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.list.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.list.setMinimumContentsLength(5)
        self.list.setMaxVisibleItems(24)
        self.list.activated.connect(lambda number: self.chosen.emit(self.list.itemData(number)))
        self.before = icon_button(
            "Previous interview", "previous", lambda: self.step(-1), tip="Previous ({code.previous})"
        )
        self.after = icon_button("Next interview", "next", lambda: self.step(1), tip="Next ({code.next})")
        layout = row(self.list, self.before, self.after, None, gap=4)
        layout.setStretch(0, 100)
        self.setLayout(layout)
        self._limit()
        theme.appearance.changed.connect(self._limit)

    def _limit(self) -> None:
        """A title needs only so much room, however wide the window."""
        self.list.setMaximumWidth(theme.px(360))

    def show_interviews(self, interviews: Sequence[InterviewRow], current: InterviewId | None) -> None:
        self.list.clear()
        for number, interview in enumerate(interviews):
            self.list.addItem(interview.title, interview.id)
            if interview.id == current:
                self.list.setCurrentIndex(number)
        self._enable()

    def show_current(self, interview_id: InterviewId) -> None:
        self.list.setCurrentIndex(self.list.findData(interview_id))
        self._enable()

    def step(self, by: int) -> None:
        """Choose the interview so many places on."""
        number = self.list.currentIndex() + by
        if 0 <= number < self.list.count():
            self.list.setCurrentIndex(number)
            self.chosen.emit(self.list.itemData(number))
            self._enable()

    def _enable(self) -> None:
        self.before.setEnabled(self.list.currentIndex() > 0)
        self.after.setEnabled(self.list.currentIndex() < self.list.count() - 1)
