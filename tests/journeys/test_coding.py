"""A coder's morning at the sample project: give words codes, change one's mind, find one's way in the margin."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMenu, QPlainTextEdit, QTabBar

from qualcode.core.project import Project
from qualcode.ui.stages.code import CodeStage
from tests.helpers.projects import everything, span_of
from tests.journeys.conftest import Analyst

FIRST, SECOND = "I was a dinner lady at Hill Street for twenty-six years", "And Ken were on the boats"
"""Words of the first transcript that nobody coded."""


class Coder:
    """The analyst at the Code stage, with a mouse and a keyboard."""

    def __init__(self, analyst: Analyst) -> None:
        self.analyst = analyst
        analyst.go_to("Code")
        stage = analyst.window.current_stage
        assert isinstance(stage, CodeStage)
        self.stage, self.view = stage, stage.view
        analyst.rest()

    @property
    def text(self) -> str:
        assert self.view.row is not None
        return self.view.row.text

    def segments(self) -> set[tuple[str, str]]:
        """What is coded in the transcript: the names of codes with the words."""
        names = {code.id: code.name for code in self.analyst.project.codebook.all()}
        assert self.view.row is not None
        return {(names[s.code_id], s.quote) for s in self.analyst.project.coding.of_transcript(self.view.row.id)}

    def drag_over(self, words: str) -> None:
        """Select words as the mouse does: press before the first letter, move, let go after the last."""
        span = span_of(self.text, words)
        self.view.show_from(max(0, span.start - 300))
        begin, end = self.view.rect_at(span.start).center(), self.view.rect_at(span.end).center()
        button = Qt.MouseButton.LeftButton
        QTest.mousePress(self.view.viewport(), button, pos=begin)
        QTest.mouseMove(self.view.viewport(), (begin + end) / 2)
        QTest.mouseMove(self.view.viewport(), end)
        QTest.mouseRelease(self.view.viewport(), button, pos=end)

    def type(self, words: str) -> None:
        """Type letter by letter, wherever each goes, and press Return."""
        for letter in words:
            self.analyst.keys(letter)
        self.press("Return")

    def press(self, keys: str) -> None:
        """Press keys where the cursor is."""
        target = QApplication.activePopupWidget() or self.analyst.window
        QTest.keySequence(target.focusWidget() or target, QKeySequence(keys))
        QApplication.processEvents()

    def said(self) -> str:
        """What the line at the bottom says was done last."""
        return self.analyst.find("Last act").text()  # type: ignore[attr-defined]

    def undo(self) -> None:
        """Press Undo beside what was said."""
        (found,) = [
            b for b in self.analyst.window.findChildren(QAbstractButton) if b.text() == "Undo" and b.isVisible()
        ]
        QTest.mouseClick(found, Qt.MouseButton.LeftButton)

    def choose(self, menu: QMenu, *words: str) -> None:
        """Go through a menu by what its entries say."""
        menu.aboutToShow.emit()
        for word in words[:-1]:
            (menu,) = [inner for inner in menu.findChildren(QMenu) if inner.title() == word]
        (entry,) = [e for e in menu.actions() if e.text().partition("\t")[0] == words[-1]]
        entry.trigger()
        QApplication.processEvents()


@pytest.fixture
def coder(analyst: Analyst, sample_file: Path, tmp_path: Path) -> Coder:
    path = tmp_path / "sample.qualcode"
    shutil.copy(sample_file, path)
    with Project.open(path) as project:
        project.move_to_stage("code")
    analyst.will_choose(path)
    analyst.press("Open…")
    analyst.wait_until(lambda: analyst.window.workspace.is_open)
    return Coder(analyst)


class DescribeCodingAPage:
    def it_goes_by_a_few_letters_a_number_a_point_and_the_words_themselves(self, coder: Coder) -> None:
        before = coder.segments()
        coder.drag_over(FIRST)
        coder.type("long w")
        assert coder.said() == "Coded “A long wait”"
        coder.type("Work before")
        coder.press("Return")
        coder.analyst.keys("Work b")
        coder.press("Alt+5")
        coder.press("Escape")
        coder.drag_over(SECOND)
        coder.press("5")
        coder.drag_over("he was a big man")
        coder.press(".")
        coder.drag_over("I call it his muddles")
        coder.press("Ctrl+I")
        assert coder.segments() - before == {
            ("A long wait", FIRST),
            ("Work before", FIRST),
            ("Work before", SECOND),
            ("Work before", "he was a big man"),
            ("I call it his muddles", "I call it his muddles"),
        }

    def it_codes_the_sentence_and_the_turn_the_cursor_stands_in(self, coder: Coder) -> None:
        before = coder.segments()
        coder.view.setFocus()
        coder.view.reveal(span_of(coder.text, "he talks to Ken"), select=False)
        coder.press("Ctrl+Return")
        coder.type("Seen sooner")
        coder.press("Ctrl+Shift+Return")
        coder.type("Heard by chance")
        (sentence, turn) = sorted((words for _, words in coder.segments() - before), key=len)
        assert sentence == "No. Dr Lakhani’s lovely but he talks to Ken."
        assert sentence in turn
        assert turn.startswith("No. Dr Lakhani")

    def it_can_be_taken_back_act_by_act_to_the_start(self, coder: Coder) -> None:
        start = everything(coder.analyst.project)
        coder.drag_over(FIRST)
        coder.type("A name that is new")
        for keys in ("Shift+Right", "Alt+Left", "Alt+2", "Ctrl+Shift+K"):
            coder.press(keys)
        coder.type("guilt")
        coder.press("F2")
        coder.type("seen")
        coder.press("Del")
        assert coder.said() == "Uncoded “Seen sooner”"
        for _ in range(7):
            coder.undo()
        assert everything(coder.analyst.project) == start

    def it_leaves_single_keys_alone_once_they_are_switched_off(self, coder: Coder) -> None:
        before = coder.segments()
        coder.drag_over(FIRST)
        coder.type("guilt")
        (options,) = [
            b
            for b in coder.analyst.window.findChildren(QAbstractButton)
            if b.accessibleName() == "Code whole words" and b.isVisible()
        ]
        coder.choose(options.menu(), "Single keys: 1 to 9 and . code at once")  # type: ignore[attr-defined]
        coder.drag_over(SECOND)
        coder.press(".")
        coder.press("Escape")
        assert coder.segments() - before == {("Guilt at going out", FIRST)}


class DescribeASecondThought:
    def it_splits_joins_and_remarks_on_a_segment(self, coder: Coder) -> None:
        before = coder.segments()
        coder.drag_over(FIRST)
        coder.type("guilt")
        place = coder.view.rect_at(span_of(coder.text, "at Hill Street").start)
        QTest.mouseClick(coder.view.viewport(), Qt.MouseButton.LeftButton, pos=place.center() + QPoint(1, 0))
        coder.press("Ctrl+B")
        parts = {words for _, words in coder.segments() - before}
        assert parts == {"I was a dinner lady", "at Hill Street for twenty-six years"}
        coder.press("Ctrl+Up")
        coder.press("Ctrl+L")
        assert {words for _, words in coder.segments() - before} == {FIRST}
        coder.press("Ctrl+M")
        coder.analyst.keys("Ask her again about this.")
        coder.press("Ctrl+Return")
        assert coder.view.hasFocus()
        (memo,) = [s.memo for s in coder.analyst.project.coding.all() if s.quote == FIRST]
        assert memo == "Ask her again about this."
        assert coder.analyst.find("Memo on this segment", QPlainTextEdit).toPlainText() == memo


class DescribeTheMargin:
    def it_leads_from_a_stripe_to_its_segment_its_code_and_what_can_be_done(self, coder: Coder) -> None:
        margin = coder.analyst.find("Codes in the margin")
        coder.view.reveal(span_of(coder.text, "he talks to Ken"), select=False)
        QApplication.processEvents()
        coder.analyst.wait_until(lambda: bool(margin._placed()))  # type: ignore[attr-defined]
        stripe, place = margin._placed()[-1]  # type: ignore[attr-defined]
        at = place.center().toPoint()
        QTest.mouseClick(margin, Qt.MouseButton.LeftButton, pos=at)
        tabs = coder.analyst.window.findChildren(QTabBar)
        assert "Segment" in {bar.tabText(bar.currentIndex()) for bar in tabs if bar.isVisible()}
        QTest.mouseDClick(margin, Qt.MouseButton.LeftButton, pos=at)
        assert coder.stage.codebook.tree.currentIndex().data() == stripe.label
        before = coder.segments()
        QApplication.sendEvent(margin, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, margin.mapToGlobal(at)))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        coder.choose(menu, "Uncode")
        menu.close()
        assert {code for code, _ in before - coder.segments()} == {stripe.label}
        assert coder.said() == f"Uncoded “{stripe.label}”"

    def it_shows_some_codes_only_says_so_and_shows_all_again(self, coder: Coder) -> None:
        of = len(coder.segments())
        coder.choose(coder.stage.margin.filter.menu, "Theme", "The wait")
        shown = len(coder.view.stripes)
        assert 0 < shown < of
        chip = f"Only {shown} of {of} segments are shown: The wait. Show all."
        coder.analyst.press(chip)
        assert len(coder.view.stripes) == of
        assert not coder.analyst.sees(chip)

    def it_leads_from_gap_to_gap_and_back_to_where_one_was(self, coder: Coder) -> None:
        coder.view.setFocus()
        coder.press("Ctrl+U")
        coder.press("Ctrl+U")
        gap = coder.view.selected_span()
        assert gap is not None
        assert all(not gap.overlaps(stripe.span) for stripe in coder.view.stripes)
        seen = coder.view.visible_span()
        coder.press("Ctrl+PgDown")
        assert coder.view.visible_span().start == 0
        coder.press("Ctrl+PgUp")
        assert coder.view.visible_span() == seen


class DescribeTheCodebookBesideIt:
    def it_codes_the_selection_with_the_code_that_was_typed_for(self, coder: Coder) -> None:
        before = coder.segments()
        coder.drag_over(FIRST)
        coder.analyst.enter("Filter codes")
        QTest.keyClicks(coder.analyst.find("Filter codes", QLineEdit), "guilt")
        coder.press("Return")
        assert coder.segments() - before == {("Guilt at going out", FIRST)}
