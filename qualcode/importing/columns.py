"""Tables read as dialogues: a column of speakers, one of times, one of words; or a table of facts at the head."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from qualcode.core.values import AsideKind
from qualcode.importing import lexicon, timestamps
from qualcode.importing.facts import header_key
from qualcode.importing.labels import key_of, plausibility
from qualcode.importing.source import Note, Paragraph, joined

Numbered = tuple[int, Paragraph]
"""A paragraph with its number in the source."""

_ROW_NUMBER = re.compile(r"^\W*\d{1,5}\W*$")
_HEADINGS = frozenset(
    ["speaker", "speakers", "name", "who", "sprecher", "person", "id", "participant", "speaker name", "locuteur"]
)


def spread(paragraphs: Sequence[Numbered]) -> list[Numbered]:
    """``paragraphs`` with each table that is a dialogue or a list of facts turned into plain lines."""
    found: list[Numbered] = []
    for number, group in groupby(paragraphs, key=lambda p: p[1].cell.table if p[1].cell else None):
        lines = list(group)
        found += lines if number is None else _table(lines)
    return found


@dataclass(frozen=True, slots=True)
class _Row:
    cells: dict[int, list[Numbered]]

    def text(self, column: int | None) -> str:
        return " ".join(p.text.strip() for _, p in self.cells.get(column, ())) if column is not None else ""


def _table(paragraphs: list[Numbered]) -> list[Numbered]:
    rows = [_row(list(group)) for _, group in groupby(paragraphs, key=lambda p: p[1].cell.row if p[1].cell else 0)]
    columns = sorted({column for row in rows for column in row.cells})
    if len(columns) > 1:
        times = next((c for c in columns if _share(rows, c, _is_time) > 0.6), None)
        speakers = _speaker_column(rows, [c for c in columns if c != times])
        rest = [c for c in columns if c not in (times, speakers)] or columns
        words = max(rest, key=lambda c: sum(len(r.text(c)) for r in rows))
        if speakers is not None or times is not None:
            return [line for row in rows for line in _spoken(row, speakers, times, words)]
        if len(columns) == 2 and _share(rows, columns[0], _is_fact) > 0.5:
            return [_fact(row, columns) for row in rows]
    return [(number, replace(p, cell=None)) for number, p in paragraphs]


def _row(paragraphs: list[Numbered]) -> _Row:
    cells: dict[int, list[Numbered]] = {}
    for number, paragraph in paragraphs:
        cells.setdefault(paragraph.cell.column if paragraph.cell else 0, []).append((number, paragraph))
    return _Row(cells)


def _share(rows: Sequence[_Row], column: int, test: Callable[[str], bool]) -> float:
    texts = [row.text(column) for row in rows if row.text(column)]
    return sum(map(test, texts)) / len(texts) if len(texts) > 0.3 * len(rows) else 0.0


def _is_time(text: str) -> bool:
    mark = timestamps.at_start(text)
    return mark is not None and not text[mark.span.end :].strip(" -–—.,:0123456789")


def _is_fact(text: str) -> bool:
    return header_key(text.rstrip(" :")) in lexicon.HEADER_KEYS


def _speaker_column(rows: Sequence[_Row], columns: Sequence[int]) -> int | None:
    for column in columns:
        texts = [row.text(column) for row in rows if row.text(column)]
        if max(map(len, texts), default=0) > 60:
            continue
        distinct = {key_of(t) for t in texts}
        are_keys = len(distinct) == len(texts) and all(map(_is_fact, texts))
        if not texts or are_keys or all(_ROW_NUMBER.match(t) for t in texts):
            continue
        likely = sum(plausibility(t.rstrip(" :")) for t in texts) / len(texts)
        if likely >= 0.5 and (len(distinct) <= max(2, len(texts) / 2) or likely >= 0.9):
            return column
    return None


def _spoken(row: _Row, speakers: int | None, times: int | None, words: int) -> Iterator[Numbered]:
    """The words of one row, with what stands in further columns as a comment on them."""
    label = row.text(speakers).rstrip(" :")
    mark = timestamps.at_start(row.text(times)) if times is not None else None
    heading = key_of(label) in _HEADINGS
    beside = [
        Note(AsideKind.COMMENT, row.text(c), 0)
        for c in sorted(row.cells)
        if c not in (speakers, times, words) and row.text(c) and not _ROW_NUMBER.match(row.text(c))
    ]
    spoken = row.cells.get(words, ())
    for place, (number, paragraph) in enumerate(spoken):
        first = place == 0
        yield (
            number,
            replace(
                paragraph,
                notes=(*paragraph.notes, *(beside if first else ())),
                voice=label or None if first and not heading else None,
                at=mark.seconds if mark and first else None,
                heading=heading,
            ),
        )


def _fact(row: _Row, columns: Sequence[int]) -> Numbered:
    cells = [p for column in columns for p in row.cells.get(column, ())]
    parts = [
        replace(p, text=p.text.strip().rstrip(":") if i == 0 else p.text.strip()) for i, (_, p) in enumerate(cells)
    ]
    line = joined(parts, [": ", *(" " for _ in parts[2:])][: len(parts) - 1])
    return cells[0][0], replace(line, cell=None, breaks=())
