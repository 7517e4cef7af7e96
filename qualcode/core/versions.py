"""What became of a framework between two snapshots of it, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

Snapshot = Mapping[str, Any]
"""``themes`` with id, name, parent, definition; ``codes`` with id, name, theme_id, parent_id, definition."""

NO_THEME = "no theme"


def differences(before: Snapshot, after: Snapshot) -> list[str]:
    """What is in one and not the other, or has another name, place or definition. A sentence each, themes first."""
    names = {theme["id"]: theme["name"] for snapshot in (before, after) for theme in snapshot["themes"]}

    def moved_theme(theme: Mapping[str, Any]) -> str:
        return f"now under “{names[theme['parent']]}”" if theme["parent"] else "now a theme of its own"

    def moved_code(code: Mapping[str, Any]) -> str:
        return f"now under “{names[code['theme_id']]}”" if code["theme_id"] else f"now under {NO_THEME}"

    return [
        *_compared("Theme", before["themes"], after["themes"], "parent", moved_theme),
        *_compared("Code", before["codes"], after["codes"], "theme_id", moved_code),
    ]


def _compared(
    noun: str,
    before: Iterable[Mapping[str, Any]],
    after: Iterable[Mapping[str, Any]],
    place: str,
    moved: Callable[[Mapping[str, Any]], str],
) -> Iterator[str]:
    earlier = {row["id"]: row for row in before}
    later = {row["id"]: row for row in after}
    for key, row in later.items():
        if key not in earlier:
            yield f"{noun} “{row['name']}” added."
    for key, row in earlier.items():
        if key not in later:
            yield f"{noun} “{row['name']}” removed."
            continue
        now = later[key]
        if now["name"] != row["name"]:
            yield f"{noun} “{row['name']}” renamed to “{now['name']}”."
        if now[place] != row[place]:
            yield f"{noun} “{now['name']}” moved: {moved(now)}."
        if now["definition"] != row["definition"]:
            yield f"{noun} “{now['name']}” defined anew."
