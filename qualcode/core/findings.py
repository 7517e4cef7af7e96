"""Findings: what the analyst asserts, the segments that carry it, and the quotes that show it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from qualcode.core import quotes
from qualcode.core.journal import Journal
from qualcode.core.rows import Evidence, FindingRow, QuoteRow
from qualcode.core.schema import (
    Finding,
    FindingQuestion,
    FindingSegment,
    ProjectInfo,
    Quote,
    Segment,
    Speaker,
    Transcript,
    Turn,
    new_id,
)
from qualcode.core.values import (
    AttributeId,
    Edit,
    FindingId,
    QuestionId,
    QuoteId,
    Role,
    SegmentId,
    Span,
    ThemeId,
    WaveId,
)
from qualcode.errors import UserError

SUPPORTS, COUNTERS = "supports", "counters"
BLOCK, INLINE = "block", "inline"

Counted = tuple[int, int]
"""People behind a finding, and people asked."""


class Findings:
    """Findings in order under their themes; quotes numbered for good, so that ``Q-0147`` always means the same."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    # --- findings ---

    def add(self, theme_id: ThemeId | None, text: str, *, summary: str = "") -> FindingId:
        """Add a finding at the end of a theme. Raises UserError for an empty text."""
        if not text.strip():
            raise UserError("A finding needs a text.")
        finding_id = FindingId(new_id())
        with self._journal.step("Add finding"):
            position = self._journal.read(select(func.coalesce(func.max(Finding.position) + 1, 0)))[0][0]
            self._journal.write(
                insert(Finding).values(id=finding_id, theme_id=theme_id, text=text, summary=summary, position=position)
            )
        return finding_id

    def write(
        self,
        finding_id: FindingId,
        *,
        text: str | None = None,
        summary: str | None = None,
        count: Counted | None = None,
    ) -> None:
        """Change what is given. ``count`` is how many people are behind it now, of how many asked: where it is others
        later, the sentence can be looked at again. Raises UserError for an empty text."""
        if text is not None and not text.strip():
            raise UserError("A finding needs a text.")
        given = {"text": text, "summary": summary}
        values = {k: v for k, v in given.items() if v is not None} | (_counted(count) if count else {})
        with self._journal.step("Edit finding"):
            self._journal.write(update(Finding).where(Finding.id == finding_id).values(values))

    def recount(self, finding_id: FindingId, count: Counted) -> None:
        """Say that a finding's sentence holds for the people who are behind it now."""
        with self._journal.step("Keep the wording"):
            self._journal.write(update(Finding).where(Finding.id == finding_id).values(_counted(count)))

    def speak_of(
        self,
        finding_id: FindingId,
        *,
        wave_id: WaveId | None = None,
        attribute_id: AttributeId | None = None,
        value: str = "",
    ) -> None:
        """Say of whom a finding speaks: a wave, a group (role = staff), both, or (none given) everybody."""
        with self._journal.step("Set whom the finding speaks of"):
            self._journal.write(
                update(Finding)
                .where(Finding.id == finding_id)
                .values(wave_id=wave_id, scope_attribute_id=attribute_id, scope_value=value)
            )

    def move(self, finding_id: FindingId, theme_id: ThemeId | None) -> None:
        with self._journal.step("Move finding"):
            self._journal.write(update(Finding).where(Finding.id == finding_id).values(theme_id=theme_id))

    def order(self, finding_ids: Sequence[FindingId]) -> None:
        """Put these findings in this order."""
        with self._journal.step("Reorder findings"):
            for position, finding_id in enumerate(finding_ids):
                self._journal.write(update(Finding).where(Finding.id == finding_id).values(position=position))

    def remove(self, finding_id: FindingId) -> None:
        with self._journal.step("Delete finding"):
            self._journal.write(delete(Finding).where(Finding.id == finding_id))

    def attach(self, finding_id: FindingId, segment_ids: Sequence[SegmentId], stance: str = SUPPORTS) -> None:
        """Have segments carry a finding, or speak against it; one that is attached already changes its stance."""
        with self._journal.step("Attach segment" if stance == SUPPORTS else "Attach counter segment"):
            self.detach(finding_id, segment_ids)
            last = select(func.coalesce(func.max(FindingSegment.position) + 1, 0))
            first = self._journal.read(last.where(FindingSegment.finding_id == finding_id))[0][0]
            links = [
                {"finding_id": finding_id, "segment_id": s, "stance": stance, "position": first + i}
                for i, s in enumerate(dict.fromkeys(segment_ids))
            ]
            self._journal.write(insert(FindingSegment), links)

    def detach(self, finding_id: FindingId, segment_ids: Sequence[SegmentId]) -> None:
        with self._journal.step("Detach segment"):
            self._journal.write(
                delete(FindingSegment).where(
                    FindingSegment.finding_id == finding_id, FindingSegment.segment_id.in_(segment_ids)
                )
            )

    def answer(self, finding_id: FindingId, question_ids: Iterable[QuestionId]) -> None:
        """Set which evaluation questions a finding answers."""
        with self._journal.step("Link finding to questions"):
            self._journal.write(delete(FindingQuestion).where(FindingQuestion.finding_id == finding_id))
            links = [{"finding_id": finding_id, "question_id": q} for q in question_ids]
            self._journal.write(insert(FindingQuestion), links)

    def all(self) -> list[FindingRow]:
        """Every finding in order, with its evidence and its quotes."""
        evidence: dict[FindingId, list[Evidence]] = defaultdict(list)
        links = select(FindingSegment.finding_id, FindingSegment.segment_id, FindingSegment.stance)
        for row in self._journal.read(links.order_by(FindingSegment.position, FindingSegment.segment_id)):
            evidence[row.finding_id].append(Evidence(row.segment_id, row.stance))
        shown: dict[FindingId, list[QuoteRow]] = defaultdict(list)
        for quote in self.quotes():
            shown[quote.finding_id].append(quote)
        answers: dict[FindingId, set[QuestionId]] = defaultdict(set)
        for row in self._journal.read(select(FindingQuestion.finding_id, FindingQuestion.question_id)):
            answers[row.finding_id].add(row.question_id)
        columns = select(
            Finding.id,
            Finding.theme_id,
            Finding.wave_id,
            Finding.scope_attribute_id,
            Finding.scope_value,
            Finding.text,
            Finding.summary,
            Finding.counted_people,
            Finding.counted_asked,
        )
        return [
            FindingRow(
                row.id,
                row.theme_id,
                row.wave_id,
                row.scope_attribute_id,
                row.scope_value,
                row.text,
                row.summary,
                evidence=tuple(evidence[row.id]),
                quotes=tuple(shown[row.id]),
                question_ids=frozenset(answers[row.id]),
                counted=None if row.counted_asked is None else (row.counted_people, row.counted_asked),
            )
            for row in self._journal.read(columns.order_by(Finding.position, Finding.id))
        ]

    # --- quotes ---

    def quote(self, finding_id: FindingId, segment_id: SegmentId, placement: str = BLOCK) -> QuoteId:
        """Show a segment as a quote under a finding; it becomes evidence of it too."""
        segment = self._journal.read(
            select(Segment.transcript_id, Segment.start, Segment.end, Segment.quote).where(Segment.id == segment_id)
        )[0]
        carried = select(FindingSegment.segment_id).where(FindingSegment.finding_id == finding_id)
        quote_id = QuoteId(new_id())
        with self._journal.step("Quote segment"):
            if segment_id not in {row.segment_id for row in self._journal.read(carried)}:
                self.attach(finding_id, [segment_id])
            self._journal.write(update(ProjectInfo).values(quotes_numbered=ProjectInfo.quotes_numbered + 1))
            number = self._journal.read(select(ProjectInfo.quotes_numbered))[0].quotes_numbered
            self._journal.write(
                insert(Quote).values(
                    id=quote_id,
                    number=number,
                    finding_id=finding_id,
                    transcript_id=segment.transcript_id,
                    segment_id=segment_id,
                    start=segment.start,
                    end=segment.end,
                    verbatim=segment.quote,
                    placement=placement,
                    position=number,
                )
            )
        return quote_id

    def cut(self, quote_id: QuoteId, span: Span) -> None:
        """Cut words, counted from the quote's first code point. Raises UserError when none would be left."""
        row = self.get_quote(quote_id)
        self._set_edits(f"Cut “{_short(span.of(row.verbatim))}”", row, quotes.cut(row.verbatim, row.edits, span))

    def replace(self, quote_id: QuoteId, span: Span, description: str) -> None:
        """Put a bracketed description in the place of words. Raises UserError for an empty one."""
        row = self.get_quote(quote_id)
        edits = quotes.replace(row.verbatim, row.edits, span, description)
        self._set_edits(f"Replace “{_short(span.of(row.verbatim))}”", row, edits)

    def trim(self, quote_id: QuoteId, kept: Span) -> None:
        """Take everything before and after ``kept`` off the quote."""
        row = self.get_quote(quote_id)
        self._set_edits("Trim quote", row, quotes.trim(row.verbatim, row.edits, kept))

    def join(self, quote_id: QuoteId, other_id: QuoteId) -> None:
        """Make one quote of two passages of one speaker, with ``[...]`` between them; the other quote goes.

        It stands where the first-named stood and keeps its number. Raises UserError when the passages are of two
        conversations or two speakers, or overlap.
        """
        row, other = self.get_quote(quote_id), self.get_quote(other_id)
        first, second = sorted((row, other), key=lambda q: q.span)
        if first.transcript_id != second.transcript_id:
            raise UserError("Only passages of one interview can be joined.")
        if first.span.overlaps(second.span):
            raise UserError(f"{row.label} and {other.label} have words in common. Trim one of them first.")
        if self._voices(first) != self._voices(second) or len(self._voices(first)) != 1:
            raise UserError("Only passages of one speaker can be joined.")
        text = self._journal.read(select(Transcript.text).where(Transcript.id == row.transcript_id))[0].text
        whole = Span(first.span.start, second.span.end)
        edits = quotes.joined(
            whole.of(text),
            first.span.shifted(-whole.start),
            first.edits,
            second.span.shifted(-whole.start),
            second.edits,
        )
        with self._journal.step(f"Join {row.label} and {other.label}"):
            if other.segment_id is not None:
                carried = select(FindingSegment.segment_id).where(FindingSegment.finding_id == row.finding_id)
                if other.segment_id not in {link.segment_id for link in self._journal.read(carried)}:
                    self.attach(row.finding_id, [other.segment_id])
            self.remove_quote(other_id)
            self._set_quote(
                "Join quotes",
                quote_id,
                start=whole.start,
                end=whole.end,
                verbatim=whole.of(text),
                edits=quotes.as_json(edits),
            )

    def take_back_edit(self, quote_id: QuoteId, number: int) -> None:
        """Take one edit back by its index: its words return."""
        row = self.get_quote(quote_id)
        self._set_edits("Take edit back", row, quotes.without(row.edits, number))

    def place(self, quote_id: QuoteId, placement: str) -> None:
        """Set a quote as a block of its own or run in the sentence."""
        self._set_quote("Place quote", quote_id, placement=placement)

    def attribute(self, quote_id: QuoteId, attribution: str | None) -> None:
        """Give a quote an attribution of its own; None: as the house template says."""
        self._set_quote("Attribute quote", quote_id, attribution=attribution)

    def order_quotes(self, quote_ids: Sequence[QuoteId]) -> None:
        with self._journal.step("Reorder quotes"):
            for position, quote_id in enumerate(quote_ids):
                self._journal.write(update(Quote).where(Quote.id == quote_id).values(position=position))

    def remove_quote(self, quote_id: QuoteId) -> None:
        """Take a quote off its finding; its segment still carries the finding."""
        with self._journal.step("Remove quote"):
            self._journal.write(delete(Quote).where(Quote.id == quote_id))

    def get_quote(self, quote_id: QuoteId) -> QuoteRow:
        """Raises UserError if the quote is no longer there."""
        for row in self.quotes(quote_id):
            return row
        raise UserError("This quote is no longer there.")

    def quotes(self, quote_id: QuoteId | None = None) -> list[QuoteRow]:
        """Every quote in order, or the one named."""
        columns = select(
            Quote.id,
            Quote.number,
            Quote.finding_id,
            Quote.transcript_id,
            Quote.segment_id,
            Quote.start,
            Quote.end,
            Quote.verbatim,
            Quote.edits,
            Quote.placement,
            Quote.attribution,
        ).order_by(Quote.position, Quote.number)
        if quote_id is not None:
            columns = columns.where(Quote.id == quote_id)
        return [
            QuoteRow(
                row.id,
                row.number,
                row.finding_id,
                row.transcript_id,
                row.segment_id,
                Span(row.start, row.end),
                row.verbatim,
                quotes.from_json(row.edits),
                row.placement,
                row.attribution,
            )
            for row in self._journal.read(columns)
        ]

    # --- within ---

    def _voices(self, quote: QuoteRow) -> set[str]:
        """The participants' voices heard in a passage."""
        heard = (
            (Turn.transcript_id == quote.transcript_id) & (Turn.start < quote.span.end) & (Turn.end > quote.span.start)
        )
        columns = select(Turn.speaker_id).join(Speaker, Speaker.id == Turn.speaker_id)
        return {r.speaker_id for r in self._journal.read(columns.where(heard, Speaker.role != Role.INTERVIEWER.value))}

    def _set_edits(self, label: str, row: QuoteRow, edits: Iterable[Edit]) -> None:
        self._set_quote(f"{label} in {row.label}", row.id, edits=quotes.as_json(edits))

    def _set_quote(self, label: str, quote_id: QuoteId, **values: Any) -> None:
        with self._journal.step(label):
            self._journal.write(update(Quote).where(Quote.id == quote_id).values(values))


def _counted(count: Counted) -> dict[str, int]:
    people, asked = count
    return {"counted_people": people, "counted_asked": asked}


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 30 else words[:29].rstrip() + "…"
