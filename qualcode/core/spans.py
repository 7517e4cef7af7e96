"""Pure arithmetic over spans: normalising, snapping, lanes, voices, line numbers, and moving spans to a corrected text.

Every position is a code point offset. Nothing here knows a database, a window or a model.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import heappop, heappush
from itertools import chain

from rapidfuzz.distance import Levenshtein, Postfix, Prefix

from qualcode.core.values import Span, Turn

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufeff\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def normalise(text: str) -> str:
    """The one form in which text is kept: NFC, ``\\n`` line ends, no BOM, no NUL or other control characters.

    A lone surrogate, which no file can hold, becomes U+FFFD. Normalising twice changes nothing.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _UNWANTED.sub("", text)
    return unicodedata.normalize("NFC", _SURROGATES.sub("\ufffd", text))


# --- words, sentences, turns -------------------------------------------------------------------------------------

_MARKS = "".join(
    c
    for c in map(chr, chain(range(0x300, 0x2100), range(0x2CEF, 0x3100), range(0xA66F, 0xABEE), range(0xFB1E, 0xFE30)))
    if unicodedata.category(c).startswith("M")
)
"""The combining marks of the basic plane: accents, vowel signs, points. They belong to the letter before them, which
``\\w`` does not know; nor does it know the joiners U+200C and U+200D inside a word."""

_LETTERS = rf"\w[\w{_MARKS}\u200c\u200d]*"
_WORD = re.compile(rf"{_LETTERS}(?:['’\-]{_LETTERS})*")
_SENTENCE_END = re.compile(r"""(?:[.!?…]+["'”’)\]]*(?=\s|$))|\n""")
_ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|e\.g|i\.e|etc|vs|approx|No)\.$")


class Snap(StrEnum):
    """What the ends of a selection are drawn to."""

    NONE = "none"
    WORD = "word"
    SENTENCE = "sentence"
    TURN = "turn"


def words(text: str) -> list[Span]:
    """The words of ``text``; apostrophes and hyphens inside a word belong to it."""
    return [Span(*m.span()) for m in _WORD.finditer(text)]


def sentences(text: str) -> list[Span]:
    """The sentences of ``text`` without the white space around them; a line end always ends one."""
    found, start = [], 0
    for mark in _SENTENCE_END.finditer(text):
        if mark.group().startswith(".") and _ABBREVIATION.search(text, max(0, mark.start() - 8), mark.start() + 1):
            continue
        found.append(trimmed(text, Span(start, mark.end())))
        start = mark.end()
    found.append(trimmed(text, Span(start, len(text))))
    return [s for s in found if len(s)]


def trimmed(text: str, span: Span) -> Span:
    """``span`` without white space at its ends; empty at its start if it holds nothing else."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def snap(text: str, span: Span, to: Snap, turns: Sequence[Turn] = ()) -> Span:
    """``span`` grown to whole words, sentences or turns, without white space at its ends.

    Growing never crosses the span's own outermost units: a selection of half a word becomes that word.
    """
    span = trimmed(text, span)
    if to is Snap.NONE or not len(span):
        return span
    if to is Snap.WORD:
        return _grown(span, _words_near(text, span))
    if to is Snap.SENTENCE:
        line_start = text.rfind("\n", 0, span.start) + 1
        line_end = text.find("\n", span.end)
        window = text[line_start : len(text) if line_end < 0 else line_end]
        return _grown(span, [s.shifted(line_start) for s in sentences(window)])
    return _grown(span, [t.span for t in turns])


def _words_near(text: str, span: Span) -> list[Span]:
    lo, hi = span.start, span.end
    while lo > 0 and not text[lo - 1].isspace():
        lo -= 1
    while hi < len(text) and not text[hi].isspace():
        hi += 1
    return [w.shifted(lo) for w in words(text[lo:hi])]


def _grown(span: Span, units: Iterable[Span]) -> Span:
    touched = [u for u in units if u.overlaps(span)]
    if not touched:
        return span
    return Span(min(span.start, touched[0].start), max(span.end, touched[-1].end))


# --- relations ---------------------------------------------------------------------------------------------------


def merged(spans: Iterable[Span]) -> list[Span]:
    """The union of ``spans`` as the fewest spans, in order; touching ones become one."""
    union: list[Span] = []
    for span in sorted(spans):
        if union and span.start <= union[-1].end:
            union[-1] = Span(union[-1].start, max(union[-1].end, span.end))
        else:
            union.append(span)
    return union


def covered(whole: Span, parts: Iterable[Span]) -> int:
    """How many code points of ``whole`` are covered by ``parts``, none counted twice."""
    return sum(max(0, min(whole.end, p.end) - max(whole.start, p.start)) for p in merged(parts))


def outside(whole: Span, parts: Iterable[Span]) -> list[Span]:
    """What is left of ``whole`` when ``parts`` are taken out of it."""
    left, at = [], whole.start
    for part in merged(parts):
        if part.start > at:
            left.append(Span(at, min(part.start, whole.end)))
        at = max(at, part.end)
        if at >= whole.end:
            break
    if at < whole.end:
        left.append(Span(at, whole.end))
    return left


def gaps(wholes: Sequence[Span], parts: Iterable[Span]) -> list[Span]:
    """What is left of ``wholes``, which are in order and apart, when ``parts`` are taken out of each."""
    taken, left, first = merged(parts), list[Span](), 0
    for whole in wholes:
        while first < len(taken) and taken[first].end <= whole.start:
            first += 1
        at, number = whole.start, first
        while number < len(taken) and taken[number].start < whole.end:
            if taken[number].start > at:
                left.append(Span(at, taken[number].start))
            at, number = taken[number].end, number + 1
        if at < whole.end:
            left.append(Span(at, whole.end))
    return left


def turns_within(turns: Sequence[Turn], span: Span) -> list[int]:
    """Positions of the turns that share at least one code point with ``span``."""
    first = bisect_right(turns, span.start, key=lambda t: t.span.end)
    last = bisect_left(turns, span.end, key=lambda t: t.span.start)
    return list(range(first, last))


def lanes(spans: Sequence[Span]) -> list[int]:
    """A lane for each of ``spans``, so that no two in one lane overlap; the fewest lanes there can be.

    Longer spans that begin together come first, so that a stripe lies left of what it encloses. Interval
    partitioning by earliest start (Kleinberg & Tardos, Algorithm Design, 4.1).
    """
    order = sorted(range(len(spans)), key=lambda i: (spans[i].start, -spans[i].end, i))
    assigned = [0] * len(spans)
    busy: list[tuple[int, int]] = []
    free: list[int] = []
    used = 0
    for i in order:
        while busy and busy[0][0] <= spans[i].start:
            heappush(free, heappop(busy)[1])
        if free:
            lane = heappop(free)
        else:
            lane, used = used, used + 1
        assigned[i] = lane
        heappush(busy, (max(spans[i].end, spans[i].start + 1), lane))
    return assigned


# --- line numbers ------------------------------------------------------------------------------------------------

LINE_MEASURE = 72


class Lines:
    """Stable line numbers: where each line begins when the text is set in lines of at most 72 characters.

    They depend on the text alone, never on a font or a window, so that a reference holds on every screen and in
    every export. Lines count from 1.
    """

    def __init__(self, text: str) -> None:
        self.starts: list[int] = []
        begin = 0
        for paragraph in text.split("\n"):
            self.starts.extend(begin + at for at in _line_starts(paragraph))
            begin += len(paragraph) + 1

    def __len__(self) -> int:
        return len(self.starts)

    def number(self, position: int) -> int:
        """The line that holds the code point at ``position``."""
        return max(1, bisect_right(self.starts, position))


def _line_starts(paragraph: str) -> list[int]:
    starts, at = [0], 0
    while len(paragraph) - at > LINE_MEASURE:
        space = paragraph.rfind(" ", at + 1, at + LINE_MEASURE + 1)
        at = space + 1 if space > at else at + LINE_MEASURE
        starts.append(at)
    return starts


# --- context -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Context:
    """A span's words with what stands before and after it, cut at word edges."""

    before: str
    words: str
    after: str


def context(text: str, span: Span, reach: int = 60) -> Context:
    """The words of ``span`` with up to ``reach`` code points on either side, line ends shown as spaces."""
    lo, hi = max(0, span.start - reach), min(len(text), span.end + reach)
    before, after = text[lo : span.start], text[span.end : hi]
    if lo > 0 and not text[lo - 1].isspace():
        before = before.partition(" ")[2]
    if hi < len(text) and not text[hi].isspace():
        after = after.rpartition(" ")[0]
    return Context(before.replace("\n", " "), span.of(text).replace("\n", " "), after.replace("\n", " "))


# --- re-anchoring ------------------------------------------------------------------------------------------------

_MOVED_MINIMUM = 12
_TOKEN = re.compile(rf"{_LETTERS}|\s|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Anchored:
    """Where a span of the old text lies in the new one. ``exact``: its words are the same, letter for letter."""

    span: Span
    exact: bool


def reanchor(old: str, new: str, spans: Sequence[Span]) -> list[Anchored | None]:
    """Where each of ``spans`` over ``old`` lies in ``new``; None where too little of it is left to say.

    An edit outside a span keeps its words exactly; an edit inside one widens or narrows it and is marked not
    exact. A passage that was moved whole is found when its words occur once in the new text. The texts are
    aligned by edit distance, first paragraph by paragraph, then word by word within what differs.
    """
    same_from_start, same_to_end = Prefix.similarity(old, new), Postfix.similarity(old, new)
    alignment: list[_Piece] | None = None
    found: list[Anchored | None] = []
    for span in spans:
        if span.end <= same_from_start:
            found.append(Anchored(span, True))
        elif span.start >= len(old) - same_to_end:
            found.append(Anchored(span.shifted(len(new) - len(old)), True))
        else:
            alignment = alignment or _align(old, new)
            found.append(_placed(old, new, span, alignment))
    return found


@dataclass(frozen=True, slots=True)
class _Piece:
    """A range of the old text and the range of the new one that took its place; the same words if ``kept``."""

    old: Span
    new: Span
    kept: bool

    def start_of(self, position: int) -> int:
        if self.kept:
            return position - self.old.start + self.new.start
        return self.new.start if position == self.old.start else self._within(position)

    def end_of(self, position: int) -> int:
        if self.kept:
            return position - self.old.start + self.new.start
        return self.new.end if position == self.old.end else self._within(position)

    def _within(self, position: int) -> int:
        """A place inside changed words: as far in as it was, but never outside what took their place."""
        return min(self.new.start + position - self.old.start, self.new.end)


def _placed(old: str, new: str, span: Span, alignment: Sequence[_Piece]) -> Anchored | None:
    first = bisect_right(alignment, span.start, key=lambda p: p.old.end)
    pieces = []
    for piece in alignment[first:]:
        if piece.old.start >= span.end:
            break
        pieces.append(piece)
    verbatim = span.of(old)
    if len(pieces) == 1 and pieces[0].kept:
        return Anchored(Span(pieces[0].start_of(span.start), pieces[0].end_of(span.end)), True)
    if len(verbatim) >= _MOVED_MINIMUM and new.count(verbatim) == 1:
        at = new.index(verbatim)
        return Anchored(Span(at, at + len(verbatim)), True)
    return _changed(new, span, pieces)


def _changed(new: str, span: Span, pieces: Sequence[_Piece]) -> Anchored | None:
    kept = sum(min(span.end, p.old.end) - max(span.start, p.old.start) for p in pieces if p.kept)
    if 2 * kept < len(span):
        return None
    start, end = pieces[0].start_of(span.start), pieces[-1].end_of(span.end)
    there = trimmed(new, Span(start, max(start, end)))
    if not len(there) or len(there) > 2 * len(span) + 40:
        return None
    return Anchored(there, False)


def _align(old: str, new: str) -> list[_Piece]:
    """The old text cut into pieces, each with its place in the new text; insertions between two pieces fall out."""
    pieces: list[_Piece] = []
    for coarse in _aligned(old.splitlines(keepends=True), new.splitlines(keepends=True), 0, 0):
        if coarse.kept or not len(coarse.old) or not len(coarse.new):
            pieces.append(coarse)
        else:
            pieces.extend(
                _aligned(
                    _TOKEN.findall(coarse.old.of(old)),
                    _TOKEN.findall(coarse.new.of(new)),
                    coarse.old.start,
                    coarse.new.start,
                )
            )
    return [p for p in _joined(pieces) if len(p.old)]


def _aligned(old: Sequence[str], new: Sequence[str], old_at: int, new_at: int) -> list[_Piece]:
    """Pieces for two lists of strings that lie end to end from ``old_at`` and ``new_at``."""
    old_starts, new_starts = _offsets(old, old_at), _offsets(new, new_at)
    pieces = [
        _Piece(
            Span(old_starts[op.src_start], old_starts[op.src_end]),
            Span(new_starts[op.dest_start], new_starts[op.dest_end]),
            op.tag == "equal",
        )
        for op in Levenshtein.opcodes(*_numbered(old, new))
    ]
    return _joined(pieces)


def _joined(pieces: Iterable[_Piece]) -> list[_Piece]:
    """Neighbouring pieces of one kind made into one."""
    run: list[_Piece] = []
    for piece in pieces:
        if run and run[-1].kept == piece.kept and run[-1].new.end == piece.new.start:
            last = run.pop()
            piece = _Piece(Span(last.old.start, piece.old.end), Span(last.new.start, piece.new.end), piece.kept)
        run.append(piece)
    return run


def _offsets(parts: Sequence[str], at: int) -> list[int]:
    offsets = [at]
    for part in parts:
        offsets.append(offsets[-1] + len(part))
    return offsets


def _numbered(old: Sequence[str], new: Sequence[str]) -> tuple[list[int], list[int]]:
    numbers: dict[str, int] = {}
    return [numbers.setdefault(x, len(numbers)) for x in old], [numbers.setdefault(x, len(numbers)) for x in new]
