"""What a project gives its suggesters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.acts import material
from qualcode.core.project import Project
from qualcode.core.values import Suggestion
from qualcode.suggest import Coded, Refused
from tests.helpers.projects import a_project, an_interview, code_words, span_of


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with a_project(tmp_path) as found:
        yield found


class DescribeMaterial:
    def it_holds_what_was_said_coded_and_refused(self, project: Project) -> None:
        _, first = an_interview(project, "P01", "The bus never came.", "We ate soup.")
        code_id = project.codebook.add("Buses", definition="Getting there.")
        code_words(project, first, "The bus never came.", code_id)
        soup = span_of(project.transcripts.text(first), "We ate soup.")
        project.suggestions.offer([Suggestion(first, soup, code_id, 0.3, "Why.")], [first])
        project.suggestions.refuse(project.suggestions.open()[0].id)
        found = material(project)
        assert [p.text for p in found.passages] == [project.transcripts.text(first)]
        assert found.coded == (Coded(first, span_of(found.passages[0].text, "The bus never came."), code_id),)
        assert found.refused == (Refused(first, soup, code_id),)
        assert found.names == {first: "P01 0"}
        assert [(c.name, c.definition) for c in found.codebook] == [("Buses", "Getting there.")]

    def it_names_all_that_a_code_stands_under_the_outermost_first(self, project: Project) -> None:
        outer = project.themes.add("Access")
        inner = project.themes.add("Transport", parent_id=outer)
        code_id = project.codebook.add("Buses", theme_id=inner)
        project.codebook.add("The driver", parent_id=code_id)
        above = {c.name: c.above for c in material(project).codebook}
        assert above["Buses"] == ("Access", "Transport")
        assert above["The driver"] == ("Access", "Transport", "Buses")

    def it_asks_the_questions_of_the_guide_and_of_the_evaluation(self, project: Project) -> None:
        project.waves.add_questions(project.waves.add("Wave 1"), ["How do you get here?"])
        project.waves.add_evaluation_question("Does the bus reach those who need it?")
        assert material(project).questions == ("How do you get here?", "Does the bus reach those who need it?")
