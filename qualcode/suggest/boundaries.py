"""Where a suggested passage begins and ends, and what is learned about it from the analyst's own segments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from zlib import crc32

from qualcode.core.values import Span
from qualcode.suggest.reading import Reading

_ENOUGH = 8
_LOOKED_AT = 150


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The whole turn when it has at most ``whole`` words, else sentences around the best one, up to ``window``."""

    whole: int = 120
    window: int = 120

    def around(self, reading: Reading, seed: int, free: Callable[[int], bool], score: Callable[[int], float]) -> Span:
        """The passage around the unit ``seed``, within its turn and over units that are ``free``."""
        turn = reading.of_turn[reading.units[seed].turn]
        if self._length(reading, turn) <= self.whole and all(map(free, turn)):
            first, last = turn[0], turn[-1]
        else:
            first, last = self._grown(reading, seed, {p for p in turn if free(p)}, score)
        return Span(reading.units[first].span.start, reading.units[last].span.end)

    def _grown(self, reading: Reading, seed: int, usable: set[int], score: Callable[[int], float]) -> tuple[int, int]:
        """Sentences added one by one, the better neighbour first, as long as they fit."""
        first = last = seed
        left = self.window - len(reading.units[seed].words)
        while True:
            sides = [p for p in (first - 1, last + 1) if p in usable and len(reading.units[p].words) <= left]
            if not sides:
                return first, last
            best = max(sides, key=score)
            left -= len(reading.units[best].words)
            first, last = min(first, best), max(last, best)

    @staticmethod
    def _length(reading: Reading, positions: Sequence[int]) -> int:
        return sum(len(reading.units[p].words) for p in positions)


_RULES = (
    Boundaries(),
    *(Boundaries(*r) for r in product((0, 60, 120, 250), (1, 40, 80, 120, 200)) if r != (120, 120)),
)


class BoundaryHabit:
    """How long this analyst's segments are: the rule that would have met them best, by mean overlap over union."""

    def __init__(self) -> None:
        self._met: dict[tuple[str, Span], list[float] | None] = {}

    def learned(self, segments: Iterable[tuple[Reading, Span]]) -> Boundaries:
        """The best rule for ``segments``, or for 150 of a large number; the default while there are below eight."""
        chosen = sorted(segments, key=_shuffled)[:_LOOKED_AT]
        met = [m for m in (self._overlaps(reading, span) for reading, span in chosen) if m]
        if len(met) < _ENOUGH:
            return Boundaries()
        totals = [sum(column) for column in zip(*met, strict=True)]
        return _RULES[totals.index(max(totals))]

    def _overlaps(self, reading: Reading, span: Span) -> list[float] | None:
        key = (reading.passage.transcript_id, span)
        if key not in self._met:
            self._met[key] = _overlaps(reading, span)
        return self._met[key]


def _shuffled(segment: tuple[Reading, Span]) -> tuple[int, str, Span]:
    """An order that mixes interviews and stays the same when a segment is added."""
    reading, span = segment
    key = f"{reading.passage.transcript_id} {span.start} {span.end}"
    return crc32(key.encode()), reading.passage.transcript_id, span


def _overlaps(reading: Reading, span: Span) -> list[float] | None:
    """How well each rule meets ``span``, cut to one turn, had its middle sentence been the best one."""
    inside = reading.inside(span)
    if not inside:
        return None
    seed = inside[len(inside) // 2]
    same = [reading.units[p].span for p in inside if reading.units[p].turn == reading.units[seed].turn]
    target = Span(same[0].start, same[-1].end)
    return [_overlap(rule.around(reading, seed, _always, lambda p: -abs(p - seed)), target) for rule in _RULES]


def _always(_: int) -> bool:
    return True


def _overlap(one: Span, other: Span) -> float:
    shared = max(0, min(one.end, other.end) - max(one.start, other.start))
    return shared / (len(one) + len(other) - shared)
