"""Codes that may be one, what merging them does, and what became of a code."""

from __future__ import annotations

from qualcode.core.near_codes import near_codes
from qualcode.core.project import Project
from qualcode.core.values import CodeId, TranscriptId
from tests.helpers.projects import dialogue, land, span_of

SAID = "We waited. Nobody rang. We waited more. Nobody came. It was months. And then it began."


def an_interview(project: Project) -> tuple[TranscriptId, str]:
    transcript = dialogue(("Interviewer", "How was it?"), ("P01", SAID))
    _, transcript_id = land(project, transcript, people=[project.people.add("P01")])
    return transcript_id, transcript.text


def names(project: Project) -> list[tuple[str, str]]:
    called = {c.id: c.name for c in project.codebook.all()}
    near = near_codes(project.codebook.all(), project.analysis().together())
    return [(called[n.goes], called[n.keeps]) for n in near]


class DescribeNearCodes:
    def it_finds_names_that_differ_by_number_order_or_a_slip(self, project: Project) -> None:
        for name in ("Waiting lists", "Waiting list", "Costs of travel", "Travel cost", "Confidentiality", "Trust"):
            project.codebook.add(name)
        assert {frozenset(pair) for pair in names(project)} == {
            frozenset(("Waiting lists", "Waiting list")),
            frozenset(("Costs of travel", "Travel cost")),
        }

    def it_leaves_names_alone_that_differ_by_their_number(self, project: Project) -> None:
        for name in ("Goals of year 1", "Goals of year 2", "Goals of the year"):
            project.codebook.add(name)
        assert ("Goals of year 2", "Goals of year 1") not in names(project)
        assert ("Goals of the year", "Goals of year 1") in names(project)

    def it_finds_codes_that_are_given_to_the_same_words(self, project: Project) -> None:
        transcript_id, text = an_interview(project)
        delay, silence = project.codebook.add("Delay"), project.codebook.add("Silence")
        for words in ("We waited.", "Nobody rang.", "We waited more."):
            project.coding.apply(transcript_id, span_of(text, words), delay)
        for words in ("We waited.", "Nobody rang."):
            project.coding.apply(transcript_id, span_of(text, words), silence)
        assert names(project) == [("Silence", "Delay")]

    def it_finds_a_code_whose_passages_lie_in_those_of_another(self, project: Project) -> None:
        transcript_id, text = an_interview(project)
        delay, silence = project.codebook.add("Delay"), project.codebook.add("Silence")
        for words in ("We waited.", "Nobody rang.", "We waited more.", "Nobody came.", "It was months.", "And then"):
            project.coding.apply(transcript_id, span_of(text, words), delay)
        for words in ("waited. ", "rang", "waited more", "came"):
            project.coding.apply(transcript_id, span_of(text, words), silence)
        (near,) = near_codes(project.codebook.all(), project.analysis().together())
        assert (near.goes, near.keeps, near.inside, near.is_inside) == (silence, delay, 4, True)
        project.codebook.move(silence, delay)
        assert names(project) == []

    def it_leaves_codes_alone_that_meet_now_and_then(self, project: Project) -> None:
        transcript_id, text = an_interview(project)
        delay, silence = project.codebook.add("Delay"), project.codebook.add("Silence")
        for words in ("We waited.", "We waited more.", "It was months."):
            project.coding.apply(transcript_id, span_of(text, words), delay)
        for words in ("We waited.", "Nobody rang.", "Nobody came."):
            project.coding.apply(transcript_id, span_of(text, words), silence)
        assert names(project) == []

    def it_leaves_a_code_and_its_sub_code_alone(self, project: Project) -> None:
        transcript_id, text = an_interview(project)
        delay = project.codebook.add("Delay")
        silence = project.codebook.add("Silence", parent_id=delay)
        for words in ("We waited.", "Nobody rang."):
            for code in (delay, silence):
                project.coding.apply(transcript_id, span_of(text, words), code)
        assert names(project) == []


class DescribeWhatMergingDoes:
    def it_is_said_before_and_true_after(self, project: Project) -> None:
        transcript_id, text = an_interview(project)
        one, other = project.codebook.add("Delay"), project.codebook.add("Silence")
        project.codebook.add("Ringing", parent_id=one)
        both = span_of(text, "We waited.")
        for code, span in ((one, both), (other, both), (one, span_of(text, "Nobody rang."))):
            project.coding.apply(transcript_id, span, code)
        effect = project.codebook.merging([one], other)
        assert (effect.segments, effect.doubled, effect.sub_codes) == (2, 1, 1)
        project.codebook.merge([one], other)
        kept = next(c for c in project.codebook.all() if c.id == other)
        assert (kept.people, kept.segments) == (effect.people_after, effect.segments_after) == (1, 2)

    def it_counts_what_goes_with_a_code(self, project: Project) -> None:
        transcript_id, text = an_interview(project)
        one = project.codebook.add("Delay")
        project.codebook.add("Ringing", parent_id=one)
        segment = project.coding.apply(transcript_id, span_of(text, "We waited."), one)
        project.findings.attach(project.findings.add(None, "It took long"), [segment])
        effect = project.codebook.removing([one])
        assert (effect.segments, effect.findings, effect.sub_codes) == (1, 1, 1)


class DescribeTheHistoryOfACode:
    def words(self, project: Project, code_id: CodeId) -> list[tuple[str, bool]]:
        return [(change.words, change.undone) for change in project.codebook.history(code_id)]

    def it_tells_what_was_done_the_latest_first(self, project: Project) -> None:
        code = project.codebook.add("Delay")
        project.codebook.rename(code, "Waiting")
        project.codebook.define(code, definition="Time until seen")
        project.codebook.define(code, definition="Time until first seen", include="Phone calls")
        project.codebook.merge([project.codebook.add("Queue")], code)
        project.themes.gather([code], project.themes.add("Access"))
        assert [w for w, _ in self.words(project, code)] == [
            "Put in theme “Access”",
            "Took in “Queue”",
            "Changed definition and include",
            "Changed definition",
            "Renamed from “Delay” to “Waiting”",
            "Added as “Delay”",
        ]
        assert project.codebook.history(code)[2].before == ("Definition before: Time until seen",)

    def it_says_what_was_undone_and_done_again(self, project: Project) -> None:
        code = project.codebook.add("Delay")
        project.codebook.rename(code, "Waiting")
        project.undo()
        assert self.words(project, code)[0] == ("Renamed from “Delay” to “Waiting”", True)
        project.redo()
        assert self.words(project, code)[0] == ("Renamed from “Delay” to “Waiting”", False)

    def it_tells_codes_added_together_apart(self, project: Project) -> None:
        with project.step("Add two"):
            one, other = project.codebook.add("Delay"), project.codebook.add("Trust")
        assert self.words(project, one) == [("Added as “Delay”", False)]
        assert self.words(project, other) == [("Added as “Trust”", False)]
