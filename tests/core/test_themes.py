from __future__ import annotations

import pytest

from qualcode.core.comments import Topic
from qualcode.core.project import Project
from qualcode.core.values import ThemeId
from qualcode.errors import UserError
from tests.helpers.projects import an_interview, code_words, dialogue, everything, land


def names(project: Project) -> list[str]:
    return [theme.name for theme in project.themes.all()]


def counted(project: Project) -> dict[str, tuple[int, int]]:
    return {theme.name: (theme.people, theme.segments) for theme in project.themes.all()}


@pytest.fixture
def access(project: Project) -> ThemeId:
    return project.themes.add("Access", definition="Getting a place", message="It is a matter of luck.")


class DescribeTheFramework:
    def it_is_read_as_a_report_is(self, project: Project, access: ThemeId) -> None:
        trust = project.themes.add("Trust")
        project.themes.add("Being heard", parent_id=trust)
        project.themes.add("Waiting", parent_id=access)
        cost = project.themes.add("Cost", parent_id=access)
        project.themes.add("Fares", parent_id=cost)
        assert names(project) == ["Access", "Waiting", "Cost", "Fares", "Trust", "Being heard"]
        project.themes.order([trust, access])
        assert names(project) == ["Trust", "Being heard", "Access", "Waiting", "Cost", "Fares"]

    def it_keeps_definition_and_message(self, project: Project, access: ThemeId) -> None:
        project.themes.define(access, message="It takes luck.")
        project.themes.rename(access, " Getting  in ")
        row = project.themes.all()[0]
        assert (row.name, row.definition, row.central_message) == ("Getting in", "Getting a place", "It takes luck.")

    @pytest.mark.usefixtures("access")
    @pytest.mark.parametrize("name", ["", "  ", "access", " ACCESS "])
    def it_refuses_a_name_that_is_empty_or_a_siblings(self, project: Project, name: str) -> None:
        other = project.themes.add("Trust")
        below = project.themes.add("Access", parent_id=other)
        for act in (
            lambda: project.themes.add(name),
            lambda: project.themes.rename(other, name),
            lambda: project.themes.move(below, None),
        ):
            with pytest.raises(UserError):
                act()
        assert names(project) == ["Access", "Trust", "Access"]

    def it_refuses_a_theme_below_itself(self, project: Project, access: ThemeId) -> None:
        below = project.themes.add("Cost", parent_id=access)
        for above in (access, below):
            with pytest.raises(UserError, match="under itself"):
                project.themes.move(access, above)

    def it_knows_what_lies_within_a_theme(self, project: Project, access: ThemeId) -> None:
        cost = project.themes.add("Cost", parent_id=access)
        fares = project.themes.add("Fares", parent_id=cost)
        project.themes.add("Trust")
        assert project.themes.within(access) == {access, cost, fares}
        assert project.themes.within(fares) == {fares}

    def it_lets_sub_themes_rise_when_a_theme_goes(self, project: Project, access: ThemeId) -> None:
        cost = project.themes.add("Cost", parent_id=access)
        fares = project.themes.add("Fares", parent_id=cost)
        code_id = project.codebook.add("Bus fares", theme_id=cost)
        before = everything(project)
        project.themes.remove(cost)
        assert [(t.id, t.parent_id) for t in project.themes.all()] == [(access, None), (fares, access)]
        assert project.codebook.all()[0].theme_id is None
        project.undo()
        assert everything(project) == before
        assert project.themes.of_code() == {code_id: cost}


class DescribeGathering:
    def it_counts_a_code_for_its_own_theme_or_that_of_the_code_above(self, project: Project, access: ThemeId) -> None:
        trust = project.themes.add("Trust")
        waiting = project.codebook.add("Waiting")
        letters = project.codebook.add("Letters", parent_id=waiting)
        heard = project.codebook.add("Being heard", parent_id=letters)
        project.codebook.add("Other")
        project.themes.gather([waiting], access)
        project.themes.gather([heard], trust)
        assert project.themes.of_code() == {waiting: access, letters: access, heard: trust}
        assert [t.code_ids for t in project.themes.all()] == [(waiting, letters), (heard,)]
        project.themes.gather([waiting], None)
        assert project.themes.of_code() == {heard: trust}

    def it_counts_people_once_over_all_that_lies_within(self, project: Project, access: ThemeId) -> None:
        cost, wait = (project.themes.add(name, parent_id=access) for name in ("Cost", "Waiting"))
        fares = project.codebook.add("Fares", theme_id=cost)
        queues = project.codebook.add("Queues", theme_id=wait)
        luck = project.codebook.add("Luck", theme_id=access)
        _, first = an_interview(project, "P01", "The fare was too high.", "We waited.", "It takes luck.")
        _, second = an_interview(project, "P02", "We waited for ages.")
        code_words(project, first, "The fare", fares)
        code_words(project, first, "We waited.", queues)
        code_words(project, first, "It takes luck.", luck)
        code_words(project, second, "We waited", queues)
        assert counted(project) == {"Access": (2, 4), "Cost": (1, 1), "Waiting": (2, 2)}

    def it_counts_no_interviewer(self, project: Project, access: ThemeId) -> None:
        code_id = project.codebook.add("Start", theme_id=access)
        _, transcript_id = land(project, dialogue(("Interviewer", "How did it start?"), ("Ann", "Late.")))
        code_words(project, transcript_id, "How did it start?", code_id)
        assert counted(project) == {"Access": (0, 1)}


class DescribeMerging:
    def it_gives_all_a_theme_has_to_the_other(self, project: Project, access: ThemeId) -> None:
        trust = project.themes.add("Trust")
        below = project.themes.add("Being heard", parent_id=trust)
        code_id = project.codebook.add("Staff", theme_id=trust)
        finding_id = project.findings.add(trust, "Most trusted the staff.")
        project.memos.add("Is this one theme?", theme_id=trust)
        project.comments.add(Topic(theme_id=trust), "Begin with staff.")
        wave_id = project.waves.add("Wave 1")
        for asked in ([access, trust], [trust]):
            project.waves.add_question(wave_id, "And?", theme_ids=asked)
        before = everything(project)
        project.themes.merge([access, trust], access)
        assert [(t.id, t.parent_id) for t in project.themes.all()] == [(access, None), (below, access)]
        assert project.themes.of_code() == {code_id: access}
        assert [(f.id, f.theme_id) for f in project.findings.all()] == [(finding_id, access)]
        assert [m.text for m in project.memos.of_theme(access)] == ["Is this one theme?"]
        assert [c.topic for c in project.comments.all()] == [Topic(theme_id=access)]
        assert [q.theme_ids for q in project.waves.questions()] == [{access}, {access}]
        project.undo()
        assert everything(project) == before

    def it_can_merge_a_theme_into_one_far_below_it(self, project: Project, access: ThemeId) -> None:
        cost = project.themes.add("Cost", parent_id=access)
        fares = project.themes.add("Fares", parent_id=cost)
        project.themes.merge([access], fares)
        assert [(t.id, t.parent_id) for t in project.themes.all()] == [(fares, None), (cost, fares)]
        assert project.themes.within(fares) == {fares, cost}

    def it_refuses_to_put_two_of_one_name_beside_each_other(self, project: Project, access: ThemeId) -> None:
        trust = project.themes.add("Trust")
        for theme_id in (access, trust):
            project.themes.add("Staff", parent_id=theme_id)
        with pytest.raises(UserError, match="Two themes “Staff”"):
            project.themes.merge([trust], access)


class DescribeVersions:
    def it_keeps_the_framework_as_it_stood(self, project: Project, access: ThemeId) -> None:
        project.codebook.add("Waiting", theme_id=access)
        project.themes.take_snapshot("Before the workshop")
        project.themes.remove(access)
        project.move_to_stage("themes")
        assert [(v.name, v.stage, v.themes, v.codes) for v in project.themes.versions()] == [
            ("Before the workshop", "prepare", 1, 1),
            ("On moving to Themes", "themes", 0, 1),
        ]
