"""Suggestions in the Code stage: asked for, awaited, stopped, taken and refused, by keys and visible words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qualcode.core.progress import Progress
from qualcode.core.project import Project
from qualcode.core.values import CodeId, TranscriptId
from qualcode.ui import suggesting
from qualcode.ui.stages.code import CodeStage
from qualcode.ui.workspace import Workspace
from tests.helpers.projects import an_interview, code_words

BUS = (
    "The bus only comes twice a day and the driver never waits for anybody at the stop.",
    "I missed the bus on Tuesday, so I stood at the stop for an hour in the rain and walked home.",
    "You can not rely on that bus, the driver drives past the stop whoever is standing at it.",
)
LUNCH = (
    "We sit at the long table and there is soup, and somebody always saves me a chair.",
    "I eat better there than I do at home, it is the company really more than the soup.",
    "The soup is terrible but I would not miss that table for anything in the world.",
)


@pytest.fixture
def last(project: Project) -> TranscriptId:
    """The last of three interviews, the one that is not coded; the other two are."""
    bus, lunch = project.codebook.add("Buses"), project.codebook.add("Lunch together")
    ids = [an_interview(project, f"P0{n}", BUS[n], LUNCH[n])[1] for n in range(3)]
    for number in (0, 1):
        code_words(project, ids[number], BUS[number], bus)
        code_words(project, ids[number], LUNCH[number], lunch)
    return ids[2]


@pytest.fixture
def stage(qtbot: QtBot, workspace: Workspace, last: TranscriptId) -> CodeStage:
    found = CodeStage(workspace)
    workspace.changed.connect(found.react)
    qtbot.addWidget(found)
    found.resize(1200, 760)
    found.load()
    with qtbot.waitActive(found):
        found.show()
        found.activateWindow()
    found.show_place(last, None)
    return found


@pytest.fixture
def suggested(stage: CodeStage, workspace: Workspace, qtbot: QtBot) -> CodeStage:
    """The stage after Ctrl+J, its suggestions there and the list in focus."""
    with qtbot.waitSignal(workspace.said, timeout=30_000):
        QTest.keyClick(stage.view, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    stage.suggestions.setFocus()
    return stage


def codes_of(project: Project, transcript_id: TranscriptId) -> list[tuple[str, str]]:
    names = {c.id: c.name for c in project.codebook.all()}
    return [(names[s.code_id], s.quote) for s in project.coding.of_transcript(transcript_id)]


def choose(stage: CodeStage, code_id: CodeId | None) -> None:
    """Go down the list by key to the first suggestion for this code."""
    for _ in range(stage.suggestions.count()):
        row = stage.suggestions.current()
        if row is not None and row.code_id == code_id:
            return
        QTest.keyClick(stage.suggestions, Qt.Key.Key_Down)
    raise AssertionError("no such suggestion is listed")


class DescribeLookingForSuggestions:
    def it_lists_what_was_found_and_says_how_many(
        self, stage: CodeStage, workspace: Workspace, project: Project, qtbot: QtBot, last: TranscriptId
    ) -> None:
        with qtbot.waitSignal(workspace.said, timeout=30_000) as told:
            QTest.keyClick(stage.view, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
        waiting = project.suggestions.open(last)
        assert told.args == [f"{len(waiting)} passages suggested"]
        assert stage.suggestions.count() == len(waiting) > 1
        bus = project.codebook.find("Buses")
        assert next(s.quote for s in waiting if s.code_id == bus) == BUS[2]

    def it_is_one_step_that_can_be_undone(self, suggested: CodeStage, project: Project, last: TranscriptId) -> None:
        assert project.undo_label == "Suggest"
        project.undo()
        assert project.suggestions.open(last) == []
        assert suggested.suggestions.count() == 0

    def it_shows_how_far_it_is(self, stage: CodeStage, workspace: Workspace, qtbot: QtBot) -> None:
        told: list[Progress] = []
        workspace.operations.progressed.connect(lambda _, at: told.append(at))
        with qtbot.waitSignal(workspace.said, timeout=30_000):
            stage.suggested.suggest()
        shares = [at.done / at.total for at in told]
        assert shares == sorted(shares)
        assert shares[-1] == 1

    def it_changes_nothing_when_it_is_stopped(
        self, stage: CodeStage, workspace: Workspace, project: Project, qtbot: QtBot, last: TranscriptId
    ) -> None:
        before = project.undo_label
        workspace.operations.began.connect(workspace.operations.stop)
        with qtbot.waitSignal(workspace.said, timeout=30_000) as told:
            stage.suggested.suggest()
        assert told.args == ["Stopped. Nothing was changed."]
        assert (project.undo_label, project.suggestions.open(last)) == (before, [])

    def it_says_so_when_there_is_nothing_to_suggest(self, workspace: Workspace, project: Project, qtbot: QtBot) -> None:
        _, short = an_interview(project, "P09", "Yes.")
        with qtbot.waitSignal(workspace.said, timeout=30_000) as told:
            suggesting.start(workspace, [short])
        assert told.args == ["No passage was found worth suggesting"]

    def it_leaves_out_an_interview_that_was_removed_meanwhile(
        self, workspace: Workspace, project: Project, qtbot: QtBot, last: TranscriptId
    ) -> None:
        (interview_id,) = (i.id for i in project.transcripts.interviews() if i.transcript_id == last)
        with qtbot.waitSignal(workspace.said, timeout=30_000) as told:
            suggesting.start(workspace, [last])
            project.transcripts.remove([interview_id])
        assert told.args == ["No passage was found worth suggesting"]


class DescribeDecidingByKey:
    def it_takes_a_passage_with_the_code_proposed(
        self, suggested: CodeStage, project: Project, last: TranscriptId
    ) -> None:
        before = suggested.suggestions.count()
        choose(suggested, project.codebook.find("Buses"))
        QTest.keyClicks(suggested.suggestions, "a")
        assert codes_of(project, last) == [("Buses", BUS[2])]
        assert suggested.suggestions.count() == before - 1

    def it_takes_a_passage_worth_quoting_with_a_code_that_is_named_then(
        self, suggested: CodeStage, project: Project, last: TranscriptId
    ) -> None:
        choose(suggested, None)
        QTest.keyClicks(suggested.suggestions, "a")
        QTest.keyClicks(suggested.palette_.field, "Getting about")
        QTest.keyClick(suggested.palette_.field, Qt.Key.Key_Return)
        assert [name for name, _ in codes_of(project, last)] == ["Getting about"]

    def it_does_not_offer_again_what_was_refused(
        self, suggested: CodeStage, workspace: Workspace, project: Project, qtbot: QtBot, last: TranscriptId
    ) -> None:
        bus = project.codebook.find("Buses")
        choose(suggested, bus)
        refused = suggested.suggestions.current()
        assert refused is not None
        QTest.keyClicks(suggested.suggestions, "x")
        with qtbot.waitSignal(workspace.said, timeout=30_000):
            suggested.suggested.suggest()
        again = [s.span for s in project.suggestions.open(last) if s.code_id == bus]
        assert not any(span.overlaps(refused.span) for span in again)
        assert codes_of(project, last) == []
