"""How far analysts who coded the same interview gave the same codes.

Most of a transcript is coded by nobody, so that measures which count what was left alone flatter (kappa among them).
Here a case is a turn and a code that at least one of an interview's analysts gave to some of it; they agree on it when
all of them did. That is the share of positive agreement over the union of the cases, or Jaccard's index.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qualcode.core.rows import SegmentRow, TranscriptRow
from qualcode.core.values import CodeId, CoderId, TranscriptId

_Case = tuple[int, CodeId]


@dataclass(frozen=True, slots=True)
class Agreement:
    """``interviews`` were coded by more than one analyst, ``coders`` in all; they agree on ``same`` of ``cases``."""

    interviews: int
    coders: int
    same: int
    cases: int


def agreement(segments: Iterable[SegmentRow], transcripts: Mapping[TranscriptId, TranscriptRow]) -> Agreement:
    """Over the interviews that more than one analyst coded; all zero where there is none."""
    coded: dict[TranscriptId, dict[CoderId, list[SegmentRow]]] = defaultdict(lambda: defaultdict(list))
    for segment in segments:
        coded[segment.transcript_id][segment.coder_id].append(segment)
    together = {t: by_coder for t, by_coder in coded.items() if len(by_coder) > 1}
    same = cases = 0
    for transcript_id, by_coder in together.items():
        given = [_cases(found, transcripts[transcript_id]) for found in by_coder.values()]
        same += len(set.intersection(*given))
        cases += len(set.union(*given))
    coders = {coder for by_coder in together.values() for coder in by_coder}
    return Agreement(len(together), len(coders), same, cases)


def _cases(segments: Iterable[SegmentRow], transcript: TranscriptRow) -> set[_Case]:
    return {
        (number, segment.code_id)
        for segment in segments
        for number, turn in enumerate(transcript.turns)
        if turn.span.overlaps(segment.span)
    }
