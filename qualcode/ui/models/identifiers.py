"""The anonymity review as the window shows it: what waits for a decision, what would be put, where it stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from qualcode import review
from qualcode.anonymise.candidates import Tier
from qualcode.anonymise.find import Proposal, Sighting
from qualcode.anonymise.kinds import Kind, Treatment
from qualcode.anonymise.register import Identifier
from qualcode.core import spans
from qualcode.core.identifiers import Writing
from qualcode.core.project import Project
from qualcode.core.rows import IdentifierRow
from qualcode.core.spans import Context
from qualcode.core.values import IdentifierId, Span, TranscriptId
from qualcode.review import Found

Key = tuple[str, str]
MOST_PLACES = 300
MOST_PLAIN = 30
_AROUND = 90


def key_of(proposal: Proposal) -> Key:
    """What a proposal is known by from one search to the next."""
    return proposal.kind.value, proposal.text


@dataclass(frozen=True, slots=True)
class Spot:
    """One place: ``where`` says it in words; ``left`` that it was decided to stay, ``means`` that it is somebody,
    ``plain`` that it is read as ordinary words.

    A place beside the transcripts has neither transcript nor span.
    """

    where: str
    context: Context
    transcript_id: TranscriptId | None = None
    span: Span | None = None
    left: bool = False
    means: str = ""
    plain: bool = False


@dataclass
class _Wish:
    """What the analyst changed about a proposal before deciding on it; None: as proposed."""

    kind: Kind | None = None
    replacement: str | None = None
    without: set[str] = field(default_factory=set)


class Review:
    """What was found, less what is decided. ``shown`` is what waits, in the order to look at it."""

    def __init__(self) -> None:
        self.with_indirect = False
        self.forget()

    def forget(self) -> None:
        """Another project is open: nothing of this one stays."""
        self.found = Found()
        self.rows: list[IdentifierRow] = []
        self.shown: list[Proposal] = []
        self.total = self.indirect = 0
        self.unread: list[str] = []
        self.names_are_new = False
        self._waiting: list[Proposal] = []
        self._left: set[tuple[TranscriptId, Span]] = set()
        self._meant: dict[tuple[TranscriptId, Span], IdentifierRow] = {}
        self._wishes: dict[Key, _Wish] = {}
        self._offers = review.Offers((), {}, ())
        self._titles: dict[TranscriptId, str] = {}
        self._texts: dict[TranscriptId, str] = {}
        self._lines: dict[TranscriptId, spans.Lines] = {}
        self._near: dict[Key, dict[str, list[Sighting]]] = {}
        self._writings: list[Writing] | None = None

    # --- following the project ---

    def load(self, project: Project) -> None:
        """Read everything anew."""
        self.found = review.kept(project)
        interviews = project.transcripts.interviews()
        self._titles = {i.transcript_id: i.title for i in interviews}
        self._texts = {t: text for t, text in self._texts.items() if t in self._titles}
        self._near.clear()
        looked = set(self.found.transcripts)
        self.unread = [i.title for i in interviews if i.transcript_id not in looked]
        self.names_are_new = not self.found.names.issuperset(review.known_names(project))
        self._writings = None
        self.follow(project, anew=True)

    def follow(self, project: Project, *, anew: bool = False) -> None:
        """Follow a decision: which proposals wait, which rows are on the register. ``anew``: all are weighed again."""
        before = {} if anew else {row.id: row for row in self.rows}
        self.rows = project.identifiers.all()
        register = review.register_of(project, self.found.small_words, self.rows)
        left = {(place.transcript_id, place.span) for place in register.not_here}
        row_of = {row.id: row for row in self.rows}
        meant = {(place.transcript_id, place.span): row_of[place.identifier_id] for place in register.here}
        same = left >= self._left and meant.keys() == self._meant.keys()
        only_more = not anew and same and before.items() <= {row.id: row for row in self.rows}.items()
        if only_more:
            new = [identifier for identifier in register.identifiers if identifier.id not in before]
            self._waiting = review.still_undecided(register, new, self._waiting)
        else:
            self._waiting = review.undecided(register, self.found.proposals)
        self._left, self._meant = left, meant
        given = [row.replacement for row in self.rows]
        self._offers = review.Offers(self.found.proposals, review.house_rules(project), given)
        self.indirect = sum(p.tier is Tier.C for p in self._waiting)
        self.sift()

    def sift(self) -> None:
        """Show what alone may identify somebody, or also what does so only together with other things."""
        tiers = set(Tier) if self.with_indirect else {Tier.A, Tier.B}
        self.total = sum(p.tier in tiers for p in self.found.proposals)
        self.shown = [p for p in self._waiting if p.tier in tiers]

    @property
    def looked_at(self) -> int:
        return self.total - len(self.shown)

    # --- one proposal ---

    def kind(self, proposal: Proposal) -> Kind:
        return self._wish(proposal).kind or proposal.kind

    def replacement(self, proposal: Proposal) -> str:
        """What would be put: what was typed, or what the house rules offer."""
        typed = self._wish(proposal).replacement
        return typed if typed is not None else self._offers.replacement(proposal, self.kind(proposal))

    def forms(self, proposal: Proposal) -> list[tuple[str, bool]]:
        """The other spellings that go with it, slips among them once they were looked for; and whether they shall."""
        without = self._wish(proposal).without
        return [(form, form not in without) for form in (*proposal.forms, *self._near.get(key_of(proposal), ()))]

    def wanted_forms(self, proposal: Proposal) -> list[str]:
        without = self._wish(proposal).without
        return [form for form in proposal.forms if form not in without]

    def identifier(self, proposal: Proposal) -> Identifier:
        """What a proposal would be on the register."""
        kind, words = self.kind(proposal), self.replacement(proposal)
        return Identifier(IdentifierId(""), kind, proposal.text, words, Treatment.DESCRIPTION, proposal.forms)

    def is_near_known(self, proposal: Proposal) -> bool:
        return key_of(proposal) in self._near

    def note_near(self, proposal: Proposal, mentions: Sequence[Sighting]) -> None:
        """Note every place where a proposal would be replaced: those it did not name are slips and nicknames."""
        known: dict[TranscriptId, list[Span]] = defaultdict(list)
        for sighting in proposal.sightings:
            known[sighting.transcript_id].append(sighting.span)
        near = self._near[key_of(proposal)] = {}
        for mention in mentions:
            if not any(mention.span.overlaps(span) for span in known[mention.transcript_id]):
                words = " ".join(mention.span.of(self._texts[mention.transcript_id]).split())
                near.setdefault(words, []).append(mention)

    def transcripts(self, proposal: Proposal) -> int:
        return len({s.transcript_id for s in proposal.sightings})

    def set_kind(self, proposal: Proposal, kind: Kind) -> None:
        wish = self._kept_wish(proposal)
        wish.kind, wish.replacement = kind, self._offers.replacement(proposal, kind)

    def set_replacement(self, proposal: Proposal, words: str) -> None:
        self._kept_wish(proposal).replacement = words or None

    def set_form(self, proposal: Proposal, form: str, wanted: bool) -> None:
        (self._kept_wish(proposal).without.discard if wanted else self._kept_wish(proposal).without.add)(form)

    # --- deciding: each one act ---

    def replace(self, project: Project, proposals: Sequence[Proposal]) -> None:
        """Register these with what would be put for them. Raises UserError for an empty replacement."""
        one = f"“{proposals[0].text}”" if len(proposals) == 1 else f"{len(proposals)} strings"
        with project.step(f"Replace {one}"):
            for p in proposals:
                words = self.replacement(p)
                project.identifiers.add(self.kind(p).value, p.text, words, forms=self.wanted_forms(p))
                without = self._wish(p).without
                near = self._near.get(key_of(p), {}).items()
                for place in (place for slip, places in near if slip in without for place in places):
                    project.identifiers.decide(place.transcript_id, place.span, None)

    def call_harmless(self, project: Project, proposals: Sequence[Proposal]) -> None:
        """Say that these name nobody, in any of their spellings."""
        one = f"“{proposals[0].text}” is no identifier" if len(proposals) == 1 else "No identifiers"
        with project.step(one):
            for p in proposals:
                project.identifiers.call_harmless([p.text, *self.wanted_forms(p)], self.kind(p).value)

    # --- places ---

    def texts(self, project: Project) -> dict[TranscriptId, str]:
        """The texts of all transcripts, as values for a worker."""
        for transcript_id in self._titles:
            if transcript_id not in self._texts:
                self._texts[transcript_id] = project.transcripts.text(transcript_id)
        return dict(self._texts)

    def spots(self, project: Project, proposal: Proposal) -> list[Spot]:
        """Where a proposal stands: in the transcripts, then in all other words of the project."""
        near = [place for places in self._near.get(key_of(proposal), {}).values() for place in places]
        return self.spots_at(project, [*proposal.sightings, *near], (proposal.text, *proposal.forms))

    def meant_as(self, identifier_id: IdentifierId) -> list[Sighting]:
        """The places decided to mean an identifier, whatever their words."""
        return [Sighting(*place) for place, row in self._meant.items() if row.id == identifier_id]

    def spots_at(self, project: Project, places: Iterable[Sighting], words: Sequence[str]) -> list[Spot]:
        """Places in transcripts as they are listed, and after them those of ``words`` in all other texts."""
        inside = [self._spot(project, place) for place in list(places)[:MOST_PLACES]]
        return [*inside, *self._beside(project, words)]

    def plain_spots(self, project: Project, places: Sequence[Sighting]) -> list[Spot]:
        """The first places at which words are read as ordinary ones."""
        return [replace(self._spot(project, place), plain=True) for place in places[:MOST_PLAIN]]

    def _spot(self, project: Project, place: Sighting) -> Spot:
        transcript_id, span = place.transcript_id, place.span
        if transcript_id not in self._texts:
            self._texts[transcript_id] = project.transcripts.text(transcript_id)
        text = self._texts[transcript_id]
        if transcript_id not in self._lines:
            self._lines[transcript_id] = spans.Lines(text)
        where = f"{self._titles.get(transcript_id, '')}, line {self._lines[transcript_id].number(span.start)}"
        left = any(t == transcript_id and span.overlaps(other) for t, other in self._left)
        meant = (row for (t, other), row in self._meant.items() if t == transcript_id and span.overlaps(other))
        means = next((row.text for row in meant), "")
        return Spot(where, spans.context(text, span, _AROUND), transcript_id, span, left, means)

    def _beside(self, project: Project, words: Sequence[str]) -> Iterator[Spot]:
        if self._writings is None:
            self._writings = project.identifiers.writings()
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)
        for writing in self._writings:
            for met in pattern.finditer(writing.text):
                yield Spot(writing.what, spans.context(writing.text, Span(*met.span()), _AROUND))

    # --- within ---

    def _wish(self, proposal: Proposal) -> _Wish:
        return self._wishes.get(key_of(proposal)) or _Wish()

    def _kept_wish(self, proposal: Proposal) -> _Wish:
        return self._wishes.setdefault(key_of(proposal), _Wish())
