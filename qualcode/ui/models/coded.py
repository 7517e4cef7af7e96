"""The segments of the transcript that is shown: which of them are let through, and what is not coded yet."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from qualcode.core import spans, tree
from qualcode.core.rows import CodeRow, SegmentRow, ThemeRow, TranscriptRow
from qualcode.core.values import CodeId, CoderId, Role, SegmentId, Span, ThemeId

FEWEST_WORDS = 5
"""What is left between two segments is a passage not coded when it has so many words."""


@dataclass(frozen=True, slots=True)
class Only:
    """What is shown in the margin: segments of these codes (None: any), this coder, at least this weight.

    ``theme_id`` says that the codes are those of a theme, which may gain and lose some.
    """

    codes: frozenset[CodeId] | None = None
    theme_id: ThemeId | None = None
    coder_id: CoderId | None = None
    weight: int = 0

    @property
    def hides(self) -> bool:
        return self != Only()

    def lets(self, segment: SegmentRow) -> bool:
        return (
            (self.codes is None or segment.code_id in self.codes)
            and (self.coder_id is None or segment.coder_id == self.coder_id)
            and segment.weight >= self.weight
        )


class Coded:
    """Follows one transcript's segments, from its start to its end."""

    def __init__(self) -> None:
        self._rows: dict[SegmentId, SegmentRow] = {}
        self._speech: list[Span] = []
        self._text = ""
        self._gaps: list[Span] | None = None
        self.only = Only()

    def show(self, transcript: TranscriptRow, rows: Iterable[SegmentRow]) -> None:
        roles = [speaker.role for speaker in transcript.speakers]
        self._speech = [turn.span for turn in transcript.turns if roles[turn.speaker] is not Role.INTERVIEWER]
        self._text = transcript.text
        self._rows = {row.id: row for row in rows}
        self._gaps = None

    def follow(self, touched: Collection[str], there: Sequence[SegmentRow]) -> None:
        """Take in that segments were made, changed or removed; ``there`` are those of them in this transcript now."""
        for key in touched:
            self._rows.pop(SegmentId(key), None)
        self._rows.update((row.id, row) for row in there)
        self._gaps = None

    def __len__(self) -> int:
        return len(self._rows)

    def get(self, key: str) -> SegmentRow | None:
        return self._rows.get(SegmentId(key))

    def rows(self) -> Iterable[SegmentRow]:
        """All of them, hidden ones too, in no order."""
        return self._rows.values()

    def hidden(self, key: str) -> bool:
        """Whether the filter hides this segment."""
        row = self.get(key)
        return row is not None and not self.only.lets(row)

    def shown(self) -> list[SegmentRow]:
        """What is let through, in the order of the text, the longer first."""
        rows = filter(self.only.lets, self._rows.values())
        return sorted(rows, key=lambda row: (row.span.start, -row.span.end, row.created_at, row.id))

    def share(self) -> float:
        """How much of what participants say is coded, hidden segments included; 0 to 1."""
        said = sum(map(len, self._speech))
        return 1 - sum(map(len, self._left())) / said if said else 0.0

    def next_uncoded(self, after: int) -> Span | None:
        """The next passage of a participant that has no code, round to the first one; None when all is coded."""
        left = self._left()
        first = bisect_right(left, after, key=lambda gap: gap.start)
        passages = (self._passage_in(gap) for gap in (*left[first:], *left[:first]))
        return next((passage for passage in passages if passage is not None), None)

    def next_of_code(self, segment: SegmentRow) -> SegmentRow | None:
        """The segment shown that follows this one with its code, by its coder."""
        alike = [r for r in self.shown() if (r.code_id, r.coder_id) == (segment.code_id, segment.coder_id)]
        return next((r for r in alike if r.span > segment.span), None)

    def _passage_in(self, gap: Span) -> Span | None:
        """What is left between two segments from its first word, if it holds enough of them."""
        words = spans.words(gap.of(self._text))
        if len(words) < FEWEST_WORDS:
            return None
        return spans.trimmed(self._text, Span(gap.start + words[0].start, gap.end))

    def _left(self) -> list[Span]:
        if self._gaps is None:
            self._gaps = spans.gaps(self._speech, [row.span for row in self._rows.values()])
        return self._gaps


def codes_of_theme(theme_id: ThemeId, themes: Iterable[ThemeRow], codes: Sequence[CodeRow]) -> frozenset[CodeId]:
    """The codes of a theme and of its sub-themes, with the codes below them."""
    above: tree.Parents = {theme.id: theme.parent_id for theme in themes}
    parents: tree.Parents = {code.id: code.parent_id for code in codes}
    top = [c.id for c in codes if c.theme_id is not None and tree.lies_within(above, c.theme_id, theme_id)]
    return frozenset(c.id for c in codes if any(tree.lies_within(parents, c.id, t) for t in top))
