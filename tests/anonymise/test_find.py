from __future__ import annotations

import pytest

from qualcode.anonymise import capitals, casing
from qualcode.anonymise.candidates import Tier
from qualcode.anonymise.find import Proposal, propose
from qualcode.anonymise.kinds import Kind
from qualcode.core.progress import Progress
from qualcode.core.values import Passage, TranscriptId
from qualcode.errors import Cancelled

INTERVIEW = """I've been at Ash Lane Primary School since September. It was Margaret Tollan who got me in.
Well, Margaret knows everybody in Todmorden. She rang Mrs Pryce at Calder Carers Trust and that was that.
I live near Heptonstall, with my sister. You can ring me on 07700 900123, or bev dot pask at example dot org.
The council said no, the trust said yes. I was 43 then. We moved from Leeds on the 14th of March.
I hope so. Hope helped us too, she did, you can ask Hope. Calder Carers Trust closed in the end.
So that was Mr Zdrojewski. Nobody knew what a Brankle was. On a Monday we all had a Brankle, in English."""

ASKED = "Was that in Leeds? And how was Margaret?"


def passage(text: str, name: str = "one") -> Passage:
    return Passage(TranscriptId(name), text, (), ())


@pytest.fixture(scope="module")
def proposals() -> tuple[Proposal, ...]:
    return propose([passage(INTERVIEW), passage(ASKED, "two")], ["Beverley Pask"])


def named(proposals: tuple[Proposal, ...], text: str) -> Proposal:
    return next(p for p in proposals if p.text == text)


class DescribeProposals:
    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("Ash Lane Primary School", Kind.SCHOOL),
            ("Margaret Tollan", Kind.PERSON),
            ("Mrs Pryce", Kind.PERSON),
            ("Mr Zdrojewski", Kind.PERSON),
            ("Hope", Kind.PERSON),
            ("Todmorden", Kind.PLACE),
            ("Heptonstall", Kind.PLACE),
            ("Leeds", Kind.PLACE),
            ("Calder Carers Trust", Kind.ORGANISATION),
            ("07700 900123", Kind.PHONE),
            ("bev dot pask at example dot org", Kind.EMAIL),
            ("Beverley Pask", Kind.PERSON),
        ],
    )
    def it_offers_what_names_somebody(self, proposals: tuple[Proposal, ...], text: str, kind: Kind) -> None:
        found = named(proposals, text)
        assert (found.kind, found.tier) == (kind, Tier.A)
        assert found.replacement

    def it_offers_odd_words_with_a_capital_second(self) -> None:
        found = capitals.candidates("So then we had a Brankle and a Team of the Future. Brankle, I said.")
        assert {(c.tier, c.why) for c in found} == {
            (Tier.B, "capitalised, no ordinary word"),
            (Tier.B, "capitalised inside a sentence"),
        }

    @pytest.mark.parametrize("text", ["my sister", "43", "the 14th of March"])
    def it_offers_what_tells_only_with_other_things_third(self, proposals: tuple[Proposal, ...], text: str) -> None:
        assert named(proposals, text).tier is Tier.C

    def it_leaves_ordinary_words_and_harmless_capitals_alone(self, proposals: tuple[Proposal, ...]) -> None:
        offered = {p.text.lower() for p in proposals}
        assert not offered & {"well", "monday", "september", "english", "nobody", "i", "we", "the council", "you"}

    def it_puts_all_places_of_a_name_under_one_string(self, proposals: tuple[Proposal, ...]) -> None:
        margaret = named(proposals, "Margaret Tollan")
        assert margaret.forms == ("Margaret",)
        assert [
            (s.transcript_id, s.span.of(INTERVIEW if s.transcript_id == "one" else ASKED)) for s in margaret.sightings
        ] == [
            ("one", "Margaret Tollan"),
            ("one", "Margaret"),
            ("two", "Margaret"),
        ]

    def it_counts_a_word_as_a_name_only_where_it_is_one(self, proposals: tuple[Proposal, ...]) -> None:
        assert named(proposals, "Hope").count == 2

    def it_begins_with_what_is_frequent_and_dangerous(self, proposals: tuple[Proposal, ...]) -> None:
        assert [p.tier for p in proposals] == sorted(p.tier for p in proposals)
        order = [p.text for p in proposals]
        assert order.index("Margaret Tollan") < order.index("Heptonstall") < order.index("Leeds")
        assert named(proposals, "Beverley Pask").danger == 1.0

    def it_proposes_pseudonyms_that_are_nobody_real(self, proposals: tuple[Proposal, ...]) -> None:
        made = [p.replacement for p in proposals if p.kind is Kind.PERSON]
        assert len(set(made)) == len(made)
        assert not {w for m in made for w in m.split()} & {w for p in proposals for w in p.text.split()} - {"Mrs", "Mr"}

    def it_offers_the_same_again(self, proposals: tuple[Proposal, ...]) -> None:
        assert propose([passage(INTERVIEW), passage(ASKED, "two")], ["Beverley Pask"]) == proposals


def offered(text: str) -> dict[str, Tier]:
    return {p.text: p.tier for p in propose([passage(text)])}


class DescribeWhereNamesBeginAndEnd:
    @pytest.mark.parametrize(
        ("said", "name"),
        [
            ("(laughs) What's Doreen been like? Then Doreen left.", "Doreen"),
            ("I think Doreen'll come round, she always does in the end.", "Doreen"),
            ("We all went to the Whitby library that summer.", "Whitby library"),
            ("There is a house at Tanner Street now.", "Tanner Street"),
            ("She came with the Monday Wobblies when it rained.", "Monday Wobblies"),
            ("She came on Monday Doreen said when it rained.", "Doreen"),
        ],
    )
    def it_offers_the_name_and_not_the_words_around_it(self, said: str, name: str) -> None:
        assert name in offered(said)

    def it_takes_two_names_apart(self) -> None:
        assert {"Thrupney", "Massock"} <= set(offered("We cover Thrupney and Massock, and then some."))
        assert "Marks and Spencer" in offered("She works at Marks and Spencer these days.")

    def it_offers_a_name_once_whatever_comes_before_it(self) -> None:
        found = offered("They met in the Net Loft. Then at the Net Loft again, and I like Net Loft tea.")
        assert "Net Loft" in found
        assert "the Net Loft" not in found

    @pytest.mark.parametrize(
        "said",
        [
            "She gets Carer's Allowance and Universal Credit.",
            "April, that was. It was in April. In June we stopped.",
            "My old van failed its MOT, and PIP turned me down.",
            "He's Lithuanian and she speaks Ghanaian English.",
            "Mama said no, and Nana said yes. Mmmhmm.",
            "It's touchy feely stuff, to be fair, and I liked it.",
        ],
    )
    def it_leaves_alone_what_points_to_nobody(self, said: str) -> None:
        assert offered(said) == {}

    def it_is_less_sure_of_titles_of_films_than_of_people(self) -> None:
        assert offered("We watched Star Wars with Jean Day.") == {"Jean Day": Tier.A, "Star Wars": Tier.B}

    def it_offers_words_with_capitals_together_though_each_is_written_small_too(self) -> None:
        said = "We wrote the Annual Report. It is annual and a report. We report annual things in the Annual Report."
        assert "Annual Report" in offered(said)
        assert "Annual Report" not in offered(said + " Then the annual report was late.")

    def it_counts_an_age_only_where_somebody_is_that_old(self) -> None:
        (age,) = propose([passage("I was nine then. Nine of us went, on nine buses. A nine-year-old can.")])
        assert (age.kind, age.count) == (Kind.AGE, 2)


class DescribeTextWithoutCapitals:
    SPOKEN = " ".join(INTERVIEW.lower().replace("\n", " ").replace(".", "").replace(",", "").split())

    def it_is_recognised_and_said(self) -> None:
        assert casing.lacks_capitals(self.SPOKEN)
        assert casing.lacks_capitals(INTERVIEW.upper())
        assert not casing.lacks_capitals(INTERVIEW)
        said = casing.remarks([passage(self.SPOKEN), passage(INTERVIEW, "two")], {"one": "tape 3.txt"})
        assert len(said) == 1
        assert said[0].startswith("1 transcript has hardly any capital letters (tape 3.txt)")
        assert casing.remarks([passage(INTERVIEW)]) == ()

    @pytest.mark.parametrize("text", ["margaret tollan", "todmorden", "heptonstall", "leeds", "zdrojewski"])
    def it_still_gives_up_its_names(self, text: str) -> None:
        assert any(text in p.text for p in propose([passage(self.SPOKEN)]) if p.tier is Tier.A or text == "zdrojewski")

    @pytest.mark.parametrize(
        ("said", "name"),
        [
            ("my neighbour emeka ran the soup kitchen with southwark council all winter", "emeka"),
            ("i was with piers and ben on the bus that day", "ben"),
            (
                "we were funded by the international widget committee until they stopped",
                "international widget committee",
            ),
            ("i sell a few things on amazon and that keeps me going", "amazon"),
        ],
    )
    def it_reads_names_that_are_ordinary_words_by_what_stands_around_them(self, said: str, name: str) -> None:
        assert any(name in p.text for p in propose([passage(said)]) if p.tier is not Tier.C)

    @pytest.mark.parametrize(
        "said",
        [
            "we had a new local committee and a big old hospital with no beds in it",
            "he went on and on with zoom calls and by then the target was met at last",
        ],
    )
    def it_leaves_ordinary_words_alone(self, said: str) -> None:
        assert [p.text for p in propose([passage(said)]) if p.tier is Tier.A] == []

    def it_keeps_every_position(self) -> None:
        text = "İstanbul ẞ Straße"
        assert len(casing.in_small_letters(text)) == len(text)


class DescribeLongWork:
    def it_reports_progress_and_stops_when_told(self) -> None:
        steps: list[Progress] = []
        propose([passage(ASKED, str(n)) for n in range(3)], progress=steps.append)
        assert [(s.done, s.total) for s in steps[:3]] == [(0, 3), (1, 3), (2, 3)]
        with pytest.raises(Cancelled):
            propose([passage(ASKED)], cancelled=lambda: True)

    def it_takes_an_empty_project(self) -> None:
        assert propose([]) == ()
        assert propose([passage("")]) == ()
