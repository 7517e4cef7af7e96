"""Whether a transcript has capitals to go by. Machine transcripts often have none, and then names hide among words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from qualcode.anonymise import lists
from qualcode.anonymise.tokens import tally
from qualcode.core.values import Passage

_WORD = re.compile(r"[^\W\d_]+")
_MIDWAY = re.compile(r"(?:(?<=[a-z] )|(?<=[a-z], ))[A-Z][\w'’-]+")
_START = re.compile(r"(?:^|[.!?…:;\n\]]|[-–—]\s|[\"“‘(]\s?)\s*[\"'“‘(\[]*$")
_MIDWAY_CAPITALS = 1 / 700
_ENOUGH_WORDS = 120


def begins_sentence(text: str, position: int) -> bool:
    """Whether a word at ``position`` opens a sentence, a line, a quotation or what follows a dash."""
    return bool(_START.search(text, max(0, position - 6), position)) or position == 0


def lacks_capitals(text: str) -> bool:
    """Whether words inside sentences hardly ever have a capital, or nearly all letters are capitals.

    A written interview has a capitalised word inside a sentence at least once in a few hundred words, because names
    occur. Short texts are given the benefit of the doubt unless they have no capital at all or nothing else.
    """
    words = tally(text, _WORD)
    count = words.total()
    if not words:
        return False
    long = {word: times for word, times in words.items() if len(word) > 1}
    if count > 5 and sum(times for word, times in long.items() if word.isupper()) > 0.7 * sum(long.values()):
        return True
    if not any(word[0].isupper() for word in words if word != "I"):
        return count >= 5
    if count < _ENOUGH_WORDS:
        return False
    wanted = int(count * _MIDWAY_CAPITALS) + 1
    found = (m for m in _MIDWAY.finditer(text) if not _is_i(m.group()) and not lists.harmless(m.group()))
    return next(islice(found, wanted - 1, None), None) is None


def _is_i(word: str) -> bool:
    return word.startswith(("I'", "I’"))


def in_small_letters(text: str) -> str:
    """``text`` in lower case with every position kept: a letter whose lower case is longer stays as it is."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def remarks(passages: Iterable[Passage], names: dict[str, str] | None = None) -> tuple[str, ...]:
    """What the analyst must be told about transcripts without capitals, in one sentence, or nothing.

    ``names`` gives what to call a transcript, by its id.
    """
    bare = [(names or {}).get(p.transcript_id, "") for p in passages if lacks_capitals(p.text)]
    if not bare:
        return ()
    called = ", ".join(sorted(filter(None, bare)))
    which = f" ({called})" if called else ""
    many = "1 transcript has" if len(bare) == 1 else f"{len(bare)} transcripts have"
    return (
        f"{many} hardly any capital letters{which}: names are harder to find there, so more words are offered and"
        " some names may still be missed.",
    )
