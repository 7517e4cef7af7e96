"""What may be done to a quote, and the law that holds whatever is done: the words left are the participant's."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core import quotes, spans
from qualcode.core.quotes import PieceKind
from qualcode.core.values import Edit, EditKind, Span
from qualcode.errors import UserError
from tests.helpers.projects import span_of

SAID = "Well, my boss, Anna Smith, she, um, she told me to wait, and I didn't."

Edits = tuple[Edit, ...]

speech = st.lists(
    st.sampled_from(
        [
            "we",
            "waited",
            "é",
            "x\u0302y",
            "didn't",
            "sister-in-law",
            "Anna",
            "😀",
            "שלום",
            "नमस्ते",
            "and/or",
            "—",
            "…",
            ",",
        ]
    ),
    min_size=1,
    max_size=14,
).map(" ".join)


def cut(edits: Edits, words: str, said: str = SAID) -> Edits:
    return quotes.cut(said, edits, span_of(said, words))


def replaced(edits: Edits, words: str, description: str, said: str = SAID) -> Edits:
    return quotes.replace(said, edits, span_of(said, words), description)


def trimmed(edits: Edits, words: str, said: str = SAID) -> Edits:
    return quotes.trim(said, edits, span_of(said, words))


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, Edits]:
    """A passage and edits made to it by a run of acts, those refused left out."""
    said, edits = draw(speech), ()
    for _ in range(draw(st.integers(0, 6))):
        kind = draw(st.sampled_from(["cut", "replace", "trim", "take back"]))
        ends = sorted((draw(st.integers(0, len(said))), draw(st.integers(0, len(said)))))
        edits = acted(said, edits, kind, Span(*ends))
    return said, edits


def acted(said: str, edits: Edits, kind: str, span: Span) -> Edits:
    try:
        if kind == "cut":
            return quotes.cut(said, edits, span)
        if kind == "replace":
            return quotes.replace(said, edits, span, "somebody [else]")
        if kind == "trim":
            return quotes.trim(said, edits, span)
        return quotes.without(edits, span.start)
    except UserError:
        return edits


def words(text: str) -> list[str]:
    return [w.of(text) for w in spans.words(text)]


def in_order(few: list[str], many: list[str]) -> bool:
    """Whether ``few`` are among ``many``, in the same order."""
    rest = iter(many)
    return all(word in rest for word in few)


class DescribeTheVerbatimLaw:
    @given(edited())
    def it_leaves_whole_words_of_what_was_said_in_order(self, drawn: tuple[str, Edits]) -> None:
        said, edits = drawn
        left = re.sub(r"\[[^\]]*\]", " ", quotes.shown(said, edits))
        assert in_order(words(left), words(said))
        assert words(left) or not words(said)

    @given(edited())
    def it_accounts_for_every_code_point_once(self, drawn: tuple[str, Edits]) -> None:
        said, edits = drawn
        assert "".join(piece.verbatim for piece in quotes.pieces(said, edits)) == said

    @given(edited())
    def it_shows_nothing_of_what_was_cut_replaced_or_trimmed(self, drawn: tuple[str, Edits]) -> None:
        said, edits = drawn
        for piece in quotes.pieces(said, edits):
            if piece.kind is not PieceKind.SAID:
                assert piece.shown in ("", "[...]", "[somebody else]")

    @given(edited(), st.integers(0, 80), st.integers(0, 80))
    def it_never_brings_words_back_that_an_act_did_not_name(self, drawn: tuple[str, Edits], a: int, b: int) -> None:
        said, edits = drawn
        kept = Span(min(a, b, len(said)), min(max(a, b), len(said)))
        hidden = [e.span for e in edits if e.kind is not EditKind.TRIM]
        after = acted(said, edits, "trim", kept)
        shown = quotes.pieces(said, after)
        at = 0
        for piece in shown:
            if piece.kind is PieceKind.SAID:
                assert not any(h.overlaps(Span(at, at + len(piece.verbatim))) for h in hidden)
            at += len(piece.verbatim)

    @given(edited())
    def it_survives_being_stored(self, drawn: tuple[str, Edits]) -> None:
        _, edits = drawn
        assert quotes.from_json(quotes.as_json(edits)) == edits


class DescribeCutting:
    def it_leaves_an_ellipsis(self) -> None:
        assert quotes.shown(SAID, cut((), "she, um,")) == (
            "Well, my boss, Anna Smith, [...] she told me to wait, and I didn't."
        )

    def it_takes_whole_words(self) -> None:
        assert quotes.shown(SAID, cut((), "idn'")).endswith("and I [...].")

    def it_makes_neighbouring_cuts_one(self) -> None:
        edits = cut(cut(cut((), "Well,"), "boss,"), "my")
        assert quotes.shown(SAID, edits) == "[...] Anna Smith, she, um, she told me to wait, and I didn't."

    def it_swallows_a_replacement_within(self) -> None:
        edits = cut(replaced((), "Anna Smith", "my manager"), "my boss, Anna Smith, she")
        assert quotes.shown(SAID, edits) == "Well, [...], um, she told me to wait, and I didn't."

    @pytest.mark.parametrize("words", [SAID, " "])
    def it_refuses_to_leave_nothing_or_to_cut_nothing(self, words: str) -> None:
        at = SAID.index(words)
        with pytest.raises(UserError, match="words of the quote"):
            quotes.cut(SAID, (), Span(at, at + len(words)))

    def it_refuses_to_leave_punctuation_alone(self) -> None:
        with pytest.raises(UserError, match="must be left"):
            quotes.cut("Yes, really!", (), Span(0, 11))


class DescribeReplacing:
    def it_puts_the_description_in_brackets_once(self) -> None:
        edits = replaced((), "Anna Smith", " [my  manager] ")
        assert quotes.shown(SAID, edits).startswith("Well, my boss, [my manager], she")

    def it_replaces_a_replacement(self) -> None:
        edits = replaced(replaced((), "Anna Smith", "my manager"), "Smith", "a colleague")
        assert quotes.shown(SAID, edits).startswith("Well, my boss, [a colleague], she")

    @pytest.mark.parametrize("description", ["", " ", "[]"])
    def it_refuses_an_empty_description(self, description: str) -> None:
        with pytest.raises(UserError, match="in the brackets"):
            replaced((), "Anna Smith", description)


class DescribeTrimming:
    def it_takes_both_ends_off_without_a_mark(self) -> None:
        assert quotes.shown(SAID, trimmed((), "she told me to wait")) == "she told me to wait"

    def it_can_be_moved_out_again(self) -> None:
        edits = trimmed(trimmed((), "told me to wait"), "she told me to wait, and I didn't.")
        assert quotes.shown(SAID, edits) == "she told me to wait, and I didn't."

    def it_keeps_cuts_and_replacements_inside(self) -> None:
        edits = trimmed(
            cut(replaced((), "Anna Smith", "my manager"), "um,"), "my boss, Anna Smith, she, um, she told me"
        )
        assert quotes.shown(SAID, edits) == "my boss, [my manager], she, [...] she told me"

    def it_never_shows_half_of_what_was_replaced(self) -> None:
        edits = trimmed(replaced((), "Anna Smith", "my manager"), "Smith, she, um, she told me")
        assert quotes.shown(SAID, edits) == "[my manager], she, um, she told me"

    def it_refuses_to_keep_only_what_was_cut(self) -> None:
        with pytest.raises(UserError, match="must be left"):
            trimmed(cut((), "she, um, she told me"), "um, she")

    def it_refuses_to_keep_nothing(self) -> None:
        with pytest.raises(UserError, match="must be left"):
            quotes.trim("Well — yes.", (), Span(5, 6))

    def it_refuses_an_edit_of_what_was_taken_off(self) -> None:
        with pytest.raises(UserError, match="trimmed off already"):
            cut(trimmed((), "she told me to wait"), "my boss")


class DescribeTakingBack:
    def it_brings_the_words_of_one_edit_back(self) -> None:
        edits = cut(replaced((), "Anna Smith", "my manager"), "um,")
        assert quotes.shown(SAID, quotes.without(edits, 0)) == SAID.replace("um,", "[...]")


class DescribeReplacingIdentifiers:
    NAME = span_of(SAID, "Anna Smith")

    @given(edited(), st.data())
    def it_never_shows_a_code_point_of_an_identifier(self, drawn: tuple[str, Edits], data: st.DataObject) -> None:
        said, edits = drawn
        ends = st.integers(0, len(said))
        pairs = data.draw(st.lists(st.tuples(ends, ends), max_size=5))
        found = [(Span(min(p), max(p)), f"[P{n}]") for n, p in enumerate(pairs) if p[0] != p[1]]
        at, shown = 0, quotes.pieces(said, quotes.with_replacements(edits, found))
        for piece in shown:
            place = Span(at, at + len(piece.verbatim))
            if piece.kind is PieceKind.SAID:
                assert not any(span.overlaps(place) for span, _ in found)
            at = place.end
        assert "".join(piece.verbatim for piece in shown) == said

    def it_puts_the_replacement_in_the_place_of_the_name(self) -> None:
        shown = quotes.shown(SAID, quotes.with_replacements((), [(self.NAME, "[Manager B]")]))
        assert shown.startswith("Well, my boss, [Manager B], she")

    def it_lets_what_the_analyst_wrote_stand(self) -> None:
        edits = replaced((), "my boss, Anna Smith", "my manager")
        assert quotes.with_replacements(edits, [(self.NAME, "[Manager B]")]) == edits

    def it_hides_the_rest_of_a_name_of_which_a_part_was_cut(self) -> None:
        edits = quotes.with_replacements(cut((), "Anna"), [(self.NAME, "[Manager B]")])
        assert quotes.shown(SAID, edits).startswith("Well, my boss, [...][Manager B], she")

    def it_puts_one_replacement_for_a_name_within_a_name(self) -> None:
        found = [(span_of(SAID, "Anna"), "[A]"), (self.NAME, "[Manager B]"), (span_of(SAID, "Smith"), "[S]")]
        shown = quotes.shown(SAID, quotes.with_replacements((), found))
        assert shown.startswith("Well, my boss, [Manager B], she")
