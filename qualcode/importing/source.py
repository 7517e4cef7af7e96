"""What a file holds before anybody asks who speaks: paragraphs in reading order, with what hangs on them.

Positions inside a :class:`Paragraph` are code points of its own text, which is normalised
(:func:`qualcode.core.spans.normalise`) and free of zero-width spaces and soft hyphens.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from qualcode.core.spans import normalise, trimmed
from qualcode.core.values import Aside, AsideKind, Emphasis, Face, Span

Cancelled = Callable[[], bool]

_WORD = re.compile(r"[^\W\d_]{2}")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\u00ad\ufeff"))


def never() -> bool:
    """The answer of somebody who does not cancel."""
    return False


def clean(text: str) -> str:
    """``text`` normalised, without zero-width spaces and soft hyphens."""
    if text.isascii() and text.isprintable():
        return text
    return normalise(text.translate(_INVISIBLE))


@dataclass(frozen=True, slots=True)
class Note:
    """A comment or footnote; ``at`` is the code point of the paragraph where it is anchored."""

    kind: AsideKind
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Cell:
    """Where in a table a paragraph stands. Tables, rows and columns count from 0."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line or paragraph of a file, as its reader sees it.

    ``breaks`` are the positions where the file began a new line that was joined to this paragraph (a broken line of
    a PDF or of a hard-wrapped text). ``voice`` and ``at`` (seconds) are what the format itself says about who speaks
    and when, as captions do. ``flows`` marks a fragment that runs on from the one before, as one cue from another.
    ``look`` is what else sets it apart from other paragraphs, as the file names it: style, colour, a line beneath.
    """

    text: str
    emphasis: tuple[Emphasis, ...] = ()
    notes: tuple[Note, ...] = ()
    breaks: tuple[int, ...] = ()
    heading: bool = False
    cell: Cell | None = None
    voice: str | None = None
    at: float | None = None
    flows: bool = False
    look: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A file, opened: its paragraphs, and beside them what belongs to no paragraph.

    ``digest`` is the SHA-256 of the file's bytes. ``stated`` are facts that the format names as such (front matter,
    a title). ``asides`` are page headers and the like. ``remarks`` are sentences for the import report.
    """

    name: str
    digest: str
    paragraphs: tuple[Paragraph, ...]
    stated: tuple[tuple[str, str], ...] = ()
    asides: tuple[Aside, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader of one format finds in a file's bytes; :class:`Source` without the file's identity."""

    paragraphs: Sequence[Paragraph]
    stated: Sequence[tuple[str, str]] = ()
    asides: Sequence[Aside] = ()
    remarks: Sequence[str] = ()


class Refused(Exception):
    """Raised by a reader with the reason, as the rest of a sentence, why the file cannot be read."""


class Builder:
    """Gathers the runs of one paragraph; a line break within it makes a further paragraph."""

    def __init__(self, heading: bool = False, cell: Cell | None = None, look: str = "") -> None:
        self._heading = heading
        self._cell = cell
        self._look = look
        self._tints: Counter[str] = Counter()
        self._runs: list[tuple[str, bool, bool]] = []
        self._notes: list[tuple[AsideKind, str, int]] = []
        self._length = 0

    @property
    def length(self) -> int:
        """Code points so far, before cleaning."""
        return self._length

    def add(self, text: str, bold: bool = False, italic: bool = False) -> None:
        if text:
            self._runs.append((text, bold, italic))
            self._length += len(text)

    def tint(self, colour: str, text: str) -> None:
        """Say that ``text``, among what was added, is set in a colour or with a line beneath."""
        self._tints[colour] += len(text.strip())

    def note(self, kind: AsideKind, text: str, at: int | None = None) -> None:
        """Hang a note on the present end of the paragraph, or on ``at`` code points of what was added."""
        self._notes.append((kind, clean(text).strip(), self._length if at is None else at))

    def paragraphs(self) -> list[Paragraph]:
        """The lines gathered, blank ones included."""
        raw = "".join(text for text, _, _ in self._runs)
        text = clean(raw)
        emphasis = self._emphasis(raw, text) if any(b or i for _, b, i in self._runs) else ()
        notes = tuple(Note(kind, words, _moved(raw, text, at)) for kind, words, at in self._notes)
        whole = Paragraph(text, emphasis, notes, heading=self._heading, cell=self._cell, look=self._whole_look(text))
        return lines_of(whole) if "\n" in text else [whole]

    def _whole_look(self, text: str) -> str:
        """The paragraph's own look, and the tint of all of it."""
        tint, covered = next(iter(self._tints.most_common(1)), ("", 0))
        return f"{self._look} {tint}" if covered and covered >= 0.9 * len(text.strip()) else self._look

    def _emphasis(self, raw: str, text: str) -> tuple[Emphasis, ...]:
        found: list[Emphasis] = []
        for which, face in ((1, Face.BOLD), (2, Face.ITALIC)):
            start = None
            at = 0
            for run in (*self._runs, ("", False, False)):
                if run[which] and start is None:
                    start = at
                elif not run[which] and start is not None and (run[0].strip() or not run[0]):
                    found.append(Emphasis(trimmed(text, Span(_moved(raw, text, start), _moved(raw, text, at))), face))
                    start = None
                at += len(run[0])
        return tuple(sorted((e for e in found if len(e.span)), key=lambda e: (e.span, e.face)))


def _moved(raw: str, text: str, at: int) -> int:
    """The place in the cleaned ``text`` of ``at`` in ``raw``."""
    return at if raw is text else min(len(clean(raw[:at])), len(text))


def lines_of(paragraph: Paragraph) -> list[Paragraph]:
    """``paragraph`` cut at its line breaks."""
    found, start = [], 0
    for line in paragraph.text.split("\n"):
        found.append(sliced(paragraph, [Span(start, start + len(line))]))
        start += len(line) + 1
    return found


def is_set_in(paragraph: Paragraph, face: Face) -> bool:
    """Whether all of a paragraph is set in bold, or in italic."""
    covered = sum(len(e.span) for e in paragraph.emphasis if e.face is face)
    return covered >= 0.9 * len(paragraph.text.strip())


def sliced(paragraph: Paragraph, kept: Iterable[Span]) -> Paragraph:
    """Only the ``kept`` parts of ``paragraph``, in order, with emphasis, notes and breaks moved along.

    Notes on a part that is left out move to where it was. Where two parts would grow into one character, a space is
    put between them.
    """
    kept = list(kept)
    if kept == [Span(0, len(paragraph.text))]:
        return paragraph
    pieces: list[str] = []
    places: list[tuple[Span, int]] = []
    length = 0
    for part in kept:
        words = part.of(paragraph.text)
        if pieces and words and pieces[-1] and _grow_together(pieces[-1][-1], words[0]):
            pieces.append(" ")
            length += 1
        places.append((part, length))
        pieces.append(words)
        length += len(words)
    return replace(
        paragraph,
        text="".join(pieces),
        emphasis=tuple(_emphasis_within(paragraph.emphasis, places)),
        notes=tuple(replace(n, at=_place(n.at, places)) for n in paragraph.notes),
        breaks=tuple(at + b - part.start for part, at in places for b in paragraph.breaks if part.start < b < part.end),
    )


def stripped(paragraph: Paragraph) -> Paragraph:
    """``paragraph`` without white space at its ends."""
    return sliced(paragraph, [trimmed(paragraph.text, Span(0, len(paragraph.text)))])


def joined(parts: Sequence[Paragraph], gaps: Sequence[str]) -> Paragraph:
    """``parts`` as one paragraph, with ``gaps[i]`` between part i and the next; each part but the first is a break."""
    texts: list[str] = []
    emphasis: list[Emphasis] = []
    notes: list[Note] = []
    breaks: list[int] = []
    at = 0
    for part, gap in zip(parts, (*gaps, ""), strict=True):
        if texts:
            breaks.append(at)
        emphasis += [Emphasis(e.span.shifted(at), e.face) for e in part.emphasis]
        notes += [replace(n, at=n.at + at) for n in part.notes]
        breaks += [at + b for b in part.breaks]
        texts += [part.text, gap]
        at += len(part.text) + len(gap)
    return replace(parts[0], text="".join(texts), emphasis=tuple(emphasis), notes=tuple(notes), breaks=tuple(breaks))


def _grow_together(left: str, right: str) -> bool:
    return not (left + right).isascii() and not unicodedata.is_normalized("NFC", left + right)


def _emphasis_within(emphasis: Iterable[Emphasis], places: Sequence[tuple[Span, int]]) -> Iterable[Emphasis]:
    for e in emphasis:
        for part, at in places:
            start, end = max(e.span.start, part.start), min(e.span.end, part.end)
            if start < end:
                yield Emphasis(Span(at + start - part.start, at + end - part.start), e.face)


def _place(at: int, places: Sequence[tuple[Span, int]]) -> int:
    for part, start in places:
        if at <= part.end:
            return start + max(0, at - part.start)
    return places[-1][1] + len(places[-1][0]) if places else 0


def words_of(paragraphs: Iterable[Paragraph]) -> str:
    """The words of a note or page header, one line a paragraph, blank ones left out."""
    return "\n".join(p.text.strip() for p in paragraphs if p.text.strip())


def page_furniture(texts: Iterable[str]) -> list[Aside]:
    """Page headers and footers, each once, without those that only number the pages."""
    return [Aside(AsideKind.HEADER, text) for text in dict.fromkeys(texts) if _WORD.search(text)]
