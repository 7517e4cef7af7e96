"""What codes and themes have in common: a tree by ``parent_id``, without loops, and no two siblings of one name."""

from __future__ import annotations

from collections.abc import Collection, Mapping

Parents = Mapping[str, str | None]
"""The parent of each node; None for one at the top."""


def lies_within(parents: Parents, node_id: str | None, above_id: str) -> bool:
    """Whether a node is ``above_id`` itself or lies somewhere below it."""
    while node_id is not None and node_id != above_id:
        node_id = parents[node_id]
    return node_id is not None


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


def removed(parents: Parents, gone: Collection[str], heir: str | None) -> dict[str, str | None]:
    """The tree without ``gone``, and what lay below them below ``heir``."""
    return {node: heir if parent in gone else parent for node, parent in parents.items() if node not in gone}


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
