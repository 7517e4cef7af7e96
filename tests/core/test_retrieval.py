"""Finding segments by how they lie to others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.concordance import Voices
from qualcode.core.project import Project
from qualcode.core.retrieval import Condition, Relation, SegmentSearch, relates, retrieve, understood
from qualcode.core.scope import Scope, Topic
from qualcode.core.values import CodeId, Span, TranscriptId
from tests.helpers.projects import an_interview, code_words

SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 60), st.integers(1, 20))
STARTS = st.lists(st.integers(1, 79), unique=True).map(lambda found: [0, *sorted(found)])


def topic(project: Project, *names: str) -> Topic:
    """Codes of these names, and themes."""
    codes = {c.name: c.id for c in project.codebook.all()}
    themes = {t.name: t.id for t in project.themes.all()}
    return Topic(
        frozenset(codes[name] for name in names if name in codes),
        frozenset(themes[name] for name in names if name in themes),
    )


def the_code(project: Project, name: str) -> CodeId:
    return next(iter(topic(project, name).code_ids))


def found(project: Project, asked: SegmentSearch) -> list[str]:
    """The words of the segments found."""
    question = understood(project, asked)
    speeches = project.readings.speech(question.to_read)
    segments = {s.passage.transcript_id: project.coding.of_transcript(s.passage.transcript_id) for s in speeches}
    return [m.segment.quote for each in retrieve(speeches, segments, question) for m in each.matches]


@pytest.fixture
def place(project: Project) -> TranscriptId:
    """One person's three answers, coded: A encloses B in the first, C shares words with A; D two turns on."""
    _, transcript_id = an_interview(
        project, "P01", "we waited, they never rang, and so on", "then it closed", "the end"
    )
    for name in "ABCD":
        project.codebook.add(name)
    for words, name in (
        ("waited, they never rang", "A"),
        ("they never", "B"),
        ("never rang, and so", "C"),
        ("it closed", "D"),
        ("the end", "A"),
    ):
        code_words(project, transcript_id, words, the_code(project, name))
    return transcript_id


FIRST, LAST = "waited, they never rang", "the end"


class DescribeRetrieval:
    @pytest.mark.parametrize(
        ("relation", "other", "turns", "expected"),
        [
            (Relation.OVERLAPPING, "C", 0, [FIRST]),
            (Relation.AROUND, "B", 0, [FIRST]),
            (Relation.AROUND, "C", 0, []),
            (Relation.INSIDE, "C", 0, []),
            (Relation.NEAR, "D", 1, []),
            (Relation.NEAR, "D", 2, [FIRST, LAST]),
            (Relation.NEAR, "B", 0, [FIRST]),
            (Relation.BEFORE, "D", 2, [FIRST]),
            (Relation.AFTER, "D", 2, [LAST]),
            (Relation.BEFORE, "B", 9, []),
            (Relation.INTERVIEW, "D", 0, [FIRST, LAST]),
        ],
    )
    def it_finds_segments_that_lie_so_to_another(
        self, project: Project, place: TranscriptId, relation: Relation, other: str, turns: int, expected: list[str]
    ) -> None:
        condition = Condition(relation, topic(project, other), turns=turns)
        assert found(project, SegmentSearch(topic(project, "A"), (condition,))) == expected

    def it_leaves_out_what_lies_so_to_an_unwanted_one(self, project: Project, place: TranscriptId) -> None:
        without = Condition(Relation.OVERLAPPING, topic(project, "B", "C"), wanted=False)
        assert found(project, SegmentSearch(topic(project, "A"), (without,))) == [LAST]

    def it_asks_for_all_conditions_at_once(self, project: Project, place: TranscriptId) -> None:
        near, without = (
            Condition(Relation.NEAR, topic(project, "D"), turns=2),
            Condition(Relation.AROUND, topic(project, "B"), wanted=False),
        )
        assert found(project, SegmentSearch(topic(project, "A"), (near, without))) == [LAST]

    def it_reads_only_interviews_with_all_codes_that_are_wanted(self, project: Project, place: TranscriptId) -> None:
        _, other = an_interview(project, "P02", "me too")
        code_words(project, other, "me too", the_code(project, "A"))
        near, no_near = (Condition(Relation.NEAR, topic(project, "B"), wanted) for wanted in (True, False))
        assert understood(project, SegmentSearch(topic(project, "A"), (near,))).to_read == (place,)
        assert understood(project, SegmentSearch(topic(project, "A"), (no_near,))).to_read == (place, other)
        assert len(understood(project, SegmentSearch(topic(project, "A"), (near,))).heard) == 2

    def it_takes_any_of_several_codes_and_any_code_at_all(self, project: Project, place: TranscriptId) -> None:
        assert found(project, SegmentSearch(topic(project, "B", "D"))) == ["they never", "it closed"]
        inside = Condition(Relation.INSIDE)
        assert found(project, SegmentSearch(conditions=(inside,))) == ["they never"]

    def it_never_takes_a_segment_for_its_own_neighbour(self, project: Project, place: TranscriptId) -> None:
        same = Condition(Relation.OVERLAPPING, topic(project, "D"))
        assert found(project, SegmentSearch(topic(project, "D"), (same,))) == []

    def it_takes_a_theme_for_all_that_stands_under_it(self, project: Project, place: TranscriptId) -> None:
        above = project.themes.add("Above")
        below = project.themes.add("Below", parent_id=above)
        project.themes.gather(sorted(topic(project, "D").code_ids), below)
        assert found(project, SegmentSearch(topic(project, "Above"))) == ["it closed"]

    def it_tells_which_segments_met_the_conditions_and_who_is_heard(
        self, project: Project, place: TranscriptId
    ) -> None:
        asked = SegmentSearch(topic(project, "A"), (Condition(Relation.OVERLAPPING, topic(project, "B", "C")),))
        question = understood(project, asked)
        segments = {place: project.coding.of_transcript(place)}
        [each] = retrieve(project.readings.speech([place]), segments, question)
        [match] = each.matches
        assert [row.quote for row in match.beside] == ["they never", "never rang, and so"]
        assert match.people == (project.people.find("P01"),)

    def it_looks_at_a_group_and_at_whom_is_heard(self, project: Project, place: TranscriptId) -> None:
        person, other = an_interview(project, "P02", "me too")
        code_words(project, other, "me too", the_code(project, "A"))
        area = project.people.add_attribute("Area")
        project.people.set_value(person, area, "North")
        north = Scope(attribute_id=area, value="North")
        assert found(project, SegmentSearch(topic(project, "A"), scope=north)) == ["me too"]
        assert found(project, SegmentSearch(topic(project, "A"), scope=Scope(Voices.INTERVIEWERS))) == []


class DescribeHowSegmentsLie:
    @given(SPANS, SPANS, STARTS, st.integers(0, 5))
    def it_is_the_same_from_either_side(self, one: Span, other: Span, starts: list[int], turns: int) -> None:
        for there, back in (
            (Relation.OVERLAPPING, Relation.OVERLAPPING),
            (Relation.NEAR, Relation.NEAR),
            (Relation.INSIDE, Relation.AROUND),
            (Relation.BEFORE, Relation.AFTER),
        ):
            assert relates(one, other, there, starts, turns) is relates(other, one, back, starts, turns)

    @given(SPANS, SPANS, STARTS, st.integers(0, 5))
    def it_is_near_where_it_is_before_after_or_overlapping(
        self, one: Span, other: Span, starts: list[int], turns: int
    ) -> None:
        beside = (Relation.BEFORE, Relation.AFTER, Relation.OVERLAPPING)
        near = relates(one, other, Relation.NEAR, starts, turns)
        assert near is any(relates(one, other, relation, starts, turns) for relation in beside)

    @given(SPANS, SPANS, STARTS)
    def it_counts_the_turns_from_one_to_the_other(self, one: Span, other: Span, starts: list[int]) -> None:
        def turns_of(span: Span) -> set[int]:
            ends = [*starts[1:], 80]
            return {n for n, (a, b) in enumerate(zip(starts, ends, strict=True)) if a < span.end and span.start < b}

        apart = min(abs(a - b) for a in turns_of(one) for b in turns_of(other))
        assert relates(one, other, Relation.NEAR, starts, apart)
        assert apart == 0 or not relates(one, other, Relation.NEAR, starts, apart - 1)
