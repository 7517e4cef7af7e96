"""The Familiarise stage, read, marked and searched as an analyst would: by keys, by visible words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from qualcode.core.memos import PEN_PORTRAIT
from qualcode.core.project import Project
from qualcode.core.rows import InterviewRow
from qualcode.core.spans import Lines
from qualcode.core.values import Aside, AsideKind, InterviewId, Span, TranscriptId
from qualcode.ui.stages.familiarise import FamiliariseStage
from qualcode.ui.widgets import reading_pane
from qualcode.ui.widgets.correct_words import CorrectWords
from qualcode.ui.widgets.dress import Dress
from qualcode.ui.workspace import Workspace
from tests.helpers.projects import a_project, code_words, dialogue, land, span_of
from tests.ui.showing import on_screen

FIRST = (
    "Well 👩‍👩‍👧, é it took months. Nobody rang us back about the waiting list.\nאנחנו חיכינו, we waited and waited."
)
A_LINE = 72
MORE = "There was a room, always the same room, and nobody knocked. We kept waiting for the letter. " * 4


def a_long_interview(project: Project, pseudonym: str, wave: str, answer: str) -> TranscriptId:
    person = project.people.find(pseudonym) or project.people.add(pseudonym)
    said = [("Interviewer", "How long was the waiting 😀?"), ("Participant", answer)]
    for number in range(12):
        said += [("Interviewer", f"And after that, number {number}?"), ("Participant", MORE)]
    transcript = dialogue(*said, name=f"{pseudonym} {wave}")
    wave_id = project.waves.find(wave) or project.waves.add(wave)
    return land(project, transcript, title=f"{pseudonym} · {wave}", wave_id=wave_id, people=[person])[1]


@pytest.fixture
def texts(project: Project) -> dict[str, TranscriptId]:
    """Three interviews in two waves."""
    with project.step("Fill the project"):
        found = {
            "P01 · Wave 1": a_long_interview(project, "P01", "Wave 1", FIRST),
            "P02 · Wave 1": a_long_interview(project, "P02", "Wave 1", "The mentor helped, the mentor listened."),
            "P01 · Wave 2": a_long_interview(project, "P01", "Wave 2", "The mentor left and the list grew."),
        }
        role = project.people.add_attribute("Role", "choice", ["Parent", "Mentor"])
        for pseudonym, value in (("P01", "Parent"), ("P02", "Mentor")):
            project.people.set_value(project.people.find(pseudonym), role, value)  # type: ignore[arg-type]
    return found


@pytest.fixture
def make_stage(qtbot: QtBot, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Callable[[], FamiliariseStage]:
    monkeypatch.setattr(reading_pane, "REST_MS", 10)

    def make() -> FamiliariseStage:
        found = on_screen(qtbot, workspace, FamiliariseStage(workspace))
        found.activateWindow()
        if workspace.project.transcripts.interviews():
            found.first.view.setFocus()
            qtbot.waitUntil(found.first.view.hasFocus)
        return found

    return make


@pytest.fixture
def stage(make_stage: Callable[[], FamiliariseStage], texts: object) -> FamiliariseStage:
    return make_stage()


def press(stage: FamiliariseStage, key: Qt.Key, *, ctrl: bool = False, shift: bool = False) -> None:
    held = Qt.KeyboardModifier.NoModifier
    held |= Qt.KeyboardModifier.ControlModifier if ctrl else held
    held |= Qt.KeyboardModifier.ShiftModifier if shift else held
    QTest.keyClick(QApplication.focusWidget() or stage, key, held)


def select(stage: FamiliariseStage, words: str) -> None:
    view = stage.active.view
    view.setFocus()
    view.select(span_of(view.row.text, words))  # type: ignore[union-attr]


def listed(stage: FamiliariseStage) -> list[str]:
    """What the list of interviews says, wave by wave."""
    model, found = stage.list.model, []
    for wave in range(model.rowCount()):
        above = model.index(wave, 0)
        rows = [above, *(model.index(n, 0, above) for n in range(model.rowCount(above)))]
        found += [row.data(Qt.ItemDataRole.AccessibleTextRole) for row in rows]
    return found


def noted(project: Project, transcript_id: TranscriptId) -> list[tuple[str, str]]:
    """The marks and notes of a transcript: the words each stands on, and what it says."""
    text = project.transcripts.text(transcript_id)
    return [(m.span.of(text), m.text) for m in project.memos.of_transcript(transcript_id) if m.span]


def reached(project: Project) -> dict[InterviewId, int]:
    return {r.interview_id: r.reached for r in project.readings.all() if r.reached}


def interviews(stage: FamiliariseStage) -> list[InterviewRow]:
    return stage.workspace.project.transcripts.interviews()


def opened(stage: FamiliariseStage) -> str:
    assert stage.active.interview is not None
    return stage.active.interview.title


def found_words(qtbot: QtBot, stage: FamiliariseStage, words: str) -> list[str]:
    """Look for words in context; what the list of places says."""
    concordance = stage.words.concordance
    concordance.field.clear()
    QTest.keyClicks(concordance.field, words)
    QTest.keyClick(concordance.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stage.workspace.operations.idle and "Searching" not in concordance.summary.text())
    model = concordance.model
    return [model.index(n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(model.rowCount())]


def terms(stage: FamiliariseStage) -> dict[str, list[str]]:
    model = stage.words.terms.model
    columns = range(1, model.columnCount())
    return {model.index(n, 0).data(): [model.index(n, c).data() for c in columns] for n in range(model.rowCount())}


def counted(qtbot: QtBot, stage: FamiliariseStage) -> dict[str, list[str]]:
    qtbot.waitUntil(lambda: bool(stage.words.terms.model.rowCount()) and not stage.words.terms.state.text())
    return terms(stage)


class DescribeTheInterviews:
    def it_lists_them_by_wave_with_how_far_each_is_read(
        self, stage: FamiliariseStage, project: Project, texts: dict[str, TranscriptId]
    ) -> None:
        first, second, _ = project.transcripts.interviews()
        project.readings.mark_read(first.id)
        project.readings.reach(second.id, second.length // 2)
        stage.load()
        assert listed(stage) == [
            "Wave 1, 1 of 2 read",
            "P01 · Wave 1, read",
            "P02 · Wave 1, 50 %",
            "Wave 2, 0 of 1 read",
            "P01 · Wave 2, unread",
        ]

    def it_opens_the_next_unread_by_a_key_and_comes_round_again(
        self, stage: FamiliariseStage, project: Project
    ) -> None:
        assert opened(stage) == "P01 · Wave 1"
        press(stage, Qt.Key.Key_U)
        assert opened(stage) == "P02 · Wave 1"
        press(stage, Qt.Key.Key_D, ctrl=True)
        assert project.summary().read == 1
        press(stage, Qt.Key.Key_U, ctrl=True)
        press(stage, Qt.Key.Key_U, ctrl=True)
        assert opened(stage) == "P01 · Wave 1"
        press(stage, Qt.Key.Key_U, ctrl=True)
        assert opened(stage) == "P01 · Wave 2"

    def it_says_when_nothing_is_left_to_read(
        self, stage: FamiliariseStage, project: Project, workspace: Workspace, qtbot: QtBot
    ) -> None:
        for interview in project.transcripts.interviews():
            project.readings.mark_read(interview.id)
        with qtbot.waitSignal(workspace.said) as said:
            press(stage, Qt.Key.Key_U)
        assert said.args == ["There is no other unread interview."]
        assert not stage.list.next.isEnabled()

    def it_marks_as_read_and_takes_it_back(self, stage: FamiliariseStage, project: Project) -> None:
        assert stage.first.done.text() == "Mark as read"
        stage.first.done.click()
        assert stage.first.done.text() == "✓ Read"
        assert project.undo_label == "Mark as read"
        project.undo()
        assert stage.first.done.text() == "Mark as read"

    def it_shows_another_readers_progress(self, stage: FamiliariseStage, project: Project) -> None:
        *_, last = project.transcripts.interviews()
        project.work_as("Ben")
        project.readings.mark_read(last.id)
        project.work_as("Ada")
        stage.load()
        entries = [stage.list.reader.itemText(n) for n in range(stage.list.reader.count())]
        assert entries == ["You · 0 of 3 read", "Ben · 1 of 3 read"]
        assert listed(stage)[-1] == "P01 · Wave 2, unread"
        stage.list.reader.setCurrentIndex(1)
        stage.list.reader.activated.emit(1)
        assert listed(stage)[-1] == "P01 · Wave 2, read"

    def it_filters_and_opens_with_return(self, stage: FamiliariseStage) -> None:
        QTest.keyClicks(stage.list.filter, "wave 2")
        assert listed(stage) == ["Wave 2, 0 of 1 read", "P01 · Wave 2, unread"]
        stage.list.choose(interviews(stage)[2].id)
        QTest.keyClick(stage.list.tree, Qt.Key.Key_Return)
        assert opened(stage) == "P01 · Wave 2"

    def it_goes_from_one_to_the_next(self, stage: FamiliariseStage) -> None:
        press(stage, Qt.Key.Key_PageDown, ctrl=True)
        assert opened(stage) == "P02 · Wave 1"
        press(stage, Qt.Key.Key_PageUp, ctrl=True)
        press(stage, Qt.Key.Key_PageUp, ctrl=True)
        assert opened(stage) == "P01 · Wave 1"

    def it_says_what_to_do_when_there_are_none(
        self, make_stage: Callable[[], FamiliariseStage], workspace: Workspace, qtbot: QtBot
    ) -> None:
        stage = make_stage()
        button = next(b for b in stage.findChildren(QPushButton) if b.text() == "Import transcripts")
        assert button.isVisible()
        with qtbot.waitSignal(workspace.stage_asked) as asked:
            button.click()
        assert asked.args == ["prepare"]

    def it_takes_up_the_first_that_arrives_and_lets_go_of_one_that_is_removed(
        self, make_stage: Callable[[], FamiliariseStage], project: Project
    ) -> None:
        stage = make_stage()
        a_long_interview(project, "P05", "Wave 1", "Hello.")
        assert opened(stage) == "P05 · Wave 1"
        a_long_interview(project, "P06", "Wave 1", "Hello again.")
        project.transcripts.remove([project.transcripts.interviews()[0].id])
        assert opened(stage) == "P06 · Wave 1"


class DescribeTheReadersPlace:
    def it_is_kept_while_the_page_rests_without_an_entry_for_undo(
        self, stage: FamiliariseStage, project: Project, qtbot: QtBot
    ) -> None:
        before = project.undo_label
        qtbot.waitUntil(lambda: len(reached(project)) == 1)
        (seen,) = reached(project).values()
        press(stage, Qt.Key.Key_PageDown)
        qtbot.waitUntil(lambda: max(reached(project).values()) > seen)
        assert project.undo_label == before
        assert listed(stage)[1].endswith("%")

    def it_does_not_count_what_was_jumped_over(
        self, stage: FamiliariseStage, project: Project, texts: dict[str, TranscriptId], qtbot: QtBot
    ) -> None:
        qtbot.waitUntil(lambda: len(reached(project)) == 1)
        length = project.transcripts.interviews()[0].length
        stage.show_place(texts["P01 · Wave 1"], Span(length - 20, length))
        qtbot.waitUntil(lambda: stage.first.view.visible_span().end >= length - 20)
        stage.hide()
        assert max(reached(project).values()) < length / 2

    def it_is_where_reading_goes_on(
        self, stage: FamiliariseStage, make_stage: Callable[[], FamiliariseStage], project: Project, qtbot: QtBot
    ) -> None:
        for _ in range(3):
            press(stage, Qt.Key.Key_PageDown)
        furthest = stage.first.view.visible_span().end
        stage.hide()
        assert reached(project) == {interviews(stage)[0].id: furthest}
        again = make_stage()
        qtbot.waitUntil(lambda: again.first.view.visible_span().start > 0)
        shown = again.first.view.visible_span()
        assert shown.start < furthest <= shown.end + 70

    def it_stays_when_one_looks_elsewhere_and_comes_back(self, stage: FamiliariseStage, qtbot: QtBot) -> None:
        for _ in range(3):
            press(stage, Qt.Key.Key_PageDown)
        top = stage.first.view.visible_span().start
        stage.step(1)
        qtbot.waitUntil(lambda: stage.first.view.visible_span().start == 0)
        stage.step(-1)
        qtbot.waitUntil(lambda: 0 <= top - stage.first.view.visible_span().start < A_LINE)


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


class DescribeThePerson:
    def it_shows_attributes_and_writes_the_pen_portrait_in_place(
        self, stage: FamiliariseStage, project: Project
    ) -> None:
        shown = [w.text() for w in stage.person.findChildren(QWidget) if hasattr(w, "text") and w.isVisible()]
        assert {"P01", "Role", "Parent", "P01 · Wave 2"} <= set(shown)
        stage.person.portrait.setFocus()
        QTest.keyClicks(stage.person.portrait, "A quiet man.")
        stage.first.view.setFocus()
        person = project.people.find("P01")
        assert person is not None
        assert [(m.kind, m.text) for m in project.memos.of_participant(person)] == [(PEN_PORTRAIT, "A quiet man.")]
        assert project.undo_label == "Write pen portrait"
        stage.step(2)
        assert opened(stage) == "P01 · Wave 2"
        assert stage.person.portrait.toPlainText() == "A quiet man."
        stage.person.portrait.setFocus()
        stage.person.portrait.selectAll()
        QTest.keyClick(stage.person.portrait, Qt.Key.Key_Delete)
        stage.first.view.setFocus()
        assert project.memos.of_participant(person) == []
        project.undo()
        assert stage.person.portrait.toPlainText() == "A quiet man."

    def it_keeps_notes_on_the_interview_even_when_the_stage_is_left_at_once(
        self, stage: FamiliariseStage, project: Project
    ) -> None:
        QTest.keyClicks(stage.person.note, "Telephone, bad line.")
        stage.hide()
        first, second, _ = project.transcripts.interviews()
        assert [m.text for m in project.memos.of_interview(first.id)] == ["Telephone, bad line."]
        stage.show()
        stage.open_interview(second.id)
        assert stage.person.note.toPlainText() == ""

    def it_leads_to_the_persons_other_interviews(self, stage: FamiliariseStage) -> None:
        link = next(b for b in stage.person.findChildren(QPushButton) if b.text() == "P01 · Wave 2")
        link.click()
        assert opened(stage) == "P01 · Wave 2"


class DescribeWordsInContext:
    def it_finds_what_participants_say_and_opens_the_place(self, stage: FamiliariseStage, qtbot: QtBot) -> None:
        press(stage, Qt.Key.Key_F, ctrl=True)
        assert stage.words.isVisible()
        rows = found_words(qtbot, stage, "mentor left")
        assert rows == ["P01, P01 · Wave 2: The mentor left and the list grew."]
        qtbot.waitUntil(lambda: stage.words.concordance.list.currentIndex().isValid())
        QTest.keyClick(stage.words.concordance.list, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: stage.first.view.selected_span() is not None)
        assert opened(stage) == "P01 · Wave 2"
        span = stage.first.view.selected_span()
        assert span is not None
        assert span.of(stage.first.view.row.text) == "mentor left"  # type: ignore[union-attr]

    def it_counts_people_over_their_base_and_by_wave(self, stage: FamiliariseStage, qtbot: QtBot) -> None:
        press(stage, Qt.Key.Key_F, ctrl=True)
        assert len(found_words(qtbot, stage, "mentor")) == 3
        assert stage.words.concordance.summary.text() == "2 of 2 people   3 places   Wave 1: 1 of 2   Wave 2: 1 of 1"

    def it_looks_at_the_interviewers_when_asked_to_and_at_one_wave(self, stage: FamiliariseStage, qtbot: QtBot) -> None:
        press(stage, Qt.Key.Key_F, ctrl=True)
        concordance = stage.words.concordance
        assert found_words(qtbot, stage, "after that") == []
        assert concordance.hint.text().startswith("Nobody says “after that”.")
        concordance.voices.setCurrentIndex(1)
        assert len(found_words(qtbot, stage, "after that")) == 36
        concordance.wave.setCurrentIndex(2)
        assert len(found_words(qtbot, stage, "after that")) == 12

    def it_follows_what_is_imported_meanwhile(self, stage: FamiliariseStage, project: Project, qtbot: QtBot) -> None:
        press(stage, Qt.Key.Key_F, ctrl=True)
        assert found_words(qtbot, stage, "zebra") == []
        a_long_interview(project, "P09", "Wave 2", "A zebra, of all things.")
        qtbot.waitUntil(lambda: stage.words.concordance.model.rowCount() == 1)

    def it_looks_for_the_words_selected_in_the_text(self, stage: FamiliariseStage, qtbot: QtBot) -> None:
        select(stage, "rang us back")
        press(stage, Qt.Key.Key_F, ctrl=True)
        qtbot.waitUntil(lambda: stage.words.concordance.model.rowCount() == 1)
        assert stage.words.concordance.field.text() == "rang us back"

    def it_closes_with_escape(self, stage: FamiliariseStage) -> None:
        press(stage, Qt.Key.Key_F, ctrl=True)
        press(stage, Qt.Key.Key_Escape)
        assert not stage.words.isVisible()
        assert stage.first.view.hasFocus()


class DescribeFrequentTerms:
    def it_counts_people_first_and_leads_to_the_places(self, stage: FamiliariseStage, qtbot: QtBot) -> None:
        press(stage, Qt.Key.Key_T, ctrl=True)
        assert counted(qtbot, stage)["mentor"] == ["2", "3"]
        table = stage.words.terms.table
        names = [stage.words.terms.model.index(n, 0).data() for n in range(stage.words.terms.model.rowCount())]
        table.setCurrentIndex(stage.words.terms.model.index(names.index("mentor"), 0))
        QTest.keyClick(table, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: stage.words.concordance.model.rowCount() == 3)
        assert stage.words.concordance.field.text() == "mentor"

    def it_compares_waves_and_groups_each_with_its_base(self, stage: FamiliariseStage, qtbot: QtBot) -> None:
        press(stage, Qt.Key.Key_T, ctrl=True)
        counted(qtbot, stage)
        by, model = stage.words.terms.by, stage.words.terms.model

        def heads() -> list[str]:
            return [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]

        for words, expected, mentor in (
            ("By wave", ["Wave 1, of 2", "Wave 2, of 1"], ["1 · 2", "1 · 1"]),
            ("By Role", ["Mentor, of 1", "Parent, of 1"], ["1 · 2", "1 · 1"]),
        ):
            by.setCurrentText(words)
            by.activated.emit(by.currentIndex())
            qtbot.waitUntil(lambda e=expected: heads()[3:] == e)
            assert terms(stage)["mentor"] == ["2", "3", *mentor]
        assert heads()[:3] == ["Word or phrase", "People of 2 ↓", "Uses"]

    def it_leaves_a_word_out_and_takes_it_back_in(
        self, stage: FamiliariseStage, project: Project, qtbot: QtBot
    ) -> None:
        press(stage, Qt.Key.Key_T, ctrl=True)
        counted(qtbot, stage)
        model, table = stage.words.terms.model, stage.words.terms.table
        names = [model.index(n, 0).data() for n in range(model.rowCount())]
        table.setCurrentIndex(model.index(names.index("mentor"), 0))
        QTest.keyClick(table, Qt.Key.Key_Delete)
        assert project.undo_label == "Leave out “mentor”"
        qtbot.waitUntil(lambda: "mentor" not in terms(stage))
        project.undo()
        qtbot.waitUntil(lambda: "mentor" in terms(stage))

    def it_edits_the_words_left_out(self, stage: FamiliariseStage, project: Project, qtbot: QtBot) -> None:
        press(stage, Qt.Key.Key_T, ctrl=True)
        counted(qtbot, stage)
        stage.words.terms.left_out_button.click()
        words = stage.words.terms.left_out
        QTest.keyClicks(words.field, "mentor")
        QTest.keyClick(words.field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: "mentor" not in terms(stage))
        assert words.list.item(0).text() == "mentor  (added here)"
        words.list.setCurrentRow(0)
        QTest.keyClick(words.list, Qt.Key.Key_Delete)
        qtbot.waitUntil(lambda: "mentor" in terms(stage))
        assert project.undo_label == "Count “mentor” again"

    def it_shows_only_phrases_when_asked(self, stage: FamiliariseStage, qtbot: QtBot) -> None:
        press(stage, Qt.Key.Key_T, ctrl=True)
        counted(qtbot, stage)
        stage.words.terms.length.setCurrentIndex(2)
        stage.words.terms.length.activated.emit(2)
        assert terms(stage)
        assert all(len(words.split()) == 2 for words in terms(stage))


class DescribeSideBySide:
    def it_reads_two_transcripts_and_the_list_speaks_to_the_one_with_the_cursor(self, stage: FamiliariseStage) -> None:
        press(stage, Qt.Key.Key_F8)
        assert stage.second.isVisible()
        assert [p.interview.title for p in (stage.first, stage.second) if p.interview] == [
            "P01 · Wave 1",
            "P02 · Wave 1",
        ]
        stage.open_interview(interviews(stage)[2].id)
        assert opened(stage) == "P01 · Wave 2"
        assert stage.second.interview == interviews(stage)[2]
        stage.first.view.setFocus()
        assert opened(stage) == "P01 · Wave 1"
        press(stage, Qt.Key.Key_F8)
        assert not stage.second.isVisible()

    def it_writes_a_note_in_the_one_that_is_active(
        self, stage: FamiliariseStage, project: Project, texts: dict[str, TranscriptId]
    ) -> None:
        stage.open_beside(interviews(stage)[1].id)
        select(stage, "the mentor listened")
        press(stage, Qt.Key.Key_M)
        assert noted(project, texts["P02 · Wave 1"]) == [("the mentor listened", "")]
        assert stage.notes.list.count() == 1

    def it_opens_beside_with_shift_and_return(self, stage: FamiliariseStage) -> None:
        stage.list.choose(interviews(stage)[2].id)
        QTest.keyClick(stage.list.tree, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        assert stage.second.isVisible()
        assert opened(stage) == "P01 · Wave 2"


class DescribeThePage:
    def it_is_set_as_the_reader_likes_and_remembers_it(
        self, stage: FamiliariseStage, make_stage: Callable[[], FamiliariseStage], workspace: Workspace
    ) -> None:
        for _ in range(2):
            press(stage, Qt.Key.Key_PageDown)
        view = stage.first.view
        top, before = view.visible_span().start, view.font().pixelSize()
        for name in ("Larger letters", "Lines further apart", "Shorter lines"):
            next(b for b in stage.dress.findChildren(QPushButton) if b.accessibleName() == name).click()
        assert view.font().pixelSize() == before + 1
        assert abs(view.visible_span().start - top) <= 80
        kept = type(workspace.preferences).load()
        assert (kept.reading_size, kept.reading_leading, kept.reading_measure) == (16, 170, 60)
        assert make_stage().first.view.dress == view.dress

    def it_shows_codes_only_when_they_are_switched_on(
        self, stage: FamiliariseStage, project: Project, texts: dict[str, TranscriptId], workspace: Workspace
    ) -> None:
        code_words(project, texts["P01 · Wave 1"], "Nobody rang us back", project.codebook.add("Waiting"))
        assert stage.first.view.stripes == []
        workspace.preferences.reading_codes = True
        stage.dress.dressed.emit(Dress.preferred(workspace.preferences))
        assert [s.label for s in stage.first.view.stripes] == ["Waiting"]

    def it_brings_a_preference_out_of_bounds_back_inside(self, workspace: Workspace) -> None:
        workspace.preferences.reading_size, workspace.preferences.reading_measure = 500, 1
        dress = Dress.preferred(workspace.preferences)
        assert (dress.size, dress.measure) == (29, 40)


class DescribeAnotherProject:
    def it_leaves_nothing_of_the_one_before(
        self, stage: FamiliariseStage, workspace: Workspace, qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        press(stage, Qt.Key.Key_F, ctrl=True)
        assert found_words(qtbot, stage, "mentor")
        other = a_project(tmp_path_factory.mktemp("other"))
        a_long_interview(other, "P77", "Later", "Nothing like it.")
        workspace.take(other)
        stage.load()
        assert opened(stage) == "P77 · Later"
        assert stage.words.concordance.model.rowCount() == 0
        assert not stage.words.isVisible()
        assert all(i in {x.id for x in other.transcripts.interviews()} for i in reached(other))


class DescribeAccess:
    def it_names_everything_that_takes_the_focus(self, stage: FamiliariseStage, qtbot: QtBot) -> None:
        stage.toggle_second()
        stage.words.show()
        for tab in (stage.words.concordance, stage.words.terms):
            stage.words.tabs.setCurrentWidget(tab)
            for widget in stage.findChildren(QWidget):
                if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
                    found = QAccessible.queryAccessibleInterface(widget)
                    assert found.text(QAccessible.Text.Name), widget
        qtbot.waitUntil(lambda: stage.workspace.operations.idle)

    def it_has_panes_to_go_round_in_reading_order(self, stage: FamiliariseStage) -> None:
        names = [pane.accessibleName() for pane in stage.panes() if pane.isVisible()]
        assert names == ["Interviews by wave", "Transcript P01 · Wave 1", "Person, notes"]

    def it_offers_the_same_acts_in_a_menu_at_the_text(self, stage: FamiliariseStage) -> None:
        select(stage, "Nobody rang us back")
        shown = [action.text() for action in stage.first.menu().actions() if action.text()]
        assert [words.split("\t")[0] for words in shown] == [
            "Mark as important",
            "Note in the margin",
            "Remove mark or note",
            "Find these words everywhere",
            "Show in Code",
            "Correct words…",
            "Copy",
            "Copy as it was said…",
        ]

    def it_mends_words_where_they_stand_and_stays_there(self, stage: FamiliariseStage, project: Project) -> None:
        select(stage, "Nobody rang us back")
        before = stage.active.transcript
        (entry,) = [action for action in stage.active.menu().actions() if action.text() == "Correct words…"]
        entry.trigger()
        (popup,) = [found for found in QApplication.topLevelWidgets() if isinstance(found, CorrectWords)]
        QTest.keyClicks(popup.field, "Nobody called us back")
        QTest.keyClick(popup.field, Qt.Key.Key_Return)
        after, selected = stage.active.transcript, stage.active.view.selected_span()
        assert after is not None
        assert selected is not None
        assert (after.version, selected.of(after.text)) == (2, "Nobody called us back")
        project.undo()
        assert stage.active.transcript == before

    def it_keeps_the_list_where_it_was_over_a_change(self, stage: FamiliariseStage, project: Project) -> None:
        tree: QAbstractItemView = stage.list.tree
        stage.list.choose(interviews(stage)[0].id)
        stage.list.tree.collapse(stage.list.model.index(1, 0))
        project.readings.mark_read(interviews(stage)[0].id)
        assert tree.currentIndex().data() == "P01 · Wave 1"
        assert not stage.list.tree.isExpanded(stage.list.model.index(1, 0))
