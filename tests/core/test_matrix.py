"""The framework matrix as it is looked at: rows, groups, and the counts of each."""

from __future__ import annotations

import pytest

from qualcode.core.analysis import State
from qualcode.core.matrix import BY_WAVE, NO_WAVE, NOT_STATED, Grid, View, grid, themes_raised, values_of
from qualcode.core.project import Project
from qualcode.core.values import AttributeId, CodeId, ParticipantId, ThemeId, WaveId
from tests.helpers.projects import an_interview, code_words

SAID = "We waited for months."


@pytest.fixture
def access(project: Project) -> ThemeId:
    return project.themes.add("Access")


@pytest.fixture
def waiting(project: Project, access: ThemeId) -> CodeId:
    return project.codebook.add("Waiting", theme_id=access)


@pytest.fixture
def other(project: Project) -> CodeId:
    return project.codebook.add("Other")


@pytest.fixture
def role(project: Project) -> AttributeId:
    return project.people.add_attribute("Role", "choice", ["Parent", "Nurse"])


def met(project: Project, name: str, code_id: CodeId, wave_id: WaveId | None = None, **roles: str) -> ParticipantId:
    person, transcript_id = an_interview(project, name, SAID, wave_id=wave_id)
    code_words(project, transcript_id, "waited for months", code_id)
    for attribute in project.people.attributes():
        if roles:
            project.people.set_value(person, attribute.id, roles[attribute.name.lower()])
    return person


def looked_at(project: Project, view: View = View()) -> Grid:  # noqa: B008
    return grid(project.analysis(), project.summaries.all(), project.people.attributes(), view)


def names(found: Grid) -> dict[str, list[str]]:
    return {g.name: [line.participant.pseudonym for line in g.lines] for g in found.groups}


class DescribeRows:
    def it_shows_each_person_once_over_all_waves(
        self, project: Project, waiting: CodeId, access: ThemeId, other: CodeId
    ) -> None:
        first, second = project.waves.add("Wave 1"), project.waves.add("Wave 2")
        met(project, "P01", waiting, first)
        met(project, "P01", waiting, second)
        met(project, "P02", other, second)
        found = looked_at(project)
        assert (names(found), found.people) == ({"": ["P01", "P02"]}, 2)
        assert str(found.counts[access]) == "1 of 2"
        assert len(found.groups[0].lines[0].cells[access].segment_ids) == 2

    def it_shows_one_wave_alone(self, project: Project, waiting: CodeId, access: ThemeId, other: CodeId) -> None:
        first, second = project.waves.add("Wave 1"), project.waves.add("Wave 2")
        met(project, "P01", waiting, first)
        met(project, "P01", other, second)
        (line,) = looked_at(project, View(wave_id=second)).groups[0].lines
        assert (line.wave_id, line.cells[access].state) == (second, State.ASKED)

    def it_keeps_only_those_of_a_value_whatever_its_capitals(
        self, project: Project, waiting: CodeId, access: ThemeId
    ) -> None:
        area = project.people.add_attribute("Area")
        met(project, "P01", waiting, area="North")
        met(project, "P02", waiting, area="south")
        found = looked_at(project, View(only={area: frozenset({"South"})}))
        assert (names(found), str(found.counts[access])) == ({"": ["P02"]}, "1 of 1")

    def it_is_empty_while_nobody_was_interviewed(self, project: Project, access: ThemeId) -> None:
        found = looked_at(project)
        assert (found.groups, found.people) == ((), 0)
        assert str(found.counts[access]) == "0 of 0"


class DescribeGroups:
    def it_groups_by_an_attribute_in_the_order_of_its_choices(
        self, project: Project, waiting: CodeId, other: CodeId, role: AttributeId, access: ThemeId
    ) -> None:
        met(project, "P01", waiting, role="nurse")
        met(project, "P02", waiting, role="Parent")
        met(project, "P03", other, role="Parent")
        met(project, "P04", other)
        found = looked_at(project, View(by=role))
        assert names(found) == {"Parent": ["P02", "P03"], "Nurse": ["P01"], NOT_STATED: ["P04"]}
        assert [str(g.counts[access]) for g in found.groups] == ["1 of 2", "1 of 1", "0 of 1"]

    def it_groups_by_wave_and_counts_who_took_part_twice_once_in_all(
        self, project: Project, waiting: CodeId, access: ThemeId
    ) -> None:
        first, second = project.waves.add("Wave 1"), project.waves.add("Wave 2")
        met(project, "P01", waiting, first)
        met(project, "P01", waiting, second)
        met(project, "P02", waiting)
        found = looked_at(project, View(by=BY_WAVE))
        assert names(found) == {"Wave 1": ["P01"], "Wave 2": ["P01"], NO_WAVE: ["P02"]}
        assert str(found.counts[access]) == "2 of 2"

    def it_names_the_segments_of_a_group_by_person(
        self, project: Project, waiting: CodeId, other: CodeId, access: ThemeId
    ) -> None:
        raised = met(project, "P01", waiting)
        met(project, "P02", other)
        segments = looked_at(project).groups[0].segments(access)
        assert {person: len(ids) for person, ids in segments.items()} == {raised: 1}


class DescribeWrittenCells:
    def it_offers_a_text_for_each_wave_a_person_was_met_in(
        self, project: Project, waiting: CodeId, access: ThemeId
    ) -> None:
        first, second = project.waves.add("Wave 1"), project.waves.add("Wave 2")
        person = met(project, "P01", waiting, first)
        met(project, "P01", waiting, second)
        project.summaries.write(person, access, second, "Still waits.")
        (line,) = looked_at(project).groups[0].lines
        assert line.written(access) == {first: "", second: "Still waits."}
        (line,) = looked_at(project, View(wave_id=first)).groups[0].lines
        assert line.written(access) == {first: ""}


class DescribeCountsBeside:
    def it_counts_the_themes_at_the_top_that_a_person_raised_of_those_asked_about(
        self, project: Project, waiting: CodeId, access: ThemeId
    ) -> None:
        project.themes.add("Trust")
        project.themes.add("Below", parent_id=access)
        met(project, "P01", waiting)
        found = looked_at(project)
        assert themes_raised(found.groups[0].lines[0], found.themes) == (1, 2)

    def it_lists_an_attributes_values_choices_first(self, project: Project, waiting: CodeId) -> None:
        job = project.people.add_attribute("Job")
        for name, value in (("P01", "Zoo keeper"), ("P02", "nurse"), ("P03", "Baker"), ("P04", "baker")):
            met(project, name, waiting, job=value)
        people = project.people.all()
        assert values_of(job, people, ["Parent", "Nurse"]) == ["Nurse", "Baker", "Zoo keeper"]
