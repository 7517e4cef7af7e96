"""``qualcode check FILE --project P``: a report that came back, on the command line."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from qualcode.cli import main
from qualcode.commands.terminal import DONE, HELD_BACK, REFUSED
from qualcode.core.project import Project
from qualcode.report.export import export_report
from tests.helpers.projects import a_project, an_interview, code_words

WORDS = "The bus never came, so I walked home in the rain."


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A small project's Word report, the project beside it."""
    with a_project(tmp_path) as project:
        _, transcript = an_interview(project, "P01", WORDS)
        theme, code = project.themes.add("Getting there"), project.codebook.add("Travel")
        project.themes.gather([code], theme)
        finding = project.findings.add(theme, "Somebody **walked home** often.", summary="One walked.")
        project.findings.quote(finding, code_words(project, transcript, WORDS, code))
        project.identifiers.add("person", "Nadia Osei", "[my sister]")
        export_report(project, tmp_path / "report.docx")
    return tmp_path / "report.docx"


def the_project(report: Path) -> Path:
    return next(report.parent.glob("*.qualcode"))


def edit(report: Path, before: str, after: str) -> None:
    document = docx.Document(str(report))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace(before, after)
    document.save(str(report))


class DescribeCheckingAReport:
    def it_finds_nothing_in_one_that_nobody_edited(self, report: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", str(report), "--project", str(the_project(report))]) == DONE
        assert "1 quote and 1 finding were found. Nothing to look at." in capsys.readouterr().out

    def it_lists_what_was_edited_and_ends_with_3(self, report: Path, capsys: pytest.CaptureFixture[str]) -> None:
        edit(report, "the rain", "the snow")
        assert main(["check", str(report), "--project", str(the_project(report))]) == HELD_BACK
        said = capsys.readouterr().out
        assert "Q-0001 was changed: “rain” became “snow”." in said
        assert "1 thing to look at." in said

    def it_takes_findings_back_when_asked(self, report: Path, capsys: pytest.CaptureFixture[str]) -> None:
        edit(report, " often.", " mostly.")
        assert main(["check", str(report), "--project", str(the_project(report)), "--take-back"]) == HELD_BACK
        assert "Taken back into the project: 1 changed finding." in capsys.readouterr().out
        with Project.open(the_project(report)) as project:
            assert [f.text for f in project.findings.all()] == ["Somebody **walked home** mostly."]

    def it_wants_to_know_the_project(self, report: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", str(report)]) == REFUSED
        assert "--project FILE.qualcode" in capsys.readouterr().err


def a_word_file(words: str) -> bytes:
    document, target = docx.Document(), io.BytesIO()
    document.add_paragraph(words)
    document.save(target)
    return target.getvalue()


def exchanged(report: Path, name: str, content: bytes) -> Path:
    """A project for exchange with one source."""
    path = report.with_name("study.qdpx")
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("project.qde", '<Project xmlns="urn:QDA-XML:project:1.0" name="Study"/>')
        package.writestr(name, content)
    return path


class DescribeCheckingOtherFiles:
    def it_finds_names_in_an_exchanged_project(self, report: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = report.with_name("study.qdpx")
        with zipfile.ZipFile(path, "w") as package:
            package.writestr(
                "project.qde",
                '<Project xmlns="urn:QDA-XML:project:1.0" name="Study"><Description>About Nadia Osei.</Description>'
                '<Cases><Case guid="11111111-1111-1111-1111-111111111111" name="Nadia Osei"/></Cases></Project>',
            )
            package.writestr("sources/1.txt", "Nothing.\nNadia Osei rang.")
        assert main(["check", str(path), "--project", str(the_project(report))]) == HELD_BACK
        said = capsys.readouterr().out
        assert "sources/1.txt, line 2: “Nadia Osei”" in said
        assert said.count("“Nadia Osei” is an identifier") == 3

    @pytest.mark.parametrize(
        ("name", "content", "where"),
        [
            ("sources/1.docx", a_word_file("Nadia Osei rang."), "sources/1.docx: Cover"),
            ("sources/1.rtf", rb"{\rtf1\ansi Nadia Osei rang.}", "sources/1.rtf, line 1"),
            ("sources/1.html", b"<p>Nadia <b>Osei</b> rang.</p>", "sources/1.html, line 1"),
            ("sources/1.txt", "Nadia Osei rang.".encode("utf-16"), "sources/1.txt, line 1"),
            ("sources/Nadia Osei.png", b"\x89PNG", "name of a source"),
        ],
    )
    def it_reads_the_sources_of_an_exchanged_project(
        self, report: Path, name: str, content: bytes, where: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = exchanged(report, name, content)
        assert main(["check", str(path), "--project", str(the_project(report))]) == HELD_BACK
        assert f"{where}: “Nadia Osei”" in capsys.readouterr().out

    @pytest.mark.parametrize("name", ["sources/1.png", "sources/1.pdf", "sources/1.docx", "sources/1.m4a"])
    def it_says_which_sources_it_cannot_read(self, report: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        path = exchanged(report, name, b"nothing to read")
        assert main(["check", str(path), "--project", str(the_project(report))]) == HELD_BACK
        said = capsys.readouterr().out
        assert f"{name} holds no text that can be looked through." in said
        assert "1 thing to look at." in said

    def it_reads_a_text_in_any_encoding(self, report: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = report.with_name("notes.txt")
        path.write_bytes("First.\nNadia Osei rang.".encode("utf-16"))
        assert main(["check", str(path), "--project", str(the_project(report))]) == HELD_BACK
        assert "line 2: “Nadia Osei”" in capsys.readouterr().out

    def it_refuses_a_damaged_workbook_with_a_sentence(self, report: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = report.with_name("matrix.xlsx")
        path.write_bytes(b"no workbook")
        assert main(["check", str(path), "--project", str(the_project(report))]) == REFUSED
        assert "matrix.xlsx is damaged, or no .xlsx file." in capsys.readouterr().err
