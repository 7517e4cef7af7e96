"""Searching the words of all transcripts: as they are, nearly so, or by a regular expression.

What words and phrases are is the concordance's rule (:mod:`qualcode.core.concordance`): a phrase does not reach over
the end of a sentence, ``wait*`` is a beginning, ``*ing`` an ending, ``*`` any word. ``list | queue`` is either.

Only transcripts that hold the words somewhere are read at all, as the index of words has it
(:mod:`qualcode.core.word_index`); what a place is, is found out in their texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import tee
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from qualcode.core import expressions
from qualcode.core.concordance import Hit, Query, Speech, hits, places
from qualcode.core.scope import Scope, Within, resolved
from qualcode.core.values import Span, TranscriptId

if TYPE_CHECKING:
    from qualcode.core.project import Project


class Manner(StrEnum):
    """How what was typed is meant."""

    WORDS = "words"
    ALIKE = "alike"
    EXPRESSION = "expression"


@dataclass(frozen=True, slots=True)
class WordSearch:
    """A search for words, as it was asked and can be kept."""

    words: str
    manner: Manner = Manner.WORDS
    scope: Scope = field(default_factory=Scope)

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        if self.manner is Manner.EXPRESSION:
            return bool(self.words.strip())
        return any(Query.of(part) for part in _alternatives(self.words))


@dataclass(frozen=True)
class Asked:
    """A search for words against a project as it stands, as values for a worker.

    ``to_read`` are the transcripts that can hold a place, in the order of the interviews; ``heard`` is who is looked
    at in all of them, found or not: the base of a count.
    """

    search: WordSearch
    within: Within
    queries: tuple[Query, ...]
    to_read: tuple[TranscriptId, ...]
    heard: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """The hits in one transcript, from its start to its end."""

    speech: Speech
    hits: tuple[Hit, ...]


def understood(project: Project, asked: WordSearch) -> Asked:
    """The search as the project stands. What it names and is gone finds nothing."""
    within = resolved(project, asked.scope)
    alike = asked.manner is Manner.ALIKE
    queries = queries_of(asked, project.readings.vocabulary() if alike else ())
    holding = None if asked.manner is Manner.EXPRESSION else project.readings.holding(queries)
    to_read = (
        transcript_id
        for transcript_id in within.transcripts
        if (holding is None or transcript_id in holding) and within.covers_some_of(transcript_id)
    )
    return Asked(asked, within, queries, tuple(to_read), within.heard(project.readings.voices()))


def find(speeches: Iterable[Speech], asked: Asked, go_on: Callable[[], object] = lambda: None) -> Iterator[Found]:
    """Each transcript in turn with what was found in it, those with nothing too; one is taken when its turn has come.

    ``go_on`` is asked all the time and stops the search by raising. Raises UserError for a regular expression that is
    faulty or takes too long.
    """
    within = asked.within
    for speech, said in _hits(speeches, asked, go_on):
        kept = (
            hit for hit in said if within.hears(hit.person, hit.role) and within.covers(hit.transcript_id, hit.span)
        )
        yield Found(speech, tuple(kept))


def queries_of(asked: WordSearch, words: Sequence[str]) -> tuple[Query, ...]:
    """What is looked for, any of it; none for a regular expression. ``words`` are those that may be nearly alike."""
    if asked.manner is Manner.EXPRESSION:
        return ()
    parts = _alternatives(asked.words)
    if asked.manner is Manner.ALIKE:
        found = [Query.of(part, lambda word: near(word, words)) for part in parts]
    else:
        found = [Query.of(part) for part in parts]
    return tuple(query for query in found if query is not None)


def near(word: str, words: Sequence[str]) -> list[str]:
    """Those of ``words`` that are nearly ``word``, itself first; a beginning or an ending stands for itself.

    Nearly: one slip in words of four to seven letters, two in longer ones, none in shorter ones. A slip is a letter
    too many, too few, other, or changed with its neighbour (optimal string alignment).
    """
    slips = 0 if "*" in word or len(word) < 4 else 1 if len(word) < 8 else 2
    if not slips:
        return [word]
    low = word.lower().replace("’", "'")
    found = process.extract(low, words, scorer=OSA.distance, score_cutoff=slips, limit=None)
    return list(dict.fromkeys([low, *(alike for alike, _, _ in found)]))


def _hits(
    speeches: Iterable[Speech], asked: Asked, go_on: Callable[[], object]
) -> Iterator[tuple[Speech, Sequence[Hit]]]:
    voices = asked.within.voices
    if asked.search.manner is Manner.EXPRESSION:
        speeches, again = tee(speeches)
        texts = ((speech.passage.text, _turns(speech, asked.within)) for speech in again)
        for speech, said in zip(speeches, expressions.matches(asked.search.words, texts, go_on), strict=False):
            yield speech, hits(speech, said, voices)
        return
    for speech in speeches:
        go_on()
        either = {hit.span: hit for query in asked.queries for hit in places(speech, query, voices)}
        yield speech, [either[span] for span in sorted(either)]


def _alternatives(words: str) -> list[str]:
    return words.split("|")


def _turns(speech: Speech, within: Within) -> list[Span]:
    return [turn.span for _, turn in speech.turns(within.voices)]
