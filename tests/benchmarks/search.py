"""``python -m tests.benchmarks.search``: how long searching takes, over 100 interviews of 8,000 words and 120 segments.

Beside it stands SQLite's full-text index over the same texts, the other way it could be done.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence

from qualcode.core import retrieval, search
from qualcode.core.concordance import Speech
from qualcode.core.retrieval import Asked, Condition, Relation
from qualcode.core.rows import SegmentRow
from qualcode.core.scope import Within
from qualcode.core.search import Manner, Vocabulary, WordSearch
from qualcode.core.values import CodeId, CoderId, Passage, SegmentId, TranscriptId
from tests.benchmarks.interviews import interview, passages

INTERVIEWS = 100
WORDS = (
    ("a phrase", WordSearch("the letter and")),
    ("a beginning", WordSearch("wait*")),
    ("what nobody says", WordSearch("helicopter")),
    ("nearly a word, the first time", WordSearch("lsitened", Manner.ALIKE)),
    ("nearly a phrase, once the words are known", WordSearch("the leter", Manner.ALIKE)),
    ("a regular expression", WordSearch(r"\bn\w+ r\w+g\b", Manner.EXPRESSION)),
)


def main() -> None:
    read = [interview(number) for number in range(INTERVIEWS)]
    speeches = [
        Speech(Passage(TranscriptId(str(number)), each.text, each.turns, each.speakers), ("i", f"p{number}"))
        for number, each in enumerate(read)
    ]
    within = Within(tuple(speech.passage.transcript_id for speech in speeches))
    vocabulary = Vocabulary()
    print(f"{'milliseconds':<44}{'first':>10}{'all':>10}{'found':>10}")
    for label, asked in WORDS:
        found = search.find(speeches, asked, within, vocabulary)
        _say(label, (len(each.hits) for each in found))
    segments = {TranscriptId(str(n)): _segments(n, speeches[n]) for n in range(INTERVIEWS)}
    near = Asked(frozenset({CodeId("1")}), ((Condition(Relation.NEAR), frozenset({CodeId("2")})),), within)
    every = Asked(None, ((Condition(Relation.OVERLAPPING), None),), within)
    for label, question in (("a code near another", near), ("any code overlapping any other", every)):
        _say(label, (len(each.matches) for each in retrieval.retrieve(speeches, segments, question)))
    _beside([speech.passage.text for speech in speeches])


def _say(label: str, counts: Iterator[int]) -> None:
    began = time.perf_counter()
    first, total = 0.0, 0
    for count in counts:
        total += count
        first = first or (time.perf_counter() - began if count else 0.0)
    print(f"{label:<44}{first * 1000:>10.0f}{(time.perf_counter() - began) * 1000:>10.0f}{total:>10,}")


def _segments(number: int, speech: Speech) -> list[SegmentRow]:
    text = speech.passage.text
    return [
        SegmentRow(
            SegmentId(f"{number}-{n}"),
            speech.passage.transcript_id,
            CodeId(str(code)),
            CoderId("ada"),
            span,
            span.of(text),
            "",
            0,
            dt.datetime.now(dt.UTC),
        )
        for n, (code, span) in enumerate(passages(number, interview(number)))
    ]


def _beside(texts: Sequence[str]) -> None:
    """An index in memory with one row a transcript; ``highlight`` is how it tells the places."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE said USING fts5(text)")
    _timed(
        "SQLite: making the index",
        lambda: connection.executemany("INSERT INTO said VALUES (?)", zip(texts, strict=True)),
    )
    question = "SELECT highlight(said, 0, '<', '>') FROM said WHERE said MATCH ?"
    for label, words in (("SQLite: a phrase", '"the letter and"'), ("SQLite: a beginning", "wait*")):
        _timed(label, lambda words=words: connection.execute(question, (words,)).fetchall())


def _timed(label: str, act: Callable[[], object]) -> None:
    began = time.perf_counter()
    act()
    print(f"{label:<44}{'':>10}{(time.perf_counter() - began) * 1000:>10.0f}")


if __name__ == "__main__":
    main()
