"""``python -m tests.benchmarks.search``: how long searching takes, and how much of it the index of words spares.

Interviews of 8,000 words are made up with as many different words as people use, the commonest as much commoner than
the rare ones as in speech (Zipf). Each search is done twice: what the index leaves is read and looked through, and all
is. Both read from the file, as a search in the window does that is the first. Between the two only reading differs.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from random import Random

from qualcode.core import retrieval, search, store, word_index
from qualcode.core.coding import NewSegment
from qualcode.core.concordance import Speech
from qualcode.core.project import Project
from qualcode.core.retrieval import Condition, Relation, SegmentSearch
from qualcode.core.scope import Topic
from qualcode.core.search import Manner, WordSearch
from qualcode.core.transcripts import Placement
from qualcode.core.values import CodeId, Role, Span, Speaker, Transcript, TranscriptId, Turn
from tests.benchmarks.interviews import WORDS_AN_INTERVIEW, passages

INTERVIEWS, DIFFERENT, CODES = 100, 30_000, 60
SLICE = 10
"""Transcripts read at a time, as in the window."""

_SPEAKERS = (Speaker("Interviewer", Role.INTERVIEWER), Speaker("Participant", Role.PARTICIPANT))


@dataclass(frozen=True)
class Tongue:
    """Invented words, the commonest first, and how often each is said, summed up."""

    words: Sequence[str]
    said: Sequence[float]

    @classmethod
    def made_up(cls) -> Tongue:
        random, words = Random(0), dict[str, None]()
        while len(words) < DIFFERENT:
            syllables = 1 + len(words).bit_length() // 5
            words["".join(random.choice("bdfgklmnprstvw") + random.choice("aeiou") for _ in range(syllables))] = None
        return cls(list(words), list(accumulate(1 / (rank + 3) for rank in range(DIFFERENT))))

    def interview(self, number: int) -> Transcript:
        random, parts, turns, at = Random(number), list[str](), list[Turn](), 0
        for turn in range(WORDS_AN_INTERVIEW // 50):
            spoken = random.choices(self.words, cum_weights=self.said, k=85 if turn % 2 else 15)
            parts.append(" ".join(spoken) + (".", "?")[turn % 2 == 0])
            turns.append(Turn(turn % 2, Span(at, at + len(parts[-1]))))
            at += len(parts[-1]) + 1
        return Transcript("\n".join(parts), tuple(turns), _SPEAKERS, f"{number}.txt", f"digest of {number}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.search", description=__doc__)
    parser.add_argument("--interviews", type=int, default=INTERVIEWS, metavar="N")
    count = parser.parse_args().interviews
    tongue = Tongue.made_up()
    with (
        tempfile.TemporaryDirectory() as folder,
        Project.create(Path(folder) / "study.qualcode", coder="Ada") as project,
    ):
        _fill(project, tongue, count)
        _say_index(project)
        print(f"{'milliseconds':<38}{'first':>8}{'all':>8}{'of all: first':>15}{'all':>8}{'read':>8}{'found':>9}")
        for label, asked in _searches(tongue.words):
            _say(project, label, asked)
        _say_segments(project)


def _fill(project: Project, tongue: Tongue, count: int) -> None:
    codes = [project.codebook.add(f"Code {number}") for number in range(CODES)]
    landed = []
    for number in range(count):
        person, made = project.people.add(), tongue.interview(number)
        began = time.perf_counter()
        project.transcripts.add(made, Placement(f"Interview {number}", people={"Participant": person}))
        landed.append(_since(began))
        transcript_id = project.transcripts.interviews()[-1].transcript_id
        project.coding.apply_many(NewSegment(transcript_id, span, codes[code]) for code, span in passages(number, made))
    landed.sort()
    print(f"landing one interview: {landed[len(landed) // 2]:.1f} ms, the slowest {landed[-1]:.1f} ms")


def _say_index(project: Project) -> None:
    connection = project._store.connection
    size = connection.exec_driver_sql("SELECT sum(length(block)) FROM word_index_data").scalar_one()
    began = time.perf_counter()
    with store.writing(connection):
        word_index.renew(connection)
    made = _since(began)
    texts = connection.exec_driver_sql("SELECT sum(length(CAST(text AS BLOB))) FROM transcript").scalar_one()
    began = time.perf_counter()
    words = len(word_index.vocabulary(connection))
    read = _since(began)
    print(f"the index: {size / 1e6:.2f} MB beside {texts / 1e6:.1f} MB of text; made anew in {made:.0f} ms;", end=" ")
    print(f"its {words:,} words are read in {read:.0f} ms\n")


def _searches(words: Sequence[str]) -> Iterator[tuple[str, WordSearch]]:
    rare, seldom = words[-1], words[3_000]
    yield "what nobody says", WordSearch("zzz")
    yield "a rare word", WordSearch(rare)
    yield "a word a tenth of them say", WordSearch(seldom)
    yield "two seldom words in a row", WordSearch(f"{words[400]} {words[500]}")
    yield "two common words in a row", WordSearch(f"{words[3]} {words[5]}")
    yield "a beginning", WordSearch(f"{seldom[:5]}*")
    yield "an ending", WordSearch(f"*{seldom[-5:]}")
    yield "nearly a word", WordSearch(seldom[:2] + seldom[3:], Manner.ALIKE)
    yield "a regular expression", WordSearch(rf"\b{seldom[:4]}\w+o\b", Manner.EXPRESSION)


def _say(project: Project, label: str, asked: WordSearch) -> None:
    narrow = _timed(lambda: _find(project, search.understood(project, asked)))
    everywhere = tuple(i.transcript_id for i in project.transcripts.interviews())
    wide = _timed(lambda: _find(project, replace(search.understood(project, asked), to_read=everywhere)))
    assert narrow[2] == wide[2]
    read = len(search.understood(project, asked).to_read)
    print(f"{label:<38}{narrow[0]:>8.0f}{narrow[1]:>8.0f}{wide[0]:>15.0f}{wide[1]:>8.0f}{read:>8,}{narrow[2]:>9,}")


def _find(project: Project, asked: search.Asked) -> Iterator[int]:
    return (len(each.hits) for each in search.find(_read(project, asked.to_read), asked))


def _say_segments(project: Project) -> None:
    codes = [CodeId(code.id) for code in project.codebook.all()]
    one, two = (Topic(frozenset({code_id})) for code_id in codes[:2])
    for label, asked in (
        ("a code near another", SegmentSearch(one, (Condition(Relation.NEAR, two),))),
        ("any code overlapping any other", SegmentSearch(Topic(), (Condition(Relation.OVERLAPPING),))),
    ):
        first, every, found = _timed(lambda asked=asked: _retrieve(project, asked))  # type: ignore[misc]
        print(f"{label:<38}{first:>8.0f}{every:>8.0f}{'':>31}{found:>9,}")


def _retrieve(project: Project, asked: SegmentSearch) -> Iterator[int]:
    meant = retrieval.understood(project, asked)
    segments = {t: project.coding.of_transcript(t) for t in meant.to_read}
    speeches = _read(project, meant.to_read)
    return (len(each.matches) for each in retrieval.retrieve(speeches, segments, meant))


def _read(project: Project, transcript_ids: Sequence[TranscriptId]) -> Iterator[Speech]:
    for at in range(0, len(transcript_ids), SLICE):
        yield from project.readings.speech(transcript_ids[at : at + SLICE])


def _timed(look: Callable[[], Iterator[int]]) -> tuple[float, float, int]:
    """Milliseconds to the first place found, to the last, and how many there are."""
    began = time.perf_counter()
    first, total = 0.0, 0
    for count in look():
        total += count
        first = first or (_since(began) if count else 0.0)
    return first, _since(began), total


def _since(began: float) -> float:
    return (time.perf_counter() - began) * 1_000


if __name__ == "__main__":
    main()
