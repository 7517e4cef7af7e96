"""The framework matrix and its company, read back as a spreadsheet program would."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import coordinate_to_tuple

from qualcode.report import sheets
from qualcode.report.export import export_annex, export_matrix
from qualcode.report.sheets import sheet_name
from tests.report.conftest import Sample, Study
from tests.report.packages import faults

SHEETS = [
    "About",
    "Framework matrix",
    "Matrix wave 1",
    "Matrix wave 2",
    "Themes by wave",
    "Findings",
    "Quote bank",
    "Segments",
    "Codebook",
]


@pytest.fixture(scope="module")
def book(sample: Sample) -> Workbook:
    return load_workbook(sample.matrix)


def rows(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    heads, *found = book[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in found]


class DescribeTheFrameworkMatrix:
    def it_is_a_sound_package_of_the_sheets_that_have_something_to_show(self, sample: Sample, book: Workbook) -> None:
        assert faults(sample.matrix) == []
        assert book.sheetnames[: len(SHEETS) - 3] == SHEETS[:-3]
        assert sorted(book.sheetnames) == sorted(SHEETS)

    def it_has_a_row_for_each_participant_and_a_column_for_each_theme(self, sample: Sample, book: Workbook) -> None:
        matrix = rows(book, "Framework matrix")
        assert [row["Participant"] for row in matrix] == [p.pseudonym for p in sample.project.people.all()]
        assert list(matrix[0])[2:] == [t.name for t in sample.project.analysis().themes]

    def it_tells_raised_from_not_raised_and_not_asked(self, sample: Sample, book: Workbook) -> None:
        analysis = sample.project.analysis()
        theme = next(t for t in analysis.themes if t.name == "What people hoped for")
        cells = [str(row[theme.name]) for row in rows(book, "Framework matrix")]
        count = analysis.count(theme.id)
        assert sum(c.startswith("Raised (") for c in cells) == count.people
        assert sum(c.startswith(("Raised (", "Asked")) for c in cells) == count.asked
        assert "Not asked" in cells

    def it_shows_a_written_summary_in_its_cell(self, study: Study, tmp_path: Path) -> None:
        person, transcript = study.interview("P01", "I walked there.")
        study.segment(transcript, "I walked there.")
        study.project.summaries.write(person, study.theme, None, "Walks, and likes it.")
        export_matrix(study.project, tmp_path / "matrix.xlsx")
        [row] = rows(load_workbook(tmp_path / "matrix.xlsx"), "Framework matrix")
        assert row["Getting there"] == "Walks, and likes it. (1)"

    def it_has_the_summaries_of_several_waves_in_the_order_of_the_waves(self, sample: Sample, book: Workbook) -> None:
        both = [
            str(cell)
            for row in rows(book, "Framework matrix")
            for cell in row.values()
            if "Wave 1: " in str(cell) and "Wave 2: " in str(cell)
        ]
        assert len(both) > 10
        assert all(cell.index("Wave 1: ") < cell.index("Wave 2: ") for cell in both)

    def it_gives_people_asked_and_passages_wave_by_wave(self, book: Workbook) -> None:
        [row] = [r for r in rows(book, "Themes by wave") if r["Sub-theme"] == "What comes after"]
        assert (row["Wave 1: people"], row["Wave 1: asked"]) == (7, 9)
        assert (row["Wave 2: people"], row["Wave 2: asked"]) == (13, 13)
        assert row["Change"] == "Stronger"

    def it_has_every_finding_with_all_that_carries_it_or_speaks_against_it(
        self, sample: Sample, book: Workbook
    ) -> None:
        found = rows(book, "Findings")
        findings = sample.project.findings.all()
        assert sum(r["Stance"] is None for r in found) == len(findings)
        assert sum(r["Stance"] is not None for r in found) == sum(len(f.evidence) for f in findings)

    def it_has_every_segment_quote_and_code(self, sample: Sample, book: Workbook) -> None:
        assert len(rows(book, "Segments")) == len(sample.project.coding.all())
        assert len(rows(book, "Quote bank")) == len(sample.project.findings.quotes())
        assert len(rows(book, "Codebook")) == len(sample.project.codebook.all())

    def it_leads_from_a_state_to_the_passage_behind_it(self, book: Workbook) -> None:
        links = 0
        for sheet in book.worksheets:
            for row in sheet.iter_rows(min_row=2):
                for cell in row:
                    if cell.hyperlink is None:
                        continue
                    links += 1
                    name, place = cell.hyperlink.location.rsplit("!", 1)
                    target = book[name.strip("'")]
                    assert coordinate_to_tuple(place)[0] <= target.max_row
                    if sheet.title == "Framework matrix":
                        passage = {h.value: c.value for h, c in zip(target[1], target[place[1:]], strict=True)}
                        assert str(row[0].value) in str(passage["Participant"])
        assert links > 500

    @pytest.mark.parametrize(
        ("sheet", "column", "target", "there"),
        [
            ("Framework matrix", "Participant", "Segments", "Participant"),
            ("Matrix wave 2", "Participant", "Framework matrix", "Participant"),
            ("Segments", "Participant", "Framework matrix", "Participant"),
            ("Segments", "Code", "Codebook", "Code"),
            ("Codebook", "Code", "Segments", "Code"),
            ("Quote bank", "Line", "Segments", "Line"),
            ("Findings", "Line", "Segments", "Line"),
            ("Findings", "Quote", "Quote bank", "Quote"),
        ],
    )
    def it_leads_to_and_fro(self, book: Workbook, sheet: str, column: str, target: str, there: str) -> None:
        at = [cell.value for cell in book[sheet][1]].index(column)
        links = [row[at] for row in book[sheet].iter_rows(min_row=2) if row[at].hyperlink]
        assert len(links) > 5
        for cell in links:
            name, place = cell.hyperlink.location.rsplit("!", 1)
            assert name.strip("'") == target
            found = {h.value: c.value for h, c in zip(book[target][1], book[target][place[1:]], strict=True)}
            assert str(found[there]).split(", ")[0] in str(cell.value)

    def it_leads_from_a_quote_to_the_finding_it_carries(self, book: Workbook) -> None:
        for quote, _, finding, *_ in book["Quote bank"].iter_rows(min_row=2):
            row = quote.hyperlink.location.rsplit("!A", 1)[1]
            assert book["Findings"][f"B{row}"].value == finding.value
            assert book["Findings"][f"E{row}"].value is None

    def it_keeps_its_heads_in_view_can_be_filtered_and_prints(self, book: Workbook) -> None:
        for sheet in book.worksheets[1:]:
            assert sheet.freeze_panes is not None
            assert sheet.auto_filter.ref == sheet.dimensions
            assert sheet.print_title_rows == "$1:$1"
            assert sheet.page_setup.orientation == "landscape"
            assert all(sheet.column_dimensions[c[0].column_letter].width >= 8 for c in sheet.iter_cols(max_row=1))
            assert all(c.alignment.wrap_text for c in sheet[2] if isinstance(c.value, str))

    def it_names_nobody_in_its_properties(self, sample: Sample, book: Workbook) -> None:
        properties = book.properties
        assert not any((properties.creator, properties.lastModifiedBy, properties.description, properties.keywords))
        with zipfile.ZipFile(sample.matrix) as package:
            said = b"".join(package.read(n) for n in package.namelist() if n.startswith("docProps/")).decode()
        assert not any(coder.name in said for coder in sample.project.people.coders())


class DescribeCellsThatLookLikeFormulas:
    @pytest.mark.parametrize("words", ["=HYPERLINK(A1)", "+44 and more", "-- well", "@ home", "=1+1"])
    def it_keeps_them_as_the_words_they_are(self, study: Study, tmp_path: Path, words: str) -> None:
        _, transcript = study.interview("P01", words)
        segment = study.segment(transcript, words)
        study.project.codebook.define(study.code, definition=words)
        study.quoted(words, segment)
        for export, name in ((export_matrix, "matrix.xlsx"), (export_annex, "annex.xlsx")):
            export(study.project, tmp_path / name)
            found = [
                cell
                for sheet in load_workbook(tmp_path / name)
                for row in sheet.iter_rows()
                for cell in row
                if cell.value == words
            ]
            assert found
            assert all(cell.data_type == "s" and cell.quotePrefix for cell in found)
            with zipfile.ZipFile(tmp_path / name) as package:
                sheets = [n for n in package.namelist() if n.startswith("xl/worksheets/sheet")]
                assert not any(b"<f>" in package.read(n) for n in sheets)

    @pytest.mark.parametrize("words", ["\t=1+1", "\r=1+1", "\r\n=1+1", "|cmd", "%0A=1"])
    def it_lets_no_white_space_smuggle_one_in(self, tmp_path: Path, words: str) -> None:
        made = sheets.workbook(sheets.Pages("Words", [], [sheets.Sheet("Words", (("Word", 20),), [[words]])]))
        made.save(tmp_path / "words.xlsx")
        cell = load_workbook(tmp_path / "words.xlsx")["Words"]["A2"]
        assert cell.data_type == "s"
        assert cell.quotePrefix == (str(cell.value)[0] in "=+-@\t\r")
        with zipfile.ZipFile(tmp_path / "words.xlsx") as package:
            assert b"<f>" not in package.read("xl/worksheets/sheet2.xml")


class DescribeTheEvidenceAnnex:
    def it_leads_from_each_quote_to_what_was_said_by_whom_and_where(self, sample: Sample) -> None:
        found = {str(r["Quote"]): r for r in rows(load_workbook(sample.annex), "Quotes")}
        interviews = {i.transcript_id: i for i in sample.project.transcripts.interviews()}
        for quote in sample.project.findings.quotes():
            row = found[quote.label]
            assert row["What was said"] == quote.verbatim
            assert row["File"] == interviews[quote.transcript_id].source_name
            assert int(row["Line"]) >= 1
            assert row["Participant"]
            assert row["Coding"] != "The coding was removed."

    def it_says_that_it_is_confidential(self, sample: Sample) -> None:
        about = load_workbook(sample.annex)["About"]
        assert about["A3"].value == "Confidential"


class DescribeNamesOfSheets:
    def it_makes_them_fit_and_free(self) -> None:
        assert sheet_name("Wave [1]: what/ever?") == "Wave  1   what ever"
        assert sheet_name("Codebook", ["codebook"]) == "Codebook (2)"
        assert len(sheet_name("x" * 60, ["x" * 31])) <= 31
