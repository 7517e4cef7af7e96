"""A coded segment as the transcript shows it: a wash under its words and a stripe in the margin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qualcode.core.rows import CodeRow, SegmentRow
from qualcode.core.values import Span


@dataclass(frozen=True, slots=True)
class Stripe:
    """``key`` is the segment's id; ``colour`` the code's; ``tip`` what hovering says.

    ``marks`` tell in a word or two that it is weighed or has a memo.
    """

    key: str
    span: Span
    colour: str
    label: str
    tip: str
    marks: str = ""

    @property
    def words(self) -> str:
        """What stands beside it: the label, and what marks the segment out."""
        return f"{self.label} · {self.marks}" if self.marks else self.label


def stripe_of(segment: SegmentRow, code: CodeRow, coder: str = "", masked: Callable[[str], str] = str) -> Stripe:
    """The stripe of a segment; hovering tells its code, who coded it, its weight, and its memo as ``masked`` has it."""
    weight = f"weight {segment.weight}" if segment.weight else ""
    by = " · ".join(part for part in (coder, weight) if part)
    tip = "\n".join(part for part in (code.name, by, masked(segment.memo)) if part)
    marks = ", ".join(part for part in (weight, "memo" if segment.memo else "") if part)
    return Stripe(segment.id, segment.span, code.colour, code.name, tip, marks)


class StripeMaker:
    """As :func:`stripe_of`, but a segment that is as it was gets the stripe it had."""

    def __init__(self, masked: Callable[[str], str] = str) -> None:
        self._masked = masked
        self._made: dict[str, tuple[SegmentRow, str, str, str, Stripe]] = {}

    def __call__(self, segment: SegmentRow, code: CodeRow, coder: str = "") -> Stripe:
        known = self._made.get(segment.id)
        if known is not None and known[0] is segment and known[1:4] == (code.name, code.colour, coder):
            return known[4]
        made = stripe_of(segment, code, coder, self._masked)
        self._made[segment.id] = (segment, code.name, code.colour, coder, made)
        return made
