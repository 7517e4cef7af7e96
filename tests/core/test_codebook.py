from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core import tree
from qualcode.core.codebook import COLOURS
from qualcode.core.findings import COUNTERS, SUPPORTS
from qualcode.core.project import Project
from qualcode.core.values import CodeId, Span, Suggestion
from qualcode.errors import UserError
from tests.helpers.projects import a_project, an_interview, code_words, dialogue, everything, land, scratch


def names(project: Project) -> list[str]:
    return [code.name for code in project.codebook.all()]


def parents(project: Project) -> dict[str, str | None]:
    """Each code's name with that of the code above it."""
    rows = {code.id: code for code in project.codebook.all()}
    return {code.name: code.parent_id and rows[code.parent_id].name for code in rows.values()}


class DescribeNames:
    @pytest.mark.parametrize("again", ["Waiting lists", " waiting  LISTS "])
    def it_refuses_one_that_a_sibling_has(self, project: Project, again: str) -> None:
        project.codebook.add("Waiting lists")
        other = project.codebook.add("Queues")
        with pytest.raises(UserError, match="There is a code"):
            project.codebook.add(again)
        with pytest.raises(UserError, match="There is a code"):
            project.codebook.rename(other, again)
        assert names(project) == ["Waiting lists", "Queues"]

    def it_refuses_an_empty_one(self, project: Project) -> None:
        code_id = project.codebook.add("Trust")
        for act in (lambda: project.codebook.add(" \n"), lambda: project.codebook.rename(code_id, "")):
            with pytest.raises(UserError, match="needs a name"):
                act()

    def it_allows_the_same_below_different_codes(self, project: Project) -> None:
        for parent in ("Staff", "Parents"):
            project.codebook.add("Trust", parent_id=project.codebook.add(parent))
        assert names(project) == ["Staff", "Trust", "Parents", "Trust"]

    def it_lets_a_code_change_its_own_capitals(self, project: Project) -> None:
        code_id = project.codebook.add("trust")
        project.codebook.rename(code_id, "  Trust  in   staff ")
        project.codebook.rename(code_id, "TRUST IN STAFF")
        assert names(project) == ["TRUST IN STAFF"]

    def it_is_found_capitals_or_not(self, project: Project) -> None:
        code_id = project.codebook.add("Être écouté")
        assert project.codebook.find(" ÊTRE ÉCOUTÉ ") == code_id
        assert project.codebook.find("Trust") is None


class DescribeColours:
    def it_gives_each_new_code_the_one_used_least(self, project: Project) -> None:
        project.codebook.add("Chosen", colour=COLOURS[1])
        for number in range(len(COLOURS)):
            project.codebook.add(f"Code {number}")
        given = [code.colour for code in project.codebook.all()]
        assert set(given) == set(COLOURS)
        assert given.count(COLOURS[0]) == 2

    def it_is_changed(self, project: Project) -> None:
        code_id = project.codebook.add("Trust")
        project.codebook.recolour(code_id, "#123456")
        assert project.codebook.all()[0].colour == "#123456"


class DescribeDefining:
    def it_changes_what_is_given(self, project: Project) -> None:
        code_id = project.codebook.add("Trust", definition="Relying on staff", include="Praise")
        project.codebook.define(code_id, exclude="Praise of the building", example="They kept their word.")
        row = project.codebook.all()[0]
        assert (row.definition, row.include, row.exclude, row.example) == (
            "Relying on staff",
            "Praise",
            "Praise of the building",
            "They kept their word.",
        )

    def it_asks_for_a_second_look_at_what_was_coded_before(self, project: Project) -> None:
        _, transcript_id = an_interview(project, "P01", "They kept their word.", "They never rang.")
        code_id = project.codebook.add("Trust")
        first = code_words(project, transcript_id, "kept their word", code_id)
        project.codebook.define(code_id, definition="Relying on staff")
        second = code_words(project, transcript_id, "never rang", code_id)
        assert [row.id for row in project.coding.to_review()] == [first]
        project.coding.review([first])
        assert project.coding.to_review() == []
        project.codebook.define(code_id, definition="Relying on staff or not")
        assert {row.id for row in project.coding.to_review()} == {first, second}


class DescribeFavourites:
    def it_gives_a_number_to_one_code_at_a_time(self, project: Project) -> None:
        first, second = project.codebook.add("Trust"), project.codebook.add("Waiting")
        project.codebook.give_shortcut(first, 1)
        project.codebook.give_shortcut(second, 1)
        assert [code.shortcut for code in project.codebook.all()] == [None, 1]
        project.undo()
        assert [code.shortcut for code in project.codebook.all()] == [1, None]
        project.codebook.give_shortcut(first, None)
        assert [code.shortcut for code in project.codebook.all()] == [None, None]


class DescribeTheTree:
    def it_moves_a_code_below_another_and_back(self, project: Project) -> None:
        access, waiting = project.codebook.add("Access"), project.codebook.add("Waiting")
        project.codebook.move(waiting, access)
        assert parents(project) == {"Access": None, "Waiting": "Access"}
        project.codebook.move(waiting, None)
        assert parents(project) == {"Access": None, "Waiting": None}

    def it_refuses_a_code_below_itself(self, project: Project) -> None:
        top = project.codebook.add("Access")
        middle = project.codebook.add("Waiting", parent_id=top)
        bottom = project.codebook.add("Letters", parent_id=middle)
        for above in (top, middle, bottom):
            with pytest.raises(UserError, match="under itself"):
                project.codebook.move(top, above)

    def it_refuses_a_place_where_the_name_is_taken(self, project: Project) -> None:
        access = project.codebook.add("Access")
        project.codebook.add("Waiting", parent_id=access)
        other = project.codebook.add("waiting")
        with pytest.raises(UserError, match="There is a code"):
            project.codebook.move(other, access)

    def it_is_put_in_order(self, project: Project) -> None:
        ids = [project.codebook.add(name) for name in ("One", "Two", "Three")]
        project.codebook.order([ids[2], ids[0], ids[1]])
        project.codebook.remove(ids[:1])
        project.codebook.add("Four")
        assert names(project) == ["Three", "Two", "Four"]

    def it_lets_what_lay_below_a_removed_code_take_its_place_and_its_theme(self, project: Project) -> None:
        theme = project.themes.add("Getting in")
        access = project.codebook.add("Access", theme_id=theme)
        waiting = project.codebook.add("Waiting", parent_id=access)
        letters = project.codebook.add("Letters", parent_id=waiting)
        before = everything(project)
        project.codebook.remove([waiting])
        assert parents(project) == {"Access": None, "Letters": "Access"}
        project.codebook.remove([access])
        assert parents(project) == {"Letters": None}
        assert project.themes.of_code() == {letters: theme}
        project.undo()
        project.undo()
        assert everything(project) == before

    def it_refuses_a_removal_that_would_put_two_of_one_name_beside_each_other(self, project: Project) -> None:
        access = project.codebook.add("Access")
        project.codebook.add("Cost", parent_id=access)
        project.codebook.add("cost")
        with pytest.raises(UserError, match="Two codes “Cost”"):
            project.codebook.remove([access])

    def it_gives_a_code_put_under_another_the_theme_of_that_one(self, project: Project) -> None:
        one, two = project.themes.add("Getting in"), project.themes.add("Being known")
        access, kindness = project.codebook.add("Access", theme_id=one), project.codebook.add("Kindness", theme_id=two)
        project.codebook.move(kindness, access)
        assert project.themes.of_code() == {access: one, kindness: one}

    @given(st.data())
    def it_stays_a_tree_whatever_is_merged(self, data: st.DataObject) -> None:
        size = data.draw(st.integers(1, 8))
        nodes = [str(n) for n in range(size)]
        before = {n: data.draw(st.sampled_from([None, *nodes[:i]])) for i, n in enumerate(nodes)}
        into = data.draw(st.sampled_from(nodes))
        gone = data.draw(st.sets(st.sampled_from(nodes))) - {into}
        after = tree.merged(before, gone, into)
        assert after.keys() == set(nodes) - gone
        for node, parent in after.items():
            assert parent is None or not tree.lies_within(after, parent, node)
            if before[node] in gone and node != into:
                assert parent == into


class DescribePlacing:
    @pytest.fixture
    def codes(self, project: Project) -> dict[str, CodeId]:
        made = {name: project.codebook.add(name) for name in ("Access", "Trust", "Cost")}
        made["Fares"] = project.codebook.add("Fares", parent_id=made["Cost"])
        return made

    def it_stands_before_the_code_named_at_the_same_height(self, project: Project, codes: dict[str, CodeId]) -> None:
        project.codebook.place([codes["Cost"]], before=codes["Trust"])
        assert names(project) == ["Access", "Cost", "Fares", "Trust"]
        assert parents(project)["Fares"] == "Cost"

    def it_stands_last_under_a_code_or_a_theme_when_none_is_named(
        self, project: Project, codes: dict[str, CodeId]
    ) -> None:
        theme = project.themes.add("Getting in")
        project.codebook.place([codes["Access"], codes["Trust"]], under=codes["Cost"])
        assert [name for name, above in parents(project).items() if above == "Cost"] == ["Fares", "Access", "Trust"]
        project.codebook.place([codes["Trust"]], theme_id=theme)
        assert parents(project)["Trust"] is None
        assert project.themes.of_code() == {codes["Trust"]: theme}

    def it_moves_what_lies_below_a_code_along_even_when_both_are_named(
        self, project: Project, codes: dict[str, CodeId]
    ) -> None:
        project.codebook.place([codes["Fares"], codes["Cost"]], under=codes["Access"])
        assert parents(project) == {"Access": None, "Trust": None, "Cost": "Access", "Fares": "Cost"}

    def it_changes_nothing_when_one_of_several_finds_its_name_taken(
        self, project: Project, codes: dict[str, CodeId]
    ) -> None:
        project.codebook.add("fares")
        before = everything(project)
        with pytest.raises(UserError, match="There is a code"):
            project.codebook.place([codes["Access"], codes["Fares"]])
        assert everything(project) == before

    @settings(max_examples=15)
    @given(st.data())
    def it_is_undone_exactly(self, data: st.DataObject) -> None:
        with scratch() as folder, a_project(Path(folder)) as project:
            theme = project.themes.add("Getting in")
            ids: list[CodeId] = []
            for number in range(6):
                above = data.draw(st.sampled_from([None, *ids]))
                ids.append(project.codebook.add(f"Code {number}", parent_id=above))
            before = everything(project)
            chosen = data.draw(st.lists(st.sampled_from(ids), min_size=1, unique=True))
            under = data.draw(st.sampled_from([None, *ids]))
            rows = {row.id: row.parent_id for row in project.codebook.all()}
            if any(tree.lies_within(rows, under, code_id) for code_id in chosen):
                return
            project.codebook.place(chosen, under=under, theme_id=theme, before=data.draw(st.sampled_from(ids)))
            after = everything(project)
            rows = {row.id: row.parent_id for row in project.codebook.all()}
            assert all(rows[code_id] == under for code_id in tree.topmost(rows, chosen) if code_id != under)
            while project.undo_label != "Add code “Code 5”":
                project.undo()
            assert everything(project) == before
            project.redo()
            assert everything(project) == after


class DescribeMerging:
    @pytest.fixture
    def codes(self, project: Project) -> tuple[CodeId, CodeId]:
        return project.codebook.add("Waiting"), project.codebook.add("Queues")

    def it_gives_all_a_code_has_to_the_other(self, project: Project, codes: tuple[CodeId, CodeId]) -> None:
        kept, gone = codes
        _, transcript_id = an_interview(project, "P01", "We waited for months.")
        segment_id = code_words(project, transcript_id, "waited", gone)
        below = project.codebook.add("Letters", parent_id=gone)
        project.memos.add("Is this not waiting?", code_id=gone)
        project.suggestions.offer([Suggestion(transcript_id, Span(0, 3), gone, 0.5, "Alike.")], [transcript_id])
        before = everything(project)
        project.codebook.merge([kept, gone], kept)
        assert parents(project) == {"Waiting": None, "Letters": "Waiting"}
        assert project.coding.get(segment_id).code_id == kept
        assert [s.code_id for s in project.suggestions.open()] == [kept]
        assert [m.text for m in project.memos.of_code(kept)] == ["Is this not waiting?"]
        assert project.codebook.counts() == {kept: (1, 1)}
        after = everything(project)
        project.undo()
        assert everything(project) == before
        project.redo()
        assert everything(project) == after
        assert project.codebook.find("Letters") == below

    def it_keeps_one_of_two_segments_of_a_passage_with_all_that_hangs_on_either(
        self, project: Project, codes: tuple[CodeId, CodeId]
    ) -> None:
        _, transcript_id = an_interview(project, "P01", "We waited for months.")
        first, second = (code_words(project, transcript_id, "waited for months", code_id) for code_id in codes)
        project.coding.write_memo(first, "Long.")
        project.coding.write_memo(second, "Too long.")
        project.coding.weigh(second, 3)
        one, two = (project.findings.add(None, text) for text in ("Some waited.", "It was long."))
        project.findings.attach(one, [first], COUNTERS)
        project.findings.attach(one, [second])
        quote_id = project.findings.quote(two, second)
        project.codebook.merge([codes[1]], codes[0])
        (segment,) = project.coding.all()
        assert (segment.id, segment.memo, segment.weight) == (first, "Long.\nToo long.", 3)
        evidence = [[(e.segment_id, e.stance) for e in f.evidence] for f in project.findings.all()]
        assert evidence == [[(first, COUNTERS)], [(first, SUPPORTS)]]
        assert project.findings.get_quote(quote_id).segment_id == first

    def it_keeps_what_two_coders_coded_apart(self, project: Project, codes: tuple[CodeId, CodeId]) -> None:
        _, transcript_id = an_interview(project, "P01", "We waited for months.")
        for coder, code_id in zip(("Ada", "Ben"), codes, strict=True):
            project.work_as(coder)
            code_words(project, transcript_id, "waited for months", code_id)
        project.codebook.merge([codes[1]], codes[0])
        assert len(project.coding.all()) == 2

    def it_can_merge_a_code_into_one_far_below_it(self, project: Project) -> None:
        top = project.codebook.add("Access")
        middle = project.codebook.add("Waiting", parent_id=top)
        bottom = project.codebook.add("Letters", parent_id=middle)
        project.codebook.merge([top], bottom)
        assert parents(project) == {"Waiting": "Letters", "Letters": None}
        assert project.themes.of_code() == {}

    def it_refuses_to_put_two_of_one_name_beside_each_other(
        self, project: Project, codes: tuple[CodeId, CodeId]
    ) -> None:
        for code_id in codes:
            project.codebook.add("Letters", parent_id=code_id)
        before = everything(project)
        with pytest.raises(UserError, match="Two codes “Letters”"):
            project.codebook.merge([codes[1]], codes[0])
        assert everything(project) == before


class DescribeCounting:
    def it_counts_people_first_and_segments_second(self, project: Project) -> None:
        code_id, unused = project.codebook.add("Waiting"), project.codebook.add("Trust")
        for name, answers in (("P01", ["We waited.", "And again."]), ("P02", ["Waiting, always."])):
            _, transcript_id = an_interview(project, name, *answers)
            for answer in answers:
                code_words(project, transcript_id, answer, code_id)
        assert [(c.people, c.segments) for c in project.codebook.all()] == [(2, 3), (0, 0)]
        assert project.codebook.counts([unused]) == {}
        assert project.codebook.counts([code_id]) == {code_id: (2, 3)}

    def it_counts_who_spoke_of_several_codes_once(self, project: Project) -> None:
        waiting, trust = project.codebook.add("Waiting"), project.codebook.add("Trust")
        for name, said in (("P01", {"We waited.": waiting, "They rang.": trust}), ("P02", {"We waited.": waiting})):
            _, transcript_id = an_interview(project, name, *said)
            for words, code_id in said.items():
                code_words(project, transcript_id, words, code_id)
        assert project.codebook.together([waiting, trust]) == (2, 3)
        assert project.codebook.together([project.codebook.add("Unused")]) == (0, 0)

    def it_counts_a_person_met_in_two_waves_once(self, project: Project) -> None:
        code_id = project.codebook.add("Waiting")
        for wave in ("Wave 1", "Wave 2"):
            _, transcript_id = an_interview(project, "P01", f"We waited in {wave}.", wave_id=project.waves.add(wave))
            code_words(project, transcript_id, "We waited", code_id)
        assert project.codebook.counts() == {code_id: (1, 2)}

    def it_counts_everybody_heard_in_a_passage_of_a_focus_group_but_the_interviewer(self, project: Project) -> None:
        code_id = project.codebook.add("Waiting")
        group = dialogue(("Interviewer", "And you?"), ("Ann", "Months."), ("Bob", "Years."), ("Cat", "Not me."))
        _, transcript_id = land(project, group, people=[project.people.add() for _ in range(3)])
        at = group.text.index("Not")
        project.coding.apply(transcript_id, Span(0, at), code_id)
        assert project.codebook.counts() == {code_id: (2, 1)}
