"""The acts on quotes: nothing in one is ever typed. Every act is one step with the words of a menu."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from qualcode.core.findings import BLOCK, INLINE
from qualcode.core.rows import QuoteRow
from qualcode.core.values import FindingId, QuoteId, SegmentId, Span
from qualcode.report import markup
from qualcode.ui.workspace import Workspace

if TYPE_CHECKING:
    from qualcode.core.project import Project
    from qualcode.ui.models.report_desk import ReportDesk


class Quotes:
    """Where a quote runs in its finding's sentence, its mark there goes with it."""

    def __init__(self, desk: ReportDesk, workspace: Workspace) -> None:
        self._desk, self._workspace = desk, workspace

    def add(self, finding_id: FindingId, segment_id: SegmentId) -> QuoteId | None:
        return self._workspace.attempt(lambda: self._project.findings.quote(finding_id, segment_id))

    def remove(self, quote: QuoteRow) -> None:
        """Take a quote off its finding, and its mark out of the sentence."""
        self._do(lambda: self._remove(quote))

    def cut(self, quote: QuoteRow, span: Span) -> None:
        self._do(lambda: self._project.findings.cut(quote.id, span))

    def replace(self, quote: QuoteRow, span: Span, description: str) -> bool:
        return self._workspace.attempt(lambda: self._replace(quote, span, description)) is not None

    def trim(self, quote: QuoteRow, kept: Span) -> None:
        self._do(lambda: self._project.findings.trim(quote.id, kept))

    def take_back(self, quote: QuoteRow, numbers: Sequence[int]) -> None:
        """Put the words of these edits back."""
        self._do(lambda: self._take_back(quote, numbers))

    def attribute(self, quote: QuoteRow, attribution: str | None) -> None:
        self._do(lambda: self._project.findings.attribute(quote.id, attribution))

    def joinable(self, quote: QuoteRow) -> list[QuoteRow]:
        """The quotes of the same finding from the same interview, with which it might be one."""
        finding = self._desk.finding(quote.finding_id)
        others = finding.quotes if finding is not None else ()
        return [q for q in others if q.id != quote.id and q.transcript_id == quote.transcript_id]

    def join(self, quote: QuoteRow, other: QuoteRow) -> None:
        """Make one quote of two passages, and take the other's mark out of the sentence."""

        def act() -> None:
            with self._project.step(f"Join {quote.label} and {other.label}"):
                self._project.findings.join(quote.id, other.id)
                self._unmark(other)

        self._do(act)

    def shift(self, quote: QuoteRow, by: int) -> None:
        finding = self._desk.finding(quote.finding_id)
        if finding is not None:
            ids = [q.id for q in finding.quotes]
            order = shifted(ids, quote.id, by)
            if order != ids:
                self._do(lambda: self._project.findings.order_quotes(order))

    def runs_in(self, quote: QuoteRow) -> bool:
        """Whether a quote stands in its finding's sentence."""
        finding = self._desk.finding(quote.finding_id)
        return finding is not None and {quote.label, quote.id} & set(markup.quoted(finding.text)) != set()

    def run_in(self, quote: QuoteRow) -> None:
        """Put a quote into its finding's sentence, at the end; the mark can be moved from there."""
        finding = self._desk.finding(quote.finding_id)
        if finding is not None and not self.runs_in(quote):
            text = f"{finding.text.rstrip()} {{q:{quote.label}}}"
            self._do(lambda: self._place(quote, INLINE, text))

    def set_apart(self, quote: QuoteRow) -> None:
        """Set a quote as a block of its own, and take its mark out of the sentence."""
        finding = self._desk.finding(quote.finding_id)
        if finding is not None:
            self._do(lambda: self._place(quote, BLOCK, _without_mark(finding.text, quote)))

    # --- within ---

    def _replace(self, quote: QuoteRow, span: Span, description: str) -> bool:
        self._project.findings.replace(quote.id, span, description)
        return True

    def _place(self, quote: QuoteRow, placement: str, text: str) -> None:
        with self._project.step("Run quote in" if placement == INLINE else "Set quote apart"):
            self._project.findings.place(quote.id, placement)
            self._project.findings.write(quote.finding_id, text=text)

    def _remove(self, quote: QuoteRow) -> None:
        with self._project.step("Remove quote"):
            self._unmark(quote)
            self._project.findings.remove_quote(quote.id)

    def _unmark(self, quote: QuoteRow) -> None:
        """Take the mark of a quote out of its finding's sentence."""
        finding = self._desk.finding(quote.finding_id)
        if finding is not None and self.runs_in(quote):
            text = _without_mark(finding.text, quote)
            if text:
                self._project.findings.write(finding.id, text=text)

    def _take_back(self, quote: QuoteRow, numbers: Sequence[int]) -> None:
        with self._project.step(f"Put words of {quote.label} back"):
            for number in sorted(numbers, reverse=True):
                self._project.findings.take_back_edit(quote.id, number)

    @property
    def _project(self) -> Project:
        return self._workspace.project

    def _do(self, act: Callable[[], None]) -> None:
        self._workspace.attempt(act)


def shifted(ids: Sequence[Any], key: Any, by: int) -> list[Any]:
    """The list with one of its members moved that many places up or down."""
    order = list(ids)
    here = order.index(key)
    there = max(0, min(len(order) - 1, here + by))
    order.insert(there, order.pop(here))
    return order


def _without_mark(text: str, quote: QuoteRow) -> str:
    mark = rf"\s*\{{q:\s*(?:{re.escape(quote.label)}|{re.escape(quote.id)})\s*\}}"
    return re.sub(mark, "", text).strip()
