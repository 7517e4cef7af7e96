"""Codebooks in files as people have them: Word in its shapes, the exchange format, tables of other programs."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import docx
import pytest
from docx.shared import Cm

from qualcode.core.codebook_plan import carry_out, plan
from qualcode.core.codebook_table import Entry
from qualcode.core.project import Project
from qualcode.errors import UserError
from qualcode.exchange import codebook
from qualcode.guard import Guard
from qualcode.report.codebook_file import drafted_document, drafted_workbook
from tests.helpers.projects import a_project

OTHERS = Path(os.environ.get("QUALCODE_OTHERS_DATA", Path(__file__).parents[3] / "shared" / "data"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "codebook.docx"


def shown(entries: list[Entry]) -> list[tuple[tuple[str, ...], str]]:
    return [((*entry.themes, *entry.above), entry.name) for entry in entries]


class DescribeAWordDocument:
    def it_reads_tables_under_the_headings_of_their_themes(self, file: Path) -> None:
        document = docx.Document()
        document.add_heading("Our codebook", 0)
        document.add_heading("Access", 1)
        document.add_heading("The wait", 2)
        _table(document, ["Code", "Definition"], ["Told once", "Need not tell it again\nExclude: being believed"])
        document.add_heading("Trust", 1)
        _table(document, ["Code", "Definition", "When to use"], ["Kept in the room", "Nothing goes out", "Promises"])
        document.save(str(file))
        found = codebook.read(file)
        assert shown(found) == [(("Access", "The wait"), "Told once"), (("Trust",), "Kept in the room")]
        assert found[0].parts["definition"] == "Need not tell it again"
        assert found[0].parts["exclude"] == "being believed"
        assert found[1].parts["include"] == "Promises"

    def it_takes_a_row_across_a_table_for_a_theme(self, file: Path) -> None:
        document = docx.Document()
        table = _table(document, ["Code", "Meaning"], ["Access", ""], ["Waiting", "Time until seen"])
        table.cell(1, 0).merge(table.cell(1, 1))
        document.save(str(file))
        assert shown(codebook.read(file)) == [(("Access",), "Waiting")]

    def it_reads_headings_with_what_is_said_of_each_code_below(self, file: Path) -> None:
        document = docx.Document()
        document.add_heading("Access", 1)
        document.add_paragraph("What stands in the way of help.")
        document.add_heading("Waiting", 2)
        document.add_paragraph("Time between asking and being seen.")
        document.add_paragraph("Include: being on a list")
        document.add_paragraph("Exclude: waiting in the room", style="List Bullet")
        document.save(str(file))
        theme, entry = codebook.read(file)
        assert (theme.name, theme.is_theme) == ("Access", True)
        assert theme.parts == {"definition": "What stands in the way of help."}
        assert (entry.themes, entry.name) == (("Access",), "Waiting")
        assert entry.parts == {
            "definition": "Time between asking and being seen.",
            "include": "being on a list",
            "exclude": "waiting in the room",
        }

    def it_takes_the_numbers_off_headings_that_are_all_numbered(self, file: Path) -> None:
        document = docx.Document()
        for words, level in (("1 Access", 1), ("1.1 Waiting", 2), ("1.2 24 hours", 2)):
            document.add_heading(words, level)
        document.save(str(file))
        assert shown(codebook.read(file)) == [(("Access",), "Waiting"), (("Access",), "24 hours")]

    def it_takes_indented_names_in_a_table_for_codes_below(self, file: Path) -> None:
        document = docx.Document()
        document.add_heading("Codes", 1)
        rows = (["Access", "Getting in"], ["Waiting", ""], ["Letters", ""], ["Trust", ""])
        table = _table(document, ["Name", "Description"], *rows)
        for row, depth in ((2, 1), (3, 2)):
            table.cell(row, 0).paragraphs[0].paragraph_format.left_indent = Cm(0.6 * depth)
        document.save(str(file))
        assert shown(codebook.read(file)) == [
            ((), "Access"),
            (("Access",), "Waiting"),
            (("Access", "Waiting"), "Letters"),
            ((), "Trust"),
        ]

    def it_reads_lists_within_lists(self, file: Path) -> None:
        document = docx.Document()
        document.add_paragraph("Access", style="List Bullet")
        document.add_paragraph("Waiting: time until seen", style="List Bullet 2")
        document.add_paragraph("Trust", style="List Bullet")
        document.save(str(file))
        assert shown(codebook.read(file)) == [(("Access",), "Waiting"), ((), "Trust")]

    def it_says_so_of_one_that_holds_no_codes(self, file: Path) -> None:
        docx.Document().save(str(file))
        with pytest.raises(UserError, match=r"codebook\.docx holds no codes"):
            codebook.read(file)

    def it_refuses_what_only_is_called_so(self, file: Path) -> None:
        file.write_text("no document", encoding="utf-8")
        with pytest.raises(UserError, match="is named as a Word document"):
            codebook.read(file)


class DescribeTheExchangeFormat:
    def it_takes_folders_for_themes_but_not_the_one_around_all_and_any_namespace(self, tmp_path: Path) -> None:
        file = tmp_path / "codes.qdc"
        file.write_text(
            '\ufeff<?xml version="1.0" encoding="utf-8"?>\n'
            '<CodeBook xmlns="urn:QDA-XML:codebook:1:0" origin="NVivo"><Codes>'
            '<Code guid="a" name="Nodes" isCodable="false">'
            '<Code guid="b" name="Trust" isCodable="true" color="#AA3311"><Description>Kept in</Description>'
            '<Code guid="c" name="Gossip" isCodable="true"/></Code></Code>'
            '<Code guid="e" name="Access" isCodable="false"><Code guid="f" name="Late" isCodable="true"/></Code>'
            '<Code guid="d" name="Détour" isCodable="true"/></Codes></CodeBook>',
            encoding="utf-8",
        )
        found = codebook.read(file)
        assert shown(found) == [((), "Trust"), (("Trust",), "Gossip"), (("Access",), "Late"), ((), "Détour")]
        assert (found[0].parts, found[0].colour) == ({"definition": "Kept in"}, "#aa3311")


class DescribeWhatWentOut:
    @pytest.fixture
    def project(self, tmp_path: Path) -> Project:
        made = a_project(tmp_path)
        access = made.themes.add("Access")
        wait = made.themes.add("The wait", parent_id=access)
        waiting = made.codebook.add(
            "Waiting", theme_id=wait, definition="Time until seen", include="Lists\nand letters", example="“Months.”"
        )
        made.codebook.add("Ringing back", parent_id=waiting, exclude="Texts")
        made.codebook.add("Gossip", definition="Said behind backs: by anybody")
        return made

    @pytest.mark.parametrize(("draft", "ending"), [(drafted_document, "docx"), (drafted_workbook, "xlsx")])
    def it_comes_back_the_same(self, project: Project, tmp_path: Path, draft: object, ending: str) -> None:
        file = tmp_path / f"codes.{ending}"
        guard = Guard(project, unreviewed=())
        file.write_bytes(draft(project, guard).prepared().content)  # type: ignore[operator]
        found = codebook.read(file)
        planned = plan(found, project.themes.all(), project.codebook.all())
        assert [(line.entry.name, line.what) for line in planned.lines] == [
            ("Waiting", "there already"),
            ("Ringing back", "there already"),
            ("Gossip", "there already"),
        ]
        assert (planned.is_empty, planned.problems) == (True, ())
        project.close()

    def it_makes_the_same_framework_elsewhere(self, project: Project, tmp_path: Path) -> None:
        file = tmp_path / "codes.docx"
        file.write_bytes(drafted_document(project, Guard(project, unreviewed=())).prepared().content)
        project.close()
        (tmp_path / "other").mkdir()
        other = a_project(tmp_path / "other")
        carry_out(other, plan(codebook.read(file), [], []))
        themes = {theme.id: theme.name for theme in other.themes.all()}
        rows = {code.name: code for code in other.codebook.all()}
        assert list(themes.values()) == ["Access", "The wait"]
        assert rows["Waiting"].theme_id is not None
        assert themes[rows["Waiting"].theme_id] == "The wait"
        assert rows["Ringing back"].parent_id == rows["Waiting"].id
        assert rows["Waiting"].include == "Lists\nand letters"
        assert rows["Gossip"].theme_id is None
        other.close()


class DescribeAWholeProject:
    def it_gives_its_codes_whatever_its_root_is_called(self, tmp_path: Path) -> None:
        file = tmp_path / "study.qdpx"
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("sources/1.txt", "We waited.")
            archive.writestr(
                "Study of 2024.qde",
                '<Project xmlns="urn:QDA-XML:project:1.0" name="Study"><CodeBook><Codes>'
                '<Code guid="a" name="Waiting" isCodable="true"/></Codes></CodeBook></Project>',
            )
        assert shown(codebook.read(file)) == [((), "Waiting")]

    def it_is_refused_without_one(self, tmp_path: Path) -> None:
        file = tmp_path / "study.qdpx"
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("sources/1.txt", "We waited.")
        with pytest.raises(UserError, match="it holds no project"):
            codebook.read(file)


class DescribeWhatIsPasted:
    @pytest.mark.parametrize(
        "text",
        [
            "•\tAccess\n\to\tWaiting: time until seen\n•\tTrust\n",
            "•\tAccess\no\tWaiting: time until seen\n•\tTrust",
            "Access\n\tWaiting\ttime until seen\nTrust",
            "1. Access\n1.1. Waiting – time until seen\n2. Trust",
            "# Access\n- **Waiting**: time until seen\n# Trust",
            "Access\n  Waiting\n    Definition: time until seen\nTrust",
            "Access > Waiting: time until seen\nAccess\nTrust",
            'Code\tParent\tDefinition\nAccess\t\t\nWaiting\tAccess\t"time until seen"\nTrust\t\t',
            "Code;Parent;Definition\nAccess;;\nWaiting;Access;time until seen\nTrust;;",
            "| Code | Parent | Definition |\n|---|---|---|\n| Access | | |\n"
            "| Waiting | Access | time until seen |\n| Trust | | |",
        ],
        ids=["bullets", "flat", "tabs", "numbers", "markdown", "labels", "paths", "sheet", "semicolons", "pipes"],
    )
    def it_is_the_same_codebook_in_every_shape(self, text: str) -> None:
        found, _ = codebook.pasted(text)
        assert shown(found) == [((), "Access"), (("Access",), "Waiting"), ((), "Trust")]
        assert found[1].parts["definition"] == "time until seen"

    def it_keeps_a_number_that_is_part_of_a_name(self) -> None:
        found, _ = codebook.pasted("24 hours a day\n3 buses")
        assert [entry.name for entry in found] == ["24 hours a day", "3 buses"]

    def it_is_nothing_when_nothing_is_there(self) -> None:
        assert codebook.pasted(" \n ") == ([], False)


@pytest.mark.others
@pytest.mark.skipif(not OTHERS.exists(), reason="no folder of real files at hand")
class DescribeRealCodebooks:
    def it_reads_the_categories_of_atlas_ti(self) -> None:
        found = codebook.read(OTHERS / "refi/atlasti_csv_exports_edgeai/20250914_codebook_full.csv")
        assert len(found) > 400
        assert sum(bool(entry.above) for entry in found) > 300

    @pytest.mark.parametrize("name", ["qc_demo/demo.qdpx", "nvivo15mac_qc/nvivo_project.qdpx"])
    def it_reads_the_codes_of_whole_projects(self, name: str) -> None:
        found = codebook.read(OTHERS / "refi" / name)
        assert (("rq1_definition", "competencies"), "programming") in shown(found)

    def it_reads_a_list_of_codes_with_descriptions(self) -> None:
        file = OTHERS / "coded/llmcode_word_comments/games_as_art/bopp_test_code_descriptions.csv"
        assert all(entry.parts["definition"] for entry in codebook.read(file))


def _table(document: docx.document.Document, *rows: list[str]) -> docx.table.Table:
    made = document.add_table(rows=0, cols=len(rows[0]))
    for cells in rows:
        for cell, words in zip(made.add_row().cells, cells, strict=True):
            cell.text = words
    return made
