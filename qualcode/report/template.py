"""The house template a document is written on, with whatever an organisation's own template lacks filled in.

An organisation's own is kept in the project, so that it goes wherever the project goes.
"""

from __future__ import annotations

import base64
import io
import zipfile
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree  # type: ignore[import-untyped]

from qualcode.core.project import Project
from qualcode.errors import UserError
from qualcode.resources import resource

NEEDED = (
    "Normal",
    "Title",
    "Subtitle",
    "heading 1",
    "heading 2",
    "heading 3",
    "heading 4",
    "Summary Heading",
    "Lead",
    "Note",
    "Quote",
    "Quote Attribution",
    "List Bullet",
    "List Number",
    "caption",
    "Table Text",
    "To Be Written",
    "To Be Written Words",
    "Cover Programme",
    "Cover Fact",
    "Cover Notice",
    "TOC Heading",
    "toc 1",
    "toc 2",
    "toc 3",
    "footnote text",
    "footnote reference",
    "Hyperlink",
    "Report Table",
)
"""The styles a report uses, by the names Word knows them by."""

_KEPT = "template"
"""The setting that holds a project's own template."""
LARGEST = 8_000_000
"""Bytes that a template may have; a logo needs far less."""

_TEMPLATE_TYPE = b"wordprocessingml.template.main+xml"
_DOCUMENT_TYPE = b"wordprocessingml.document.main+xml"


@dataclass(frozen=True, slots=True)
class Template:
    """An empty document to write on. ``styles`` gives the id of each style by name; ``lacking`` names those that were
    taken from the house template."""

    document: Document
    styles: dict[str, str]
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnTemplate:
    """An organisation's template as a project keeps it: the name of the file it came from, and its bytes."""

    name: str
    content: bytes


def own(project: Project) -> OwnTemplate | None:
    """The template that a project has of its own."""
    kept = project.setting(_KEPT)
    return OwnTemplate(str(kept["name"]), base64.b64decode(str(kept["content"]))) if kept else None


def keep(project: Project, path: Path) -> Template:
    """Have the project's reports written on this template from now on.

    Raises UserError when the file is no Word template, or larger than ``LARGEST``.
    """
    found = OwnTemplate(path.name, _read(path))
    template = open_template(found)
    value = {"name": found.name, "content": base64.b64encode(found.content).decode("ascii")}
    with project.step("Choose template"):
        project.set_setting(_KEPT, value)
    return template


def let_go(project: Project) -> None:
    """Have the project's reports written on the template that comes with the program."""
    with project.step("Use the usual template"):
        project.set_setting(_KEPT, {})


def open_template(source: Path | OwnTemplate | None = None) -> Template:
    """A template without its body text, with all styles that reports need.

    What stands in its headers and footers stays, a logo on the first page's too. Raises UserError when the file is no
    Word template.
    """
    if not isinstance(source, OwnTemplate):
        path = source or resource("report", "house.docx")
        source = OwnTemplate(path.name, _read(path))
    document = _opened(source)
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    lacking = _complete(document)
    return Template(document, _styles(document), tuple(lacking))


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise UserError(f"{path.name} is larger than {LARGEST // 1_000_000} MB. Make the pictures in it smaller.")
        return path.read_bytes()
    except OSError as error:
        raise UserError(f"{path.name} could not be opened as a Word template (.docx or .dotx).") from error


def _opened(source: OwnTemplate) -> Document:
    try:
        return docx.Document(io.BytesIO(_as_document(source.content)))
    except (OSError, PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise UserError(f"{source.name} could not be opened as a Word template (.docx or .dotx).") from error


def _as_document(content: bytes) -> bytes:
    """A .dotx with the content type of a .docx; anything else as it is."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        types = package.read("[Content_Types].xml")
        if _TEMPLATE_TYPE not in types:
            return content
        changed = io.BytesIO()
        with zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
            for name in package.namelist():
                part = package.read(name)
                is_types = name == "[Content_Types].xml"
                target.writestr(name, types.replace(_TEMPLATE_TYPE, _DOCUMENT_TYPE) if is_types else part)
        return changed.getvalue()


# --- styles ------------------------------------------------------------------------------------------------------


def _complete(document: Document) -> list[str]:
    """Add the styles that are missing, from the house template; their names."""
    there = _styles(document)
    lacking = [name for name in NEEDED if name.casefold() not in {known.casefold() for known in there}]
    if lacking:
        house = docx.Document(str(resource("report", "house.docx")))
        taken = set(there.values())
        for name in lacking:
            style = deepcopy(_elements(house)[name])
            _untie(style, taken)
            document.styles.element.append(style)
    return lacking


def _untie(style: etree._Element, taken: set[str]) -> None:
    """Make a style fit for another document: it follows that document's own styles, numbers and default font."""
    style_id = style.get(qn("w:styleId"))
    while style_id in taken:
        style_id += "Report"
    style.set(qn("w:styleId"), style_id)
    style.attrib.pop(qn("w:default"), None)
    for number in style.findall(f".//{qn('w:numPr')}"):
        number.getparent().remove(number)
    taken.add(style_id)


def _elements(document: Document) -> dict[str, etree._Element]:
    found = {}
    for style in document.styles.element.findall(qn("w:style")):
        name = style.find(qn("w:name"))
        if name is not None:
            found[name.get(qn("w:val"))] = style
    return found


def _styles(document: Document) -> dict[str, str]:
    """The ids of styles by name, the needed ones also by the spelling used here."""
    by_name = {name: style.get(qn("w:styleId")) for name, style in _elements(document).items()}
    folded = {name.casefold(): id_ for name, id_ in by_name.items()}
    return by_name | {name: folded[name.casefold()] for name in NEEDED if name.casefold() in folded}
