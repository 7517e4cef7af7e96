"""Who could be found by what a report says under quotes: by one attribution, or by several of one person together.

A description that fits fewer people than the house allows names somebody to those who know the place. Read side by
side, two that are each harmless may do the same: the role under one quote, the area under the next.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qualcode.core.rows import ParticipantRow, QuoteRow
from qualcode.core.values import AttributeId, ParticipantId
from qualcode.report import wording
from qualcode.report.material import Material
from qualcode.report.quoting import Quoting

Facts = frozenset[tuple[AttributeId, str]]
"""What is told of a person: attributes with their values."""


@dataclass(frozen=True, slots=True)
class SingledOut:
    """``quotes`` whose attributions, alone or together, fit only ``fitting`` people; ``mend`` is one that would do."""

    quotes: tuple[QuoteRow, ...]
    attributions: tuple[str, ...]
    fitting: int
    mend: str

    def sentence(self) -> str:
        """What is wrong and what to put there, in words."""
        last = self.quotes[-1].label
        instead = f" Put “{self.mend}” under {last}." if self.mend else f" Leave out the one under {last}."
        fits = wording.of_things(self.fitting, "person", plural="people")
        if len(self.quotes) == 1:
            return f"“{self.attributions[0]}” under {last} fits {fits}.{instead}"
        labels = wording.listed([quote.label for quote in self.quotes])
        said = wording.listed([f"“{words}”" for words in self.attributions])
        return f"{labels} are from one person, and {said} together fit {fits}.{instead}"


def singled_out(material: Material, quoting: Quoting) -> list[SingledOut]:
    """Everybody whom attributions single out: those typed by hand, then those that do it together."""
    return [*typed(material, quoting), *together(material, quoting)]


def typed(material: Material, quoting: Quoting) -> Iterator[SingledOut]:
    """The attributions typed by hand that fit too few of those interviewed."""
    for quote in _quotes(material):
        fitting = quoting.people_fitting(quote.attribution) if quote.attribution else None
        if fitting is not None and fitting < material.house.fewest:
            usual = quoting.attribution(replace(quote, attribution=None))
            yield SingledOut((quote,), (quote.attribution or "",), fitting, usual)


def together(material: Material, quoting: Quoting) -> Iterator[SingledOut]:
    """The people whom attributions single out only together, with the first quotes that do so."""
    told: dict[ParticipantId, list[tuple[QuoteRow, str, Facts]]] = defaultdict(list)
    people = {person.id: person for person in material.participants}
    for quote in _quotes(material):
        words = quoting.attribution(quote)
        for person in quoting.people(quote) if words else ():
            if person.id in people:
                told[person.id].append((quote, words, _facts(material, person, words)))
    for found in told.values():
        if all(_fitting(material, facts) >= material.house.fewest for _, _, facts in found):
            yield from _gathered(material, found)


def _gathered(material: Material, told: Sequence[tuple[QuoteRow, str, Facts]]) -> Iterator[SingledOut]:
    """The quotes by which, read in order, somebody is singled out; none that tells nothing new."""
    known: Facts = frozenset()
    telling: list[tuple[QuoteRow, str]] = []
    for quote, words, facts in told:
        if facts <= known:
            continue
        known |= facts
        telling.append((quote, words))
        fitting = _fitting(material, known)
        if fitting < material.house.fewest:
            yield SingledOut(tuple(q for q, _ in telling), tuple(w for _, w in telling), fitting, telling[0][1])
            return


def _quotes(material: Material) -> list[QuoteRow]:
    return [q for finding in material.findings for q in finding.quotes if not material.withdrawn(q)]


def _facts(material: Material, person: ParticipantRow, words: str) -> Facts:
    """Which of a person's attributes an attribution tells."""
    said = ((a.id, material.value(person, a.id)) for a in material.attributes)
    return frozenset((a, v.casefold()) for a, v in said if v and _names(v, words))


def _names(value: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(value)}s?(?!\w)", words, re.IGNORECASE) is not None


def _fitting(material: Material, facts: Facts) -> int:
    return sum(
        all(material.value(person, attribute).casefold() == value for attribute, value in facts)
        for person in material.participants
    )
