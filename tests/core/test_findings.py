from __future__ import annotations

import pytest

from qualcode.core import quotes
from qualcode.core.findings import COUNTERS, INLINE, SUPPORTS
from qualcode.core.project import Project
from qualcode.core.rows import FindingRow
from qualcode.core.values import FindingId, QuoteId, SegmentId, Span
from qualcode.errors import UserError
from tests.helpers.projects import an_interview, code_words, everything, span_of

SAID = "We waited for months, um, and Anna never rang."


@pytest.fixture
def segments(project: Project) -> list[SegmentId]:
    _, transcript_id = an_interview(project, "P01", SAID, "It was better after that.")
    code_id = project.codebook.add("Waiting")
    return [code_words(project, transcript_id, words, code_id) for words in (SAID, "better after that")]


def texts(project: Project) -> list[str]:
    return [finding.text for finding in project.findings.all()]


def only(project: Project) -> FindingRow:
    (found,) = project.findings.all()
    return found


def shown(project: Project, quote_id: QuoteId) -> str:
    row = project.findings.get_quote(quote_id)
    return quotes.shown(row.verbatim, row.edits)


class DescribeFindings:
    def it_keeps_them_in_order(self, project: Project) -> None:
        theme_id = project.themes.add("Access")
        ids = [project.findings.add(theme_id, f"**{word}** waited.") for word in ("Some", "Most", "All")]
        project.findings.order([ids[2], ids[0], ids[1]])
        assert texts(project) == ["**All** waited.", "**Some** waited.", "**Most** waited."]
        project.findings.remove(ids[0])
        project.findings.add(theme_id, "One did not.")
        assert texts(project) == ["**All** waited.", "**Most** waited.", "One did not."]

    def it_refuses_an_empty_text(self, project: Project) -> None:
        with pytest.raises(UserError, match="needs a text"):
            project.findings.add(None, " ")
        finding_id = project.findings.add(None, "Some waited.")
        with pytest.raises(UserError, match="needs a text"):
            project.findings.write(finding_id, text="")

    def it_is_rewritten_moved_and_set_to_speak_of_a_group(self, project: Project) -> None:
        theme_id, wave_id = project.themes.add("Access"), project.waves.add("Wave 1")
        role = project.people.add_attribute("Role")
        finding_id = project.findings.add(None, "Some waited.")
        project.findings.write(finding_id, text="Most waited.", summary="Waiting.")
        project.findings.write(finding_id, summary="Long waits.")
        project.findings.move(finding_id, theme_id)
        project.findings.speak_of(finding_id, wave_id=wave_id, attribute_id=role, value="staff")
        row = only(project)
        assert (row.text, row.summary, row.theme_id) == ("Most waited.", "Long waits.", theme_id)
        assert (row.wave_id, row.scope_attribute_id, row.scope_value) == (wave_id, role, "staff")
        project.findings.speak_of(finding_id)
        assert (only(project).wave_id, only(project).scope_attribute_id) == (None, None)

    def it_stays_under_no_theme_when_its_theme_goes(self, project: Project) -> None:
        theme_id = project.themes.add("Access")
        project.findings.add(theme_id, "Some waited.")
        project.themes.remove(theme_id)
        assert only(project).theme_id is None

    def it_answers_evaluation_questions(self, project: Project) -> None:
        first, second = (project.waves.add_evaluation_question(q) for q in ("Does it reach?", "Does it help?"))
        finding_id = project.findings.add(None, "Some waited.")
        project.findings.answer(finding_id, [first])
        project.findings.answer(finding_id, [second])
        assert only(project).question_ids == {second}


class DescribeEvidence:
    def it_supports_or_counters_in_the_order_attached(self, project: Project, segments: list[SegmentId]) -> None:
        finding_id = project.findings.add(None, "Some waited.")
        project.findings.attach(finding_id, [segments[1]])
        project.findings.attach(finding_id, [segments[0]], COUNTERS)
        assert [(e.segment_id, e.stance) for e in only(project).evidence] == [
            (segments[1], SUPPORTS),
            (segments[0], COUNTERS),
        ]

    def it_changes_its_stance_when_attached_again(self, project: Project, segments: list[SegmentId]) -> None:
        finding_id = project.findings.add(None, "Some waited.")
        project.findings.attach(finding_id, segments)
        project.findings.attach(finding_id, segments[:1], COUNTERS)
        assert {e.segment_id: e.stance for e in only(project).evidence} == {
            segments[0]: COUNTERS,
            segments[1]: SUPPORTS,
        }
        project.undo()
        assert {e.stance for e in only(project).evidence} == {SUPPORTS}

    def it_is_detached_again(self, project: Project, segments: list[SegmentId]) -> None:
        finding_id = project.findings.add(None, "Some waited.")
        project.findings.attach(finding_id, segments)
        project.findings.detach(finding_id, segments[:1])
        assert [e.segment_id for e in only(project).evidence] == segments[1:]


class DescribeQuotes:
    @pytest.fixture
    def finding_id(self, project: Project) -> FindingId:
        return project.findings.add(None, "Some waited.")

    def it_makes_its_segment_evidence(self, project: Project, finding_id: FindingId, segments: list[SegmentId]) -> None:
        quote_id = project.findings.quote(finding_id, segments[0])
        row = only(project)
        assert [e.segment_id for e in row.evidence] == segments[:1]
        assert [(q.id, q.label, q.verbatim, q.placement) for q in row.quotes] == [(quote_id, "Q-0001", SAID, "block")]

    def it_leaves_a_counter_segment_one(
        self, project: Project, finding_id: FindingId, segments: list[SegmentId]
    ) -> None:
        project.findings.attach(finding_id, segments, COUNTERS)
        project.findings.quote(finding_id, segments[0])
        assert {e.stance for e in only(project).evidence} == {COUNTERS}

    def it_is_numbered_for_good(self, project: Project, finding_id: FindingId, segments: list[SegmentId]) -> None:
        project.findings.quote(finding_id, segments[0])
        last = project.findings.quote(finding_id, segments[1])
        project.findings.remove_quote(last)
        other = project.findings.add(None, "It got better.")
        third = project.findings.get_quote(project.findings.quote(other, segments[1]))
        project.findings.remove(other)
        fourth = project.findings.get_quote(project.findings.quote(finding_id, segments[1]))
        assert (third.label, fourth.label) == ("Q-0003", "Q-0004")

    def it_is_edited_by_acts_that_are_undone_one_by_one(
        self, project: Project, finding_id: FindingId, segments: list[SegmentId]
    ) -> None:
        quote_id = project.findings.quote(finding_id, segments[0])
        project.findings.cut(quote_id, span_of(SAID, "um,"))
        project.findings.replace(quote_id, span_of(SAID, "Anna"), "the nurse")
        project.findings.trim(quote_id, span_of(SAID, "waited for months, um, and Anna never rang."))
        assert shown(project, quote_id) == "waited for months, [...] and [the nurse] never rang."
        assert project.undo_label == "Trim quote in Q-0001"
        project.undo()
        assert shown(project, quote_id) == "We waited for months, [...] and [the nurse] never rang."
        assert project.undo_label == "Replace “Anna” in Q-0001"
        project.findings.take_back_edit(quote_id, 0)
        assert shown(project, quote_id) == "We waited for months, um, and [the nurse] never rang."

    def it_keeps_its_words_when_an_act_is_refused(
        self, project: Project, finding_id: FindingId, segments: list[SegmentId]
    ) -> None:
        quote_id = project.findings.quote(finding_id, segments[0])
        before = everything(project)
        with pytest.raises(UserError, match="must be left"):
            project.findings.cut(quote_id, Span(0, len(SAID)))
        assert everything(project) == before

    def it_is_placed_attributed_and_ordered(
        self, project: Project, finding_id: FindingId, segments: list[SegmentId]
    ) -> None:
        first, second = (project.findings.quote(finding_id, s) for s in segments)
        project.findings.place(first, INLINE)
        project.findings.attribute(first, "Parent, wave 1")
        project.findings.order_quotes([second, first])
        assert [(q.id, q.placement, q.attribution) for q in only(project).quotes] == [
            (second, "block", None),
            (first, "inline", "Parent, wave 1"),
        ]
        project.findings.attribute(first, None)
        assert project.findings.get_quote(first).attribution is None

    def it_puts_a_new_quote_after_those_that_were_ordered(
        self, project: Project, finding_id: FindingId, segments: list[SegmentId]
    ) -> None:
        first, second = (project.findings.quote(finding_id, s) for s in segments)
        project.findings.order_quotes([second, first])
        third = project.findings.quote(finding_id, segments[0])
        assert [q.id for q in only(project).quotes] == [second, first, third]

    def it_outlives_the_segment_it_came_from(
        self, project: Project, finding_id: FindingId, segments: list[SegmentId]
    ) -> None:
        quote_id = project.findings.quote(finding_id, segments[0])
        project.coding.remove(segments[:1])
        row = project.findings.get_quote(quote_id)
        assert (row.segment_id, row.verbatim) == (None, SAID)
        assert row.span.of(project.transcripts.text(row.transcript_id)) == SAID
        project.undo()
        assert project.findings.get_quote(quote_id).segment_id == segments[0]

    def it_keeps_its_own_words_when_the_ends_of_its_segment_move(
        self, project: Project, finding_id: FindingId, segments: list[SegmentId]
    ) -> None:
        quote_id = project.findings.quote(finding_id, segments[0])
        row = project.findings.get_quote(quote_id)
        project.coding.move_ends(segments[0], Span(row.span.start, row.span.start + 9))
        assert project.coding.get(segments[0]).quote == "We waited"
        assert project.findings.get_quote(quote_id).verbatim == SAID

    def it_leaves_its_segment_as_evidence_when_it_goes(
        self, project: Project, finding_id: FindingId, segments: list[SegmentId]
    ) -> None:
        quote_id = project.findings.quote(finding_id, segments[0])
        project.findings.remove_quote(quote_id)
        assert (only(project).quotes, len(only(project).evidence)) == ((), 1)
        with pytest.raises(UserError, match="no longer there"):
            project.findings.get_quote(quote_id)


class DescribeWhatWasCounted:
    def it_is_kept_with_the_sentence_and_changed_when_the_wording_is_kept(self, project: Project) -> None:
        finding = project.findings.add(None, "Most waited.")
        assert [f.counted for f in project.findings.all()] == [None]
        project.findings.write(finding, text="Most people waited.", count=(8, 9))
        project.findings.write(finding, summary="Waiting.")
        assert [f.counted for f in project.findings.all()] == [(8, 9)]
        project.findings.recount(finding, (6, 9))
        assert [f.counted for f in project.findings.all()] == [(6, 9)]
        project.undo()
        assert [f.counted for f in project.findings.all()] == [(8, 9)]

    def it_goes_and_comes_back_with_the_finding(self, project: Project) -> None:
        finding = project.findings.add(None, "Most waited.")
        project.findings.write(finding, text="Most people waited.", count=(8, 9))
        project.findings.remove(finding)
        assert project.setting(f"counted {finding}") == {}
        project.undo()
        assert [f.counted for f in project.findings.all()] == [(8, 9)]
