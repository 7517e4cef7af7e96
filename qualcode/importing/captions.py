"""Captions (.vtt of Teams, Zoom and Webex, .srt): each cue a paragraph that flows into the next.

Structure after the W3C recommendation WebVTT; SubRip has no standard.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from qualcode.importing.decoding import decode
from qualcode.importing.source import Builder, Content, Paragraph, Refused, clean, stripped

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMING = re.compile(rf"^[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}.*$", re.M)
_LINE = re.compile(r"^[ \t]*\[((?:\d+:)?\d+:\d\d[.,]\d+[ \t]*-->[ \t]*(?:\d+:)?\d+:\d\d[.,]\d+)\][ \t]*(.*)$", re.M)
_VOICE = re.compile(r"<v(?:\.[\w.\-]*)?[ \t]+([^<>]{0,100})>", re.I)
_NAMED_CUE = re.compile(r'^\d+\s+"([^"]+)"(?:\s+\(\d+\))?\s*$')
_TAG = re.compile(r"<(/?)(v|b|i|u|c|ruby|rt|lang|font)\b[^<>]{0,200}>|<\d[\d:.,]*>|\{\\[^}]*\}", re.I)
_DASH = re.compile(r"^\s*(?:-|–|>>)\s*\S")
_LONG_PAUSE = 3.0
"""Seconds without a cue, after which a new paragraph begins."""


def read(data: bytes, cancelled: Callable[[], bool]) -> Content:  # noqa: ARG001
    """The cues of a caption file in order."""
    text, remarks = decode(data)
    paragraphs = cues_in(clean(text))
    if not paragraphs and text.strip():
        raise Refused("it holds no captions: no line in it gives a time from and to.")
    return Content(paragraphs, remarks=remarks)


def are_captions(text: str) -> bool:
    """Whether a text file holds captions, whatever its name."""
    lines = text.count("\n") + 1
    return text.startswith("WEBVTT") or len(_LINE.findall(text)) > 0.6 * lines or len(_TIMING.findall(text)) > lines / 8


def cues_in(text: str) -> list[Paragraph]:
    """The cues of ``text``, a paragraph each; those in Whisper's form ``[from --> to] words`` too."""
    return list(_paragraphs(_LINE.sub(r"\1\n\2\n", text)))


def _paragraphs(text: str) -> Iterator[Paragraph]:
    end_before = -_LONG_PAUSE
    for start, end, name, words in _cues(text):
        yield from _voices(words, name, start, flows=start - end_before < _LONG_PAUSE)
        end_before = end


def _cues(text: str) -> Iterator[tuple[float, float, str | None, list[str]]]:
    """Start, end, the name in the cue's identifier if it has one, and the lines of each cue."""
    timings = list(_TIMING.finditer(text))
    for timing, after in zip(timings, [*timings[1:], None], strict=False):
        body = text[timing.end() : after.start() if after else len(text)].strip("\n").split("\n")
        lines = body[: body.index("")] if "" in body else body
        if after and "" not in body and len(lines) > 1 and _is_identifier(lines[-1]):
            lines.pop()
        before = text.rfind("\n", 0, max(0, timing.start() - 1)) + 1
        identifier = text[before : max(before, timing.start() - 1)]
        named = _NAMED_CUE.match(identifier)
        yield _seconds(timing.groups()[:4]), _seconds(timing.groups()[4:]), named[1] if named else None, lines


def _is_identifier(line: str) -> bool:
    return line.strip().isdigit() or bool(_NAMED_CUE.match(line))


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = (p or "0" for p in parts)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(fraction.ljust(3, "0")) / 1000


def _voices(lines: list[str], name: str | None, start: float, flows: bool) -> Iterator[Paragraph]:
    """The cue's words, one paragraph for each voice and each line that opens with a dash."""
    words = "".join(("\n" if _DASH.match(line) else " ") + line.strip() for line in lines)
    pieces = _VOICE.split(words)
    for voice, piece in zip([name, *pieces[1::2]], pieces[0::2], strict=True):
        spoken = clean(html.unescape(voice)).strip() if voice else None
        for line in _styled(piece):
            if line.text.strip():
                dashed = bool(_DASH.match(line.text))
                yield replace(stripped(line), voice=spoken, at=start, flows=flows and not dashed)


def _styled(piece: str) -> list[Paragraph]:
    """Text with its tags read: bold and italic kept, all others dropped."""
    builder = Builder()
    look = {"b": False, "i": False}
    at = 0
    for tag in _TAG.finditer(piece):
        builder.add(html.unescape(piece[at : tag.start()]), look["b"], look["i"])
        if tag[2] and tag[2].lower() in look:
            look[tag[2].lower()] = not tag[1]
        at = tag.end()
    builder.add(html.unescape(piece[at:]), look["b"], look["i"])
    return builder.paragraphs()
