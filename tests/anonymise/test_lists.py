from __future__ import annotations

import pytest

from qualcode.anonymise import lists
from qualcode.anonymise.guess import kind_of, organisation_kind
from qualcode.anonymise.kinds import Kind
from qualcode.resources import resource


class DescribeWords:
    @pytest.mark.parametrize(
        "word", ["organisation", "colour", "programmes", "travelled", "centred", "analyse", "paediatric"]
    )
    @pytest.mark.parametrize("ending", ["", "'s"])
    def it_knows_british_spelling(self, word: str, ending: str) -> None:
        assert lists.ordinary(word + ending)

    @pytest.mark.parametrize("word", ["well-being", "couldn't", "whilst", "erm", "wee"])
    def it_knows_words_of_talk(self, word: str) -> None:
        assert lists.ordinary(word)

    @pytest.mark.parametrize("word", ["Glasgow", "Margaret", "Tollan", "Zdrojewski", "tesco"])
    def it_does_not_take_names_for_words(self, word: str) -> None:
        assert not lists.ordinary(word)

    @pytest.mark.parametrize("word", ["Monday", "GP", "Welsh", "Covid-19", "I'm"])
    def it_knows_capitals_that_point_to_nobody(self, word: str) -> None:
        assert lists.harmless(word)


class DescribeSources:
    def it_says_of_every_list_where_it_comes_from_and_on_what_terms(self) -> None:
        folder = resource("anonymise")
        readme, notices = ((folder / name).read_text("utf-8") for name in ("README.md", "NOTICES.txt"))
        rows = [row for row in readme.splitlines() if row.startswith("| `")]
        for file in folder.glob("*.txt*"):
            said = [row for row in rows if f"`{file.name}`" in row]
            assert file.name == "NOTICES.txt" or len(said) == 1
            assert all(row.split("|")[3].strip() and row.split("|")[4].strip() for row in said)
            assert not file.name.endswith(".gz") or file.name in notices


class DescribeNames:
    def it_folds_case_and_accents(self) -> None:
        assert lists.person_name("SIÂN") == lists.person_name("sian") is not None
        assert lists.folded("Zażółć") == "zazolc"

    def it_knows_who_is_a_word_too(self) -> None:
        assert lists.word_and_name("Rose")
        assert not lists.mostly_name("rose")
        assert lists.mostly_name("heather")
        assert not lists.word_and_name("Margaret")

    def it_knows_nicknames(self) -> None:
        assert {"maggie", "peggy", "meg"} <= lists.nicknames()["margaret"]


class DescribePlaces:
    def it_knows_how_large_and_where(self) -> None:
        heptonstall, leeds = lists.place("heptonstall"), lists.place("LEEDS")
        assert heptonstall
        assert leeds
        assert (heptonstall.size, heptonstall.country) == ("village", "England")
        assert leeds.size == "city"
        assert lists.place("Nowhereham") is None


class DescribeGuesses:
    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            ("Ash Lane Primary", Kind.SCHOOL),
            ("Calder Carers Trust", Kind.ORGANISATION),
            ("Tesco", Kind.ORGANISATION),
            ("Mrs Leeds", Kind.PERSON),
            ("Margaret Leeds", Kind.PERSON),
            ("Leeds", Kind.PLACE),
            ("Brankle", Kind.OTHER),
        ],
    )
    def it_says_what_a_name_names(self, name: str, kind: Kind) -> None:
        assert kind_of(name) is kind

    def it_needs_a_name_before_the_organisation_word(self) -> None:
        assert organisation_kind("School") is None
