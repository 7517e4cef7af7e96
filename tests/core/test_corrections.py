"""Correcting a transcript: nothing that hangs on its words is lost, and nothing is moved in silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core import quotes, spans
from qualcode.core.coding import NewSegment
from qualcode.core.project import Project
from qualcode.core.rows import SegmentRow
from qualcode.core.values import Aside, AsideKind, Emphasis, Face, Role, Span, Suggestion, Transcript, TranscriptId
from qualcode.errors import UserError
from tests.helpers.projects import a_project, an_interview, code_words, dialogue, everything, land, scratch, span_of

Turns = list[tuple[str, str]]

words = st.sampled_from(["we", "waited", "é", "😀", "x\u0302", "שלום", "the", "nurse", "rang", "back", "um,", "twice."])
speech = st.lists(words, min_size=1, max_size=12).map(" ".join)
turns = st.lists(st.tuples(st.sampled_from(["Interviewer", "Ann", "Bob"]), speech), min_size=1, max_size=5)


@st.composite
def coded(draw: st.DrawFn) -> tuple[Turns, list[Span]]:
    """Turns, and spans over their text to be coded."""
    said = draw(turns)
    ends = st.integers(0, len(dialogue(*said).text))
    pairs = draw(st.lists(st.tuples(ends, ends), min_size=1, max_size=6))
    return said, [Span(min(p), max(p)) for p in pairs if p[0] != p[1]]


@contextmanager
def landed(said: Turns, chosen: Sequence[Span]) -> Iterator[tuple[Project, TranscriptId, list[SegmentRow]]]:
    """A project with one interview, coded where it was chosen and words stand."""
    with scratch() as folder, a_project(Path(folder)) as project:
        _, transcript_id = land(project, dialogue(*said))
        code_id, text = project.codebook.add("Code"), project.transcripts.text(transcript_id)
        places = [NewSegment(transcript_id, s, code_id) for s in chosen if s.of(text).strip()]
        project.coding.apply_many(places)
        yield project, transcript_id, project.coding.all()


class DescribeTheLaws:
    @settings(max_examples=30)
    @given(coded())
    def it_leaves_everything_where_it_was_when_nothing_changed(self, drawn: tuple[Turns, list[Span]]) -> None:
        with landed(*drawn) as (project, transcript_id, before):
            done = project.transcripts.correct(transcript_id, dialogue(*drawn[0], name="again.txt"))
            assert (done.changed, done.unplaced) == ((), ())
            after = {row.id: row for row in project.coding.all()}
            assert [(after[row.id].span, after[row.id].quote) for row in before] == [(r.span, r.quote) for r in before]
            assert {row.transcript_id for row in after.values()} <= {done.transcript_id}

    @settings(max_examples=30)
    @given(coded(), speech, st.data())
    def it_keeps_every_quote_that_the_correction_does_not_touch(
        self, drawn: tuple[Turns, list[Span]], extra: str, data: st.DataObject
    ) -> None:
        said, _ = drawn
        number = data.draw(st.integers(0, len(said) - 1))
        label, own = said[number]
        where = data.draw(st.sampled_from([i for i, c in enumerate(own) if c == " "] or [len(own)]))
        corrected = [*said[:number], (label, f"{own[:where]} {extra}{own[where:]}"), *said[number + 1 :]]
        at = dialogue(*said).turns[number].span.start + where
        with landed(*drawn) as (project, transcript_id, before):
            project.transcripts.correct(transcript_id, dialogue(*corrected))
            after = {row.id: row for row in project.coding.all()}
            for row in before:
                if not row.span.start < at < row.span.end:
                    assert after[row.id].quote == row.quote

    @settings(max_examples=30)
    @given(coded(), turns)
    def it_loses_nothing_and_guesses_nothing_in_silence(self, drawn: tuple[Turns, list[Span]], new: Turns) -> None:
        with landed(*drawn) as (project, transcript_id, before):
            start = everything(project)
            done = project.transcripts.correct(transcript_id, dialogue(*new))
            end = everything(project)
            text = project.transcripts.text(done.transcript_id)
            after = {row.id: row for row in project.coding.all()}
            assert after.keys() == {row.id for row in before}
            assert {row.id for row in project.coding.unplaced()} == set(done.unplaced)
            for row in before:
                moved = after[row.id]
                if row.id in done.unplaced:
                    assert moved == row
                else:
                    assert (moved.transcript_id, moved.span.of(text)) == (done.transcript_id, moved.quote)
                    assert moved.quote == row.quote or row.id in done.changed
            assert project.check() == []
            project.undo()
            assert everything(project) == start
            project.redo()
            assert everything(project) == end

    @settings(max_examples=25)
    @given(coded(), turns, st.integers(0, 11))
    def it_hides_in_a_quote_what_was_hidden_before_in_whole_words(
        self, drawn: tuple[Turns, list[Span]], new: Turns, number: int
    ) -> None:
        with landed(*drawn) as (project, transcript_id, before):
            finding_id, hidden = project.findings.add(None, "Some waited."), {}
            for row in before:
                places = spans.words(row.quote)
                if len(places) > 1:
                    quote_id = project.findings.quote(finding_id, row.id)
                    place = places[number % len(places)]
                    project.findings.replace(quote_id, place, "somebody")
                    hidden[quote_id] = place.of(row.quote)
            project.transcripts.correct(transcript_id, dialogue(*new))
            for quote in project.findings.quotes():
                (edit,) = quote.edits
                assert quote.span.of(project.transcripts.text(quote.transcript_id)) == quote.verbatim
                assert spans.snap(quote.verbatim, edit.span, spans.Snap.WORD) == edit.span
                assert hidden[quote.id] in edit.span.of(quote.verbatim)


class DescribeCorrecting:
    SAID = dialogue(
        ("Interviewer", "How was teh start?"),
        ("Participant", "We had too wait for months, and Anna Smith never rang."),
        ("Participant", "It got better after the second letter came."),
    )

    def it_moves_all_that_hangs_on_the_words(self, project: Project) -> None:
        _, old = land(project, self.SAID)
        code_id = project.codebook.add("Waiting")
        text = self.SAID.text
        name, after = span_of(text, "Anna Smith"), span_of(text, "It got better")
        segment_id = project.coding.apply(old, after, code_id)
        project.memos.mark(old, after, "A turn.")
        project.identifiers.decide(old, name, None)
        project.suggestions.offer([Suggestion(old, after, code_id, 0.5, "Alike.")], [old])
        done = project.transcripts.correct_words(old, span_of(text, "teh"), "the very")
        assert project.transcripts.interviews()[0].transcript_id == done.transcript_id
        new = project.transcripts.text(done.transcript_id)
        for row, words in (
            (project.coding.get(segment_id), "It got better"),
            (project.memos.of_transcript(done.transcript_id)[0], "It got better"),
            (project.identifiers.decisions()[0], "Anna Smith"),
            (project.suggestions.open(done.transcript_id)[0], "It got better"),
        ):
            assert row.transcript_id == done.transcript_id
            assert row.span is not None
            assert row.span.of(new) == words

    def it_keeps_turns_faces_and_notes_at_their_words(self, project: Project) -> None:
        at = self.SAID.text.index("never")
        value = replace(
            self.SAID,
            emphasis=(Emphasis(span_of(self.SAID.text, "second"), Face.BOLD),),
            asides=(Aside(AsideKind.COMMENT, "Sad.", at), Aside(AsideKind.HEADER, "Draft")),
        )
        _, old = land(project, value)
        done = project.transcripts.correct_words(old, span_of(value.text, "too wait"), "to stand and wait")
        row = project.transcripts.get(done.transcript_id)
        assert [t.span.of(row.text) for t in row.turns] == [
            "How was teh start?",
            "We had to stand and wait for months, and Anna Smith never rang.",
            "It got better after the second letter came.",
        ]
        assert [e.span.of(row.text) for e in row.emphasis] == ["second"]
        assert [(a.text, a.at and row.text[a.at :].partition(" ")[0]) for a in row.asides] == [
            ("Sad.", "never"),
            ("Draft", None),
        ]

    def it_keeps_the_edits_of_a_quote_on_their_words(self, project: Project) -> None:
        _, old = land(project, self.SAID)
        segment_id = code_words(
            project, old, self.SAID.turns[1].span.of(self.SAID.text), project.codebook.add("Waiting")
        )
        quote_id = project.findings.quote(project.findings.add(None, "Some waited."), segment_id)
        verbatim = project.findings.get_quote(quote_id).verbatim
        project.findings.replace(quote_id, span_of(verbatim, "Anna Smith"), "the nurse")
        project.findings.trim(quote_id, span_of(verbatim, "had too wait for months, and Anna Smith never rang"))
        project.transcripts.correct_words(old, span_of(self.SAID.text, "too wait"), "to stand and wait")
        row = project.findings.get_quote(quote_id)
        assert quotes.shown(row.verbatim, row.edits) == "had to stand and wait for months, and [the nurse] never rang"

    def it_leaves_a_quote_with_the_old_words_when_what_it_hid_is_gone(self, project: Project) -> None:
        _, old = land(project, self.SAID)
        segment_id = code_words(
            project, old, self.SAID.turns[1].span.of(self.SAID.text), project.codebook.add("Waiting")
        )
        quote_id = project.findings.quote(project.findings.add(None, "Some waited."), segment_id)
        before = project.findings.get_quote(quote_id)
        project.findings.replace(quote_id, span_of(before.verbatim, "Anna Smith"), "the nurse")
        project.transcripts.correct_words(old, span_of(self.SAID.text, "Anna Smith"), "Nora")
        after = project.findings.get_quote(quote_id)
        assert quotes.shown(after.verbatim, after.edits) == "We had too wait for months, and [the nurse] never rang."
        assert after.transcript_id == old
        assert "Nora" in project.coding.get(segment_id).quote

    def it_tells_which_segments_changed_and_which_have_no_place(self, project: Project) -> None:
        _, old = land(project, self.SAID)
        code_id = project.codebook.add("Waiting")
        same = code_words(project, old, "It got better", code_id)
        mended = code_words(project, old, "We had too wait for months", code_id)
        gone = code_words(project, old, "Anna Smith never rang", code_id)
        corrected = dialogue(
            ("Interviewer", "How was the start?"),
            ("Participant", "We had to wait for months."),
            ("Participant", "It got better after the second letter came."),
        )
        done = project.transcripts.correct(old, corrected)
        assert (done.changed, done.unplaced) == ((mended,), (gone,))
        assert [row.quote for row in project.coding.of_transcript(done.transcript_id)] == [
            "We had to wait for months",
            "It got better",
        ]
        (waiting,) = project.coding.unplaced()
        assert (waiting.id, waiting.quote, waiting.transcript_id) == (gone, "Anna Smith never rang", old)
        assert project.coding.get(same).transcript_id == done.transcript_id

    def it_counts_nobody_for_a_segment_without_a_place(self, project: Project) -> None:
        theme_id = project.themes.add("Access")
        code_id = project.codebook.add("Waiting", theme_id=theme_id)
        _, old = land(project, self.SAID)
        code_words(project, old, "Anna Smith never rang", code_id)
        code_words(project, old, "It got better", code_id)
        project.transcripts.correct(old, dialogue(("Participant", "It got better after the second letter came.")))
        assert project.codebook.counts() == {code_id: (1, 1)}
        assert [(t.people, t.segments) for t in project.themes.all()] == [(1, 1)]
        assert len(project.coding.unplaced()) == 1

    def it_lists_the_margin_notes_that_have_no_place(self, project: Project) -> None:
        _, old = land(project, self.SAID)
        memo_id = project.memos.mark(old, span_of(self.SAID.text, "Anna Smith never rang"), "Ask again.")
        project.transcripts.correct(old, dialogue(("Participant", "It got better after the second letter came.")))
        assert [(memo.id, memo.text) for memo in project.memos.unplaced()] == [(memo_id, "Ask again.")]

    def it_offers_no_suggestion_for_words_that_are_gone(self, project: Project) -> None:
        _, old = land(project, self.SAID)
        name = span_of(self.SAID.text, "Anna Smith never rang")
        project.suggestions.offer([Suggestion(old, name, None, 0.5, "Vivid.")], [old])
        project.transcripts.correct(old, dialogue(("Participant", "It got better after the second letter came.")))
        assert project.suggestions.open() == []
        project.undo()
        assert len(project.suggestions.open()) == 1

    def it_lets_what_was_decided_about_the_voices_stand(self, project: Project) -> None:
        person = project.people.add()
        _, old = land(project, dialogue(("Ann", "How was it?"), ("Bob", "Badly.")))
        ann, bob = project.transcripts.speakers(old)
        project.transcripts.set_role(ann.id, Role.INTERVIEWER)
        project.transcripts.set_participant(bob.id, person)
        corrected = dialogue(("Ann", "How was it?"), ("Bob", "Badly, at first."), ("Cat", "Yes."))
        done = project.transcripts.correct(old, corrected)
        assert [(s.label, s.role, s.participant_id) for s in project.transcripts.speakers(done.transcript_id)] == [
            ("Ann", Role.INTERVIEWER, None),
            ("Bob", Role.PARTICIPANT, person),
            ("Cat", Role.PARTICIPANT, None),
        ]

    def it_hears_anew_who_speaks_in_a_segment(self, project: Project) -> None:
        code_id = project.codebook.add("Doubt")
        _, old = land(project, dialogue(("Ann", "I was never sure of it, you know.")))
        code_words(project, old, "I was never sure of it, you know.", code_id)
        assert project.codebook.counts() == {code_id: (1, 1)}
        project.transcripts.correct(old, dialogue(("Ann", "I was never sure"), ("Bob", "of it, you know.")))
        assert project.codebook.counts() == {code_id: (2, 1)}

    def it_numbers_the_versions_and_keeps_the_old_text(self, project: Project) -> None:
        interview_id, first = land(project, self.SAID)
        second = project.transcripts.correct_words(first, Span(8, 11), "the").transcript_id
        third = project.transcripts.correct_words(second, Span(0, 3), "Why").transcript_id
        rows = [project.transcripts.get(t) for t in (first, second, third)]
        assert [(r.version, r.is_current, r.interview_id) for r in rows] == [
            (1, False, interview_id),
            (2, False, interview_id),
            (3, True, interview_id),
        ]
        assert [r.text[:18] for r in rows] == ["How was teh start?", "How was the start?", "Why was the start?"]

    def it_refuses_to_correct_a_version_that_was_corrected_already(self, project: Project) -> None:
        _, first = land(project, self.SAID)
        project.transcripts.correct_words(first, Span(8, 11), "the")
        before = everything(project)
        with pytest.raises(UserError, match="corrected already"):
            project.transcripts.correct_words(first, Span(0, 3), "Why")
        assert everything(project) == before


class DescribeCorrectingWords:
    SAID = DescribeCorrecting.SAID

    @pytest.mark.parametrize(
        ("span", "words"),
        [(Span(0, 30), "One"), (Span(8, 11), " "), (Span(18, 19), "x"), (Span(90, 99_999), "x")],
    )
    def it_stays_within_one_turn_and_leaves_words(self, project: Project, span: Span, words: str) -> None:
        _, transcript_id = land(project, self.SAID)
        before = everything(project)
        with pytest.raises(UserError, match="stays within one turn"):
            project.transcripts.correct_words(transcript_id, span, words)
        assert everything(project) == before

    def it_keeps_the_text_normalised(self, project: Project) -> None:
        _, transcript_id = an_interview(project, "P01", "The cafe was shut.")
        at = project.transcripts.text(transcript_id).index("cafe") + 3
        done = project.transcripts.correct_words(transcript_id, Span(at, at + 1), "e\u0301")
        text = project.transcripts.text(done.transcript_id)
        assert "The café was shut." in text
        with pytest.raises(UserError, match="whole word"):
            project.transcripts.correct_words(done.transcript_id, Span(at + 1, at + 2), "\u0323 ")
        assert spans.normalise(text) == text

    @settings(max_examples=25)
    @given(st.data())
    def it_changes_what_was_chosen_and_nothing_else(self, data: st.DataObject) -> None:
        value: Transcript = dialogue(*data.draw(turns))
        turn = data.draw(st.sampled_from(value.turns))
        ends = st.integers(turn.span.start, turn.span.end)
        span = Span(*sorted((data.draw(ends), data.draw(ends))))
        new = data.draw(speech)
        with scratch() as folder, a_project(Path(folder)) as project:
            _, transcript_id = land(project, value)
            if span.start == span.end:
                return
            try:
                done = project.transcripts.correct_words(transcript_id, span, new)
            except UserError:
                whole = value.text[: span.start] + new + value.text[span.end :]
                assert spans.normalise(whole) != whole
                return
            row = project.transcripts.get(done.transcript_id)
            assert row.text == value.text[: span.start] + new + value.text[span.end :]
            assert [t.speaker for t in row.turns] == [t.speaker for t in value.turns]
            assert "\n".join(t.span.of(row.text) for t in row.turns) == row.text
