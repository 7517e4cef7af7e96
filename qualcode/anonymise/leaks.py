"""The check on everything that leaves: is an identifier in it, in any form?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from qualcode.anonymise import patterns
from qualcode.anonymise.candidates import Tier
from qualcode.anonymise.kinds import HOUSE_RULES, Kind, Treatment
from qualcode.anonymise.matching import Matcher
from qualcode.anonymise.register import Identifier, Register
from qualcode.anonymise.replace import put
from qualcode.anonymise.tokens import Tokens, folded_word
from qualcode.core.spans import Context, context
from qualcode.core.values import IdentifierId, Span

if TYPE_CHECKING:
    from qualcode.anonymise.find import Proposal


class LeakKind(StrEnum):
    """Why something is held back."""

    ORIGINAL = "an identifier as it was written"
    VARIANT = "an identifier in another form"
    UNREVIEWED = "a name nobody has decided on"
    PATTERN = "something with the shape of an identifier"


@dataclass(frozen=True, slots=True)
class Leak:
    """One place in an outgoing text. ``mend`` is the text to put over ``mend_span`` to close it, brackets and all."""

    kind: LeakKind
    words: str
    span: Span
    context: Context
    identifier_kind: Kind
    identifier: IdentifierId | None
    mend: str
    mend_span: Span

    def sentence(self) -> str:
        """What is wrong, in one sentence without the words around it."""
        what = f"“{self.words}” is {self.kind.value} ({self.identifier_kind.value})"
        return f"{what}; put “{self.mend}” there." if self.mend else f"{what}; leave it out."


class LeakCheck:
    """Looks for leaks by one register; compiled once, called for every part of a document, file names included.

    ``unreviewed`` are proposals still undecided, of which tier A counts. Strings the register calls harmless are let
    through, and so is what stands within one of the ``allowed`` phrases: a place decided not to be the identifier,
    with some words around it. Ages and dates are left to the analyst, for they seldom name anybody.
    """

    def __init__(self, register: Register, unreviewed: Iterable[Proposal] = (), allowed: Iterable[str] = ()) -> None:
        self._allowed = tuple(sorted({a for a in allowed if a.strip()}))
        self._matcher = Matcher(register)
        self._identifiers = {i.id: i for i in register.identifiers}
        self._harmless = {_plain(h) for h in register.harmless}
        self._waiting = {
            IdentifierId(f"unreviewed {n}"): Identifier(
                IdentifierId(f"unreviewed {n}"),
                p.kind,
                p.text,
                HOUSE_RULES[p.kind].description,
                Treatment.DESCRIPTION,
                p.forms,
                close=False,
            )
            for n, p in enumerate(unreviewed)
            if p.tier is Tier.A and _plain(p.text) not in self._harmless
        }
        self._waiting_matcher = Matcher(Register(tuple(self._waiting.values()), small_words=register.small_words))

    def leaks(self, text: str) -> tuple[Leak, ...]:
        """Every leak in ``text``, in order, none reported twice: known ones before unreviewed ones and patterns."""
        allowed = [Span(*m.span()) for phrase in self._allowed for m in re.finditer(re.escape(phrase), text)]
        found: list[Leak] = []
        for leak in (*self._known(text), *self._undecided(text), *self._shapes(text)):
            let_through = any(span.contains(leak.span) for span in allowed)
            if not let_through and not any(leak.span.overlaps(f.span) for f in found):
                found.append(leak)
        return tuple(sorted(found, key=lambda leak: leak.span))

    def _known(self, text: str) -> Iterator[Leak]:
        for mention in self._matcher.find(text):
            identifier = self._identifiers[mention.identifier]
            words = mention.span.of(text)
            bare = words[: len(words) - len(mention.tail)] if mention.tail else words
            kind = LeakKind.ORIGINAL if bare in (identifier.text, *identifier.forms) else LeakKind.VARIANT
            mended = put(text, mention, identifier)
            yield Leak(
                kind,
                words,
                mention.span,
                context(text, mention.span),
                identifier.kind,
                identifier.id,
                mended.words,
                mended.span,
            )

    def _undecided(self, text: str) -> Iterator[Leak]:
        for mention in self._waiting_matcher.find(text):
            identifier = self._waiting[mention.identifier]
            mended = put(text, mention, identifier)
            yield Leak(
                LeakKind.UNREVIEWED,
                mention.span.of(text),
                mention.span,
                context(text, mention.span),
                identifier.kind,
                None,
                mended.words,
                mended.span,
            )

    def _shapes(self, text: str) -> Iterator[Leak]:
        for found in patterns.find(text, patterns.TELLING):
            words = found.span.of(text)
            if _plain(words) not in self._harmless and found.key not in self._harmless:
                mend = HOUSE_RULES[found.kind].description
                yield Leak(
                    LeakKind.PATTERN, words, found.span, context(text, found.span), found.kind, None, mend, found.span
                )


def _plain(text: str) -> str:
    return " ".join(map(folded_word, Tokens(text).words))
