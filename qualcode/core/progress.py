"""How far long work is. A module of its own, so that the first page is up before the project's values load."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """How far long work is: ``done`` of ``total`` and what is under way."""

    done: int
    total: int
    what: str = ""
