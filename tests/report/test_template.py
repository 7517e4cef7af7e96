"""An organisation's own template: kept in the project, completed, and told what it looks like."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import docx
import pytest
from docx.shared import Pt, RGBColor

from qualcode.errors import UserError
from qualcode.report import template
from qualcode.report.export import prepared_report
from qualcode.report.template_look import SHOWN, look_of
from tests.report.conftest import Study
from tests.report.packages import faults


def a_picture() -> bytes:
    """A red pixel as a PNG."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0\xff\0\0")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A template with its own headings, header, footer and logo, and few of the styles that reports need."""
    made = docx.Document()
    made.styles["Heading 1"].font.name = "Georgia"
    made.styles["Heading 1"].font.size = Pt(22)
    made.styles["Heading 1"].font.color.rgb = RGBColor(0x70, 0x10, 0x30)
    made.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(a_picture()))
    made.sections[0].header.paragraphs[0].add_run("Longshore Evaluation")
    made.sections[0].footer.paragraphs[0].text = "In confidence"
    made.add_paragraph("What stood in the template does not stand in the report.")
    made.save(str(tmp_path / "longshore.docx"))
    return tmp_path / "longshore.docx"


class DescribeATemplateOfOnesOwn:
    def it_is_kept_in_the_project_and_reports_are_written_on_it(
        self, study: Study, house: Path, tmp_path: Path
    ) -> None:
        template.keep(study.project, house)
        house.unlink()
        report = tmp_path / "report.docx"
        report.write_bytes(prepared_report(study.project).content)
        assert faults(report) == []
        written = docx.Document(str(report))
        assert written.sections[0].header.paragraphs[0].text == "Longshore Evaluation"
        assert written.sections[0].footer.paragraphs[0].text == "In confidence"
        assert written.styles["Heading 1"].font.name == "Georgia"
        assert "What stood in the template" not in "\n".join(p.text for p in written.paragraphs)

    def it_is_let_go_again_and_both_are_undone(self, study: Study, house: Path) -> None:
        template.keep(study.project, house)
        template.let_go(study.project)
        assert template.own(study.project) is None
        study.project.undo()
        assert (kept := template.own(study.project)) is not None
        assert (kept.name, kept.content) == ("longshore.docx", house.read_bytes())
        study.project.undo()
        assert template.own(study.project) is None

    def it_is_told_which_styles_it_lacks(self, study: Study, house: Path) -> None:
        lacking = template.keep(study.project, house).lacking
        assert {"Lead", "Quote Attribution", "Report Table"} <= set(lacking)
        assert not {"Normal", "Quote", "heading 1", "List Bullet"} & set(lacking)
        assert template.open_template().lacking == ()

    @pytest.mark.parametrize("content", [b"no template", b"", b"PK\x03\x04 broken"])
    def it_is_refused_in_a_sentence_and_the_one_before_stays(
        self, study: Study, house: Path, tmp_path: Path, content: bytes
    ) -> None:
        template.keep(study.project, house)
        (tmp_path / "other.docx").write_bytes(content)
        with pytest.raises(UserError, match=r"other\.docx could not be opened as a Word template"):
            template.keep(study.project, tmp_path / "other.docx")
        assert (kept := template.own(study.project)) is not None
        assert kept.name == "longshore.docx"

    def it_is_refused_when_it_is_far_too_large(
        self, study: Study, house: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(template, "LARGEST", 1_000)
        with pytest.raises(UserError, match=r"longshore\.docx is larger than"):
            template.keep(study.project, house)


class DescribeTheLook:
    def it_tells_fonts_sizes_and_colours_by_style(self, house: Path) -> None:
        look = look_of(template.open_template(house))
        assert tuple(look.faces) == SHOWN
        head = look.faces["heading 1"]
        assert (head.font, head.size, head.colour, head.bold) == ("Georgia", 22.0, "#701030", True)
        assert look.faces["Quote"].italic
        assert look.faces["Normal"].size == 11.0

    def it_tells_what_stands_above_and_below_each_page(self, house: Path) -> None:
        look = look_of(template.open_template(house))
        assert (look.header, look.footer) == ("Longshore Evaluation", "In confidence")
        assert look.logo == a_picture()

    def it_knows_a_template_without_any(self, tmp_path: Path) -> None:
        docx.Document().save(str(tmp_path / "plain.docx"))
        look = look_of(template.open_template(tmp_path / "plain.docx"))
        assert (look.header, look.footer, look.logo) == ("", "", None)
