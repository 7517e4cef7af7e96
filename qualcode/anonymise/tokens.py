"""Words of a text as the matcher sees them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cached_property

from qualcode.anonymise.lists import folded

WORD = re.compile(r"\w+(?:['’&]\w+)*['’]?")
"""A word: letters and digits, apostrophes and ampersands within, an apostrophe after it (*James'*)."""

_GAP = re.compile(r"\s{1,6}|[-–]\n?|\s?&\s?")
_STOP = re.compile(r"\.\s{0,2}")


class Tokens:
    """The words of a text in order; words joined by hyphens come apart. Positions are worked out when asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[str] = WORD.findall(text)

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        return [m.span() for m in WORD.finditer(self.text)]

    def joined(self, at: int) -> bool:
        """Whether the word at ``at`` and the one before it may belong to one name: spaces, a line end, a hyphen.

        A full stop parts them, unless it belongs to an initial or to *St*.
        """
        start, end = self.spans[at - 1][1], self.spans[at][0]
        if _GAP.fullmatch(self.text, start, end):
            return True
        return len(self.words[at - 1]) <= 2 and _STOP.fullmatch(self.text, start, end) is not None


def tally(text: str, word: re.Pattern[str] = WORD) -> Counter[str]:
    """How often each word stands in a text; a ``word`` has no white space in it.

    What stands between spaces is counted first and taken apart once, for a text says most of it many times.
    """
    found: Counter[str] = Counter()
    for written, times in Counter(text.split()).items():
        for each in word.findall(written):
            found[each] += times
    return found


_DISGUISED = re.compile(
    "[_`\u00ad\u00b4\u02b9\u02bc\u2032\u0300-\u036f\u200b-\u200f\u2060\ufb00-\ufb06\ufeff\uff01-\uff5e]"
)
_APOSTROPHES = frozenset("`\u00b4\u02b9\u02bc\u2032")
_UNSEEN = re.compile("[\u00ad\u0300-\u036f\u200b-\u200f\u2060\ufeff]")


def undisguised(text: str) -> tuple[str, list[int] | None]:
    """``text`` as an eye reads it, and for each of its characters (and its end) the position in ``text``.

    Soft hyphens, marks without width and loose accents are left out, ligatures taken apart, underscores read as
    spaces, what is taken for an apostrophe as one. None instead of positions: nothing had to change.
    """
    if not _DISGUISED.search(text):
        return text, None
    seen: list[str] = []
    positions: list[int] = []
    for at, character in enumerate(text):
        if _UNSEEN.match(character):
            continue
        shown = _shown(character)
        seen.append(shown)
        positions += [at] * len(shown)
    return "".join(seen), [*positions, len(text)]


def _shown(character: str) -> str:
    if character in _APOSTROPHES:
        return "'"
    return " " if character == "_" else unicodedata.normalize("NFKC", character)


def folded_word(word: str) -> str:
    """``word`` without case, accents and apostrophes: *O'Kane* and *OKane* are one."""
    return folded(word).replace("'", "").replace("&", "and")


_FIRST = (("kn", "n"), ("wr", "r"), ("ps", "s"), ("gn", "n"))
_SOUNDS = (
    ("ph", "f"),
    ("ght", "t"),
    ("gh", ""),
    ("sch", "s"),
    ("sh", "x"),
    ("ch", "k"),
    ("ck", "k"),
    ("th", "t"),
    ("dg", "j"),
    ("wh", "w"),
    ("qu", "k"),
    ("ce", "se"),
    ("ci", "si"),
    ("cy", "sy"),
    ("c", "k"),
    ("q", "k"),
    ("z", "s"),
    ("v", "f"),
)


def sound(word: str) -> str:
    """How a folded name roughly sounds: its consonants, its first vowel and its last.

    *Catherine* and *Kathryn*, *Stephen* and *Steven* are alike, *Jon* and *Jan*, *Mary* and *Maria* are not.
    """
    for written, heard in _FIRST:
        if word.startswith(written):
            word = heard + word[len(written) :]
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    word = re.sub(r"(?<=[^aeiouy])e$|(?<=.)h", "", word)
    word = re.sub(r"[aeiouy]+", lambda m: {"y": "i", "e": "e"}.get(m.group()[0], m.group()[0]), word)
    word = re.sub(r"(.)\1+", r"\1", word)
    ends_in = "i" if re.search(r"[iey]$", word) else word[-1:] if re.search(r"[aou]$", word) else ""
    vowels = re.findall(r"[aeiou]", word)
    return re.sub(r"[aeiou]", "", word) + (vowels[0] if vowels else "") + ends_in
