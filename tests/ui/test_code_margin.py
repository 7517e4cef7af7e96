"""The margin of the Code stage: stripes, what hovering says, what is filtered and said to be, what is not coded yet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from qualcode.core.project import Project
from qualcode.core.values import CodeId, Span, TranscriptId
from qualcode.ui.stages.code import CodeStage
from qualcode.ui.widgets.density import shares
from qualcode.ui.workspace import Workspace
from tests.helpers.projects import code_words, dialogue, land, span_of
from tests.ui.showing import on_screen

SAID = "Well, it took months. Nobody rang us back.\nWe waited and waited. In the end I walked down there."


@pytest.fixture
def transcript_id(project: Project) -> TranscriptId:
    transcript = dialogue(("Interviewer", "How long did it take?"), ("Participant", SAID))
    return land(project, transcript, people=[project.people.add("P07")], title="P07")[1]


@pytest.fixture
def codes(project: Project) -> dict[str, CodeId]:
    """Time, under the theme Access and its sub-theme Waiting; Contact, under none."""
    waiting = project.themes.add("Waiting", parent_id=project.themes.add("Access"))
    return {
        "Time": project.codebook.add("Time", theme_id=waiting),
        "Contact": project.codebook.add("Contact"),
    }


@pytest.fixture
def stage(
    qtbot: QtBot, workspace: Workspace, project: Project, transcript_id: TranscriptId, codes: dict[str, CodeId]
) -> CodeStage:
    """Two segments of Ada's, one of them of weight 2, and one of Ben's."""
    project.coding.weigh(code_words(project, transcript_id, "it took months", codes["Time"]), 2)
    code_words(project, transcript_id, "Nobody rang us back.", codes["Contact"])
    project.work_as("Ben")
    project.coding.write_memo(code_words(project, transcript_id, "waited and waited", codes["Time"]), "Twice.")
    project.work_as("Ada")
    return on_screen(qtbot, workspace, CodeStage(workspace))


def entry(menu: QMenu, *words: str) -> QAction:
    """The entry that is found by going into one menu after the other."""
    menu.aboutToShow.emit()
    for word in words[:-1]:
        (menu,) = [m for m in menu.findChildren(QMenu) if m.title() == word]
    (found,) = [a for a in menu.actions() if a.text() == words[-1]]
    return found


def shown(stage: CodeStage) -> list[str]:
    return [stripe.label for stripe in stage.view.stripes]


class DescribeTheFilter:
    @pytest.mark.parametrize(
        ("wanted", "left", "chip"),
        [
            (("Code", "Contact"), ["Contact"], "Only 1 of 3 segments are shown: Contact. Show all."),
            (("Theme", "Access"), ["Time", "Time"], "Only 2 of 3 segments are shown: Access. Show all."),
            (("Coder", "Ben"), ["Time"], "Only 1 of 3 segments are shown: Ben. Show all."),
            (("Weight", "2 or more"), ["Time"], "Only 1 of 3 segments are shown: weight 2 or more. Show all."),
        ],
    )
    def it_shows_some_and_says_so_until_all_are_wanted(
        self, stage: CodeStage, wanted: tuple[str, ...], left: list[str], chip: str
    ) -> None:
        assert not stage.margin.filter.chip.isVisible()
        entry(stage.margin.filter.menu, *wanted).trigger()
        assert shown(stage) == left
        assert (stage.margin.filter.chip.isVisible(), stage.margin.filter.chip.accessibleName()) == (True, chip)
        assert stage.margin.facts.text().startswith("3 segments")
        stage.margin.filter.chip.click()
        assert len(shown(stage)) == 3
        assert not stage.margin.filter.chip.isVisible()

    def it_narrows_what_is_filtered_already(self, stage: CodeStage) -> None:
        entry(stage.margin.filter.menu, "Code", "Time").trigger()
        entry(stage.margin.filter.menu, "Coder", "Ada").trigger()
        assert shown(stage) == ["Time"]
        assert stage.margin.filter.chip.accessibleName() == "Only 1 of 3 segments are shown: Time, Ada. Show all."

    def it_offers_the_codes_chosen_in_the_codebook(self, stage: CodeStage, codes: dict[str, CodeId]) -> None:
        stage.codebook.choose(codes["Contact"])
        entry(stage.margin.filter.menu, "“Contact”").trigger()
        assert shown(stage) == ["Contact"]

    def it_says_when_it_hides_what_was_just_coded(self, stage: CodeStage, codes: dict[str, CodeId]) -> None:
        entry(stage.margin.filter.menu, "Code", "Contact").trigger()
        said: list[str] = []
        stage.workspace.said.connect(said.append)
        stage.view.select(span_of(stage.view.row.text, "I walked"))  # type: ignore[union-attr]
        stage.desk.apply(codes["Time"])
        assert said == ["Coded “Time”, which the filter hides"]
        assert stage.margin.filter.chip.accessibleName() == "Only 1 of 4 segments are shown: Contact. Show all."

    def it_hides_nothing_for_a_code_that_is_gone(
        self, stage: CodeStage, project: Project, codes: dict[str, CodeId]
    ) -> None:
        entry(stage.margin.filter.menu, "Code", "Contact").trigger()
        project.codebook.remove([codes["Contact"]])
        assert shown(stage) == ["Time", "Time"]
        assert not stage.margin.filter.chip.isVisible()

    def it_follows_the_codes_of_its_theme(self, stage: CodeStage, project: Project, codes: dict[str, CodeId]) -> None:
        entry(stage.margin.filter.menu, "Theme", "Waiting").trigger()
        (waiting,) = [t.id for t in project.themes.all() if t.name == "Waiting"]
        project.themes.gather([codes["Contact"]], waiting)
        assert len(shown(stage)) == 3


class DescribeStripes:
    def it_tells_code_coder_weight_and_memo_on_hovering(self, stage: CodeStage) -> None:
        assert [stripe.tip for stripe in stage.view.stripes] == [
            "Time\nAda · weight 2",
            "Contact\nAda",
            "Time\nBen\nTwice.",
        ]

    def it_opens_the_code_on_a_double_click(self, stage: CodeStage, qtbot: QtBot, codes: dict[str, CodeId]) -> None:
        margin = stage.view._margin
        qtbot.waitUntil(lambda: len(margin._placed()) == 3)
        _, place = margin._placed()[1]
        QTest.mouseDClick(margin, Qt.MouseButton.LeftButton, pos=place.center().toPoint())
        assert stage.codebook.chosen() == codes["Contact"]

    def it_keeps_every_stripe_in_the_margin_however_many_overlap(
        self, stage: CodeStage, project: Project, transcript_id: TranscriptId, qtbot: QtBot
    ) -> None:
        for number in range(40):
            code_words(project, transcript_id, "it took months", project.codebook.add(f"Code {number}"))
        margin = stage.view._margin
        placed = [place for _, place in margin._placed()]
        assert len(placed) == 43
        assert all(place.right() <= margin.width() for place in placed)


class DescribeWhatIsNotCoded:
    def it_goes_from_passage_to_passage_and_round(self, stage: CodeStage) -> None:
        found = []
        for _ in range(2):
            QTest.keyClick(stage.view, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
            found.append(stage.desk.words())
        assert found == ["In the end I walked down there."] * 2

    def it_says_when_all_is_coded(self, stage: CodeStage, codes: dict[str, CodeId]) -> None:
        said: list[str] = []
        stage.workspace.said.connect(said.append)
        stage.view.select(span_of(stage.view.row.text, "In the end I walked down there."))  # type: ignore[union-attr]
        stage.desk.apply(codes["Time"])
        stage.margin.next_uncoded()
        assert said[-1] == "All that participants say here is coded"

    def it_counts_what_is_coded_whatever_the_filter_hides(self, stage: CodeStage) -> None:
        before = stage.margin.facts.text()
        entry(stage.margin.filter.menu, "Coder", "Ben").trigger()
        assert stage.margin.facts.text() == before


class DescribeDensity:
    def it_goes_where_it_is_clicked(self, stage: CodeStage, project: Project, qtbot: QtBot) -> None:
        long = dialogue(("Interviewer", "So?"), *[("Participant", f"Answer {n}. " * 30) for n in range(60)], name="l")
        interview_id, _ = land(project, long, title="Long")
        stage.show_interview(interview_id)
        assert stage.view.density is not None
        qtbot.waitUntil(lambda: stage.view.density.height() > 100)  # type: ignore[union-attr]
        middle = stage.view.density.rect().center()
        QTest.mouseClick(stage.view.density, Qt.MouseButton.LeftButton, pos=middle)
        seen = stage.view.visible_span()
        assert seen.start / stage.view.length == pytest.approx(0.5, abs=0.02)

    @given(
        st.lists(st.tuples(st.integers(0, 400), st.integers(1, 60)), max_size=12),
        st.integers(1, 80),
    )
    def it_shows_no_more_and_no_less_than_is_coded(self, spans: list[tuple[int, int]], parts: int) -> None:
        coded = [Span(start, start + length) for start, length in spans]
        found = shares(coded, 500, parts)
        covered = len({at for span in coded for at in range(span.start, span.end)})
        assert all(0 <= share <= 1 + 1e-9 for share in found)
        assert sum(found) * 500 / parts == pytest.approx(covered, abs=1e-6)
