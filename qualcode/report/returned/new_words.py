"""Words in a returned document that the report does not have: quoted from a transcript, or from nowhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from qualcode.core.values import TranscriptId
from qualcode.report import wording
from qualcode.report.blocks import Of, Origin
from qualcode.report.checks import Severity
from qualcode.report.returned.basis import Basis
from qualcode.report.returned.difference import NOWHERE, Difference, Kind
from qualcode.report.returned.document import Place, ReadDocument
from qualcode.report.returned.matching import Contained, Item, bare, quoted_places
from qualcode.report.returned.search import Hit
from qualcode.report.returned.wordings import even, short

_FEWEST_WORDS = 6
"""Words in quotation marks, or paragraphs, shorter than this are not looked for in the transcripts."""

Step = Callable[[int, int, str], None]


def new_words(basis: Basis, found: Contained, step: Step, claimed: set[int]) -> Iterator[Difference]:
    """What stands in quotation marks, or as a paragraph word for word, and is no quote that is known. The paragraphs
    in which it stands are added to ``claimed``."""
    document = found.document
    places = [*((p, True) for p in _quoted(basis, found)), *((p, False) for p in _paragraphs(basis, found))]
    for number, (place, quoted) in enumerate(places):
        step(number, len(places), "Looking for new quotes in the transcripts")
        words = bare(document.words([place]))
        hit = basis.search.find(words)
        if quoted or (hit is not None and hit.verbatim):
            claimed.add(place.paragraph)
        if hit is not None and (quoted or hit.verbatim):
            yield _new_quote(basis, words, hit, _heading_above(document, place))
        elif hit is None and quoted:
            sentence = f"These words are in quotation marks, but were said in no transcript: “{short(words)}”"
            above = _heading_above(document, place)
            yield Difference(Severity.MEND, Kind.UNKNOWN_WORDS, sentence, NOWHERE, above)


def _quoted(basis: Basis, found: Contained) -> Iterator[Place]:
    """What looks like a quote, is none that is known, and stands in no part of the report as it would be."""
    expected, document = basis.expected.document, found.document
    usual = Counter(even(bare(expected.words(places))) for places in quoted_places(expected))
    for places in quoted_places(document):
        words = bare(document.words(places))
        known = even(words) in usual or any(_covers(item, places[0]) for item in found.of(Of.QUOTE))
        if not known and len(re.sub(r"\[[^\]]*\]", "", words).split()) >= _FEWEST_WORDS:
            yield places[0]


def _paragraphs(basis: Basis, found: Contained) -> Iterator[Place]:
    """Paragraphs that the report does not have, for words may be quoted without quotation marks."""
    usual = {even(p.text) for p in basis.expected.document.paragraphs}
    taken = {p.paragraph for item in found.items for p in item.places}
    taken |= {places[0].paragraph for places in quoted_places(found.document)}
    for number, paragraph in enumerate(found.document.paragraphs):
        new = number not in taken and not paragraph.level and even(paragraph.text) not in usual
        if new and len(paragraph.text.split()) >= _FEWEST_WORDS:
            yield Place(number, paragraph.whole)


def _new_quote(basis: Basis, words: str, hit: Hit, above: str) -> Difference:
    interview = basis.interviews[hit.transcript_id]
    people = basis.material.heard_in(hit.transcript_id, hit.span)
    who = wording.listed([p.pseudonym for p in people]) if people else "nobody known"
    how = "word for word" if hit.verbatim else "nearly word for word"
    sentence = f"A new quote without a mark, {how} from {who} in “{interview.title}”: “{short(words)}”"
    kind, severity = Kind.NEW_QUOTE, Severity.MEND
    if any(p.withdrawn_on is not None for p in people):
        kind, severity = Kind.WITHDRAWN, Severity.STOP
        sentence = f"{sentence} {who} has withdrawn."
    passage = (TranscriptId(hit.transcript_id), hit.span)
    return Difference(severity, kind, sentence, Origin(Of.INTERVIEW, interview.id), above, passage=passage)


def _covers(item: Item, place: Place) -> bool:
    return any(p.paragraph == place.paragraph and p.span.overlaps(place.span) for p in item.places)


def _heading_above(document: ReadDocument, place: Place) -> str:
    heads = [p for p in document.paragraphs[: place.paragraph] if p.level and p.text.strip()]
    return heads[-1].text.strip() if heads else ""
