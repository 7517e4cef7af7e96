"""The written cells of the framework matrix."""

from __future__ import annotations

import pytest

from qualcode.core.project import Project
from qualcode.core.values import ParticipantId, ThemeId
from tests.helpers.projects import everything


@pytest.fixture
def person(project: Project) -> ParticipantId:
    return project.people.add("P01")


@pytest.fixture
def theme(project: Project) -> ThemeId:
    return project.themes.add("Access")


def texts(project: Project) -> list[str]:
    return [row.text for row in project.summaries.all()]


class DescribeWriting:
    def it_keeps_one_text_for_a_person_a_theme_and_a_wave(
        self, project: Project, person: ParticipantId, theme: ThemeId
    ) -> None:
        wave = project.waves.add("Wave 1")
        project.summaries.write(person, theme, wave, "Waited.")
        project.summaries.write(person, theme, wave, "Waited a year.")
        project.summaries.write(person, theme, None, "Said so again outside any wave.")
        found = {row.wave_id: row.text for row in project.summaries.all()}
        assert found == {wave: "Waited a year.", None: "Said so again outside any wave."}

    def it_says_in_the_menu_whose_cell_was_written(
        self, project: Project, person: ParticipantId, theme: ThemeId
    ) -> None:
        project.summaries.write(person, theme, None, "Waited.")
        assert project.undo_label == "Summarise P01, “Access”"

    def it_takes_an_emptied_cell_away(self, project: Project, person: ParticipantId, theme: ThemeId) -> None:
        project.summaries.write(person, theme, None, "Waited.")
        project.summaries.write(person, theme, None, "  ")
        assert texts(project) == []

    def it_makes_no_step_of_what_changes_nothing(self, project: Project, person: ParticipantId, theme: ThemeId) -> None:
        project.summaries.write(person, theme, None, "Waited.")
        label, rows = project.undo_label, everything(project)
        project.summaries.write(person, theme, None, " Waited. ")
        project.summaries.write(person, project.themes.add("Trust"), None, "")
        project.undo()
        assert (project.undo_label, everything(project)) == (label, rows)

    def it_is_undone_and_redone(self, project: Project, person: ParticipantId, theme: ThemeId) -> None:
        project.summaries.write(person, theme, None, "Waited.")
        project.summaries.write(person, theme, None, "Waited a year.")
        project.undo()
        assert texts(project) == ["Waited."]
        project.redo()
        assert texts(project) == ["Waited a year."]


class DescribeMergedThemes:
    def it_reads_two_texts_of_one_cell_as_paragraphs_and_writes_them_as_one(
        self, project: Project, person: ParticipantId, theme: ThemeId
    ) -> None:
        trust = project.themes.add("Trust")
        project.summaries.write(person, theme, None, "Waited.")
        project.summaries.write(person, trust, None, "Trusted nobody.")
        project.themes.merge([trust], theme)
        (text,) = texts(project)
        assert sorted(text.split("\n")) == ["Trusted nobody.", "Waited."]
        project.summaries.write(person, theme, None, "Both.")
        assert texts(project) == ["Both."]
