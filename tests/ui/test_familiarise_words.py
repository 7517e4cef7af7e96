"""Words in context over all transcripts, and frequent terms."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from qualcode.core.project import Project
from qualcode.core.values import TranscriptId
from qualcode.ui import theme
from qualcode.ui.models.words import PLACE
from qualcode.ui.stages.familiarise import FamiliariseStage
from qualcode.ui.workspace import Workspace
from tests.ui.reading import (
    A_LINE,
    a_long_interview,
    a_stage,
    counted,
    found_words,
    opened,
    press,
    select,
    terms,
    three_interviews,
)


@pytest.fixture
def texts(project: Project) -> dict[str, TranscriptId]:
    return three_interviews(project)


@pytest.fixture
def stage(qtbot: QtBot, workspace: Workspace, texts: object) -> FamiliariseStage:
    return a_stage(qtbot, workspace)


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

    def it_shows_each_place_as_it_is_chosen_and_leads_back_to_where_reading_stopped(
        self, stage: FamiliariseStage, qtbot: QtBot
    ) -> None:
        for _ in range(2):
            press(stage, Qt.Key.Key_PageDown)
        top = stage.first.view.visible_span().start
        press(stage, Qt.Key.Key_F, ctrl=True)
        found_words(qtbot, stage, "mentor")
        rows, back = stage.words.concordance.list, stage.words.concordance.back
        qtbot.waitUntil(lambda: opened(stage) == "P02 · Wave 1")
        assert rows.hasFocus()
        for _ in range(2):
            press(stage, Qt.Key.Key_Down)
        qtbot.waitUntil(lambda: opened(stage) == "P01 · Wave 2")
        assert rows.hasFocus()
        assert back.text().startswith("Back to P01 · Wave 1, line ")
        back.click()
        assert opened(stage) == "P01 · Wave 1"
        qtbot.waitUntil(lambda: abs(stage.first.view.visible_span().start - top) < A_LINE)
        assert stage.first.view.hasFocus()
        assert not back.isVisible()

    def it_lines_up_alike_places_by_what_follows_or_comes_before(self, stage: FamiliariseStage, qtbot: QtBot) -> None:
        press(stage, Qt.Key.Key_F, ctrl=True)
        found_words(qtbot, stage, "the mentor")
        concordance = stage.words.concordance

        def shown() -> list[str]:
            hits = [concordance.model.place(concordance.model.index(n)) for n in range(concordance.model.rowCount())]
            return [hit.hit.context.after.split()[0].strip(",.") for hit in hits if hit]

        assert shown() == ["helped", "listened", "left"]
        concordance.list.setCurrentIndex(concordance.model.index(2))
        concordance.order.pick("By what follows")
        assert shown() == ["helped", "left", "listened"]
        assert concordance.list.currentIndex().row() == 1
        concordance.order.pick("As they come")
        assert shown() == ["helped", "listened", "left"]

    def it_looks_at_one_group_of_people_or_at_the_interview_that_is_read(
        self, stage: FamiliariseStage, qtbot: QtBot
    ) -> None:
        press(stage, Qt.Key.Key_F, ctrl=True)
        concordance = stage.words.concordance
        concordance.group.ask()
        chooser = concordance.group.chooser
        QTest.keyClicks(chooser.field, "Mentor")
        QTest.keyClick(chooser.field, Qt.Key.Key_Return)
        assert len(found_words(qtbot, stage, "mentor")) == 2
        assert concordance.summary.text().startswith("1 of 1 people   2 places")
        assert "Wave 2: nobody is heard" in concordance.summary.text()
        concordance.look_for("knocked")
        concordance.wave.pick("This interview")
        qtbot.waitUntil(lambda: concordance.model.rowCount() == 48)
        stage.step(-1)
        qtbot.waitUntil(lambda: "1 of 1 people" in concordance.summary.text())

    def it_lines_up_words_that_are_read_from_the_right_the_other_way_round(
        self, stage: FamiliariseStage, project: Project, qtbot: QtBot
    ) -> None:
        a_long_interview(project, "P08", "Wave 2", "תור ארוך מאוד")
        press(stage, Qt.Key.Key_F, ctrl=True)
        places = stage.words.concordance.list
        for words, side in (("תור", "left"), ("מאוד", "right")):
            stage.words.concordance.look_for(words)
            first = partial(places.model().index, 0, 0)
            qtbot.waitUntil(lambda w=words, f=first: f().isValid() and f().data(PLACE).hit.context.words == w)
            line = places.grab(places.visualRect(places.model().index(0, 0))).toImage()
            said = range(round(line.width() * 0.3), line.width() - 20)

            def inked(shade: str, picture: QImage = line, columns: range = said) -> list[int]:
                ink = QColor(shade)
                return [x for x in columns if any(picture.pixelColor(x, y) == ink for y in range(picture.height()))]

            found, around = inked(theme.tokens().accent), inked(theme.tokens().text)
            middle = sum(found) / len(found)
            assert {"left" if x < middle else "right" for x in around} == {side}, words

    def it_closes_with_escape(self, stage: FamiliariseStage) -> None:
        press(stage, Qt.Key.Key_F, ctrl=True)
        press(stage, Qt.Key.Key_Escape)
        assert not stage.words.isVisible()
        assert stage.first.view.hasFocus()


def choose(table: QTableView, index: QModelIndex) -> None:
    """Choose one line, whatever keys are held."""
    flags = QItemSelectionModel.SelectionFlag
    table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)


class DescribeFrequentTerms:
    def it_counts_people_first_and_leads_to_the_places(self, stage: FamiliariseStage, qtbot: QtBot) -> None:
        press(stage, Qt.Key.Key_T, ctrl=True)
        assert counted(qtbot, stage)["mentor"] == ["2", "3"]
        table = stage.words.terms.table
        names = [stage.words.terms.model.index(n, 0).data() for n in range(stage.words.terms.model.rowCount())]
        choose(table, stage.words.terms.model.index(names.index("mentor"), 0))
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
            ("By wave", ["Wave 1, of 2", "Wave 2, of 1", "Apart"], ["1 · 2", "1 · 1", "50"]),
            ("By Role", ["Mentor, of 1", "Parent, of 1", "Apart"], ["1 · 2", "1 · 1", "0"]),
        ):
            by.pick(words)
            qtbot.waitUntil(lambda e=expected: heads()[3:] == e)
            assert terms(stage)["mentor"] == ["2", "3", *mentor]
        assert heads()[:3] == ["Word or phrase", "People of 2 ↓", "Uses"]

    def it_puts_first_what_sets_groups_apart_when_asked(self, stage: FamiliariseStage, qtbot: QtBot) -> None:
        press(stage, Qt.Key.Key_T, ctrl=True)
        counted(qtbot, stage)
        model, table = stage.words.terms.model, stage.words.terms.table
        stage.words.terms.by.pick("By Role")
        qtbot.waitUntil(lambda: model.columnCount() == 6)
        apart = model.columnCount() - 1
        QTest.mouseClick(
            table.horizontalHeader().viewport(),
            Qt.MouseButton.LeftButton,
            pos=QPoint(table.horizontalHeader().sectionViewportPosition(apart) + 10, 10),
        )
        points = [int(model.index(n, apart).data()) for n in range(model.rowCount())]
        assert points == sorted(points, reverse=True)
        assert (points[0], points[-1]) == (100, 0)

    def it_leaves_a_word_out_and_takes_it_back_in(
        self, stage: FamiliariseStage, project: Project, qtbot: QtBot
    ) -> None:
        press(stage, Qt.Key.Key_T, ctrl=True)
        counted(qtbot, stage)
        model, table = stage.words.terms.model, stage.words.terms.table
        names = [model.index(n, 0).data() for n in range(model.rowCount())]
        choose(table, model.index(names.index("mentor"), 0))
        QTest.keyClick(table, Qt.Key.Key_Delete)
        assert project.undo_label == "Leave out “mentor”"
        qtbot.waitUntil(lambda: "mentor" not in terms(stage))
        project.undo()
        qtbot.waitUntil(lambda: "mentor" in terms(stage))

    def it_leaves_several_words_out_at_once_and_stays_in_the_list(
        self, stage: FamiliariseStage, project: Project, qtbot: QtBot
    ) -> None:
        press(stage, Qt.Key.Key_T, ctrl=True)
        before = list(counted(qtbot, stage))
        stage.words.terms.length.pick("Single words")
        table, model = stage.words.terms.table, stage.words.terms.model
        single = [model.index(n, 0).data() for n in range(model.rowCount())]
        choose(table, model.index(1, 0))
        press(stage, Qt.Key.Key_Down, shift=True)
        QTest.keyClick(table, Qt.Key.Key_Delete)
        assert project.undo_label == "Leave out 2 words"
        qtbot.waitUntil(lambda: single[1] not in terms(stage))
        assert single[2] not in terms(stage)
        assert table.currentIndex().data() in single[3:]
        assert table.currentIndex().row() > 0
        project.undo()
        stage.words.terms.length.pick("Words and phrases")
        qtbot.waitUntil(lambda: list(terms(stage)) == before)

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
