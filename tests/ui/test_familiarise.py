"""The Familiarise stage, read by keys and by visible words: whom, how far, beside whom, and how the page looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QFont, QImage, QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from qualcode.core.memos import PEN_PORTRAIT
from qualcode.core.project import Project
from qualcode.core.values import Emphasis, Face, Span, TranscriptId
from qualcode.ui import theme
from qualcode.ui.models.interviews import PROGRESS
from qualcode.ui.stages.familiarise import FamiliariseStage
from qualcode.ui.widgets import reading_pane
from qualcode.ui.widgets.correct_words import CorrectWords
from qualcode.ui.widgets.dress import Dress
from qualcode.ui.widgets.headings import Heading, voice_colour
from qualcode.ui.workspace import Workspace
from tests.helpers.projects import a_project, code_words, dialogue, land, span_of
from tests.ui.reading import (
    A_LINE,
    a_long_interview,
    a_stage,
    found_words,
    interviews,
    listed,
    noted,
    opened,
    press,
    reached,
    select,
    three_interviews,
)


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

    def it_is_said_at_the_end_of_the_page_where_the_next_unread_waits(
        self, stage: FamiliariseStage, project: Project, qtbot: QtBot
    ) -> None:
        view = stage.first.view

        def at_the_end() -> list[str]:
            return [b.text() for b in view.viewport().findChildren(QPushButton) if b.isVisible()]

        assert at_the_end() == []
        press(stage, Qt.Key.Key_End, ctrl=True)
        qtbot.waitUntil(lambda: at_the_end() == ["Mark as read", "Next unread"])
        view.findChildren(QPushButton)[0].click()
        assert project.summary().read == 1
        qtbot.waitUntil(lambda: at_the_end() == ["Next unread"])
        next(b for b in view.findChildren(QPushButton) if b.isVisible()).click()
        assert opened(stage) == "P02 · Wave 1"

    def it_says_how_much_of_each_wave_is_read(self, stage: FamiliariseStage, project: Project) -> None:
        project.readings.mark_read(interviews(stage)[0].id)
        waves = [stage.list.model.index(n, 0) for n in range(2)]
        assert [wave.data(PROGRESS) for wave in waves] == ["1 of 2", "0 of 1"]

    def it_follows_the_place_where_there_are_no_waves(
        self, make_stage: Callable[[], FamiliariseStage], project: Project, qtbot: QtBot
    ) -> None:
        said = [("Interviewer", "And?"), ("Participant", "We waited for the letter. " * 200)]
        land(project, dialogue(*said, name="alone"), title="Alone")
        stage = make_stage()
        press(stage, Qt.Key.Key_PageDown)
        qtbot.waitUntil(lambda: stage.list.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole).endswith("%"))

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


class DescribeTurningThePage:
    def it_keeps_the_last_line_in_sight_and_brings_the_caret_along(self, stage: FamiliariseStage) -> None:
        view = stage.first.view
        before = view.visible_span()
        press(stage, Qt.Key.Key_Space)
        after = view.visible_span()
        assert before.end - A_LINE * 2 < after.start < before.end < after.end
        assert after.start <= view.caret() <= after.end
        press(stage, Qt.Key.Key_Space, shift=True)
        assert view.visible_span().start <= before.start + A_LINE * 2

    def it_reads_every_line_on_the_way_to_the_end(self, stage: FamiliariseStage, qtbot: QtBot) -> None:
        view, seen = stage.first.view, 0
        for _ in range(40):
            shown = view.visible_span()
            assert shown.start <= seen
            seen = max(seen, shown.end)
            press(stage, Qt.Key.Key_PageDown)
        assert seen == view.length
        for _ in range(40):
            press(stage, Qt.Key.Key_PageUp)
        assert view.verticalScrollBar().value() == 0


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

    def it_shows_all_of_a_long_pen_portrait(self, stage: FamiliariseStage) -> None:
        portrait = stage.person.portrait
        portrait.setPlainText("She says so again. " * 120)
        assert portrait.verticalScrollBar().maximum() == 0
        portrait.setPlainText("")

    def it_follows_who_speaks_where_several_are_heard(
        self, make_stage: Callable[[], FamiliariseStage], project: Project, qtbot: QtBot
    ) -> None:
        ann, bob = project.people.add("P11"), project.people.add("P12")
        role = project.people.add_attribute("Role", "choice", ["Parent", "Mentor"])
        project.people.set_value(bob, role, "Mentor")
        said = [("Interviewer", "Who is here?"), ("Ann", "I am."), ("Bob", "And I am, too.")]
        land(project, dialogue(*said, name="group"), title="Group", people=[ann, bob])
        stage = make_stage()
        view = stage.first.view
        assert view.row is not None
        assert stage.person.findChildren(QComboBox)[0].currentText() == "P11"
        view.select(span_of(view.row.text, "too"))
        assert stage.person.findChildren(QComboBox)[0].currentText() == "P12"
        above = QPoint(6, round(view.rects(span_of(view.row.text, "I am."))[0].top()) - theme.px(10))
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=above)
        assert stage.person.findChildren(QComboBox)[0].currentText() == "P11"
        assert view.about(bob) == "P12\nRole: Mentor"

    def it_opens_the_persons_other_interview_beside_this_one(self, stage: FamiliariseStage) -> None:
        link = next(b for b in stage.person.findChildren(QPushButton) if b.text() == "Beside")
        assert link.accessibleName() == "P01 · Wave 2 beside this one"
        link.click()
        assert [p.interview.title for p in stage.pages.both if p.interview] == ["P01 · Wave 1", "P01 · Wave 2"]
        assert stage.second.isVisible()

    def it_leads_to_the_persons_other_interviews(self, stage: FamiliariseStage) -> None:
        link = next(b for b in stage.person.findChildren(QPushButton) if b.text() == "P01 · Wave 2")
        link.click()
        assert opened(stage) == "P01 · Wave 2"


class DescribeSideBySide:
    def it_begins_with_another_interview_of_the_same_person_or_else_the_next(self, stage: FamiliariseStage) -> None:
        press(stage, Qt.Key.Key_F8)
        assert [p.interview.title for p in stage.pages.both if p.interview] == ["P01 · Wave 1", "P01 · Wave 2"]
        press(stage, Qt.Key.Key_F8)
        stage.second.forget()
        stage.step(1)
        press(stage, Qt.Key.Key_F8)
        assert [p.interview.title for p in stage.pages.both if p.interview] == ["P02 · Wave 1", "P01 · Wave 2"]

    def it_reads_two_transcripts_and_the_list_speaks_to_the_one_with_the_cursor(self, stage: FamiliariseStage) -> None:
        press(stage, Qt.Key.Key_F8)
        assert stage.second.isVisible()
        stage.open_interview(interviews(stage)[1].id)
        assert opened(stage) == "P02 · Wave 1"
        assert stage.second.interview == interviews(stage)[1]
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

    def it_takes_larger_letters_from_the_wheel_and_goes_back_to_the_first_look(
        self, stage: FamiliariseStage, workspace: Workspace
    ) -> None:
        view = stage.first.view
        middle = QPointF(view.viewport().rect().center())
        turned = QWheelEvent(
            middle,
            view.viewport().mapToGlobal(middle),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        before = view.font().pixelSize()
        for _ in range(2):
            QApplication.sendEvent(view.viewport(), turned)
        assert view.font().pixelSize() == before + 2
        assert view.verticalScrollBar().value() == 0
        workspace.preferences.reading_measure = 48
        next(b for b in stage.dress.findChildren(QPushButton) if b.text() == "As at first").click()
        assert view.dress == Dress(codes=False)

    def it_keeps_the_title_where_there_is_little_room(self, stage: FamiliariseStage) -> None:
        def shown() -> list[str]:
            return [part.text() for part in stage.first.head.findChildren(QLabel) if part.isVisible()]

        words = interviews(stage)[0].word_count
        assert shown()[:2] == ["P01 · Wave 1", f"{words:,} words"]
        stage.first.head.resize(300, 46)
        assert shown() == ["P01 · Wave 1"]

    @pytest.mark.parametrize("look", theme.APPEARANCES)
    def it_names_each_voice_in_letters_that_contrast(self, qapp: QApplication, look: str) -> None:
        theme.appearance.apply(qapp, look, 1.0)
        tokens = theme.tokens()
        try:
            for voice in range(9):
                assert theme.contrast(voice_colour(voice), QColor(tokens.surface)) >= tokens.ink
            for shade in (tokens.text, tokens.secondary):
                assert theme.contrast(QColor(shade), QColor(tokens.surface)) >= tokens.ink
        finally:
            theme.appearance.apply(qapp, "light", 1.0)

    def it_names_who_speaks_where_their_words_begin(self, qapp: QApplication) -> None:
        def inked(right: float | None) -> list[int]:
            picture = QImage(300, 40, QImage.Format.Format_RGB32)
            picture.fill(Qt.GlobalColor.white)
            painter = QPainter(picture)
            Heading("P14", "00:01:02", 0).paint(painter, 30, times=True, right=right)
            painter.end()
            white = QColor(Qt.GlobalColor.white)
            return [x for x in range(300) if any(picture.pixelColor(x, y) != white for y in range(40))]

        assert inked(None)[0] < 4
        assert inked(None)[-1] < 150
        assert inked(300.0)[-1] > 295
        assert inked(300.0)[0] > 150

    def it_shows_bold_and_italic_of_the_file(
        self, make_stage: Callable[[], FamiliariseStage], project: Project
    ) -> None:
        said = dialogue(("Interviewer", "And?"), ("Participant", "It was never easy."), name="faces")
        at = span_of(said.text, "never")
        slanted = span_of(said.text, "easy")
        faces = (Emphasis(at, Face.BOLD), Emphasis(slanted, Face.ITALIC))
        land(project, replace(said, emphasis=faces), title="Faces")
        view = make_stage().first.view
        view.select(at)
        assert view.textCursor().charFormat().fontWeight() == QFont.Weight.Bold
        view.select(slanted)
        assert view.textCursor().charFormat().fontItalic()

    def it_shows_timestamps_and_line_numbers_as_wished(self, stage: FamiliariseStage, workspace: Workspace) -> None:
        left = stage.first.view.viewport().x()
        for name in ("Timestamps", "Line numbers"):
            next(b for b in stage.dress.findChildren(QCheckBox) if b.text() == name).click()
        assert (stage.first.view.dress.times, stage.first.view.dress.numbers) == (False, False)
        assert stage.first.view.viewport().x() < left

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
