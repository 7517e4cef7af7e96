from __future__ import annotations

from collections.abc import Callable

import pytest

from qualcode.core.memos import MARK, PEN_PORTRAIT
from qualcode.core.project import Project
from qualcode.core.rows import MemoRow
from qualcode.core.values import Span
from qualcode.errors import UserError
from tests.helpers.projects import an_interview, everything, span_of

Target = Callable[[Project], tuple[dict[str, str], Callable[[], list[MemoRow]]]]


def on_project(p: Project) -> tuple[dict[str, str], Callable[[], list[MemoRow]]]:
    return {}, p.memos.of_project


def on_participant(p: Project) -> tuple[dict[str, str], Callable[[], list[MemoRow]]]:
    person = p.people.all()[0].id
    return {"participant_id": person}, lambda: p.memos.of_participant(person)


def on_interview(p: Project) -> tuple[dict[str, str], Callable[[], list[MemoRow]]]:
    interview_id = p.transcripts.interviews()[0].id
    return {"interview_id": interview_id}, lambda: p.memos.of_interview(interview_id)


def on_code(p: Project) -> tuple[dict[str, str], Callable[[], list[MemoRow]]]:
    code_id = p.codebook.add("Waiting")
    return {"code_id": code_id}, lambda: p.memos.of_code(code_id)


def on_theme(p: Project) -> tuple[dict[str, str], Callable[[], list[MemoRow]]]:
    theme_id = p.themes.add("Access")
    return {"theme_id": theme_id}, lambda: p.memos.of_theme(theme_id)


def on_finding(p: Project) -> tuple[dict[str, str], Callable[[], list[MemoRow]]]:
    finding_id = p.findings.add(None, "Some waited.")
    return {"finding_id": finding_id}, lambda: p.memos.of_finding(finding_id)


TARGETS = [on_project, on_participant, on_interview, on_code, on_theme, on_finding]


class DescribeMemos:
    @pytest.mark.parametrize("target", TARGETS)
    def it_is_found_on_the_thing_it_was_written_on_and_nowhere_else(self, project: Project, target: Target) -> None:
        an_interview(project, "P01", "We waited.")
        named, read = target(project)
        project.memos.add("First thought.", **named)  # type: ignore[arg-type]
        project.memos.add("Second thought.", kind=PEN_PORTRAIT, **named)  # type: ignore[arg-type]
        assert [(m.text, m.kind, m.coder_id) for m in read()] == [
            ("First thought.", "note", project.coder_id),
            ("Second thought.", PEN_PORTRAIT, project.coder_id),
        ]
        others = [other(project)[1]() for other in (on_project, on_participant, on_interview) if other is not target]
        assert not any(others)

    def it_refuses_an_empty_one(self, project: Project) -> None:
        with pytest.raises(UserError, match="empty"):
            project.memos.add(" \n")

    def it_is_edited_removed_and_brought_back(self, project: Project) -> None:
        memo_id = project.memos.add("A thought.")
        written = project.memos.of_project()[0].updated_at
        project.memos.edit(memo_id, "A better one.")
        (memo,) = project.memos.of_project()
        assert memo.text == "A better one."
        assert memo.updated_at >= written
        before = everything(project)
        project.memos.remove(memo_id)
        assert project.memos.of_project() == []
        project.undo()
        assert everything(project) == before

    def it_goes_with_the_thing_and_comes_back_with_it(self, project: Project) -> None:
        code_id = project.codebook.add("Waiting")
        project.memos.add("A thought.", code_id=code_id)
        project.codebook.remove([code_id])
        assert project.memos.of_code(code_id) == []
        project.undo()
        assert [m.text for m in project.memos.of_code(code_id)] == ["A thought."]


class DescribeMarks:
    def it_lies_on_a_passage_from_the_start_of_the_transcript_to_its_end(self, project: Project) -> None:
        _, transcript_id = an_interview(project, "P01", "We waited, 😀 really, for months.")
        text = project.transcripts.text(transcript_id)
        project.memos.mark(transcript_id, span_of(text, "for months"), "How many?")
        project.memos.mark(transcript_id, span_of(text, "We waited"))
        found = project.memos.of_transcript(transcript_id)
        assert [(m.kind, m.span and m.span.of(text), m.text) for m in found] == [
            (MARK, "We waited", ""),
            (MARK, "for months", "How many?"),
        ]
        assert project.memos.of_project() == []

    @pytest.mark.parametrize(("span", "why"), [(Span(4, 4), "Select some words"), (Span(0, 999), "outside")])
    def it_refuses_a_passage_without_words(self, project: Project, span: Span, why: str) -> None:
        _, transcript_id = an_interview(project, "P01", "We waited.")
        with pytest.raises(UserError, match=why):
            project.memos.mark(transcript_id, span)
        assert project.memos.of_transcript(transcript_id) == []
