"""The parts of a document beside its text: footnotes, properties, settings, and what it carries hidden."""

from __future__ import annotations

import datetime as dt
import uuid

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml import etree  # type: ignore[import-untyped]

from qualcode.report.blocks import Report
from qualcode.report.ooxml import Element, W, el, run

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PROPS_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_DATASTORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"


class Footnotes:
    """The footnotes of one document; their part is made when there is none."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._root: Element | None = None
        self._part: Part | None = None
        self._last = 0

    def add(self, content: Element, reference_style: str) -> Element:
        """Add a footnote of one paragraph; the run that refers to it."""
        root = self._notes()
        self._last += 1
        root.append(el("footnote", content, id=self._last))
        mark = run("", style=reference_style)
        mark.append(el("footnoteReference", id=self._last))
        return mark

    def finish(self) -> None:
        """Put what was added into the package."""
        if self._part is not None:
            self._part._blob = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def _notes(self) -> Element:
        if self._root is None:
            part = self._document.part
            try:
                self._part = part.part_related_by(RT.FOOTNOTES)
                self._root = etree.fromstring(self._part.blob)
                for note in self._root.findall(qn("w:footnote")):
                    if note.get(qn("w:type")) is None:
                        self._root.remove(note)
            except KeyError:
                self._root = _separators()
                self._part = Part(PackURI("/word/footnotes.xml"), CT.WML_FOOTNOTES, b"", part.package)
                part.relate_to(self._part, RT.FOOTNOTES)
                _declare_separators(self._document)
        return self._root


def _separators() -> Element:
    def line(number: int, kind: str) -> Element:
        mark = run("")
        mark.append(el(kind))
        made = el("footnote", type=kind, id=number)
        made.append(el("p", mark))
        return made

    root = etree.Element(f"{{{W}}}footnotes", nsmap={"w": W})
    root.extend([line(-1, "separator"), line(0, "continuationSeparator")])
    return root


def _declare_separators(document: Document) -> None:
    settings = document.settings.element
    if settings.find(qn("w:footnotePr")) is None:
        _insert_setting(settings, el("footnotePr", el("footnote", id=-1), el("footnote", id=0)))


# --- settings ----------------------------------------------------------------------------------------------------

_AFTER_SETTINGS = {
    "updateFields": ("hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars", "rsids", "mathPr",
                     "attachedSchema", "themeFontLang", "clrSchemeMapping", "shapeDefaults", "decimalSymbol",
                     "listSeparator"),
    "footnotePr": ("endnotePr", "compat", "docVars", "rsids", "mathPr", "attachedSchema", "themeFontLang",
                   "clrSchemeMapping", "shapeDefaults", "decimalSymbol", "listSeparator"),
}  # fmt: skip
"""What the schema has after a setting."""


def _insert_setting(settings: Element, setting: Element) -> None:
    later = set(_AFTER_SETTINGS[etree.QName(setting).localname])
    for child in settings:
        if etree.QName(child).localname in later:
            child.addprevious(setting)
            return
    settings.append(setting)


def update_fields_on_opening(document: Document) -> None:
    """Have Word count the pages of the contents when it opens the document (it asks first)."""
    settings = document.settings.element
    if settings.find(qn("w:updateFields")) is None:
        _insert_setting(settings, el("updateFields", val="true"))


def set_language(document: Document, language: str) -> None:
    """Set the language that everything is written in unless it says otherwise."""
    styles = document.styles.element
    found = styles.findall(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    for lang in found:
        lang.set(qn("w:val"), language)
    if not found:
        defaults = styles.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
        if defaults is not None:
            defaults.append(el("lang", val=language))


# --- properties --------------------------------------------------------------------------------------------------


def set_properties(document: Document, report: Report, now: dt.datetime) -> None:
    """The document's properties; whoever made the template or the report is not among them."""
    properties = document.core_properties
    properties.title = report.properties.get("title", report.title)[:255]
    properties.subject = report.properties.get("subject", "")[:255]
    properties.language = report.language
    for personal in ("author", "last_modified_by", "comments", "keywords", "category"):
        setattr(properties, personal, "")
    properties.revision = 1
    properties.created = properties.modified = now.replace(microsecond=0)


def set_running_title(document: Document, title: str) -> None:
    """Let title fields in headers and footers show the title before they are first updated."""
    for section in document.sections:
        for running in (section.header, section.footer):
            _fill_title_fields(running._element, title)


def _fill_title_fields(running: Element, title: str) -> None:
    asked = ""
    inside = False
    for mark in running.iter(qn("w:fldChar"), qn("w:instrText"), qn("w:t")):
        kind = mark.get(qn("w:fldCharType"))
        if kind == "begin":
            asked = ""
        elif kind in ("separate", "end"):
            inside = kind == "separate" and asked.split()[:1] == ["TITLE"]
        elif mark.tag == qn("w:instrText"):
            asked += mark.text or ""
        elif inside:
            mark.text, title = title, ""


def add_custom_xml(document: Document, content: bytes) -> None:
    """Put an XML part of ours beside the text, where Word keeps it through every save."""
    package = document.part.package
    number = 1 + sum(str(p.partname).startswith("/customXml/item") for p in package.iter_parts())
    item = Part(PackURI(f"/customXml/item{number}.xml"), "application/xml", content, package)
    store = etree.Element(
        f"{{{_DATASTORE}}}datastoreItem",
        {f"{{{_DATASTORE}}}itemID": f"{{{str(uuid.uuid4()).upper()}}}"},
        nsmap={"ds": _DATASTORE},
    )
    references = etree.SubElement(store, f"{{{_DATASTORE}}}schemaRefs")
    namespace = etree.QName(etree.fromstring(content)).namespace
    etree.SubElement(references, f"{{{_DATASTORE}}}schemaRef", {f"{{{_DATASTORE}}}uri": namespace})
    described = etree.tostring(store, xml_declaration=True, encoding="UTF-8", standalone=False)
    props = Part(PackURI(f"/customXml/itemProps{number}.xml"), _PROPS_TYPE, described, package)
    item.relate_to(props, f"{_OFFICE}/relationships/customXmlProps")
    document.part.relate_to(item, f"{_OFFICE}/relationships/customXml")
