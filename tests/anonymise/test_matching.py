from __future__ import annotations

import pytest

from qualcode.anonymise.kinds import Kind
from qualcode.anonymise.matching import Matcher
from qualcode.anonymise.register import Here, NotHere, small_words
from qualcode.core.values import IdentifierId, Span, TranscriptId
from tests.anonymise.registers import identifier, register

MARGARET = identifier("Margaret Tollan", "Isla Kerr")
WILL = identifier("Will O’Kane", "Ben Stott")
TOWN = identifier("Oldham", "[town]", Kind.PLACE)
SCHOOL = identifier("St Brigid's Primary School", "[the school]", Kind.SCHOOL)
CHARITY = identifier("Oldham Carers Alliance", "[the charity]", Kind.ORGANISATION)
ALL = register(MARGARET, WILL, TOWN, SCHOOL, CHARITY)


def said(text: str, known: object = ALL, **more: object) -> list[tuple[str, str]]:
    return [(m.identifier, m.span.of(text)) for m in Matcher(known).find(text, **more)]  # type: ignore[arg-type]


class DescribeSpellings:
    @pytest.mark.parametrize(
        "written",
        [
            "Margaret Tollan",
            "MARGARET TOLLAN",
            "margaret tollan",
            "Margaret\nTollan",
            "Margaret   Tollan",
            "Margaret-Tollan",
            "M. Tollan",
            "Maggie Tollan",
            "Margret Tollan",
            "Margaret Tolland",
            "Marga\u00adret Tollan",
            "Margare\u0301t Tollan",
            "margaret_tollan",
            "MargaretTollan",
            "Margaret",
            "Margaert",
            "Tollan",
            "Peggy",
            "Tollan’s",
        ],
    )
    def it_finds_a_name_however_it_is_written(self, written: str) -> None:
        assert said(f"then {written} rang") == [("Margaret Tollan", written)]

    @pytest.mark.parametrize(
        ("written", "covered"),
        [
            ("Margaret's", "Margaret's"),
            ("the Tollans", "Tollans"),
            ("the Tollans’ dog", "Tollans’"),
            ("'Margaret'", "Margaret"),
            ("Margaret'll", "Margaret'll"),
            ("Margaret’d", "Margaret’d"),
            ("MARGARET'VE", "MARGARET'VE"),
            ("Margaretʼs", "Margaretʼs"),
            ("Margaret`ll", "Margaret`ll"),
        ],
    )
    def it_takes_endings_in_and_quotation_marks_not(self, written: str, covered: str) -> None:
        assert said(f"it was {written}") == [("Margaret Tollan", covered)]

    @pytest.mark.parametrize("written", ["Will O'Kane", "Will OKane", "Will O Kane", "will o’kane", "Bill O'Kane"])
    def it_reads_apostrophes_in_names_every_way(self, written: str) -> None:
        assert said(f"and {written} too") == [("Will O’Kane", written)]

    @pytest.mark.parametrize(
        "written", ["St Brigid's", "St. Brigid’s Primary", "Saint Brigids", "st brigid's primary school"]
    )
    def it_knows_a_school_by_its_shorter_names(self, written: str) -> None:
        assert said(f"she went to {written} then") == [(SCHOOL.id, written)]

    def it_knows_an_organisation_by_its_initials_but_only_in_capitals(self) -> None:
        assert said("I rang OCA twice") == [(CHARITY.id, "OCA")]
        assert said("an oca is a plant, we ate") == []

    def it_reads_double_names_together_and_apart(self) -> None:
        known = register(identifier("Mary-Ann McEwan", "Jo Bell"))
        assert said("Maryann, then Mary Ann, then Mc Ewan", known) == [
            ("Mary-Ann McEwan", "Maryann"),
            ("Mary-Ann McEwan", "Mary Ann"),
            ("Mary-Ann McEwan", "Mc Ewan"),
        ]

    def it_finds_numbers_and_addresses_however_they_are_said(self) -> None:
        known = register(
            identifier("07700 900123", "[phone number]", Kind.PHONE),
            identifier("bev@example.org", "[email address]", Kind.EMAIL),
        )
        text = "oh seven seven double oh nine double oh one two three, or bev at example dot org"
        assert [key for key, _ in said(text, known)] == ["07700 900123", "bev@example.org"]

    def it_takes_the_longest_name_that_fits(self) -> None:
        assert said("the Oldham Carers Alliance in Oldham") == [
            (CHARITY.id, "Oldham Carers Alliance"),
            (TOWN.id, "Oldham"),
        ]


class DescribeTheGuard:
    def it_lets_ordinary_words_be(self) -> None:
        assert said("I will if I can, and so will they. Will you? Will it rain?") == []

    def it_still_finds_the_name_that_is_an_ordinary_word(self) -> None:
        assert said("So Will said no. Will said it twice. Will's dad.") == [
            ("Will O’Kane", "Will"),
            ("Will O’Kane", "Will"),
            ("Will O’Kane", "Will's"),
        ]

    @pytest.mark.parametrize(
        "text", ["Will. And you know", "\nWill. So I did", "Will'd say no", "Was it? Will's gone."]
    )
    def it_finds_such_a_name_where_it_is_a_sentence_or_has_a_verb_on_it(self, text: str) -> None:
        assert [key for key, _ in said(text)] == ["Will O’Kane"]

    def it_goes_by_what_was_decided_before_it_goes_by_nicknames(self) -> None:
        known = register(identifier("Maureen Tranter", "Ada", Kind.PERSON, "Mo"))
        assert said("Mo said so. Mo. And you know", known) == [("Maureen Tranter", "Mo")] * 2

    @pytest.mark.parametrize("kind", [Kind.ORGANISATION, Kind.PLACE, Kind.OTHER, Kind.PERSON])
    @pytest.mark.parametrize("text", ["the post office", "the captain"])
    def it_meets_ordinary_words_that_were_registered_as_such(self, kind: Kind, text: str) -> None:
        known = register(identifier(text, "[left out]", kind), small_words={"office": 9, "captain": 9})
        assert [words for _, words in said(f"so {text} and {text.upper()} and {text.title()}", known)] == [
            text,
            text.upper(),
            text.title(),
        ]
        assert said("The bus came to the door", known) == []

    def it_meets_a_single_such_word(self) -> None:
        known = register(identifier("packhouse", "[work]", Kind.ORGANISATION), identifier("organ", "[it]", Kind.OTHER))
        assert [words for _, words in said("he is at packhouse, she plays the organ", known)] == ["packhouse", "organ"]

    def it_takes_a_word_that_may_be_a_name_for_one_only_with_a_capital(self) -> None:
        known = register(identifier("reading", "[a town]", Kind.PLACE))
        assert said("I was reading in Reading at last.", known) == [("reading", "Reading")]

    def it_takes_no_other_name_for_a_misspelling(self) -> None:
        known = register(identifier("Jon", "Lee"), identifier("Mary", "Sue"), identifier("Alec", "Ada"))
        assert said("Jan and Maria and Alex and Mark", known) == []

    def it_finds_a_name_that_the_project_often_writes_small(self) -> None:
        small = small_words(["I saw agnieszka tollan.", "And agnieszka, and tollan again, and heather and heather."])
        known = register(identifier("Agnieszka Tollan", "Ada"), identifier("Heather", "Una"), small_words=small)
        assert [words for _, words in said("So agnieszka rang, and heather, and Tollan", known)] == [
            "agnieszka",
            "heather",
            "Tollan",
        ]

    def it_takes_a_name_that_sounds_alike_for_the_same(self) -> None:
        known = register(identifier("Catherine", "Ada"), identifier("Stephen", "Lee"))
        assert [key for key, _ in said("Kathryn met Steven", known)] == ["Catherine", "Stephen"]

    def it_takes_no_word_that_the_project_writes_small_for_a_misspelling(self) -> None:
        known = identifier("Tollan", "Kerr")
        assert said("a Tollar each", register(known)) == [("Tollan", "Tollar")]
        assert (
            said("a Tollar each", register(known, small_words=small_words(["He paid a tollar. She paid a tollar."])))
            == []
        )

    def it_takes_no_pseudonym_for_a_misspelling(self) -> None:
        assert said("Ines rang", register(identifier("Inez", "Ada"))) == [("Inez", "Ines")]
        assert said("Ines rang", register(identifier("Inez", "Ada"), identifier("Rowena", "Ines"))) == []

    def it_needs_a_hint_for_ordinary_words_where_nothing_has_a_capital(self) -> None:
        text = "so i said i will and then my brother will came round and margaret went to oldham"
        assert [words for _, words in said(text)] == ["will", "margaret", "oldham"]

    def it_does_not_read_a_name_across_a_full_stop(self) -> None:
        assert [words for _, words in said("I saw Margaret. Tollan was out.")] == ["Margaret", "Tollan"]


class DescribeOddSpellings:
    """What no reader of names takes for one is met as it was written."""

    @pytest.mark.parametrize(
        "text", ["MRC/CSO", "Tollan, Margaret", "Ward 4: East", "@shug_tollan/oldham", "The (old) Mill"]
    )
    def it_meets_what_was_registered_with_signs_between_its_words(self, text: str) -> None:
        known = register(identifier(text, "[the unit]", Kind.ORGANISATION))
        assert [words for _, words in said(f"So the {text}, that is {text.lower()}, was shut.", known)] == [
            text,
            text.lower(),
        ]

    def it_takes_the_whole_and_not_what_is_known_of_it(self) -> None:
        known = register(
            identifier("Medical Research Council", "[the council]", Kind.ORGANISATION),
            identifier("MRC/CSO", "[the unit]", Kind.ORGANISATION),
        )
        met = said("at the MRC/CSO, not the MRC", known)
        assert met == [("MRC/CSO", "MRC/CSO"), ("Medical Research Council", "MRC")]


class DescribeWhoIsMeant:
    def it_takes_the_person_last_spoken_of_where_a_name_is_shared(self) -> None:
        known = register(identifier("Karen Bly", "Ada Moss"), identifier("Karen Stroud", "Una Pell"))
        text = "Karen said so. Then Karen Stroud came. Karen laughed."
        assert [key for key, _ in said(text, known)] == ["Karen Bly", "Karen Stroud", "Karen Stroud"]

    def it_keeps_to_what_was_decided_on_single_places(self) -> None:
        here = TranscriptId("t")
        text = "Hope is all we have. Hope rang. My boss rang."
        boss = text.index("My boss")
        known = identifier("Hope", "Ada")
        decided = (NotHere(here, Span(0, 4)), Here(here, Span(boss, boss + 7), IdentifierId("Hope")))
        assert said(text, register(known), decided=decided) == [("Hope", "Hope"), ("Hope", "My boss")]
        assert said(text, register(known), decided=(NotHere(here, Span(21, 25)),)) == [("Hope", "Hope")]
