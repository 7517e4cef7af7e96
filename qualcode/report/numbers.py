"""Wording with numbers: after a sentence that says *most* or *several*, how many people of how many asked."""

from __future__ import annotations

import re
from dataclasses import replace

from qualcode.core import quantity
from qualcode.core.analysis import Count
from qualcode.report.blocks import Inline, Inlines, Text

_END = re.compile(r"[.:;!?](?=\s|\ufffc|$)")
_OTHER = "\ufffc"


def in_brackets(count: Count) -> str:
    """``(8 of 9)``."""
    return f"({count.people} of {count.asked})"


def numbered(inlines: Inlines, count: Count, scale: quantity.Scale) -> Inlines:
    """The inlines with the count at the end of the sentence of their first quantity word; as they are without one."""
    words = "".join(i.text if isinstance(i, Text) else _OTHER for i in inlines)
    claim = quantity.claim(words, scale)
    if claim is None or not count.asked:
        return inlines
    end = _END.search(words, claim.end)
    return _inserted(inlines, end.start() if end else len(words.rstrip()), f" {in_brackets(count)}")


def _inserted(inlines: Inlines, at: int, words: str) -> Inlines:
    made: list[Inline] = []
    for inline in inlines:
        length = len(inline.text) if isinstance(inline, Text) else len(_OTHER)
        if isinstance(inline, Text) and 0 <= at < length:
            inline = replace(inline, text=inline.text[:at] + words + inline.text[at:])
            at = -1
        made.append(inline)
        at = at - length if at >= 0 else at
    return (*made, Text(words)) if at == 0 else tuple(made)
