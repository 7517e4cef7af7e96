"""Where an imported transcript goes: its wave, its people, its title; and what is the same person or interview."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.landing import (
    NEW,
    Roster,
    Twins,
    Who,
    Wish,
    alike,
    called,
    follow,
    is_version_of,
    joined,
    land,
    propose,
    seated,
    title_of,
    wave_for,
    wave_named,
)
from qualcode.core.project import Project
from qualcode.core.rows import ParticipantRow
from qualcode.core.values import InterviewFacts, ParticipantId, Role, Speaker, Transcript
from qualcode.errors import UserError
from tests.helpers.projects import code_words, dialogue, everything, span_of


def people(*known: tuple[str, str]) -> list[ParticipantRow]:
    return [ParticipantRow(ParticipantId(p), p, name, "", None, {}) for p, name in known]


def spoken(*labels: str, name: str = "a.txt", facts: InterviewFacts | None = None) -> Transcript:
    """An interview with an interviewer and these voices."""
    said = [("Interviewer", "How was it?")] + [(label, f"It was fine, says {label}.") for label in labels]
    return replace(dialogue(*said, name=name), facts=facts or InterviewFacts())


class DescribeTheRoster:
    def it_knows_a_pseudonym_however_it_is_written(self) -> None:
        roster = Roster(people(("P07", "Bev Stannard")))
        assert [roster.seat(Who(p)).pseudonym for p in ("P7", "p-07", "P 007", "p07")] == ["P07"] * 4

    def it_knows_a_person_by_their_very_name(self) -> None:
        roster = Roster(people(("P07", "Bev Stannard")))
        assert roster.seat(Who(name="bev  stannard")).pseudonym == "P07"

    def it_takes_nobody_for_somebody_of_a_like_name_but_says_who_it_could_be(self) -> None:
        roster = Roster(people(("P07", "Bev Stannard"), ("P08", "Carl Roe")))
        assert roster.find(Who(name="Bev")) is None
        assert [who.pseudonym for who in roster.alike("Bev")] == ["P07"]
        assert roster.seat(Who(name="Bev")).pseudonym == "P09"

    def it_gives_everybody_new_a_pseudonym_that_nobody_has(self) -> None:
        roster = Roster(people(("P09", "")))
        assert [roster.seat(NEW).pseudonym for _ in range(3)] == ["P10", "P11", "P12"]

    def it_keeps_a_pseudonym_that_is_spoken_of_later_in_the_batch(self) -> None:
        wishes = [Wish(people={"Ann": Who(name="Ann")}), Wish(people={"P01": Who("P01")})]
        first, second = seated([], wishes)
        assert (first.people["Ann"].pseudonym, second.people["P01"].pseudonym) == ("P02", "P01")

    @given(st.lists(st.sampled_from(["P01", "P2", "Ann", "Ben", ""]), max_size=8))
    def it_never_gives_two_people_of_a_batch_one_pseudonym(self, names: list[str]) -> None:
        whos = [Who(n) if n[:1] == "P" else Who(name=n) for n in names]
        found = [wish.people["voice"].pseudonym for wish in seated([], [Wish(people={"voice": who}) for who in whos])]
        assert len(set(found)) == len({n for n in names if n}) + names.count("")

    @pytest.mark.parametrize(("one", "other"), [("Bev", "Bev Stannard"), ("BS", "Bev Stannard"), ("J Roe", "Ann Roe")])
    def it_finds_names_alike_by_a_word_or_the_initials(self, one: str, other: str) -> None:
        assert alike(one, other)
        assert alike(other, one)

    def it_does_not_find_others_alike(self) -> None:
        assert not alike("Bev", "Beverley Stannard")
        assert not alike("", "Bev")


class DescribeWhatIsProposed:
    def it_calls_a_voice_by_its_label_unless_that_says_nothing(self) -> None:
        assert called(spoken("Bev", "Participant 2", "P1", "P07")) == {
            "Bev": "Bev",
            "Participant 2": "",
            "P1": "",
            "P07": "P07",
        }

    def it_takes_the_participant_of_the_header_for_the_only_voice(self) -> None:
        facts = InterviewFacts(participants=("P07",))
        assert propose(spoken("Participant", facts=facts)).people == {"Participant": Who("P07")}

    def it_does_not_guess_which_of_two_named_voices_a_stated_person_is(self) -> None:
        facts = InterviewFacts(participants=("P07", "P08"))
        assert called(spoken("Ann", "Ben", facts=facts)) == {"Ann": "Ann", "Ben": "Ben"}

    def it_takes_from_the_name_of_the_file_only_what_the_header_leaves_open(self) -> None:
        header, name = InterviewFacts(wave="1"), InterviewFacts(wave="2", date=dt.date(2024, 1, 15))
        assert joined(header, name) == InterviewFacts(wave="1", date=dt.date(2024, 1, 15))

    def it_names_the_interviewer_by_the_label_where_that_is_a_name(self) -> None:
        plain = spoken("P01")
        named = replace(plain, speakers=(Speaker("Sam Adeyemi", Role.INTERVIEWER), *plain.speakers[1:]))
        assert propose(named).facts.interviewer == "Sam Adeyemi"
        assert propose(plain).facts.interviewer is None

    def it_never_names_an_interview_by_a_persons_name(self) -> None:
        assert title_of(["P07"], "Wave 2") == "P07 · Wave 2"
        assert title_of(["P01", "P02", "P03", "P04", "P05"], "") == "P01 and 4 others"


class DescribeWaves:
    def it_finds_the_wave_that_a_number_means(self, project: Project) -> None:
        first, second = (project.waves.add(name) for name in ("Wave 1, autumn 2024", "Wave 2, autumn 2025"))
        assert wave_for(project, "2") == second
        assert wave_for(project, "wave 1, AUTUMN 2024") == first

    def it_adds_one_that_is_not_there(self, project: Project) -> None:
        added = wave_for(project, "3")
        assert [(w.id, w.name) for w in project.waves.all()] == [(added, "Wave 3")]

    def it_does_not_choose_between_two_of_one_number(self, project: Project) -> None:
        project.waves.add("Staff 1")
        project.waves.add("Parents 1")
        assert wave_named(project.waves.all(), "1") is None


class DescribeLanding:
    def it_adds_wave_people_and_interview_in_one_step(self, project: Project) -> None:
        before = everything(project)
        facts = InterviewFacts(wave="1", date=dt.date(2024, 10, 8), participants=("P01",))
        land(project, spoken("Participant", facts=facts))
        (row,) = project.transcripts.interviews()
        assert (row.title, row.held_on) == ("P01 · Wave 1", dt.date(2024, 10, 8))
        project.undo()
        assert everything(project) == before

    def it_undoes_a_group_at_once(self, project: Project) -> None:
        before = everything(project)
        for number in range(3):
            land(project, spoken(f"P0{number}", name=f"{number}.txt"), group="batch")
        project.undo()
        assert everything(project) == before

    def it_makes_one_person_of_two_interviews_of_the_same_pseudonym(self, project: Project) -> None:
        for wave in ("1", "2"):
            facts = InterviewFacts(wave=wave, participants=("P7",))
            land(project, spoken("Participant", name=f"{wave}.txt", facts=facts))
        assert [p.pseudonym for p in project.people.all()] == ["P7"]
        assert [i.title for i in project.transcripts.interviews()] == ["P7 · Wave 1", "P7 · Wave 2"]

    def it_seats_everybody_of_a_focus_group(self, project: Project) -> None:
        land(project, spoken("Ann", "Ben", "Cy"))
        (row,) = project.transcripts.interviews()
        assert len(row.participant_ids) == 3
        assert [(p.pseudonym, p.name) for p in project.people.all()] == [("P01", "Ann"), ("P02", "Ben"), ("P03", "Cy")]

    def it_gives_a_second_interview_of_the_same_people_a_title_of_its_own(self, project: Project) -> None:
        for name in ("a.txt", "b.txt"):
            land(project, spoken("P01", name=name))
        assert [i.title for i in project.transcripts.interviews()] == ["P01", "P01 (2)"]

    def it_does_what_the_analyst_says_instead(self, project: Project) -> None:
        wish = Wish(InterviewFacts(mode="telephone"), {"Ann": Who("Mentor A", "Ann Lee")}, "A mentor")
        land(project, spoken("Ann", "Ben"), wish)
        (row,) = project.transcripts.interviews()
        assert (row.title, row.mode) == ("A mentor", "telephone")
        assert [(p.pseudonym, p.name) for p in project.people.all()] == [("Mentor A", "Ann Lee")]

    def it_refuses_a_file_that_is_there_already_whatever_its_name(self, project: Project) -> None:
        transcript = spoken("P01")
        land(project, transcript)
        with pytest.raises(UserError, match="is in the project already, as “P01”"):
            land(project, replace(transcript, source_name="renamed.txt"))


class DescribeVersions:
    def it_finds_the_interview_of_the_same_file_name_or_of_the_same_people_and_wave(self, project: Project) -> None:
        facts = InterviewFacts(wave="1", participants=("P01",))
        land(project, spoken("Participant", facts=facts))
        (row,) = project.transcripts.interviews()
        twins = Twins([row])
        assert twins.find("A.TXT", None) == row
        assert twins.find("other.txt", row.wave_id, row.participant_ids) == row
        assert twins.find("other.txt", None, row.participant_ids) is None
        assert twins.find("other.txt", row.wave_id) is None

    def it_tells_a_corrected_text_from_another_one(self) -> None:
        old = "One paragraph.\nAnother one.\nA third."
        assert is_version_of(old.replace("Another", "An other"), old)
        assert not is_version_of("Something else.\nAltogether.", old)
        assert not is_version_of("", old)

    def it_keeps_the_coding_and_tells_which_segments_have_other_words(self, project: Project) -> None:
        interview_id = land(project, spoken("P01", "P02"))
        row = next(i for i in project.transcripts.interviews() if i.id == interview_id)
        code = project.codebook.add("Fine")
        code_words(project, row.transcript_id, "It was fine, says P01.", code)
        kept = code_words(project, row.transcript_id, "It was fine, says P02.", code)
        before = everything(project)
        text = project.transcripts.text(row.transcript_id)
        new = dialogue(
            ("Interviewer", "How was it?"), ("P01", "It was fyne, says P01."), ("P02", "It was fine, says P02.")
        )
        correction = follow(project, row, new)
        assert len(correction.changed) == 1
        assert list(correction.words_before.values()) == ["It was fine, says P01."]
        assert project.coding.get(kept).quote == "It was fine, says P02."
        assert project.coding.get(kept).span == span_of(new.text, "It was fine, says P02.")
        assert len(project.transcripts.versions(row.id)) == 2
        project.undo()
        assert everything(project) == before
        assert project.transcripts.text(row.transcript_id) == text
