"""The house rules of reports: how people are grouped and attributed, and how few are too few to be named as a group.

They are kept in the project under the setting ``report``; what is not set there follows from the data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.core import quantity
from qualcode.core.project import Project
from qualcode.core.quotes import ELLIPSIS
from qualcode.core.rows import AttributeRow, ParticipantRow
from qualcode.report.blocks import QuotePiece

SETTING = "report"
FEWEST = 3
"""Unless the house says otherwise, no description may fit fewer people than this."""

_GROUPS = ("report group", "group", "role", "participant type", "type")
_MOST_GROUPS = 8


MARKS = {"double": ("“", "”"), "single": ("‘", "’"), "straight": ('"', '"'), "none": ("", "")}
"""The quotation marks a house can choose among."""
ELLIPSES = (ELLIPSIS, "[…]", "(...)", "…")
"""How words that were cut can be shown."""
LANGUAGES = {"": "As the shape says", "en-GB": "British English", "en-US": "American English"}


@dataclass(frozen=True, slots=True)
class QuoteStyle:
    """How quotes are set: what stands around them and for cut words, and whether those set apart are in italics."""

    marks: tuple[str, str] = MARKS["double"]
    italic: bool = True
    ellipsis: str = ELLIPSIS

    def cuts(self, lines: tuple[tuple[QuotePiece, ...], ...]) -> tuple[tuple[QuotePiece, ...], ...]:
        """Lines of a quote with the house's sign where words were cut. What was said stays as it is."""
        if self.ellipsis == ELLIPSIS:
            return lines
        return tuple(
            tuple(p if p.said else QuotePiece(p.text.replace(ELLIPSIS, self.ellipsis), said=False) for p in line)
            for line in lines
        )


@dataclass(frozen=True, slots=True)
class House:
    """``group``: the attribute by which people are grouped in tables and, unless ``attributions`` says otherwise, in
    attributions. ``attributions``: templates from the finest to the coarsest, with attribute names and ``wave`` in
    braces (``{Role}, {wave}``). ``described_by``: attributes shown in the table of participants. ``scale``: the
    quantity words and what each may be said of. ``numbers``: whether a sentence with such a word says the people
    counted too. ``language``: of the document, empty for the shape's.
    """

    fewest: int
    group: AttributeRow | None
    attributions: tuple[str, ...]
    described_by: tuple[AttributeRow, ...]
    scale: quantity.Scale = quantity.HOUSE_SCALE
    quotes: QuoteStyle = QuoteStyle()
    numbers: bool = False
    language: str = ""

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
            QuoteStyle(
                MARKS.get(rules.get("marks", ""), MARKS["double"]),
                bool(rules.get("italic", True)),
                rules["ellipsis"] if rules.get("ellipsis") in ELLIPSES else ELLIPSIS,
            ),
            bool(rules.get("numbers", False)),
            rules["language"] if rules.get("language") in LANGUAGES else "",
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
