"""Lists and numbered headings in a document: definitions added to whatever the template has of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from qualcode.report.ooxml import Element, W, el

_Level = tuple[str, str, int, int]
"""Number format, text, left indent and hanging indent in twentieths of a point."""

_BULLETS: tuple[_Level, ...] = (("bullet", "•", 360, 280), ("bullet", "–", 720, 280))
_NUMBERS: tuple[_Level, ...] = (("decimal", "%1.", 440, 440),)
_HEADINGS: tuple[_Level, ...] = (
    ("decimal", "%1", 567, 567),
    ("decimal", "%1.%2", 737, 737),
    ("decimal", "%1.%2.%3", 907, 907),
)
_PARAGRAPHS: tuple[_Level, ...] = (("decimal", "%1", 567, 567), ("decimal", "%1.%2", 567, 567))


class Numbering:
    """The lists of one document, each made when first asked for."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._element: Element | None = None
        self._made: dict[str, int] = {}

    def bullets(self) -> int:
        """A bulleted list, for templates whose list style has no bullet of its own."""
        return self._once("bullets", _BULLETS)

    def numbers(self) -> int:
        """A new numbered list that begins at 1."""
        return self._add(_NUMBERS)

    def headings(self) -> int:
        """The list of numbered headings: 1, 1.1, 1.1.1."""
        return self._once("headings", _HEADINGS)

    def paragraphs(self) -> int:
        """The list of numbered paragraphs under numbered headings: 1, then 1.1, 1.2."""
        return self._once("paragraphs", _PARAGRAPHS)

    def has_its_own(self, style_id: str) -> bool:
        """Whether a style brings its bullet or number itself."""
        found = self._document.styles.element.find(f"w:style[@w:styleId='{style_id}']/w:pPr/w:numPr", {"w": W})
        return found is not None

    # --- within ---

    def _once(self, name: str, levels: Sequence[_Level]) -> int:
        if name not in self._made:
            self._made[name] = self._add(levels)
        return self._made[name]

    def _add(self, levels: Sequence[_Level]) -> int:
        root = self._root()
        abstracts, nums = root.findall(qn("w:abstractNum")), root.findall(qn("w:num"))
        abstract_id = 1 + max((int(a.get(qn("w:abstractNumId"))) for a in abstracts), default=0)
        num_id = 1 + max((int(n.get(qn("w:numId"))) for n in nums), default=0)
        abstract = el("abstractNum", el("multiLevelType", val="multilevel"), abstractNumId=abstract_id)
        abstract.extend(_level(depth, level) for depth, level in enumerate(levels))
        if nums:
            nums[0].addprevious(abstract)
        else:
            root.append(abstract)
        num = el("num", el("abstractNumId", val=abstract_id), numId=num_id)
        last = root.findall(qn("w:num"))
        last[-1].addnext(num) if last else abstract.addnext(num)
        return num_id

    def _root(self) -> Element:
        if self._element is None:
            part = self._document.part
            try:
                self._element = cast(XmlPart, part.part_related_by(RT.NUMBERING)).element
            except KeyError:
                made = XmlPart(
                    PackURI("/word/numbering.xml"),
                    CT.WML_NUMBERING,
                    parse_xml(f'<w:numbering xmlns:w="{W}"/>'),
                    part.package,
                )
                part.relate_to(made, RT.NUMBERING)
                self._element = made.element
        return self._element


def _level(depth: int, level: _Level) -> Element:
    form, words, left, hanging = level
    return el(
        "lvl",
        el("start", val=1),
        el("numFmt", val=form),
        el("lvlText", val=words),
        el("lvlJc", val="left"),
        el("pPr", el("ind", left=left, hanging=hanging)),
        ilvl=depth,
    )
