"""Codebooks from elsewhere: tables with other people's headings, and outlines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualcode.core import codebook_table
from qualcode.core.codebook_outline import from_outline
from qualcode.core.codebook_table import Entry, carry_out, from_table, plan
from qualcode.core.project import Project

OUTLINE = """
Access to support
    1. Waiting lists: Time between asking and being seen
    2. Someone outside school – Not a teacher, not family
Trust
\t• Confidentiality
"""


def planned(project: Project, entries: list[Entry]) -> codebook_table.Plan:
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
