"""The codebook panel and its drawer: moved, merged, defined, brought in and looked through by keys and words."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from qualcode.core.project import Project
from qualcode.core.values import CodeId
from qualcode.ui.models.codebook import MIME_CODES
from qualcode.ui.stages.code import CodeStage
from qualcode.ui.widgets.codebook import CodebookPanel
from qualcode.ui.widgets.codebook_export import CodebookExport
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


def press(within: QWidget, words: str) -> None:
    """Press the button one sees."""
    found = [b for b in within.findChildren(QAbstractButton) if b.isVisible() and b.text() == words]
    found[0].click()


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
        book.ask_merge()
        QTest.keyClicks(book._chooser.field, "Wait")
        QTest.keyClick(book._chooser.field, Qt.Key.Key_Return)
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


class DescribeMoving:
    def it_gathers_chosen_codes_under_a_theme_in_one_step(
        self, book: CodebookPanel, project: Project, codes: dict[str, CodeId]
    ) -> None:
        book.tree.choose([codes["Delay"], codes["Gossip"]])
        book.ask_theme()
        QTest.keyClicks(book._chooser.field, "Trust")
        QTest.keyClick(book._chooser.field, Qt.Key.Key_Return)
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
        sheet.used.tree.choose_first()
        press(sheet, "Use as example")
        code = project.codebook.all()[0]
        assert code.example == "It took months."
        assert code.redefined_at is None

    def it_tells_the_history(self, sheet: CodeSheet, project: Project) -> None:
        project.codebook.rename(sheet.code_id, "Queue")  # type: ignore[arg-type]
        assert sheet.past.item(0).text().startswith("Renamed from “Waiting” to “Queue”")
        project.undo()
        assert sheet.past.item(0).text().startswith("Renamed from “Waiting” to “Queue” (undone since)")

    def it_closes_and_gives_the_focus_back(self, sheet: CodeSheet, book: CodebookPanel) -> None:
        book.drawer.close_drawer()
        assert QApplication.focusWidget() is book.tree

    def it_goes_when_its_code_goes(self, sheet: CodeSheet, book: CodebookPanel, project: Project) -> None:
        project.codebook.remove([sheet.code_id])  # type: ignore[list-item]
        assert book.drawer.page is None


class DescribeCodesThatMayBeOne:
    def it_offers_them_with_the_reason_and_merges(self, book: CodebookPanel, project: Project) -> None:
        project.codebook.add("Silences")
        book.find_near()
        near = book._near
        assert near is not None
        assert near.list.item(0).text() == "Silences  →  Silence\nnames 100 % alike"
        QTest.keyClick(near.list, Qt.Key.Key_Return)
        press(near.confirm, "Merge")
        assert "Silences" not in names(project)
        assert near.list.count() == 0

    def it_does_not_offer_again_what_was_said_to_be_two(self, book: CodebookPanel, project: Project) -> None:
        project.codebook.add("Silences")
        book.find_near()
        near = book._near
        assert near is not None
        QTest.keyClick(near.list, Qt.Key.Key_Delete)
        assert near.list.count() == 0
        project.undo()
        book.find_near()
        assert near.list.count() == 1


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
