from __future__ import annotations

from qualcode.anonymise.candidates import Tier
from qualcode.anonymise.find import Proposal
from qualcode.anonymise.kinds import Kind, Treatment
from qualcode.anonymise.leaks import Leak, LeakCheck, LeakKind
from qualcode.anonymise.register import Register
from qualcode.anonymise.render import Anonymiser
from qualcode.core.values import Span
from tests.anonymise.registers import identifier, register

KNOWN = register(
    identifier("Margaret Tollan", "Isla Kerr", Kind.PERSON, "Mags T"),
    identifier("Oldham", "[a town]", Kind.PLACE),
    harmless=frozenset({"www.example.org", "Hope Street Library"}),
)


def leaks(text: str, known: Register) -> tuple[Leak, ...]:
    return LeakCheck(known).leaks(text)


def proposal(text: str, tier: Tier) -> Proposal:
    return Proposal(text, Kind.PERSON, tier, 1, (), 0.5, Treatment.PSEUDONYM, "Ada")


class DescribeLeaks:
    def it_says_what_leaks_where_and_how_to_mend_it(self) -> None:
        text = "As an Oldham mother told us, Maggie's school listened."
        town, person = leaks(text, KNOWN)
        assert (town.kind, town.words, town.span) == (LeakKind.ORIGINAL, "Oldham", Span(6, 12))
        assert (person.kind, person.words, person.identifier) == (LeakKind.VARIANT, "Maggie's", "Margaret Tollan")
        assert person.context.before.endswith("told us, ")
        mended = text
        for leak in (person, town):
            mended = mended[: leak.mend_span.start] + leak.mend + mended[leak.mend_span.end :]
        assert mended == "As a [a town] mother told us, Isla's school listened." or mended.startswith("As a [town]")
        assert leaks(mended, KNOWN) == ()
        assert person.sentence() == "“Maggie's” is an identifier in another form (person); put “Isla's” there."

    def it_finds_names_in_file_names(self) -> None:
        check = LeakCheck(KNOWN)
        assert [leak.words for leak in check.leaks("2023-05_margaret_tollan_oldham.docx")] == [
            "margaret_tollan",
            "oldham",
        ]
        assert [leak.words for leak in check.leaks("MargaretTollan.docx")] == ["MargaretTollan"]

    def it_stops_names_that_nobody_has_decided_on(self) -> None:
        check = LeakCheck(KNOWN, [proposal("Renshaw", Tier.A), proposal("Brew", Tier.B), proposal("my aunt", Tier.C)])
        found = check.leaks("Mr Renshaw's Brew, said my aunt")
        assert [(leak.kind, leak.words) for leak in found] == [(LeakKind.UNREVIEWED, "Renshaw's")]

    def it_stops_what_has_the_shape_of_an_identifier(self) -> None:
        found = leaks("Ring 07700 900123 or see www.example.org. She is 43 years old, born 14 March 1984.", KNOWN)
        assert [(leak.kind, leak.identifier_kind) for leak in found] == [(LeakKind.PATTERN, Kind.PHONE)]

    def it_lets_through_what_was_decided_for_one_place(self) -> None:
        known = register(identifier("Hope", "Ada"))
        text = "There is still Hope for us. Then Hope rang."
        assert [leak.span for leak in LeakCheck(known, allowed=["is still Hope for us"]).leaks(text)] == [Span(33, 37)]

    def it_finds_nothing_in_what_was_anonymised(self) -> None:
        text = "Margaret Tollan of Oldham, Mags T to her friends, said an Oldham lad saw Maggie Tollan."
        rendered = Anonymiser(KNOWN).render(text).text
        assert leaks(rendered, KNOWN) == ()
