"""From the analyst's light markup to blocks, and the small pieces that every section is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from qualcode.core.rows import FindingRow, QuoteRow, ThemeRow
from qualcode.guard import Anonymise
from qualcode.report import facts, fieldwork, markup, numbers, wording
from qualcode.report.blocks import (
    Block,
    Bullets,
    CrossReference,
    Footnote,
    Gap,
    Heading,
    Inline,
    Inlines,
    Of,
    Origin,
    Paragraph,
    Placeholder,
    Row,
    RunInQuote,
    ShownQuote,
    Text,
    Tone,
    text,
)
from qualcode.report.markup import Mark, MarkKind
from qualcode.report.material import Material
from qualcode.report.quoting import Quoting
from qualcode.report.shapes import SectionShape, Shape

SEE = "see:"
"""How a reference to a title begins until the title is looked up."""


class Composer:
    """What the sections of one report share: its material, its quotes, and how text becomes blocks."""

    def __init__(self, material: Material, shape: Shape, anonymise: Anonymise) -> None:
        self.material = material
        self.shape = shape
        self.anonymise = anonymise
        self.quoting = Quoting(material, anonymise)
        self.appendices: frozenset[str] = frozenset()

    @property
    def language(self) -> str:
        """The language of the document: the house's, or else the shape's."""
        return self.material.house.language or self.shape.language

    # --- the analyst's text ---

    def written(self, key: str) -> str:
        """What the analyst wrote for a section; empty when nothing yet."""
        return self.material.report.texts.get(key, "").strip()

    def section_text(self, key: str, ask: str = "", tone: Tone = Tone.BODY) -> list[Block]:
        """The analyst's text for a section as blocks, or a placeholder where it is missing and asked for."""
        origin = Origin(Of.SECTION, key)
        made = self.blocks(self.written(key), origin, tone=tone)
        return made or ([Placeholder(f"To be written: {ask}", origin)] if ask else [])

    def known(self, part: str, *, at_end: bool = False) -> list[Block]:
        """What the project knows of a part, in a paragraph before or after what the analyst wrote."""
        said = self.sentences(part, at_end=at_end)
        return [Paragraph(said, origin=Origin(Of.SECTION, part))] if said else []

    def sentences(self, part: str, *, at_end: bool = False) -> Inlines:
        """What the project knows of a part, without what the analyst's text for it places or leaves out."""
        spoken_for = self.spoken_for(part)
        there = [fact for fact in facts.sentences(part) if fact.at_end == at_end and fact.name not in spoken_for]
        return fieldwork.spaced(*(fact.said(self.material) for fact in there))

    def spoken_for(self, part: str, *marks: MarkKind) -> frozenset[str]:
        """The facts that the analyst's text for a part places or leaves out, or those it names in these marks."""
        named = markup.named(self.written(part), *(marks or (MarkKind.FACT, MarkKind.WITHOUT)))
        return facts.spoken_for(named)

    def blocks(
        self, words: str, origin: Origin | None = None, finding: FindingRow | None = None, tone: Tone = Tone.BODY
    ) -> list[Block]:
        """Marked-up text as paragraphs and lists."""
        made: list[Block] = []
        for piece in markup.parse(words):
            items = tuple(filter(None, (self.inlines(nodes, finding) for nodes in piece.items)))
            if not items:
                continue
            if piece.shape is markup.Shape.PARAGRAPH:
                first = not any(isinstance(block, Paragraph) for block in made)
                made.append(Paragraph(self._numbered(items[0], words, finding if first else None), tone, origin))
            else:
                made.append(Bullets(items, piece.shape is markup.Shape.NUMBERED, origin))
        return made

    def inlines(self, nodes: Iterable[markup.Node], finding: FindingRow | None = None) -> Inlines:
        made: list[Inline] = []
        for node in nodes:
            made.extend(self._filled(node, finding) if isinstance(node, Mark) else _words(node))
        return _stripped(made)

    def line(self, words: str, finding: FindingRow | None = None) -> Inlines:
        """Marked-up text as one run of words."""
        return self._numbered(self.inlines(markup.line(words), finding), words, finding)

    def number_added(self, finding: FindingRow, words: str) -> str:
        """What is added in brackets to words of a finding, where the house words its findings with numbers."""
        if not self.material.house.numbers or any(m.kind is MarkKind.COUNT for m in markup.marks(words)):
            return ""
        count = self.material.analysis.behind(finding)
        return numbers.in_brackets(count) if count.asked else ""

    def _numbered(self, inlines: Inlines, words: str, finding: FindingRow | None) -> Inlines:
        if finding is None or not self.number_added(finding, words):
            return inlines
        return numbers.numbered(inlines, self.material.analysis.behind(finding), self.material.house.scale)

    def _filled(self, mark: Mark, finding: FindingRow | None) -> Inlines:
        if mark.kind is MarkKind.QUOTE:
            return (self._run_in(mark),)
        if mark.kind is MarkKind.NOTE:
            return (Footnote(self.inlines(markup.line(mark.value), finding)),)
        if mark.kind is MarkKind.SEE:
            return (CrossReference(SEE + mark.value),)
        if mark.kind is MarkKind.FACT:
            return facts.in_words(mark.value, self.material)
        if mark.kind is MarkKind.WITHOUT:
            return ()
        words = self._counted(mark, finding) if finding else ""
        return (Text(words, mark.bold, mark.italic) if words else Gap(f"This mark cannot be filled in: {mark.value}"),)

    def _run_in(self, mark: Mark) -> Inline:
        quote = self.material.quotes.get(mark.value)
        if quote is None:
            return Gap(f"There is no quote {mark.value}")
        shown = self.shown(quote, attributed=False)
        return RunInQuote(shown, mark.bold) if shown else Gap(f"{quote.label} cannot be shown")

    def _counted(self, mark: Mark, finding: FindingRow) -> str:
        if mark.kind is MarkKind.COUNT:
            count = self.material.analysis.behind(finding)
            return f"{wording.number(count.people)} of the {wording.number(count.asked)} asked" if count.asked else ""
        attribute = next((a for a in self.material.attributes if a.name.casefold() == mark.value.casefold()), None)
        if mark.kind is not MarkKind.SPREAD or attribute is None:
            return ""
        some, among = self.material.spread(self.material.supporters(finding), attribute.id)
        kinds = wording.plural(wording.inside_sentence(attribute.name))
        whole = (
            f"all {wording.number(among)}"
            if some == among
            else f"{wording.number(some)} of the {wording.number(among)}"
        )
        return f"participants from {whole} {kinds}" if some > 1 else ""

    def shown(self, quote: QuoteRow, *, attributed: bool) -> ShownQuote | None:
        """A quote as it leaves; None when somebody in it has withdrawn or nothing of it is left."""
        if self.material.withdrawn(quote):
            return None
        shown = self.quoting.show(quote, attributed=attributed)
        return shown if shown.lines else None

    # --- small pieces ---

    def heading(self, section: SectionShape, level: int = 1) -> Heading:
        """The heading of a section of the outline."""
        title = self.titled(section.title)
        return Heading(level, title, bookmark_of(section.key), new_page=section.new_page)

    def titled(self, title: str) -> str:
        """A title with the names of the waves compared filled in."""
        compared = self.material.waves_compared
        earlier, later = (wording.wave_in_short(w.name) for w in compared) if compared else ("", "")
        return title.replace("{earlier}", earlier).replace("{later}", later)

    def pointing(self, before: str, appendix: str, after: str) -> list[Block]:
        """A sentence that refers to an appendix; none when the document has no such appendix."""
        if appendix not in self.appendices:
            return []
        return [Paragraph((*text(before), CrossReference(bookmark_of(appendix)), *text(after)))]


def bookmark_of(key: str) -> str:
    """The hidden bookmark of a section."""
    return "_" + re.sub(r"\W", "_", key)[:38]


def theme_bookmark(theme: ThemeRow) -> str:
    return bookmark_of("theme_" + theme.id.replace("-", "")[:24])


def cells(*words: str) -> Row:
    """A table row of plain words."""
    return Row(tuple(map(text, words)))


def band(words: str, columns: int) -> Row:
    """A row that heads those below it."""
    return Row((text(words, bold=True), *[()] * (columns - 1)), band=True)


def paragraph(*sentences: str) -> list[Block]:
    """One paragraph of those sentences that are not empty."""
    words = " ".join(filter(None, sentences))
    return [Paragraph(text(words))] if words else []


def _words(node: markup.Words) -> Inlines:
    return (Text(node.text, node.bold, node.italic),)


def _stripped(made: Sequence[Inline]) -> Inlines:
    """The inlines without white space at either end."""
    kept = [i for i in made if not (isinstance(i, Text) and not i.text)]
    for index, strip in ((0, str.lstrip), (-1, str.rstrip)):
        if kept and isinstance(end := kept[index], Text):
            kept[index] = replace(end, text=strip(end.text))
    return tuple(i for i in kept if not (isinstance(i, Text) and not i.text))
