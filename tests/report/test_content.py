"""What the report says, before it is any document."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace

import pytest

from qualcode.core.rows import ReportRow
from qualcode.core.values import WaveId
from qualcode.errors import UserError
from qualcode.report import content
from qualcode.report.blocks import (
    BlockQuote,
    Chart,
    CrossReference,
    Footnote,
    Gap,
    Heading,
    Paragraph,
    Placeholder,
    Report,
    Table,
    every,
    inlines_of,
    quotes_in,
    read,
)
from qualcode.report.checks import check
from tests.report.conftest import Sample, Study


def section(report: Report, key: str) -> str:
    """A section as plain text."""
    part = next(s for s in report.sections if s.key == key)
    return str(Report("", "", (part,)))


def placeholders(report: Report) -> list[str]:
    gaps = [i.text for b in report.blocks for run in inlines_of(b) for i in every(run) if isinstance(i, Gap)]
    return [b.ask for b in report.blocks if isinstance(b, Placeholder)] + gaps


@pytest.fixture(scope="module")
def report(sample: Sample) -> Report:
    return content.build(sample.project)


class DescribeTheInsightReportOfTheSample:
    def it_has_the_parts_of_an_insight_report_in_order(self, report: Report) -> None:
        titles = [b.full for b in report.blocks if isinstance(b, Heading) and b.level == 1]
        assert titles[:6] == [
            "Executive summary",
            "Context",
            "Methodology",
            "Key findings",
            "Changes since wave 1",
            "Discussion",
        ]
        assert titles[-6:] == [
            "Appendix 1: Evaluation questions and findings",
            "Appendix 2: Topic guides",
            "Appendix 3: How quantity words are used",
            "Appendix 4: Participants",
            "Appendix 5: Themes by number of people",
            "Appendix 6: Codebook",
        ]

    def it_leaves_no_gap_and_no_mark(self, report: Report) -> None:
        assert placeholders(report) == []
        words = "".join(read(run) for b in report.blocks for run in inlines_of(b))
        assert "**" not in words
        assert "{" not in words

    def it_says_in_the_summary_what_it_rests_on(self, report: Report) -> None:
        assert (
            "Findings are based on 16 interviews with 18 participants (nine carers, five professionals and four "
            "volunteers), held in two waves: eight between October and November 2024 and eight between October and "
            "November 2025."
        ) in section(report, "summary")

    def it_gives_the_findings_in_the_summary_without_their_quotes(self, report: Report) -> None:
        summary = next(s for s in report.sections if s.key == "summary")
        assert not any(list(quotes_in(block)) for block in summary.blocks)
        for theme in ("Finding the way in", "The break itself", "Being known", "Company", "Getting to it"):
            assert theme in section(report, "summary")

    def it_fills_the_methodology_from_the_data(self, report: Report) -> None:
        words = section(report, "methodology")
        for fact in (
            "Sixteen interviews were held with 18 participants.",
            "Four of them took part in both waves.",
            "Ten were held face to face, five by video and one by telephone.",
            "lasted between 18 minutes and 50 minutes",
            "- Finding out",
            "- Expectations (wave 1)",
            "360 passages were coded by one analyst, using 39 codes",
        ):
            assert fact in words

    def it_shows_every_finding_once_in_bold_with_its_quotes_after_it(self, sample: Sample, report: Report) -> None:
        findings = next(s for s in report.sections if s.key == "findings").blocks
        shown = [b.origin.id for b in findings if isinstance(b, Paragraph) and b.origin and b.origin.of == "finding"]
        assert sorted(shown) == sorted(f.id for f in sample.project.findings.all())
        for block, after in itertools.pairwise(findings):
            if isinstance(after, BlockQuote) and isinstance(block, Paragraph):
                assert block.leads_in
                assert any(getattr(i, "bold", False) for i in block.inlines)

    def it_says_what_changed_and_where_no_claim_can_be_made(self, report: Report) -> None:
        words = section(report, "changes")
        assert "What comes after | 7 of 9 | 13 of 13 | Stronger" in words
        assert "What people hoped for | 7 of 9 | not asked | No claim possible" in words
        assert "Different people were interviewed" in words
        [chart] = [b for b in report.blocks if isinstance(b, Chart)]
        assert [s.name for s in chart.series] == ["Wave 1 (9 interviewed)", "Wave 2 (13 interviewed)"]

    def it_refers_to_tables_and_appendices_that_are_there(self, report: Report) -> None:
        references = [
            i for b in report.blocks for run in inlines_of(b) for i in every(run) if isinstance(i, CrossReference)
        ]
        marked = {b.bookmark for b in report.blocks if isinstance(b, Heading | Table | Chart)}
        assert {r.bookmark for r in references} <= marked
        assert {"Table 1", "Table 2", "Figure 1", "Appendix 2", "Appendix 3"} <= {r.text for r in references}

    def it_counts_no_group_that_would_give_somebody_away(self, report: Report) -> None:
        [people] = [b for b in report.blocks if isinstance(b, Table) and b.caption == "Participants by characteristic"]
        assert all(int(read(row.cells[1])) >= 3 for row in people.rows if not row.band)

    def it_can_be_of_one_wave(self, sample: Sample) -> None:
        last = sample.project.waves.all()[-1]
        of_wave = content.build(sample.project, _on_wave(sample, last.id))
        assert "eight interviews with 13 participants" in section(of_wave, "summary")
        assert "Wave 2, autumn 2025" in section(of_wave, "cover")


def _on_wave(sample: Sample, wave_id: WaveId) -> ReportRow:
    return replace(sample.project.reports.all()[0], wave_id=wave_id)


class DescribeAReportJustBegun:
    def it_asks_for_what_the_data_cannot_know(self, study: Study) -> None:
        asked = placeholders(content.build(study.project))
        for what in ("the authors", "the date of publication", "what the programme is", "what the findings amount to"):
            assert any(what in ask for ask in asked), what

    def it_has_no_section_for_what_there_is_none_of(self, study: Study) -> None:
        keys = [s.key for s in content.build(study.project).sections]
        assert "changes" not in keys
        assert "discussion" not in keys
        assert "codebook" in keys

    def it_knows_no_other_shape_by_a_wrong_name(self, study: Study) -> None:
        with pytest.raises(UserError, match="no report shape “sonnet”"):
            content.build(study.project, "sonnet")

    def it_takes_the_wordings_of_the_analyst(self, study: Study) -> None:
        report_id = study.project.reports.add("insight", "On the road")
        study.project.reports.change(report_id, authors="Ada Wren", published_on=dt.date(2026, 2, 3))
        study.project.reports.write(report_id, "context", "It *began* in May.\n\n- by bus\n- on foot")
        built = content.build(study.project)
        assert "3 February 2026" in section(built, "cover")
        assert section(built, "context").splitlines()[1:] == ["It began in May.", "- by bus", "- on foot"]


class DescribeAppendices:
    def it_puts_the_analysts_words_before_what_the_data_says(self, study: Study) -> None:
        report_id = study.project.reports.add("insight", "On the road")
        study.project.reports.write(report_id, "codebook", "The codes, as *agreed*.")
        lines = section(content.build(study.project), "codebook").splitlines()
        assert lines[0].endswith("Codebook")
        assert lines[1] == "The codes, as agreed."
        assert lines[2].startswith("Table")

    def it_asks_once_for_all_that_its_rows_lack(self, study: Study) -> None:
        study.project.codebook.add("Weather")
        asked = [c.sentence for c in check(study.project) if "code covers" in c.sentence]
        assert asked == ["Appendix 3: Codebook: To be filled in: what a code covers (2 times)."]


class DescribeMarksInAFinding:
    def it_fills_in_counts_notes_and_references(self, study: Study) -> None:
        for number in range(3):
            _, transcript = study.interview(f"P0{number}", "I walked.")
            study.segment(transcript, "I walked.")
        carried = [s.id for s in study.project.coding.all()]
        study.finding("They **walked**, {count}{note: In May.}; see {see: Codebook}.", *carried)
        findings = next(s for s in content.build(study.project).sections if s.key == "findings")
        [block] = [b for b in findings.blocks if isinstance(b, Paragraph) and b.origin and b.origin.of == "finding"]
        assert read(block.inlines) == ("They walked, three of the three asked [Footnote: In May.]; see Appendix 3.")
        assert any(isinstance(i, Footnote) for i in block.inlines)

    def it_shows_a_mark_that_leads_nowhere_as_a_gap(self, study: Study) -> None:
        study.finding("They **walked**, as in {see: The Moon} and {q:Q-9999}.")
        gaps = placeholders(content.build(study.project))
        assert "There is nothing called The Moon to refer to" in gaps
        assert "There is no quote Q-9999" in gaps

    def it_says_how_widely_something_was_heard(self, study: Study) -> None:
        area = study.project.people.add_attribute("Area", "choice", ["Coast", "Hills", "Town"])
        for number, where in enumerate(("Coast", "Hills", "Town")):
            person, transcript = study.interview(f"P0{number}", "I walked.")
            study.project.people.set_value(person, area, where)
            study.segment(transcript, "I walked.")
        carried = [s.id for s in study.project.coding.all()]
        study.finding("It was raised by {spread: Area}.", *carried[:2])
        findings = section(content.build(study.project), "findings")
        assert "It was raised by participants from two of the three areas." in findings
