"""Stages at 300 % in a small window: nothing is cut off at the right, and there is one strip of panes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QCheckBox, QFrame, QPushButton, QScrollArea

from qualcode.ui.main_window import MainWindow
from qualcode.ui.widgets.matrix import MatrixView
from qualcode.ui.widgets.picker import Picker
from tests.ui.walking import rest


@pytest.fixture
def large(sample_window: MainWindow) -> Iterator[MainWindow]:
    """The sample project at 300 %."""
    sample_window.looks.scale_to(300)
    rest(sample_window)
    yield sample_window
    sample_window.looks.scale_to(100)
    rest(sample_window)


class DescribeCompareInLargeText:
    def it_has_all_that_can_be_picked_within_the_width(self, large: MainWindow) -> None:
        stage = large.show_stage("compare")
        assert stage is not None
        for number in range(5):
            stage.tabs.setCurrentIndex(number)  # type: ignore[attr-defined]
            rest(large)
            shown = [part for kind in (Picker, QCheckBox) for part in stage.findChildren(kind) if part.isVisible()]
            page = stage.tabs.currentWidget()  # type: ignore[attr-defined]
            assert all(part.mapTo(page, QPoint(part.width(), 0)).x() <= page.width() for part in shown)
            assert page.mapTo(large, QPoint(page.width(), 0)).x() <= large.width()

    def it_shows_a_row_below_the_heads_when_scrolled_to_the_end(self, large: MainWindow) -> None:
        stage = large.show_stage("compare")
        assert stage is not None
        stage.tabs.setCurrentIndex(0)  # type: ignore[attr-defined]
        rest(large)
        around = large.pages.currentWidget()
        assert isinstance(around, QScrollArea)
        around.verticalScrollBar().setValue(around.verticalScrollBar().maximum())
        view = next(view for view in stage.findChildren(MatrixView) if view.isVisible())
        assert view.viewport().visibleRegion().boundingRect().height() > view.fontMetrics().height() * 2


class DescribeFamiliariseInLargeText:
    def it_names_its_three_panes_in_one_strip(self, large: MainWindow) -> None:
        stage = large.show_stage("familiarise")
        assert stage is not None
        rest(large)
        strips = [part for part in stage.findChildren(QFrame, "PaneStrip") if part.isVisible()]
        names = [[name.text() for name in strip.findChildren(QPushButton)] for strip in strips]
        assert names == [["Interviews", "Transcript", "Person and notes"]]
