"""What a pattern gives."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qualcode.anonymise.kinds import Kind
from qualcode.core.values import Span


@dataclass(frozen=True, slots=True)
class Found:
    """Something with a shape. ``key`` is one for all ways of writing it: the digits, the bare address, the date."""

    kind: Kind
    span: Span
    key: str


def found(kind: Kind, match: re.Match[str], key: str, group: int = 0) -> Found:
    """What ``match`` found, or the part of it in ``group``."""
    return Found(kind, Span(*match.span(group)), key)
