"""What was read is kept no longer than it is true: counts and lists follow every act, undo and failure."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core import who
from qualcode.core.project import Project
from qualcode.core.values import CodeId, Span
from tests.helpers.projects import a_project, an_interview, code_words, scratch

SAID = "We waited for months and nobody rang."


@pytest.fixture
def waiting(project: Project) -> CodeId:
    return project.codebook.add("Waiting")


def counts(project: Project) -> dict[str, tuple[int, int]]:
    return {code.name: (code.people, code.segments) for code in project.codebook.all()}


class DescribeWhatIsKept:
    def it_follows_coding_and_its_undo(self, project: Project, waiting: CodeId) -> None:
        _, transcript_id = an_interview(project, "P01", SAID)
        assert counts(project) == {"Waiting": (0, 0)}
        code_words(project, transcript_id, "waited for months", waiting)
        assert counts(project) == {"Waiting": (1, 1)}
        project.undo()
        assert counts(project) == {"Waiting": (0, 0)}
        project.redo()
        assert counts(project) == {"Waiting": (1, 1)}

    def it_follows_somebody_who_withdraws(self, project: Project, waiting: CodeId) -> None:
        person, transcript_id = an_interview(project, "P01", SAID)
        code_words(project, transcript_id, "waited for months", waiting)
        assert counts(project) == {"Waiting": (1, 1)}
        project.people.withdraw([person])
        assert counts(project) == {"Waiting": (0, 1)}

    def it_sees_what_a_step_has_done_so_far(self, project: Project, waiting: CodeId) -> None:
        _, transcript_id = an_interview(project, "P01", SAID)
        assert counts(project) == {"Waiting": (0, 0)}
        with project.step("Code and count"):
            code_words(project, transcript_id, "nobody rang", waiting)
            assert counts(project) == {"Waiting": (1, 1)}

    def it_forgets_what_was_read_in_a_step_that_failed(self, project: Project, waiting: CodeId) -> None:
        _, transcript_id = an_interview(project, "P01", SAID)

        def fail() -> None:
            with project.step("Fail"):
                code_words(project, transcript_id, "nobody rang", waiting)
                assert counts(project) == {"Waiting": (1, 1)}
                raise RuntimeError

        with pytest.raises(RuntimeError):
            fail()
        assert counts(project) == {"Waiting": (0, 0)}

    def it_gives_each_caller_a_list_of_its_own(self, project: Project) -> None:
        an_interview(project, "P01", SAID)
        project.transcripts.interviews().clear()
        assert len(project.transcripts.interviews()) == 1

    @settings(max_examples=25)
    @given(st.lists(st.sampled_from(["code", "uncode", "undo", "redo", "withdraw", "interview"]), max_size=8))
    def it_is_always_what_is_in_the_file(self, acts: list[str]) -> None:
        with scratch() as folder, a_project(Path(folder)) as project:
            code_id = project.codebook.add("Waiting")
            for number, act in enumerate(acts):
                _do(project, act, number, code_id)
                kept = counts(project), project.transcripts.interviews()
                with project.step("Look"):
                    project.codebook.recolour(code_id, f"#00000{number % 10}")
                    assert (counts(project), project.transcripts.interviews()) == kept
                project.undo()


def _do(project: Project, act: str, number: int, code_id: CodeId) -> None:
    interviews = project.transcripts.interviews()
    if act == "interview" or not interviews:
        an_interview(project, f"P{number}", SAID)
    elif act == "code":
        project.coding.apply(interviews[-1].transcript_id, Span(14, 14 + 2 + number), code_id)
    elif act == "uncode":
        project.coding.remove([s.id for s in project.coding.of_code([code_id])][:1])
    elif act == "withdraw":
        project.people.withdraw([project.people.all()[-1].id])
    elif act == "undo" and project.undo_label:
        project.undo()
    elif act == "redo" and project.redo_label:
        project.redo()


class DescribeWhoIsHeard:
    def it_says_the_same_of_some_codes_as_of_all(self, project: Project, waiting: CodeId) -> None:
        other = project.codebook.add("Ringing")
        for name in ("P01", "P02"):
            _, transcript_id = an_interview(project, name, SAID)
            code_words(project, transcript_id, "waited for months", waiting)
        code_words(project, transcript_id, "nobody rang", other)
        journal = project._journal
        whole = who.people_by_code(journal)
        assert {c: who.people_by_code(journal, [c])[c] for c in (waiting, other)} == whole
        assert who.segments_by_code(journal, [waiting]) == {waiting: 2}
        assert len(whole[waiting]) == 2
