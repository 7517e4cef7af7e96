"""The one rule for counting people: who is heard in a segment.

A person is heard where a turn of theirs overlaps the segment. The interviewer is nobody's evidence. A voice that
was not matched to a participant counts as one person of its own, so that nobody drops out of a count in silence.
Somebody who has withdrawn counts no more. A segment that found no place in the corrected version of its transcript
waits for the analyst and counts for nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence, Set
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from qualcode.core import spans
from qualcode.core.journal import Journal
from qualcode.core.recall import recall
from qualcode.core.schema import Participant, Segment, SegmentSpeaker, Speaker, Transcript
from qualcode.core.values import CodeId, ParticipantId, Role, SegmentId, Span, SpeakerId, TranscriptId, Turn
from qualcode.core.written import Written

Key = TypeVar("Key")
Counted = TypeVar("Counted")

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


def tuples(journal: Journal, statement: Select[*tuple[Any, ...]], **values: Any) -> list[tuple[Any, ...]]:
    """The rows of a statement that finds a hundred thousand, as the driver gives them: text and whole numbers only.

    They take half the time of rows with named columns.
    """
    cursor = journal.connection.execute(statement, values).cursor
    return list(cursor.fetchall()) if cursor is not None else []


Said = Mapping[CodeId, Set[SpeakerId]]

_WHO_COUNTS = (Speaker, Transcript, Participant)
"""The tables that :func:`voices` looks into."""

HEARD = (SegmentSpeaker, *_WHO_COUNTS)
"""The tables that say who is heard under a code."""


def said(journal: Journal) -> Said:
    """The speakers heard in the segments of each code, those who do not count among them."""

    def follow(kept: Said, written: Written) -> Said:
        codes, speakers = written.held(SegmentSpeaker.code_id), written.held(SegmentSpeaker.speaker_id)
        now = _read_said(journal, _SOME_PAIRS, codes=codes, speakers=speakers)
        return _with(kept, {code: (kept.get(code, set()) - speakers) | now.get(code, set()) for code in codes})

    return recall(journal, "who said what", [SegmentSpeaker], lambda: _read_said(journal, _PAIRS), follow)


def people_by_code(journal: Journal, code_ids: Collection[CodeId] | None = None) -> Mapping[CodeId, Set[str]]:
    """The people heard under each code that anybody is; of the codes named only, if any are."""

    def read() -> Mapping[CodeId, Set[str]]:
        return _with({}, _people(journal, said(journal)))

    def follow(kept: Mapping[CodeId, Set[str]], written: Written) -> Mapping[CodeId, Set[str]] | None:
        if written.touches(*_WHO_COUNTS):
            return None
        now = said(journal)
        return _with(kept, _people(journal, {c: now.get(c, set()) for c in written.held(SegmentSpeaker.code_id)}))

    people = recall(journal, "people by code", HEARD, read, follow)
    return _only(people, code_ids)


def segments_by_code(journal: Journal, code_ids: Collection[CodeId] | None = None) -> Mapping[CodeId, int]:
    """How many segments each code has that has any; of the codes named only, if any are."""

    def follow(kept: Mapping[CodeId, int], written: Written) -> Mapping[CodeId, int] | None:
        if written.touches(Transcript):
            return None
        codes = _of_segments(journal, Segment.code_id, written)
        return _with(kept, dict.fromkeys(codes, 0) | _segments(journal, _SOME_BY_CODE, some=codes))

    counts = recall(journal, "segments by code", [Segment, Transcript], lambda: _segments(journal, _BY_CODE), follow)
    return _only(counts, code_ids)


def segments_by_transcript(journal: Journal) -> Mapping[TranscriptId, int]:
    """How many segments each transcript has that has any, in whichever version."""

    def follow(kept: Mapping[TranscriptId, int], written: Written) -> Mapping[TranscriptId, int]:
        transcripts = _of_segments(journal, Segment.transcript_id, written)
        now = dict(tuples(journal, _SOME_BY_TRANSCRIPT, some=transcripts))
        return _with(kept, dict.fromkeys(transcripts, 0) | now)

    return recall(journal, "segments", [Segment], lambda: dict(tuples(journal, _BY_TRANSCRIPT)), follow)


def corrected(journal: Journal) -> Set[TranscriptId]:
    """The transcripts that a corrected version follows."""
    return recall(journal, "corrected", [Transcript], lambda: {row[0] for row in tuples(journal, _corrected())})


def voices_in(segment_id: SegmentId, code_id: CodeId, span: Span, voices: Voices) -> list[dict[str, str]]:
    """The rows that say who is heard in a segment."""
    turns, speakers = voices
    found = dict.fromkeys(speakers[number] for number in spans.turns_within(turns, span))
    return [{"segment_id": segment_id, "speaker_id": speaker_id, "code_id": code_id} for speaker_id in found]


def _people(journal: Journal, heard_under: Said) -> dict[CodeId, Set[str]]:
    person_of = recall(journal, "people", _WHO_COUNTS, lambda: dict(tuples(journal, voices(person()))))
    return {c: {person_of[s] for s in speakers if s in person_of} for c, speakers in heard_under.items()}


def _segments(journal: Journal, counted: _Select, **values: Any) -> dict[CodeId, int]:
    """How many segments codes have in transcripts that no corrected version follows."""
    earlier = corrected(journal)
    there = counted.where(Segment.transcript_id.in_(earlier))
    waiting = dict(tuples(journal, there, **values)) if earlier else {}
    counts = dict(tuples(journal, counted, **values))
    return {code: n - waiting.get(code, 0) for code, n in counts.items() if n > waiting.get(code, 0)}


def _of_segments(journal: Journal, attribute: InstrumentedAttribute[Any], written: Written) -> set[Any]:
    """What the segments that were written held in a column, before and now."""
    now = tuples(journal, _NOW_IN[attribute], ids=written.keys(Segment))
    return written.held(attribute) | {row[0] for row in now}


def _only(found: Mapping[CodeId, Counted], code_ids: Collection[CodeId] | None) -> Mapping[CodeId, Counted]:
    return found if code_ids is None else {code: found[code] for code in code_ids if code in found}


def _with(kept: Mapping[Key, Counted], now: Mapping[Key, Counted]) -> dict[Key, Counted]:
    """What is counted ``now`` in the place of what was; nothing that is none."""
    return {key: counted for key, counted in {**kept, **now}.items() if counted}


def _read_said(journal: Journal, pairs: _Select, **values: Any) -> Said:
    """Each pair of code and speaker, read off one index."""
    found: dict[CodeId, set[SpeakerId]] = defaultdict(set)
    for code_id, speaker_id in tuples(journal, pairs, **values):
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


_Select = Select[*tuple[Any, ...]]

_PAIRS: _Select = select(SegmentSpeaker.code_id, SegmentSpeaker.speaker_id).distinct()
_SOME_PAIRS = _PAIRS.where(
    SegmentSpeaker.code_id.in_(bindparam("codes", expanding=True)),
    SegmentSpeaker.speaker_id.in_(bindparam("speakers", expanding=True)),
)
_BY_CODE: _Select = select(Segment.code_id, func.count()).group_by(Segment.code_id)
_SOME_BY_CODE = _BY_CODE.where(Segment.code_id.in_(bindparam("some", expanding=True)))
_BY_TRANSCRIPT: _Select = select(Segment.transcript_id, func.count()).group_by(Segment.transcript_id)
_SOME_BY_TRANSCRIPT = _BY_TRANSCRIPT.where(Segment.transcript_id.in_(bindparam("some", expanding=True)))
_NOW_IN: dict[Any, _Select] = {
    attribute: select(attribute).distinct().where(Segment.id.in_(bindparam("ids", expanding=True)))
    for attribute in (Segment.code_id, Segment.transcript_id)
}
