"""Passages worth a look before there are codes for them: told at length, with feeling, on what was to be found out.

Hardly anything tells beforehand what an analyst will mark. On two sets of interviews coded by people and on the sample,
the area under the curve was .60, .53 and .72 for length, .51, .54 and .56 for words of feeling or judgement, and .49,
.50 and .51 for the first person. So this is for browsing: a few passages, from different parts of an interview.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import log
from typing import NamedTuple

from qualcode.core.values import Passage, Span, Suggestion, TranscriptId
from qualcode.suggest.boundaries import Boundaries
from qualcode.suggest.calibration import Calibration, calibrated
from qualcode.suggest.material import Material, Pace
from qualcode.suggest.reading import Question, Reader, Reading, stem
from qualcode.suggest.reasons import listed, shortened

PER_INTERVIEW = 4
"""How many passages are offered in one interview."""

_BOUNDARIES = Boundaries(whole=90, window=70)
_LEAST_WORDS = 15
_SAME_QUESTION = 0.8
_CALIBRATED_ON = 8
_CLOSE = 0.7
_WORDS_NAMED = 3
_FEELING_WORDS = (
    "afraid angry annoyed anxious ashamed awful bad better best bother brilliant cared cried depressed desperate "
    "difficult disappointed dread easy enjoy excellent exhausted fair fantastic feel feeling felt fault fear "
    "fight frightened frustrating glad good grateful great guilty happy hard harder hate hope horrible hurt "
    "ignored important impossible isolated lonely lost lovely lucky nervous nobody pain proud relief ridiculous "
    "sad safe scared shame shock sick stressful struggle stuck stupid surprised terrible terrified thankful "
    "tired trust unfair upset useless waste wonderful worried worse worst worth wrong"
)
_FEELING = frozenset(map(stem, _FEELING_WORDS.split()))
_OWN = frozenset(["i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"])

_Sought = Mapping[str, frozenset[str]]
"""The project's questions and what each is about."""


class Near(NamedTuple):
    """A question of the project, and what share of its words was in the question asked, 0 to 1."""

    share: float = 0.0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """How a passage is told. ``feeling``: its words of feeling or judgement, as spoken; ``own``: how many words are in
    the first person; ``near``: the project's question that the one before it comes closest to."""

    span: Span
    words: int
    own: int
    feeling: tuple[str, ...]
    question: Question
    near: Near

    @property
    def log_odds(self) -> float:
        """That an analyst marks it, by a rule set once over interviews coded by people; a project's own segments
        correct it."""
        length = (log(self.words) - 3.85) / 0.42
        share = min(len(self.feeling) / self.words, 0.1)
        return 0.5 * length + 7 * share + 1.2 * self.own / self.words + 0.6 * self.near.share - 1.3

    @property
    def reason(self) -> str:
        sentences = [f"Told at length: {self.words} words."]
        if self.feeling:
            sentences.append(f"Words of feeling or judgement: {listed(self.feeling[:_WORDS_NAMED])}.")
        if self.question.text:
            close = f", which comes close to {shortened(self.near.text)}" if self.near.share >= _CLOSE else ""
            sentences.append(f"It answers {shortened(self.question.text)}{close}.")
        return " ".join(sentences)


class Quotable:
    """The suggester of passages without a code."""

    def __init__(self, reader: Reader | None = None) -> None:
        self._reader = reader or Reader()

    def suggest(self, material: Material, transcript_ids: Sequence[TranscriptId], pace: Pace) -> Iterator[Suggestion]:
        passages = {p.transcript_id: p for p in material.passages}
        sought = {q: frozenset(self._reader.content(self._reader.terms(q))) for q in material.questions}
        calibration = self._calibrated(material, passages.values(), sought, pace.part(0, 0.5))
        for number, transcript_id in enumerate(transcript_ids):
            pace.part(0.5, 1).step(number, len(transcript_ids), "Looking for passages worth quoting")
            if transcript_id in passages:
                reading = self._reader.read(passages[transcript_id])
                told = list(self._told(reading, sought, material.decided(transcript_id, None)))
                for one in islice(_spread(told, calibration), PER_INTERVIEW):
                    yield Suggestion(
                        transcript_id, one.span, None, round(calibration.chance(one.log_odds), 4), one.reason
                    )

    def _told(self, reading: Reading, sought: _Sought, decided: Sequence[Span]) -> Iterator[Told]:
        """The speech of a transcript in passages, clear of what is ``decided``."""
        taken = {position for span in decided for position in reading.touched(span)}
        for seed in range(len(reading.units)):
            if seed in taken:
                continue
            span = _BOUNDARIES.around(reading, seed, lambda p: p not in taken, _in_order)
            positions = reading.touched(span)
            taken.update(positions)
            one = self._of(reading, span, positions, sought)
            if one.words >= _LEAST_WORDS:
                yield one

    def _of(self, reading: Reading, span: Span, positions: Sequence[int], sought: _Sought) -> Told:
        units = [reading.units[p] for p in positions]
        spoken = [pair for unit in units for pair in zip(unit.words, unit.terms, strict=True)]
        question = reading.questions[units[0].turn]
        terms = frozenset(self._reader.content(question.terms))
        return Told(
            span,
            words=len(spoken),
            own=sum(word.lower() in _OWN for word, _ in spoken),
            feeling=tuple(dict.fromkeys(word.lower() for word, term in spoken if term in _FEELING)),
            question=question,
            near=max(
                (Near(len(terms & wanted) / len(wanted), text) for text, wanted in sought.items() if len(wanted) > 1),
                default=Near(),
            ),
        )

    def _calibrated(
        self, material: Material, passages: Collection[Passage], sought: _Sought, pace: Pace
    ) -> Calibration:
        """By what share of such passages was coded in the interviews that are."""
        held_out: list[tuple[float, bool]] = []
        coded = {c.transcript_id for c in material.coded}
        chosen = [p for p in passages if p.transcript_id in coded][:_CALIBRATED_ON]
        for number, passage in enumerate(chosen):
            pace.step(number, len(chosen), "Checking against what you coded")
            spans = [c.span for c in material.coded if c.transcript_id == passage.transcript_id]
            for one in self._told(self._reader.read(passage), sought, ()):
                held_out.append((one.log_odds, any(_meets(one.span, span) for span in spans)))
        return calibrated(held_out)


def _in_order(position: int) -> float:
    return -position


def _spread(told: Sequence[Told], calibration: Calibration) -> Iterator[Told]:
    """The best first, those after the same question put off the more of them were chosen."""
    left = list(told)
    chosen: dict[Question, int] = {}
    while left:
        best = max(left, key=lambda t: calibration.chance(t.log_odds) * _SAME_QUESTION ** chosen.get(t.question, 0))
        left.remove(best)
        chosen[best.question] = chosen.get(best.question, 0) + 1
        yield best


def _meets(passage: Span, segment: Span) -> bool:
    """Whether they share half of the shorter one."""
    shared = min(passage.end, segment.end) - max(passage.start, segment.start)
    return 2 * shared >= min(len(passage), len(segment))
