"""Words in context, and which words and phrases many people use. Values in, values out: made for a worker.

A word is letters and digits with apostrophes and hyphens inside; *school's* is also a *school*. A phrase is words
that follow one another without the end of a sentence or of a paragraph between them. Both questions here mean the
same by it, so that the uses counted of a term are the places found of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import nlargest

from qualcode.core import spans
from qualcode.core.values import Passage, Role, Span, TranscriptId, Turn

LONGEST_PHRASE = 3
REACH = 120
"""Code points of context on either side of a place."""

ROOM = 1_000_000
"""How many different terms are counted at once before the rare ones are dropped."""

_WORD = r"\w+(?:['’\-]\w+)*"
_ASKED = re.compile(rf"\*?{_WORD}\*?|\*")
_TOKEN = re.compile(rf"{_WORD}|[.!?…\n]")
_START = r"(?<!\w)(?<!\w['’\-])"
_END = r"(?!\w)(?!['’\-]\w)"
_BETWEEN = r"(?!['’\-]\w)[^\w.!?…\n]+"
_LITERAL = re.compile(r"\w+")
_ENDS = frozenset(".!?…\n")


class Voices(StrEnum):
    """Whose speech is looked at."""

    PARTICIPANTS = "participants"
    INTERVIEWERS = "interviewers"
    EVERYBODY = "everybody"

    def holds(self, role: Role) -> bool:
        """A voice nobody gave a role yet counts as a participant's, as everywhere."""
        return self is Voices.EVERYBODY or (role is Role.INTERVIEWER) is (self is Voices.INTERVIEWERS)


@dataclass(frozen=True, slots=True)
class Speech:
    """A transcript with who is behind each of its speakers: a participant's id, or the speaker's own."""

    passage: Passage
    people: tuple[str, ...]

    def turns(self, voices: Voices) -> Iterator[tuple[str, Turn]]:
        """The turns of these voices, each with the person speaking."""
        wanted = [voices.holds(speaker.role) for speaker in self.passage.speakers]
        return ((self.people[t.speaker], t) for t in self.passage.turns if wanted[t.speaker])


# --- words in context --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where the words asked for are said, with what stands around it in the same turn."""

    transcript_id: TranscriptId
    span: Span
    person: str
    role: Role
    context: spans.Context


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: a word or a phrase, capitals and the shape of apostrophes left aside.

    ``wait*`` is any word that begins so, ``*ing`` any that ends so, ``*`` any word at all.
    """

    pattern: re.Pattern[str]
    literals: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    """Word by word, with its asterisks, what may stand for it."""

    @classmethod
    def of(cls, asked: str, alike: Callable[[str], Sequence[str]] = lambda word: (word,)) -> Query | None:
        """Understand what was typed; None when there is no word in it. ``alike`` gives what may stand for a word."""
        words = tuple(tuple(alike(word)) for word in _ASKED.findall(spans.normalise(asked)))
        if not any(_LITERAL.search(word) for choices in words for word in choices):
            return None
        certain = (choices[0] for choices in words if len(choices) == 1)
        literals = tuple(part.lower() for word in certain for part in _LITERAL.findall(word))
        pattern = _START + _BETWEEN.join(map(_pattern_of_any, words)) + _END
        return cls(re.compile(pattern, re.IGNORECASE), literals, words)


def places(speech: Speech, query: Query, voices: Voices = Voices.PARTICIPANTS) -> list[Hit]:
    """Where the words asked for are said in one transcript, from its start to its end."""
    text = speech.passage.text
    low = text.lower()
    if not all(literal in low for literal in query.literals):
        return []
    return hits(speech, (Span(*match.span()) for match in _matches(query.pattern, text)), voices)


def hits(speech: Speech, said: Iterable[Span], voices: Voices = Voices.PARTICIPANTS) -> list[Hit]:
    """These places with who says them and what stands around; those of other voices or of two turns left out."""
    passage = speech.passage
    starts = [turn.span.start for turn in passage.turns]
    found = []
    for span in said:
        number = bisect_right(starts, span.start) - 1
        turn = passage.turns[number]
        role = passage.speakers[turn.speaker].role
        if voices.holds(role) and span.end <= turn.span.end:
            around = spans.context(turn.span.of(passage.text), span.shifted(-turn.span.start), REACH)
            found.append(Hit(passage.transcript_id, span, speech.people[turn.speaker], role, around))
    return found


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """All matches, those that overlap too: *very very very* holds *very very* twice."""
    match = pattern.search(text)
    while match is not None:
        yield match
        match = pattern.search(text, match.start() + 1)


def _pattern_of_any(words: Sequence[str]) -> str:
    return _pattern_of(words[0]) if len(words) == 1 else f"(?:{'|'.join(map(_pattern_of, words))})"


def _pattern_of(word: str) -> str:
    if word == "*":
        return _WORD
    stem = word.strip("*").lower().replace("’", "'")
    pattern = re.escape(stem).replace("'", "['’]")
    if word.startswith("*"):
        pattern = rf"(?:\w+['’\-])*\w*{pattern}"
    if word.endswith("*"):
        return rf"{pattern}\w*(?:['’\-]\w+)*"
    return pattern if stem.endswith("'s") else rf"{pattern}(?:['’]s)*"


# --- frequent words and phrases ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase: how many people say it and how often; ``groups`` has the same pair for each group."""

    words: str
    people: int
    uses: int
    groups: tuple[tuple[int, int], ...]

    @property
    def length(self) -> int:
        """How many words it has."""
        return self.words.count(" ") + 1


@dataclass(frozen=True, slots=True)
class Frequencies:
    """The terms most people use, people first; ``people`` and ``groups`` are the bases they are counted over."""

    terms: tuple[Term, ...]
    people: int
    groups: tuple[int, ...]


_Spoken = list[tuple[str | None, str]]
"""What one person says: the group in which it counts, and the words of a turn."""


def frequent(
    speeches: Iterable[Speech],
    stop_words: frozenset[str],
    *,
    voices: Voices = Voices.PARTICIPANTS,
    groups: Sequence[str] = (),
    group_of: Callable[[TranscriptId, str], str | None] = lambda *_: None,
    most: int = 300,
    progress: Callable[[int, int], None] = lambda *_: None,
) -> Frequencies:
    """The words and phrases of up to three words that most people use; at most ``most`` of each length.

    Terms said once, numbers, and terms that begin or end with a stop word are left out. ``group_of`` says in which
    of ``groups`` what a person says in a transcript counts, or None. ``progress`` is told before each person how many
    of how many are done, and may stop the counting by raising.
    """
    said: dict[str, _Spoken] = defaultdict(list)
    for speech in speeches:
        transcript_id = speech.passage.transcript_id
        for person, turn in speech.turns(voices):
            said[person].append((group_of(transcript_id, person), turn.span.of(speech.passage.text)))
    voiced = list(said.values())
    chosen = _widespread(voiced, stop_words, most, lambda done: progress(done, 2 * len(voiced)))
    uses = _Uses(chosen, groups)
    for number, spoken in enumerate(voiced, len(voiced)):
        progress(number, 2 * len(voiced))
        uses.add(spoken, stop_words)
    return uses.ranked(most)


def _widespread(
    voiced: Sequence[_Spoken], stop_words: frozenset[str], most: int, progress: Callable[[int], None]
) -> set[str]:
    """The terms that can be among the ``most`` of their length by people.

    Beyond ``ROOM`` terms at once those of one person are dropped, which may hide ``dropped`` people of a term that
    comes back; so as many fewer are enough to stay in (lossy counting: Manku & Motwani, VLDB 2002). A term of no
    more people than that can be missed; it takes a thousand interviews to get there.
    """
    people: Counter[str] = Counter()
    room, dropped = ROOM, 0
    for number, spoken in enumerate(voiced):
        progress(number)
        people.update({words for _, text in spoken for words in _terms(text, stop_words)})
        if len(people) > room:
            people = Counter({words: count for words, count in people.items() if count > 1})
            room, dropped = max(ROOM, 2 * len(people)), dropped + 1
    counts: dict[int, list[int]] = defaultdict(list)
    for words, count in people.items():
        counts[words.count(" ")].append(count)
    least = {length: nlargest(most, found)[-1] - dropped for length, found in counts.items()}
    return {words for words, count in people.items() if count >= least[words.count(" ")]}


class _Uses:
    """For some terms: who says them and how often, by group and (under None) altogether."""

    def __init__(self, terms: set[str], groups: Sequence[str]) -> None:
        self._terms = terms
        self._groups = groups
        self._base: Counter[str | None] = Counter()
        self._people: dict[str | None, Counter[str]] = {name: Counter() for name in (None, *groups)}
        self._uses: dict[str | None, Counter[str]] = {name: Counter() for name in (None, *groups)}

    def add(self, spoken: _Spoken, stop_words: frozenset[str]) -> None:
        """Count all that one person says."""
        by_group: dict[str | None, list[str]] = {None: []}
        for group, text in spoken:
            terms = [words for words in _terms(text, stop_words) if words in self._terms]
            by_group[None] += terms
            if group in self._groups:
                by_group.setdefault(group, []).extend(terms)
        for name, terms in by_group.items():
            self._base[name] += 1
            self._people[name].update(set(terms))
            self._uses[name].update(terms)

    def ranked(self, most: int) -> Frequencies:
        people, uses = self._people[None], self._uses[None]
        by_length: dict[int, list[str]] = defaultdict(list)
        for words in sorted((w for w in uses if uses[w] > 1), key=lambda w: (-people[w], -uses[w], w)):
            by_length[words.count(" ")].append(words)
        chosen = sorted(
            (w for terms in by_length.values() for w in terms[:most]), key=lambda w: (-people[w], -uses[w], w)
        )
        terms = tuple(
            Term(w, people[w], uses[w], tuple((self._people[g][w], self._uses[g][w]) for g in self._groups))
            for w in chosen
        )
        return Frequencies(terms, self._base[None], tuple(self._base[g] for g in self._groups))


def _terms(text: str, stop_words: frozenset[str]) -> Iterator[str]:
    """The terms of one turn, as often as they are said."""
    words = [counted_as(token) for token in _TOKEN.findall(_lowered(text))]
    words += ["."] * (LONGEST_PHRASE - 1)
    counted = [word[0].isalpha() and word not in stop_words for word in words]
    for at in range(len(words) - LONGEST_PHRASE + 1):
        if not counted[at]:
            continue
        first, second, third = words[at : at + LONGEST_PHRASE]
        yield first
        if counted[at + 1]:
            yield f"{first} {second}"
        if counted[at + 2] and second not in _ENDS:
            yield f"{first} {second} {third}"


def different_words(text: str) -> set[str]:
    """The words of a text as they are counted, each once."""
    pieces = " ".join(set(_lowered(text).split()))
    return {counted_as(token) for token in set(_TOKEN.findall(pieces)) if token not in _ENDS}


def counted_as(word: str) -> str:
    """A word as it is counted: straight apostrophes, without a final *'s*."""
    word = word.replace("’", "'")
    while word.endswith("'s"):
        word = word[:-2]
    return word


def _lowered(text: str) -> str:
    """``text`` in small letters, none of which takes more room than its capital."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
