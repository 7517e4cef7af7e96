"""Work on the codebook: naming, defining, colouring, moving, merging and deleting codes.

The panel shows; this acts. Every act is one step with the words of a menu, and refuses with a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from qualcode.core.near_codes import Near, near_codes
from qualcode.core.rows import CodeRow, ThemeRow
from qualcode.core.values import CodeId, ThemeId
from qualcode.ui.wording import number, people
from qualcode.ui.workspace import Workspace

if TYPE_CHECKING:
    from qualcode.core.project import Project

APART = "codes kept apart"
"""The house rule that holds the pairs of codes which were looked at and are two."""


class CodebookDesk:
    """Knows the themes and codes shown; :meth:`know` tells it when they changed."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.themes: dict[ThemeId, ThemeRow] = {}
        self.codes: dict[CodeId, CodeRow] = {}

    def know(self, themes: Sequence[ThemeRow], codes: Sequence[CodeRow]) -> None:
        self.themes = {theme.id: theme for theme in themes}
        self.codes = {code.id: code for code in codes}

    # --- one code ---

    def rename(self, code_id: CodeId, name: str) -> bool:
        """Whether it has that name now."""
        return self._did(lambda: self.project.codebook.rename(code_id, name))

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

    def gather(self, code_ids: Sequence[CodeId], theme_id: ThemeId | None) -> None:
        """Put codes under a theme, at its top, or under none."""
        where = f"to “{self.themes[theme_id].name}”" if theme_id else "out of their theme"

        def act() -> None:
            with self.project.step(f"Move {self.called(code_ids)} {where}"):
                for code_id in code_ids:
                    above = self.codes[code_id].parent_id
                    if above is not None and above not in code_ids:
                        self.project.codebook.move(code_id, None)
                self.project.themes.gather(code_ids, theme_id)

        self._did(act)

    def put_under(self, code_ids: Sequence[CodeId], parent_id: CodeId) -> None:
        """Make codes sub-codes of another."""

        def act() -> None:
            with self.project.step(f"Move {self.called(code_ids)} under “{self.codes[parent_id].name}”"):
                for code_id in code_ids:
                    self.project.codebook.move(code_id, parent_id)

        self._did(act)

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

    # --- codes that may be one ---

    def near(self) -> list[Near]:
        """Pairs of codes that may be one, without those that were said to be two."""
        apart = self._apart()
        found = near_codes(list(self.codes.values()), self.project.analysis().together())
        return [near for near in found if near.pair not in apart]

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
        gone, kept = self.called(code_ids), f"“{self.codes[into].name}”"
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
        its = "its" if len(code_ids) == 1 else "their"
        parts = [f"Delete {self.called(code_ids)}?"]
        parts += [f"{go} will be deleted with {'it' if len(code_ids) == 1 else 'them'}."] if go else []
        if effect.findings:
            parts.append(f"{number(effect.findings, 'finding')} will lose evidence.")
        if effect.quotes:
            parts.append(f"{number(effect.quotes, 'quote')} will no longer be coded.")
        if effect.sub_codes:
            parts.append(f"{number(effect.sub_codes, 'sub-code')} will leave {its} place and stay.")
        return " ".join(parts)

    def called(self, code_ids: Sequence[CodeId]) -> str:
        """``“Waiting”``, or ``3 codes``."""
        return f"“{self.codes[code_ids[0]].name}”" if len(code_ids) == 1 else f"{len(code_ids)} codes"

    # --- within ---

    @property
    def project(self) -> Project:
        return self.workspace.project

    def _apart(self) -> set[tuple[CodeId, CodeId]]:
        return {(CodeId(one), CodeId(other)) for one, other in self.project.setting(APART).get("pairs", ())}

    def _did(self, act: Callable[[], object]) -> bool:
        def whole() -> bool:
            act()
            return True

        return bool(self.workspace.attempt(whole))


def _listed(*counts: tuple[int, str]) -> str:
    """``12 segments, 1 memo and 2 suggestions``; none are left out."""
    parts = [number(count, noun) for count, noun in counts if count]
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1]))) if parts else ""
