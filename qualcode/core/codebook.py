"""The codebook: codes, their colours, definitions and order.

What a step changes of a code goes into the activity log with it, to be read by :mod:`qualcode.core.code_history`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from qualcode.core import code_effects, code_history, tree, who
from qualcode.core.code_effects import Effect
from qualcode.core.code_history import CodeChange, told
from qualcode.core.coding import keep_one_of_each
from qualcode.core.journal import Journal
from qualcode.core.rows import CodeRow
from qualcode.core.schema import Code, Memo, Segment, Suggestion, Theme, new_id, now
from qualcode.core.values import CodeId, ThemeId
from qualcode.errors import UserError

COLOURS = (
    "#2e8cff", "#87730f", "#3ba947", "#835aca", "#e05770", "#0c794d",
    "#cb71d7", "#123281", "#9a9910", "#88305f", "#689f86", "#315807",
)  # fmt: skip
"""Twelve colours found by search: any two of them stay apart for every kind of colour vision, on light and dark ground
(at least 14 in CIELAB, by the simulation of Machado, Oliveira and Fernandes, 2009)."""


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
        with self._journal.step(f"Add code “{name}”", detail=told([code_id], "added", name=name)):
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
        before = self._journal.read(select(Code.parent_id, Code.name).where(Code.id == code_id))[0]
        name = self._free_name(name, before.parent_id, code_id)
        if name == before.name:
            return
        detail = told([code_id], "renamed", was=before.name, name=name)
        with self._journal.step(f"Rename code to “{name}”", detail=detail):
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
        """Change what is given. What was coded before then waits for a second look, unless only the example changed."""
        given = {"definition": definition, "include": include, "exclude": exclude, "example": example}
        values = {k: v for k, v in given.items() if v is not None}
        before = self._journal.read(select(*(getattr(Code, k) for k in given)).where(Code.id == code_id))[0]
        was = {k: getattr(before, k) for k, v in values.items() if v != getattr(before, k)}
        if not was:
            return
        with self._journal.step("Define code", detail=told([code_id], "defined", was=was)):
            meant = {} if was.keys() <= {"example"} else {"redefined_at": now()}
            self._journal.write(update(Code).where(Code.id == code_id).values(**values, **meant))

    def recolour(self, code_id: CodeId, colour: str) -> None:
        with self._journal.step("Change colour", detail=told([code_id], "recoloured")):
            self._journal.write(update(Code).where(Code.id == code_id).values(colour=colour))

    def give_shortcut(self, code_id: CodeId, number: int | None) -> None:
        """Make a code one of the nine favourites on 1 to 9, or none; another code on that number loses it."""
        with self._journal.step("Change favourite"):
            if number is not None:
                self._journal.write(update(Code).where(Code.shortcut == number).values(shortcut=None))
            self._journal.write(update(Code).where(Code.id == code_id).values(shortcut=number))

    def move(self, code_id: CodeId, parent_id: CodeId | None) -> None:
        """Put a code under another, whose theme it has from then on, or at the top.

        Raises UserError for a code under itself or a taken name.
        """
        parents, names = self._tree()
        if tree.lies_within(parents, parent_id, code_id):
            raise UserError("A code cannot be put under itself.")
        self._free_name(names[code_id], parent_id, code_id, moving=True)
        detail = told([code_id], "moved", under=names[parent_id] if parent_id else "")
        own_theme = {} if parent_id is None else {"theme_id": None}
        with self._journal.step(f"Move “{names[code_id]}”", detail=detail):
            self._journal.write(update(Code).where(Code.id == code_id).values(parent_id=parent_id, **own_theme))

    def place(
        self,
        code_ids: Sequence[CodeId],
        *,
        under: CodeId | None = None,
        theme_id: ThemeId | None = None,
        before: CodeId | None = None,
    ) -> None:
        """Put codes, with what lies below them, under a code, or else under a theme or none; to stand before a code
        there (None: last).

        Raises UserError as :meth:`move` does.
        """
        parents, _ = self._tree()
        moved = [CodeId(code_id) for code_id in tree.topmost(parents, code_ids)]
        with self._journal.step("Move codes" if len(moved) > 1 else "Move code"):
            for code_id in moved:
                if parents[code_id] != under:
                    self.move(code_id, under)
            if under is None:
                self._give_theme(moved, theme_id)
            rows = self._in_order()
            rest = [row for row in rows if row.id not in moved]
            own_theme = None if under else theme_id
            beside = [at for at, row in enumerate(rest) if (row.parent_id, row.theme_id) == (under, own_theme)]
            ids = [row.id for row in rest]
            at = ids.index(before) if before in ids else beside[-1] + 1 if beside else len(ids)
            in_order = tree.downwards({row.id: row.parent_id for row in rows}, [*ids[:at], *moved, *ids[at:]])
            self.order([CodeId(code_id) for code_id in in_order])

    def order(self, code_ids: Sequence[CodeId]) -> None:
        """Put these codes in this order."""
        before = {row.id: row.position for row in self._in_order()}
        with self._journal.step("Reorder codes"):
            for position, code_id in enumerate(code_ids):
                if before[code_id] != position:
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
        detail = told([into], "merged", names=[names[c] for c in gone])
        with self._journal.step("Merge codes", detail=detail):
            for table in (Segment, Suggestion, Memo):
                self._journal.write(update(table).where(table.code_id.in_(gone)).values(code_id=into))
            keep_one_of_each(self._journal, into)
            for code_id, parent_id in tree.moved(parents, after).items():
                self._journal.write(update(Code).where(Code.id == code_id).values(parent_id=parent_id))
            self._journal.write(delete(Code).where(Code.id.in_(gone)))

    def remove(self, code_ids: Sequence[CodeId]) -> None:
        """Remove codes with their segments; codes below them take their place. Raises as :meth:`merge` does."""
        parents, names = self._tree()
        after = tree.removed(parents, code_ids)
        self._refuse_double(tree.double(names, parents, after))
        themes = {row.id: row.theme_id for row in self._journal.read(select(Code.id, Code.theme_id))}
        with self._journal.step("Delete code" + "s" * (len(code_ids) > 1)):
            for code_id, parent_id in tree.moved(parents, after).items():
                theme_id = next((themes[c] for c in tree.upwards(parents, code_id) if themes[c]), None)
                place = {"parent_id": parent_id, "theme_id": themes[code_id] if parent_id else theme_id}
                self._journal.write(update(Code).where(Code.id == code_id).values(**place))
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
        people = who.people_by_code(self._journal, code_ids)
        segments = who.segments_by_code(self._journal, code_ids)
        return {code_id: (len(people.get(code_id, ())), n) for code_id, n in segments.items()}

    def together(self, code_ids: Sequence[CodeId]) -> tuple[int, int]:
        """People and segments of these codes taken together: who is heard under several counts once."""
        people = who.people_by_code(self._journal, code_ids)
        return len(set().union(*people.values())), sum(who.segments_by_code(self._journal, code_ids).values())

    def history(self, code_id: CodeId) -> list[CodeChange]:
        """What was done to a code, the latest first."""
        return code_history.history(self._journal, code_id)

    def merging(self, code_ids: Sequence[CodeId], into: CodeId) -> Effect:
        """What :meth:`merge` would do."""
        return code_effects.of_merging(self._journal, code_ids, into)

    def removing(self, code_ids: Sequence[CodeId]) -> Effect:
        """What :meth:`remove` would do."""
        return code_effects.of_deleting(self._journal, code_ids)

    # --- within ---

    def _tree(self) -> tuple[dict[str, str | None], dict[str, str]]:
        """The parent of each code, and its name."""
        rows = self._journal.read(select(Code.id, Code.parent_id, Code.name))
        return {row.id: row.parent_id for row in rows}, {row.id: row.name for row in rows}

    def _in_order(self) -> Sequence[Any]:
        columns = select(Code.id, Code.position, Code.parent_id, Code.theme_id)
        return self._journal.read(columns.order_by(Code.position, Code.name))

    def _give_theme(self, code_ids: Sequence[CodeId], theme_id: ThemeId | None) -> None:
        """Have codes at the top under a theme, or under none."""
        held = self._journal.read(select(Code.id, Code.theme_id).where(Code.id.in_(code_ids)))
        others = [row.id for row in held if row.theme_id != theme_id]
        if others:
            name = self._journal.read(select(Theme.name).where(Theme.id == theme_id)) if theme_id else []
            detail = told(others, "gathered", theme=name[0].name if name else "")
            with self._journal.step("Gather codes", detail=detail):
                self._journal.write(update(Code).where(Code.id.in_(others)).values(theme_id=theme_id))

    def _refuse_double(self, name: str | None) -> None:
        if name is not None:
            raise UserError(f"Two codes “{name}” would lie beside each other. Rename or merge one of them first.")

    def _free_name(self, name: str, parent_id: CodeId | None, own: CodeId | None, *, moving: bool = False) -> str:
        name = " ".join(name.split())
        if not name:
            raise UserError("A code needs a name.")
        siblings = select(Code.id, Code.name).where(Code.parent_id == parent_id)
        if any(row.name.casefold() == name.casefold() and row.id != own for row in self._journal.read(siblings)):
            there = " there already. Rename one of them, or merge them" if moving else " already"
            raise UserError(f"There is a code “{name}”{there}.")
        return name

    def _next_colour(self) -> str:
        used = [row.colour for row in self._journal.read(select(Code.colour))]
        return min(COLOURS, key=used.count)
