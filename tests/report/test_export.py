"""The gate: what may not leave is held back, and nothing half-done stays behind."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from qualcode.errors import ExportBlocked, UserError
from qualcode.report.export import (
    drafted_matrix,
    drafted_report,
    export_annex,
    export_matrix,
    export_report,
    log_export,
    prepared_report,
)
from qualcode.resources import resource
from tests.report.conftest import Study
from tests.report.packages import every_word

PHONE = "Ring 01632 960417 to take part."


@pytest.fixture
def named(study: Study) -> Study:
    """A study in whose texts a name is left that should not be."""
    _, transcript = study.interview("P01", "Nadia Osei drove us there.")
    segment = study.segment(transcript, "Nadia Osei drove us there.")
    study.quoted("Somebody **was driven**, by Nadia.", segment)
    study.project.identifiers.add("person", "Nadia Osei", "[my sister]", forms=["Nadia", "Osei"])
    return study


class DescribeTheGate:
    def it_holds_a_report_back_and_names_each_place(self, named: Study, tmp_path: Path) -> None:
        with pytest.raises(ExportBlocked) as blocked:
            export_report(named.project, tmp_path / "report.docx")
        assert any(place.startswith("Getting there") and "“Nadia”" in place for place in blocked.value.places)
        assert "was not written" in str(blocked.value)
        assert list(tmp_path.glob("*.docx")) == list(tmp_path.glob("*.part")) == []

    def it_holds_a_matrix_back_and_names_sheet_and_cell(self, study: Study, tmp_path: Path) -> None:
        study.finding(PHONE)
        with pytest.raises(ExportBlocked) as blocked:
            export_matrix(study.project, tmp_path / "matrix.xlsx")
        [place] = blocked.value.places
        [place] = blocked.value.places
        assert place.startswith("Findings, B2: “01632 960417”")
        assert list(tmp_path.glob("*.xlsx")) == []

    def it_leaves_the_earlier_file_as_it_was(self, named: Study, tmp_path: Path) -> None:
        target = tmp_path / "report.docx"
        target.write_bytes(b"last week's")
        with pytest.raises(ExportBlocked):
            export_report(named.project, target)
        assert target.read_bytes() == b"last week's"

    def it_finds_what_only_has_the_shape_of_an_identifier(self, study: Study, tmp_path: Path) -> None:
        report = study.project.reports.add("insight", "Study")
        study.project.reports.write(report, "context", PHONE)
        with pytest.raises(ExportBlocked, match="one place"):
            export_report(study.project, tmp_path / "report.docx")

    def it_finds_a_name_that_nobody_has_decided_on(self, study: Study, tmp_path: Path) -> None:
        words = "Then Jasmine Whitlock rang, and I said to Jasmine that I would not."
        _, transcript = study.interview("P01", words)
        study.quoted("Somebody **refused**.", study.segment(transcript, words))
        with pytest.raises(ExportBlocked) as blocked:
            export_report(study.project, tmp_path / "report.docx")
        assert any("“Jasmine Whitlock” is a name nobody has decided on" in p for p in blocked.value.places)
        study.project.identifiers.add("person", "Jasmine Whitlock", "[a friend]", forms=["Jasmine"])
        export_report(study.project, tmp_path / "report.docx")
        assert "Then [a friend] rang" in every_word(tmp_path / "report.docx")

    def it_looks_at_the_title_and_the_name_of_the_file(self, study: Study, tmp_path: Path) -> None:
        study.project.identifiers.add("person", "Nadia Osei", "[my sister]")
        prepared = prepared_report(study.project)
        with pytest.raises(ExportBlocked) as blocked:
            prepared.write(tmp_path / "Nadia Osei.docx")
        assert blocked.value.places[0].startswith("file name: ")
        study.project.reports.add("insight", "What Nadia Osei said")
        with pytest.raises(ExportBlocked) as blocked:
            prepared_report(study.project)
        places = "\n".join(blocked.value.places)
        assert "Cover: " in places or "document properties: " in places

    def it_looks_at_what_a_template_brings_along(self, study: Study, tmp_path: Path) -> None:
        study.project.identifiers.add("person", "Nadia Osei", "[my sister]")
        template = docx.Document(str(resource("report", "house.docx")))
        template.sections[0].footer.paragraphs[0].text = "Typed by Nadia Osei"
        template.save(str(tmp_path / "own.docx"))
        draft = drafted_report(study.project, template=tmp_path / "own.docx")
        with pytest.raises(ExportBlocked) as blocked:
            draft.prepared()
        assert any(place.startswith("header or footer: ") for place in blocked.value.places)

    def it_lets_it_through_for_a_reason_which_is_logged_with_the_places(self, named: Study, tmp_path: Path) -> None:
        export_report(named.project, tmp_path / "report.docx", override_reason="Nadia agreed to be named.")
        assert "by Nadia" in every_word(tmp_path / "report.docx")
        logged = named.project.log()[-1]
        assert logged.label == "Export the report"
        assert logged.detail["override"] == "Nadia agreed to be named."
        assert any("Nadia" in str(place) for place in logged.detail["places"])  # type: ignore[attr-defined]

    def it_takes_no_empty_reason(self, named: Study, tmp_path: Path) -> None:
        with pytest.raises(ExportBlocked):
            export_report(named.project, tmp_path / "report.docx", override_reason="  ")

    def it_logs_what_left_and_leaves_undo_alone(self, study: Study, tmp_path: Path) -> None:
        study.interview("P01", "Nothing much.")
        before = study.project.undo_label
        export_report(study.project, tmp_path / "report.docx")
        export_annex(study.project, tmp_path / "annex.xlsx")
        assert [row.detail["file"] for row in study.project.log()[-2:]] == ["report.docx", "annex.xlsx"]
        assert study.project.undo_label == before


class DescribeWriting:
    def it_renders_checks_and_writes_away_from_the_project(self, study: Study, tmp_path: Path) -> None:
        _, transcript = study.interview("P01", "The bus never came.")
        study.quoted("Somebody **waited**.", study.segment(transcript, "The bus never came."))
        drafts = drafted_report(study.project), drafted_matrix(study.project)
        targets = tmp_path / "report.docx", tmp_path / "matrix.xlsx"
        with ThreadPoolExecutor(1) as worker:
            prepared = [worker.submit(draft.prepared).result() for draft in drafts]
            for made, target in zip(prepared, targets, strict=True):
                worker.submit(made.write, target).result()
                log_export(study.project, made, target)
        assert "The bus never came." in every_word(targets[0])
        assert "Segments" in load_workbook(targets[1]).sheetnames

    def it_writes_over_an_earlier_file_at_once(self, study: Study, tmp_path: Path) -> None:
        target = tmp_path / "report.docx"
        target.write_bytes(b"last week's")
        export_report(study.project, target)
        assert docx.Document(str(target)).paragraphs
        assert sorted(p.name for p in tmp_path.iterdir() if not p.name.startswith("study")) == ["report.docx"]

    def it_says_that_there_is_no_such_folder(self, study: Study, tmp_path: Path) -> None:
        with pytest.raises(UserError, match=r"report\.docx could not be written, for there is no folder"):
            export_report(study.project, tmp_path / "nowhere" / "report.docx")

    def it_says_that_the_target_is_a_folder(self, study: Study, tmp_path: Path) -> None:
        (tmp_path / "report.docx").mkdir()
        with pytest.raises(UserError, match="it is a folder"):
            export_report(study.project, tmp_path / "report.docx")
        assert list(tmp_path.glob("*.part")) == list(tmp_path.glob(".*.part")) == []

    @pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="rights do not bind here")
    def it_says_that_the_folder_cannot_be_written_to(self, study: Study, tmp_path: Path) -> None:
        closed = tmp_path / "closed"
        closed.mkdir(mode=0o500)
        with pytest.raises(UserError, match="Check your rights"):
            export_report(study.project, closed / "report.docx")

    def it_refuses_a_template_that_is_none(self, study: Study, tmp_path: Path) -> None:
        (tmp_path / "own.docx").write_text("no template")
        with pytest.raises(UserError, match=r"own\.docx could not be opened as a Word template"):
            drafted_report(study.project, template=tmp_path / "own.docx").prepared()
