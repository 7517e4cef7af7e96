"""A block of cells pasted into the grid of participants: values put right, choices and people added, in one step."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from qualcode.core.rows import AttributeRow
from qualcode.core.typed import CHOICE, checked
from qualcode.core.values import AttributeId, ParticipantId
from qualcode.errors import UserError

if TYPE_CHECKING:
    from qualcode.core.project import Project


class Fact(StrEnum):
    """What a column of the grid holds that is no attribute."""

    PSEUDONYM = "Pseudonym"
    NAME = "Real name"
    NOTE = "Note"


Target = Fact | AttributeId
"""What a column of the block is pasted into."""


def paste(
    project: Project,
    block: Sequence[Sequence[str]],
    rows: Sequence[ParticipantId],
    columns: Sequence[Target],
) -> list[ParticipantId]:
    """Put a block into these participants and columns, first cell in the first; who was pasted into.

    Lines beyond ``rows`` become new participants; cells beyond ``columns`` are passed over, and so are empty lines. A
    value that a choice does not have yet is added to its choices. Raises UserError, with nothing pasted, when a value
    does not fit or a pseudonym is taken.
    """
    lines = [[cell.strip() for cell in line[: len(columns)]] for line in block]
    lines = [line for number, line in enumerate(lines) if any(line) or number < len(rows)]
    attributes = {row.id: row for row in project.people.attributes()}
    with project.step(f"Paste {sum(map(len, lines))} cells"):
        there = list(rows[: len(lines)])
        _rename(project, there, lines, columns)
        ids = [*there, *(_added(project, line, columns) for line in lines[len(there) :])]
        for number, target in enumerate(columns):
            cells = [(ids[i], line[number]) for i, line in enumerate(lines) if number < len(line)]
            if isinstance(target, Fact):
                _write_fact(project, target, cells)
            else:
                _write_values(project, attributes[target], cells)
    return ids


def _rename(
    project: Project, there: Sequence[ParticipantId], lines: Sequence[Sequence[str]], columns: Sequence[Target]
) -> None:
    if Fact.PSEUDONYM in columns:
        place = columns.index(Fact.PSEUDONYM)
        given = {key: line[place] for key, line in zip(there, lines, strict=False) if place < len(line)}
        project.people.rename({key: pseudonym for key, pseudonym in given.items() if pseudonym})


def _added(project: Project, line: Sequence[str], columns: Sequence[Target]) -> ParticipantId:
    place = columns.index(Fact.PSEUDONYM) if Fact.PSEUDONYM in columns else len(line)
    return project.people.add(line[place] if place < len(line) else "")


def _write_fact(project: Project, fact: Fact, cells: Sequence[tuple[ParticipantId, str]]) -> None:
    for participant_id, text in cells:
        if fact is Fact.NAME:
            project.people.change(participant_id, name=text)
        elif fact is Fact.NOTE:
            project.people.change(participant_id, note=text)


def _write_values(project: Project, attribute: AttributeRow, cells: Sequence[tuple[ParticipantId, str]]) -> None:
    if attribute.kind == CHOICE:
        new = [text for _, text in cells if text and not is_choice(text, attribute)]
        if new:
            project.people.change_attribute(attribute.id, choices=[*attribute.choices, *new])
    project.people.set_values((participant_id, attribute.id, text) for participant_id, text in cells)


def is_choice(text: str, attribute: AttributeRow) -> bool:
    """Whether a value is one of the attribute's choices, whatever its capitals, or empty."""
    try:
        checked(text, CHOICE, attribute.choices)
    except UserError:
        return False
    return True
