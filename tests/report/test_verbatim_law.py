"""Whatever is done to quotes, what a report shows outside brackets is whole words of the transcript, in order."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core import quotes
from qualcode.core.project import Project
from qualcode.core.rows import QuoteRow
from qualcode.core.values import Span
from qualcode.errors import UserError
from qualcode.guard import Guard
from qualcode.report import content
from qualcode.report.house import ELLIPSES, MARKS, QuoteStyle
from qualcode.report.material import Material
from qualcode.report.quoting import Quoting
from tests.helpers.projects import a_project, code_words, dialogue, land

TURNS = (
    ("Interviewer", "How was it, the waiting?"),
    ("P01", "Well, my boss, Anna Smith, she told me to wait 😀, and I didn't. It was eight months, no, nine."),
    ("Interviewer", "Nine months?"),
    ("P01", "Nine! And Anna’s sister-in-law said: naïve, that's what you are; and/or deaf."),
    ("P01", "So I rang Anna again — and again, and then she came."),
)
PASSAGES = (
    "Well, my boss, Anna Smith, she told me to wait",
    "It was eight months, no, nine.",
    TURNS[3][1],
    TURNS[4][1],
)

Act = tuple[str, int, int, int]
acts = st.lists(
    st.tuples(
        st.sampled_from(["cut", "replace", "trim", "back", "join"]),
        st.integers(0, len(PASSAGES) - 1),
        st.integers(0, 110),
        st.integers(0, 110),
    ),
    max_size=7,
)


@pytest.fixture(scope="module")
def project() -> Iterator[Project]:
    """One conversation, four quotes of it under one finding, and a name to be replaced."""
    with tempfile.TemporaryDirectory() as folder, a_project(Path(folder)) as opened:
        _, transcript = land(opened, dialogue(*TURNS), people=[opened.people.add("P01")])
        code, finding = opened.codebook.add("Waiting"), opened.findings.add(None, "Somebody **waited**.")
        for words in PASSAGES:
            opened.findings.quote(finding, code_words(opened, transcript, words, code))
        opened.identifiers.add("person", "Anna Smith", "[my manager]", forms=["Anna"])
        yield opened


class DescribeTheVerbatimLawInAReport:
    @settings(max_examples=25, deadline=None)
    @given(acts)
    def it_holds_after_any_acts(self, project: Project, drawn: list[Act]) -> None:
        project.rename("Any acts")
        begun = project.undo_label
        try:
            for act in drawn:
                _do(project, act)
            material = Material(project, content.report_of(project, "insight"))
            guard = Guard(project, unreviewed=())
            quoting = Quoting(material, guard)
            for quote in project.findings.quotes():
                shown = quoting.show(quote).words
                said = material.transcripts[quote.transcript_id].text
                assert _is_a_subsequence(_words(re.sub(r"\[[^\]]*\]", " ", shown)), _words(_answers(said)))
                assert quotes.is_word_for_word(shown, quote.span.of(said))
                assert "Anna" not in shown
            said_by_house = [_spoken(project, material, guard, ellipsis) for ellipsis in ELLIPSES]
            assert all(said == said_by_house[0] for said in said_by_house)
        finally:
            while project.undo_label != begun:
                project.undo()
            project.rename("Study")


def _do(project: Project, act: Act) -> None:
    """Do an act on a quote that is still there, unless it is refused."""
    kind, which, start, end = act
    rows: list[QuoteRow] = project.findings.quotes()
    row = rows[which % len(rows)]
    span = Span(*sorted((min(start, len(row.verbatim)), min(end, len(row.verbatim)))))
    findings = project.findings
    try:
        if kind == "cut":
            findings.cut(row.id, span)
        elif kind == "replace":
            findings.replace(row.id, span, "somebody [else]")
        elif kind == "trim":
            findings.trim(row.id, span)
        elif kind == "back":
            findings.take_back_edit(row.id, start)
        else:
            findings.join(row.id, rows[start % len(rows)].id)
    except UserError:
        return


def _spoken(project: Project, material: Material, guard: Guard, ellipsis: str) -> list[str]:
    """What is shown as said of all quotes in a house that shows cuts this way."""
    material.house = replace(material.house, quotes=QuoteStyle(MARKS["none"], ellipsis=ellipsis))
    shown = [Quoting(material, guard).show(quote) for quote in project.findings.quotes()]
    if ellipsis != quotes.ELLIPSIS:
        assert not any(quotes.ELLIPSIS in quote.words for quote in shown)
    return [piece.text for quote in shown for line in quote.lines for piece in line if piece.said]


def _answers(said: str) -> str:
    return "\n".join(words for label, words in TURNS if label != "Interviewer" and words in said)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\s.,;:!?—“”]+", text)


def _is_a_subsequence(words: list[str], whole: list[str]) -> bool:
    left = iter(whole)
    return all(word in left for word in words)
