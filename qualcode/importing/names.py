"""What the name of a file says about its interview."""

from __future__ import annotations

import re

from qualcode.core.values import InterviewFacts
from qualcode.errors import UserError
from qualcode.importing import dates

_FIELDS = {
    "wave": r"[Ww]?(?:ave)?[ _\-]?\d{1,2}|\w+?",
    "participant": r"[^/\\]+?",
    "date": r"[\d][\d\-._/ ]*\d|\d{1,2}[ \-_.]?[^\W\d_]+[ \-_.,]*\d{2,4}|[^\W\d_]+[ \-_]\d{1,2}[ \-_,]+\d{4}",
    "interviewer": r"[^/\\]+?",
    "title": r"[^/\\]+?",
    "mode": r"[^\W\d_]+?",
    "*": r".*?",
}
_FIELD = re.compile(r"\{(\w+|\*)\}")
_EXTENSION = re.compile(r"\.(?:docx?|odt|rtf|txt|md|vtt|srt|html?|pdf)$", re.I)
_WAVE = re.compile(
    r"(?<![^\W_])(?:wave|round|phase|welle|runde|vague|w|r(?=\d[ _\-]+[A-Z]))[ _\-]?(\d{1,2})(?![\d])", re.I
)
_LETTERS = {"p": "P", "s": "S", "r": "R", "id": "ID", "t": "T"}
_PARTICIPANT = re.compile(
    r"(?<![^\W_])(?:(?:participant|respondent|interviewee|part|resp|pupil|student)[ _\-]?(?P<number>\d{1,4}[a-z]?)"
    r"|(?P<letter>[PSRT]|ID)[ _\-]?(?P<code>\d{1,4}[a-z]?))(?![^\W_])",
    re.I,
)
_NUMBER = re.compile(r"(?<![^\W_])(?:interview|int|iv|transcript)[ _\-]?(?P<number>\d{1,4}[a-z]?)(?![^\W_])", re.I)
_MODE = re.compile(
    r"(?<![^\W_])(zoom|teams|telephone|phone|face[ _\-]to[ _\-]face|in[ _\-]person|online|skype|email)(?![^\W_])", re.I
)


def facts_from_name(name: str, pattern: str | None = None) -> InterviewFacts:
    """Wave, participant and date from a file name such as ``W2_P07_2018-01-15.docx`` or ``P07 wave 2.docx``.

    ``pattern`` is the analyst's own, with fields in braces: ``{wave}_{participant}_{date}``; ``{*}`` stands for
    anything. The fields are wave, participant, date, interviewer, title and mode. A name that does not fit the pattern
    says nothing. Raises :class:`UserError` for a pattern with an unknown field.
    """
    stem = without_suffix(name.replace("\\", "/").rpartition("/")[2]).strip()
    return _by_pattern(stem, pattern) if pattern else _by_habit(stem)


def without_suffix(name: str) -> str:
    """A file's name without the ending that says what format it is."""
    return _EXTENSION.sub("", name)


def wave_in(text: str) -> str | None:
    """The number of the wave that ``text`` names in words: ``wave 2``, ``Round 1``."""
    match = _WAVE.search(text)
    return _wave_number(match[0]) if match and match[0][1:2].isalpha() else None


def _by_pattern(stem: str, pattern: str) -> InterviewFacts:
    match = _compiled(without_suffix(pattern)).fullmatch(stem)
    found = {key: value.strip(" _-") for key, value in match.groupdict().items() if value} if match else {}
    wave = found.get("wave", "")
    return InterviewFacts(
        title=found.get("title"),
        date=dates.date_in(found.get("date", "")),
        interviewer=found.get("interviewer"),
        participants=(found["participant"],) if found.get("participant") else (),
        wave=_wave_number(wave) or wave or None,
        mode=found.get("mode"),
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    parts, at, seen = [], 0, set()
    for field in _FIELD.finditer(pattern):
        name = field[1]
        if name not in _FIELDS or (name in seen and name != "*"):
            known = ", ".join("{" + f + "}" for f in _FIELDS)
            raise UserError(
                f"The file name pattern has {field[0]}, which cannot be used there. Its fields are {known}."
            )
        seen.add(name)
        parts.append(re.escape(pattern[at : field.start()]))
        parts.append(_FIELDS[name] if name == "*" else f"(?P<{name}>{_FIELDS[name]})")
        at = field.end()
    return re.compile("".join(parts) + re.escape(pattern[at:]), re.I)


def _wave_number(text: str) -> str | None:
    match = re.search(r"\d+", text)
    return match[0].lstrip("0") or "0" if match else None


def _by_habit(stem: str) -> InterviewFacts:
    date = dates.date_in(stem)
    place = dates.date_place(stem)
    rest = f"{stem[: place[0]]} {stem[place[1] :]}" if place else stem
    wave = _WAVE.search(rest)
    if wave:
        rest = f"{rest[: wave.start()]} {rest[wave.end() :]}"
    mode = _MODE.search(rest)
    numbered = _NUMBER.search(rest)
    return InterviewFacts(
        title=numbered[0].replace("_", " ") if numbered else None,
        date=date,
        participants=tuple(dict.fromkeys(_participants(rest))),
        wave=_wave_number(wave[1]) if wave else None,
        mode=re.sub(r"[_\-]", " ", mode[1]).lower() if mode else None,
    )


def _participants(text: str) -> list[str]:
    """The participants' codes; those of one letter only, since ``S14_R2`` is one student and no two."""
    found = []
    for match in _PARTICIPANT.finditer(text):
        letter = "P" if match["number"] else _LETTERS[match["letter"].lower()]
        found.append(letter + (match["number"] or match["code"]))
    return [code for code in found if code.rstrip("0123456789abcdefgh") == found[0].rstrip("0123456789abcdefgh")]
