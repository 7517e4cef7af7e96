"""The one rule for counting people: who is heard in a segment.

A person is heard where a turn of theirs overlaps the segment. The interviewer is nobody's evidence. A voice that
was not matched to a participant counts as one person of its own, so that nobody drops out of a count in silence.
Somebody who has withdrawn counts no more. A segment that found no place in the corrected version of its transcript
waits for the analyst and counts for nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from qualcode.core import spans
from qualcode.core.journal import Journal
from qualcode.core.schema import Participant, Segment, SegmentSpeaker, Speaker, Transcript
from qualcode.core.values import CodeId, ParticipantId, Role, SegmentId, Span, SpeakerId, Turn

Voices = tuple[Sequence[Turn], Sequence[SpeakerId]]
"""The turns of a transcript, and beside them the speaker of each."""


def person() -> ColumnElement[str]:
    """The participant behind a speaker, or the speaker itself while it is matched to nobody."""
    return func.coalesce(Speaker.participant_id, Speaker.id)


def heard(*columns: Any) -> Select[*tuple[Any, ...]]:
    """``columns`` of SegmentSpeaker and what is joined to it, and the ``person``: a row for each voice in a segment."""
    return (
        select(*columns, person().label("person"))
        .select_from(SegmentSpeaker)
        .join(Speaker, Speaker.id == SegmentSpeaker.speaker_id)
        .where(
            Speaker.role != Role.INTERVIEWER.value,
            Speaker.transcript_id.not_in(_corrected()),
            or_(Speaker.participant_id.is_(None), Speaker.participant_id.not_in(_withdrawn())),
        )
    )


def segments_by_code(journal: Journal, code_ids: Sequence[CodeId] | None = None) -> dict[CodeId, int]:
    """How many segments each code has that has any; of the codes named only, if any are."""
    counted = select(Segment.code_id, func.count()).group_by(Segment.code_id)
    if code_ids is not None:
        counted = counted.where(Segment.code_id.in_(code_ids))
    waiting = dict(journal.read(counted.where(Segment.transcript_id.in_(_corrected()))))
    counts = {code_id: n - waiting.get(code_id, 0) for code_id, n in journal.read(counted)}
    return {code_id: n for code_id, n in counts.items() if n}


def voices_in(segment_id: SegmentId, code_id: CodeId, span: Span, voices: Voices) -> list[dict[str, str]]:
    """The rows that say who is heard in a segment."""
    turns, speakers = voices
    found = dict.fromkeys(speakers[number] for number in spans.turns_within(turns, span))
    return [{"segment_id": segment_id, "speaker_id": speaker_id, "code_id": code_id} for speaker_id in found]


def _withdrawn() -> Select[ParticipantId]:
    return select(Participant.id).where(Participant.withdrawn_on.is_not(None))


def _corrected() -> Select[str]:
    """The transcripts that a corrected version follows."""
    return select(Transcript.id).where(~Transcript.is_current)
