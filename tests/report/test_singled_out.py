"""Who could be found by what stands under the quotes of a report."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.core.values import QuoteId
from qualcode.errors import ExportBlocked
from qualcode.report import house
from qualcode.report.checks import Rule, Severity, check
from qualcode.report.export import export_report
from tests.helpers.projects import an_interview
from tests.report.conftest import Study

PEOPLE = [
    ("Mentor", "East"),
    ("Mentor", "West"),
    ("Mentor", "West"),
    ("Carer", "East"),
    ("Carer", "East"),
    ("Carer", "East"),
]


@pytest.fixture
def quotes(study: Study) -> list[QuoteId]:
    """Three mentors, only one of them from the East, and three carers. Two quotes of hers, one of a carer’s."""
    people = study.project.people
    role = people.add_attribute("Role", "choice", ["Mentor", "Carer"])
    area = people.add_attribute("Area", "choice", ["East", "West"])
    segments = []
    for n, (is_a, lives) in enumerate(PEOPLE):
        person, transcript = study.interview(f"P{n + 1:02}", f"I walked {n} miles.", f"And {n} back.")
        people.set_value(person, role, is_a)
        people.set_value(person, area, lives)
        segments += [
            study.segment(transcript, f"I walked {n} miles."),
            study.segment(transcript, f"And {n} back."),
        ]
    study.project.set_setting(house.SETTING, {"fewest": 3, "attributions": ["{Role}"]})
    return [study.quoted("Some **walked**.", segment) for segment in (segments[0], segments[1], segments[8])]


def said(study: Study, rule: Rule) -> list[str]:
    return [found.sentence for found in check(study.project) if found.rule is rule]


class DescribeOneAttribution:
    def it_says_whom_one_typed_by_hand_fits_and_what_would_do(self, study: Study, quotes: list[QuoteId]) -> None:
        study.project.findings.attribute(quotes[0], "Mentor, East")
        assert said(study, Rule.ATTRIBUTION) == [
            "“Mentor, East” under Q-0001 fits one person. Put “Mentor” under Q-0001."
        ]

    def it_goes_by_the_number_that_the_house_sets(self, study: Study, quotes: list[QuoteId]) -> None:
        study.project.findings.attribute(quotes[0], "Mentor, East")
        study.project.set_setting(house.SETTING, {"fewest": 1, "attributions": ["{Role}"]})
        assert said(study, Rule.ATTRIBUTION) == []


class DescribeAttributionsTogether:
    def it_sees_the_role_in_one_quote_and_the_area_in_the_next(self, study: Study, quotes: list[QuoteId]) -> None:
        study.project.findings.attribute(quotes[1], "Somebody from the East")
        assert said(study, Rule.ATTRIBUTION) == []
        assert said(study, Rule.TOGETHER) == [
            "Q-0001 and Q-0002 are from one person, and “Mentor” and “Somebody from the East” together fit one person. "
            "Put “Mentor” under Q-0002."
        ]

    def it_says_nothing_of_two_people(self, study: Study, quotes: list[QuoteId]) -> None:
        study.project.findings.attribute(quotes[2], "Somebody from the East")
        assert said(study, Rule.TOGETHER) == []

    def it_says_nothing_where_the_second_tells_nothing_new(self, study: Study, quotes: list[QuoteId]) -> None:
        study.project.findings.attribute(quotes[1], "Another mentor")
        assert said(study, Rule.TOGETHER) == []


class DescribeWaveToWave:
    """Last year's report told the area of a mentor, this year's tells that she is one."""

    @pytest.fixture
    def reported(self, study: Study) -> list[QuoteId]:
        project = study.project
        first, second = project.waves.add("Wave 1"), project.waves.add("Wave 2")
        role = project.people.add_attribute("Role", "choice", ["Mentor", "Carer"])
        area = project.people.add_attribute("Area", "choice", ["East", "West"])
        quotes = []
        for number, (is_a, lives) in enumerate(PEOPLE):
            for wave in (first, second):
                said = f"I walked {number} miles in {'spring' if wave == first else 'autumn'}."
                person, transcript = an_interview(project, f"P{number + 1:02}", said, wave_id=wave)
                project.people.set_value(person, role, is_a)
                project.people.set_value(person, area, lives)
                if number == 0:
                    segment = study.segment(transcript, said)
                    finding = project.findings.add(study.theme, "Some **walked**.")
                    project.findings.speak_of(finding, wave_id=wave, attribute_id=None, value="")
                    project.findings.attach(finding, [segment])
                    quotes.append(project.findings.quote(finding, segment))
        project.set_setting(house.SETTING, {"fewest": 3, "attributions": ["{Role}"]})
        report = project.reports.add("insight", "The second")
        project.reports.change(report, wave_id=second)
        project.findings.attribute(quotes[0], "Somebody from the East")
        return quotes

    def it_reads_the_report_beside_those_on_the_waves_before(self, study: Study, reported: list[QuoteId]) -> None:
        assert said(study, Rule.TOGETHER) == [
            "Q-0001 (Wave 1) and Q-0002 are from one person, and “Somebody from the East” and “Mentor” together fit "
            "one person. Leave out the one under Q-0002."
        ]

    def it_says_nothing_where_the_first_told_nothing(self, study: Study, reported: list[QuoteId]) -> None:
        study.project.findings.attribute(reported[0], "")
        assert said(study, Rule.TOGETHER) == []

    def it_looks_no_further_than_back(self, study: Study, reported: list[QuoteId]) -> None:
        first = study.project.waves.all()[0]
        (report,) = study.project.reports.all()
        study.project.reports.change(report.id, wave_id=first.id)
        assert said(study, Rule.TOGETHER) == []


class DescribeTheGate:
    @pytest.mark.parametrize("words", ["Mentor, East", "Somebody from the East"])
    def it_holds_the_report_back_and_lets_it_go_for_a_reason(
        self, study: Study, quotes: list[QuoteId], words: str, tmp_path: Path
    ) -> None:
        study.project.findings.attribute(quotes[1], words)
        with pytest.raises(ExportBlocked) as held:
            export_report(study.project, tmp_path / "report.docx")
        assert any("Q-0002" in place and "one person" in place for place in held.value.places)
        assert not (tmp_path / "report.docx").exists()
        assert {c.severity for c in check(study.project) if "one person" in c.sentence and "Q-0002" in c.sentence} == {
            Severity.STOP
        }
        export_report(study.project, tmp_path / "report.docx", override_reason="They agreed to be named")
        assert study.project.log()[-1].detail["override"] == "They agreed to be named"
