"""The register of identifiers as values: what was decided, for the whole project, built by whoever keeps it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from qualcode.anonymise.kinds import Kind, Treatment
from qualcode.core.values import IdentifierId, Span, TranscriptId


@dataclass(frozen=True, slots=True)
class Identifier:
    """Something that could name a person, and what stands in its place everywhere.

    ``text`` is the fullest form known, ``forms`` others that mean the same (names of the same person, abbreviations).
    ``replacement`` is the words put in: a pseudonym without brackets, or a description with them; empty where the
    words shall simply go. ``close`` also finds misspellings, nicknames and parts of the name.
    """

    id: IdentifierId
    kind: Kind
    text: str
    replacement: str
    treatment: Treatment
    forms: tuple[str, ...] = ()
    close: bool = True


@dataclass(frozen=True, slots=True)
class NotHere:
    """A place that is no identifier, although it looks like one."""

    transcript_id: TranscriptId
    span: Span


@dataclass(frozen=True, slots=True)
class Here:
    """A place that is the identifier, whatever its words: *my boss* for one certain person."""

    transcript_id: TranscriptId
    span: Span
    identifier_id: IdentifierId


@dataclass(frozen=True)
class Register:
    """All identifiers of a project, the decisions on single places, and the strings found harmless (as offered)."""

    identifiers: tuple[Identifier, ...]
    not_here: tuple[NotHere, ...] = ()
    harmless: frozenset[str] = frozenset()
    small_words: Mapping[str, int] = field(default_factory=dict)
    """How often the project writes a word in lower case (:func:`small_words`): the guard of *will* against *Will*."""
    here: tuple[Here, ...] = ()

    @property
    def places(self) -> tuple[NotHere | Here, ...]:
        """The decisions on single places."""
        return (*self.not_here, *self.here)

    def decided(self, transcript_id: TranscriptId) -> tuple[NotHere | Here, ...]:
        """Those on places of one transcript."""
        return tuple(place for place in self.places if place.transcript_id == transcript_id)


def small_words(texts: Iterable[str]) -> dict[str, int]:
    """How often each word stands in lower case in those of ``texts`` that have capitals, words folded."""
    from qualcode.anonymise.casing import lacks_capitals
    from qualcode.anonymise.tokens import folded_word, tally

    counts: Counter[str] = Counter()
    for text in texts:
        if not lacks_capitals(text):
            counts.update(tally(text))
    folded: Counter[str] = Counter()
    for word, count in counts.items():
        if word.islower():
            folded[folded_word(word)] += count
    return dict(folded)
