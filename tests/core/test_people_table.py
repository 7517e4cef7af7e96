"""A table of participants, from a workbook or the clipboard: what it would change, and that it does just that."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core.people_paste import Fact, paste
from qualcode.core.people_table import Column, Plan, Use, carry_out, guess, plan
from qualcode.core.project import Project
from qualcode.core.typed import CHOICE, NUMBER, TEXT
from qualcode.errors import UserError
from tests.helpers.projects import a_project, everything, scratch

HEADINGS = ("ID", "Real name", "Role", "Age", "E-mail")
ROWS = (
    ("P01", "Ann Lee", "Mentor", "41", "ann@example.org"),
    ("P02", "Ben Okoro", "Parent", "37", "ben@example.org"),
    ("P03", "Cy Tran", "Mentor", "52", ""),
    ("P04", "Di Marsh", "Parent", "29", ""),
)


def planned(project: Project, rows: tuple[tuple[str, ...], ...] = ROWS, *, keep: bool = False) -> Plan:
    columns = guess(HEADINGS, rows, project.people.attributes())
    return plan(rows, columns, project.people.all(), project.people.attributes(), keep=keep)


def values(project: Project) -> dict[str, dict[str, str]]:
    names = {a.id: a.name for a in project.people.attributes()}
    return {p.pseudonym: {names[k]: v for k, v in p.attributes.items()} for p in project.people.all()}


class DescribeGuessing:
    def it_tells_pseudonyms_names_types_and_leaves_contact_details_out(self) -> None:
        assert guess(HEADINGS, ROWS, []) == [
            Column(Use.PSEUDONYM),
            Column(Use.NAME),
            Column(Use.ATTRIBUTE, "Role", CHOICE),
            Column(Use.ATTRIBUTE, "Age", NUMBER),
            Column(Use.NOTHING),
        ]

    def it_takes_an_attribute_that_is_there_for_itself(self, project: Project) -> None:
        project.people.add_attribute("role", TEXT)
        assert guess(["Role"], [("Mentor",)], project.people.attributes()) == [Column(Use.ATTRIBUTE, "role", TEXT)]


class DescribeBringingIn:
    def it_adds_people_attributes_and_values_in_one_step(self, project: Project) -> None:
        before = everything(project)
        found = planned(project)
        assert found.added == ("P01", "P02", "P03", "P04")
        assert [(name, kind) for name, kind, _ in found.attributes] == [("Role", CHOICE), ("Age", NUMBER)]
        carry_out(project, found)
        assert values(project)["P03"] == {"Role": "Mentor", "Age": "52"}
        project.undo()
        assert everything(project) == before

    def it_changes_nothing_the_second_time(self, project: Project) -> None:
        carry_out(project, planned(project))
        assert planned(project).is_empty

    def it_says_each_value_that_would_change_or_keeps_it_when_wished(self, project: Project) -> None:
        carry_out(project, planned(project))
        project.people.set_value(project.people.all()[0].id, project.people.attributes()[1].id, "40")
        (change,) = planned(project).changes
        assert (change.pseudonym, change.what, change.old, change.new) == ("P01", "Age", "40", "41")
        assert planned(project, keep=True).is_empty

    def it_leaves_what_is_there_where_the_table_has_nothing(self, project: Project) -> None:
        carry_out(project, planned(project))
        assert planned(project, (("P01", "", "", "", ""),)).is_empty

    def it_tells_of_a_value_that_does_not_fit_and_brings_in_the_rest(self, project: Project) -> None:
        carry_out(project, planned(project))
        found = planned(project, (("P01", "Ann Lee", "Mentor", "about 40", ""), ("P05", "Ed Fry", "Mentor", "33", "")))
        assert found.problems == ("Row 2, Age: “about 40” is no number. Write it in digits, like 12 or 3.5.",)
        carry_out(project, found)
        assert values(project)["P01"]["Age"] == "41"
        assert values(project)["P05"] == {"Role": "Mentor", "Age": "33"}

    def it_does_not_make_one_person_of_two(self, project: Project) -> None:
        carry_out(project, planned(project))
        found = planned(project, (("P01", "Zoe Quill", "Mentor", "", ""),))
        assert found.is_empty
        assert found.problems == ("Row 2: P01 is somebody else, by the name.",)

    def it_knows_people_by_their_name_and_gives_them_the_pseudonyms_of_the_table(self, project: Project) -> None:
        one, two = project.people.add("P02", "Ann Lee"), project.people.add("P01", "Ben Okoro")
        found = planned(project, ROWS[:2])
        assert set(found.renamed) == {("P02", "P01"), ("P01", "P02")}
        carry_out(project, found)
        assert {p.id: p.pseudonym for p in project.people.all()} == {one: "P01", two: "P02"}

    def it_asks_which_column_says_who(self, project: Project) -> None:
        found = plan([("Mentor",)], [Column(Use.ATTRIBUTE, "Role")], [], [])
        assert found.is_empty
        assert found.problems == ("Say which column holds the pseudonyms or the real names.",)

    @settings(max_examples=25, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["P01", "P1", "P02", "Q", ""]),
                st.sampled_from(["Ann Lee", "Ben", ""]),
                st.sampled_from(["Mentor", "mentor", "Parent", ""]),
                st.sampled_from(["3", "x", ""]),
                st.just(""),
            ),
            max_size=6,
        )
    )
    def it_can_always_do_what_it_plans_and_then_has_nothing_left_to_do(self, rows: list[tuple[str, ...]]) -> None:
        with scratch() as folder:
            from pathlib import Path

            with a_project(Path(folder)) as project:
                project.people.add("P01", "Ann Lee")
                columns = guess(HEADINGS, ROWS, [])
                first = plan(rows, columns, project.people.all(), project.people.attributes())
                carry_out(project, first)
                again = plan(rows, columns, project.people.all(), project.people.attributes())
                assert again.added == ()
                assert not again.attributes


class DescribePasting:
    def it_fills_cells_and_grows_rows_in_one_step(self, project: Project) -> None:
        one = project.people.add("P01")
        role = project.people.add_attribute("Role", CHOICE, ["Mentor"])
        before = everything(project)
        paste(project, [["P01", "mentor"], ["P02", "Parent"], ["", ""]], [one], [Fact.PSEUDONYM, role])
        assert values(project) == {"P01": {"Role": "Mentor"}, "P02": {"Role": "Parent"}}
        assert project.people.attributes()[0].choices == ("Mentor", "Parent")
        assert project.undo_label == "Paste 4 cells"
        project.undo()
        assert everything(project) == before

    def it_may_swap_pseudonyms(self, project: Project) -> None:
        ids = [project.people.add("P01"), project.people.add("P02")]
        paste(project, [["P02"], ["P01"]], ids, [Fact.PSEUDONYM])
        assert {p.id: p.pseudonym for p in project.people.all()} == {ids[0]: "P02", ids[1]: "P01"}

    def it_pastes_nothing_when_one_value_does_not_fit(self, project: Project) -> None:
        ids = [project.people.add("P01"), project.people.add("P02")]
        age = project.people.add_attribute("Age", NUMBER)
        before = everything(project)
        with pytest.raises(UserError, match="“old” is no number"):
            paste(project, [["41"], ["old"], ["7"]], ids, [age])
        assert everything(project) == before

    def it_empties_cells_and_passes_over_what_lies_beyond_the_columns(self, project: Project) -> None:
        one = project.people.add("P01", "Ann Lee")
        project.people.change(one, note="shy")
        paste(project, [["", "loud", "more"]], [one], [Fact.NAME, Fact.NOTE])
        (row,) = project.people.all()
        assert (row.name, row.note) == ("", "loud")
