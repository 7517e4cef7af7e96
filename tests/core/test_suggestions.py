from __future__ import annotations

import pytest

from qualcode.core.project import Project
from qualcode.core.values import CodeId, Span, Suggestion, TranscriptId
from qualcode.errors import UserError
from tests.helpers.projects import an_interview, everything, span_of

SAID = "We waited, 😀 really, for months."


@pytest.fixture
def transcript_id(project: Project) -> TranscriptId:
    return an_interview(project, "P01", SAID)[1]


@pytest.fixture
def waiting(project: Project) -> CodeId:
    return project.codebook.add("Waiting")


def proposed(
    project: Project, transcript_id: TranscriptId, words: str, code_id: CodeId | None, score: float
) -> Suggestion:
    place = span_of(project.transcripts.text(transcript_id), words)
    return Suggestion(transcript_id, place, code_id, score, f"Like “{words}”.")


class DescribeOffering:
    def it_lists_the_best_first_and_makes_no_segment(
        self, project: Project, transcript_id: TranscriptId, waiting: CodeId
    ) -> None:
        found = [
            proposed(project, transcript_id, "We waited", None, 0.25),
            proposed(project, transcript_id, "for months", waiting, 0.875),
        ]
        project.suggestions.offer(found, [transcript_id])
        rows = project.suggestions.open(transcript_id)
        assert [(r.quote, r.code_id, r.score, r.reason) for r in rows] == [
            ("for months", waiting, 0.875, "Like “for months”."),
            ("We waited", None, 0.25, "Like “We waited”."),
        ]
        assert (project.coding.all(), project.codebook.counts()) == ([], {})

    def it_takes_the_place_of_what_was_open_there_and_leaves_other_transcripts(
        self, project: Project, transcript_id: TranscriptId
    ) -> None:
        _, other = an_interview(project, "P02", "Nobody rang.")
        project.suggestions.offer([proposed(project, transcript_id, "We waited", None, 0.5)], [transcript_id])
        project.suggestions.offer([proposed(project, other, "Nobody rang", None, 0.5)], [other])
        before = everything(project)
        project.suggestions.offer([proposed(project, transcript_id, "for months", None, 0.5)], [transcript_id])
        assert {r.quote for r in project.suggestions.open()} == {"for months", "Nobody rang"}
        project.undo()
        assert everything(project) == before

    def it_does_not_offer_again_what_was_decided(
        self, project: Project, transcript_id: TranscriptId, waiting: CodeId
    ) -> None:
        first = proposed(project, transcript_id, "We waited", waiting, 0.5)
        second = proposed(project, transcript_id, "for months", waiting, 0.5)
        project.suggestions.offer([first, second], [transcript_id])
        for row, decide in zip(
            project.suggestions.open(), (project.suggestions.refuse, project.suggestions.accept), strict=True
        ):
            decide(row.id)
        other = proposed(project, transcript_id, "We waited", project.codebook.add("Time"), 0.5)
        project.suggestions.offer([first, second, other], [transcript_id])
        assert [(r.quote, r.code_id) for r in project.suggestions.open()] == [("We waited", other.code_id)]
        assert len(project.suggestions.decided()) == 2

    def it_leaves_out_what_was_found_in_a_text_or_for_a_code_that_is_gone(
        self, project: Project, transcript_id: TranscriptId, waiting: CodeId
    ) -> None:
        _, gone = an_interview(project, "P02", "Nobody rang.")
        found = [
            proposed(project, transcript_id, "We waited", None, 0.5),
            proposed(project, transcript_id, "for months", waiting, 0.5),
            proposed(project, gone, "Nobody rang", None, 0.5),
        ]
        project.codebook.remove([waiting])
        project.transcripts.remove([project.transcripts.interviews()[1].id])
        project.suggestions.offer(found, [transcript_id, gone])
        assert [r.quote for r in project.suggestions.open()] == ["We waited"]
        current = project.transcripts.correct_words(transcript_id, Span(0, 3), "Why").transcript_id
        project.suggestions.offer(found, [current])
        assert project.suggestions.open() == []


class DescribeDeciding:
    def it_makes_an_accepted_one_a_segment(
        self, project: Project, transcript_id: TranscriptId, waiting: CodeId
    ) -> None:
        project.suggestions.offer([proposed(project, transcript_id, "for months", waiting, 0.5)], [transcript_id])
        before = everything(project)
        segment = project.coding.get(project.suggestions.accept(project.suggestions.open()[0].id))
        assert (segment.quote, segment.code_id, segment.coder_id) == ("for months", waiting, project.coder_id)
        assert (project.suggestions.open(), project.suggestions.decided()[0].state) == ([], "accepted")
        project.undo()
        assert everything(project) == before

    def it_takes_another_code_when_one_is_chosen(
        self, project: Project, transcript_id: TranscriptId, waiting: CodeId
    ) -> None:
        other = project.codebook.add("Time")
        project.suggestions.offer([proposed(project, transcript_id, "for months", waiting, 0.5)], [transcript_id])
        segment_id = project.suggestions.accept(project.suggestions.open()[0].id, other)
        assert project.coding.get(segment_id).code_id == other

    def it_asks_for_a_code_when_none_was_proposed(self, project: Project, transcript_id: TranscriptId) -> None:
        project.suggestions.offer([proposed(project, transcript_id, "for months", None, 0.5)], [transcript_id])
        with pytest.raises(UserError, match="Choose a code"):
            project.suggestions.accept(project.suggestions.open()[0].id)
        assert len(project.suggestions.open()) == 1

    def it_keeps_a_refused_one_in_mind(self, project: Project, transcript_id: TranscriptId) -> None:
        project.suggestions.offer([proposed(project, transcript_id, "for months", None, 0.5)], [transcript_id])
        project.suggestions.refuse(project.suggestions.open()[0].id)
        assert [(r.quote, r.state) for r in project.suggestions.decided()] == [("for months", "refused")]
        assert project.coding.all() == []

    def it_says_when_one_is_no_longer_there(self, project: Project, transcript_id: TranscriptId) -> None:
        project.suggestions.offer([proposed(project, transcript_id, "for months", None, 0.5)], [transcript_id])
        gone = project.suggestions.open()[0].id
        project.suggestions.offer([], [transcript_id])
        for act in (project.suggestions.accept, project.suggestions.refuse):
            with pytest.raises(UserError, match="no longer there"):
                act(gone)
