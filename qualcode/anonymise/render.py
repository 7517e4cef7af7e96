"""The anonymised reading of a text, with positions mapped both ways.

One class makes it, for the screen, for quotes and for copies alike: :class:`Anonymiser`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from qualcode.anonymise.casing import lacks_capitals
from qualcode.anonymise.kinds import HOUSE_RULES
from qualcode.anonymise.matching import Matcher
from qualcode.anonymise.register import Here, Identifier, NotHere, Register
from qualcode.anonymise.replace import Put, put
from qualcode.core.values import IdentifierId, Span, TranscriptId

_NO_WORDS = "[...]"


@dataclass(frozen=True, slots=True)
class Replaced:
    """One replacement: where it stood in the original, where it stands now, and for which identifier."""

    original: Span
    anonymised: Span
    identifier: IdentifierId


@dataclass(frozen=True)
class Rendering:
    """An anonymised text beside its original.

    Positions and spans outside replacements map exactly, both ways. A position inside a replacement maps to the
    start of its other side; a span that reaches into one maps to a span that holds the whole of it.
    """

    original: str
    text: str
    replaced: tuple[Replaced, ...]

    def to_anonymised(self, position: int) -> int:
        """Where the original code point at ``position`` stands in the anonymised text."""
        return self._there.start(position)

    def to_original(self, position: int) -> int:
        """Where the code point at ``position`` of the anonymised text stood in the original."""
        return self._back.start(position)

    def span_to_anonymised(self, span: Span) -> Span:
        """``span`` of the original over the anonymised text, widened to whole replacements."""
        return self._there.span(span)

    def span_to_original(self, span: Span) -> Span:
        """``span`` of the anonymised text over the original, widened to whole replacements."""
        return self._back.span(span)

    def turn_to_anonymised(self, span: Span) -> Span:
        """The same for a turn: where it begins or ends with a line it does so still, so that turns never overlap.

        Empty when a name over the line end before it was all it held.
        """
        place = self.span_to_anonymised(span)
        start, end = place.start, place.end
        if span.start == 0 or self.original[span.start - 1] == "\n":
            start = self._lines[1][bisect_left(self._lines[0], span.start)]
        if span.end < len(self.original) and self.original[span.end] == "\n":
            end = self._lines[1][bisect_left(self._lines[0], span.end + 1)] - 1
        return Span(start, max(start, end))

    def quote(self, span: Span) -> str:
        """The anonymised words of a span of the original."""
        return self.span_to_anonymised(span).of(self.text)

    @cached_property
    def _lines(self) -> tuple[list[int], list[int]]:
        """Where each line begins in the original and in the anonymised text, which has as many."""
        return _line_starts(self.original), _line_starts(self.text)

    @cached_property
    def _there(self) -> _Map:
        return _Map([r.original for r in self.replaced], [r.anonymised for r in self.replaced])

    @cached_property
    def _back(self) -> _Map:
        return _Map([r.anonymised for r in self.replaced], [r.original for r in self.replaced])


class _Map:
    """Positions of one text in another that differs in certain spans only."""

    def __init__(self, here: Sequence[Span], there: Sequence[Span]) -> None:
        self._here, self._there = here, there
        self._starts = [s.start for s in here]

    def start(self, position: int) -> int:
        at = bisect_right(self._starts, position) - 1
        if at < 0:
            return position
        here, there = self._here[at], self._there[at]
        return there.start if position < here.end else there.end + position - here.end

    def end(self, position: int) -> int:
        at = bisect_left(self._starts, position) - 1
        if at < 0:
            return position
        here, there = self._here[at], self._there[at]
        return there.end if position < here.end else there.end + position - here.end

    def span(self, span: Span) -> Span:
        start = self.start(span.start)
        return Span(start, max(start, self.end(span.end))) if len(span) else Span(start, start)


class Anonymiser:
    """Anonymises texts by one register; compiled once, used for everything that is shown or leaves."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self.matcher = Matcher(register)
        self._identifiers = {i.id: self._safe(i) for i in register.identifiers}

    def render(self, text: str, transcript_id: TranscriptId | None = None) -> Rendering:
        """``text`` with every mention of an identifier replaced, and the decisions on places of ``transcript_id`` kept.

        What neighbours a replacement is read again: where an original form comes about by it (*Mary* and *Ann*, the
        words between them removed), that is replaced too. The same text and register give the same rendering.
        """
        decided = self._register.decided(transcript_id) if transcript_id is not None else ()
        bare = lacks_capitals(text)
        puts = [
            _Placed(put(text, mention, self._identifiers[mention.identifier]), mention.identifier)
            for mention in self.matcher.find(text, decided, bare)
        ]
        rendering = _joined(text, _apart(puts))
        filler = ""
        while True:
            left = self.matcher.find(rendering.text, _exceptions(decided, rendering), bare)
            if not left:
                return rendering
            grown = {rendering.span_to_original(mention.span): mention.identifier for mention in left}
            rest = [_Placed(Put(r.original, r.anonymised.of(rendering.text)), r.identifier) for r in rendering.replaced]
            rest = [p for p in rest if not any(p.put.span.overlaps(span) for span in grown)]
            more = [_Placed(Put(span, filler or self._description(i)), i) for span, i in grown.items()]
            rendering = _joined(text, _apart(sorted([*rest, *more], key=lambda p: p.put.span)))
            filler = _NO_WORDS

    def put_for(self, identifier_id: IdentifierId) -> str:
        """What is put for an identifier: its replacement, or other words where that holds a name itself."""
        return self._identifiers[identifier_id].replacement

    def _safe(self, identifier: Identifier) -> Identifier:
        """``identifier`` with a replacement that names nobody.

        Where an original form is in it, a description says that more coarsely (*[a city in Scotland]* becomes *[a city
        in a country]*), and all else gives way to the description of the kind.
        """
        if not self.matcher.find(identifier.replacement, bare=False):
            return identifier
        return replace(identifier, replacement=self._coarser(identifier) or self._harmless(identifier))

    def _coarser(self, identifier: Identifier) -> str:
        """A description with what it names described in its turn; empty where that does not do."""
        words = identifier.replacement
        if not words.startswith("["):
            return ""
        put_for = {i.id: i.replacement for i in self._register.identifiers}
        for mention in reversed(self.matcher.find(words, bare=False)):
            inner = put_for[mention.identifier].replace("[", "").replace("]", "")
            words = words[: mention.span.start] + inner + words[mention.span.end :]
        return "" if self.matcher.find(words, bare=False) else words

    def _description(self, identifier_id: IdentifierId) -> str:
        return self._harmless(self._identifiers[identifier_id])

    def _harmless(self, identifier: Identifier) -> str:
        words = HOUSE_RULES[identifier.kind].description
        return _NO_WORDS if self.matcher.find(words, bare=False) else words


def _line_starts(text: str) -> list[int]:
    return [0, *(at + 1 for at, character in enumerate(text) if character == "\n")]


@dataclass(frozen=True, slots=True)
class _Placed:
    put: Put
    identifier: IdentifierId


def _exceptions(decided: Sequence[NotHere | Here], rendering: Rendering) -> list[NotHere]:
    """The places that were said to be none, over the anonymised text."""
    return [replace(d, span=rendering.span_to_anonymised(d.span)) for d in decided if isinstance(d, NotHere)]


def _apart(placed: Sequence[_Placed]) -> list[_Placed]:
    """``placed`` whose spans, grown over articles and spaces, no longer overlap."""
    apart: list[_Placed] = []
    end = 0
    for one in placed:
        start = max(one.put.span.start, end)
        end = max(one.put.span.end, end)
        apart.append(_Placed(Put(Span(start, end), one.put.words), one.identifier))
    return apart


def _joined(text: str, placed: Sequence[_Placed]) -> Rendering:
    parts: list[str] = []
    replaced: list[Replaced] = []
    at = length = 0
    for one in placed:
        kept = text[at : one.put.span.start]
        parts += [kept, one.put.words]
        start = length + len(kept)
        length = start + len(one.put.words)
        replaced.append(Replaced(one.put.span, Span(start, length), one.identifier))
        at = one.put.span.end
    return Rendering(text, "".join([*parts, text[at:]]), tuple(replaced))
