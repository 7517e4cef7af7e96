"""The report as a value: sections of blocks, blocks of inline pieces. It knows neither Word nor the project.

A test can print one (``str(report)``); :mod:`qualcode.report.word` writes one; the window shows one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from qualcode.core.values import FindingId, QuoteId


class Of(StrEnum):
    """What kind of thing a piece of the report was made from."""

    FINDING = "finding"
    QUOTE = "quote"
    SECTION = "section"
    THEME = "theme"
    PARTICIPANT = "participant"
    QUESTION = "question"
    INTERVIEW = "interview"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Origin:
    """The thing to open for a piece of the report: a finding, a quote, a section by its key, ..."""

    of: Of
    id: str


# --- inline ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Something the data cannot know, or that went missing: shown in brackets, marked, and listed by the checks."""

    text: str


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A pointer to what carries ``bookmark``; ``text`` is what is read there ("Appendix 2", "Table 1")."""

    bookmark: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class QuotePiece:
    """A stretch of a quote. ``said`` is False for what stands in square brackets."""

    text: str
    said: bool = True


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """A quote as it leaves: edited, anonymised, without quotation marks. One line for each voice in turn.

    ``marks`` go around each line; ``italic`` says how it is set where it stands apart.
    """

    id: QuoteId
    label: str
    lines: tuple[tuple[QuotePiece, ...], ...]
    attribution: str = ""
    marks: tuple[str, str] = ("“", "”")
    italic: bool = True

    @property
    def words(self) -> str:
        """The quote on one line."""
        return " ".join("".join(piece.text for piece in line) for line in self.lines)

    def marked(self, words: str) -> str:
        """Words of it between its quotation marks."""
        return f"{self.marks[0]}{words}{self.marks[1]}"


@dataclass(frozen=True, slots=True)
class RunInQuote:
    """A quote inside a sentence."""

    quote: ShownQuote
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Footnote:
    inlines: tuple[Inline, ...]


Inline = Text | Gap | CrossReference | RunInQuote | Footnote
Inlines = tuple[Inline, ...]


def text(words: str, *, bold: bool = False, italic: bool = False) -> Inlines:
    """Plain words as inlines; none for an empty string."""
    return (Text(words, bold, italic),) if words else ()


# --- blocks ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page, or in short papers the head of it (``compact``). ``facts`` are label and value."""

    programme: str
    title: str
    subtitle: str
    facts: tuple[tuple[str, Inlines], ...] = ()
    notice: str = ""
    compact: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """The field that lists the headings down to ``levels``."""

    title: str = "Contents"
    levels: int = 2


@dataclass(frozen=True, slots=True)
class Heading:
    """``label`` stands before the text and is what references show ("Appendix 1").

    ``number`` is given in shapes with numbered headings or paragraphs. An unlisted heading stays out of the contents.
    """

    level: int
    text: str
    bookmark: str
    label: str = ""
    number: str = ""
    listed: bool = True
    new_page: bool = False
    origin: Origin | None = None

    @property
    def full(self) -> str:
        """Label and text as they are read, without the number."""
        return f"{self.label}: {self.text}" if self.label else self.text


class Tone(StrEnum):
    """How a paragraph is set."""

    BODY = "body"
    LEAD = "lead"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``leads_in`` keeps it on one page with what follows. ``number`` as in :class:`Heading`."""

    inlines: Inlines
    tone: Tone = Tone.BODY
    origin: Origin | None = None
    leads_in: bool = False
    number: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Inlines, ...]
    ordered: bool = False
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class BlockQuote:
    quote: ShownQuote


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of a table row, as many as the header has; a band is one cell across them, heading the rows below."""

    cells: tuple[Inlines, ...]
    band: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """``widths`` are shares of the text width; ``numeric`` columns are set to the right. ``alt`` describes it in a
    sentence for those who cannot see it."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    alt: str
    bookmark: str
    widths: tuple[float, ...] = ()
    numeric: frozenset[int] = frozenset()
    number: int = 0

    @property
    def on_one_page(self) -> bool:
        """Whether it is short enough not to be parted by a page."""
        return len(self.rows) <= 24


@dataclass(frozen=True, slots=True)
class Series:
    """Bars of one colour; None where there is none. ``labels`` are written beside them instead of their values."""

    name: str
    values: tuple[float | None, ...]
    labels: tuple[str, ...] = ()

    def label(self, at: int) -> str:
        """What is written beside a bar."""
        value = self.values[at]
        return self.labels[at] if self.labels else "" if value is None else f"{value:g}"


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars for each category and series. ``unit`` is written on the value axis, ``sign`` after its numbers; ``top`` is
    its end."""

    caption: str
    alt: str
    bookmark: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    top: float | None = None
    sign: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A part that only the analyst can write; ``ask`` says what is wanted there."""

    ask: str
    origin: Origin


Block = Cover | Contents | Heading | Paragraph | Bullets | BlockQuote | Table | Chart | Placeholder


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the outline; ``key`` is its name in the shape and of the analyst's text for it."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Report:
    """A whole document. ``properties`` are the document's (title, subject, keywords); they name no person.

    ``shape`` and ``report_id`` say what it was made from, so that it is known again when it comes back.
    """

    title: str
    language: str
    sections: tuple[Section, ...]
    numbering: str = "none"
    properties: dict[str, str] = field(default_factory=dict)
    shape: str = ""
    report_id: str = ""

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(block for section in self.sections for block in section.blocks)

    def __str__(self) -> str:
        return "\n".join(line for block in self.blocks for line in printed(block))


# --- reading a report --------------------------------------------------------------------------------------------


def inlines_of(block: Block) -> Iterator[Inlines]:
    """The runs of words in a block, each as it is read."""
    if isinstance(block, Paragraph):
        yield block.inlines
    elif isinstance(block, Bullets):
        yield from block.items
    elif isinstance(block, Table):
        yield text(block.caption)
        yield from (text(name) for name in block.header)
        yield from (cell for row in block.rows for cell in row.cells)
    elif isinstance(block, Cover):
        yield from map(text, (block.programme, block.title, block.subtitle, block.notice))
        yield from (value for _, value in block.facts)
    elif isinstance(block, Heading):
        yield text(block.full)
    elif isinstance(block, Placeholder):
        yield (Gap(block.ask),)
    elif isinstance(block, Chart):
        yield from map(text, (block.caption, block.alt, *block.categories))


def every(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """The inlines, those of footnotes after the footnote they stand in."""
    for inline in inlines:
        yield inline
        if isinstance(inline, Footnote):
            yield from every(inline.inlines)


def quotes_in(block: Block) -> Iterator[ShownQuote]:
    """The quotes of a block, run in or set apart."""
    if isinstance(block, BlockQuote):
        yield block.quote
    for inlines in inlines_of(block):
        yield from (i.quote for i in every(inlines) if isinstance(i, RunInQuote))


def finding_of(block: Block) -> FindingId | None:
    """The finding a block asserts."""
    origin = getattr(block, "origin", None)
    return FindingId(origin.id) if origin is not None and origin.of is Of.FINDING else None


def read(inlines: Iterable[Inline]) -> str:
    """The inlines as plain words; footnotes in brackets after what they are on."""
    return "".join(map(_read, inlines))


def _read(inline: Inline) -> str:
    if isinstance(inline, Text | CrossReference):
        return inline.text
    if isinstance(inline, RunInQuote):
        return inline.quote.marked(inline.quote.words)
    if isinstance(inline, Gap):
        return f"[{inline.text}]"
    return f" [Footnote: {read(inline.inlines)}]"


def printed(block: Block) -> Iterator[str]:
    """A block as lines of plain text, for tests and for reading in a terminal."""
    if isinstance(block, Heading):
        yield f"{'#' * block.level} {block.number + ' ' if block.number else ''}{block.full}"
    elif isinstance(block, Paragraph):
        yield f"{block.number + '  ' if block.number else ''}{read(block.inlines)}"
    elif isinstance(block, Bullets):
        yield from (f"{f'{n}.' if block.ordered else '-'} {read(item)}" for n, item in enumerate(block.items, 1))
    elif isinstance(block, BlockQuote):
        yield from (f"> {block.quote.marked(''.join(p.text for p in line))}" for line in block.quote.lines)
        if block.quote.attribution:
            yield f"> {block.quote.attribution}"
    elif isinstance(block, Table):
        yield f"Table {block.number}: {block.caption}"
        yield " | ".join(block.header)
        yield from (" | ".join(map(read, row.cells)) for row in block.rows)
    elif isinstance(block, Chart):
        yield f"Figure {block.number}: {block.caption}"
        for series in block.series:
            yield f"{series.name}: {', '.join(f'{c} {series.label(n)}' for n, c in enumerate(block.categories))}"
    elif isinstance(block, Contents):
        yield f"[{block.title}]"
    else:
        yield from filter(None, map(read, inlines_of(block)))
