"""The light markup of what analysts write, as a document to edit, and back: what is typed bold is stored ``**bold**``.

Each paragraph of the document is a paragraph or a list item of the text. A quote that runs in, ``{q:Q-0012}``, is one
sign of the document that carries its mark; other marks stay as they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from PySide6.QtGui import QFont, QTextBlock, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat

from qualcode.report import markup
from qualcode.report.markup import Mark, Nodes

_QUOTE = re.compile(r"\{q:([^{}]+)\}")
BELOW_PARAGRAPH = 6
"""Pixels between paragraphs."""
RUN_IN = QTextFormat.ObjectTypes.UserObject.value + 1
"""The kind of object that a run-in quote is."""
MARK = QTextFormat.Property.UserProperty.value + 1
"""The property of it that holds the mark."""
_SIGN = "\ufffc"
Run = tuple[str, bool, bool]
"""Words, whether bold, whether italic."""


def fill(document: QTextDocument, text: str) -> None:
    """Make the document show ``text``; there is nothing to undo in it afterwards."""
    document.setUndoRedoEnabled(False)
    document.clear()
    cursor = QTextCursor(document)
    spaced = QTextBlockFormat()
    spaced.setBottomMargin(BELOW_PARAGRAPH)
    cursor.setBlockFormat(spaced)
    for number, runs in enumerate(_paragraphs(text)):
        if number:
            cursor.insertBlock()
        for words, bold, italic in runs:
            if number_in(words):
                cursor.insertText(_SIGN, _run_in(words, bold, italic))
            else:
                cursor.insertText(words, face(bold, italic))
    document.setUndoRedoEnabled(True)
    document.setModified(False)


def written(document: QTextDocument) -> str:
    """The document as marked-up text."""
    paragraphs = [_marked(_runs(block)) for block in _blocks(document)]
    found = ""
    for before, paragraph in zip(["", *paragraphs], paragraphs, strict=False):
        if paragraph:
            found += ("\n" if _is_item(before) and _is_item(paragraph) else "\n\n") if found else ""
            found += paragraph
    return found


def plain(document: QTextDocument) -> str:
    """The document's words without emphasis, run-in quotes as their marks."""
    return "\n".join("".join(words for words, _, _ in _runs(block)) for block in _blocks(document))


def number_in(mark: str) -> str:
    """The number of the quote that a mark stands for: Q-0012; empty for anything else."""
    found = _QUOTE.fullmatch(mark)
    return found[1].strip() if found else ""


def face(bold: bool, italic: bool) -> QTextCharFormat:
    """The look of a run."""
    made = QTextCharFormat()
    made.setFontWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    made.setFontItalic(italic)
    return made


# --- within ------------------------------------------------------------------------------------------------------


def _run_in(mark: str, bold: bool, italic: bool) -> QTextCharFormat:
    made = face(bold, italic)
    made.setObjectType(RUN_IN)
    made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)
    made.setProperty(MARK, mark)
    return made


def _paragraphs(text: str) -> Iterator[list[Run]]:
    for piece in markup.parse(text):
        for number, nodes in enumerate(piece.items, 1):
            begun = {markup.Shape.BULLETS: "- ", markup.Shape.NUMBERED: f"{number}. "}.get(piece.shape, "")
            yield [*([(begun, False, False)] if begun else []), *_runs_of(nodes)]


def _runs_of(nodes: Nodes) -> Iterator[Run]:
    for node in nodes:
        yield (_mark(node) if isinstance(node, Mark) else node.text), node.bold, node.italic


def _mark(mark: Mark) -> str:
    if mark.kind is None:
        return f"{{{mark.value}}}"
    if not mark.value:
        return f"{{{mark.kind.value}}}"
    gap = "" if mark.kind is markup.MarkKind.QUOTE else " "
    return f"{{{mark.kind.value}:{gap}{mark.value}}}"


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _runs(block: QTextBlock) -> list[Run]:
    """The runs of a paragraph, neighbours of one look joined."""
    runs: list[Run] = []
    fragments = block.begin()
    while not fragments.atEnd():
        fragment = fragments.fragment()
        made = fragment.charFormat()
        look = (made.fontWeight() >= QFont.Weight.DemiBold, made.fontItalic())
        mark = str(made.property(MARK)) if made.objectType() == RUN_IN else ""
        words = fragment.text().replace("\u2028", " ").replace("\u00a0", " ").replace(_SIGN, mark)
        if runs and runs[-1][1:] == look:
            runs[-1] = (runs[-1][0] + words, *look)
        else:
            runs.append((words, *look))
        fragments += 1
    return runs


def _marked(runs: Iterable[Run]) -> str:
    """Runs as marked-up text; white space at the ends of an emphasis stands outside it."""
    found = ""
    for words, bold, italic in runs:
        stars = "*" * (2 * bold + italic)
        inner = words.strip()
        if not stars or not inner:
            found += words
            continue
        before = words[: len(words) - len(words.lstrip())]
        found += f"{before}{stars}{inner}{stars}{words[len(words.rstrip()) :]}"
    return " ".join(found.split())


def _is_item(paragraph: str) -> bool:
    pieces = markup.parse(paragraph)
    return bool(pieces) and pieces[0].shape is not markup.Shape.PARAGRAPH
