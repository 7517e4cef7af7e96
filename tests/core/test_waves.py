from __future__ import annotations

import pytest

from qualcode.core.project import Project
from qualcode.errors import UserError
from tests.helpers.projects import an_interview, everything


def names(project: Project) -> list[str]:
    return [wave.name for wave in project.waves.all()]


class DescribeWaves:
    def it_puts_each_new_wave_after_the_last(self, project: Project) -> None:
        waves = [project.waves.add(name) for name in ("Wave 8", "Wave 9", "Wave 10")]
        project.waves.remove(waves[0])
        project.waves.add("Follow-up")
        assert names(project) == ["Wave 9", "Wave 10", "Follow-up"]

    def it_can_be_put_in_another_order(self, project: Project) -> None:
        first, second = project.waves.add("2024"), project.waves.add("2023")
        project.waves.order([second, first])
        assert names(project) == ["2023", "2024"]

    @pytest.mark.parametrize(("taken", "again"), [("Wave 1", "wave 1 "), ("Été", "été")])
    def it_refuses_a_name_that_is_empty_or_taken(self, project: Project, taken: str, again: str) -> None:
        project.waves.add(taken)
        other = project.waves.add("Other")
        with pytest.raises(UserError, match="There is a wave"):
            project.waves.add(again)
        with pytest.raises(UserError, match="There is a wave"):
            project.waves.change(other, name=again)
        for act in (lambda: project.waves.add(" "), lambda: project.waves.change(other, name=" ")):
            with pytest.raises(UserError, match="needs a name"):
                act()
        project.waves.change(other, name="other", note="By telephone")
        assert [(w.name, w.note) for w in project.waves.all()] == [(taken, ""), ("other", "By telephone")]

    def it_leaves_the_interviews_of_a_removed_wave_in_none(self, project: Project) -> None:
        wave_id = project.waves.add("Wave 1")
        project.waves.add_question(wave_id, "How did you hear of it?")
        an_interview(project, "P01", "From my sister.", wave_id=wave_id)
        before = everything(project)
        project.waves.remove(wave_id)
        assert project.transcripts.interviews()[0].wave_id is None
        assert project.waves.questions() == []
        project.undo()
        assert everything(project) == before


class DescribeTheTopicGuide:
    def it_keeps_questions_by_wave_and_in_order(self, project: Project) -> None:
        first, second = project.waves.add("Wave 1"), project.waves.add("Wave 2")
        project.waves.add_question(second, "And since then?")
        gone = project.waves.add_question(first, "How did it begin?", topic="Start")
        project.waves.add_question(first, "What was hard?")
        project.waves.add_question(first, "What helped?")
        project.waves.remove_question(gone)
        project.waves.add_question(first, "Anything else?")
        assert [q.text for q in project.waves.questions()] == [
            "What was hard?",
            "What helped?",
            "Anything else?",
            "And since then?",
        ]

    def it_links_a_question_to_the_themes_it_asks_about(self, project: Project) -> None:
        access, trust = project.themes.add("Access"), project.themes.add("Trust")
        question = project.waves.add_question(project.waves.add("Wave 1"), "How was it?", theme_ids=[access])
        project.waves.ask_about(question, [trust, access])
        assert project.waves.questions()[0].theme_ids == {access, trust}
        project.themes.remove(access)
        assert project.waves.questions()[0].theme_ids == {trust}
        project.undo()
        project.undo()
        assert project.waves.questions()[0].theme_ids == {access}


class DescribeEvaluationQuestions:
    def it_keeps_them_in_order(self, project: Project) -> None:
        for text in ("Does it reach them?", "Does it help?"):
            project.waves.add_evaluation_question(text)
        assert [q.text for q in project.waves.evaluation_questions()] == ["Does it reach them?", "Does it help?"]
