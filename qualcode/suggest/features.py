"""The units of all transcripts as numbers: what is said, what is said around it, what was asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfTransformer

from qualcode.suggest.reading import Question, Reading, Unit

Scores = NDArray[np.float64]
Rows = NDArray[np.intp]

_BLOCKS = 4
_AROUND = 0.3
_ASKED = 1.2
_SMOOTHING = 0.5
_K1, _B = 1.2, 0.75


class Features:
    """What can be computed before anything is coded; it changes only with the transcripts.

    ``said`` has a row of TF-IDF for each unit, over terms and pairs of terms. ``context`` adds a share of the
    neighbouring units and the question that stood before the turn: who is asked about waiting talks about waiting.
    Rows lie in ``blocks``, each of whole transcripts, so that a block can be judged by what was learned without it.
    """

    def __init__(self, readings: Sequence[Reading]) -> None:
        readings = [r for block in range(_BLOCKS) for r in readings[block::_BLOCKS]]
        self.readings = {r.passage.transcript_id: r for r in readings}
        self.units = [unit for r in readings for unit in r.units]
        ends = np.cumsum([0, *(len(r.units) for r in readings)])
        self.rows = {key: slice(int(a), int(b)) for key, (a, b) in zip(self.readings, pairwise(ends), strict=True)}
        self.blocks = _blocks(ends)
        self._neighbours = _neighbours(readings)
        self._degree = np.asarray(self._neighbours.sum(axis=1)).ravel()
        self.questions, self.asked_in_row = _questions(readings)
        asked = [question.terms for question in self.questions]
        self.spoken = Bm25([unit.terms for unit in self.units])
        self.asked = Bm25(asked)
        self.said, self.said_terms = _tf_idf([unit.terms for unit in self.units])
        question_rows, self.question_terms = _tf_idf(asked)
        around = self.said + _AROUND * (self._neighbours @ self.said)
        self.context = sp.hstack([around, _ASKED * question_rows[self.asked_in_row]], format="csr", dtype=np.float32)

    def block_of_context(self, block: slice) -> Any:
        """The rows of one block of ``context``, sharing its memory."""
        whole = self.context
        first, last = whole.indptr[block.start], whole.indptr[block.stop]
        pointers = whole.indptr[block.start : block.stop + 1] - first
        shape = (block.stop - block.start, whole.shape[1])
        return sp.csr_array((whole.data[first:last], whole.indices[first:last], pointers), shape=shape, copy=False)

    def around(self, scores: Scores) -> Scores:
        """The sum of each unit's neighbours in its turn."""
        return np.asarray(self._neighbours @ scores)

    def smoothed(self, scores: Scores) -> Scores:
        """Each score drawn towards the mean of its neighbours in the turn."""
        mean = self.around(scores) / np.maximum(self._degree, 1)
        return np.where(self._degree > 0, (scores + _SMOOTHING * mean) / (1 + _SMOOTHING), scores)


class Bm25:
    """Okapi BM25 (Robertson and Walker 1994), with the idf of Lucene, which is never negative."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        counts, terms = _counted(texts)
        self._place = {term: place for place, term in enumerate(terms)}
        holding = np.bincount(counts.indices, minlength=len(terms))
        idf = np.log(1 + (len(texts) - holding + 0.5) / (holding + 0.5))
        lengths = np.asarray(counts.sum(axis=1)).ravel()
        allowance = _K1 * (1 - _B + _B * lengths / max(lengths.mean() if len(texts) else 0, 1))
        row = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        counts.data = idf[counts.indices] * counts.data * (_K1 + 1) / (counts.data + allowance[row])
        self._weights = counts

    def scores(self, query: Mapping[str, float]) -> Scores:
        """How well each text answers ``query``, a weight for each term."""
        asked = np.zeros(len(self._place))
        for term, weight in query.items():
            if term in self._place:
                asked[self._place[term]] = weight
        return np.asarray(self._weights @ asked, dtype=float)


def _tf_idf(texts: Sequence[Sequence[str]]) -> tuple[Any, list[str]]:
    """Rows of unit length, and the term of each column; terms seen in one text only are left out."""
    counts, terms = _counted([[*text, *(f"{a} {b}" for a, b in pairwise(text))] for text in texts])
    recurring = np.flatnonzero(np.bincount(counts.indices, minlength=len(terms)) > 1)
    counts = counts[:, recurring].astype(np.float32)
    if len(recurring):
        counts = TfidfTransformer(sublinear_tf=True).fit_transform(counts)
    return counts, [terms[i] for i in recurring]


def _counted(texts: Iterable[Sequence[str]]) -> tuple[Any, list[str]]:
    """A sparse matrix, texts by terms, of how often each occurs."""
    place: dict[str, int] = {}
    columns: list[int] = []
    ends = [0]
    for text in texts:
        columns.extend(place.setdefault(term, len(place)) for term in text)
        ends.append(len(columns))
    matrix = sp.csr_array((np.ones(len(columns)), columns, ends), shape=(len(ends) - 1, len(place)))
    matrix.sum_duplicates()
    return matrix, list(place)


def _blocks(ends: Rows) -> list[slice]:
    """Row ranges of about a quarter of the transcripts each; the two halves of it when there is only one."""
    transcripts = len(ends) - 1
    if transcripts == 1:
        marks = [0, int(ends[1]) // 2, int(ends[1])]
    else:
        sizes = [len(range(block, transcripts, _BLOCKS)) for block in range(_BLOCKS)]
        marks = [int(ends[n]) for n in np.cumsum([0, *sizes])]
    return [slice(a, b) for a, b in pairwise(marks) if b > a]


def _neighbours(readings: Sequence[Reading]) -> Any:
    """Which units stand side by side in one turn: a symmetric matrix of ones."""
    units = [(number, unit) for number, reading in enumerate(readings) for unit in reading.units]
    before = np.array([_same_turn(a, b) for a, b in pairwise(units)], dtype=bool)
    first = np.flatnonzero(before)
    pairs = sp.coo_array((np.ones(len(first), np.float32), (first, first + 1)), shape=(len(units), len(units)))
    return (pairs + pairs.T).tocsr()


def _same_turn(one: tuple[int, Unit], other: tuple[int, Unit]) -> bool:
    return (one[0], one[1].turn) == (other[0], other[1].turn)


def _questions(readings: Sequence[Reading]) -> tuple[list[Question], Rows]:
    """Each question asked, and for each unit which of them stood before it."""
    questions: list[Question] = []
    rows: list[int] = []
    for reading in readings:
        place: dict[Question, int] = {}
        for unit in reading.units:
            question = reading.questions[unit.turn]
            if question not in place:
                place[question] = len(questions)
                questions.append(question)
            rows.append(place[question])
    return questions, np.array(rows, dtype=np.intp)
