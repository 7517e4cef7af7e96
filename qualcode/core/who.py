"""The one rule for counting people: who is heard in a segment.

A person is heard where a turn of theirs overlaps the segment. The interviewer is nobody's evidence. A voice that
was not matched to a participant counts as one person of its own, so that nobody drops out of a count in silence.
Somebody who has withdrawn counts no more. A segment that found no place in the corrected version of its transcript
waits for the analyst and counts for nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from qualcode.core import spans
from qualcode.core.journal import Journal
from qualcode.core.recall import recall
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
        .where(*_counts())
    )


def voices(*columns: Any) -> Select[*tuple[Any, ...]]:
    """The speakers who count, ``columns`` of Speaker and what is joined to it after the id."""
    return select(Speaker.id, *columns).where(*_counts())


def tuples(journal: Journal, statement: Select[*tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The rows of a statement that finds a hundred thousand, as the driver gives them: text and whole numbers only.

    They take half the time of rows with named columns.
    """
    cursor = journal.connection.execute(statement).cursor
    return list(cursor.fetchall()) if cursor is not None else []


Said = Mapping[CodeId, Set[SpeakerId]]


def said(journal: Journal) -> Said:
    """The speakers heard in the segments of each code, those who do not count among them."""
    return recall(journal, "who said what", lambda: _read_said(journal))


def people_by_code(journal: Journal, code_ids: Sequence[CodeId] | None = None) -> Mapping[CodeId, Set[str]]:
    """The people heard under each code that anybody is; of the codes named only, if any are."""
    if code_ids is not None:
        return _people(journal, _read_said(journal, code_ids))
    return recall(journal, "people by code", lambda: _people(journal, said(journal)))


def segments_by_code(journal: Journal, code_ids: Sequence[CodeId] | None = None) -> Mapping[CodeId, int]:
    """How many segments each code has that has any; of the codes named only, if any are."""
    if code_ids is not None:
        return _segments(journal, code_ids)
    return recall(journal, "segments by code", lambda: _segments(journal, None))


def voices_in(segment_id: SegmentId, code_id: CodeId, span: Span, voices: Voices) -> list[dict[str, str]]:
    """The rows that say who is heard in a segment."""
    turns, speakers = voices
    found = dict.fromkeys(speakers[number] for number in spans.turns_within(turns, span))
    return [{"segment_id": segment_id, "speaker_id": speaker_id, "code_id": code_id} for speaker_id in found]


def _people(journal: Journal, heard_under: Said) -> dict[CodeId, Set[str]]:
    person_of = dict(tuples(journal, voices(person())))
    people = {c: {person_of[s] for s in speakers if s in person_of} for c, speakers in heard_under.items()}
    return {code_id: heard for code_id, heard in people.items() if heard}


def _segments(journal: Journal, code_ids: Sequence[CodeId] | None) -> dict[CodeId, int]:
    counted = select(Segment.code_id, func.count()).group_by(Segment.code_id)
    if code_ids is not None:
        counted = counted.where(Segment.code_id.in_(code_ids))
    corrected = [row[0] for row in tuples(journal, _corrected())]
    waiting = dict(tuples(journal, counted.where(Segment.transcript_id.in_(corrected)))) if corrected else {}
    counts = {code_id: n - waiting.get(code_id, 0) for code_id, n in tuples(journal, counted)}
    return {code_id: n for code_id, n in counts.items() if n}


def _read_said(journal: Journal, code_ids: Sequence[CodeId] | None = None) -> Said:
    """Each pair of code and speaker, read off one index."""
    pairs = select(SegmentSpeaker.code_id, SegmentSpeaker.speaker_id).distinct()
    if code_ids is not None:
        pairs = pairs.where(SegmentSpeaker.code_id.in_(code_ids))
    found: dict[CodeId, set[SpeakerId]] = defaultdict(set)
    for code_id, speaker_id in tuples(journal, pairs):
        found[code_id].add(speaker_id)
    return found


def _counts() -> tuple[ColumnElement[bool], ...]:
    """The rule, for speakers."""
    return (
        Speaker.role != Role.INTERVIEWER.value,
        Speaker.transcript_id.not_in(_corrected()),
        or_(Speaker.participant_id.is_(None), Speaker.participant_id.not_in(_withdrawn())),
    )


def _withdrawn() -> Select[ParticipantId]:
    return select(Participant.id).where(Participant.withdrawn_on.is_not(None))


def _corrected() -> Select[str]:
    """The transcripts that a corrected version follows."""
    return select(Transcript.id).where(~Transcript.is_current)
