from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core import spans
from qualcode.core.spans import Anchored, Snap
from qualcode.core.values import Span, Turn

TEXT = "I waited, honestly, for months. Nobody rang!\nMrs. Day's sister-in-law did. (Twice?) Then 😀 stopped."

anything = st.text(alphabet=st.characters(codec="utf-8"), max_size=200)
prose = st.lists(
    st.sampled_from(["we", "waited", "é", "😀", "the", "clinic", "rang", "back", ".", "\n", "and", "e\u0301"]),
    min_size=1,
    max_size=60,
).map(" ".join)


@st.composite
def text_and_spans(draw: st.DrawFn, texts: st.SearchStrategy[str] = prose) -> tuple[str, list[Span]]:
    text = draw(texts)
    ends = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=8))
    return text, [Span(min(p), max(p)) for p in pairs if p[0] != p[1]]


class DescribeNormalise:
    @given(st.text(max_size=300))
    def it_is_done_after_one_pass_and_fits_any_file(self, text: str) -> None:
        once = spans.normalise(text)
        assert spans.normalise(once) == once
        once.encode("utf-8")
        assert not set(once) & set("\x00\r\u2028\u2029\ufeff")

    def it_makes_every_line_end_one_line_feed(self) -> None:
        assert spans.normalise("a\r\nb\rc\u2028d\u2029e\x0bf") == "a\nb\nc\nd\ne\nf"

    def it_composes_accents(self) -> None:
        assert spans.normalise("Cafe\u0301") == "Café"


class DescribeWords:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("She didn't — she couldn’t.", ["She", "didn't", "she", "couldn’t"]),
            ("my sister-in-law, 2019", ["my", "sister-in-law", "2019"]),
            ("x\u0302y, Ọ\u0301ná", ["x\u0302y", "Ọ\u0301ná"]),
            ("नमस्ते दुनिया", ["नमस्ते", "दुनिया"]),
            ("שָׁלוֹם, مَرْحَبًا!", ["שָׁלוֹם", "مَرْحَبًا"]),
            ("می\u200cخواهم", ["می\u200cخواهم"]),
            ("สวัสดี 😀 ok", ["สวัสดี", "ok"]),
        ],
    )
    def it_keeps_marks_and_joiners_with_their_word(self, text: str, words: list[str]) -> None:
        text = spans.normalise(text)
        assert [w.of(text) for w in spans.words(text)] == words


class DescribeSnap:
    @pytest.mark.parametrize(
        ("chosen", "to", "words"),
        [
            ("aite", Snap.WORD, "waited"),
            ("ited, hon", Snap.WORD, "waited, honestly"),
            (" for ", Snap.NONE, "for"),
            ("hone", Snap.SENTENCE, "I waited, honestly, for months."),
            ("ister-in", Snap.WORD, "sister-in-law"),
            ("ay's si", Snap.SENTENCE, "Mrs. Day's sister-in-law did."),
            ("wice", Snap.SENTENCE, "(Twice?)"),
        ],
    )
    def it_grows_a_selection_to_whole_units(self, chosen: str, to: Snap, words: str) -> None:
        at = TEXT.index(chosen)
        assert spans.snap(TEXT, Span(at, at + len(chosen)), to).of(TEXT) == words

    def it_grows_to_the_turns_touched(self) -> None:
        turns = (Turn(0, Span(0, 31)), Turn(1, Span(32, 44)), Turn(0, Span(45, len(TEXT))))
        assert spans.snap(TEXT, Span(35, 50), Snap.TURN, turns) == Span(32, len(TEXT))

    @given(text_and_spans(), st.sampled_from(Snap))
    def it_never_loses_a_word_that_was_chosen(self, drawn: tuple[str, list[Span]], to: Snap) -> None:
        text, chosen = drawn
        for span in chosen:
            assert spans.snap(text, span, to).contains(spans.trimmed(text, span))


class DescribeSentences:
    @given(prose)
    def it_leaves_no_word_out(self, text: str) -> None:
        assert (
            "".join(s.of(text) for s in spans.sentences(text)).split() == []
            or [w for s in spans.sentences(text) for w in s.of(text).split()] == text.split()
        )


class DescribeLanes:
    @given(text_and_spans())
    def it_never_lets_two_stripes_of_a_lane_overlap(self, drawn: tuple[str, list[Span]]) -> None:
        _, chosen = drawn
        assigned = spans.lanes(chosen)
        for i, a in enumerate(chosen):
            for j, b in enumerate(chosen[:i]):
                assert assigned[i] != assigned[j] or not a.overlaps(b)

    @given(text_and_spans())
    def it_uses_no_more_lanes_than_the_deepest_place_needs(self, drawn: tuple[str, list[Span]]) -> None:
        _, chosen = drawn
        deepest = max((sum(o.start <= s.start < o.end for o in chosen) for s in chosen), default=0)
        assert max(spans.lanes(chosen), default=-1) + 1 == deepest


class DescribeRelations:
    @given(text_and_spans())
    def it_counts_covered_text_once(self, drawn: tuple[str, list[Span]]) -> None:
        text, chosen = drawn
        places = {p for s in chosen for p in range(s.start, s.end)}
        assert spans.covered(Span(0, len(text)), chosen) == len(places)
        assert sum(map(len, spans.merged(chosen))) == len(places)

    def it_finds_the_turns_a_span_touches_and_no_neighbour(self) -> None:
        turns = [Turn(0, Span(0, 5)), Turn(1, Span(6, 10)), Turn(0, Span(11, 20))]
        assert spans.turns_within(turns, Span(5, 6)) == []
        assert spans.turns_within(turns, Span(4, 7)) == [0, 1]
        assert spans.turns_within(turns, Span(9, 30)) == [1, 2]


class DescribeLines:
    @given(anything.map(spans.normalise))
    def it_numbers_every_place_and_never_counts_back(self, text: str) -> None:
        lines = spans.Lines(text)
        numbers = [lines.number(p) for p in range(len(text) + 1)]
        assert numbers == sorted(numbers)
        assert numbers[0] == 1
        assert numbers[-1] == len(lines)

    @given(prose)
    def it_keeps_lines_within_the_measure(self, text: str) -> None:
        starts = [*spans.Lines(text).starts, len(text) + 1]
        longest = max((b - a for a, b in pairwise(starts)), default=0)
        assert longest <= spans.LINE_MEASURE + 1


class DescribeContext:
    def it_cuts_at_word_edges(self) -> None:
        found = spans.context(TEXT, Span(10, 18), 8)
        assert (found.before, found.words, found.after) == ("waited, ", "honestly", ", for")


class DescribeReanchor:
    @given(text_and_spans())
    def it_leaves_everything_where_it_was_when_nothing_changed(self, drawn: tuple[str, list[Span]]) -> None:
        text, chosen = drawn
        assert spans.reanchor(text, text, chosen) == [Anchored(s, True) for s in chosen]

    @given(text_and_spans(), prose, st.data())
    def it_keeps_every_quote_when_words_are_put_in_elsewhere(
        self, drawn: tuple[str, list[Span]], extra: str, data: st.DataObject
    ) -> None:
        text, chosen = drawn
        at = data.draw(st.integers(0, len(text)))
        new = f"{text[:at]} {extra} {text[at:]}"
        for span, there in zip(chosen, spans.reanchor(text, new, chosen), strict=True):
            if not span.start < at < span.end:
                assert there is not None
                assert there.exact
                assert there.span.of(new) == span.of(text)

    @given(text_and_spans(), prose)
    def it_never_claims_exactness_wrongly_and_never_leaves_the_text(
        self, drawn: tuple[str, list[Span]], new: str
    ) -> None:
        text, chosen = drawn
        for span, there in zip(chosen, spans.reanchor(text, new, chosen), strict=True):
            if there is not None:
                assert there.span.end <= len(new)
                assert not there.exact or there.span.of(new) == span.of(text)

    def it_keeps_a_quote_beside_a_mended_typo(self) -> None:
        old = "We had too wait for months. It was teh worst part of it, really."
        new = "We had to wait for months. It was the worst part of it, really."
        first, second = Span(0, 27), Span(28, len(old))
        there = spans.reanchor(old, new, [Span(11, 26), first, second])
        assert [a and (a.span.of(new), a.exact) for a in there] == [
            ("wait for months", True),
            ("We had to wait for months.", False),
            ("It was the worst part of it, really.", False),
        ]

    def it_finds_a_passage_that_was_moved_whole(self) -> None:
        old = "One thing first.\nThe room was always taken.\nAnd the bus was late."
        new = "And the bus was late.\nOne thing first.\nThe room was always taken."
        at = old.index("And the bus")
        assert spans.reanchor(old, new, [Span(at, len(old))]) == [Anchored(Span(0, 21), True)]

    def it_says_when_too_little_is_left(self) -> None:
        old, new = "We never heard back from them at all.", "Something else was said here instead, entirely."
        assert spans.reanchor(old, new, [Span(0, len(old))]) == [None]
