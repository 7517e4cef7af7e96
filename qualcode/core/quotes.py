"""How a passage becomes a quote: typed edits over its verbatim words, and nothing else.

What stands outside square brackets after any edits is, word for word and in order, what was said. Positions count
from the first code point of the verbatim text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

from qualcode.core import spans
from qualcode.core.values import Edit, EditKind, Span
from qualcode.errors import UserError

ELLIPSIS = "[...]"


class PieceKind(StrEnum):
    SAID = "said"
    CUT = "cut"
    REPLACED = "replaced"
    TRIMMED = "trimmed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a quote: what was said there, and what is shown for it."""

    kind: PieceKind
    verbatim: str
    shown: str


def cut(verbatim: str, edits: Sequence[Edit], span: Span) -> tuple[Edit, ...]:
    """``edits`` with the words of ``span`` cut. Raises UserError when no word would be left."""
    return _with(verbatim, edits, Edit(EditKind.CUT, _whole_words(verbatim, span)))


def replace(verbatim: str, edits: Sequence[Edit], span: Span, description: str) -> tuple[Edit, ...]:
    """``edits`` with a bracketed description in the place of ``span``. Raises UserError for an empty one."""
    description = " ".join(description.replace("[", " ").replace("]", " ").split())
    if not description:
        raise UserError("Say what should stand in the brackets.")
    return _with(verbatim, edits, Edit(EditKind.REPLACE, _whole_words(verbatim, span), description))


def trim(verbatim: str, edits: Sequence[Edit], kept: Span) -> tuple[Edit, ...]:
    """``edits`` with everything before and after ``kept`` taken off. Raises UserError when no word would be left.

    Of a cut or a replacement that reaches over an end, the part inside stays one.
    """
    kept = _whole_words(verbatim, kept)
    inside = [
        Edit(e.kind, Span(max(e.span.start, kept.start), min(e.span.end, kept.end)), e.replacement)
        for e in edits
        if e.kind is not EditKind.TRIM and e.span.overlaps(kept)
    ]
    ends = (Span(0, kept.start), Span(kept.end, len(verbatim)))
    taken = (Edit(EditKind.TRIM, end) for end in ends if end.of(verbatim).strip())
    return _with_words_left(verbatim, (*inside, *taken))


def joined(
    verbatim: str, first: Span, first_edits: Sequence[Edit], second: Span, second_edits: Sequence[Edit]
) -> tuple[Edit, ...]:
    """The edits of a quote made of two passages, everything between what is shown of them cut.

    ``verbatim`` reaches from the beginning of ``first`` to the end of ``second``; both count from its first code point.
    """
    end = next((e.span.start for e in first_edits if e.kind is EditKind.TRIM and e.span.end == len(first)), len(first))
    begin = next((e.span.end for e in second_edits if e.kind is EditKind.TRIM and e.span.start == 0), 0)
    kept = [e for e in first_edits if e.span.start < end]
    kept += [Edit(e.kind, e.span.shifted(second.start), e.replacement) for e in second_edits if e.span.end > begin]
    gap = Span(end, second.start + begin)
    return (
        _with(verbatim, kept, Edit(EditKind.CUT, _whole_words(verbatim, gap)))
        if gap.of(verbatim).strip()
        else tuple(kept)
    )


def without(edits: Sequence[Edit], number: int) -> tuple[Edit, ...]:
    """``edits`` without the one at index ``number``: its words come back."""
    return tuple(e for i, e in enumerate(edits) if i != number)


def follow(verbatim: str, edits: Sequence[Edit], corrected: str) -> tuple[Edit, ...] | None:
    """``edits`` made to ``verbatim``, on the same words of its corrected wording.

    None when one of them found no place there, so that no word is shown that was hidden, or hidden that was not.
    """
    followed = []
    for edit, place in zip(edits, spans.reanchor(verbatim, corrected, [e.span for e in edits]), strict=True):
        if place is None:
            return None
        start, end = place.span.start, place.span.end
        if edit.kind is EditKind.TRIM:
            start, end = (0, end) if edit.span.start == 0 else (start, len(corrected))
        followed.append(Edit(edit.kind, _whole_words(corrected, Span(start, end)), edit.replacement))
    followed.sort(key=lambda e: e.span)
    return None if any(a.span.overlaps(b.span) for a, b in pairwise(followed)) else tuple(followed)


def pieces(verbatim: str, edits: Iterable[Edit]) -> tuple[Piece, ...]:
    """The quote from its first to its last code point, edited stretches and said ones in turn."""
    found: list[Piece] = []
    at = 0
    for edit in _sorted(edits):
        if edit.span.start > at:
            found.append(_said(verbatim[at : edit.span.start]))
        found.append(_edited(edit, verbatim))
        at = edit.span.end
    if at < len(verbatim):
        found.append(_said(verbatim[at:]))
    return tuple(found)


def shown(verbatim: str, edits: Iterable[Edit]) -> str:
    """The quote as it is read, on one line, without quotation marks."""
    return " ".join("".join(piece.shown for piece in pieces(verbatim, edits)).split())


def is_word_for_word(words: str, said: str) -> bool:
    """Whether what stands outside square brackets in ``words`` is, stretch by stretch and in order, what was said.

    Between two brackets no word may be missing or changed; capitals and punctuation do not count.
    """
    heard = _plain_words(said)
    at = 0
    for stretch in map(_plain_words, re.split(r"\[[^\[\]]*\]", words)):
        while heard[at : at + len(stretch)] != stretch:
            at += 1
            if at > len(heard):
                return False
        at += len(stretch)
    return True


def with_replacements(edits: Sequence[Edit], found: Iterable[tuple[Span, str]]) -> tuple[Edit, ...]:
    """``edits`` joined by identifiers' replacements; where the analyst cut or replaced already, that stands.

    ``found`` gives spans and the text shown for them, brackets and all. Where an edit took only a part of an
    identifier, the rest of it is replaced; where two identifiers overlap, the longer one is.
    """
    all_edits = list(edits)
    for span, text in sorted(found, key=lambda place: (-len(place[0]), place[0])):
        taken = [edit.span for edit in all_edits if edit.span.overlaps(span)]
        all_edits.extend(Edit(EditKind.REPLACE, left, text) for left in spans.outside(span, taken))
    return _sorted(all_edits)


def as_json(edits: Iterable[Edit]) -> list[Any]:
    return [[e.kind.value, e.span.start, e.span.end, e.replacement] for e in edits]


def from_json(stored: Iterable[Any]) -> tuple[Edit, ...]:
    return tuple(Edit(EditKind(kind), Span(start, end), text) for kind, start, end, text in stored)


# --- within ------------------------------------------------------------------------------------------------------


def _with(verbatim: str, edits: Sequence[Edit], new: Edit) -> tuple[Edit, ...]:
    """``edits`` and ``new``, which swallows what it overlaps; neighbouring cuts become one."""
    span = new.span
    for edit in edits:
        if edit.kind is not EditKind.TRIM and edit.span.overlaps(span):
            span = Span(min(span.start, edit.span.start), max(span.end, edit.span.end))
        elif edit.kind is EditKind.TRIM and edit.span.overlaps(span):
            raise UserError("These words are trimmed off already.")
    kept = [e for e in edits if not e.span.overlaps(span)]
    if new.kind is EditKind.CUT:
        kept, span = _joined_cuts(verbatim, kept, span)
    return _with_words_left(verbatim, (*kept, Edit(new.kind, span, new.replacement)))


def _with_words_left(verbatim: str, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    whole = _sorted(edits)
    if not any(piece.kind is PieceKind.SAID and _has_words(piece.verbatim) for piece in pieces(verbatim, whole)):
        raise UserError("Some words of the quote must be left.")
    return whole


def _has_words(text: str) -> bool:
    return any(c.isalnum() for c in text)


def _joined_cuts(verbatim: str, edits: Sequence[Edit], span: Span) -> tuple[list[Edit], Span]:
    kept = []
    for edit in edits:
        gap = Span(min(edit.span.end, span.end), max(edit.span.start, span.start))
        if edit.kind is EditKind.CUT and not gap.of(verbatim).strip():
            span = Span(min(span.start, edit.span.start), max(span.end, edit.span.end))
        else:
            kept.append(edit)
    return kept, span


def _whole_words(verbatim: str, span: Span) -> Span:
    span = spans.snap(verbatim, Span(span.start, min(span.end, len(verbatim))), spans.Snap.WORD)
    if not len(span):
        raise UserError("Select some words of the quote first.")
    return span


def _sorted(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    return tuple(sorted(edits, key=lambda e: e.span))


def _plain_words(text: str) -> list[str]:
    return [place.of(text).casefold().replace("’", "'") for place in spans.words(text)]


def _said(words: str) -> Piece:
    return Piece(PieceKind.SAID, words, words)


def _edited(edit: Edit, verbatim: str) -> Piece:
    words = edit.span.of(verbatim)
    if edit.kind is EditKind.CUT:
        return Piece(PieceKind.CUT, words, ELLIPSIS)
    if edit.kind is EditKind.TRIM:
        return Piece(PieceKind.TRIMMED, words, "")
    text = edit.replacement
    return Piece(PieceKind.REPLACED, words, text if text.startswith("[") or not text else f"[{text}]")
