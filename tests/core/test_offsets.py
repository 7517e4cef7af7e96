"""Positions are code points, whatever the script: what was chosen is what is kept, shown, edited and counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core import quotes, spans
from qualcode.core.project import Project
from qualcode.core.values import Span
from tests.helpers.projects import a_project, an_interview, code_words, scratch, span_of

FAMILY = "👨\u200d👩\u200d👧\u200d👦"
BEFORE = {
    "emoji": f"😀 {FAMILY} 🇬🇧 👍🏽",
    "accents that do not compose": "x\u0302 q\u0303\u0323",
    "accents that compose": "cafe\u0301 re\u0301sume\u0301",
    "Hebrew": "שָׁלוֹם, חיכינו חודשים",
    "Arabic": "انتظرنا شهورًا، حقًا",
    "Hindi": "हमने महीनों तक इंतज़ार किया",
    "letters beyond the basic plane": "𝒲𝑒 𐐀𐐁",
    "line ends of other systems": "one\r\ntwo\rthree\u2028four",
}


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE.keys())
class DescribePositions:
    WORDS = "the nurse, Anna, rang 😀 twice"

    def it_keeps_the_passage_chosen_after_them(self, tmp_path: Path, before: str) -> None:
        said = spans.normalise(f"{before} and {self.WORDS} in May.")
        with a_project(tmp_path) as project:
            _, transcript_id = an_interview(project, "P01", said, "It was better then.")
            code_id = project.codebook.add("Contact")
            segment_id = code_words(project, transcript_id, self.WORDS, code_id)
            later = code_words(project, transcript_id, "It was better then.", code_id)
        with Project.open(tmp_path / "study.qualcode", coder="Ada") as project:
            text = project.transcripts.text(transcript_id)
            assert project.coding.get(segment_id).span.of(text) == self.WORDS
            assert project.coding.get(later).span.of(text) == "It was better then."
            assert project.codebook.counts() == {code_id: (1, 2)}
            assert project.check() == []

    def it_cuts_and_replaces_the_words_that_were_pointed_at(self, project: Project, before: str) -> None:
        said = spans.normalise(f"{before} and {self.WORDS} in May.")
        _, transcript_id = an_interview(project, "P01", said)
        segment_id = code_words(project, transcript_id, said, project.codebook.add("Contact"))
        quote_id = project.findings.quote(project.findings.add(None, "Some were rung."), segment_id)
        project.findings.replace(quote_id, span_of(said, "Anna"), "a nurse")
        project.findings.cut(quote_id, span_of(said, "😀 twice"))
        row = project.findings.get_quote(quote_id)
        shown = said.replace("Anna", "[a nurse]").replace("😀 twice", "[...]")
        assert quotes.shown(row.verbatim, row.edits) == " ".join(shown.split())

    def it_moves_the_passage_along_when_something_is_mended_before_it(self, project: Project, before: str) -> None:
        said = spans.normalise(f"{before} and {self.WORDS} in May.")
        _, transcript_id = an_interview(project, "P01", said)
        segment_id = code_words(project, transcript_id, self.WORDS, project.codebook.add("Contact"))
        at = project.transcripts.text(transcript_id).index(said)
        first = spans.words(said)[0].shifted(at)
        done = project.transcripts.correct_words(transcript_id, first, "😀😀 mended")
        row = project.coding.get(segment_id)
        assert row.span.of(project.transcripts.text(done.transcript_id)) == row.quote == self.WORDS
        assert (done.changed, done.unplaced) == ((), ())


class DescribeAnyText:
    @settings(max_examples=40)
    @given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60), st.data())
    def it_gives_back_what_was_chosen(self, said: str, data: st.DataObject) -> None:
        said = spans.normalise(said).replace("\n", " ").strip() or "Nothing."
        ends = st.integers(0, len(said))
        chosen = Span(*sorted((data.draw(ends), data.draw(ends))))
        with scratch() as folder, a_project(Path(folder)) as project:
            _, transcript_id = an_interview(project, "P01", said)
            at = project.transcripts.get(transcript_id).turns[1].span.start
            if chosen.of(said).strip():
                segment_id = project.coding.apply(transcript_id, chosen.shifted(at), project.codebook.add("Any"))
                assert project.coding.get(segment_id).quote == chosen.of(said).strip()
            assert project.transcripts.text(transcript_id)[at:] == said
            assert project.check() == []
