from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core import spans
from qualcode.core.ends import End, moved, stepped, unit_at
from qualcode.core.spans import Snap
from qualcode.core.values import Span, Turn
from tests.helpers.projects import dialogue, span_of

TALK = dialogue(
    ("Interviewer", "Was it far?"),
    ("Ann", "Not far. Two stops, e\u0301 — 👩‍👩‍👧 all of us went."),
    ("Bob", "I walked."),
)
TEXT = TALK.text

texts = st.text(alphabet=st.sampled_from("ab .\n'é😀\u0301"), min_size=1, max_size=60).map(spans.normalise)


@st.composite
def passages(draw: st.DrawFn) -> tuple[str, Span]:
    text = draw(texts)
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text))))


class DescribeAUnit:
    @pytest.mark.parametrize(
        ("to", "words"),
        [
            (Snap.WORD, "stops"),
            (Snap.NONE, "stops"),
            (Snap.SENTENCE, "Two stops, e\u0301 — 👩‍👩‍👧 all of us went."),
            (Snap.TURN, TALK.turns[1].span.of(TEXT)),
        ],
    )
    def it_holds_the_place(self, to: Snap, words: str) -> None:
        at = TEXT.index("stops") + 2
        found = unit_at(TEXT, at, to, TALK.turns)
        assert found is not None
        assert found.of(TEXT) == words

    def it_is_the_one_before_at_the_end_of_a_line(self) -> None:
        at = TEXT.index("\n")
        found = unit_at(TEXT, at, Snap.SENTENCE, TALK.turns)
        assert found is not None
        assert found.of(TEXT) == "Was it far?"

    def it_is_nothing_where_nothing_is_said(self) -> None:
        assert unit_at("\n\nYes.", 1, Snap.WORD, ()) is None


class DescribeSteppingAnEnd:
    @pytest.mark.parametrize(
        ("which", "by", "to", "words"),
        [
            (End.END, 1, Snap.WORD, "Two stops, e\u0301"),
            (End.END, -1, Snap.WORD, "Two"),
            (End.START, 1, Snap.WORD, "stops"),
            (End.START, -1, Snap.WORD, "far. Two stops"),
            (End.END, 1, Snap.SENTENCE, "Two stops, e\u0301 — 👩‍👩‍👧 all of us went."),
            (End.START, -1, Snap.SENTENCE, "Not far. Two stops"),
            (End.END, 1, Snap.NONE, "Two stops,"),
            (End.START, -1, Snap.NONE, " Two stops"),
        ],
    )
    def it_takes_or_leaves_one_unit(self, which: End, by: int, to: Snap, words: str) -> None:
        passage = span_of(TEXT, "Two stops")
        assert stepped(TEXT, passage, which, by, to, TALK.turns).of(TEXT) == words

    def it_takes_in_the_next_turn(self) -> None:
        answer = TALK.turns[1].span
        assert stepped(TEXT, answer, End.END, 1, Snap.TURN, TALK.turns).end == TALK.turns[2].span.end

    def it_keeps_a_sign_of_several_code_points_whole(self) -> None:
        passage = span_of(TEXT, "— ")
        assert stepped(TEXT, passage, End.END, 1, Snap.NONE, TALK.turns).of(TEXT) == "— 👩‍👩‍👧"

    @pytest.mark.parametrize("which", list(End))
    def it_stays_where_nothing_would_be_left(self, which: End) -> None:
        passage = span_of(TEXT, "stops")
        by = -1 if which is End.END else 1
        assert stepped(TEXT, passage, which, by, Snap.WORD, TALK.turns) == passage

    @given(passages(), st.sampled_from(End), st.sampled_from([1, -1]), st.sampled_from(Snap))
    def it_moves_one_end_only_and_never_out_of_the_text(
        self, passage: tuple[str, Span], which: End, by: int, to: Snap
    ) -> None:
        text, span = passage
        turns = (Turn(0, Span(0, len(text))),)
        found = stepped(text, span, which, by, to, turns)
        assert 0 <= found.start < found.end <= len(text)
        stays = (found.start == span.start) if which is End.END else (found.end == span.end)
        assert stays


class DescribeMovingAnEnd:
    @pytest.mark.parametrize(
        ("which", "to", "at", "words"),
        [
            (End.END, Snap.WORD, "of us", "Two stops, e\u0301 — 👩‍👩‍👧 all of"),
            (End.END, Snap.NONE, "ops", "Two st"),
            (End.START, Snap.WORD, "t far. T", "Not far. Two stops"),
            (End.START, Snap.SENTENCE, "far. T", "Not far. Two stops"),
        ],
    )
    def it_draws_the_end_to_the_unit(self, which: End, to: Snap, at: str, words: str) -> None:
        place = TEXT.index(at) + (1 if at == "of us" else 0)
        assert moved(TEXT, span_of(TEXT, "Two stops"), which, place, to, TALK.turns).of(TEXT) == words

    @given(passages(), st.sampled_from(End), st.integers(0, 60), st.sampled_from(Snap))
    def it_leaves_the_other_end_and_at_least_one_character(
        self, passage: tuple[str, Span], which: End, at: int, to: Snap
    ) -> None:
        text, span = passage
        found = moved(text, span, which, min(at, len(text)), to, (Turn(0, Span(0, len(text))),))
        assert 0 <= found.start < found.end <= len(text)
        stays = (found.start == span.start) if which is End.END else (found.end == span.end)
        assert stays
