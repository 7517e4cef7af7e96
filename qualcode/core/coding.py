"""Segments: a span, a code, a coder, and the words as proof."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Select, bindparam, delete, func, insert, select, update

from qualcode.core import spans, store, who
from qualcode.core.journal import Journal
from qualcode.core.rows import SegmentRow
from qualcode.core.schema import (
    Code,
    FindingSegment,
    Quote,
    Segment,
    SegmentSpeaker,
    Transcript,
    Turn,
    new_id,
    now,
)
from qualcode.core.values import CodeId, CoderId, SegmentId, Span, TranscriptId
from qualcode.core.values import Turn as TurnValue
from qualcode.errors import UserError

_AT_ONCE = 10_000
"""As many ids as one statement is given."""


@dataclass(frozen=True, slots=True)
class NewSegment:
    """A segment to be made. Without ``coder_id`` it is the coder at work's."""

    transcript_id: TranscriptId
    span: Span
    code_id: CodeId
    memo: str = ""
    weight: int = 0
    coder_id: CoderId | None = None


class Coding:
    """Applying codes to passages, and changing what was applied."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    # --- writes ---

    def apply(self, transcript_id: TranscriptId, span: Span, code_id: CodeId) -> SegmentId:
        """Code a passage. The same passage with the same code by the same coder stays one segment.

        Raises UserError when the span holds no words or lies outside the text.
        """
        name = self._journal.read(_NAME, code=code_id)[0].name
        with self._journal.step(f"Code “{name}”"):
            return self.apply_many([NewSegment(transcript_id, span, code_id)])[0]

    def apply_many(self, wanted: Iterable[NewSegment]) -> list[SegmentId]:
        """Code many passages in one step; the ids in the order given. Raises as :meth:`apply`, then changes nothing."""
        wanted = list(wanted)
        made: dict[int, SegmentId] = {}
        order = sorted(range(len(wanted)), key=lambda i: wanted[i].transcript_id)
        with self._journal.step("Code passages"):
            for transcript_id, numbers in groupby(order, key=lambda i: wanted[i].transcript_id):
                chosen = list(numbers)
                ids = self._apply_to(transcript_id, [wanted[i] for i in chosen])
                made.update(zip(chosen, ids, strict=True))
        return [made[i] for i in range(len(wanted))]

    def remove(self, segment_ids: Sequence[SegmentId]) -> None:
        with self._journal.step("Uncode"):
            self._journal.write(delete(Segment).where(Segment.id.in_(segment_ids)))

    def recode(self, segment_ids: Sequence[SegmentId], code_id: CodeId) -> None:
        """Give segments another code, in place."""
        with self._journal.step("Change code"):
            self._journal.write(update(Segment).where(Segment.id.in_(segment_ids)).values(code_id=code_id))
            there = select(Segment.transcript_id).distinct().where(Segment.id.in_(segment_ids))
            keep_one_of_each(self._journal, code_id, [row.transcript_id for row in self._journal.read(there)])

    def move_ends(self, segment_id: SegmentId, span: Span) -> SegmentId:
        """Give a segment another span in its transcript; the id of the segment that is there then.

        That is another one where the coder had given the passage this code already: the two become one. Raises
        UserError when the span holds no words.
        """
        row = self.get(segment_id)
        reach = self._reach(row.transcript_id, [span])
        span = reach.passage(span)
        with self._journal.step("Move ends"):
            self._journal.write(
                update(Segment)
                .where(Segment.id == segment_id)
                .values(start=span.start, end=span.end, quote=reach.words(span))
            )
            self._journal.write(delete(SegmentSpeaker).where(SegmentSpeaker.segment_id == segment_id))
            self._journal.write(insert(SegmentSpeaker), who.voices_in(segment_id, row.code_id, span, reach.voices))
            keep_one_of_each(self._journal, row.code_id, [row.transcript_id])
        same = (Segment.start == span.start, Segment.end == span.end, Segment.coder_id == row.coder_id)
        there = (Segment.transcript_id == row.transcript_id, Segment.code_id == row.code_id)
        return SegmentId(self._journal.read(select(Segment.id).where(*there, *same))[0].id)

    def split(self, segment_id: SegmentId, at: int) -> tuple[SegmentId, SegmentId]:
        """Part a segment in two before the code point ``at``; the ids of both.

        The first part keeps the memo and what the segment carries (findings, quotes); code, coder and weight are
        those of both. Raises UserError when a part would hold no words.
        """
        row = self.get(segment_id)
        if not row.span.start < at < row.span.end:
            raise UserError("Put the cursor inside the segment, where the second part is to begin.")
        second = NewSegment(
            row.transcript_id, Span(at, row.span.end), row.code_id, weight=row.weight, coder_id=row.coder_id
        )
        with self._journal.step("Split segment"):
            first = self.move_ends(segment_id, Span(row.span.start, at))
            return first, self.apply_many([second])[0]

    def join(self, segment_ids: Sequence[SegmentId]) -> SegmentId:
        """Make segments one, from the first word of any to the last, with the words between.

        The first in the text is kept, with the memos of all, the greatest weight, and what any of them carries.
        Raises UserError unless they are two or more of one transcript, one code and one coder.
        """
        rows = sorted(self.those(segment_ids), key=lambda row: row.span)
        if len(rows) < 2 or len({(row.transcript_id, row.code_id, row.coder_id) for row in rows}) > 1:
            raise UserError("Only segments of one code and one coder in one transcript can be joined.")
        with self._journal.step("Join segments"):
            for row in rows[1:]:
                _hand_over(self._journal, row.id, rows[0].id)
                self._journal.write(delete(Segment).where(Segment.id == row.id))
            return self.move_ends(rows[0].id, Span(rows[0].span.start, max(row.span.end for row in rows)))

    def write_memo(self, segment_id: SegmentId, memo: str) -> None:
        with self._journal.step("Write memo"):
            self._journal.write(update(Segment).where(Segment.id == segment_id).values(memo=memo))

    def weigh(self, segment_id: SegmentId, weight: int) -> None:
        """Set how much a segment matters: 0 (not weighed) to 3."""
        with self._journal.step("Change weight"):
            self._journal.write(update(Segment).where(Segment.id == segment_id).values(weight=weight))

    def review(self, segment_ids: Sequence[SegmentId]) -> None:
        """Say that segments coded under an older definition were looked at again and hold."""
        with self._journal.step("Confirm coding"):
            self._journal.write(update(Segment).where(Segment.id.in_(segment_ids)).values(reviewed_at=now()))

    # --- reads ---

    def get(self, segment_id: SegmentId) -> SegmentRow:
        """Raises UserError if the segment is no longer there."""
        found = self._rows(_THOSE, ids=[segment_id])
        if not found:
            raise UserError("This segment is no longer there.")
        return found[0]

    def those(self, segment_ids: Sequence[SegmentId]) -> list[SegmentRow]:
        """The segments named that are still there, in the order given."""
        batches = (segment_ids[at : at + _AT_ONCE] for at in range(0, len(segment_ids), _AT_ONCE))
        found = {row.id: row for batch in batches for row in self._rows(_THOSE, ids=batch)}
        return [found[s] for s in segment_ids if s in found]

    def of_transcript(self, transcript_id: TranscriptId) -> list[SegmentRow]:
        """The segments of one transcript, from its start to its end."""
        there = _segments().where(Segment.transcript_id == transcript_id)
        return self._rows(there.order_by(Segment.start, Segment.end.desc(), Segment.created_at, Segment.id))

    def of_code(self, code_ids: Sequence[CodeId]) -> list[SegmentRow]:
        """The segments of these codes, transcript by transcript."""
        there = _segments().where(Segment.code_id.in_(code_ids))
        return self._rows(there.order_by(Segment.transcript_id, Segment.start, Segment.id))

    def transcripts_with(self, code_ids: Collection[CodeId] | None) -> frozenset[TranscriptId]:
        """The transcripts with a segment of any of these codes; None for any code at all."""
        there = select(Segment.transcript_id).distinct()
        if code_ids is not None:
            there = there.where(Segment.code_id.in_(sorted(code_ids)))
        return frozenset(row.transcript_id for row in self._journal.read(there))

    def recent_codes(self, most: int) -> list[CodeId]:
        """The codes that the coder at work used last, the latest first: those of their last thousand segments."""
        mine = select(Segment.code_id, Segment.created_at).where(Segment.coder_id == self._journal.coder_id)
        rows = self._journal.read(mine.order_by(store.last_added(Segment.__table__)).limit(1_000))
        used = dict.fromkeys(row.code_id for row in sorted(rows, key=lambda row: row.created_at, reverse=True))
        return [CodeId(code_id) for code_id in used][:most]

    def all(self) -> list[SegmentRow]:
        return self._rows(_segments().order_by(Segment.transcript_id, Segment.start, Segment.id))

    def to_review(self) -> list[SegmentRow]:
        """Segments coded before their code was last defined and not confirmed since."""
        redefined = select(Code.id).where(Code.redefined_at.is_not(None))
        later = _segments().join(Code, Code.id == Segment.code_id).where(Segment.code_id.in_(redefined))
        older = later.where(Segment.created_at < Code.redefined_at)
        unseen = older.where(Segment.reviewed_at.is_(None) | (Segment.reviewed_at < Code.redefined_at))
        return self._rows(unseen.order_by(Segment.code_id, Segment.transcript_id, Segment.start))

    def unplaced(self) -> list[SegmentRow]:
        """Segments that found no place in the corrected version of their transcript."""
        stale = _segments().join(Transcript, Transcript.id == Segment.transcript_id)
        return self._rows(stale.where(~Transcript.is_current).order_by(Segment.transcript_id, Segment.start))

    def broken(self) -> list[SegmentRow]:
        """Segments whose kept words are not those of the text; there are none in a sound file."""
        texts = dict(self._journal.read(select(Transcript.id, Transcript.text)))
        return [row for row in self.all() if row.span.of(texts[row.transcript_id]) != row.quote]

    # --- within ---

    def _apply_to(self, transcript_id: TranscriptId, wanted: Sequence[NewSegment]) -> list[SegmentId]:
        reach = self._reach(transcript_id, [item.span for item in wanted])
        end = reach.start + len(reach.text)
        rows = self._journal.read(_NEAR, transcript=transcript_id, start=reach.start, end=end)
        known = {tuple(row[:4]): SegmentId(row.id) for row in rows}
        ids, new, heard = [], [], []
        for item in wanted:
            span = reach.passage(item.span)
            coder_id = item.coder_id or self._journal.coder_id
            key = (span.start, span.end, item.code_id, coder_id)
            if key not in known:
                known[key] = SegmentId(new_id())
                new.append(_as_row(known[key], item, span, reach.words(span), coder_id))
                heard.extend(who.voices_in(known[key], item.code_id, span, reach.voices))
            ids.append(known[key])
        self._journal.write(insert(Segment), new)
        self._journal.write(insert(SegmentSpeaker), heard)
        return ids

    def _reach(self, transcript_id: TranscriptId, touched: Sequence[Span]) -> _Reach:
        """What is read to set these spans: the text and the turns from the first to the last of them."""
        start, end = min(s.start for s in touched), max(s.end for s in touched)
        text = self._journal.read(_PIECE, transcript=transcript_id, first=start + 1, length=end - start)[0][0]
        rows = self._journal.read(_TURNS, transcript=transcript_id, start=start, end=end)
        turns = [TurnValue(number, Span(row.start, row.end)) for number, row in enumerate(rows)]
        return _Reach(start, text, (turns, [row.speaker_id for row in rows]))

    def _rows(self, statement: Select[*tuple[Any, ...]], **values: Any) -> list[SegmentRow]:
        return [
            SegmentRow(
                row.id,
                row.transcript_id,
                row.code_id,
                row.coder_id,
                Span(row.start, row.end),
                row.quote,
                row.memo,
                row.weight,
                row.created_at,
            )
            for row in self._journal.read(statement, **values)
        ]


@dataclass(frozen=True, slots=True)
class _Reach:
    """A piece of a transcript: the code point it starts at, its text, and the turns that touch it."""

    start: int
    text: str
    voices: who.Voices

    def passage(self, span: Span) -> Span:
        """As the function :func:`passage`, for a span of the whole transcript."""
        return passage(self.text, span.shifted(-self.start)).shifted(self.start)

    def words(self, span: Span) -> str:
        return span.shifted(-self.start).of(self.text)


def keep_one_of_each(journal: Journal, code_id: CodeId, transcript_ids: Collection[TranscriptId] | None = None) -> None:
    """Where one coder has given a passage this code twice, keep the first segment with what hangs on either.

    With ``transcript_ids`` only there, where nothing else can have become the same.
    """
    same = select(Segment.id, Segment.transcript_id, Segment.start, Segment.end, Segment.coder_id)
    order = (Segment.transcript_id, Segment.start, Segment.end, Segment.coder_id, Segment.created_at, Segment.id)
    same = same.where(Segment.code_id == code_id)
    if transcript_ids is not None:
        same = same.where(Segment.transcript_id.in_(transcript_ids))
    rows = journal.read(same.order_by(*order))
    for _, group in groupby(rows, key=lambda row: tuple(row[1:])):
        kept, *doubles = [SegmentId(row.id) for row in group]
        for double in doubles:
            _hand_over(journal, double, kept)
            journal.write(delete(Segment).where(Segment.id == double))


def _hand_over(journal: Journal, gone: SegmentId, kept: SegmentId) -> None:
    carried = select(FindingSegment.finding_id).where(FindingSegment.segment_id == kept)
    journal.write(
        update(FindingSegment)
        .where(FindingSegment.segment_id == gone, FindingSegment.finding_id.not_in(carried))
        .values(segment_id=kept)
    )
    journal.write(update(Quote).where(Quote.segment_id == gone).values(segment_id=kept))
    both = journal.read(
        select(Segment.memo, Segment.weight).where(Segment.id.in_([kept, gone])).order_by(Segment.id == gone)
    )
    memo = "\n".join(dict.fromkeys(row.memo for row in both if row.memo))
    weight = max(row.weight for row in both)
    journal.write(update(Segment).where(Segment.id == kept).values(memo=memo, weight=weight))


def _segments() -> Select[*tuple[Any, ...]]:
    return select(
        Segment.id,
        Segment.transcript_id,
        Segment.code_id,
        Segment.coder_id,
        Segment.start,
        Segment.end,
        Segment.quote,
        Segment.memo,
        Segment.weight,
        Segment.created_at,
    )


_NAME = select(Code.name).where(Code.id == bindparam("code"))
_THOSE = _segments().where(Segment.id.in_(bindparam("ids", expanding=True)))
_NEAR = select(Segment.start, Segment.end, Segment.code_id, Segment.coder_id, Segment.id).where(
    Segment.transcript_id == bindparam("transcript"),
    Segment.start >= bindparam("start"),
    Segment.start < bindparam("end"),
)
_PIECE = select(func.substr(Transcript.text, bindparam("first"), bindparam("length"))).where(
    Transcript.id == bindparam("transcript")
)
_TURNS = (
    select(Turn.start, Turn.end, Turn.speaker_id)
    .where(Turn.transcript_id == bindparam("transcript"))
    .where(Turn.end > bindparam("start"), Turn.start < bindparam("end"))
    .order_by(Turn.position)
)
"""What is asked at each key that codes a passage is put together once: that takes longer than to ask it."""


def passage(text: str, span: Span) -> Span:
    """``span`` without white space at its ends. Raises UserError when it holds no words or lies outside the text."""
    if span.end > len(text):
        raise UserError("This passage lies outside the transcript.")
    span = spans.trimmed(text, span)
    if not len(span):
        raise UserError("Select some words first.")
    return span


def _as_row(
    segment_id: SegmentId, item: NewSegment, span: Span, words: str, coder_id: CoderId | None
) -> dict[str, Any]:
    return {
        "id": segment_id,
        "transcript_id": item.transcript_id,
        "code_id": item.code_id,
        "coder_id": coder_id,
        "start": span.start,
        "end": span.end,
        "quote": words,
        "memo": item.memo,
        "weight": item.weight,
    }
