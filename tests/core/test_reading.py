"""Who has read what: kept as the reader goes, without standing in the way of undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core.concordance import Voices
from qualcode.core.project import Project
from qualcode.core.stop_words import SETTING, StopWords, listed
from qualcode.core.values import InterviewId
from qualcode.errors import UserError
from tests.helpers.projects import a_project, an_interview, dialogue, everything, land, scratch, span_of


def interview(project: Project, title: str = "P01") -> InterviewId:
    an_interview(project, title, "We waited.")
    return project.transcripts.interviews()[-1].id


def states(project: Project) -> dict[str, tuple[int, bool]]:
    """How far the coder at work is, by the interview's title, and whether it is read."""
    titles = {i.id: i.title for i in project.transcripts.interviews()}
    mine = (r for r in project.readings.all() if r.coder_id == project.coder_id)
    return {titles[r.interview_id]: (r.reached, r.read_at is not None) for r in mine}


class DescribeAReadersPlace:
    def it_is_the_furthest_that_was_seen_for_each_reader_apart(self, project: Project) -> None:
        there = interview(project)
        for position in (120, 300, 40):
            project.readings.reach(there, position)
        assert states(project) == {"P01 0": (300, False)}
        project.work_as("Ben")
        assert states(project) == {}
        project.readings.reach(there, 7)
        assert states(project) == {"P01 0": (7, False)}
        project.work_as("Ada")
        assert states(project) == {"P01 0": (300, False)}

    def it_is_on_disk_at_once(self) -> None:
        with scratch() as folder:
            with a_project(Path(folder)) as project:
                project.readings.reach(interview(project), 300)
                path = project.path
            with Project.open(path, coder="Ada") as again:
                assert states(again) == {"P01 0": (300, False)}

    def it_is_no_entry_for_undo_and_leaves_redo_as_it_was(self, project: Project) -> None:
        there = interview(project)
        project.codebook.add("Waiting")
        project.readings.reach(there, 100)
        assert project.undo_label == "Add code “Waiting”"
        project.undo()
        project.readings.reach(there, 200)
        assert project.redo_label == "Add code “Waiting”"
        project.redo()
        assert [c.name for c in project.codebook.all()] == ["Waiting"]
        assert states(project) == {"P01 0": (200, False)}

    def it_is_logged_where_reading_begins_and_not_at_each_page(self, project: Project) -> None:
        there = interview(project)
        before = len(project.log())
        for position in range(0, 500, 50):
            project.readings.reach(there, position)
        assert [row.label for row in project.log()[before:]] == ["Begin reading P01 0"]

    def it_goes_with_its_interview_and_comes_back_with_it(self, project: Project) -> None:
        there = interview(project)
        project.readings.reach(there, 300)
        project.transcripts.remove([there])
        assert project.readings.all() == []
        project.undo()
        assert states(project) == {"P01 0": (300, False)}
        project.readings.reach(there, 400)
        project.redo()
        project.undo()
        assert states(project) == {"P01 0": (400, False)}

    def it_cannot_be_in_an_interview_that_is_gone(self, project: Project) -> None:
        there = interview(project)
        project.transcripts.remove([there])
        with pytest.raises(UserError, match="no longer there"):
            project.readings.reach(there, 1)

    def it_is_rolled_back_with_a_step_that_fails(self, project: Project) -> None:
        there = interview(project)

        def read_and_fail() -> None:
            with project.step("Fail"):
                project.readings.reach(there, 300)
                project.waves.add("")

        with pytest.raises(UserError, match="needs a name"):
            read_and_fail()
        assert states(project) == {}
        with project.step("Both"):
            project.readings.reach(there, 300)
            project.codebook.add("Waiting")
        project.undo()
        assert (states(project), project.codebook.all()) == ({"P01 0": (300, False)}, [])


class DescribeAnInterviewReadToItsEnd:
    def it_is_an_act_that_can_be_taken_back_without_losing_the_place(self, project: Project) -> None:
        there = interview(project)
        project.readings.reach(there, 300)
        project.readings.mark_read(there)
        assert states(project) == {"P01 0": (300, True)}
        assert project.summary().read == 1
        project.undo()
        assert states(project) == {"P01 0": (300, False)}
        project.readings.reach(there, 310)
        project.redo()
        assert states(project) == {"P01 0": (310, True)}
        project.readings.mark_read(there, read=False)
        assert states(project) == {"P01 0": (310, False)}

    def it_may_be_marked_before_a_word_of_it_was_seen_here(self, project: Project) -> None:
        there = interview(project)
        project.readings.mark_read(there)
        project.undo()
        project.readings.reach(there, 50)
        project.redo()
        assert states(project) == {"P01 0": (50, True)}


READING = st.tuples(st.sampled_from(["import", "remove", "read", "unread", "code", "undo", "redo"]), st.integers(0, 3))


def do(project: Project, what: str, number: int) -> None:
    interviews = project.transcripts.interviews()
    there = interviews[number % len(interviews)].id if interviews else None
    if what == "import":
        said = dialogue(("Participant", f"We waited, {len(project.log())}."), name=f"{len(project.log())}")
        land(project, said, title=f"{len(project.log())}")
    elif what == "code":
        project.codebook.add(f"Code {len(project.log())}")
    elif what == "undo" and project.undo_label:
        project.undo()
    elif what == "redo" and project.redo_label:
        project.redo()
    elif what == "remove" and there:
        project.transcripts.remove([there])
    elif what in ("read", "unread") and there:
        project.readings.mark_read(there, what == "read")


class DescribeReadingBetweenActs:
    @settings(max_examples=60)
    @given(st.lists(st.tuples(READING, st.integers(0, 3), st.integers(1, 900)), max_size=14))
    def it_never_disturbs_undo_and_never_goes_back(self, todo: list[tuple[tuple[str, int], int, int]]) -> None:
        with scratch() as folder, a_project(Path(folder)) as project:
            furthest: dict[InterviewId, int] = {}
            for (what, number), which, position in todo:
                do(project, what, number)
                known = [i.id for i in project.transcripts.interviews()]
                if known:
                    there = known[which % len(known)]
                    project.readings.reach(there, position)
                    furthest[there] = max(furthest.get(there, 0), position)
                reached = {r.interview_id: r.reached for r in project.readings.all()}
                assert {i: n for i, n in reached.items() if n} == {i: furthest[i] for i in known if i in furthest}
            end = everything(project)
            steps = 0
            while project.undo_label:
                project.undo()
                steps += 1
            assert not project.transcripts.interviews()
            for _ in range(steps):
                project.redo()
            assert everything(project) == end


class DescribeSpeech:
    def it_tells_who_is_behind_each_voice(self, project: Project) -> None:
        person = project.people.add("P07")
        said = dialogue(("Interviewer", "Well 😀?"), ("Ann", "We waited."), ("Bea", "Not me."))
        _, transcript_id = land(project, said, people=[person])
        _, other = an_interview(project, "P08", "No.")
        first, second = project.readings.speech([other, transcript_id])
        assert (first.passage.transcript_id, second.passage.transcript_id) == (other, transcript_id)
        assert second.passage == project.transcripts.get(transcript_id).passage
        bea = project.transcripts.speakers(transcript_id)[2]
        assert [who for who, _ in second.turns(Voices.PARTICIPANTS)] == [person, bea.id]
        assert [t.span.of(said.text) for _, t in second.turns(Voices.INTERVIEWERS)] == ["Well 😀?"]

    def it_leaves_out_a_transcript_that_is_gone(self, project: Project) -> None:
        _, transcript_id = an_interview(project, "P08", "No.")
        project.transcripts.remove([project.transcripts.interviews()[0].id])
        assert project.readings.speech([transcript_id]) == []


class DescribeStopWords:
    def it_has_our_list_until_a_project_changes_them(self, project: Project) -> None:
        words = StopWords.of(project.setting(SETTING))
        assert words.all() == listed()
        assert {"the", "erm", "don't", "which"} <= words.all()
        assert not {"school", "waiting", "help", "need"} & words.all()

    def it_keeps_what_is_added_and_what_counts_again(self, project: Project) -> None:
        changed = StopWords().leaving_out("School, Mentor’s").counting("the")
        project.set_setting(SETTING, changed.setting())
        kept = StopWords.of(project.setting(SETTING))
        assert kept == changed
        assert {"school", "mentor's"} <= kept.all()
        assert "the" not in kept.all()
        assert kept.counting("school mentor's").leaving_out("the") == StopWords()


class DescribeWhatWasMarked:
    def it_is_all_there_in_the_order_of_each_text_with_its_words(self, project: Project) -> None:
        there = an_interview(project, "P01", "We waited for months. Nobody rang.")[1]
        other = an_interview(project, "P02", "It was fine.")[1]
        for transcript_id, words, note in (
            (there, "Nobody rang", "Ask P02."),
            (there, "We waited", ""),
            (other, "fine", ""),
        ):
            project.memos.mark(transcript_id, span_of(project.transcripts.text(transcript_id), words), note)
        marked = [(row.quote, row.text) for row in project.readings.marked() if row.transcript_id == there]
        assert marked == [("We waited", ""), ("Nobody rang", "Ask P02.")]
        assert [row.quote for row in project.readings.marked() if row.transcript_id == other] == ["fine"]
        project.undo()
        assert [row.quote for row in project.readings.marked() if row.transcript_id == other] == []
