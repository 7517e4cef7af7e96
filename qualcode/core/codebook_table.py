"""A codebook from elsewhere: its codes as they come, read from a table.

:mod:`qualcode.core.codebook_outline` reads what is written down in lines, :mod:`qualcode.core.codebook_plan` brings
either into a project.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

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
_LEVEL = re.compile(r"(?:code |coding )?(?:level|tier) ?(\d)|(?:code|category) (\d)")
_BELOW = (("sub-code", "subcode", "sub code", "child code"), ("sub-sub-code", "subsubcode", "sub sub code"))
"""Columns that hold the codes of one level each."""

_COLOUR = re.compile(r"#?([0-9a-fA-F]{6})")
_NAME_PATH = re.compile(r"\s*\\\s*|\s*::\s*|\s+[>›]\s+")
_PATH = re.compile(r"\s*(?:›|>|::|\\)\s*|\s/\s")


@dataclass(frozen=True, slots=True)
class Entry:
    """A code as it comes: ``themes`` from the topmost down, ``above`` the codes it lies under, likewise.

    With ``is_theme`` it is a theme of which something is said, lying under ``themes``.
    """

    name: str
    themes: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    parts: dict[str, str] = field(default_factory=dict)
    colour: str = ""
    is_theme: bool = False


def is_codebook(headings: Sequence[str]) -> bool:
    """Whether a table with these headings can be read as a codebook: one of them is that of the codes' names."""
    return "name" in _columns(headings) or bool(_levels(headings))


def from_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> list[Entry]:
    """The codes of a table; columns are known by their headings. A parent that has no row of its own gets one.

    Columns may hold a level each; then a code lies under the last of the level above. Where no column says what a code
    lies under, its name may: ``Waiting: Told once`` lies under ``Waiting`` if that is a row, as ATLAS.ti writes it, and
    ``Waiting\\Told once`` where several begin so, as MAXQDA does.
    """
    found: dict[tuple[str, ...], Entry] = {}
    again: list[Entry] = []
    by_name: dict[str, Entry] = {}
    for entry in _with_paths([entry for entry in _read(headings, list(rows)) if entry.name]):
        called = entry.name.casefold()
        if len(entry.above) == 1 and (parent := by_name.get(entry.above[0].casefold())) is not None:
            entry = replace(entry, above=(*parent.above, parent.name), themes=entry.themes or parent.themes)
        if found.setdefault(key_of(entry), entry).themes != entry.themes:
            again.append(entry)
        by_name.setdefault(called, entry)
    return [*_with_parents(found), *again]


def under_themes(entries: Sequence[Entry]) -> list[Entry]:
    """The codes with those that have others below them as themes: these are codes no longer."""
    upper = {tuple(name.casefold() for name in entry.above) for entry in entries if entry.above}
    found = []
    for entry in entries:
        is_upper = key_of(entry) in upper
        if not is_upper or entry.parts.get("definition"):
            themes = (*entry.themes, *entry.above)
            found.append(replace(entry, themes=themes, above=(), is_theme=entry.is_theme or is_upper))
    return found


def by_paths(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Names that are paths (``Access\\Waiting``, ``Access > Waiting``) by their parts, where several begin alike."""
    parts = {name: tuple(part for part in _NAME_PATH.split(name) if part) or (name,) for name in names}
    begin = Counter(part[0].casefold() for part in parts.values())
    return {name: part if begin[part[0].casefold()] > 1 else (name,) for name, part in parts.items()}


def by_key(entries: Iterable[Entry]) -> list[Entry]:
    """The codes, the first of those that have the same name in the same place."""
    found: dict[tuple[str, ...], Entry] = {}
    for entry in entries:
        found.setdefault((*(name.casefold() for name in entry.themes), *key_of(entry)), entry)
    return list(found.values())


def part_named(heading: str) -> str:
    """Which of :data:`PARTS` is called so, empty for none."""
    plain = _plain(heading)
    return next((part for part in PARTS if plain in _HEADS[part]), "")


def key_of(entry: Entry) -> tuple[str, ...]:
    """What tells a code from others: its name and those above it, capitals or not."""
    return tuple(name.casefold() for name in (*entry.above, entry.name))


# --- within ------------------------------------------------------------------------------------------------------


def _columns(headings: Sequence[str]) -> dict[str, int]:
    plain = [_plain(heading) for heading in headings]
    found: dict[str, int] = {}
    for use, names in _HEADS.items():
        places = [plain.index(name) for name in names if name in plain]
        if places and places[0] not in found.values():
            found[use] = places[0]
    return found


def _levels(headings: Sequence[str]) -> list[int]:
    """The columns that hold the codes of one level each, from the topmost down; empty where there are none."""
    plain = [_plain(heading) for heading in headings]
    numbered = {match[1] or match[2]: at for at, head in enumerate(plain) if (match := _LEVEL.fullmatch(head))}
    if len(numbered) > 1:
        return [numbered[level] for level in sorted(numbered)]
    below = [next((plain.index(name) for name in names if name in plain), None) for names in _BELOW]
    top = _columns(headings).get("name")
    return [top, *(at for at in below if at is not None)] if top is not None and below[0] is not None else []


def _read(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[Entry]:
    """What each row says."""
    columns, levels = _columns(headings), _levels(headings)
    fills = "theme" in columns and _is_filled_once([_cell(cells, columns["theme"]) for cells in rows])
    held: tuple[str, ...] = ()
    theme = ""
    for cells in rows:
        given = _given(cells, columns)
        if levels:
            held = _descended(held, [" ".join(_cell(cells, at).split()) for at in levels])
        name, above = (held[-1:], held[:-1]) if levels else ((given.get("name", ""),), _path(given.get("parent", "")))
        theme = given.get("theme", "") or (theme if fills else "")
        themes = tuple(p for said in (theme, given.get("sub", "")) for p in _path(said) if p != NO_THEME)
        parts = {part: given[part] for part in PARTS if part in given}
        yield Entry("".join(name), themes, above, parts, _colour(given.get("colour", "")))


def _is_filled_once(cells: Sequence[str]) -> bool:
    """Whether each theme stands in the first of its rows only, as where cells were merged."""
    said = [cell.casefold() for cell in cells if cell]
    return bool(cells and cells[0]) and len(said) == len(set(said))


def _descended(held: tuple[str, ...], cells: Sequence[str]) -> tuple[str, ...]:
    """The path that a row of levels says; what stands above its first name is that of the row before."""
    first = next((level for level, cell in enumerate(cells) if cell), None)
    return (*held[:first], *(cell for cell in cells[first:] if cell)) if first is not None else ()


def _with_paths(entries: Sequence[Entry]) -> Iterator[Entry]:
    """The codes, where nothing says what they lie under, under what their names say."""
    names = {entry.name.casefold() for entry in entries}
    paths = by_paths(entry.name for entry in entries if not entry.above)
    for entry in entries:
        category, colon, rest = entry.name.rpartition(": ")
        if entry.above:
            yield entry
        elif len(paths[entry.name]) > 1:
            yield replace(entry, name=paths[entry.name][-1], above=paths[entry.name][:-1])
        elif colon and not entry.themes and category.casefold() in names:
            yield replace(entry, name=rest.strip(), above=(category,))
        else:
            yield entry


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at].strip() if at < len(cells) else ""


def _given(cells: Sequence[str], columns: Mapping[str, int]) -> dict[str, str]:
    """What a row says, by use; only of what is said of a code the lines are kept."""
    given = {use: _cell(cells, at) for use, at in columns.items() if at < len(cells)}
    return {use: words if use in PARTS else " ".join(words.split()) for use, words in given.items()}


def _plain(heading: str) -> str:
    return " ".join(heading.casefold().replace("_", " ").split()).strip(" :.")


def _path(words: str) -> tuple[str, ...]:
    return tuple(part for part in _PATH.split(words.strip()) if part)


def _colour(words: str) -> str:
    found = _COLOUR.fullmatch(words.strip())
    return f"#{found[1].lower()}" if found else ""


def _with_parents(found: Mapping[tuple[str, ...], Entry]) -> list[Entry]:
    """The codes, each after those it lies under; those that are named only as a parent are added."""
    ordered: dict[tuple[str, ...], Entry] = {}
    single = {key[-1]: key for key in found}

    def put(entry: Entry) -> None:
        key = key_of(entry)
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
