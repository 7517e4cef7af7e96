"""Searching the words of all transcripts: as they are, nearly so, or by a regular expression. For a worker.

What words and phrases are is the concordance's rule (:mod:`qualcode.core.concordance`): a phrase does not reach over
the end of a sentence, ``wait*`` is a beginning, ``*ing`` an ending, ``*`` any word. ``list | queue`` is either.

There is no index: looking through the texts themselves keeps that one rule, has nothing to keep up to date and adds
nothing to the project file (``docs/search.md`` has the figures).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from rapidfuzz import process
from rapidfuzz.distance import OSA

from qualcode.core import expressions
from qualcode.core.concordance import Hit, Query, Speech, different_words, hits, places
from qualcode.core.scope import Scope, Within
from qualcode.core.values import Span


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


@dataclass(frozen=True, slots=True)
class Found:
    """The hits in one transcript, from its start to its end; ``heard`` is who was looked at there, hit or not."""

    speech: Speech
    hits: tuple[Hit, ...]
    heard: frozenset[str]


class Vocabulary:
    """Every word of some transcripts, read once and kept until other texts are asked about."""

    def __init__(self) -> None:
        self._texts: tuple[str, ...] = ()
        self._words: list[str] = []

    def read(self, speeches: Sequence[Speech], go_on: Callable[[], object] = lambda: None) -> None:
        """Know the words of these transcripts. ``go_on`` may stop the reading by raising."""
        texts = tuple(speech.passage.text for speech in speeches)
        if texts == self._texts:
            return
        words: set[str] = set()
        for text in texts:
            go_on()
            words |= different_words(text)
        self._texts, self._words = texts, sorted(words)

    def near(self, word: str) -> list[str]:
        """The words there are that are nearly ``word``, itself first; a beginning or an ending stands for itself.

        Nearly: one slip in words of four to seven letters, two in longer ones, none in shorter ones. A slip is a
        letter too many, too few, other, or changed with its neighbour (optimal string alignment).
        """
        slips = 0 if "*" in word or len(word) < 4 else 1 if len(word) < 8 else 2
        if not slips:
            return [word]
        low = word.lower().replace("’", "'")
        near = process.extract(low, self._words, scorer=OSA.distance, score_cutoff=slips, limit=None)
        return list(dict.fromkeys([low, *(found for found, _, _ in near)]))


def find(
    speeches: Sequence[Speech],
    asked: WordSearch,
    within: Within,
    vocabulary: Vocabulary | None = None,
    go_on: Callable[[], object] = lambda: None,
) -> Iterator[Found]:
    """Each transcript in turn with what was found in it, those with nothing too.

    ``vocabulary`` is kept by who asks more than once. ``go_on`` is asked all the time and stops the search by raising.
    Raises UserError for a regular expression that is faulty or takes too long.
    """
    for speech, said in zip(speeches, _hits(speeches, asked, within, vocabulary or Vocabulary(), go_on), strict=True):
        kept = (
            hit for hit in said if within.hears(hit.person, hit.role) and within.covers(hit.transcript_id, hit.span)
        )
        yield Found(speech, tuple(kept), within.heard(speech))


def _hits(
    speeches: Sequence[Speech],
    asked: WordSearch,
    within: Within,
    vocabulary: Vocabulary,
    go_on: Callable[[], object],
) -> Iterator[Sequence[Hit]]:
    if asked.manner is Manner.EXPRESSION:
        texts = ((speech.passage.text, _turns(speech, within)) for speech in speeches)
        spans_found = expressions.matches(asked.words, texts, go_on)
        for speech, said in zip(speeches, spans_found, strict=False):
            yield hits(speech, said, within.voices)
        return
    if asked.manner is Manner.ALIKE:
        vocabulary.read(speeches, go_on)
    queries = _queries(asked, vocabulary)
    for speech in speeches:
        go_on()
        either = {hit.span: hit for query in queries for hit in places(speech, query, within.voices)}
        yield [either[span] for span in sorted(either)]


def _queries(asked: WordSearch, vocabulary: Vocabulary) -> list[Query]:
    parts = _alternatives(asked.words)
    if asked.manner is Manner.ALIKE:
        understood: Iterable[Query | None] = (Query.of(part, vocabulary.near) for part in parts)
    else:
        understood = (Query.of(part) for part in parts)
    return [query for query in understood if query is not None]


def _alternatives(words: str) -> list[str]:
    return words.split("|")


def _turns(speech: Speech, within: Within) -> list[Span]:
    return [turn.span for _, turn in speech.turns(within.voices)]
