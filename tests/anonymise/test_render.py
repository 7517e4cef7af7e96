from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.anonymise.casing import lacks_capitals
from qualcode.anonymise.kinds import Kind
from qualcode.anonymise.lists import bag
from qualcode.anonymise.register import Here, NotHere
from qualcode.anonymise.render import Anonymiser, Rendering
from qualcode.core.values import IdentifierId, Span, TranscriptId
from tests.anonymise.registers import identifier, register

KNOWN = register(
    identifier("Margaret Tollan", "Isla Kerr"),
    identifier("Mary Ann", "Jo"),
    identifier("Will", "Ben"),
    identifier("Oldham", "[a town]", Kind.PLACE),
    identifier("St Brigid's Primary School", "[the school]", Kind.SCHOOL),
    identifier("Fairprice", "", Kind.ORGANISATION),
    identifier("07700 900123", "[phone number]", Kind.PHONE),
    identifier("my sister", "[relative]", Kind.RELATION),
)
ANONYMISER = Anonymiser(KNOWN)
ALWAYS_NAMES = ("margaret", "tollan", "oldham", "fairprice")

_PIECES = [
    *sorted(
        bag("Margaret Margaret's margaret Tollan Tollans' Maggie Margret Mary Ann Will will Oldham an An Mrs the my")
    ),
    *sorted(bag("sister St Brigid's Primary School Fairprice said went and to . , ? 😀 שלום 07700 900123 I you Isla")),
    "\n",
    "e\u0301",
    "\u00ad",
]
talk = st.lists(st.sampled_from(_PIECES), max_size=30).map(" ".join)


@st.composite
def rendering_and_span(draw: st.DrawFn) -> tuple[Rendering, Span]:
    rendering = ANONYMISER.render(draw(talk))
    ends = draw(st.tuples(*[st.integers(0, len(rendering.original))] * 2))
    return rendering, Span(min(ends), max(ends))


class DescribeAnonymisedText:
    @given(talk)
    def it_never_contains_an_original(self, text: str) -> None:
        rendered = ANONYMISER.render(text).text
        assert not ANONYMISER.matcher.find(rendered, bare=lacks_capitals(text))
        assert not [name for name in ALWAYS_NAMES if name in rendered.lower()]

    @given(talk)
    def it_is_the_same_every_time_and_for_every_anonymiser(self, text: str) -> None:
        assert ANONYMISER.render(text) == ANONYMISER.render(text) == Anonymiser(KNOWN).render(text)

    @given(talk)
    def it_keeps_every_line_a_turn_of_its_own(self, text: str) -> None:
        rendering = ANONYMISER.render(text)
        ends = [at for at, character in enumerate(text) if character == "\n"]
        turns = [Span(a + 1, b) for a, b in zip([-1, *ends], [*ends, len(text)], strict=True)]
        placed = [rendering.turn_to_anonymised(turn) for turn in turns]
        assert [span.of(rendering.text) for span in placed] == rendering.text.split("\n")

    @given(talk)
    def it_keeps_every_line(self, text: str) -> None:
        assert ANONYMISER.render(text).text.count("\n") == text.count("\n")

    @given(talk)
    def it_changes_nothing_but_what_it_says(self, text: str) -> None:
        rendering = ANONYMISER.render(text)
        at = there = 0
        for replaced in rendering.replaced:
            kept = text[at : replaced.original.start]
            assert rendering.text[there : replaced.anonymised.start] == kept
            at, there = replaced.original.end, replaced.anonymised.end
        assert rendering.text[there:] == text[at:]


class DescribePositions:
    @given(rendering_and_span())
    def it_maps_what_no_replacement_touches_there_and_back_exactly(self, drawn: tuple[Rendering, Span]) -> None:
        rendering, span = drawn
        if len(span) and not any(r.original.overlaps(span) for r in rendering.replaced):
            there = rendering.span_to_anonymised(span)
            assert there.of(rendering.text) == span.of(rendering.original)
            assert rendering.span_to_original(there) == span

    @given(rendering_and_span())
    def it_widens_to_whole_replacements(self, drawn: tuple[Rendering, Span]) -> None:
        rendering, span = drawn
        there = rendering.span_to_anonymised(span)
        assert there.end <= len(rendering.text)
        for replaced in rendering.replaced:
            if len(span) and replaced.original.overlaps(span):
                assert there.contains(replaced.anonymised)
        if all(len(r.anonymised) for r in rendering.replaced if r.original.overlaps(span)):
            assert rendering.span_to_original(there).contains(span) or not len(span)

    @given(talk)
    def it_keeps_positions_in_order(self, text: str) -> None:
        rendering = ANONYMISER.render(text)
        there = [rendering.to_anonymised(p) for p in range(len(text) + 1)]
        back = [rendering.to_original(p) for p in range(len(rendering.text) + 1)]
        assert there == sorted(there)
        assert back == sorted(back)
        assert all(0 <= p <= len(text) for p in back)

    def it_gives_the_anonymised_words_of_a_quote(self) -> None:
        text = "😀 So Margaret went to Oldham, and so on."
        rendering = ANONYMISER.render(text)
        at = text.index("garet")
        assert rendering.quote(Span(at, at + 10)) == "Isla went"


class DescribeSafety:
    def it_uses_no_replacement_that_names_somebody(self) -> None:
        careless = register(
            identifier("Oldham", "[Margaret's town]", Kind.PLACE),
            identifier("Margaret", "Ada"),
            identifier("Ada", "Eve"),
        )
        assert Anonymiser(careless).render("Margaret of Oldham").text == "[Name] of [place]"

    def it_says_a_description_more_coarsely_that_names_a_place_itself(self) -> None:
        known = register(
            identifier("Glasgow", "[a city in Scotland]", Kind.PLACE), identifier("Scotland", "[a country]", Kind.PLACE)
        )
        rendering = Anonymiser(known).render("We went to Glasgow, in Scotland.")
        assert rendering.text == "We went to [a city in a country], in [a country]."

    def it_reads_again_what_a_removal_brings_together(self) -> None:
        known = register(identifier("Ann Bly", "Una Moss"), identifier("Fairprice", "", Kind.ORGANISATION))
        assert "Bly" not in Anonymiser(known).render("Ann Fairprice Bly").text

    def it_finds_names_in_disguise(self) -> None:
        assert ANONYMISER.render("Marga\u00adret, \ufb01rst, Oldha\u0301m").text == "Isla, \ufb01rst, [a town]"

    @pytest.mark.parametrize(
        ("text", "wanted"), [("Will is a name. Will Will come?", "Will is a name. Will Ben come?"), ("my boss", "Ben")]
    )
    def it_keeps_to_the_decisions_on_single_places(self, text: str, wanted: str) -> None:
        here = TranscriptId("t")
        known = register(
            identifier("Will", "Ben"),
            not_here=(NotHere(here, Span(0, 4)), NotHere(here, Span(16, 20))) if text.startswith("Will") else (),
            here=() if text.startswith("Will") else (Here(here, Span(0, 7), IdentifierId("Will")),),
        )
        assert Anonymiser(known).render(text, here).text == wanted
        assert Anonymiser(known).render(text).text != wanted
