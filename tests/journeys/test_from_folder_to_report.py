"""From a folder of transcripts to a Word report, in the window, by the words on it."""

from __future__ import annotations

import os
from pathlib import Path

import docx
import openpyxl
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QTextCursor

from qualcode.core.spans import Lines
from qualcode.core.values import Role, Span
from qualcode.importing import SUFFIXES
from qualcode.ui.stages.code import CodeStage
from tests.helpers.projects import span_of
from tests.journeys.conftest import Analyst

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "sample_transcripts" / "interviews"
OTHERS = Path(os.environ.get("QUALCODE_OTHERS_DATA", ROOT.parent / "shared" / "data"))


def import_folder(analyst: Analyst, project: Path, folder: Path) -> None:
    analyst.will_choose(project)
    analyst.press("New project")
    analyst.will_choose(folder)
    analyst.press("Import folder…")
    files = sum(1 for path in folder.iterdir() if path.suffix in SUFFIXES)
    analyst.press("Import 1 file" if files == 1 else f"Import {files} files")
    analyst.press("Done")


def code_longest_answers(analyst: Analyst, interviews: int, code: str) -> list[str]:
    """In each of the first interviews code a piece of the longest answer, by keys; the words that were coded."""
    analyst.go_to("Code")
    stage = analyst.window.pages.stages["code"]
    assert isinstance(stage, CodeStage)
    coded = []
    for interview in analyst.project.transcripts.interviews()[:interviews]:
        stage.show_interview(interview.id)
        row = stage.view.row
        assert row is not None
        answers = [t.span for t in row.turns if row.speakers[t.speaker].role is not Role.INTERVIEWER]
        longest = max(answers, key=len)
        end = row.text.find(" ", min(longest.start + 150, longest.end - 1), longest.end)
        stage.view.setFocus()
        stage.view.select(Span(longest.start, end if end > 0 else longest.end))
        analyst.keys("", Qt.Key.Key_Return)
        analyst.keys(code, Qt.Key.Key_Return)
        coded.append(analyst.project.coding.of_transcript(row.id)[0].quote)
    return coded


def make_theme(analyst: Analyst, name: str, code: str) -> None:
    analyst.go_to("Themes")
    stage = analyst.window.pages.stages["themes"]
    (chosen,) = [c.id for c in analyst.project.codebook.all() if c.name == code]
    stage.loose.choose([chosen])  # type: ignore[attr-defined]
    analyst.press("Move to theme…")
    analyst.keys(name, Qt.Key.Key_Return)


def write_finding(analyst: Analyst, theme: str, words: str) -> None:
    analyst.go_to("Report")
    analyst.enter(f"New finding under {theme}")
    analyst.keys(words)
    analyst.enter("Outline of the report")


def exported(analyst: Analyst, target: Path) -> list[str]:
    """The paragraphs of the Word report, exported by its button; what holds it back is answered with a reason."""
    analyst.will_choose(target)
    analyst.press("Export Word report…")
    analyst.wait_until(lambda: target.exists() or analyst.sees("Export all the same"))
    if not target.exists():
        analyst.enter("Reason to export all the same")
        analyst.keys("A trial")
        analyst.press("Export all the same")
        analyst.wait_until(target.exists)
    analyst.rest()
    return [p.text for p in docx.Document(str(target)).paragraphs]


def quote_bank(analyst: Analyst, target: Path) -> list[dict[str, str]]:
    """The rows of the quote bank, exported by the button of the Compare stage."""
    analyst.go_to("Compare")
    analyst.will_choose(target)
    analyst.press("Export to Excel…")
    analyst.wait_until(target.exists)
    analyst.rest()
    head, *rows = openpyxl.load_workbook(target)["Quote bank"].iter_rows(values_only=True)
    return [dict(zip(map(str, head), map(str, row), strict=True)) for row in rows]


def walk(analyst: Analyst, folder: Path, into: Path) -> None:
    """The whole way; holds that what was coded first is in the report that comes out."""
    import_folder(analyst, into / "study.qualcode", folder)
    coded = code_longest_answers(analyst, 3, "Told at length")
    make_theme(analyst, "What mattered", "Told at length")
    analyst.go_to("Compare")
    assert analyst.sees("Export to Excel…")
    write_finding(analyst, "What mattered", "Three people spoke at length.")
    analyst.enter("Segments behind the finding")
    analyst.keys("", Qt.Key.Key_Down)
    analyst.keys("", Qt.Key.Key_Down)
    analyst.press("Quote")
    (quote,) = analyst.project.findings.quotes()
    assert quote.verbatim in coded
    said = exported(analyst, into / "report.docx")
    assert "What mattered" in said
    assert any("spoke at length" in words for words in said)
    opening = quote.verbatim.split("\n")[0].split()[0].strip("“”\"'’‘.,…")
    assert any(opening in words for words in said)


class DescribeTheWay:
    def it_leads_from_a_folder_to_a_word_report(self, analyst: Analyst, tmp_path: Path) -> None:
        walk(analyst, SAMPLES, tmp_path)
        assert len(analyst.project.transcripts.interviews()) == 16

    @pytest.mark.others
    @pytest.mark.skipif(not OTHERS.exists(), reason="no folder of real files here")
    def it_leads_there_with_real_interviews(self, analyst: Analyst, tmp_path: Path) -> None:
        walk(analyst, OTHERS / "transcripts" / "sheffield_open_qual", tmp_path)


class DescribeANewProject:
    def it_never_takes_the_place_of_the_one_that_is_open(self, analyst: Analyst, tmp_path: Path) -> None:
        analyst.will_choose(tmp_path / "study.qualcode")
        analyst.press("New project")
        analyst.project.codebook.add("Waiting")
        analyst.window.new_project()
        assert [c.name for c in analyst.project.codebook.all()] == ["Waiting"]

    def it_leaves_the_file_whose_name_it_takes_in_the_bin(
        self, analyst: Analyst, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
        old = tmp_path / "study.qualcode"
        old.write_bytes(b"something of value")
        analyst.will_choose(old)
        analyst.press("New project")
        kept = [path for path in tmp_path.rglob("*") if path.is_file() and path.read_bytes() == b"something of value"]
        assert kept


class DescribeTheSampleProject:
    def it_opens_from_the_first_page_and_shows_every_stage(self, analyst: Analyst, tmp_path: Path) -> None:
        analyst.will_choose(tmp_path)
        analyst.press("Try the sample project")
        analyst.wait_until(lambda: analyst.window.workspace.is_open)
        for stage in ("Prepare", "Familiarise", "Code", "Themes", "Compare", "Report"):
            analyst.go_to(stage)
            analyst.rest()
            assert analyst.window.current_stage is not None
            assert analyst.window.current_stage.title == stage
        said = exported(analyst, tmp_path / "report.docx")
        assert len(said) > 100


class DescribeAPassageAfterEmoji:
    def it_is_the_same_passage_everywhere(self, analyst: Analyst, tmp_path: Path) -> None:
        folder = tmp_path / "files"
        folder.mkdir()
        words = "we waited é for months 👩‍👩‍👧 until אנחנו חיכינו she rang"
        talk = f"Interviewer: How 😀 was it?\r\nP01: 😀👍🏽 Well, e\u0301 yes, {words}, and that was that.\r\n"
        (folder / "P01.txt").write_bytes(talk.encode("utf-8-sig"))
        import_folder(analyst, tmp_path / "study.qualcode", folder)
        analyst.go_to("Code")
        stage = analyst.window.pages.stages["code"]
        assert isinstance(stage, CodeStage)
        assert stage.view.row is not None
        stage.view.setFocus()
        stage.view.select(span_of(stage.view.row.text, words))
        assert stage.view.textCursor().selectedText() == words
        analyst.keys("", Qt.Key.Key_Return)
        analyst.keys("Waiting", Qt.Key.Key_Return)
        (segment,) = analyst.project.coding.all()
        assert segment.quote == words
        make_theme(analyst, "Access", "Waiting")
        write_finding(analyst, "Access", "One person waited.")
        analyst.enter("Segments behind the finding")
        analyst.keys("", Qt.Key.Key_Down)
        analyst.keys("", Qt.Key.Key_Down)
        analyst.press("Quote")
        said = exported(analyst, tmp_path / "report.docx")
        assert sum(words in paragraph for paragraph in said) == 1
        (row,) = quote_bank(analyst, tmp_path / "matrix.xlsx")
        assert words in row["As shown"]
        assert row["Line"] == str(
            Lines(analyst.project.transcripts.text(segment.transcript_id)).number(segment.span.start)
        )

    def it_is_washed_where_it_stands(self, analyst: Analyst, tmp_path: Path) -> None:
        folder = tmp_path / "files"
        folder.mkdir()
        before, words = "😀👍🏽 Well, e\u0301 " * 9, "we waited 👩‍👩‍👧 for months"
        (folder / "P01.txt").write_text(f"Interviewer: 😀?\nP01: {before}{words} and that was that.\n", "utf-8")
        import_folder(analyst, tmp_path / "study.qualcode", folder)
        analyst.go_to("Code")
        stage = analyst.window.pages.stages["code"]
        assert isinstance(stage, CodeStage)
        view = stage.view
        assert view.row is not None
        span = span_of(view.row.text, words)
        washed = view.rects(span)
        first, last = washed[0], washed[-1]
        begin = view.cursorForPosition(QPointF(first.left() + 1, first.center().y()).toPoint())
        end = view.cursorForPosition(QPointF(last.right() - 1, last.center().y()).toPoint())
        begin.setPosition(end.position(), QTextCursor.MoveMode.KeepAnchor)
        assert begin.selectedText() == words
