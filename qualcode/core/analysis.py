"""Read-only questions over the whole project. People are counted first, segments second, always with the base.

The four states of a person and a theme in a wave: *raised* it; was *asked* and did not raise it; was *not asked*
(no question of the wave's topic guide bears on the theme); *not yet coded* (nothing in the person's interviews of
that wave is coded). Where no topic guide question is linked to any theme, everybody counts as asked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import chain

from sqlalchemy import func, select

from qualcode.core import co_occurrence, who
from qualcode.core.coding import Coding
from qualcode.core.findings import SUPPORTS
from qualcode.core.journal import Journal
from qualcode.core.people import People
from qualcode.core.rows import FindingRow, InterviewRow, ParticipantRow, ThemeRow, WaveRow
from qualcode.core.schema import Code, Interview, Segment, SegmentSpeaker, Transcript
from qualcode.core.themes import Themes
from qualcode.core.transcripts import Transcripts
from qualcode.core.values import CodeId, InterviewId, ParticipantId, SegmentId, ThemeId, WaveId
from qualcode.core.waves import Waves


class State(StrEnum):
    RAISED = "raised"
    ASKED = "asked, not raised"
    NOT_ASKED = "not asked"
    NOT_CODED = "not yet coded"


@dataclass(frozen=True, slots=True)
class Cell:
    """One person and one theme: the state and the segments behind it; ``unasked`` when raised without being asked."""

    state: State
    segment_ids: tuple[SegmentId, ...] = ()
    unasked: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """``people`` who raised it, of ``asked``; ``segments`` they raised it in. ``uncoded`` are left out of asked.

    Who raised it without being asked counts in both; ``unasked`` says how many these are.
    """

    people: int
    asked: int
    segments: int = 0
    uncoded: int = 0
    unasked: int = 0

    def __str__(self) -> str:
        return f"{self.people} of {self.asked}"


class Trend(StrEnum):
    """What became of a theme from one wave to the next."""

    NEW = "new"
    GONE = "gone"
    STRONGER = "stronger"
    WEAKER = "weaker"
    UNCHANGED = "unchanged"
    NO_CLAIM = "no claim possible"


@dataclass(frozen=True, slots=True)
class ThemeChange:
    """One theme in two waves, with a sentence where no claim, or only a careful one, can be made."""

    theme: ThemeRow
    before: Count
    after: Count
    trend: Trend
    warning: str = ""


@dataclass(frozen=True, slots=True)
class _Heard:
    """One person heard in one segment."""

    segment_id: SegmentId
    code_id: CodeId
    interview_id: InterviewId
    wave_id: WaveId | None
    person: str


SHARE_THAT_MATTERS = 0.15
"""A theme is called stronger or weaker when its share of those asked moved by more than this."""


class Analysis:
    """A snapshot of who said what, read once when first asked for and then used for every question.

    Make a new one after the project changed.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._themes = Themes(journal)

    # --- what is read ---

    @cached_property
    def themes(self) -> list[ThemeRow]:
        return self._themes.all()

    @cached_property
    def waves(self) -> list[WaveRow]:
        return Waves(self._journal).all()

    @cached_property
    def participants(self) -> list[ParticipantRow]:
        """The participants who were interviewed and have not withdrawn."""
        present = {p for interview in self.interviews for p in interview.participant_ids}
        return [p for p in People(self._journal).all() if p.id in present and p.withdrawn_on is None]

    @cached_property
    def interviews(self) -> list[InterviewRow]:
        return Transcripts(self._journal).interviews()

    @cached_property
    def _heard(self) -> list[_Heard]:
        columns = (Segment.id, Segment.code_id, Transcript.interview_id, Interview.wave_id)
        placed = (
            who.heard(*columns)
            .join(Segment, Segment.id == SegmentSpeaker.segment_id)
            .join(Transcript, Transcript.id == Segment.transcript_id)
            .join(Interview, Interview.id == Transcript.interview_id)
            .order_by(Interview.position, Segment.start, Segment.id)
        )
        return [_Heard(*row) for row in self._journal.read(placed)]

    @cached_property
    def _heard_on(self) -> Mapping[ThemeId, list[tuple[int, _Heard]]]:
        """Who is heard on each theme itself, its sub-themes left out, numbered in the order in which it was said."""
        themes = self._themes.of_code()
        found: dict[ThemeId, list[tuple[int, _Heard]]] = defaultdict(list)
        for number, heard in enumerate(self._heard):
            if heard.code_id in themes:
                found[themes[heard.code_id]].append((number, heard))
        return found

    @cached_property
    def _inside(self) -> Mapping[ThemeId, frozenset[ThemeId]]:
        """Each theme with itself and what lies below it."""
        parent = {t.id: t.parent_id for t in self.themes}
        inside: dict[ThemeId, set[ThemeId]] = defaultdict(set)
        for theme_id in parent:
            above: ThemeId | None = theme_id
            while above is not None:
                inside[above].add(theme_id)
                above = parent[above]
        return {theme_id: frozenset(below) for theme_id, below in inside.items()}

    @cached_property
    def _asked_in(self) -> Mapping[WaveId, frozenset[ThemeId]] | None:
        """The themes each wave's topic guide asks about, or None when no guide is linked to any theme."""
        asked: dict[WaveId, set[ThemeId]] = defaultdict(set)
        questions = Waves(self._journal).questions()
        parent = {t.id: t.parent_id for t in self.themes}
        for question in questions:
            for theme_id in question.theme_ids:
                above: ThemeId | None = theme_id
                while above is not None:
                    asked[question.wave_id].add(above)
                    above = parent[above]
                asked[question.wave_id] |= self._inside.get(theme_id, frozenset())
        if not any(question.theme_ids for question in questions):
            return None
        return {wave_id: frozenset(themes) for wave_id, themes in asked.items()}

    # --- questions about themes ---

    def evidence(self, theme_id: ThemeId, wave_id: WaveId | None = None) -> dict[str, list[SegmentId]]:
        """The segments of a theme and its sub-themes by the person heard in them, as they were said; of one wave or
        of all."""
        found: dict[str, dict[SegmentId, None]] = defaultdict(dict)
        within = chain.from_iterable(self._heard_on.get(below, ()) for below in self._inside[theme_id])
        for _, heard in sorted(within):
            if wave_id in (None, heard.wave_id):
                found[heard.person][heard.segment_id] = None
        return {person: list(segments) for person, segments in found.items()}

    def evidence_of(self, code_ids: Collection[CodeId]) -> dict[str, list[SegmentId]]:
        """The segments of some codes by the person heard in them."""
        found: dict[str, list[SegmentId]] = defaultdict(list)
        for heard in self._heard:
            if heard.code_id in code_ids:
                found[heard.person].append(heard.segment_id)
        return found

    def cell(self, participant: ParticipantRow, theme_id: ThemeId, wave_id: WaveId | None = None) -> Cell:
        """The state of one person and one theme, in one wave or in all."""
        return self._cell(participant.id, theme_id, wave_id, self.evidence(theme_id, wave_id))

    def matrix(self, wave_id: WaveId | None = None) -> dict[tuple[ParticipantId, ThemeId], Cell]:
        """Every participant interviewed (in that wave) against every theme."""
        people = self.interviewed(wave_id)
        cells: dict[tuple[ParticipantId, ThemeId], Cell] = {}
        for theme in self.themes:
            evidence = self.evidence(theme.id, wave_id)
            for person in people:
                cells[person.id, theme.id] = self._cell(person.id, theme.id, wave_id, evidence)
        return cells

    def count(
        self,
        theme_id: ThemeId,
        wave_id: WaveId | None = None,
        within: Callable[[ParticipantRow], bool] | None = None,
    ) -> Count:
        """People who raised a theme, of those asked, in a wave (or all) and within a group (or all)."""
        evidence = self.evidence(theme_id, wave_id)
        people = [p for p in self.interviewed(wave_id) if within is None or within(p)]
        return counted(self._cell(p.id, theme_id, wave_id, evidence) for p in people)

    def interviewed(self, wave_id: WaveId | None = None) -> list[ParticipantRow]:
        """The participants interviewed in a wave, or at all."""
        present = {p for i in self.interviews if wave_id in (None, i.wave_id) for p in i.participant_ids}
        return [p for p in self.participants if p.id in present]

    def compare(self, before: WaveId, after: WaveId) -> list[ThemeChange]:
        """Each theme in two waves: what is new, gone, stronger, weaker, unchanged, or beyond any claim."""
        return [self._change(theme, before, after) for theme in self.themes]

    # --- questions about findings ---

    def behind(self, finding: FindingRow) -> Count:
        """The people in a finding's supporting segments, of those of whom it speaks and who were asked.

        Who supports it without being asked counts in both.
        """
        supports = {e.segment_id for e in finding.evidence if e.stance == SUPPORTS}
        supporters = {h.person for h in self._heard if h.segment_id in supports}
        spoken_of = self._spoken_of(finding, supporters)
        return Count(sum(p.id in supporters for p in spoken_of), len(spoken_of), len(supports))

    def _spoken_of(self, finding: FindingRow, supporters: Collection[str]) -> list[ParticipantRow]:
        people = self.interviewed(finding.wave_id)
        if finding.scope_attribute_id is not None:
            wanted = finding.scope_value.casefold()
            people = [p for p in people if p.attributes.get(finding.scope_attribute_id, "").casefold() == wanted]
        if finding.theme_id is None:
            return people
        evidence = self.evidence(finding.theme_id, finding.wave_id)
        states = {p.id: self._cell(p.id, finding.theme_id, finding.wave_id, evidence).state for p in people}
        return [p for p in people if p.id in supporters or states[p.id] in (State.RAISED, State.ASKED)]

    # --- saturation ---

    def new_codes(self) -> list[tuple[InterviewRow, int, int]]:
        """For each interview in order: the codes first used in it, and all codes used up to it."""
        used: set[CodeId] = set()
        by_interview: dict[InterviewId, set[CodeId]] = defaultdict(set)
        for heard in self._heard:
            by_interview[heard.interview_id].add(heard.code_id)
        found = []
        for interview in self.interviews:
            new = by_interview[interview.id] - used
            used |= new
            found.append((interview, len(new), len(used)))
        return found

    def first_heard(self, interview_id: InterviewId) -> dict[CodeId, list[SegmentId]]:
        """The codes first used in an interview, each with its segments there as they were said."""
        order = {interview.id: number for number, interview in enumerate(self.interviews)}
        here = order[interview_id]
        before = {heard.code_id for heard in self._heard if order[heard.interview_id] < here}
        found: dict[CodeId, dict[SegmentId, None]] = defaultdict(dict)
        for heard in self._heard:
            if heard.interview_id == interview_id and heard.code_id not in before:
                found[heard.code_id][heard.segment_id] = None
        return {code_id: list(segments) for code_id, segments in found.items()}

    def unused_codes(self) -> frozenset[CodeId]:
        """Codes that no segment has."""
        used = select(Segment.code_id)
        return frozenset(row.id for row in self._journal.read(select(Code.id).where(Code.id.not_in(used))))

    def together(
        self, within_turns: int | None = None, wave_id: WaveId | None = None
    ) -> dict[co_occurrence.Pair, co_occurrence.Together]:
        """Pairs of codes and who said both together; see :func:`qualcode.core.co_occurrence.co_occurrence`."""
        return co_occurrence.co_occurrence(self._journal, within_turns, wave_id)

    # --- within ---

    @cached_property
    def _coded(self) -> Mapping[str, frozenset[WaveId | None]]:
        """The waves in which something of a person's interviews is coded."""
        counted = select(Transcript.interview_id, func.count()).join(Segment, Segment.transcript_id == Transcript.id)
        coded = {row[0] for row in self._journal.read(counted.group_by(Transcript.interview_id))}
        waves: dict[str, set[WaveId | None]] = defaultdict(set)
        for interview in self.interviews:
            if interview.id in coded:
                for participant_id in interview.participant_ids:
                    waves[participant_id].add(interview.wave_id)
        return {person: frozenset(found) for person, found in waves.items()}

    @cached_property
    def _waves_of(self) -> Mapping[ParticipantId, frozenset[WaveId | None]]:
        """The waves in which each person was interviewed."""
        waves: dict[ParticipantId, set[WaveId | None]] = defaultdict(set)
        for interview in self.interviews:
            for participant_id in interview.participant_ids:
                waves[participant_id].add(interview.wave_id)
        return {person: frozenset(found) for person, found in waves.items()}

    def _cell(
        self,
        participant_id: ParticipantId,
        theme_id: ThemeId,
        wave_id: WaveId | None,
        evidence: Mapping[str, Iterable[SegmentId]],
    ) -> Cell:
        segments = tuple(evidence.get(participant_id, ()))
        if segments:
            return Cell(State.RAISED, segments, not self._was_asked(participant_id, theme_id, wave_id))
        coded = self._coded.get(participant_id, frozenset())
        if not coded or (wave_id is not None and wave_id not in coded):
            return Cell(State.NOT_CODED)
        return Cell(State.ASKED if self._was_asked(participant_id, theme_id, wave_id) else State.NOT_ASKED)

    def _was_asked(self, participant_id: ParticipantId, theme_id: ThemeId, wave_id: WaveId | None) -> bool:
        if self._asked_in is None:
            return True
        waves = self._waves_of.get(participant_id, frozenset())
        if wave_id is not None:
            waves &= {wave_id}
        return any(w is None or theme_id in self._asked_in.get(w, frozenset()) for w in waves)

    def _change(self, theme: ThemeRow, before_id: WaveId, after_id: WaveId) -> ThemeChange:
        before, after = self.count(theme.id, before_id), self.count(theme.id, after_id)
        names = {w.id: w.name for w in self.waves}
        for count, wave_id in ((before, before_id), (after, after_id)):
            if count.asked == count.unasked:
                return ThemeChange(theme, before, after, Trend.NO_CLAIM, f"In {names[wave_id]} {_no_base(count)}.")
        warning = " ".join(self._cautions(theme, before_id, after_id, before, after))
        if bool(before.people) != bool(after.people):
            trend = Trend.NEW if after.people else Trend.GONE
        else:
            moved = after.people / after.asked - before.people / before.asked
            trend = Trend.UNCHANGED
            if abs(moved) > SHARE_THAT_MATTERS:
                trend = Trend.STRONGER if moved > 0 else Trend.WEAKER
        return ThemeChange(theme, before, after, trend, warning)

    def _cautions(
        self, theme: ThemeRow, before_id: WaveId, after_id: WaveId, before: Count, after: Count
    ) -> Iterator[str]:
        if before.uncoded or after.uncoded:
            yield f"{before.uncoded + after.uncoded} of those interviewed are not yet coded."
        waiting = sum(self._outdated.get(below, 0) for below in self._inside[theme.id])
        if waiting:
            yield f"{waiting} of its segments were coded under an older definition."
        earlier = {p.id for p in self.interviewed(before_id)}
        later = {p.id for p in self.interviewed(after_id)}
        both = len(earlier & later)
        if both < min(len(earlier), len(later)) / 2:
            yield f"Different people were interviewed: {both} took part in both waves."

    @cached_property
    def _outdated(self) -> Mapping[ThemeId, int]:
        """How many segments of each theme itself wait for a second look."""
        themes = self._themes.of_code()
        return Counter(themes[s.code_id] for s in Coding(self._journal).to_review() if s.code_id in themes)


def counted(cells: Iterable[Cell]) -> Count:
    """People who raised a theme, of those asked, from the cells of one theme, one of each person."""
    cells = list(cells)
    raised = [c for c in cells if c.state is State.RAISED]
    return Count(
        people=len(raised),
        asked=len(raised) + sum(c.state is State.ASKED for c in cells),
        segments=len({s for c in raised for s in c.segment_ids}),
        uncoded=sum(c.state is State.NOT_CODED for c in cells),
        unasked=sum(c.unasked for c in raised),
    )


def _no_base(count: Count) -> str:
    if count.unasked:
        return f"the topic guide did not ask about it; {count.unasked} raised it unasked"
    return "nobody's interview is coded" if count.uncoded else "nobody was asked about it"
