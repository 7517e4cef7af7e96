"""Comments for colleagues in the Report stage: said, answered, settled, seen beside what they are on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from qualcode.core.comments import Topic
from qualcode.core.project import Project
from qualcode.core.values import FindingId, ThemeId
from qualcode.report.blocks import Of, Origin
from qualcode.ui.stages.report import ReportStage
from qualcode.ui.widgets.report_comments import Conversation
from qualcode.ui.workspace import Workspace
from tests.ui.reporting import a_stage, named, waiting

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def theme(project: Project) -> ThemeId:
    return waiting(project)[0]


@pytest.fixture
def finding(project: Project, theme: ThemeId) -> FindingId:
    return project.findings.all()[0].id


@pytest.fixture
def stage(qtbot: QtBot, workspace: Workspace, finding: FindingId) -> ReportStage:
    found = a_stage(qtbot, workspace)
    found.show_finding(finding)
    return found


def said(project: Project) -> list[tuple[Topic, str, bool]]:
    return [(c.topic, c.text, c.resolved) for c in project.comments.all()]


def read(stage: ReportStage) -> str:
    QApplication.processEvents()
    talks = [talk for talk in stage.middle.findChildren(Conversation) if talk.isVisible()]
    return "\n".join(label.text() for talk in talks for label in talk.findChildren(QLabel) if label.isVisible())


def say(stage: ReportStage, words: str) -> None:
    field = named(stage, QWidget, "Comment for colleagues")
    QTest.keyClicks(field, words)
    QTest.keyClick(field, Qt.Key.Key_Return, CONTROL)


class DescribeSayingSomething:
    def it_is_begun_by_keys_and_said_with_control_return(
        self, stage: ReportStage, project: Project, finding: FindingId, qtbot: QtBot
    ) -> None:
        QTest.keyClick(stage.findings.card(finding).field, Qt.Key.Key_M, CONTROL | ALT)  # type: ignore[union-attr]
        say(stage, "Two of three?")
        assert said(project) == [(Topic(finding_id=finding), "Two of three?", False)]
        assert "Two of three?" in read(stage)
        assert "Ada, " in read(stage)
        assert project.undo_label == "Write comment"
        project.undo()
        assert read(stage) == ""

    def it_is_said_when_the_field_is_left(self, stage: ReportStage, project: Project, finding: FindingId) -> None:
        stage.comment()
        QTest.keyClicks(named(stage, QWidget, "Comment for colleagues"), "Really?")
        stage.outline.setFocus()
        assert said(project) == [(Topic(finding_id=finding), "Really?", False)]

    def it_is_left_unsaid_with_escape(self, stage: ReportStage, project: Project) -> None:
        stage.comment()
        field = named(stage, QWidget, "Comment for colleagues")
        QTest.keyClicks(field, "Rubb")
        QTest.keyClick(field, Qt.Key.Key_Escape)
        stage.outline.setFocus()
        assert said(project) == []
        assert not field.isVisible()

    def it_is_kept_when_the_project_is_closed(
        self, stage: ReportStage, workspace: Workspace, project: Project, finding: FindingId
    ) -> None:
        stage.comment()
        QTest.keyClicks(named(stage, QWidget, "Comment for colleagues"), "Wait")
        workspace.leaving.emit()
        assert said(project) == [(Topic(finding_id=finding), "Wait", False)]

    @pytest.mark.parametrize("key", ["cover", "methodology"])
    def it_is_on_a_section_from_a_button_beside_its_title(self, stage: ReportStage, project: Project, key: str) -> None:
        stage.outline.choose(Origin(Of.SECTION, key))
        named(stage.middle, QPushButton, "Comment").click()
        say(stage, "Say who chose them.")
        assert said(project) == [(Topic(section=key), "Say who chose them.", False)]
        stage.outline.choose(Origin(Of.SECTION, "context"))
        assert read(stage) == ""
        stage.outline.choose(Origin(Of.SECTION, key))
        assert "Say who chose them." in read(stage)

    def it_is_on_a_theme(self, stage: ReportStage, project: Project, theme: ThemeId) -> None:
        stage.outline.choose(Origin(Of.THEME, theme))
        stage.comment()
        say(stage, "A better name?")
        assert said(project) == [(Topic(theme_id=theme), "A better name?", False)]


class DescribeAConversation:
    @pytest.fixture
    def begun(self, project: Project, finding: FindingId) -> Topic:
        """Ben asked something; Ada is at work."""
        project.work_as("Ben")
        project.comments.add(Topic(finding_id=finding), "Is it some, or most?")
        project.work_as("Ada")
        return Topic(finding_id=finding)

    def it_is_answered_and_settled_and_opened_again(self, begun: Topic, stage: ReportStage, project: Project) -> None:
        named(stage.middle, QPushButton, "Answer").click()
        QTest.keyClicks(named(stage, QWidget, "Answer"), "Some.")
        QTest.keyClick(named(stage, Conversation, "Comments").field, Qt.Key.Key_Return, CONTROL)
        assert [text for _, text, _ in said(project)] == ["Is it some, or most?", "Some."]
        named(stage.middle, QPushButton, "Resolve").click()
        assert [resolved for *_, resolved in said(project)] == [True, True]
        assert read(stage) == ""
        named(stage.middle, QPushButton, "2 resolved").click()
        assert "Some." in read(stage)
        named(stage.middle, QPushButton, "Reopen").click()
        assert [resolved for *_, resolved in said(project)] == [False, False]

    def it_lets_people_change_their_own_words_only(self, begun: Topic, stage: ReportStage, project: Project) -> None:
        project.comments.add(begun, "Sum.")
        edit = [b.accessibleName() for b in stage.middle.findChildren(QPushButton) if b.text() == "Edit"]
        assert edit == ["Edit comment: Sum."]
        named(stage.middle, QPushButton, "Edit").click()
        field = named(stage, Conversation, "Comments").field
        field.selectAll()
        QTest.keyClicks(field, "Some.")
        QTest.keyClick(field, Qt.Key.Key_Return, CONTROL)
        assert [text for _, text, _ in said(project)] == ["Is it some, or most?", "Some."]
        named(stage.middle, QPushButton, "Delete").click()
        assert [text for _, text, _ in said(project)] == ["Is it some, or most?"]

    def it_stands_beside_the_finding_where_there_is_room_and_below_where_there_is_none(
        self, begun: Topic, stage: ReportStage, finding: FindingId, qtbot: QtBot
    ) -> None:
        card, talk = stage.findings.card(finding), named(stage, Conversation, "Comments")
        assert card is not None

        def top_and_left(part: QWidget) -> QPoint:
            return part.mapTo(stage, QPoint(0, 0))

        qtbot.waitUntil(lambda: top_and_left(talk).y() >= top_and_left(card).y() + card.height())
        stage.resize(1900, 800)
        qtbot.waitUntil(lambda: top_and_left(talk).x() >= top_and_left(card).x() + card.width())
        assert abs(top_and_left(talk).y() - top_and_left(card).y()) < 20

    def it_is_counted_on_the_finding_and_in_the_margin_of_the_page(
        self, begun: Topic, stage: ReportStage, finding: FindingId, qtbot: QtBot
    ) -> None:
        assert named(stage.middle, QPushButton, "1 comment").isVisible()
        stage.side.setCurrentWidget(stage.side.page)
        page = stage.side.page
        qtbot.waitUntil(lambda: "waited for months" in page.toPlainText())
        page.scrollToAnchor("_findings")
        place, sign = next((p, s) for p, s in page.margin._places() if s.comments)
        assert sign.origin == Origin(Of.FINDING, finding)
        with qtbot.waitSignal(page.asked) as asked:
            QTest.mouseClick(page.margin, Qt.MouseButton.LeftButton, pos=place.center())
        assert asked.args == [Origin(Of.FINDING, finding)]

    def it_is_not_on_the_page(self, begun: Topic, stage: ReportStage, qtbot: QtBot) -> None:
        assert "Is it some" not in str(stage.desk.built)


class DescribeAQuoteOnThePage:
    def it_leads_to_where_it_was_said_in_one_click(
        self, stage: ReportStage, project: Project, workspace: Workspace, finding: FindingId, qtbot: QtBot
    ) -> None:
        quote = project.findings.get_quote(
            project.findings.quote(finding, project.findings.all()[0].evidence[0].segment_id)
        )
        place = named(stage.middle, QPushButton, f"{quote.label} · {stage.desk.place(quote)}")
        with qtbot.waitSignal(workspace.place_asked) as asked:
            QTest.mouseClick(place, Qt.MouseButton.LeftButton)
        assert asked.args == [quote.transcript_id, quote.span]
        stage.side.setCurrentWidget(stage.side.page)
        page = stage.side.page
        qtbot.waitUntil(lambda: len(page.margin._places()) == 1)
        page.scrollToAnchor("_findings")
        spot, _ = page.margin._places()[0]
        with qtbot.waitSignal(workspace.place_asked) as asked:
            QTest.mouseClick(page.margin, Qt.MouseButton.LeftButton, pos=spot.center())
        assert asked.args == [quote.transcript_id, quote.span]
