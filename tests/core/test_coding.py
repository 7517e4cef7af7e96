from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core.coding import NewSegment
from qualcode.core.project import Project
from qualcode.core.values import Change, CodeId, SegmentId, Span, TranscriptId
from qualcode.errors import UserError
from tests.helpers.projects import (
    an_interview,
    code_words,
    dialogue,
    everything,
    land,
    span_of,
)

GROUP = dialogue(
    ("Interviewer", "Who had to wait?"),
    ("Ann", "All of us did, for months."),
    ("Bob", "Not me, I was lucky."),
    ("Ann", "You were."),
)


@pytest.fixture
def transcript_id(project: Project) -> TranscriptId:
    return land(project, GROUP)[1]


@pytest.fixture
def waiting(project: Project) -> CodeId:
    return project.codebook.add("Waiting")


class DescribeApplying:
    def it_keeps_the_words_as_proof(self, project: Project, transcript_id: TranscriptId, waiting: CodeId) -> None:
        segment_id = code_words(project, transcript_id, "All of us did", waiting)
        row = project.coding.get(segment_id)
        assert (row.quote, row.span.of(GROUP.text)) == ("All of us did", "All of us did")
        assert (row.transcript_id, row.code_id, row.coder_id) == (transcript_id, waiting, project.coder_id)
        assert project.undo_label == "Code “Waiting”"

    def it_leaves_the_white_space_at_the_ends_out(
        self, project: Project, transcript_id: TranscriptId, waiting: CodeId
    ) -> None:
        wide = span_of(GROUP.text, "\nAll of us did, ")
        assert project.coding.get(project.coding.apply(transcript_id, wide, waiting)).quote == "All of us did,"

    def it_codes_a_passage_once_for_each_coder(
        self, project: Project, transcript_id: TranscriptId, waiting: CodeId
    ) -> None:
        first = code_words(project, transcript_id, "All of us", waiting)
        before = project.undo_label
        assert code_words(project, transcript_id, "All of us", waiting) == first
        assert project.undo_label == before
        project.work_as("Ben")
        assert code_words(project, transcript_id, "All of us", waiting) != first
        assert len(project.coding.all()) == 2

    @pytest.mark.parametrize(
        ("span", "why"),
        [(Span(5, 5), "Select some words"), (Span(16, 17), "Select some words"), (Span(5, 999), "outside")],
    )
    def it_refuses_what_holds_no_words(
        self, project: Project, transcript_id: TranscriptId, waiting: CodeId, span: Span, why: str
    ) -> None:
        with pytest.raises(UserError, match=why):
            project.coding.apply(transcript_id, span, waiting)
        assert project.coding.all() == []

    def it_codes_many_passages_in_one_act_and_tells_them_in_order(self, project: Project, waiting: CodeId) -> None:
        texts = [an_interview(project, f"P{n}", f"Yes, {n} months.")[1] for n in range(3)]
        other = project.codebook.add("Time")
        wanted = [
            NewSegment(texts[2], Span(12, 15), waiting),
            NewSegment(texts[0], Span(12, 15), other, memo="Short.", weight=2),
            NewSegment(texts[2], Span(12, 20), other, coder_id=project.people.coder("Ben")),
            NewSegment(texts[2], Span(12, 15), waiting),
        ]
        before = everything(project)
        ids = project.coding.apply_many(wanted)
        rows = [project.coding.get(i) for i in ids]
        assert ids[0] == ids[3]
        assert [(r.transcript_id, r.code_id) for r in rows] == [(w.transcript_id, w.code_id) for w in wanted]
        assert [(r.memo, r.weight) for r in rows[:2]] == [("", 0), ("Short.", 2)]
        assert rows[2].coder_id != project.coder_id
        project.undo()
        assert everything(project) == before

    def it_codes_none_of_many_when_one_is_refused(
        self, project: Project, transcript_id: TranscriptId, waiting: CodeId
    ) -> None:
        with pytest.raises(UserError):
            project.coding.apply_many(NewSegment(transcript_id, Span(0, end), waiting) for end in (5, 999))
        assert project.coding.all() == []


class DescribeRecentCodes:
    def it_knows_those_the_coder_at_work_used_last(
        self, project: Project, transcript_id: TranscriptId, waiting: CodeId
    ) -> None:
        luck, blame = project.codebook.add("Luck"), project.codebook.add("Blame")
        code_words(project, transcript_id, "lucky.", luck)
        code_words(project, transcript_id, "for months.", waiting)
        code_words(project, transcript_id, "You were.", luck)
        assert project.coding.recent_codes(8) == [luck, waiting]
        assert project.coding.recent_codes(1) == [luck]
        project.work_as("Somebody else")
        assert project.coding.recent_codes(8) == []
        code_words(project, transcript_id, "lucky.", blame)
        assert project.coding.recent_codes(8) == [blame]


class DescribeVoicesHeard:
    @pytest.mark.parametrize(
        ("words", "people"),
        [
            ("Who had to wait?", 0),
            ("wait?\nAll", 1),
            ("for months.\nNot me", 2),
            ("All of us did, for months.\nNot me, I was lucky.\nYou were.", 2),
            ("lucky.", 1),
        ],
    )
    def it_hears_whoever_speaks_in_the_passage(
        self, project: Project, transcript_id: TranscriptId, waiting: CodeId, words: str, people: int
    ) -> None:
        code_words(project, transcript_id, words, waiting)
        assert project.codebook.counts() == {waiting: (people, 1)}

    def it_hears_others_when_the_ends_move(
        self, project: Project, transcript_id: TranscriptId, waiting: CodeId
    ) -> None:
        segment_id = code_words(project, transcript_id, "for months.", waiting)
        project.coding.move_ends(segment_id, span_of(GROUP.text, "for months.\nNot me"))
        assert project.codebook.counts() == {waiting: (2, 1)}
        project.undo()
        assert project.codebook.counts() == {waiting: (1, 1)}


class DescribeChanging:
    @pytest.fixture
    def segment_id(self, project: Project, transcript_id: TranscriptId, waiting: CodeId) -> str:
        return code_words(project, transcript_id, "All of us did", waiting)

    def it_moves_the_ends_and_takes_the_new_words(self, project: Project, segment_id: str) -> None:
        project.coding.move_ends(segment_id, span_of(GROUP.text, "us did, for months. "[:-1]))
        assert project.coding.get(segment_id).quote == "us did, for months."

    @pytest.mark.parametrize("span", [Span(3, 3), Span(0, 999)])
    def it_refuses_ends_that_hold_no_words(self, project: Project, segment_id: str, span: Span) -> None:
        before = everything(project)
        with pytest.raises(UserError):
            project.coding.move_ends(segment_id, span)
        assert everything(project) == before

    def it_gets_another_code_in_place(self, project: Project, segment_id: str, waiting: CodeId) -> None:
        other = project.codebook.add("Time")
        project.coding.write_memo(segment_id, "Strong.")
        project.coding.recode([segment_id], other)
        row = project.coding.get(segment_id)
        assert (row.code_id, row.memo) == (other, "Strong.")
        assert project.codebook.counts() == {other: (1, 1)}
        project.undo()
        assert project.codebook.counts() == {waiting: (1, 1)}

    def it_becomes_one_with_a_segment_that_has_that_code_already(
        self, project: Project, transcript_id: TranscriptId, segment_id: str
    ) -> None:
        other = project.codebook.add("Time")
        code_words(project, transcript_id, "All of us did", other)
        before = everything(project)
        project.coding.recode([segment_id], other)
        assert len(project.coding.all()) == 1
        project.undo()
        assert everything(project) == before

    def it_keeps_a_memo_and_a_weight(self, project: Project, segment_id: str) -> None:
        project.coding.write_memo(segment_id, "Strong.")
        project.coding.weigh(segment_id, 3)
        row = project.coding.get(segment_id)
        assert (row.memo, row.weight) == ("Strong.", 3)

    def it_is_uncoded_and_brought_back(self, project: Project, segment_id: str) -> None:
        before = everything(project)
        project.coding.remove([segment_id])
        with pytest.raises(UserError, match="no longer there"):
            project.coding.get(segment_id)
        project.undo()
        assert everything(project) == before


class DescribeParting:
    @pytest.fixture
    def segment_id(self, project: Project, transcript_id: TranscriptId, waiting: CodeId) -> SegmentId:
        found = code_words(project, transcript_id, "All of us did, for months.", waiting)
        project.coding.write_memo(found, "Strong.")
        project.coding.weigh(found, 2)
        return found

    def it_makes_two_of_one_code_and_weight(self, project: Project, segment_id: SegmentId) -> None:
        first, second = project.coding.split(segment_id, GROUP.text.index("for months"))
        rows = [project.coding.get(first), project.coding.get(second)]
        assert first == segment_id
        assert [(row.quote, row.memo, row.weight) for row in rows] == [
            ("All of us did,", "Strong.", 2),
            ("for months.", "", 2),
        ]
        assert project.coding.broken() == []

    @pytest.mark.parametrize("words", ["All of", "\nNot me", "I was lucky"])
    def it_refuses_a_part_without_words(self, project: Project, segment_id: SegmentId, words: str) -> None:
        before = everything(project)
        with pytest.raises(UserError, match="inside the segment"):
            project.coding.split(segment_id, GROUP.text.index(words))
        assert everything(project) == before

    def it_is_joined_again_with_the_words_between(self, project: Project, segment_id: SegmentId) -> None:
        first, second = project.coding.split(segment_id, GROUP.text.index("for months"))
        project.coding.write_memo(second, "How long.")
        kept = project.coding.join([second, first])
        row = project.coding.get(kept)
        assert (kept, row.quote, row.memo) == (first, "All of us did, for months.", "Strong.\nHow long.")
        assert len(project.coding.all()) == 1

    def it_hears_everybody_once_joined(
        self, project: Project, transcript_id: TranscriptId, segment_id: SegmentId, waiting: CodeId
    ) -> None:
        other = code_words(project, transcript_id, "I was lucky.", waiting)
        project.coding.join([segment_id, other])
        assert project.codebook.counts() == {waiting: (2, 1)}
        project.undo()
        assert len(project.coding.all()) == 2

    def it_carries_what_the_joined_ones_carried(
        self, project: Project, transcript_id: TranscriptId, segment_id: SegmentId, waiting: CodeId
    ) -> None:
        other = code_words(project, transcript_id, "You were.", waiting)
        finding = project.findings.add(project.themes.add("Luck"), "Luck.")
        project.findings.attach(finding, [other])
        kept = project.coding.join([segment_id, other])
        (row,) = [f for f in project.findings.all() if f.id == finding]
        assert [e.segment_id for e in row.evidence] == [kept]

    def it_refuses_to_join_what_is_not_alike(
        self, project: Project, transcript_id: TranscriptId, segment_id: SegmentId
    ) -> None:
        other = code_words(project, transcript_id, "You were.", project.codebook.add("Luck"))
        before = everything(project)
        for wanted in ([segment_id, other], [segment_id]):
            with pytest.raises(UserError, match="one code"):
                project.coding.join(wanted)
        assert everything(project) == before

    def it_becomes_one_with_the_same_passage_when_its_ends_are_moved_there(
        self, project: Project, transcript_id: TranscriptId, segment_id: SegmentId, waiting: CodeId
    ) -> None:
        there = code_words(project, transcript_id, "for months.", waiting)
        stays = project.coding.move_ends(there, project.coding.get(segment_id).span)
        assert stays == segment_id
        assert len(project.coding.all()) == 1


Act = tuple[str, int, int, int]
acts = st.lists(
    st.tuples(
        st.sampled_from(["apply", "move", "recode", "split", "join", "memo", "weigh", "copy", "remove"]),
        st.integers(0, 50),
        st.integers(0, len(GROUP.text)),
        st.integers(0, len(GROUP.text)),
    ),
    min_size=1,
    max_size=14,
)


def do(project: Project, transcript_id: TranscriptId, codes: list[CodeId], act: Act) -> None:
    """One act of coding, on whichever segment the number falls; what is refused changes nothing."""
    what, number, one, other = act
    coding, there = project.coding, project.coding.of_transcript(transcript_id)
    span, code_id = Span(min(one, other), max(one, other)), codes[number % len(codes)]
    segment = there[number % len(there)] if there else None
    with suppress(UserError):
        if what == "apply" or segment is None:
            coding.apply(transcript_id, span, code_id)
        elif what == "move":
            coding.move_ends(segment.id, span)
        elif what == "recode":
            coding.recode([segment.id], code_id)
        elif what == "split":
            coding.split(segment.id, one)
        elif what == "join":
            coding.join([row.id for row in there if row.code_id == segment.code_id])
        elif what == "memo":
            coding.write_memo(segment.id, f"Note {one}")
        elif what == "weigh":
            coding.weigh(segment.id, number % 4)
        elif what == "copy":
            coding.apply_many([NewSegment(transcript_id, segment.span, code_id, segment.memo, segment.weight)])
        else:
            coding.remove([segment.id])


class DescribeAnySequenceOfActs:
    def it_undoes_to_the_start_and_redoes_to_the_end(self, project: Project, transcript_id: TranscriptId) -> None:
        codes = [project.codebook.add(name) for name in ("Waiting", "Luck", "Time")]
        start = everything(project)

        @given(acts)
        @settings(max_examples=25, deadline=None)
        def holds(wanted: list[Act]) -> None:
            done = 0
            for act in wanted:
                before = len(changes)
                do(project, transcript_id, codes, act)
                done += len(changes) - before
                rows = project.coding.all()
                assert len({(r.code_id, r.coder_id, r.span) for r in rows}) == len(rows)
            assert project.coding.broken() == []
            end = everything(project)
            for _ in range(done):
                project.undo()
            assert everything(project) == start
            for _ in range(done):
                project.redo()
            assert everything(project) == end
            for _ in range(done):
                project.undo()

        changes: list[Change] = []
        project.on_change(changes.append)
        holds()


class DescribeRetrieving:
    def it_lists_a_transcript_from_its_start_the_longer_first(
        self, project: Project, transcript_id: TranscriptId, waiting: CodeId
    ) -> None:
        for words in ("lucky", "All of us", "All of us did"):
            code_words(project, transcript_id, words, waiting)
        found = [row.quote for row in project.coding.of_transcript(transcript_id)]
        assert found == ["All of us did", "All of us", "lucky"]

    def it_lists_the_segments_of_codes(self, project: Project, transcript_id: TranscriptId, waiting: CodeId) -> None:
        luck, other = project.codebook.add("Luck"), project.codebook.add("Other")
        for words, code_id in (("lucky", luck), ("All of us", waiting), ("You were", other)):
            code_words(project, transcript_id, words, code_id)
        assert [row.quote for row in project.coding.of_code([luck, waiting])] == ["All of us", "lucky"]
