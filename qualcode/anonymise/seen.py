"""What one text holds that may identify somebody: read once, however often a project is looked through.

Reading takes nine tenths of the time of a search, and depends on nothing but the text and the models. What is kept
here goes with the program, and is never written anywhere.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from qualcode.anonymise import indirect, patterns
from qualcode.anonymise.candidates import Candidate
from qualcode.anonymise.casing import in_small_letters, lacks_capitals
from qualcode.anonymise.kinds import Kind
from qualcode.anonymise.reading import candidates

if TYPE_CHECKING:
    from spacy.language import Language

MOST_KEPT = 2_000
"""So many texts are remembered, those longest not asked for forgotten first."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Names by rules and models, what has the shape of an identifier (overlapping none of the names), and hints."""

    candidates: tuple[Candidate, ...]
    shaped: tuple[patterns.Found, ...]
    hints: tuple[indirect.Indirect, ...]


_Key = tuple[bytes, tuple["Language", ...]]
_KEPT: OrderedDict[_Key, Seen] = OrderedDict()


def seen(text: str, pipelines: Sequence[Language]) -> Seen:
    """What these models, rules and lists see in ``text``."""
    key = (blake2b(text.encode("utf-8", "surrogatepass")).digest(), tuple(pipelines))
    found = _KEPT.pop(key, None) or _looked(text, pipelines)
    _KEPT[key] = found
    while len(_KEPT) > MOST_KEPT:
        _KEPT.popitem(last=False)
    return found


def _looked(text: str, pipelines: Sequence[Language]) -> Seen:
    bare = lacks_capitals(text)
    text = in_small_letters(text) if bare else text
    named = candidates(text, bare, pipelines)
    shaped = tuple(f for f in patterns.find(text, patterns.TELLING) if not _belongs(f, named))
    apart = tuple(c for c in named if not any(c.span.overlaps(f.span) for f in shaped))
    return Seen(apart, shaped, tuple(indirect.find(text)))


def _belongs(found: patterns.Found, named: Sequence[Candidate]) -> bool:
    """Whether a street is part of a longer name: *Ash Lane* of *Ash Lane Primary School*."""
    return found.kind is Kind.ADDRESS and any(
        candidate.span.contains(found.span) and len(candidate.span) > len(found.span) for candidate in named
    )
