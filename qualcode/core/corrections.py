"""Correcting a transcript: the text with other words in one place, and how what lies on a text follows it there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import delete, insert, select, update

from qualcode.core import quotes, spans, who
from qualcode.core.journal import Journal
from qualcode.core.rows import TranscriptRow
from qualcode.core.schema import Memo, Mention, Quote, Segment, SegmentSpeaker, Suggestion
from qualcode.core.suggestions import OPEN
from qualcode.core.values import SegmentId, Span, Transcript, TranscriptId
from qualcode.errors import UserError


@dataclass(frozen=True, slots=True)
class Correction:
    """What became of the segments when a text was corrected.

    ``changed`` have other words than before, ``unplaced`` found no place; ``words_before`` are those that each had.
    """

    transcript_id: TranscriptId
    changed: tuple[SegmentId, ...]
    unplaced: tuple[SegmentId, ...]
    words_before: Mapping[SegmentId, str] = field(default_factory=dict)


def with_words(old: TranscriptRow, span: Span, words: str) -> Transcript:
    """The transcript with other words in the place of ``span`` (code points), as it would be imported.

    Raises UserError when the span crosses turns, when no words are left, or when they begin with an accent for the
    letter before them.
    """
    words = spans.normalise(words)
    touched = spans.turns_within(old.turns, span)
    if len(touched) != 1 or not old.turns[touched[0]].span.contains(span) or not words.strip():
        raise UserError("A correction stays within one turn and leaves some words.")
    text = old.text[: span.start] + words + old.text[span.end :]
    if spans.normalise(text) != text:
        raise UserError("These words would change the letters beside them. Select the whole word.")
    grown = len(words) - len(span)

    def moved(place: Span) -> Span:
        start = place.start + grown if place.start >= span.end else min(place.start, span.start + len(words))
        end = place.end + grown if place.end >= span.end else min(place.end, span.start + len(words))
        return Span(start, max(start, end))

    passage = old.passage
    return Transcript(
        text=text,
        turns=tuple(
            replace(t, span=moved(t.span) if i != touched[0] else Span(t.span.start, t.span.end + grown))
            for i, t in enumerate(passage.turns)
        ),
        speakers=passage.speakers,
        source_name=old.source_name,
        source_digest="",
        emphasis=tuple(replace(e, span=moved(e.span)) for e in old.emphasis),
        asides=tuple(a if a.at is None else replace(a, at=moved(Span(a.at, a.at)).start) for a in old.asides),
    )


def follow(journal: Journal, old: TranscriptRow, new: TranscriptRow) -> Correction:
    """Move all that lies on the words of one version to the next; only a suggestion without a place falls away."""
    there = select(Segment.id, Segment.quote).where(Segment.transcript_id == old.id)
    before = {row.id: row.quote for row in journal.read(there)}
    changed, unplaced = _move(journal, Segment, old, new)
    for table in (Memo, Mention, Suggestion):
        _move(journal, table, old, new)
    _move_quotes(journal, old, new)
    journal.write(delete(Suggestion).where(Suggestion.transcript_id == old.id, Suggestion.state == OPEN))
    _hear_again(journal, new)
    touched = {SegmentId(key): before[key] for key in (*changed, *unplaced)}
    return Correction(new.id, tuple(map(SegmentId, changed)), tuple(map(SegmentId, unplaced)), touched)


def put(journal: Journal, segment_id: SegmentId, new: TranscriptRow, span: Span) -> None:
    """Put a segment on these words of a version."""
    _place(journal, Segment, segment_id, new, span, quote=span.of(new.text))
    _hear_again(journal, new)


def _move(journal: Journal, table: Any, old: TranscriptRow, new: TranscriptRow) -> tuple[list[str], list[str]]:
    """Re-anchor the rows of one table; the ids of those whose words changed, and of those without a place."""
    changed, unplaced = [], []
    for row, place in _places(journal, table, old, new, table.id):
        if place is None:
            unplaced.append(row.id)
            continue
        if not place.exact:
            changed.append(row.id)
        _place(journal, table, row.id, new, place.span, quote=place.span.of(new.text))
    return changed, unplaced


def _move_quotes(journal: Journal, old: TranscriptRow, new: TranscriptRow) -> None:
    """Re-anchor quotes and the edits within them; one with an edit that lost its words stays as it was."""
    for row, place in _places(journal, Quote, old, new, Quote.id, Quote.verbatim, Quote.edits):
        if place is None:
            continue
        verbatim, edits = place.span.of(new.text), quotes.from_json(row.edits)
        followed = quotes.follow(row.verbatim, edits, verbatim)
        if followed is not None:
            _place(journal, Quote, row.id, new, place.span, verbatim=verbatim, edits=quotes.as_json(followed))


def _places(
    journal: Journal, table: Any, old: TranscriptRow, new: TranscriptRow, *columns: Any
) -> Iterable[tuple[Any, spans.Anchored | None]]:
    there = select(*columns, table.start, table.end).where(table.transcript_id == old.id)
    rows = journal.read(there.where(table.start.is_not(None)))
    places = spans.reanchor(old.text, new.text, [Span(row.start, row.end) for row in rows])
    return zip(rows, places, strict=True)


def _place(journal: Journal, table: Any, row_id: str, new: TranscriptRow, span: Span, **proof: Any) -> None:
    values = {"transcript_id": new.id, "start": span.start, "end": span.end, **proof}
    journal.write(update(table).where(table.id == row_id).values(values))


def _hear_again(journal: Journal, new: TranscriptRow) -> None:
    """Derive anew who is heard in the segments of a transcript."""
    here = Segment.transcript_id == new.id
    rows = journal.read(select(Segment.id, Segment.code_id, Segment.start, Segment.end).where(here))
    voices = new.turns, [new.speakers[turn.speaker].id for turn in new.turns]
    heard = [voice for row in rows for voice in who.voices_in(row.id, row.code_id, Span(row.start, row.end), voices)]
    older = SegmentSpeaker.segment_id.in_(select(Segment.id).where(here))
    journal.write(delete(SegmentSpeaker).where(older))
    journal.write(insert(SegmentSpeaker), heard)
