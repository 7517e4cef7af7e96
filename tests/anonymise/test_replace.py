from __future__ import annotations

import pytest

from qualcode.anonymise import lists
from qualcode.anonymise.kinds import HOUSE_RULES, Kind
from qualcode.anonymise.pseudonyms import Pseudonyms, Wish, wish_like
from qualcode.anonymise.render import Anonymiser
from qualcode.anonymise.replace import default
from tests.anonymise.registers import identifier, register

ANONYMISER = Anonymiser(
    register(
        identifier("Margaret Tollan", "Isla Kerr"),
        identifier("Mrs Pryce", "[my teacher]"),
        identifier("Oldham", "[town]", Kind.PLACE),
        identifier("Bury", "[area]", Kind.PLACE),
        identifier("St Brigid's Primary School", "[the school]", Kind.SCHOOL),
        identifier("Fairprice", "", Kind.ORGANISATION),
    )
)


def anonymised(text: str) -> str:
    return ANONYMISER.render(text).text


class DescribeGrammar:
    @pytest.mark.parametrize(
        ("original", "wanted"),
        [
            ("I asked Margaret Tollan.", "I asked Isla Kerr."),
            ("I asked Margaret.", "I asked Isla."),
            ("I asked Mrs Tollan.", "I asked Mrs Kerr."),
            ("Margaret's house", "Isla's house"),
            ("the Tollans' dog and the Tollans", "the Kerrs' dog and the Kerrs"),
            ("Margaret'll come and Mrs Tollan’d stay", "Isla'll come and Mrs Kerr’d stay"),
            ("Mrs Pryce'll know.", "[My teacher]'ll know."),
            ("an Oldham school", "a [town] school"),
            ("An Oldham school", "A [town] school"),
            ("a Bury school", "an [area] school"),
            ("St Brigid's is small. We like St Brigid's.", "[The school] is small. We like [the school]."),
            ("It was my St Brigid's once.", "It was my [school] once."),
            ("St Brigid's head left.", "[The school] head left."),
            ("So Mrs Pryce said.", "So [my teacher] said."),
            ("Mrs Pryce said. Miss Pryce's room.", "[My teacher] said. [My teacher]'s room."),
            ("I rang Fairprice, twice.", "I rang, twice."),
            ("I rang Fairprice twice.", "I rang twice."),
            ("Margaret\nTollan rang", "Isla\nKerr rang"),
            ("we saw St Brigid's\nPrimary School shut", "we saw [the\nschool] shut"),
        ],
    )
    def it_keeps_the_sentence_whole(self, original: str, wanted: str) -> None:
        assert anonymised(original) == wanted


class DescribeDefaults:
    @pytest.mark.parametrize(
        ("kind", "text", "wanted"),
        [
            (Kind.PLACE, "Paisley", "[a town in Scotland]"),
            (Kind.PLACE, "Nowhereham", "[place]"),
            (Kind.SCHOOL, "Ash Lane Infants", "[the primary school]"),
            (Kind.ORGANISATION, "Mill Lane Surgery", "[the surgery]"),
            (Kind.AGE, "43", "[in their 40s]"),
            (Kind.AGE, "seven years old", "[5 to 10 years old]"),
            (Kind.DATE, "14th of March 2019", "[March 2019]"),
            (Kind.DATE, "3 June", "[June]"),
            (Kind.DATE, "nineteen eighty-four", "[the 1980s]"),
            (Kind.RELATION, "my sister", "[family member]"),
            (Kind.RELATION, "our neighbour", "[person close to them]"),
            (Kind.PHONE, "07700 900123", "[phone number]"),
        ],
    )
    def it_generalises_by_the_house_rules(self, kind: Kind, text: str, wanted: str) -> None:
        assert default(kind, text) == wanted

    def it_has_a_rule_for_every_kind(self) -> None:
        assert set(HOUSE_RULES) == set(Kind)


class DescribePseudonyms:
    REAL = ("Margaret Tollan", "Declan", "Priya Shah", "Mr Okafor", "Agnieszka", "Fatima Begum", "Callum Reid")

    def it_gives_everybody_another_name_of_as_many_parts(self) -> None:
        given = Pseudonyms(self.REAL)
        made = [given.give(name) for name in self.REAL]
        assert [len(m.split()) for m in made] == [len(name.split()) for name in self.REAL]
        assert len(set(made)) == len(made)

    def it_never_keeps_a_first_letter_nor_takes_a_real_name(self) -> None:
        given = Pseudonyms(self.REAL, seed=5)
        words = {w.lower() for name in self.REAL for w in name.split()}
        for name in self.REAL * 5:
            made = given.give(name)
            for old, new in zip(name.split(), made.split(), strict=True):
                assert old == new == "Mr" or (old[0] != new[0] and new.lower() not in words)

    def it_does_not_tell_who_is_behind_a_name(self) -> None:
        one, other = Pseudonyms(["Ada", "Eve"]), Pseudonyms(["Ada", "Eve"])
        assert one.give("Xenia", Wish("f")) == other.give("Zelda", Wish("f"))

    def it_keeps_names_of_earlier_waves_out(self) -> None:
        first = Pseudonyms(self.REAL).give("Declan")
        assert Pseudonyms(self.REAL, used=[first]).give("Declan") != first

    def it_suits_what_the_name_suggests(self) -> None:
        assert wish_like("Mrs Okafor").gender == "f"
        assert wish_like("Declan") == Wish("m", "b")
        assert wish_like("Priya Shah") == Wish("f", "s")

    def it_gives_out_names_that_are_usual_here_first(self) -> None:
        given = Pseudonyms(self.REAL)
        usual = {name for names in lists.sections("pseudonyms.txt").values() for name in names}
        made = [given.give(name) for name in ("Declan", "Callum Reid", "Margaret Tollan", "Janet") * 5]
        assert {word for name in made for word in name.split()} <= usual

    def it_goes_on_when_the_names_run_out(self) -> None:
        given = Pseudonyms(())
        made = [given.give("Xavier", Wish("m", "s")) for _ in range(900)]
        assert len(set(made)) == 900
