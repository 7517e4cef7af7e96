"""The light markup: whatever is typed, no mark of it is left in what is read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualcode.report import markup
from qualcode.report.markup import Mark, MarkKind, Shape, Words

SCRAPS = st.lists(
    st.sampled_from(
        ["**", "*", " ", "\n", "\n\n", "- ", "1. ", "bus", "ran", "{q:Q-0001}", "{note: a}", "{", "}", "{x}"]
    ),
    max_size=25,
).map("".join)


def read(words: str) -> list[tuple[Shape, list[str]]]:
    return [
        (piece.shape, ["".join(n.text for n in nodes if isinstance(n, Words)) for nodes in piece.items])
        for piece in markup.parse(words)
    ]


class DescribeParsing:
    def it_knows_paragraphs_and_lists(self) -> None:
        assert read("One\nline.\n\n- by bus\n- on foot\n\n1. first\n2. second") == [
            (Shape.PARAGRAPH, ["One line."]),
            (Shape.BULLETS, ["by bus", "on foot"]),
            (Shape.NUMBERED, ["first", "second"]),
        ]

    def it_knows_bold_and_italics(self) -> None:
        assert markup.line("Most **were *very* late** again") == (
            Words("Most "),
            Words("were ", bold=True),
            Words("very", bold=True, italic=True),
            Words(" late", bold=True),
            Words(" again"),
        )

    def it_knows_quotes_and_notes(self) -> None:
        marks = [n for n in markup.line("As {q:Q-0012} has it{note: In May.}.") if isinstance(n, Mark)]
        assert [(m.kind, m.value) for m in marks] == [(MarkKind.QUOTE, "Q-0012"), (MarkKind.NOTE, "In May.")]

    def it_takes_an_asterisk_between_spaces_for_one(self) -> None:
        assert markup.plain("3 * 4") == "3 * 4"

    def it_says_what_it_could_not_make_out(self) -> None:
        assert markup.problems("Most **were late")
        assert markup.problems("As {quote: 12} has it")
        assert not markup.problems("Most **were late**, {count}.")

    @given(SCRAPS)
    def it_leaves_no_mark_of_its_own_whatever_is_typed(self, words: str) -> None:
        for _, items in read(words):
            assert all("**" not in item and "{q:" not in item and "{note:" not in item for item in items)

    @given(st.text(alphabet="ab .\n", max_size=40))
    def it_keeps_every_plain_word_in_order(self, words: str) -> None:
        assert " ".join(" ".join(items) for _, items in read(words)).split() == words.split()
