"""Codes that may be one: nearly the same name, nearly always the same passages, or one always inside the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from qualcode.core.co_occurrence import Pair, Together
from qualcode.core.rows import CodeRow
from qualcode.core.values import CodeId, SegmentId

ALIKE = 84
"""Names from this likeness on (0 to 100, indel distance over sorted words) are offered."""

SHARED = 0.5
"""Two codes are offered when at least this share of the segments of both lies in the other's."""

INSIDE = 0.8
"""A code is offered beside another when at least this share of its segments lies in the other's."""

FEWEST = 4
"""Segments of both together, or of the one inside the other; below that, sharing says nothing."""

_NUMBER = re.compile(r"\d+")
_SMALL = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"])


@dataclass(frozen=True, slots=True)
class Near:
    """Two codes that may be one. ``keeps`` has more segments, or stands first, and would stay.

    ``alike`` is the likeness of names (0 to 100). ``shared`` of ``segments`` lie together, ``inside`` of these are of
    ``goes``; ``meet`` holds them by the person heard.
    """

    keeps: CodeId
    goes: CodeId
    alike: int
    shared: int
    segments: int
    inside: int
    goes_segments: int
    meet: Mapping[str, tuple[SegmentId, ...]]

    @property
    def pair(self) -> Pair:
        return (self.keeps, self.goes) if self.keeps < self.goes else (self.goes, self.keeps)

    @property
    def people(self) -> int:
        """The people in whose words both are found together."""
        return len(self.meet)

    @property
    def share(self) -> float:
        return self.shared / self.segments if self.segments else 0.0

    @property
    def is_inside(self) -> bool:
        """Whether nearly all of ``goes`` lies in ``keeps``, so that it may be a sub-code of it."""
        return self.goes_segments >= FEWEST and self.inside / self.goes_segments >= INSIDE

    @property
    def is_same(self) -> bool:
        """Whether both are given to nearly the same passages."""
        return self.segments >= FEWEST and self.share >= SHARED


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
        if pair not in alike and not _may_be_near(one, other, together[pair]):
            continue
        near = _near(one, other, alike.get(pair, 0), together.get(pair))
        nested = other.parent_id == one.id or one.parent_id == other.id
        if near.alike or (not nested and (near.is_same or near.is_inside)):
            found.append(near)
    return sorted(found, key=lambda near: (-max(near.alike / 100, near.share), -near.people, near.pair))


def _may_be_near(one: CodeRow, other: CodeRow, together: Together) -> bool:
    """Whether enough lies together to be counted; most pairs are told by this alone."""
    most = sum(map(len, together.segments.values()))
    return most >= min(SHARED * (one.segments + other.segments), INSIDE * min(one.segments, other.segments))


def _near(one: CodeRow, other: CodeRow, alike: int, together: Together | None) -> Near:
    keeps, goes = (one, other) if (one.segments, one.people) >= (other.segments, other.people) else (other, one)
    shared = {key for ids in together.segments.values() for key in ids} if together else set()
    inside = 0
    if together:
        inside = sum((key in together.first) == (goes.id < keeps.id) for key in shared)
    meet = together.segments if together else {}
    return Near(keeps.id, goes.id, alike, len(shared), one.segments + other.segments, inside, goes.segments, meet)


def _alike(codes: Sequence[CodeRow]) -> Iterator[tuple[Pair, int]]:
    """Pairs of nearly the same name; names with different numbers (*Year 1*, *Year 2*) are meant to differ."""
    plain = [(code.id, _plain(code.name), _NUMBER.findall(code.name)) for code in codes]
    for (one, name, numbers), (other, its_name, its_numbers) in combinations(plain, 2):
        if numbers and its_numbers and numbers != its_numbers:
            continue
        score = fuzz.ratio(name, its_name, score_cutoff=ALIKE)
        if score and name:
            yield ((one, other) if one < other else (other, one)), round(score)


def _plain(name: str) -> str:
    """A name without case, small words, plurals and order, so that *Costs of travel* is near *Travel cost*."""
    words = (word for word in re.findall(r"\w+", name.casefold()) if word not in _SMALL)
    return " ".join(sorted(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in words))
