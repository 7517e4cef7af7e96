"""Speech cut into the units that are ranked: the sentences of participants' turns, each with the question before it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from sys import intern
from typing import TYPE_CHECKING

from qualcode.core.spans import trimmed
from qualcode.core.values import Passage, Role, Span
from qualcode.language import load_pipeline

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Sentence

_LONGEST = 60
_PIECE, _PIECE_AT_COMMA = 40, 25
_QUESTION_WORDS = 5
_QUESTIONS_BACK = 3
_ALPHANUMERIC = re.compile(r"[^\W_]")
_FILLERS = (
    "actually ah also anyway basically crosstalk eh er erm get go going got gonna guess hm hmm huh inaudible just "
    "kind kinda know like lot mean mhm mm obviously oh ok okay pause probably quite really right say said sort "
    "sorta stuff sure thing things think uh uhm um want way well yeah yep yes"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, or a piece of one that runs on, within one participant's turn.

    ``words`` and ``terms`` run in parallel: a word as spoken and the form by which it is compared. ``specifics``
    counts the names, dates and figures in it.
    """

    span: Span
    turn: int
    words: tuple[str, ...]
    terms: tuple[str, ...]
    specifics: int


@dataclass(frozen=True, slots=True)
class Question:
    """What the interviewer had asked when a turn began; empty where nothing was."""

    text: str
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """One transcript, read: its units in order, and the question standing before each turn that has units."""

    passage: Passage
    units: tuple[Unit, ...]
    questions: dict[int, Question]

    @cached_property
    def of_turn(self) -> dict[int, list[int]]:
        """The positions of each turn's units."""
        turns: dict[int, list[int]] = {}
        for position, unit in enumerate(self.units):
            turns.setdefault(unit.turn, []).append(position)
        return turns

    @cached_property
    def _starts(self) -> list[int]:
        return [unit.span.start for unit in self.units]

    def touched(self, span: Span) -> list[int]:
        """Positions of the units that share at least one code point with ``span``."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        last = bisect_left(self._starts, span.end)
        return [p for p in range(first, last) if self.units[p].span.overlaps(span)]

    def inside(self, span: Span) -> list[int]:
        """Positions of the units that share half of themselves, or half of ``span``, with it."""
        return [
            p
            for p in self.touched(span)
            if 2 * _shared(span, self.units[p].span) >= min(len(span), len(self.units[p].span))
        ]


class Reader:
    """Reads transcripts with a language pipeline, each only once as long as its text stays the same.

    ``nlp`` None: the pipeline of :func:`qualcode.language.load_pipeline`, loaded when the first text is read.
    """

    def __init__(self, nlp: Language | None = None) -> None:
        self._nlp = nlp
        self._read: dict[Passage, Reading] = {}

    @property
    def nlp(self) -> Language:
        if self._nlp is None:
            self._nlp = load_pipeline()
        return self._nlp

    def read(self, passage: Passage) -> Reading:
        if passage not in self._read:
            self._read[passage] = self._reading(passage)
        return self._read[passage]

    def forget_all_but(self, passages: tuple[Passage, ...]) -> None:
        """Let go of transcripts that are no longer in the project."""
        self._read = {p: self._read[p] for p in passages if p in self._read}

    def terms(self, text: str) -> tuple[str, ...]:
        """The terms of any text, such as a code's name."""
        return tuple(term for _, term in _words_and_terms(self.nlp(text)))

    @cached_property
    def stop_terms(self) -> frozenset[str]:
        """Terms of function words and of words of hesitation, which say nothing about what a passage is about."""
        from spacy.lang.en.stop_words import STOP_WORDS

        return frozenset(stem(word) for word in STOP_WORDS.union(_FILLERS.split()))

    def content(self, terms: tuple[str, ...]) -> list[str]:
        """Those of ``terms`` that carry meaning."""
        return [t for t in terms if len(t) > 2 and t not in self.stop_terms]

    def _reading(self, passage: Passage) -> Reading:
        lines = list(_lines(passage))
        units: list[Unit] = []
        for doc, (turn, start) in self.nlp.pipe(((text, (turn, start)) for turn, start, text in lines), as_tuples=True):
            units.extend(_units(doc, turn, start, passage.text))
        asked = _Asked(passage, self)
        questions = {turn: asked.before(turn) for turn in dict.fromkeys(unit.turn for unit in units)}
        return Reading(passage, tuple(units), questions)


def stem(word: str) -> str:
    """An English word without its inflection and the commonest endings; other words mostly as they are.

    A light stemmer: the S-stemmer of Harman (1991, How effective is suffixing?) and then one further ending.
    """
    word = word.lower()
    if len(word) < 4:
        return word
    for ending, instead in (("sses", "ss"), ("ies", "y"), ("ss", "ss"), ("s", "")):
        if word.endswith(ending):
            word = word[: -len(ending)] + instead
            break
    for ending in ("ingly", "edly", "ing", "ed", "ly", "ment", "ness", "ation", "ions", "ion"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    if len(word) > 4 and word.endswith("e"):
        word = word[:-1]
    if word.endswith("y"):
        word = word[:-1] + "i"
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word


def _lines(passage: Passage) -> Iterator[tuple[int, int, str]]:
    """Turn, first code point and text of each paragraph of the speech."""
    for number, turn in enumerate(passage.turns):
        if passage.speakers[turn.speaker].role is Role.INTERVIEWER:
            continue
        start = turn.span.start
        for line in turn.span.of(passage.text).split("\n"):
            if line.strip():
                yield number, start, line
            start += len(line) + 1


def _units(doc: Doc, turn: int, start: int, text: str) -> Iterator[Unit]:
    named = {token.i for entity in doc.ents for token in entity} if doc.has_annotation("ENT_IOB") else None
    for sentence in doc.sents:
        for piece in _pieces(sentence):
            pairs = list(_words_and_terms(piece))
            if not pairs:
                continue
            last = piece[-1]
            yield Unit(
                span=trimmed(text, Span(start + piece[0].idx, start + last.idx + len(last))),
                turn=turn,
                words=tuple(word for word, _ in pairs),
                terms=tuple(term for _, term in pairs),
                specifics=sum(_is_specific(token, named) for token in piece),
            )


def _pieces(sentence: Sentence) -> Iterator[list[Token]]:
    """The sentence, or pieces of one that has no end, as machine transcripts without full stops have."""
    tokens = list(sentence)
    if len(tokens) <= _LONGEST:
        yield tokens
        return
    piece: list[Token] = []
    for token in tokens:
        piece.append(token)
        if token.whitespace_ and (len(piece) >= _PIECE or (len(piece) >= _PIECE_AT_COMMA and token.text in ",;:")):
            yield piece
            piece = []
    if piece:
        yield piece


def _is_specific(token: Token, named: set[int] | None) -> bool:
    """Part of a name, date or figure: by the pipeline's entities, else a number or a capital within a sentence."""
    if token.like_num:
        return True
    if named is not None:
        return token.i in named
    return bool(token.is_title and not token.is_sent_start and len(token) > 1)


def _words_and_terms(tokens: Doc | list[Token]) -> Iterator[tuple[str, str]]:
    for token in tokens:
        norm = token.norm_
        if _ALPHANUMERIC.search(norm) and not norm.startswith("'"):
            yield intern(token.text), intern(stem(token.lemma_ or norm))


def _shared(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


class _Asked:
    """The question standing before each turn: the interviewer's last words, and further back while they say little.

    "Okay. Go on." asks what was asked before it.
    """

    def __init__(self, passage: Passage, reader: Reader) -> None:
        self._reader = reader
        self._runs: list[str] = []
        self._before: dict[int, int] = {}
        self._known: dict[int, Question] = {}
        asking = False
        for number, turn in enumerate(passage.turns):
            words = turn.span.of(passage.text)
            if passage.speakers[turn.speaker].role is not Role.INTERVIEWER:
                asking = False
            elif asking:
                self._runs[-1] += "\n" + words
            else:
                asking = True
                self._runs.append(words)
            self._before[number] = len(self._runs)

    def before(self, turn: int) -> Question:
        run = self._before[turn]
        if run not in self._known:
            self._known[run] = self._question(run)
        return self._known[run]

    def _question(self, run: int) -> Question:
        text: str = ""
        terms: tuple[str, ...] = ()
        for words in reversed(self._runs[max(0, run - _QUESTIONS_BACK) : run]):
            text = f"{words}\n{text}".strip()
            terms = self._reader.terms(words) + terms
            if len(self._reader.content(terms)) >= _QUESTION_WORDS:
                break
        return Question(text, terms)
