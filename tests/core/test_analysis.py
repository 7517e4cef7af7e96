"""Who said what: people are counted first, and always with the base."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.core.analysis import Cell, State, ThemeChange, Trend
from qualcode.core.findings import COUNTERS
from qualcode.core.pieces import whole
from qualcode.core.project import Project
from qualcode.core.values import CodeId, ParticipantId, ThemeId, WaveId
from tests.helpers.projects import an_interview, code_words, dialogue, land

ANSWERS = ("We waited for months.", "The staff were kind.", "It was fine, really.")
WAITED, KIND, FINE = "waited for months", "staff were kind", "fine, really"


@pytest.fixture
def access(project: Project) -> ThemeId:
    return project.themes.add("Access")


@pytest.fixture
def waiting(project: Project, access: ThemeId) -> CodeId:
    return project.codebook.add("Waiting", theme_id=access)


@pytest.fixture
def other(project: Project) -> CodeId:
    return project.codebook.add("Other")


def interviewed(
    project: Project, pseudonym: str, *coded: tuple[str, CodeId], wave_id: WaveId | None = None
) -> ParticipantId:
    """Somebody who gave the three answers, with these words of them coded."""
    person, transcript_id = an_interview(project, pseudonym, *ANSWERS, wave_id=wave_id)
    for words, code_id in coded:
        code_words(project, transcript_id, words, code_id)
    return person


def states(project: Project, theme_id: ThemeId, wave_id: WaveId | None = None) -> dict[str, State]:
    analysis = project.analysis()
    names = {p.id: p.pseudonym for p in analysis.participants}
    return {names[p]: cell.state for (p, theme), cell in analysis.matrix(wave_id).items() if theme == theme_id}


class DescribeTheFourStates:
    def it_tells_raised_from_not_raised_and_from_not_yet_coded(
        self, project: Project, access: ThemeId, waiting: CodeId, other: CodeId
    ) -> None:
        interviewed(project, "P01", (WAITED, waiting))
        interviewed(project, "P02", (KIND, other))
        interviewed(project, "P03")
        project.people.add("P04")
        assert states(project, access) == {"P01": State.RAISED, "P02": State.ASKED, "P03": State.NOT_CODED}
        count = project.analysis().count(access)
        assert (str(count), count.segments, count.uncoded) == ("1 of 2", 1, 1)

    def it_says_who_was_not_asked_once_a_topic_guide_is_linked(
        self, project: Project, access: ThemeId, waiting: CodeId, other: CodeId
    ) -> None:
        trust = project.themes.add("Trust")
        first, second = project.waves.add("Wave 1"), project.waves.add("Wave 2")
        project.waves.add_question(first, "How long did you wait?", theme_ids=[access])
        project.waves.add_question(second, "Whom do you trust?", theme_ids=[trust])
        interviewed(project, "P01", (KIND, other), wave_id=first)
        interviewed(project, "P02", (KIND, other), wave_id=second)
        interviewed(project, "P03", (WAITED, waiting), wave_id=second)
        interviewed(project, "P04", (KIND, other))
        assert states(project, access) == {
            "P01": State.ASKED,
            "P02": State.NOT_ASKED,
            "P03": State.RAISED,
            "P04": State.ASKED,
        }
        assert str(project.analysis().count(access)) == "1 of 3"

    @pytest.mark.parametrize("guided", [True, False])
    def it_counts_people_alike_without_their_segments(
        self, project: Project, access: ThemeId, waiting: CodeId, other: CodeId, guided: bool
    ) -> None:
        below = project.codebook.add("Fares", theme_id=project.themes.add("Cost", parent_id=access))
        first, second = project.waves.add("Wave 1"), project.waves.add("Wave 2")
        project.waves.add_question(first, "How long did you wait?", theme_ids=[access] if guided else [])
        interviewed(project, "P01", (KIND, other), wave_id=first)
        interviewed(project, "P02", (WAITED, waiting), (FINE, waiting), (KIND, below), wave_id=first)
        interviewed(project, "P03", (FINE, below), wave_id=second)
        interviewed(project, "P04", wave_id=second)
        project.people.withdraw([interviewed(project, "P05", (WAITED, waiting), wave_id=second)])
        asked = [(theme.id, wave) for theme in project.themes.all() for wave in (first, second, None)]
        with_segments = [replace(project.analysis().count(*question), segments=0) for question in asked]
        assert [project.analysis().count_people(*question) for question in asked] == with_segments
        assert any(count.people for count in with_segments)

    def it_counts_everybody_as_asked_while_no_question_is_linked(
        self, project: Project, access: ThemeId, other: CodeId
    ) -> None:
        wave_id = project.waves.add("Wave 1")
        project.waves.add_question(wave_id, "How was it?")
        interviewed(project, "P01", (KIND, other), wave_id=wave_id)
        assert states(project, access) == {"P01": State.ASKED}

    def it_takes_a_question_about_a_sub_theme_for_one_about_the_theme_and_all_below_it(
        self, project: Project, access: ThemeId, other: CodeId
    ) -> None:
        cost, aside = (project.themes.add(name, parent_id=access) for name in ("Cost", "Aside"))
        fares = project.themes.add("Fares", parent_id=cost)
        wave_id = project.waves.add("Wave 1")
        project.waves.add_question(wave_id, "What did it cost?", theme_ids=[cost])
        interviewed(project, "P01", (KIND, other), wave_id=wave_id)
        found = {theme: states(project, theme)["P01"] for theme in (access, cost, fares, aside)}
        assert found == {
            access: State.ASKED,
            cost: State.ASKED,
            fares: State.ASKED,
            aside: State.NOT_ASKED,
        }


class DescribeEvidence:
    def it_gathers_a_persons_segments_of_a_theme_and_its_sub_themes_as_they_were_said(
        self, project: Project, access: ThemeId, waiting: CodeId
    ) -> None:
        codes = [
            project.codebook.add(f"Code {n}", theme_id=project.themes.add(f"Sub {n}", parent_id=access))
            for n in range(3)
        ]
        person, transcript_id = an_interview(project, "P01", *ANSWERS)
        said = [(WAITED, codes[2]), ("months", waiting), (KIND, codes[0]), (FINE, codes[1])]
        expected = [code_words(project, transcript_id, words, code_id) for words, code_id in said]
        analysis = project.analysis()
        assert analysis.evidence(access) == {person: expected}
        assert analysis.cell(analysis.participants[0], access) == Cell(State.RAISED, tuple(expected))

    def it_is_the_same_when_it_was_read_in_pieces_before(
        self, project: Project, access: ThemeId, waiting: CodeId, other: CodeId
    ) -> None:
        interviewed(project, "P01", (FINE, waiting), (WAITED, waiting), (KIND, other))
        plain, read = project.analysis(), project.analysis()
        whole(read.read_evidence([access], [other]))
        found = read.evidence(access), read.evidence_of([other])
        assert found == (plain.evidence(access), plain.evidence_of([other]))
        assert all(found)

    def it_lists_a_segment_once_for_a_person_with_two_labels(
        self, project: Project, access: ThemeId, waiting: CodeId
    ) -> None:
        person = project.people.add()
        _, transcript_id = land(
            project, dialogue(("Ann", "Months,"), ("Ann (phone)", "honestly.")), people=[person] * 2
        )
        segment_id = code_words(project, transcript_id, "Months,\nhonestly.", waiting)
        assert project.analysis().evidence(access) == {person: [segment_id]}

    def it_hears_only_those_who_speak_in_a_focus_group(
        self, project: Project, access: ThemeId, waiting: CodeId
    ) -> None:
        group = dialogue(("Interviewer", "And you?"), ("Ann", "Months."), ("Bob", "Years."), ("Cat", "Not me."))
        people = [project.people.add(name) for name in ("P01", "P02", "P03")]
        _, transcript_id = land(project, group, people=people)
        code_words(project, transcript_id, "And you?\nMonths.\nYears.", waiting)
        assert states(project, access) == {"P01": State.RAISED, "P02": State.RAISED, "P03": State.ASKED}
        count = project.analysis().count(access)
        assert (str(count), count.segments) == ("2 of 3", 1)

    def it_leaves_the_interviewers_own_words_out(self, project: Project, access: ThemeId, waiting: CodeId) -> None:
        person, transcript_id = an_interview(project, "P01", "Yes.")
        code_words(project, transcript_id, "How was it?", waiting)
        assert project.analysis().evidence(access) == {}
        assert str(project.analysis().count(access)) == "0 of 1"
        assert [p.id for p in project.analysis().participants] == [person]


class DescribeCounting:
    def it_counts_within_a_group(self, project: Project, access: ThemeId, waiting: CodeId, other: CodeId) -> None:
        role = project.people.add_attribute("Role")
        for name, value, coded in (
            ("P01", "staff", (WAITED, waiting)),
            ("P02", "staff", (KIND, other)),
            ("P03", "parent", (WAITED, waiting)),
        ):
            project.people.set_value(interviewed(project, name, coded), role, value)
        analysis = project.analysis()
        by_role = {
            value: str(analysis.count(access, within=lambda p, value=value: p.attributes[role] == value))
            for value in ("staff", "parent")
        }
        assert by_role == {"staff": "1 of 2", "parent": "1 of 1"}
        assert str(analysis.count(access)) == "2 of 3"

    def it_counts_a_person_met_twice_once_and_in_each_wave_apart(
        self, project: Project, access: ThemeId, waiting: CodeId, other: CodeId
    ) -> None:
        first, second = project.waves.add("Wave 1"), project.waves.add("Wave 2")
        interviewed(project, "P01", (WAITED, waiting), (FINE, waiting), wave_id=first)
        interviewed(project, "P01", (KIND, other), wave_id=second)
        interviewed(project, "P02", (WAITED, waiting), wave_id=second)
        analysis = project.analysis()
        counts = [analysis.count(access, wave_id) for wave_id in (first, second, None)]
        assert [str(c) for c in counts] == ["1 of 1", "1 of 2", "2 of 2"]
        assert [c.segments for c in counts] == [2, 1, 3]
        assert states(project, access, second) == {"P01": State.ASKED, "P02": State.RAISED}

    def it_knows_that_one_of_two_waves_is_not_coded_yet(
        self, project: Project, access: ThemeId, waiting: CodeId
    ) -> None:
        first, second = project.waves.add("Wave 1"), project.waves.add("Wave 2")
        interviewed(project, "P01", (WAITED, waiting), wave_id=first)
        interviewed(project, "P01", wave_id=second)
        assert states(project, access, second) == {"P01": State.NOT_CODED}
        assert states(project, access) == {"P01": State.RAISED}


class DescribeComparingWaves:
    @pytest.fixture
    def waves(self, project: Project) -> tuple[WaveId, WaveId]:
        return project.waves.add("Wave 1"), project.waves.add("Wave 2")

    def compared(
        self, project: Project, waves: tuple[WaveId, WaveId], before: list[CodeId], after: list[CodeId]
    ) -> ThemeChange:
        """The first theme in two waves of the same people, each with one code in each wave."""
        with project.step("Make two waves"):
            for wave_id, codes in zip(waves, (before, after), strict=True):
                for number, code_id in enumerate(codes):
                    interviewed(project, f"P{number:02d}", (WAITED, code_id), wave_id=wave_id)
        return project.analysis().compare(*waves)[0]

    @pytest.mark.parametrize(
        ("before", "after", "trend"),
        [
            ((0, 8), (3, 8), Trend.NEW),
            ((3, 8), (0, 8), Trend.GONE),
            ((2, 8), (4, 8), Trend.STRONGER),
            ((6, 8), (4, 8), Trend.WEAKER),
            ((3, 8), (4, 8), Trend.UNCHANGED),
            ((0, 8), (0, 8), Trend.UNCHANGED),
        ],
    )
    def it_says_what_became_of_a_theme(
        self,
        project: Project,
        waves: tuple[WaveId, WaveId],
        waiting: CodeId,
        other: CodeId,
        before: tuple[int, int],
        after: tuple[int, int],
        trend: Trend,
    ) -> None:
        codes = [[waiting] * n + [other] * (all_ - n) for n, all_ in (before, after)]
        change = self.compared(project, waves, *codes)
        assert (change.trend, change.warning) == (trend, "")
        assert (str(change.before), str(change.after)) == tuple(f"{n} of {all_}" for n, all_ in (before, after))

    def it_makes_no_claim_where_nobody_was_asked(
        self, project: Project, waves: tuple[WaveId, WaveId], access: ThemeId, waiting: CodeId, other: CodeId
    ) -> None:
        project.waves.add_question(waves[1], "How long did you wait?", theme_ids=[access])
        change = self.compared(project, waves, [other], [waiting])
        assert (change.trend, change.warning) == (Trend.NO_CLAIM, "In Wave 1 nobody was asked about it.")

    def it_makes_no_claim_where_nothing_is_coded(
        self, project: Project, waves: tuple[WaveId, WaveId], waiting: CodeId
    ) -> None:
        interviewed(project, "P00", wave_id=waves[1])
        change = self.compared(project, waves, [waiting], [])
        assert (change.trend, change.warning) == (Trend.NO_CLAIM, "In Wave 2 nobody's interview is coded.")

    def it_warns_while_some_are_not_coded(
        self, project: Project, waves: tuple[WaveId, WaveId], waiting: CodeId, other: CodeId
    ) -> None:
        interviewed(project, "P09", wave_id=waves[1])
        change = self.compared(project, waves, [other], [waiting])
        assert (change.trend, change.warning) == (Trend.NEW, "1 of those interviewed are not yet coded.")

    def it_warns_when_different_people_were_interviewed(
        self, project: Project, waves: tuple[WaveId, WaveId], waiting: CodeId
    ) -> None:
        for wave_id, names in zip(waves, (("P01", "P02", "P03"), ("P03", "P04", "P05")), strict=True):
            for name in names:
                interviewed(project, name, (WAITED, waiting), wave_id=wave_id)
        change = project.analysis().compare(*waves)[0]
        assert change.warning == "Different people were interviewed: 1 took part in both waves."


class DescribeWhoIsBehindAFinding:
    def it_counts_the_people_in_its_supporting_segments_over_those_asked(
        self, project: Project, access: ThemeId, waiting: CodeId, other: CodeId
    ) -> None:
        for name, code_id in (("P01", waiting), ("P02", waiting), ("P03", waiting), ("P04", other)):
            interviewed(project, name, (WAITED, code_id), (FINE, other))
        interviewed(project, "P05")
        segments = project.coding.of_code([waiting])
        finding_id = project.findings.add(access, "Some waited.")
        project.findings.attach(finding_id, [segments[0].id, segments[1].id])
        project.findings.attach(finding_id, [segments[2].id], COUNTERS)
        count = project.analysis().behind(project.findings.all()[0])
        assert (str(count), count.segments) == ("2 of 4", 2)

    def it_counts_a_supporter_whose_words_are_coded_elsewhere_and_who_was_not_asked(
        self, project: Project, access: ThemeId, waiting: CodeId, other: CodeId
    ) -> None:
        first, second = project.waves.add("Wave 1"), project.waves.add("Wave 2")
        project.waves.add_question(first, "How long did you wait?", theme_ids=[access])
        interviewed(project, "P01", (WAITED, waiting), wave_id=first)
        interviewed(project, "P02", (KIND, other), wave_id=second)
        interviewed(project, "P03", (KIND, other), wave_id=second)
        finding_id = project.findings.add(access, "Some waited.")
        kind = next(row.id for row in project.coding.of_code([other]))
        project.findings.attach(finding_id, [project.coding.of_code([waiting])[0].id, kind])
        assert str(project.analysis().behind(project.findings.all()[0])) == "2 of 2"

    def it_speaks_of_a_wave_and_a_group(self, project: Project, waiting: CodeId, other: CodeId) -> None:
        role, wave_id = project.people.add_attribute("Role"), project.waves.add("Wave 1")
        for name, value, wave, code_id in (
            ("P01", "Staff", wave_id, waiting),
            ("P02", "staff", wave_id, other),
            ("P03", "parent", wave_id, waiting),
            ("P04", "staff", None, waiting),
        ):
            project.people.set_value(interviewed(project, name, (WAITED, code_id), wave_id=wave), role, value)
        finding_id = project.findings.add(None, "Some waited.")
        project.findings.attach(finding_id, [row.id for row in project.coding.of_code([waiting])])
        found = []
        for scope in ({}, {"wave_id": wave_id}, {"wave_id": wave_id, "attribute_id": role, "value": "staff"}):
            project.findings.speak_of(finding_id, **scope)  # type: ignore[arg-type]
            found.append(str(project.analysis().behind(project.findings.all()[0])))
        assert found == ["3 of 4", "2 of 3", "1 of 2"]


class DescribeSaturation:
    def it_tells_the_codes_first_used_in_each_interview(self, project: Project, waiting: CodeId, other: CodeId) -> None:
        interviewed(project, "P01", (WAITED, waiting))
        interviewed(project, "P02", (WAITED, waiting), (KIND, other))
        interviewed(project, "P03", (FINE, other))
        found = [(row.title, new, total) for row, new, total in project.analysis().new_codes()]
        assert [(new, total) for _, new, total in found] == [(1, 1), (1, 2), (0, 2)]

    def it_shows_the_segments_of_the_codes_first_used_in_an_interview(
        self, project: Project, waiting: CodeId, other: CodeId
    ) -> None:
        interviewed(project, "P01", (WAITED, waiting))
        interviewed(project, "P02", (WAITED, waiting), (KIND, other), (FINE, other))
        analysis = project.analysis()
        found = analysis.first_heard(analysis.interviews[1].id)
        quotes = {code: [s.quote for s in project.coding.those(ids)] for code, ids in found.items()}
        assert quotes == {other: [KIND, FINE]}

    def it_points_out_codes_that_nobody_used(self, project: Project, waiting: CodeId, other: CodeId) -> None:
        unused = project.codebook.add("Unused")
        _, transcript_id = an_interview(project, "P01", *ANSWERS)
        code_words(project, transcript_id, WAITED, waiting)
        code_words(project, transcript_id, "How was it?\nThe staff", other)
        question = project.codebook.add("Question")
        project.coding.apply(transcript_id, project.transcripts.get(transcript_id).turns[0].span, question)
        assert project.analysis().unused_codes() == {unused}
