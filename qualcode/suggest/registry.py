"""Who suggests: what comes with the program and what is installed beside it, asked one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol

from qualcode.core.values import Passage, Suggestion, TranscriptId
from qualcode.errors import UserError
from qualcode.suggest.material import IsCancelled, Material, OnProgress, Pace

GROUP = "qualcode.suggesters"
"""The entry point group. Each entry names something that, called without arguments, makes a :class:`Suggester`."""


class Suggester(Protocol):
    """Finds passages. Runs on a worker, so it is given values and gives values back.

    It may keep what it learned from one call to the next, as long as the same material gives the same answer.
    """

    def suggest(self, material: Material, transcript_ids: Sequence[TranscriptId], pace: Pace) -> Iterable[Suggestion]:
        """Passages of the transcripts named, each with a score from 0 to 1 and a reason in one or two sentences.

        Spans count code points of the transcript's text. Raises Cancelled, through ``pace``, when asked to stop.
        """
        ...


class Suggesters:
    """All suggesters, kept together so that what they learned need not be learned again after each decision.

    To be used by one thread at a time.
    """

    def __init__(self) -> None:
        self._known: list[tuple[str, Suggester]] = []

    def suggest(
        self,
        material: Material,
        transcript_ids: Sequence[TranscriptId],
        progress: OnProgress = lambda _: None,
        cancelled: IsCancelled = lambda: False,
    ) -> tuple[Suggestion, ...]:
        """What all suggesters find in the transcripts named, the best first; the same material gives the same answer.

        Left out is what was decided before (:meth:`Material.decided`) and what another suggester already offers.
        Raises Cancelled when ``cancelled`` says so, and UserError when an installed suggester does not load or
        proposes what is not in the transcript.
        """
        pace = Pace(progress, cancelled)
        self._known = self._known or list(_suggesters())
        passages = {p.transcript_id: p for p in material.passages if p.transcript_id in transcript_ids}
        found: list[Suggestion] = []
        for number, (name, suggester) in enumerate(self._known):
            part = pace.part(number / len(self._known), (number + 1) / len(self._known))
            found.extend(_checked(s, passages, name) for s in suggester.suggest(material, transcript_ids, part))
        pace.step(1, 1, "")
        return tuple(sorted(_undecided(found, material), key=_place))


def suggest(
    material: Material,
    transcript_ids: Sequence[TranscriptId],
    progress: OnProgress = lambda _: None,
    cancelled: IsCancelled = lambda: False,
) -> tuple[Suggestion, ...]:
    """Ask all suggesters once: see :meth:`Suggesters.suggest`."""
    return Suggesters().suggest(material, transcript_ids, progress, cancelled)


def _suggesters() -> Iterator[tuple[str, Suggester]]:
    from qualcode.suggest.learner import FromCoding
    from qualcode.suggest.quotable import Quotable
    from qualcode.suggest.reading import Reader

    reader = Reader()
    yield "coding", FromCoding(reader)
    yield "quotable", Quotable(reader)
    for entry in sorted(entry_points(group=GROUP), key=lambda e: e.name):
        yield entry.name, _made(entry)


def _made(entry: EntryPoint) -> Suggester:
    try:
        made: Suggester = entry.load()()
    except (ImportError, AttributeError) as error:
        package = entry.dist.name if entry.dist else entry.value
        raise UserError(
            f"The suggester “{entry.name}” does not load; update or remove the package {package}."
        ) from error
    return made


def _checked(suggestion: Suggestion, passages: Mapping[TranscriptId, Passage], name: str) -> Suggestion:
    passage = passages.get(suggestion.transcript_id)
    if passage is None or not suggestion.span.of(passage.text).strip() or suggestion.span.end > len(passage.text):
        raise UserError(f"The suggester “{name}” proposed words that are not in the transcript; update or remove it.")
    if not 0 <= suggestion.score <= 1:
        raise UserError(f"The suggester “{name}” gave a score that is not between 0 and 1; update or remove it.")
    return suggestion


def _undecided(found: Iterable[Suggestion], material: Material) -> Iterator[Suggestion]:
    """The best of those for the same place and code, where nothing was decided yet."""
    decided, seen = cache(material.decided), set()
    for suggestion in sorted(found, key=_place):
        key = suggestion.transcript_id, suggestion.span, suggestion.code_id
        settled = decided(suggestion.transcript_id, suggestion.code_id)
        if key not in seen and not any(suggestion.span.overlaps(span) for span in settled):
            seen.add(key)
            yield suggestion


def _place(suggestion: Suggestion) -> tuple[float, TranscriptId, int, int, str]:
    span = suggestion.span
    return -suggestion.score, suggestion.transcript_id, span.start, span.end, suggestion.code_id or ""
