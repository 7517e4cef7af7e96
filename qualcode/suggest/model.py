"""One code, learned: a score for every unit of the project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from qualcode.suggest.features import Features, Rows, Scores

_PRIOR = 3.0
_ASKED = 0.4
_NEIGHBOURS = 0.5
_UNLIKE = 600
_REFUSED = 0.5


class Model:
    """For each code a logistic regression on what is said and asked, blended with the words of the codebook.

    ``query`` holds the codebook's words and their weights, ``examples`` the rows of each segment, ``refused`` those
    of each refusal. The words weigh 3 / (3 + number of segments). What is not coded counts as unlike the code, but
    only when another block of transcripts is judged: else what is like it and not coded yet would count against
    itself.
    """

    def __init__(
        self, features: Features, query: Mapping[str, float], examples: Sequence[Rows], refused: Sequence[Rows]
    ) -> None:
        self._features = features
        self.query = query
        self.examples = examples
        self._refused = refused
        spoken = features.spoken.scores(query)
        asked = features.asked.scores(query)[features.asked_in_row]
        self._prior = _standard(_standard(spoken + _NEIGHBOURS * features.around(spoken)) + _ASKED * _standard(asked))
        self.weights = [self._weights(examples, block) for block in features.blocks]
        self.scores = self._blended(len(examples), self._judged(self.weights))

    @cached_property
    def held_out(self) -> Scores:
        """The scores each unit has when nothing was learned from its own block of transcripts."""
        features = self._features
        outside = [[rows for rows in self.examples if not _within(rows, block)] for block in features.blocks]
        judged = self._judged([self._weights(e, b) for e, b in zip(outside, features.blocks, strict=True)])
        scores = np.zeros(len(features.units))
        for examples, block in zip(outside, features.blocks, strict=True):
            scores[block] = self._blended(len(examples), judged)[block]
        return scores

    @cached_property
    def example_rows(self) -> Any:
        """A row of what is said in each example, of unit length."""
        ends = np.cumsum([0, *(len(rows) for rows in self.examples)])
        units = np.concatenate(self.examples)
        picked = sp.csr_array((np.ones(len(units)), units, ends), shape=(len(ends) - 1, len(self._features.units)))
        return normalize(picked @ self._features.said)

    @cached_property
    def mean_weight(self) -> Scores | None:
        """The weight of each column of the context, over all blocks."""
        learned = [w for w in self.weights if w is not None]
        return np.mean(learned, axis=0) if learned else None

    def _blended(self, segments: int, judged: Scores) -> Scores:
        share = _PRIOR / (_PRIOR + segments)
        return self._features.smoothed((1 - share) * _standard(judged) + share * self._prior)

    def _judged(self, weights: Sequence[Scores | None]) -> Scores:
        judged = np.zeros(len(self._features.units))
        for block, weight in zip(self._features.blocks, weights, strict=True):
            if weight is not None:
                judged[block] = self._features.block_of_context(block) @ weight
        return judged

    def _weights(self, examples: Sequence[Rows], judged: slice) -> Scores | None:
        """The weight of each column of the context, intercept left out, learned without what is ``judged``."""
        like = _shares(examples)
        unlike = _shares(self._refused)
        for row in like:
            unlike.pop(row, None)
        others = [row for row in self._sample(judged) if row not in like and row not in unlike]
        if not like or not (others or unlike):
            return None
        rows = [*like, *unlike, *others]
        half = len(rows) / 2
        each = half / sum(like.values())
        balance = [s * each for s in like.values()] + [s * each * _REFUSED for s in unlike.values()]
        balance += [half / max(len(others), 1)] * len(others)
        kind = [1] * len(like) + [0] * (len(rows) - len(like))
        regression = LogisticRegression(C=1.0, solver="liblinear")
        regression.fit(self._features.context[rows], kind, sample_weight=np.array(balance))
        return np.asarray(regression.coef_[0])

    def _sample(self, judged: slice) -> list[int]:
        """Rows outside the block ``judged``, evenly spread."""
        length = len(self._features.units)
        count = length - (judged.stop - judged.start)
        places = {round(p) for p in np.linspace(0, count - 1, min(_UNLIKE, count)).tolist()}
        return [p if p < judged.start else p + judged.stop - judged.start for p in sorted(places)]


def _shares(groups: Sequence[Rows]) -> dict[int, float]:
    """Each row with a share of its group, so that a long segment teaches no more than a short one."""
    shares: dict[int, float] = {}
    for rows in groups:
        for row in rows.tolist():
            shares[row] = max(shares.get(row, 0.0), 1 / len(rows))
    return shares


def _within(rows: Rows, block: slice) -> bool:
    return bool(block.start <= rows[0] < block.stop)


def _standard(scores: Scores) -> Scores:
    """In standard deviations from the mean; zeros where all are alike."""
    spread = scores.std() if len(scores) else 0.0
    return (scores - scores.mean()) / spread if spread > 1e-12 else np.zeros_like(scores)
