"""The Report stage, driven as an analyst would: by keys and by visible words, on a real project file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QTextCursor, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from qualcode.core.project import Project
from qualcode.core.rows import FindingRow, QuoteRow
from qualcode.core.values import FindingId, SegmentId, ThemeId
from qualcode.report import markup
from qualcode.report.blocks import Of, Origin
from qualcode.ui.models import report_text
from qualcode.ui.models.report_outline import HELD, HOUSE
from qualcode.ui.stages.report import ReportStage
from qualcode.ui.widgets.picker import Picker
from qualcode.ui.widgets.report_finding import FindingCard
from qualcode.ui.workspace import Workspace
from tests.helpers.projects import an_interview, code_words, span_of
from tests.ui.showing import on_screen

WAITED = "We waited 😀 from June, I mean Pete rang twice, and nobody could say why."
MONTHS = "It was eight months before anybody came."
TRUST = "She never wrote anything down, so I told her."
Part = TypeVar("Part", bound=QWidget)
CONTROL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def themes(project: Project) -> tuple[ThemeId, ThemeId]:
    """Two themes; three people raised the first, one the second. No finding yet."""
    with project.step("Begin"):
        access, trust = project.themes.add("Access to support"), project.themes.add("Trust")
        waiting = project.codebook.add("Waiting", theme_id=access)
        telling = project.codebook.add("Telling", theme_id=trust)
        _, first = an_interview(project, "P01", WAITED)
        _, second = an_interview(project, "P02", MONTHS)
        _, third = an_interview(project, "P03", "They rang back in spring.")
        _, fourth = an_interview(project, "P04", TRUST)
        code_words(project, first, WAITED, waiting)
        code_words(project, second, MONTHS, waiting)
        code_words(project, third, "They rang back in spring.", waiting)
        code_words(project, fourth, TRUST, telling)
    return access, trust


@pytest.fixture
def findings(project: Project, themes: tuple[ThemeId, ThemeId]) -> tuple[FindingId, FindingId]:
    """Two findings under the first theme: the first carried by all three and quoted, the second by nobody."""
    with project.step("Find"):
        first = project.findings.add(themes[0], "Several people **waited for months**.")
        second = project.findings.add(themes[0], "People were **not told why**.")
        project.findings.attach(
            first, [segment(project, words) for words in (WAITED, MONTHS, "They rang back in spring.")]
        )
        project.findings.quote(first, segment(project, WAITED))
    return first, second


@pytest.fixture
def stage(qtbot: QtBot, workspace: Workspace, themes: object) -> ReportStage:
    return a_stage(qtbot, workspace)


def a_stage(qtbot: QtBot, workspace: Workspace) -> ReportStage:
    return on_screen(qtbot, workspace, ReportStage(workspace))


def segment(project: Project, words: str) -> SegmentId:
    return next(s.id for s in project.coding.all() if s.quote == words)


def the_finding(project: Project, finding_id: FindingId) -> FindingRow:
    return next(f for f in project.findings.all() if f.id == finding_id)


def the_quote(project: Project) -> QuoteRow:
    (found,) = project.findings.quotes()
    return found


def named(stage: QWidget, kind: type[Part], name: str) -> Part:
    """The visible control with this accessible name or these words."""
    QApplication.processEvents()
    for found in stage.findChildren(kind):
        words = found.text() if isinstance(found, QAbstractButton) else ""
        if found.isVisible() and name in (words, found.accessibleName()):
            return found
    raise AssertionError(f"There is no visible “{name}”.")


def read(stage: QWidget) -> str:
    """The words of all labels that are seen."""
    QApplication.processEvents()
    return "\n".join(found.text() for found in stage.findChildren(QLabel) if found.isVisible())


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def card(stage: ReportStage, finding_id: FindingId) -> FindingCard:
    QApplication.processEvents()
    found = stage.findings.card(finding_id)
    assert found is not None
    return found


def outline(stage: ReportStage) -> list[tuple[str, str]]:
    """The lines of the outline with what stands at their end."""
    return [(n.held.title, n.held.note) for n in stage.outline.outline.root.below() if n.held is not None]


class DescribeTheEmptyStage:
    def it_says_what_to_do_first_with_the_button_that_does_it(self, qtbot: QtBot, workspace: Workspace) -> None:
        stage = a_stage(qtbot, workspace)
        with qtbot.waitSignal(workspace.stage_asked) as asked:
            named(stage, QPushButton, "Open Themes").click()
        assert asked.args == ["themes"]

    def it_offers_a_place_for_the_first_finding_once_there_are_themes(
        self, stage: ReportStage, project: Project, themes: tuple[ThemeId, ThemeId]
    ) -> None:
        draft = named(stage, QWidget, "New finding under Access to support")
        draft.setFocus()
        QTest.keyClicks(draft, "They waited.")
        stage.outline.setFocus()
        assert [(f.text, f.theme_id) for f in project.findings.all()] == [("They waited.", themes[0])]
        assert project.undo_label == "Add finding"
        project.undo()
        assert project.findings.all() == []


class DescribeTheOutline:
    def it_lists_sections_themes_and_findings_in_reading_order(self, findings: object, stage: ReportStage) -> None:
        lines = [title for title, _ in outline(stage)]
        wanted = ["Cover", "Methodology", "Key findings", "Access to support", "Waited for months", "Not told why"]
        assert [line for line in lines if line in wanted] == wanted
        assert lines.index("Trust") < lines.index("Conclusion")

    def it_says_what_a_finding_and_a_section_want(self, findings: object, stage: ReportStage) -> None:
        notes = dict(outline(stage))
        assert notes["Not told why"] == "no quote"
        assert notes["Waited for months"] == "“several”?"
        assert notes["Access to support"] == "2 to mend"
        assert notes["Context"] == "blank"

    def it_is_read_out_with_its_notes(self, findings: object, stage: ReportStage) -> None:
        index = stage.outline.outline.find(Origin(Of.FINDING, findings[1]))  # type: ignore[index]
        assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Finding: Not told why, no quote"

    def it_moves_a_finding_by_keys_and_keeps_it_chosen(
        self, findings: tuple[FindingId, FindingId], stage: ReportStage, project: Project
    ) -> None:
        stage.show_finding(findings[1])
        QTest.keyClick(stage.outline, Qt.Key.Key_Up, ALT)
        assert [f.id for f in project.findings.all()] == [findings[1], findings[0]]
        assert stage.outline.origin() == Origin(Of.FINDING, findings[1])
        project.undo()
        assert [f.id for f in project.findings.all()] == list(findings)

    def it_deletes_a_finding_which_undo_brings_back_with_its_quote(
        self, findings: tuple[FindingId, FindingId], stage: ReportStage, project: Project
    ) -> None:
        stage.show_finding(findings[0])
        QTest.keyClick(stage.outline, Qt.Key.Key_Delete)
        assert [f.id for f in project.findings.all()] == [findings[1]]
        assert stage.outline.origin() == Origin(Of.FINDING, findings[1])
        project.undo()
        assert len(the_finding(project, findings[0]).quotes) == 1
        assert card(stage, findings[0]).isVisible()

    def it_stays_open_and_chosen_when_the_project_is_read_anew(
        self, findings: tuple[FindingId, FindingId], stage: ReportStage
    ) -> None:
        stage.show_finding(findings[1])
        place = stage.outline.outline.find(Origin(Of.THEME, stage.desk.finding(findings[1]).theme_id or ""))  # type: ignore[union-attr]
        assert stage.outline.isExpanded(place)
        stage.load()
        assert stage.outline.origin() == Origin(Of.FINDING, findings[1])
        assert stage.outline.currentIndex().data(HELD).title == "Not told why"


class DescribeWritingAFinding:
    def it_makes_the_selected_words_bold_and_keeps_them_when_the_field_is_left(
        self, findings: tuple[FindingId, FindingId], stage: ReportStage, project: Project
    ) -> None:
        field = card(stage, findings[1]).field
        field.setFocus()
        cursor = field.textCursor()
        cursor.setPosition(0)
        cursor.movePosition(QTextCursor.MoveOperation.NextWord, QTextCursor.MoveMode.KeepAnchor)
        field.setTextCursor(cursor)
        QTest.keyClick(field, Qt.Key.Key_B, CONTROL)
        assert the_finding(project, findings[1]).text == "People were **not told why**."
        stage.outline.setFocus()
        assert the_finding(project, findings[1]).text == "**People** were **not told why**."
        assert project.undo_label == "Edit finding"
        project.undo()
        assert field.toPlainText() == "People were not told why."

    def it_keeps_the_cursor_where_it_was_when_a_field_is_left_for_another(
        self, findings: tuple[FindingId, FindingId], stage: ReportStage, project: Project
    ) -> None:
        first, second = card(stage, findings[0]).field, card(stage, findings[1]).field
        first.setFocus()
        QTest.keyClicks(first, "Yes. ")
        second.setFocus()
        QTest.keyClicks(second, "No. ")
        assert QApplication.focusWidget() is second
        assert the_finding(project, findings[0]).text == "Yes. Several people **waited for months**."
        assert second.toPlainText() == "No. People were not told why."

    def it_puts_back_what_was_there_with_escape(
        self, findings: tuple[FindingId, FindingId], stage: ReportStage, project: Project
    ) -> None:
        field = card(stage, findings[0]).field
        field.setFocus()
        QTest.keyClicks(field, "Wrong ")
        QTest.keyClick(field, Qt.Key.Key_Escape)
        stage.outline.setFocus()
        assert project.undo_label != "Edit finding"
        assert field.toPlainText() == "Several people waited for months."

    def it_refuses_an_empty_finding_with_a_sentence(
        self, findings: tuple[FindingId, FindingId], stage: ReportStage, project: Project, qtbot: QtBot
    ) -> None:
        field = card(stage, findings[0]).field
        field.setFocus()
        field.selectAll()
        with qtbot.waitSignal(stage.workspace.refused) as refused:
            QTest.keyClick(field, Qt.Key.Key_Delete)
            stage.outline.setFocus()
        assert refused.args == ["A finding needs a text."]
        assert field.toPlainText() == "Several people waited for months."

    def it_offers_the_quantity_words_that_fit_the_people_counted(
        self, findings: tuple[FindingId, FindingId], stage: ReportStage, project: Project
    ) -> None:
        stage.show_finding(findings[0])
        assert "▲ “Several”: 3 of 4 asked" in read(stage.findings)
        named(stage, QPushButton, "Say “most” instead of “several”").click()
        assert the_finding(project, findings[0]).text == "Most people **waited for months**."
        assert "“Most”: 3 of 4 asked ✓" in read(stage.findings)
        project.undo()
        assert "▲ “Several”: 3 of 4 asked" in read(stage.findings)

    def it_keeps_what_is_typed_when_the_project_is_closed(
        self, findings: tuple[FindingId, FindingId], stage: ReportStage, workspace: Workspace
    ) -> None:
        path = workspace.project.path
        field = card(stage, findings[0]).field
        field.setFocus()
        QTest.keyClicks(field, "So: ")
        workspace.take(None)
        with Project.open(path) as again:
            assert the_finding(again, findings[0]).text.startswith("So: Several")
            workspace.take(None)

    def it_keeps_a_shorter_wording_for_the_summary(
        self, findings: tuple[FindingId, FindingId], stage: ReportStage, project: Project
    ) -> None:
        stage.show_finding(findings[0])
        field = named(stage, QWidget, "Shorter wording for the executive summary")
        field.setFocus()
        QTest.keyClicks(field, "Waits were long.")
        stage.outline.setFocus()
        assert the_finding(project, findings[0]).summary == "Waits were long."

    def it_moves_to_another_theme(
        self,
        findings: tuple[FindingId, FindingId],
        stage: ReportStage,
        project: Project,
        themes: tuple[ThemeId, ThemeId],
    ) -> None:
        stage.show_finding(findings[1])
        named(stage, QPushButton, "Move to theme…").click()
        QTest.keyClicks(stage.chooser.field, "tru")
        QTest.keyClick(stage.chooser.field, Qt.Key.Key_Return)
        assert the_finding(project, findings[1]).theme_id == themes[1]
        assert card(stage, findings[1]).isVisible()

    def it_can_be_moved_from_within_the_field(
        self, findings: tuple[FindingId, FindingId], stage: ReportStage, project: Project
    ) -> None:
        field = card(stage, findings[1]).field
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_Up, ALT)
        assert [f.id for f in project.findings.all()] == [findings[1], findings[0]]
        assert QApplication.focusWidget() is field


class DescribeKeys:
    def it_goes_through_the_page_as_it_is_read(
        self, findings: tuple[FindingId, FindingId], stage: ReportStage, themes: tuple[ThemeId, ThemeId]
    ) -> None:
        first, second = card(stage, findings[0]), card(stage, findings[1])
        first.field.setFocus()
        QApplication.processEvents()
        met = [focused()]
        while met[-1] is not stage.findings.draft(themes[0]) and len(met) < 30:
            QTest.keyClick(met[-1], Qt.Key.Key_Tab)
            met.append(focused())
        wanted = [first.field, *first.quote_cards(), first.summary, second.field, stage.findings.draft(themes[0])]
        assert [part for part in met if part in wanted] == wanted

    def it_goes_round_the_panes_and_each_takes_the_cursor(
        self, findings: tuple[FindingId, FindingId], stage: ReportStage
    ) -> None:
        for pane in stage.panes():
            pane.setFocus()
            assert pane is focused() or pane.isAncestorOf(focused())
        assert QApplication.focusWidget() is stage.side.evidence.tree

    def it_makes_a_place_for_a_new_finding(
        self, findings: tuple[FindingId, FindingId], stage: ReportStage, themes: tuple[ThemeId, ThemeId]
    ) -> None:
        stage.show_finding(findings[0])
        QTest.keyClick(stage.outline, Qt.Key.Key_N, CONTROL | SHIFT)
        assert QApplication.focusWidget() is stage.findings.draft(themes[0])


class DescribeFindingsOfAnotherWave:
    def it_says_that_they_are_not_in_the_report(
        self,
        findings: tuple[FindingId, FindingId],
        stage: ReportStage,
        project: Project,
        qtbot: QtBot,
    ) -> None:
        first, second = project.waves.add("Wave 1"), project.waves.add("Wave 2")
        for number, interview in enumerate(project.transcripts.interviews()):
            project.transcripts.change(interview.id, wave_id=second if number else first)
        project.findings.speak_of(findings[1], wave_id=first)
        project.reports.change(project.reports.add(), wave_id=second)
        assert "1 on another wave, not in this report" in read(stage.findings)
        with qtbot.waitSignal(stage.workspace.refused) as refused:
            stage.show_finding(findings[1])
        assert refused.args == ["This finding speaks of another wave than the report. Choose the wave under Cover."]


class DescribeEvidence:
    def choose(self, stage: ReportStage, project: Project, words: str) -> None:
        tree = stage.side.evidence.tree
        assert tree.choose(segment(project, words))
        tree.setFocus()

    def it_counts_people_with_their_base(self, findings: tuple[FindingId, FindingId], stage: ReportStage) -> None:
        stage.show_finding(findings[0])
        assert "3 of 4 asked" in read(stage.side.evidence)

    def it_attaches_turns_and_takes_off_segments_by_keys(
        self, findings: tuple[FindingId, FindingId], stage: ReportStage, project: Project
    ) -> None:
        stage.show_finding(findings[1])
        self.choose(stage, project, MONTHS)
        QTest.keyClick(stage.side.evidence.tree, Qt.Key.Key_Plus)
        assert [e.stance for e in the_finding(project, findings[1]).evidence] == ["supports"]
        assert "1 of 4 asked" in read(stage.side.evidence)
        self.choose(stage, project, MONTHS)
        QTest.keyClick(stage.side.evidence.tree, Qt.Key.Key_Minus)
        assert [e.stance for e in the_finding(project, findings[1]).evidence] == ["counters"]
        assert "1 against" in read(card(stage, findings[1]))
        self.choose(stage, project, MONTHS)
        QTest.keyClick(stage.side.evidence.tree, Qt.Key.Key_Delete)
        assert the_finding(project, findings[1]).evidence == ()
        for _ in range(3):
            project.undo()
        assert the_finding(project, findings[1]).evidence == ()

    def it_goes_on_to_the_next_segment_so_that_many_are_sorted_quickly(
        self, findings: tuple[FindingId, FindingId], stage: ReportStage, project: Project
    ) -> None:
        stage.show_finding(findings[1])
        stage.side.evidence.tree.choose_first()
        for _ in range(3):
            QTest.keyClick(stage.side.evidence.tree, Qt.Key.Key_Plus)
        assert len(the_finding(project, findings[1]).evidence) == 3

    def it_follows_what_is_coded_and_renamed_elsewhere(
        self, findings: tuple[FindingId, FindingId], stage: ReportStage, project: Project
    ) -> None:
        stage.show_finding(findings[0])
        code = next(c for c in project.codebook.all() if c.name == "Waiting")
        project.codebook.rename(code.id, "Waiting lists")
        assert {p.code.name for p in stage.side.evidence.tree.shown()} == {"Waiting lists"}
        project.coding.remove([segment(project, MONTHS)])
        assert "2 of 3 asked" in read(stage.side.evidence)

    def it_quotes_a_segment_and_opens_the_quote_for_editing(
        self, findings: tuple[FindingId, FindingId], stage: ReportStage, project: Project
    ) -> None:
        stage.show_finding(findings[1])
        self.choose(stage, project, MONTHS)
        QTest.keyClick(stage.side.evidence.tree, Qt.Key.Key_Q)
        (quote,) = the_finding(project, findings[1]).quotes
        assert quote.verbatim == MONTHS
        assert stage.side.quote.words.isVisible()
        assert stage.side.quote.words.toPlainText() == MONTHS
        assert dict(outline(stage))["Not told why"] == "1"

    def it_opens_a_segment_in_its_transcript(
        self, findings: tuple[FindingId, FindingId], stage: ReportStage, project: Project, qtbot: QtBot
    ) -> None:
        stage.show_finding(findings[0])
        self.choose(stage, project, MONTHS)
        with qtbot.waitSignal(stage.workspace.place_asked) as asked:
            QTest.keyClick(stage.side.evidence.tree, Qt.Key.Key_Return)
        transcript, span = asked.args
        assert span.of(project.transcripts.text(transcript)) == MONTHS

    def it_counts_only_those_of_whom_the_finding_speaks(
        self, findings: tuple[FindingId, FindingId], stage: ReportStage, project: Project
    ) -> None:
        role = project.people.add_attribute("Role", "choice", ["Carer", "Staff"])
        for person in project.people.all():
            project.people.set_value(person.id, role, "Staff" if person.pseudonym == "P01" else "Carer")
        stage.show_finding(findings[0])
        named(stage, Picker, "People it speaks of").pick("Role: Carer")
        assert the_finding(project, findings[0]).scope_value == "Carer"
        assert "2 of 3 asked" in read(stage.side.evidence)

    def it_says_which_evaluation_questions_a_finding_answers(
        self, findings: tuple[FindingId, FindingId], stage: ReportStage, project: Project
    ) -> None:
        question = project.waves.add_evaluation_question("How long do families wait?")
        stage.show_finding(findings[0])
        card(stage, findings[0]).scope.answers.menu().actions()[0].trigger()
        assert the_finding(project, findings[0]).question_ids == {question}
        assert card(stage, findings[0]).scope.answers.text() == "Answers question 1"


class DescribeEditingAQuote:
    @pytest.fixture
    def select(
        self, findings: tuple[FindingId, FindingId], stage: ReportStage, project: Project
    ) -> Callable[[str], None]:
        def act(words: str) -> None:
            stage.show_quote(the_quote(project).id)
            stage.side.quote.words.select(span_of(WAITED, words))
            stage.side.quote.words.setFocus()

        return act

    def it_cuts_words_after_an_emoji_and_shows_the_quote_as_it_will_appear(
        self, stage: ReportStage, project: Project, select: Callable[[str], None]
    ) -> None:
        select("I mean Pete rang twice,")
        QTest.keyClick(stage.side.quote.words, Qt.Key.Key_Delete)
        assert the_quote(project).edits[0].span == span_of(WAITED, "I mean Pete rang twice,")
        shown = stage.desk.shown(the_quote(project))
        assert shown is not None
        assert shown.words == "We waited 😀 from June, [...] and nobody could say why."
        assert "<i>We waited 😀 from June, </i>[...]" in read(stage.side.quote)
        assert project.undo_label == "Cut “I mean Pete rang twice,” in Q-0001"
        project.undo()
        assert the_quote(project).edits == ()

    def it_replaces_words_by_a_description_in_brackets(
        self, stage: ReportStage, project: Project, select: Callable[[str], None]
    ) -> None:
        select("Pete")
        QTest.keyClick(stage.side.quote.words, Qt.Key.Key_R)
        QTest.keyClicks(stage.side.quote.description, "my son")
        QTest.keyClick(stage.side.quote.description, Qt.Key.Key_Return)
        assert "“Pete” is shown as [my son]" in read(stage.side.quote)
        shown = stage.desk.shown(the_quote(project))
        assert shown is not None
        assert "I mean [my son] rang twice" in shown.words
        named(stage, QPushButton, "Put back: “Pete” is shown as [my son]").click()
        assert the_quote(project).edits == ()

    def it_keeps_only_the_words_selected(
        self, stage: ReportStage, project: Project, select: Callable[[str], None]
    ) -> None:
        select("nobody could say why.")
        QTest.keyClick(stage.side.quote.words, Qt.Key.Key_K)
        shown = stage.desk.shown(the_quote(project))
        assert shown is not None
        assert shown.words == "nobody could say why."

    def it_cannot_be_retyped(self, stage: ReportStage, project: Project, select: Callable[[str], None]) -> None:
        select("June")
        QTest.keyClicks(stage.side.quote.words, "July")
        assert stage.side.quote.words.toPlainText() == WAITED
        assert the_quote(project).verbatim == WAITED

    def it_says_why_no_word_may_be_left_out_entirely(
        self, stage: ReportStage, project: Project, select: Callable[[str], None], qtbot: QtBot
    ) -> None:
        select(WAITED)
        with qtbot.waitSignal(stage.workspace.refused) as refused:
            named(stage, QPushButton, "Cut […]").click()
        assert refused.args == ["Some words of the quote must be left."]

    def it_runs_a_quote_into_the_sentence_and_sets_it_apart_again(
        self, stage: ReportStage, project: Project, select: Callable[[str], None], findings: tuple[FindingId, FindingId]
    ) -> None:
        select("June")
        placement = stage.side.quote.placement
        placement.pick("In the finding’s sentence")
        assert the_finding(project, findings[0]).text == "Several people **waited for months**. {q:Q-0001}"
        field = card(stage, findings[0]).field
        field.selectAll()
        field.copy()
        assert QApplication.clipboard().text() == "Several people waited for months. {q:Q-0001}"
        assert "{" not in field.toPlainText()
        placement.pick("Set apart under the finding")
        assert the_finding(project, findings[0]).text == "Several people **waited for months**."
        assert the_quote(project).placement == "block"
        project.undo()
        assert markup.quoted(the_finding(project, findings[0]).text) == ("Q-0001",)

    def it_is_one_sign_among_the_words_of_its_sentence(
        self, findings: tuple[FindingId, FindingId], stage: ReportStage, project: Project
    ) -> None:
        project.findings.write(findings[0], text="They said {q:Q-0001}.")
        field = card(stage, findings[0]).field
        field.setFocus()
        field.moveCursor(QTextCursor.MoveOperation.End)
        QTest.keyClick(field, Qt.Key.Key_Left)
        QTest.keyClicks(field, " twice")
        field.keep()
        assert the_finding(project, findings[0]).text == "They said {q:Q-0001} twice."
        for _ in range(len(" twice") + 1):
            QTest.keyClick(field, Qt.Key.Key_Backspace)
        field.keep()
        assert the_finding(project, findings[0]).text == "They said ."

    def it_shows_identifiers_by_their_replacement(
        self, stage: ReportStage, project: Project, select: Callable[[str], None]
    ) -> None:
        project.identifiers.add("person", "Pete", "[a friend]")
        select("June")
        assert "[a friend]" in read(stage.side.quote)
        assert "Pete" not in read(stage.side.quote)
        assert "Pete" not in read(stage.findings)

    def it_takes_an_attribution_of_its_own(
        self, stage: ReportStage, project: Project, select: Callable[[str], None]
    ) -> None:
        select("June")
        stage.side.quote.attribution.setFocus()
        QTest.keyClicks(stage.side.quote.attribution, "Parent")
        QTest.keyClick(stage.side.quote.attribution, Qt.Key.Key_Return)
        assert the_quote(project).attribution == "Parent"

    def it_is_removed_by_key_and_comes_back_by_undo(
        self, stage: ReportStage, project: Project, findings: tuple[FindingId, FindingId]
    ) -> None:
        (shown,) = card(stage, findings[0]).quote_cards()
        shown.setFocus()
        QTest.keyClick(shown, Qt.Key.Key_Delete)
        assert project.findings.quotes() == []
        assert "▲ No quote yet" in read(card(stage, findings[0]))
        project.undo()
        assert len(card(stage, findings[0]).quote_cards()) == 1

    def it_is_announced_with_its_words(self, stage: ReportStage, findings: tuple[FindingId, FindingId]) -> None:
        (shown,) = card(stage, findings[0]).quote_cards()
        said = QAccessible.queryAccessibleInterface(shown).text(QAccessible.Text.Name)
        assert said == f"Quote Q-0001: {WAITED}"


class DescribeSections:
    def it_keeps_the_analysts_text_and_shows_it_on_the_page(self, stage: ReportStage, project: Project) -> None:
        stage.show_origin(Origin(Of.SECTION, "context"))
        field = named(stage, QWidget, "Context")
        field.setFocus()
        QTest.keyClicks(field, "Begun in May.")
        stage.side.setCurrentWidget(stage.side.page)
        stage.outline.setFocus()
        (report,) = project.reports.all()
        assert report.texts == {"context": "Begun in May."}
        assert dict(outline(stage))["Context"] == ""
        project.undo()
        assert project.reports.all() == []
        assert field.isVisible()

    def it_edits_the_cover(self, stage: ReportStage, project: Project) -> None:
        stage.outline.choose(Origin(Of.SECTION, "cover"))
        for name, words in (
            ("Title", "Waiting"),
            ("Authors", "Ada; Grace"),
            ("Programme", "Harbour"),
            ("Date of the report", "5 March 2026"),
        ):
            field = named(stage, QWidget, name)
            field.setFocus()
            QTest.keyClicks(field, words)
        stage.outline.setFocus()
        (report,) = project.reports.all()
        assert (report.title, report.authors, report.texts["programme"]) == ("Waiting", "Ada; Grace", "Harbour")
        assert report.published_on is not None
        assert report.published_on.isoformat() == "2026-03-05"
        assert dict(outline(stage))["Cover"] == ""

    def it_says_what_a_date_looks_like(self, stage: ReportStage, qtbot: QtBot) -> None:
        stage.outline.choose(Origin(Of.SECTION, "cover"))
        field = named(stage, QWidget, "Date of the report")
        field.setFocus()
        with qtbot.waitSignal(stage.workspace.refused) as refused:
            QTest.keyClicks(field, "soon")
            QTest.keyClick(field, Qt.Key.Key_Return)
        assert refused.args == ["A date is wanted, such as 5 March 2026."]
        assert stage.cover.date.text() == ""

    def it_lets_go_of_the_finding_so_that_nothing_is_attached_unseen(
        self, findings: tuple[FindingId, FindingId], stage: ReportStage, project: Project
    ) -> None:
        stage.show_quote(the_quote(project).id)
        stage.outline.choose(Origin(Of.SECTION, "context"))
        project.findings.remove(findings[0])
        assert stage.side.quote.quote is None
        stage.side.setCurrentWidget(stage.side.evidence)
        assert "Choose a finding to see what carries it." in read(stage.side.evidence)

    def it_keeps_the_house_rules(self, stage: ReportStage, project: Project) -> None:
        project.people.add_attribute("Role", "choice", ["Carer", "Staff"])
        stage.outline.choose(Origin(Of.SECTION, HOUSE))
        stage.house.fewest.setFocus()
        stage.house.fewest.setValue(5)
        stage.outline.setFocus()
        assert project.setting("report")["fewest"] == 5


class DescribeThePageAndTheChecks:
    def it_shows_the_whole_report_without_marks(
        self, findings: tuple[FindingId, FindingId], stage: ReportStage, qtbot: QtBot
    ) -> None:
        stage.side.setCurrentWidget(stage.side.page)
        qtbot.waitUntil(lambda: "Key findings" in stage.side.page.toPlainText())
        words = stage.side.page.toPlainText()
        assert f"“{WAITED}”" in words
        assert "Several people waited for months." in words
        assert "**" not in words

    def it_follows_an_act_while_it_is_looked_at(
        self, findings: tuple[FindingId, FindingId], stage: ReportStage, project: Project, qtbot: QtBot
    ) -> None:
        stage.side.setCurrentWidget(stage.side.page)
        qtbot.waitUntil(lambda: "waited for months" in stage.side.page.toPlainText())
        project.findings.write(findings[0], text="Everybody **waited**.")
        qtbot.waitUntil(lambda: "Everybody waited." in stage.side.page.toPlainText())

    def it_lists_what_to_mend_and_opens_what_each_speaks_of(
        self, findings: tuple[FindingId, FindingId], stage: ReportStage, qtbot: QtBot
    ) -> None:
        stage.side.setCurrentWidget(stage.side.checks)
        qtbot.waitUntil(lambda: stage.side.checks.list.count() > 0)
        sentences = [stage.side.checks.list.item(n).text() for n in range(stage.side.checks.list.count())]
        at = next(n for n, s in enumerate(sentences) if "not told why” has no quote" in s)
        stage.side.checks.list.setCurrentRow(at)
        stage.side.checks.list.setFocus()
        QTest.keyClick(stage.side.checks.list, Qt.Key.Key_Return)
        assert stage.outline.origin() == Origin(Of.FINDING, findings[1])
        blank = next(n for n, s in enumerate(sentences) if s.startswith("▲  Context"))
        stage.side.checks.list.setCurrentRow(blank)
        QTest.keyClick(stage.side.checks.list, Qt.Key.Key_Return)
        assert QApplication.focusWidget() is named(stage, QWidget, "Context")


class DescribeExporting:
    @pytest.fixture
    def target(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        path = tmp_path / "out" / "report.docx"
        path.parent.mkdir()
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(path), ""))
        return path

    def press(self, stage: ReportStage, words: str) -> None:
        tools = stage.tools()
        next(b for b in tools if isinstance(b, QPushButton) and b.text() == words).click()

    def it_writes_the_word_report_and_says_where_it_is(
        self, findings: object, stage: ReportStage, target: Path, qtbot: QtBot, project: Project
    ) -> None:
        project.identifiers.add("person", "Pete", "[a friend]")
        self.press(stage, "Export Word report…")
        qtbot.waitUntil(lambda: stage.exports.written.isVisible(), timeout=20_000)
        assert str(target) in read(stage.exports)
        text = "\n".join(p.text for p in docx.Document(str(target)).paragraphs)
        assert WAITED.replace("Pete", "[a friend]") in text
        assert project.log()[-1].label == "Export the report"

    def it_is_held_back_by_an_identifier_until_a_reason_is_given(
        self, findings: tuple[FindingId, FindingId], stage: ReportStage, target: Path, qtbot: QtBot, project: Project
    ) -> None:
        project.identifiers.add("person", "Marjorie", "[a neighbour]")
        project.findings.write(findings[1], text="Marjorie was **not told why**.")
        self.press(stage, "Export Word report…")
        qtbot.waitUntil(lambda: stage.exports.held_back.isVisible(), timeout=20_000)
        assert not target.exists()
        assert "Marjorie" in stage.exports.held_back.places.item(0).text()
        QTest.keyClicks(stage.exports.held_back.reason, "She agreed in writing")
        QTest.keyClick(stage.exports.held_back.reason, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: stage.exports.written.isVisible(), timeout=20_000)
        assert target.exists()
        assert project.log()[-1].detail["override"] == "She agreed in writing"


class DescribeMarkedUpText:
    words = st.text("ab éß😀", min_size=1, max_size=8).map(lambda s: " ".join(s.split())).filter(bool)
    run = st.tuples(words, st.sampled_from(["", "*", "**", "***"])).map(lambda r: f"{r[1]}{r[0]}{r[1]}")
    paragraph = st.lists(run | st.just("{q:Q-0001}") | st.just("{note: as said before}"), min_size=1, max_size=4)
    text = st.lists(paragraph.map(" ".join), min_size=1, max_size=3).map("\n\n".join)

    @given(text=text)
    def it_reads_the_same_after_it_was_shown_for_editing(self, text: str) -> None:
        document = QTextDocument()
        report_text.fill(document, text)
        again = report_text.written(document)
        assert markup.parse(again) == markup.parse(text)
        report_text.fill(document, again)
        assert report_text.written(document) == again

    def it_keeps_lists_and_paragraphs_apart(self) -> None:
        text = "First **bold**.\n\n- one\n- two\n\nLast."
        document = QTextDocument()
        report_text.fill(document, text)
        assert document.toPlainText() == "First bold.\n- one\n- two\nLast."
        assert report_text.written(document) == text
