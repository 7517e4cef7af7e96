"""``qualcode annex``: the evidence annex on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from qualcode.cli import main
from qualcode.commands.terminal import DONE
from tests.helpers.projects import a_project, an_interview, code_words


class DescribeTheAnnexCommand:
    def it_leads_from_each_quote_to_the_person(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        with a_project(tmp_path) as project:
            _, transcript = an_interview(project, "P01", "I walked home.")
            finding = project.findings.add(project.themes.add("Getting there"), "Somebody **walked**.")
            project.findings.quote(
                finding, code_words(project, transcript, "walked home", project.codebook.add("On foot"))
            )
        assert main(["annex", str(tmp_path / "study.qualcode"), "--out", str(tmp_path / "annex.xlsx")]) == DONE
        assert "It is confidential" in capsys.readouterr().out
        heads, row = load_workbook(tmp_path / "annex.xlsx")["Quotes"].iter_rows(values_only=True)
        told = dict(zip(heads, row, strict=True))
        assert (told["Participant"], told["What was said"], told["Coding"]) == ("P01", "walked home", "On foot")
