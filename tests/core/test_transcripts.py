from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from qualcode.core.project import Project
from qualcode.core.transcripts import Placement
from qualcode.core.values import Aside, AsideKind, Emphasis, Face, Role, Span, Speaker, Transcript, Turn
from qualcode.errors import UserError
from tests.helpers.projects import INTERVIEWER, PARTICIPANT, an_interview, code_words, dialogue, everything, land

SAID = dialogue(("Interviewer", "How did it begin?"), ("Participant", "We waited, 😀 really, for months."))


class DescribeLanding:
    def it_keeps_the_transcript_as_it_was_read(self, project: Project) -> None:
        turns = (Turn(0, Span(0, 4), 0.0), Turn(1, Span(5, 20), 12.25), Turn(0, Span(21, 25)))
        value = Transcript(
            text="How?\nBadly, at first.\nWhy?"[:25],
            turns=turns,
            speakers=(INTERVIEWER, PARTICIPANT),
            source_name="P01.docx",
            source_digest="abc",
            emphasis=(Emphasis(Span(5, 10), Face.BOLD), Emphasis(Span(12, 14), Face.ITALIC)),
            asides=(Aside(AsideKind.FOOTNOTE, "She laughed.", 10), Aside(AsideKind.HEADER, "Draft")),
            remarks=("A picture was left out.",),
        )
        interview_id = project.transcripts.add(value)
        listed = project.transcripts.interviews()[0]
        row = project.transcripts.get(listed.transcript_id)
        assert (row.text, row.turns, row.emphasis, row.asides) == (value.text, turns, value.emphasis, value.asides)
        assert row.passage.speakers == value.speakers
        assert (listed.id, row.interview_id) == (interview_id, interview_id)
        assert (listed.title, listed.source_name, listed.length) == ("P01", "P01.docx", len(value.text))
        assert listed.remarks == value.remarks

    def it_counts_words_by_voice(self, project: Project) -> None:
        _, transcript_id = land(project, SAID)
        assert [s.word_count for s in project.transcripts.speakers(transcript_id)] == [4, 6]
        assert project.transcripts.interviews()[0].word_count == 10

    def it_puts_an_interview_where_it_belongs(self, project: Project) -> None:
        wave_id, person = project.waves.add("Wave 1"), project.people.add("P07")
        place = Placement(
            "Nadia's interview", wave_id, dt.date(2024, 3, 5), "telephone", 3100, "Ruth", {"Participant": person}
        )
        project.transcripts.add(SAID, place)
        row = project.transcripts.interviews()[0]
        assert (row.title, row.wave_id, row.held_on, row.mode) == (
            "Nadia's interview",
            wave_id,
            dt.date(2024, 3, 5),
            "telephone",
        )
        assert (row.duration_seconds, row.interviewer, row.participant_ids) == (3100, "Ruth", (person,))
        interviewer, participant = project.transcripts.speakers(row.transcript_id)
        assert (interviewer.participant_id, interviewer.role) == (None, Role.INTERVIEWER)
        assert (participant.participant_id, participant.role) == (person, Role.PARTICIPANT)

    def it_refuses_the_same_file_again_whatever_its_name(self, project: Project) -> None:
        land(project, SAID, title="Nadia's interview")
        before = everything(project)
        with pytest.raises(UserError, match=r"copy\.txt: this file is in the project already, as “Nadia's interview”"):
            project.transcripts.add(replace(SAID, source_name="copy.txt"))
        assert everything(project) == before

    def it_knows_a_file_again_after_its_text_was_corrected(self, project: Project) -> None:
        interview_id, transcript_id = land(project, SAID)
        project.transcripts.correct_words(transcript_id, Span(0, 3), "Why")
        found = project.transcripts.find_source(SAID.source_digest)
        assert found is not None
        assert found.id == interview_id
        assert project.transcripts.find_source("") is None

    def it_keeps_interviews_in_the_order_they_came(self, project: Project) -> None:
        for title in ("Zoe", "Anna", "Mo"):
            land(project, dialogue(("Participant", f"I am {title}.")), title=title)
        project.transcripts.remove([project.transcripts.interviews()[0].id])
        land(project, dialogue(("Participant", "Me again.")), title="Abe")
        assert [i.title for i in project.transcripts.interviews()] == ["Anna", "Mo", "Abe"]

    def it_takes_a_narrative_without_labels(self, project: Project) -> None:
        value = Transcript("I was born here.", (Turn(0, Span(0, 16)),), (Speaker(""),), "story.txt", "d")
        _, transcript_id = land(project, value, people=[project.people.add()])
        code_id = project.codebook.add("Place")
        code_words(project, transcript_id, "born here", code_id)
        assert project.codebook.counts() == {code_id: (1, 1)}

    def it_is_undone_as_one_act(self, project: Project) -> None:
        before = everything(project)
        land(project, SAID)
        after = everything(project)
        assert project.undo_label == "Import interview.txt"
        project.undo()
        assert everything(project) == before
        project.redo()
        assert everything(project) == after


class DescribeVoices:
    def it_counts_somebody_as_the_role_says(self, project: Project) -> None:
        _, transcript_id = land(project, SAID)
        code_id = project.codebook.add("Start")
        code_words(project, transcript_id, "How did it begin?", code_id)
        assert project.codebook.counts() == {code_id: (0, 1)}
        project.transcripts.set_role(project.transcripts.speakers(transcript_id)[0].id, Role.UNKNOWN)
        assert project.codebook.counts() == {code_id: (1, 1)}
        project.undo()
        assert project.codebook.counts() == {code_id: (0, 1)}

    def it_lets_a_matched_person_join_the_interview_and_leave_again(self, project: Project) -> None:
        first, second = project.people.add(), project.people.add()
        group = dialogue(("Interviewer", "Well?"), ("Ann", "Yes."), ("Bob", "No."))
        _, transcript_id = land(project, group, people=[first])
        _, ann, bob = project.transcripts.speakers(transcript_id)
        project.transcripts.set_participant(bob.id, second)
        assert project.transcripts.interviews()[0].participant_ids == (first, second)
        project.transcripts.set_participant(ann.id, None)
        assert project.transcripts.interviews()[0].participant_ids == (second,)
        project.undo()
        assert project.transcripts.interviews()[0].participant_ids == (first, second)

    def it_counts_two_labels_of_one_person_once(self, project: Project) -> None:
        person, code_id = project.people.add(), project.codebook.add("Doubt")
        _, transcript_id = land(project, dialogue(("Ann", "Maybe,"), ("Ann (by phone)", "or not.")), people=[person])
        project.coding.apply(transcript_id, Span(0, 14), code_id)
        assert project.codebook.counts() == {code_id: (2, 1)}
        project.transcripts.set_participant(project.transcripts.speakers(transcript_id)[1].id, person)
        assert project.codebook.counts() == {code_id: (1, 1)}


class DescribeInterviews:
    def it_changes_what_is_known_of_one(self, project: Project) -> None:
        interview_id, _ = land(project, SAID)
        project.transcripts.change(interview_id, title="P07", held_on=dt.date(2024, 3, 5), mode="online", note="Short.")
        row = project.transcripts.interviews()[0]
        assert (row.title, row.held_on, row.mode, row.note) == ("P07", dt.date(2024, 3, 5), "online", "Short.")
        project.transcripts.change(interview_id, held_on=None)
        assert project.transcripts.interviews()[0].held_on is None

    def it_refuses_what_is_no_fact_of_an_interview(self, project: Project) -> None:
        interview_id, _ = land(project, SAID)
        with pytest.raises(TypeError, match="position"):
            project.transcripts.change(interview_id, position=3)

    def it_removes_one_with_all_that_was_coded_in_it(self, project: Project) -> None:
        _, kept = an_interview(project, "P01", "It helped.")
        _, gone = an_interview(project, "P02", "We waited for months.")
        code_id = project.codebook.add("Waiting")
        segment_id = code_words(project, gone, "waited for months", code_id)
        project.findings.quote(project.findings.add(None, "Some waited."), segment_id)
        before = everything(project)
        project.transcripts.remove([project.transcripts.interviews()[1].id])
        assert [i.transcript_id for i in project.transcripts.interviews()] == [kept]
        assert project.coding.all() == []
        assert project.findings.all()[0].quotes == ()
        with pytest.raises(UserError, match="no longer there"):
            project.transcripts.get(gone)
        project.undo()
        assert everything(project) == before

    def it_is_read_or_not_by_each_coder_apart(self, project: Project) -> None:
        interview_id, _ = land(project, SAID)
        project.transcripts.mark_read(interview_id)
        assert project.transcripts.read_by_me() == {interview_id}
        project.work_as("Ben")
        assert project.transcripts.read_by_me() == frozenset()
        project.work_as("Ada")
        project.transcripts.mark_read(interview_id, read=False)
        assert project.transcripts.read_by_me() == frozenset()
