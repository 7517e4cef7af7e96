"""A codebook as people write it down: indented or bulleted lines, ``Name: definition`` each, labelled parts below."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.core.codebook_table import Entry, by_key, part_named, under_themes

_BULLETS = "•·●", "o○◦", "▪■§", "–*+-"
"""Signs before lines, from the outermost in; word processors leave them in the clipboard without indenting them."""

_BULLET = re.compile(rf"(?:(?P<sign>[{re.escape(''.join(_BULLETS))}])|\d+(?:\.\d+)*[.)]?)(?:\t|\s+)")
_DEFINED = re.compile(r"(?P<name>.{1,80}?)(?::\s+|\s+[–—]\s+|\t+)(?P<definition>.+)")
_LABELLED = re.compile(r"\s*(?P<label>[^\W\d][\w ]{2,28}?)\s*[:–—]\s*(?P<words>.*)")


def from_outline(text: str, *, upper_are_themes: bool = True) -> list[Entry]:
    """The codes of indented lines; bullets and numbers in front are not part of the name.

    Lines with others below them are themes, or (without ``upper_are_themes``) codes that hold codes.
    """
    found: list[Entry] = []
    path: list[tuple[int, str]] = []
    for depth, words in _indented(text):
        path = [held for held in path if held[0] < depth]
        name, definition = _named(words)
        parts = {"definition": definition} if definition else {}
        found.append(Entry(name, (), tuple(held for _, held in path), parts))
        path.append((depth, name))
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


def _indented(text: str) -> Iterator[tuple[int, str]]:
    for line in text.splitlines():
        words = line.lstrip()
        if words:
            sign = _BULLET.match(words)
            rank = next((n for n, signs in enumerate(_BULLETS) if sign and (sign["sign"] or " ") in signs), 0)
            yield 4 * rank + len(line[: len(line) - len(words)].expandtabs(4)), words.rstrip()


def _named(words: str) -> tuple[str, str]:
    words = _BULLET.sub("", words, count=1) if _BULLET.match(words) else words
    found = _DEFINED.fullmatch(words)
    return (found["name"].strip(), found["definition"].strip()) if found else (words.rstrip(":").strip(), "")
