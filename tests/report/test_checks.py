"""What the running checks say, and what they keep silent about."""

from __future__ import annotations

import pytest

from qualcode.core.findings import COUNTERS
from qualcode.core.values import SegmentId, Span
from qualcode.guard import Guard
from qualcode.report import content
from qualcode.report.balance import Share, balance
from qualcode.report.checks import Check, Rule, Severity, check
from qualcode.report.material import Material
from qualcode.report.quoting import Quoting
from tests.report.conftest import Sample, Study


def said(study: Study, rule: Rule) -> list[str]:
    return [found.sentence for found in check(study.project) if found.rule is rule]


def walkers(study: Study, number: int) -> list[SegmentId]:
    """So many people, each with one coded passage; the segments."""
    found = []
    for n in range(number):
        _, transcript = study.interview(f"P{n + 1:02}", f"I walked {n} miles.")
        found.append(study.segment(transcript, f"I walked {n} miles."))
    return found


class DescribeTheChecks:
    def it_finds_nothing_to_say_of_the_sample(self, sample: Sample) -> None:
        assert check(sample.project) == []

    def it_puts_the_gravest_first(self, study: Study) -> None:
        study.finding("Ring 01632 960417.")
        found: list[Check] = check(study.project)
        assert [f.severity for f in found] == sorted((f.severity for f in found), key=list(Severity).index)
        assert found[0].rule is Rule.IDENTIFIER
        assert found[0].severity is Severity.STOP

    def it_misses_quotes_and_evidence(self, study: Study) -> None:
        study.finding("They **walked** a lot.")
        assert said(study, Rule.NO_QUOTE) == ["The finding “walked” has no quote."]
        assert said(study, Rule.NO_EVIDENCE) == ["The finding “walked” rests on no segment."]

    @pytest.mark.parametrize(("word", "fits"), [("All", False), ("Most", True), ("One", False)])
    def it_holds_quantity_words_against_the_people_behind_them(self, study: Study, word: str, fits: bool) -> None:
        segments = walkers(study, 4)
        study.finding(f"{word} of the participants **walked**.", *segments[:3])
        found = [f for f in check(study.project) if f.rule is Rule.QUANTITY]
        assert (found == []) is fits
        if not fits:
            assert found[0].sentence.startswith(f"“{word}”, but it is 3 of 4 people: The finding “walked”.")
            assert "most" in found[0].offers

    def it_notices_that_the_coding_of_a_quote_is_gone(self, study: Study) -> None:
        [segment] = walkers(study, 1)
        study.quoted("Somebody **walked**.", segment)
        study.project.coding.remove([segment])
        assert said(study, Rule.NOT_CODED) == ["The coding of Q-0001 was removed."]

    def it_notices_words_quoted_twice(self, study: Study) -> None:
        [segment] = walkers(study, 1)
        study.quoted("Somebody **walked**.", segment)
        study.quoted("Somebody **got there**.", segment)
        assert said(study, Rule.QUOTED_TWICE) == ["Q-0002 and Q-0001 quote the same words."]

    def it_notices_who_is_quoted_often_and_who_never(self, study: Study) -> None:
        walkers(study, 3)
        _, transcript = study.interview("P09", *(f"I ran {n} times." for n in range(5)))
        for n in range(5):
            study.quoted(f"Somebody **ran {n}**.", study.segment(transcript, f"I ran {n} times."))
        assert said(study, Rule.QUOTED_OFTEN) == ["P09 is quoted 5 times, where the average is 1.2."]
        assert said(study, Rule.NEVER_QUOTED) == [f"P0{n} is never quoted." for n in (1, 2, 3)]

    def it_notices_a_group_nobody_of_which_is_quoted(self, study: Study) -> None:
        role = study.project.people.add_attribute("Role", "choice", ["Carer", "Staff"])
        segments = walkers(study, 2)
        for person, value in zip(study.project.people.all(), ("Carer", "Staff"), strict=True):
            study.project.people.set_value(person.id, role, value)
        study.quoted("Somebody **walked**.", segments[0])
        assert said(study, Rule.GROUP_MISSING) == ["No quote is from the group “Staff”."]

    def it_warns_of_an_attribution_that_fits_too_few(self, study: Study) -> None:
        role = study.project.people.add_attribute("Role", "choice", ["Carer", "Harbour master"])
        segments = walkers(study, 4)
        for n, person in enumerate(study.project.people.all()):
            study.project.people.set_value(person.id, role, "Carer" if n else "Harbour master")
        quote = study.quoted("Somebody **walked**.", segments[0])
        assert said(study, Rule.ATTRIBUTION) == [
            "“Harbour master” under Q-0001 fits fewer than three people. It is left out."
        ]
        study.project.findings.attribute(quote, "Harbour master, wave 1")
        assert said(study, Rule.ATTRIBUTION) == [
            "“Harbour master, wave 1” under Q-0001 fits one person. Leave out the one under Q-0001."
        ]

    def it_lists_what_is_still_to_be_written(self, study: Study) -> None:
        sentences = said(study, Rule.PLACEHOLDER)
        assert any(s.startswith("Context: To be written: what the programme is") for s in sentences)
        assert "Cover: To be written: the authors." in sentences

    def it_notices_a_person_who_has_withdrawn(self, study: Study) -> None:
        person, transcript = study.interview("P01", "I hated it.")
        study.interview("P02", "I did not.")
        study.quoted("Somebody **hated it**.", study.segment(transcript, "I hated it."))
        study.withdraw(person)
        assert said(study, Rule.WITHDRAWN) == ["Q-0001 is from somebody who has withdrawn. It is left out."]

    def it_notices_that_the_interviewer_is_cut_out_of_a_quote(self, study: Study) -> None:
        _, transcript = study.interview("P01", "It was cold.", "So we left.")
        text = study.project.transcripts.text(transcript)
        span = Span(text.index("It was cold"), len(text))
        study.quoted("Somebody **left**.", study.project.coding.apply(transcript, span, study.code))
        assert said(study, Rule.INTERVIEWER) == ["Q-0001 reaches over the interviewer’s words, which are cut."]

    def it_notices_a_theme_on_one_person_and_an_interview_not_coded(self, study: Study) -> None:
        [segment] = walkers(study, 1)
        study.quoted("Somebody **walked**.", segment)
        study.interview("P07", "Nothing here.")
        assert said(study, Rule.ONE_PERSON) == ["The theme “Getting there” rests on one person."]
        assert said(study, Rule.UNCODED) == ["Nothing is coded in the interview “P07 1”."]

    def it_notices_an_evaluation_question_without_an_answer(self, study: Study) -> None:
        study.project.waves.add_evaluation_question("How do people get there?")
        assert said(study, Rule.QUESTION) == ["No finding answers the evaluation question “How do people get there?”"]


class DescribeCounterViews:
    """People who see it otherwise are to be mentioned in the finding."""

    def _against(self, study: Study, text: str, people: int) -> list[str]:
        _, first = study.interview("P01", "The bus always came.")
        finding = study.finding(text, study.segment(first, "The bus always came."))
        for n in range(people):
            _, other = study.interview(f"P1{n}", f"It was late {n + 2} times.")
            study.project.findings.attach(finding, [study.segment(other, f"It was late {n + 2} times.")], COUNTERS)
        return [c.sentence for c in check(study.project) if c.rule is Rule.COUNTER_VIEW]

    def it_names_a_finding_that_two_people_speak_against_in_silence(self, study: Study) -> None:
        sentence = "Two people speak against the finding “came on time”, which does not say so."
        assert self._against(study, "The bus **came on time**.", 2) == [sentence]

    def it_leaves_one_person_to_the_analyst(self, study: Study) -> None:
        assert self._against(study, "The bus **came on time**.", 1) == []

    def it_is_content_when_the_finding_says_so(self, study: Study) -> None:
        assert self._against(study, "The bus **came on time**, but it was late for two.", 2) == []


class DescribeBalance:
    def it_counts_quotes_by_person_and_by_group(self, study: Study) -> None:
        role = study.project.people.add_attribute("Role", "choice", ["Carer", "Staff"])
        for pseudonym, value, quotes in (("P01", "Carer", 2), ("P02", "Carer", 0), ("P03", "Staff", 1)):
            words = [f"Sentence {n} of {pseudonym} here." for n in range(3)]
            person, transcript = study.interview(pseudonym, *words)
            study.project.people.set_value(person, role, value)
            for said in words[:quotes]:
                study.quoted("Somebody **spoke**.", study.segment(transcript, said))
        material = Material(study.project, content.report_of(study.project, "insight"))
        found = balance(
            material, Quoting(material, Guard(study.project, unreviewed=())), study.project.findings.quotes()
        )
        assert [(p.pseudonym, n) for p, n in found.people] == [("P01", 2), ("P03", 1), ("P02", 0)]
        assert found.groups == (Share("Carer", 2, 1, 2), Share("Staff", 1, 1, 1))
        assert found.average == 1
