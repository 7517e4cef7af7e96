"""The codebook: codes, their colours, definitions and order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import delete, func, insert, select, update

from qualcode.core import tree, who
from qualcode.core.coding import keep_one_of_each
from qualcode.core.journal import Journal
from qualcode.core.rows import CodeRow
from qualcode.core.schema import Code, Memo, Segment, SegmentSpeaker, Suggestion, new_id, now
from qualcode.core.values import CodeId, ThemeId
from qualcode.errors import UserError

COLOURS = (
    "#2f6fb0", "#c2571a", "#3a8f5c", "#8a5bb5", "#b8860b", "#c0447c",
    "#1f8a8a", "#7a6a1f", "#5b6bd6", "#a33b3b", "#5f8a1e", "#7b5a45",
)  # fmt: skip
"""Twelve hues kept apart in lightness as well, so that colour-blind readers can tell neighbours."""


class Codebook:
    """Codes form a tree by ``parent_id``; names are unique among siblings, capitals or not."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def add(
        self,
        name: str,
        *,
        parent_id: CodeId | None = None,
        theme_id: ThemeId | None = None,
        colour: str = "",
        definition: str = "",
        include: str = "",
        exclude: str = "",
        example: str = "",
    ) -> CodeId:
        """Add a code at the end; without a colour it gets the least used one. Raises UserError for a taken name."""
        name = self._free_name(name, parent_id, None)
        code_id = CodeId(new_id())
        with self._journal.step(f"Add code “{name}”"):
            position = self._journal.read(select(func.coalesce(func.max(Code.position) + 1, 0)))[0][0]
            self._journal.write(
                insert(Code).values(
                    id=code_id,
                    parent_id=parent_id,
                    theme_id=theme_id,
                    name=name,
                    colour=colour or self._next_colour(),
                    definition=definition,
                    include=include,
                    exclude=exclude,
                    example=example,
                    position=position,
                )
            )
        return code_id

    def rename(self, code_id: CodeId, name: str) -> None:
        """Raises UserError if the name is empty or a sibling's."""
        parent_id = self._journal.read(select(Code.parent_id).where(Code.id == code_id))[0].parent_id
        name = self._free_name(name, parent_id, code_id)
        with self._journal.step(f"Rename code to “{name}”"):
            self._journal.write(update(Code).where(Code.id == code_id).values(name=name))

    def define(
        self,
        code_id: CodeId,
        *,
        definition: str | None = None,
        include: str | None = None,
        exclude: str | None = None,
        example: str | None = None,
    ) -> None:
        """Change what is given. What was coded before then waits for a second look."""
        given = {"definition": definition, "include": include, "exclude": exclude, "example": example}
        values = {k: v for k, v in given.items() if v is not None}
        with self._journal.step("Define code"):
            self._journal.write(update(Code).where(Code.id == code_id).values(**values, redefined_at=now()))

    def recolour(self, code_id: CodeId, colour: str) -> None:
        with self._journal.step("Change colour"):
            self._journal.write(update(Code).where(Code.id == code_id).values(colour=colour))

    def give_shortcut(self, code_id: CodeId, number: int | None) -> None:
        """Make a code one of the nine favourites on 1 to 9, or none; another code on that number loses it."""
        with self._journal.step("Change favourite"):
            if number is not None:
                self._journal.write(update(Code).where(Code.shortcut == number).values(shortcut=None))
            self._journal.write(update(Code).where(Code.id == code_id).values(shortcut=number))

    def move(self, code_id: CodeId, parent_id: CodeId | None) -> None:
        """Put a code under another, or at the top. Raises UserError for a code under itself or a taken name."""
        parents, names = self._tree()
        if tree.lies_within(parents, parent_id, code_id):
            raise UserError("A code cannot be put under itself.")
        self._free_name(names[code_id], parent_id, code_id)
        with self._journal.step(f"Move “{names[code_id]}”"):
            self._journal.write(update(Code).where(Code.id == code_id).values(parent_id=parent_id))

    def order(self, code_ids: Sequence[CodeId]) -> None:
        """Put these codes in this order."""
        with self._journal.step("Reorder codes"):
            for position, code_id in enumerate(code_ids):
                self._journal.write(update(Code).where(Code.id == code_id).values(position=position))

    def merge(self, code_ids: Sequence[CodeId], into: CodeId) -> None:
        """Give the segments, children, suggestions and memos of ``code_ids`` to ``into`` and remove those codes.

        A passage that had both codes by the same coder keeps one segment. Raises UserError when two codes of one
        name would come to lie beside each other.
        """
        gone = [c for c in code_ids if c != into]
        parents, names = self._tree()
        after = tree.merged(parents, gone, into)
        self._refuse_double(tree.double(names, parents, after))
        with self._journal.step("Merge codes"):
            for table in (Segment, Suggestion, Memo):
                self._journal.write(update(table).where(table.code_id.in_(gone)).values(code_id=into))
            keep_one_of_each(self._journal, into)
            for code_id, parent_id in tree.moved(parents, after).items():
                self._journal.write(update(Code).where(Code.id == code_id).values(parent_id=parent_id))
            self._journal.write(delete(Code).where(Code.id.in_(gone)))

    def remove(self, code_ids: Sequence[CodeId]) -> None:
        """Remove codes with their segments; codes below them move to the top. Raises as :meth:`merge` does."""
        parents, names = self._tree()
        self._refuse_double(tree.double(names, parents, tree.removed(parents, code_ids, None)))
        with self._journal.step("Delete code" + "s" * (len(code_ids) > 1)):
            self._journal.write(delete(Code).where(Code.id.in_(code_ids)))

    def find(self, name: str) -> CodeId | None:
        """The first code of this name, capitals or not."""
        wanted = name.strip().casefold()
        for row in self._journal.read(select(Code.id, Code.name).order_by(Code.position)):
            if row.name.casefold() == wanted:
                return CodeId(row.id)
        return None

    def all(self) -> list[CodeRow]:
        """Every code in order, with people and segments counted."""
        counts = self.counts()
        columns = select(
            Code.id,
            Code.parent_id,
            Code.theme_id,
            Code.name,
            Code.colour,
            Code.definition,
            Code.include,
            Code.exclude,
            Code.example,
            Code.shortcut,
            Code.redefined_at,
        )
        return [
            replace(CodeRow(*row), people=people, segments=segments)
            for row in self._journal.read(columns.order_by(Code.position, Code.name))
            for people, segments in (counts.get(row.id, (0, 0)),)
        ]

    def counts(self, code_ids: Sequence[CodeId] | None = None) -> dict[CodeId, tuple[int, int]]:
        """People and segments of each code that has any, or of the codes named only."""
        heard = who.heard(SegmentSpeaker.code_id).distinct()
        if code_ids is not None:
            heard = heard.where(SegmentSpeaker.code_id.in_(code_ids))
        each = heard.subquery()
        people = dict(self._journal.read(select(each.c.code_id, func.count()).group_by(each.c.code_id)))
        segments = who.segments_by_code(self._journal, code_ids)
        return {code_id: (people.get(code_id, 0), n) for code_id, n in segments.items()}

    # --- within ---

    def _tree(self) -> tuple[dict[str, str | None], dict[str, str]]:
        """The parent of each code, and its name."""
        rows = self._journal.read(select(Code.id, Code.parent_id, Code.name))
        return {row.id: row.parent_id for row in rows}, {row.id: row.name for row in rows}

    def _refuse_double(self, name: str | None) -> None:
        if name is not None:
            raise UserError(f"Two codes “{name}” would lie beside each other. Rename or merge one of them first.")

    def _free_name(self, name: str, parent_id: CodeId | None, own: CodeId | None) -> str:
        name = " ".join(name.split())
        if not name:
            raise UserError("A code needs a name.")
        siblings = select(Code.id, Code.name).where(Code.parent_id == parent_id)
        if any(row.name.casefold() == name.casefold() and row.id != own for row in self._journal.read(siblings)):
            raise UserError(f"There is a code “{name}” already.")
        return name

    def _next_colour(self) -> str:
        used = [row.colour for row in self._journal.read(select(Code.colour))]
        return min(COLOURS, key=used.count)
