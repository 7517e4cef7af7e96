"""A returned document against the report as it would be written now: everything that is not as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from qualcode.core import quantity
from qualcode.core.quotes import is_word_for_word
from qualcode.core.values import FindingId, QuoteId
from qualcode.report import markup, provenance, wording
from qualcode.report.blocks import Of, Origin
from qualcode.report.checks import Severity, called
from qualcode.report.returned.basis import Basis, KnownQuote
from qualcode.report.returned.difference import NOWHERE, Difference, Kind, TakenBack
from qualcode.report.returned.document import ReadDocument
from qualcode.report.returned.matching import Contained, Item, contained, moved
from qualcode.report.returned.new_words import new_words
from qualcode.report.returned.shorter import shorter_wordings
from qualcode.report.returned.taking_back import Written, quotes_within, written
from qualcode.report.returned.texts import changed_texts
from qualcode.report.returned.wordings import even, same, short, told, word_diff

_STOP, _MEND, _NOTE = Severity.STOP, Severity.MEND, Severity.NOTE


class Comparing:
    """Compares one document. ``step`` is called before each part of the work, and may raise Cancelled."""

    def __init__(self, basis: Basis, document: ReadDocument, step: Callable[[int, int, str], None]) -> None:
        self._basis = basis
        self._document = document
        self._step = step
        self._expected = {item.name: item for item in basis.expected.items}
        headings = {name: heading.full for name, heading in basis.headings.items()}
        self._found = contained(document, basis.sought, headings)
        self._there = {item.name: item for item in self._found.items}
        self._traced = {trace.bookmark: trace for trace in document.traces}

    @property
    def quotes(self) -> int:
        return len({item.origin.id for item in self._found.of(Of.QUOTE)})

    @property
    def findings(self) -> int:
        return len({item.origin.id for item in self._found.of(Of.FINDING)})

    def all(self) -> Iterator[Difference]:
        """Every difference but identifiers, in the order of the document where it has one."""
        for item in self._found.of(Of.QUOTE):
            yield from self._quote(item)
        for item in self._found.of(Of.FINDING):
            yield from self._finding(item)
        yield from self._missing()
        yield from self._moved()
        yield from self._headings()
        yield from self._unmarked()
        claimed: set[int] = set()
        yield from shorter_wordings(self._basis, self._found, claimed)
        yield from new_words(self._basis, self._found, self._step, claimed)
        yield from changed_texts(self._basis, self._found, claimed)

    # --- quotes ---

    def _quote(self, item: Item) -> Iterator[Difference]:
        known = self._basis.quotes.get(QuoteId(item.origin.id))
        place = self._place(item)
        if known is None:
            label = self._traced[item.name].label if item.name in self._traced else "A quote"
            sentence = f"{label} is no longer in the project, but stands in the document: “{short(item.words)}”"
            yield Difference(_STOP, Kind.GONE, sentence, NOWHERE, place)
            return
        label = known.row.label
        if known.withdrawn:
            sentence = f"{label} is from somebody who has withdrawn. Take it out of the document."
            yield Difference(_STOP, Kind.WITHDRAWN, sentence, item.origin, place)
            return
        if known.row.segment_id is None:
            yield Difference(_MEND, Kind.NOT_CODED, f"The coding of {label} was removed.", item.origin, place)
        before = self._expected[item.name].words if item.name in self._expected else known.words
        if not same(before, item.words):
            yield self._changed_quote(item, known, before)
        yield from self._attribution(item, known)

    def _changed_quote(self, item: Item, known: KnownQuote, before: str) -> Difference:
        diff = word_diff(before, item.words)
        if self._as_written(item):
            sentence = f"{known.row.label} is shown otherwise in the project since the document was written."
            return Difference(_NOTE, Kind.CHANGED_SINCE, sentence, item.origin, self._place(item), diff)
        true = is_word_for_word(item.words, known.passage)
        after = " What is left is still word for word what was said." if true else ""
        sentence = f"{known.row.label} was changed: {told(diff)}.{after}"
        return Difference(_NOTE if true else _MEND, Kind.QUOTE_CHANGED, sentence, item.origin, self._place(item), diff)

    def _attribution(self, item: Item, known: KnownQuote) -> Iterator[Difference]:
        expected = self._expected.get(item.name)
        if expected is None:
            return
        before, after = _attribution_of(self._basis.expected.document, expected), _attribution_of(self._document, item)
        if same(before, after):
            return
        label = known.row.label
        said = f"says “{after}”" if after else "is gone"
        sentence = f"The attribution of {label} {said}; in the project it is {f'“{before}”' if before else 'none'}."
        fitting = self._basis.people_fitting(after) if after else None
        severity = _NOTE
        if fitting is not None and fitting < self._basis.fewest:
            severity = _STOP
            sentence += f" It fits {wording.of_things(fitting, 'person', plural='people')}."
        diff = word_diff(before, after)
        yield Difference(severity, Kind.ATTRIBUTION, sentence, item.origin, self._place(item), diff)

    # --- findings ---

    def _finding(self, item: Item) -> Iterator[Difference]:
        finding = self._basis.findings.get(FindingId(item.origin.id))
        place = self._place(item)
        if finding is None:
            sentence = f"This finding is no longer in the project: “{short(item.words)}”"
            yield Difference(_MEND, Kind.GONE, sentence, NOWHERE, place)
            return
        expected = self._expected.get(item.name)
        if expected is None:
            return
        name = called(finding) + (", in the summary," if self._in_summary(expected) else "")
        if not self._same_finding(expected, item):
            yield self._changed_finding(item, expected, name)
        yield from self._quantity(item, name)
        if self._quoted_under(expected.name, self._basis.expected.items) and not self._quoted_under(
            item.name, self._found.items
        ):
            yield Difference(_MEND, Kind.NO_QUOTE, f"{name} has no quote in the document.", item.origin, place)

    def _same_finding(self, expected: Item, item: Item) -> bool:
        """Whether the finding's own words are the same; a quote that stands in them is looked at by itself."""
        return self._own_words(self._basis.expected, expected) == self._own_words(self._found, item)

    def _own_words(self, where: Contained, item: Item) -> tuple[str, tuple[str, ...]]:
        """What a finding says besides its quotes, and which quotes stand in it."""
        quotes = quotes_within(item, where.items, self._labels)
        words = written(where.document, item, quotes, "", ()).text.replace("*", "")
        return even(markup.plain(words)), tuple(sorted(quotes))

    def _changed_finding(self, item: Item, expected: Item, name: str) -> Difference:
        diff = word_diff(expected.words, item.words)
        if self._as_written(item):
            sentence = f"{name} reads otherwise in the project since the document was written."
            return Difference(_NOTE, Kind.CHANGED_SINCE, sentence, item.origin, self._place(item), diff)
        sentence = f"{name} was changed: {told(diff)}."
        return Difference(
            _NOTE, Kind.FINDING_CHANGED, sentence, item.origin, self._place(item), diff, self._taken(item, expected)
        )

    def _taken(self, item: Item, expected: Item) -> TakenBack | None:
        """The finding as it would be taken back; words changed in the summary become its shorter wording."""
        finding = self._basis.findings[FindingId(item.origin.id)]
        made = self._written(item)
        field, before = ("summary", finding.summary) if self._in_summary(expected) else ("text", finding.text)
        if field == "summary":
            made = Written(made.text.replace("**", ""), made.lost)
            if any(self._plain(other) == markup.plain(made.text) for other in self._elsewhere(item)):
                return None
        return TakenBack(finding.id, field, before, made.text, made.lost) if made.text and made.text != before else None

    def _elsewhere(self, item: Item) -> list[Item]:
        """The same finding in other places of the document."""
        return [other for other in self._found.items if other.origin == item.origin and other is not item]

    def _plain(self, item: Item) -> str:
        return markup.plain(self._written(item).text)

    def _written(self, item: Item) -> Written:
        finding = self._basis.findings[FindingId(item.origin.id)]
        quotes = quotes_within(item, self._found.items, self._labels)
        return written(self._document, item, quotes, finding.text, self._basis.filled[finding.id])

    def _in_summary(self, expected: Item) -> bool:
        """Whether it stands in the summary, which shows a finding again that has no shorter wording."""
        head = next((n for n, at in self._basis.expected.headings.items() if at == expected.head), "")
        return head in self._basis.summary_headings

    def _quantity(self, item: Item, name: str) -> Iterator[Difference]:
        finding = self._basis.findings[FindingId(item.origin.id)]
        words = markup.plain(self._written(item).text)
        scale, count = self._basis.scale, self._basis.counts[finding.id]
        claim = quantity.claim(words, scale)
        if claim is None or not count.asked or quantity.agrees(words, count.people, count.asked, scale):
            return
        offers = quantity.offered(count.people, count.asked, scale)
        instead = f" Offer: {wording.listed([f'“{o}”' for o in offers], 'or')}." if offers else ""
        sentence = f"“{wording.begins_sentence(claim.word)}”, but it is {count} people: {name}.{instead}"
        yield Difference(_MEND, Kind.QUANTITY, sentence, item.origin, self._place(item))

    # --- what is missing, and what stands elsewhere ---

    def _missing(self) -> Iterator[Difference]:
        for name, item in self._expected.items():
            if name in self._there or (self._traced and name not in self._traced):
                continue
            place = self._place(item, expected=True)
            if item.origin.of is Of.QUOTE:
                label = self._labels[item.origin.id]
                yield Difference(
                    _NOTE,
                    Kind.QUOTE_DELETED,
                    f"{label} is not in the document: “{short(item.words)}”",
                    item.origin,
                    place,
                )
            else:
                name_ = called(self._basis.findings[FindingId(item.origin.id)])
                sentence = f"{name_} is not in the document."
                yield Difference(_NOTE, Kind.FINDING_DELETED, sentence, item.origin, place)

    def _moved(self) -> Iterator[Difference]:
        known = [item for item in self._found.items if item.name in self._expected]
        elsewhere = {i.name for i in known if self._home(i) != self._home(self._expected[i.name], expected=True)}
        out_of_order = self._out_of_order(elsewhere)
        for item in known:
            if item.name in elsewhere | out_of_order and not self._owner_moved(item, elsewhere):
                yield self._moved_item(item)

    def _owner_moved(self, item: Item, elsewhere: set[str]) -> bool:
        """Whether a quote went along with its finding."""
        return bool(item.owner) and item.owner in elsewhere and item.owner == self._expected[item.name].owner

    def _moved_item(self, item: Item) -> Difference:
        place = self._place(item)
        if item.origin.of is Of.FINDING:
            name = called(self._basis.findings[FindingId(item.origin.id)])
            return Difference(
                _NOTE, Kind.FINDING_MOVED, f"{name} stands elsewhere: under “{place}”.", item.origin, place
            )
        label = self._labels[item.origin.id]
        before = self._expected[item.name].owner
        if item.owner == before:
            sentence = f"{label} stands in another order under its finding."
            return Difference(_NOTE, Kind.QUOTE_MOVED, sentence, item.origin, place)
        owner = self._there[item.owner] if item.owner else None
        row = self._basis.findings.get(FindingId(owner.origin.id)) if owner is not None else None
        where = f"under another finding: {_inside(called(row))}" if row is not None else "under no finding"
        return Difference(_MEND, Kind.QUOTE_MOVED, f"{label} stands {where}.", item.origin, place)

    def _home(self, item: Item, *, expected: bool = False) -> tuple[str, str]:
        """The finding a quote stands under, or the heading a finding does, by names that both documents know."""
        if item.origin.of is Of.QUOTE and item.owner:
            return "", item.owner
        headings = self._basis.expected.headings if expected else self._found.headings
        return next((name for name, at in headings.items() if at == item.head), ""), ""

    def _out_of_order(self, elsewhere: set[str]) -> set[str]:
        """What stands in its place, but before or after others that it did not."""
        found: set[str] = set()
        for home in {self._home(item) for item in self._found.items}:
            before = [i.name for i in self._basis.expected.items if self._home(i, expected=True) == home]
            after = [i.name for i in self._found.items if self._home(i) == home and i.name not in elsewhere]
            found |= moved(before, after)
        return found

    def _headings(self) -> Iterator[Difference]:
        if not self._found.headings:
            return
        for name, heading in self._basis.headings.items():
            at = self._found.headings.get(name)
            origin = heading.origin or Origin(Of.REPORT, self._basis.report.id)
            if at is None:
                yield Difference(_NOTE, Kind.HEADING, f"The heading “{heading.full}” is not in the document.", origin)
            elif not same(self._document.paragraphs[at].text, heading.full):
                now = self._document.paragraphs[at].text.strip()
                sentence = f"The heading “{heading.full}” now reads “{now}”."
                yield Difference(_NOTE, Kind.HEADING, sentence, origin, now, word_diff(heading.full, now))

    def _unmarked(self) -> Iterator[Difference]:
        lost = [item for item in self._found.items if not item.marked]
        if lost and len(lost) == len(self._found.items):
            sentence = "The document has lost its hidden marks. Quotes and findings were found by their words."
            yield Difference(_NOTE, Kind.UNMARKED, sentence, NOWHERE)
            return
        for item in lost:
            what = self._labels.get(item.origin.id) or called(self._basis.findings[FindingId(item.origin.id)])
            sentence = f"{what} has lost its hidden mark. It was found by its words."
            yield Difference(_NOTE, Kind.UNMARKED, sentence, item.origin, self._place(item))

    # --- small things ---

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {quote.row.id: quote.row.label for quote in self._basis.quotes.values()}

    def _as_written(self, item: Item) -> bool:
        """Whether the words are those that were exported, so that it was the project that changed since."""
        trace = self._traced.get(item.name)
        return trace is not None and trace.digest == provenance.digest(item.words)

    def _place(self, item: Item, *, expected: bool = False) -> str:
        document = self._basis.expected.document if expected else self._document
        return document.paragraphs[item.head].text.strip() if item.head >= 0 else ""

    def _quoted_under(self, name: str, items: Sequence[Item]) -> bool:
        return any(item.owner == name and item.origin.of is Of.QUOTE for item in items)


def _attribution_of(document: ReadDocument, item: Item) -> str:
    """The attribution under a quote that is set apart."""
    place = item.places[-1]
    after = document.paragraphs[place.paragraph + 1 : place.paragraph + 2]
    apart = document.paragraphs[place.paragraph].style == "quote"
    return after[0].text.strip() if apart and after and after[0].style == "quote attribution" else ""


def _inside(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
