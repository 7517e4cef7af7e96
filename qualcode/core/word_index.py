"""Which transcripts can hold a word at all: an index kept beside their texts by SQLite itself (FTS5).

It says what need not be read, never what a place is: that is the concordance's rule alone
(:mod:`qualcode.core.concordance`). A transcript stands under every word it holds, folded so far that no difference that
rule overlooks can hide it, and under each as it is counted, which is what slips of typing are held against.

It follows from the texts and is no part of the schema: it is made where it is missing, brought up to date when the file
is opened, and kept true by temporary triggers, as the journal is. ``docs/search.md`` has the figures.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from qualcode.core.concordance import Query, counted_as, different_words
from qualcode.core.values import TranscriptId
from qualcode.errors import ProjectRefused

MODULE = "fts5"

RULE = f"1 {unicodedata.unidata_version}"
"""Another rule of what a word is, or another table of what a letter is, makes the index anew."""

MOST_CHOICES = 400
"""Where more words than this may stand for one, it narrows nothing down."""

_MAKE = (
    "CREATE TABLE IF NOT EXISTS word_index_row"
    " (number INTEGER PRIMARY KEY, transcript_id TEXT NOT NULL UNIQUE, length INTEGER NOT NULL, rule TEXT NOT NULL)",
    f"CREATE VIRTUAL TABLE IF NOT EXISTS word_index USING {MODULE}"
    " (words, content='', detail=none, columnsize=0, tokenize=\"ascii tokenchars '-_'''\")",
)
"""The rows have numbers of their own, for SQLite may give other row numbers to transcripts when it compacts a file.

The tokeniser takes letters, digits and these signs for parts of words, and whatever is not ASCII: as words are parted
here, with a space between any two.
"""

_ADD = (
    "INSERT INTO word_index_row (transcript_id, length, rule)"
    " SELECT NEW.id, NEW.length, words_rule() WHERE NEW.is_current",
    "INSERT INTO word_index (rowid, words)"
    " SELECT number, words_of(NEW.text) FROM word_index_row WHERE transcript_id = NEW.id",
)
_TAKE_OUT = (
    "INSERT INTO word_index (word_index, rowid, words)"
    " SELECT 'delete', number, words_of(OLD.text) FROM word_index_row WHERE transcript_id = OLD.id",
    "DELETE FROM word_index_row WHERE transcript_id = OLD.id",
)
_TRIGGERS = {
    "INSERT": _ADD,
    "DELETE": _TAKE_OUT,
    "UPDATE OF id, text, length, is_current": (*_TAKE_OUT, *_ADD),
}


def refuse_without() -> None:
    """Raise ProjectRefused where this Python's SQLite has no full-text index, which the usual ones have."""
    with closing(sqlite3.connect(":memory:")) as connection:
        if not connection.execute("SELECT 1 FROM pragma_module_list WHERE name = ?", (MODULE,)).fetchone():
            raise ProjectRefused(
                "The SQLite of this Python has no full-text index (FTS5), without which projects cannot be opened. "
                "Use the Python from python.org."
            )


def prepare(connection: sqlite3.Connection) -> None:
    """Teach a connection what the words of a text are."""
    connection.create_function("words_of", 1, _words_of, deterministic=True)
    connection.create_function("words_rule", 0, lambda: RULE, deterministic=True)


def is_behind(connection: Connection) -> bool:
    """Whether the index is missing, or not that of the texts there are: by their ids, lengths and the rule."""
    run = connection.exec_driver_sql
    if not _is_there(connection):
        return True
    differing = run(
        "SELECT EXISTS (SELECT 1 FROM transcript t LEFT JOIN word_index_row r ON r.transcript_id = t.id"
        " WHERE t.is_current AND (r.length IS NOT t.length OR r.rule IS NOT words_rule()))"
    ).scalar()
    surplus = run(
        "SELECT (SELECT count(*) FROM word_index_row) - (SELECT count(*) FROM transcript WHERE is_current)"
    ).scalar()
    return bool(differing or surplus)


def renew(connection: Connection) -> None:
    """Make the index from the texts; call within a transaction. Ten interviews of 8,000 words take some 80 ms."""
    run = connection.exec_driver_sql
    for statement in _MAKE:
        run(statement)
    run("INSERT INTO word_index (word_index) VALUES ('delete-all')")
    run("DELETE FROM word_index_row")
    run(
        "INSERT INTO word_index_row (transcript_id, length, rule)"
        " SELECT id, length, words_rule() FROM transcript WHERE is_current"
    )
    run(
        "INSERT INTO word_index (rowid, words)"
        " SELECT number, words_of(text) FROM word_index_row r JOIN transcript t ON t.id = r.transcript_id"
    )


def follow(connection: Connection) -> None:
    """Have the index follow every change of the texts from now on: by import, undo, cascade or correction."""
    run = connection.exec_driver_sql
    for number, (event, statements) in enumerate(_TRIGGERS.items()):
        body = "; ".join(statements)
        run(f"CREATE TEMP TRIGGER word_index_{number} AFTER {event} ON main.transcript BEGIN {body}; END")
    for table, kind in (("word_index_term", "row"), ("word_index_use", "instance")):
        run(f"CREATE VIRTUAL TABLE temp.{table} USING fts5vocab(main, word_index, {kind})")


def tidy(connection: Connection) -> None:
    """Leave nothing in the index of texts that are gone; SQLite keeps their words in it until it merges its parts."""
    if _is_there(connection):
        connection.exec_driver_sql("INSERT INTO word_index (word_index) VALUES ('optimize')")


def is_sound(connection: Connection) -> bool:
    """Whether every text stands under its words and nothing else does. All texts are read."""
    run = connection.exec_driver_sql
    if is_behind(connection):
        return False
    try:
        run("INSERT INTO word_index (word_index) VALUES ('integrity-check')")
    except DatabaseError:
        return False
    marks: dict[int, int] = defaultdict(int)
    for term, number in run("SELECT term, doc FROM temp.word_index_use"):
        marks[number] ^= hash(term)
    texts = run("SELECT number, text FROM word_index_row r JOIN transcript t ON t.id = r.transcript_id")
    for number, text in texts:
        for word in _words(text):
            marks[number] ^= hash(word)
    return not any(marks.values())


def _is_there(connection: Connection) -> bool:
    made = "SELECT count(*) FROM sqlite_master WHERE name IN ('word_index', 'word_index_row')"
    return bool(connection.exec_driver_sql(made).scalar() == len(_MAKE))


# --- asking ------------------------------------------------------------------------------------------------------


def holding(connection: Connection, queries: Iterable[Query]) -> frozenset[TranscriptId] | None:
    """The transcripts that can hold a place of any of the queries; None where the index cannot tell."""
    either = [_expression(query) for query in queries]
    if not either or None in either:
        return None
    found = connection.exec_driver_sql(
        "SELECT transcript_id FROM word_index i JOIN word_index_row r ON r.number = i.rowid WHERE word_index MATCH ?",
        (" OR ".join(f"({part})" for part in either),),
    )
    return frozenset(TranscriptId(key) for (key,) in found)


def vocabulary(connection: Connection) -> tuple[str, ...]:
    """Every word of every transcript as it is counted, in alphabetical order; folded ones stand among them."""
    return tuple(term for (term,) in connection.exec_driver_sql("SELECT term FROM temp.word_index_term"))


def folded(word: str) -> str:
    """What two words have in common that a query takes for the same: capitals, apostrophes and final *'s* aside."""
    return counted_as(word.casefold().replace("ı", "i").replace("\u0307", ""))


def _expression(query: Query) -> str | None:
    """All words of the query, each in one of its readings, in SQLite's language; None without one it can look up."""
    words = [" OR ".join(terms) for terms in map(_terms, query.words) if terms]
    return " AND ".join(f"({word})" for word in words) or None


def _terms(choices: Iterable[str]) -> list[str]:
    """What may stand for one word, quoted; empty where it cannot be looked up by how it begins."""
    choices = list(choices)
    if len(choices) > MOST_CHOICES or any(choice.startswith("*") for choice in choices):
        return []
    return [f'"{folded(choice.strip("*"))}"{" *" if choice.endswith("*") else ""}' for choice in choices]


def _words(text: str) -> Iterator[str]:
    counted = different_words(text)
    yield from counted | {folded(word) for word in counted}


def _words_of(text: str) -> str:
    return " ".join(_words(text))
