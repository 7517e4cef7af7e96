from __future__ import annotations

import pytest

from qualcode.core.identifiers import HARMLESS, IDENTIFIER
from qualcode.core.project import Project
from qualcode.errors import UserError
from tests.helpers.projects import an_interview, everything, span_of


class DescribeTheRegister:
    def it_keeps_an_identifier_with_its_other_spellings(self, project: Project) -> None:
        project.identifiers.add("person", " Anna Smith ", " [the nurse] ", forms=["Annie", " Ana Smith", "", "Annie"])
        (row,) = project.identifiers.all()
        assert (row.kind, row.text, row.replacement, row.status) == ("person", "Anna Smith", "[the nurse]", IDENTIFIER)
        assert row.forms == ("Ana Smith", "Annie")

    @pytest.mark.parametrize(("text", "replacement"), [(" ", "[X]"), ("Anna", "  ")])
    def it_refuses_an_empty_text_or_replacement(self, project: Project, text: str, replacement: str) -> None:
        with pytest.raises(UserError, match="needs its text"):
            project.identifiers.add("person", text, replacement)

    @pytest.mark.parametrize(("text", "again"), [("Anna", "ANNA"), ("Øystein", "øystein"), ("Élodie", "Élodie")])
    def it_knows_a_string_again_capitals_or_not(self, project: Project, text: str, again: str) -> None:
        first = project.identifiers.add("person", text, "[A]", forms=["Annie"])
        assert project.identifiers.add("place", again, "[the town]", forms=["Ann"]) == first
        (row,) = project.identifiers.all()
        assert (row.kind, row.text, row.replacement) == ("place", text, "[the town]")
        assert row.forms == ("Ann", "Annie")

    def it_remembers_what_is_harmless_until_it_is_found_to_be_none(self, project: Project) -> None:
        project.identifiers.call_harmless(["Bright", "Bright", "Éden"])
        assert [(r.text, r.status) for r in project.identifiers.all()] == [("Bright", HARMLESS), ("Éden", HARMLESS)]
        project.identifiers.add("place", "éden", "[the estate]")
        project.identifiers.call_harmless(["bright"])
        assert [(r.text, r.status, r.replacement) for r in project.identifiers.all()] == [
            ("Bright", HARMLESS, ""),
            ("Éden", IDENTIFIER, "[the estate]"),
        ]

    def it_calls_an_identifier_harmless_in_one_act_that_can_be_undone(self, project: Project) -> None:
        project.identifiers.add("person", "Bright", "[A]")
        before = everything(project)
        project.identifiers.call_harmless(["Bright", "Summer"])
        project.undo()
        assert everything(project) == before

    def it_is_changed_and_taken_off(self, project: Project) -> None:
        first = project.identifiers.add("person", "Anna", "[A]")
        second = project.identifiers.add("place", "Leeds", "[the city]")
        project.identifiers.change(first, kind="nickname", replacement="[B]")
        project.identifiers.set_forms(second, ["Leedz"])
        assert [(r.kind, r.text, r.replacement, r.forms) for r in project.identifiers.all()] == [
            ("nickname", "Anna", "[B]", ()),
            ("place", "Leeds", "[the city]", ("Leedz",)),
        ]
        before = everything(project)
        project.identifiers.remove([first, second])
        assert project.identifiers.all() == []
        project.undo()
        assert everything(project) == before


class DescribeDecisionsAboutOnePlace:
    def it_holds_for_that_place_and_can_be_taken_otherwise(self, project: Project) -> None:
        _, transcript_id = an_interview(project, "P01", "May came in May.")
        text = project.transcripts.text(transcript_id)
        person = project.identifiers.add("person", "May", "[the nurse]")
        month = span_of(text, "May.")
        project.identifiers.decide(transcript_id, month, None)
        (row,) = project.identifiers.decisions()
        assert (row.identifier_id, row.span, row.quote) == (None, month, "May.")
        project.identifiers.decide(transcript_id, month, person)
        assert [r.identifier_id for r in project.identifiers.decisions()] == [person]
        project.undo()
        assert [r.identifier_id for r in project.identifiers.decisions()] == [None]
