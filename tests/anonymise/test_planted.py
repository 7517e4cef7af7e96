"""Two hundred invented identifiers, planted in every spelling, found again and replaced."""

from __future__ import annotations

import random

import pytest

from qualcode.anonymise import lists
from qualcode.anonymise.kinds import Kind
from qualcode.anonymise.leaks import LeakCheck
from qualcode.anonymise.lists import bag
from qualcode.anonymise.patterns import numerals
from qualcode.anonymise.pseudonyms import Pseudonyms
from qualcode.anonymise.register import Identifier, Register
from qualcode.anonymise.render import Anonymiser
from qualcode.anonymise.replace import default
from tests.anonymise.registers import identifier, register

GIVEN = sorted(
    bag(
        "Margaret Agnieszka Declan Priya Oluwaseun Eilidh Rhys Fatima Callum Siobhan Imran Bethany Gareth Niamh Kwame "
        "Doreen"
    )
)
FAMILY = sorted(
    bag(
        "Tollan Pryce Zdrojewski Renshaw Okonkwo Heslop Braddock Quayle Trevanion Silcock Dunnachie Ormerod Fazakerley "
        "Yelland"
    )
)
PLACES = sorted(
    bag(
        "Heptonstall Tobermory Aberdaron Ullapool Mousehole Bolsover Cleckheaton Fishguard Thurso Wivenhoe Ambleside "
        "Selkirk"
    )
)
SCHOOLS = ("Primary School", "Academy", "High School", "Infants")
AROUND = ("so then {} rang, and", "I was with {} at the time.", "It's {}, I think, or", "before {} came along we")


def _people(chance: random.Random) -> list[str]:
    names = [f"{g} {f}" for g in GIVEN for f in FAMILY]
    return chance.sample(names, 120)


def planted() -> Register:
    chance = random.Random(11)
    people = _people(chance)
    pseudonyms = Pseudonyms([*people, *PLACES], seed=4)
    named = [identifier(name, pseudonyms.give(name)) for name in people]
    places = [identifier(p, default(Kind.PLACE, p), Kind.PLACE) for p in PLACES]
    schools = [
        identifier(f"{family} {end}", default(Kind.SCHOOL, end), Kind.SCHOOL)
        for family in ("Calderbrook", "Ashfold", "Marlsgate", "Wennbury", "Otterholme", "Pellfield", "Quernmore")
        for end in SCHOOLS
    ]
    phones = [identifier(f"07700 9{n:05}", "[phone number]", Kind.PHONE) for n in range(100, 120)]
    emails = [identifier(f"carer{n}.line@example.org", "[email address]", Kind.EMAIL) for n in range(20)]
    return register(*named, *places, *schools, *phones, *emails)


DIGITS = list(numerals.UNITS)[:10]


def spellings(one: Identifier, chance: random.Random) -> list[str]:
    """Ways in which ``one`` may be written, short of misspelling it."""
    text = one.text
    if one.kind is Kind.PHONE:
        digits = text.replace(" ", "")
        return [text, digits, f"+44 {digits[1:5]} {digits[5:]}", " ".join(DIGITS[int(d)] for d in digits)]
    if one.kind is Kind.EMAIL:
        return [text, text.upper(), text.replace("@", " at ").replace(".", " dot ")]
    first, *rest = text.split()
    ways = [
        text,
        text.upper(),
        f"{text}'s",
        f"{text}’s",
        text.replace(" ", "\n", 1),
        text.replace(" ", "  ", 1),
        text.lower(),
    ]
    if one.kind is Kind.PERSON:
        short = sorted(lists.nicknames().get(first.lower(), ()))
        ways += [
            first,
            f"Mrs {rest[0]}",
            f"the {rest[0]}s",
            f"{first[0]}. {rest[0]}",
            f"{rest[0][:4]}\u00ad{rest[0][4:]}",
        ]
        ways += [f"{chance.choice(short).capitalize()} {rest[0]}"] if short else []
    return ways


@pytest.fixture(scope="module")
def known() -> Register:
    return planted()


@pytest.fixture(scope="module")
def text(known: Register) -> str:
    chance = random.Random(12)
    lines = [chance.choice(AROUND).format(spelling) for one in known.identifiers for spelling in spellings(one, chance)]
    chance.shuffle(lines)
    return "\n".join(lines)


class DescribeTwoHundredPlanted:
    def it_leaves_none_of_them_in_any_spelling(self, known: Register, text: str) -> None:
        assert len(known.identifiers) == 200
        rendered = Anonymiser(known).render(text).text
        small = rendered.lower().replace("\u00ad", "")
        left = [w for i in known.identifiers for w in i.text.lower().split() if len(w) > 6 and w in small]
        harmless = {"primary", "academy", "infants"}
        assert set(left) <= harmless
        assert LeakCheck(known).leaks(rendered) == ()

    def it_finds_every_one_of_them_as_a_leak_in_the_original(self, known: Register, text: str) -> None:
        assert {leak.identifier for leak in LeakCheck(known).leaks(text)} == {i.id for i in known.identifiers}

    def it_keeps_the_words_around_them(self, known: Register, text: str) -> None:
        rendered = Anonymiser(known).render(text).text
        for words in ("so then ", "I was with ", " at the time.", ", I think, or", " came along we"):
            assert rendered.count(words) == text.count(words)

    def it_finds_one_slip_of_the_pen_in_every_longer_name(self, known: Register) -> None:
        anonymiser = Anonymiser(known)
        for name in FAMILY:
            slip = name[:3] + name[4] + name[3] + name[5:]
            assert slip not in anonymiser.render(f"and then {slip} rang").text
