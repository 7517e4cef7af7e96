"""The head of a paragraph read as a speaker label, in each of the shapes that typists and programs use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from qualcode.core.values import Span
from qualcode.importing import lexicon, timestamps
from qualcode.importing.labels import (
    CONTINUED,
    DIRECTIONS,
    IN_BRACKETS,
    LONGEST,
    Candidate,
    Shape,
    is_role_word,
    key_of,
)
from qualcode.importing.source import Paragraph

_CHAT = re.compile(
    r"\s*\[?\d{1,4}[/.\-]\d{1,2}[/.\-]\d{2,4},?\s+\d{1,2}:\d{2}(?::\d{2})?(?:[\s\u202f]?[ap]\.?m\.?)?\]?\s*(?:[-–]\s*)?",
    re.I,
)
_ORNAMENT = re.compile(r"\s*(?:>{1,3}\s*|[-*•·▪◦–—]\s+|\*(?=[A-Z]{2,4}:))?(?:\[?\d{1,4}\]?[.):]?\s+(?=[^\W\d]))?\s*")
_AFTER_MARK = re.compile(r"\s*(?:[-–—|]\s+|:\s*)?\s*")
_COLON_AFTER = re.compile(r"\s*[:：]?\s*")
_DASH = re.compile(r"\s+[-–—]+\s+|\s?[–—]\s*|-\s+")
_WIDE = re.compile(r"\t+\s*| {2,}\s*|\u00a0{2,}\s*")
_DASH_LAST = re.compile(r"(?<=\S)\s+[-–—]$")
_LONE_DASH = re.compile(r"\s+[-–—]\s+(?=[^\W\d_a-z])")
_STOP = re.compile(r"(([^\W\d_]{1,12})\d{0,3})[.,]\s+(?=[^\W\d_a-z]|[\"“…])")
_SIGN = re.compile(r"([^\W\d_][\w.\-]{0,15}(?: \d{1,2})?) ?([=\-–]>|[>;|/~»])\s+(?=\S)")
_STROKE = re.compile(r"([^\W\d_][\w.'’\-]{0,15}(?: [\w.'’\-]{1,15}){1,2}) ?([=\-–]>|\|)\s+(?=\S)")
_ABBREVIATED = re.compile(r"[A-Z]{2,5}\d{0,2}")
_FULL_STOP = re.compile(r"(?<=[^\W\d_.]{3}[^\W\d_.])\.$|(?<=^[^\W\d_])\.$")
_CHAT_HEAD = re.compile(r"From\s+(?P<label>\S.{0,60}?)\s+to\s+.{1,60}?\s?:(?=\s|$)", re.I)
_CAPITALS = re.compile(r"((?:[A-Z][A-Z'’.\-]*\d{0,2})(?:\s[A-Z][A-Z'’\-]+){0,2})\s+(?=[\w\"“‘'(\[….\-–])")
_CLOSED = {"[": "]", "(": ")", "<": ">", "{": "}"}


@dataclass(frozen=True, slots=True)
class BareTimes:
    """Where a file has times that are not set off by brackets, so that they could be words of speech.

    At the start of lines, after a label, on a line of their own as a clock has it, and there in words.
    """

    leading: bool = False
    following: bool = False
    alone: bool = False
    spelt: bool = False

    def counts(self, mark: timestamps.Mark, whole: bool) -> bool:
        """Whether a mark at the head of a line says when; ``whole`` if it is all of the line."""
        if mark.spelt:
            return self.spelt and whole
        return mark.bracketed or self.leading or (self.alone and whole)


ANYWHERE = BareTimes(True, True, True, True)


def head(paragraph: Paragraph, start: int, times: BareTimes) -> tuple[int, float | None]:
    """Where a label would begin after bullets, numbers and a time, and that time."""
    text = paragraph.text
    match = _CHAT.match(text, start) or _ORNAMENT.match(text, start)
    place = match.end() if match else start
    mark = timestamps.at_start(text, place) or timestamps.at_start(text, _spaces(text, start))
    if mark and times.counts(mark, mark.span.end == len(text)):
        after = _AFTER_MARK.match(text, mark.span.end)
        return (after.end() if after else mark.span.end), mark.seconds
    return place, None


def _spaces(text: str, start: int) -> int:
    while start < len(text) and text[start].isspace():
        start += 1
    return start


def candidates(
    paragraph: Paragraph, start: int, end: int, legend: Mapping[str, str], times: BareTimes
) -> Iterator[Candidate]:
    """All readings of the head of ``paragraph.text[start:end]`` as a label, whatever their plausibility.

    ``legend`` maps the keys that the file itself explains to their explanations.
    """
    place, at = head(paragraph, start, times)
    at = paragraph.at if at is None else at
    if paragraph.voice is not None:
        yield _made(Shape.COLUMN if paragraph.cell else Shape.VOICE, paragraph.voice, start, place, at)
    line = _Line(paragraph, start, place, end, at, times)
    if place >= end:
        return
    for reading in _READINGS:
        if found := reading(line):
            yield found
    if found := _bare(line, legend):
        yield found


@dataclass(slots=True)
class _Line:
    paragraph: Paragraph
    start: int
    place: int
    end: int
    at: float | None
    times: BareTimes

    @property
    def text(self) -> str:
        return self.paragraph.text

    def label(self, shape: Shape, end: int, body: int, at: float | None = None, begin: int | None = None) -> Candidate:
        """The candidate whose label ends at ``end`` and whose speech begins at ``body``, a time before it skipped."""
        text = self.text
        body = _spaces(text, body)
        mark = timestamps.at_start(text, body)
        if mark and (mark.bracketed or (self.times.following and mark.span.end < self.end)):
            after = _AFTER_MARK.match(text, mark.span.end)
            body, at = (after.end() if after else mark.span.end), mark.seconds if at is None else at
        begin = self.place if begin is None else begin
        label, event = _without_event(text[begin:end], begin)
        return _made(shape, label, self.start, min(body, self.end), self.at if at is None else at, event)


def _made(shape: Shape, label: str, start: int, body: int, at: float | None, event: Span | None = None) -> Candidate:
    label = CONTINUED.sub("", " ".join(label.split())).strip(f" \t*_:：{DIRECTIONS}") or label.strip()
    if label[:1] in _CLOSED and _CLOSED[label[0]] not in label:
        label = label[1:].strip()
    if shape is not Shape.COLON:
        label = _FULL_STOP.sub("", label)
    if label[:1] in _CLOSED and label.endswith(_CLOSED[label[0]]):
        label = label[1:-1].strip()
    return Candidate(shape, label, key_of(label), start, body, at, event)


def _without_event(label: str, at: int) -> tuple[str, Span | None]:
    """The label without a sound or a time noted in brackets at its end, and where the sound stands."""
    match = IN_BRACKETS.search(label) if label.endswith((")", "]")) else None
    if not match or not match.start():
        return label, None
    if timestamps.at_start(match[0].strip()):
        return label[: match.start()], None
    if lexicon.EVENT.search(match[1]):
        inner = match[0].strip()
        start = at + match.start() + match[0].index(inner)
        return label[: match.start()], Span(start, start + len(inner))
    return label, None


def _colon(line: _Line) -> Candidate | None:
    text, limit = line.text, min(line.end, line.place + LONGEST + 12)
    colon = min(
        (p for p in (text.find(":", line.place, limit), text.find("：", line.place, limit)) if p >= 0), default=-1
    )
    if colon <= line.place:
        return None
    after = text[colon + 1 : colon + 2]
    if after and (after.isdigit() or after in "/\\)") and text[colon] == ":":
        return None
    body = colon + 1
    while text[body : body + 1] == ":":
        body += 1
    return line.label(Shape.COLON, colon, body)


def _chat(line: _Line) -> Candidate | None:
    """``From Ann Bell to Everyone:`` after a time, as a meeting's chat is saved."""
    match = _CHAT_HEAD.match(line.text, line.place, line.end) if line.at is not None else None
    return line.label(Shape.VOICE, match.end("label"), match.end(), begin=match.start("label")) if match else None


def _timed(line: _Line) -> Candidate | None:
    mark = timestamps.within(line.text, line.place, min(line.end, line.place + LONGEST))
    if not mark or mark.span.start <= line.place or (mark.spelt and not line.times.spelt):
        return _untimed(line)
    label_end = len(line.text[: mark.span.start].rstrip(" \t\u00a0-–—|@"))
    after = _COLON_AFTER.match(line.text, mark.span.end)
    body = after.end() if after else mark.span.end
    if _CLOSED.get(line.text[line.place]) == line.text[body : body + 1] != "":
        after = _COLON_AFTER.match(line.text, body + 1)
        body = after.end() if after else body + 1
    if line.text[line.place] in _CLOSED and lexicon.EVENT.search(line.text, line.place, max(line.place, label_end)):
        return None
    if label_end <= line.place or not (
        mark.bracketed or line.times.following or body >= line.end or mark.span.start - label_end > 1
    ):
        return None
    if line.text[label_end - 1] in ":：":
        return line.label(Shape.COLON, label_end - 1, body, mark.seconds)
    return line.label(Shape.TIMED, label_end, body, mark.seconds)


def _untimed(line: _Line) -> Candidate | None:
    """A label alone on its line after a time."""
    if line.at is None or line.paragraph.at is not None or line.end - line.place > LONGEST:
        return None
    return line.label(Shape.TIMED, len(line.text[: line.end].rstrip(" \t:")), line.end)


def _bracket(line: _Line) -> Candidate | None:
    closing = _CLOSED.get(line.text[line.place])
    end = line.text.find(closing, line.place, line.place + LONGEST) if closing else -1
    if end < 0 or lexicon.EVENT.search(line.text, line.place, end):
        return None
    after = _AFTER_MARK.match(line.text, end + 1)
    return line.label(Shape.BRACKET, end, after.end() if after else end + 1, begin=line.place + 1)


def _dash(line: _Line) -> Candidate | None:
    match = _DASH.search(line.text, line.place + 1, min(line.end, line.place + LONGEST))
    return line.label(Shape.DASH, match.start(), match.end()) if match and match.end() < line.end else None


def _tab(line: _Line) -> Candidate | None:
    match = _WIDE.search(line.text, line.place + 1, min(line.end, line.place + LONGEST))
    return line.label(Shape.TAB, match.start(), match.end()) if match and match.end() < line.end else None


def _face(line: _Line) -> Candidate | None:
    for emphasis in line.paragraph.emphasis:
        if abs(emphasis.span.start - line.place) <= 1 and line.place < emphasis.span.end <= line.place + LONGEST:
            end = emphasis.span.end
            if line.text[end : line.end].strip():
                return line.label(Shape.FACE, len(line.text[:end].rstrip(" \t:-–—.")), end)
    return None


def _stop(line: _Line) -> Candidate | None:
    """``Q. What then?``, and the comma that is a slip for a colon."""
    match = _STOP.match(line.text, line.place, line.end)
    if not match or not (len(match[2]) == 1 or _ABBREVIATED.fullmatch(match[1]) or is_role_word(match[2].casefold())):
        return None
    return line.label(Shape.STOP, match.end(1), match.end())


def _sign(line: _Line) -> Candidate | None:
    """``I> What then?``: one word before a sign that is no colon; before one that prose has, too, a letter or role."""
    match = _SIGN.match(line.text, line.place, line.end) or _STROKE.match(line.text, line.place, line.end)
    if not match:
        return None
    is_short = len(match[1]) == 1 or (match[2] == ";" and _ABBREVIATED.fullmatch(match[1]))
    if match[2] in ";/~" and not is_short and not is_role_word(key_of(match[1])):
        return None
    return line.label(Shape.SIGN, match.end(1), match.end())


def _alone(line: _Line) -> Candidate | None:
    if line.end - line.place > LONGEST + 2:
        return None
    label = _DASH_LAST.sub("", line.text[line.place : line.end].rstrip())
    if not label or label[-1] in '.?!,;…-–—)"”’' or label[0] in "([":
        return None
    return line.label(Shape.ALONE, line.place + len(label), line.end)


def _bare(line: _Line, legend: Mapping[str, str]) -> Candidate | None:
    """Initials or a name of the legend with nothing but a space after it."""
    text, place = line.text, line.place
    match = _CAPITALS.match(text, place, line.end)
    if match:
        end = match.end(1)
        first = text.find(" ", place, end)
        if first > 0 and (key_of(text[place:first]) in legend or key_of(text[place:end]) not in legend):
            end = first
        if key_of(text[place:end]) not in ("i", "a") or not text[_spaces(text, end)].islower():
            return line.label(Shape.BARE, end, _after_dash(text, end))
    for words in (1, 2, 3):
        end = _word_end(text, place, words, line.end)
        key = key_of(text[place:end])
        named = end - place <= LONGEST and (key in legend or (words == 1 and is_role_word(key)))
        if named and end < line.end and not text[_spaces(text, end) :][:1].islower():
            return line.label(Shape.BARE, end, _after_dash(text, end))
    return None


def _after_dash(text: str, end: int) -> int:
    """A label of bare initials may for once have a dash after it."""
    match = _LONE_DASH.match(text, end)
    return match.end() if match else end


def _word_end(text: str, place: int, words: int, limit: int) -> int:
    for _ in range(words):
        space = text.find(" ", place + 1, limit)
        if space < 0:
            return limit
        place = space
    return place


_READINGS = (_chat, _timed, _colon, _bracket, _tab, _face, _dash, _stop, _sign, _alone)
