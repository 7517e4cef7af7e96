"""Shapes: other documents from the same project, by outlines that users can write."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.errors import UserError
from qualcode.guard import Guard
from qualcode.report import content, shapes, word
from qualcode.report.blocks import Cover, Heading, Paragraph, Report
from tests.report.conftest import Sample, Study
from tests.report.packages import faults

KEYS = ["committee_paper", "insight", "programme_report", "thematic_briefing"]


@pytest.fixture(scope="module")
def built(sample: Sample) -> dict[str, Report]:
    guard = Guard(sample.project, unreviewed=())
    return {key: content.build(sample.project, key, guard) for key in KEYS}


class DescribeTheShapesThatComeWithTheProgram:
    def it_offers_four(self) -> None:
        assert [shape.key for shape in shapes.available()] == KEYS

    @pytest.mark.parametrize("key", KEYS)
    def it_makes_a_sound_document_of_each(self, built: dict[str, Report], tmp_path: Path, key: str) -> None:
        (tmp_path / "report.docx").write_bytes(word.rendered(built[key]))
        assert faults(tmp_path / "report.docx") == []
        assert all(section.blocks for section in built[key].sections)

    def it_numbers_the_paragraphs_of_a_committee_paper(self, built: dict[str, Report]) -> None:
        paragraphs = [b for b in built["committee_paper"].blocks if isinstance(b, Paragraph) and b.number]
        assert [p.number for p in paragraphs[:3]] == ["1.1", "1.2", "1.3"]
        assert len({p.number for p in paragraphs}) == len(paragraphs)

    def it_numbers_the_headings_of_a_programme_report(self, built: dict[str, Report]) -> None:
        numbered = {b.text: b.number for b in built["programme_report"].blocks if isinstance(b, Heading) and b.number}
        assert numbered["What was found"] == "5"
        assert numbered["Finding the way in"] == "5.1"
        assert numbered["Hearing of it"] == "5.1.1"

    def it_counts_the_themes_of_a_briefing(self, built: dict[str, Report]) -> None:
        labels = [b.full for b in built["thematic_briefing"].blocks if isinstance(b, Heading) and b.label]
        assert labels[:2] == ["Theme 1: Finding the way in", "Sub-theme 1: Hearing of it"]

    def it_says_on_the_cover_what_kind_of_document_it_is(self, built: dict[str, Report]) -> None:
        covers = {key: next(b.subtitle for b in r.blocks if isinstance(b, Cover)) for key, r in built.items()}
        assert covers["committee_paper"] == "Committee paper"
        assert covers["insight"] == "Qualitative insight report, second wave"


class DescribeAShapeOfOnesOwn:
    def it_is_read_from_a_folder(self, study: Study, tmp_path: Path) -> None:
        (tmp_path / "leaflet.yaml").write_text(
            "name: Leaflet\nsections:\n  - kind: text\n    key: hello\n    title: Hello\n    ask: a greeting\n"
        )
        shape = shapes.named("leaflet", tmp_path)
        assert str(content.build(study.project, shape=shape)) == "# Hello\n[To be written: a greeting]"

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            ("sections: 3", "it has no list of sections"),
            ("sections: [{title: A}]", "each section needs a kind"),
            ("sections: [{kind: text, colour: red}]", "unknown setting “colour”"),
            ("sections: []\nnumbering: roman", "numbering is one of"),
            ("sections: [", "cannot be read as a report shape"),
        ],
    )
    def it_is_refused_with_what_is_wrong_in_it(self, tmp_path: Path, words: str, sentence: str) -> None:
        (tmp_path / "own.yaml").write_text(words)
        with pytest.raises(UserError, match=sentence):
            shapes.read(tmp_path / "own.yaml")

    def it_knows_no_section_of_another_kind(self, study: Study, tmp_path: Path) -> None:
        (tmp_path / "own.yaml").write_text("sections: [{kind: sonnet}]")
        with pytest.raises(UserError, match="a section of kind “sonnet”"):
            content.build(study.project, shape=shapes.named("own", tmp_path))
