"""Code points to Qt's UTF-16 units and back: the one place where the two meet.

A ``QTextDocument`` set to a transcript's text has one unit more for every code point beyond U+FFFF. Paragraph ends
are one unit in both.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from qualcode.core.values import Span

_BEYOND_BMP = re.compile("[\U00010000-\U0010ffff]")


class Positions:
    """The way between code point offsets of one text and positions in the Qt document that shows it."""

    def __init__(self, text: str) -> None:
        self._astral = [] if text.isascii() else [found.start() for found in _BEYOND_BMP.finditer(text)]
        self._astral_in_qt = [at + before for before, at in enumerate(self._astral)]
        self._length = len(text)

    def to_qt(self, offset: int) -> int:
        """The document position of a code point offset."""
        return offset + bisect_left(self._astral, offset)

    def from_qt(self, position: int) -> int:
        """The code point offset of a document position; one inside a surrogate pair belongs to its code point."""
        return min(position - bisect_left(self._astral_in_qt, position), self._length)

    def span(self, start: int, end: int) -> Span:
        """The span between two document positions, given in either order."""
        start, end = min(start, end), max(start, end)
        return Span(self.from_qt(start), self._ceiling(end))

    def _ceiling(self, position: int) -> int:
        """As :meth:`from_qt`, but a position inside a surrogate pair ends after its code point."""
        offset = self.from_qt(position)
        return offset if self.to_qt(offset) >= position else min(offset + 1, self._length)
