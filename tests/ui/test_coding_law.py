"""Laws of coding in the window: whatever is done, undone it is the start; lanes never overlap; quotes are the words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from qualcode.core.ends import End
from qualcode.core.rows import SegmentRow
from qualcode.core.spans import Snap
from qualcode.core.values import CodeId, Span, Suggestion
from qualcode.settings import Preferences
from qualcode.ui.coding_desk import CodingDesk
from qualcode.ui.stages.code import CodeStage
from qualcode.ui.widgets.palette import Entry
from qualcode.ui.workspace import Workspace
from tests.helpers.projects import a_project, dialogue, everything, land

SAID = (
    "Well 👩‍👩‍👧, e\u0301 — it took 🐢 months. Nobody rang 📞 us back.\n"
    "אנחנו חיכינו, we waited 😀 and waited. And then? 🎉 Then they rang."
)

Act = Callable[[CodeStage, int, int], object]


def choose(stage: CodeStage, number: int) -> None:
    """Choose one of the segments shown, if there are any, or none."""
    stripes = [*stage.view.stripes, None]
    stripe = stripes[number % len(stripes)]
    stage.view.stand_at(stripe.key if stripe else "")


def code(stage: CodeStage, number: int) -> CodeId:
    codes = list(stage.desk.codes)
    return codes[number % len(codes)]


def select(stage: CodeStage, start: int, length: int) -> None:
    row = stage.view.row
    assert row is not None
    first = start % len(row.text)
    stage.view.choose_stripe("")
    stage.view.select(Span(first, min(len(row.text), first + 1 + length)))


def on_segment(act: Callable[[CodingDesk, SegmentRow, int], object]) -> Act:
    def chosen(stage: CodeStage, a: int, b: int) -> object:
        choose(stage, a)
        segment = stage.desk.chosen()
        return act(stage.desk, segment, b) if segment else None

    return chosen


def on_words(act: Callable[[CodingDesk, int], object]) -> Act:
    def selected(stage: CodeStage, a: int, b: int) -> object:
        select(stage, a, b)
        return act(stage.desk, b)

    return selected


def with_code(act: Callable[[CodingDesk, SegmentRow, Entry], object]) -> Act:
    def given(stage: CodeStage, a: int, b: int) -> object:
        return on_segment(lambda desk, segment, _: act(desk, segment, Entry(code(stage, b), "")))(stage, a, b)

    return given


def take_suggestion(stage: CodeStage, a: int, b: int) -> None:
    assert stage.view.row is not None
    waiting = stage.workspace.project.suggestions.open(stage.view.row.id)
    if waiting:
        stage.desk.accept(waiting[a % len(waiting)], Entry(code(stage, b), ""))


ACTS: dict[str, Act] = {
    "code": lambda stage, a, b: on_words(lambda desk, _: desk.apply(code(stage, b)))(stage, a, b),
    "code anew": on_words(lambda desk, b: desk.apply_named(f"New {b % 4}")),
    "code in vivo": on_words(lambda desk, _: desk.apply_in_vivo()),
    "favourite": on_words(lambda desk, b: desk.apply_favourite(1 + b % 2)),
    "repeat": on_words(lambda desk, _: desk.repeat()),
    "drop two codes": lambda s, a, b: s.desk.give_all([code(s, a), code(s, b)], Span(a % 40, a % 40 + 1 + b)),
    "uncode": on_segment(lambda desk, _, __: desk.uncode()),
    "recode": with_code(lambda desk, segment, entry: desk.recode(segment, entry)),
    "copy": with_code(lambda desk, segment, entry: desk.copy(segment, entry)),
    "move an end": on_segment(lambda desk, _, b: desk.step_end(End.END if b % 2 else End.START, 1 if b % 3 else -1)),
    "drag an end": on_segment(lambda desk, _, b: desk.drag_end(End.END if b % 2 else End.START, b * 3)),
    "split": on_segment(lambda desk, segment, b: desk.split(segment.span.start + b)),
    "join": on_segment(lambda desk, _, __: desk.join()),
    "weigh": on_segment(lambda desk, _, b: desk.weigh(b % 4)),
    "take a suggestion": take_suggestion,
}

SEQUENCES = st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 120), st.integers(0, 30)), max_size=12)


@pytest.fixture(scope="module")
def stage(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CodeStage]:
    """One stage for all sequences: each of them ends where it began, or the law is broken."""
    folder: Path = tmp_path_factory.mktemp("law")
    workspace = Workspace(Preferences())
    project = a_project(folder)
    transcript = dialogue(("Interviewer", "How was it? 🙂"), ("P01", SAID))
    _, transcript_id = land(project, transcript, people=[project.people.add("P01")], title="P01")
    codes = [project.codebook.add(name) for name in ("Time", "Silence", "Waiting")]
    for number, code_id in enumerate(codes[:2], 1):
        project.codebook.give_shortcut(code_id, number)
    at = transcript.text.index("we waited")
    project.coding.apply(transcript_id, Span(at, at + 9), codes[0])
    project.suggestions.offer([Suggestion(transcript_id, Span(at, at + 20), codes[2], 0.7, "")], [transcript_id])
    workspace.take(project)
    found = CodeStage(workspace)
    workspace.changed.connect(found.react)
    found.resize(1200, 760)
    found.load()
    yield found
    workspace.take(None)
    found.deleteLater()


class DescribeAnySequenceOfCodingActs:
    @given(SEQUENCES, st.sampled_from(Snap))
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def it_leads_back_to_the_start_whatever_was_coded(
        self, stage: CodeStage, todo: list[tuple[str, int, int]], snap: Snap
    ) -> None:
        stage.workspace.preferences.snap = snap.value
        project = stage.workspace.project
        start, shown = everything(project), [stripe.key for stripe in stage.view.stripes]
        steps = 0
        for name, a, b in todo:
            before = everything(project)
            ACTS[name](stage, a, b)
            steps += everything(project) != before
            assert_laws(stage)
        for _ in range(steps):
            project.undo()
            assert_laws(stage)
        assert everything(project) == start
        assert [stripe.key for stripe in stage.view.stripes] == shown


def assert_laws(stage: CodeStage) -> None:
    """What is shown is what is coded, each quote is the words at its span, and no two in a lane overlap."""
    view, project = stage.view, stage.workspace.project
    assert view.row is not None
    coded = project.coding.of_transcript(view.row.id)
    assert {(stripe.key, stripe.span) for stripe in view.stripes} == {(row.id, row.span) for row in coded}
    assert all(row.quote == view.row.text[row.span.start : row.span.end] for row in coded)
    for (one, lane), (other, beside) in combinations(zip(view.stripes, view.lanes, strict=True), 2):
        assert lane != beside or not one.span.overlaps(other.span)
