"""Words in context and frequent terms: the same words mean the same in both."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core import concordance
from qualcode.core.concordance import Frequencies, Query, Speech, Voices, frequent, places
from qualcode.core.values import Passage, Role, TranscriptId
from tests.helpers.projects import dialogue

STOP = frozenset({"the", "we", "of", "it"})


def speech(*said: tuple[str, str], number: int = 1) -> Speech:
    """What was said, each label a person of that name."""
    read = dialogue(*said)
    passage = Passage(TranscriptId(f"t{number}"), read.text, read.turns, read.speakers)
    return Speech(passage, tuple(s.label for s in read.speakers))


def answer(words: str, person: str = "Ann", number: int = 1) -> Speech:
    return speech(("Interviewer", "How was the wait?"), (person, words), number=number)


def found(asked: str, said: Speech, voices: Voices = Voices.PARTICIPANTS) -> list[str]:
    query = Query.of(asked)
    assert query is not None
    return [hit.span.of(said.passage.text) for hit in places(said, query, voices)]


def counts(frequencies: Frequencies) -> dict[str, tuple[int, int]]:
    return {term.words: (term.people, term.uses) for term in frequencies.terms}


class DescribeWordsInContext:
    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            ("list", ["list", "List", "list's"]),
            ("list*", ["list", "List", "list's", "listening"]),
            ("*ing", ["waiting", "Listening", "well-being"]),
            ("don't", ["don’t"]),
            ("well-being", ["well-being"]),
            ("being", []),
            ("the list", ["the list", "the List", "the list's"]),
            ("waiting the", ["waiting, the"]),
            ("the * said", ["the nurse said"]),
            ("nurse we", []),
            ("  ", None),
            ("?!", None),
        ],
    )
    def it_finds_whole_words_phrases_and_beginnings(self, asked: str, expected: list[str] | None) -> None:
        said = answer(
            "On the list, they don’t say, waiting, the List and the list's end. Listening is well-being. "
            "So the nurse said. The nurse. We"
        )
        if expected is None:
            assert Query.of(asked) is None
        else:
            assert [w.casefold() for w in found(asked, said)] == [w.casefold() for w in expected]

    def it_looks_in_participants_speech_unless_told_otherwise(self) -> None:
        said = speech(
            ("Interviewer", "The wait?"), ("Ann", "A wait."), ("Interviewer", "What wait?"), ("Bea", "No wait.")
        )
        query = Query.of("wait")
        assert query is not None
        assert [hit.person for hit in places(said, query)] == ["Ann", "Bea"]
        assert len(places(said, query, Voices.INTERVIEWERS)) == 2
        assert [hit.role for hit in places(said, query, Voices.EVERYBODY)][:2] == [Role.INTERVIEWER, Role.PARTICIPANT]

    def it_counts_code_points_after_emoji_and_accents(self) -> None:
        said = answer("👩‍👩‍👧 é אנחנו waited 😀 and WAITED.")
        assert found("waited", said) == ["waited", "WAITED"]
        assert found("אנחנו", said) == ["אנחנו"]

    def it_shows_what_the_same_person_says_around_it(self) -> None:
        said = speech(("Interviewer", "Before."), ("Ann", "Nobody rang us back then."), ("Bea", "After."))
        query = Query.of("rang us")
        assert query is not None
        (hit,) = places(said, query)
        assert (hit.context.before, hit.context.words, hit.context.after) == ("Nobody ", "rang us", " back then.")

    def it_does_not_reach_from_one_turn_into_the_next(self) -> None:
        said = speech(("Ann", "we waited"), ("Bea", "and waited"))
        assert found("waited and", said) == []


class DescribeFrequentTerms:
    def it_counts_people_first_and_their_uses_second(self) -> None:
        said = [
            answer("Rain. Rain. Rain. Rain.", "Ann", 1),
            answer("The bus. The bus came", "Bea", 2),
            answer("A bus", "Cas", 3),
        ]
        result = frequent(said, STOP | {"a"})
        assert [t.words for t in result.terms] == ["bus", "rain"]
        assert counts(result) == {"bus": (2, 3), "rain": (1, 4)}
        assert result.people == 3

    def it_counts_a_person_once_over_all_their_interviews(self) -> None:
        said = [answer("bus bus", "Ann", 1), answer("bus", "Ann", 2)]
        result = frequent(said, STOP)
        assert (counts(result)["bus"], result.people) == ((1, 3), 1)

    def it_finds_phrases_within_a_sentence_that_stop_words_do_not_end(self) -> None:
        said = answer("Waste of time. Waste of time! Food bank, food bank. Bank 2024 waste 2024")
        assert counts(frequent([said], STOP)) == {
            "waste of time": (1, 2),
            "food bank": (1, 2),
            "waste": (1, 3),
            "time": (1, 2),
            "food": (1, 2),
            "bank": (1, 3),
        }

    def it_tells_groups_apart_each_with_its_base(self) -> None:
        said = [answer("bus bus", "Ann", 1), answer("bus", "Bea", 1), answer("bus", "Ann", 2), answer("rain", "Cas", 2)]
        result = frequent(said, STOP, groups=("One", "Two"), group_of=lambda t, _: {"t1": "One", "t2": "Two"}.get(t))
        assert (result.people, result.groups) == (3, (2, 2))
        (bus,) = result.terms
        assert (bus.people, bus.uses, bus.groups) == (2, 4, ((2, 3), (1, 1)))

    def it_leaves_those_in_no_group_to_the_whole(self) -> None:
        said = [answer("bus", "Ann", 1), answer("bus", "Bea", 2)]
        result = frequent(
            said, STOP, groups=("Staff",), group_of=lambda _, person: "Staff" if person == "Ann" else None
        )
        assert (counts(result)["bus"], result.people, result.groups) == ((2, 2), 2, (1,))

    def it_lists_no_more_than_asked_of_each_length(self) -> None:
        said = answer(". ".join(f"alpha{chr(97 + n)} beta{chr(97 + n)}" for n in range(20) for _ in range(2)))
        lengths = [t.length for t in frequent([said], STOP, most=5).terms]
        assert (lengths.count(1), lengths.count(2)) == (5, 5)

    def it_can_be_stopped(self) -> None:
        def stop(done: int, total: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            frequent([answer("bus")], STOP, progress=stop)

    def it_counts_the_same_when_rare_terms_have_to_make_room(self, monkeypatch: pytest.MonkeyPatch) -> None:
        said = [
            answer(f"bus stop. {' '.join(f'rare{chr(97 + n)}{chr(97 + k)}' for k in range(20))}. tea tea", f"P{n}", n)
            for n in range(20)
        ]
        whole = frequent(said, STOP, most=3)
        monkeypatch.setattr(concordance, "ROOM", 200)
        assert frequent(said, STOP, most=3).terms == whole.terms
        assert counts(whole)["bus stop"] == (20, 20)


WORD = st.sampled_from(["bus", "Bus", "bus's", "the", "café", "well-being", "don’t", "2024", "rain", "😀", "it"])
MARK = st.sampled_from([" ", " ", " ", ", ", ". ", "! ", "… ", "\n", " - "])
SAID = st.lists(st.tuples(WORD, MARK), min_size=1, max_size=25).map(lambda parts: "".join(a + b for a, b in parts))


class DescribeBothTogether:
    @given(st.lists(st.tuples(st.sampled_from("ABC"), SAID), min_size=1, max_size=6))
    def it_finds_as_many_places_and_people_as_it_counts(self, said: list[tuple[str, str]]) -> None:
        spoken = [answer(words, person, number) for number, (person, words) in enumerate(said)]
        result = frequent(spoken, STOP)
        for term in result.terms:
            query = Query.of(term.words)
            assert query is not None
            people: dict[str, int] = defaultdict(int)
            for each in spoken:
                for hit in places(each, query):
                    people[hit.person] += 1
            assert (len(people), sum(people.values())) == (term.people, term.uses), term.words
