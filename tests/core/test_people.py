from __future__ import annotations

import pytest

from qualcode.core.project import Project
from qualcode.errors import UserError
from tests.helpers.projects import an_interview, code_words, everything


def pseudonyms(project: Project) -> list[str]:
    return [person.pseudonym for person in project.people.all()]


class DescribeParticipants:
    def it_gives_the_next_free_pseudonym(self, project: Project) -> None:
        first = project.people.add()
        project.people.add("P07")
        project.people.add("Nadia")
        project.people.remove([first])
        assert project.people.next_pseudonym() == "P08"
        project.people.add()
        assert pseudonyms(project) == ["P07", "Nadia", "P08"]

    @pytest.mark.parametrize(("taken", "again"), [("P01", " p01 "), ("Élodie", "élodie"), ("STRAẞE", "straße")])
    def it_refuses_a_pseudonym_that_is_taken_capitals_or_not(self, project: Project, taken: str, again: str) -> None:
        project.people.add(taken)
        other = project.people.add("Somebody")
        with pytest.raises(UserError, match="There is a participant"):
            project.people.add(again)
        with pytest.raises(UserError, match="There is a participant"):
            project.people.change(other, pseudonym=again)
        assert pseudonyms(project) == [taken, "Somebody"]

    def it_lets_a_person_change_the_capitals_of_their_own(self, project: Project) -> None:
        person = project.people.add("nadia")
        project.people.change(person, pseudonym=" Nadia ", name="Nadia B.", note="Carer since 2019")
        row = project.people.all()[0]
        assert (row.pseudonym, row.name, row.note) == ("Nadia", "Nadia B.", "Carer since 2019")

    def it_leaves_what_is_not_named_as_it_was(self, project: Project) -> None:
        person = project.people.add("P01", "Nadia")
        project.people.change(person, note="Quiet")
        assert project.people.all()[0].name == "Nadia"

    def it_refuses_an_empty_pseudonym(self, project: Project) -> None:
        person = project.people.add()
        with pytest.raises(UserError, match="needs a pseudonym"):
            project.people.change(person, pseudonym="  ")

    def it_adds_at_the_end_of_the_list_even_after_a_removal(self, project: Project) -> None:
        people = [project.people.add(name) for name in ("Xenia", "Yusuf", "Zoe")]
        project.people.remove(people[:1])
        project.people.add("Anna")
        assert pseudonyms(project) == ["Yusuf", "Zoe", "Anna"]

    def it_keeps_what_a_removed_person_said_as_a_voice_of_nobody(self, project: Project) -> None:
        person, transcript_id = an_interview(project, "P01", "We waited for months.")
        code_id = project.codebook.add("Waiting")
        code_words(project, transcript_id, "waited for months", code_id)
        before = everything(project)
        project.people.remove([person])
        assert project.people.all() == []
        assert [s.participant_id for s in project.transcripts.speakers(transcript_id)] == [None, None]
        assert project.codebook.counts() == {code_id: (1, 1)}
        project.undo()
        assert everything(project) == before


class DescribeAttributes:
    def it_keeps_values_by_person(self, project: Project) -> None:
        role = project.people.add_attribute("Role", "choice", ["staff", "parent"])
        age = project.people.add_attribute("Age band")
        first, second = project.people.add(), project.people.add()
        project.people.set_value(first, role, " staff ")
        project.people.set_value(first, age, "40 to 49")
        project.people.set_value(second, role, "parent")
        assert [p.attributes for p in project.people.all()] == [{role: "staff", age: "40 to 49"}, {role: "parent"}]

    def it_replaces_a_value_and_takes_an_empty_one_away(self, project: Project) -> None:
        area, person = project.people.add_attribute("Area"), project.people.add()
        project.people.set_value(person, area, "North")
        project.people.set_value(person, area, "South")
        assert project.people.all()[0].attributes == {area: "South"}
        project.people.set_value(person, area, " ")
        assert project.people.all()[0].attributes == {}
        project.undo()
        assert project.people.all()[0].attributes == {area: "South"}

    def it_keeps_attributes_and_their_choices_in_order(self, project: Project) -> None:
        first = project.people.add_attribute("Role", "choice", ["staff", "parent", "a volunteer"])
        project.people.add_attribute("Area")
        project.people.add_attribute("Years", "number")
        project.people.remove_attribute(first)
        project.people.add_attribute("Age band", "choice", ["under 18", "18 and over"])
        rows = project.people.attributes()
        assert [(a.name, a.kind, a.choices) for a in rows] == [
            ("Area", "text", ()),
            ("Years", "number", ()),
            ("Age band", "choice", ("under 18", "18 and over")),
        ]

    def it_refuses_a_name_that_is_empty_or_taken(self, project: Project) -> None:
        project.people.add_attribute("Role")
        area = project.people.add_attribute("Area")
        with pytest.raises(UserError, match="needs a name"):
            project.people.add_attribute(" ")
        with pytest.raises(UserError, match="There is an attribute"):
            project.people.add_attribute("role")
        with pytest.raises(UserError, match="There is an attribute"):
            project.people.change_attribute(area, name="ROLE")
        with pytest.raises(UserError, match="needs a name"):
            project.people.change_attribute(area, name=" ")
        project.people.change_attribute(area, name="area", kind="choice", choices=["North"])
        assert [(a.name, a.choices) for a in project.people.attributes()] == [("Role", ()), ("area", ("North",))]

    def it_takes_the_values_of_a_removed_attribute_along_and_brings_them_back(self, project: Project) -> None:
        role, person = project.people.add_attribute("Role"), project.people.add()
        project.people.set_value(person, role, "staff")
        project.people.remove_attribute(role)
        assert project.people.all()[0].attributes == {}
        project.undo()
        assert project.people.all()[0].attributes == {role: "staff"}


class DescribeCoders:
    def it_adds_a_coder_once(self, project: Project) -> None:
        ben = project.people.coder("Ben")
        assert project.people.coder("Ben") == ben
        assert [coder.name for coder in project.people.coders()] == ["Ada", "Ben"]
