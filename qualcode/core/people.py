"""Participants and their attributes."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, update

from qualcode.core.journal import Journal
from qualcode.core.rows import AttributeRow, CoderRow, ParticipantRow
from qualcode.core.schema import (
    Attribute,
    AttributeValue,
    Coder,
    InterviewParticipant,
    MatrixSummary,
    Memo,
    Participant,
    Speaker,
    new_id,
)
from qualcode.core.typed import CHOICE, checked
from qualcode.core.values import AttributeId, CoderId, ParticipantId
from qualcode.errors import UserError

if TYPE_CHECKING:
    from qualcode.core.withdrawal import Touched


class People:
    """Who was interviewed, what is known of them, and who codes."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    # --- participants ---

    def add(self, pseudonym: str = "", name: str = "") -> ParticipantId:
        """Add a participant; without a pseudonym the next free ``P01``, ``P02``, ... is given.

        Raises UserError if the pseudonym is taken.
        """
        pseudonym = pseudonym.strip() or self.next_pseudonym()
        if self.find(pseudonym) is not None:
            raise UserError(f"There is a participant {pseudonym} already.")
        participant_id = ParticipantId(new_id())
        with self._journal.step(f"Add {pseudonym}"):
            position = self._journal.read(select(func.coalesce(func.max(Participant.position) + 1, 0)))[0][0]
            self._journal.write(
                insert(Participant).values(id=participant_id, pseudonym=pseudonym, name=name, position=position)
            )
        return participant_id

    def next_pseudonym(self) -> str:
        taken = {row.pseudonym for row in self._journal.read(select(Participant.pseudonym))}
        numbers = [int(m[1]) for p in taken if (m := re.fullmatch(r"P(\d+)", p))]
        return f"P{max(numbers, default=0) + 1:02d}"

    def change(
        self,
        participant_id: ParticipantId,
        *,
        pseudonym: str | None = None,
        name: str | None = None,
        note: str | None = None,
    ) -> None:
        """Change what is given. Raises UserError if the pseudonym is empty or another's."""
        values = {"pseudonym": pseudonym, "name": name, "note": note}
        if pseudonym is not None:
            pseudonym = values["pseudonym"] = pseudonym.strip()
            if not pseudonym:
                raise UserError("A participant needs a pseudonym.")
            if self.find(pseudonym) not in (None, participant_id):
                raise UserError(f"There is a participant {pseudonym} already.")
        with self._journal.step("Change participant"):
            self._journal.write(
                update(Participant)
                .where(Participant.id == participant_id)
                .values({k: v for k, v in values.items() if v is not None})
            )

    def remove(self, participant_ids: Sequence[ParticipantId]) -> None:
        """Take participants off the list. Their interviews and segments stay, then counted as nobody's."""
        with self._journal.step("Remove participant" + "s" * (len(participant_ids) > 1)):
            self._journal.write(delete(Participant).where(Participant.id.in_(participant_ids)))

    def withdraw(self, participant_ids: Sequence[ParticipantId], on: dt.date | None = None) -> None:
        """Let people withdraw, today or ``on`` a day: they count no more and their quotes leave in no report.

        Nothing is deleted. :meth:`touched_by` tells beforehand what it bears on; :meth:`erase` takes them out for good.
        """
        with self._journal.step("Withdraw participant" + "s" * (len(participant_ids) > 1)):
            gone = Participant.id.in_(participant_ids)
            self._journal.write(update(Participant).where(gone).values(withdrawn_on=on or dt.date.today()))

    def take_withdrawal_back(self, participant_ids: Sequence[ParticipantId]) -> None:
        """Count people again who had withdrawn."""
        with self._journal.step("Take withdrawal back"):
            here = Participant.id.in_(participant_ids)
            self._journal.write(update(Participant).where(here).values(withdrawn_on=None))

    def touched_by(self, participant_id: ParticipantId) -> Touched:
        """What it would bear on if this person withdrew now."""
        from qualcode.core import withdrawal  # which asks who said what, and so imports this module

        return withdrawal.touched(self._journal, participant_id)

    def erase(self, participant_id: ParticipantId) -> None:
        """Take a person, and all they said, out of the file for good. It cannot be undone, nor what was done before."""
        from qualcode.core import withdrawal

        withdrawal.erase(self._journal, participant_id)

    def rename(self, pseudonyms: Mapping[ParticipantId, str]) -> None:
        """Give several participants other pseudonyms at once; they may swap them.

        Raises UserError if one is empty, given twice, or somebody else's.
        """
        wanted = {key: pseudonym.strip() for key, pseudonym in pseudonyms.items()}
        kept = {row.pseudonym.casefold() for row in self.all() if row.id not in wanted}
        for pseudonym in wanted.values():
            if not pseudonym:
                raise UserError("A participant needs a pseudonym.")
            if pseudonym.casefold() in kept:
                raise UserError(f"There is a participant {pseudonym} already.")
            kept.add(pseudonym.casefold())
        with self._journal.step("Change pseudonyms"):
            for new in ({key: key for key in wanted}, wanted):
                for participant_id, pseudonym in new.items():
                    mine = Participant.id == participant_id
                    self._journal.write(update(Participant).where(mine).values(pseudonym=pseudonym))

    def merge(self, participant_ids: Sequence[ParticipantId], into: ParticipantId) -> None:
        """Say that these are one person: what was said, written and known of them becomes that of ``into``.

        Where both have a name or a value, that of ``into`` stays; their notes, and their summaries of one theme, are
        put one under the other.
        """
        people = {row.id: row for row in self.all()}
        others = [people[key] for key in participant_ids if key != into]
        kept = people[into]
        with self._journal.step("Merge participants"):
            for row in others:
                self._hand_over(row.id, into)
            known = {key: value for row in reversed(others) for key, value in row.attributes.items()}
            self.set_values((into, key, value) for key, value in known.items() if key not in kept.attributes)
            notes = dict.fromkeys(row.note for row in (kept, *others) if row.note)
            name = next((row.name for row in (kept, *others) if row.name), "")
            self.change(into, name=name, note="\n".join(notes))
            self.remove([row.id for row in others])

    def find(self, pseudonym: str) -> ParticipantId | None:
        """The participant with this pseudonym, capitals or not."""
        wanted = pseudonym.strip().casefold()
        rows = self._journal.read(select(Participant.id, Participant.pseudonym))
        return next((row.id for row in rows if row.pseudonym.casefold() == wanted), None)

    def all(self) -> list[ParticipantRow]:
        values: dict[ParticipantId, dict[AttributeId, str]] = defaultdict(dict)
        for row in self._journal.read(
            select(AttributeValue.participant_id, AttributeValue.attribute_id, AttributeValue.value)
        ):
            values[row.participant_id][row.attribute_id] = row.value
        columns = select(
            Participant.id, Participant.pseudonym, Participant.name, Participant.note, Participant.withdrawn_on
        )
        return [
            ParticipantRow(**row._mapping, attributes=values.get(row.id, {}))
            for row in self._journal.read(columns.order_by(Participant.position, Participant.pseudonym))
        ]

    # --- attributes ---

    def add_attribute(self, name: str, kind: str = "text", choices: Sequence[str] = ()) -> AttributeId:
        """Add an attribute that every participant may have. Raises UserError for an empty or taken name."""
        name = self._free_name(name, None)
        attribute_id = AttributeId(new_id())
        with self._journal.step(f"Add attribute “{name}”"):
            position = self._journal.read(select(func.coalesce(func.max(Attribute.position) + 1, 0)))[0][0]
            self._journal.write(
                insert(Attribute).values(
                    id=attribute_id, name=name, kind=kind, choices=_each_once(choices), position=position
                )
            )
        return attribute_id

    def change_attribute(
        self,
        attribute_id: AttributeId,
        *,
        name: str | None = None,
        kind: str | None = None,
        choices: Sequence[str] | None = None,
    ) -> None:
        """Change what is given; a new type or new choices hold for the values that are there, too.

        An attribute that becomes a choice without choices gets the values that are there. Raises UserError for an empty
        or taken name, and when a value does not fit.
        """
        old = next(a for a in self.attributes() if a.id == attribute_id)
        name = None if name is None else self._free_name(name, attribute_id)
        there = [(p, p.attributes[attribute_id]) for p in self.all() if attribute_id in p.attributes]
        if kind == CHOICE and choices is None and not old.choices:
            choices = sorted(dict.fromkeys(value for _, value in there), key=str.casefold)
        choices = None if choices is None else _each_once(choices)
        fitted = [
            (person.id, attribute_id, _fitted(person, value, old, kind or old.kind, choices)) for person, value in there
        ]
        values = {"name": name, "kind": kind, "choices": choices}
        with self._journal.step("Change attribute"):
            self._journal.write(
                update(Attribute)
                .where(Attribute.id == attribute_id)
                .values({k: v for k, v in values.items() if v is not None})
            )
            self.set_values(fitted)

    def remove_attribute(self, attribute_id: AttributeId) -> None:
        with self._journal.step("Remove attribute"):
            self._journal.write(delete(Attribute).where(Attribute.id == attribute_id))

    def attributes(self) -> list[AttributeRow]:
        columns = select(Attribute.id, Attribute.name, Attribute.kind, Attribute.choices)
        return [
            AttributeRow(row.id, row.name, row.kind, tuple(row.choices))
            for row in self._journal.read(columns.order_by(Attribute.position, Attribute.name))
        ]

    def set_value(self, participant_id: ParticipantId, attribute_id: AttributeId, value: str) -> None:
        """Set one attribute of one participant; an empty value takes it away.

        Raises UserError when the value does not fit the attribute's type.
        """
        self.set_values([(participant_id, attribute_id, value)])

    def set_values(self, values: Iterable[tuple[ParticipantId, AttributeId, str]]) -> None:
        """Set attributes of many participants; an empty value takes one away.

        Raises UserError when a value does not fit its attribute's type; then nothing is set.
        """
        attributes = {row.id: row for row in self.attributes()}
        wanted = {
            (person, key): checked(value, attributes[key].kind, attributes[key].choices)
            for person, key, value in values
        }
        columns = select(AttributeValue.participant_id, AttributeValue.attribute_id, AttributeValue.value)
        with self._journal.step("Change attribute value" + "s" * (len(wanted) > 1)):
            there = {(row.participant_id, row.attribute_id): row.value for row in self._journal.read(columns)}
            for (person, key), value in wanted.items():
                if value == there.get((person, key), ""):
                    continue
                place = (AttributeValue.participant_id == person) & (AttributeValue.attribute_id == key)
                if not value:
                    self._journal.write(delete(AttributeValue).where(place))
                elif (person, key) in there:
                    self._journal.write(update(AttributeValue).where(place).values(value=value))
            new = [
                {"participant_id": person, "attribute_id": key, "value": value}
                for (person, key), value in wanted.items()
                if value and (person, key) not in there
            ]
            self._journal.write(insert(AttributeValue), new)

    # --- coders ---

    def coder(self, name: str) -> CoderId:
        """The coder of this name, added when new."""
        found = self._journal.read(select(Coder.id).where(Coder.name == name))
        if found:
            return CoderId(found[0].id)
        coder_id = CoderId(new_id())
        with self._journal.step(f"Add coder {name}"):
            self._journal.write(insert(Coder).values(id=coder_id, name=name))
        return coder_id

    def coders(self) -> list[CoderRow]:
        return [CoderRow(*row) for row in self._journal.read(select(Coder.id, Coder.name).order_by(Coder.created_at))]

    # --- within ---

    def _hand_over(self, gone: ParticipantId, into: ParticipantId) -> None:
        """Make one participant's voices, interviews, memos and summaries another's."""
        for table in (Speaker, Memo):
            self._journal.write(update(table).where(table.participant_id == gone).values(participant_id=into))
        been = select(InterviewParticipant.interview_id).where(InterviewParticipant.participant_id == into)
        own = InterviewParticipant.participant_id == gone
        new = own & InterviewParticipant.interview_id.not_in(been)
        self._journal.write(update(InterviewParticipant).where(new).values(participant_id=into))
        cells = select(MatrixSummary.id, MatrixSummary.theme_id, MatrixSummary.wave_id, MatrixSummary.text)
        there = {
            (row.theme_id, row.wave_id): row
            for row in self._journal.read(cells.where(MatrixSummary.participant_id == into))
        }
        for row in self._journal.read(cells.where(MatrixSummary.participant_id == gone)):
            same = there.get((row.theme_id, row.wave_id))
            values = {"participant_id": into} if same is None else {"text": f"{same.text}\n{row.text}".strip()}
            target = MatrixSummary.id == (row if same is None else same).id
            self._journal.write(update(MatrixSummary).where(target).values(values))

    def _free_name(self, name: str, own: AttributeId | None) -> str:
        name = name.strip()
        if not name:
            raise UserError("An attribute needs a name.")
        if any(a.name.casefold() == name.casefold() and a.id != own for a in self.attributes()):
            raise UserError(f"There is an attribute “{name}” already.")
        return name


def _each_once(choices: Iterable[str]) -> list[str]:
    """The choices without empty ones and without those that are there already in other capitals."""
    found: dict[str, str] = {}
    for choice in (" ".join(choice.split()) for choice in choices):
        if choice:
            found.setdefault(choice.casefold(), choice)
    return list(found.values())


def _fitted(person: ParticipantRow, value: str, old: AttributeRow, kind: str, choices: Sequence[str] | None) -> str:
    try:
        return checked(value, kind, old.choices if choices is None else choices)
    except UserError as error:
        raise UserError(f"{old.name} of {person.pseudonym} does not fit: {error}") from error
