"""Rich text (.rtf): bold and italic kept, notes and comments aside, deleted and hidden text left out.

Read after Microsoft's Rich Text Format Specification 1.9.1; only what carries or qualifies text is interpreted.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from qualcode.core.values import AsideKind
from qualcode.importing.source import Builder, Cell, Content, Paragraph, Refused, page_furniture, words_of

_TOKEN = re.compile(rb"\\([a-zA-Z]+)(-?\d+)? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)")
_SKIPPED = frozenset({
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "themedata", "colorschememapping", "latentstyles",
    "datastore", "xmlnstbl", "listtable", "listoverridetable", "rsidtbl", "generator", "revtbl", "filetbl", "fldinst",
    "listtext", "pntext", "nonshppict", "bkmkstart", "bkmkend", "atnid", "atnauthor", "atntime", "atndate", "atnref",
    "atrfstart", "atrfend", "pgptbl", "mmathPr", "shpinst", "sp", "userprops", "passwordhash", "wgrffmtfilter",
})  # fmt: skip
_STORIES = {"footnote": AsideKind.FOOTNOTE, "annotation": AsideKind.COMMENT}
_FURNITURE = frozenset(["header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"])
_CHARACTERS = {
    "tab": "\t", "line": "\n", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "endash": "–", "emdash": "—", "enspace": " ", "emspace": " ", "qmspace": " ",
}  # fmt: skip
_SYMBOLS = {b"~": "\u00a0", b"_": "-", b"-": "", b"\\": "\\", b"{": "{", b"}": "}"}
_CODE_PAGES = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits: look, what becomes of its text, and how its bytes are to be read."""

    bold: bool = False
    italic: bool = False
    silent: bool = False
    gone: bool = False
    font: int = 0
    skip: int = 1


def read(data: bytes, cancelled: Callable[[], bool]) -> Content:  # noqa: ARG001
    """The paragraphs of an .rtf, with its comments, notes, page headers and footers beside them."""
    if not data.lstrip()[:5] == b"{\\rtf":
        raise Refused(
            "it is named as rich text (.rtf) but is something else. Open it in its own program and save it anew."
        )
    reader = _Reader(_code_page(data), dict(_fonts(data)))
    reader.run(data)
    return Content(reader.paragraphs, asides=page_furniture(reader.furniture))


def _code_page(data: bytes) -> str:
    found = re.search(rb"\\ansicpg(\d+)", data[:2000])
    if found:
        return _codec(f"cp{int(found[1])}")
    return "mac_roman" if re.search(rb"\\mac\b", data[:2000]) else "cp1252"


def _codec(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def _fonts(data: bytes) -> Iterator[tuple[int, str]]:
    """The code page of each font that is not Western."""
    for font, charset in re.findall(rb"\{\\f(\d+)[^{}]*?\\fcharset(\d+)", data[: 1 << 17]):
        if int(charset) in _CODE_PAGES:
            yield int(font), _CODE_PAGES[int(charset)]


class _Reader:
    def __init__(self, code_page: str, fonts: dict[int, str]) -> None:
        self.paragraphs: list[Paragraph] = []
        self.furniture: list[str] = []
        self._code_page = code_page
        self._fonts = fonts
        self._state = _State()
        self._stack: list[tuple[_State, _Story | None]] = []
        self._story = _Story()
        self._bytes = bytearray()
        self._to_skip = 0
        self._starred = False
        self._pending_high = 0

    def run(self, data: bytes) -> None:
        for token in _TOKEN.finditer(data):
            word, number, byte, symbol, brace, text = token.groups()
            if byte:
                self._byte(int(byte, 16))
            elif text:
                self._plain(text)
            else:
                self._flush()
                self._control(word, number, symbol, brace)
        self._flush()
        self.paragraphs = self._story.finished()

    def _control(self, word: bytes | None, number: bytes | None, symbol: bytes | None, brace: bytes | None) -> None:
        if word:
            self._word(word.decode(), int(number) if number else None)
        elif symbol == b"*":
            self._starred = True
        elif symbol in _SYMBOLS:
            self._add(_SYMBOLS[symbol])
        elif brace:
            self._to_skip, self._starred = 0, False
            self._group(brace)
        elif symbol in (b"\n", b"\r"):
            self._story.end_paragraph()

    def _group(self, brace: bytes) -> None:
        if brace == b"{":
            self._stack.append((self._state, None))
        elif self._stack:
            self._close()

    def _close(self) -> None:
        self._state, outer = self._stack.pop()
        if outer is not None:
            inner, self._story = self._story, outer
            words = words_of(inner.finished())
            if words and inner.kind is AsideKind.HEADER:
                self.furniture.append(words)
            elif words and inner.kind and not self._state.silent:
                self._story.builder.note(inner.kind, words)

    def _word(self, word: str, number: int | None) -> None:
        starred, self._starred = self._starred, False
        if word in _STORIES or word in _FURNITURE:
            self._open_story(_STORIES.get(word, AsideKind.HEADER))
        elif word in _SKIPPED or (starred and word != "shptxt"):
            self._state = replace(self._state, silent=True)
        elif word == "shptxt":
            self._state = replace(self._state, silent=False)
        elif word in _CHARACTERS:
            self._add(_CHARACTERS[word])
        elif word == "u" and number is not None:
            self._unicode(number)
        elif not self._state.silent:
            self._format(word, number)

    def _open_story(self, kind: AsideKind) -> None:
        if self._stack and self._stack[-1][1] is None and not self._state.silent:
            self._stack[-1] = (self._stack[-1][0], self._story)
            self._story = _Story(kind)

    def _format(self, word: str, number: int | None) -> None:
        if word in _STRUCTURE:
            _STRUCTURE[word](self._story)
            return
        on = number != 0
        match word:
            case "b":
                self._state = replace(self._state, bold=on)
            case "i":
                self._state = replace(self._state, italic=on)
            case "v" | "deleted" | "mvf":
                self._state = replace(self._state, gone=on)
            case "plain":
                self._state = replace(self._state, bold=False, italic=False, gone=False)
            case "f":
                self._state = replace(self._state, font=number or 0)
            case "uc":
                self._state = replace(self._state, skip=number or 0)

    def _unicode(self, number: int) -> None:
        code = number % 0x10000
        if 0xD800 <= code < 0xDC00:
            self._pending_high = code
        elif 0xDC00 <= code < 0xE000 and self._pending_high:
            self._add(chr(0x10000 + ((self._pending_high - 0xD800) << 10) + code - 0xDC00))
            self._pending_high = 0
        else:
            self._add(chr(code))
        self._to_skip = self._state.skip

    def _byte(self, value: int) -> None:
        if self._to_skip:
            self._to_skip -= 1
        else:
            self._bytes.append(value)

    def _plain(self, text: bytes) -> None:
        skipped = min(self._to_skip, len(text))
        self._to_skip -= skipped
        self._bytes += text[skipped:]

    def _flush(self) -> None:
        """Bytes become text only when a run of them ends: some code pages need two for a character."""
        if self._bytes:
            code_page = self._fonts.get(self._state.font, self._code_page)
            self._add(self._bytes.decode(code_page, errors="replace"))
            self._bytes.clear()

    def _add(self, text: str) -> None:
        if not self._state.silent and not self._state.gone:
            self._story.builder.add(text, self._state.bold, self._state.italic)


class _Story:
    """The body, a note or a page header: its paragraphs so far and its place in a table."""

    def __init__(self, kind: AsideKind | None = None) -> None:
        self.kind = kind
        self.builder = Builder()
        self._found: list[Paragraph] = []
        self._table, self._row, self._column = -1, 0, 0
        self._inside = self._reset = False

    def enter_table(self) -> None:
        self._reset = False
        if not self._inside:
            self._inside = True
            self._table, self._row, self._column = self._table + 1, 0, 0

    def reset_paragraph(self) -> None:
        """A paragraph outside the table, unless it says of itself that it is in one."""
        self._reset = True

    def end_paragraph(self) -> None:
        self._inside = self._inside and not (self._reset and not self._column)
        cell = Cell(self._table, self._row, self._column) if self._inside else None
        self._found += [replace(p, cell=cell) for p in self.builder.paragraphs()]
        self.builder = Builder()

    def end_cell(self) -> None:
        self.enter_table()
        self.end_paragraph()
        self._column += 1

    def end_row(self) -> None:
        self._row += 1
        self._column = 0

    def finished(self) -> list[Paragraph]:
        self.end_paragraph()
        return self._found


_STRUCTURE: dict[str, Callable[[_Story], None]] = {
    "par": _Story.end_paragraph,
    "sect": _Story.end_paragraph,
    "page": _Story.end_paragraph,
    "cell": _Story.end_cell,
    "nestcell": _Story.end_cell,
    "row": _Story.end_row,
    "nestrow": _Story.end_row,
    "pard": _Story.reset_paragraph,
    "intbl": _Story.enter_table,
}
