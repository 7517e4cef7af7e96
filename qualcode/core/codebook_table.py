"""A codebook that comes as a table or as indented text, brought into a project.

:func:`from_table` and :func:`from_outline` read it, :func:`plan` says what would be added and changed and what is left
out, :func:`carry_out` does it in one step. Nothing is taken away: an empty cell leaves what is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualcode.core.rows import CodeRow, ThemeRow
from qualcode.core.values import CodeId, ThemeId

if TYPE_CHECKING:
    from qualcode.core.project import Project

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
_BULLET = re.compile(r"(?:[•·–*+-]|\d+(?:\.\d+)*[.)]?)\s+")
_DEFINED = re.compile(r"(?P<name>.{1,80}?)(?::\s+|\s+[–—]\s+|\t+)(?P<definition>.+)")


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
    """The codes of a table; columns are known by their headings. A parent that has no row of its own gets one."""
    columns = _columns(headings)
    found: dict[tuple[str, ...], Entry] = {}
    by_name: dict[str, Entry] = {}
    for cells in rows:
        given = {use: " ".join(cells[at].split()) for use, at in columns.items() if at < len(cells)}
        name = given.get("name", "")
        if not name:
            continue
        themes = tuple(p for use in ("theme", "sub") for p in _path(given.get(use, "")))
        above = _path(given.get("parent", ""))
        if len(above) == 1 and (parent := by_name.get(above[0].casefold())) is not None:
            above, themes = (*parent.above, parent.name), themes or parent.themes
        parts = {part: cells[columns[part]].strip() for part in PARTS if part in given}
        entry = Entry(name, themes, above, parts, _colour(given.get("colour", "")))
        found.setdefault(_key(entry), entry)
        by_name.setdefault(name.casefold(), entry)
    return _with_parents(found)


def from_outline(text: str, *, upper_are_themes: bool = True) -> list[Entry]:
    """The codes of indented lines, ``Name: definition`` each; bullets and numbers in front are not part of the name.

    Lines with others below them are themes, or (without ``upper_are_themes``) codes that hold codes.
    """
    lines = [(depth, *_named(words)) for depth, words in _indented(text)]
    found: dict[tuple[str, ...], Entry] = {}
    path: list[tuple[int, str]] = []
    for number, (depth, name, definition) in enumerate(lines):
        path = [held for held in path if held[0] < depth]
        holds = number + 1 < len(lines) and lines[number + 1][0] > depth
        names = tuple(held for _, held in path)
        if not (holds and upper_are_themes):
            parts = {"definition": definition} if definition else {}
            entry = Entry(name, names, (), parts) if upper_are_themes else Entry(name, (), names, parts)
            found.setdefault(_key(entry), entry)
        path.append((depth, name))
    return list(found.values())


def plan(entries: Sequence[Entry], themes: Sequence[ThemeRow], codes: Sequence[CodeRow]) -> Plan:
    """What bringing these in would do to a project with these themes and codes."""
    places, there = _Themes(themes), _Codes(codes)
    lines, new_themes, problems = [], dict[tuple[str, ...], None](), []
    for entry in entries:
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
    """The themes of a project by their path of names, capitals or not."""

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
        return self._by_path.get(tuple(name.casefold() for name in path))

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
    plain = [" ".join(heading.casefold().replace("_", " ").split()).strip(" :.") for heading in headings]
    found: dict[str, int] = {}
    for use, names in _HEADS.items():
        places = [plain.index(name) for name in names if name in plain]
        if places and places[0] not in found.values():
            found[use] = places[0]
    return found


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


def _indented(text: str) -> Iterator[tuple[int, str]]:
    for line in text.splitlines():
        words = line.lstrip()
        if words:
            yield len(line[: len(line) - len(words)].expandtabs(4)), words.rstrip()


def _named(words: str) -> tuple[str, str]:
    words = _BULLET.sub("", words, count=1) if _BULLET.match(words) else words
    found = _DEFINED.fullmatch(words)
    return (found["name"].strip(), found["definition"].strip()) if found else (words.rstrip(":").strip(), "")
