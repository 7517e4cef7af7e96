"""Codes that may be one: names that are nearly the same, or passages that are nearly always the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from qualcode.core.co_occurrence import Pair, Together
from qualcode.core.rows import CodeRow
from qualcode.core.values import CodeId

ALIKE = 84
"""Names from this likeness on (0 to 100, indel distance over sorted words) are offered."""

SHARED = 0.5
"""Two codes are offered when at least this share of the segments of both lies in the other's."""

FEWEST = 4
"""Segments of both together; below that, sharing says nothing."""

_SMALL = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"])


@dataclass(frozen=True, slots=True)
class Near:
    """Two codes that may be one. ``alike`` is the likeness of names (0 to 100), ``shared`` of ``segments`` lie together
    in what ``people`` said. ``keeps`` has more segments, or stands first, and would stay.
    """

    keeps: CodeId
    goes: CodeId
    alike: int
    shared: int
    segments: int
    people: int

    @property
    def pair(self) -> Pair:
        return (self.keeps, self.goes) if self.keeps < self.goes else (self.goes, self.keeps)

    @property
    def share(self) -> float:
        return self.shared / self.segments if self.segments else 0.0


def near_codes(codes: Sequence[CodeRow], together: Mapping[Pair, Together]) -> list[Near]:
    """Pairs to look at, the nearest first. ``together`` are the codes found in the same words.

    A code and the one it stands under are left out where only their passages are the same: that is what they are for.
    """
    by_id = {code.id: code for code in codes}
    order = {code.id: number for number, code in enumerate(codes)}
    alike = dict(_alike(codes))
    found = []
    for pair in sorted({*alike, *together}):
        if pair[0] not in by_id or pair[1] not in by_id:
            continue
        one, other = sorted((by_id[key] for key in pair), key=lambda code: order[code.id])
        near = _near(one, other, alike.get(pair, 0), together.get(pair))
        nested = other.parent_id == one.id or one.parent_id == other.id
        if near.alike or (not nested and near.segments >= FEWEST and near.share >= SHARED):
            found.append(near)
    return sorted(found, key=lambda near: (-max(near.alike / 100, near.share), -near.people, near.pair))


def _near(one: CodeRow, other: CodeRow, alike: int, together: Together | None) -> Near:
    keeps, goes = (one, other) if (one.segments, one.people) >= (other.segments, other.people) else (other, one)
    shared = {key for ids in together.segments.values() for key in ids} if together else set()
    people = together.people if together else 0
    return Near(keeps.id, goes.id, alike, len(shared), one.segments + other.segments, people)


def _alike(codes: Sequence[CodeRow]) -> Iterator[tuple[Pair, int]]:
    plain = [(code.id, _plain(code.name)) for code in codes]
    for (one, name), (other, its_name) in combinations(plain, 2):
        score = fuzz.ratio(name, its_name, score_cutoff=ALIKE)
        if score and name:
            yield ((one, other) if one < other else (other, one)), round(score)


def _plain(name: str) -> str:
    """A name without case, small words, plurals and order, so that *Costs of travel* is near *Travel cost*."""
    words = (word for word in re.findall(r"\w+", name.casefold()) if word not in _SMALL)
    return " ".join(sorted(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in words))
