"""The review of what may identify somebody: found over the whole project, kept there, decided on by the register."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from qualcode.anonymise import lists, model, patterns
from qualcode.anonymise.candidates import Tier
from qualcode.anonymise.casing import remarks
from qualcode.anonymise.find import Proposal, Sighting, propose
from qualcode.anonymise.guess import TITLES
from qualcode.anonymise.kinds import HOUSE_RULES, Kind, Treatment
from qualcode.anonymise.matching import Matcher
from qualcode.anonymise.pseudonyms import Pseudonyms
from qualcode.anonymise.register import Here, Identifier, NotHere, Register, small_words
from qualcode.anonymise.replace import default
from qualcode.anonymise.tokens import Tokens, folded_word
from qualcode.core.identifiers import IDENTIFIER
from qualcode.core.pieces import Pieces, in_handfuls
from qualcode.core.progress import Progress
from qualcode.core.project import Project
from qualcode.core.rows import IdentifierRow, MentionRow
from qualcode.core.values import Passage, Span, TranscriptId

RULES = "anonymity"
"""The setting with this project's own house rules: what is done with a kind, and the words put in for it."""

REMOVED = "[...]"
"""What is left of something removed."""

OnProgress = Callable[[Progress], None]


# --- finding -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Search:
    """What is to be looked through, as values: it may run on any thread."""

    passages: tuple[Passage, ...]
    titles: Mapping[TranscriptId, str]
    names: tuple[str, ...]
    pseudonyms: tuple[str, ...]

    def run(self, progress: OnProgress = lambda _: None, cancelled: Callable[[], bool] = lambda: False) -> Found:
        """Everything that may identify somebody, the most telling first. Raises Cancelled when ``cancelled``."""
        proposals = propose(self.passages, self.names, model.installed(), progress, cancelled, self.pseudonyms)
        usual = small_words(p.text for p in self.passages)
        words = {w for p in proposals for text in (p.text, *p.forms) for w in _plain(text).split()}
        return Found(
            proposals,
            tuple(p.transcript_id for p in self.passages),
            frozenset(self.names),
            {w: usual[w] for w in sorted(words) if w in usual},
            remarks(self.passages, {str(t): title for t, title in self.titles.items()}),
        )


@dataclass(frozen=True)
class Found:
    """What was found, in which transcripts and with which names of the metadata in mind.

    ``small_words`` says how often the project writes the words of the proposals in lower case; ``remarks`` are
    sentences about transcripts in which names are hard to find.
    """

    proposals: tuple[Proposal, ...] = ()
    transcripts: tuple[TranscriptId, ...] = ()
    names: frozenset[str] = frozenset()
    small_words: Mapping[str, int] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    def covers(self, transcripts: Iterable[TranscriptId], names: Iterable[str]) -> bool:
        """Whether all of these transcripts were looked through, with all of these names in mind."""
        return set(transcripts) <= set(self.transcripts) and self.names.issuperset(names)


def search(project: Project) -> Search:
    """What is to be looked through in a project: all current transcripts, with the names in its metadata."""
    return _search(project, project.transcripts.texts())


def search_in_pieces(project: Project) -> Pieces[Search]:
    """As :func:`search`, a few transcripts at a time."""
    texts: dict[TranscriptId, str] = {}
    for few in in_handfuls(project.transcripts.interviews(), 5):
        texts.update((i.transcript_id, project.transcripts.text(i.transcript_id)) for i in few)
        yield
    return _search(project, texts)


def _search(project: Project, texts: Mapping[TranscriptId, str]) -> Search:
    interviews = project.transcripts.interviews()
    passages = (Passage(key, text, (), ()) for key, text in texts.items())
    given = (
        row.replacement for row in project.identifiers.all() if row.kind == Kind.PERSON and "[" not in row.replacement
    )
    titles = {i.transcript_id: i.title for i in interviews}
    return Search(tuple(passages), titles, known_names(project), tuple(given))


def known_names(project: Project) -> tuple[str, ...]:
    """The real names in the project's metadata: of participants and interviewers."""
    interviewers = (i.interviewer for i in project.transcripts.interviews())
    names = {*(p.name for p in project.people.all()), *interviewers}
    return tuple(sorted(filter(str.strip, names)))


def keep(project: Project, found: Found) -> None:
    """Keep what a search found in the project. It is no act: undo passes over it."""
    number = {transcript_id: n for n, transcript_id in enumerate(found.transcripts)}
    project.identifiers.keep_found(
        {
            "transcripts": list(found.transcripts),
            "names": sorted(found.names),
            "small_words": dict(found.small_words),
            "remarks": list(found.remarks),
            "strings": [_as_json(p, number) for p in found.proposals],
        }
    )


def kept(project: Project) -> Found:
    """What was kept last; places in transcripts that are no longer current are left out."""
    return found_in(project.identifiers.found(), {i.transcript_id for i in project.transcripts.interviews()})


def found_in(stored: Mapping[str, Any], current: Set[TranscriptId]) -> Found:
    """What was kept as ``stored``, over the ``current`` transcripts. On any thread."""
    if not stored:
        return Found()
    ids = [TranscriptId(t) for t in stored["transcripts"]]
    read = ((p, _from_json(p, ids, current)) for p in stored["strings"])
    return Found(
        tuple(proposal for p, proposal in read if proposal.count or not p["places"]),
        tuple(ids),
        frozenset(stored["names"]),
        stored["small_words"],
        tuple(stored["remarks"]),
    )


def _as_json(p: Proposal, number: Mapping[TranscriptId, int]) -> dict[str, Any]:
    places = [[number[s.transcript_id], s.span.start, s.span.end] for s in p.sightings]
    plain = {"text": p.text, "kind": p.kind, "tier": p.tier, "danger": p.danger, "treatment": p.treatment}
    return plain | {"replacement": p.replacement, "forms": list(p.forms), "reason": p.reason, "places": places}


def _from_json(stored: Mapping[str, Any], ids: Sequence[TranscriptId], current: Set[TranscriptId]) -> Proposal:
    places = tuple(Sighting(ids[n], Span(start, end)) for n, start, end in stored["places"] if ids[n] in current)
    return Proposal(
        stored["text"],
        Kind(stored["kind"]),
        Tier(stored["tier"]),
        len(places),
        places,
        stored["danger"],
        Treatment(stored["treatment"]),
        stored["replacement"],
        tuple(stored["forms"]),
        stored["reason"],
    )


# --- deciding ------------------------------------------------------------------------------------------------------


def undecided(register: Register, proposals: Iterable[Proposal]) -> list[Proposal]:
    """The proposals that the register does not settle yet.

    It settles what it calls harmless, what it would replace in whole (in any spelling, or as parts of a longer
    string with only ordinary words between: *Ken and Bev*), and what was decided upon place by place.
    """
    matcher = Matcher(register)
    return [p for p in _not_excused(register, proposals) if not _covered(matcher, p)]


def still_undecided(register: Register, new: Iterable[Identifier], proposals: Iterable[Proposal]) -> list[Proposal]:
    """The same, when ``proposals`` were undecided before ``new`` identifiers came: in a fraction of the time."""
    newly = Matcher(Register(tuple(new), small_words=register.small_words))
    left = _not_excused(register, proposals)
    touched = {n for n, p in enumerate(left) if newly.find(p.text, bare=False)}
    halves = [p for n, p in enumerate(left) if n in touched and not _covered(newly, p)]
    kept_on = {id(p) for p in undecided(register, halves)} if halves else set()
    return [p for n, p in enumerate(left) if n not in touched or id(p) in kept_on]


def _not_excused(register: Register, proposals: Iterable[Proposal]) -> list[Proposal]:
    """The proposals that neither are called harmless nor were decided upon at each of their places."""
    harmless = {_plain(words) for words in register.harmless}
    excepted: dict[TranscriptId, list[Span]] = {}
    for place in register.places:
        excepted.setdefault(place.transcript_id, []).append(place.span)

    def everywhere(p: Proposal) -> bool:
        at = (any(span.overlaps(s.span) for span in excepted.get(s.transcript_id, ())) for s in p.sightings)
        return bool(excepted and p.sightings) and all(at)

    return [p for p in proposals if _plain(p.text) not in harmless and not everywhere(p)]


def _covered(matcher: Matcher, p: Proposal) -> bool:
    mentions = matcher.find(p.text, bare=False)
    if not mentions:
        return False
    if p.kind in patterns.SHAPED:
        return sum(len(m.span) for m in mentions) >= len(p.text)
    left, at = [], 0
    for mention in mentions:
        left.append(p.text[at : mention.span.start])
        at = mention.span.end
    words = (word for part in (*left, p.text[at:]) for word in Tokens(part).words)
    return all(lists.ordinary(word) or folded_word(word) in TITLES for word in words)


def _plain(text: str) -> str:
    return " ".join(map(folded_word, Tokens(text).words))


@dataclass(frozen=True, slots=True)
class Rule:
    """What a project does with a kind of identifier. ``words`` stand for all of it where they are described alike."""

    treatment: Treatment
    words: str = ""


def treatments(kind: Kind) -> tuple[Treatment, ...]:
    """What can be done with a kind: names are given to people only, and only some things can be said more coarsely."""
    first = HOUSE_RULES[kind].treatment
    finer = first if first in (Treatment.PSEUDONYM, Treatment.GENERALISATION) else None
    return (*([finer] if finer else []), Treatment.DESCRIPTION, Treatment.REMOVAL)


def house_rules(project: Project) -> dict[Kind, Rule]:
    """What this project does with a kind; kinds without an entry go by the usual rule."""
    rules = {}
    for name, stored in project.setting(RULES).items():
        treatment, words = (Treatment.DESCRIPTION, stored) if isinstance(stored, str) else stored
        rules[Kind(name)] = Rule(Treatment(treatment), str(words))
    return rules


def set_house_rule(project: Project, kind: Kind, rule: Rule | None) -> None:
    """Go by this rule for a kind from now on, or (None) by the usual one. What was decided stays."""
    rules = {k: r for k, r in house_rules(project).items() if k is not kind} | ({kind: rule} if rule else {})
    project.set_setting(RULES, {k.value: [r.treatment.value, r.words.strip()] for k, r in rules.items()})


def usual_rule(kind: Kind) -> str:
    """What stands in the place of a kind where the project has no rule of its own, in words to show."""
    rule = HOUSE_RULES[kind]
    if rule.treatment is Treatment.PSEUDONYM:
        return "a pseudonym"
    return f"{rule.description} or nearer" if rule.treatment is not Treatment.REMOVAL else rule.description


class Offers:
    """What is offered to stand in the place of strings. ``given`` are the replacements already on the register."""

    def __init__(self, proposals: Sequence[Proposal], rules: Mapping[Kind, Rule], given: Sequence[str]) -> None:
        self._proposals, self._rules, self._given = proposals, rules, given

    def replacement(self, proposal: Proposal, kind: Kind) -> str:
        """What to put for ``proposal`` if it is of ``kind``."""
        rule = self._rules.get(kind)
        if rule is not None and rule.treatment is Treatment.REMOVAL:
            return REMOVED
        if rule is not None and rule.treatment is Treatment.DESCRIPTION:
            return rule.words or HOUSE_RULES[kind].description
        if kind is proposal.kind:
            return proposal.replacement
        if kind is not Kind.PERSON:
            return default(kind, proposal.text)
        real = [words for p in self._proposals for words in (p.text, *p.forms)]
        return Pseudonyms(real, [*(p.replacement for p in self._proposals), *self._given]).give(proposal.text)


# --- the register --------------------------------------------------------------------------------------------------


def register_of(project: Project, usual: Mapping[str, int], rows: Sequence[IdentifierRow] | None = None) -> Register:
    """The project's register as values, from its rows where they are at hand.

    ``usual``: how often words stand in lower case (:func:`small_words`).
    """
    rows = project.identifiers.all() if rows is None else rows
    return register_with(rows, project.identifiers.decisions(), usual)


def register_with(rows: Sequence[IdentifierRow], decisions: Sequence[MentionRow], usual: Mapping[str, int]) -> Register:
    """The register of these rows and decisions on places. On any thread."""
    known = {row.id for row in rows if row.status == IDENTIFIER}
    return Register(
        tuple(identifier(row) for row in rows if row.status == IDENTIFIER),
        tuple(NotHere(d.transcript_id, d.span) for d in decisions if d.identifier_id is None),
        frozenset(words for row in rows if row.status != IDENTIFIER for words in (row.text, *row.forms)),
        usual,
        tuple(Here(d.transcript_id, d.span, d.identifier_id) for d in decisions if d.identifier_id in known),
    )


def identifier(row: IdentifierRow) -> Identifier:
    """A row of the register as a value."""
    kind = next((k for k in Kind if k.value == row.kind), Kind.OTHER)
    named = kind is Kind.PERSON and not row.replacement.startswith("[")
    treatment = Treatment.PSEUDONYM if named else Treatment.DESCRIPTION
    return Identifier(row.id, kind, row.text, row.replacement, treatment, row.forms)


def passed_over(
    one: Identifier, texts: Mapping[TranscriptId, str], mentions: Iterable[Sighting]
) -> tuple[Sighting, ...]:
    """The places where the words of ``one`` stand, letter for letter, and yet are read as ordinary words.

    *Will* is replaced and *will* stays; that is for people to see. A plain search, which knows nothing of the guard.
    """
    known: dict[TranscriptId, list[Span]] = {}
    for mention in mentions:
        known.setdefault(mention.transcript_id, []).append(mention.span)
    words = "|".join(re.escape(text) for text in (one.text, *one.forms))
    pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
    places = (
        Sighting(transcript_id, Span(*met.span()))
        for transcript_id, text in texts.items()
        for met in pattern.finditer(text)
    )
    return tuple(p for p in places if not any(p.span.overlaps(span) for span in known.get(p.transcript_id, ())))


def mentions_of(
    one: Identifier,
    texts: Mapping[TranscriptId, str],
    usual: Mapping[str, int],
    enough: Callable[[], bool] = lambda: False,
) -> tuple[Sighting, ...]:
    """Every place where ``one`` would be replaced if it alone were on the register: in any spelling, slips included.

    Stops before the next text once ``enough`` says so.
    """
    matcher = Matcher(Register((one,), small_words=usual))
    found = []
    for transcript_id, text in texts.items():
        if enough():
            break
        found += [Sighting(transcript_id, mention.span) for mention in matcher.find(text)]
    return tuple(found)
