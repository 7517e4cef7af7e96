"""A wave as the grid of waves shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.core.rows import WaveRow
from qualcode.core.typed import shown_date
from qualcode.core.values import WaveId


@dataclass(frozen=True, slots=True)
class WaveLine:
    """A wave with how many interviews it has, and from when to when they were held."""

    row: WaveRow
    interviews: int
    first: dt.date | None
    last: dt.date | None

    @property
    def dates(self) -> str:
        if self.first is None or self.first == self.last:
            return shown_date(self.first)
        return f"{shown_date(self.first)} to {shown_date(self.last)}"


def line_of(wave: WaveRow, held: Sequence[tuple[WaveId | None, dt.date | None]]) -> WaveLine:
    """The line of a wave; ``held`` are the wave and the date of every interview."""
    mine = [day for wave_id, day in held if wave_id == wave.id]
    days = [day for day in mine if day is not None]
    return WaveLine(wave, len(mine), min(days, default=None), max(days, default=None))
