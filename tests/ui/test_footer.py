"""The line at the bottom of the window."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from qualcode.ui.widgets.footer import Footer


class DescribeTheLineAtTheBottom:
    def it_is_as_high_when_something_can_be_undone_as_when_nothing_can(self, qtbot: QtBot) -> None:
        footer = Footer()
        qtbot.addWidget(footer)
        footer.show_project(True)
        footer.show()
        before = footer.sizeHint().height()
        footer.show_undo("Code “Waiting”")
        assert footer.undo.isVisible()
        assert footer.sizeHint().height() == before
        footer.show_undo(None)
        assert footer.sizeHint().height() == before
