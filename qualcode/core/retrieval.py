"""Finding segments by how they lie to others: coded A near, inside or overlapping B, and not C. For a worker.

Nearness is counted in turns, as where codes are looked for together (:mod:`qualcode.core.co_occurrence`): 0 is the
same turn, 1 the next one too.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import accumulate
from typing import TYPE_CHECKING

from qualcode.core.concordance import Speech
from qualcode.core.rows import SegmentRow
from qualcode.core.scope import Scope, Topic, Within, codes_of, resolved
from qualcode.core.values import CodeId, Span, TranscriptId

if TYPE_CHECKING:
    from qualcode.core.project import Project


class Relation(StrEnum):
    """How a segment lies to another. Any two of one interview lie in the same INTERVIEW."""

    OVERLAPPING = "overlapping"
    INSIDE = "inside"
    AROUND = "around"
    NEAR = "near"
    BEFORE = "before"
    AFTER = "after"
    INTERVIEW = "interview"

    @property
    def words(self) -> str:
        """As it is said between the one and the other."""
        return "in one interview with" if self is Relation.INTERVIEW else self.value

    @property
    def counts_turns(self) -> bool:
        return self in (Relation.NEAR, Relation.BEFORE, Relation.AFTER)


@dataclass(frozen=True, slots=True)
class Condition:
    """The segment lies so to one of ``topic`` (or, not ``wanted``, to none); ``turns`` is how far near is."""

    relation: Relation
    topic: Topic = field(default_factory=Topic)
    wanted: bool = True
    turns: int = 1


@dataclass(frozen=True, slots=True)
class SegmentSearch:
    """A search for segments of ``topic`` that meet every condition, as it was asked and can be kept."""

    topic: Topic = field(default_factory=Topic)
    conditions: tuple[Condition, ...] = ()
    scope: Scope = field(default_factory=Scope)

    def __bool__(self) -> bool:
        """Whether anything is asked for in particular."""
        return bool(self.topic or self.conditions)


@dataclass(frozen=True)
class Asked:
    """A search for segments against a project as it stands, as values for a worker; ``codes`` None are any.

    ``to_read`` are the transcripts with segments of all the codes that are wanted, in the order of the interviews;
    ``heard`` is who is looked at, there and in the others: the base of a count.
    """

    codes: frozenset[CodeId] | None
    conditions: tuple[tuple[Condition, frozenset[CodeId] | None], ...]
    within: Within
    to_read: tuple[TranscriptId, ...]
    heard: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """A segment found, who is heard in it, and the segments that met its conditions."""

    segment: SegmentRow
    people: tuple[str, ...]
    beside: tuple[SegmentRow, ...]


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The matches of one transcript, from its start to its end."""

    speech: Speech
    matches: tuple[Match, ...]


def understood(project: Project, asked: SegmentSearch) -> Asked:
    """The search as the project stands. What it names and is gone finds nothing."""
    conditions = tuple((condition, codes_of(project, condition.topic)) for condition in asked.conditions)
    codes, within = codes_of(project, asked.topic), resolved(project, asked.scope)
    wanted = [codes, *(others for condition, others in conditions if condition.wanted)]
    coded = frozenset.intersection(*map(project.coding.transcripts_with, wanted))
    to_read = tuple(transcript_id for transcript_id in within.transcripts if transcript_id in coded)
    return Asked(codes, conditions, within, to_read, within.heard(project.readings.voices()))


def retrieve(
    speeches: Iterable[Speech],
    segments: Mapping[TranscriptId, Sequence[SegmentRow]],
    asked: Asked,
    go_on: Callable[[], object] = lambda: None,
) -> Iterator[Retrieved]:
    """Each transcript in turn with the segments found in it. ``go_on`` may stop the search by raising."""
    for speech in speeches:
        go_on()
        there = segments.get(speech.passage.transcript_id, ())
        yield Retrieved(speech, tuple(_matches(speech, there, asked)))


def relates(one: Span, other: Span, relation: Relation, starts: Sequence[int], turns: int = 0) -> bool:
    """Whether ``one`` lies so to ``other``; ``starts`` are where the turns of their transcript begin."""
    if relation is Relation.OVERLAPPING:
        return one.overlaps(other)
    if relation is Relation.INSIDE:
        return other.contains(one)
    if relation is Relation.AROUND:
        return one.contains(other)
    if relation is Relation.INTERVIEW:
        return True
    if relation is Relation.BEFORE and one.end > other.start:
        return False
    if relation is Relation.AFTER and one.start < other.end:
        return False
    return _apart(one, other, starts) <= turns


def _apart(one: Span, other: Span, starts: Sequence[int]) -> int:
    """How many turns lie from the one to the other; 0 when they share one."""
    first, second = sorted((one, other))
    return max(0, bisect_right(starts, second.start) - bisect_right(starts, first.end - 1))


def _matches(speech: Speech, segments: Sequence[SegmentRow], asked: Asked) -> Iterator[Match]:
    starts = [turn.span.start for turn in speech.passage.turns]
    chosen = [s for s in segments if asked.codes is None or s.code_id in asked.codes]
    others = [
        (condition, _Others(s for s in segments if codes is None or s.code_id in codes))
        for condition, codes in asked.conditions
    ]
    for segment in sorted(chosen, key=lambda s: (s.span, s.code_id)):
        people = asked.within.heard_in(speech, segment.span)
        beside = _beside(segment, others, starts) if people else None
        if beside is not None:
            yield Match(segment, people, beside)


def _beside(
    segment: SegmentRow, others: Sequence[tuple[Condition, _Others]], starts: Sequence[int]
) -> tuple[SegmentRow, ...] | None:
    """The segments that meet the conditions of this one; None when it does not meet them all."""
    found: dict[str, SegmentRow] = {}
    for condition, candidates in others:
        met = [
            other
            for other in candidates.touching(_reach(segment.span, condition, starts))
            if other.id != segment.id and relates(segment.span, other.span, condition.relation, starts, condition.turns)
        ]
        if bool(met) is not condition.wanted:
            return None
        found.update((other.id, other) for other in met)
    return tuple(found.values())


def _reach(span: Span, condition: Condition, starts: Sequence[int]) -> Span | None:
    """Where a segment must have a code point to meet a condition; None for anywhere."""
    if condition.relation is Relation.INTERVIEW:
        return None
    if not condition.relation.counts_turns:
        return span
    first = bisect_right(starts, span.start) - 1 - condition.turns
    last = bisect_right(starts, span.end - 1) + condition.turns
    end = starts[last] if last < len(starts) else max(span.end, starts[-1]) + _FAR
    return Span(starts[first] if first > 0 else 0, end)


_FAR = 1 << 40
"""Code points after the last turn's beginning within which any transcript ends."""


class _Others:
    """Segments by where they begin, to be looked up by a stretch of the text."""

    def __init__(self, rows: Iterable[SegmentRow]) -> None:
        self._rows = sorted(rows, key=lambda row: (row.span, row.code_id))
        self._starts = [row.span.start for row in self._rows]
        self._reached = list(accumulate((row.span.end for row in self._rows), max))

    def touching(self, stretch: Span | None) -> Sequence[SegmentRow]:
        """All those that share a code point with the stretch, and maybe some that do not."""
        if stretch is None:
            return self._rows
        return self._rows[bisect_right(self._reached, stretch.start) : bisect_left(self._starts, stretch.end)]
