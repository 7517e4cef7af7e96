"""Where stripes and their labels lie in the margin: pure geometry, in pixels of the margin."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF

from qualcode.core.values import Span
from qualcode.ui.widgets.stripes import Stripe

Line = tuple[Span, QRectF]
"""The code points a line shows and where it lies."""

NEAR = 120
"""Code points: segments nearer to one another may share a line, so their labels keep clear of the same lanes."""


def crowds(spans: Sequence[Span], lanes: Sequence[int]) -> list[int]:
    """For each of these spans, in the order of the text, the last lane taken by it and those around it.

    It depends on the text alone: what stands right of the lanes does not move sideways while the page scrolls.
    """
    found: list[int] = []
    group: list[int] = []
    reach = 0
    for span, lane in zip(spans, lanes, strict=True):
        if group and span.start >= reach + NEAR:
            found += [max(group)] * len(group)
            group.clear()
        group.append(lane)
        reach = max(reach, span.end)
    return found + [max(group, default=0)] * len(group)


@dataclass(frozen=True, slots=True)
class Placed:
    """A stripe on the screen. ``crowd`` is the last lane taken around it."""

    stripe: Stripe
    lane: int
    crowd: int
    top: float
    bottom: float


def placed(shown: Iterable[tuple[Stripe, int, int]], lines: Sequence[Line]) -> list[Placed]:
    """Stripes (with lane and crowd) beside these lines, in the order of the text.

    Those of one lane never overlap: where they share a line, each has its part of it.
    """
    starts, ends = [span.start for span, _ in lines], [span.end for span, _ in lines]
    beside: list[tuple[Stripe, int, int, int, int]] = []
    sharing: dict[tuple[int, int], list[int]] = defaultdict(list)
    for stripe, lane, crowd in shown:
        first, last = bisect_right(ends, stripe.span.start), bisect_left(starts, stripe.span.end) - 1
        if first > last:
            continue
        for line in {first, last}:
            sharing[lane, line].append(len(beside))
        beside.append((stripe, lane, crowd, first, last))
    found = []
    for number, (stripe, lane, crowd, first, last) in enumerate(beside):
        top, _ = _part(lines[first][1], sharing[lane, first], number)
        _, bottom = _part(lines[last][1], sharing[lane, last], number)
        found.append(Placed(stripe, lane, crowd, top, bottom))
    return found


def _part(line: QRectF, sharing: Sequence[int], number: int) -> tuple[float, float]:
    """Top and bottom of the part of a line that belongs to one of those that share it."""
    part = (line.height() - 4) / len(sharing)
    top = line.top() + 2 + part * sharing.index(number)
    gap = 1 if len(sharing) > 1 else 0
    return top, max(top + 1, top + part - gap)


@dataclass(frozen=True, slots=True)
class Label:
    """The name beside a stripe, from ``top`` and so many pixels high; ``more`` names after it found no room."""

    placed: Placed
    top: float
    lines: int
    height: float
    more: int = 0


SPILL = 8
"""Lines that a name may stand below the end of its stripe, where nothing else is."""


def labels(beside: Iterable[Placed], line: float, most_lines: int, tall: Callable[[Placed, int], float]) -> list[Label]:
    """The names that find room, downwards. A ``line`` is so high; ``tall`` says how high a name is in so many lines.

    A name stands beside the top of its stripe, or of what is to be seen of it, or as near below as others let it.
    """
    downwards = sorted(beside, key=lambda one: (max(0.0, one.top), one.lane))
    tops = [one.top for one in downwards]
    found: list[Label] = []
    below = float("-inf")
    for number, one in enumerate(downwards):
        top = max(one.top if one.top >= 0 else min(0.0, one.bottom - line), below)
        after = bisect_right(tops, one.bottom)
        free = tops[after] if after < len(tops) else float("inf")
        if top > max(one.bottom - line / 2, min(one.bottom + SPILL * line, free) - line):
            if found and found[-1].placed.bottom >= one.top:
                found[-1] = replace(found[-1], more=found[-1].more + 1)
            continue
        following = tops[number + 1] if number + 1 < len(tops) else float("inf")
        lines = most_lines if min(following, one.bottom + line) - top >= most_lines * line else 1
        more = 0
        if found and found[-1].more and found[-1].placed.bottom >= one.top:
            more = found[-1].more
            found[-1] = replace(found[-1], more=0)
        found.append(Label(one, top, lines, tall(one, lines), more))
        below = top + found[-1].height
    return found
