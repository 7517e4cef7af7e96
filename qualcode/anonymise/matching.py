"""Every mention of the known identifiers in a text: spellings, misspellings, nicknames, possessives, line breaks.

A matcher is compiled once for a register and used on any number of texts. Each distinct word is compared with the
names once and remembered; after that a text costs one dictionary lookup a word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from qualcode.anonymise import lists, patterns
from qualcode.anonymise.candidates import NO_NAME_BEFORE
from qualcode.anonymise.casing import begins_sentence, lacks_capitals
from qualcode.anonymise.kinds import Kind
from qualcode.anonymise.lists import bag
from qualcode.anonymise.register import Here, Identifier, NotHere, Register
from qualcode.anonymise.slips import Reading, WordReader
from qualcode.anonymise.tokens import Tokens, folded_word, undisguised
from qualcode.anonymise.variants import Form, Part, forms, words_of
from qualcode.core.values import IdentifierId, Span

_CALLED = bag(
    "called named mr mrs miss ms dr auntie aunty aunt uncle sister brother son daughter friend mate husband wife"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A known identifier met in a text. ``tail`` is the possessive, plural or contracted verb at the end of the span.

    ``exact`` is False for a misspelling.
    """

    identifier: IdentifierId
    span: Span
    part: Part = Part.WHOLE
    tail: str = ""
    exact: bool = True


@dataclass(frozen=True, slots=True)
class _Entry:
    """A form of the identifier at ``order`` in the register; ``guarded``: its words are ordinary ones."""

    order: int
    form: Form
    guarded: bool
    person: bool


class Matcher:
    """Finds the identifiers of one register."""

    def __init__(self, register: Register) -> None:
        self._identifiers = register.identifiers
        self._small = register.small_words
        self._given_out = {w for i in register.identifiers for w in words_of(i.replacement)}
        self._entries: dict[str, list[_Entry]] = defaultdict(list)
        self._keys: dict[tuple[Kind, str], IdentifierId] = {}
        self._odd: list[tuple[re.Pattern[str], IdentifierId]] = []
        for order, identifier in enumerate(register.identifiers):
            self._add(order, identifier)
        every = [entry.form for entries in self._entries.values() for entry in entries]
        close = {
            word
            for form in every
            for word in form.words
            if form.close and (len(form.words) == 1 or (len(word) > 2 and not lists.ordinary(word)))
        }
        self._reader = WordReader({word for form in every for word in form.words}, close, self._right)

    def find(self, text: str, decided: Iterable[NotHere | Here] = (), bare: bool | None = None) -> tuple[Mention, ...]:
        """All mentions in ``text``, in order, without overlaps, the longest first where several would fit.

        What was ``decided`` on places of this text goes before everything else. ``bare`` says whether the text lacks
        capitals; None finds out.
        """
        bare = lacks_capitals(text) if bare is None else bare
        decided = tuple(decided)
        excepted = [place.span for place in decided if isinstance(place, NotHere)]
        found = [Mention(place.identifier_id, place.span) for place in decided if isinstance(place, Here)]
        for more in (self._shaped(text), self._spelt(text), self._seen(text, bare, excepted)):
            taken = sorted([*excepted, *(m.span for m in found)])
            found += [m for m in more if not _overlaps(m.span, taken)]
        return tuple(sorted(found, key=lambda m: m.span))

    # --- compiling ---

    def _add(self, order: int, identifier: Identifier) -> None:
        for text in (identifier.text, *identifier.forms):
            key = patterns.key_of(identifier.kind, text) if identifier.kind in patterns.SHAPED else ""
            if key:
                self._keys.setdefault((identifier.kind, key), identifier.id)
            if not _is_one_name(text):
                self._odd.append((_as_written(text), identifier.id))
        for form in forms(identifier):
            guarded = not form.literal and all(self._guarded(w) for w in form.words)
            self._entries[form.words[0]].append(_Entry(order, form, guarded, identifier.kind is Kind.PERSON))

    def _guarded(self, word: str) -> bool:
        """Whether ``word`` is so usual in lower case, in talk or in this project, that a name needs a capital.

        A word that no dictionary has is not: a typist who writes a name small, often, names somebody all the same.
        """
        usual = lists.common(word) or (self._small.get(word, 0) > 1 and lists.ordinary(word))
        return usual and not lists.mostly_name(word)

    def _right(self, word: str) -> bool:
        """Whether ``word`` is right as it stands: usual in talk or in this project, or a pseudonym given out."""
        usual = lists.common(word) or lists.harmless(word) or self._small.get(word, 0) > 0
        return usual or word in self._given_out

    # --- a text ---

    def _shaped(self, text: str) -> Iterator[Mention]:
        kinds = frozenset(kind for kind, _ in self._keys)
        for found in patterns.find(text, kinds) if kinds else ():
            identifier = self._keys.get((found.kind, found.key))
            if identifier is not None:
                yield Mention(identifier, found.span)

    def _spelt(self, text: str) -> Iterator[Mention]:
        """The mentions of what no reader of names takes for one: *MRC/CSO*, *Smith, Ann*."""
        met = [(Span(*m.span()), identifier) for pattern, identifier in self._odd for m in pattern.finditer(text)]
        taken: list[Span] = []
        for span, identifier in sorted(met, key=lambda found: (-len(found[0]), found[0])):
            if not any(span.overlaps(other) for other in taken):
                taken.append(span)
                yield Mention(identifier, span)

    def _seen(self, text: str, bare: bool, excepted: Sequence[Span]) -> Iterator[Mention]:
        """The mentions of names, whatever soft hyphens and loose accents stand within them."""
        seen, at = undisguised(text)
        if at is None:
            yield from self._named(_Reader(seen, bare), excepted)
            return
        moved = [Span(bisect_left(at, span.start), bisect_left(at, span.end)) for span in excepted]
        for mention in self._named(_Reader(seen, bare), moved):
            start, end = mention.span.start, mention.span.end
            yield replace(mention, span=Span(at[start], max(at[end], at[end - 1] + 1)))

    def _named(self, here: _Reader, excepted: Sequence[Span]) -> Iterator[Mention]:
        read, last_seen, at = self._reader.read, dict[int, int](), 0
        while at < len(here.words):
            readings = read(here.words[at])
            best = self._longest(here, at, readings, last_seen, excepted) if readings else None
            if best is None:
                at += 1
                continue
            entry, mention = best
            last_seen[entry.order] = at
            yield mention
            at += len(entry.form.words)

    def _longest(
        self,
        here: _Reader,
        at: int,
        readings: tuple[Reading, ...],
        last_seen: dict[int, int],
        excepted: Sequence[Span],
    ) -> tuple[_Entry, Mention] | None:
        """The best reading of a name from word ``at``: longest, nearest in spelling, most certain, last spoken of."""
        after = self._reader.read(here.words[at + 1]) if at + 1 < len(here.words) else ()
        following = {reading.word for reading in after}
        found: list[tuple[tuple[int, ...], _Entry, Mention]] = []
        for reading in readings:
            for entry in self._entries.get(reading.word, ()):
                if len(entry.form.words) > 1 and entry.form.words[1] not in following:
                    continue
                cost, tail = self._whole(here, at, entry, reading)
                if cost < 0 or not here.convincing(at, entry, cost):
                    continue
                mention = Mention(
                    self._identifiers[entry.order].id,
                    here.span(at, len(entry.form.words), tail),
                    entry.form.part,
                    tail,
                    cost == 0,
                )
                if not any(span.overlaps(mention.span) for span in excepted):
                    order = (
                        -len(entry.form.words),
                        cost,
                        entry.form.rank,
                        -last_seen.get(entry.order, -1),
                        entry.order,
                    )
                    found.append((order, entry, mention))
        return min(found, key=lambda f: f[0])[1:] if found else None

    def _whole(self, here: _Reader, at: int, entry: _Entry, first: Reading) -> tuple[int, str]:
        """What it costs to read all words of a form from word ``at``, and the ending left; -1 if it can't be."""
        form = entry.form
        last, cost = first, first.cost
        for step, word in enumerate(form.words[1:], start=at + 1):
            if step >= len(here.words) or not here.joined(step) or ("'" in last.tail and entry.person):
                return -1, ""
            found = next((r for r in self._reader.read(here.words[step]) if r.word == word), None)
            if found is None:
                return -1, ""
            last, cost = found, cost + found.cost
        if (cost and not form.close) or (form.upper and not here.words[at].rstrip("'’s").isupper()):
            return -1, ""
        return cost, last.tail


class _Reader(Tokens):
    """A text as the matcher reads it."""

    def __init__(self, text: str, bare: bool) -> None:
        super().__init__(text)
        self._bare = bare

    def span(self, at: int, size: int, tail: str) -> Span:
        """Where ``size`` words from ``at`` stand; an apostrophe that only closes a quotation is left out."""
        end = self.spans[at + size - 1][1]
        closing = not tail and self.words[at + size - 1][-1] in "'’"
        return Span(self.spans[at][0], end - closing)

    def convincing(self, at: int, entry: _Entry, cost: int) -> bool:
        """Whether capitals and neighbours bear it out that this is the name and not an ordinary word."""
        form = entry.form
        several = len(form.words) > 1
        if form.literal and not cost:
            return True
        if self._bare:
            return several or not entry.guarded or self._called(at)
        if not cost and not entry.guarded:
            return True
        written = self.words[at : at + len(form.words)]
        capital = any(word[0].isupper() for word in written)
        if cost and not several and lists.ordinary(written[0]) and begins_sentence(self.text, self.spans[at][0]):
            return False
        return capital and (several or not entry.guarded or self._is_name(at, form))

    def _is_name(self, at: int, form: Form) -> bool:
        """Whether an ordinary word with a capital is a name here; where a sentence begins what follows decides."""
        if not begins_sentence(self.text, self.spans[at][0]) or self._called(at):
            return True
        after = self.words[at + 1] if at + 1 < len(self.words) and self._goes_on(at + 1) else ""
        if not after or "'" in self.words[at][1:-1] or "’" in self.words[at][1:-1]:
            return True
        return form.rank < 2 and (folded_word(after) not in NO_NAME_BEFORE or (after[0].isupper() and after != "I"))

    def _goes_on(self, at: int) -> bool:
        """Whether the word at ``at`` follows in the same sentence: after *Mo.* none does."""
        return self.joined(at) and "." not in self.text[self.spans[at - 1][1] : self.spans[at][0]]

    def _called(self, at: int) -> bool:
        """Whether the word before says that a name comes."""
        return at > 0 and folded_word(self.words[at - 1]) in _CALLED


def _is_one_name(text: str) -> bool:
    """Whether the words of ``text`` stand as those of a name do, with nothing but spaces and hyphens between."""
    tokens = Tokens(text)
    return bool(tokens.words) and all(map(tokens.joined, range(1, len(tokens.words))))


def _as_written(text: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, text.split()))
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def _overlaps(span: Span, taken: Sequence[Span]) -> bool:
    at = bisect_left(taken, span)
    return any(s.overlaps(span) for s in taken[max(0, at - 1) : at + 1])
