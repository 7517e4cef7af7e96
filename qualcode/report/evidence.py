"""The sheets that lead from what is asserted to what was said: findings, segments, quotes, and the annex."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.core.findings import SUPPORTS
from qualcode.core.rows import AttributeRow, FindingRow, QuoteRow, SegmentRow
from qualcode.core.values import SegmentId
from qualcode.report import wording
from qualcode.report.book import CODEBOOK, FINDINGS, MATRIX, QUOTES, SEGMENTS, Book
from qualcode.report.sheets import Link, Sheet, Value


def findings(book: Book) -> Sheet:
    """Each finding with the people behind it, then a row for each passage that carries it or speaks against it."""
    columns = (
        ("Theme", 26),
        ("Finding", 56),
        ("People", 9),
        ("Asked", 9),
        ("Stance", 12),
        ("Participant", 13),
        ("Wave", 12),
        ("Line", 8),
        ("Passage", 64),
        ("Quote", 10),
    )
    rows: list[list[Value]] = []
    strong = set()
    for finding in book.findings:
        count = book.material.analysis.behind(finding)
        strong.add(len(rows))
        rows.append([book.theme(finding.theme_id), book.said(finding), count.people, count.asked])
        shown = [e for e in finding.evidence if e.segment_id in book.segment_rows]
        rows += [_carries(book, finding, e.segment_id, e.stance) for e in shown]
    return Sheet(FINDINGS, columns, rows, steady=2, strong=frozenset(strong))


def _carries(book: Book, finding: FindingRow, segment_id: SegmentId, stance: str) -> list[Value]:
    segment = book.material.segments[segment_id]
    quote = next((q for q in finding.quotes if q.segment_id == segment_id and q.id in book.quote_rows), None)
    return [
        book.theme(finding.theme_id),
        book.said(finding),
        None,
        None,
        "Supports" if stance == SUPPORTS else "Counters",
        book.names(segment.transcript_id, segment.span),
        book.wave(segment.transcript_id),
        Link(str(book.line(segment.transcript_id, segment.span)), SEGMENTS, book.segment_rows[segment_id]),
        book.passage(segment),
        Link(quote.label, QUOTES, book.quote_rows[quote.id]) if quote else None,
    ]


def segments(book: Book) -> Sheet:
    """Every coded passage."""
    columns = (
        ("Theme", 26),
        ("Code", 30),
        ("Participant", 13),
        ("Wave", 12),
        ("Interview", 24),
        ("Line", 8),
        ("Passage", 84),
    )
    names = {c.id: c.name for c in book.material.codes}
    rows: list[list[Value]] = [
        [
            book.theme(book.material.theme_of_code.get(s.code_id)),
            Link(names[s.code_id], CODEBOOK, book.code_rows[s.code_id]),
            _heard(book, s),
            book.wave(s.transcript_id),
            book.interview(s.transcript_id),
            book.line(s.transcript_id, s.span),
            book.passage(s),
        ]
        for s in book.segments
    ]
    return Sheet(SEGMENTS, columns, rows, steady=2)


def _heard(book: Book, segment: SegmentRow) -> Value:
    """Who is heard in a passage, leading to their row of the matrix; of several to the first one's."""
    people = book.material.heard_in(segment.transcript_id, segment.span)
    names = book.names(segment.transcript_id, segment.span)
    row = book.people_rows.get(people[0].id) if people else None
    return Link(names, MATRIX, row) if row else names


def quotes(book: Book) -> Sheet:
    """The quote bank; what is said of the people quoted is all in a confidential book, else their group only."""
    group = book.material.house.group
    attributes = book.material.attributes if book.confidential else [group] if group else []
    columns = (
        ("Quote", 10),
        ("Theme", 26),
        ("Finding", 40),
        ("As shown", 64),
        *([("What was said", 64)] if book.confidential else []),
        ("Attribution", 22),
        ("Participant", 13),
        *((a.name, 16) for a in attributes),
        ("Wave", 12),
        ("Interview", 24),
        ("Line", 8),
        ("Code", 24),
    )
    return Sheet(QUOTES, columns, [_banked(book, finding, quote, attributes) for finding, quote in book.quotes])


def _banked(book: Book, finding: FindingRow, quote: QuoteRow, attributes: Sequence[AttributeRow]) -> list[Value]:
    people = book.material.heard_in(quote.transcript_id, quote.span)
    shown = book.quoting.show(quote)
    values = [dict.fromkeys(v for p in people if (v := book.shared(p, a))) for a in attributes]
    line = str(book.line(quote.transcript_id, quote.span))
    place = book.first_segment([quote.segment_id] if quote.segment_id else [])
    return [
        Link(quote.label, FINDINGS, book.finding_rows[finding.id]),
        book.theme(finding.theme_id),
        book.said(finding),
        f"“{shown.words}”",
        *([quote.verbatim] if book.confidential else []),
        shown.attribution,
        book.names(quote.transcript_id, quote.span),
        *(wording.listed(list(each)) for each in values),
        book.wave(quote.transcript_id),
        book.interview(quote.transcript_id),
        Link(line, SEGMENTS, place) if place else line,
        book.code(quote.segment_id),
    ]


def annex(book: Book) -> Sheet:
    """Each quote's id, person, interview, file and line, the words said beside those shown, attribution and coding."""
    columns = (
        ("Quote", 10),
        ("Finding", 40),
        ("Participant", 13),
        ("Interview", 22),
        ("File", 26),
        ("Line", 8),
        ("What was said", 60),
        ("As shown", 60),
        ("Attribution", 22),
        ("Coding", 24),
    )
    rows: list[list[Value]] = []
    for finding in book.findings:
        for quote in finding.quotes:
            interview = book.material.interview_of.get(quote.transcript_id)
            shown = book.quoting.show(quote)
            rows.append(
                [
                    quote.label,
                    book.said(finding),
                    book.names(quote.transcript_id, quote.span),
                    interview.title if interview else "",
                    interview.source_name if interview else "",
                    book.line(quote.transcript_id, quote.span),
                    quote.verbatim,
                    f"“{shown.words}”",
                    shown.attribution,
                    book.code(quote.segment_id) or "The coding was removed.",
                ]
            )
    return Sheet("Quotes", columns, rows)
