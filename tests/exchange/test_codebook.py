"""Codebooks in files as people have them: Word in its shapes, the exchange format, tables of other programs."""

from __future__ import annotations

import os
from pathlib import Path

import docx
import pytest

from qualcode.core.codebook_table import Entry, carry_out, plan
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
        (entry,) = codebook.read(file)
        assert (entry.themes, entry.name) == (("Access",), "Waiting")
        assert entry.parts == {
            "definition": "Time between asking and being seen.",
            "include": "being on a list",
            "exclude": "waiting in the room",
        }

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
    def it_takes_folders_for_themes_and_any_namespace(self, tmp_path: Path) -> None:
        file = tmp_path / "codes.qdc"
        file.write_text(
            '\ufeff<?xml version="1.0" encoding="utf-8"?>\n'
            '<CodeBook xmlns="urn:QDA-XML:codebook:1:0" origin="NVivo"><Codes>'
            '<Code guid="a" name="Nodes" isCodable="false">'
            '<Code guid="b" name="Trust" isCodable="true" color="#AA3311"><Description>Kept in</Description>'
            '<Code guid="c" name="Gossip" isCodable="true"/></Code></Code>'
            '<Code guid="d" name="Détour" isCodable="true"/></Codes></CodeBook>',
            encoding="utf-8",
        )
        found = codebook.read(file)
        assert shown(found) == [(("Nodes",), "Trust"), (("Nodes", "Trust"), "Gossip"), ((), "Détour")]
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


@pytest.mark.others
@pytest.mark.skipif(not OTHERS.exists(), reason="no folder of real files at hand")
class DescribeRealCodebooks:
    def it_reads_the_categories_of_atlas_ti(self) -> None:
        found = codebook.read(OTHERS / "refi/atlasti_csv_exports_edgeai/20250914_codebook_full.csv")
        assert len(found) > 400
        assert sum(bool(entry.above) for entry in found) > 300

    def it_reads_a_list_of_codes_with_descriptions(self) -> None:
        file = OTHERS / "coded/llmcode_word_comments/games_as_art/bopp_test_code_descriptions.csv"
        assert all(entry.parts["definition"] for entry in codebook.read(file))


def _table(document: docx.document.Document, *rows: list[str]) -> docx.table.Table:
    made = document.add_table(rows=0, cols=len(rows[0]))
    for cells in rows:
        for cell, words in zip(made.add_row().cells, cells, strict=True):
            cell.text = words
    return made
