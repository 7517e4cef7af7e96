"""Who is quoted how often: by person and by group, over those whom a report is on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from qualcode.core.findings import COUNTERS
from qualcode.core.rows import FindingRow, ParticipantRow, QuoteRow
from qualcode.report import markup
from qualcode.report.material import Material
from qualcode.report.quoting import Quoting

_OTHERWISE = re.compile(
    r"\b(?:but|however|although|though|others?|another|contrast|except\w*|while|whereas|not|nor|no|none|nobody|never|"
    r"neither|without|disagree\w*|unlike|only|against|yet|instead|rather|few|fewer|less|worse|minority|mixed)\b",
    re.IGNORECASE,
)
"""Words by which a finding says that somebody saw it otherwise."""


@dataclass(frozen=True, slots=True)
class Share:
    """A group: how many quotes are from it, and how many of its people are quoted at all."""

    name: str
    quotes: int
    quoted: int
    people: int


@dataclass(frozen=True, slots=True)
class Balance:
    """``people`` with their number of quotes, the most quoted first; ``groups`` by the house's grouping."""

    people: tuple[tuple[ParticipantRow, int], ...]
    groups: tuple[Share, ...]

    @property
    def average(self) -> float:
        return sum(n for _, n in self.people) / len(self.people) if self.people else 0.0


def balance(material: Material, quoting: Quoting, quotes: Iterable[QuoteRow]) -> Balance:
    """How the quotes of a report fall to its people. A quote with two voices counts for both."""
    counts: Counter[str] = Counter()
    for quote in quotes:
        if not material.withdrawn(quote):
            counts.update(p.id for p in quoting.people(quote))
    people = sorted(((p, counts[p.id]) for p in material.participants), key=lambda pair: -pair[1])
    group = material.house.group
    names: dict[str, str] = {}
    members: dict[str, list[int]] = {}
    for person in material.participants if group is not None else ():
        value = material.value(person, group.id) if group is not None else ""
        if value:
            names.setdefault(value.casefold(), value)
            members.setdefault(value.casefold(), []).append(counts[person.id])
    groups = (Share(names[k], sum(ns), sum(n > 0 for n in ns), len(ns)) for k, ns in members.items())
    return Balance(tuple(people), tuple(groups))


def silent_counter_views(material: Material, finding: FindingRow) -> int:
    """How many people speak against a finding that neither quotes one of them nor says that any do."""
    against = {e.segment_id for e in finding.evidence if e.stance == COUNTERS}
    if any(q.segment_id in against for q in finding.quotes) or _OTHERWISE.search(markup.plain(finding.text)):
        return 0
    segments = [material.segments[s] for s in against if s in material.segments]
    reported = {p.id for p in material.participants}
    return len({p.id for s in segments for p in material.heard_in(s.transcript_id, s.span)} & reported)
