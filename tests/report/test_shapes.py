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
    LEAFLET = "name: Leaflet\nsections:\n  - kind: text\n    key: hello\n    title: Hello\n    ask: a greeting\n"

    @pytest.fixture
    def leaflet(self, tmp_path: Path) -> Path:
        path = tmp_path / "leaflet.yaml"
        path.write_text(self.LEAFLET)
        return path

    def it_is_kept_in_the_project_and_offered_beside_the_others(self, study: Study, leaflet: Path) -> None:
        shape = shapes.add(study.project, leaflet)
        leaflet.unlink()
        own = shapes.own(study.project)
        assert [s.name for s in shapes.available(own)][-1] == shape.name == "Leaflet"
        assert str(content.build(study.project, "leaflet")) == "# Hello\n[To be written: a greeting]"
        assert study.project.undo_label == "Add shape Leaflet"
        study.project.undo()
        assert [s.key for s in shapes.available(shapes.own(study.project))] == KEYS

    def it_can_stand_in_the_place_of_one_of_ours_until_it_goes(self, study: Study, leaflet: Path) -> None:
        insight = leaflet.rename(leaflet.with_name("insight.yaml"))
        shapes.add(study.project, insight)
        assert shapes.named("insight", shapes.own(study.project)).name == "Leaflet"
        shapes.remove(study.project, "insight")
        assert shapes.named("insight", shapes.own(study.project)).name == "Insight report"

    def it_leaves_its_reports_with_the_usual_one_when_it_goes(self, study: Study, leaflet: Path) -> None:
        shapes.add(study.project, leaflet)
        report = study.project.reports.add("leaflet")
        shapes.remove(study.project, "leaflet")
        assert {r.id: r.shape for r in study.project.reports.all()}[report] == "insight"
        study.project.undo()
        assert {r.id: r.shape for r in study.project.reports.all()}[report] == "leaflet"

    @pytest.mark.parametrize("key", KEYS)
    def it_is_begun_from_the_words_of_another(self, tmp_path: Path, key: str) -> None:
        shapes.write(key, tmp_path / f"{key}.yaml")
        assert shapes.read(tmp_path / f"{key}.yaml") == shapes.named(key)

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            ("sections: 3", "it has no list of sections"),
            ("sections: [{title: A}]", "each section needs a kind"),
            ("sections: [{kind: sonnet}]", "a section of kind “sonnet” is not known"),
            ("sections: []\nappendices: [{kind: text}]", "an appendix of kind “text” is not known"),
            ("sections: []\nappendices: 3", "appendices is a list"),
            ("sections: [{kind: text, colour: red}]", "unknown setting “colour”"),
            ("sections: [{kind: contents, levels: many}]", "levels .* is one of 1, 2, 3, 4, not “many”"),
            ("sections: [{kind: findings, quotes: some}]", "quotes .* is one of all, first, none"),
            ("sections: [{kind: methodology, parts: [weather]}]", "parts .* is a list of some of sampling"),
            ("sections: [{kind: text, optional: perhaps}]", "optional .* is true or false"),
            ("sections: [{kind: text, title: [a]}]", "title .* is some words"),
            ("sections: [{kind: text}, {kind: text}]", "two sections have the key “text”"),
            ("sections: []\nnumbering: roman", "numbering is one of"),
            ("name: A\nsections: [", "own.yaml cannot be read as a report shape: line 2"),
            ("#" * 60_001, "it is too long for one"),
        ],
    )
    def it_is_refused_with_what_is_wrong_in_it(self, study: Study, tmp_path: Path, words: str, sentence: str) -> None:
        (tmp_path / "own.yaml").write_text(words)
        with pytest.raises(UserError, match=sentence):
            shapes.add(study.project, tmp_path / "own.yaml")
        assert shapes.own(study.project) == {}

    def it_says_when_it_cannot_be_written_there(self, tmp_path: Path) -> None:
        with pytest.raises(UserError, match=r"insight\.yaml could not be written to .*nowhere"):
            shapes.write("insight", tmp_path / "nowhere" / "insight.yaml")

    def it_is_refused_when_it_is_no_text(self, tmp_path: Path) -> None:
        (tmp_path / "own.yaml").write_bytes(b"\xff\xfe\x00")
        with pytest.raises(UserError, match=r"own\.yaml cannot be read as a report shape"):
            shapes.read(tmp_path / "own.yaml")

    def it_can_use_every_kind_of_section(self, sample: Sample) -> None:
        parts = ", ".join(shapes.PARTS)
        sections = "".join(
            f"  - {{kind: {kind}, title: {kind}, figure: true, parts: [{parts}], ask: something}}\n"
            for kind in shapes.SECTIONS
        )
        appendices = "".join(f"  - {{kind: {kind}, title: More on {kind}}}\n" for kind in shapes.APPENDICES)
        shape = shapes.parsed(f"sections:\n{sections}appendices:\n{appendices}", "every.yaml", "every")
        built = content.build(sample.project, shape=shape, anonymise=Guard(sample.project, unreviewed=()))
        assert [s.key for s in built.sections] == [*shapes.SECTIONS, *shapes.APPENDICES]

    def it_stands_back_for_the_usual_one_when_it_is_gone(self) -> None:
        assert shapes.standing("gone").key == "insight"
        with pytest.raises(UserError, match="There is no report shape “gone”"):
            shapes.named("gone")
