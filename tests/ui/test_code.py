"""The Code stage, driven as an analyst would: by keys, by visible words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QFontInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from qualcode.core.project import Project
from qualcode.core.values import InterviewId, Suggestion, TranscriptId
from qualcode.settings import Preferences
from qualcode.ui import theme
from qualcode.ui.stages.code import CodeStage
from qualcode.ui.workspace import Workspace
from tests.helpers.projects import dialogue, land, span_of
from tests.ui.showing import on_screen

ASKED = "How long did it take 😀?"
SAID = "Well 👩‍👩‍👧, e\u0301 — it took months. Nobody rang us back.\nאנחנו חיכינו, we waited and waited."


@pytest.fixture
def place(project: Project) -> tuple[InterviewId, TranscriptId]:
    transcript = dialogue(("Interviewer", ASKED), ("Participant", SAID))
    return land(project, transcript, people=[project.people.add("P07")], title="P07 · Wave 1")


@pytest.fixture
def stage(qtbot: QtBot, workspace: Workspace, place: object) -> CodeStage:
    return on_screen(qtbot, workspace, CodeStage(workspace))


@pytest.fixture
def select(stage: CodeStage) -> Callable[[str], None]:
    def act(words: str) -> None:
        stage.view.setFocus()
        stage.view.select(span_of(stage.view.row.text, words))  # type: ignore[union-attr]

    return act


def code_names(project: Project) -> list[str]:
    return [c.name for c in project.codebook.all()]


def quotes(project: Project) -> list[tuple[str, str]]:
    names = {c.id: c.name for c in project.codebook.all()}
    return [(names[s.code_id], s.quote) for s in project.coding.all()]


class DescribeCodingByKeyboard:
    def it_makes_and_applies_a_code_that_is_not_known(
        self, stage: CodeStage, project: Project, select: Callable[[str], None]
    ) -> None:
        select("Nobody rang us back.")
        QTest.keyClicks(stage.view, "w")
        assert stage.palette_.isVisible()
        QTest.keyClicks(stage.palette_.field, "aiting")
        QTest.keyClick(stage.palette_.field, Qt.Key.Key_Return)
        assert quotes(project) == [("waiting", "Nobody rang us back.")]
        assert project.undo_label == "Code “waiting”"
        project.undo()
        assert (quotes(project), code_names(project)) == ([], [])

    def it_finds_a_code_by_a_few_letters(
        self, stage: CodeStage, project: Project, select: Callable[[str], None]
    ) -> None:
        project.codebook.add("Confidentiality")
        project.codebook.add("Waiting lists")
        select("it took months")
        QTest.keyClick(stage.view, Qt.Key.Key_Return)
        QTest.keyClicks(stage.palette_.field, "list")
        QTest.keyClick(stage.palette_.field, Qt.Key.Key_Return)
        assert quotes(project) == [("Waiting lists", "it took months")]

    def it_repeats_the_last_code_and_applies_favourites(
        self, stage: CodeStage, project: Project, select: Callable[[str], None]
    ) -> None:
        project.codebook.give_shortcut(project.codebook.add("Trust"), 3)
        select("it took months")
        QTest.keyClicks(stage.view, "3")
        select("Nobody rang us back.")
        QTest.keyClicks(stage.view, ".")
        assert quotes(project) == [("Trust", "it took months"), ("Trust", "Nobody rang us back.")]

    def it_knows_the_codes_of_the_days_before(
        self,
        stage: CodeStage,
        project: Project,
        workspace: Workspace,
        qtbot: QtBot,
        select: Callable[[str], None],
    ) -> None:
        for name in ("Apples", "Time"):
            project.codebook.add(name)
        select("it took months")
        stage.desk.apply_named("Time")
        path = project.path
        workspace.take(None)
        workspace.take(Project.open(path, coder="Ada"))
        another_day = CodeStage(workspace)
        qtbot.addWidget(another_day)
        workspace.changed.connect(another_day.react)
        another_day.load()
        another_day.view.select(span_of(another_day.view.row.text, "Nobody rang us back."))  # type: ignore[union-attr]
        another_day.questions.ask()
        assert another_day.palette_.list.item(0).text().startswith("Time")
        another_day.palette_.hide()
        another_day.desk.repeat()
        assert quotes(workspace.project) == [("Time", "it took months"), ("Time", "Nobody rang us back.")]

    def it_leaves_single_keys_alone_when_they_are_switched_off(
        self, stage: CodeStage, project: Project, workspace: Workspace, select: Callable[[str], None]
    ) -> None:
        project.codebook.give_shortcut(project.codebook.add("Trust"), 3)
        workspace.preferences.single_keys = False
        select("it took months")
        QTest.keyClicks(stage.view, "3")
        assert quotes(project) == []
        assert stage.palette_.isVisible()
        QTest.keyClick(stage.palette_.field, Qt.Key.Key_Escape)

    def it_says_so_when_the_words_have_the_code_already(
        self, stage: CodeStage, project: Project, workspace: Workspace, select: Callable[[str], None]
    ) -> None:
        said: list[str] = []
        workspace.said.connect(said.append)
        for _ in range(2):
            select("it took months")
            stage.desk.apply_named("Time")
        assert said == ["Coded “Time”", "These words have “Time” already"]
        assert quotes(project) == [("Time", "it took months")]

    def it_asks_for_a_favourite_where_a_number_has_none(
        self, stage: CodeStage, project: Project, select: Callable[[str], None]
    ) -> None:
        project.codebook.add("Trust")
        select("it took months")
        QTest.keyClicks(stage.view, "3")
        shown = [words.text() for words in stage.palette_.findChildren(QLabel)]
        assert shown == ["No code is on 3 yet: choose one and press Alt+3"]
        QTest.keyClick(stage.palette_.field, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
        QTest.keyClick(stage.palette_.field, Qt.Key.Key_Return)
        select("Nobody rang us back.")
        QTest.keyClicks(stage.view, "3")
        assert quotes(project) == [("Trust", "it took months"), ("Trust", "Nobody rang us back.")]

    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ("wait", ["Waiting lists", "A long wait"]),
            ("li wa", ["Waiting lists"]),
            ("acces", ["Ringing round", "Waiting lists"]),
            ("confidental", ["Confidentiality"]),
        ],
    )
    def it_finds_codes_by_their_words_their_theme_or_nearly(
        self, stage: CodeStage, project: Project, select: Callable[[str], None], typed: str, found: list[str]
    ) -> None:
        access = project.themes.add("Access")
        for name, theme_id in (("Waiting lists", access), ("Ringing round", access), ("A long wait", None)):
            project.codebook.add(name, theme_id=theme_id)
        project.codebook.add("What people want")
        project.codebook.add("Confidentiality")
        select("it took months")
        QTest.keyClick(stage.view, Qt.Key.Key_Return)
        QTest.keyClicks(stage.palette_.field, typed)
        shown = [stage.palette_.list.item(n).text() for n in range(stage.palette_.list.count())]
        assert [name for name in shown if not name.startswith("New code")] == found
        QTest.keyClick(stage.palette_.field, Qt.Key.Key_Escape)

    @pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 1.0])
    def it_opens_beside_the_words_and_never_over_them(self, stage: CodeStage, project: Project, share: float) -> None:
        for number in range(30):
            project.codebook.add(f"Code {number}")
        room = stage.screen().availableGeometry()
        words = QRect(20, room.top() + round((room.height() - 60) * share), 200, 60)
        stage.palette_.ask(words, list(stage.desk.codes.values()), [])
        for typed in ("", "Code", "Code 29"):
            stage.palette_.field.setText(typed)
            assert not stage.palette_.geometry().intersects(words)
            assert room.contains(stage.palette_.geometry())
        stage.palette_.hide()

    def it_codes_in_vivo(self, stage: CodeStage, project: Project, select: Callable[[str], None]) -> None:
        select("waited and waited")
        stage.desk.apply_in_vivo()
        assert quotes(project) == [("waited and waited", "waited and waited")]

    def it_grows_a_ragged_selection_to_whole_words(
        self, stage: CodeStage, project: Project, select: Callable[[str], None]
    ) -> None:
        select("ook month")
        stage.desk.apply_named("Time")
        assert quotes(project) == [("Time", "took months")]

    def it_says_so_when_nothing_is_selected(self, stage: CodeStage, qtbot: QtBot, workspace: Workspace) -> None:
        with qtbot.waitSignal(workspace.refused) as told:
            stage.questions.ask()
        assert told.args == ["Select some words of the transcript first."]

    def it_uncodes_the_chosen_segment(self, stage: CodeStage, project: Project, select: Callable[[str], None]) -> None:
        select("it took months")
        stage.desk.apply_named("Time")
        assert stage.view.chosen_stripe
        QTest.keyClick(stage.view, Qt.Key.Key_Delete)
        assert quotes(project) == []
        project.undo()
        assert quotes(project) == [("Time", "it took months")]


class DescribeThePassage:
    @pytest.mark.parametrize(
        "words", ["it took months", "אנחנו חיכינו", "we waited and waited.", "Nobody rang us back."]
    )
    def it_is_the_same_in_text_highlight_and_segment_whatever_came_before(
        self, stage: CodeStage, project: Project, select: Callable[[str], None], words: str
    ) -> None:
        select(words)
        stage.desk.apply_named("Here")
        assert [quote for _, quote in quotes(project)] == [words]
        (stripe,) = stage.view.stripes
        stage.view.select(stripe.span)
        assert stage.view.textCursor().selectedText() == words


class DescribeTheMargin:
    def it_chooses_a_segment_by_a_click_on_its_stripe(
        self, stage: CodeStage, project: Project, select: Callable[[str], None], qtbot: QtBot
    ) -> None:
        select("it took months")
        stage.desk.apply_named("Time")
        stage.view.choose_stripe("")
        margin = stage.view._margin
        qtbot.waitUntil(lambda: bool(margin._placed()))
        (_, rect) = margin._placed()[0]
        QTest.mouseClick(margin, Qt.MouseButton.LeftButton, pos=rect.center().toPoint())
        assert stage.view.chosen_stripe == project.coding.all()[0].id

    def it_ignores_a_click_beside_them(self, stage: CodeStage) -> None:
        QTest.mouseClick(stage.view._margin, Qt.MouseButton.LeftButton, pos=QPoint(60, 300))
        assert stage.view.chosen_stripe == ""


class DescribeASegment:
    def it_keeps_a_memo_when_the_field_is_left(
        self, stage: CodeStage, project: Project, select: Callable[[str], None]
    ) -> None:
        select("it took months")
        stage.desk.apply_named("Time")
        stage.segment.memo.setFocus()
        QTest.keyClicks(stage.segment.memo, "Compare with P03")
        stage.view.setFocus()
        stage.segment.memo.left.emit()
        assert project.coding.all()[0].memo == "Compare with P03"
        project.undo()
        assert project.coding.all()[0].memo == ""


class DescribeSuggestions:
    @pytest.fixture
    def offered(self, project: Project, place: tuple[InterviewId, TranscriptId], stage: CodeStage) -> None:
        text = stage.view.row.text  # type: ignore[union-attr]
        code_id = project.codebook.add("Waiting")
        _, transcript_id = place
        project.suggestions.offer(
            [
                Suggestion(transcript_id, span_of(text, "Nobody rang us back."), code_id, 0.8, "Words: rang back."),
                Suggestion(transcript_id, span_of(text, "it took months"), None, 0.4, "A long answer."),
            ],
            [transcript_id],
        )

    @pytest.mark.usefixtures("offered")
    def it_takes_the_best_with_one_key_and_gives_it_back_on_undo(self, stage: CodeStage, project: Project) -> None:
        stage.suggestions.setFocus()
        QTest.keyClicks(stage.suggestions, "a")
        assert quotes(project) == [("Waiting", "Nobody rang us back.")]
        assert stage.suggestions.count() == 1
        project.undo()
        assert quotes(project) == []
        assert stage.suggestions.count() == 2

    @pytest.mark.usefixtures("offered")
    def it_refuses_with_one_key_and_does_not_count_it(self, stage: CodeStage, project: Project) -> None:
        stage.suggestions.setFocus()
        QTest.keyClicks(stage.suggestions, "x")
        assert (quotes(project), stage.suggestions.count()) == ([], 1)
        assert project.summary().segments == 0

    @pytest.mark.usefixtures("offered")
    def it_asks_for_a_code_where_none_is_proposed(self, stage: CodeStage, project: Project) -> None:
        stage.suggestions.setCurrentRow(1)
        QTest.keyClicks(stage.suggestions, "a")
        assert stage.palette_.isVisible()
        QTest.keyClicks(stage.palette_.field, "Time")
        QTest.keyClick(stage.palette_.field, Qt.Key.Key_Return)
        assert quotes(project) == [("Time", "it took months")]


def press(within: QWidget, words: str) -> None:
    """Press the button that says this, or is called so."""
    found = within.findChildren(QAbstractButton)
    next(b for b in found if words in (b.text(), b.accessibleName())).click()


class DescribeThePage:
    def it_is_set_as_the_reader_likes_it_here_and_in_familiarise(
        self, stage: CodeStage, workspace: Workspace, qtbot: QtBot
    ) -> None:
        press(stage, "Aa")
        press(stage.dress, "Larger letters")
        stage.dress.font_.pick("Sans serif")
        stage.dress.hide()
        assert stage.view.dress.size == 16
        assert QFontInfo(stage.view.font()).family() == QFontInfo(theme.interface_font()).family()
        assert stage.view.dress.codes
        again = CodeStage(workspace)
        qtbot.addWidget(again)
        again.show()
        assert again.view.dress == stage.view.dress
        assert Preferences.load().reading_font == theme.SANS


class DescribeAccess:
    def it_names_its_parts_for_a_screen_reader(self, stage: CodeStage, project: Project) -> None:
        project.codebook.add("Waiting lists")
        view = QAccessible.queryAccessibleInterface(stage.view)
        assert view.text(QAccessible.Text.Name) == "Transcript P07 · Wave 1"
        assert view.textInterface().text(0, 8) == ASKED[:8]
        row = stage.codebook.model.index_of(project.codebook.all()[0].id)
        assert row.data(Qt.ItemDataRole.AccessibleTextRole) == "Code Waiting lists, 0 people, 0 segments"

    def it_says_what_to_do_when_there_is_no_interview(self, stage: CodeStage, project: Project) -> None:
        project.transcripts.remove([i.id for i in project.transcripts.interviews()])
        assert stage._empty.isVisible()
        assert not stage._panes.isVisible()
