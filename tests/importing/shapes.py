"""One dialogue written in the many shapes that typists and programs give it."""

from __future__ import annotations

import html
import textwrap
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
from odf.opendocument import OpenDocumentText
from odf.table import Table, TableCell, TableColumn, TableRow
from odf.text import P


@dataclass(frozen=True, slots=True)
class Said:
    """Who says what, and at which second."""

    who: str
    words: str
    at: float = 0.0


def clock(at: float, form: str) -> str:
    """Seconds as ``m:ss``, ``mm:ss``, ``hh:mm:ss``, ``hh:mm:ss.fff``, or ``spelt`` out."""
    hours, rest = divmod(int(at), 3600)
    minutes, seconds = divmod(rest, 60)
    if form == "m:ss":
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    if form == "mm:ss":
        return f"{hours * 60 + minutes:02}:{seconds:02}"
    full = f"{hours:02}:{minutes:02}:{seconds:02}"
    if form == "spelt":
        return f"{hours * 60 + minutes} minutes {seconds} seconds"
    return full if form == "hh:mm:ss" else f"{full}.{int(at * 1000) % 1000:03}"


_LINES = {
    "colon.txt": "{who}: {words}\n",
    "colon_and_blank_line.txt": "{who}: {words}\n\n",
    "colon_and_tab.txt": "{who}:\t{words}\n",
    "no_space_before_words.txt": "{who}:{words}\n",
    "space_before_colon.txt": "{who} : {words}\n\n",
    "capitals.txt": "{WHO}: {words}\n",
    "dash.txt": "{who} - {words}\n",
    "long_dash.txt": "{who} – {words}\n\n",
    "brackets.txt": "[{who}] {words}\n\n",
    "brackets_and_colon.txt": "[{who}]: {words}\n",
    "angle_brackets.txt": "<{who}> {words}\n",
    "alone.txt": "{who}\n{words}\n\n",
    "alone_with_colon.txt": "{who}:\n{words}\n\n",
    "alone_without_blank_lines.txt": "{who}\n{words}\n",
    "tab.txt": "{who}\t{words}\n",
    "columns_of_tabs.txt": "{who}\t{mm:ss}\t{words}\n",
    "columns_with_the_speaker_last.txt": "{mm:ss}\t{words}\t{who}\n",
    "wide_space.txt": "{who}    {words}\n",
    "chevrons.txt": ">> {who}: {words}\n",
    "bulleted.txt": "- {who}: {words}\n",
    "numbered.txt": "{n} {who}: {words}\n",
    "numbered_with_stop.txt": "{n}. {who}: {words}\n\n",
    "otter.txt": "{who}  {m:ss}  \n{words}\n\n",
    "time_beside_name.txt": "{who} {hh:mm:ss}\n{words}\n\n",
    "time_after_colon.txt": "{who}: {hh:mm:ss} {words}\n",
    "time_alone_below.txt": "{who}\n{mm:ss}\n{words}\n\n",
    "time_in_words_below.txt": "{who}\n{spelt}\n{words}\n\n",
    "meeting_chat.txt": "{hh:mm:ss}\t From  {who} to Everyone : {words}\n",
    "rev.txt": "{who} ({mm:ss}):\n{words}\n\n",
    "rev_in_one_line.txt": "{who}: ({mm:ss})\t{words}\n",
    "time_in_brackets.txt": "{who} [{hh:mm:ss}] {words}\n\n",
    "time_first.txt": "[{hh:mm:ss}] {who}: {words}\n",
    "bare_time_first.txt": "{hh:mm:ss} {who}: {words}\n",
    "time_and_name_above.txt": "{hh:mm:ss} {who}\n{words}\n\n",
    "time_above.txt": "[{hh:mm:ss}]\n{who}: {words}\n\n",
    "happy_scribe.txt": "[{hh:mm:ss.fff}] - {who}\n{words}\n\n",
    "f4_at_end.txt": "{who}: {words} #{hh:mm:ss}-4#\n",
    "f4_at_start.txt": "#{hh:mm:ss}-4# {who}: {words}\n",
    "whisper.txt": "[{hh:mm:ss.fff} --> {end}] {who}: {words}\n",
    "whisper_brackets.txt": "[{hh:mm:ss.fff} --> {end}] [{who}]: {words}\n",
    "bold_and_colon.md": "**{who}:** {words}\n\n",
    "colon_after_bold.md": "**{who}**: {words}\n\n",
    "bold.md": "**{who}** {words}\n\n",
    "bold_and_time.md": "**{who}:** [{hh:mm:ss}] {words}\n\n",
    "bold_alone.md": "**{who}**\n\n{words}\n\n",
    "quoted.md": "> **{who}**: {words}\n\n",
}


def _fill(line: str, number: int, turn: Said) -> str:
    times = {form: clock(turn.at, form) for form in ("m:ss", "mm:ss", "hh:mm:ss", "hh:mm:ss.fff", "spelt")}
    values = {"who": turn.who, "WHO": turn.who.upper(), "words": turn.words, "n": str(number)}
    for name, value in {**values, **times, "end": clock(turn.at + 3, "hh:mm:ss.fff")}.items():
        line = line.replace("{" + name + "}", value)
    return line


def _lines(line: str) -> Callable[[Path, Sequence[Said]], None]:
    def write_lines(path: Path, said: Sequence[Said]) -> None:
        path.write_text("".join(_fill(line, i, turn) for i, turn in enumerate(said, 1)), encoding="utf-8")

    return write_lines


def _wrapped(path: Path, said: Sequence[Said]) -> None:
    turns = ["\n".join(textwrap.wrap(f"{t.who}: {t.words}", 72)) for t in said]
    path.write_text("\n\n".join(turns), encoding="utf-8")


def _wrapped_close(path: Path, said: Sequence[Said]) -> None:
    path.write_text("\n".join("\n".join(textwrap.wrap(f"{t.who}: {t.words}", 72)) for t in said), encoding="utf-8")


def _one_paragraph(path: Path, said: Sequence[Said]) -> None:
    path.write_text(" ".join(f"{t.who}: {t.words}" for t in said), encoding="utf-8")


def _captions(head: str, numbers: bool, voice: str, comma: bool) -> Callable[[Path, Sequence[Said]], None]:
    def write_cues(path: Path, said: Sequence[Said]) -> None:
        cues = [head]
        for number, (turn, piece, at, end) in enumerate(_pieces(said), 1):
            start, stop = clock(at, "hh:mm:ss.fff"), clock(end, "hh:mm:ss.fff")
            timing = f"{start} --> {stop}".replace(".", "," if comma else ".")
            name = f'{number} "{turn.who}" (17)' if voice == "webex" else str(number)
            words = {"<v>": f"<v {html.escape(turn.who)}>{html.escape(piece)}</v>", "webex": html.escape(piece)}
            text = words.get(voice, f"{turn.who}: {piece}")
            cues.append(f"{name}\n{timing}\n{text}\n" if numbers else f"{timing}\n{text}\n")
        path.write_text("\n".join(c for c in cues if c), encoding="utf-8")

    return write_cues


def _pieces(said: Sequence[Said]) -> list[tuple[Said, str, float, float]]:
    """Turns cut into cues of eight words; a turn lasts until the next one."""
    found = []
    for number, turn in enumerate(said):
        words = turn.words.split(" ")
        cues = [" ".join(words[i : i + 8]) for i in range(0, len(words), 8)]
        end = said[number + 1].at if number + 1 < len(said) else turn.at + 1
        step = (end - turn.at) / len(cues)
        found += [(turn, cue, turn.at + i * step, turn.at + (i + 1) * step) for i, cue in enumerate(cues)]
    return found


def _word_runs(join: str, bold: bool) -> Callable[[Path, Sequence[Said]], None]:
    def write_word(path: Path, said: Sequence[Said]) -> None:
        document = docx.Document()
        for turn in said:
            paragraph = document.add_paragraph()
            paragraph.add_run(turn.who + join).bold = bold or None
            paragraph.add_run(turn.words)
        document.save(str(path))

    return write_word


def _word_lines(path: Path, said: Sequence[Said]) -> None:
    document = docx.Document()
    for turn in said:
        document.add_paragraph().add_run(turn.who).bold = True
        document.add_paragraph(turn.words)
    document.save(str(path))


def _word_headings(path: Path, said: Sequence[Said]) -> None:
    document = docx.Document()
    for turn in said:
        document.add_heading(turn.who, 4)
        document.add_paragraph(clock(turn.at, "mm:ss"))
        document.add_paragraph(turn.words)
    document.save(str(path))


def _word_breaks(path: Path, said: Sequence[Said]) -> None:
    document = docx.Document()
    run = document.add_paragraph().add_run()
    for turn in said:
        run.add_text(f"{turn.who}: {turn.words}")
        run.add_break()
    document.save(str(path))


def _word_teams(path: Path, said: Sequence[Said]) -> None:
    document = docx.Document()
    for turn in said:
        paragraph = document.add_paragraph()
        paragraph.add_run(turn.who).bold = True
        run = paragraph.add_run("   " + clock(turn.at, "m:ss"))
        run.add_break()
        run.add_text(turn.words)
    document.save(str(path))


def _word_table(timed: bool) -> Callable[[Path, Sequence[Said]], None]:
    def write_table(path: Path, said: Sequence[Said]) -> None:
        document = docx.Document()
        table = document.add_table(rows=0, cols=3 if timed else 2)
        for turn in said:
            cells = table.add_row().cells
            values = [clock(turn.at, "hh:mm:ss"), turn.who, turn.words] if timed else [turn.who, turn.words]
            for cell, value in zip(cells, values, strict=True):
                cell.text = value
        document.save(str(path))

    return write_table


def _odt(path: Path, said: Sequence[Said]) -> None:
    document = OpenDocumentText()
    for turn in said:
        document.text.addElement(P(text=f"{turn.who}: {turn.words}"))
    document.save(str(path))


def _odt_table(path: Path, said: Sequence[Said]) -> None:
    document = OpenDocumentText()
    table = Table()
    table.addElement(TableColumn(numbercolumnsrepeated=2))
    for turn in said:
        row = TableRow()
        for value in (turn.who, turn.words):
            cell = TableCell()
            cell.addElement(P(text=value))
            row.addElement(cell)
        table.addElement(row)
    document.text.addElement(table)
    document.save(str(path))


def rtf_escaped(text: str) -> str:
    """``text`` as RTF writes it, every character beyond ASCII as a Unicode control word."""
    plain = text.replace("\\", r"\\").replace("{", r"\{").replace("}", r"\}")
    units = [plain.encode("utf-16-le")[i : i + 2] for i in range(0, len(plain.encode("utf-16-le")), 2)]
    codes = [int.from_bytes(unit, "little", signed=True) for unit in units]
    return "".join(chr(code) if 0 <= code < 128 else rf"\u{code}?" for code in codes)


def _rtf(path: Path, said: Sequence[Said]) -> None:
    turns = "".join(rf"{{\b {rtf_escaped(t.who)}:}} {rtf_escaped(t.words)}\par" + "\n" for t in said)
    path.write_text(r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}\uc1 " + turns + "}", encoding="ascii")


def _page(
    before: str, between: str, after: str, first: str = "", last: str = ""
) -> Callable[[Path, Sequence[Said]], None]:
    def write_page(path: Path, said: Sequence[Said]) -> None:
        turns = "".join(before + html.escape(t.who) + between + html.escape(t.words) + after for t in said)
        head = '<meta charset="utf-8"><title>Talk</title><style>p {color: red}</style>'
        path.write_text(
            f"<!doctype html><html><head>{head}</head><body>{first}{turns}{last}</body></html>", encoding="utf-8"
        )

    return write_page


def pdf_bytes(pages: Sequence[Sequence[tuple[float, float, str]]], size: int = 10) -> bytes:
    """A PDF with Latin text at (x, y) from the lower left corner of each page of 595 by 842 points."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for lines in pages:
        shown = "".join(f"BT /F1 {size} Tf {x} {y} Td ({_pdf_escaped(text)}) Tj ET\n" for x, y, text in lines)
        objects.append(f"<< /Length {len(shown)} >>\nstream\n{shown}endstream")
        kids.append(f"{len(objects) + 1} 0 R")
        resources = f"/Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects)} 0 R"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {resources} >>")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    body, places = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return (body + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}").encode("latin-1")


def _pdf_escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _pdf(path: Path, said: Sequence[Said]) -> None:
    lines = [line for t in said for line in [*textwrap.wrap(f"{t.who}: {t.words}", 78), ""]]
    pages = []
    for first in range(0, len(lines), 50):
        rows = [(60.0, 770.0 - 14 * i, line) for i, line in enumerate(lines[first : first + 50]) if line]
        number = first // 50 + 1
        pages.append([(60.0, 810.0, "Oak Street study"), *rows, (280.0, 30.0, f"Page {number}")])
    path.write_bytes(pdf_bytes(pages))


SHAPES: dict[str, Callable[[Path, Sequence[Said]], None]] = {
    **{name: _lines(line) for name, line in _LINES.items()},
    "wrapped.txt": _wrapped,
    "wrapped_close.txt": _wrapped_close,
    "one_paragraph.txt": _one_paragraph,
    "teams.vtt": _captions("WEBVTT\n", True, "<v>", False),
    "webex.vtt": _captions("WEBVTT\n", True, "webex", False),
    "zoom.vtt": _captions("WEBVTT\n", True, "", False),
    "without_numbers.vtt": _captions("WEBVTT\n", False, "<v>", False),
    "cues.srt": _captions("", True, "", True),
    "bold_and_colon.docx": _word_runs(": ", True),
    "bold.docx": _word_runs(" ", True),
    "tab.docx": _word_runs("\t", False),
    "alone.docx": _word_lines,
    "headings.docx": _word_headings,
    "line_breaks.docx": _word_breaks,
    "teams.docx": _word_teams,
    "table.docx": _word_table(False),
    "timed_table.docx": _word_table(True),
    "colon.odt": _odt,
    "table.odt": _odt_table,
    "bold_and_colon.rtf": _rtf,
    "paragraphs.html": _page("<p><b>", ":</b> ", "</p>\n"),
    "definitions.html": _page("<dt>", "</dt>\n<dd>", "</dd>\n"),
    "table.html": _page("<tr><td>", "</td><td>", "</td></tr>", "<table>", "</table>"),
    "line_breaks.html": _page("", ": ", "<br>\n"),
    "printed.pdf": _pdf,
}
"""File name -> how a dialogue is written in that shape."""


def write(folder: Path, shape: str, said: Sequence[Said]) -> Path:
    """Write the dialogue into ``folder`` in one shape."""
    path = folder / shape
    SHAPES[shape](path, said)
    return path


def zipped(path: Path, parts: dict[str, str | bytes]) -> Path:
    """A zip archive with these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path
