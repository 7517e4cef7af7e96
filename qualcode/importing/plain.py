"""Plain text and Markdown: lines as paragraphs, hard-wrapped lines joined again, front matter and emphasis read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from qualcode.importing.captions import are_captions, cues_in
from qualcode.importing.decoding import decode
from qualcode.importing.pages import joined_lines, without_furniture
from qualcode.importing.source import Builder, Cell, Content, Paragraph, clean, page_furniture

_FENCE = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_FACT = re.compile(r"^[ \t]{0,8}(\w[\w \-./]{0,40}?)[ \t]{0,8}:[ \t]{0,8}(\S.*)$", re.M)
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t]*#*$")
_RULE = re.compile(r"^[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|=+)$")
_ROW = re.compile(r"^[ \t]*\|(.*)\|[ \t]*$")
_RULED_ROW = re.compile(r"^[ \t|:\-]+$")
_CELL_END = re.compile(r"(?<!\\)\|")
_QUOTED = re.compile(r"^[ \t]*>[ \t]?")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,500})\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:|www\.)[^<>\s]+|[^<>\s@]+@[^<>\s@]+)>")
_MARK = re.compile(r"(?<!\\)(\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w))")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>|~])")
_HTML_BREAK = re.compile(r"<br\s*/?>|&nbsp;", re.I)
_HTML_LOOK = re.compile(r"</?(b|strong|i|em)(?:\s[^<>]*)?>", re.I)
_HTML_TAG = re.compile(r"</?(?:u|span|p|div|sup|sub|mark|small|a|font|center|s)(?:\s[^<>]*)?>", re.I)
_COMMENT = re.compile(r"<!--.*?-->", re.S)


def read_text(data: bytes, cancelled: Callable[[], bool]) -> Content:  # noqa: ARG001
    """The paragraphs of a .txt. Lines that were broken at a fixed width are joined to paragraphs."""
    text, remarks = decode(data)
    if are_captions(text):
        return Content(cues_in(clean(text)), remarks=remarks)
    stated, text = _front_matter(text.replace("\r\n", "\n"))
    if "\f" in text:
        pages, furniture = without_furniture([clean(page).split("\n") for page in text.split("\f")])
        return Content(_lines([line for page in pages for line in page]), stated, page_furniture(furniture), remarks)
    return Content(_lines(clean(text).split("\n")), stated, remarks=remarks)


def read_markdown(data: bytes, cancelled: Callable[[], bool]) -> Content:  # noqa: ARG001
    """The paragraphs of a .md, its marks turned into emphasis and headings."""
    text, remarks = decode(data)
    if are_captions(text):
        return Content(cues_in(clean(text)), remarks=remarks)
    stated, text = _front_matter(text.replace("\r\n", "\n"))
    lines = clean(_COMMENT.sub("", text)).split("\n")
    if any(map(_ROW.match, lines)):
        return Content([p for p in _with_tables(lines) if p.text.strip()], stated, remarks=remarks)
    return Content(joined_lines([found for line in lines for found in _marked_down(line)]), stated, remarks=remarks)


def _with_tables(lines: Sequence[str]) -> Iterator[Paragraph]:
    """The lines of a Markdown text with tables in it, each row cut into its cells."""
    table = row = 0
    for before, line in pairwise(("", *lines)):
        cells = _ROW.match(line)
        if not cells:
            yield from _marked_down(line)
            continue
        table, row = (table, row + 1) if _ROW.match(before) else (table + 1, 0)
        if not _RULED_ROW.match(line):
            for number, text in enumerate(_CELL_END.split(cells[1])):
                yield from (replace(p, cell=Cell(table, row, number)) for p in _marked_down(text.strip()))


def _lines(lines: Sequence[str]) -> list[Paragraph]:
    return joined_lines([Paragraph(line) for line in lines])


def _front_matter(text: str) -> tuple[list[tuple[str, str]], str]:
    """Key and value pairs of a YAML block at the head of the file, and the text after it."""
    block = _FENCE.match(text.lstrip("\ufeff"))
    if not block or not _FACT.search(block[1]):
        return [], text
    return list(_stated(block[1])), text.lstrip("\ufeff")[block.end() :]


def _stated(block: str) -> Iterator[tuple[str, str]]:
    import yaml

    try:
        found = yaml.load(block, Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        found = None
    if not isinstance(found, dict):
        found = dict(_FACT.findall(block))
    for key, value in found.items():
        values = [value] if isinstance(value, str) else value
        if isinstance(key, str) and isinstance(values, list):
            yield from ((key, v.strip(" \"'“”")) for v in values if isinstance(v, str) and v.strip(" \"'“”"))


def _marked_down(line: str) -> Iterable[Paragraph]:
    text = _QUOTED.sub("", line)
    if _RULE.match(text):
        return [Paragraph("")]
    heading = _HEADING.match(text)
    text = _AUTOLINK.sub(r"\1", _LINK.sub(r"\1", heading[1] if heading else text))
    text = _HTML_TAG.sub("", _HTML_LOOK.sub(lambda m: "**" if m[1].lower() in ("b", "strong") else "*", text))
    text = _HTML_BREAK.sub(lambda m: " " if m[0].startswith("&") else "\n", text)
    builder = Builder(heading=bool(heading))
    for piece, bold, italic in _emphasised(text):
        builder.add(_ESCAPE.sub(r"\1", piece), bold, italic)
    return builder.paragraphs()


def _emphasised(text: str) -> Iterator[tuple[str, bool, bool]]:
    """Pieces of ``text`` with their look; a mark without its partner stays a character."""
    marks = list(_MARK.finditer(text))
    pairs = dict(_pairs(text, marks))
    bold = italic = 0
    at = 0
    for mark in marks:
        if mark.start() in pairs:
            yield text[at : mark.start()], bold > 0, italic > 0
            step = pairs[mark.start()]
            bold += step if len(mark[0]) >= 2 else 0
            italic += step if len(mark[0]) != 2 else 0
            at = mark.end()
    yield text[at:], bold > 0, italic > 0


def _pairs(text: str, marks: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Where emphasis opens (1) and closes (-1)."""
    opened: list[re.Match[str]] = []
    for mark in marks:
        before, after = text[max(0, mark.start() - 1) : mark.start()], text[mark.end() : mark.end() + 1]
        if opened and opened[-1][0] == mark[0] and before.strip():
            yield opened.pop().start(), 1
            yield mark.start(), -1
        elif after.strip():
            opened.append(mark)
