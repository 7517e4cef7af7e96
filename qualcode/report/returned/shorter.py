"""Shorter wordings that were changed in the summary, where those of a theme stand in one paragraph without a mark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz import fuzz, process

from qualcode.core.values import FindingId
from qualcode.report.blocks import Of, Origin
from qualcode.report.checks import Severity, called
from qualcode.report.returned.basis import Basis, Shorter
from qualcode.report.returned.difference import Difference, Kind, TakenBack
from qualcode.report.returned.matching import Contained
from qualcode.report.returned.wordings import even, same, told, word_diff

_ALIKE = 60.0
"""From which likeness a paragraph of the summary is the one that is missed."""


def shorter_wordings(basis: Basis, found: Contained, claimed: set[int]) -> Iterator[Difference]:
    """The shorter wordings that read otherwise in the document, each with what would be taken back. The paragraphs
    in which they stand are added to ``claimed``."""
    texts = {n: p.text for n, p in enumerate(found.document.paragraphs) if not p.level and p.style == "normal"}
    there = {even(text) for text in texts.values()}
    usual = {even(p.text) for p in basis.expected.document.paragraphs}
    marked = {p.paragraph for item in found.items for p in item.places}
    free = {n: even(t) for n, t in texts.items() if n not in marked and even(t) not in usual}
    for paragraph in basis.shorter:
        if even(paragraph.words) in there:
            continue
        best = process.extractOne(even(paragraph.words), free, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if best is not None:
            del free[best[2]]
            claimed.add(best[2])
            yield from _changed(basis, paragraph, texts[best[2]])


def _changed(basis: Basis, paragraph: Shorter, words: str) -> Iterator[Difference]:
    changed = _new_wording(paragraph.lines, words)
    diff = word_diff(paragraph.words, words)
    if changed is None:
        sentence = f"A paragraph of the summary was changed: {told(diff)}."
        yield Difference(Severity.NOTE, Kind.FINDING_CHANGED, sentence, Origin(Of.THEME, paragraph.theme_id), "", diff)
        return
    finding_id, after = changed
    finding = basis.findings[finding_id]
    for mark in basis.filled_in_summary[finding_id]:
        after = after.replace(mark.words, mark.mark, 1)
    sentence = f"The shorter wording of {_inside(called(finding))} was changed: {told(diff)}."
    taken = TakenBack(finding_id, "summary", finding.summary, after)
    origin = Origin(Of.FINDING, finding_id)
    yield Difference(Severity.NOTE, Kind.FINDING_CHANGED, sentence, origin, "", diff, taken)


def _new_wording(lines: Mapping[FindingId, str], words: str) -> tuple[FindingId, str] | None:
    """The one finding whose line is not in the paragraph as it was, and what stands there now; None for several."""
    order: Sequence[FindingId] = list(lines)
    missing = [key for key in order if even(lines[key]) not in even(words)]
    if len(missing) != 1:
        return None
    at = order.index(missing[0])
    before, after = " ".join(lines[k] for k in order[:at]), " ".join(lines[k] for k in order[at + 1 :])
    if not (same(words[: len(before)], before) and same(words[len(words) - len(after) :] if after else "", after)):
        return None
    new = words[len(before) : len(words) - len(after)].strip()
    return (missing[0], new) if new else None


def _inside(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
