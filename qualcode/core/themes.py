"""Themes and sub-themes, the codes gathered under them, and the framework's versions."""

from __future__ import annotations

import operator
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any, NamedTuple

from sqlalchemy import delete, func, insert, select, update

from qualcode.core import tree, versions, who
from qualcode.core.code_history import told
from qualcode.core.journal import Journal
from qualcode.core.recall import recall
from qualcode.core.rows import FrameworkVersionRow, ThemeHoldings, ThemeRow
from qualcode.core.schema import (
    Code,
    Comment,
    Finding,
    FrameworkVersion,
    MatrixSummary,
    Memo,
    ProjectInfo,
    QuestionTheme,
    Theme,
    new_id,
)
from qualcode.core.values import CodeId, ThemeId
from qualcode.errors import UserError


class Themes:
    """The framework: ordered themes that nest, each gathering codes. A code is under one theme or none."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    # --- writes ---

    def add(self, name: str, *, parent_id: ThemeId | None = None, definition: str = "", message: str = "") -> ThemeId:
        """Add a theme, or a sub-theme of ``parent_id``, at the end. Raises UserError for an empty or taken name."""
        name = self._free_name(name, parent_id, None)
        theme_id = ThemeId(new_id())
        with self._journal.step(f"Add theme “{name}”"):
            position = self._journal.read(select(func.coalesce(func.max(Theme.position) + 1, 0)))[0][0]
            self._journal.write(
                insert(Theme).values(
                    id=theme_id,
                    parent_id=parent_id,
                    name=name,
                    definition=definition,
                    central_message=message,
                    position=position,
                )
            )
        return theme_id

    def rename(self, theme_id: ThemeId, name: str) -> None:
        parent_id = self._journal.read(select(Theme.parent_id).where(Theme.id == theme_id))[0].parent_id
        name = self._free_name(name, parent_id, theme_id)
        with self._journal.step(f"Rename theme to “{name}”"):
            self._journal.write(update(Theme).where(Theme.id == theme_id).values(name=name))

    def define(self, theme_id: ThemeId, *, definition: str | None = None, message: str | None = None) -> None:
        given = {"definition": definition, "central_message": message}
        with self._journal.step("Define theme"):
            values = {k: v for k, v in given.items() if v is not None}
            self._journal.write(update(Theme).where(Theme.id == theme_id).values(values))

    def gather(self, code_ids: Sequence[CodeId], theme_id: ThemeId | None) -> None:
        """Put codes under a theme, or (None) under none. Codes below them in the tree come along.

        Raises UserError for a code that is to be under none while a code above it has a theme.
        """
        if theme_id is None:
            self._refuse_held(code_ids)
        _, names = self._tree()
        detail = told(code_ids, "gathered", theme=names[theme_id] if theme_id else "")
        with self._journal.step("Gather codes" if theme_id else "Take codes out of theme", detail=detail):
            self._journal.write(update(Code).where(Code.id.in_(code_ids)).values(theme_id=theme_id))

    def move(self, theme_id: ThemeId, parent_id: ThemeId | None) -> None:
        """Make a theme a sub-theme of another, or a theme of its own.

        Raises UserError for a theme under itself or a taken name.
        """
        parents, names = self._tree()
        if tree.lies_within(parents, parent_id, theme_id):
            raise UserError("A theme cannot be put under itself.")
        self._free_name(names[theme_id], parent_id, theme_id)
        with self._journal.step("Move theme"):
            self._journal.write(update(Theme).where(Theme.id == theme_id).values(parent_id=parent_id))

    def order(self, theme_ids: Sequence[ThemeId]) -> None:
        """Put these themes in this order."""
        with self._journal.step("Reorder themes"):
            for position, theme_id in enumerate(theme_ids):
                self._journal.write(update(Theme).where(Theme.id == theme_id).values(position=position))

    def merge(self, theme_ids: Sequence[ThemeId], into: ThemeId) -> None:
        """Give what hangs on ``theme_ids``, from codes to topic guide links, to ``into``, and remove them.

        Raises UserError when two themes of one name would come to lie beside each other.
        """
        gone = [t for t in theme_ids if t != into]
        parents, names = self._tree()
        after = tree.merged(parents, gone, into)
        self._refuse_double(tree.double(names, parents, after))
        with self._journal.step("Merge themes"):
            for table in (Code, Finding, Memo, Comment, MatrixSummary):
                self._journal.write(update(table).where(table.theme_id.in_(gone)).values(theme_id=into))
            for theme_id, parent_id in tree.moved(parents, after).items():
                self._journal.write(update(Theme).where(Theme.id == theme_id).values(parent_id=parent_id))
            asked = select(QuestionTheme.question_id).where(QuestionTheme.theme_id == into)
            self._journal.write(
                update(QuestionTheme)
                .where(QuestionTheme.theme_id.in_(gone), QuestionTheme.question_id.not_in(asked))
                .values(theme_id=into)
            )
            self._journal.write(delete(Theme).where(Theme.id.in_(gone)))

    def remove(self, theme_id: ThemeId) -> None:
        """Remove a theme. Its codes and findings stay, under none; its sub-themes move up. Raises as :meth:`merge`."""
        parents, names = self._tree()
        parent_id = parents[theme_id]
        self._refuse_double(tree.double(names, parents, tree.removed(parents, [theme_id])))
        with self._journal.step("Delete theme"):
            self._journal.write(update(Theme).where(Theme.parent_id == theme_id).values(parent_id=parent_id))
            self._journal.write(delete(Theme).where(Theme.id == theme_id))

    def take_snapshot(self, name: str) -> str:
        """Keep the framework as it stands now under a name; the id of that version."""
        version_id = new_id()
        snapshot = self._snapshot()
        stage = self._journal.read(select(ProjectInfo.stage))[0].stage
        with self._journal.step(f"Keep framework “{name}”"):
            self._journal.write(
                insert(FrameworkVersion).values(
                    id=version_id, name=name, stage=stage, coder_id=self._journal.coder_id, snapshot=snapshot
                )
            )
        return version_id

    # --- reads ---

    def all(self) -> list[ThemeRow]:
        """Every theme in reading order (a theme, then its sub-themes), with people and segments counted."""
        columns = select(Theme.id, Theme.parent_id, Theme.name, Theme.definition, Theme.central_message)
        found = self._journal.read(columns.order_by(Theme.position, Theme.name))
        children: dict[ThemeId | None, list[ThemeRow]] = defaultdict(list)
        own, counts = self._codes(), self.counts()
        for row in found:
            people, segments = counts[row.id]
            codes = tuple(own.get(row.id, ()))
            children[row.parent_id].append(ThemeRow(**row._mapping, code_ids=codes, people=people, segments=segments))
        return list(_reading_order(children, None))

    def counts(self) -> dict[ThemeId, tuple[int, int]]:
        """People and segments of each theme, those of its sub-themes included."""
        held = recall(self._journal, "codes within themes", [Theme, Code], self._codes_within)
        segments = who.segments_by_code(self._journal)
        people = recall(
            self._journal,
            "people within themes",
            [Theme, Code, *who.HEARD],
            lambda: self._people_within(held, {}),
            lambda kept, _: self._people_within(held, kept),
        )
        return {
            theme_id: (people[theme_id].total, sum(segments.get(code_id, 0) for code_id in codes))
            for theme_id, codes in held.items()
        }

    def of_code(self) -> dict[CodeId, ThemeId]:
        """The theme each code counts for: its own, or that of the code it stands under. Codes of no theme are left
        out."""
        rows = {row.id: row for row in self._journal.read(select(Code.id, Code.parent_id, Code.theme_id))}
        found: dict[CodeId, ThemeId] = {}
        for code_id, row in rows.items():
            while row is not None and row.theme_id is None:
                row = rows.get(row.parent_id)
            if row is not None:
                found[code_id] = row.theme_id
        return found

    def within(self, theme_id: ThemeId) -> frozenset[ThemeId]:
        """A theme and all sub-themes below it."""
        parents = self._journal.read(select(Theme.id, Theme.parent_id))
        found = {theme_id}
        while more := {row.id for row in parents if row.parent_id in found} - found:
            found |= more
        return frozenset(found)

    def versions(self) -> list[FrameworkVersionRow]:
        columns = select(FrameworkVersion).order_by(FrameworkVersion.created_at)
        return [
            FrameworkVersionRow(
                row.id, row.name, row.stage, row.created_at, len(row.snapshot["themes"]), len(row.snapshot["codes"])
            )
            for row in self._journal.read(columns)
        ]

    def since(self, version_id: str) -> list[str]:
        """What is different in the framework since a version was kept, a sentence each."""
        kept = select(FrameworkVersion.snapshot).where(FrameworkVersion.id == version_id)
        return versions.differences(self._journal.read(kept)[0].snapshot, self._snapshot())

    def holdings(self, theme_ids: Sequence[ThemeId]) -> ThemeHoldings:
        """How much hangs on these themes themselves: what a merge moves and a deletion leaves without a theme."""
        held = (Code, Finding, Memo, Comment, MatrixSummary, QuestionTheme)
        counts = (select(func.count()).select_from(t).where(t.theme_id.in_(theme_ids)) for t in held)
        below = select(func.count()).where(Theme.parent_id.in_(theme_ids), Theme.id.not_in(theme_ids))
        row = self._journal.read(select(*(count.scalar_subquery() for count in (*counts, below))))[0]
        return ThemeHoldings(*row)

    # --- within ---

    def _snapshot(self) -> dict[str, Any]:
        codes = self._journal.read(select(Code.id, Code.name, Code.theme_id, Code.parent_id, Code.definition))
        return {
            "themes": [
                {"id": t.id, "name": t.name, "parent": t.parent_id, "definition": t.definition, "people": t.people}
                for t in self.all()
            ],
            "codes": [dict(row._mapping) for row in codes],
        }

    def _refuse_held(self, code_ids: Sequence[CodeId]) -> None:
        rows = {row.id: row for row in self._journal.read(select(Code.id, Code.name, Code.parent_id, Code.theme_id))}
        for code_id in code_ids:
            above = rows.get(rows[code_id].parent_id)
            while above is not None and (above.theme_id is None or above.id in code_ids):
                above = rows.get(above.parent_id)
            if above is not None:
                raise UserError(
                    f"“{rows[code_id].name}” stands under the code “{above.name}” and goes where that goes. "
                    "Move it out from under that code first."
                )

    def _tree(self) -> tuple[dict[str, str | None], dict[str, str]]:
        """The parent of each theme, and its name."""
        rows = self._journal.read(select(Theme.id, Theme.parent_id, Theme.name))
        return {row.id: row.parent_id for row in rows}, {row.id: row.name for row in rows}

    def _refuse_double(self, name: str | None) -> None:
        if name is not None:
            raise UserError(f"Two themes “{name}” would lie beside each other. Rename or merge one of them first.")

    def _codes(self) -> Mapping[ThemeId, list[CodeId]]:
        gathered: dict[ThemeId, list[CodeId]] = defaultdict(list)
        themes = self.of_code()
        for row in self._journal.read(select(Code.id).order_by(Code.position, Code.name)):
            if row.id in themes:
                gathered[themes[row.id]].append(row.id)
        return gathered

    def _codes_within(self) -> Mapping[ThemeId, Sequence[CodeId]]:
        """The codes of each theme and of its sub-themes."""
        parents, own = self._tree()[0], self._codes()
        within: dict[ThemeId, list[CodeId]] = {ThemeId(theme_id): [] for theme_id in parents}
        for theme_id, codes in own.items():
            for above in (theme_id, *tree.upwards(parents, theme_id)):
                within[ThemeId(above)] += codes
        return within

    def _people_within(
        self, held: Mapping[ThemeId, Sequence[CodeId]], kept: Mapping[ThemeId, _People]
    ) -> Mapping[ThemeId, _People]:
        heard = who.people_by_code(self._journal)
        under = {
            theme_id: [heard[code_id] for code_id in codes if code_id in heard] for theme_id, codes in held.items()
        }
        return {theme_id: _united(parts, kept.get(theme_id)) for theme_id, parts in under.items()}

    def _free_name(self, name: str, parent_id: ThemeId | None, own: ThemeId | None) -> str:
        name = " ".join(name.split())
        if not name:
            raise UserError("A theme needs a name.")
        siblings = self._journal.read(select(Theme.id, Theme.name).where(Theme.parent_id == parent_id))
        if any(row.name.casefold() == name.casefold() and row.id != own for row in siblings):
            raise UserError(f"There is a theme “{name}” already.")
        return name


class _People(NamedTuple):
    """How many people are heard under several codes, and those under each: the sets that :mod:`who` keeps."""

    parts: Sequence[Set[str]]
    total: int


def _united(parts: Sequence[Set[str]], kept: _People | None) -> _People:
    """Counted anew only where the people under one of the codes are others."""
    if kept is not None and len(parts) == len(kept.parts) and all(map(operator.is_, parts, kept.parts)):
        return kept
    return _People(parts, len(set().union(*parts)))


def _reading_order(
    children: Mapping[ThemeId | None, Sequence[ThemeRow]], parent_id: ThemeId | None
) -> Iterable[ThemeRow]:
    for theme in children.get(parent_id, ()):
        yield theme
        yield from _reading_order(children, theme.id)
