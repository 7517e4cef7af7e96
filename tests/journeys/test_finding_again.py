"""Finding again what somebody said: words, nearly words, how codings lie to each other; coded, kept, taken out."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton, QTreeView

from qualcode.ui.stages.code import CodeStage
from tests.journeys.conftest import Analyst

WORDS, PLACES = "Words to find", "Places found"


@pytest.fixture
def at(analyst: Analyst, sample_file: Path, tmp_path: Path) -> Analyst:
    """Somebody who opens the sample at Code and presses Ctrl+F."""
    analyst.window.open_project(Path(shutil.copy(sample_file, tmp_path / "sample.qualcode")))
    analyst.go_to("Code")
    analyst.rest()
    find(analyst)
    return analyst


def find(at: Analyst, *, segments: bool = False) -> None:
    held = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(at.window, Qt.Key.Key_F, held | Qt.KeyboardModifier.ShiftModifier if segments else held)
    at.wait_until(lambda: at.sees("Add a condition" if segments else WORDS))


def look_for(at: Analyst, words: str, manner: str = "Words as typed") -> None:
    """Choose how the words are meant, type them, press Return, and wait for what comes."""
    choose(at, "How the words are meant", manner)
    at.enter(WORDS)
    QTest.keyClick(at.find(WORDS), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    at.keys(words, Qt.Key.Key_Return)
    settle(at)


def settle(at: Analyst) -> None:
    at.wait_until(lambda: not at.sees("Stop") and at.window.workspace.operations.idle)


def choose(at: Analyst, name: str, words: str) -> None:
    """Go through a list by arrow keys to what is wanted."""
    at.enter(name)
    found = at.find(name, QComboBox)
    at.keys("", Qt.Key.Key_Home)
    for _ in range(found.count()):
        if found.currentText() != words:
            at.keys("", Qt.Key.Key_Down)
    assert found.currentText() == words
    settle(at)


def pick(at: Analyst, button: str, typed: str) -> None:
    """Press a button that opens a list, type, take what is found."""
    at.press(button)
    at.keys(typed, Qt.Key.Key_Return)
    settle(at)


def press_first(at: Analyst, beginning: str) -> None:
    """Press the button whose words begin so."""
    [found] = [b for b in at.window.findChildren(QPushButton) if b.isVisible() and b.text().startswith(beginning)]
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)
    settle(at)


def interviews(at: Analyst) -> dict[str, list[str]]:
    """What is listed, as a screen reader says it: the places by interview."""
    model = at.find(PLACES, QTreeView).model()
    groups = [model.index(row, 0) for row in range(model.rowCount())]

    def said(index: QModelIndex) -> str:
        return str(index.data(Qt.ItemDataRole.AccessibleTextRole))

    return {said(group): [said(model.index(n, 0, group)) for n in range(model.rowCount(group))] for group in groups}


def places(at: Analyst) -> list[str]:
    return [place for found in interviews(at).values() for place in found]


class DescribeFindingAgain:
    def it_goes_from_a_word_to_its_places_and_codes_them_all(self, at: Analyst) -> None:
        look_for(at, "wait*")
        everywhere = places(at)
        assert any("That’s what I was waiting for." in place for place in everywhere)
        choose(at, "Wave", at.project.waves.all()[1].name)
        assert all("Wave 2" in interview for interview in interviews(at))
        wave = places(at)
        assert 0 < len(wave) < len(everywhere)

        before = len(at.project.coding.all())
        at.press("Code all…")
        at.keys("Everything on waiting", Qt.Key.Key_Return)
        press_first(at, f"Code {len(wave)} passages")
        assert len(at.project.coding.all()) == before + len(wave)
        at.window.undo()
        at.rest()
        assert len(at.project.coding.all()) == before

    def it_shows_a_place_where_it_was_said(self, at: Analyst) -> None:
        look_for(at, "the bus")
        view = at.window.findChild(CodeStage).view
        at.wait_until(lambda: view.selected_span() is not None)
        assert view.words(view.selected_span()).lower() == "the bus"
        assert at.find(PLACES).hasFocus()

    def it_forgives_slips_of_typing_and_takes_expressions(self, at: Analyst) -> None:
        look_for(at, "waitng", "Nearly these words")
        assert any("waiting" in place for place in places(at))
        look_for(at, r"\b(two|three) (weeks|months)\b", "Regular expression")
        assert all(re.search("(two|three) (weeks|months)", place, re.IGNORECASE) for place in places(at))

    def it_finds_codings_by_how_they_lie_and_keeps_the_question(self, at: Analyst) -> None:
        find(at, segments=True)
        pick(at, "any code ▾", "A long wait")
        alone = places(at)
        at.press("Add a condition")
        settle(at)
        pick(at, "any code ▾", "Seen sooner")
        near = places(at)
        assert 0 < len(near) < len(alone)
        assert all("with Seen sooner" in place for place in near)
        choose(at, "Condition is wanted or not", "and not")
        assert len(places(at)) == len(alone) - len(near)

        at.press("Kept searches")
        at.keys("", Qt.Key.Key_Down)
        at.keys("", Qt.Key.Key_Return)
        at.keys("Waited in vain", Qt.Key.Key_Return)
        found = places(at)
        find(at)
        look_for(at, "zeppelin")
        at.press("Kept searches")
        at.keys("", Qt.Key.Key_Down)
        at.keys("", Qt.Key.Key_Return)
        settle(at)
        assert places(at) == found

    def it_takes_the_answer_out_to_excel_and_word(self, at: Analyst, tmp_path: Path) -> None:
        find(at, segments=True)
        pick(at, "any code ▾", "A long wait")
        found = places(at)
        for downs, name in ((1, "found.xlsx"), (2, "found.docx")):
            at.will_choose(tmp_path / name)
            press_first(at, "Export")
            for _ in range(downs):
                at.keys("", Qt.Key.Key_Down)
            at.keys("", Qt.Key.Key_Return)
            at.wait_until(lambda name=name: (tmp_path / name).exists())
            at.rest()
        assert load_workbook(tmp_path / "found.xlsx")["Found"].max_row == len(found) + 1
        cells = {cell.text for table in docx.Document(str(tmp_path / "found.docx")).tables for cell in table._cells}
        assert len([cell for cell in cells if cell.startswith("A long wait: ")]) == len(found)
