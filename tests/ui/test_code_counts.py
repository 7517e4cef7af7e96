"""People and segments in the codebook beside the transcript: right at once after every act of coding."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from qualcode.core.project import Project
from qualcode.core.values import CodeId, TranscriptId
from qualcode.ui.stages.code import CodeStage
from qualcode.ui.workspace import Workspace
from tests.helpers.projects import an_interview, code_words, span_of
from tests.helpers.statements import statements_of
from tests.ui.showing import on_screen

SAID = "We waited for months. Nobody rang us back. Then they were kind."


@pytest.fixture
def codes(project: Project) -> dict[str, CodeId]:
    access = project.themes.add("Access")
    delay = project.themes.add("Delay", parent_id=access)
    return {
        "Waiting": project.codebook.add("Waiting", theme_id=delay),
        "No call": project.codebook.add("No call", theme_id=delay),
        "Kindness": project.codebook.add("Kindness"),
    }


@pytest.fixture
def transcripts(project: Project, codes: dict[str, CodeId]) -> list[TranscriptId]:
    """Two people said the same; the second one's waiting is coded."""
    found = [an_interview(project, name, SAID)[1] for name in ("P01", "P02")]
    code_words(project, found[1], "waited for months", codes["Waiting"])
    return found


@pytest.fixture
def stage(qtbot: QtBot, workspace: Workspace, transcripts: object) -> CodeStage:
    return on_screen(qtbot, workspace, CodeStage(workspace))


@pytest.fixture
def give(stage: CodeStage, codes: dict[str, CodeId]) -> Callable[[str, str], None]:
    """Select words of the first interview and give them a code."""

    def act(words: str, code: str) -> None:
        assert stage.view.row is not None
        stage.view.select(span_of(stage.view.row.text, words))
        stage.desk.apply(codes[code])

    return act


def said(stage: CodeStage) -> list[str]:
    """The lines of the codebook as they are read out, from the first to the last."""

    def below(above: QModelIndex) -> Iterator[str]:
        for number in range(model.rowCount(above)):
            index = model.index(number, 0, above)
            yield index.data(Qt.ItemDataRole.AccessibleTextRole)
            yield from below(index)

    model = stage.codebook.model
    return [line for line in below(QModelIndex()) if ", " in line]


class DescribeCountsWhileCoding:
    def it_counts_the_code_and_the_themes_above_it(self, stage: CodeStage, give: Callable[[str, str], None]) -> None:
        give("waited for months", "Waiting")
        give("Nobody rang us back", "No call")
        assert said(stage) == [
            "Theme Access, 2 people, 3 segments",
            "Theme Delay, 2 people, 3 segments",
            "Code Waiting, 2 people, 2 segments",
            "Code No call, 1 person, 1 segment",
            "Code Kindness, 0 people, 0 segments",
        ]

    def it_follows_undo_and_a_change_of_code(
        self, stage: CodeStage, workspace: Workspace, give: Callable[[str, str], None], codes: dict[str, CodeId]
    ) -> None:
        before = said(stage)
        give("waited for months", "Waiting")
        chosen = stage.desk.chosen()
        assert chosen is not None
        workspace.project.coding.recode([chosen.id], codes["Kindness"])
        assert said(stage)[:3] == before[:3]
        assert said(stage)[-1] == "Code Kindness, 1 person, 1 segment"
        workspace.undo()
        assert said(stage)[2] == "Code Waiting, 2 people, 2 segments"
        workspace.undo()
        assert said(stage) == before

    def it_counts_what_is_coded_in_another_interview(
        self, stage: CodeStage, project: Project, transcripts: list[TranscriptId], codes: dict[str, CodeId]
    ) -> None:
        segment = code_words(project, transcripts[1], "they were kind", codes["Kindness"])
        assert said(stage)[-1] == "Code Kindness, 1 person, 1 segment"
        project.coding.remove([segment])
        assert said(stage)[-1] == "Code Kindness, 0 people, 0 segments"

    def it_still_says_so_when_the_codebook_is_filtered_afterwards(
        self, stage: CodeStage, give: Callable[[str, str], None]
    ) -> None:
        give("they were kind", "Kindness")
        stage.codebook.filter.setText("kind")
        assert said(stage) == ["Code Kindness, 1 person, 1 segment"]

    def it_counts_a_code_that_the_filter_hides(self, stage: CodeStage, give: Callable[[str, str], None]) -> None:
        stage.codebook.filter.setText("kind")
        give("waited for months", "Waiting")
        assert said(stage) == ["Code Kindness, 0 people, 0 segments"]
        stage.codebook.filter.clear()
        assert said(stage)[2] == "Code Waiting, 2 people, 2 segments"

    def it_asks_no_more_of_a_project_that_has_grown(
        self, stage: CodeStage, workspace: Workspace, give: Callable[[str, str], None], codes: dict[str, CodeId]
    ) -> None:
        give("waited for months", "Waiting")
        few = statements_of(workspace.project, lambda: give("Nobody rang us back", "No call"))
        for name in ("P03", "P04", "P05"):
            _, transcript_id = an_interview(workspace.project, name, SAID)
            code_words(workspace.project, transcript_id, "waited for months", codes["Waiting"])
        give("they were kind", "Kindness")
        assert statements_of(workspace.project, lambda: give("were kind", "Waiting")) == few
        read = [words for words in few if words.startswith("SELECT") and "row_change" not in words]
        assert read
        assert all("WHERE" in words for words in read)
