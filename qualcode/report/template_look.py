"""What a template looks like, told in a few facts, so that it can be seen before a report is written on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docx.document import Document
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.section import _BaseHeaderFooter
from docx.styles.style import ParagraphStyle
from lxml import etree  # type: ignore[import-untyped]

from qualcode.report.template import Template

SHOWN = ("Title", "heading 1", "heading 2", "Normal", "Quote")
"""The styles that are shown of a template."""
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/bmp")
_THEME = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"


@dataclass(frozen=True, slots=True)
class Face:
    """How words of a style are set: font, size in points, colour as ``#rrggbb`` (empty: the usual), weight, slant."""

    font: str = ""
    size: float = 11.0
    colour: str = ""
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """The faces of the styles ``SHOWN``, the words in headers and footers, and the first picture in them."""

    faces: dict[str, Face]
    header: str
    footer: str
    logo: bytes | None


def look_of(template: Template) -> Look:
    """What a template looks like."""
    document = template.document
    fonts = _theme_fonts(document)
    faces = {name: _face(document, template.styles[name], fonts) for name in SHOWN}
    headers, footers = list(_running(document, "header")), list(_running(document, "footer"))
    return Look(faces, _words(headers), _words(footers), _picture([*headers, *footers]))


# --- styles ------------------------------------------------------------------------------------------------------


def _face(document: Document, style_id: str, fonts: dict[str, str]) -> Face:
    by_id = {style.style_id: style for style in document.styles}
    lineage: list[ParagraphStyle] = []
    style = by_id.get(style_id)
    while isinstance(style, ParagraphStyle) and style not in lineage:
        lineage.append(style)
        style = style.base_style
    sets = [one.element.find(qn("w:rPr")) for one in lineage]
    sets.append(document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"))
    said = [s for s in sets if s is not None]
    size = _first(said, "w:sz", "w:val")
    colour = _first(said, "w:color", "w:val")
    return Face(
        _font(said, fonts),
        int(size) / 2 if size.isdigit() else 10.0,
        f"#{colour}" if len(colour) == 6 else "",
        _on(said, "w:b"),
        _on(said, "w:i"),
    )


def _first(sets: list[etree._Element], tag: str, attribute: str) -> str:
    """What the nearest style says of something; empty where none says anything."""
    found = (s.find(qn(tag)) for s in sets)
    return next((str(f.get(qn(attribute))) for f in found if f is not None and f.get(qn(attribute))), "")


def _on(sets: list[etree._Element], tag: str) -> bool:
    found = next((f for s in sets if (f := s.find(qn(tag))) is not None), None)
    return found is not None and found.get(qn("w:val")) not in ("0", "false", "off")


def _font(sets: list[etree._Element], fonts: dict[str, str]) -> str:
    for fonts_said in (s.find(qn("w:rFonts")) for s in sets):
        if fonts_said is None:
            continue
        name = fonts_said.get(qn("w:ascii"))
        of_theme = str(fonts_said.get(qn("w:asciiTheme")) or "")
        if name or of_theme:
            return str(name or fonts.get(of_theme[:5], ""))
    return ""


def _theme_fonts(document: Document) -> dict[str, str]:
    """The theme's fonts for headings (``major``) and for text (``minor``)."""
    for relation in document.part.rels.values():
        if relation.reltype == _THEME and not relation.is_external:
            theme = etree.fromstring(relation.target_part.blob)
            latin = theme.iterfind(".//{*}fontScheme/*/{*}latin")
            return {etree.QName(f.getparent()).localname[:5]: str(f.get("typeface", "")) for f in latin}
    return {}


# --- headers and footers -----------------------------------------------------------------------------------------


def _running(document: Document, kind: str) -> Iterator[_BaseHeaderFooter]:
    """The headers or footers that the template has, those of the first page first."""
    for section in document.sections:
        for name in (f"first_page_{kind}", kind):
            found: _BaseHeaderFooter = getattr(section, name)
            if not found.is_linked_to_previous:
                yield found


def _words(running: list[_BaseHeaderFooter]) -> str:
    found = (" ".join(p.text.split()) for one in running for p in one.paragraphs)
    return " · ".join(dict.fromkeys(filter(None, found)))


def _picture(running: list[_BaseHeaderFooter]) -> bytes | None:
    for one in running:
        for relation in one.part.rels.values():
            part = None if relation.is_external else relation.target_part
            if isinstance(part, Part) and part.content_type in _PICTURES:
                return part.blob
    return None
