"""The team's comments: in Word where they were asked for, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from qualcode.core.comments import Topic
from qualcode.errors import ExportBlocked
from qualcode.report.export import drafted_report, prepared_report
from qualcode.report.returned.check import checked
from tests.report.conftest import Study
from tests.report.packages import faults

SAID = "Is this all that we have on it?"


@pytest.fixture
def commented(study: Study) -> Study:
    project = study.project
    finding = project.findings.add(study.theme, "People **walked far**.\n\n- up hills\n- in rain")
    project.comments.add(Topic(finding_id=finding), SAID)
    project.work_as("Ben Okri")
    project.comments.add(Topic(finding_id=finding), "Wave 2 has more.")
    project.comments.add(Topic(theme_id=study.theme), "A better name?")
    project.comments.add(Topic(section="methodology"), "Say who chose them.")
    settled = project.comments.add(Topic(section="context"), "Settled long ago.")
    project.comments.resolve([c for c in project.comments.all() if c.id == settled])
    return study


def package(content: bytes, path: Path) -> Path:
    path.write_bytes(content)
    return path


class DescribeComments:
    def it_stays_out_of_the_report_for_the_client(self, commented: Study, tmp_path: Path) -> None:
        content = prepared_report(commented.project).content
        written = docx.Document(str(package(content, tmp_path / "report.docx")))
        assert "comments" not in " ".join(str(part.partname) for part in written.part.package.iter_parts())
        assert SAID not in written.element.xml

    def it_stands_in_the_colleagues_copy_as_words_own(self, commented: Study, tmp_path: Path) -> None:
        content = drafted_report(commented.project, comments=True).prepared().content
        path = package(content, tmp_path / "report.docx")
        written = docx.Document(str(path))
        assert [(c.author, c.initials, c.text) for c in written.comments] == [
            ("Ada", "A", SAID),
            ("Ben Okri", "BO", "Wave 2 has more."),
            ("Ben Okri", "BO", "A better name?"),
            ("Ben Okri", "BO", "Say who chose them."),
        ]
        assert [c.timestamp.date() for c in written.comments if c.timestamp] == [
            c.written_at.date() for c in commented.project.comments.all()[:4]
        ]
        assert faults(path) == []

    def it_spans_what_it_speaks_of(self, commented: Study, tmp_path: Path) -> None:
        content = drafted_report(commented.project, comments=True).prepared().content
        written = docx.Document(str(package(content, tmp_path / "report.docx")))
        body = written.element.body
        start = body.xpath(".//w:commentRangeStart[@w:id='0']")[0]
        end = body.xpath(".//w:commentRangeEnd[@w:id='0']")[0]
        heading = body.xpath(".//w:commentRangeStart[@w:id='2']")[0].getparent()
        assert [p.text for p in written.paragraphs if p._p in (start.getparent(), end.getparent(), heading)] == [
            "Getting there",
            "People walked far.",
            "in rain",
        ]

    def it_is_looked_through_for_names(self, commented: Study) -> None:
        commented.project.identifiers.add("person", "Zelda", "[a neighbour]")
        commented.project.comments.add(Topic(section="methodology"), "Zelda will know.")
        with pytest.raises(ExportBlocked) as held:
            drafted_report(commented.project, comments=True).prepared()
        assert any("Zelda" in place for place in held.value.places)

    def it_is_no_change_to_the_report_when_it_comes_back(self, commented: Study, tmp_path: Path) -> None:
        content = drafted_report(commented.project, comments=True).prepared().content
        path = package(content, tmp_path / "report.docx")
        assert checked(commented.project, path).differences == ()
