"""``qualcode anonymise`` on real project files."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from qualcode.cli import main
from qualcode.commands.terminal import DONE, HELD_BACK, REFUSED
from qualcode.core.project import Project
from tests.helpers.projects import a_project, an_interview


@pytest.fixture
def study(tmp_path: Path) -> Path:
    with a_project(tmp_path) as project:
        an_interview(project, "P01", "So Margaret Holroyd rang about the form, and then I went home.")
        return project.path


def anonymise(study: Path, *words: str) -> int:
    return main(["anonymise", str(study), *words])


class DescribeListing:
    def it_lists_what_waits_and_keeps_what_it_found(self, study: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert anonymise(study, "--list") == HELD_BACK
        said = capsys.readouterr().out
        assert "Margaret Holroyd  [person]" in said
        assert "1 string waits for a decision." in said
        with Project.open(study) as project:
            assert project.identifiers.found()["strings"]

    def it_ends_well_when_nothing_waits(self, study: Path, capsys: pytest.CaptureFixture[str]) -> None:
        with Project.open(study) as project:
            project.identifiers.add("person", "Margaret Holroyd", "Isla Kerr")
        assert anonymise(study, "--list") == DONE
        assert "Nothing waits" in capsys.readouterr().out


class DescribeTheWholeWay:
    def it_goes_from_a_list_over_decisions_to_a_copy_and_its_key(self, study: Path, tmp_path: Path) -> None:
        decisions, copy, key = tmp_path / "decisions.csv", tmp_path / "copy.qualcode", tmp_path / "key.csv"
        assert anonymise(study, "--list", str(decisions)) == HELD_BACK
        assert anonymise(study, "--copy", str(copy)) == HELD_BACK
        assert not copy.exists()
        filled = decisions.read_text("utf-8-sig").replace("\n,person", "\nreplace,person")
        decisions.write_text(filled, "utf-8")
        assert anonymise(study, "--apply", str(decisions), "--list", "--copy", str(copy), "--key", str(key)) == DONE
        assert b"Holroyd" not in copy.read_bytes()
        with key.open(encoding="utf-8-sig", newline="") as file:
            assert [(row["decision"], row["text"]) for row in csv.DictReader(file)] == [("replace", "Margaret Holroyd")]
        with Project.open(study) as project:
            assert "Make an anonymised copy" in [line.label for line in project.log()]

    def it_writes_a_copy_with_a_reason(self, study: Path, tmp_path: Path) -> None:
        assert anonymise(study, "--copy", str(tmp_path / "copy.qualcode"), "--override", "For Ada alone") == DONE
        with Project.open(study) as project:
            assert project.log()[-1].detail["override"] == "For Ada alone"


class DescribeWrongWords:
    def it_asks_what_to_do(self, study: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert anonymise(study) == REFUSED
        assert "--list" in capsys.readouterr().err

    def it_says_which_lines_it_could_not_take(
        self, study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "d.csv").write_text("decision,kind,text,replacement\nreplace,person,Margaret,\n", "utf-8")
        assert anonymise(study, "--apply", str(tmp_path / "d.csv")) == REFUSED
        assert "Line 2:" in capsys.readouterr().err

    def it_explains_itself(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as stopped:
            main(["anonymise", "--help"])
        assert stopped.value.code == 0
        assert "Exit codes" in capsys.readouterr().out
