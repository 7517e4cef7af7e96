"""An analyst puts a codebook in order: names, places, meanings, codes that are one, a colleague's list."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QListWidget, QPlainTextEdit, QTabWidget

from qualcode.core.rows import CodeRow
from qualcode.ui.widgets.codebook_tree import CodeTree
from tests.helpers.projects import everything
from tests.journeys.conftest import Analyst

COLLEAGUE = """The wait
    A long wait: Waiting that people themselves call long
    Kept informed: Told while waiting how long it will be
Asking for help
    First call: Who made the first call, and why
"""


class Codebook:
    """The analyst at the codebook of the Code stage."""

    def __init__(self, analyst: Analyst) -> None:
        self.analyst = analyst
        analyst.go_to("Code")
        analyst.rest()
        self.list = analyst.find("Codes", CodeTree)

    def code(self, name: str) -> CodeRow:
        return next(code for code in self.analyst.project.codebook.all() if code.name == name)

    def names(self) -> list[str]:
        return [code.name for code in self.analyst.project.codebook.all()]

    def place(self, name: str) -> str:
        """The name of what a code stands under."""
        code = self.code(name)
        rows = (*self.analyst.project.themes.all(), *self.analyst.project.codebook.all())
        return next((row.name for row in rows if row.id == (code.parent_id or code.theme_id)), "")

    def find(self, letters: str) -> None:
        """Type some letters of a name in the list, go down to it, and have the whole list again."""
        self.press("Escape")
        self.list.setFocus()
        for letter in letters:
            self.analyst.keys(letter)
        self.press("Down")
        self.analyst.find("Filter codes", QLineEdit).clear()
        self.list.setFocus()

    def press(self, *keys: str) -> None:
        for each in keys:
            target = QApplication.activePopupWidget() or self.analyst.window
            QTest.keySequence(target.focusWidget() or target, QKeySequence(each))
            QApplication.processEvents()

    def enter(self, name: str, words: str) -> None:
        """Write something anew into a field, and leave it."""
        self.analyst.enter(name)
        self.press("Ctrl+A")
        self.analyst.keys(words)
        self.press("Tab")

    def asked(self) -> str:
        """What it says an act will do."""
        return next(
            found.accessibleName()
            for found in self.analyst.window.findChildren(type(self.analyst.window.current_stage.codebook.ask))  # type: ignore[union-attr, attr-defined]
            if found.isVisible()
        )


@pytest.fixture
def book(analyst: Analyst, sample_file: Path, tmp_path: Path) -> Codebook:
    path = tmp_path / "sample.qualcode"
    shutil.copy(sample_file, path)
    analyst.window.open_project(path)
    return Codebook(analyst)


class DescribeACodebookPutInOrder:
    def it_is_done_by_keys_alone_and_undone_to_the_letter(self, book: Codebook) -> None:
        project = book.analyst.project
        before = everything(project)

        book.find("long wait")
        book.press("Ctrl+Shift+N")
        for name in ("Waiting for a call", "Waiting for a visit"):
            book.analyst.keys(name, Qt.Key.Key_Return)
        book.press("Escape")
        assert [book.place(name) for name in ("Waiting for a call", "Waiting for a visit")] == ["The wait", "The wait"]

        book.find("for a visit")
        book.press("Alt+Right")
        assert book.place("Waiting for a visit") == "Waiting for a call"
        book.press("Alt+Left", "Alt+Up")
        assert book.names().index("Waiting for a visit") < book.names().index("Waiting for a call")

        book.press("F2")
        book.analyst.keys("Waiting at home", Qt.Key.Key_Return)
        book.analyst.wait_until(lambda: "Waiting at home" in book.names())

        book.press("F4")
        book.enter("Definition", "Time at home until somebody comes")
        assert book.code("Waiting at home").definition == "Time at home until somebody comes"
        book.analyst.find("Where used, history", QTabWidget).setCurrentIndex(1)
        told = book.analyst.find("History of the code", QListWidget)
        assert [told.item(at).text().splitlines()[0] for at in range(told.count())] == [
            "Changed definition",
            "Renamed from “Waiting for a visit” to “Waiting at home”",
            "Put in theme “The wait”",
            "Put under “Waiting for a call”",
            "Added as “Waiting for a visit”",
        ]
        book.press("Escape")

        while project.undo_label and everything(project) != before:
            book.press("Ctrl+Z")
        assert everything(project) == before

    def it_merges_codes_after_saying_what_that_does(self, book: Codebook) -> None:
        wait, again = book.code("A long wait"), book.code("Telling it all again")
        people, segments = book.analyst.project.codebook.together([wait.id, again.id])
        book.find("telling it all")
        book.analyst.window.current_stage.codebook.acts.ask_merge()  # type: ignore[union-attr, attr-defined]
        book.analyst.keys("a long w", Qt.Key.Key_Return)
        said = book.asked()
        assert said.startswith("Merge “Telling it all again” into “A long wait”?")
        assert f"“A long wait” will have {segments} segments of {people} people." in said
        book.analyst.press("Merge")
        merged = book.code("A long wait")
        assert (merged.people, merged.segments) == (people, segments)
        assert "Telling it all again" not in book.names()
        book.analyst.enter("Codes")
        book.press("Ctrl+Z")
        assert (book.code("Telling it all again").segments, book.code("A long wait").segments) == (
            again.segments,
            wait.segments,
        )

    def it_offers_what_may_be_one_and_remembers_that_it_is_two(self, book: Codebook) -> None:
        book.analyst.project.codebook.add("Waiting a long time")
        book.analyst.project.codebook.add("A long waiting time")
        stage = book.analyst.window.current_stage
        stage.codebook.find_near()  # type: ignore[union-attr, attr-defined]
        pairs = book.analyst.find("Codes that may be one", QListWidget)
        book.analyst.wait_until(lambda: pairs.count() > 0)
        assert any("A long waiting time" in pairs.item(at).text() for at in range(pairs.count()))
        count = pairs.count()
        book.analyst.press("They are two")
        assert pairs.count() == count - 1

    def it_takes_a_colleagues_list_once_it_said_what_that_adds(self, book: Codebook) -> None:
        stage = book.analyst.window.current_stage
        stage.codebook.bring_in()  # type: ignore[union-attr, attr-defined]
        before = book.names()
        QApplication.clipboard().setText(COLLEAGUE)
        book.analyst.enter("Codebook as text")
        book.analyst.find("Codebook as text", QPlainTextEdit).paste()
        assert book.names() == before
        book.analyst.press("Bring in")
        assert {"Kept informed", "First call"} <= set(book.names())
        assert book.place("Kept informed") == "The wait"
        assert book.place("First call") == "Asking for help"
        assert book.code("A long wait").definition == "Waiting that people themselves call long"
        book.analyst.find("Undo", QAbstractButton).click()
        assert book.names() == before
