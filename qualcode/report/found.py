"""What a search found, for others: places and segments with their context, anonymised, as a workbook or for Word.

What can be read from the project is read when it is drafted; the texts are anonymised where the file is made, which may
be another thread. Passages in which somebody speaks who has withdrawn are left out.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qualcode.core import quotes
from qualcode.core.project import Project
from qualcode.core.values import CodeId, Span, TranscriptId
from qualcode.guard import Guard
from qualcode.report import word, wording
from qualcode.report.blocks import Block, Cover, Inlines, Report, Row, Section, Table, Text, text
from qualcode.report.book import Book
from qualcode.report.export import Draft
from qualcode.report.shapes import named
from qualcode.report.sheets import Pages, Sheet, Value, workbook

REACH = 160
"""Code points of context on either side of a place that is no segment."""


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place to export; ``code_id`` is that of a segment, None for words found."""

    transcript_id: TranscriptId
    span: Span
    code_id: CodeId | None = None


@dataclass(frozen=True, slots=True)
class _Placed:
    """A place with what is said about it beside its words. ``before`` and ``after`` are the context's spans."""

    place: FoundPlace
    interview: str
    wave: str
    people: str
    group: str
    line: int
    code: str
    before: Span
    after: Span
    verbatim: str


def drafted_workbook(project: Project, asked: str, places: Sequence[FoundPlace], guard: Guard | None = None) -> Draft:
    """The places as a table that can be sorted and filtered. ``asked`` says what was looked for."""
    found = _Found(project, asked, places, guard or Guard(project))
    return Draft("search results", lambda: _saved(found.pages()), found.guard)


def drafted_document(project: Project, asked: str, places: Sequence[FoundPlace], guard: Guard | None = None) -> Draft:
    """The places as a Word document, interview by interview."""
    found = _Found(project, asked, places, guard or Guard(project))
    return Draft("search results", lambda: word.rendered(found.report()), found.guard)


class _Found:
    """Read on the project's thread; :meth:`pages` and :meth:`report` may be asked for on another."""

    def __init__(self, project: Project, asked: str, places: Sequence[FoundPlace], guard: Guard) -> None:
        self.guard = guard
        book = Book(project, guard, confidential=False)
        self._title = f"{book.material.project_name}: search results"
        self._asked = asked
        self._fewest = book.material.house.fewest
        group = book.material.house.group
        self._group = group.name if group else ""
        self._language = named("insight").language
        self._placed = list(_placed(book, places))

    def pages(self) -> Pages:
        """The workbook."""
        coded = any(p.place.code_id for p in self._placed)
        columns = [("Participant", 13), *([(self._group, 18)] if self._group else []), ("Wave", 12), ("Interview", 22)]
        columns += [("Line", 8), *([("Code", 24), ("Passage", 90)] if coded else _IN_CONTEXT)]
        rows: list[list[Value]] = []
        for placed in self._placed:
            row: list[Value] = [placed.people, *([placed.group] if self._group else []), placed.wave, placed.interview]
            said = self._shown(placed, placed.place.span)
            if coded:
                rows.append([*row, placed.line, placed.code, said])
            else:
                before, after = self._shown(placed, placed.before), self._shown(placed, placed.after)
                rows.append([*row, placed.line, before, said, after])
        return Pages(self._title, self._about(), [Sheet("Found", tuple(columns), rows)])

    def report(self) -> Report:
        """The Word document."""
        rows: list[Row] = []
        interview = None
        for placed in self._placed:
            if placed.interview != interview:
                interview = placed.interview
                rows.append(Row((text(interview),), band=True))
            rows.append(Row((text(placed.people), text(str(placed.line)), self._cell(placed))))
        facts: tuple[tuple[str, Inlines], ...] = tuple((label, text(words)) for label, words in self._about())
        cover = Cover("", self._title, "", facts, compact=True)
        table = Table(
            "What was found",
            ("Participant", "Line", "Words"),
            tuple(rows),
            "The places found, interview by interview, with the line of the transcript.",
            "found",
            (0.16, 0.08, 0.76),
            frozenset({1}),
            1,
        )
        blocks: tuple[Block, ...] = (cover, table) if rows else (cover,)
        return Report(
            self._title,
            self._language,
            (Section("found", self._title, blocks),),
            properties={"title": self._title},
        )

    # --- within ---

    def _about(self) -> list[tuple[str, str]]:
        interviews = len({placed.interview for placed in self._placed})
        among, fewest = wording.of_things(interviews, "interview"), wording.number(self._fewest)
        return [
            ("Looked for", self.guard.text(self._asked)),
            ("Found", f"{len(self._placed):,} in {among}" if interviews else "Nothing that may be shown"),
            (
                "Anonymity",
                "Names and other identifiers are replaced in every text. A characteristic that fewer than "
                f"{fewest} participants share is withheld.",
            ),
        ]

    def _shown(self, placed: _Placed, span: Span) -> str:
        """The words of a span, on one line, with identifiers replaced."""
        start = placed.before.start
        verbatim = span.shifted(-start).of(placed.verbatim)
        replaced = self.guard.replacements(placed.place.transcript_id, span)
        return quotes.shown(verbatim, quotes.with_replacements((), replaced))

    def _cell(self, placed: _Placed) -> Inlines:
        said = self._shown(placed, placed.place.span)
        if placed.place.code_id is not None:
            return (Text(f"{placed.code}: ", bold=True), Text(said))
        before, after = self._shown(placed, placed.before), self._shown(placed, placed.after)
        ends = placed.place.span.start - placed.before.start, placed.place.span.end - placed.before.start
        gaps = [" " if placed.verbatim[at : at + 1].isspace() else "" for at in (ends[0] - 1, ends[1])]
        parts = (Text(before + gaps[0]), Text(said, bold=True), Text(gaps[1] + after))
        return tuple(part for part in parts if part.text.strip())


_IN_CONTEXT = [("Before", 56), ("Words", 24), ("After", 56)]


def _placed(book: Book, places: Sequence[FoundPlace]) -> Iterator[_Placed]:
    """The places that may be shown, each with its context: within its turn, cut at word edges."""
    names = {code.id: code.name for code in book.material.codes}
    shown = {interview.transcript_id for interview in book.material.interviews}
    for place in places:
        people = book.material.heard_in(place.transcript_id, place.span) if place.transcript_id in shown else []
        if place.transcript_id not in shown or any(person.withdrawn_on is not None for person in people):
            continue
        whole = book.material.transcripts[place.transcript_id]
        reach = 0 if place.code_id else REACH
        turn = next((t.span for t in whole.turns if t.span.contains(place.span)), place.span)
        before = _edge(whole.text, Span(max(turn.start, place.span.start - reach), place.span.start), first=True)
        after = _edge(whole.text, Span(place.span.end, min(turn.end, place.span.end + reach)), first=False)
        group = book.material.house.group
        values = dict.fromkeys(v for p in people if group is not None and (v := book.shared(p, group)))
        yield _Placed(
            place,
            book.interview(place.transcript_id),
            book.wave(place.transcript_id),
            ", ".join(person.pseudonym for person in people),
            wording.listed(list(values)),
            book.line(place.transcript_id, place.span),
            names.get(place.code_id, "") if place.code_id else "",
            before,
            after,
            whole.text[before.start : after.end],
        )


def _saved(pages: Pages) -> bytes:
    target = io.BytesIO()
    workbook(pages).save(target)
    return target.getvalue()


def _edge(words: str, span: Span, *, first: bool) -> Span:
    """A stretch of context without the part of a word at its far end."""
    start, end = span.start, span.end
    if first and start and words[start - 1 : start].isalnum():
        while start < end and not words[start].isspace():
            start += 1
    if not first and words[end : end + 1].isalnum():
        while end > start and not words[end - 1].isspace():
            end -= 1
    return Span(start, end)
