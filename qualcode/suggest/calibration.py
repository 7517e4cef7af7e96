"""From a score to how often such a suggestion is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, log1p

import numpy as np

from qualcode.suggest.features import Scores

_TRUST = 2.0
_ROUNDS = 25


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a suggestion: its score, in standard deviations over all units; from how many segments it was
    learned; and the share of the units in coded transcripts that carry its code."""

    score: float
    segments: int
    share: float

    @property
    def log_odds(self) -> float:
        """By a rule fitted once over interviews and answers coded by people; a project's own segments correct it."""
        if not self.segments:
            return 0.22 * self.score - 3.6
        share = min(max(self.share, 1e-4), 0.5)
        return 0.38 * self.score + 0.8 * log1p(self.segments) + 0.6 * log(share / (1 - share)) - 2.1


@dataclass(frozen=True, slots=True)
class Calibration:
    """Platt scaling (Platt 1999) of log odds, such as those of :class:`Evidence`."""

    slope: float = 1.0
    shift: float = 0.0

    def chance(self, log_odds: float) -> float:
        """0 to 1."""
        return float(1 / (1 + np.exp(-(self.slope * log_odds + self.shift))))


def calibrated(held_out: Sequence[tuple[float, bool]]) -> Calibration:
    """The scaling that fits ``held_out`` best: the log odds of suggestions for coded interviews, learned without
    them, and whether they met a segment. Few of them move it little: Newton's method with a pull towards no
    correction at all."""
    if not held_out:
        return Calibration()
    x = np.column_stack([[odds for odds, _ in held_out], np.ones(len(held_out))])
    y = np.array([met for _, met in held_out], dtype=float)
    start = at = np.array([1.0, 0.0])
    for _ in range(_ROUNDS):
        p: Scores = 1 / (1 + np.exp(-(x @ at)))
        slope = x.T @ (y - p) - _TRUST * (at - start)
        curve = (x * (p * (1 - p))[:, None]).T @ x + _TRUST * np.eye(2)
        at = at + np.clip(np.linalg.solve(curve, slope), -1, 1)
    return Calibration(float(max(at[0], 0.05)), float(at[1]))
