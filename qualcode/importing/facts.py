"""What a transcript says about its interview: the facts in header lines, and the people they name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from qualcode.core.values import InterviewFacts
from qualcode.importing import dates, lexicon
from qualcode.importing.assembly import is_mark
from qualcode.importing.labels import key_of, plausibility
from qualcode.importing.names import wave_in, without_suffix
from qualcode.importing.source import Paragraph

LONGEST = 300
"""Code points of a line that may state a fact or explain a label."""

TITLES = frozenset(["dr", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "sir", "rev"])
_PARTS = re.compile(r"\t+|\s{3,}|\s\|\s|;\s+(?=[^\W\d_]+\s*:)")
_PAIR = re.compile(r"^\W{0,8}([^:：=\t]{1,40}?)\s*(?:[:：=]|\t+|\s[-–—]\s)\s*(\S.*)$")
_NAME = r"[^\W\d_a-z][\w'’.\-]*(?:\s(?!and\b)(?:(?:de|van|von|der|la)\s)?[^\W\d_a-z][\w'’.\-]*){0,3}"
_NAMES = rf"{_NAME}(?:(?:\s*,\s*|\s*,?\s*(?:and|und|et|y|&)\s+){_NAME})*"
_INTERVIEWER_IS = re.compile(
    rf"(?:[Ii]nterviewers?(?:\s+(?:is|was|are|were)\s|:\s|\s\()|(?:[Ii]nterview(?:ed)?|[Cc]onducted) by\s)\s*({_NAMES})"
)
_CALLED = re.compile(rf"({_NAME})\s*[(–-]\s*(?i:interviewer|facilitator|moderator|researcher)\b")
_INTERVIEW_WITH = re.compile(rf"[Ii]nterview with\s+({_NAMES})")
_PARTICIPANT_CODE = re.compile(r"\b(?:Participant|Respondent|Interviewee)\s+#?([A-Z]{0,3}\d{1,4}[a-z]?)\b")
_NO_NAME = frozenset(
    ["pseudonym", "real name", "anonymous", "name withheld", "final", "draft", "unknown", "n/a", "none"]
)
_SEPARATOR = re.compile(r"\s*(?:[,;/&]|\band\b|\bund\b|\bet\b)\s*")


def facts_in(text: str) -> list[tuple[str, str]]:
    """The ``Key: value`` pairs of a line whose keys belong in a header."""
    found: list[tuple[str, str]] = []
    if len(text) > LONGEST:
        return found
    for part in [*_PARTS.split(text), text]:
        match = _PAIR.match(part) if not found or part != text else None
        if match and header_key(match[1]) in lexicon.HEADER_KEYS and len(match[2].split()) <= 25:
            found.append((match[1].strip(), " ".join(match[2].split())))
    return found


def header_key(key: str) -> str:
    plain = re.sub(r"\s*\(.*?\)", "", key).replace("_", " ").strip(" .#*-–").casefold()
    return re.sub(r"['’]s name$", "", plain)


def is_name(value: str) -> bool:
    """A name, several names or a code; no words of speech."""
    parts = [p for p in _SEPARATOR.split(value.strip()) if p]
    if not parts or value.rstrip()[-1:] in "?!…" or (value.rstrip().endswith(".") and len(value.split()) > 3):
        return False
    return all(plausibility(re.sub(r"\s*\(.*?\)$", "", part).strip(" .")) >= 0.6 or _is_trait(part) for part in parts)


def _is_trait(part: str) -> bool:
    return bool(re.fullmatch(r"\s*(?:fe)?male|[fm]|\d{2}|aged? \d+|\d+ years?(?: old)?", part.strip().casefold()))


def is_full_name(value: str) -> bool:
    return len(value.split()) > 1 or any(c.isdigit() for c in value)


def names_in(value: str) -> tuple[str, ...]:
    """The people that a header's value names."""
    parts = (without_suffix(part.strip(" .")) for part in _SEPARATOR.split(value))
    return tuple(p for p in parts if p and p.casefold() not in _NO_NAME)


def facts_of(lines: Sequence[Paragraph], stated: Iterable[tuple[str, str]]) -> tuple[InterviewFacts, set[int]]:
    """The facts that header lines and the format itself state, and which of the lines said nothing else."""
    gathered = _Gathered()
    for key, value in stated:
        gathered.put(key, value)
    for number, line in enumerate(lines):
        gathered.line(number, line)
    return gathered.facts(), gathered.understood


class _Gathered:
    def __init__(self) -> None:
        self.understood: set[int] = set()
        self._values: dict[str, list[str]] = {}
        self._others: list[tuple[str, str]] = []
        self._prose: list[str] = []

    def put(self, key: str, value: str) -> None:
        which = lexicon.HEADER_KEYS.get(header_key(key))
        if which in (None, "other", "time", "location", "speakers"):
            if which is not None:
                self._others.append((key, value))
        else:
            self._values.setdefault(which, []).append(value)

    def line(self, number: int, line: Paragraph) -> None:
        text = line.text.strip()
        pairs = facts_in(text)
        if pairs:
            self.understood.add(number)
            for key, value in pairs:
                self.put(key, value)
            return
        if dates.is_duration(text):
            self._values.setdefault("duration", []).append(text)
            self.understood.add(number)
            return
        if is_mark(text):
            return
        self._prose.append(text)
        is_title = (number == 0 or line.heading) and line.cell is None
        if is_title and "title" not in self._values and len(text.split()) <= 20 and not text.endswith((".", "?", "!")):
            self._values["title"] = [text]
            self.understood.add(number)

    def facts(self) -> InterviewFacts:
        return InterviewFacts(
            title=self._first("title"),
            date=next((d for d in map(dates.date_in, [*self._values.get("date", ()), *self._prose]) if d), None),
            interviewer=self._interviewer(),
            participants=self._participants() or self._guests(),
            wave=self._first("wave") or self._wave(),
            mode=self._first("mode"),
            duration_seconds=self._duration(),
            others=tuple(self._others),
        )

    def _wave(self) -> str | None:
        """The wave that the title or a short line names."""
        short = [text for text in [*self._values.get("title", ()), *self._prose] if len(text.split()) <= 12]
        return next((wave for wave in map(wave_in, short) if wave), None)

    def _first(self, which: str) -> str | None:
        return next(iter(self._values.get(which, ())), None)

    def _interviewer(self) -> str | None:
        stated = self._values.get("interviewer")
        if stated:
            return ", ".join(dict.fromkeys(v for v in stated if v.casefold() not in _NO_NAME)) or None
        named = [m[1].strip(" .") for text in self._prose if (m := _INTERVIEWER_IS.search(text))]
        called = [m[1] for _, text in self._others if (m := _CALLED.search(text))]
        return next(iter([*named, *called]), None)

    def _participants(self) -> tuple[str, ...]:
        found = [name for value in self._values.get("participant", ()) for name in names_in(value)]
        for text in self._prose if not found else ():
            for pattern in (_PARTICIPANT_CODE, _INTERVIEW_WITH):
                found += [name for m in pattern.finditer(text) for name in names_in(m[1])]
            if dates.date_in(text) and dates.duration_in(text):
                last = re.split(r"\s[-–—]\s", text)[-1]
                found += names_in(last) if is_name(last) and not dates.duration_in(last) else ()
        return tuple(dict.fromkeys(found))

    def _guests(self) -> tuple[str, ...]:
        """Those named as speakers beside an interviewer named as such."""
        people = [v for key, v in self._others if lexicon.HEADER_KEYS[header_key(key)] == "speakers"]
        return tuple(dict.fromkeys(n for v in people for n in names_in(v))) if "interviewer" in self._values else ()

    def _duration(self) -> int | None:
        for value in self._values.get("duration", ()):
            if (seconds := dates.duration_in(value)) is not None:
                return seconds
        dated = [text for text in self._prose if dates.date_in(text)]
        bulleted = [text.rpartition("•")[2] for text in dated if "•" in text]
        return next((s for text in [*dated, *bulleted] if (s := dates.duration_in(text))), None)


def is_person(label: str, name: str) -> bool:
    """Whether a speaker's label stands for the person of that name: in full, by first or last name, or by initials."""
    key, person = key_of(label), key_of(name)
    if not key or not person:
        return False
    tokens = [t for t in re.split(r"[\s.\-]+", person) if t and t not in TITLES]
    parts = [t for t in re.split(r"[\s.\-]+", key) if t and t not in TITLES]
    if not tokens or not parts:
        return False
    initials = "".join(t[0] for t in tokens)
    return (
        key == person
        or (len(parts) > 1 and (set(parts) <= set(tokens) or set(tokens) <= set(parts)))
        or (len(parts) == 1 and len(key) > 2 and key in (tokens[0], tokens[-1]))
        or (len(tokens) == 1 and len(person) > 2 and person in (parts[0], parts[-1]))
        or (len(tokens) > 1 and key.replace(".", "").replace(" ", "") in (initials, initials[0] + initials[-1]))
    )
