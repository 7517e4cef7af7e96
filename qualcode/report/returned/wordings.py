"""What became of some words: which stayed, which went, which came."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
        "…": "...",
        "\u00ad": "",
        "\u200b": "",
        "\ufeff": "",
    }
)
_TOKEN = re.compile(r"\s+|[^\W_]+(?:['’\-‑][^\W_]+)*|\[[^\[\]]*\]|.", re.DOTALL)


class Fate(StrEnum):
    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words and what became of them. Those kept read as they do now."""

    fate: Fate
    words: str


def even(words: str) -> str:
    """Words with that made even which nobody means: curly and straight quotation marks, dashes, white space."""
    return " ".join(unicodedata.normalize("NFC", words).translate(_ALIKE).split())


def same(before: str, after: str) -> bool:
    """Whether two texts differ in nothing but typography."""
    return even(before) == even(after)


def word_diff(before: str, after: str) -> tuple[Stretch, ...]:
    """From one wording to the other by whole words. Kept and new stretches together are ``after``."""
    old, new = _tokens(before), _tokens(after)
    found: list[Stretch] = []
    matcher = SequenceMatcher(None, [even(t) for t in old], [even(t) for t in new], autojunk=False)
    for kind, a, b, c, d in _by_words(matcher.get_opcodes(), new):
        if kind == "equal":
            found.append(Stretch(Fate.KEPT, "".join(new[c:d])))
            continue
        if b > a:
            found.append(Stretch(Fate.GONE, "".join(old[a:b])))
        if d > c:
            found.append(Stretch(Fate.NEW, "".join(new[c:d])))
    return tuple(found)


def short(words: str, most: int = 90) -> str:
    """Words on one line, cut at a word where they are long."""
    words = " ".join(words.split())
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0] + " …"


def told(diff: Sequence[Stretch], most: int = 3) -> str:
    """The changes of a diff in words: “had” became “has”; “really” was added; “at all” was left out."""
    changes = []
    number = 0
    while number < len(diff):
        here, after = diff[number], diff[number + 1] if number + 1 < len(diff) else None
        number += 1
        if here.fate is Fate.GONE and after is not None and after.fate is Fate.NEW:
            changes.append(f"“{_short(here.words)}” became “{_short(after.words)}”")
            number += 1
        elif here.fate is Fate.GONE:
            changes.append(f"“{_short(here.words)}” was left out")
        elif here.fate is Fate.NEW:
            changes.append(f"“{_short(here.words)}” was added")
    changes = list(dict.fromkeys(changes))
    more = f"; and {len(changes) - most} more" if len(changes) > most else ""
    return "; ".join(changes[:most]) + more


Opcode = tuple[str, int, int, int, int]


def _by_words(opcodes: Sequence[Opcode], new: Sequence[str]) -> list[Opcode]:
    """Changes with nothing but white space between them as one."""
    joined: list[Opcode] = []
    for number, code in enumerate(opcodes):
        kind, a, b, c, d = code
        inside = 0 < number < len(opcodes) - 1
        bridged = kind == "equal" and inside and not "".join(new[c:d]).strip()
        if joined and joined[-1][0] != "equal" and (kind != "equal" or bridged):
            _, a0, _, c0, _ = joined[-1]
            joined[-1] = ("replace", a0, b, c0, d)
        else:
            joined.append((kind, a, b, c, d))
    return joined


def _tokens(words: str) -> list[str]:
    return _TOKEN.findall(words)


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 60 else f"{words[:28].rstrip()} … {words[-28:].lstrip()}"
