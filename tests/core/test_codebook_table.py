"""Codebooks from elsewhere: tables with other people's headings, and outlines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualcode.core import codebook_table
from qualcode.core.codebook_outline import from_outline
from qualcode.core.codebook_plan import Plan, carry_out, plan
from qualcode.core.codebook_table import Entry, from_table
from qualcode.core.project import Project

OUTLINE = """
Access to support
    1. Waiting lists: Time between asking and being seen
    2. Someone outside school – Not a teacher, not family
Trust
\t• Confidentiality
"""


def planned(project: Project, entries: list[Entry]) -> Plan:
    return plan(entries, project.themes.all(), project.codebook.all())


def listed(project: Project) -> list[tuple[str, str]]:
    themes = {t.id: t.name for t in project.themes.all()}
    return [(themes.get(c.theme_id or "", ""), c.name) for c in project.codebook.all()]  # type: ignore[call-overload]


class DescribeATable:
    def it_knows_its_columns_by_the_words_people_use(self) -> None:
        headings = ["Category", "Code label", "Description", "When to use", "When not to use", "Color"]
        cells = ["Trust", "Confidentiality", "Kept in the room", "Promises", "Gossip", "AA3311"]
        (entry,) = from_table(headings, [cells])
        assert (entry.name, entry.themes, entry.colour) == ("Confidentiality", ("Trust",), "#aa3311")
        assert entry.parts == {"definition": "Kept in the room", "include": "Promises", "exclude": "Gossip"}

    def it_is_no_codebook_without_names(self) -> None:
        assert not codebook_table.is_codebook(["Date", "Definition"])

    def it_puts_a_parent_before_what_lies_under_it_and_makes_one_that_has_no_row(self) -> None:
        rows = [["Ringing back", "Waiting"], ["Waiting", ""], ["Gossip", "Trust"]]
        found = from_table(["Name", "Parent"], rows)
        assert [(e.above, e.name) for e in found] == [
            ((), "Waiting"),
            (("Waiting",), "Ringing back"),
            ((), "Trust"),
            (("Trust",), "Gossip"),
        ]

    def it_reads_a_column_for_each_level_filled_once_or_in_every_row(self) -> None:
        once = [
            ["Access", "", "", "Getting in"],
            ["", "Waiting", "", ""],
            ["", "", "Letters", ""],
            ["Trust", "", "", ""],
        ]
        every = [["Access", "", "", "Getting in"], ["Access", "Waiting", "", ""], ["Access", "Waiting", "Letters", ""]]
        for heads in (
            ["Level 1", "Level 2", "Level 3", "Definition"],
            ["Code", "Sub-code", "Sub-sub-code", "Definition"],
        ):
            for rows, names in ((once, 4), (every, 3)):
                found = from_table(heads, rows)
                assert [(e.above, e.name) for e in found] == [
                    ((), "Access"),
                    (("Access",), "Waiting"),
                    (("Access", "Waiting"), "Letters"),
                    ((), "Trust"),
                ][:names]
                assert found[0].parts["definition"] == "Getting in"

    def it_takes_a_theme_that_stands_once_for_all_rows_below_it(self) -> None:
        found = from_table(["Theme", "Code"], [["Access", "Waiting"], ["", "Distance"], ["Trust", "Gossip"]])
        assert [e.themes for e in found] == [("Access",), ("Access",), ("Trust",)]

    def it_takes_an_empty_cell_for_no_theme_where_themes_are_repeated(self) -> None:
        found = from_table(["Theme", "Code"], [["Access", "Waiting"], ["Access", "Distance"], ["", "Gossip"]])
        assert [e.themes for e in found] == [("Access",), ("Access",), ()]

    def it_takes_names_that_begin_alike_for_paths(self) -> None:
        found = from_table(["Code"], [["Access"], ["Access\\Waiting"], ["Access\\Waiting\\Letters"], ["Pros > cons"]])
        assert [(e.above, e.name) for e in found] == [
            ((), "Access"),
            (("Access",), "Waiting"),
            (("Access", "Waiting"), "Letters"),
            ((), "Pros > cons"),
        ]

    def it_splits_a_path_of_themes(self) -> None:
        (entry,) = from_table(["Theme", "Code"], [["Access > The wait", "Told once"]])
        assert entry.themes == ("Access", "The wait")

    def it_gives_a_code_that_would_lie_under_itself_no_place(self, project: Project) -> None:
        found = planned(project, from_table(["Name", "Parent"], [["Trust", "Trust"]]))
        assert found.problems == ("“Trust” would lie under itself and is left out.",)


class DescribeAnOutline:
    def it_takes_lines_that_hold_others_as_themes(self) -> None:
        found = from_outline(OUTLINE)
        assert [(e.themes, e.name) for e in found] == [
            (("Access to support",), "Waiting lists"),
            (("Access to support",), "Someone outside school"),
            (("Trust",), "Confidentiality"),
        ]
        assert found[1].parts == {"definition": "Not a teacher, not family"}

    def it_takes_them_as_codes_when_told_so(self) -> None:
        found = from_outline(OUTLINE, upper_are_themes=False)
        assert [(e.above, e.name) for e in found][:2] == [
            ((), "Access to support"),
            (("Access to support",), "Waiting lists"),
        ]

    @given(st.text(max_size=120))
    def it_reads_anything_without_losing_its_way(self, text: str) -> None:
        assert all(entry.name == entry.name.strip() for entry in from_outline(text))


class DescribeBringingItIn:
    def it_adds_themes_and_codes_in_one_step(self, project: Project) -> None:
        carry_out(project, planned(project, from_outline(OUTLINE)))
        assert listed(project) == [
            ("Access to support", "Waiting lists"),
            ("Access to support", "Someone outside school"),
            ("Trust", "Confidentiality"),
        ]
        assert project.undo_label == "Import codebook"
        project.undo()
        assert (listed(project), project.themes.all()) == ([], [])

    def it_changes_only_what_is_said_and_leaves_what_an_empty_cell_stands_for(self, project: Project) -> None:
        project.codebook.add("Trust", definition="Old", include="Promises")
        found = planned(project, from_table(["Code", "Definition", "Include"], [["trust", "New", ""]]))
        assert [line.what for line in found.lines] == ["changes definition"]
        carry_out(project, found)
        (code,) = project.codebook.all()
        assert (code.name, code.definition, code.include) == ("Trust", "New", "Promises")

    def it_changes_nothing_the_second_time(self, project: Project) -> None:
        carry_out(project, planned(project, from_outline(OUTLINE)))
        assert planned(project, from_outline(OUTLINE)).is_empty

    def it_finds_a_theme_by_its_own_name_wherever_it_lies(self, project: Project) -> None:
        project.themes.add("The wait", parent_id=project.themes.add("Access"))
        found = planned(project, from_outline("The wait\n  Kept informed\nTrust\n  Gossip"))
        assert found.themes == (("Trust",),)
        carry_out(project, found)
        assert listed(project) == [("The wait", "Kept informed"), ("Trust", "Gossip")]

    def it_keeps_a_tree_of_codes(self, project: Project) -> None:
        carry_out(project, planned(project, from_outline("A\n  B\n    C\n  D", upper_are_themes=False)))
        names = {c.id: c.name for c in project.codebook.all()}
        parents = {c.name: names.get(c.parent_id or "", "") for c in project.codebook.all()}  # type: ignore[call-overload]
        assert parents == {"A": "", "B": "A", "C": "B", "D": "A"}


class DescribeCodesThatBecomeThemes:
    def it_keeps_what_is_said_of_them_as_the_definition_of_the_theme(self, project: Project) -> None:
        found = planned(project, from_outline("Access: getting in\n  Waiting: time until seen\nTrust"))
        assert (found.new, len(found.themes)) == (2, 1)
        carry_out(project, found)
        assert [(theme.name, theme.definition) for theme in project.themes.all()] == [("Access", "getting in")]
        assert listed(project) == [("Access", "Waiting"), ("", "Trust")]

    def it_leaves_what_a_theme_says_already(self, project: Project) -> None:
        project.themes.add("Access", definition="Our own words")
        carry_out(project, planned(project, from_outline("Access: getting in\n  Waiting")))
        assert [theme.definition for theme in project.themes.all()] == ["Our own words"]
