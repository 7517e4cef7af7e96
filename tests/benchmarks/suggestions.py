"""``python -m tests.benchmarks.suggestions``: how often suggestions are right, on the sample project.

Each interview is taken as not coded, the rest as coded; what is then suggested for it is held against the segments it
has. A suggestion is right when it shares half of the shorter one with a segment of its code (a passage worth quoting:
with any segment). Beside it stands what the scores said, and what chance would reach: the same passages with a code
drawn at random, or any answer of 15 words and more. Sample interviews were invented and coded by the same hands: real
ones are harder.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from qualcode.acts import material
from qualcode.core.project import Project
from qualcode.core.values import Span, Suggestion, TranscriptId
from qualcode.sample import make_sample_project
from qualcode.suggest import Coded, Material, Suggesters, suggest

BANDS = (0.0, 0.1, 0.2, 0.35, 0.5, 1.01)
LONG = 15


@dataclass(frozen=True)
class Judged:
    """A suggestion, whether it was right, and how likely it had been by chance."""

    suggestion: Suggestion
    right: bool
    by_chance: float


@dataclass(frozen=True)
class Round:
    """One interview left out: what was suggested, what share of its segments that met, and the seconds it took."""

    judged: tuple[Judged, ...]
    met: float
    seconds: float


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.qualcode"
        make_sample_project(path)
        with Project.open(path) as project:
            given = material(project)
    suggest(given, [])  # the libraries are loaded now, so that no interview is charged for them
    rounds = [left_out(given, key) for key in sorted({c.transcript_id for c in given.coded})]
    for_codes = [j for r in rounds for j in r.judged if j.suggestion.code_id is not None]
    quotable = [j for r in rounds for j in r.judged if j.suggestion.code_id is None]
    print(f"{len(rounds)} interviews, {len(given.coded)} segments, {len(given.codebook)} codes; each left out once")
    print(f"{'':34}{'offered':>9}{'right':>8}{'said':>8}{'chance':>8}")
    tell("with a code", for_codes)
    tell("  the five best of each interview", [j for r in rounds for j in best(r, 5)])
    for low, high in pairwise(BANDS):
        tell(f"  scored {low:.2f} to {min(high, 1):.2f}", [j for j in for_codes if low <= j.suggestion.score < high])
    tell("worth quoting", quotable)
    print(f"segments met by a suggestion of their code: {statistics.mean(r.met for r in rounds):.2f}")
    seconds = [r.seconds for r in rounds]
    print(f"seconds for one interview: {statistics.median(seconds):.2f} (at most {max(seconds):.2f})")
    print(f"seconds for it again after one more segment: {again(given):.2f}")


def left_out(given: Material, key: TranscriptId) -> Round:
    """Suggestions for one interview as if it had not been coded."""
    truth = [c for c in given.coded if c.transcript_id == key]
    known = replace(given, coded=tuple(c for c in given.coded if c.transcript_id != key))
    began = time.perf_counter()
    found = suggest(known, [key])
    seconds = time.perf_counter() - began
    (text,) = (p for p in given.passages if p.transcript_id == key)
    answers = [t.span for t in text.speech() if len(t.span.of(text.text).split()) >= LONG]
    coded = statistics.mean(any(meets(span, c.span) for c in truth) for span in answers)
    judged = tuple(_judged(s, truth, len(given.codebook), coded) for s in found)
    met = statistics.mean(any(s.code_id == c.code_id and meets(s.span, c.span) for s in found) for c in truth)
    return Round(judged, met, seconds)


def again(given: Material) -> float:
    """The seconds for an interview when the suggesters know the project but for one segment."""
    suggesters, key = Suggesters(), given.coded[-1].transcript_id
    suggesters.suggest(replace(given, coded=given.coded[:-1]), [key])
    began = time.perf_counter()
    suggesters.suggest(given, [key])
    return time.perf_counter() - began


def meets(one: Span, other: Span) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return 2 * shared >= min(len(one), len(other))


def best(round_: Round, count: int) -> Iterator[Judged]:
    """The first ``count`` suggestions that propose a code."""
    with_code = [j for j in round_.judged if j.suggestion.code_id is not None]
    yield from with_code[:count]


def tell(what: str, judged: Iterable[Judged]) -> None:
    judged = list(judged)
    if judged:
        right, said, chance = (
            statistics.mean(figures)
            for figures in zip(*((j.right, j.suggestion.score, j.by_chance) for j in judged), strict=True)
        )
        print(f"{what:34}{len(judged):>9}{right:>8.2f}{said:>8.2f}{chance:>8.2f}")


def _judged(suggestion: Suggestion, truth: Sequence[Coded], codes: int, coded: float) -> Judged:
    here = {c.code_id for c in truth if meets(suggestion.span, c.span)}
    if suggestion.code_id is None:
        return Judged(suggestion, bool(here), coded)
    return Judged(suggestion, suggestion.code_id in here, len(here) / codes)


if __name__ == "__main__":
    main()
