"""What an analyst's codes look like, learned from what they coded, refused and defined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import TypeVar
from zlib import crc32

import numpy as np

from qualcode.core.values import CodeId, Passage, Span, Suggestion, TranscriptId
from qualcode.suggest.boundaries import Boundaries, BoundaryHabit
from qualcode.suggest.calibration import Calibration, Evidence, calibrated
from qualcode.suggest.features import Features, Rows, Scores
from qualcode.suggest.material import QUIET, Coded, CodeEntry, Material, Pace, Refused
from qualcode.suggest.model import Model
from qualcode.suggest.reading import Reader
from qualcode.suggest.reasons import from_codebook, from_segments

WORTH_SHOWING = 0.12
"""The least chance of being right with which a passage is offered. Two people who code the same interviews meet each
other in a quarter to a half of the cases; a much higher bar would leave nothing to look at."""

WORTH_SHOWING_UNTAUGHT = 0.035
"""The same for a code that has no segment yet: its words in the codebook find something to begin with, no more."""

PER_CODE = 5
"""How many passages are offered for one code in one interview."""

PER_INTERVIEW = 30
"""How many passages are offered for one interview over all codes: more than that nobody reads through."""

_Decided = TypeVar("_Decided", Coded, Refused)

_LEAST_WORDS = 4
_NAME, _ABOVE, _PROSE = 1.0, 0.5, 0.4
_CALIBRATED_ON = 16
_HELD_OUT_EACH = 3


@dataclass(frozen=True)
class Taught:
    """All that was decided about one code."""

    entry: CodeEntry
    coded: tuple[Coded, ...]
    refused: tuple[Refused, ...]


@dataclass(frozen=True)
class Learned:
    """A code as it was taught and the model of it. ``segments`` are those that hold participants' speech."""

    taught: Taught
    model: Model
    segments: tuple[Coded, ...]
    reasons: dict[tuple[TranscriptId, Span], str] = field(default_factory=dict)


class Learner:
    """Learns the codes of a codebook and ranks passages for them.

    Taught again after a decision it learns anew only the codes concerned, and then offers the same as one taught
    from the start. Not to be shared by two threads.
    """

    def __init__(self, reader: Reader | None = None) -> None:
        self._reader = reader or Reader()
        self._habit = BoundaryHabit()
        self._features = Features(())
        self._passages: tuple[Passage, ...] = ()
        self._learned: dict[CodeId, Learned] = {}
        self._names: Mapping[TranscriptId, str] = {}
        self._boundaries = Boundaries()
        self._calibration = Calibration()
        self._coded_units = 0

    def teach(self, material: Material, pace: Pace = QUIET) -> None:
        """Learn from ``material`` what was not learned before. Raises Cancelled; what was learned until then stays."""
        self._read(material.passages, pace.part(0, 0.3))
        if dict(material.names) != self._names:
            self._names = dict(material.names)
            for learned in self._learned.values():
                learned.reasons.clear()
        taught = _taught(material)
        for number, one in enumerate(taught):
            pace.part(0.3, 0.8).step(number, len(taught), one.entry.name)
            known = self._learned.get(one.entry.code_id)
            if known is None or known.taught != one:
                self._learned[one.entry.code_id] = self._learn(one)
        self._learned = {one.entry.code_id: self._learned[one.entry.code_id] for one in taught}
        self._settle(pace.part(0.8, 1))

    def scores(self, code_id: CodeId, transcript_id: TranscriptId) -> Scores:
        """The score of each unit of a transcript for a code, in standard deviations over all of the project's units."""
        return self._learned[code_id].model.scores[self._features.rows[transcript_id]]

    def rank(self, transcript_id: TranscriptId) -> tuple[Suggestion, ...]:
        """Passages of one transcript that are worth showing, the best first."""
        if transcript_id not in self._features.rows:
            return ()
        offers = (islice(self._offers(learned, transcript_id), PER_CODE) for learned in self._learned.values())
        found = sorted(chain.from_iterable(offers), key=lambda s: (-s.score, s.span, str(s.code_id)))
        return tuple(found[:PER_INTERVIEW])

    def _read(self, passages: tuple[Passage, ...], pace: Pace) -> None:
        if passages == self._passages:
            return
        readings = []
        for number, passage in enumerate(passages):
            pace.step(number, len(passages), "Reading")
            readings.append(self._reader.read(passage))
        self._reader.forget_all_but(passages)
        self._learned.clear()
        self._features = Features(readings)
        self._passages = passages

    def _learn(self, taught: Taught) -> Learned:
        segments = [(c, self._rows(c.transcript_id, c.span)) for c in taught.coded]
        spoken = [(c, rows) for c, rows in segments if len(rows)]
        refused = [rows for r in taught.refused if len(rows := self._rows(r.transcript_id, r.span))]
        model = Model(self._features, self._query(taught.entry), [rows for _, rows in spoken], refused)
        return Learned(taught, model, tuple(c for c, _ in spoken))

    def _rows(self, transcript_id: TranscriptId, span: Span) -> Rows:
        reading = self._features.readings.get(transcript_id)
        if reading is None:
            return np.zeros(0, np.intp)
        return np.array(reading.inside(span), dtype=np.intp) + self._features.rows[transcript_id].start

    def _query(self, entry: CodeEntry) -> dict[str, float]:
        """The words by which the codebook describes a code, those of its name heaviest."""
        query: dict[str, float] = {}
        parts = [(_NAME, entry.name), *((_ABOVE, name) for name in entry.above)]
        parts += [(_PROSE, text) for text in (entry.definition, entry.include, entry.example)]
        for weight, text in parts:
            for term in self._reader.content(self._reader.terms(text)):
                query.setdefault(term, weight)
        return query

    def _settle(self, pace: Pace) -> None:
        """What rests on all codes together: how long passages are, and what a score is worth."""
        coded = sorted({c.transcript_id for learned in self._learned.values() for c in learned.segments})
        self._coded_units = sum(len(self._features.readings[key].units) for key in coded)
        segments = {(c.transcript_id, c.span) for learned in self._learned.values() for c in learned.segments}
        self._boundaries = self._habit.learned((self._features.readings[key], span) for key, span in segments)
        telling = sorted((learned for learned in self._learned.values() if learned.segments), key=_shuffled)
        telling = telling[:_CALIBRATED_ON] if len(coded) > 1 else []
        held_out: list[tuple[float, bool]] = []
        for number, learned in enumerate(telling):
            pace.step(number, len(telling), "Checking against what you coded")
            held_out.extend(self._held_out(learned.model, coded))
        self._calibration = calibrated(held_out)

    def _held_out(self, model: Model, coded: Iterable[TranscriptId]) -> Iterator[tuple[float, bool]]:
        """What would have been offered for coded transcripts, had they not been coded, and whether it was right."""
        met = {row for rows in model.examples for row in rows.tolist()}
        for key in coded:
            rows, units = self._features.rows[key], self._features.readings[key].units
            block = next(b for b in self._features.blocks if b.start <= rows.start < b.stop)
            known = [e for e in model.examples if not block.start <= e[0] < block.stop]
            if not known:
                continue
            share = sum(map(len, known)) / self._coded_units
            scores = model.held_out[rows]
            turns: set[int] = set()
            for seed in np.argsort(-scores, kind="stable").tolist():
                if units[seed].turn not in turns:
                    yield Evidence(float(scores[seed]), len(known), share).log_odds, rows.start + seed in met
                    turns.add(units[seed].turn)
                if len(turns) == _HELD_OUT_EACH:
                    break

    def _offers(self, learned: Learned, transcript_id: TranscriptId) -> Iterator[Suggestion]:
        """Passages for one code, best first, clear of each other and of what was coded with it or refused for it."""
        reading = self._features.readings[transcript_id]
        scores = self.scores(learned.taught.entry.code_id, transcript_id)
        decided: list[Coded | Refused] = [*learned.taught.coded, *learned.taught.refused]
        here = [d.span for d in decided if d.transcript_id == transcript_id]
        taken = {position for span in here for position in reading.touched(span)}
        least = WORTH_SHOWING if learned.segments else WORTH_SHOWING_UNTAUGHT
        for seed in np.argsort(-scores, kind="stable").tolist():
            chance = self._chance(learned, float(scores[seed]))
            if chance < least:
                return
            if seed in taken:
                continue
            span = self._boundaries.around(reading, seed, lambda p: p not in taken, lambda p: float(scores[p]))
            positions = reading.touched(span)
            if sum(len(reading.units[p].words) for p in positions) >= _LEAST_WORDS:
                taken.update(positions)
                reason = self._reason(learned, transcript_id, span, positions)
                yield Suggestion(transcript_id, span, learned.taught.entry.code_id, round(chance, 4), reason)

    def _chance(self, learned: Learned, score: float) -> float:
        marked = sum(map(len, learned.model.examples))
        evidence = Evidence(score, len(learned.segments), marked / max(self._coded_units, 1))
        return self._calibration.chance(evidence.log_odds)

    def _reason(self, learned: Learned, transcript_id: TranscriptId, span: Span, positions: list[int]) -> str:
        key = (transcript_id, span)
        if key not in learned.reasons:
            first = self._features.rows[transcript_id].start
            rows = slice(first + positions[0], first + positions[-1] + 1)
            learned.reasons[key] = self._said(learned, transcript_id, rows)
        return learned.reasons[key]

    def _said(self, learned: Learned, transcript_id: TranscriptId, rows: slice) -> str:
        if not learned.segments:
            return from_codebook(self._features, learned.model, rows)
        names = [
            "this interview"
            if c.transcript_id == transcript_id
            else self._names.get(c.transcript_id) or "another interview"
            for c in learned.segments
        ]
        return from_segments(self._features, learned.model, rows, names, self._reader.stop_terms)


class FromCoding:
    """The suggester that finds, for each code of the codebook, passages like those that were given it."""

    def __init__(self, reader: Reader | None = None) -> None:
        self._learner = Learner(reader)

    def suggest(self, material: Material, transcript_ids: Sequence[TranscriptId], pace: Pace) -> Iterator[Suggestion]:
        self._learner.teach(material, pace)
        for transcript_id in transcript_ids:
            yield from self._learner.rank(transcript_id)


def _shuffled(learned: Learned) -> tuple[int, str]:
    """An order of codes that has nothing to do with how often they occur."""
    code_id = learned.taught.entry.code_id
    return crc32(code_id.encode()), code_id


def _taught(material: Material) -> list[Taught]:
    coded: dict[CodeId, list[Coded]] = {}
    for segment in material.coded:
        coded.setdefault(segment.code_id, []).append(segment)
    refused: dict[CodeId, list[Refused]] = {}
    for refusal in material.refused:
        if refusal.code_id is not None:
            refused.setdefault(refusal.code_id, []).append(refusal)
    return [
        Taught(entry, _in_order(coded.get(entry.code_id, ())), _in_order(refused.get(entry.code_id, ())))
        for entry in material.codebook
    ]


def _in_order(decided: Iterable[_Decided]) -> tuple[_Decided, ...]:
    """Each decision once, in an order that does not depend on when it was taken."""
    return tuple(sorted(set(decided), key=_where))


def _where(decided: Coded | Refused) -> tuple[TranscriptId, Span]:
    return decided.transcript_id, decided.span
