"""Which codes are found together: in the same words, in the same turn, or a few turns apart. Counted in people."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from sqlalchemy import select

from qualcode.core import who
from qualcode.core.journal import Journal
from qualcode.core.schema import Interview, Segment, SegmentSpeaker, Transcript, Turn
from qualcode.core.values import CodeId, SegmentId, TranscriptId, WaveId

Pair = tuple[CodeId, CodeId]


@dataclass(frozen=True, slots=True)
class Together:
    """Two codes found together: by the person heard in both, the segments that lie together."""

    segments: Mapping[str, tuple[SegmentId, ...]]

    @property
    def people(self) -> int:
        return len(self.segments)


@dataclass(slots=True)
class _Placed:
    """A segment from ``first`` up to but not including ``last``, in code points or in turns."""

    id: SegmentId
    code_id: CodeId
    first: int
    last: int
    people: frozenset[str]


def co_occurrence(
    journal: Journal, within_turns: int | None = None, wave_id: WaveId | None = None
) -> dict[Pair, Together]:
    """Pairs of different codes, the smaller id first, with who said both together.

    Segments lie together when they share words; with ``within_turns``, when no more than so many turns lie from one
    to the other (0: they share a turn). A person counts for a pair who is heard in both of two such segments.
    """
    found: dict[Pair, dict[str, dict[SegmentId, None]]] = defaultdict(lambda: defaultdict(dict))
    turns = _turns(journal) if within_turns is not None else {}
    for transcript_id, placed in _by_transcript(journal, wave_id):
        if within_turns is not None:
            placed = _in_turns(placed, turns.get(transcript_id, ()), within_turns)
        for one, other in _meetings(placed):
            shared = one.people & other.people
            if shared and one.code_id != other.code_id:
                pair = (one.code_id, other.code_id) if one.code_id < other.code_id else (other.code_id, one.code_id)
                for person in shared:
                    found[pair][person].update({one.id: None, other.id: None})
    return {pair: Together({p: tuple(ids) for p, ids in people.items()}) for pair, people in found.items()}


def _by_transcript(journal: Journal, wave_id: WaveId | None) -> Iterator[tuple[TranscriptId, list[_Placed]]]:
    """The segments of each transcript with who is heard in them, by where they begin."""
    columns = (Segment.transcript_id, Segment.start, Segment.end, Segment.id, Segment.code_id)
    heard = who.heard(*columns).join(Segment, Segment.id == SegmentSpeaker.segment_id)
    if wave_id is not None:
        placed = heard.join(Transcript, Transcript.id == Segment.transcript_id)
        heard = placed.join(Interview, Interview.id == Transcript.interview_id).where(Interview.wave_id == wave_id)
    rows = sorted(who.tuples(journal, heard))
    for transcript_id, there in groupby(rows, key=itemgetter(0)):
        segments = []
        for (_, start, end, segment_id, code_id), voices in groupby(there, key=itemgetter(slice(0, 5))):
            segments.append(_Placed(segment_id, code_id, start, end, frozenset(voice[5] for voice in voices)))
        yield transcript_id, segments


def _turns(journal: Journal) -> dict[TranscriptId, list[int]]:
    """Where each turn of each transcript begins."""
    starts: dict[TranscriptId, list[int]] = defaultdict(list)
    for transcript_id, start in who.tuples(journal, select(Turn.transcript_id, Turn.start)):
        starts[transcript_id].append(start)
    for turns in starts.values():
        turns.sort()
    return starts


def _in_turns(placed: Iterable[_Placed], starts: Sequence[int], reach: int) -> list[_Placed]:
    """The same segments counted in turns, each longer by ``reach`` turns: two that lie together then overlap."""
    found = []
    for segment in placed:
        first = bisect_right(starts, segment.first) - 1
        last = bisect_right(starts, segment.last - 1) + reach
        found.append(_Placed(segment.id, segment.code_id, first, last, segment.people))
    return found


def _meetings(placed: Iterable[_Placed]) -> Iterator[tuple[_Placed, _Placed]]:
    """Every two that overlap, given in the order of their beginnings."""
    open_: list[_Placed] = []
    for segment in placed:
        open_ = [other for other in open_ if other.last > segment.first]
        for other in open_:
            yield other, segment
        open_.append(segment)
