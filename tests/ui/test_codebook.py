"""The codebook panel and its drawer: moved, merged, defined, brought in and looked through by keys and words."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from qualcode.core.project import Project
from qualcode.core.rows import CodeRow
from qualcode.core.values import CodeId
from qualcode.ui.models.codebook import MIME_CODES
from qualcode.ui.stages.code import CodeStage
from qualcode.ui.widgets.codebook import CodebookPanel
from qualcode.ui.widgets.codebook_export import CodebookExport
from qualcode.ui.widgets.codebook_near import LOOKING, NearCodes
from qualcode.ui.widgets.codebook_sheet import CodeSheet, Swatch
from qualcode.ui.workspace import Workspace
from tests.helpers.projects import dialogue, land, span_of
from tests.ui.showing import on_screen

SAID = "It took months. Nobody rang us back. We waited and waited."


@pytest.fixture
def codes(project: Project) -> dict[str, CodeId]:
    access = project.themes.add("Access")
    project.themes.add("Trust")
    made = {name: project.codebook.add(name, theme_id=access) for name in ("Waiting", "Silence", "Delay")}
    made["Gossip"] = project.codebook.add("Gossip", definition="Said behind backs")
    transcript = dialogue(("Interviewer", "How was it?"), ("P01", SAID))
    _, transcript_id = land(project, transcript, people=[project.people.add("P01")], title="P01")
    for words, name in (
        ("It took months.", "Waiting"),
        ("Nobody rang us back.", "Waiting"),
        ("It took months.", "Delay"),
    ):
        project.coding.apply(transcript_id, span_of(transcript.text, words), made[name])
    return made


@pytest.fixture
def stage(qtbot: QtBot, workspace: Workspace, codes: dict[str, CodeId]) -> CodeStage:
    return on_screen(qtbot, workspace, CodeStage(workspace))


@pytest.fixture
def book(stage: CodeStage) -> CodebookPanel:
    return stage.codebook


def names(project: Project) -> list[str]:
    return [code.name for code in project.codebook.all()]


def shown(book: CodebookPanel) -> list[str]:
    """The codes in the list, from top to bottom."""
    found, index = [], book.model.index(0, 0)
    while index.isValid():
        row = book.model.row(index)
        found += [row.name] if isinstance(row, CodeRow) else []
        index = book.tree.indexBelow(index)
    return found


def press(within: QWidget, words: str) -> None:
    """Press the button one sees."""
    found = [b for b in within.findChildren(QAbstractButton) if b.isVisible() and b.text() == words]
    found[0].click()


def rows(project: Project) -> list[tuple[str, str]]:
    """Each code's name in order, with that of the code or theme it stands under."""
    names_ = {row.id: row.name for row in (*project.themes.all(), *project.codebook.all())}
    return [(code.name, names_.get(code.parent_id or code.theme_id or "", "")) for code in project.codebook.all()]  # type: ignore[call-overload]


def key(book: CodebookPanel, pressed: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    book.tree.setFocus()
    QTest.keyClick(book.tree, pressed, held)


ALT = Qt.KeyboardModifier.AltModifier


def drag(book: CodebookPanel, dragged: list[CodeId], at: QPoint, *, release: bool = True) -> str:
    """Drag codes over a place in the list and let go; what was said before."""
    data = QMimeData()
    data.setData(MIME_CODES, "\n".join(dragged).encode())
    acts, left, none = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    port = book.tree.viewport()
    for event in (QDragEnterEvent(at, acts, data, left, none), QDragMoveEvent(at, acts, data, left, none)):
        QApplication.sendEvent(port, event)
    said = book.tree.drop_says
    last = QDropEvent(QPointF(at), acts, data, left, none) if release else QDragLeaveEvent()
    QApplication.sendEvent(port, last)
    assert book.tree.drop_says == ""
    return said


def edge(book: CodebookPanel, code_id: CodeId, *, below: bool = False) -> QPoint:
    """The upper or lower edge of a code's line."""
    place = book.tree.visualRect(book.model.index_of(code_id))
    return QPoint(place.center().x(), place.bottom() - 1 if below else place.top() + 1)


def near_codes(book: CodebookPanel, qtbot: QtBot) -> NearCodes:
    """The page of codes that may be one, once it has looked for them."""
    book.find_near()
    page = book.drawer.page
    assert isinstance(page, NearCodes)
    qtbot.waitUntil(lambda: page.hint.text() != LOOKING)
    return page


def drop(book: CodebookPanel, dragged: list[CodeId], on: CodeId) -> None:
    data = QMimeData()
    data.setData(MIME_CODES, "\n".join(dragged).encode())
    book.model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, book.model.index_of(on))


class DescribeTheFilter:
    def it_finds_by_any_of_the_words_and_applies_the_first_with_return(
        self, book: CodebookPanel, qtbot: QtBot, codes: dict[str, CodeId]
    ) -> None:
        QTest.keyClicks(book.filter, "goss")
        with qtbot.waitSignal(book.code_activated) as applied:
            QTest.keyClick(book.filter, Qt.Key.Key_Return)
        assert applied.args == [codes["Gossip"]]
        QTest.keyClick(book.filter, Qt.Key.Key_Escape)
        assert book.filter.text() == ""

    def it_leads_into_the_list_with_the_down_key(self, book: CodebookPanel, codes: dict[str, CodeId]) -> None:
        QTest.keyClicks(book.filter, "del")
        QTest.keyClick(book.filter, Qt.Key.Key_Down)
        assert book.chosen() == codes["Delay"]
        assert QApplication.focusWidget() is book.tree

    def it_keeps_what_was_found_when_it_is_cleared(self, book: CodebookPanel, codes: dict[str, CodeId]) -> None:
        book.choose(codes["Gossip"])
        QTest.keyClicks(book.filter, "del")
        QTest.keyClick(book.filter, Qt.Key.Key_Down)
        QTest.keyClick(book.tree, Qt.Key.Key_Escape)
        assert book.filter.text() == ""
        assert book.chosen() == codes["Delay"]
        assert QApplication.focusWidget() is book.tree

    def it_takes_what_is_typed_in_the_list(self, book: CodebookPanel, codes: dict[str, CodeId]) -> None:
        key(book, Qt.Key.Key_G)
        assert QApplication.focusWidget() is book.filter
        QTest.keyClicks(book.filter, "os")
        assert shown(book) == ["Gossip"]

    def it_shows_all_codes_of_a_theme_by_the_themes_name(self, book: CodebookPanel) -> None:
        book.filter.setText("acc")
        assert shown(book) == ["Waiting", "Silence", "Delay"]

    def it_prefers_a_code_that_is_called_so(self, book: CodebookPanel, codes: dict[str, CodeId], qtbot: QtBot) -> None:
        book.desk.put_under([codes["Gossip"]], codes["Waiting"])
        book.desk.rename(codes["Silence"], "Waiting in silence")
        book.filter.setText("wait sil")
        with qtbot.waitSignal(book.code_activated) as applied:
            QTest.keyClick(book.filter, Qt.Key.Key_Return)
        assert applied.args == [codes["Silence"]]

    def it_forgives_a_slip_of_the_finger(self, book: CodebookPanel) -> None:
        book.filter.setText("wiating")
        assert shown(book) == ["Waiting"]

    def it_offers_to_make_a_code_that_is_not_there(self, book: CodebookPanel, project: Project) -> None:
        book.filter.setText("Bus fares")
        assert shown(book) == []
        press(book, "New code of this name")
        QTest.keyClick(book.new.name, Qt.Key.Key_Return)
        assert names(project)[-1] == "Bus fares"


class DescribeNewCodes:
    def it_makes_one_after_the_other_where_the_chosen_one_stands(
        self, book: CodebookPanel, project: Project, codes: dict[str, CodeId]
    ) -> None:
        book.choose(codes["Waiting"])
        book.tree.setFocus()
        book.new_code()
        assert book.new.place.currentText() == "Beside “Waiting”, in Access"
        for name in ("Ringing", "Writing"):
            QTest.keyClicks(book.new.name, name)
            QTest.keyClick(book.new.name, Qt.Key.Key_Return)
        assert rows(project)[-2:] == [("Ringing", "Access"), ("Writing", "Access")]
        QTest.keyClick(book.new.name, Qt.Key.Key_Escape)
        assert not book.new.isVisible()
        assert QApplication.focusWidget() is book.tree
        project.undo()
        assert names(project)[-1] == "Ringing"

    def it_can_stand_under_the_chosen_one(
        self, book: CodebookPanel, project: Project, codes: dict[str, CodeId]
    ) -> None:
        book.choose(codes["Waiting"])
        book.new_code()
        book.new.place.pick("Under “Waiting”")
        QTest.keyClicks(book.new.name, "Ringing")
        press(book.new, "Add code")
        assert rows(project)[-1] == ("Ringing", "Waiting")

    def it_keeps_a_name_that_is_taken_to_be_mended(
        self, book: CodebookPanel, workspace: Workspace, qtbot: QtBot, project: Project
    ) -> None:
        book.new_code(name="Gossip")
        with qtbot.waitSignal(workspace.refused) as told:
            QTest.keyClick(book.new.name, Qt.Key.Key_Return)
        assert told.args == ["There is a code “Gossip” already."]
        assert book.new.name.text() == "Gossip"
        assert names(project).count("Gossip") == 1


class DescribeMerging:
    def it_says_what_a_drop_will_do_before_it_does_it(
        self, book: CodebookPanel, project: Project, codes: dict[str, CodeId]
    ) -> None:
        drop(book, [codes["Delay"]], codes["Waiting"])
        assert book.ask.accessibleName() == (
            "Merge “Delay” into “Waiting”? 1 segment will move there. 1 passage that has both keeps one segment. "
            "“Waiting” will have 2 segments of 1 person. “Delay” goes, with its definition."
        )
        assert "Delay" in names(project)
        press(book.ask, "Merge")
        assert names(project) == ["Waiting", "Silence", "Gossip"]
        assert project.undo_label == "Merge “Delay” into “Waiting”"
        project.undo()
        assert sorted(names(project)) == ["Delay", "Gossip", "Silence", "Waiting"]

    def it_can_put_one_under_the_other_instead(
        self, book: CodebookPanel, project: Project, codes: dict[str, CodeId]
    ) -> None:
        drop(book, [codes["Delay"]], codes["Waiting"])
        press(book.ask, "Put under it")
        assert {c.name: c.parent_id for c in project.codebook.all()}["Delay"] == codes["Waiting"]

    def it_does_nothing_when_left(self, book: CodebookPanel, project: Project, codes: dict[str, CodeId]) -> None:
        drop(book, [codes["Delay"]], codes["Waiting"])
        press(book.ask, "Leave it")
        assert len(names(project)) == 4
        assert not book.ask.isVisible()

    def it_merges_several_chosen_codes_by_keys(
        self, book: CodebookPanel, project: Project, codes: dict[str, CodeId]
    ) -> None:
        book.tree.choose([codes["Delay"], codes["Silence"]])
        book.acts.ask_merge()
        QTest.keyClicks(book.acts.chooser.field, "Wait")
        QTest.keyClick(book.acts.chooser.field, Qt.Key.Key_Return)
        press(book.ask, "Merge")
        assert names(project) == ["Waiting", "Gossip"]


class DescribeDeleting:
    def it_asks_where_segments_would_go(self, book: CodebookPanel, project: Project, codes: dict[str, CodeId]) -> None:
        book.choose(codes["Waiting"])
        QTest.keyClick(book.tree, Qt.Key.Key_Delete)
        assert book.ask.accessibleName() == "Delete “Waiting”? 2 segments will be deleted with it."
        press(book.ask, "Delete code")
        assert "Waiting" not in names(project)

    def it_deletes_what_nobody_uses_at_once_and_undo_brings_it_back(
        self, book: CodebookPanel, project: Project, codes: dict[str, CodeId]
    ) -> None:
        book.choose(codes["Gossip"])
        QTest.keyClick(book.tree, Qt.Key.Key_Delete)
        assert "Gossip" not in names(project)
        project.undo()
        assert "Gossip" in names(project)

    def it_says_what_becomes_of_the_codes_below_and_can_delete_them_too(
        self, book: CodebookPanel, project: Project, codes: dict[str, CodeId]
    ) -> None:
        book.desk.put_under([codes["Delay"]], codes["Silence"])
        book.choose(codes["Silence"])
        key(book, Qt.Key.Key_Delete)
        assert book.ask.accessibleName() == (
            "Delete “Silence”? 1 sub-code will move up. Deleted with it, 1 segment more would go."
        )
        press(book.ask, "Delete its 1 sub-code too")
        assert names(project) == ["Waiting", "Gossip"]
        assert project.undo_label == "Delete 2 codes"
        assert book.chosen() == codes["Gossip"]
        project.undo()
        book.choose(codes["Silence"])
        key(book, Qt.Key.Key_Delete)
        press(book.ask, "Delete code")
        assert rows(project) == [("Waiting", "Access"), ("Delay", "Access"), ("Gossip", "")]


class DescribeDragging:
    def it_puts_a_code_between_two_others(
        self, book: CodebookPanel, project: Project, codes: dict[str, CodeId]
    ) -> None:
        assert drag(book, [codes["Gossip"]], edge(book, codes["Silence"])) == "Before “Silence”"
        assert rows(project) == [(name, "Access") for name in ("Waiting", "Gossip", "Silence", "Delay")]
        assert project.undo_label == "Move “Gossip”"
        assert drag(book, [codes["Waiting"]], edge(book, codes["Delay"], below=True)) == "After “Delay”"
        assert names(project) == ["Gossip", "Silence", "Delay", "Waiting"]
        project.undo()
        project.undo()
        assert rows(project)[-1] == ("Gossip", "")

    def it_puts_a_code_first_under_one_that_is_open(
        self, book: CodebookPanel, project: Project, codes: dict[str, CodeId]
    ) -> None:
        book.desk.put_under([codes["Delay"]], codes["Waiting"])
        said = drag(book, [codes["Gossip"]], edge(book, codes["Waiting"], below=True))
        assert said == "First under “Waiting”"
        assert [name for name, above in rows(project) if above == "Waiting"] == ["Gossip", "Delay"]

    def it_asks_what_is_meant_on_a_code_and_takes_codes_out_on_empty_space(
        self, book: CodebookPanel, project: Project, codes: dict[str, CodeId]
    ) -> None:
        middle = book.tree.visualRect(book.model.index_of(codes["Waiting"])).center()
        assert drag(book, [codes["Delay"]], middle) == "Merge, or put under it: you choose"
        assert book.ask.isVisible()
        book.ask.leave()
        below = QPoint(40, book.tree.viewport().height() - 4)
        assert drag(book, [codes["Delay"], codes["Silence"]], below) == "Out of their theme"
        assert project.undo_label == "Move 2 codes out of their theme"
        assert rows(project)[-2:] == [("Silence", ""), ("Delay", "")]

    def it_does_nothing_when_the_mouse_leaves(
        self, book: CodebookPanel, project: Project, codes: dict[str, CodeId]
    ) -> None:
        before = rows(project)
        drag(book, [codes["Gossip"]], edge(book, codes["Silence"]), release=False)
        assert rows(project) == before

    def it_refuses_a_code_below_itself_with_a_sentence(
        self, book: CodebookPanel, workspace: Workspace, qtbot: QtBot, codes: dict[str, CodeId]
    ) -> None:
        book.desk.put_under([codes["Delay"]], codes["Waiting"])
        with qtbot.waitSignal(workspace.refused) as told:
            drag(book, [codes["Waiting"]], edge(book, codes["Delay"]))
        assert told.args == ["A code cannot be put under itself."]


class DescribeMovingByKeys:
    def it_moves_codes_up_and_down_under_and_out(
        self, book: CodebookPanel, project: Project, codes: dict[str, CodeId]
    ) -> None:
        book.choose(codes["Delay"])
        key(book, Qt.Key.Key_Up, ALT)
        assert names(project) == ["Waiting", "Delay", "Silence", "Gossip"]
        key(book, Qt.Key.Key_Right, ALT)
        assert dict(rows(project))["Delay"] == "Waiting"
        assert book.chosen() == codes["Delay"]
        key(book, Qt.Key.Key_Left, ALT)
        assert rows(project)[:3] == [("Waiting", "Access"), ("Delay", "Access"), ("Silence", "Access")]
        key(book, Qt.Key.Key_Down, ALT)
        assert names(project) == ["Waiting", "Silence", "Delay", "Gossip"]
        for _ in range(4):
            project.undo()
        assert rows(project)[2] == ("Delay", "Access")

    def it_moves_several_together_and_stops_at_the_ends(
        self, book: CodebookPanel, project: Project, codes: dict[str, CodeId]
    ) -> None:
        book.tree.choose([codes["Silence"], codes["Delay"]])
        key(book, Qt.Key.Key_Up, ALT)
        assert names(project) == ["Silence", "Delay", "Waiting", "Gossip"]
        label = project.undo_label
        book.tree.choose([codes["Silence"], codes["Delay"]])
        key(book, Qt.Key.Key_Up, ALT)
        assert (project.undo_label, label) == ("Move 2 codes", "Move 2 codes")
        project.undo()
        assert names(project) == ["Waiting", "Silence", "Delay", "Gossip"]

    def it_puts_all_in_order_and_undo_brings_the_old_one_back(self, book: CodebookPanel, project: Project) -> None:
        book.desk.order_by_name()
        assert names(project) == ["Delay", "Gossip", "Silence", "Waiting"]
        book.desk.order_by_people()
        assert names(project)[:2] == ["Waiting", "Delay"]
        project.undo()
        project.undo()
        assert names(project) == ["Waiting", "Silence", "Delay", "Gossip"]


class DescribeRenaming:
    def it_edits_the_name_where_it_stands(
        self, book: CodebookPanel, project: Project, codes: dict[str, CodeId], qtbot: QtBot
    ) -> None:
        book.choose(codes["Delay"])
        key(book, Qt.Key.Key_F2)
        editor = next(e for e in book.tree.findChildren(QLineEdit) if e.accessibleName() == "Name of the code")
        assert editor.selectedText() == "Delay"
        QTest.keyClicks(editor, "Late")
        QTest.keyClick(editor, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: "Late" in names(project))

    def it_renames_a_theme_too(self, book: CodebookPanel, project: Project, qtbot: QtBot) -> None:
        book.tree.setCurrentIndex(book.model.index(0, 0))
        key(book, Qt.Key.Key_F2)
        editor = next(e for e in book.tree.findChildren(QLineEdit) if e.accessibleName() == "Name of the theme")
        QTest.keyClicks(editor, "Getting in")
        QTest.keyClick(editor, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: [theme.name for theme in project.themes.all()] == ["Getting in", "Trust"])


class DescribeMoving:
    def it_gathers_chosen_codes_under_a_theme_in_one_step(
        self, book: CodebookPanel, project: Project, codes: dict[str, CodeId]
    ) -> None:
        book.tree.choose([codes["Delay"], codes["Gossip"]])
        book.acts.ask_theme()
        QTest.keyClicks(book.acts.chooser.field, "Trust")
        QTest.keyClick(book.acts.chooser.field, Qt.Key.Key_Return)
        trust = next(t for t in project.themes.all() if t.name == "Trust")
        assert set(trust.code_ids) == {codes["Delay"], codes["Gossip"]}
        assert project.undo_label == "Move 2 codes to “Trust”"

    def it_keeps_what_is_chosen_and_folded_over_a_change(
        self, book: CodebookPanel, project: Project, codes: dict[str, CodeId]
    ) -> None:
        book.choose(codes["Gossip"])
        theme_index = book.model.index(0, 0)
        book.tree.collapse(theme_index)
        project.codebook.add("Another")
        assert book.chosen() == codes["Gossip"]
        assert not book.tree.isExpanded(book.model.index(0, 0))


class DescribeThePageOfACode:
    @pytest.fixture
    def sheet(self, book: CodebookPanel, codes: dict[str, CodeId]) -> CodeSheet:
        book.choose(codes["Waiting"])
        book.tree.setFocus()
        QTest.keyClick(book.tree, Qt.Key.Key_F4)
        assert isinstance(book.drawer.page, CodeSheet)
        return book.drawer.page

    def it_keeps_what_is_typed_when_the_field_is_left(self, sheet: CodeSheet, project: Project) -> None:
        sheet.fields["definition"].setFocus()
        QTest.keyClicks(sheet.fields["definition"], "Time until seen")
        sheet.name.setFocus()
        sheet.fields["definition"].left.emit()
        assert project.codebook.all()[0].definition == "Time until seen"

    def it_renames_and_refuses_a_taken_name_with_a_sentence(
        self, sheet: CodeSheet, project: Project, workspace: Workspace, qtbot: QtBot
    ) -> None:
        sheet.name.setText("Silence")
        with qtbot.waitSignal(workspace.refused) as told:
            QTest.keyClick(sheet.name, Qt.Key.Key_Return)
        assert told.args == ["There is a code “Silence” already."]
        assert sheet.name.text() == "Waiting"

    def it_says_the_colours_by_name_and_marks_the_chosen_one(self, sheet: CodeSheet, project: Project) -> None:
        swatches = {s.accessibleName(): s for s in sheet.findChildren(Swatch)}
        swatches["Navy"].click()
        assert project.codebook.all()[0].colour == "#123281"
        assert [name for name, s in swatches.items() if s.isChecked()] == ["Navy"]

    def it_gives_a_number_key(self, sheet: CodeSheet, project: Project, book: CodebookPanel) -> None:
        sheet.favourite.pick("4")
        assert project.codebook.all()[0].shortcut == 4
        said = book.model.index_of(project.codebook.all()[0].id).data(Qt.ItemDataRole.AccessibleTextRole)
        assert said == "Code Waiting, 1 person, 2 segments, key 4"

    def it_lists_where_it_is_used_and_takes_a_passage_as_the_example(self, sheet: CodeSheet, project: Project) -> None:
        sheet.used.evidence.tree.choose_first()
        press(sheet, "Use as example")
        code = project.codebook.all()[0]
        assert code.example == "It took months."
        assert code.redefined_at is None

    def it_opens_with_a_double_click_and_says_where_the_code_stands(
        self, book: CodebookPanel, codes: dict[str, CodeId]
    ) -> None:
        book.desk.put_under([codes["Delay"]], codes["Waiting"])
        place = book.tree.visualRect(book.model.index_of(codes["Delay"])).center()
        QTest.mouseClick(book.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(book.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert isinstance(book.drawer.page, CodeSheet)
        assert "In Access › Waiting" in [found.text() for found in book.drawer.page.findChildren(QLabel)]

    def it_splits_chosen_segments_off_as_a_code_of_their_own(
        self, sheet: CodeSheet, project: Project, codes: dict[str, CodeId]
    ) -> None:
        tree = sheet.used.evidence.tree
        tree.choose_first()
        QTest.keyClick(tree, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        assert len(sheet.used.chosen()) == 2
        press(sheet, "Give 2 another code…")
        QTest.keyClicks(sheet.used._chooser.field, "Months")
        QTest.keyClick(sheet.used._chooser.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        assert rows(project)[:2] == [("Waiting", "Access"), ("Months", "Access")]
        assert {code.name: code.segments for code in project.codebook.all()}["Months"] == 2
        assert project.undo_label == "Split “Months” off “Waiting”"
        project.undo()
        assert (names(project), project.codebook.counts()[codes["Waiting"]]) == (
            ["Waiting", "Silence", "Delay", "Gossip"],
            (1, 2),
        )

    def it_gives_a_segment_another_code_there_is(self, sheet: CodeSheet, project: Project) -> None:
        sheet.used.evidence.tree.choose_first()
        press(sheet, "Give another code…")
        QTest.keyClicks(sheet.used._chooser.field, "Goss")
        QTest.keyClick(sheet.used._chooser.field, Qt.Key.Key_Return)
        assert {code.name: code.segments for code in project.codebook.all()}["Gossip"] == 1

    def it_shows_the_segments_of_its_sub_codes_when_asked(
        self, sheet: CodeSheet, book: CodebookPanel, codes: dict[str, CodeId]
    ) -> None:
        assert not sheet.used.below.isVisible()
        book.desk.put_under([codes["Delay"]], codes["Waiting"])
        sheet.used.below.click()
        assert {passage.code.name for passage in sheet.used.evidence.tree.shown()} == {"Waiting", "Delay"}

    def it_tells_the_history(self, sheet: CodeSheet, project: Project) -> None:
        project.codebook.rename(sheet.code_id, "Queue")  # type: ignore[arg-type]
        assert sheet.past.item(0).text().startswith("Renamed from “Waiting” to “Queue”")
        project.undo()
        assert sheet.past.item(0).text().startswith("Renamed from “Waiting” to “Queue” (undone since)")

    def it_closes_and_gives_the_focus_back(self, sheet: CodeSheet, book: CodebookPanel) -> None:
        book.drawer.close_drawer()
        assert QApplication.focusWidget() is book.tree

    def it_closes_when_what_had_the_focus_is_gone(self, book: CodebookPanel, codes: dict[str, CodeId]) -> None:
        book.choose(codes["Waiting"])
        key(book, Qt.Key.Key_F2)
        book.open_sheet()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        book.drawer.close_drawer()
        assert book.drawer.page is None
        assert QApplication.focusWidget() is book.tree

    def it_goes_when_its_code_goes(self, sheet: CodeSheet, book: CodebookPanel, project: Project) -> None:
        project.codebook.remove([sheet.code_id])  # type: ignore[list-item]
        assert book.drawer.page is None


class DescribeCodesThatMayBeOne:
    def it_offers_them_with_the_reason_and_merges(self, book: CodebookPanel, project: Project, qtbot: QtBot) -> None:
        project.codebook.add("Silences")
        near = near_codes(book, qtbot)
        assert near.list.item(0).text() == "Silences  →  Silence\nnames 100 % alike"
        QTest.keyClick(near.list, Qt.Key.Key_Return)
        press(near.confirm, "Merge")
        assert "Silences" not in names(project)
        qtbot.waitUntil(lambda: near.list.count() == 0)

    def it_does_not_offer_again_what_was_said_to_be_two(
        self, book: CodebookPanel, project: Project, qtbot: QtBot
    ) -> None:
        project.codebook.add("Silences")
        near = near_codes(book, qtbot)
        QTest.keyClick(near.list, Qt.Key.Key_Delete)
        assert near.list.count() == 0
        project.undo()
        assert near_codes(book, qtbot).list.count() == 1

    def it_tells_two_of_one_name_apart_by_where_they_stand(
        self, book: CodebookPanel, project: Project, codes: dict[str, CodeId], qtbot: QtBot
    ) -> None:
        project.codebook.add("Gossip", parent_id=codes["Waiting"])
        assert near_codes(book, qtbot).list.item(0).text().startswith("Access › Waiting › Gossip  →  Gossip\n")

    def it_shows_the_words_that_have_both_and_can_put_one_under_the_other(
        self, book: CodebookPanel, project: Project, codes: dict[str, CodeId], qtbot: QtBot
    ) -> None:
        for segment in project.coding.of_code([codes["Waiting"]]):
            project.coding.apply(segment.transcript_id, segment.span, codes["Gossip"])
        near = near_codes(book, qtbot)
        assert near.list.item(0).text() == "Gossip  →  Waiting\n4 of 4 segments lie together, 1 person"
        assert [passage.words for passage in near.meet.tree.shown()] == [
            *("It took months.", "It took months.", "Nobody rang us back.", "Nobody rang us back.")
        ]
        press(near, "Put under it")
        assert dict(rows(project))["Gossip"] == "Waiting"
        qtbot.waitUntil(lambda: near.list.count() == 0)


class DescribeACodebookFromElsewhere:
    def it_shows_what_pasted_lines_would_do_and_does_it_in_one_step(
        self, book: CodebookPanel, project: Project
    ) -> None:
        book.bring_in()
        page = book._bring_in
        assert page is not None
        page.show_text("Trust\n  Confidentiality: kept in the room\nAccess\n  Waiting: time until seen")
        assert page.summary.text() == "1 new code, 1 code changed."
        page.bring_in()
        assert "Confidentiality" in names(project)
        assert project.codebook.all()[0].definition == "time until seen"
        assert project.undo_label == "Import codebook"
        assert book.drawer.page is None
        assert book.chosen() == next(code.id for code in project.codebook.all() if code.name == "Confidentiality")

    def it_reads_a_file(self, book: CodebookPanel, project: Project, tmp_path: Path) -> None:
        file = tmp_path / "codes.csv"
        file.write_text("Code;Description;Category\nLate;After the day said;Access\n", encoding="utf-8-sig")
        book.bring_in()
        assert book._bring_in is not None
        book._bring_in.read(file)
        assert book._bring_in.summary.text() == "1 new code."
        book._bring_in.bring_in()
        late = next(c for c in project.codebook.all() if c.name == "Late")
        assert late.definition == "After the day said"

    def it_says_when_a_file_is_no_codebook(
        self, book: CodebookPanel, workspace: Workspace, qtbot: QtBot, tmp_path: Path
    ) -> None:
        file = tmp_path / "dates.csv"
        file.write_text("Date,Place\n1 May,Hall\n", encoding="utf-8")
        book.bring_in()
        assert book._bring_in is not None
        with qtbot.waitSignal(workspace.refused) as told:
            book._bring_in.read(file)
        assert told.args == ["dates.csv has no column headed Code or Name."]

    @pytest.mark.parametrize("ending", ["xlsx", "docx"])
    def it_goes_out_and_comes_back_the_same(
        self, book: CodebookPanel, workspace: Workspace, qtbot: QtBot, tmp_path: Path, ending: str
    ) -> None:
        target = tmp_path / f"codebook.{ending}"
        with qtbot.waitSignal(workspace.said, timeout=60_000) as told:
            CodebookExport(book.desk, book.drawer).export_to(target)
        assert told.args == [f"Exported codebook.{ending}"]
        book.bring_in()
        assert book._bring_in is not None
        book._bring_in.read(target)
        assert book._bring_in.summary.text() == "4 there already."
        assert not book._bring_in.take.isEnabled()

    def it_takes_codes_that_hold_others_for_themes_when_told_so(self, book: CodebookPanel, project: Project) -> None:
        book.bring_in()
        page = book._bring_in
        assert page is not None
        page.show_text("Code\tParent\nKindness\t\nA cup of tea\tKindness\n")
        assert page.summary.text() == "2 new codes."
        page.themes.click()
        assert page.summary.text() == "1 new code, 1 new theme."
        page.bring_in()
        assert "Kindness" in [theme.name for theme in project.themes.all()]

    def it_says_what_comes_twice(self, book: CodebookPanel) -> None:
        book.bring_in()
        page = book._bring_in
        assert page is not None
        page.show_text("Home\n  Tea\nWork\n  Tea")
        assert page.problems.text() == "“Tea” comes more than once and is brought in where it comes first."
