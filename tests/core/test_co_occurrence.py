"""Codes found together, counted in the people who said both."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core.co_occurrence import _meetings, _Placed
from qualcode.core.project import Project
from qualcode.core.values import CodeId, SegmentId, WaveId
from tests.helpers.projects import an_interview, code_words, dialogue, land

ANSWERS = ("We waited for months and nobody rang.", "The staff were kind.", "It cost a lot.")


@pytest.fixture
def codes(project: Project) -> dict[str, CodeId]:
    return {name: project.codebook.add(name) for name in ("Waiting", "Silence", "Kindness", "Cost")}


def met(project: Project, name: str, coded: dict[str, CodeId], wave_id: WaveId | None = None) -> None:
    _, transcript_id = an_interview(project, name, *ANSWERS, wave_id=wave_id)
    for words, code_id in coded.items():
        code_words(project, transcript_id, words, code_id)


def found(
    project: Project, codes: dict[str, CodeId], within_turns: int | None = None, wave_id: WaveId | None = None
) -> dict[frozenset[str], int]:
    names = {code_id: name for name, code_id in codes.items()}
    pairs = project.analysis().together(within_turns, wave_id)
    return {frozenset(names[c] for c in pair): together.people for pair, together in pairs.items()}


class DescribeCodesInTheSameWords:
    def it_counts_people_not_segments(self, project: Project, codes: dict[str, CodeId]) -> None:
        both = {"waited for months": codes["Waiting"], "months and nobody rang": codes["Silence"]}
        met(project, "P01", both)
        met(project, "P01", both)
        met(project, "P02", both)
        assert found(project, codes) == {frozenset({"Waiting", "Silence"}): 2}

    def it_leaves_those_out_that_only_touch(self, project: Project, codes: dict[str, CodeId]) -> None:
        met(project, "P01", {"We waited ": codes["Waiting"], "for months": codes["Silence"]})
        assert found(project, codes) == {}

    def it_names_the_segments_that_lie_together(self, project: Project, codes: dict[str, CodeId]) -> None:
        both = {"waited for months": codes["Waiting"], "months and": codes["Silence"], "kind": codes["Waiting"]}
        met(project, "P01", both)
        (together,) = project.analysis().together().values()
        quotes = {s.quote for ids in together.segments.values() for s in project.coding.those(ids)}
        assert quotes == {"waited for months", "months and"}

    def it_counts_in_a_focus_group_who_said_both(self, project: Project, codes: dict[str, CodeId]) -> None:
        people = [project.people.add("P01"), project.people.add("P02")]
        said = dialogue(("Ann", "We waited for months."), ("Bea", "Nobody rang."))
        _, transcript_id = land(project, said, people=people)
        code_words(project, transcript_id, "waited for months.\nNobody", codes["Waiting"])
        code_words(project, transcript_id, "months", codes["Silence"])
        (together,) = project.analysis().together().values()
        assert set(together.segments) == {people[0]}


class DescribeCodesSomeTurnsApart:
    def it_reaches_as_many_turns_as_are_asked_for(self, project: Project, codes: dict[str, CodeId]) -> None:
        """Two answers are two turns apart: the question lies between."""
        met(project, "P01", {"We waited": codes["Waiting"], "nobody rang": codes["Silence"], "kind": codes["Kindness"]})
        waiting, silence, kindness = "Waiting", "Silence", "Kindness"
        assert found(project, codes, 0) == {frozenset({waiting, silence}): 1}
        assert found(project, codes, 1) == {frozenset({waiting, silence}): 1}
        assert set(found(project, codes, 2)) == {
            frozenset({waiting, silence}),
            frozenset({waiting, kindness}),
            frozenset({silence, kindness}),
        }

    def it_stays_within_an_interview_and_a_wave(self, project: Project, codes: dict[str, CodeId]) -> None:
        first, second = project.waves.add("Wave 1"), project.waves.add("Wave 2")
        met(project, "P01", {"It cost a lot": codes["Cost"]}, first)
        met(project, "P01", {"We waited": codes["Waiting"], "nobody rang": codes["Silence"]}, second)
        assert found(project, codes, 9) == {frozenset({"Waiting", "Silence"}): 1}
        assert found(project, codes, 9, first) == {}


class DescribeMeetings:
    @settings(max_examples=60)
    @given(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 6)), max_size=8))
    def it_finds_every_two_that_overlap_and_no_others(self, places: list[tuple[int, int]]) -> None:
        placed = [
            _Placed(SegmentId(str(n)), CodeId("c"), start, start + length, frozenset())
            for n, (start, length) in enumerate(sorted(places))
        ]
        expected = {(a.id, b.id) for a, b in combinations(placed, 2) if a.first < b.last and b.first < a.last}
        assert {(a.id, b.id) for a, b in _meetings(placed)} == expected
