"""Two passages of one speaker as one quote, with [...] between them."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qualcode.core import quotes
from qualcode.core.project import Project
from qualcode.core.rows import QuoteRow
from qualcode.core.values import FindingId, QuoteId, Span
from qualcode.errors import UserError
from tests.core.test_quotes import Edits, edited
from tests.helpers.projects import code_words, dialogue, everything, land, span_of

TURNS = (
    ("Interviewer", "How was it?"),
    ("P01", "We waited for months and months. I lost my job over it."),
    ("Interviewer", "And then?"),
    ("P01", "Then she came, and well, she listened."),
    ("P02", "She never listened to me."),
)


@pytest.fixture
def finding(project: Project) -> FindingId:
    return project.findings.add(None, "Somebody **waited**.")


def quoted(project: Project, finding: FindingId, words: str) -> QuoteRow:
    interviews = project.transcripts.interviews()
    if not interviews:
        land(project, dialogue(*TURNS), people=[project.people.add("P01"), project.people.add("P02")])
    codes = project.codebook.all()
    code = codes[0].id if codes else project.codebook.add("Waiting")
    transcript = project.transcripts.interviews()[0].transcript_id
    quote_id = project.findings.quote(finding, code_words(project, transcript, words, code))
    return project.findings.get_quote(quote_id)


def shown(project: Project, quote_id: QuoteId) -> str:
    row = project.findings.get_quote(quote_id)
    return quotes.shown(row.verbatim, row.edits)


class DescribeJoining:
    @pytest.mark.parametrize("backwards", [False, True])
    def it_cuts_what_lies_between_in_the_order_of_the_speech(
        self, project: Project, finding: FindingId, backwards: bool
    ) -> None:
        first = quoted(project, finding, "We waited for months")
        second = quoted(project, finding, "she listened.")
        one, other = (second, first) if backwards else (first, second)
        project.findings.join(one.id, other.id)
        (row,) = project.findings.quotes()
        assert row.label == one.label
        assert shown(project, row.id) == "We waited for months [...] she listened."
        assert row.span.of(project.transcripts.text(row.transcript_id)) == row.verbatim

    def it_is_one_step_that_keeps_both_segments_as_evidence(self, project: Project, finding: FindingId) -> None:
        first, second = quoted(project, finding, "We waited for months"), quoted(project, finding, "she listened.")
        before = everything(project)
        project.findings.join(first.id, second.id)
        assert len(project.findings.all()[0].evidence) == 2
        assert project.undo_label == "Join Q-0001 and Q-0002"
        project.undo()
        assert everything(project) == before

    def it_keeps_the_edits_of_both(self, project: Project, finding: FindingId) -> None:
        first = quoted(project, finding, "We waited for months and months.")
        second = quoted(project, finding, "Then she came, and well, she listened.")
        project.findings.cut(first.id, span_of(first.verbatim, "for months"))
        project.findings.trim(first.id, span_of(first.verbatim, "We waited for months"))
        project.findings.replace(second.id, span_of(second.verbatim, "she listened"), "the worker listened")
        project.findings.trim(second.id, span_of(second.verbatim, "and well, she listened."))
        project.findings.join(first.id, second.id)
        assert shown(project, first.id) == "We waited [...] and well, [the worker listened]."

    @pytest.mark.parametrize(
        ("one", "other", "why"),
        [
            ("We waited for months", "She never listened to me.", "one speaker"),
            ("We waited for months", "months and months.", "words in common"),
        ],
    )
    def it_refuses_other_speakers_and_the_same_words(
        self, project: Project, finding: FindingId, one: str, other: str, why: str
    ) -> None:
        first, second = quoted(project, finding, one), quoted(project, finding, other)
        with pytest.raises(UserError, match=why):
            project.findings.join(first.id, second.id)
        assert len(project.findings.quotes()) == 2

    @given(edited(), edited(), st.text(alphabet="ab, ", max_size=8))
    def it_shows_what_both_showed_and_nothing_more(
        self, first: tuple[str, Edits], second: tuple[str, Edits], between: str
    ) -> None:
        """The verbatim law holds for what is joined: word for word what was said, with a cut between."""
        (said, edits), (more, other_edits) = first, second
        left = _spoken(f"{quotes.shown(said, edits)} {quotes.shown(more, other_edits)}")
        assume(any(c.isalnum() for c in "".join(left)))
        verbatim = f"{said} {between} {more}"
        begin = len(verbatim) - len(more)
        made = quotes.joined(verbatim, Span(0, len(said)), edits, Span(begin, len(verbatim)), other_edits)
        words = quotes.shown(verbatim, made)
        assert quotes.is_word_for_word(words, verbatim)
        assert _spoken(words) == left


def _spoken(words: str) -> list[str]:
    return [w for piece in words.replace("[somebody else]", "[...]").split("[...]") for w in piece.split()]
