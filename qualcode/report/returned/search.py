"""Where words that somebody put in quotation marks were said: verbatim in a transcript, or nearly so."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from rapidfuzz import fuzz

from qualcode.core import spans
from qualcode.core.rows import TranscriptRow
from qualcode.core.values import Span, TranscriptId
from qualcode.report.returned.wordings import even

FEWEST_WORDS = 4
"""Fewer words than these stand in many a transcript by chance."""

NEARLY = 88.0
"""From which likeness (0 to 100, of the best aligned stretch) words are held to be somebody's, a little changed."""

_BRACKETS = re.compile(r"\[[^\[\]]*\]|\(\.\.\.\)|\.\.\.")


@dataclass(frozen=True, slots=True)
class Hit:
    """Where words stand: code points of a transcript. ``verbatim`` is False where they are only nearly the same."""

    transcript_id: TranscriptId
    span: Span
    verbatim: bool


class Search:
    """Looks for words in the transcripts of a project; typography, capitals and punctuation do not count."""

    def __init__(self, transcripts: Sequence[TranscriptRow]) -> None:
        self._texts = [_Folded(t.id, t.text) for t in transcripts]

    def find(self, words: str) -> Hit | None:
        """Where these words were said, the longest stretch between brackets telling; None for nowhere."""
        pieces = [_folded(piece) for piece in _BRACKETS.split(even(words))]
        needle = max(pieces, key=len)
        if len(needle) < FEWEST_WORDS:
            return None
        exact = next((hit for text in self._texts if (hit := text.exact(needle))), None)
        return exact or self._near(" ".join(needle))

    def _near(self, needle: str) -> Hit | None:
        best, least = None, NEARLY
        for text in self._texts:
            found = fuzz.partial_ratio_alignment(needle, text.joined, score_cutoff=least) if text.joined else None
            if found is not None and found.score >= least and len(text.joined) >= len(needle):
                best, least = text.near(found.dest_start, found.dest_end), found.score
        return best


class _Folded:
    """A transcript as its words in small letters, one space between them, with where each began."""

    def __init__(self, transcript_id: TranscriptId, text: str) -> None:
        self._id = transcript_id
        self._places = spans.words(text)
        folded = [even(place.of(text)).lower() for place in self._places]
        self._starts = [0, *accumulate(len(word) + 1 for word in folded)][:-1]
        self.joined = " ".join(folded)

    def exact(self, needle: Sequence[str]) -> Hit | None:
        at = f" {self.joined} ".find(f" {' '.join(needle)} ")
        if at < 0:
            return None
        first = bisect_right(self._starts, at) - 1
        return self._hit(first, first + len(needle) - 1, verbatim=True)

    def near(self, start: int, end: int) -> Hit:
        first = max(0, bisect_right(self._starts, start) - 1)
        last = max(first, bisect_right(self._starts, max(start, end - 1)) - 1)
        return self._hit(first, last, verbatim=False)

    def _hit(self, first: int, last: int, *, verbatim: bool) -> Hit:
        return Hit(self._id, Span(self._places[first].start, self._places[last].end), verbatim)


def _folded(words: str) -> list[str]:
    return [place.of(words).lower() for place in spans.words(words)]
