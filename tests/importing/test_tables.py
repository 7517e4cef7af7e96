"""Tables beside the transcripts: participants and their attributes, as people keep them in Excel and elsewhere."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from qualcode.errors import UnreadableFile
from qualcode.importing.tables import cells_of, read_tables
from tests.importing.shapes import zipped


def workbook(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "People"
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


class DescribeATableOfParticipants:
    def it_comes_as_a_reader_of_the_sheet_sees_it(self, tmp_path: Path) -> None:
        path = workbook(
            tmp_path / "people.xlsx",
            [
                ["Oak Street study"],
                [],
                ["Code", "Age", None, "Joined", "Weight", "Volunteer"],
                ["P01", 41, None, dt.date(2024, 3, 14), 2.5, True],
                ["P02 ", 7.0, None, dt.datetime(2024, 3, 15, 9, 30), None, False],
            ],
        )
        (table,) = read_tables(path)
        assert table.name == "People"
        assert table.headings == ("Code", "Age", "Joined", "Weight", "Volunteer")
        assert table.rows == (
            ("P01", "41", "2024-03-14", "2.5", "Yes"),
            ("P02", "7", "2024-03-15 09:30", "", "No"),
        )

    @pytest.mark.parametrize(("separator", "encoding"), [(",", "utf-8-sig"), (";", "cp1252"), ("\t", "utf-16")])
    def it_is_read_from_text_whatever_separates_the_cells(self, tmp_path: Path, separator: str, encoding: str) -> None:
        path = tmp_path / "people.csv"
        lines = (("Code", "Role", "Note"), ("P01", "Café owner", '"early; late, both"'), ("P02", "Nurse", ""))
        path.write_bytes("\r\n".join(map(separator.join, lines)).encode(encoding))
        (table,) = read_tables(path)
        assert table.headings == ("Code", "Role", "Note")
        assert table.rows == (("P01", "Café owner", "early; late, both"), ("P02", "Nurse", ""))

    def it_is_pasted_from_a_spreadsheet_cell_by_cell(self) -> None:
        assert cells_of('P01\t41\r\nP02\t"two\r\nlines"\r\n') == [["P01", "41"], ["P02", "two\nlines"]]
        assert cells_of("") == []

    @pytest.mark.parametrize(
        ("name", "data", "reason"),
        [
            ("old.xls", b"\xd0\xcf\x11\xe0", "save it as .xlsx"),
            ("people.doc", b"x", "tables are read from"),
            ("empty.csv", b"", "it holds no table"),
            ("head.csv", b"Code,Age\n", "it holds no table"),
            ("other.xlsx", b"Code,Age\nP01,41\n", "is something else"),
            ("cut.xlsx", b"PK\x03\x04" + bytes(40), "only part of it was copied"),
        ],
    )
    def it_is_refused_with_a_sentence(self, tmp_path: Path, name: str, data: bytes, reason: str) -> None:
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises(UnreadableFile) as refusal:
            read_tables(path)
        assert reason in str(refusal.value)

    def it_is_refused_when_the_archive_is_no_workbook(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableFile, match="no Excel workbook"):
            read_tables(zipped(tmp_path / "people.xlsx", {"readme.txt": "no sheet"}))
