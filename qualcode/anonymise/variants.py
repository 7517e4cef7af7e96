"""The forms in which an identifier may be met, short of misspellings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from qualcode.anonymise import lists, patterns
from qualcode.anonymise.guess import TITLES
from qualcode.anonymise.kinds import Kind
from qualcode.anonymise.lists import bag
from qualcode.anonymise.patterns.numerals import MONTHS
from qualcode.anonymise.register import Identifier
from qualcode.anonymise.tokens import Tokens, folded_word


class Part(StrEnum):
    """Which part of a person's name a form is; anything but a person is whole."""

    WHOLE = "whole"
    GIVEN = "given"
    FAMILY = "family"


@dataclass(frozen=True, slots=True)
class Form:
    """One way to say an identifier: its folded words.

    ``rank`` prefers what was decided (0) to parts (1), abbreviations and nicknames (2). ``close``: its words may be
    misspelt. ``upper``: only in capital letters. ``literal``: in any case, however ordinary the words.
    """

    words: tuple[str, ...]
    part: Part = Part.WHOLE
    rank: int = 0
    close: bool = True
    upper: bool = False
    literal: bool = False


_SMALL = bag("of the and for in de la le van von der den du da di el al bin")
_LITERAL = frozenset({Kind.JOB, Kind.RELATION, Kind.OTHER, Kind.AGE, Kind.DATE, Kind.ADDRESS})
_LAST_WORDS = bag(
    "school primary infant junior high secondary grammar nursery academy college centre practice surgery hospital "
    "clinic ltd limited plc trust charity"
)


def forms(identifier: Identifier) -> tuple[Form, ...]:
    """Every form of ``identifier``, the most certain first, none twice.

    An age has none: *nine* is met where somebody is nine, which is for the patterns to see, and not in *nine buses*.
    """
    found: dict[tuple[tuple[str, ...], bool], Form] = {}
    for text in (identifier.text, *identifier.forms):
        for form in _forms_of(identifier, text):
            if form.words and all(form.words):
                known = found.setdefault((form.words, form.upper), form)
                if form.rank < known.rank:
                    found[form.words, form.upper] = form
    return tuple(sorted(found.values(), key=lambda f: f.rank))


def _forms_of(identifier: Identifier, text: str) -> Iterator[Form]:
    said = words_of(text)
    if identifier.kind is Kind.AGE and patterns.key_of(Kind.AGE, text):
        return
    if identifier.kind in _LITERAL:
        surely = identifier.kind in {Kind.RELATION, Kind.JOB}
        yield Form(said, close=False, literal=len(said) > 1 or surely or only_words(identifier.kind, text))
    elif identifier.kind is Kind.PERSON:
        plain = only_words(identifier.kind, text)
        yield from [Form(said, close=False, literal=True)] if plain else _person(text, identifier.close)
    else:
        plain = only_words(identifier.kind, text)
        yield Form(said, close=identifier.close, literal=plain)
        for form in _organisation(identifier.kind, said) if identifier.close else ():
            yield replace(form, literal=plain and len(form.words) > 1)


def only_words(kind: Kind, text: str) -> bool:
    """Whether ``text`` was written as words and not as a name: *the packhouse*, *the captain*.

    Somebody decided that these words tell, so that they are met however they are written. What may be a name as well
    (*reading*, or *hope* of a transcript without capitals) is not taken so.
    """
    said = words_of(text)
    if not text.islower():
        return False
    if kind is Kind.PERSON:
        ordinary = all(map(lists.ordinary, said))
        return ordinary and any(lists.person_name(w) is None and w not in TITLES for w in said)
    return len(said) > 1 or (lists.place(text) is None and lists.person_name(text) is None)


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of ``text``; *St* and *Saint* are one."""
    return tuple("st" if w == "saint" else w for w in map(folded_word, Tokens(text).words))


# --- people --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PersonParts:
    """A person's name taken apart; ``given`` or ``family`` is empty where the name has only the other."""

    title: str
    given: str
    family: str


def person_parts(text: str) -> PersonParts:
    """The title, given name and surname of ``text``; one word is a given name unless a title or the lists say no."""
    parts = text.split()
    title = ""
    while len(parts) > 1 and folded_word(parts[0]).rstrip(".") in TITLES:
        title = f"{title} {parts.pop(0)}".strip()
    if len(parts) == 1:
        known = lists.person_name(parts[0])
        family = bool(title) or (known is not None and known.family and not known.given)
        return PersonParts(title, "" if family else parts[0], parts[0] if family else "")
    at = len(parts) - 1
    while at > 1 and parts[at - 1].lower() in _SMALL:
        at -= 1
    return PersonParts(title, parts[0], " ".join(parts[at:]))


def _person(text: str, close: bool) -> Iterator[Form]:
    parts = person_parts(text)
    bare = re.sub(rf"^{re.escape(parts.title)}\s+", "", text) if parts.title else text
    part = Part.WHOLE if parts.given and parts.family else Part.GIVEN if parts.given else Part.FAMILY
    yield Form(words_of(bare), part, close=close)
    if not close:
        return
    given, family = words_of(parts.given), words_of(parts.family)
    if given and family:
        yield from _whole_names(given, family)
        if len(family) == 2 and "-" in parts.family:
            yield from (Form((half,), Part.FAMILY, 2) for half in family)
    for other in sorted(familiar_forms(given[0]) if given else ()):
        if other not in MONTHS:
            yield Form((other,), Part.GIVEN, 2, close=False)
    yield from (Form(words, Part.GIVEN, 2) for words in _run_together(given))
    yield from (Form(words, Part.FAMILY, 2) for words in _run_together(family))


def _whole_names(given: tuple[str, ...], family: tuple[str, ...]) -> Iterator[Form]:
    yield Form(given, Part.GIVEN, 1)
    yield Form(family, Part.FAMILY, 1)
    yield Form((*given, *family), Part.WHOLE, 1)
    yield Form((given[0][:1], *family), Part.WHOLE, 2, close=False)
    yield Form(("".join((*given, *family)),), Part.WHOLE, 2, close=False)
    familiar = familiar_forms(given[0])
    cousins = familiar.union(*(familiar_forms(name) for name in familiar))
    for first in (given, *_run_together(given), *((name,) for name in sorted(cousins))):
        for last in (family, *_run_together(family)):
            yield Form((*first, *last), Part.WHOLE, 2)


def _run_together(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """*Mary Ann* as *Maryann* and the other way round, *McEwan* as *Mc Ewan*."""
    if len(words) == 2:
        yield ("".join(words),)
    if len(words) == 1:
        for at in range(1, len(words[0]) - 2):
            head, tail = words[0][:at], words[0][at:]
            if head in {"mc", "mac", "o"} or (at > 2 and lists.person_name(head) and lists.person_name(tail)):
                yield head, tail


@cache
def familiar_forms(given: str) -> frozenset[str]:
    """Nicknames of a folded given name, the names it may be a nickname of, and their nicknames that begin like it."""
    table = lists.nicknames()
    whole = {full for full, short in table.items() if given in short}
    likewise = {short for full in whole for short in table[full] if short.startswith(given) or given.startswith(short)}
    return (table.get(given, frozenset()) | whole | likewise) - {given}


# --- organisations and places --------------------------------------------------------------------------------------


def _organisation(kind: Kind, said: tuple[str, ...]) -> Iterator[Form]:
    without = tuple(w for w in said if w != "the") if said[:1] == ("the",) else said
    if without != said:
        yield Form(without, rank=1)
    if "and" in said:
        yield Form(tuple(w for w in without if w != "and"), rank=2)
    if kind not in {Kind.SCHOOL, Kind.ORGANISATION}:
        return
    shorter = without
    while len(shorter) > 1 and shorter[-1] in _LAST_WORDS:
        shorter = shorter[:-1]
        if len(shorter) > 1 or not (lists.ordinary(shorter[0]) or lists.place(shorter[0])):
            yield Form(shorter, rank=2)
    initials = "".join(w[0] for w in without if w not in _SMALL)
    if len(initials) >= 3 and not lists.harmless(initials):
        yield Form((initials,), rank=2, close=False, upper=True)
