"""What bringing a codebook from elsewhere in would do, and doing it.

:func:`plan` says what would be added and changed and what is left out, :func:`carry_out` does it in one step. Nothing
is taken away: an empty cell leaves what is there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.core.codebook_table import Entry, key_of
from qualcode.core.rows import CodeRow, ThemeRow
from qualcode.core.values import CodeId, ThemeId

if TYPE_CHECKING:
    from qualcode.core.project import Project


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A code and what would become of it: ``known`` is the project's own, ``changed`` its parts that change."""

    entry: Entry
    known: CodeId | None
    changed: tuple[str, ...] = ()

    @property
    def what(self) -> str:
        """In words, for a preview."""
        if self.known is None:
            return "new"
        return f"changes {', '.join(self.changed)}" if self.changed else "there already"


@dataclass(frozen=True, slots=True)
class Plan:
    """What bringing a codebook in would do. ``themes`` are the new ones, by their path of names; ``definitions`` what
    is said of them, by that path in small letters. ``problems`` are sentences on what would be left out.
    """

    lines: tuple[CodeLine, ...]
    themes: tuple[tuple[str, ...], ...]
    problems: tuple[str, ...]
    definitions: Mapping[tuple[str, ...], str]

    @property
    def new(self) -> int:
        return sum(line.known is None for line in self.lines)

    @property
    def changed(self) -> int:
        return sum(bool(line.known and line.changed) for line in self.lines)

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.themes or self.new or self.changed)


def plan(entries: Sequence[Entry], themes: Sequence[ThemeRow], codes: Sequence[CodeRow]) -> Plan:
    """What bringing these in would do to a project with these themes and codes."""
    places, there = _Themes(themes), _Codes(codes)
    lines, new_themes, problems = [], dict[tuple[str, ...], None](), []
    definitions: dict[tuple[str, ...], str] = {}
    seen: set[tuple[str, ...]] = set()
    for entry in entries:
        path = (*entry.themes, entry.name) if entry.is_theme else entry.themes
        new_themes |= dict.fromkeys(p for p in _downwards(path) if places.find(p) is None)
        if entry.is_theme:
            definitions.setdefault(_small(path), entry.parts.get("definition", ""))
        elif (problem := _problem(entry, seen)) is not None:
            problems.append(problem)
        else:
            seen.add(key_of(entry))
            row = there.find(entry)
            lines.append(CodeLine(entry, row.id if row else None, _changed(entry, row) if row else ()))
    return Plan(tuple(lines), tuple(new_themes), tuple(problems), definitions)


def carry_out(project: Project, planned: Plan) -> list[CodeId]:
    """Do it, in one step; the codes brought in or changed. A code that is there stays under its theme."""
    done: list[CodeId] = []
    with project.step("Import codebook"):
        themes = _Themes(project.themes.all())
        made = {
            _small(path): themes.make(project, path, planned.definitions.get(_small(path), ""))
            for path in planned.themes
        }
        codes = _Codes(project.codebook.all())
        for line in planned.lines:
            entry = line.entry
            if line.known is not None:
                if line.changed:
                    _change(project, line)
                    done.append(line.known)
                continue
            theme_id = made.get(_small(entry.themes)) or themes.find(entry.themes)
            parent_id = codes.parent_of(entry)
            parts = {part: words for part, words in entry.parts.items() if words}
            code_id = project.codebook.add(
                entry.name,
                parent_id=parent_id,
                theme_id=None if parent_id else theme_id,
                colour=entry.colour,
                **parts,
            )
            codes.know(entry, code_id)
            done.append(code_id)
    return done


# --- within ------------------------------------------------------------------------------------------------------


class _Themes:
    """The themes of a project by their path of names, capitals or not; one name alone finds the only theme of it."""

    def __init__(self, themes: Sequence[ThemeRow]) -> None:
        names = {theme.id: theme for theme in themes}
        self._by_path: dict[tuple[str, ...], ThemeId] = {}
        for theme in themes:
            path, above = [theme.name.casefold()], theme.parent_id
            while above is not None:
                path.insert(0, names[above].name.casefold())
                above = names[above].parent_id
            self._by_path[tuple(path)] = theme.id

    def find(self, path: Sequence[str]) -> ThemeId | None:
        plain = _small(path)
        named = [key for key in self._by_path if key[-1:] == plain] if plain not in self._by_path else []
        return self._by_path.get(named[0] if len(named) == 1 else plain)

    def make(self, project: Project, path: tuple[str, ...], definition: str) -> ThemeId:
        made = project.themes.add(path[-1], parent_id=self.find(path[:-1]), definition=definition)
        self._by_path[_small(path)] = made
        return made


class _Codes:
    """The codes of a project by name and the names above; a name that is there once is found wherever it lies."""

    def __init__(self, codes: Sequence[CodeRow]) -> None:
        self._rows = {code.id: code for code in codes}
        self._ids: dict[tuple[str, ...], CodeId] = {self._path(code): code.id for code in codes}

    def find(self, entry: Entry) -> CodeRow | None:
        exact = self._ids.get(key_of(entry))
        if exact is not None:
            return self._rows.get(exact)
        name = entry.name.casefold()
        same = [row for row in self._rows.values() if row.name.casefold() == name]
        return same[0] if len(same) == 1 and not entry.above else None

    def parent_of(self, entry: Entry) -> CodeId | None:
        if not entry.above:
            return None
        exact = self._ids.get(_small(entry.above))
        wanted = entry.above[-1].casefold()
        return exact or next((key for path, key in self._ids.items() if path[-1] == wanted), None)

    def know(self, entry: Entry, code_id: CodeId) -> None:
        self._ids[key_of(entry)] = code_id

    def _path(self, code: CodeRow) -> tuple[str, ...]:
        above = self._path(self._rows[code.parent_id]) if code.parent_id else ()
        return (*above, code.name.casefold())


def _small(path: Sequence[str]) -> tuple[str, ...]:
    return tuple(name.casefold() for name in path)


def _downwards(path: tuple[str, ...]) -> list[tuple[str, ...]]:
    """A theme's path and those of the themes it lies under, from the topmost."""
    return [path[:depth] for depth in range(1, len(path) + 1)]


def _problem(entry: Entry, seen: Collection[tuple[str, ...]]) -> str | None:
    """Why a code would be left out."""
    if key_of(entry) in seen:
        return f"“{entry.name}” comes more than once and is brought in where it comes first."
    if entry.name.casefold() in _small(entry.above):
        return f"“{entry.name}” would lie under itself and is left out."
    return None


def _changed(entry: Entry, row: CodeRow) -> tuple[str, ...]:
    return tuple(part for part, words in entry.parts.items() if words and words != getattr(row, part).strip())


def _change(project: Project, line: CodeLine) -> None:
    assert line.known is not None
    project.codebook.define(line.known, **{part: line.entry.parts[part] for part in line.changed})
