"""What could not be done, said over the stage."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from qualcode.ui.main_window import MainWindow
from qualcode.ui.widgets.notice import Notice
from tests.ui.walking import rest

REFUSED = "The code could not be deleted."


@pytest.fixture
def page(qtbot: QtBot) -> tuple[QPlainTextEdit, Notice]:
    """A page to type in, with a notice over it."""
    work = QWidget()
    work.resize(600, 400)
    text = QPlainTextEdit("\n".join("A line." for _ in range(40)), work)
    text.setGeometry(0, 0, 600, 400)
    notice = Notice(work)
    qtbot.addWidget(work)
    work.show()
    qtbot.waitExposed(work)
    work.activateWindow()
    text.setFocus()
    qtbot.waitUntil(text.hasFocus)
    return text, notice


def caret(text: QPlainTextEdit) -> QRect:
    return text.cursorRect().translated(text.viewport().mapTo(text.parentWidget(), QPoint()))


class DescribeTheNotice:
    def it_moves_nothing_when_it_comes_and_goes(self, sample_window: MainWindow) -> None:
        sample_window.show_stage("code")
        rest(sample_window)
        before = sample_window.pages.geometry()
        sample_window.workspace.refused.emit(REFUSED)
        rest(sample_window)
        assert sample_window.notice.isVisible()
        assert sample_window.pages.geometry() == before
        put_away(sample_window.notice).click()
        rest(sample_window)
        assert not sample_window.notice.isVisible()
        assert sample_window.pages.geometry() == before

    def it_can_be_read_and_put_away_by_keys(self, sample_window: MainWindow, qtbot: QtBot) -> None:
        sample_window.activateWindow()
        qtbot.waitUntil(sample_window.isActiveWindow)
        sample_window.show_stage("code")
        rest(sample_window)
        at_work = QApplication.focusWidget()
        assert at_work is not None
        sample_window.workspace.refused.emit(REFUSED)
        assert sample_window.notice.accessibleName() == REFUSED
        away = put_away(sample_window.notice)
        for _ in range(8):
            sample_window.next_pane()
            if away.hasFocus():
                break
        assert QApplication.focusWidget() is away
        QTest.keyClick(away, Qt.Key.Key_Space)
        assert not sample_window.notice.isVisible()
        assert QApplication.focusWidget() is at_work

    def it_lies_at_the_foot(self, page: tuple[QPlainTextEdit, Notice]) -> None:
        text, notice = page
        notice.show_sentence(REFUSED)
        assert notice.geometry().top() > text.height() * 0.7
        assert notice.geometry().bottom() < text.height()

    def it_leaves_the_line_that_is_typed_in_free(self, page: tuple[QPlainTextEdit, Notice]) -> None:
        text, notice = page
        text.moveCursor(text.textCursor().MoveOperation.End)
        notice.show_sentence(REFUSED)
        assert not notice.geometry().intersects(caret(text))
        assert notice.geometry().bottom() < text.height() * 0.3

    def it_gives_way_to_the_caret_that_comes_under_it(self, page: tuple[QPlainTextEdit, Notice]) -> None:
        text, notice = page
        notice.show_sentence(REFUSED)
        assert notice.geometry().top() > text.height() * 0.7
        for _ in range(39):
            QTest.keyClick(text, Qt.Key.Key_Down)
            assert not notice.geometry().intersects(caret(text))
        assert notice.geometry().bottom() < text.height() * 0.3

    def it_is_as_high_as_its_words_need(self, page: tuple[QPlainTextEdit, Notice]) -> None:
        _, notice = page
        notice.show_sentence(REFUSED)
        short = notice.height()
        notice.show_sentence(" ".join([REFUSED] * 6))
        assert notice.height() > short


def put_away(notice: Notice) -> QToolButton:
    return next(part for part in notice.findChildren(QToolButton) if part.accessibleName() == "Put away")
