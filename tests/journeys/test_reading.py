"""A first reading of the sample project: page by page, with a pencil, beside another, and across all that was said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QListView,
    QPlainTextEdit,
    QTableView,
)

from qualcode.core.project import Project
from qualcode.ui.widgets.reading_view import ReadingView
from tests.helpers.projects import span_of
from tests.journeys.conftest import Analyst

WORDS = "I was a dinner lady at Hill Street for twenty-six years"
"""Said in the first interview."""


class Reader:
    """The analyst at the Familiarise stage, with a mouse and a keyboard."""

    def __init__(self, analyst: Analyst, path: Path) -> None:
        self.analyst, self.path = analyst, path
        self.open()

    def open(self) -> None:
        self.analyst.will_choose(self.path)
        self.analyst.press("Open…")
        self.analyst.wait_until(lambda: self.analyst.window.workspace.is_open)
        self.analyst.go_to("Familiarise")
        self.analyst.rest()

    @property
    def page(self) -> ReadingView:
        """The transcript that is read; of two the one with the cursor."""
        shown = [v for v in self.analyst.window.findChildren(ReadingView) if v.isVisible()]
        return next((view for view in shown if view.hasFocus()), shown[0])

    def reads(self, title: str) -> bool:
        return self.page.accessibleName() == f"Transcript {title}"

    def press(self, keys: str) -> None:
        """Press keys where the cursor is."""
        target = QApplication.focusWidget() or self.analyst.window
        QTest.keySequence(target, QKeySequence(keys))
        QApplication.processEvents()

    def drag_over(self, words: str) -> None:
        """Select words as the mouse does."""
        page = self.page
        assert page.row is not None
        span = span_of(page.row.text, words)
        page.show_from(max(0, span.start - 300))
        QApplication.processEvents()
        first, last = page.rects(span)[0], page.rects(span)[-1]
        begin = QPoint(round(first.left()) + 1, round(first.center().y()))
        end = QPoint(round(last.right()) + 1, round(last.center().y()))
        button = Qt.MouseButton.LeftButton
        QTest.mousePress(page.viewport(), button, pos=begin)
        QTest.mouseMove(page.viewport(), (begin + end) / 2)
        QTest.mouseMove(page.viewport(), end)
        QTest.mouseRelease(page.viewport(), button, pos=end)

    def selected(self) -> str:
        span = self.page.selected_span()
        return self.page.words(span) if span else ""

    def far(self) -> str:
        """What the rail says of the stage."""
        (found,) = [b for b in self.analyst.window.rail.findChildren(QAbstractButton) if b.text() == "Familiarise"]
        return found.accessibleName()

    def lists(self, name: str) -> list[str]:
        """What a list says, line by line, wave by wave."""
        model = self.analyst.find(name, QAbstractItemView).model()
        found = []
        for number in range(model.rowCount()):
            above = model.index(number, 0)
            rows = [above, *(model.index(n, 0, above) for n in range(model.rowCount(above)))]
            found += [row.data(Qt.ItemDataRole.AccessibleTextRole) for row in rows]
        return found

    def sees_label(self, words: str) -> bool:
        labels = self.analyst.window.findChildren(QLabel)
        return any(words in found.text() for found in labels if found.isVisible())


@pytest.fixture
def reader(analyst: Analyst, sample_file: Path, tmp_path: Path) -> Reader:
    path = tmp_path / "sample.qualcode"
    shutil.copy(sample_file, path)
    with Project.open(path) as project:
        project.move_to_stage("familiarise")
    return Reader(analyst, path)


class DescribeAFirstReading:
    def it_goes_page_by_page_to_the_end_and_on_to_the_next_and_is_there_tomorrow(self, reader: Reader) -> None:
        assert reader.reads("P01 · Wave 1")
        assert reader.far() == "Familiarise, 0 of 16 read"
        reader.page.setFocus()
        bar = reader.page.verticalScrollBar()
        for _ in range(60):
            if bar.value() == bar.maximum() and bar.maximum():
                break
            reader.press("Space")
        reader.analyst.press("Mark as read")
        reader.analyst.wait_until(lambda: reader.far() == "Familiarise, 1 of 16 read")
        reader.analyst.press("Next unread")
        assert reader.reads("P02 · Wave 1")
        for _ in range(4):
            reader.press("Space")
        top = reader.page.visible_span().start
        reader.press("Ctrl+W")
        reader.open()
        assert reader.reads("P02 · Wave 1")
        reader.analyst.wait_until(lambda: reader.page.visible_span().end > top)
        assert reader.lists("Interviews by wave")[:2] == ["Wave 1, autumn 2024, 1 of 8 read", "P01 · Wave 1, read"]
        assert reader.lists("Interviews by wave")[2].endswith("%")

    def it_marks_what_matters_and_says_why_in_the_margin(self, reader: Reader) -> None:
        reader.drag_over(WORDS)
        reader.press("M")
        assert reader.sees_label(f"Marked “{WORDS[:30]}")
        reader.drag_over("I call it his muddles")
        reader.press("N")
        reader.analyst.keys("Her own word. Who else has one?")
        reader.press("Ctrl+Return")
        notes = reader.page.notes
        reader.analyst.find("Person, notes").setCurrentIndex(1)  # type: ignore[attr-defined]
        shown = reader.analyst.find("Notes shown", QComboBox)
        shown.setCurrentIndex(1)
        shown.activated.emit(1)
        assert [line.partition(": ")[2] for line in reader.lists("Notes and marks")] == [
            f"“{WORDS}”",
            "Her own word. Who else has one? “I call it his muddles”",
        ]
        reader.press("Ctrl+Z")
        reader.press("Ctrl+Z")
        assert len(reader.page.notes) == len(notes) - 2
        assert reader.sees_label("Nothing is marked in any interview yet.")

    def it_reads_two_interviews_of_one_person_side_by_side_with_who_they_are_at_hand(self, reader: Reader) -> None:
        portrait = reader.analyst.find("Pen portrait", QPlainTextEdit)
        assert reader.sees_label("65 to 74")
        assert portrait.toPlainText().startswith("Seventy-four when first met")
        portrait.setFocus()
        portrait.moveCursor(portrait.textCursor().MoveOperation.End)
        reader.analyst.keys(" She laughs before the hard parts.")
        reader.analyst.press("P01 · Wave 2 beside this one")
        assert reader.reads("P01 · Wave 2")
        assert reader.analyst.sees("Transcript P01 · Wave 1")
        reader.analyst.press("Close this transcript")
        assert reader.reads("P01 · Wave 1")
        assert portrait.toPlainText().endswith("She laughs before the hard parts.")
        assert reader.analyst.project.undo_label == "Edit pen portrait"


class DescribeLookingAcrossAllInterviews:
    def it_shows_a_word_where_it_is_said_and_leads_back_to_the_page(self, reader: Reader) -> None:
        reader.page.setFocus()
        for _ in range(3):
            reader.press("Space")
        reader.press("Ctrl+F")
        reader.analyst.keys("wait*", Qt.Key.Key_Return)
        reader.analyst.wait_until(lambda: reader.analyst.sees("Places found"))
        places = reader.analyst.find("Places found", QListView)
        reader.analyst.wait_until(lambda: places.model().rowCount() == 32)
        assert reader.sees_label("11 of 18 people   32 places   Wave 1, autumn 2024: 7 of 9")
        for _ in range(4):
            reader.press("Down")
        reader.analyst.wait_until(lambda: reader.reads("P04 · Wave 1"))
        reader.analyst.wait_until(lambda: reader.selected().startswith("wait"))
        (back,) = [b for b in reader.analyst.window.findChildren(QAbstractButton) if b.text().startswith("Back to P01")]
        QTest.mouseClick(back, Qt.MouseButton.LeftButton)
        assert reader.reads("P01 · Wave 1")
        assert reader.page.hasFocus()

    def it_compares_what_the_waves_speak_of_and_leaves_a_word_out(self, reader: Reader) -> None:
        reader.page.setFocus()
        reader.press("Ctrl+T")
        by = reader.analyst.find("Compare", QComboBox)
        by.setCurrentText("By wave")
        by.activated.emit(by.currentIndex())
        table = reader.analyst.find("Frequent terms", QTableView)
        reader.analyst.wait_until(lambda: table.model().columnCount() == 6 and table.model().rowCount() > 100)
        first = table.model().index(0, 0).data()
        table.setFocus()
        reader.press("Del")
        reader.analyst.wait_until(lambda: table.model().index(0, 0).data() not in (first, None))
        assert reader.analyst.project.undo_label == f"Leave out “{first}”"
        reader.press("Ctrl+Z")
        reader.analyst.wait_until(lambda: table.model().index(0, 0).data() == first)

    def it_is_set_as_tired_eyes_like_it(self, reader: Reader) -> None:
        before = reader.page.font().pixelSize()
        reader.analyst.press("How the page looks")
        panel = QApplication.activePopupWidget()
        assert panel is not None
        larger = next(b for b in panel.findChildren(QAbstractButton) if b.accessibleName() == "Larger letters")
        for _ in range(3):
            QTest.mouseClick(larger, Qt.MouseButton.LeftButton)
        QTest.keyClick(panel, Qt.Key.Key_Escape)
        assert reader.page.font().pixelSize() == before + 3
        reader.analyst.find("Filter interviews").setFocus()
        reader.analyst.keys("p15", Qt.Key.Key_Return)
        assert reader.reads("P15, P16, P17, P18 · Wave 2")
        assert reader.page.font().pixelSize() == before + 3
