"""Work on the codebook: naming, defining, colouring, moving, merging and deleting codes.

The panel shows; this acts. Every act is one step with the words of a menu, and refuses with a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from qualcode.core import tree
from qualcode.core.near_codes import Near, near_codes
from qualcode.core.pieces import Pieces
from qualcode.core.rows import CodeRow, ThemeRow
from qualcode.core.values import CodeId, SegmentId, ThemeId
from qualcode.ui.wording import number, people
from qualcode.ui.workspace import Workspace

if TYPE_CHECKING:
    from qualcode.core.project import Project

APART = "codes kept apart"
"""The house rule that holds the pairs of codes which were looked at and are two."""

LONGEST = 50
"""Code points of a name that are said in a sentence."""


class CodebookDesk:
    """Knows the themes and codes shown; :meth:`know` tells it when they changed."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.themes: dict[ThemeId, ThemeRow] = {}
        self.codes: dict[CodeId, CodeRow] = {}

    def know(self, themes: Sequence[ThemeRow], codes: Sequence[CodeRow]) -> None:
        self.themes = {theme.id: theme for theme in themes}
        self.codes = {code.id: code for code in codes}

    # --- where codes are ---

    def below(self, code_ids: Sequence[CodeId]) -> list[CodeId]:
        """What lies below these codes, as far down as it goes."""
        parents = self._parents()
        return [c for c in self.codes if c not in code_ids and any(a in code_ids for a in tree.upwards(parents, c))]

    def path(self, code_id: CodeId) -> list[str]:
        """The names a code stands under, from its theme down."""
        parents = self._parents()
        above = [self.codes[CodeId(c)] for c in tree.upwards(parents, code_id)]
        names = [code.name for code in reversed(above)]
        theme_id = next((c.theme_id for c in (self.codes[code_id], *above) if c.theme_id), None)
        while theme_id is not None:
            names.insert(0, self.themes[theme_id].name)
            theme_id = self.themes[theme_id].parent_id
        return names

    def together(self, code_id: CodeId) -> str:
        """People and segments of a code with its sub-codes; empty where it has none."""
        below = self.below([code_id])
        if not below:
            return ""
        heard, segments = self.project.codebook.together([code_id, *below])
        subs = number(len(below), "sub-code")
        return f"With its {subs}: {people(heard)} · {number(segments, 'segment')}"

    # --- one code ---

    def add(self, name: str, *, under: CodeId | None = None, theme_id: ThemeId | None = None) -> CodeId | None:
        """Add a code under a code, or else under a theme or none; None where it was refused."""
        return self.workspace.attempt(lambda: self.project.codebook.add(name, parent_id=under, theme_id=theme_id))

    def rename(self, code_id: CodeId, name: str) -> bool:
        """Whether it has that name now."""
        return self._did(lambda: self.project.codebook.rename(code_id, name))

    def rename_theme(self, theme_id: ThemeId, name: str) -> bool:
        """Whether it has that name now."""
        return self._did(lambda: self.project.themes.rename(theme_id, name))

    def define(self, code_id: CodeId, part: str, words: str) -> None:
        """Give a part (definition, include, exclude, example) of what is said of a code other words."""
        self._did(lambda: self.project.codebook.define(code_id, **{part: words}))

    def recolour(self, code_ids: Sequence[CodeId], colour: str) -> None:
        def act() -> None:
            with self.project.step("Change colour"):
                for code_id in code_ids:
                    self.project.codebook.recolour(code_id, colour)

        self._did(act)

    def make_favourite(self, code_id: CodeId, place: int | None) -> None:
        self._did(lambda: self.project.codebook.give_shortcut(code_id, place))

    # --- several ---

    def gather(self, code_ids: Sequence[CodeId], theme_id: ThemeId | None, before: CodeId | None = None) -> bool:
        """Put codes under a theme or under none, to stand beside and before a code there (None: at its top, last).

        Whether that was done.
        """
        if not code_ids or before in code_ids:
            return False
        where = f"to “{self.themes[theme_id].name}”" if theme_id else "out of their theme"
        under = self.codes[before].parent_id if before else None
        label = f"Move {self.called(code_ids)} {where}"
        return self._place(label, code_ids, under=under, theme_id=theme_id, before=before)

    def put_under(self, code_ids: Sequence[CodeId], parent_id: CodeId) -> None:
        """Make codes sub-codes of another."""
        self._place(f"Move {self.called(code_ids)} under “{self.codes[parent_id].name}”", code_ids, under=parent_id)

    def place(self, code_ids: Sequence[CodeId], above: CodeRow | ThemeRow | None, before: CodeRow | None) -> None:
        """Put codes under a code or a theme, to stand before another there (None: last)."""
        if before is None or before.id not in code_ids:
            self._place(
                f"Move {self.called(code_ids)}",
                code_ids,
                under=above.id if isinstance(above, CodeRow) else None,
                theme_id=above.id if isinstance(above, ThemeRow) else None,
                before=before.id if before else None,
            )

    def shift(self, code_ids: Sequence[CodeId], by: int) -> None:
        """Move codes up (-1) or down (1) among those beside the first of them."""
        beside, moved = self._beside(code_ids)
        rest = [code_id for code_id in beside if code_id not in moved]
        at = beside.index(moved[0]) if moved else 0
        to = sum(code_id not in moved for code_id in beside[:at]) + by
        if moved and 0 <= to <= len(rest):
            first = self.codes[moved[0]]
            self._place(
                f"Move {self.called(moved)}",
                moved,
                under=first.parent_id,
                theme_id=first.theme_id,
                before=rest[to] if to < len(rest) else None,
            )

    def nest(self, code_ids: Sequence[CodeId]) -> None:
        """Make codes sub-codes of the one that stands before the first of them."""
        beside, moved = self._beside(code_ids)
        at = beside.index(moved[0]) if moved else 0
        if at > 0:
            self.put_under(moved, beside[at - 1])

    def lift(self, code_ids: Sequence[CodeId]) -> None:
        """Move sub-codes out, to stand after the code they were under."""
        _, moved = self._beside(code_ids)
        parent_id = self.codes[moved[0]].parent_id if moved else None
        if parent_id is not None:
            above = self.codes[parent_id]
            beside, _ = self._beside([parent_id])
            after = beside[beside.index(parent_id) + 1 :]
            self._place(
                f"Move {self.called(moved)} out of “{above.name}”",
                moved,
                under=above.parent_id,
                theme_id=above.theme_id,
                before=after[0] if after else None,
            )

    def order_by_name(self) -> None:
        self._order("Order codes by name", lambda code: code.name.casefold())

    def order_by_people(self) -> None:
        self._order("Order codes by people", lambda code: (-code.people, -code.segments))

    def merge(self, code_ids: Sequence[CodeId], into: CodeId) -> None:
        def act() -> None:
            with self.project.step(f"Merge {self.called(code_ids)} into “{self.codes[into].name}”"):
                self.project.codebook.merge(code_ids, into)

        self._did(act)

    def remove(self, code_ids: Sequence[CodeId]) -> None:
        def act() -> None:
            with self.project.step(f"Delete {self.called(code_ids)}"):
                self.project.codebook.remove(code_ids)

        self._did(act)

    def recode(self, segment_ids: Sequence[SegmentId], code_id: CodeId) -> None:
        """Give segments another code."""
        label = f"Change code of {number(len(segment_ids), 'segment')} to “{self.codes[code_id].name}”"

        def act() -> None:
            with self.project.step(label):
                self.project.coding.recode(segment_ids, code_id)

        self._did(act)

    def split_off(self, segment_ids: Sequence[SegmentId], of: CodeId, name: str) -> None:
        """Give segments a new code, which stands after the one they had."""
        code = self.codes[of]
        beside, _ = self._beside([of])
        after = beside[beside.index(of) + 1 :]

        def act() -> None:
            with self.project.step(f"Split “{name}” off “{code.name}”"):
                made = self.project.codebook.add(name, parent_id=code.parent_id)
                self.project.codebook.place(
                    [made], under=code.parent_id, theme_id=code.theme_id, before=after[0] if after else None
                )
                self.project.coding.recode(segment_ids, made)

        self._did(act)

    # --- codes that may be one ---

    def near(self) -> Pieces[list[Near]]:
        """Pairs of codes that may be one, without those that were said to be two; read in pieces."""
        together = yield from self.project.analysis().together_in_pieces()
        apart = self._apart()
        return [near for near in near_codes(list(self.codes.values()), together) if near.pair not in apart]

    def keep_apart(self, near: Near) -> None:
        """Say that they are two: they are not offered again."""
        pairs = [list(pair) for pair in sorted({*self._apart(), near.pair})]
        names = f"“{self.codes[near.goes].name}” and “{self.codes[near.keeps].name}”"

        def act() -> None:
            with self.project.step(f"Keep {names} apart"):
                self.project.set_setting(APART, {"pairs": pairs})

        self._did(act)

    # --- what an act will do ---

    def merging_means(self, code_ids: Sequence[CodeId], into: CodeId) -> str:
        """What merging will do, in sentences."""
        effect = self.project.codebook.merging(code_ids, into)
        gone, kept = self.called(code_ids), self.called([into])
        moved = _listed(
            (effect.segments, "segment"),
            (effect.sub_codes, "sub-code"),
            (effect.memos, "memo"),
            (effect.suggestions, "suggestion"),
        )
        parts = [f"Merge {gone} into {kept}?"]
        if moved:
            parts.append(f"{moved} will move there.")
        if effect.doubled:
            both = "passage that has both keeps" if effect.doubled == 1 else "passages that have both keep"
            parts.append(f"{effect.doubled:,} {both} one segment.")
        parts.append(f"{kept} will have {number(effect.segments_after, 'segment')} of {people(effect.people_after)}.")
        end = "goes, with its definition." if len(code_ids) == 1 else "go, with their definitions."
        return " ".join((*parts, f"{gone[:1].upper()}{gone[1:]} {end}"))

    def removing_means(self, code_ids: Sequence[CodeId]) -> str:
        """What deleting will do, in sentences; empty when nothing hangs on the codes."""
        effect = self.project.codebook.removing(code_ids)
        go = _listed((effect.segments, "segment"), (effect.memos, "memo"))
        if not go and not effect.sub_codes:
            return ""
        it = "it" if len(code_ids) == 1 else "them"
        parts = [f"Delete {self.called(code_ids)}?"]
        parts += [f"{go} will be deleted with {it}."] if go else []
        if effect.findings:
            parts.append(f"{number(effect.findings, 'finding')} will lose evidence.")
        if effect.quotes:
            parts.append(f"{number(effect.quotes, 'quote')} will no longer be coded.")
        if effect.sub_codes:
            more = sum(self.codes[code_id].segments for code_id in self.below(code_ids))
            parts.append(f"{number(effect.sub_codes, 'sub-code')} will move up.")
            parts += [f"Deleted with {it}, {number(more, 'segment')} more would go."] if more else []
        return " ".join(parts)

    def called(self, code_ids: Sequence[CodeId]) -> str:
        """``“Waiting”``, or ``3 codes``."""
        return f"“{_short(self.codes[code_ids[0]].name)}”" if len(code_ids) == 1 else f"{len(code_ids)} codes"

    # --- within ---

    @property
    def project(self) -> Project:
        return self.workspace.project

    def _parents(self) -> tree.Parents:
        return {code.id: code.parent_id for code in self.codes.values()}

    def _place(self, label: str, code_ids: Sequence[CodeId], **where: Any) -> bool:
        in_order = [code_id for code_id in self.codes if code_id in code_ids]

        def act() -> None:
            with self.project.step(label):
                self.project.codebook.place(in_order, **where)

        return self._did(act)

    def _order(self, label: str, key: Callable[[CodeRow], Any]) -> None:
        order = [code.id for code in sorted(self.codes.values(), key=key)]

        def act() -> None:
            with self.project.step(label):
                self.project.codebook.order(order)

        self._did(act)

    def _beside(self, code_ids: Sequence[CodeId]) -> tuple[list[CodeId], list[CodeId]]:
        """The codes that stand beside the first of these, and which of them are meant: both in order."""
        if not code_ids:
            return [], []
        first = self.codes[code_ids[0]]
        place = (first.parent_id, None if first.parent_id else first.theme_id)
        beside = [c.id for c in self.codes.values() if (c.parent_id, None if c.parent_id else c.theme_id) == place]
        return beside, [code_id for code_id in beside if code_id in code_ids]

    def _apart(self) -> set[tuple[CodeId, CodeId]]:
        return {(CodeId(one), CodeId(other)) for one, other in self.project.setting(APART).get("pairs", ())}

    def _did(self, act: Callable[[], object]) -> bool:
        def whole() -> bool:
            act()
            return True

        return bool(self.workspace.attempt(whole))


def _short(name: str) -> str:
    """A name in a sentence: a long one is cut, so that what follows is read."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rsplit(' ', 1)[0]} …"


def _listed(*counts: tuple[int, str]) -> str:
    """``12 segments, 1 memo and 2 suggestions``; none are left out."""
    parts = [number(count, noun) for count, noun in counts if count]
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1]))) if parts else ""
