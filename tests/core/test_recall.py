"""What was read is kept no longer than it is true: counts and lists follow every act, undo and failure."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core import journal, who
from qualcode.core.coding import NewSegment
from qualcode.core.project import Project
from qualcode.core.values import CodeId, Span
from qualcode.core.written import FEW
from tests.core.test_journal import ACTS, NUMBERS, perform
from tests.helpers.projects import a_project, an_interview, code_words, scratch
from tests.helpers.statements import statements_of

SAID = "We waited for months and nobody rang."
OWN = ("withdraw", "read on", "fail")
KINDS = [*ACTS, "undo", "redo", *OWN]


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

    def it_follows_many_rows_at_once_and_many_steps(self, project: Project, waiting: CodeId) -> None:
        _, transcript_id = an_interview(project, "P01", " ".join([SAID] * 10))
        assert counts(project) == {"Waiting": (0, 0)}
        project.coding.apply_many(NewSegment(transcript_id, Span(12, 20 + n), waiting) for n in range(FEW))
        made = len(project.coding.all())
        assert made > FEW / 2
        assert counts(project) == {"Waiting": (1, made)}
        for segment in project.coding.all()[: made // 2]:
            project.coding.remove([segment.id])
        assert counts(project) == {"Waiting": (1, made - made // 2)}

    def it_asks_only_for_what_an_act_has_touched(self, project: Project, waiting: CodeId) -> None:
        _, transcript_id = an_interview(project, "P01", SAID)
        for number in range(3):
            project.coding.apply(transcript_id, Span(12 + number, 20), waiting)
            alone = statements_of(project, lambda: counts(project))
        assert [words for words in alone if "WHERE" not in words] == [alone[-1]]
        assert "FROM code" in alone[-1]

    @settings(max_examples=40)
    @given(st.lists(st.tuples(st.sampled_from(KINDS), NUMBERS, NUMBERS), max_size=12), st.sampled_from([0, 4, FEW]))
    def it_is_always_what_is_in_the_file(self, acts: list[tuple[str, int, int]], few: int) -> None:
        with pytest.MonkeyPatch.context() as patch, scratch() as folder, a_project(Path(folder)) as project:
            patch.setattr(journal, "FEW", few)
            for number in range(2):
                perform(project, "import_interview", number, number)
                perform(project, "add_code", number, 0)
                perform(project, "add_theme", number, 2)
                perform(project, "apply_code", number, number)
            for name, a, b in acts:
                _do(project, name, a, b)
                if (a + b) % 3:
                    with project.step("Read anew"):
                        anew = answers(project)
                    assert answers(project) == anew


def answers(project: Project) -> list[object]:
    """What is kept, of each kind; within a step all of it is read anew."""
    inner = project._journal
    kept = (who.said, who.people_by_code, who.segments_by_code, who.segments_by_transcript)
    return [project.transcripts.interviews(), project.themes.all(), *(dict(read(inner)) for read in kept)]


def _do(project: Project, name: str, a: int, b: int) -> None:
    interviews, people = project.transcripts.interviews(), project.people.all()
    if name == "withdraw" and people:
        project.people.withdraw([people[a % len(people)].id])
    elif name == "read on" and interviews:
        project.readings.reach(interviews[a % len(interviews)].id, b)
    elif name == "fail":
        with suppress(ZeroDivisionError), project.step("Fail"):
            for kind in ("apply_code", "merge_codes", "remove_interview"):
                perform(project, kind, a, b)
            answers(project)
            raise ZeroDivisionError
    elif name not in OWN:
        perform(project, name, a, b)


class DescribeWhoIsHeard:
    def it_says_the_same_of_some_codes_as_of_all(self, project: Project, waiting: CodeId) -> None:
        other = project.codebook.add("Ringing")
        for name in ("P01", "P02"):
            _, transcript_id = an_interview(project, name, SAID)
            code_words(project, transcript_id, "waited for months", waiting)
        code_words(project, transcript_id, "nobody rang", other)
        inner = project._journal
        whole = who.people_by_code(inner)
        assert {c: who.people_by_code(inner, [c])[c] for c in (waiting, other)} == whole
        assert who.segments_by_code(inner, [waiting]) == {waiting: 2}
        assert len(whole[waiting]) == 2
