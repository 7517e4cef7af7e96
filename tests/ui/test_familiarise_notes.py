"""Marks and notes made while reading: by a key, in the margin, in the list of one interview and of all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qualcode.core.project import Project
from qualcode.core.spans import Lines
from qualcode.core.values import Aside, AsideKind, Span, TranscriptId
from qualcode.ui.stages.familiarise import FamiliariseStage
from qualcode.ui.widgets import reading_pane
from qualcode.ui.workspace import Workspace
from tests.helpers.projects import dialogue, land, span_of
from tests.ui.reading import a_stage, noted, opened, press, select, three_interviews


@pytest.fixture
def texts(project: Project) -> dict[str, TranscriptId]:
    return three_interviews(project)


@pytest.fixture
def make_stage(qtbot: QtBot, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Callable[[], FamiliariseStage]:
    monkeypatch.setattr(reading_pane, "REST_MS", 10)
    return lambda: a_stage(qtbot, workspace)


@pytest.fixture
def stage(make_stage: Callable[[], FamiliariseStage], texts: object) -> FamiliariseStage:
    return make_stage()


class DescribeMarking:
    def it_marks_words_as_important_by_a_key(
        self, stage: FamiliariseStage, project: Project, texts: dict[str, TranscriptId]
    ) -> None:
        select(stage, "Nobody rang us ba")
        press(stage, Qt.Key.Key_M)
        assert noted(project, texts["P01 · Wave 1"]) == [("Nobody rang us back", "")]
        assert project.undo_label == "Mark passage"
        project.undo()
        assert noted(project, texts["P01 · Wave 1"]) == []

    def it_takes_the_same_mark_away_again(
        self, stage: FamiliariseStage, project: Project, texts: dict[str, TranscriptId]
    ) -> None:
        for _ in range(2):
            select(stage, "Nobody rang us back")
            press(stage, Qt.Key.Key_M, ctrl=True)
        assert noted(project, texts["P01 · Wave 1"]) == []
        assert project.undo_label == "Unmark passage"

    def it_marks_the_sentence_at_the_caret_when_nothing_is_selected(
        self, stage: FamiliariseStage, project: Project, texts: dict[str, TranscriptId]
    ) -> None:
        view = stage.first.view
        at = span_of(view.row.text, "Nobody rang").start + 3  # type: ignore[union-attr]
        view.reveal(Span(at, at), select=False)
        view.verticalScrollBar().setValue(0)
        press(stage, Qt.Key.Key_M)
        assert noted(project, texts["P01 · Wave 1"]) == [("Nobody rang us back about the waiting list.", "")]

    def it_finds_the_exact_words_after_emoji_and_from_right_to_left(
        self, stage: FamiliariseStage, project: Project, texts: dict[str, TranscriptId]
    ) -> None:
        select(stage, "אנחנו חיכינו")
        press(stage, Qt.Key.Key_M)
        assert noted(project, texts["P01 · Wave 1"]) == [("אנחנו חיכינו", "")]

    def it_leaves_single_keys_alone_when_they_are_switched_off(
        self, stage: FamiliariseStage, project: Project, workspace: Workspace, texts: dict[str, TranscriptId]
    ) -> None:
        workspace.preferences.single_keys = False
        select(stage, "Nobody rang us back")
        press(stage, Qt.Key.Key_M)
        press(stage, Qt.Key.Key_N)
        assert noted(project, texts["P01 · Wave 1"]) == []
        press(stage, Qt.Key.Key_M, ctrl=True)
        assert noted(project, texts["P01 · Wave 1"]) == [("Nobody rang us back", "")]

    def it_asks_for_words_when_the_caret_is_off_the_screen(
        self, stage: FamiliariseStage, workspace: Workspace, qtbot: QtBot
    ) -> None:
        stage.first.view.verticalScrollBar().setValue(stage.first.view.verticalScrollBar().maximum())
        with qtbot.waitSignal(workspace.refused) as refused:
            press(stage, Qt.Key.Key_M)
        assert refused.args == ["Select some words of the transcript first."]


def write(stage: FamiliariseStage, words: str) -> None:
    """Open the field in the margin and type."""
    press(stage, Qt.Key.Key_N)
    field = QApplication.focusWidget()
    assert field is not None
    assert field.accessibleName() == "Note in the margin"
    QTest.keyClicks(field, words)


class DescribeANoteInTheMargin:
    def it_is_typed_beside_its_line_and_kept(
        self, stage: FamiliariseStage, project: Project, texts: dict[str, TranscriptId]
    ) -> None:
        select(stage, "Nobody rang us back")
        write(stage, "Ask P02 as well.")
        assert noted(project, texts["P01 · Wave 1"]) == []
        press(stage, Qt.Key.Key_Return, ctrl=True)
        assert noted(project, texts["P01 · Wave 1"]) == [("Nobody rang us back", "Ask P02 as well.")]
        assert project.undo_label == "Write margin note"
        assert stage.first.view.hasFocus()
        assert stage.side.tabText(1) == "Notes 1"
        project.undo()
        assert noted(project, texts["P01 · Wave 1"]) == []

    def it_is_kept_when_the_field_is_left(
        self, stage: FamiliariseStage, project: Project, texts: dict[str, TranscriptId]
    ) -> None:
        select(stage, "Nobody rang us back")
        write(stage, "Ask P02.")
        stage.list.tree.setFocus()
        assert noted(project, texts["P01 · Wave 1"]) == [("Nobody rang us back", "Ask P02.")]

    def it_is_kept_when_the_project_is_closed_over_it(
        self, stage: FamiliariseStage, project: Project, workspace: Workspace, texts: dict[str, TranscriptId]
    ) -> None:
        select(stage, "Nobody rang us back")
        write(stage, "Ask P02.")
        path = project.path
        workspace.take(None)
        with Project.open(path, coder="Ada") as again:
            assert noted(again, texts["P01 · Wave 1"]) == [("Nobody rang us back", "Ask P02.")]

    def it_can_be_abandoned(self, stage: FamiliariseStage, project: Project, texts: dict[str, TranscriptId]) -> None:
        select(stage, "Nobody rang us back")
        write(stage, "Never mind")
        press(stage, Qt.Key.Key_Escape)
        assert noted(project, texts["P01 · Wave 1"]) == []
        assert stage.first.view.hasFocus()

    def it_is_edited_and_removed_in_place(
        self, stage: FamiliariseStage, project: Project, texts: dict[str, TranscriptId]
    ) -> None:
        here = texts["P01 · Wave 1"]
        project.memos.mark(here, span_of(project.transcripts.text(here), "Nobody rang us back"), "Old words")
        select(stage, "Nobody rang us back")
        write(stage, "New words")
        press(stage, Qt.Key.Key_Return, ctrl=True)
        assert noted(project, here) == [("Nobody rang us back", "New words")]
        assert project.undo_label == "Edit margin note"
        press(stage, Qt.Key.Key_Delete)
        assert noted(project, here) == []
        assert project.undo_label == "Delete margin note"

    def it_goes_when_its_words_are_taken_out(
        self, stage: FamiliariseStage, project: Project, texts: dict[str, TranscriptId]
    ) -> None:
        here = texts["P01 · Wave 1"]
        project.memos.mark(here, span_of(project.transcripts.text(here), "Nobody rang us back"), "Old words")
        select(stage, "Nobody rang us back")
        press(stage, Qt.Key.Key_N)
        press(stage, Qt.Key.Key_Backspace)
        press(stage, Qt.Key.Key_Return, ctrl=True)
        assert noted(project, here) == []

    def it_never_lies_over_another(self, stage: FamiliariseStage, project: Project, qtbot: QtBot) -> None:
        here = stage.first.transcript
        assert here is not None
        for number in range(12):
            project.memos.mark(here.id, Span(10 + number, 30 + number), f"Note {number}, with words enough to wrap.")
        margin = stage.first.view.margin
        assert margin is not None
        places = margin.places()
        assert len(places) == 12
        assert all(upper.top + upper.height < lower.top for upper, lower in pairwise(places))


class DescribeANarrowMargin:
    """Beside a narrow page the margin is a strip of signs, so that the words have the room."""

    @pytest.fixture
    def narrow(self, stage: FamiliariseStage, project: Project, qtbot: QtBot) -> FamiliariseStage:
        here = stage.first.transcript
        assert here is not None
        project.memos.mark(here.id, span_of(here.text, "Nobody rang us back"), "Ask P02 as well.")
        project.memos.mark(here.id, span_of(here.text, "months"))
        stage.resize(760, 700)
        margin = stage.first.view.margin
        assert margin is not None
        qtbot.waitUntil(lambda: margin.is_strip)
        return stage

    def it_leaves_the_page_its_width(self, narrow: FamiliariseStage) -> None:
        view = narrow.first.view
        assert view.margin is not None
        assert view.margin.width() < 40
        assert view.viewport().width() > 0.75 * view.width()

    def it_opens_at_a_click_on_a_sign_and_folds_at_one_on_the_page(self, narrow: FamiliariseStage) -> None:
        view, margin = narrow.first.view, narrow.first.view.margin
        assert margin is not None
        place = margin.places()[1]
        assert place.note.text == "Ask P02 as well."
        QTest.mouseClick(margin, Qt.MouseButton.LeftButton, pos=QPoint(8, round(place.top) + 8))
        assert not margin.is_strip
        assert margin.width() > 200
        assert narrow.side.currentWidget() is narrow.notes
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 200))
        assert margin.is_strip

    def it_is_open_while_a_note_is_typed(self, narrow: FamiliariseStage, project: Project) -> None:
        margin = narrow.first.view.margin
        assert margin is not None
        select(narrow, "we waited and waited")
        write(narrow, "Twice.")
        assert margin.width() > 200
        press(narrow, Qt.Key.Key_Return, ctrl=True)
        assert margin.is_strip
        assert ("we waited and waited", "Twice.") in noted(project, narrow.first.transcript.id)  # type: ignore[union-attr]

    def it_takes_its_place_again_where_there_is_room(self, narrow: FamiliariseStage, qtbot: QtBot) -> None:
        margin = narrow.first.view.margin
        assert margin is not None
        narrow.resize(1400, 700)
        qtbot.waitUntil(lambda: margin.width() > 200)
        assert not margin.is_strip

    def it_keeps_a_long_note_on_the_screen_while_it_grows(self, stage: FamiliariseStage) -> None:
        view = stage.first.view
        last = max(turn.span.start for turn in view.row.turns)  # type: ignore[union-attr]
        view.reveal(Span(last, last + 9))
        write(stage, "")
        field = QApplication.focusWidget()
        for _ in range(9):
            press(stage, Qt.Key.Key_Return)
        assert field is not None
        assert field.geometry().bottom() <= view.margin.height()  # type: ignore[union-attr]
        press(stage, Qt.Key.Key_Escape)


class DescribeTheListOfNotes:
    @pytest.fixture
    def noted_stage(self, make_stage: Callable[[], FamiliariseStage], project: Project) -> FamiliariseStage:
        said = dialogue(("Interviewer", "And?"), ("Participant", "We waited. " * 300 + "The end."), name="aside")
        asides = (Aside(AsideKind.HEADER, "By telephone"), Aside(AsideKind.COMMENT, "Check the date", 20))
        _, transcript_id = land(project, replace(said, asides=asides), people=[project.people.add("P01")])
        text = project.transcripts.text(transcript_id)
        project.memos.mark(transcript_id, Span(5, 14))
        project.memos.mark(transcript_id, span_of(text, "The end."), "Quote this")
        return make_stage()

    def it_has_notes_marks_and_what_the_file_brought_in_order(self, noted_stage: FamiliariseStage) -> None:
        rows = noted_stage.notes.list
        text = noted_stage.first.view.row.text  # type: ignore[union-attr]
        line = Lines(text).number(text.index("The end."))
        assert line > 40
        assert [rows.item(n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(rows.count())] == [
            "File header: By telephone",
            "Line 2 · Marked: “We waited”",
            "Line 2 · File comment: Check the date",
            f"Line {line} · Note: Quote this",
        ]

    def it_goes_to_the_place_edits_and_removes(self, noted_stage: FamiliariseStage, project: Project) -> None:
        rows, view = noted_stage.notes.list, noted_stage.first.view
        assert view.row is not None
        noted_stage.side.setCurrentWidget(noted_stage.notes)
        rows.setFocus()
        rows.setCurrentRow(3)
        QTest.keyClick(rows, Qt.Key.Key_Return)
        assert view.visible_span().end == len(view.row.text)
        QTest.keyClick(rows, Qt.Key.Key_F2)
        field = QApplication.focusWidget()
        assert field is not None
        assert field.accessibleName() == "Note in the margin"
        QTest.keyClick(field, Qt.Key.Key_Escape)
        rows.setFocus()
        rows.setCurrentRow(1)
        QTest.keyClick(rows, Qt.Key.Key_Delete)
        assert [text for _, text in noted(project, view.row.id)] == ["Quote this"]
        rows.setCurrentRow(1)
        assert rows.currentItem().text() == "Check the date"
        QTest.keyClick(rows, Qt.Key.Key_Delete)
        assert rows.count() == 3

    def it_says_how_to_begin_when_it_is_empty(self, stage: FamiliariseStage) -> None:
        stage.side.setCurrentWidget(stage.notes)
        assert stage.notes.empty.isVisible()
        assert "press M" in stage.notes.empty.text()

    def it_shows_what_was_marked_in_all_interviews_and_goes_there(
        self, stage: FamiliariseStage, project: Project, texts: dict[str, TranscriptId], qtbot: QtBot
    ) -> None:
        for title, words, note in (
            ("P01 · Wave 2", "the list grew", ""),
            ("P01 · Wave 1", "Nobody rang us back", "Ask P02."),
        ):
            text = project.transcripts.text(texts[title])
            project.memos.mark(texts[title], span_of(text, words), note)
        stage.side.setCurrentWidget(stage.notes)
        rows = stage.notes.list
        assert rows.count() == 1
        stage.notes.scope.pick("In all interviews")
        assert [rows.item(n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(rows.count())] == [
            "P01 · Wave 1 · Note: Ask P02. “Nobody rang us back”",
            "P01 · Wave 2 · Marked: “the list grew”",
        ]
        rows.setFocus()
        rows.setCurrentRow(1)
        QTest.keyClick(rows, Qt.Key.Key_Return)
        assert opened(stage) == "P01 · Wave 2"
        assert rows.count() == 2
        QTest.keyClick(rows, Qt.Key.Key_Delete)
        assert noted(project, texts["P01 · Wave 2"]) == []
        assert rows.count() == 1
        rows.setCurrentRow(0)
        QTest.keyClick(rows, Qt.Key.Key_F2)
        assert opened(stage) == "P01 · Wave 1"
        field = QApplication.focusWidget()
        assert field is not None
        assert field.accessibleName() == "Note in the margin"
        press(stage, Qt.Key.Key_Escape)
