"""What a file says its speaker labels stand for: ``MD - Mary Doyle``, ``(S = Student; I = Interviewer)``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from qualcode.importing import lexicon
from qualcode.importing.facts import LONGEST, TITLES
from qualcode.importing.labels import is_role_word, key_of, plausibility
from qualcode.importing.source import Paragraph

SEARCHED = 60
"""A header ends within this many paragraphs."""

_EXPLAINED = re.compile(
    r"^\W{0,8}([^\W_][\w.]{0,5}|[^\W\d_]+ ?\d{1,2})\s*(?:[-–—=:]|\bis\b|\bstands for\b)\s*(.{2,60}?)[\s.;,)]*$"
)
_COLON_LINE = re.compile(r"^\W*[\w.]{1,6}\s*:")
_EQUATION = re.compile(r"(?<!\w)([^\W_]\w{0,3})\s*[=–-]\s*([^\W\d_][^=;,()\n]{1,40}?)(?=\s*(?:[;,)\n]|\band\b|$))")
_NAMED = re.compile(
    r"((?:[^\W\d_a-z][\w'’\-]+\s+){1,3}[^\W\d_a-z][\w'’\-]+|[Ii]nterviewer|[Pp]articipant)\s*\(([A-Z]{1,4}\d?)\)"
)


@dataclass(frozen=True, slots=True)
class Legend:
    """The labels that a file explains (key -> explanation) and the paragraphs that do so."""

    meanings: dict[str, str] = field(default_factory=dict)
    lines: frozenset[int] = frozenset()


def legend_of(paragraphs: Sequence[Paragraph]) -> Legend:
    """Labels explained near the head of the file: ``MD - Mary Doyle``, ``(S = Student; I = Interviewer)``.

    ``I: Interviewer`` is as good as a turn, and explains a label only beside another line of the kind.
    """
    meanings: dict[str, str] = {}
    lines: set[int] = set()
    explained = [dict(_explanations(p.text)) for p in paragraphs[:SEARCHED]]
    for number, found in enumerate(explained):
        neighbours = explained[max(0, number - 1) : number] + explained[number + 1 : number + 2]
        if found and (any(neighbours) or not _COLON_LINE.match(paragraphs[number].text)):
            lines.add(number)
            for label, meaning in found.items():
                meanings.setdefault(key_of(label), meaning)
    for number, name in _bare_names(paragraphs, lines):
        lines.add(number)
        meanings.setdefault(key_of(name), name)
    return Legend(meanings, frozenset(lines))


def _explanations(text: str) -> Iterator[tuple[str, str]]:
    if len(text) > LONGEST:
        return
    equations = [(m[1], m[2]) for m in _EQUATION.finditer(text)]
    if any(_is_role(meaning) for _, meaning in equations) and (len(equations) > 1 or text.lstrip()[:1] in "([KL"):
        yield from equations
        return
    match = _EXPLAINED.match(text)
    if match and _explains(match[1], match[2]):
        yield match[1], match[2].strip()
    elif len(text.split()) <= 25:
        yield from ((label, name) for name, label in _NAMED.findall(text) if _explains(label, name))


def _explains(label: str, meaning: str) -> bool:
    """Whether the meaning is a role, or a name with these initials."""
    if _is_role(meaning) and _is_description(meaning):
        return True
    tokens = [t for t in re.split(r"[\s\-]+", meaning) if t and t.casefold().strip(".") not in TITLES]
    capitals = [t for t in tokens if t[0].isupper()]
    initials = "".join(t[0] for t in capitals).casefold()
    key = key_of(label).rstrip("0123456789")
    return (
        bool(key)
        and len(tokens) <= 5
        and len(capitals) == len(tokens)
        and label[0].isupper()
        and initials.startswith(key)
    )


def _is_role(meaning: str) -> bool:
    words = [key_of(w) for w in meaning.split()]
    return any(is_role_word(w) and len(w) > 2 for w in [*words, key_of(meaning)])


def _is_description(meaning: str) -> bool:
    """A few words with no verb among them."""
    words = meaning.split()
    return (
        len(words) <= 5
        and meaning[-1] not in "?!.…"
        and not any(word.endswith((":", ".", "?")) for word in words[:-1])
        and lexicon.SENTENCE_WORDS.isdisjoint(w.casefold() for w in words)
    )


def _bare_names(paragraphs: Sequence[Paragraph], lines: set[int]) -> Iterator[tuple[int, str]]:
    """Names without initials among the lines of a legend of at least two."""
    if len(lines) < 2:
        return
    for number in range(min(lines), max(lines)):
        text = paragraphs[number].text.strip()
        if number not in lines and len(text.split()) <= 3 and plausibility(text) >= 0.6:
            yield number, text
