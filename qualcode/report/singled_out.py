"""Who could be found by what a report says under quotes: by one attribution, or by several of one person together.

A description that fits fewer people than the house allows names somebody to those who know the place. Read side by
side, two that are each harmless may do the same: the role under one quote, the area under the next.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qualcode.core.rows import ParticipantRow, QuoteRow, WaveRow
from qualcode.core.values import AttributeId, ParticipantId
from qualcode.report import wording
from qualcode.report.material import Material
from qualcode.report.quoting import Quoting

Facts = frozenset[tuple[AttributeId, str]]
"""What is told of a person: attributes with their values."""


@dataclass(frozen=True, slots=True)
class SingledOut:
    """``quotes`` whose attributions, alone or together, fit only ``fitting`` people; ``mend`` is one that would do.

    ``before`` says of the first quotes in which wave's report they stood.
    """

    quotes: tuple[QuoteRow, ...]
    attributions: tuple[str, ...]
    fitting: int
    mend: str
    before: tuple[str, ...] = ()

    def sentence(self) -> str:
        """What is wrong and what to put there, in words."""
        last = self.quotes[-1].label
        instead = f" Put “{self.mend}” under {last}." if self.mend else f" Leave out the one under {last}."
        fits = wording.of_things(self.fitting, "person", plural="people")
        if len(self.quotes) == 1:
            return f"“{self.attributions[0]}” under {last} fits {fits}.{instead}"
        waves = (*self.before, *("" for _ in self.quotes[len(self.before) :]))
        named = [f"{q.label} ({w})" if w else q.label for q, w in zip(self.quotes, waves, strict=True)]
        labels = wording.listed(named)
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
    """The people whom attributions single out only together, with the first quotes that do so.

    A report on one wave is read beside those on the waves before: what these told of somebody is known already.
    """
    told = _told(material, quoting)
    here = {quote.id for quote in _quotes(material)}
    before: dict[ParticipantId, list[_Telling]] = defaultdict(list)
    for wave in _waves_before(material) if told else ():
        earlier = material.of_wave(wave.id)
        for person_id, found in _told(earlier, quoting.of(earlier)).items():
            before[person_id] += [replace(telling, wave=wave.name) for telling in found if telling.quote.id not in here]
    for person_id, found in told.items():
        if all(_fitting(material, telling.facts) >= material.house.fewest for telling in found):
            yield from list(_gathered(material, found)) or _gathered(material, [*before[person_id], *found])


@dataclass(frozen=True, slots=True)
class _Telling:
    """What an attribution tells of somebody; ``wave`` names the wave of an earlier report."""

    quote: QuoteRow
    words: str
    facts: Facts
    wave: str = ""


def _told(material: Material, quoting: Quoting) -> dict[ParticipantId, list[_Telling]]:
    """What the quotes of one report tell of each person, in order."""
    told: dict[ParticipantId, list[_Telling]] = defaultdict(list)
    people = {person.id: person for person in material.participants}
    for quote in _quotes(material):
        words = quoting.attribution(quote)
        for person in quoting.people(quote) if words else ():
            if person.id in people:
                told[person.id].append(_Telling(quote, words, _facts(material, person, words)))
    return told


def _waves_before(material: Material) -> list[WaveRow]:
    """The waves before the one that the report is on; none where it is on all of them."""
    order = [wave.id for wave in material.waves]
    return material.waves[: order.index(material.report.wave_id)] if material.report.wave_id in order else []


def _gathered(material: Material, told: Sequence[_Telling]) -> Iterator[SingledOut]:
    """The quotes by which, read in order, somebody is singled out by this report; none that tells nothing new."""
    known: Facts = frozenset()
    telling: list[_Telling] = []
    for one in told:
        if one.facts <= known:
            continue
        known |= one.facts
        telling.append(one)
        fitting = _fitting(material, known)
        if fitting < material.house.fewest and not one.wave:
            quotes, words = tuple(t.quote for t in telling), tuple(t.words for t in telling)
            plain = next((t.words for t in telling if not t.wave and t is not one), "")
            mend = telling[0].words if not telling[0].wave else plain
            yield SingledOut(quotes, words, fitting, mend, tuple(t.wave for t in telling if t.wave))
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
