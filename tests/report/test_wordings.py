"""What became of some words, word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.report.returned.wordings import Fate, even, same, told, word_diff

words = st.lists(st.sampled_from(["we", "waited", "didn't", "[...]", "😀", "“so”", ",", "for", "months"]), max_size=12)


class DescribeAWordDiff:
    @pytest.mark.parametrize(
        ("before", "after", "sentence"),
        [
            ("We waited for months.", "We waited for years.", "“months” became “years”"),
            ("We waited for months.", "We waited for many long months.", "“many long” was added"),
            ("We had, I think, waited.", "We had waited.", "“, I think,” was left out"),
            ("We waited.", "We waited.", ""),
            ("a b c d e", "v b w d x", "“a” became “v”; “c” became “w”; “e” became “x”"),
        ],
    )
    def it_is_told_in_words(self, before: str, after: str, sentence: str) -> None:
        assert told(word_diff(before, after)) == sentence

    def it_tells_no_more_than_is_read(self) -> None:
        diff = word_diff("a 1 b 2 c 3 d 4 e 5", "v 1 w 2 x 3 y 4 z 5")
        assert told(diff).endswith("; and 2 more")

    @given(words, words)
    def it_leads_from_one_wording_to_the_other(self, old: list[str], new: list[str]) -> None:
        before, after = " ".join(old), " ".join(new)
        diff = word_diff(before, after)
        assert "".join(s.words for s in diff if s.fate is not Fate.GONE) == after
        left = "".join(s.words for s in diff if s.fate is not Fate.NEW)
        assert even(left) == even(before)

    def it_takes_typography_for_the_same(self) -> None:
        assert same("“It’s – well…  fine”", '"It\'s - well... fine"')
        assert not same("It's fine", "Its fine")
        assert word_diff("It’s fine", "It's fine")[0].fate is Fate.KEPT
