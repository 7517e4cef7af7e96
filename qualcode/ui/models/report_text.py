"""The light markup of what analysts write, as a document to edit, and back: what is typed bold is stored ``**bold**``.

Each paragraph of the document is a paragraph or a list item of the text. Marks such as ``{q:Q-0012}`` stay as they are
written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtGui import QFont, QTextBlock, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from qualcode.report import markup
from qualcode.report.markup import Mark, Nodes

BELOW_PARAGRAPH = 6
"""Pixels between paragraphs."""
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


def face(bold: bool, italic: bool) -> QTextCharFormat:
    """The look of a run."""
    made = QTextCharFormat()
    made.setFontWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    made.setFontItalic(italic)
    return made


# --- within ------------------------------------------------------------------------------------------------------


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
        words = fragment.text().replace("\u2028", " ").replace("\u00a0", " ")
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
