"""A whole project by keys alone: files in, read, coded, themed, compared, written, and a Word report out."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import pytest
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.journeys.conftest import Analyst

SAMPLES = Path(__file__).parents[2] / "sample_transcripts" / "interviews"


class Keyboard:
    """Hands that have no mouse: what is pressed goes to whatever has the focus."""

    def __init__(self, analyst: Analyst) -> None:
        self._analyst = analyst

    @property
    def at(self) -> str:
        """What a screen reader calls that which has the focus."""
        interface = QAccessible.queryAccessibleInterface(_focused())
        return interface.text(QAccessible.Text.Name)

    def press(self, *sequences: str) -> None:
        """Press keys one after the other, each when what the one before began is done."""
        for sequence in sequences:
            keys = QKeySequence(sequence)[0]  # type: ignore[index]
            QTest.keyClick(_focused(), keys.key(), keys.keyboardModifiers())
            QApplication.processEvents()
            self._analyst.rest()

    def type(self, words: str) -> None:
        QTest.keyClicks(_focused(), words)

    def go_to(self, words: str, by: str = "Tab") -> None:
        """Press a key until the control with these words has the focus."""
        for _ in range(40):
            if self.at == words or self.at.startswith(f"{words},"):
                return
            self.press(by)
        raise AssertionError(f"{by} never led to “{words}”.")


def _focused() -> QWidget:
    popup = QApplication.activePopupWidget()
    found = (popup.focusWidget() or popup) if popup is not None else QApplication.focusWidget()
    assert found is not None, "Nothing has the focus."
    return found


@pytest.fixture
def keyboard(analyst: Analyst) -> Keyboard:
    return Keyboard(analyst)


@pytest.fixture
def transcripts(tmp_path: Path) -> Path:
    """A folder with three interviews."""
    folder = tmp_path / "transcripts"
    folder.mkdir()
    for found in sorted(SAMPLES.iterdir())[:3]:
        shutil.copy(found, folder)
    return folder


def bring_in(analyst: Analyst, keyboard: Keyboard, folder: Path, project: Path) -> None:
    """A new project with the transcripts of a folder."""
    analyst.will_choose(project)
    keyboard.press("Ctrl+N")
    assert keyboard.at == "Import files…"
    analyst.will_choose(folder)
    keyboard.go_to("Import folder…")
    keyboard.press("Space")
    analyst.wait_until(lambda: analyst.sees("Import 3 files"))
    keyboard.press("Ctrl+Return")
    analyst.wait_until(lambda: analyst.sees("Done"))
    keyboard.press("Return")
    assert keyboard.at == "Interviews"


def code_a_turn_of_each(analyst: Analyst, keyboard: Keyboard) -> list[str]:
    """The same code for a turn of each interview; the words that were coded."""
    keyboard.press("Ctrl+3", "Ctrl+PgUp", "Ctrl+PgUp")
    for interview in analyst.project.transcripts.interviews():
        assert keyboard.at == f"Transcript {interview.title}"
        keyboard.press(*["Down"] * 4, "Ctrl+Shift+Return")
        keyboard.type("Told at length")
        keyboard.press("Return", "Ctrl+PgDown")
    return [segment.quote for segment in analyst.project.coding.all()]


def write_a_finding(keyboard: Keyboard) -> None:
    """The theme of what was coded, and a finding with a quote under it."""
    keyboard.press("Ctrl+4")
    assert keyboard.at == "Codes without a theme"
    keyboard.press("Ctrl+M")
    keyboard.type("What mattered")
    keyboard.press("Return", "Ctrl+5")
    assert keyboard.at == "Framework matrix"
    keyboard.press("Return", "Ctrl+6", "Ctrl+Shift+N")
    keyboard.type("Three people spoke at length.")
    keyboard.press("F6")
    assert keyboard.at == "Segments behind the finding"
    keyboard.press("Down", "Q")


def export(analyst: Analyst, keyboard: Keyboard, report: Path) -> list[str]:
    """The paragraphs of the Word report; what holds it back is answered with a reason."""
    analyst.will_choose(report)
    keyboard.press("Ctrl+E")
    if not report.exists():
        keyboard.type("A trial")
        keyboard.press("Return")
    analyst.wait_until(report.exists)
    analyst.rest()
    return [paragraph.text for paragraph in docx.Document(str(report)).paragraphs]


class DescribeAProjectWithoutAMouse:
    def it_goes_from_files_to_a_word_report_and_all_the_way_back(
        self, analyst: Analyst, keyboard: Keyboard, transcripts: Path, tmp_path: Path
    ) -> None:
        bring_in(analyst, keyboard, transcripts, tmp_path / "study.qualcode")
        keyboard.press("Ctrl+2", "Ctrl+D")
        assert analyst.project.summary().read == 1
        coded = code_a_turn_of_each(analyst, keyboard)
        assert len(coded) == 3
        write_a_finding(keyboard)
        (quote,) = analyst.project.findings.quotes()
        assert quote.verbatim in coded
        said = export(analyst, keyboard, tmp_path / "report.docx")
        assert "What mattered" in said
        assert any("spoke at length" in words for words in said)

        while analyst.project.undo_label is not None:
            keyboard.press("Ctrl+Z")
        assert analyst.project.transcripts.interviews() == []
        assert analyst.project.codebook.all() == []
