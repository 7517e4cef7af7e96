"""Somebody withdraws: shown first, done in one step, or for good without a trace in the file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from qualcode.core.project import Project
from qualcode.core.values import FindingId, ParticipantId, TranscriptId
from tests.helpers.projects import an_interview, code_words, dialogue, everything, land

ALONE = "We waited for months with Brother Anselm Quill before anybody came."
OTHER = "They rang back within a week, I was surprised."
GROUP = ("I felt the room was cold as Greenland.", "I thought it was warm enough for most of us.")


@pytest.fixture
def people(project: Project) -> tuple[ParticipantId, ParticipantId]:
    """Two people, each interviewed alone and both together; a finding that rests on both, one on the first."""
    theme, code = project.themes.add("Waiting"), project.codebook.add("Waiting")
    cold, coldness = project.themes.add("The room"), project.codebook.add("Cold")
    project.themes.gather([code], theme)
    project.themes.gather([coldness], cold)
    first, one = an_interview(project, "P01", ALONE)
    second, two = an_interview(project, "P02", OTHER)
    together = dialogue(("A", GROUP[0]), ("B", GROUP[1]), name="group.txt")
    _, group = land(project, together, title="Group", people=[first, second])
    waited, rang = code_words(project, one, ALONE, code), code_words(project, two, OTHER, code)
    felt, warm = code_words(project, group, GROUP[0], coldness), code_words(project, group, GROUP[1], code)
    both = project.findings.add(theme, "Two people **waited**.")
    project.findings.attach(both, [waited, rang, warm])
    project.findings.quote(both, waited)
    project.findings.quote(both, rang)
    alone = project.findings.add(cold, "One person **was cold**.")
    project.findings.quote(alone, felt)
    project.identifiers.add("person", "Anselm Quill", "[a friend]", forms=["Quill"])
    return first, second


def group_of(project: Project) -> TranscriptId:
    return next(i.transcript_id for i in project.transcripts.interviews() if i.title == "Group")


def bytes_of(project: Project) -> bytes:
    """All that lies on the disk for the project, its rollback journal too."""
    return b"".join(p.read_bytes() for p in project.path.parent.iterdir() if p.name.startswith(project.path.name))


class DescribeWhatAWithdrawalTouches:
    def it_is_told_before_anything_is_done(self, project: Project, people: tuple[ParticipantId, ParticipantId]) -> None:
        before = everything(project)
        touched = project.people.touched_by(people[0])
        assert touched.person.pseudonym == "P01"
        assert [i.title for i in touched.shared] == ["Group"]
        assert len(touched.alone) == 1
        assert (touched.segments, touched.quotes) == (2, ("Q-0001", "Q-0003"))
        assert [(str(r.before), str(r.after)) for r in touched.findings] == [("2 of 2", "1 of 1"), ("1 of 2", "0 of 1")]
        assert touched.themes == ("The room",)
        assert touched.identifiers == ("Anselm Quill",)
        assert everything(project) == before

    def it_names_the_copies_that_keep_what_they_hold(
        self, project: Project, people: tuple[ParticipantId, ParticipantId]
    ) -> None:
        name = f"{project.path.stem} before the move.qualcode"
        project.save_copy(project.path.with_name(name))
        assert project.people.touched_by(people[0]).copies == (name,)

    def it_names_where_their_words_stand_in_what_was_written(
        self, project: Project, people: tuple[ParticipantId, ParticipantId]
    ) -> None:
        assert project.people.touched_by(people[1]).echoes == ()
        project.findings.write(project.findings.all()[0].id, text="They “rang back within a week, I” was told.")
        assert project.people.touched_by(people[1]).echoes == ("Finding",)


class DescribeWithdrawing:
    def it_is_one_step_after_which_the_person_counts_no_more(
        self, project: Project, people: tuple[ParticipantId, ParticipantId]
    ) -> None:
        before = everything(project)
        expected = project.people.touched_by(people[0]).findings
        project.people.withdraw([people[0]], dt.date(2026, 3, 5))
        analysis = project.analysis()
        assert [analysis.behind(r.finding) for r in expected] == [r.after for r in expected]
        assert project.people.all()[0].withdrawn_on == dt.date(2026, 3, 5)
        assert {code.name: code.people for code in project.codebook.all()} == {"Waiting": 1, "Cold": 0}
        assert {theme.name: theme.people for theme in project.themes.all()} == {"Waiting": 1, "The room": 0}
        assert project.undo_label == "Withdraw participant"
        project.undo()
        assert everything(project) == before

    def it_can_be_taken_back_later(self, project: Project, people: tuple[ParticipantId, ParticipantId]) -> None:
        project.people.withdraw(people)
        project.people.take_withdrawal_back([people[1]])
        assert [p.withdrawn_on is None for p in project.people.all()] == [False, True]


class DescribeErasing:
    def it_leaves_no_trace_in_the_file(self, project: Project, people: tuple[ParticipantId, ParticipantId]) -> None:
        project.people.change(people[0], name="Wilhelmina Fothergill")
        project.memos.add("She mentioned Quill twice.", participant_id=people[0])
        assert b"Anselm Quill" in bytes_of(project)
        project.people.erase(people[0])
        left = bytes_of(project)
        for words in ("months with Brother", "Anselm", "Quill", "Greenland", "Fothergill", "room was cold"):
            assert words.encode() not in left, words
        assert b"rang back within a week" in left

    def it_keeps_what_others_said_in_its_place(
        self, project: Project, people: tuple[ParticipantId, ParticipantId]
    ) -> None:
        group = group_of(project)
        before = project.transcripts.text(group)
        project.people.erase(people[0])
        after = project.transcripts.text(group)
        assert len(after) == len(before)
        assert after.endswith(GROUP[1])
        assert set(after.split("\n")[0]) == {"█", " "}
        assert project.check() == []
        assert {s.quote for s in project.coding.all()} == {OTHER, GROUP[1]}

    def it_cannot_be_undone_nor_what_came_before(
        self, project: Project, people: tuple[ParticipantId, ParticipantId]
    ) -> None:
        project.people.erase(people[0])
        assert (project.undo_label, project.redo_label) == (None, None)
        assert [p.pseudonym for p in project.people.all()] == ["P02"]
        assert [q.verbatim for q in project.findings.quotes()] == [OTHER]

    def it_takes_their_words_out_of_the_log(
        self, project: Project, people: tuple[ParticipantId, ParticipantId]
    ) -> None:
        quote = project.findings.quotes()[0]
        start = quote.verbatim.index("months")
        project.findings.cut(quote.id, type(quote.span)(start, start + len("months")))
        project.people.erase(people[0])
        labels = [row.label for row in project.log()]
        assert not any("months" in label or "P01" in label for label in labels)
        assert "Cut … in Q-0001" in labels

    def it_leaves_a_project_that_opens_and_is_sound(
        self, project: Project, people: tuple[ParticipantId, ParticipantId], tmp_path: Path
    ) -> None:
        project.people.erase(people[0])
        project.save_copy(tmp_path / "copy.qualcode")
        with Project.open(tmp_path / "copy.qualcode") as copy:
            assert copy.check() == []
            assert [f.text for f in copy.findings.all()] == ["Two people **waited**.", "One person **was cold**."]


def test_a_finding_stays_when_all_its_evidence_is_gone(
    project: Project, people: tuple[ParticipantId, ParticipantId]
) -> None:
    kept: list[FindingId] = [f.id for f in project.findings.all()]
    project.people.erase(people[0])
    assert [f.id for f in project.findings.all()] == kept
    assert project.findings.all()[1].evidence == ()
