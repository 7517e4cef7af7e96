"""A table of participants, brought into a project: what each column is, what would change, and doing it.

:func:`guess` proposes a use for each column, :func:`plan` says all that would happen and what stands against it, and
:func:`carry_out` does it in one step. Nothing is taken away: an empty cell leaves what is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from qualcode.core.landing import Roster, Who, alike, same
from qualcode.core.rows import AttributeRow, ParticipantRow
from qualcode.core.typed import CHOICE, TEXT, checked, guessed_kind
from qualcode.core.values import AttributeId, ParticipantId
from qualcode.errors import UserError

if TYPE_CHECKING:
    from qualcode.core.project import Project


class Use(StrEnum):
    """What a column of the table is."""

    PSEUDONYM = "Pseudonym"
    NAME = "Real name"
    NOTE = "Note"
    ATTRIBUTE = "Attribute"
    NOTHING = "Leave out"


@dataclass(frozen=True, slots=True)
class Column:
    """The use of a column; for an attribute its name, and its type if it is new."""

    use: Use
    attribute: str = ""
    kind: str = TEXT


@dataclass(frozen=True, slots=True)
class CellChange:
    """A value that would change: whose, which, from, to."""

    pseudonym: str
    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What bringing the table in would do. ``problems`` are sentences on what of it would be left out, and why.

    ``attributes`` are new ones with type and choices; ``choices`` are added to attributes that are there.
    """

    added: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    changes: tuple[CellChange, ...]
    attributes: tuple[tuple[str, str, tuple[str, ...]], ...]
    choices: tuple[tuple[str, tuple[str, ...]], ...]
    problems: tuple[str, ...]
    people: tuple[_Person, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.added or self.renamed or self.changes or self.attributes or self.choices)


@dataclass(slots=True)
class _Person:
    """One participant as the table has them: ``row`` is that of the project, None for somebody new."""

    line: int
    pseudonym: str
    row: ParticipantRow | None
    name: str = ""
    note: str = ""
    values: dict[str, str] = field(default_factory=dict)


_PSEUDONYM_HEADS = frozenset(
    (
        *("id", "ids", "no", "no.", "p", "p no", "number", "code", "case", "case id", "study id", "pseudonym"),
        *("participant", "participants", "participant id", "participant no", "participant code", "participant number"),
        *("pseudonyms", "respondent", "respondent id", "interviewee"),
    )
)
_NAME_HEADS = re.compile(r"\bnames?\b", re.I)
_NOTE_HEADS = frozenset(("note", "notes", "comment", "comments", "remark", "remarks"))
_CONFIDENTIAL_HEADS = re.compile(
    r"e-?mail|phone|mobile|\btel\b|address|postcode|post code|zip|date of birth|\bdob\b|nhs|contact|signature", re.I
)


def guess(headings: Sequence[str], rows: Sequence[Sequence[str]], attributes: Sequence[AttributeRow]) -> list[Column]:
    """What each column seems to be. Contact details are left out unless the analyst says otherwise."""
    found: list[Column] = []
    for number, heading in enumerate(headings):
        taken = {column.use for column in found}
        column = _guessed(heading, [row[number] for row in rows], attributes)
        if column.use in (Use.PSEUDONYM, Use.NAME, Use.NOTE) and column.use in taken:
            column = Column(Use.NOTHING)
        found.append(column)
    return found


def _guessed(heading: str, values: Sequence[str], attributes: Sequence[AttributeRow]) -> Column:
    known = next((a for a in attributes if same(a.name, heading)), None)
    plain = heading.strip(" :").casefold()
    if known is not None:
        return Column(Use.ATTRIBUTE, known.name, known.kind)
    if plain in _PSEUDONYM_HEADS:
        return Column(Use.PSEUDONYM)
    if _NAME_HEADS.search(heading):
        return Column(Use.NAME)
    if plain in _NOTE_HEADS:
        return Column(Use.NOTE)
    if _CONFIDENTIAL_HEADS.search(heading):
        return Column(Use.NOTHING)
    return Column(Use.ATTRIBUTE, heading, guessed_kind(values))


def plan(
    rows: Sequence[Sequence[str]],
    columns: Sequence[Column],
    people: Sequence[ParticipantRow],
    attributes: Sequence[AttributeRow],
    *,
    keep: bool = False,
) -> Plan:
    """What would happen. With ``keep``, a value that is there stays where the table has another one."""
    if not {Use.PSEUDONYM, Use.NAME} & {column.use for column in columns}:
        return Plan((), (), (), (), (), ("Say which column holds the pseudonyms or the real names.",))
    return _Planning(rows, columns, people, attributes, keep).plan()


class _Planning:
    def __init__(
        self,
        rows: Sequence[Sequence[str]],
        columns: Sequence[Column],
        people: Sequence[ParticipantRow],
        attributes: Sequence[AttributeRow],
        keep: bool,
    ) -> None:
        self._rows, self._columns, self._keep = rows, columns, keep
        self._attributes = {a.name.casefold(): a for a in attributes}
        self._there = list(people)
        self._by_pseudonym = {row.pseudonym.casefold(): row for row in people}
        self._roster = Roster(people)
        names = [self._cell(cells, Use.NAME) for cells in rows]
        self._named = {row.id for name in names if (row := self._with_name(name))}
        self._problems: list[tuple[int, str]] = []
        self._choices: dict[str, list[str]] = {}

    def plan(self) -> Plan:
        people = self._people()
        self._unclash(people)
        changes = [change for person in people for change in self._changes(person)]
        return Plan(
            added=tuple(p.pseudonym for p in people if p.row is None),
            renamed=tuple((p.row.pseudonym, p.pseudonym) for p in people if p.row and p.row.pseudonym != p.pseudonym),
            changes=tuple(changes),
            attributes=tuple(self._new_attributes()),
            choices=tuple((name, tuple(new)) for name, new in self._choices.items() if new),
            problems=tuple(sentence for _, sentence in sorted(self._problems, key=lambda told: told[0])),
            people=tuple(people),
        )

    def _tell(self, line: int, sentence: str) -> None:
        self._problems.append((line, sentence))

    # --- who is whom ---

    def _people(self) -> list[_Person]:
        found: dict[str, _Person] = {}
        for line, cells in enumerate(self._rows, 2):
            pseudonym, name, note = (self._cell(cells, use) for use in (Use.PSEUDONYM, Use.NAME, Use.NOTE))
            if not pseudonym and not name:
                self._tell(line, f"Row {line} has neither a pseudonym nor a name.")
                continue
            person = self._person(line, pseudonym, name)
            again = found.setdefault(person.pseudonym.casefold(), person)
            known = again.name or (again.row.name if again.row and again.row.id not in self._named else "")
            if _contradict(known, name):
                self._tell(line, f"Row {line}: {again.pseudonym} is somebody else, by the name.")
                if again is person:
                    del found[person.pseudonym.casefold()]
                continue
            if again is not person:
                self._tell_differences(again, line, cells)
            again.name, again.note = again.name or name, again.note or note
            for number, value in self._values(line, cells):
                again.values.setdefault(number, value)
        return list(found.values())

    def _person(self, line: int, pseudonym: str, name: str) -> _Person:
        """Whom a row speaks of: the one with this name, or else with this pseudonym, if no row has that one's name."""
        known = self._roster.find(Who(pseudonym)) if pseudonym else None
        holder = self._by_pseudonym.get(known.pseudonym.casefold()) if known else None
        row = self._with_name(name) or (holder if holder and holder.id not in self._named else None)
        if row is not None and (row is holder or not pseudonym):
            pseudonym = row.pseudonym
        return _Person(line, pseudonym or self._roster.seat(Who(name=name)).pseudonym, row)

    def _with_name(self, name: str) -> ParticipantRow | None:
        found = [row for row in self._there if name and same(row.name, name)]
        return found[0] if len(found) == 1 else None

    def _unclash(self, people: list[_Person]) -> None:
        """Leave out rows whose pseudonym somebody else has who keeps it, and second rows of one person."""
        while (person := next((p for p in people if self._clash(p, people)), None)) is not None:
            self._tell(person.line, f"Row {person.line}{self._clash(person, people)}")
            people.remove(person)

    def _clash(self, person: _Person, people: Sequence[_Person]) -> str:
        row = person.row
        first = next((p for p in people if row and p.row and p.row.id == row.id), person)
        if first is not person:
            return f" speaks of the same person as row {first.line}."
        holder = self._by_pseudonym.get(person.pseudonym.casefold())
        if holder is None or (row and row.id == holder.id):
            return ""
        if any(p.row and p.row.id == holder.id and not same(p.pseudonym, holder.pseudonym) for p in people):
            return ""
        if row is None:
            return f": {holder.pseudonym} is somebody else, by the name."
        return f": {holder.pseudonym} and {row.pseudonym} are two participants here. Merge them if they are one person."

    def _tell_differences(self, first: _Person, line: int, cells: Sequence[str]) -> None:
        for key, value in self._values(line, cells):
            if key in first.values and first.values[key] != value:
                again = f"Row {line} has {first.pseudonym} again with another {key} ({value})"
                self._tell(line, f"{again}; row {first.line} counts.")

    # --- values ---

    def _cell(self, cells: Sequence[str], use: Use) -> str:
        number = next((i for i, column in enumerate(self._columns) if column.use is use), None)
        return "" if number is None else cells[number].strip()

    def _values(self, line: int, cells: Sequence[str]) -> Iterator[tuple[str, str]]:
        for column, text in zip(self._columns, cells, strict=True):
            if column.use is not Use.ATTRIBUTE or not text.strip():
                continue
            known = self._attributes.get(column.attribute.casefold())
            kind = known.kind if known else column.kind
            try:
                value = self._choice(column.attribute, text) if kind == CHOICE else checked(text, kind)
            except UserError as error:
                self._tell(line, f"Row {line}, {column.attribute}: {error}")
            else:
                yield (known.name if known else column.attribute), value

    def _choice(self, name: str, text: str) -> str:
        """The choice that is meant; a new one is noted, to be added."""
        known = self._attributes.get(name.casefold())
        new = self._choices.setdefault(known.name if known else name, [])
        try:
            return checked(text, CHOICE, [*(known.choices if known else ()), *new])
        except UserError:
            new.append(" ".join(text.split()))
            return new[-1]

    def _changes(self, person: _Person) -> Iterator[CellChange]:
        """The values that will be other than they are; what stays is taken out of ``person``."""
        row = person.row
        ids = {a.name: a.id for a in self._attributes.values()}
        for what, new in ((Use.NAME.value, person.name), (Use.NOTE.value, person.note), *person.values.items()):
            old = _old(row, what, ids)
            stays = new == old or not new or (self._keep and old)
            if stays and what in person.values:
                del person.values[what]
            if stays and what == Use.NAME:
                person.name = ""
            if stays and what == Use.NOTE:
                person.note = ""
            if not stays and row is not None:
                yield CellChange(person.pseudonym, what, old, new)

    def _new_attributes(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        new = {c.attribute.casefold(): c for c in reversed(self._columns) if c.use is Use.ATTRIBUTE}
        for column in reversed(new.values()):
            if column.attribute.casefold() not in self._attributes:
                yield column.attribute, column.kind, tuple(self._choices.pop(column.attribute, ()))


def _contradict(one: str, other: str) -> bool:
    """Whether two names can hardly be one person's; ``Bev`` and ``Bev Stannard`` can."""
    return bool(one and other) and not same(one, other) and not alike(one, other)


def _old(row: ParticipantRow | None, what: str, ids: Mapping[str, AttributeId]) -> str:
    if row is None:
        return ""
    if what == Use.NAME:
        return row.name
    if what == Use.NOTE:
        return row.note
    return row.attributes.get(ids[what], "") if what in ids else ""


def carry_out(project: Project, plan: Plan) -> None:
    """Do what the plan says, in one step."""
    with project.step("Import participants"):
        ids = {a.name: a.id for a in project.people.attributes()}
        for name, kind, choices in plan.attributes:
            ids[name] = project.people.add_attribute(name, kind, choices)
        there = {a.name: a.choices for a in project.people.attributes()}
        for name, new in plan.choices:
            project.people.change_attribute(ids[name], choices=[*there[name], *new])
        moving = {p.row.id: p.pseudonym for p in plan.people if p.row and p.row.pseudonym != p.pseudonym}
        project.people.rename(moving)
        values: list[tuple[ParticipantId, AttributeId, str]] = []
        for person in plan.people:
            if person.row is None:
                participant_id = project.people.add(person.pseudonym, person.name)
            else:
                participant_id = person.row.id
            if person.note or (person.row and person.name):
                project.people.change(participant_id, name=person.name or None, note=person.note or None)
            values += [(participant_id, ids[name], value) for name, value in person.values.items()]
        project.people.set_values(values)
