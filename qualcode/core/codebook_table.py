"""A codebook from elsewhere, brought into a project.

:func:`from_table` reads a table, :mod:`qualcode.core.codebook_outline` what is written down in lines. :func:`plan` says
what would be added and changed and what is left out, :func:`carry_out` does it in one step. Nothing is taken away: an
empty cell leaves what is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from qualcode.core.rows import CodeRow, ThemeRow
from qualcode.core.values import CodeId, ThemeId

if TYPE_CHECKING:
    from qualcode.core.project import Project

NO_THEME = "No theme yet"
"""Under this heading stand, where a codebook is written out, the codes that no theme has."""

PARTS = ("definition", "include", "exclude", "example")
"""What is said of a code besides its name, as :meth:`Codebook.define` calls it."""

_HEADS: Mapping[str, tuple[str, ...]] = {
    "name": ("code", "name", "code name", "label", "title", "node", "codes", "code label"),
    "parent": ("parent", "parent code", "under", "under code", "belongs to", "parent name"),
    "theme": ("theme", "category", "group", "theme name", "main theme", "code group", "folder"),
    "sub": ("sub-theme", "subtheme", "sub theme", "subcategory", "sub-category"),
    "definition": ("definition", "description", "meaning", "comment", "memo", "code description"),
    "include": ("include", "inclusion", "includes", "when to use", "use when", "inclusion criteria"),
    "exclude": ("exclude", "exclusion", "excludes", "when not to use", "do not use", "exclusion criteria"),
    "example": ("example", "examples", "example quote", "typical example", "anchor example"),
    "colour": ("colour", "color", "hex"),
}
_COLOUR = re.compile(r"#?([0-9a-fA-F]{6})")
_PATH = re.compile(r"\s*(?:›|>|::|\\)\s*|\s/\s")


@dataclass(frozen=True, slots=True)
class Entry:
    """A code as it comes: ``themes`` from the topmost down, ``above`` the codes it lies under, likewise."""

    name: str
    themes: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)
    colour: str = ""


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
    """What bringing a codebook in would do. ``problems`` are sentences on what would be left out."""

    lines: tuple[CodeLine, ...]
    themes: tuple[tuple[str, ...], ...]
    problems: tuple[str, ...]

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


def is_codebook(headings: Sequence[str]) -> bool:
    """Whether a table with these headings can be read as a codebook: one of them is that of the codes' names."""
    return "name" in _columns(headings)


def from_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> list[Entry]:
    """The codes of a table; columns are known by their headings. A parent that has no row of its own gets one.

    Where no column says what a code lies under, ``Waiting: Told once`` lies under ``Waiting`` if that is a row, as
    ATLAS.ti writes it.
    """
    columns = _columns(headings)
    found: dict[tuple[str, ...], Entry] = {}
    again: list[Entry] = []
    by_name: dict[str, Entry] = {}
    lines = [line for line in (_line(cells, columns) for cells in rows) if line["name"]]
    names = {line["name"].casefold() for line in lines}
    for line in lines:
        name, above = line["name"], _path(line.get("parent", ""))
        themes = tuple(p for use in ("theme", "sub") for p in _path(line.get(use, "")) if p != NO_THEME)
        category, colon, rest = name.rpartition(": ")
        if colon and not (above or themes) and category.casefold() in names:
            name, above = rest.strip(), (category,)
        if len(above) == 1 and (parent := by_name.get(above[0].casefold())) is not None:
            above, themes = (*parent.above, parent.name), themes or parent.themes
        parts = {part: line[part] for part in PARTS if part in line}
        entry = Entry(name, themes, above, parts, _colour(line.get("colour", "")))
        if found.setdefault(_key(entry), entry).themes != themes:
            again.append(entry)
        by_name.setdefault(line["name"].casefold(), entry)
    return [*_with_parents(found), *again]


def under_themes(entries: Sequence[Entry]) -> list[Entry]:
    """The codes with those that have others below them as themes: these are codes no longer."""
    upper = {tuple(name.casefold() for name in entry.above) for entry in entries if entry.above}
    found = [entry for entry in entries if _key(entry) not in upper]
    return [replace(entry, themes=(*entry.themes, *entry.above), above=()) for entry in found]


def by_key(entries: Iterable[Entry]) -> list[Entry]:
    """The codes, the first of those that have the same name in the same place."""
    found: dict[tuple[str, ...], Entry] = {}
    for entry in entries:
        found.setdefault((*(name.casefold() for name in entry.themes), *_key(entry)), entry)
    return list(found.values())


def part_named(heading: str) -> str:
    """Which of :data:`PARTS` is called so, empty for none."""
    plain = _plain(heading)
    return next((part for part in PARTS if plain in _HEADS[part]), "")


def plan(entries: Sequence[Entry], themes: Sequence[ThemeRow], codes: Sequence[CodeRow]) -> Plan:
    """What bringing these in would do to a project with these themes and codes."""
    places, there = _Themes(themes), _Codes(codes)
    lines, new_themes, problems = [], dict[tuple[str, ...], None](), []
    seen: set[tuple[str, ...]] = set()
    for entry in entries:
        if _key(entry) in seen:
            problems.append(f"“{entry.name}” comes more than once and is brought in where it comes first.")
            continue
        seen.add(_key(entry))
        if entry.name.casefold() in (name.casefold() for name in entry.above):
            problems.append(f"“{entry.name}” would lie under itself and is left out.")
            continue
        for depth in range(1, len(entry.themes) + 1):
            if places.find(entry.themes[:depth]) is None:
                new_themes.setdefault(entry.themes[:depth])
        row = there.find(entry)
        lines.append(CodeLine(entry, row.id if row else None, _changed(entry, row) if row else ()))
    return Plan(tuple(lines), tuple(new_themes), tuple(problems))


def carry_out(project: Project, planned: Plan) -> list[CodeId]:
    """Do it, in one step; the codes brought in or changed. A code that is there stays under its theme."""
    done: list[CodeId] = []
    with project.step("Import codebook"):
        themes = _Themes(project.themes.all())
        made = {tuple(n.casefold() for n in path): themes.make(project, path) for path in planned.themes}
        codes = _Codes(project.codebook.all())
        for line in planned.lines:
            entry = line.entry
            if line.known is not None:
                if line.changed:
                    _change(project, line)
                    done.append(line.known)
                continue
            theme_id = made.get(tuple(n.casefold() for n in entry.themes)) or themes.find(entry.themes)
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
        plain = tuple(name.casefold() for name in path)
        named = [key for key in self._by_path if key[-1:] == plain] if plain not in self._by_path else []
        return self._by_path.get(named[0] if len(named) == 1 else plain)

    def make(self, project: Project, path: tuple[str, ...]) -> ThemeId:
        made = project.themes.add(path[-1], parent_id=self.find(path[:-1]))
        self._by_path[tuple(name.casefold() for name in path)] = made
        return made


class _Codes:
    """The codes of a project by name and the names above; a name that is there once is found wherever it lies."""

    def __init__(self, codes: Sequence[CodeRow]) -> None:
        self._rows = {code.id: code for code in codes}
        self._ids: dict[tuple[str, ...], CodeId] = {self._path(code): code.id for code in codes}

    def find(self, entry: Entry) -> CodeRow | None:
        exact = self._ids.get(_key(entry))
        if exact is not None:
            return self._rows.get(exact)
        name = entry.name.casefold()
        same = [row for row in self._rows.values() if row.name.casefold() == name]
        return same[0] if len(same) == 1 and not entry.above else None

    def parent_of(self, entry: Entry) -> CodeId | None:
        if not entry.above:
            return None
        exact = self._ids.get(tuple(name.casefold() for name in entry.above))
        wanted = entry.above[-1].casefold()
        return exact or next((key for path, key in self._ids.items() if path[-1] == wanted), None)

    def know(self, entry: Entry, code_id: CodeId) -> None:
        self._ids[_key(entry)] = code_id

    def _path(self, code: CodeRow) -> tuple[str, ...]:
        above = self._path(self._rows[code.parent_id]) if code.parent_id else ()
        return (*above, code.name.casefold())


def _columns(headings: Sequence[str]) -> dict[str, int]:
    plain = [_plain(heading) for heading in headings]
    found: dict[str, int] = {}
    for use, names in _HEADS.items():
        places = [plain.index(name) for name in names if name in plain]
        if places and places[0] not in found.values():
            found[use] = places[0]
    return found


def _line(cells: Sequence[str], columns: Mapping[str, int]) -> dict[str, str]:
    """What a row says, by use; only of what is said of a code the lines are kept."""
    given = {use: cells[at].strip() for use, at in columns.items() if at < len(cells)}
    return {"name": "", **{use: words if use in PARTS else " ".join(words.split()) for use, words in given.items()}}


def _plain(heading: str) -> str:
    return " ".join(heading.casefold().replace("_", " ").split()).strip(" :.")


def _path(words: str) -> tuple[str, ...]:
    return tuple(part for part in _PATH.split(words.strip()) if part)


def _colour(words: str) -> str:
    found = _COLOUR.fullmatch(words.strip())
    return f"#{found[1].lower()}" if found else ""


def _key(entry: Entry) -> tuple[str, ...]:
    return tuple(name.casefold() for name in (*entry.above, entry.name))


def _with_parents(found: Mapping[tuple[str, ...], Entry]) -> list[Entry]:
    """The codes, each after those it lies under; those that are named only as a parent are added."""
    ordered: dict[tuple[str, ...], Entry] = {}
    single = {key[-1]: key for key in found}

    def put(entry: Entry) -> None:
        key = _key(entry)
        if key in ordered:
            return
        if entry.above:
            parent = found.get(key[:-1]) or found.get(single.get(key[-2], ()))
            above = entry.above
            if parent is None:
                parent = Entry(above[-1], entry.themes, above[:-1])
            if parent is not entry and key[-1] != key[-2]:
                put(parent)
        ordered[key] = entry

    for entry in found.values():
        put(entry)
    return list(ordered.values())


def _changed(entry: Entry, row: CodeRow) -> tuple[str, ...]:
    return tuple(part for part, words in entry.parts.items() if words and words != getattr(row, part).strip())


def _change(project: Project, line: CodeLine) -> None:
    assert line.known is not None
    project.codebook.define(line.known, **{part: line.entry.parts[part] for part in line.changed})
