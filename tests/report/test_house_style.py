"""The house's own way with quotes and numbers, on the page and in Word."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import docx
import pytest

from qualcode.core.analysis import Count
from qualcode.core.project import Project
from qualcode.core.quantity import HOUSE_SCALE
from qualcode.core.values import FindingId, Span
from qualcode.report import content
from qualcode.report.blocks import Text, read
from qualcode.report.checks import Rule, check
from qualcode.report.export import prepared_report
from qualcode.report.house import SETTING
from qualcode.report.numbers import numbered
from qualcode.report.returned.check import checked, take_back
from tests.helpers.projects import an_interview, code_words
from tests.report.conftest import Study

SAID = "It’s a long way, I mean, “miles and miles”, and nobody helps."


@pytest.fixture
def finding(study: Study) -> FindingId:
    project = study.project
    found = project.findings.add(study.theme, "Most people **walked far**. Buses were few.")
    for person in ("P01", "P02", "P03"):
        _, transcript = an_interview(project, person, SAID)
        segment = code_words(project, transcript, SAID, study.code)
        project.findings.attach(found, [segment])
    quote = project.findings.quote(found, segment)
    project.findings.cut(quote, Span(SAID.index("I mean"), SAID.index("I mean") + 6))
    return found


def written(project: Project, folder: Path) -> docx.document.Document:
    path = folder / "report.docx"
    path.write_bytes(prepared_report(project).content)
    return docx.Document(str(path))


class DescribeQuotes:
    @pytest.mark.parametrize(
        ("rules", "line"),
        [
            ({}, "> “It’s a long way, [...], “miles and miles”, and nobody helps.”"),
            ({"marks": "single"}, "> ‘It’s a long way, [...], “miles and miles”, and nobody helps.’"),
            ({"marks": "straight"}, '> "It’s a long way, [...], “miles and miles”, and nobody helps."'),
            ({"marks": "none", "ellipsis": "…"}, "> It’s a long way, …, “miles and miles”, and nobody helps."),
            ({"ellipsis": "(...)"}, "> “It’s a long way, (...), “miles and miles”, and nobody helps.”"),
            ({"marks": "zigzag"}, "> “It’s a long way, [...], “miles and miles”, and nobody helps.”"),
        ],
    )
    def it_stands_in_the_marks_of_the_house(
        self, study: Study, finding: FindingId, rules: dict[str, str], line: str
    ) -> None:
        study.project.set_setting(SETTING, rules)
        assert line in str(content.build(study.project)).splitlines()

    @pytest.mark.parametrize("italic", [True, False])
    def it_is_in_italics_or_upright_in_word(
        self, study: Study, finding: FindingId, tmp_path: Path, italic: bool
    ) -> None:
        study.project.set_setting(SETTING, {"italic": italic})
        quote = next(p for p in written(study.project, tmp_path).paragraphs if "miles" in p.text)
        assert quote.style is not None
        assert quote.style.name == "Quote"
        upright = [run.text for run in quote.runs if run.font.italic is False]
        assert "".join(upright) == ("[...]" if italic else quote.text)

    @pytest.mark.parametrize("rules", [{"marks": "single"}, {"marks": "none"}, {"ellipsis": "…"}, {"italic": False}])
    def it_is_known_again_when_the_report_comes_back(
        self, study: Study, finding: FindingId, tmp_path: Path, rules: dict[str, object]
    ) -> None:
        study.project.set_setting(SETTING, rules)
        document = written(study.project, tmp_path)
        assert checked(study.project, tmp_path / "report.docx").differences == ()
        quote = next(p for p in document.paragraphs if "miles" in p.text)
        for run in quote.runs:
            run.text = run.text.replace("nobody", "hardly anybody")
        document.save(str(tmp_path / "report.docx"))
        assert [d.kind.value for d in checked(study.project, tmp_path / "report.docx").differences] == ["quote changed"]


class DescribeNumbers:
    def it_says_after_the_sentence_how_many_of_how_many(self, study: Study, finding: FindingId) -> None:
        assert "Most people walked far. Buses" in str(content.build(study.project))
        study.project.set_setting(SETTING, {"numbers": True})
        built = str(content.build(study.project))
        assert built.count("Most people walked far (3 of 3). Buses were few.") == 2  # in the summary too

    def it_leaves_a_sentence_that_says_its_count_as_it_is(self, study: Study, finding: FindingId) -> None:
        study.project.set_setting(SETTING, {"numbers": True})
        study.project.findings.write(finding, text="Most people, {count}, walked far.", summary="Walking is usual.")
        built = str(content.build(study.project))
        assert "Most people, three of the three asked, walked far." in built
        assert "Walking is usual." in built
        assert "(3 of 3)" not in built

    @pytest.mark.parametrize(
        ("texts", "read_as"),
        [
            (("Most ", "carers waited", ". Long."), "Most carers waited (2 of 3). Long."),
            (("Nobody spoke. ", "Some did: they sang"), "Nobody spoke. Some did (2 of 3): they sang"),
            (("Most carers waited",), "Most carers waited (2 of 3)"),
            (("Carers waited.",), "Carers waited."),
        ],
    )
    def it_finds_the_end_of_the_sentence(self, texts: tuple[str, ...], read_as: str) -> None:
        inlines = tuple(Text(words, bold=n % 2 == 1) for n, words in enumerate(texts))
        assert read(numbered(inlines, Count(2, 3), HOUSE_SCALE)) == read_as

    def it_does_not_come_back_as_words_of_the_analyst(self, study: Study, finding: FindingId, tmp_path: Path) -> None:
        study.project.set_setting(SETTING, {"numbers": True})
        document = written(study.project, tmp_path)
        said = [p for p in document.paragraphs if p.text.startswith("Most people")][-1]
        said.runs[-1].text = said.runs[-1].text.replace("few", "rare")
        document.save(str(tmp_path / "report.docx"))
        found = checked(study.project, tmp_path / "report.docx")
        take_back(study.project, found.takeable)
        assert study.project.findings.all()[0].text == "Most people **walked far**. Buses were rare."


class DescribeTheLanguage:
    def it_is_that_of_the_house_or_else_of_the_shape(self, study: Study) -> None:
        assert content.build(study.project).language == "en-GB"
        study.project.set_setting(SETTING, {"language": "en-US"})
        assert content.build(study.project).language == "en-US"

    @pytest.mark.parametrize(("language", "day"), [("en-GB", "5 March 2026"), ("en-US", "March 5, 2026")])
    def it_writes_dates_its_own_way(self, study: Study, language: str, day: str) -> None:
        report = study.project.reports.add()
        study.project.reports.change(report, published_on=dt.date(2026, 3, 5))
        study.project.set_setting(SETTING, {"language": language})
        assert day in str(content.build(study.project))


class DescribeACountThatChanged:
    def it_is_told_where_the_word_still_fits(self, study: Study, finding: FindingId) -> None:
        project = study.project
        project.findings.write(finding, text="Most people walked.", count=(2, 2))
        told = [c.sentence for c in check(project) if c.rule is Rule.COUNT_CHANGED]
        assert told == [
            "“Most” was written when it was 2 of 2 people; now it is 3 of 3: The finding “Most people walked.”."
        ]
        project.findings.recount(finding, (3, 3))
        assert [c for c in check(project) if c.rule is Rule.COUNT_CHANGED] == []
        project.undo()
        assert len([c for c in check(project) if c.rule is Rule.COUNT_CHANGED]) == 1
