from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.anonymise import patterns
from qualcode.anonymise.kinds import Kind
from qualcode.anonymise.patterns.numbers import valid_nhs_number


def found(text: str) -> list[tuple[Kind, str, str]]:
    return [(f.kind, f.span.of(text), f.key) for f in patterns.find(text)]


class DescribeContacts:
    @pytest.mark.parametrize(
        "said",
        [
            "07700 900123",
            "+44 7700 900123",
            "07700-900-123",
            "oh seven seven double oh nine double oh one two three",
            "zero, seven, seven, zero, zero, nine, zero, zero, one, two, three",
        ],
    )
    def it_reads_one_telephone_number_in_all_its_forms(self, said: str) -> None:
        assert found(f"ring me on {said} after six") == [(Kind.PHONE, said, "07700900123")]

    @pytest.mark.parametrize(
        "text", ["we had three or four meetings", "in 2019 and 2020", "one two three go", "£2,500"]
    )
    def it_leaves_ordinary_numbers_alone(self, text: str) -> None:
        assert found(text) == []

    @pytest.mark.parametrize(
        "said", ["bev.pask@example.org", "bev dot pask at example dot org", "bev (dot) pask (at) example (dot) org"]
    )
    def it_reads_one_email_address_in_all_its_forms(self, said: str) -> None:
        assert found(f"it is {said} if you want it") == [(Kind.EMAIL, said, "bev.pask@example.org")]

    def it_takes_the_page_and_not_the_word_before_at(self) -> None:
        assert found("look at example dot org for it") == [(Kind.URL, "example dot org", "example.org")]

    def it_reads_web_addresses_and_accounts(self) -> None:
        text = "It is on https://example.org/a/b?c=1, or www dot example dot co dot uk, or ask @pask_bev."
        assert [(kind, words) for kind, words, _ in found(text)] == [
            (Kind.URL, "https://example.org/a/b?c=1"),
            (Kind.URL, "www dot example dot co dot uk"),
            (Kind.HANDLE, "@pask_bev"),
        ]


class DescribeNumbersOfPeople:
    def it_checks_the_digit_of_an_nhs_number(self) -> None:
        assert valid_nhs_number("9434765919")
        assert found("it was 943 476 5919 on the letter")[0][0] is Kind.NHS_NUMBER
        assert all(kind is not Kind.NHS_NUMBER for kind, _, _ in found("it was 943 476 5918 on the letter"))

    def it_believes_somebody_who_says_it_is_one(self) -> None:
        assert found("my NHS number is 943 476 5918")[0][0] is Kind.NHS_NUMBER

    @given(st.integers(100_000_000, 999_999_999))
    def it_accepts_at_most_one_check_digit(self, nine: int) -> None:
        assert sum(valid_nhs_number(f"{nine}{digit}") for digit in range(10)) <= 1

    def it_knows_which_letters_a_national_insurance_number_can_have(self) -> None:
        assert found("AB 12 34 56 C") == [(Kind.NI_NUMBER, "AB 12 34 56 C", "AB123456C")]
        assert found("QQ 12 34 56 C, GB123456A") == []

    def it_reads_vehicle_registrations(self) -> None:
        assert found("a white van, LT61 ABC, outside") == [(Kind.VEHICLE, "LT61 ABC", "LT61ABC")]


class DescribeWhereabouts:
    def it_reads_postcodes_in_either_case(self) -> None:
        assert [key for _, _, key in found("EH8 9YL and ng51ab")] == ["EH89YL", "NG51AB"]

    @pytest.mark.parametrize("said", ["b d nine, four p y", "bd nine four py", "b d 9 four p y"])
    def it_reads_postcodes_that_are_spelt_out(self, said: str) -> None:
        assert found(f"it's {said} I think") == [(Kind.POSTCODE, said, "BD94PY")]

    @pytest.mark.parametrize(
        "text", ["we were one two at most", "so one or two in it", "a one two b c", "no one up there"]
    )
    def it_takes_no_counting_for_a_postcode(self, text: str) -> None:
        assert found(text) == []

    def it_takes_half_a_postcode_only_where_somebody_is_placed(self) -> None:
        assert found("we live in G12 now") == [(Kind.POSTCODE, "G12", "G12")]
        assert found("vitamin B12, the M25, CO2 and A4 paper") == []

    @pytest.mark.parametrize(
        ("text", "address"),
        [
            ("at 14b Mill Lane until then", "14b Mill Lane"),
            ("she lives on acacia avenue now", "acacia avenue"),
            ("number nine oak street", "number nine oak street"),
            ("just off Frederick Street", "Frederick Street"),
            ("flat 3, 22 Priory Park", "22 Priory Park"),
            ("all the way from elm road", "elm road"),
        ],
    )
    def it_reads_addresses(self, text: str, address: str) -> None:
        assert [words for kind, words, _ in found(text) if kind is Kind.ADDRESS] == [address]

    @pytest.mark.parametrize(
        "text",
        ["on the high street", "down the road", "two roads away", "at the county court", "friends of mine don't drive"],
    )
    def it_leaves_streets_without_a_name_alone(self, text: str) -> None:
        assert found(text) == []


class DescribeTimes:
    @pytest.mark.parametrize(
        "said",
        [
            "14/03/2019",
            "14.3.19",
            "14th of March 2019",
            "March 14th, 2019",
            "the fourteenth of March 2019",
            "2019-03-14",
        ],
    )
    def it_reads_one_day_in_all_its_forms(self, said: str) -> None:
        assert found(f"that was {said} I think") == [(Kind.DATE, said, "2019-03-14")]

    @pytest.mark.parametrize("said", ["March 2017", "mar 2017", "March of two thousand and seventeen"])
    def it_reads_months_with_their_year(self, said: str) -> None:
        assert found(f"that was {said} I think") == [(Kind.DATE, said, "2017-03-00")]

    @pytest.mark.parametrize(
        "said", ["the fifth of the eleventh sixty-one", "fifth of the eleventh nineteen sixty-one"]
    )
    def it_reads_days_whose_month_is_a_number(self, said: str) -> None:
        assert found(f"born {said} he was") == [(Kind.DATE, said, "1961-11-05")]

    def it_reads_years_of_birth_in_words(self) -> None:
        assert found("I was born in nineteen eighty-four") == [(Kind.DATE, "nineteen eighty-four", "1984")]

    def it_leaves_the_verb_may_alone(self) -> None:
        assert found("we may 5 of us go, or may one of us") == []

    @pytest.mark.parametrize(
        ("text", "age"),
        [
            ("I'm 43, if you must know", "43"),
            ("he's nine now", "nine"),
            ("a forty-three-year-old man", "forty-three-year-old"),
            ("a boy aged 12", "12"),
            ("she turned fifty last week", "fifty"),
            ("when I was sixteen we left", "sixteen"),
            ("my mum's 84 and she still drives", "84"),
            ("she'll be eighty next month", "eighty"),
            ("a lady, ninety-one, sharp as a tack", "ninety-one"),
            ("i was 24 first i worked nights", "24"),
        ],
    )
    def it_reads_ages(self, text: str, age: str) -> None:
        assert [words for kind, words, _ in found(text) if kind is Kind.AGE] == [age]

    @pytest.mark.parametrize(
        "text", ["I was 10 minutes late", "he's 50% there", "she's one of them", "I'm 2 miles off", "he's 15 stone"]
    )
    def it_leaves_other_numbers_alone(self, text: str) -> None:
        assert found(text) == []


class DescribeFind:
    @given(st.text(alphabet=st.sampled_from("01234567 @.-/aAbBst:oh one at dot "), max_size=80))
    def it_never_finds_overlapping_things_and_never_leaves_the_text(self, text: str) -> None:
        spans = [f.span for f in patterns.find(text)]
        assert spans == sorted(spans)
        assert all(a.end <= b.start for a, b in pairwise(spans))
        assert all(len(s) > 0 and s.end <= len(text) for s in spans)

    def it_gives_one_key_to_a_whole_text_only(self) -> None:
        assert patterns.key_of(Kind.PHONE, "07700 900123") == "07700900123"
        assert patterns.key_of(Kind.PHONE, "call 07700 900123") == ""
