"""How a transcript is set: letters and their size, leading, measure, and what is shown beside the words."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.settings import Preferences


@dataclass(frozen=True, slots=True)
class Dress:
    """``size`` is in pixels at 100 %, ``leading`` in percent of it; ``measure`` is characters a line, at most.

    ``font`` is a family, empty for the one that transcripts are set in unless the reader wishes otherwise.
    """

    font: str = ""
    size: int = 15
    leading: int = 160
    measure: int = 64
    times: bool = True
    numbers: bool = True
    codes: bool = True

    @classmethod
    def preferred(cls, preferences: Preferences) -> Dress:
        """As the reader prefers it; a preference out of bounds is brought back inside them."""
        return cls(
            font=preferences.reading_font,
            size=_within(preferences.reading_size, SIZES),
            leading=_within(preferences.reading_leading, LEADINGS),
            measure=_within(preferences.reading_measure, MEASURES),
            times=preferences.reading_times,
            numbers=preferences.reading_lines,
            codes=preferences.reading_codes,
        )


SIZES = range(11, 30)
LEADINGS = range(120, 241, 10)
MEASURES = range(40, 101, 4)


def _within(wished: int, allowed: range) -> int:
    return min(max(wished, allowed.start), allowed[-1])
