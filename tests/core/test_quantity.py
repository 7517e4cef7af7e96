from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.quantity import HOUSE_SCALE, QuantityWord, agrees, claim, offered


class DescribeOffering:
    @pytest.mark.parametrize(
        ("people", "asked", "words"),
        [
            (0, 0, []),
            (0, 9, []),
            (1, 1, ["one"]),
            (1, 9, ["one"]),
            (2, 2, ["all", "two"]),
            (2, 3, ["two"]),
            (2, 4, ["a few", "two"]),
            (2, 9, ["a few", "two"]),
            (3, 3, ["all", "most"]),
            (3, 4, ["most", "a number of"]),
            (3, 5, ["most", "a number of"]),
            (3, 6, ["a number of", "some", "a few"]),
            (3, 9, ["a number of", "some", "a few"]),
            (4, 5, ["most"]),
            (4, 8, ["several", "a number of", "some"]),
            (5, 9, ["most", "many", "a number of"]),
            (5, 15, ["several", "a number of", "some"]),
            (6, 12, ["many", "several", "a number of", "some"]),
            (7, 9, ["most", "many"]),
            (9, 9, ["all", "most", "many"]),
            (20, 60, ["several", "a number of", "some"]),
            (21, 60, ["many", "several", "a number of", "some"]),
            (31, 60, ["most", "many", "a number of"]),
            (59, 60, ["most", "many"]),
        ],
    )
    def it_offers_what_may_be_said_the_strongest_first(self, people: int, asked: int, words: list[str]) -> None:
        assert offered(people, asked) == words

    @given(st.integers(1, 80), st.integers(0, 80))
    def it_has_a_word_for_every_number_of_people(self, people: int, others: int) -> None:
        assert offered(people, people + others)

    @given(st.integers(1, 80), st.integers(1, 80))
    def it_says_all_of_nobody_but_everybody_and_most_of_no_half(self, people: int, others: int) -> None:
        words = offered(people, people + others)
        assert "all" not in words
        assert ("most" in words) == (people >= 3 and people > others)

    def it_follows_the_scale_of_the_house(self) -> None:
        scale = (QuantityWord("Almost all", 5, share_above=0.8), QuantityWord("Some", 2))
        assert offered(9, 10, scale) == ["Almost all", "Some"]
        assert agrees("Almost all staff agreed.", 9, 10, scale)
        assert not agrees("Almost all staff agreed.", 6, 10, scale)


class DescribeClaims:
    @pytest.mark.parametrize(
        ("sentence", "word"),
        [
            ("Most participants waited.", "most"),
            ("**Waiting was hard**: most had waited.", "most"),
            ("**Many** staff said so.", "many"),
            ("For some, it was the bus.", "some"),
            ("A number of people waited.", "a number of"),
            ("All of them waited.", "all"),
            ("Staff, all of whom had waited, left.", "all"),
            ("One carer said so, and many did not.", "one"),
            ("One of the staff said so.", "one"),
            ("Two young people left.", "two"),
            ("After a few weeks several had left.", "several"),
            ("It broke at one point, but most stayed.", "most"),
        ],
    )
    def it_finds_the_first_word_that_counts_people(self, sentence: str, word: str) -> None:
        found = claim(sentence)
        assert found is not None
        assert (found.word, sentence[found.start : found.end].lower()) == (word, word)

    @pytest.mark.parametrize(
        "sentence",
        [
            "Nobody waited.",
            "At one point it broke.",
            "It took two weeks, and many months for the letter.",
            "They rang several times, all the time.",
            "They were not helped at all, after all.",
            "First of all, it was cold.",
            "Not all participants waited.",
            "Almost all parents agreed.",
            "The most important thing was time.",
            "In some ways and to some extent it helped.",
            "Overall it was mostly good, and somewhat better than anyone had hoped.",
        ],
    )
    def it_takes_other_uses_of_the_words_for_none(self, sentence: str) -> None:
        assert claim(sentence) is None
        assert agrees(sentence, 1, 9)


class DescribeAgreement:
    @pytest.mark.parametrize(
        ("sentence", "people", "asked", "fits"),
        [
            ("Most staff waited.", 5, 9, True),
            ("Most staff waited.", 4, 9, False),
            ("Most staff waited.", 2, 2, False),
            ("All staff waited.", 9, 9, True),
            ("All staff waited.", 8, 9, False),
            ("Some staff waited.", 2, 9, False),
            ("Some staff waited.", 7, 9, False),
            ("A few waited.", 2, 4, True),
            ("One parent waited.", 2, 4, False),
            ("Two parents waited.", 2, 2, True),
            ("Several waited.", 0, 0, False),
            ("Staff waited.", 0, 0, True),
        ],
    )
    def it_holds_the_word_against_the_count(self, sentence: str, people: int, asked: int, fits: bool) -> None:
        assert agrees(sentence, people, asked) is fits

    @given(st.integers(1, 80), st.integers(0, 80))
    def it_accepts_every_word_that_it_offers_and_no_other(self, people: int, others: int) -> None:
        words = offered(people, people + others)
        for entry in HOUSE_SCALE:
            assert agrees(f"{entry.word} participants waited.", people, people + others) == (entry.word in words)
