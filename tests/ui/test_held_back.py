"""The panel of an export that was held back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from qualcode.errors import ExportBlocked
from qualcode.ui.widgets.held_back import HeldBack

PLACES = ("Quote 3: “Mill Street” is an address", "Quote 7: “Priya” is a name")


@pytest.fixture
def desk(qtbot: QtBot) -> QWidget:
    """The panel above a field in which somebody is working."""
    found = QWidget()
    layout = QVBoxLayout(found)
    layout.addWidget(HeldBack())
    layout.addWidget(QLineEdit())
    qtbot.addWidget(found)
    found.resize(700, 400)
    found.show()
    qtbot.waitExposed(found)
    found.activateWindow()
    work = found.findChildren(QLineEdit)[-1]
    work.setFocus()
    qtbot.waitUntil(work.hasFocus)
    return found


@pytest.fixture
def panel(desk: QWidget) -> HeldBack:
    found = desk.findChild(HeldBack)
    assert found is not None
    return found


def press(panel: HeldBack, words: str) -> None:
    found = next(b for b in panel.findChildren(QPushButton) if b.text() == words)
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


@pytest.fixture
def reasons(panel: HeldBack) -> list[str]:
    """What it was exported for."""
    given: list[str] = []
    panel.ask(ExportBlocked("The report was not written.", PLACES), given.append)
    return given


class DescribeAnExportHeldBack:
    def it_is_not_there_until_something_was_held_back(self, panel: HeldBack) -> None:
        assert not panel.isVisible()

    def it_says_what_was_found_and_where(self, panel: HeldBack, reasons: list[str]) -> None:
        assert panel.isVisible()
        assert panel.accessibleName() == "The report was not written."
        assert [panel.places.item(n).text() for n in range(panel.places.count())] == list(PLACES)

    def it_exports_only_with_a_reason(self, panel: HeldBack, reasons: list[str]) -> None:
        press(panel, "Export all the same")
        QTest.keyClicks(panel.reason, "   ")
        QTest.keyClick(panel.reason, Qt.Key.Key_Return)
        assert (reasons, panel.isVisible()) == ([], True)
        QTest.keyClicks(panel.reason, "Priya agreed to be named ")
        press(panel, "Export all the same")
        assert (reasons, panel.isVisible()) == (["Priya agreed to be named"], False)

    def it_takes_return_for_the_button(self, panel: HeldBack, reasons: list[str]) -> None:
        QTest.keyClicks(panel.reason, "Agreed")
        QTest.keyClick(panel.reason, Qt.Key.Key_Return)
        assert reasons == ["Agreed"]

    def it_leaves_everything_as_it_was(self, panel: HeldBack, reasons: list[str], desk: QWidget, qtbot: QtBot) -> None:
        qtbot.waitUntil(panel.reason.hasFocus)
        QTest.keyClicks(panel.reason, "Agreed")
        QTest.keyClick(panel.reason, Qt.Key.Key_Escape)
        assert (reasons, panel.isVisible()) == ([], False)
        qtbot.waitUntil(desk.findChildren(QLineEdit)[-1].hasFocus)

    def it_forgets_the_reason_given_before(self, panel: HeldBack, reasons: list[str]) -> None:
        QTest.keyClicks(panel.reason, "Agreed")
        press(panel, "Leave it")
        panel.ask(ExportBlocked("The matrix was not written.", PLACES[:1]), reasons.append)
        assert (panel.reason.text(), panel.places.count()) == ("", 1)
