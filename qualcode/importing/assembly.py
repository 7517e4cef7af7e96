"""Putting the speech together: turns in order, what is no speech taken out, everything else kept at its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.core.values import Aside, AsideKind, Emphasis, Span, Turn
from qualcode.importing import timestamps
from qualcode.importing.source import Paragraph, joined, sliced, stripped

_TALK = (
    r"(?:the\s+)?(?:interview|recording|recorded\s+material|transcript|transcription|tape|audio|discussion|session|"
    r"meeting)"
)
_END = re.compile(
    rf"^\W*(?:(?:the\s+)?(?:end|start|beginning)\s+(?:of\s+)?(?:{_TALK}|part|side|file)\b|"
    rf"{_TALK}\s+(?:ends?|ended|stops?|stopped|concluded?|finishe[sd]|begins|starts?|started|paused|resumes?|resumed|continues)\b|"
    r"(?:ende|beginn) (?:der|des) (?:aufnahme|interviews)|fin de (?:l['’]entretien|l['’]enregistrement|la entrevista)|"
    r"tape \d|side [ab]\b)(?:[^.?]|[.?](?=\S)){0,60}\W*$",
    re.I,
)
_LAST = re.compile(r"^(?:\W*END\W*|\W+[Ee]nd\W+)$")
_NOTE = re.compile(
    r"^\s*(?!(?:I|We|You|He|She|It|They|And|But|So|Then)\s)(?:\(?[^\W\d_a-z][\w'’.\-]*\)?,?\s+){1,5}"
    r"(?:started|stopped) (?:transcription|recording)\s*$"
)
"""What Teams notes in a transcript when somebody presses the button."""

_CLOSE = re.compile(
    r"^\W*(?:(?:the\s+)?end\s+of\s+)?(?:the\s+)?"
    r"(?:interview|recording|recorded\s+material|transcript|transcription|discussion|meeting)"
    r"(?:\s+(?:ends?|ended|stops?|stopped|concluded?|finishe[sd])\b.{0,60})?[\W\d]*$",
    re.I,
)
_CREDIT = re.compile(
    r"^\W*(?:transcri(?:bed|pt|ption)\s+(?:by|from|provided|generated)\b.{0,70}|"
    r"this (?:editable )?transcript (?:was|is) (?:computer|machine|automatically)[- ]generated.{0,140})$",
    re.I,
)
_PAGE = re.compile(
    r"^\W*(?:page|seite|pagina|página|strona|tudalen)\s*\d{1,4}(?:\s*(?:/|of|von|de|di|z|o)\s*\d{1,4})?\W*$", re.I
)
_LONG = 600
"""Code points after which flowing words begin a new paragraph at the end of a sentence."""

_SENTENCE_ENDS = (".", "?", "!", "…", "。", "？")
_RULED = re.compile(r"^\s*(?:[-–—*=_#~+]{2,}\s*[^\n]{0,60}?\s*[-–—*=_#~+]{2,}|[-–—*=_#~+]{3,})\s*$")


def is_mark(text: str) -> bool:
    """Whether a line marks a place of the recording and says nothing: ``END OF INTERVIEW``, ``-- tape 2 --``."""
    return len(text) <= 200 and any(mark.match(text) for mark in (_END, _LAST, _NOTE, _CREDIT, _RULED, _PAGE))


def is_close(text: str) -> bool:
    """Whether a line says that the talk is over: ``END OF INTERVIEW``, ``[Recording ends]``."""
    return is_mark(text) and bool(_CLOSE.match(text) or _LAST.match(text) or (_NOTE.match(text) and "stopped" in text))


@dataclass(frozen=True, slots=True)
class Assembled:
    """The text of a transcript with what lies on it; ``speakers`` are labels in order of their first turn."""

    text: str
    speakers: tuple[str, ...]
    turns: tuple[Turn, ...]
    emphasis: tuple[Emphasis, ...]
    asides: tuple[Aside, ...]


class Assembly:
    """Takes the pieces of a source in order. ``round_times`` says that times stand in round brackets in this file."""

    def __init__(self, round_times: bool) -> None:
        self._round_times = round_times
        self._parts: list[Paragraph] = []
        self._gaps: list[str] = []
        self._turns: list[tuple[str, float | None, int]] = []
        self._next: tuple[str, float | None] | None = None
        self._asides: list[tuple[str, int]] = []
        self._length = 0

    @property
    def turn(self) -> int:
        """The number of the turn that the last words went to."""
        return len(self._turns) - 1

    @property
    def speaker(self) -> str | None:
        """Who is speaking now."""
        if self._next:
            return self._next[0]
        return self._turns[-1][0] if self._turns else None

    def open(self, speaker: str, at: float | None) -> None:
        """A turn begins; it is kept once something is said in it."""
        self._next = (speaker, at)

    def began(self, at: float) -> bool:
        """Whether a turn has begun that has no words and no time yet; it takes this one."""
        if not self._next or self._next[1] is not None:
            return False
        self._next = (self._next[0], at)
        return True

    def say(self, words: Paragraph, flows: bool) -> bool:
        """Words of the present turn; False if nothing was left of them without marks of time.

        Words that flow run on in the same paragraph, until it is long and a sentence has ended.
        """
        words = stripped(self._timeless(words))
        if not words.text:
            self._asides += [(n.text, len(self._parts)) for n in words.notes]
            return False
        if self._next:
            speaker, at = self._next
            self._turns.append((speaker, at, len(self._parts)))
            flows, self._next = False, None
        flows = flows and not (self._length > _LONG and self._parts[-1].text.endswith(_SENTENCE_ENDS))
        if self._parts:
            self._gaps.append(" " if flows else "\n")
        self._parts.append(words)
        self._length = len(words.text) + (self._length + 1 if flows else 0)
        return True

    def _timeless(self, words: Paragraph) -> Paragraph:
        for mark in reversed(timestamps.marks_in(words.text, self._round_times)):
            left = sliced(words, [Span(0, mark.span.start)])
            right = sliced(words, [Span(mark.span.end, len(words.text))])
            spaced = left.text[-1:].isspace() or right.text[:1].isspace()
            both = left.text[-1:].isalnum() and right.text[:1].isalnum()
            words = joined([_right_stripped(left), _left_stripped(right)], [" " if spaced or both else ""])
        return words

    def set_aside(self, line: Paragraph) -> None:
        """A line that is no speech, kept at its place with what hangs on it."""
        texts = (line.text.strip(), *(note.text for note in line.notes))
        self._asides += [(text, len(self._parts)) for text in texts if text]

    def finished(self) -> Assembled:
        if not self._parts:
            return Assembled("", (), (), (), ())
        whole = joined(self._parts, self._gaps)
        starts = [0]
        for part, gap in zip(self._parts, self._gaps, strict=False):
            starts.append(starts[-1] + len(part.text) + len(gap))
        notes = [Aside(n.kind, n.text, n.at) for n in whole.notes]
        headers = [
            Aside(AsideKind.HEADER, t, starts[p] if p < len(starts) else len(whole.text)) for t, p in self._asides
        ]
        asides = sorted([*notes, *headers], key=lambda a: a.at or 0)
        speakers = tuple(dict.fromkeys(speaker for speaker, _, _ in self._turns))
        turns = self._spans(speakers, starts, len(whole.text))
        return Assembled(whole.text, speakers, turns, whole.emphasis, tuple(asides))

    def _spans(self, speakers: Sequence[str], starts: Sequence[int], end: int) -> tuple[Turn, ...]:
        firsts = [part for _, _, part in self._turns]
        ends = [*(starts[part] - 1 for part in firsts[1:]), end]
        return tuple(
            Turn(speakers.index(speaker), Span(starts[part], stop), at)
            for (speaker, at, part), stop in zip(self._turns, ends, strict=True)
        )


def _right_stripped(part: Paragraph) -> Paragraph:
    return sliced(part, [Span(0, len(part.text.rstrip()))])


def _left_stripped(part: Paragraph) -> Paragraph:
    return sliced(part, [Span(len(part.text) - len(part.text.lstrip()), len(part.text))])
