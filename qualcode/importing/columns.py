"""Tables read as dialogues: a column of speakers, one of times, one of words; or a table of facts at the head."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from qualcode.core.values import AsideKind, Span
from qualcode.importing import lexicon, timestamps
from qualcode.importing.facts import header_key
from qualcode.importing.labels import asks, key_of, plausibility
from qualcode.importing.source import Cell, Note, Paragraph, joined, sliced

Numbered = tuple[int, Paragraph]
"""A paragraph with its number in the source."""

_LEAST_ROWS = 6
_TABBED = -1
"""The number of a table that is made of tabs."""

_COUNTED = re.compile(
    r"\s*[\[(]?(?P<kind>[^\W\d_]{1,5}[ .#]?|[#¶§] ?)(?P<number>\d{1,4})[\])]?[.:)]?\s+(?=[^\W\d_][^:]{0,30}:)"
)
_ROW_NUMBER = re.compile(r"^\W*\d{1,5}\W*$")
_HEADINGS = frozenset(
    ["speaker", "speakers", "name", "who", "sprecher", "person", "id", "participant", "speaker name", "locuteur"]
)


def spread(paragraphs: Sequence[Numbered]) -> list[Numbered]:
    """``paragraphs`` with each table that is a dialogue or a list of facts turned into plain lines.

    Lines of which nearly all have the same number of tabs, two at least, are such a table as well.
    """
    found: list[Numbered] = []
    for number, group in groupby(paragraphs, key=lambda p: p[1].cell.table if p[1].cell else None):
        lines = list(group)
        if number is None:
            found += _tabbed(lines)
        else:
            found += _table(lines) or [(place, replace(p, cell=None)) for place, p in lines]
    return found


def uncounted(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """``paragraphs`` without a count of the turns in front of their labels (``T1 I:``, ``T2 P:``, ``¶3 I:``)."""
    marks = [_COUNTED.match(p.text) for p in paragraphs]
    counted = [m for m in marks if m]
    numbers = [int(m["number"]) for m in counted]
    one = len({m["kind"] for m in counted}) == 1 and sum(b == a + 1 for a, b in pairwise(numbers)) >= len(numbers) - 2
    if len(counted) < max(_LEAST_ROWS, 0.6 * len(paragraphs)) or not one:
        return list(paragraphs)
    return [sliced(p, [Span(m.end(), len(p.text))]) if m else p for p, m in zip(paragraphs, marks, strict=True)]


def _tabbed(lines: list[Numbered]) -> list[Numbered]:
    """Lines with columns set apart by tabs read as a table, if it is a dialogue; else as they were."""
    filled = [p.text for _, p in lines if p.text.strip()]
    tabs, often = next(iter(Counter(text.count("\t") for text in filled).most_common(1)), (0, 0))
    if tabs < 2 or often < max(_LEAST_ROWS, 0.8 * len(filled)):
        return lines
    rows = [(n, p) for n, p in lines if p.text.count("\t") == tabs]
    spoken = iter(_table([cell for row, (n, p) in enumerate(rows) for cell in _cells(n, p, row)]) or ())
    by_number = dict(spoken)
    return [(n, by_number.get(n, p)) for n, p in lines] if by_number else lines


def _cells(number: int, paragraph: Paragraph, row: int) -> Iterator[Numbered]:
    start = 0
    for column, text in enumerate(paragraph.text.split("\t")):
        part = sliced(paragraph, [Span(start, start + len(text))])
        yield number, replace(part, notes=part.notes if column == 0 else (), cell=Cell(_TABBED, row, column))
        start += len(text) + 1


@dataclass(frozen=True, slots=True)
class _Row:
    cells: dict[int, list[Numbered]]

    def text(self, column: int | None) -> str:
        return " ".join(p.text.strip() for _, p in self.cells.get(column, ())) if column is not None else ""


def _table(paragraphs: list[Numbered]) -> list[Numbered]:
    """The table as lines; nothing if it is neither a dialogue nor a list of facts."""
    rows = [_row(list(group)) for _, group in groupby(paragraphs, key=lambda p: p[1].cell.row if p[1].cell else 0)]
    columns = sorted({column for row in rows for column in row.cells})
    columns = [c for c in columns if not _counts_rows(rows, c)]
    if len(columns) == 1:
        return [(number, replace(p, cell=None)) for row in rows for number, p in row.cells.get(columns[0], ())]
    if len(columns) > 1:
        times = next((c for c in columns if _share(rows, c, _is_time) > 0.6), None)
        speakers = _speaker_column(rows, [c for c in columns if c != times])
        rest = [c for c in columns if c not in (times, speakers)] or columns
        words = max(rest, key=lambda c: sum(len(r.text(c)) for r in rows))
        if speakers is not None or times is not None:
            return [line for row in rows for line in _spoken(row, speakers, times, words)]
        if len(columns) == 2 and _share(rows, columns[0], _is_fact) > 0.5:
            return [_fact(row, columns) for row in rows]
        if len(columns) == 2 and (labels := _questions_and_answers(rows, columns)):
            return [line for row in rows for line in _asked(row, columns, labels)]
    return []


def _counts_rows(rows: Sequence[_Row], column: int) -> bool:
    """Whether a column holds nothing but the running numbers of the rows."""
    texts = [row.text(column) for row in rows]
    numbers = [int(re.sub(r"\D", "", t)) for t in texts if _ROW_NUMBER.match(t)]
    filled = sum(bool(t) for t in texts)
    return len(numbers) >= 3 and len(numbers) >= filled - 1 and all(b == a + 1 for a, b in pairwise(numbers))


def _questions_and_answers(rows: Sequence[_Row], columns: Sequence[int]) -> dict[int, str]:
    """Labels for two columns of which one asks and one answers: the roles that stand above them, or those given."""
    asking = [_share(rows, column, asks) for column in columns]
    words = min(sum(len(row.text(column).split()) for row in rows) for column in columns)
    if len(rows) < 3 or max(asking) < 0.5 or min(asking) > 0.3 or words < 4 * len(rows):
        return {}
    question = columns[asking.index(max(asking))]
    heads = {column: rows[0].text(column).strip(" :") for column in columns}
    roles = (lexicon.INTERVIEWER, lexicon.PARTICIPANT)
    if all(key_of(heads[c]) in words for c, words in zip((question, sum(columns) - question), roles, strict=True)):
        return heads
    return {c: "Interviewer" if c == question else "Participant" for c in columns}


def _asked(row: _Row, columns: Sequence[int], labels: dict[int, str]) -> Iterator[Numbered]:
    is_heading = all(row.text(c).strip(" :") == labels[c] for c in columns)
    for column in columns:
        for place, (number, paragraph) in enumerate(row.cells.get(column, ())):
            voice = labels[column] if not place and paragraph.text.strip() else None
            yield number, replace(paragraph, voice=None if is_heading else voice, heading=is_heading)


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
        texts = [_who(row.text(column))[0] for row in rows if row.text(column)]
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


def _who(text: str) -> tuple[str, float | None]:
    """The label in a cell, and the time that stands with it."""
    mark = timestamps.within(text)
    if not mark:
        return text.rstrip(" :"), None
    return (text[: mark.span.start] + text[mark.span.end :]).strip(" :-–—|"), mark.seconds


def _spoken(row: _Row, speakers: int | None, times: int | None, words: int) -> Iterator[Numbered]:
    """The words of one row, with what stands in further columns as a comment on them."""
    label, at = _who(row.text(speakers))
    mark = timestamps.at_start(row.text(times)) if times is not None else None
    heading = key_of(label) in _HEADINGS
    beside = [
        Note(AsideKind.COMMENT, row.text(c), 0)
        for c in sorted(row.cells)
        if c not in (speakers, times, words) and row.text(c) and not _ROW_NUMBER.match(row.text(c))
    ]
    beside += [note for c in sorted(row.cells) if c != words for _, p in row.cells[c] for note in p.notes]
    spoken = row.cells.get(words, ())
    for place, (number, paragraph) in enumerate(spoken):
        first = place == 0
        yield (
            number,
            replace(
                paragraph,
                notes=(*paragraph.notes, *(beside if first else ())),
                voice=label or None if first and not heading else None,
                at=(mark.seconds if mark else at) if first else None,
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
