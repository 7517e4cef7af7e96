"""Decisions about identifiers as a table: filled in elsewhere, and carried to the project of the next wave."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from qualcode import review
from qualcode.anonymise.kinds import Kind, Treatment
from qualcode.core.project import Project
from qualcode.decisions import Decision, key, log_of_places, read_decisions, take_over, waiting, write_tables
from qualcode.errors import UnreadableFile, UserError
from qualcode.guard import Guard
from tests.helpers.projects import a_project, an_interview, everything, scratch, span_of

SAID = "So Margaret Holroyd rang about the form, and Margaret's sister came to =Ravensby."
HEADINGS = "decision,kind,text,spellings,replacement,treatment,note"


@pytest.fixture
def project() -> Iterator[Project]:
    with scratch() as folder, a_project(Path(folder)) as opened:
        an_interview(opened, "P01", SAID)
        yield opened


def table(folder: Path, *lines: str, headings: str = HEADINGS) -> Path:
    path = folder / "decisions.csv"
    path.write_text("\n".join([headings, *lines, ""]), "utf-8")
    return path


def taken(project: Project, path: Path) -> tuple[int, int, int, tuple[str, ...]]:
    outcome = take_over(project, read_decisions(path), path.name)
    return outcome.replaced, outcome.kept, outcome.rules, outcome.left_out


class DescribeATableOfDecisions:
    def it_comes_back_filled_in(self, project: Project, tmp_path: Path) -> None:
        found = review.search(project).run()
        write_tables(tmp_path / "list.csv", [waiting(project, found)])
        with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert {"Margaret Holroyd", "Ravensby"} <= {row["text"] for row in rows}
        assert all(row["decision"] == "" and row["replacement"] for row in rows)
        (margaret,) = [row for row in rows if row["text"] == "Margaret Holroyd"]
        assert "rang about the form" in margaret["where"]
        decided = [f"replace,{r['kind']},{r['text']},,[left out],," for r in rows]
        assert taken(project, table(tmp_path, *decided)) == (len(rows), 0, 0, ())
        assert waiting(project, found).rows == []

    def it_takes_replace_keep_and_house_rules_in_one_step(self, project: Project, tmp_path: Path) -> None:
        before = everything(project)
        path = table(
            tmp_path,
            "replace,person,Margaret Holroyd,Mags | Mrs H,Isla Kerr,,the nurse",
            "keep,place,Ravensby,,,,",
            "rule,school,,,[a school],description,",
            ",person,Somebody undecided,,,,",
        )
        assert taken(project, path) == (1, 1, 1, ())
        rows = {row.text: row for row in project.identifiers.all()}
        assert (rows["Margaret Holroyd"].replacement, rows["Margaret Holroyd"].note) == ("Isla Kerr", "the nurse")
        assert rows["Margaret Holroyd"].forms == ("Mags", "Mrs H")
        assert rows["Ravensby"].status == "harmless"
        assert review.house_rules(project) == {Kind.SCHOOL: review.Rule(Treatment.DESCRIPTION, "[a school]")}
        project.undo()
        assert everything(project) == before

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("replace,person,Margaret,,,,", "what shall stand"),
            ("replace,wizard,Margaret,,Isla,,", "“wizard” is no kind"),
            ("perhaps,person,Margaret,,Isla,,", "“perhaps” is no decision"),
            ("replace,person,,,Isla,,", "no text"),
        ],
    )
    def it_says_which_line_it_cannot_follow_and_follows_the_others(
        self, project: Project, tmp_path: Path, line: str, said: str
    ) -> None:
        replaced, _, _, (sentence,) = taken(project, table(tmp_path, line, "replace,place,Ravensby,,[a town],,"))
        assert replaced == 1
        assert sentence.startswith("Line 2: ")
        assert said in sentence

    def it_says_when_a_pseudonym_is_a_name_of_the_project(self, project: Project, tmp_path: Path) -> None:
        path = table(tmp_path, "replace,person,Margaret Holroyd,,Isla,,", "replace,person,Isla Moss,,Ada,,")
        assert "“Isla” for “Margaret Holroyd” holds a name" in taken(project, path)[3][0]

    def it_knows_the_word_variants_for_spellings(self, project: Project, tmp_path: Path) -> None:
        path = table(
            tmp_path, "person,Margaret Holroyd,Mags,Isla,replace", headings="kind,text,variants,replacement,decision"
        )
        (decision,) = read_decisions(path)
        assert decision.forms == ("Mags",)

    @pytest.mark.parametrize("content", ["", "name,pseudonym\nMargaret,Isla\n"])
    def it_refuses_a_table_of_something_else(self, tmp_path: Path, content: str) -> None:
        (tmp_path / "other.csv").write_text(content, "utf-8")
        with pytest.raises(UnreadableFile):
            read_decisions(tmp_path / "other.csv")

    def it_refuses_what_only_looks_like_a_workbook(self, tmp_path: Path) -> None:
        (tmp_path / "other.xlsx").write_text("Dear all", "utf-8")
        with pytest.raises(UnreadableFile):
            read_decisions(tmp_path / "other.xlsx")

    def it_refuses_to_write_anything_but_a_table(self, project: Project, tmp_path: Path) -> None:
        with pytest.raises(UserError, match=r"\.csv or \.xlsx"):
            write_tables(tmp_path / "key.docx", [key(project, Guard(project, unreviewed=()))])


class DescribeTheKey:
    @pytest.mark.parametrize("ending", ["csv", "xlsx"])
    def it_carries_pseudonyms_spellings_and_rules_to_another_project(
        self, project: Project, tmp_path: Path, ending: str
    ) -> None:
        project.identifiers.add("person", "Margaret Holroyd", "Isla Kerr", forms=["Mags"], note="the nurse")
        project.identifiers.add("other", "=Ravensby", "[a town]")
        project.identifiers.call_harmless(["Sam Adeyemi"], "person")
        review.set_house_rule(project, Kind.SCHOOL, review.Rule(Treatment.REMOVAL))
        path = tmp_path / f"key.{ending}"
        write_tables(path, [key(project, Guard(project, unreviewed=()))])
        (tmp_path / "next").mkdir()
        with a_project(tmp_path / "next") as following:
            assert taken(following, path) == (2, 1, 1, ())

            def said(one: Project) -> list[tuple[object, ...]]:
                return [(r.kind, r.text, r.forms, r.replacement, r.status, r.note) for r in one.identifiers.all()]

            assert said(following) == said(project)
            assert review.house_rules(following) == review.house_rules(project)

    def it_gives_people_the_pseudonym_they_had_although_another_was_chosen_since(self, project: Project) -> None:
        project.identifiers.add("person", "Margaret Holroyd", "Una Pell")
        take_over(project, [Decision(2, "replace", "person", "margaret holroyd", (), "Isla Kerr", "", "")], "key.csv")
        assert [r.replacement for r in project.identifiers.all()] == ["Isla Kerr"]

    def it_says_how_often_each_stands_there(self, project: Project) -> None:
        project.identifiers.add("person", "Margaret Holroyd", "Isla Kerr")
        made = key(project, Guard(project, unreviewed=()))
        (row,) = made.rows
        said = dict(zip(made.headings, row, strict=True))
        assert (said["mentions"], said["transcripts"]) == ("2", "1")

    def it_lists_every_replacement_with_its_line(self, project: Project, tmp_path: Path) -> None:
        project.identifiers.add("person", "Margaret Holroyd", "Isla Kerr")
        (interview,) = project.transcripts.interviews()
        text = project.transcripts.text(interview.transcript_id)
        nurse = project.identifiers.all()[0].id
        project.identifiers.decide(interview.transcript_id, span_of(text, "the form"), nurse)
        guard = Guard(project, unreviewed=())
        write_tables(tmp_path / "key.xlsx", [key(project, guard), log_of_places(project, guard)])
        sheet = load_workbook(tmp_path / "key.xlsx")["Replacements"]
        assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
            ["P01 0", "2", "person", "Margaret Holroyd", "Isla Kerr"],
            ["P01 0", "2", "person", "the form", "Isla Kerr"],
            ["P01 0", "2", "person", "Margaret's", "Isla's"],
        ]
