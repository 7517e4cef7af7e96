"""Numbers by group in which nobody can be picked out.

A group in which one cell holds fewer people than the house allows is merged with others until none does; where only
one group is left to merge with, it takes that too, so that nothing can be found by subtraction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

OTHERS = "Others"

Counts = tuple[int, ...]


def safe(groups: Mapping[str, Counts], fewest: int) -> list[tuple[str, Counts]]:
    """The groups with their numbers in each column, in the order given; those too small merged as *Others* at the end.

    A cell of nobody gives nobody away. No group is left when even all of them together are too few in a column.
    """
    kept = {name: counts for name, counts in groups.items() if any(counts)}
    merged: dict[str, Counts] = {name: c for name, c in kept.items() if _small(c, fewest)}
    if not merged:
        return list(kept.items())
    for name in merged:
        del kept[name]
    total = _sum(list(merged.values()))
    while _small(total, fewest) and kept:
        next_smallest = min(kept, key=lambda name: (sum(kept[name]), name))
        total = _sum([total, kept.pop(next_smallest)])
    if not kept or _small(total, fewest):
        return []
    return [*kept.items(), (OTHERS, total)]


def _small(counts: Counts, fewest: int) -> bool:
    return any(0 < n < fewest for n in counts)


def _sum(rows: Sequence[Counts]) -> Counts:
    return tuple(map(sum, zip(*rows, strict=True)))
