"""The methodology: what the project knows, in sentences that the analyst can move, reword and leave out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import update

from qualcode.core.project import Project
from qualcode.core.schema import FrameworkVersion
from qualcode.report import content, facts
from qualcode.report.blocks import Report
from qualcode.report.checks import Rule, check
from tests.helpers.projects import a_project, an_interview, code_words
from tests.report.conftest import Sample, Study


def methodology(project: Project) -> list[str]:
    """The lines of the section."""
    part = next(s for s in content.build(project).sections if s.key == "methodology")
    return str(Report("", "", (part,))).splitlines()


def write(study: Study, **texts: str) -> None:
    report_id = study.project.reports.add("insight", "On the road")
    for key, text in texts.items():
        study.project.reports.write(report_id, key, text)


@pytest.fixture
def two_interviews(study: Study) -> Study:
    """One of 40 minutes by video, one of an hour face to face, both in May 2025."""
    for pseudonym, mode, minutes, day in (("P01", "video", 40, 3), ("P02", "face to face", 60, 20)):
        study.interview(pseudonym, "I walked.")
        interview = study.project.transcripts.interviews()[-1]
        study.project.transcripts.change(
            interview.id, held_on=dt.date(2025, 5, day), mode=mode, duration_seconds=minutes * 60
        )
    return study


class DescribeWhatIsMissing:
    def it_stands_as_a_gap_in_the_document(self, study: Study) -> None:
        study.interview("P01", "I walked.")
        words = "\n".join(methodology(study.project))
        for gap in (
            "[To be filled in: the date of one interview]",
            "[To be filled in: how one interview was held]",
            "[To be filled in: the length of one interview]",
            "[To be filled in: the topic guide]",
            "[To be filled in: the groups of participants, and how many are in each]",
        ):
            assert gap in words

    def it_stands_beside_what_is_known_of_the_others(self, two_interviews: Study) -> None:
        two_interviews.interview("P03", "I ran.")
        words = "\n".join(methodology(two_interviews.project))
        assert "The interviews were held in May 2025. [To be filled in: the date of one interview]" in words
        assert "Those whose length was recorded lasted between 40 minutes and 1 hour." in words

    def it_is_listed_by_the_checks(self, study: Study) -> None:
        study.interview("P01", "I walked.")
        listed = [c.sentence for c in check(study.project) if c.rule is Rule.PLACEHOLDER]
        assert "Methodology: To be filled in: the date of one interview." in listed
        assert "Methodology: To be filled in: the topic guide." in listed

    def it_is_gone_once_the_project_knows(self, two_interviews: Study) -> None:
        words = "\n".join(methodology(two_interviews.project))
        assert "One was held by video and one face to face." in words
        assert "They lasted between 40 minutes and 1 hour." in words
        assert "interviews]" not in words


class DescribeWordsOfTheAnalystsOwn:
    def it_says_a_sentence_where_the_text_puts_it_and_not_again(self, two_interviews: Study) -> None:
        write(two_interviews, interviews="We went to people. {fact: modes} Nobody was paid.")
        lines = methodology(two_interviews.project)
        assert "We went to people. One was held by video and one face to face. Nobody was paid." in lines
        assert sum("face to face" in line for line in lines) == 1
        assert "The interviews were held in May 2025. They lasted between 40 minutes and 1 hour." in lines

    def it_fills_a_phrase_into_a_sentence_that_stands_for_its_own(self, two_interviews: Study) -> None:
        write(two_interviews, interviews="Nobody talked for more than {fact: longest}.")
        lines = methodology(two_interviews.project)
        assert "Nobody talked for more than 1 hour." in lines
        assert not any("lasted" in line for line in lines)

    def it_leaves_a_sentence_out(self, two_interviews: Study) -> None:
        write(two_interviews, interviews="{without: lengths}", sampling="{without: table} All who were asked came.")
        lines = methodology(two_interviews.project)
        assert not any("lasted" in line for line in lines)
        assert not any("by group" in line or "the groups of participants" in line for line in lines)
        assert all(line.strip() for line in lines)

    def it_follows_the_project(self, two_interviews: Study) -> None:
        write(two_interviews, interviews="Nobody talked for more than {fact: longest}.")
        longest = two_interviews.project.transcripts.interviews()[-1]
        two_interviews.project.transcripts.change(longest.id, duration_seconds=90 * 60)
        assert "Nobody talked for more than 1 hour 30 minutes." in methodology(two_interviews.project)

    def it_may_name_facts_anywhere(self, two_interviews: Study) -> None:
        write(two_interviews, context="It rests on {fact: interviews} {fact: held}.")
        assert "It rests on two interviews held in May 2025." in str(content.build(two_interviews.project))
        assert any("lasted" in line for line in methodology(two_interviews.project))

    def it_shows_a_fact_that_there_is_not_as_a_gap(self, study: Study) -> None:
        write(study, analysis="As {fact: weather} has it.")
        assert "As [There is no fact called weather] has it." in methodology(study.project)

    @pytest.mark.parametrize("name", facts.FACTS)
    def it_can_place_every_fact_of_the_sample(self, sample: Sample, name: str) -> None:
        report = sample.project.reports.all()[0]
        material = content.Material(sample.project, report)
        said = facts.in_words(name, material)
        gone = {"agreement", "stages", "uncoded"}  # one analyst, everything coded on one day
        assert ("nothing to say" in str(said)) == (name in gone)


class DescribeTheStages:
    @pytest.fixture
    def coded(self, study: Study) -> Study:
        study.segment(study.interview("P01", "I walked.")[1], "I walked.")
        return study

    def it_dates_those_that_the_log_tells_apart(self, coded: Study) -> None:
        for stage, day in (("code", 4), ("themes", 20)):
            coded.project.move_to_stage(stage)
            kept = coded.project.themes.versions()[-1]
            when = dt.datetime(2025, 6, day, 9, tzinfo=dt.UTC)
            with coded.project.step("As a file has it whose stages began on other days"):
                version = update(FrameworkVersion).where(FrameworkVersion.id == kept.id)
                coded.project._journal.write(version.values(created_at=when))
        said = "The stages began as follows: coding on 4 June 2025 and the development of themes on 20 June 2025."
        assert any(said in line for line in methodology(coded.project))

    def it_asks_for_them_where_neither_log_nor_analyst_tells(self, coded: Study) -> None:
        gap = "[To be filled in: when the stages of the analysis began]"
        assert any(gap in line for line in methodology(coded.project))
        write(coded, analysis="We coded in June and wrote in July.")
        assert not any(gap in line for line in methodology(coded.project))


class DescribeAgreement:
    def it_counts_the_turns_that_both_gave_a_code_to(self, tmp_path: Path) -> None:
        with a_project(tmp_path) as ada:
            walking, buses = ada.codebook.add("Walking"), ada.codebook.add("Buses")
            _, transcript = an_interview(ada, "P01", "I walked there.", "The bus was late.", "I sat down.")
            code_words(ada, transcript, "walked", walking)
            code_words(ada, transcript, "late", buses)
        with Project.open(tmp_path / "study.qualcode", coder="Ben") as ben:
            assert not any("coded by two analysts" in line for line in methodology(ben))
            code_words(ben, transcript, "I walked there.", walking)
            code_words(ben, transcript, "sat", walking)
            assert any(
                "One interview was coded by two analysts: of the three cases in which either of them "
                "gave a code to a turn, both did in one (33 per cent)." in line
                for line in methodology(ben)
            )

    def it_says_when_nobody_coded_what_another_had_coded(self, tmp_path: Path) -> None:
        with a_project(tmp_path) as ada:
            code = ada.codebook.add("Walking")
            code_words(ada, an_interview(ada, "P01", "I walked there.")[1], "walked", code)
            _, other = an_interview(ada, "P02", "I ran there.")
        with Project.open(tmp_path / "study.qualcode", coder="Ben") as ben:
            code_words(ben, other, "ran", code)
            assert any("No interview was coded by more than one of them." in line for line in methodology(ben))
