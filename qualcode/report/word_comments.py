"""The team's comments in a document, as Word's own: only where they were asked for, never in what goes to a client."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from qualcode.report.blocks import Origin
from qualcode.report.ooxml import Element, clean, el
from qualcode.report.remarks import Remark


def write(document: Document, remarks: Iterable[Remark], places: Mapping[Origin, Sequence[Element]]) -> None:
    """Put each remark on the paragraphs it speaks of; one on what is not in this document stays out of it."""
    remarks = list(remarks)
    if remarks:
        _add_styles(document)
    for remark in remarks:
        runs = [
            Run(element, Paragraph(element.getparent(), document))
            for place in places.get(remark.origin, ())
            for element in place.iter(qn("w:r"))
            if element.getparent().tag == qn("w:p")
        ]
        if runs:
            author = clean(remark.author)
            initials = "".join(word[0] for word in author.split())[:3].upper()
            made = document.add_comment([runs[0], runs[-1]], clean(remark.text), author, initials)
            made._comment_elm.set(qn("w:date"), remark.written_at.strftime("%Y-%m-%dT%H:%M:%SZ"))


def _add_styles(document: Document) -> None:
    """Add the two styles that Word's comments are set in, where the template lacks them."""
    there = {style.get(qn("w:styleId")) for style in document.styles.element.findall(qn("w:style"))}
    for kind, key, name, size in (
        ("character", "CommentReference", "annotation reference", 16),
        ("paragraph", "CommentText", "annotation text", 20),
    ):
        if key not in there:
            look = el("rPr", el("sz", val=size), el("szCs", val=size))
            about = (el("name", val=name), el("uiPriority", val=99), el("unhideWhenUsed"), look)
            document.styles.element.append(el("style", *about, type=kind, styleId=key))
