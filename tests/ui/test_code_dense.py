"""Many segments on the same words: still read, told apart, named and within reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from qualcode.core import spans
from qualcode.core.codebook import COLOURS
from qualcode.core.project import Project
from qualcode.core.values import CodeId, SegmentId, Span, TranscriptId
from qualcode.ui import theme
from qualcode.ui.stages.code import CodeStage
from qualcode.ui.widgets.margin_places import Placed, crowds, labels, placed
from qualcode.ui.widgets.stripes import Stripe
from qualcode.ui.workspace import Workspace
from tests.helpers.projects import code_words, dialogue, land, span_of
from tests.ui.showing import on_screen

ASKED = "So did they ring you back in the end, after all of that waiting?"
SAID = "Well, it took months. Nobody rang us back.\nWe waited and waited. In the end I walked down there."
LINE = 16.0


@pytest.fixture
def transcript_id(project: Project) -> TranscriptId:
    transcript = dialogue(("Interviewer", ASKED), ("Participant", SAID))
    return land(project, transcript, people=[project.people.add("P07")], title="P07")[1]


@pytest.fixture
def codes(project: Project) -> list[CodeId]:
    return [project.codebook.add(f"Code {number}", colour=colour) for number, colour in enumerate(COLOURS)]


@pytest.fixture
def stage(qtbot: QtBot, workspace: Workspace, transcript_id: TranscriptId) -> CodeStage:
    return on_screen(qtbot, workspace, CodeStage(workspace))


def ground(stage: CodeStage, words: str) -> QColor:
    """What these words stand on: the colour that most of their place has."""
    assert stage.view.row is not None
    (place, *_) = stage.view.rects(span_of(stage.view.row.text, words))
    picture = stage.view.viewport().grab(place.toRect()).toImage()
    seen = Counter(picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height()))
    return QColor(seen.most_common(1)[0][0])


class DescribeTextUnderManyCodes:
    @pytest.fixture(params=theme.APPEARANCES)
    def look(self, request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
        theme.appearance.apply(qapp, request.param, 1.0)
        yield request.param
        theme.appearance.apply(qapp, "light", 1.0)

    @pytest.mark.usefixtures("look")
    @pytest.mark.parametrize(("words", "ink"), [("it took months", "text"), ("ring you back", "secondary")])
    def it_can_be_read_in_every_appearance(
        self,
        stage: CodeStage,
        project: Project,
        transcript_id: TranscriptId,
        codes: list[CodeId],
        words: str,
        ink: str,
    ) -> None:
        made = [code_words(project, transcript_id, words, code_id) for code_id in codes]
        for chosen in ("", *made):
            stage.view.choose_stripe(chosen)
            shade = ground(stage, words)
            assert shade != QColor(theme.tokens().surface)
            assert theme.contrast(QColor(getattr(theme.tokens(), ink)), shade) >= 4.5

    def it_shows_which_segment_is_chosen(
        self, stage: CodeStage, project: Project, transcript_id: TranscriptId, codes: list[CodeId]
    ) -> None:
        long = code_words(project, transcript_id, "it took months. Nobody rang us back.", codes[0])
        code_words(project, transcript_id, "took months", codes[1])
        before = ground(stage, "took months")
        stage.view.choose_stripe(long)
        assert ground(stage, "took months") == ground(stage, "Nobody") != before


class DescribeTheMarginOfManyCodes:
    @given(
        st.lists(st.tuples(st.integers(0, 300), st.integers(1, 90)), min_size=1, max_size=24),
        st.integers(12, 60),
    )
    def it_paints_no_stripe_over_another(self, drawn: list[tuple[int, int]], measure: int) -> None:
        beside = places(drawn, measure)
        assert len(beside) == len(drawn)
        for one, other in combinations(beside, 2):
            assert one.lane != other.lane or one.bottom <= other.top or other.bottom <= one.top

    @given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 90)), min_size=1, max_size=24), st.integers(0, 300))
    def it_has_stripes_stay_where_they_are_while_the_page_scrolls(
        self, drawn: list[tuple[int, int]], scrolled: int
    ) -> None:
        here = {one.stripe.key: (one.lane, one.crowd) for one in places(drawn, 40, scrolled)}
        assert here == {one.stripe.key: (one.lane, one.crowd) for one in places(drawn, 40)}

    @given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 90)), min_size=1, max_size=24), st.integers(12, 60))
    def it_has_names_that_never_lie_on_each_other_and_counts_those_left_out_beside_them(
        self, drawn: list[tuple[int, int]], measure: int
    ) -> None:
        found = labels(places(drawn, measure), LINE, 2, lambda _, lines: lines * LINE)
        for above, below in pairwise(found):
            assert above.top + above.height <= below.top
        assert len(found) + sum(label.more for label in found) <= len(drawn)

    def it_counts_the_names_for_which_there_is_no_room(self) -> None:
        beside = [Placed(stripe(number, Span(0, 10)), number, 11, 2.0, 18.0) for number in range(12)]
        found = labels(beside, LINE, 2, lambda _, lines: lines * LINE)
        assert len(found) + sum(label.more for label in found) == 12
        assert found[-1].more > 0

    def it_keeps_the_name_of_a_long_segment_in_sight(self) -> None:
        (found,) = labels(
            [Placed(stripe(0, Span(0, 900)), 0, 0, -400.0, 300.0)], LINE, 2, lambda _, lines: lines * LINE
        )
        assert found.top == 0


def stripe(number: int, span: Span) -> Stripe:
    return Stripe(str(number), span, COLOURS[number % len(COLOURS)], f"Code {number}", "")


def places(drawn: list[tuple[int, int]], measure: int, scrolled: int = 0) -> list[Placed]:
    """Stripes over a text in lines of so many code points, beside those lines."""
    covered = sorted((Span(start, start + length) for start, length in drawn), key=lambda s: (s.start, -s.end))
    lanes = spans.lanes(covered)
    shown = zip((stripe(n, span) for n, span in enumerate(covered)), lanes, crowds(covered, lanes), strict=True)
    lines = [
        (Span(start, start + measure), QRectF(0, 24.0 * number - scrolled, 400, 24))
        for number, start in enumerate(range(0, 400, measure))
    ]
    return placed(shown, lines)


class DescribeTheMouseInTheMargin:
    @pytest.fixture
    def coded(
        self, stage: CodeStage, project: Project, transcript_id: TranscriptId, codes: list[CodeId], qtbot: QtBot
    ) -> list[SegmentId]:
        made = [code_words(project, transcript_id, "it took months", codes[0])]
        made.append(code_words(project, transcript_id, "waited and waited", codes[1]))
        qtbot.waitUntil(lambda: len(stage.view._margin._labels) == 2)
        return made

    def it_shows_the_words_of_the_stripe_it_is_on_until_it_leaves(
        self, stage: CodeStage, coded: list[SegmentId]
    ) -> None:
        margin, before = stage.view._margin, ground(stage, "took months")
        (stripe_, place) = margin._placed()[0]
        assert stripe_.key == coded[0]
        QTest.mouseMove(margin, place.center().toPoint())
        assert ground(stage, "took months") != before
        QTest.mouseMove(margin, QPoint(margin.width() - 30, margin.height() - 30))
        assert ground(stage, "took months") == before

    def it_chooses_a_segment_by_its_name_too(self, stage: CodeStage, coded: list[SegmentId]) -> None:
        _, place = stage.view._margin._labels[1]
        QTest.mouseClick(stage.view._margin, Qt.MouseButton.LeftButton, pos=place.center().toPoint())
        assert stage.view.chosen_stripe == coded[1]

    def it_opens_the_menu_about_the_stripe_under_the_right_button(
        self, stage: CodeStage, project: Project, coded: list[SegmentId]
    ) -> None:
        margin = stage.view._margin
        at = margin._placed()[1][1].center().toPoint()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, margin.mapToGlobal(at))
        QApplication.sendEvent(margin, event)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        next(entry for entry in menu.actions() if entry.text().startswith("Uncode")).trigger()
        menu.close()
        assert [row.id for row in project.coding.all()] == coded[:1]
