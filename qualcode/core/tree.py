"""What codes and themes have in common: a tree by ``parent_id``, without loops, and no two siblings of one name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

Parents = Mapping[str, str | None]
"""The parent of each node; None for one at the top."""


def lies_within(parents: Parents, node_id: str | None, above_id: str) -> bool:
    """Whether a node is ``above_id`` itself or lies somewhere below it."""
    while node_id is not None and node_id != above_id:
        node_id = parents[node_id]
    return node_id is not None


def upwards(parents: Parents, node_id: str) -> Iterator[str]:
    """What a node lies under, the nearest first."""
    above = parents[node_id]
    while above is not None:
        yield above
        above = parents[above]


def topmost(parents: Parents, nodes: Sequence[str]) -> list[str]:
    """Those of ``nodes`` that lie under no other of them, in the same order."""
    return [node for node in dict.fromkeys(nodes) if not any(above in nodes for above in upwards(parents, node))]


def downwards(parents: Parents, nodes: Sequence[str]) -> list[str]:
    """``nodes``, all of the tree, with what lies below each right after it; siblings in the order given."""
    below: dict[str | None, list[str]] = defaultdict(list)
    for node in nodes:
        below[parents[node]].append(node)
    found: list[str] = []
    waiting = below[None][::-1]
    while waiting:
        found.append(node := waiting.pop())
        waiting += below[node][::-1]
    return found


def merged(parents: Parents, gone: Collection[str], into: str) -> dict[str, str | None]:
    """The tree once ``gone`` became one with ``into``.

    What lay below them lies below it; where it lay below one of them itself, it takes the place of the topmost.
    """
    place, above = parents[into], parents[into]
    while above is not None:
        if above in gone:
            place = parents[above]
        above = parents[above]
    after = {node: into if parent in gone else parent for node, parent in parents.items() if node not in gone}
    return {**after, into: place}


def removed(parents: Parents, gone: Collection[str]) -> dict[str, str | None]:
    """The tree without ``gone``: what lay below them lies below the nearest above them that stays."""
    stays = [node for node in parents if node not in gone]
    return {node: next((above for above in upwards(parents, node) if above not in gone), None) for node in stays}


def moved(before: Parents, after: Parents) -> dict[str, str | None]:
    """The nodes that have another parent ``after`` than ``before``, with that parent."""
    return {node: parent for node, parent in after.items() if parent != before[node]}


def double(names: Mapping[str, str], before: Parents, after: Parents) -> str | None:
    """A name that a moved node would share with a sibling, capitals or not; None when all stay different."""
    for node, parent in moved(before, after).items():
        for other, its_parent in after.items():
            if other != node and its_parent == parent and names[other].casefold() == names[node].casefold():
                return names[node]
    return None
