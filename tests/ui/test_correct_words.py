"""Words of a transcript mended in the window, where they stand."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qualcode.core.project import Project
from qualcode.core.values import Span
from qualcode.ui.stages.code import CodeStage
from qualcode.ui.widgets.correct_words import CorrectWords
from qualcode.ui.workspace import Workspace
from tests.helpers.projects import an_interview, code_words, everything, span_of


class DescribeCorrectingWords:
    def it_puts_other_words_in_the_place_of_the_selected_ones_and_keeps_the_coding(
        self, qtbot: QtBot, workspace: Workspace, project: Project
    ) -> None:
        _, transcript_id = an_interview(project, "P01", "We wated for months.")
        text = project.transcripts.text(transcript_id)
        segment = code_words(project, transcript_id, "We wated for months.", project.codebook.add("Time"))
        popup = CorrectWords(workspace)
        qtbot.addWidget(popup)
        popup.ask(QPoint(5, 5), project.transcripts.get(transcript_id), span_of(text, "wated"))
        assert popup.field.text() == "wated"
        QTest.keyClicks(popup.field, "waited")
        with qtbot.waitSignal(popup.corrected) as told:
            QTest.keyClick(popup.field, Qt.Key.Key_Return)
        corrected, place = told.args
        assert place.of(project.transcripts.text(corrected)) == "waited"
        assert project.coding.get(segment).quote == "We waited for months."
        assert not popup.isVisible()
        project.undo()
        assert project.coding.get(segment).quote == "We wated for months."

    def it_changes_nothing_when_it_is_left(self, qtbot: QtBot, workspace: Workspace, project: Project) -> None:
        _, transcript_id = an_interview(project, "P01", "We waited.")
        before = everything(project)
        popup = CorrectWords(workspace)
        qtbot.addWidget(popup)
        popup.ask(QPoint(5, 5), project.transcripts.get(transcript_id), Span(0, 3))
        QTest.keyClicks(popup.field, "Who")
        QTest.keyClick(popup.field, Qt.Key.Key_Escape)
        assert not popup.isVisible()
        assert everything(project) == before

    def it_is_asked_for_in_the_code_stage_and_stays_at_the_place(
        self, qtbot: QtBot, workspace: Workspace, project: Project
    ) -> None:
        _, transcript_id = an_interview(project, "P01", "We wated for months.")
        segment = code_words(project, transcript_id, "We wated for months.", project.codebook.add("Time"))
        stage = CodeStage(workspace)
        workspace.changed.connect(stage.react)
        qtbot.addWidget(stage)
        stage.load()
        stage.show()
        qtbot.waitExposed(stage)
        stage.view.select(span_of(project.transcripts.text(transcript_id), "wated"))
        stage.correct_words()
        (popup,) = [found for found in QApplication.topLevelWidgets() if isinstance(found, CorrectWords)]
        QTest.keyClicks(popup.field, "waited")
        with qtbot.waitSignal(workspace.said) as told:
            QTest.keyClick(popup.field, Qt.Key.Key_Return)
        assert told.args == ["Corrected. 1 segment has other words now."]
        row, selected = stage.view.row, stage.view.selected_span()
        assert row is not None
        assert selected is not None
        assert selected.of(row.text) == "waited"
        assert project.coding.get(segment).quote == "We waited for months."
