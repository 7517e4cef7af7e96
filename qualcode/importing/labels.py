"""Speaker labels: how they are compared, and how likely a phrase is to be one by its own look."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from qualcode.core.values import Span
from qualcode.importing import lexicon

LONGEST = 48
"""Code points of a label."""

CONTINUED = re.compile(r"[\s.…(\[\-–,]*\b(?:continued|continuing|continues|cont['’]?d|cont|ctd)\b[.…)\]]*$", re.I)
"""What a typist adds to a label when a turn goes on after a break."""

IN_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*$")
"""A description, sound or time at the end of a label."""


class Shape(StrEnum):
    """How the labels of a file are set off from the speech. The values complete "The labels are ..."."""

    VOICE = "given by the file format itself"
    COLUMN = "in a column of a table"
    COLON = "at the start of a paragraph, before a colon"
    TIMED = "beside a time"
    BRACKET = "in brackets at the start of a paragraph"
    TAB = "at the start of a paragraph, before a tab or a wide space"
    FACE = "in bold or italic at the start of a paragraph"
    DASH = "at the start of a paragraph, before a dash"
    STOP = "at the start of a paragraph, before a full stop"
    SIGN = "at the start of a paragraph, before a sign such as > or |"
    ALONE = "alone on a line above the speech"
    BARE = "initials or names at the start of a paragraph"
    GIVEN = "as a rule of this import describes them"
    WHOLE = "missing; the paragraphs of one speaker look different"
    MARK = "missing; the paragraphs of one speaker begin with a dash, a dot or a number"
    DASHES = "missing; each turn begins with a dash"
    NONE = "missing"


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be a label. ``start`` and ``body`` are where head and speech begin in the paragraph.

    ``at`` is the time beside the label in seconds; ``event`` a sound noted within the label, as in ``Ann (laughs):``.
    """

    shape: Shape
    label: str
    key: str
    start: int
    body: int
    at: float | None = None
    event: Span | None = None


_JOINT = re.compile(r"(?<=[^\W\d_])[\s_\-.#]+(?=\d)")
_NUMBER = re.compile(r"\d+")
DIRECTIONS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks without width that say in which direction what follows is written."""

_EDGES = DIRECTIONS + " \t\u00a0.:;,-–—*_#[](){}<>\"'“”…"
_TRAILING = re.compile(r"\s*\d+\s?[a-z]?$|\s+[a-z]$")


@lru_cache(maxsize=4096)
def key_of(label: str) -> str:
    """The label as it is compared: without case, punctuation at its ends, leading zeros, "continued"."""
    plain = CONTINUED.sub("", label).strip(_EDGES).replace("_", " ").casefold()
    joint = _JOINT.sub("", " ".join(plain.split()))
    return _NUMBER.sub(lambda m: m[0].lstrip("0") or "0", joint)


@lru_cache(maxsize=4096)
def stem_of(key: str) -> str:
    """The key without a number or single letter at its end: ``interviewer2`` and ``researcher a`` are two of a kind."""
    return _TRAILING.sub("", key) if len(key) > 1 else key


_CODE = re.compile(r"^[^\W\d_]{1,12}[\s_\-.#]*\d{1,4}\s?[a-zA-Z]?$")
_STAFF_CODE = re.compile(r"^[A-Z]{2,3}\d{1,3}$")
_LONG_CODE = re.compile(r"^(?=.*\d)[A-Z][A-Za-z0-9]{0,5}(?:[_\-./ ]?[A-Z0-9]{1,5}){1,4}$")
_INITIALS = re.compile(r"^(?:[^\W\d_a-z]{1,3}\.?|(?:[^\W\d_a-z]\.\s?){2,3})$")
_UNSURE = re.compile(r"^[A-Z]{1,3}\d{0,2}\?$")
_AFTER_STROKE = re.compile(r"(?<=\w) \| .*$")
_FORBIDDEN = re.compile(r"[?!;\"“”„«»=|\\\t\n]|\.\s+[a-z]|,\s.*,|\.{2,}|//|[0-9]{5,}")


@lru_cache(maxsize=4096)
def plausibility(label: str) -> float:
    """How likely the phrase is a speaker's label and not words of a sentence, 0 to 1, by its own look."""
    described = IN_BRACKETS.search(label) or _AFTER_STROKE.search(label)
    if described and described.start():
        return plausibility(label[: described.start()]) if len(label) <= 2 * LONGEST else 0.0
    if _UNSURE.match(label):
        return 0.85
    key = key_of(label)
    stem = stem_of(key)
    words = key.replace(".", " ").split()
    if not key or len(words) > 6 or len(label) > LONGEST or _FORBIDDEN.search(label):
        return 0.0
    if is_role_word(key) or key in lexicon.NOBODY or stem in lexicon.NOBODY:
        return 1.0
    if lexicon.HEADER_KEYS.get(key, "participant") not in ("interviewer", "participant"):
        return 0.0
    if len(stem) > 1 and not lexicon.NO_LABEL.isdisjoint((key, stem)) and not _STAFF_CODE.match(label):
        return 0.0
    if key in lexicon.NAMES_TOO:
        return 0.35
    if len(words) > 1 and _is_clause(label):
        return 0.0
    if len(words) <= 4 and is_qualified_role(label):
        return 0.9
    return _by_look(label.strip(_EDGES), words)


def is_qualified_role(label: str) -> bool:
    """Whether the label is a role with more words, each of them fit to go with it: ``Female Participant 2 (Leeds)``."""
    words = [w.strip(_EDGES) for w in label.split()]
    roles = [_says_who(w.casefold()) and len(w) > 2 and w.casefold() not in lexicon.UTTERANCES for w in words]
    others = [w for w, is_role in zip(words, roles, strict=True) if w and not is_role]
    return any(roles) and all(not w.islower() or w in lexicon.QUALIFIERS for w in others)


def _says_who(word: str) -> bool:
    return is_role_word(word) or stem_of(word) in lexicon.OFFICES


def _is_clause(label: str) -> bool:
    """Whether a word stands in it that only a sentence has; in capitals it may be a title (``AM``) or initials."""
    words = label.strip(_EDGES).split()
    small = [w for w in words if w.islower()]
    if len(words) < 2 or words[0].casefold() not in lexicon.FIRST_NAMES_TOO or not words[1][:1].isupper():
        small += words[:1]
    return any(w.strip(_EDGES).casefold() in lexicon.SENTENCE_WORDS for w in small)


def is_misspelling(key: str, others: Iterable[str]) -> bool:
    """Whether the key is one slip (two in a long word) away from another, numbers apart."""
    if len(key) < 4 or any(c.isdigit() for c in key):
        return False
    allowed = 1 if len(key) < 8 else 2
    comparable = [o for o in others if o != key and _same_start(o, key) and stem_of(o) != stem_of(key)]
    near = (DamerauLevenshtein.distance(key, other, score_cutoff=allowed) for other in comparable)
    return any(distance <= allowed for distance in near)


def _same_start(one: str, other: str) -> bool:
    """Whether both begin with the same letter, or with letters that look alike when read by a machine."""
    return one[:1] == other[:1] or {one[:1], other[:1]} <= {"i", "l", "1", "|"}


def asks(text: str) -> bool:
    """Whether something is asked in ``text``, in any script."""
    return any(mark in text for mark in "?？؟")


def is_role_word(key: str) -> bool:
    """Whether the label says what its speaker is."""
    stem = stem_of(key)
    return any(k in lexicon.INTERVIEWER or k in lexicon.PARTICIPANT for k in (key, stem))


def _by_look(label: str, words: list[str]) -> float:
    if not any(c.isalpha() for c in label):
        return 0.35 if label.isdigit() and len(label) <= 2 else 0.0
    if _CODE.match(label):
        return 0.95 if label[0].isupper() or not label[0].islower() else 0.7
    if _INITIALS.match(label):
        return 0.85 if len(label) > 1 or label in "IQRPM" else 0.7
    if _LONG_CODE.match(label):
        return 0.85
    return _name_likeness(label, words)


def _name_likeness(label: str, words: list[str]) -> float:
    if label == label.casefold() == label.upper():
        return 0.7 if len(label) <= 24 and len(words) <= 3 else 0.2
    tokens = [t for t in re.split(r"[\s\-/&+,]+|\(|\)", label) if t]
    capitals = [t[0].isupper() or t.casefold() in lexicon.PARTICLES or t[0].isdigit() for t in tokens]
    if tokens and all(capitals) and tokens[0][0].isupper():
        return {1: 0.65, 2: 0.85, 3: 0.85, 4: 0.8}.get(len(words), 0.5)
    return 0.35 if len(words) == 1 else 0.15 if len(words) == 2 else 0.05
