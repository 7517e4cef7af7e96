"""What became of a code: told to the activity log with each step, read back from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import String, cast, select

from qualcode.core.journal import Journal
from qualcode.core.schema import Activity, Coder
from qualcode.core.values import CodeId

_KEY = "code "
_PARTS = {"definition": "definition", "include": "include", "exclude": "exclude", "example": "example"}


@dataclass(frozen=True, slots=True)
class CodeChange:
    """Something done to a code. ``before`` holds earlier words; ``undone`` says that it was taken back since."""

    at: dt.datetime
    coder: str
    words: str
    before: tuple[str, ...] = ()
    undone: bool = False


def told(code_ids: Sequence[CodeId], did: str, **facts: object) -> dict[str, dict[str, object]]:
    """The detail of a step for the log; details of several steps that join one lie beside each other."""
    return {f"{_KEY}{code_id}": {"did": did, **facts} for code_id in code_ids}


def history(journal: Journal, code_id: CodeId) -> list[CodeChange]:
    """What was done to a code, the latest first. Older logs tell less: what they have no detail for is left out."""
    key = f"{_KEY}{code_id}"
    mentions = journal.read(
        select(Activity.id, Activity.at, Activity.detail, Coder.name)
        .join(Coder, Coder.id == Activity.coder_id, isouter=True)
        .where(cast(Activity.detail, String).contains(key, autoescape=True))
        .order_by(Activity.id)
    )
    taken_back = _taken_back(journal) if mentions else frozenset[int]()
    found = []
    for number, at, detail, coder in mentions:
        change = _change(at, coder or "", detail[key])
        found.append(replace(change, undone=number in taken_back))
    return found[::-1]


def _taken_back(journal: Journal) -> frozenset[int]:
    """The lines of the log that were undone and not done again: each undo takes back the last standing of its label."""
    standing: dict[str, list[int]] = {}
    undone: dict[str, list[int]] = {}
    for number, verb, label in journal.read(select(Activity.id, Activity.verb, Activity.label).order_by(Activity.id)):
        if verb == "did":
            standing.setdefault(label, []).append(number)
        else:
            source, target = (standing, undone) if verb == "undid" else (undone, standing)
            if source.get(label):
                target.setdefault(label, []).append(source[label].pop())
    return frozenset(number for numbers in undone.values() for number in numbers)


def _change(at: dt.datetime, coder: str, facts: Mapping[str, Any]) -> CodeChange:
    match facts["did"]:
        case "added":
            return CodeChange(at, coder, f"Added as “{facts['name']}”")
        case "renamed":
            return CodeChange(at, coder, f"Renamed from “{facts['was']}” to “{facts['name']}”")
        case "defined":
            was: Mapping[str, str] = facts["was"]
            before = tuple(f"{part.capitalize()} before: {words}" for part, words in was.items() if words)
            return CodeChange(at, coder, f"Changed {_listed(_PARTS[p] for p in was) or 'nothing'}", before)
        case "moved":
            return CodeChange(at, coder, f"Put under “{facts['under']}”" if facts["under"] else "Put at the top")
        case "gathered":
            return CodeChange(at, coder, f"Put in theme “{facts['theme']}”" if facts["theme"] else "Out of its theme")
        case "merged":
            return CodeChange(at, coder, f"Took in {_listed(f'“{name}”' for name in facts['names'])}")
    return CodeChange(at, coder, "Colour changed")


def _listed(parts: Iterable[str]) -> str:
    words = list(parts)
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""
