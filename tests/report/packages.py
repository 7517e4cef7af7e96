"""Reading Word and Excel files back as a person or a strict reader would."""

from __future__ import annotations

import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from qualcode.core.values import QuoteId
from qualcode.report.blocks import Of
from qualcode.report.provenance import origin_of


def quotes_shown(document: Document) -> list[tuple[QuoteId, str]]:
    """Each quote of a document by the hidden mark on it: its id and the words under it, quotation marks and all."""
    found: list[tuple[QuoteId, str]] = []
    for start in document.element.body.iter(qn("w:bookmarkStart")):
        origin = origin_of(start.get(qn("w:name")))
        if origin is not None and origin.of is Of.QUOTE:
            found.append((QuoteId(origin.id), _between(start)))
    return found


def _between(start: Any) -> str:
    words = []
    for element in start.itersiblings():
        if element.tag == qn("w:bookmarkEnd") and element.get(qn("w:id")) == start.get(qn("w:id")):
            return "".join(words)
        for piece in element.iter(qn("w:t"), qn("w:br")):
            words.append("\n" if piece.tag == qn("w:br") else piece.text or "")
    raise AssertionError("a bookmark that does not end in its paragraph")


def paragraphs(document: Document) -> list[tuple[str, str]]:
    """Style and words of every paragraph of the text, those in tables and fields too."""
    names = {s.style_id: s.name or "" for s in document.styles}
    found = []
    for p in document.element.body.iter(qn("w:p")):
        style = p.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        words = "".join(t.text or "" if t.tag == qn("w:t") else "\t" for t in p.iter(qn("w:t"), _TAB) if _in_run(t))
        found.append((names[style.get(qn("w:val"))] if style is not None else "", words))
    return found


_TAB = qn("w:tab")


def _in_run(element: Any) -> bool:
    return bool(element.getparent().tag == qn("w:r"))


def every_word(path: Path) -> str:
    """All of a package as text: every part and every attribute, embedded workbooks included, and the file's name."""
    return "\n".join((path.name, *_all_text(zipfile.ZipFile(path))))


def _all_text(package: zipfile.ZipFile) -> Iterator[str]:
    for name in package.namelist():
        if name.endswith(".xlsx"):
            with package.open(name) as inner:
                yield from _all_text(zipfile.ZipFile(inner))
            continue
        root = etree.fromstring(package.read(name))
        for paragraph in root.iter(qn("w:p")):
            yield "".join(t.text or "" for t in paragraph.iter(qn("w:t")))
        for element in root.iter(etree.Element):
            yield element.text or ""
            yield from element.attrib.values()


def faults(path: Path) -> list[str]:
    """What a strict reader of the package would stumble over; none in a sound one."""
    with zipfile.ZipFile(path) as package:
        names = set(package.namelist())
        found = [f"{name} twice" for name, n in Counter(package.namelist()).items() if n > 1]
        roots = {name: etree.fromstring(package.read(name)) for name in names if name.endswith((".xml", ".rels"))}
    found += _untyped(names, roots["[Content_Types].xml"])
    for name, root in roots.items():
        if name.endswith(".rels"):
            found += _dangling(name, root, names)
    if "word/document.xml" in roots:
        found += _word_faults(roots)
    return found


def _untyped(names: set[str], types: Any) -> list[str]:
    by_end = {e.get("Extension").lower() for e in types if e.get("Extension")}
    by_name = {e.get("PartName").lstrip("/") for e in types if e.get("PartName")}
    there = names - {"[Content_Types].xml"}
    untyped = [n for n in there if n not in by_name and n.rsplit(".", 1)[-1].lower() not in by_end]
    return [f"{n} has no type" for n in untyped] + [f"{n} is declared only" for n in by_name - names]


def _dangling(name: str, root: Any, names: set[str]) -> list[str]:
    folder = posixpath.dirname(posixpath.dirname(name))
    wrong = []
    ids = [relation.get("Id") for relation in root]
    if len(ids) != len(set(ids)):
        wrong.append(f"{name} has an id twice")
    for relation in root:
        target = relation.get("Target")
        if relation.get("TargetMode") != "External":
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            if path not in names:
                wrong.append(f"{name} leads to {path}, which is not there")
    return wrong


def _word_faults(roots: dict[str, Any]) -> list[str]:
    body = roots["word/document.xml"]
    wrong = []
    starts = [b.get(qn("w:id")) for b in body.iter(qn("w:bookmarkStart"))]
    ends = [b.get(qn("w:id")) for b in body.iter(qn("w:bookmarkEnd"))]
    names = [b.get(qn("w:name")) for b in body.iter(qn("w:bookmarkStart"))]
    if len(set(starts)) != len(starts) or sorted(starts) != sorted(ends):
        wrong.append("bookmark ids")
    if len({n.casefold() for n in names}) != len(names) or any(len(n) > 40 for n in names):
        wrong.append("bookmark names")
    styles = {s.get(qn("w:styleId")) for s in roots["word/styles.xml"].iter(qn("w:style"))}
    used = {s.get(qn("w:val")) for tag in ("pStyle", "rStyle", "tblStyle") for s in body.iter(qn(f"w:{tag}"))}
    wrong += [f"style {s} is not there" for s in used - styles]
    numbers = {n.get(qn("w:numId")) for n in roots["word/numbering.xml"].iter(qn("w:num"))}
    lists = {n.get(qn("w:val")) for n in body.iter(qn("w:numId"))}
    wrong += [f"list {n} is not there" for n in lists - numbers]
    drawn = [d.get("id") for d in body.iter("{*}docPr")]
    if len(set(drawn)) != len(drawn):
        wrong.append("drawing ids")
    wrong += [f"{link} leads nowhere" for link in _links(body) - set(names)]
    marks = Counter(f.get(qn("w:fldCharType")) for f in body.iter(qn("w:fldChar")))
    if not marks["begin"] == marks["separate"] == marks["end"]:
        wrong.append("fields that do not end")
    return wrong


def _links(body: Any) -> set[str]:
    asked = {(i.text or "").split()[1] for i in body.iter(qn("w:instrText")) if (i.text or "").split()[0] in _POINTING}
    return asked | {a for h in body.iter(qn("w:hyperlink")) if (a := h.get(qn("w:anchor")))}


_POINTING = {"REF", "PAGEREF", "NOTEREF"}
