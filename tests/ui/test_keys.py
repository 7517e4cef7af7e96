"""Which keys do what: looked up, changed by the user, refused where they are taken."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QPushButton
from pytestqt.qtbot import QtBot

from qualcode.errors import UserError
from qualcode.settings import Preferences
from qualcode.ui.dialogs.shortcuts import ShortcutsDialog
from qualcode.ui.keys import EVERYWHERE, Keys
from qualcode.ui.main_window import MainWindow
from qualcode.ui.stages.code import CodeStage
from qualcode.ui.workspace import Workspace


@pytest.fixture
def keys() -> Keys:
    return Keys(Preferences())


@pytest.fixture
def dialog(qtbot: QtBot, keys: Keys) -> ShortcutsDialog:
    found = ShortcutsDialog(keys)
    qtbot.addWidget(found)
    found.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    found.show()
    qtbot.waitExposed(found)
    return found


def choose(dialog: ShortcutsDialog, words: str) -> None:
    dialog.filter.setText(words)
    dialog.table.setCurrentCell(0, 0)


class DescribeTheKeysDeclared:
    def it_never_gives_two_acts_the_same_keys_where_both_hold(self, keys: Keys) -> None:
        lines = [line for line in keys.lines() if line.act and line.keys]
        clashes = [
            (one.words, other.words)
            for one, other in combinations(lines, 2)
            if one.keys == other.keys and (one.place == other.place or EVERYWHERE in (one.place, other.place))
        ]
        assert clashes == []

    def it_declares_keys_that_qt_understands(self, keys: Keys) -> None:
        for line in keys.lines():
            if line.act and line.keys:
                assert QKeySequence(line.keys).toString() == line.keys


class DescribeChangingKeys:
    def it_keeps_them_for_the_next_start(self, keys: Keys) -> None:
        keys.change("code.suggest", "Ctrl+Y")
        assert Keys(Preferences.load()).of("code.suggest") == "Ctrl+Y"

    @pytest.mark.parametrize(
        ("wanted", "refusal"),
        [
            ("Ctrl+K", "Ctrl+K already means “Code the selection: open the palette”."),
            ("Ctrl+O", "Ctrl+O already means “Open…”."),
            ("G", "G types text."),
            ("Shift+G", "Shift+G types text."),
        ],
    )
    def it_refuses_keys_that_are_taken_or_type_text(self, keys: Keys, wanted: str, refusal: str) -> None:
        with pytest.raises(UserError) as refused:
            keys.change("code.suggest", wanted)
        assert str(refused.value).startswith(refusal)
        assert keys.of("code.suggest") == "Ctrl+J"

    def it_allows_the_same_keys_in_another_stage(self, keys: Keys) -> None:
        keys.change("themes.new", "Ctrl+J")
        assert (keys.of("themes.new"), keys.of("code.suggest")) == ("Ctrl+J", "Ctrl+J")

    def it_can_take_keys_away_and_put_all_back(self, keys: Keys) -> None:
        keys.change("code.suggest", "")
        keys.change("code.new", "Ctrl+J")
        assert (keys.of("code.suggest"), keys.of("code.new")) == ("", "Ctrl+J")
        keys.put_back()
        assert (keys.of("code.suggest"), keys.of("code.new")) == ("Ctrl+J", "Ctrl+Shift+N")

    def it_reaches_menus_and_hints_at_once(self, window: MainWindow) -> None:
        window.workspace.keys.change("undo", "Ctrl+Backspace")
        undo = next(a for a in window.findChildren(QAction) if a.text() == "&Undo")
        assert undo.shortcut().toString() == "Ctrl+Backspace"
        window.workspace.keys.change("go_code", "Alt+C")
        assert "Code (Alt+C)" in [b.toolTip() for b in window.rail.findChildren(QAbstractButton)]

    def it_reaches_the_hints_of_a_stage(self, qtbot: QtBot, workspace: Workspace) -> None:
        stage = CodeStage(workspace)
        qtbot.addWidget(stage)
        workspace.keys.change("code.suggest", "Ctrl+Y")
        suggest = next(b for b in stage.findChildren(QPushButton) if b.text() == "Suggest")
        assert suggest.toolTip() == "Look for passages in this interview (Ctrl+Y)"


class DescribeTheOverview:
    def it_finds_by_what_keys_do_and_by_the_keys(self, dialog: ShortcutsDialog) -> None:
        dialog.filter.setText("in vivo")
        assert [dialog.table.item(0, place).text() for place in range(3)] == ["Code in vivo", "Code", "Ctrl+I"]
        dialog.filter.setText("f8")
        assert dialog.table.item(0, 0).text() == "Two transcripts side by side"

    def it_takes_new_keys_for_the_chosen_line(self, dialog: ShortcutsDialog, keys: Keys) -> None:
        choose(dialog, "in vivo")
        QTest.keyClick(dialog.table, Qt.Key.Key_Return)
        QTest.keyClick(dialog.taken, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
        dialog.taken.editingFinished.emit()
        assert keys.of("code.in_vivo") == "Ctrl+Y"
        assert dialog.said.text() == "“Code in vivo” now has Ctrl+Y."

    def it_says_why_it_refuses(self, dialog: ShortcutsDialog, keys: Keys) -> None:
        choose(dialog, "in vivo")
        dialog.change()
        QTest.keyClick(dialog.taken, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        dialog.taken.editingFinished.emit()
        assert dialog.said.text().startswith("Ctrl+K already means “Code the selection")
        assert keys.of("code.in_vivo") == "Ctrl+I"

    def it_leaves_a_line_without_keys_by_delete(self, dialog: ShortcutsDialog, keys: Keys) -> None:
        choose(dialog, "in vivo")
        QTest.keyClick(dialog.table, Qt.Key.Key_Delete)
        assert keys.of("code.in_vivo") == ""

    def it_shows_keys_of_lists_that_stay_as_they_are(self, dialog: ShortcutsDialog) -> None:
        choose(dialog, "favourite")
        dialog.change()
        assert not dialog.taken.isVisible()
