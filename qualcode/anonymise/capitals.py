"""Names in a text with capitals: every run of capitalised words that is not just the opening of a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qualcode.anonymise import lists
from qualcode.anonymise.candidates import (
    NO_NAME_BEFORE,
    NO_PART_OF_NAME,
    Candidate,
    Tier,
    Word,
    is_noise,
    side_by_side,
    words,
)
from qualcode.anonymise.guess import TITLES, is_title, kind_of, organisation_kind
from qualcode.anonymise.kinds import Kind
from qualcode.anonymise.lists import bag
from qualcode.core.values import Span

_JOINTS = bag("of the and for in de la le van von der den & at on y al bin")
_NOT_FIRST = _JOINTS | NO_PART_OF_NAME
_MONTHS = bag("april may june")
_DOES = bag("is was has had said says told goes went came comes who thinks thought knows knew wants wanted did does")
"""Words that say of a month's name at the start of a sentence that it is a person's."""


def candidates(text: str) -> Iterator[Candidate]:
    """What the capitals of ``text`` show."""
    all_words = words(text)
    for at, size in _runs(text, all_words):
        run = all_words[at : at + size]
        rest = [] if lists.harmless(_between(text, run)) else _without_opening(run)
        if rest:
            yield from _judged(text, rest)
        elif size == 1 and lists.word_and_name(run[0].text) and _may_open(run[0], all_words[at + 1 : at + 2]):
            yield Candidate(Span(run[0].start, run[0].end), Kind.PERSON, Tier.B, "may be a name")


def _may_open(word: Word, after: Sequence[Word]) -> bool:
    if word.text.isupper():
        return False
    if word.low in _MONTHS:
        return bool(after) and after[0].low in _DOES
    return not after or after[0].low not in NO_NAME_BEFORE


# --- runs ----------------------------------------------------------------------------------------------------------


def _runs(text: str, all_words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Position and length of each run of capitalised words with at most two joining words between them."""
    at = 0
    while at < len(all_words):
        if not all_words[at].capital:
            at += 1
            continue
        end = at + 1
        while (step := _reach(text, all_words, end)) > 0:
            end += step
        yield at, end - at
        at = end


def _reach(text: str, all_words: Sequence[Word], at: int) -> int:
    """How many words from ``at``, joining ones and a capitalised one, go on with the run before it; 0 if none."""
    for step in range(3):
        if at + step >= len(all_words) or not _adjoins(text, all_words[at + step - 1], all_words[at + step]):
            return 0
        word = all_words[at + step]
        if word.capital:
            return step + 1
        if word.opens or word.low not in _JOINTS:
            return 0
    return 0


def _adjoins(text: str, before: Word, after: Word) -> bool:
    """Whether two words belong together; the full stop of *St. Anne's*, *J. Smith*, *Mrs. Day* does not part them."""
    gap = text[before.end : after.start]
    if gap == ". ":
        return (len(before.text) == 1 and not is_title(after.text)) or before.low in TITLES | {"st"}
    return side_by_side(gap)


def _without_opening(run: list[Word]) -> list[Word]:
    """``run`` without words capitalised for another reason: they open the sentence, or are harmless."""
    if len(run) > 1 and lists.harmless(run[0].text) and organisation_kind(_said(run)):
        return run
    while run and (run[0].low in _NOT_FIRST or (run[0].opens and _merely_opens(run)) or _stands_before(run)):
        run = run[1:]
    while run and (run[-1].low in _NOT_FIRST or lists.harmless(run[-1].text)):
        run = run[:-1]
    return run


def _said(part: Sequence[Word]) -> str:
    return " ".join(w.text for w in part)


def _between(text: str, part: Sequence[Word]) -> str:
    return text[part[0].start : part[-1].end]


def _stands_before(run: Sequence[Word]) -> bool:
    """Whether a harmless word only stands before a name, *Monday Anna*, and is no part of it, *Monday Club*."""
    first, rest = run[0], run[1:]
    if not lists.harmless(first.text) or is_title(first.text):
        return False
    return first.opens or not rest or kind_of(_said(rest)) is not Kind.OTHER or all(map(_idle, rest))


def _idle(word: Word) -> bool:
    return lists.harmless(word.text) and not is_title(word.text)


def _merely_opens(run: list[Word]) -> bool:
    first = run[0].text
    if not lists.ordinary(first) or first.lower() in TITLES:
        return False
    if len(run) == 1:
        return True
    name = lists.person_name(first)
    named = name is not None and name.given and lists.person_name(run[1].text) is not None
    return lists.common(first) and not named


# --- what a run is -------------------------------------------------------------------------------------------------


def _judged(text: str, run: list[Word]) -> Iterator[Candidate]:
    for part in _split(run):
        span = Span(part[0].start, part[-1].end)
        name = span.of(text)
        kind = kind_of(name)
        if _names_nobody(name, part):
            continue
        if kind is not Kind.OTHER and not _abbreviates(name):
            yield Candidate(span, kind, Tier.A, "known name")
        elif any(not lists.ordinary(w.text) for w in part):
            yield Candidate(span, kind, Tier.B, "capitalised, no ordinary word")
        elif len(part) > 1 or not lists.common(part[0].text):
            yield Candidate(span, kind, Tier.B, "capitalised inside a sentence")


def _names_nobody(name: str, part: list[Word]) -> bool:
    if lists.harmless(name) or (is_noise(name.lower()) and not name.isupper()):
        return True
    return organisation_kind(name) is None and all(is_title(w.text) or lists.harmless(w.text) for w in part)


def _abbreviates(name: str) -> bool:
    """Whether ``name`` is an abbreviation that only looks like a name: *PIP*, *FAIR*."""
    return name.isupper() and kind_of(name) is Kind.PERSON and (len(name) < 4 or lists.ordinary(name))


def _split(run: list[Word]) -> Iterator[list[Word]]:
    """A run joined by *and*, *in*, *at* taken apart where its sides are names in their own right."""
    for i, word in enumerate(run):
        if word.low in {"and", "in", "at", "from", "&"} and 0 < i < len(run) - 1:
            left, right = run[:i], run[i + 1 :]
            if word.low != "and" or _two_names(run, left, right):
                yield left
                yield from _split(_unjoined(right))
                return
    yield run


def _unjoined(part: list[Word]) -> list[Word]:
    at = next((i for i, word in enumerate(part) if word.low not in _JOINTS), len(part))
    return part[at:]


def _two_names(run: list[Word], left: list[Word], right: list[Word]) -> bool:
    """Whether *and* joins two names and is not part of one: *Health and Care*, *Marks and Spencer*."""
    if _stands_alone(left) and _stands_alone(right):
        return True
    odd = any(not lists.ordinary(w.text) for w in run if w.low not in _JOINTS)
    return odd and organisation_kind(_said(run)) is None


def _stands_alone(part: list[Word]) -> bool:
    return len(part) > 1 or kind_of(_said(part)) in {Kind.PERSON, Kind.PLACE}
