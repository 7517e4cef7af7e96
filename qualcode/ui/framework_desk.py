"""Work on the framework: gathering codes, naming, ordering, nesting, merging and deleting themes.

The stage shows; this acts. Every act is one step with the words of a menu, and refuses with a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from qualcode.core.rows import CodeRow, ThemeRow
from qualcode.core.values import CodeId, ThemeId
from qualcode.ui.codebook_desk import CodebookDesk
from qualcode.ui.workspace import Workspace

if TYPE_CHECKING:
    from qualcode.core.project import Project

Key = TypeVar("Key", bound=str)


class FrameworkDesk:
    """Knows the themes and codes shown; :meth:`know` tells it when they changed."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.book = CodebookDesk(workspace)

    def know(self, themes: Sequence[ThemeRow], codes: Sequence[CodeRow]) -> None:
        self.book.know(themes, codes)

    @property
    def themes(self) -> dict[ThemeId, ThemeRow]:
        return self.book.themes

    @property
    def codes(self) -> dict[CodeId, CodeRow]:
        return self.book.codes

    # --- codes ---

    def move_codes(self, code_ids: Sequence[CodeId], theme_id: ThemeId | None, before: CodeId | None = None) -> bool:
        """Gather codes under a theme (None: under none), to stand before a code there; whether that was done."""
        return self.book.gather(code_ids, theme_id, before)

    def move_codes_to_new(self, code_ids: Sequence[CodeId], name: str) -> ThemeId | None:
        """Make a theme of this name and gather codes under it."""

        def act() -> ThemeId:
            with self._project.step(f"New theme “{name}”"):
                theme_id = self._project.themes.add(name)
                if code_ids:
                    self._project.codebook.place(code_ids, theme_id=theme_id)
            return theme_id

        return self._workspace.attempt(act)

    def shift_code(self, code_id: CodeId, by: int) -> None:
        """Move a code up (-1) or down (1) among those it stands beside."""
        self.book.shift([code_id], by)

    def nest_code(self, code_id: CodeId) -> None:
        """Make a code a sub-code of the one before it."""
        self.book.nest([code_id])

    def lift_code(self, code_id: CodeId) -> None:
        """Move a sub-code out, to stand after the code it was under."""
        self.book.lift([code_id])

    def rename(self, row: ThemeRow | CodeRow, name: str) -> bool:
        """Whether it has that name now."""
        project = self._project

        def act() -> bool:
            if isinstance(row, ThemeRow):
                project.themes.rename(row.id, name)
            else:
                project.codebook.rename(row.id, name)
            return True

        return bool(self._workspace.attempt(act))

    # --- themes ---

    def add_theme(self, parent_id: ThemeId | None = None) -> ThemeId | None:
        """Add a theme, to be named by whoever asked for it."""
        name = self.free_name(parent_id)
        return self._workspace.attempt(lambda: self._project.themes.add(name, parent_id=parent_id))

    def free_name(self, parent_id: ThemeId | None = None) -> str:
        """A name for a theme that has none yet."""
        taken = {t.name.casefold() for t in self.themes.values() if t.parent_id == parent_id}
        word = "New sub-theme" if parent_id else "New theme"
        names = (word, *(f"{word} {number}" for number in range(2, len(taken) + 3)))
        return next(name for name in names if name.casefold() not in taken)

    def place_theme(self, theme_id: ThemeId, parent_id: ThemeId | None, before: ThemeId | None) -> None:
        """Put a theme under another (None: at the top), to stand before a sibling there (None: last)."""
        if before == theme_id or parent_id == theme_id:
            return
        order = _placed(list(self.themes), [theme_id], before)

        def act() -> None:
            with self._project.step(f"Move “{self.themes[theme_id].name}”"):
                if self.themes[theme_id].parent_id != parent_id:
                    self._project.themes.move(theme_id, parent_id)
                self._project.themes.order(order)

        self._workspace.attempt(act)

    def shift_theme(self, theme_id: ThemeId, by: int) -> None:
        """Move a theme up (-1) or down (1) among its siblings."""
        siblings = self._siblings(theme_id)
        at = siblings.index(theme_id) + by
        if 0 <= at < len(siblings):
            siblings.remove(theme_id)
            siblings.insert(at, theme_id)
            self._workspace.attempt(lambda: self._project.themes.order(siblings))

    def nest(self, theme_id: ThemeId) -> None:
        """Make a theme a sub-theme of the one before it."""
        siblings = self._siblings(theme_id)
        at = siblings.index(theme_id)
        if at > 0:
            self.place_theme(theme_id, siblings[at - 1], None)

    def unnest(self, theme_id: ThemeId) -> None:
        """Move a sub-theme out, to stand after the theme it was under."""
        parent_id = self.themes[theme_id].parent_id
        if parent_id is not None:
            above = self.themes[parent_id].parent_id
            siblings = self._siblings(parent_id)
            after = siblings[siblings.index(parent_id) + 1 :]
            self.place_theme(theme_id, above, after[0] if after else None)

    def merge(self, theme_id: ThemeId, into: ThemeId) -> None:
        names = self.themes[theme_id].name, self.themes[into].name

        def act() -> bool:
            with self._project.step(f"Merge “{names[0]}” into “{names[1]}”"):
                self._project.themes.merge([theme_id], into)
            return True

        self._workspace.attempt(act)

    def remove(self, theme_id: ThemeId) -> None:
        name = self.themes[theme_id].name

        def act() -> None:
            with self._project.step(f"Delete theme “{name}”"):
                self._project.themes.remove(theme_id)

        self._workspace.attempt(act)

    # --- what an act will do ---

    def merge_means(self, theme_id: ThemeId, into: ThemeId) -> str:
        """What merging will do, in a sentence."""
        held = self._project.themes.holdings([theme_id])
        moved = _listed(
            (held.codes, "code"),
            (held.sub_themes, "sub-theme"),
            (held.findings, "finding"),
            (held.memos, "memo"),
            (held.comments, "comment"),
            (held.summaries, "written summary"),
            (held.questions, "topic guide question"),
        )
        gone, kept = self.themes[theme_id].name, self.themes[into].name
        moves = f"{moved} will move there. " if moved else ""
        return f"Merge “{gone}” into “{kept}”? {moves}“{gone}” goes, with its definition and central message."

    def removal_means(self, theme_id: ThemeId) -> str:
        """What deleting will do, in sentences; empty when nothing hangs on the theme."""
        held = self._project.themes.holdings([theme_id])
        stay = _listed((held.codes, "code"), (held.findings, "finding"))
        rise = _listed((held.sub_themes, "sub-theme"))
        go = _listed((held.memos, "memo"), (held.comments, "comment"), (held.summaries, "written summary"))
        parts = (
            f"{stay} will be under no theme." if stay else "",
            f"{rise} will move up." if rise else "",
            f"{go} will be deleted with it." if go else "",
        )
        said = " ".join(part for part in parts if part)
        return f"Delete “{self.themes[theme_id].name}”? {said}" if said else ""

    # --- within ---

    @property
    def _project(self) -> Project:
        return self._workspace.project

    def _siblings(self, theme_id: ThemeId) -> list[ThemeId]:
        parent_id = self.themes[theme_id].parent_id
        return [t.id for t in self.themes.values() if t.parent_id == parent_id]


def _placed(order: Sequence[Key], moved: Sequence[Key], before: Key | None) -> list[Key]:
    """``order`` with ``moved`` standing together before ``before``, or last."""
    rest = [key for key in order if key not in moved]
    at = rest.index(before) if before is not None else len(rest)
    return [*rest[:at], *moved, *rest[at:]]


def _listed(*counts: tuple[int, str]) -> str:
    """``3 codes, 1 finding and 2 written summaries``; none are left out."""
    parts = [f"{n} {noun if n == 1 else _plural(noun)}" for n, noun in counts if n]
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1]))) if parts else ""


def _plural(noun: str) -> str:
    return noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
