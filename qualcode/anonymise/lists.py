"""The word lists shipped with the program: what is an ordinary word, a person's name, a place, an organisation.

Everything here is read once, when first asked for. Lookups fold case and accents, so *Siân*, *sian* and *SIAN* are one.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from qualcode.resources import resource


def bag(words: str) -> frozenset[str]:
    """The words of a string that lists them."""
    return frozenset(words.split())


def folded(text: str) -> str:
    """``text`` without case and accents, curly apostrophes made straight: the key under which lists are searched."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFD", text.casefold().replace("’", "'").replace("ł", "l").replace("ø", "o"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def _lines(name: str) -> list[str]:
    path = resource("anonymise", name)
    if path.suffix == ".gz":
        return gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


@cache
def sections(name: str) -> dict[str, tuple[str, ...]]:
    """The entries of a hand-written list, under its ``[headings]`` (``""`` before the first)."""
    found: dict[str, list[str]] = {}
    heading = ""
    for line in _lines(name):
        if line.startswith("["):
            heading = line.strip("[]")
        else:
            found.setdefault(heading, []).extend(entry.strip() for entry in line.split(";") if entry.strip())
    return {key: tuple(entries) for key, entries in found.items()}


# --- ordinary words ------------------------------------------------------------------------------------------------

_BRITISH = (
    (re.compile(r"is(e|ed|es|er|ers|ing|ation|ations|ational|able)$"), r"iz\1"),
    (re.compile(r"ys(e|ed|es|er|ing)$"), r"yz\1"),
    (re.compile(r"our"), "or"),
    (re.compile(r"(?<=[a-z]{2})re(s?)$"), r"er\1"),
    (re.compile(r"(?<=[bt])red$"), "ered"),
    (re.compile(r"ll(ed|ing|er|ers|or|ors)$"), r"l\1"),
    (re.compile(r"ae(?=[dmnost])|oe(?=[dmst])"), "e"),
    (re.compile(r"ogue(s?)$"), r"og\1"),
)


@cache
def _dictionary() -> tuple[frozenset[str], frozenset[str]]:
    lines = _lines("words.txt.gz")
    informal = {folded(w) for w in sections("informal.txt")[""]}
    common = {w[:-1] for w in lines if w.endswith("*")} | informal
    return frozenset({w.rstrip("*") for w in lines} | informal), frozenset(common)


@cache
def ordinary(word: str) -> bool:
    """Whether a dictionary has ``word`` in lower case; British spellings, plurals and contractions included."""
    words, _ = _dictionary()
    key = folded(word)
    if key in words:
        return True
    key = re.sub(r"'(?:s|ve|ll|re|d|m|t)$", "", key)
    if key in words or any(pattern.sub(to, key) in words for pattern, to in _BRITISH if pattern.search(key)):
        return True
    return "-" in key and all(ordinary(part) for part in key.split("-") if part)


def common(word: str) -> bool:
    """Whether ``word`` is often met in lower case in talk and ordinary prose."""
    return folded(word) in _dictionary()[1]


@cache
def _proper() -> frozenset[str]:
    return frozenset(folded(w) for w in _lines("proper.txt.gz"))


def proper(word: str) -> bool:
    """Whether a dictionary knows ``word`` with a capital only: a name of somebody or something."""
    return folded(word) in _proper()


@cache
def _harmless() -> frozenset[str]:
    return frozenset(folded(w) for w in sections("harmless.txt")[""])


def harmless(word: str) -> bool:
    """Whether ``word`` is written with a capital but points to nobody: a weekday, a language, *GP*."""
    return folded(word) in _harmless()


# --- people --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PersonName:
    """What is known of one name: used as given name or surname, ``gender`` f, m, b (both) or ``-``, and ``origins``,
    letters for where it is met: b Britain and Ireland, s South Asia, a Africa, e other Europe."""

    name: str
    given: bool
    family: bool
    gender: str
    origins: str


@cache
def _people() -> dict[str, PersonName]:
    known: dict[str, PersonName] = {}
    for line in _lines("names.txt.gz"):
        name, use, gender, origins = line.split("\t")
        _add(known, name, "g" in use, "s" in use, gender, origins)
    for heading, names in sections("more_names.txt").items():
        if heading in {"name", "word"}:
            continue
        use, _, gender = heading.partition(" ")
        for name in names:
            _add(known, name, "g" in use, "s" in use, gender or "-", "-")
    for full, short in nicknames().items():
        for name in (full, *short):
            if name not in known:
                _add(known, name.title(), True, False, "-", "b")
    return known


def _add(known: dict[str, PersonName], name: str, given: bool, family: bool, gender: str, origins: str) -> None:
    key = folded(name)
    old = known.get(key)
    if old:
        gender = old.gender if gender in {"-", old.gender} else gender if old.gender == "-" else "b"
        given, family, origins = given or old.given, family or old.family, old.origins + origins
    known[key] = PersonName(old.name if old else name, given, family, gender, "".join(sorted(set(origins) - {"-"})))


def person_name(word: str) -> PersonName | None:
    """What is known of ``word`` as a name of people, or None."""
    return _people().get(folded(word))


@cache
def _familiar() -> frozenset[str]:
    return frozenset(nicknames()) | frozenset().union(*nicknames().values())


def is_familiar(name: str) -> bool:
    """Whether ``name`` stands in the table of nicknames, as a full name or a short one."""
    return folded(name) in _familiar()


@cache
def _words_and_names(which: str) -> frozenset[str]:
    return frozenset(folded(n) for n in sections("more_names.txt")[which])


def mostly_name(word: str) -> bool:
    """Whether ``word`` stands in the dictionary but is in talk mostly a given name: *heather*, *nick*, *john*."""
    return folded(word) in _words_and_names("name")


def word_and_name(word: str) -> bool:
    """Whether ``word`` is an ordinary word and yet a usual given name: *rose*, *will*, *heather*."""
    return folded(word) in _words_and_names("word") or mostly_name(word)


def people() -> Iterator[PersonName]:
    """Every known name of people."""
    yield from _people().values()


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """For each given name in the table, folded, its short and familiar forms, folded."""
    table: dict[str, set[str]] = {}
    for line in _lines("nicknames.txt"):
        full, _, forms = line.partition(":")
        table.setdefault(folded(full.strip()), set()).update(folded(f.strip()) for f in forms.split(","))
    return {full: frozenset(forms) for full, forms in table.items()}


# --- places --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """A known place: ``size`` is city, town, village, hamlet, suburb, settlement, county, state, country or continent;
    ``country`` England, Scotland, Wales or ``""``."""

    name: str
    size: str
    country: str


_SIZES = {"c": "city", "t": "town", "v": "village", "h": "hamlet", "s": "suburb", "o": "settlement"}
_COUNTRIES = {"e": "England", "s": "Scotland", "w": "Wales", "-": ""}


@cache
def _places() -> dict[str, Place]:
    known: dict[str, Place] = {}
    for line in _lines("places.txt.gz"):
        name, size, country = line.split("\t")
        known.setdefault(folded(name), Place(name, _SIZES[size], _COUNTRIES[country]))
    for size, names in sections("regions.txt").items():
        for name in names:
            if (
                size not in {"town", "city"}
                or folded(name) not in known
                or known[folded(name)].size not in {"city", "town"}
            ):
                known[folded(name)] = Place(name, size, "")
    return known


def place(name: str) -> Place | None:
    """The place of that name, British or well known elsewhere, or None."""
    return _places().get(folded(re.sub(r"\s+", " ", name)))


def place_names() -> Iterator[Place]:
    """Every known place."""
    yield from _places().values()
