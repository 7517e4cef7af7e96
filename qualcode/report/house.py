"""The house rules of reports: how people are grouped and attributed, and how few are too few to be named as a group.

They are kept in the project under the setting ``report``; what is not set there follows from the data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.core import quantity
from qualcode.core.project import Project
from qualcode.core.rows import AttributeRow, ParticipantRow

SETTING = "report"
FEWEST = 3
"""Unless the house says otherwise, no description may fit fewer people than this."""

_GROUPS = ("report group", "group", "role", "participant type", "type")
_MOST_GROUPS = 8


@dataclass(frozen=True, slots=True)
class House:
    """``group``: the attribute by which people are grouped in tables and, unless ``attributions`` says otherwise, in
    attributions. ``attributions``: templates from the finest to the coarsest, with attribute names and ``wave`` in
    braces (``{Role}, {wave}``). ``described_by``: attributes shown in the table of participants. ``scale``: the
    quantity words and what each may be said of.
    """

    fewest: int
    group: AttributeRow | None
    attributions: tuple[str, ...]
    described_by: tuple[AttributeRow, ...]
    scale: quantity.Scale = quantity.HOUSE_SCALE

    @classmethod
    def of(cls, project: Project) -> House:
        """The house rules of a project."""
        rules = project.setting(SETTING)
        attributes, people = project.people.attributes(), project.people.all()
        named = {a.name.casefold(): a for a in attributes}
        group = named.get(str(rules.get("group", "")).casefold()) or _likely_group(attributes, people)
        wanted = [named[n.casefold()] for n in rules.get("described_by", ()) if n.casefold() in named]
        default = (f"{{{group.name}}}, {{wave}}",) if group else ()
        return cls(
            int(rules.get("fewest", FEWEST)),
            group,
            tuple(rules.get("attributions", default)),
            tuple(wanted) or _telling(attributes, people, group),
            quantity.from_json(rules["scale"]) if rules.get("scale") else quantity.HOUSE_SCALE,
        )


def _likely_group(attributes: Sequence[AttributeRow], people: Sequence[ParticipantRow]) -> AttributeRow | None:
    by_name = {a.name.casefold(): a for a in attributes}
    for name in _GROUPS:
        if name in by_name:
            return by_name[name]
    return next((a for a in attributes if a.kind == "choice" and 2 <= _values(a, people) <= _MOST_GROUPS), None)


def _telling(
    attributes: Sequence[AttributeRow], people: Sequence[ParticipantRow], group: AttributeRow | None
) -> tuple[AttributeRow, ...]:
    """The group first, then whatever else was declared a choice."""
    others = [a for a in attributes if a.kind == "choice" and a != group and 2 <= _values(a, people) <= _MOST_GROUPS]
    return (*([group] if group else []), *others)


def _values(attribute: AttributeRow, people: Sequence[ParticipantRow]) -> int:
    return len({p.attributes[attribute.id].casefold() for p in people if p.attributes.get(attribute.id)})
