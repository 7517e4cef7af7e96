"""Landing what was imported: which wave a transcript belongs to, whose voices it holds, what its interview is called.

:func:`propose` says where a transcript would go, from its header, its labels and its name; the analyst may change any
of it; :func:`land` puts it there. People are spoken of by pseudonym and name until then, so that two files of one batch
can speak of the same new person. :class:`Roster` is the one rule for who is whom.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from qualcode.core.corrections import Correction
from qualcode.core.rows import InterviewRow, ParticipantRow, WaveRow
from qualcode.core.transcripts import Placement
from qualcode.core.values import InterviewFacts, InterviewId, ParticipantId, Role, Transcript, WaveId

if TYPE_CHECKING:
    from qualcode.core.project import Project

_CODE_NAME = re.compile(r"([A-Za-z]{1,4})[-_ ]?0*(\d{1,4}[a-z]?)")
_NO_NAME = re.compile(
    r"(?:participants?|respondents?|interviewees?|informants?|speakers?|subject|person|unknown|guest|member|male|female"
    r"|man|woman|r|p|a|s|x|ie|res|resp|part)\W*\d*",
    re.IGNORECASE,
)
_LISTED = re.compile(r"[A-Za-z]{1,2}[-_ ]?(?:0\d+|\d{2,})")
_NO_INTERVIEWER = re.compile(
    r"(?:interviewers?|int|intv|intr|interv|moderator|mod|facilitator|fac|researchers?|res|evaluator|host|speakers?)\W*\d*",
    re.IGNORECASE,
)
_MANY_PEOPLE = 4
_SAME_TEXT = 0.5


@dataclass(frozen=True, slots=True)
class Who:
    """A participant as an import speaks of them: by pseudonym, by real name, by both; by neither, somebody new."""

    pseudonym: str = ""
    name: str = ""


NEW = Who()


@dataclass(frozen=True, slots=True)
class Wish:
    """Where an imported transcript shall go.

    ``facts`` are the interview's, whoever said so. ``people`` are behind the labels; a label that is not there, or is
    nobody's, stays a voice of its own. Without a ``title`` the interview is called by its people and its wave.
    """

    facts: InterviewFacts = field(default_factory=InterviewFacts)
    people: Mapping[str, Who] = field(default_factory=dict)
    title: str = ""


class Roster:
    """The participants of a project, and those that an import adds to them."""

    def __init__(self, people: Iterable[ParticipantRow] = ()) -> None:
        self._people: list[Who] = []
        self._places: dict[tuple[str, ...], Who] = {}
        self._highest = 0
        for row in people:
            self._add(Who(row.pseudonym, row.name))

    def find(self, who: Who) -> Who | None:
        """The participant of this pseudonym (``P7`` is ``P07``), or else of this very name."""
        if who.pseudonym:
            return self._at("pseudonym", who.pseudonym) or self._places.get(("code", *_code(who.pseudonym)))
        return (self._at("name", who.name) or self._at("pseudonym", who.name)) if who.name else None

    def alike(self, name: str) -> list[Who]:
        """Those whose known name shares a word or the initials with ``name``: they could be meant."""
        return [p for p in self._people if alike(name, p.name) and not same(p.name, name)]

    def seat(self, who: Who) -> Who:
        """The participant of this pseudonym or name, added when new with the next free ``P01``, ``P02``, ..."""
        return self.find(who) or self._add(Who(who.pseudonym or f"P{self._highest + 1:02d}", who.name))

    def _at(self, what: str, text: str) -> Who | None:
        return self._places.get((what, _plain(text)))

    def _add(self, who: Who) -> Who:
        self._people.append(who)
        self._places.setdefault(("pseudonym", _plain(who.pseudonym)), who)
        if who.name:
            self._places.setdefault(("name", _plain(who.name)), who)
        if code := _code(who.pseudonym):
            self._places.setdefault(("code", *code), who)
        if match := re.fullmatch(r"P(\d+)", who.pseudonym):
            self._highest = max(self._highest, int(match[1]))
        return who


def seated(people: Iterable[ParticipantRow], wishes: Sequence[Wish]) -> list[Wish]:
    """The wishes with a pseudonym for everybody in them, those that an import in this order would give.

    Who was given a pseudonym anywhere in the batch has it first, so that the next free ones do not take it.
    """
    roster = Roster(people)
    for wish in wishes:
        for who in wish.people.values():
            if who.pseudonym:
                roster.seat(who)
    return [replace(w, people={label: roster.seat(who) for label, who in w.people.items()}) for w in wishes]


# --- proposing ---------------------------------------------------------------------------------------------------


def propose(transcript: Transcript, from_name: InterviewFacts | None = None) -> Wish:
    """Where a transcript would go by what its file says; what the header leaves open is taken from the file's name."""
    facts = joined(transcript.facts, from_name or InterviewFacts())
    if facts.duration_seconds is None:
        facts = replace(facts, duration_seconds=_last_moment(transcript))
    if not facts.interviewer:
        facts = replace(facts, interviewer=_named_interviewers(transcript))
    names = called(replace(transcript, facts=facts))
    return Wish(facts, {label: spoken_of(name) for label, name in names.items()})


def joined(first: InterviewFacts, second: InterviewFacts) -> InterviewFacts:
    """What ``first`` says, and what ``second`` says of the rest."""
    return InterviewFacts(**{f.name: getattr(first, f.name) or getattr(second, f.name) for f in fields(InterviewFacts)})


def called(transcript: Transcript) -> dict[str, str]:
    """What the participant behind each label is called: a pseudonym such as P07, a name, or nothing known.

    The header's participants are taken where they fit the labels one to one; else the label itself, if it is more
    than *Participant*, *R* or *P1*.
    """
    labels = [s.label for s in transcript.speakers if s.role is not Role.INTERVIEWER]
    stated = transcript.facts.participants
    if len(stated) == len(labels):
        by_label = {label: name for label in labels for name in stated if same(label, name)}
        if len(by_label) == len(labels):
            return by_label
        if len(labels) == 1 or all(_NO_NAME.fullmatch(label) for label in labels):
            return dict(zip(labels, stated, strict=True))
    return {label: "" if _says_nothing(label) else label for label in labels}


def _says_nothing(label: str) -> bool:
    """Whether a label names nobody: ``R``, ``P1`` and ``Speaker 2`` do not, a number of a list such as ``P01`` does."""
    return not label or bool(_NO_NAME.fullmatch(label) and not _LISTED.fullmatch(label))


def spoken_of(name: str) -> Who:
    """A participant as a file speaks of them: ``P07`` is a pseudonym, anything else a name."""
    if _CODE_NAME.fullmatch(name):
        return Who(pseudonym=name)
    return Who(name=name)


class Twins:
    """The interviews of which a file may be another version: of the same file name, or of one wave and its people."""

    def __init__(self, interviews: Iterable[InterviewRow]) -> None:
        self._by_name: dict[str, InterviewRow] = {}
        self._by_people: dict[tuple[WaveId | None, frozenset[ParticipantId]], InterviewRow] = {}
        for interview in interviews:
            self._by_name.setdefault(_plain(interview.source_name), interview)
            self._by_people.setdefault((interview.wave_id, frozenset(interview.participant_ids)), interview)

    def find(
        self, source_name: str, wave_id: WaveId | None, people: Iterable[ParticipantId] = ()
    ) -> InterviewRow | None:
        """The twin; ``people`` is empty when they are not all known."""
        everybody = frozenset(people)
        found = self._by_name.get(_plain(source_name))
        return found or (self._by_people.get((wave_id, everybody)) if everybody else None)


def is_version_of(new: str, old: str) -> bool:
    """Whether two texts are versions of one: most paragraphs of the shorter one stand in the other word for word."""
    ours, theirs = ({line.strip() for line in text.split("\n") if line.strip()} for text in (new, old))
    return len(ours & theirs) > _SAME_TEXT * min(len(ours), len(theirs)) if ours and theirs else False


# --- landing -----------------------------------------------------------------------------------------------------


def land(
    project: Project, transcript: Transcript, wish: Wish | None = None, *, group: str | None = None
) -> InterviewId:
    """Land one imported transcript as it was wished, or as :func:`propose` has it, in one step.

    Steps with the same ``group`` are undone together. Raises UserError if the file is in the project already.
    """
    wish = wish or propose(transcript)
    with project.step(f"Import {transcript.source_name}", group=group):
        return project.transcripts.add(transcript, _placement(project, transcript, wish))


def follow(
    project: Project,
    interview: InterviewRow,
    transcript: Transcript,
    wish: Wish | None = None,
    *,
    group: str | None = None,
) -> Correction:
    """Land one imported transcript as the new version of an interview, in one step.

    Its facts stay as they are in the project; only voices with a new label are matched as it was wished.
    """
    wish = wish or propose(transcript)
    with project.step(f"New version of {interview.title}", group=group):
        known = {s.label for s in project.transcripts.speakers(interview.transcript_id)}
        new = {label: who for label, who in wish.people.items() if label not in known}
        return project.transcripts.correct(interview.transcript_id, transcript, _people(project, new))


def wave_named(waves: Iterable[WaveRow], stated: str) -> WaveRow | None:
    """The wave that a file means by ``stated``: one of this name, or the only one with this number in its name."""
    waves = list(waves)
    for name in (stated.strip(), _wave_name(stated)):
        known = next((wave for wave in waves if same(wave.name, name)), None)
        if known is not None:
            return known
    number = re.search(r"\d+", _wave_name(stated))
    numbered = [w for w in waves if number and (m := re.search(r"\d+", w.name)) and int(m[0]) == int(number[0])]
    return numbered[0] if len(numbered) == 1 else None


def wave_for(project: Project, stated: str) -> WaveId:
    """The wave that is meant by ``stated``, added when there is none."""
    known = wave_named(project.waves.all(), stated)
    return known.id if known else project.waves.add(_wave_name(stated))


def title_of(pseudonyms: Sequence[str], wave: str) -> str:
    """``P07 · Wave 2``: pseudonyms, not the file's name, which may hold a person's."""
    shown = list(dict.fromkeys(pseudonyms))
    if len(shown) > _MANY_PEOPLE:
        shown = [f"{shown[0]} and {len(shown) - 1} others"]
    return " · ".join(part for part in (", ".join(shown), wave) if part)


def same(one: str, other: str) -> bool:
    """Whether two names are one, but for capitals and spaces."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def alike(name: str, other: str) -> bool:
    """Whether two names share a word, or one is the other's initials: ``Bev`` or ``BS`` and ``Bev Stannard``."""
    one, two = _parts(name), _parts(other)
    if not one or not two:
        return False
    return any(len(part) > 2 and part in two for part in one) or _abbreviate(one, two) or _abbreviate(two, one)


def _abbreviate(short: Sequence[str], long: Sequence[str]) -> bool:
    initials = "".join(part[0] for part in long)
    return len(long) > 1 and "".join(short) in (initials, initials[0] + initials[-1])


def _placement(project: Project, transcript: Transcript, wish: Wish) -> Placement:
    facts = wish.facts
    wave_id = wave_for(project, facts.wave) if facts.wave else None
    people = _people(project, wish.people)
    return Placement(
        title=wish.title or _title(project, transcript, wish, wave_id, list(people.values())),
        wave_id=wave_id,
        held_on=facts.date,
        mode=facts.mode or "",
        duration_seconds=facts.duration_seconds,
        interviewer=facts.interviewer or "",
        people=people,
    )


def _people(project: Project, wished: Mapping[str, Who]) -> dict[str, ParticipantId]:
    """The participant behind each label, added when new."""
    rows = project.people.all()
    ids, roster = {row.pseudonym: row.id for row in rows}, Roster(rows)
    for who in wished.values():
        if who.pseudonym:
            roster.seat(who)
    found = {}
    for label, who in wished.items():
        person = roster.seat(who)
        if person.pseudonym not in ids:
            ids[person.pseudonym] = project.people.add(person.pseudonym, person.name)
        found[label] = ids[person.pseudonym]
    return found


def _wave_name(stated: str) -> str:
    return f"Wave {int(stated)}" if stated.strip().isdigit() else stated.strip()


def _title(
    project: Project, transcript: Transcript, wish: Wish, wave_id: WaveId | None, people: list[ParticipantId]
) -> str:
    pseudonyms = {p.id: p.pseudonym for p in project.people.all()}
    waves = {w.id: w.name for w in project.waves.all()}
    base = title_of([pseudonyms[p] for p in people], waves[wave_id] if people and wave_id else "")
    base = base or wish.facts.title or PurePath(transcript.source_name).stem
    taken = project.transcripts.titles()
    title, number = base, 2
    while title in taken:
        title, number = f"{base} ({number})", number + 1
    return title


def _named_interviewers(transcript: Transcript) -> str | None:
    """The interviewers by their labels, where these are names."""
    labels = [s.label.strip() for s in transcript.speakers if s.role is Role.INTERVIEWER]
    return ", ".join(label for label in labels if len(label) > 2 and not _NO_INTERVIEWER.fullmatch(label)) or None


def _last_moment(transcript: Transcript) -> int | None:
    moments = [turn.at for turn in transcript.turns if turn.at is not None]
    return int(max(moments)) if moments else None


def _code(pseudonym: str) -> tuple[str, ...]:
    """What tells ``P07``, ``p7`` and ``P-07`` from other pseudonyms, but not from one another; empty for a name."""
    match = _CODE_NAME.fullmatch(pseudonym.strip())
    return tuple(part.casefold() for part in match.groups()) if match else ()


def _parts(name: str) -> list[str]:
    return [part for part in re.split(r"[\s.\-]+", name.casefold()) if part]
