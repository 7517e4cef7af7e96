"""What people type into a cell, and what is kept of it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.typed import (
    CHOICE,
    DATE,
    NUMBER,
    TEXT,
    as_date,
    as_duration,
    as_number,
    checked,
    clock,
    guessed_kind,
    shown_date,
    shown_duration,
)
from qualcode.errors import UserError


class DescribeDates:
    @pytest.mark.parametrize(
        "typed",
        [
            "2024-04-03",
            "3/4/2024",
            "03.04.24",
            "3 April 2024",
            "3rd Apr 2024",
            "April 3, 2024",
            " 3-4-2024 ",
            "2024/4/3",
        ],
    )
    def it_understands_how_people_write_them_day_before_month(self, typed: str) -> None:
        assert as_date(typed) == dt.date(2024, 4, 3)

    def it_takes_an_empty_cell_for_not_known(self) -> None:
        assert as_date("  ") is None

    @pytest.mark.parametrize("typed", ["soon", "31/2/2024", "2024-13-01", "3/4", "32 May 2024", "3 Octember 2024"])
    def it_refuses_what_is_none_and_shows_how_to_write_one(self, typed: str) -> None:
        with pytest.raises(UserError, match=r"is no date. Write it like 2025-10-14"):
            as_date(typed)

    @given(st.dates(dt.date(1970, 1, 1), dt.date(2069, 12, 31)))
    def it_understands_what_it_shows(self, day: dt.date) -> None:
        assert as_date(shown_date(day)) == day
        assert as_date(day.isoformat()) == day
        assert as_date(f"{day:%d.%m.%y}") == day


class DescribeNumbers:
    @pytest.mark.parametrize(
        ("typed", "kept"), [("1,200", "1200"), ("+7", "7"), (".5", "0.5"), ("-.5", "-0.5"), ("−3", "-3"), ("", "")]
    )
    def it_keeps_them_without_separators(self, typed: str, kept: str) -> None:
        assert as_number(typed) == kept

    @pytest.mark.parametrize("typed", ["seven", "1,2", "1.2.3", "12 years", "1,2000"])
    def it_refuses_what_is_none(self, typed: str) -> None:
        with pytest.raises(UserError, match="is no number"):
            as_number(typed)

    @given(st.decimals(-(10**9), 10**9, places=3))
    def it_keeps_every_number_at_its_value(self, value: object) -> None:
        assert float(as_number(f"{value:,}")) == float(str(value))


class DescribeDurations:
    @pytest.mark.parametrize(
        ("typed", "seconds"),
        [
            ("47", 2820),
            ("47 min", 2820),
            ("1 h 5 min", 3900),
            ("0:47:30", 2850),
            ("45:12", 2712),
            ("1:05", 3900),
            ("5:59", 21540),
            ("6:00", 360),
            ("2 hours", 7200),
        ],
    )
    def it_understands_minutes_hours_and_clocks(self, typed: str, seconds: int) -> None:
        assert as_duration(typed) == seconds

    @pytest.mark.parametrize("typed", ["long", "1:75", "an hour", "h"])
    def it_refuses_what_is_none(self, typed: str) -> None:
        with pytest.raises(UserError, match="is no duration"):
            as_duration(typed)

    @given(st.integers(0, 100 * 3600))
    def it_understands_the_clock_it_shows_to_the_second(self, seconds: int) -> None:
        assert as_duration(clock(seconds)) == seconds

    def it_shows_minutes_and_hours(self) -> None:
        assert [shown_duration(s) for s in (None, 2820, 3600, 7170)] == ["", "47 min", "1 h 0 min", "2 h 0 min"]


class DescribeAttributeValues:
    def it_gives_a_choice_the_capitals_of_the_list(self) -> None:
        assert checked(" mentor ", CHOICE, ["Mentor", "Parent"]) == "Mentor"

    def it_refuses_a_choice_that_is_not_in_the_list_and_names_those_that_are(self) -> None:
        with pytest.raises(UserError, match=r"none of the choices \(Mentor, Parent\)"):
            checked("Nurse", CHOICE, ["Mentor", "Parent"])

    def it_keeps_dates_so_that_they_sort(self) -> None:
        assert checked("3 April 2024", DATE) == "2024-04-03"

    @pytest.mark.parametrize(
        ("values", "kind"),
        [
            (["12", "1,200", ""], NUMBER),
            (["3/4/2024", "2024-05-01"], DATE),
            (["East", "West", "East", "West"], CHOICE),
            (["one", "two", "three"], TEXT),
            (["", " "], TEXT),
            (["x" * 60] * 4, TEXT),
        ],
    )
    def it_guesses_the_type_of_a_column(self, values: list[str], kind: str) -> None:
        assert guessed_kind(values) == kind
