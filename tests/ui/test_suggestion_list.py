"""The list of suggestions follows what waits, whatever is taken, refused, or comes back by undo."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from qualcode.core.rows import SuggestionRow
from qualcode.core.values import Span, SuggestionId, TranscriptId
from qualcode.ui.widgets.suggestion_list import SuggestionList

WAITING = [
    SuggestionRow(SuggestionId(f"s{n}"), TranscriptId("t"), None, Span(n, n + 5), f"words {n}", 0.5, "Because.", "open")
    for n in range(6)
]


@pytest.fixture
def cards(qtbot: QtBot) -> SuggestionList:
    found = SuggestionList()
    qtbot.addWidget(found)
    return found


def said(cards: SuggestionList) -> list[str]:
    return [cards.item(number).data(Qt.ItemDataRole.AccessibleTextRole) for number in range(cards.count())]


def wanted(rows: Sequence[SuggestionRow]) -> list[str]:
    return [f"Worth quoting: {row.quote}. Because." for row in rows]


class DescribeTheList:
    @settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.lists(st.sampled_from(WAITING), unique_by=lambda row: row.id), min_size=1, max_size=5))
    def it_shows_what_waits_in_its_order(self, cards: SuggestionList, shown: list[list[SuggestionRow]]) -> None:
        for rows in shown:
            cards.show_suggestions(rows, {})
            assert said(cards) == wanted(rows)
            assert (cards.current() is None) is (not rows)

    def it_goes_on_to_the_next_when_one_is_taken_and_back_when_that_is_undone(self, cards: SuggestionList) -> None:
        cards.show_suggestions(WAITING, {})
        cards.setCurrentRow(2)
        cards.show_suggestions([*WAITING[:2], *WAITING[3:]], {})
        assert cards.current() == WAITING[3]
        cards.show_suggestions(WAITING, {})
        assert cards.current() == WAITING[2]

    def it_says_which_one_is_chosen_each_time(self, cards: SuggestionList, qtbot: QtBot) -> None:
        with qtbot.waitSignal(cards.chosen) as told:
            cards.show_suggestions(WAITING[:1], {})
        assert told.args == [WAITING[0]]
        with qtbot.waitSignal(cards.chosen) as told:
            cards.show_suggestions([], {})
        assert told.args == [None]
