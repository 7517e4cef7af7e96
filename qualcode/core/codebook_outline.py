"""A codebook as people write it down: indented or bulleted lines, ``Name: definition`` each, labelled parts below."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.core.codebook_table import Entry, by_key, by_paths, part_named, under_themes

_BULLETS = "•·●", "o○◦", "▪■§", "–*+-"
"""Signs before lines, from the outermost in; word processors leave them in the clipboard without indenting them."""

_BULLET = re.compile(
    rf"(?:(?P<sign>[{re.escape(''.join(_BULLETS))}])|(?P<number>\d+(?:\.\d+)+[.)]?|\d+[.)]|\d+(?=\t)))(?:\t|\s+)"
)
_HEADING = re.compile(r"(?P<marks>#{1,6})\s+(?P<words>.+)")
_STRESSED = re.compile(r"(\*\*|__|`)(?P<words>.+?)\1")
_DEEP = 100
"""More than any line is indented: what stands under a heading stands below it."""

_DEFINED = re.compile(r"(?P<name>.{1,80}?)(?::\s+|\s+[–—]\s+|\t+)(?P<definition>.+)")
_LABELLED = re.compile(r"\s*(?P<label>[^\W\d][\w ]{2,28}?)\s*[:–—]\s*(?P<words>.*)")


def from_outline(text: str, *, upper_are_themes: bool = True) -> list[Entry]:
    """The codes of indented lines; bullets, numbers and the marks of Markdown are not part of the name.

    Lines with others below them are themes, or (without ``upper_are_themes``) codes that hold codes. ``Access >
    Waiting`` lies under ``Access`` where several lines begin so, and ``Include: …`` below a code is said of that code.
    """
    found: list[Entry] = []
    path: list[tuple[int, Entry]] = []
    lines = [(depth, *_named(words)) for depth, words in _indented(text)]
    paths = by_paths(name for _, name, _ in lines)
    for depth, name, said in lines:
        path = [held for held in path if held[0] < depth]
        if path and said and (part := part_named(name)):
            path[-1][1].parts[part] = said
            continue
        above = path[-1][1] if path else None
        *between, name = paths[name]
        for step in between:
            found.append(above := _below(above, step))
        found.append(_below(above, name, **({"definition": said} if said else {})))
        path.append((depth, found[-1]))
    entries = by_key(found)
    return under_themes(entries) if upper_are_themes else entries


def labelled(words: str) -> dict[str, str]:
    """What is said of a code, by part. ``Include:`` and the like begin a line; what stands before is the definition."""
    lines: dict[str, list[str]] = {}
    part = "definition"
    for line in words.splitlines():
        match = _LABELLED.fullmatch(line)
        found = part_named(match["label"]) if match else ""
        part = found or part
        lines.setdefault(part, []).append(match["words"] if match and found else line)
    return {part: kept for part, each in lines.items() if (kept := "\n".join(each).strip())}


def _below(above: Entry | None, name: str, **parts: str) -> Entry:
    return Entry(name, (), (*above.above, above.name) if above else (), parts)


def _indented(text: str) -> Iterator[tuple[int, str]]:
    """The lines and how deep they stand, which the space before them says, their bullet, number or marks."""
    below = 0
    for line in text.splitlines():
        words = line.strip()
        heading = _HEADING.fullmatch(words)
        if heading:
            below = _DEEP * len(heading["marks"])
            yield below - _DEEP, heading["words"]
        elif words:
            yield below + _rank(words) + len(line[: len(line) - len(line.lstrip())].expandtabs(4)), words


def _rank(words: str) -> int:
    """How deep a line stands by its bullet, or by its number: 2.1 stands below 2."""
    sign = _BULLET.match(words)
    if sign is None:
        return 0
    if sign["number"]:
        return 4 * sign["number"].rstrip(".)").count(".")
    return 4 * next(rank for rank, signs in enumerate(_BULLETS) if sign["sign"] in signs)


def _named(words: str) -> tuple[str, str]:
    """The name in a line, and what is said of it there."""
    plain = _STRESSED.sub(r"\g<words>", _BULLET.sub("", words, count=1) if _BULLET.match(words) else words)
    found = _DEFINED.fullmatch(plain)
    return (found["name"].strip(), found["definition"].strip()) if found else (plain.rstrip(":").strip(), "")
