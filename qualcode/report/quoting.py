"""A quote as it leaves: the analyst's edits, the interviewer's words cut, identifiers replaced, its voices apart.

What stands outside the brackets of a :class:`~qualcode.report.blocks.ShownQuote` is, word for word and in order, what
was said; white space is the only thing made even.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from qualcode.core import quotes
from qualcode.core.quotes import PieceKind
from qualcode.core.rows import AttributeRow, ParticipantRow, QuoteRow, SegmentRow, TranscriptRow
from qualcode.core.values import QuoteId, Role, Span
from qualcode.guard import Anonymise
from qualcode.report import wording
from qualcode.report.blocks import QuotePiece, ShownQuote
from qualcode.report.material import Material

_FIELD = re.compile(r"\{([^{}]+)\}")
_NOBODY = "Participant"
_Lines = tuple[tuple[tuple[QuotePiece, ...], ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a quote on the way out: whose turn it stands in, what is shown, and whether it was said."""

    speaker: int
    role: Role
    text: str
    said: bool

    @property
    def heard(self) -> bool:
        """Whether a participant's words are in it."""
        return self.said and self.role is not Role.INTERVIEWER and bool(self.text.strip())


class Quoting:
    """Shows quotes of one project under its house rules."""

    def __init__(self, material: Material, anonymise: Anonymise) -> None:
        self._material = material
        self._anonymise = anonymise
        self._shown: dict[QuoteId, _Lines] = {}

    def of(self, material: Material) -> Quoting:
        """The same for another report of the project."""
        return Quoting(material, self._anonymise)

    def show(self, quote: QuoteRow, *, attributed: bool = True) -> ShownQuote:
        """A quote as it is read, with its attribution where that is wanted."""
        lines, speakers = self._lines(quote)
        attribution = self.attribution(quote, speakers) if attributed else ""
        style = self._material.house.quotes
        return ShownQuote(quote.id, quote.label, style.cuts(lines), attribution, style.marks, style.italic)

    def passage(self, segment: SegmentRow) -> str:
        """A coded passage as it may be shown outside a report: the interviewer's words too, identifiers replaced."""
        replaced = self._anonymise.replacements(segment.transcript_id, segment.span)
        return quotes.shown(segment.quote, quotes.with_replacements((), replaced))

    def people(self, quote: QuoteRow) -> list[ParticipantRow]:
        """The participants heard in what is shown of a quote."""
        return self._people(quote, ())

    def said_spans(self, quote: QuoteRow) -> list[Span]:
        """Where the words that are shown stand in the transcript."""
        found, at = [], quote.span.start
        for piece in quotes.pieces(quote.verbatim, quote.edits):
            if piece.kind is PieceKind.SAID:
                found.append(Span(at, at + len(piece.verbatim)))
            at += len(piece.verbatim)
        return found

    def cuts_the_interviewer(self, quote: QuoteRow) -> bool:
        """Whether the interviewer speaks between words that are shown."""
        parts = self._parts(quote)
        heard = [n for n, part in enumerate(parts) if part.heard]
        return any(p.role is Role.INTERVIEWER for p in parts[heard[0] : heard[-1]]) if heard else False

    # --- words ---

    def _lines(self, quote: QuoteRow) -> _Lines:
        """The quote's lines, one for each change of voice, and the speakers in them."""
        if quote.id in self._shown:
            return self._shown[quote.id]
        lines: list[tuple[int, list[_Part]]] = []
        for part in self._parts(quote):
            if lines and (part.role is Role.INTERVIEWER or lines[-1][0] == part.speaker):
                lines[-1][1].append(part)
            elif part.role is not Role.INTERVIEWER:
                lines.append((part.speaker, [part]))
        spoken = [(speaker, parts) for speaker, parts in lines if any(p.heard for p in parts)]
        found = tuple(_even(parts) for _, parts in spoken), tuple(dict.fromkeys(speaker for speaker, _ in spoken))
        return self._shown.setdefault(quote.id, found)

    def _parts(self, quote: QuoteRow) -> list[_Part]:
        transcript = self._material.transcripts[quote.transcript_id]
        edits = quotes.with_replacements(quote.edits, _interviewer(transcript, quote))
        edits = quotes.with_replacements(edits, self._anonymise.replacements(quote.transcript_id, quote.span))
        parts: list[_Part] = []
        at = quote.span.start
        for piece in quotes.pieces(quote.verbatim, edits):
            whole = Span(at, at + len(piece.verbatim))
            at = whole.end
            if piece.kind is PieceKind.SAID:
                parts.extend(_said(transcript, whole, piece.shown))
            elif piece.kind is not PieceKind.TRIMMED:
                speaker, role = _voice(transcript, whole.start)
                parts.append(_Part(speaker, role, piece.shown, said=False))
        return parts

    # --- attribution ---

    def attribution(self, quote: QuoteRow, speakers: Sequence[int] = ()) -> str:
        """What stands under a quote: its own attribution, or the finest of the house's that fits enough people."""
        if quote.attribution is not None:
            return quote.attribution
        people = self._people(quote, speakers)
        templates = self._material.house.attributions
        if not people or not templates:
            return ""
        for template in _from_fine_to_coarse(templates):
            filled = self._filled(template, quote, people)
            if filled and self._fits(template, quote, people) >= self._material.house.fewest:
                return filled
        return self._of_nobody(quote) if any("{wave}" in t for t in templates) else ""

    def coarsened(self, quote: QuoteRow) -> str:
        """The attribution the house would have given, where it fits too few people and a coarser one stands."""
        templates = self._material.house.attributions
        people = self._people(quote, ())
        if quote.attribution is not None or not people or not templates:
            return ""
        finest = self._filled(templates[0], quote, people)
        return finest if finest and finest != self.attribution(quote) else ""

    def people_fitting(self, words: str) -> int | None:
        """How many of those interviewed an attribution typed by hand fits; None when it names no attribute's value."""
        values = [
            (attribute, value)
            for attribute in self._material.house.described_by
            for value in {self._material.value(p, attribute.id) for p in self._material.participants}
            if value and re.search(rf"(?<!\w){re.escape(value)}s?(?!\w)", words, re.IGNORECASE)
        ]
        if not values:
            return None
        return sum(all(self._has(p, a, v) for a, v in values) for p in self._material.participants)

    def _people(self, quote: QuoteRow, speakers: Sequence[int]) -> list[ParticipantRow]:
        material = self._material
        chosen = speakers or self._lines(quote)[1]
        return material.speaking(quote, chosen)

    def _filled(self, template: str, quote: QuoteRow, people: Sequence[ParticipantRow]) -> str:
        """The template with its fields filled in; empty when one of them is not known."""
        wave = self._wave(quote)
        if "{wave}" in template and not wave:
            template = re.sub(r"[,;]?\s*\{wave\}", "", template)
        missing = False

        def fill(field: re.Match[str]) -> str:
            nonlocal missing
            words = wave if field[1] == "wave" else self._described(field[1], people)
            missing = missing or not words
            return words

        words = wording.begins_sentence(_FIELD.sub(fill, template).strip(" ,;"))
        return "" if missing else words

    def _described(self, name: str, people: Sequence[ParticipantRow]) -> str:
        attribute = self._attribute(name)
        values = [self._material.value(p, attribute.id) for p in people] if attribute else []
        if not values or not all(values):
            return ""
        different = list(dict.fromkeys(values))
        if len(people) > 1 and len(different) == 1:
            return wording.plural(different[0])
        return wording.listed([different[0], *map(wording.inside_sentence, different[1:])])

    def _fits(self, template: str, quote: QuoteRow, people: Sequence[ParticipantRow]) -> int:
        """How many people a template describes for the one of the voices whom it fits the fewest."""
        wave_id = self._material.interview_of[quote.transcript_id].wave_id if "{wave}" in template else None
        among = self._material.analysis.interviewed(wave_id)
        attributes = [a for name in _FIELD.findall(template) if (a := self._attribute(name)) is not None]
        return min(
            sum(all(self._has(q, a, self._material.value(p, a.id)) for a in attributes) for q in among) for p in people
        )

    def _has(self, participant: ParticipantRow, attribute: AttributeRow, value: str) -> bool:
        return self._material.value(participant, attribute.id).casefold() == value.casefold()

    def _attribute(self, name: str) -> AttributeRow | None:
        known = (*self._material.house.described_by, *self._material.attributes)
        return next((a for a in known if a.name.casefold() == name.casefold()), None)

    def _wave(self, quote: QuoteRow) -> str:
        interview = self._material.interview_of.get(quote.transcript_id)
        if interview is None or len(self._material.waves) < 2:
            return ""
        return wording.wave_in_short(self._material.wave_name(interview.wave_id))

    def _of_nobody(self, quote: QuoteRow) -> str:
        wave = self._wave(quote)
        return f"{_NOBODY}, {wave}" if wave else ""


def _from_fine_to_coarse(templates: Sequence[str]) -> list[str]:
    """The house's templates, then each of them with fields left out, fewer first."""
    coarser = []
    for template in templates:
        fields = _FIELD.findall(template)
        for kept in range(len(fields) - 1, 0, -1):
            for chosen in combinations(fields, kept):
                if set(chosen) != {"wave"}:
                    coarser.append(", ".join(f"{{{field}}}" for field in chosen))
    return list(dict.fromkeys((*templates, *coarser)))


def _interviewer(transcript: TranscriptRow, quote: QuoteRow) -> list[tuple[Span, str]]:
    """The interviewer's words within a quote, to be cut."""
    return [
        (Span(max(t.span.start, quote.span.start), min(t.span.end, quote.span.end)).shifted(-quote.span.start), "[...]")
        for t in transcript.turns
        if t.span.overlaps(quote.span) and transcript.speakers[t.speaker].role is Role.INTERVIEWER
    ]


def _said(transcript: TranscriptRow, whole: Span, shown: str) -> Iterable[_Part]:
    """A said stretch, parted where the voice changes; the line ends between turns belong to the turn before."""
    at = whole.start
    while at < whole.end:
        speaker, role = _voice(transcript, at)
        end = next(
            (t.span.start for t in transcript.turns if at < t.span.start < whole.end and t.speaker != speaker),
            whole.end,
        )
        yield _Part(speaker, role, shown[at - whole.start : end - whole.start], said=True)
        at = end


def _voice(transcript: TranscriptRow, position: int) -> tuple[int, Role]:
    """Who speaks at a code point."""
    turn = next((t for t in reversed(transcript.turns) if t.span.start <= position), transcript.turns[0])
    return turn.speaker, transcript.speakers[turn.speaker].role


def _even(parts: Sequence[_Part]) -> tuple[QuotePiece, ...]:
    """The parts of one line: no interviewer at either end, white space made even, neighbours of a kind joined."""
    kept = list(parts)
    while kept[0].role is Role.INTERVIEWER or not kept[0].text.strip():
        kept.pop(0)
    while kept[-1].role is Role.INTERVIEWER or not kept[-1].text.strip():
        kept.pop()
    run: list[QuotePiece] = []
    for part in kept:
        words = re.sub(r"\s+", " ", part.text)
        if not part.said and _ends_cut(run) and words == quotes.ELLIPSIS:
            continue
        if run:
            words = _spaced(run[-1].text, words)
        if run and run[-1].said == part.said:
            run[-1] = QuotePiece(run[-1].text + words, part.said)
        elif words:
            run.append(QuotePiece(words, part.said))
    first, last = run[0], run[-1]
    run[0] = QuotePiece(first.text.lstrip(" "), first.said)
    run[-1] = QuotePiece(run[-1].text.rstrip(" "), last.said)
    return tuple(run)


def _spaced(before: str, words: str) -> str:
    """``words`` as they follow ``before``: one space between them at most, and one at least about a cut."""
    if before.endswith(" "):
        return words.lstrip(" ")
    begins, ends = words.startswith(quotes.ELLIPSIS), before.endswith(quotes.ELLIPSIS)
    apart = (begins and before[-1:].isalnum()) or (ends and words[:1].isalnum())
    return f" {words}" if apart else words


def _ends_cut(run: Sequence[QuotePiece]) -> bool:
    """Whether nothing but white space came since the last cut."""
    spoken = [piece for piece in run if piece.text.strip()]
    return bool(spoken) and not spoken[-1].said and spoken[-1].text.endswith(quotes.ELLIPSIS)
