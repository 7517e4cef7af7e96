"""Which keys do what: looked up, changed by the user, refused where they are taken."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from itertools import combinations
from pathlib import Path
from pkgutil import iter_modules

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from qualcode import ui
from qualcode.core.values import Suggestion
from qualcode.errors import UserError
from qualcode.settings import Preferences
from qualcode.ui import widgets
from qualcode.ui.actions import FIXED_KEYS, STAGE_KEYS, declared_keys
from qualcode.ui.dialogs.shortcuts import ShortcutsDialog
from qualcode.ui.hints import hint, printed
from qualcode.ui.keys import Keys
from qualcode.ui.main_window import MainWindow
from qualcode.ui.stages.code import CodeStage
from qualcode.ui.stages.prepare import PrepareStage
from qualcode.ui.widgets.anonymity import AnonymityPane
from qualcode.ui.widgets.basics import Elided, button
from qualcode.ui.widgets.reading_view import ReadingView
from qualcode.ui.workspace import Workspace
from tests.helpers.projects import a_project, dialogue, land, span_of


@pytest.fixture
def keys() -> Keys:
    return Keys(Preferences())


@pytest.fixture
def dialog(qtbot: QtBot, keys: Keys) -> ShortcutsDialog:
    found = ShortcutsDialog(keys, Preferences())
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
            if one.keys == other.keys and one.holds_with(other)
        ]
        assert clashes == []

    def it_names_widgets_that_there_are(self) -> None:
        read_by = {name for keys in STAGE_KEYS.values() for key in keys for name in key.read_by}
        modules = [module.name for module in iter_modules(widgets.__path__)]
        classes = {name for module in modules for name in dir(import_module(f"{widgets.__name__}.{module}"))}
        assert read_by - classes == set()

    def it_alone_says_which_keys_can_be_given_away(self) -> None:
        """No hint, menu or sentence of the window prints such keys by itself: they would stay after a change."""
        as_they_are = {
            keys for lines in FIXED_KEYS.values() for _, said in lines for keys in re.split("[,;] | to ", said)
        }
        changeable = {keys for keys in declared_keys().values() if len(keys) > 1} - as_they_are
        told = re.compile(rf"(?<![\w+])({'|'.join(map(re.escape, changeable))})(?![\w+])")
        found = [(file, words) for file, words in words_of_the_window() if words not in changeable]
        assert [pair for pair in found if told.search(pair[1])] == []

    def it_knows_each_act_that_a_hint_names(self) -> None:
        places = "|".join(STAGE_KEYS)
        named = {act for _, words in words_of_the_window() for act in re.findall(rf"\{{((?:{places})\.\w+)\}}", words)}
        assert len(named) > 20
        assert named - set(declared_keys()) == set()

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

    def it_refuses_keys_that_every_list_needs(self, keys: Keys) -> None:
        for needed in ("Return", "Space", "Up", "Tab"):
            with pytest.raises(UserError, match="means the same in every list and text"):
                keys.change("code.take", needed)

    def it_lets_lists_have_letters_and_tells_them_apart(self, keys: Keys) -> None:
        keys.change("code.take", "T")
        keys.change("code.rename", "Ctrl+Shift+F2")
        assert (keys.of("code.take"), keys.of("code.rename")) == ("T", "Ctrl+Shift+F2")
        keys.change("code.rename", "T")
        with pytest.raises(UserError, match="T already means “Take the suggestion”"):
            keys.change("code.refuse", "T")

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


class DescribeHints:
    def it_prints_the_keys_that_hold_now(self, qtbot: QtBot, keys: Keys) -> None:
        find = button("Find", lambda: None, tip="Find words in all transcripts ({code.find})")
        qtbot.addWidget(find)
        keys.change("code.find", "F7")
        assert find.toolTip() == "Find words in all transcripts (F7)"
        later = button("Find", lambda: None, tip="Find words in all transcripts ({code.find})")
        qtbot.addWidget(later)
        assert later.toolTip() == find.toolTip()

    def it_says_nothing_of_keys_that_are_none(self, keys: Keys) -> None:
        keys.change("code.find", "")
        assert printed.fill("Find words ({code.find}) or click") == "Find words or click"

    def it_says_the_last_that_was_to_be_said(self, qtbot: QtBot, keys: Keys) -> None:
        found = button("Find", lambda: None, tip="Find ({code.find})")
        qtbot.addWidget(found)
        hint(found, "Look for it")
        keys.change("code.find", "F7")
        assert found.toolTip() == "Look for it"

    def it_leaves_other_braces_alone(self) -> None:
        assert printed.fill("A code called {wait} ({wait})") == "A code called {wait} ({wait})"

    def it_reaches_the_anonymity_review(self, qtbot: QtBot, workspace: Workspace) -> None:
        panel = AnonymityPane(workspace)
        qtbot.addWidget(panel)
        workspace.keys.change("prepare.harmless", "N")
        assert any("N not an identifier" in part.text() for part in panel.findChildren(QLabel))


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
        choose(dialog, "tick it")
        dialog.change()
        assert not dialog.taken.isVisible()

    def it_says_in_which_part_of_a_stage_keys_hold(self, dialog: ShortcutsDialog) -> None:
        choose(dialog, "suggestions x")
        assert [dialog.table.item(0, place).text() for place in range(3)] == [
            "Refuse the suggestion",
            "Code · Suggestions",
            "X",
        ]

    def it_switches_single_keys_off_for_good(self, dialog: ShortcutsDialog) -> None:
        dialog.single.click()
        assert not Preferences.load().single_keys


@pytest.fixture
def listed(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """The Code stage with a suggestion that waits, and the list of suggestions in focus."""
    path = tmp_path / "study.qualcode"
    with a_project(tmp_path) as project:
        transcript = dialogue(("Interviewer", "How was it?"), ("P01", "It took months. Nobody rang us back."))
        _, transcript_id = land(project, transcript)
        code = project.codebook.add("Time")
        span = span_of(transcript.text, "It took months.")
        project.suggestions.offer([Suggestion(transcript_id, span, code, 0.8, "Like others.")], [transcript_id])
    window.open_project(path)
    window.show_stage("code")
    window.activateWindow()
    code_stage(window).suggestions.setFocus()
    qtbot.waitUntil(code_stage(window).suggestions.hasFocus)
    return window


class DescribeKeysThatAListReads:
    def it_obeys_the_keys_chosen_and_no_longer_the_old(self, listed: MainWindow) -> None:
        listed.workspace.keys.change("code.take", "T")
        QTest.keyClick(code_stage(listed).suggestions, Qt.Key.Key_A)
        assert segments(listed) == 0
        QTest.keyClick(code_stage(listed).suggestions, Qt.Key.Key_T)
        assert segments(listed) == 1

    def it_can_swap_two(self, listed: MainWindow) -> None:
        keys = listed.workspace.keys
        keys.change("code.take", "")
        keys.change("code.refuse", "A")
        keys.change("code.take", "X")
        QTest.keyClick(code_stage(listed).suggestions, Qt.Key.Key_X)
        assert segments(listed) == 1

    def it_says_the_keys_chosen_beside_the_list(self, listed: MainWindow) -> None:
        listed.workspace.keys.change("code.take", "T")
        listed.workspace.keys.change("code.refuse", "")
        assert "T take · C other code" in [part.text() for part in code_stage(listed).findChildren(Elided)]

    def it_does_nothing_by_a_letter_where_single_keys_are_off(self, listed: MainWindow) -> None:
        suggestions = code_stage(listed).suggestions
        listed.preferences.single_keys = False
        code_stage(listed).view.setFocus()
        suggestions.setFocus()
        QTest.keyClick(suggestions, Qt.Key.Key_A)
        assert segments(listed) == 0
        listed.workspace.keys.change("code.take", "Ctrl+Y")
        QTest.keyClick(suggestions, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
        assert segments(listed) == 1

    def it_moves_the_keys_of_favourites_and_ends(self, listed: MainWindow) -> None:
        view, project = code_stage(listed).view, listed.workspace.project
        project.codebook.give_shortcut(project.codebook.all()[0].id, 1)
        view.setFocus()
        listed.workspace.keys.change("code.favourite_1", "Ctrl+Shift+1")
        listed.workspace.keys.change("code.end_on", "F7")
        assert view.row is not None
        view.select(span_of(view.row.text, "It took"))
        QTest.keyClick(view, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        QTest.keyClick(view, Qt.Key.Key_F7)
        assert [row.quote for row in project.coding.all()] == ["It took months"]

    def it_moves_the_keys_that_a_list_has_as_shortcuts(self, listed: MainWindow) -> None:
        listed.show_stage("familiarise")
        view = next(view for view in listed.findChildren(ReadingView) if view.isVisible())
        listed.workspace.keys.change("familiarise.mark_here", "I")
        view.setFocus()
        assert view.row is not None
        view.select(span_of(view.row.text, "took months"))
        QTest.keyClick(view, Qt.Key.Key_M)
        assert marks(listed) == []
        QTest.keyClick(view, Qt.Key.Key_I)
        assert marks(listed) == ["took months"]

    def it_moves_the_keys_of_the_import_bench_and_its_lists(
        self, listed: MainWindow, tmp_path: Path, qtbot: QtBot
    ) -> None:
        files = [tmp_path / f"{name}.txt" for name in ("one", "two")]
        for file in files:
            file.write_text(f"Interviewer: How was {file.stem}?\n\nBev: Slow. We waited and waited.\n", "utf-8")
        listed.show_stage("prepare")
        stage = listed.pages.stages["prepare"]
        assert isinstance(stage, PrepareStage)
        stage.open_files(files)
        qtbot.waitUntil(lambda: stage.batch is not None and not stage.batch.is_reading, timeout=20_000)
        listed.workspace.keys.change("prepare.next_file", "F10")
        listed.workspace.keys.change("prepare.leave_out", "F7")
        view = stage.bench.files.view
        view.setFocus()
        assert view.currentIndex().row() == 0
        QTest.keyClick(view, Qt.Key.Key_F10)
        assert view.currentIndex().row() == 1
        QTest.keyClick(view, Qt.Key.Key_Delete)
        assert stage.bench.take.text() == "Import 2 files"
        QTest.keyClick(view, Qt.Key.Key_F7)
        assert stage.bench.take.text() == "Import 1 file"


def words_of_the_window() -> Iterator[tuple[str, str]]:
    """Every text in the code of the window that is no comment, with its file; the declarations themselves left out."""
    files = [file for file in Path(ui.__file__).parent.rglob("*.py") if file.name != "actions.py"]
    for file in sorted(files):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
                yield file.name, node.value


def code_stage(window: MainWindow) -> CodeStage:
    found = window.pages.stages["code"]
    assert isinstance(found, CodeStage)
    return found


def segments(window: MainWindow) -> int:
    return len(window.workspace.project.coding.all())


def marks(window: MainWindow) -> list[str]:
    """The words marked as important."""
    project = window.workspace.project
    found = []
    for interview in project.transcripts.interviews():
        text = project.transcripts.text(interview.transcript_id)
        notes = project.memos.of_transcript(interview.transcript_id)
        found += [note.span.of(text) for note in notes if note.span is not None]
    return found
