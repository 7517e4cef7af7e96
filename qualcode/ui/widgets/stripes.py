"""A coded segment as the transcript shows it: a wash under its words and a stripe in the margin."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.core.rows import CodeRow, SegmentRow
from qualcode.core.values import Span


@dataclass(frozen=True, slots=True)
class Stripe:
    """``key`` is the segment's id; ``colour`` the code's; ``tip`` what hovering says."""

    key: str
    span: Span
    colour: str
    label: str
    tip: str


def stripe_of(segment: SegmentRow, code: CodeRow) -> Stripe:
    """The stripe of a segment; hovering tells its code and memo."""
    tip = f"{code.name}\n{segment.memo}" if segment.memo else code.name
    return Stripe(segment.id, segment.span, code.colour, code.name, tip)
