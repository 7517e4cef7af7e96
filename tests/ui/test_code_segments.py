"""The chosen segment in the Code stage: its ends, parts, code, weight and memo, by keys and by mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from qualcode.core.ends import End
from qualcode.core.project import Project
from qualcode.core.values import CodeId, InterviewId, Span, TranscriptId
from qualcode.ui.models.codebook import MIME_CODES
from qualcode.ui.stages.code import CodeStage
from qualcode.ui.widgets.coding_menu import open_coding_menu
from qualcode.ui.workspace import Workspace
from tests.helpers.projects import code_words, dialogue, land, span_of
from tests.ui.showing import on_screen

SAID = "Well 😀, it took months. Nobody rang us back.\nWe waited and waited. In the end I walked down there."
Ctrl, Shift, Alt = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def place(project: Project) -> tuple[InterviewId, TranscriptId]:
    transcript = dialogue(("Interviewer", "How long did it take?"), ("Participant", SAID))
    return land(project, transcript, people=[project.people.add("P07")], title="P07")


@pytest.fixture
def stage(qtbot: QtBot, workspace: Workspace, place: object) -> CodeStage:
    found = on_screen(qtbot, workspace, CodeStage(workspace))
    found.view.setFocus()
    return found


@pytest.fixture
def time(project: Project) -> CodeId:
    return project.codebook.add("Time")


@pytest.fixture
def chosen(stage: CodeStage, project: Project, place: tuple[InterviewId, TranscriptId], time: CodeId) -> CodeStage:
    """The stage with “it took months” coded and chosen by key."""
    code_words(project, place[1], "it took months", time)
    QTest.keyClick(stage.view, Qt.Key.Key_Down, Ctrl)
    return stage


def told(stage: CodeStage) -> list[str]:
    said: list[str] = []
    stage.workspace.said.connect(said.append)
    stage.workspace.refused.connect(said.append)
    return said


def quotes(project: Project) -> list[tuple[str, str]]:
    names = {c.id: c.name for c in project.codebook.all()}
    return [(names[s.code_id], s.quote) for s in project.coding.all()]


def answer(stage: CodeStage, words: str) -> None:
    assert stage.palette_.isVisible()
    QTest.keyClicks(stage.palette_.field, words)
    QTest.keyClick(stage.palette_.field, Qt.Key.Key_Return)


class DescribeChoosing:
    def it_goes_from_segment_to_segment_by_key(
        self, chosen: CodeStage, project: Project, place: tuple[InterviewId, TranscriptId], time: CodeId
    ) -> None:
        code_words(project, place[1], "We waited", time)
        QTest.keyClick(chosen.view, Qt.Key.Key_Down, Ctrl)
        assert chosen.segment._quote.text() == "“We waited”"
        QTest.keyClick(chosen.view, Qt.Key.Key_Up, Ctrl)
        assert chosen.segment._quote.text() == "“it took months”"

    def it_lets_go_when_the_caret_leaves_or_on_escape(self, chosen: CodeStage) -> None:
        QTest.keyClick(chosen.view, Qt.Key.Key_Left)
        assert chosen.view.chosen_stripe == ""
        QTest.keyClick(chosen.view, Qt.Key.Key_Down, Ctrl)
        assert chosen.view.chosen_stripe
        QTest.keyClick(chosen.view, Qt.Key.Key_Escape)
        assert chosen.view.chosen_stripe == ""

    def it_deletes_nothing_once_other_words_are_selected(self, chosen: CodeStage, project: Project) -> None:
        chosen.view.select(span_of(chosen.view.row.text, "Nobody"))  # type: ignore[union-attr]
        said = told(chosen)
        QTest.keyClick(chosen.view, Qt.Key.Key_Delete)
        assert quotes(project) == [("Time", "it took months")]
        assert said == ["Choose a segment first: click its stripe (Ctrl+Down chooses the next)."]

    def it_selects_words_by_shift_and_arrows_while_nothing_is_chosen(self, stage: CodeStage, project: Project) -> None:
        QTest.keyClick(stage.view, Qt.Key.Key_Right, Shift)
        assert stage.view.selected_span() is not None


class DescribeMovingEnds:
    @pytest.mark.parametrize(
        ("key", "held", "words"),
        [
            (Qt.Key.Key_Right, Shift, "it took months. Nobody"),
            (Qt.Key.Key_Left, Shift, "it took"),
            (Qt.Key.Key_Left, Alt, "Well 😀, it took months"),
            (Qt.Key.Key_Right, Alt, "took months"),
        ],
    )
    def it_takes_or_leaves_a_word_by_key(
        self, chosen: CodeStage, project: Project, key: Qt.Key, held: Qt.KeyboardModifier, words: str
    ) -> None:
        said = told(chosen)
        QTest.keyClick(chosen.view, key, held)
        assert quotes(project) == [("Time", words)]
        assert said == [f"Moved the {'end' if held is Shift else 'start'} of “Time”"]
        project.undo()
        assert quotes(project) == [("Time", "it took months")]
        assert chosen.view.chosen_stripe

    def it_takes_a_sentence_where_sentences_are_preferred(self, chosen: CodeStage, project: Project) -> None:
        chosen.workspace.preferences.snap = "sentence"
        QTest.keyClick(chosen.view, Qt.Key.Key_Right, Shift)
        QTest.keyClick(chosen.view, Qt.Key.Key_Right, Shift)
        assert quotes(project) == [("Time", "it took months. Nobody rang us back.")]

    @pytest.mark.parametrize(
        ("which", "to", "words"),
        [
            (End.END, "rang", "it took months. Nobody rang"),
            (End.START, "took", "took months"),
            (End.END, "waited and", "it took months. Nobody rang us back.\nWe waited"),
        ],
    )
    def it_is_dragged_by_its_handle(self, chosen: CodeStage, project: Project, which: End, to: str, words: str) -> None:
        view = chosen.view
        assert view.row is not None
        at = knob(chosen, which)
        target = view.rect_at(view.row.text.index(to) + 2).center()
        QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
        QTest.mouseMove(view.viewport(), target)
        assert view.handles.aim is not None
        assert quotes(project) == [("Time", "it took months")]
        QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=target)
        assert quotes(project) == [("Time", words)]
        project.undo()
        assert quotes(project) == [("Time", "it took months")]

    def it_stays_where_the_drag_is_given_up(self, chosen: CodeStage, project: Project) -> None:
        view = chosen.view
        at = knob(chosen, End.END)
        QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
        QTest.mouseMove(view.viewport(), at + QPoint(90, 0))
        QTest.keyClick(view, Qt.Key.Key_Escape)
        QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=at + QPoint(90, 0))
        assert quotes(project) == [("Time", "it took months")]

    def it_is_not_taken_for_an_end_when_words_are_selected_from_where_it_begins(
        self, chosen: CodeStage, project: Project
    ) -> None:
        view = chosen.view
        assert view.row is not None
        words = span_of(view.row.text, "it took")
        begin, end = view.rect_at(words.start).center(), view.rect_at(words.end).center()
        QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=begin)
        QTest.mouseMove(view.viewport(), end)
        QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
        assert view.selected_span() == words
        assert quotes(project) == [("Time", "it took months")]


def knob(stage: CodeStage, which: End) -> QPoint:
    """Where the handle of an end is taken hold of."""
    place = stage.view.handles._places()[which]
    return QPointF(place.center().x(), place.top() if which is End.START else place.bottom()).toPoint()


class DescribeClickingWords:
    def it_chooses_the_shortest_segment_there_and_leaves_the_caret_where_it_was_clicked(
        self, stage: CodeStage, project: Project, place: tuple[InterviewId, TranscriptId], time: CodeId
    ) -> None:
        code_words(project, place[1], "it took months. Nobody rang us back.", time)
        code_words(project, place[1], "rang us", project.codebook.add("Contact"))
        click(stage, "rang")
        assert stage.segment._quote.text() == "“rang us”"
        assert stage.view.caret() == span_of(shown_text(stage), "rang").start + 2

    def it_keeps_a_longer_one_that_is_chosen_so_that_it_can_be_split_there(
        self, stage: CodeStage, project: Project, place: tuple[InterviewId, TranscriptId], time: CodeId
    ) -> None:
        long = code_words(project, place[1], "it took months. Nobody rang us back.", time)
        code_words(project, place[1], "rang us", project.codebook.add("Contact"))
        stage.view.stand_at(long)
        click(stage, "rang")
        QTest.keyClick(stage.view, Qt.Key.Key_B, Ctrl)
        assert ("Time", "rang us back.") in quotes(project)

    def it_lets_go_on_words_that_are_not_coded(self, chosen: CodeStage) -> None:
        click(chosen, "walked")
        assert chosen.view.chosen_stripe == ""


class DescribeParts:
    def it_is_split_at_the_caret_before_the_word_there(self, chosen: CodeStage, project: Project) -> None:
        view = chosen.view
        assert view.row is not None
        at = view.row.text.index("months") + 3
        view.setTextCursor(view._cursor(Span(at, at)))
        QTest.keyClick(view, Qt.Key.Key_B, Ctrl)
        assert quotes(project) == [("Time", "it took"), ("Time", "months")]
        assert project.undo_label == "Split segment"

    def it_is_joined_with_the_next_of_its_code_only(
        self, chosen: CodeStage, project: Project, place: tuple[InterviewId, TranscriptId], time: CodeId
    ) -> None:
        code_words(project, place[1], "rang us", project.codebook.add("Contact"))
        code_words(project, place[1], "back", time)
        QTest.keyClick(chosen.view, Qt.Key.Key_L, Ctrl)
        assert quotes(project) == [("Time", "it took months. Nobody rang us back"), ("Contact", "rang us")]

    def it_says_when_there_is_none_to_join_with(self, chosen: CodeStage) -> None:
        said = told(chosen)
        QTest.keyClick(chosen.view, Qt.Key.Key_L, Ctrl)
        assert said == ["No segment of “Time” follows in this transcript to join this one with."]


class DescribeItsCode:
    def it_is_changed_in_place(self, chosen: CodeStage, project: Project) -> None:
        project.coding.write_memo(project.coding.all()[0].id, "Strong.")
        said = told(chosen)
        QTest.keyClick(chosen.view, Qt.Key.Key_F2)
        answer(chosen, "Duration")
        assert quotes(project) == [("Duration", "it took months")]
        assert project.coding.all()[0].memo == "Strong."
        assert said == ["Changed to “Duration”, was “Time”"]
        project.undo()
        assert quotes(project) == [("Time", "it took months")]

    def it_gets_another_code_beside_it(self, chosen: CodeStage, project: Project) -> None:
        QTest.keyClick(chosen.view, Qt.Key.Key_Return)
        answer(chosen, "Contact")
        assert sorted(quotes(project)) == [("Contact", "it took months"), ("Time", "it took months")]
        assert len({stripe.span for stripe in chosen.view.stripes}) == 1
        assert sorted(chosen.view.lanes) == [0, 1]

    def it_is_copied_with_memo_and_weight(self, chosen: CodeStage, project: Project) -> None:
        segment = project.coding.all()[0]
        project.coding.write_memo(segment.id, "Strong.")
        project.coding.weigh(segment.id, 3)
        QTest.keyClick(chosen.view, Qt.Key.Key_K, Ctrl | Shift)
        answer(chosen, "Contact")
        assert [(s.memo, s.weight) for s in project.coding.all()] == [("Strong.", 3), ("Strong.", 3)]

    def it_gets_a_favourite_or_the_last_code_by_one_key(self, chosen: CodeStage, project: Project) -> None:
        project.codebook.give_shortcut(project.codebook.add("Contact"), 4)
        QTest.keyClicks(chosen.view, "4")
        assert ("Contact", "it took months") in quotes(project)
        chosen.view.select(span_of(chosen.view.row.text, "We waited"))  # type: ignore[union-attr]
        QTest.keyClicks(chosen.view, ".")
        assert ("Contact", "We waited") in quotes(project)

    def it_makes_a_code_a_favourite_in_the_palette(self, chosen: CodeStage, project: Project) -> None:
        QTest.keyClick(chosen.view, Qt.Key.Key_Return)
        QTest.keyClicks(chosen.palette_.field, "Time")
        QTest.keyClick(chosen.palette_.field, Qt.Key.Key_5, Alt)
        assert project.codebook.all()[0].shortcut == 5
        assert said_first(chosen) == "Time, key 5"
        QTest.keyClick(chosen.palette_.field, Qt.Key.Key_0, Alt)
        assert project.codebook.all()[0].shortcut is None
        QTest.keyClick(chosen.palette_.field, Qt.Key.Key_Escape)


class DescribeItsWeightAndMemo:
    def it_is_weighed_by_key(self, chosen: CodeStage, project: Project) -> None:
        QTest.keyClick(chosen.view, Qt.Key.Key_3, Alt)
        assert project.coding.all()[0].weight == 3
        assert chosen.segment._weight.currentText() == "Weight 3"

    def it_goes_to_its_memo_by_key(self, chosen: CodeStage, project: Project) -> None:
        QTest.keyClick(chosen.view, Qt.Key.Key_M, Ctrl)
        QTest.keyClicks(chosen.segment.memo, "Compare with P03")
        chosen.segment.memo.left.emit()
        assert project.coding.all()[0].memo == "Compare with P03"

    @pytest.mark.parametrize(
        ("key", "held", "kept"), [(Qt.Key.Key_Return, Ctrl, "Strong."), (Qt.Key.Key_Escape, Qt.KeyboardModifier(0), "")]
    )
    def it_goes_back_to_the_words_from_there(
        self, chosen: CodeStage, project: Project, key: Qt.Key, held: Qt.KeyboardModifier, kept: str, qtbot: QtBot
    ) -> None:
        chosen.activateWindow()
        qtbot.waitUntil(chosen.isActiveWindow)
        QTest.keyClick(chosen.view, Qt.Key.Key_M, Ctrl)
        QTest.keyClicks(chosen.segment.memo, "Strong.")
        QTest.keyClick(chosen.segment.memo, key, held)
        assert chosen.view.hasFocus()
        assert project.coding.all()[0].memo == kept
        assert chosen.segment.memo.toPlainText() == kept

    def it_keeps_a_memo_that_is_being_typed_when_the_project_is_closed(
        self, chosen: CodeStage, project: Project, workspace: Workspace
    ) -> None:
        path = project.path
        QTest.keyClick(chosen.view, Qt.Key.Key_M, Ctrl)
        QTest.keyClicks(chosen.segment.memo, "Strong.")
        workspace.take(None)
        with Project.open(path) as again:
            assert again.coding.all()[0].memo == "Strong."

    def it_has_a_button_to_uncode(self, chosen: CodeStage, project: Project) -> None:
        (found,) = [b for b in chosen.segment.findChildren(QPushButton) if b.text() == "Uncode"]
        found.click()
        assert quotes(project) == []


class DescribeUnits:
    @pytest.mark.parametrize(("held", "words"), [(Ctrl, "Nobody rang us back."), (Ctrl | Shift, SAID)])
    def it_codes_the_sentence_or_turn_the_caret_stands_in(
        self, stage: CodeStage, project: Project, held: Qt.KeyboardModifier, words: str
    ) -> None:
        assert stage.view.row is not None
        at = span_of(stage.view.row.text, "rang")
        stage.view.reveal(at, select=False)
        QTest.keyClick(stage.view, Qt.Key.Key_Return, held)
        answer(stage, "Contact")
        assert quotes(project) == [("Contact", words)]


class DescribeDragAndDrop:
    def it_codes_the_sentence_a_code_is_dropped_on(self, stage: CodeStage, project: Project, time: CodeId) -> None:
        assert stage.view.row is not None
        drop(stage, [time], stage.view.rect_at(stage.view.row.text.index("rang") + 1).center())
        assert quotes(project) == [("Time", "Nobody rang us back.")]

    def it_codes_the_selection_a_code_is_dropped_on(self, stage: CodeStage, project: Project, time: CodeId) -> None:
        assert stage.view.row is not None
        stage.view.select(span_of(stage.view.row.text, "rang us"))
        drop(stage, [time], stage.view.rect_at(stage.view.row.text.index("rang") + 1).center())
        assert quotes(project) == [("Time", "rang us")]

    def it_undoes_several_codes_dropped_at_once_in_one_step(
        self, stage: CodeStage, project: Project, time: CodeId
    ) -> None:
        assert stage.view.row is not None
        other = project.codebook.add("Contact")
        drop(stage, [time, other], stage.view.rect_at(stage.view.row.text.index("rang") + 1).center())
        assert len(quotes(project)) == 2
        project.undo()
        assert quotes(project) == []

    def it_makes_a_code_of_words_dropped_on_empty_space(self, stage: CodeStage, project: Project) -> None:
        stage.view.select(span_of(stage.view.row.text, "waited and waited"))  # type: ignore[union-attr]
        stage.codebook.model.text_dropped.emit(None)
        assert stage.palette_.field.selectedText() == "waited and waited"
        QTest.keyClick(stage.palette_.field, Qt.Key.Key_Return)
        assert quotes(project) == [("waited and waited", "waited and waited")]

    def it_makes_the_code_under_the_theme_the_words_are_dropped_on(self, stage: CodeStage, project: Project) -> None:
        project.codebook.add("Ringing", theme_id=project.themes.add("The wait"))
        stage.view.select(span_of(stage.view.row.text, "waited and waited"))  # type: ignore[union-attr]
        theme_line = stage.codebook.model.index(0, 0)
        words = QMimeData()
        words.setText("waited and waited")
        stage.codebook.model.dropMimeData(words, Qt.DropAction.CopyAction, -1, -1, theme_line)
        QTest.keyClicks(stage.palette_.field, "Patience")
        QTest.keyClick(stage.palette_.field, Qt.Key.Key_Return)
        made = next(code for code in project.codebook.all() if code.name == "Patience")
        assert made.theme_id == project.themes.all()[0].id
        assert quotes(project) == [("Patience", "waited and waited")]


class DescribeTheMenu:
    def it_is_about_the_segment_under_the_mouse(
        self,
        stage: CodeStage,
        project: Project,
        place: tuple[InterviewId, TranscriptId],
        time: CodeId,
    ) -> None:
        code_words(project, place[1], "it took months", time)
        assert stage.view.row is not None
        inside = stage.view.rect_at(stage.view.row.text.index("took")).center()
        words = offered(stage, inside)
        assert stage.view.chosen_stripe == project.coding.all()[0].id
        assert words["Change code…"]
        assert words["Uncode"]
        assert not words["Join with the next of this code"]
        outside = stage.view.rect_at(stage.view.row.text.index("walked")).center()
        assert not offered(stage, outside)["Uncode"]

    def it_offers_a_new_code_for_the_words_selected(self, stage: CodeStage, project: Project, time: CodeId) -> None:
        stage.view.select(span_of(shown_text(stage), "waited and waited"))
        menu = open_coding_menu(stage, stage.view.rect_at(shown_text(stage).index("walked")).center())
        next(entry for entry in menu.actions() if entry.text() == "New code…").trigger()
        menu.close()
        assert stage.palette_.field.selectedText() == "waited and waited"
        answer(stage, "Time and again")
        assert quotes(project) == [("Time and again", "waited and waited")]

    def it_finds_the_selected_words_in_all_transcripts(self, stage: CodeStage) -> None:
        assert stage.view.row is not None
        inside = stage.view.rect_at(stage.view.row.text.index("walked")).center()
        assert not offered(stage, inside)["Find these words everywhere"]
        stage.view.select(span_of(stage.view.row.text, "waited and waited"))
        menu = open_coding_menu(stage, inside)
        next(entry for entry in menu.actions() if entry.text().startswith("Find these")).trigger()
        menu.close()
        assert stage.search.isVisible()
        assert stage.search.words.field.text() == "waited and waited"


def shown_text(stage: CodeStage) -> str:
    assert stage.view.row is not None
    return stage.view.row.text


def click(stage: CodeStage, word: str) -> None:
    """Click between the second and third letter of a word."""
    place = stage.view.rect_at(span_of(shown_text(stage), word).start + 2)
    QTest.mouseClick(stage.view.viewport(), Qt.MouseButton.LeftButton, pos=place.center())


def offered(stage: CodeStage, at: QPoint) -> dict[str, bool]:
    """What the menu offers there, and whether it can be done."""
    menu = open_coding_menu(stage, at)
    found = {entry.text().partition("\t")[0]: entry.isEnabled() for entry in menu.actions() if entry.text()}
    menu.close()
    return found


def said_first(stage: CodeStage) -> str:
    """What is read out of the first line of the palette."""
    return str(stage.palette_.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole))


def drop(stage: CodeStage, codes: list[CodeId], at: QPoint) -> None:
    """Drag codes over the transcript and let them go there, as Qt tells of it."""
    data = QMimeData()
    data.setData(MIME_CODES, QByteArray("\n".join(codes).encode()))
    both = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    stage.view.dragEnterEvent(QDragEnterEvent(at, *both))
    stage.view.dragMoveEvent(QDragMoveEvent(at, *both))
    stage.view.dropEvent(QDropEvent(QPointF(at), *both))
