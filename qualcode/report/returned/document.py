"""A Word report as it came back: its paragraphs as they are read, and what our hidden marks stand on.

Changes that Word tracks are taken as accepted: what was inserted is there, what was deleted is not.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from qualcode.core.values import Span
from qualcode.errors import UserError
from qualcode.report import provenance
from qualcode.report.provenance import Trace

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_SKIPPED = {f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", f"{_W}sectPr", f"{_W}tblPr", _FALLBACK}
_HEADING = re.compile(r"heading (\d)")
_UNLISTED = "summary heading"
"""The style of headings that stay out of the contents; they are of level 2."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words set alike. ``note``: they stand for a footnote; ``reference``: the bookmark that a field refers to."""

    text: str
    bold: bool = False
    italic: bool = False
    note: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Code points of one paragraph."""

    paragraph: int
    span: Span


@dataclass(frozen=True)
class ReadParagraph:
    """``level`` is 1 to 9 for a heading, 0 otherwise; ``style`` is the style's name in small letters."""

    runs: tuple[Run, ...]
    style: str
    level: int = 0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def own_words(self) -> str:
        """The words without footnotes."""
        return "".join(run.text for run in self.runs if not run.note)

    @property
    def whole(self) -> Span:
        return Span(0, len(self.text))


@dataclass(frozen=True)
class ReadDocument:
    """``marks`` are hidden bookmarks by name, each with the places it stands on, one for each paragraph.

    ``shape`` and ``report_id`` are those of the report that was exported, ``texts`` digests of its paragraphs; empty
    where the document does not tell.
    """

    paragraphs: tuple[ReadParagraph, ...]
    marks: dict[str, tuple[Place, ...]] = field(default_factory=dict)
    traces: tuple[Trace, ...] = ()
    shape: str = ""
    report_id: str = ""
    texts: frozenset[str] = frozenset()

    def words(self, places: Iterable[Place]) -> str:
        """What is read at places, a line each."""
        return "\n".join(p.span.of(self.paragraphs[p.paragraph].text) for p in places)


def read_document(content: bytes, name: str) -> ReadDocument:
    """A .docx. Raises UserError when it is none."""
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
        with package:
            return _Reader(package).document()
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise UserError(f"{name} could not be read as a Word document. Save it as .docx and try again.") from error


class _Reader:
    """Walks a document once, in its order."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package
        self._styles = self._style_names()
        self._notes = self._footnotes()
        self._paragraphs: list[ReadParagraph] = []
        self._here: int | None = None
        self._runs: list[Run] = []
        self._open: dict[str, tuple[str, int, int]] = {}
        self._marks: dict[str, tuple[Place, ...]] = {}
        self._ends: list[tuple[str, tuple[int, int], tuple[int, int]]] = []
        self._field = _Field()

    def document(self) -> ReadDocument:
        self._walk(self._part("word/document.xml"))
        for name, begin, end in self._ends:
            self._marks[name] = tuple(self._places(begin, end))
        hidden = self._hidden()
        traces = tuple(provenance.read(hidden)) if hidden else ()
        made_from = provenance.made_from(hidden) if hidden else ("", "")
        texts = provenance.texts(hidden) if hidden else frozenset()
        return ReadDocument(tuple(self._paragraphs), self._marks, traces, *made_from, texts)

    # --- walking ---

    def _walk(self, element: Any) -> None:
        for child in element:
            tag = child.tag
            if tag in _SKIPPED or not isinstance(tag, str):
                continue
            if tag == f"{_W}p":
                self._paragraph(child)
            elif tag in (f"{_W}bookmarkStart", f"{_W}bookmarkEnd"):
                self._bookmark(child)
            elif tag == f"{_W}fldSimple":
                self._simple_field(child)
            elif tag == f"{_W}r":
                self._run(child)
            else:
                self._walk(child)

    def _paragraph(self, element: Any) -> None:
        outer, self._here, self._runs = (self._here, self._runs), len(self._paragraphs), []
        style = element.find(f"{_W}pPr/{_W}pStyle")
        name = self._styles.get(style.get(f"{_W}val"), "") if style is not None else "normal"
        number, level = self._here, _HEADING.match(name)
        self._paragraphs.append(ReadParagraph((), name))
        self._walk(element)
        self._paragraphs[number] = ReadParagraph(
            tuple(self._runs), name, int(level[1]) if level else 2 * (name == _UNLISTED)
        )
        self._here, self._runs = outer

    def _run(self, element: Any) -> None:
        bold, italic = _is_on(element, "b"), _is_on(element, "i")
        for child in element:
            if child.tag == f"{_W}fldChar":
                self._field.turn(child.get(f"{_W}fldCharType"))
            elif child.tag == f"{_W}instrText":
                self._field.instruction += child.text or ""
            elif child.tag == f"{_W}footnoteReference":
                self._runs.append(
                    Run(f" [Footnote: {note}]", note=note)
                    if (note := self._notes.get(child.get(f"{_W}id"), ""))
                    else Run("")
                )
            elif child.tag == f"{_W}t" or child.tag in _SIGNS:
                words = _SIGNS.get(child.tag) or child.text or ""
                self._runs.append(Run(words, bold, italic, reference=self._field.reference))
            elif child.tag not in _SKIPPED and isinstance(child.tag, str):
                self._walk(child)

    def _simple_field(self, element: Any) -> None:
        outer, self._field = self._field, _Field(element.get(f"{_W}instr", ""), shown=True)
        self._walk(element)
        self._field = outer

    def _bookmark(self, element: Any) -> None:
        """Note where a bookmark begins or ends: the paragraph that is read, and the code points before it there."""
        key, name = element.get(f"{_W}id"), element.get(f"{_W}name") or ""
        number = len(self._paragraphs) if self._here is None else self._here
        here = number, sum(len(run.text) for run in self._runs)
        if element.tag == f"{_W}bookmarkStart":
            if name.startswith("_"):
                self._open[key] = (name, *here)
        elif key in self._open:
            name, *begin = self._open.pop(key)
            self._ends.append((name, (begin[0], begin[1]), here))

    def _places(self, begin: tuple[int, int], end: tuple[int, int]) -> Iterable[Place]:
        for number in range(begin[0], min(end[0], len(self._paragraphs) - 1) + 1):
            length = len(self._paragraphs[number].text)
            first = min(begin[1], length) if number == begin[0] else 0
            last = min(end[1], length) if number == end[0] else length
            if last > first:
                yield Place(number, Span(first, last))

    # --- parts ---

    def _part(self, name: str) -> Any:
        return etree.fromstring(self._package.read(name))

    def _style_names(self) -> dict[str, str]:
        if "word/styles.xml" not in self._package.namelist():
            return {}
        names = {}
        for style in self._part("word/styles.xml").iter(f"{_W}style"):
            name = style.find(f"{_W}name")
            names[style.get(f"{_W}styleId")] = (name.get(f"{_W}val") if name is not None else "").lower()
        return names

    def _footnotes(self) -> dict[str, str]:
        if "word/footnotes.xml" not in self._package.namelist():
            return {}
        notes = self._part("word/footnotes.xml").iter(f"{_W}footnote")
        return {n.get(f"{_W}id"): "".join(t.text or "" for t in n.iter(f"{_W}t")).strip() for n in notes}

    def _hidden(self) -> bytes:
        """The part that we put beside the text; empty where it was taken out."""
        for name in self._package.namelist():
            if re.fullmatch(r"customXml/item\d+\.xml", name):
                content = self._package.read(name)
                if provenance.NAMESPACE.encode() in content:
                    return content
        return b""


@dataclass
class _Field:
    """The complex field that is being read: what it asks, and whether what it shows has begun."""

    instruction: str = ""
    shown: bool = False

    def turn(self, kind: str) -> None:
        self.shown = kind == "separate"
        if kind == "begin":
            self.instruction = ""

    @property
    def reference(self) -> str:
        asked = self.instruction.split()
        return asked[1] if self.shown and len(asked) > 1 and asked[0] == "REF" else ""


def _is_on(run: Any, name: str) -> bool:
    found = run.find(f"{_W}rPr/{_W}{name}")
    return found is not None and found.get(f"{_W}val", "1") not in ("0", "false", "off")
