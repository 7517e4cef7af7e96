"""Participants and their attributes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import delete, func, insert, select, update

from qualcode.core.journal import Journal
from qualcode.core.rows import AttributeRow, CoderRow, ParticipantRow
from qualcode.core.schema import Attribute, AttributeValue, Coder, Participant, new_id
from qualcode.core.values import AttributeId, CoderId, ParticipantId
from qualcode.errors import UserError

ATTRIBUTE_KINDS = ("text", "number", "date", "choice")


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
            position = self._journal.read(select(func.count(Participant.id)))[0][0]
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

    def find(self, pseudonym: str) -> ParticipantId | None:
        """The participant with this pseudonym, capitals or not."""
        wanted = func.lower(Participant.pseudonym) == pseudonym.strip().lower()
        found = self._journal.read(select(Participant.id).where(wanted))
        return found[0].id if found else None

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
        name = name.strip()
        if not name:
            raise UserError("An attribute needs a name.")
        if any(a.name.casefold() == name.casefold() for a in self.attributes()):
            raise UserError(f"There is an attribute “{name}” already.")
        attribute_id = AttributeId(new_id())
        with self._journal.step(f"Add attribute “{name}”"):
            position = self._journal.read(select(func.count(Attribute.id)))[0][0]
            self._journal.write(
                insert(Attribute).values(
                    id=attribute_id, name=name, kind=kind, choices=list(choices), position=position
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
        values = {"name": name, "kind": kind, "choices": None if choices is None else list(choices)}
        with self._journal.step("Change attribute"):
            self._journal.write(
                update(Attribute)
                .where(Attribute.id == attribute_id)
                .values({k: v for k, v in values.items() if v is not None})
            )

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
        """Set one attribute of one participant; an empty value takes it away."""
        place = (AttributeValue.participant_id == participant_id) & (AttributeValue.attribute_id == attribute_id)
        value = value.strip()
        with self._journal.step("Change attribute value"):
            known = self._journal.read(select(AttributeValue.value).where(place))
            if not value:
                self._journal.write(delete(AttributeValue).where(place))
            elif known:
                self._journal.write(update(AttributeValue).where(place).values(value=value))
            else:
                self._journal.write(
                    insert(AttributeValue).values(participant_id=participant_id, attribute_id=attribute_id, value=value)
                )

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
