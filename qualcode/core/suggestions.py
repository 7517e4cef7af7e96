"""Suggestions: proposed segments that live apart until a person takes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, delete, insert, select, update

from qualcode.core.coding import Coding, NewSegment
from qualcode.core.journal import Journal
from qualcode.core.rows import SuggestionRow
from qualcode.core.schema import Code, Suggestion, Transcript, new_id, now
from qualcode.core.values import CodeId, SegmentId, Span, SuggestionId, TranscriptId
from qualcode.core.values import Suggestion as SuggestionValue
from qualcode.errors import UserError

OPEN, ACCEPTED, REFUSED = "open", "accepted", "refused"


class Suggestions:
    """Offered, explained, never applied silently. What was refused is kept, so that it is not offered again."""

    def __init__(self, journal: Journal, coding: Coding) -> None:
        self._journal = journal
        self._coding = coding

    def offer(self, found: Sequence[SuggestionValue], transcript_ids: Sequence[TranscriptId]) -> None:
        """Put these in the place of the open suggestions of the transcripts named. Decided ones stay.

        Left out are those that were decided before, and those found in a text or for a code that changed or went
        while they were looked for.
        """
        texts, codes, decided = self._texts(found), self._codes(), self._decided()
        wanted = [
            s
            for s in found
            if s.transcript_id in texts
            and (s.code_id is None or s.code_id in codes)
            and (s.transcript_id, s.span.start, s.span.end, s.code_id) not in decided
        ]
        with self._journal.step("Suggest"):
            self._journal.write(
                delete(Suggestion).where(Suggestion.transcript_id.in_(transcript_ids), Suggestion.state == OPEN)
            )
            self._journal.write(insert(Suggestion), [_as_row(s, texts[s.transcript_id]) for s in wanted])

    def accept(self, suggestion_id: SuggestionId, code_id: CodeId | None = None) -> SegmentId:
        """Make a suggestion a segment, with its own code or another.

        Raises UserError if it proposes no code and none is given.
        """
        row = self.get(suggestion_id)
        chosen = code_id or row.code_id
        if chosen is None:
            raise UserError("Choose a code for this passage.")
        with self._journal.step("Accept suggestion"):
            self._decide(suggestion_id, ACCEPTED)
            return self._coding.apply_many([NewSegment(row.transcript_id, row.span, chosen)])[0]

    def refuse(self, suggestion_id: SuggestionId) -> None:
        """Raises UserError if the suggestion is no longer there."""
        self.get(suggestion_id)
        with self._journal.step("Refuse suggestion"):
            self._decide(suggestion_id, REFUSED)

    def get(self, suggestion_id: SuggestionId) -> SuggestionRow:
        """Raises UserError if the suggestion is no longer there."""
        found = self._rows(_suggestions().where(Suggestion.id == suggestion_id))
        if not found:
            raise UserError("This suggestion is no longer there.")
        return found[0]

    def open(self, transcript_id: TranscriptId | None = None) -> list[SuggestionRow]:
        """What waits for a decision, the best first; of one transcript or of all."""
        waiting = _suggestions().where(Suggestion.state == OPEN)
        if transcript_id is not None:
            waiting = waiting.where(Suggestion.transcript_id == transcript_id)
        return self._rows(waiting)

    def decided(self) -> list[SuggestionRow]:
        """What was accepted or refused, the latest first."""
        settled = _suggestions().where(Suggestion.state != OPEN).order_by(None)
        return self._rows(settled.order_by(Suggestion.decided_at.desc(), Suggestion.id))

    # --- within ---

    def _texts(self, found: Sequence[SuggestionValue]) -> dict[TranscriptId, str]:
        ids = {s.transcript_id for s in found}
        current = select(Transcript.id, Transcript.text).where(Transcript.id.in_(ids), Transcript.is_current)
        return {row.id: row.text for row in self._journal.read(current)}

    def _codes(self) -> frozenset[CodeId]:
        return frozenset(row.id for row in self._journal.read(select(Code.id)))

    def _decided(self) -> frozenset[tuple[Any, ...]]:
        places = select(Suggestion.transcript_id, Suggestion.start, Suggestion.end, Suggestion.code_id)
        return frozenset(tuple(row) for row in self._journal.read(places.where(Suggestion.state != OPEN)))

    def _decide(self, suggestion_id: SuggestionId, state: str) -> None:
        self._journal.write(
            update(Suggestion).where(Suggestion.id == suggestion_id).values(state=state, decided_at=now())
        )

    def _rows(self, statement: Select[*tuple[Any, ...]]) -> list[SuggestionRow]:
        return [
            SuggestionRow(
                row.id,
                row.transcript_id,
                row.code_id,
                Span(row.start, row.end),
                row.quote,
                row.score,
                row.reason,
                row.state,
            )
            for row in self._journal.read(statement)
        ]


def _suggestions() -> Select[*tuple[Any, ...]]:
    return select(Suggestion).order_by(Suggestion.score.desc(), Suggestion.start, Suggestion.id)


def _as_row(value: SuggestionValue, text: str) -> dict[str, Any]:
    return {
        "id": new_id(),
        "transcript_id": value.transcript_id,
        "code_id": value.code_id,
        "start": value.span.start,
        "end": value.span.end,
        "quote": value.span.of(text),
        "score": value.score,
        "reason": value.reason,
    }
