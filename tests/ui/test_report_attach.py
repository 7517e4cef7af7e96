"""Attaching segments to findings by dragging, and what can be put into a sentence beyond its words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from qualcode.core.findings import COUNTERS, SUPPORTS
from qualcode.core.project import Project
from qualcode.core.rows import FindingRow
from qualcode.core.values import FindingId, SegmentId
from qualcode.report.blocks import Of, Origin
from qualcode.ui.stages.report import ReportStage
from qualcode.ui.widgets.report_drop import DropZones, dragged
from qualcode.ui.widgets.report_field import ReportField
from qualcode.ui.widgets.report_finding import FindingCard
from qualcode.ui.workspace import Workspace
from tests.ui.reporting import SAID, a_stage, named, segment, waiting

CONTROL, ALT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.NoModifier,
)


@pytest.fixture
def finding(project: Project) -> FindingId:
    return waiting(project)[1]


@pytest.fixture
def stage(qtbot: QtBot, workspace: Workspace, finding: FindingId) -> ReportStage:
    found = a_stage(qtbot, workspace)
    found.show_finding(finding)
    return found


@pytest.fixture
def third(project: Project) -> SegmentId:
    """A segment of the theme that is not attached to the finding."""
    return segment(project, SAID[2])


def the_finding(project: Project) -> FindingRow:
    return project.findings.all()[0]


def card(stage: ReportStage, finding: FindingId) -> FindingCard:
    QApplication.processEvents()
    found = stage.findings.card(finding)
    assert found is not None
    return found


def read(within: QWidget) -> str:
    """The words of all labels that are seen."""
    QApplication.processEvents()
    return "\n".join(found.text() for found in within.findChildren(QLabel) if found.isVisible())


class Drag:
    """A segment dragged by the mouse, as Qt tells of it."""

    def __init__(self, over: QWidget, segment_id: SegmentId) -> None:
        self._over, self._data = over, dragged(segment_id)

    def enter(self, at: QPoint) -> QDragEnterEvent:
        return self._sent(QDragEnterEvent(at, Qt.DropAction.CopyAction, self._data, Qt.MouseButton.LeftButton, NONE))

    def move(self, at: QPoint) -> QDragMoveEvent:
        return self._sent(QDragMoveEvent(at, Qt.DropAction.CopyAction, self._data, Qt.MouseButton.LeftButton, NONE))

    def drop(self, at: QPoint) -> QDropEvent:
        event = QDropEvent(QPointF(at), Qt.DropAction.CopyAction, self._data, Qt.MouseButton.LeftButton, NONE)
        return self._sent(event)

    def leave(self) -> None:
        QApplication.sendEvent(self._over, QDragLeaveEvent())

    def _sent(self, event):  # type: ignore[no-untyped-def]
        QApplication.sendEvent(self._over, event)
        return event


class DescribeDraggingASegment:
    @pytest.mark.parametrize(
        ("act", "stance", "quotes"), [("carries", SUPPORTS, 0), ("against", COUNTERS, 0), ("quote", SUPPORTS, 1)]
    )
    def it_does_what_it_was_dropped_on_in_one_step(
        self,
        stage: ReportStage,
        project: Project,
        finding: FindingId,
        third: SegmentId,
        act: str,
        stance: str,
        quotes: int,
    ) -> None:
        over = card(stage, finding)
        zones = over.findChild(DropZones)
        assert zones is not None
        drag = Drag(over, third)
        assert drag.enter(QPoint(20, 20)).isAccepted()
        assert zones.isVisible()
        at = zones.middle(act)
        assert drag.move(at).isAccepted()
        drag.drop(at)
        assert not zones.isVisible()
        assert {e.segment_id: e.stance for e in the_finding(project).evidence}[third] == stance
        assert len(the_finding(project).quotes) == quotes
        project.undo()
        assert third not in {e.segment_id for e in the_finding(project).evidence}

    def it_goes_to_the_finding_under_the_pointer_which_is_then_worked_on(
        self, stage: ReportStage, project: Project, finding: FindingId, third: SegmentId
    ) -> None:
        other = project.findings.add(the_finding(project).theme_id, "For one person it **went fast**.")
        over = card(stage, other)
        zones = over.findChild(DropZones)
        assert zones is not None
        drag = Drag(over, third)
        drag.enter(QPoint(20, 20))
        drag.drop(zones.middle("carries"))
        assert [e.segment_id for f in project.findings.all() if f.id == other for e in f.evidence] == [third]
        assert stage.outline.origin() == Origin(Of.FINDING, other)
        assert "1 of 3 asked" in read(stage.side.evidence)

    def it_leaves_nothing_behind_when_it_is_taken_elsewhere(
        self, stage: ReportStage, project: Project, finding: FindingId, third: SegmentId
    ) -> None:
        over = card(stage, finding)
        zones = over.findChild(DropZones)
        assert zones is not None
        drag = Drag(over, third)
        drag.enter(QPoint(20, 20))
        drag.leave()
        assert not zones.isVisible()
        assert len(the_finding(project).evidence) == 2

    def it_is_no_text_to_be_dropped_in_a_sentence(
        self, stage: ReportStage, finding: FindingId, third: SegmentId
    ) -> None:
        field = card(stage, finding).field
        assert not field.canInsertFromMimeData(dragged(third))

    def it_can_still_be_done_by_key(self, stage: ReportStage, project: Project, third: SegmentId) -> None:
        tree = stage.side.evidence.tree
        tree.choose(third)
        QTest.keyClick(tree, Qt.Key.Key_Minus)
        assert {e.segment_id: e.stance for e in the_finding(project).evidence}[third] == COUNTERS


class DescribePuttingMoreIntoASentence:
    def it_makes_what_is_selected_a_footnote(self, stage: ReportStage, project: Project, finding: FindingId) -> None:
        field = card(stage, finding).field
        field.setFocus()
        cursor = field.textCursor()
        cursor.setPosition(len("Some people "))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfWord, QTextCursor.MoveMode.KeepAnchor)
        field.setTextCursor(cursor)
        QTest.keyClick(field, Qt.Key.Key_F, CONTROL | ALT)
        QTest.keyClicks(field, " in wave 1")
        stage.outline.setFocus()
        assert the_finding(project).text == "Some people **{note: waited in wave 1} for months**."
        assert "[Footnote: waited in wave 1]" in str(stage.desk.built)

    def it_refers_to_a_section_by_its_title(self, stage: ReportStage, project: Project, finding: FindingId) -> None:
        field = card(stage, finding).field
        field.setFocus()
        field.moveCursor(QTextCursor.MoveOperation.End)
        QTest.keyClicks(field, " See ")
        menu = named(stage.middle, QPushButton, "Reference").menu()
        menu.aboutToShow.emit()
        next(a for a in menu.actions() if a.text().strip() == "How quantity words are used").trigger()
        QTest.keyClicks(field, ".")
        stage.outline.setFocus()
        assert the_finding(project).text.endswith("See {see: How quantity words are used}.")
        assert "See Appendix" in str(stage.desk.built)

    def it_offers_counted_words_with_what_they_read_now(
        self, stage: ReportStage, project: Project, finding: FindingId
    ) -> None:
        area = project.people.add_attribute("Area", "choice", ["North", "South", "East"])
        for person, value in zip(project.people.all(), ["North", "South", "East"], strict=True):
            project.people.set_value(person.id, area, value)
        field = card(stage, finding).field
        field.setFocus()
        field.moveCursor(QTextCursor.MoveOperation.End)
        menu = named(stage.middle, QPushButton, "Counted words").menu()
        menu.aboutToShow.emit()
        assert [a.text() for a in menu.actions()] == [
            "two of the three asked",
            "participants from two of the three areas",
        ]
        menu.actions()[1].trigger()
        stage.outline.setFocus()
        assert the_finding(project).text == "Some people **waited for months**. {spread: Area}"


class DescribeWhatTheProjectKnows:
    @pytest.fixture
    def sampling(self, stage: ReportStage) -> ReportField:
        stage.outline.choose(Origin(Of.SECTION, "methodology"))
        field = stage.section.field("sampling")
        assert field is not None
        field.setFocus()
        return field

    def choose(self, stage: ReportStage, words: str, within: str = "") -> None:
        menu = named(stage.section, QPushButton, "From the data").menu()
        menu.aboutToShow.emit()
        if within:
            menu = next(a.menu() for a in menu.actions() if a.text() == within)
        next(a for a in menu.actions() if a.text().startswith(words)).trigger()

    def it_is_put_into_a_text_as_words_that_follow_the_data(
        self, sampling: ReportField, stage: ReportStage, project: Project
    ) -> None:
        QTest.keyClicks(sampling, "We spoke with")
        self.choose(stage, "three participants")
        stage.outline.setFocus()
        assert project.reports.all()[0].texts["sampling"] == "We spoke with {fact: participants}"
        assert "We spoke with three participants" in str(stage.desk.built)

    def it_is_left_out_where_it_would_be_written_by_itself(
        self, sampling: ReportField, stage: ReportStage, project: Project
    ) -> None:
        assert "Three interviews were held" in str(stage.desk.built)
        self.choose(stage, "Three interviews were held", within="Leave out")
        stage.outline.setFocus()
        assert project.reports.all()[0].texts["sampling"] == "{without: numbers}"
        assert "Three interviews were held" not in str(stage.desk.built)

    def it_is_introduced_in_an_appendix_in_the_analysts_words(self, stage: ReportStage, project: Project) -> None:
        stage.outline.choose(Origin(Of.SECTION, "codebook"))
        field = stage.section.field("codebook")
        assert field is not None
        field.setFocus()
        QTest.keyClicks(field, "These are the codes we agreed on.")
        stage.outline.setFocus()
        assert "These are the codes we agreed on." in str(stage.desk.built)


class DescribeACountThatChanged:
    def it_is_said_on_the_finding_until_its_wording_is_kept(
        self, stage: ReportStage, project: Project, finding: FindingId, third: SegmentId
    ) -> None:
        field = card(stage, finding).field
        field.setFocus()
        field.moveCursor(QTextCursor.MoveOperation.End)
        QTest.keyClicks(field, " A few were lucky.")
        stage.outline.setFocus()
        assert the_finding(project).counted == (2, 3)
        project.set_setting("report", {"scale": [{"word": "some", "least": 1}]})
        project.findings.attach(finding, [third])
        keep = named(stage.middle, QPushButton, "Still right")
        assert "▲ 2 of 3 when written" in read(stage.middle)
        keep.click()
        assert the_finding(project).counted == (3, 3)
        assert [b for b in stage.middle.findChildren(QPushButton) if b.text() == "Still right" and b.isVisible()] == []
        project.undo()
        assert named(stage.middle, QPushButton, "Still right").isVisible()
