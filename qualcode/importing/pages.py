"""What a page does to a text, undone: headers and footers, line numbers, broken lines, hyphens at line ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from qualcode.core.values import Span
from qualcode.importing.source import Paragraph, joined, sliced, stripped

_PAGE_WORD = r"(?:page|seite|pagina|página|sivu|sida|side|strona|p\.|pg\.?|s\.)\s*"
_OF = r"\s*(?:/|of|von|de|di|av|z)\s*\d{1,4}"
_PAGE_NUMBER = re.compile(rf"^[\W_]*(?:{_PAGE_WORD})?\d{{1,4}}(?:{_OF})?[\W_]*$", re.I)
_FULL_PAGE_NUMBER = re.compile(rf"^[\W_]*(?:{_PAGE_WORD}\d{{1,4}}(?:{_OF})?|\d{{1,4}}{_OF})[\W_]*$", re.I)
_NUMBERED = re.compile(r"^\s*[\[(]?(\d{1,5})[\])]?[.):]?(?:\s+|$)")
_NEW = re.compile(r"^\s*(?:[-*•–—]\s|\d+[.)]\s|[\[(]?\d{1,2}:\d\d:\d\d)")
"""What no broken line goes on with: a bullet, a number, a time."""

_ENDS_IN_HYPHEN = re.compile(r"([^\W\d_]{2,40})-$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_INSIDE = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*(?!-$)\b")
_PREFIXES = frozenset(["non", "self", "co", "ex", "semi", "anti", "pre", "post", "well", "half", "cross"])
_EDGE = 3
_NARROW, _WIDE = 40, 125


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a text: those it writes with a hyphen inside a line, and all others."""

    hyphenated: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()


_NO_WORDS = Vocabulary()


def without_furniture(pages: Sequence[Sequence[str]]) -> tuple[list[list[str]], list[str]]:
    """Pages of lines without their running headers, footers and page numbers, and what was taken out."""
    taken = furniture(pages)
    kept = [[line for i, line in enumerate(page) if (p, i) not in taken] for p, page in enumerate(pages)]
    return kept, [pages[p][i].strip() for p, i in sorted(taken)]


def furniture(pages: Sequence[Sequence[str]]) -> set[tuple[int, int]]:
    """Which lines (page, line) are running headers or footers: they recur, digits aside, at one place of many pages."""
    places: dict[tuple[int, str], list[tuple[int, int]]] = {}
    taken: set[tuple[int, int]] = set()
    for p, page in enumerate(pages):
        filled = [i for i, line in enumerate(page) if line.strip()]
        for edge, i in [*enumerate(filled[:_EDGE]), *((-k, i) for k, i in enumerate(reversed(filled[-_EDGE:]), 1))]:
            places.setdefault((edge, _shape(page[i])), []).append((p, i))
            if is_page_number(page[i]) or (edge in (0, -1) and _PAGE_NUMBER.match(page[i])):
                taken.add((p, i))
    inside = {_shape(line) for page in pages for line in [line for line in page if line.strip()][_EDGE:-_EDGE]}
    for (_, shape), found in places.items():
        if len(found) >= max(2, 0.4 * len(pages)) and shape not in inside:
            taken.update(found)
    return taken


def is_page_number(line: str) -> bool:
    """Whether the line says of itself that it numbers a page: ``Page 3``, ``3/5``, ``- 3 of 5 -``."""
    return bool(_FULL_PAGE_NUMBER.match(line))


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()).casefold())


def without_numbers(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Paragraphs without the running numbers in front of them, if nearly all of them have one."""
    ends = number_ends([p.text for p in paragraphs])
    if sum(map(bool, ends)) < 0.9 * sum(bool(p.text.strip()) for p in paragraphs):
        return list(paragraphs)
    return [sliced(p, [Span(end, len(p.text))]) if end else p for p, end in zip(paragraphs, ends, strict=True)]


def number_ends(lines: Sequence[str]) -> list[int]:
    """For each line where its running number ends, 0 where it has none; all 0 unless the numbers run on regularly."""
    marks = [_NUMBERED.match(line) for line in lines]
    numbers = [int(m[1]) for m in marks if m]
    if len(numbers) < 4:
        return [0] * len(lines)
    steps = Counter(b - a for a, b in pairwise(numbers))
    step = max((1, 5, 10), key=lambda s: steps[s])
    regular = steps[step] + sum(b <= step and a > b for a, b in pairwise(numbers))
    if regular < 0.8 * (len(numbers) - 1):
        return [0] * len(lines)
    return [m.end() if m else 0 for m in marks]


def joined_lines(lines: Sequence[Paragraph]) -> list[Paragraph]:
    """Lines that were broken at a fixed width joined to paragraphs; other files line by line, without blank lines."""
    width = _wrapping_width([line.text.rstrip() for line in lines])
    if not width:
        return [line for line in lines if line.text.strip()]
    found: list[Paragraph] = []
    group: list[Paragraph] = []
    for line in lines:
        if group and not _is_wrapped(group[-1].text.rstrip(), line.text, width):
            found.append(mended(group))
            group = []
        if line.text.strip():
            group.append(line)
    return [*found, mended(group)] if group else found


def _is_wrapped(line: str, after: str, width: int) -> bool:
    """Whether ``line`` was broken and not ended: the next word would not have fitted, or hangs under this line."""
    word = after.split(maxsplit=1)
    if not word or _NEW.match(after) or len(line) < 0.55 * width:
        return False
    indent, hang = _indent(line), _indent(after)
    hangs = hang >= 4 and (indent in (0, hang))
    return hangs or len(line) + 1 + len(word[0]) > width


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _wrapping_width(lines: Sequence[str]) -> int:
    """The width at which the lines of a file were broken; 0 if they were not."""
    lengths = sorted(len(line) for line in lines if line)
    width = lengths[-1 - len(lengths) // 50] if lengths else 0
    if not _NARROW <= width <= _WIDE:
        return 0
    pairs = [(a, b) for a, b in pairwise(lines) if a and b.strip()]
    wrapped = sum(_is_wrapped(a, b, width) for a, b in pairs)
    return width if wrapped >= max(5, 0.35 * len(pairs)) else 0


def vocabulary(lines: Sequence[str]) -> Vocabulary:
    """What tells a word divided at a line end from one that has a hyphen anyway."""
    words = [w.casefold() for line in lines for w in _INSIDE.findall(line.rstrip())]
    return Vocabulary(frozenset(w for w in words if "-" in w), frozenset(w for w in words if "-" not in w))


def mended(lines: Sequence[Paragraph], words: Vocabulary = _NO_WORDS) -> Paragraph:
    """Broken lines as one paragraph, a word that was divided at a line end made whole."""
    parts = [sliced(lines[0], [Span(0, len(lines[0].text.rstrip()))])]
    gaps: list[str] = []
    for part in map(stripped, lines[1:]):
        if _is_divided(parts[-1].text, part.text, words):
            parts[-1] = sliced(parts[-1], [Span(0, len(parts[-1].text) - 1)])
            gaps.append("")
        else:
            gaps.append("" if _ENDS_IN_HYPHEN.search(parts[-1].text) else " ")
        parts.append(part)
    return joined(parts, gaps)


def _is_divided(line: str, after: str, words: Vocabulary) -> bool:
    left, right = _ENDS_IN_HYPHEN.search(line), _FIRST_WORD.match(after)
    if not left or not right or not after[:1].islower():
        return False
    first, second = left[1].casefold(), right[0].casefold()
    if first + second in words.whole:
        return True
    if f"{first}-{second}" in words.hyphenated or first in _PREFIXES:
        return False
    return not (first in words.whole and second in words.whole)
