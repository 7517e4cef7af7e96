"""What is written beside a transcript: marked passages, notes in the margin, and what the file itself brought along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qualcode.core.rows import MemoRow, TranscriptRow
from qualcode.core.values import AsideKind, CoderId, Span, TranscriptId
from qualcode.ui.mask import Anonymised, Mask


class NoteKind(StrEnum):
    """Named as the reader sees it."""

    MARK = "Marked"
    NOTE = "Note"
    COMMENT = "File comment"
    FOOTNOTE = "File footnote"
    HEADER = "File header"


FROM_FILE = frozenset({NoteKind.COMMENT, NoteKind.FOOTNOTE, NoteKind.HEADER})
_ASIDES = {
    AsideKind.COMMENT: NoteKind.COMMENT,
    AsideKind.FOOTNOTE: NoteKind.FOOTNOTE,
    AsideKind.HEADER: NoteKind.HEADER,
}


@dataclass(frozen=True, slots=True)
class Note:
    """``key`` is the memo's id; what came with the file has a key of its own and can't be changed.

    ``span`` is None for what stands beside no place. ``by`` names the coder when it is another than the one at work.
    """

    key: str
    kind: NoteKind
    text: str
    span: Span | None
    by: str = ""
    quote: str = ""
    """The words it stands beside, as they are shown, where their transcript is not the one that is read."""
    transcript_id: TranscriptId | None = None
    """That transcript."""

    @property
    def is_mine(self) -> bool:
        """Whether it was written here, and not brought along by the file."""
        return self.kind not in FROM_FILE

    @property
    def can_be_edited(self) -> bool:
        """Whether its words can: not those that stand for others."""
        return self.is_mine and not isinstance(self.text, Anonymised)


def notes_of(
    transcript: TranscriptRow, memos: Sequence[MemoRow], coders: Mapping[CoderId, str], me: CoderId, mask: Mask
) -> list[Note]:
    """All that stands beside a transcript, in the order of the text; what has no place comes first."""
    masked = mask.words
    written = [
        Note(
            memo.id,
            NoteKind.NOTE if memo.text.strip() else NoteKind.MARK,
            masked(memo.text),
            memo.span,
            "" if memo.coder_id == me else coders.get(memo.coder_id, ""),
        )
        for memo in memos
    ]
    brought = [
        Note(f"aside {number}", _ASIDES[a.kind], masked(a.text), None if a.at is None else Span(a.at, a.at))
        for number, a in enumerate(transcript.asides)
        if a.text.strip()
    ]
    return sorted([*written, *brought], key=lambda n: (-1, 0) if n.span is None else (n.span.start, n.span.end))
