"""The whole way on the command line: transcripts in, coded, suggested, report and matrix out."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import docx
import openpyxl
import pytest

from qualcode.cli import DONE, HELD_BACK, REFUSED, main
from qualcode.core.project import Project
from qualcode.core.values import Role

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "sample_transcripts"
OTHERS = Path(os.environ.get("QUALCODE_OTHERS_DATA", ROOT.parent / "shared" / "data"))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the demo made."""
    folder = tmp_path_factory.mktemp("demo") / "new" / "folder"
    assert main(["demo", "--out", str(folder), "--no-window"]) == DONE
    return folder


@pytest.fixture
def study(tmp_path: Path) -> Path:
    path = tmp_path / "study.qualcode"
    assert main(["new", str(path), "--name", "Harbour study", "--coder", "Ada"]) == DONE
    return path


def paragraphs(path: Path) -> list[str]:
    return [p.text for p in docx.Document(str(path)).paragraphs]


class DescribeTheDemo:
    def it_leaves_a_project_a_report_and_a_matrix(self, demo: Path) -> None:
        assert sorted(p.name for p in demo.iterdir()) == [
            "framework matrix.xlsx",
            "insight report.docx",
            "sample.qualcode",
        ]

    def it_writes_a_report_with_the_headings_of_one(self, demo: Path) -> None:
        document = docx.Document(str(demo / "insight report.docx"))
        headings = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 1"]
        assert any("summary" in h.lower() for h in headings)
        assert any("method" in h.lower() for h in headings)
        assert any("findings" in h.lower() for h in headings)

    def it_has_nothing_left_to_look_at(self, demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", str(demo / "sample.qualcode")]) == DONE
        assert "The file is sound. Nothing to look at." in capsys.readouterr().out

    def it_does_not_write_over_an_earlier_one(self, demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
        before = (demo / "insight report.docx").read_bytes()
        assert main(["demo", "--out", str(demo), "--no-window"]) == REFUSED
        assert "is there already" in capsys.readouterr().err
        assert (demo / "insight report.docx").read_bytes() == before


class DescribeTheWay:
    def it_goes_from_a_folder_to_a_report(
        self, study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["import", str(study), str(SAMPLES / "interviews")]) == DONE
        assert "16 of 16 files imported." in capsys.readouterr().out
        with (SAMPLES / "segments.csv").open(encoding="utf-8-sig", newline="") as file:
            wanted = sum(1 for _ in csv.DictReader(file))
        assert main(["code", str(study), str(SAMPLES / "segments.csv")]) in (DONE, REFUSED)
        with Project.open(study) as project:
            segments = project.coding.all()
            assert wanted * 0.95 <= len(segments) <= wanted
        assert main(["suggest", str(study), "--interview", "P07", "--limit", "3"]) == DONE
        assert "suggestions wait there" in capsys.readouterr().out
        with Project.open(study) as project:
            assert len(project.coding.all()) == len(segments)
            theme = project.themes.add("Being reached")
            project.themes.gather([c.id for c in project.codebook.all()][:5], theme)
        report, matrix = tmp_path / "report.docx", tmp_path / "matrix.xlsx"
        held = main(["report", str(study), "--out", str(report)])
        assert held in (DONE, HELD_BACK)
        if held == HELD_BACK:
            assert not report.exists()
            assert main(["report", str(study), "--out", str(report), "--override", "A trial"]) == DONE
        assert any("Being reached" in words for words in paragraphs(report))
        assert main(["matrix", str(study), "--out", str(matrix), "--override", "A trial"]) == DONE
        assert len(openpyxl.load_workbook(matrix).sheetnames) >= 3

    def it_goes_on_after_a_bad_file_and_says_which(
        self, study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        folder = tmp_path / "files"
        folder.mkdir()
        (folder / "good.txt").write_text("Interviewer: How was it?\nP01: It was a long wait.\n", "utf-8")
        (folder / "empty.docx").write_bytes(b"")
        (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
        assert main(["import", str(study), str(folder)]) == REFUSED
        said = capsys.readouterr()
        assert "1 of 3 files imported." in said.out
        assert "empty.docx: not read" in said.err
        assert "picture.txt: not read" in said.err

    def it_keeps_the_rows_of_a_table_apart_that_it_cannot_place(
        self, study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        talk, table = tmp_path / "P01.txt", tmp_path / "coded.csv"
        talk.write_text("Interviewer: How was it?\nP01: It was a long wait, a very long wait.\n", "utf-8")
        table.write_text("interview,code,passage\nP01,Waiting,a very long\nP01,Waiting,no such words\n", "utf-8")
        assert main(["import", str(study), str(talk)]) == DONE
        assert main(["code", str(study), str(table)]) == REFUSED
        said = capsys.readouterr()
        assert "1 segments coded from 2 rows." in said.out
        assert "Line 3: “no such words” is not in the interview." in said.err

    @pytest.mark.parametrize(
        "words", [["report"], ["import", "x.qualcode"], ["frobnicate"]], ids=["no project", "no file", "no command"]
    )
    def it_teaches_who_uses_wrong_words(self, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as stopped:
            main(words)
        assert stopped.value.code == 2
        assert "usage: qualcode" in capsys.readouterr().err

    def it_says_what_is_wrong_with_a_project(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "letter.qualcode").write_text("Dear all", "utf-8")
        assert main(["check", str(tmp_path / "letter.qualcode")]) == REFUSED
        assert main(["check", str(tmp_path / "nowhere.qualcode")]) == REFUSED
        assert capsys.readouterr().err.count("\n") == 2

    @pytest.mark.parametrize("command", ["demo", "new", "import", "code", "suggest", "report", "matrix", "check"])
    def it_explains_each_command(self, command: str, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as stopped:
            main([command, "--help"])
        assert stopped.value.code == 0
        assert "Exit codes" in capsys.readouterr().out

    @pytest.mark.others
    @pytest.mark.skipif(not OTHERS.exists(), reason="no folder of real files here")
    def it_takes_real_interviews_to_a_report(self, study: Path, tmp_path: Path) -> None:
        assert main(["import", str(study), str(OTHERS / "transcripts" / "sheffield_open_qual")]) in (DONE, REFUSED)
        with Project.open(study) as project:
            theme = project.themes.add("What people said first")
            for interview in project.transcripts.interviews():
                shown = project.transcripts.get(interview.transcript_id)
                answers = [t for t in shown.turns if shown.speakers[t.speaker].role is not Role.INTERVIEWER]
                code = project.codebook.add(f"First answer of {interview.title}", theme_id=theme)
                longest = max(answers, key=lambda t: len(t.span))
                segment = project.coding.apply(interview.transcript_id, longest.span, code)
                finding = project.findings.add(theme, f"In {interview.title} there was **much to say**.")
                project.findings.quote(finding, segment)
            assert project.check() == []
        report = tmp_path / "real.docx"
        assert main(["report", str(study), "--out", str(report), "--override", "A trial on public files"]) == DONE
        assert any("What people said first" in words for words in paragraphs(report))


class DescribeTheProgram:
    def it_imports_no_window_for_its_commands(self) -> None:
        seen = "import sys, qualcode.cli as c\nc.main(['check', 'nowhere.qualcode'])\nprint('PySide6' in sys.modules)"
        done = subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True, cwd=ROOT)
        assert done.stdout.strip() == "False"

    def it_is_there_as_a_module(self) -> None:
        done = subprocess.run([sys.executable, "-m", "qualcode", "--version"], capture_output=True, text=True, cwd=ROOT)
        assert done.stdout.startswith("QualCode ")
