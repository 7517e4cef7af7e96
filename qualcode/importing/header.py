"""Where a transcript's header ends and its first turn begins."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from enum import Enum

from qualcode.importing import dates, lexicon
from qualcode.importing.facts import facts_in, header_key, is_full_name, is_name
from qualcode.importing.labels import key_of, plausibility
from qualcode.importing.legend import SEARCHED, Legend
from qualcode.importing.readings import ANYWHERE, head
from qualcode.importing.source import Paragraph

_LABELLED = re.compile(r"\W{0,8}([^:：]{1,40})[:：](?:\s|$)")
_TIMED = re.compile(r"([^\W\d][^:\d\n]{0,40}?)[ \t]+[(\[]?\d{1,2}:\d\d(?::\d\d)?[)\]]?\s*$")
_FRONT = re.compile(
    r"transcri|verbatim|took place|interviewers?(?: (?:is|was|are|were)|:)|anonymi[sz]|pseudonym|"
    r"interview (?:with|no|#?\d)|start of (?:recording|interview|transcript|audio|tape)|"
    r"(?:recording|audio|interview|tape) (?:begins|starts)|begin(?:ning)? (?:of )?(?:recording|transcript|tape)|"
    r"recorded (?:on|at|by)|conducted (?:on|by|at)|all rights|confidential",
    re.I,
)
"""Words that front matter is full of."""

_TOLD = re.compile(r"(?<![\w&])(?:i|i['’](?:m|ve|d|ll)|me|my|you|your|he|she|they|them|we)(?!\w|\s*[=:])", re.I)
"""Words of somebody who tells something."""

_PLACING = frozenset(
    k for k, field in lexicon.HEADER_KEYS.items() if field in ("date", "time", "duration", "mode", "location", "wave")
)
"""Keys of header lines that are certain to be such."""


def length_of(paragraphs: Sequence[Paragraph], legend: Legend, labelled: Collection[int]) -> int:
    """How many paragraphs at the head are header, even those that look like turns (``Interviewer: Jane Smith``).

    ``labelled`` are the paragraphs that begin with what recurs like a label, in whatever shape. What may be speech as
    well is front matter only as long as nobody has said anything.
    """
    end = turns = 0
    told = False
    seen: set[str] = set()
    for number, paragraph in enumerate(paragraphs[:SEARCHED]):
        kind, keys = _kind(paragraph, number in legend.lines, seen)
        may_be_turn = kind in (_Kind.HINT, _Kind.PROSE) or (kind is _Kind.HEADER and paragraph.heading)
        if may_be_turn and (number in labelled or (not paragraph.heading and _looks_labelled(paragraph, legend))):
            kind = _Kind.TURN
        told = told or (kind is _Kind.PROSE and _is_sentence(paragraph.text))
        if kind is _Kind.TURN:
            turns += 1
        elif kind is _Kind.PLACED or (kind in (_Kind.HEADER, _Kind.HINT) and not turns and not told):
            end, turns = number + 1, 0
        elif kind is _Kind.PERSON and (end == number or not (turns or told)):
            end = number + 1
        if turns > 2:
            break
        seen |= keys
    return end


class _Kind(Enum):
    """What a line near the head of a file looks like."""

    PLACED = "a date, a place or the like, which no turn begins with"
    HEADER = "another line of front matter"
    HINT = "a word or a date that front matter has, and speech too"
    PERSON = "a role and a name, as a header has it"
    TURN = "a labelled turn"
    PROSE = "neither"


def _kind(paragraph: Paragraph, explains: bool, seen: set[str]) -> tuple[_Kind, set[str]]:
    text = paragraph.text.strip()
    pairs = facts_in(text)
    keys = {header_key(key) for key, _ in pairs}
    if keys & _PLACING and all(len(value.split()) <= 10 for _, value in pairs):
        return _Kind.PLACED, keys
    if keys and keys <= lexicon.SPEAKER_KEYS:
        is_person = not keys & seen and all(is_name(value) for _, value in pairs)
        full = bool(seen) or is_full_name(pairs[0][1])
        return (_Kind.PERSON if is_person and full else _Kind.TURN), keys
    if explains or (paragraph.heading and not text.endswith("?")) or keys:
        return _Kind.HEADER, keys
    return (_Kind.HINT if _hints(text) else _Kind.PROSE), keys


def _hints(text: str) -> bool:
    if len(text.split()) > 30 or text.endswith("?") or _TOLD.search(text):
        return False
    return bool(_FRONT.search(text)) or (not _is_sentence(text) and dates.date_in(text) is not None)


def _is_sentence(text: str) -> bool:
    return len(text.split()) > 12 or text.rstrip().endswith((".", "?", "!", "…"))


def _looks_labelled(paragraph: Paragraph, legend: Legend) -> bool:
    if paragraph.at is not None or (paragraph.voice is not None and not paragraph.cell):
        return True
    place, _ = head(paragraph, 0, ANYWHERE)
    if key_of(paragraph.text[place : place + 60].split(" ", 1)[0]) in legend.meanings:
        return True
    match = _LABELLED.match(paragraph.text, place) or _TIMED.match(paragraph.text, place)
    return match is not None and plausibility(match[1]) >= 0.6
