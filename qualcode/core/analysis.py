"""Read-only questions over the whole project. People are counted first, segments second, always with the base.

The four states of a person and a theme in a wave: *raised* it; was *asked* and did not raise it; was *not asked*
(no question of the wave's topic guide bears on the theme); *not yet coded* (nothing in the person's interviews of
that wave is coded). Where no topic guide question is linked to any theme, everybody counts as asked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import chain

from sqlalchemy import func, select

from qualcode.core import co_occurrence, who
from qualcode.core.coding import Coding
from qualcode.core.findings import SUPPORTS
from qualcode.core.journal import Journal
from qualcode.core.people import People
from qualcode.core.pieces import Pieces, whole
from qualcode.core.rows import FindingRow, InterviewRow, ParticipantRow, ThemeRow, WaveRow
from qualcode.core.schema import Code, Interview, Segment, Transcript
from qualcode.core.themes import Themes
from qualcode.core.transcripts import Transcripts
from qualcode.core.values import CodeId, InterviewId, ParticipantId, SegmentId, ThemeId, WaveId
from qualcode.core.voices import Voices
from qualcode.core.waves import Waves


class State(StrEnum):
    RAISED = "raised"
    ASKED = "asked, not raised"
    NOT_ASKED = "not asked"
    NOT_CODED = "not yet coded"


@dataclass(frozen=True, slots=True)
class Cell:
    """One person and one theme: the state and the segments behind it, in no order; ``unasked`` when raised without
    being asked."""

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


Cells = Mapping[tuple[ParticipantId, ThemeId], Cell]
"""A framework matrix."""

_ByWave = dict[WaveId | None, dict[str, list[SegmentId]]]
"""Segments by the person heard in them, of each wave; under None of all."""

SHARE_THAT_MATTERS = 0.15
"""A theme is called stronger or weaker when its share of those asked moved by more than this."""


class Analysis:
    """A snapshot of who said what, each part read when first asked for and then used for every question.

    Make a new one after the project changed. Who raised what is answered by who is heard under which code; segments
    are read for the codes asked about.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._themes = Themes(journal)
        self._raisers: dict[tuple[ThemeId, WaveId | None], frozenset[str]] = {}
        self._own: dict[tuple[CodeId, ...], _ByWave] = {}
        self._raised: dict[ThemeId, _ByWave] = {}
        self._cells: dict[WaveId | None, Cells] = {}

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
    def _voices(self) -> Voices:
        return Voices(self._journal, self.interviews)

    @cached_property
    def _codes(self) -> Mapping[ThemeId, Sequence[CodeId]]:
        """The codes that count for each theme itself, its sub-themes left out."""
        found: dict[ThemeId, list[CodeId]] = defaultdict(list)
        for code_id, theme_id in self._themes.of_code().items():
            found[theme_id].append(code_id)
        return found

    def _under(self, theme_id: ThemeId) -> list[CodeId]:
        """The codes that count for a theme or a sub-theme of it."""
        return [code_id for below in self._inside[theme_id] for code_id in self._codes.get(below, ())]

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
        code_ids = self._under(theme_id)
        heard = self._voices.heard(code_ids)
        return self._voices.in_order(code_ids, (h for h in heard if wave_id in (None, h[1].wave_id)))

    def said_on(self, theme_id: ThemeId, wave_id: WaveId | None = None) -> Mapping[str, Sequence[SegmentId]]:
        """As :meth:`evidence`, in no order: in a fraction of its time where there is much."""
        if theme_id not in self._raised:
            below = (self._codes.get(b, ()) for b in self._inside[theme_id])
            self._raised[theme_id] = _together([self._by_wave(tuple(codes)) for codes in below])
        return self._raised[theme_id].get(wave_id, {})

    def evidence_of(self, code_ids: Collection[CodeId]) -> dict[str, list[SegmentId]]:
        """The segments of some codes by the person heard in them, as they were said."""
        return self._voices.in_order(code_ids, self._voices.heard(code_ids))

    def in_order(self, segment_ids: Iterable[SegmentId]) -> list[SegmentId]:
        """These segments as they were said: interview by interview, from the start of each to its end."""
        wanted = list(segment_ids)
        columns = select(Segment.id, Interview.position, Interview.title, Segment.start)
        placed = columns.join(Transcript, Transcript.id == Segment.transcript_id)
        placed = placed.join(Interview, Interview.id == Transcript.interview_id).where(Segment.id.in_(wanted))
        return [row[0] for row in sorted(who.tuples(self._journal, placed), key=lambda row: (*row[1:], row[0]))]

    def cell(self, participant: ParticipantRow, theme_id: ThemeId, wave_id: WaveId | None = None) -> Cell:
        """The state of one person and one theme, in one wave or in all."""
        return self._cell(participant.id, theme_id, wave_id, self.evidence(theme_id, wave_id))

    def read_all(self) -> Pieces[None]:
        """Read what everybody said, for questions about all themes: they read nothing more after it."""
        for part in (lambda: self.themes, lambda: self.interviews, lambda: self.participants, lambda: self._coded):
            part()
            yield
        yield from self._voices.read_all()
        for theme in self.themes:
            yield from self.read_theme(theme.id)

    def read_people(self) -> Pieces[None]:
        """Read who was heard under which code, for questions about findings: they read little more after it."""
        for part in (lambda: self.interviews, lambda: self.participants, lambda: self._coded):
            part()
            yield
        yield from self._voices.read_people()

    def read_theme(self, theme_id: ThemeId) -> Pieces[None]:
        """Read what was said on a theme, for questions about it: they read nothing more after it."""
        for below in self._inside[theme_id]:
            for code_id in self._codes.get(below, ()):
                self._voices.heard([code_id])
                yield
            self._by_wave(tuple(self._codes.get(below, ())))
            yield
        self.said_on(theme_id)
        yield

    def read_evidence(self, theme_ids: Iterable[ThemeId], code_ids: Iterable[CodeId] = ()) -> Pieces[None]:
        """Read the segments of themes and codes, for their evidence: it reads little more after it."""
        under = chain.from_iterable(self._under(theme_id) for theme_id in theme_ids)
        yield from self._voices.read(list(dict.fromkeys([*under, *code_ids])))

    def has_read(self, theme_id: ThemeId) -> bool:
        """Whether what was said on a theme was read."""
        return theme_id in self._raised

    def matrix(self, wave_id: WaveId | None = None) -> Cells:
        """Every participant interviewed (in that wave) against every theme."""
        return whole(self.matrix_in_pieces(wave_id))

    def matrix_in_pieces(self, wave_id: WaveId | None = None) -> Pieces[Cells]:
        """As :meth:`matrix`; worked out once for each wave."""
        if wave_id not in self._cells:
            yield from self.read_all()
            people = self.interviewed(wave_id)
            cells: dict[tuple[ParticipantId, ThemeId], Cell] = {}
            for theme in self.themes:
                evidence = self.said_on(theme.id, wave_id)
                for person in people:
                    cells[person.id, theme.id] = self._cell(person.id, theme.id, wave_id, evidence)
                yield
            self._cells[wave_id] = cells
        return self._cells[wave_id]

    def count(
        self,
        theme_id: ThemeId,
        wave_id: WaveId | None = None,
        within: Callable[[ParticipantRow], bool] | None = None,
    ) -> Count:
        """People who raised a theme, of those asked, in a wave (or all) and within a group (or all)."""
        evidence = self.said_on(theme_id, wave_id)
        people = [p for p in self.interviewed(wave_id) if within is None or within(p)]
        return counted(self._cell(p.id, theme_id, wave_id, evidence) for p in people)

    def count_people(self, theme_id: ThemeId, wave_id: WaveId | None = None) -> Count:
        """As :meth:`count`, without the segments: none is read for it."""
        raisers = self._raised_by(theme_id, wave_id)
        people = [p.id for p in self.interviewed(wave_id)]
        raised = [p for p in people if p in raisers]
        others = counted(self._cell(p, theme_id, wave_id, {}) for p in people if p not in raisers)
        unasked = sum(not self._was_asked(p, theme_id, wave_id) for p in raised)
        return replace(others, people=len(raised), asked=others.asked + len(raised), unasked=unasked)

    def interviewed(self, wave_id: WaveId | None = None) -> list[ParticipantRow]:
        """The participants interviewed in a wave, or at all."""
        waves = self._waves_of
        return [p for p in self.participants if wave_id is None or wave_id in waves[p.id]]

    def compare(self, before: WaveId, after: WaveId) -> list[ThemeChange]:
        """Each theme in two waves: what is new, gone, stronger, weaker, unchanged, or beyond any claim."""
        return whole(self.compare_in_pieces(before, after))

    def compare_in_pieces(self, before: WaveId, after: WaveId) -> Pieces[list[ThemeChange]]:
        """As :meth:`compare`."""
        yield from self.read_all()
        changes = []
        for theme in self.themes:
            changes.append(self._change(theme, before, after))
            yield
        return changes

    # --- questions about findings ---

    def behind(self, finding: FindingRow) -> Count:
        """The people in a finding's supporting segments, of those of whom it speaks and who were asked.

        Who supports it without being asked counts in both.
        """
        supports = {e.segment_id for e in finding.evidence if e.stance == SUPPORTS}
        supporters = self._voices.people_in(supports)
        spoken_of = self._spoken_of(finding, supporters)
        return Count(sum(p.id in supporters for p in spoken_of), len(spoken_of), len(supports))

    def _spoken_of(self, finding: FindingRow, supporters: Collection[str]) -> list[ParticipantRow]:
        people = self.interviewed(finding.wave_id)
        if finding.scope_attribute_id is not None:
            wanted = finding.scope_value.casefold()
            people = [p for p in people if p.attributes.get(finding.scope_attribute_id, "").casefold() == wanted]
        if finding.theme_id is None:
            return people
        theme_id, wave_id = finding.theme_id, finding.wave_id
        raised = self._raised_by(theme_id, wave_id)
        others = [p.id for p in people if p.id not in supporters and p.id not in raised]
        asked = {p for p in others if self._cell(p, theme_id, wave_id, {}).state is State.ASKED}
        return [p for p in people if p.id in supporters or p.id in raised or p.id in asked]

    # --- saturation ---

    def new_codes(self) -> list[tuple[InterviewRow, int, int]]:
        """For each interview in order: the codes first used in it, and all codes used up to it."""
        used: set[CodeId] = set()
        by_interview: dict[InterviewId, set[CodeId]] = defaultdict(set)
        for code_id, voices in self._voices.under.items():
            for voice in voices:
                by_interview[voice.interview_id].add(code_id)
        found = []
        for interview in self.interviews:
            new = by_interview[interview.id] - used
            used |= new
            found.append((interview, len(new), len(used)))
        return found

    def first_heard(self, interview_id: InterviewId) -> dict[CodeId, list[SegmentId]]:
        """The codes first used in an interview, each with its segments there as they were said."""
        here = next(place for place, interview in enumerate(self.interviews) if interview.id == interview_id)
        first = {code_id: min((v.place for v in voices), default=-1) for code_id, voices in self._voices.under.items()}
        new = [code_id for code_id, place in first.items() if place == here]
        self._voices.heard(new)
        found = {c: self.in_order({s for s, voice in self._voices.heard([c]) if voice.place == here}) for c in new}
        order = self.in_order(segments[0] for segments in found.values())
        return dict(sorted(found.items(), key=lambda item: order.index(item[1][0])))

    def unused_codes(self) -> frozenset[CodeId]:
        """Codes that no segment has."""
        used = select(Segment.code_id)
        return frozenset(row.id for row in self._journal.read(select(Code.id).where(Code.id.not_in(used))))

    def together(
        self, within_turns: int | None = None, wave_id: WaveId | None = None
    ) -> dict[co_occurrence.Pair, co_occurrence.Together]:
        """Pairs of codes and who said both together; see :func:`qualcode.core.co_occurrence.co_occurrence`."""
        return co_occurrence.co_occurrence(self._journal, within_turns, wave_id)

    def together_in_pieces(
        self, within_turns: int | None = None, wave_id: WaveId | None = None
    ) -> Pieces[dict[co_occurrence.Pair, co_occurrence.Together]]:
        """As :meth:`together`, some transcripts at a time."""
        return co_occurrence.in_pieces(self._journal, within_turns, wave_id)

    # --- within ---

    def _by_wave(self, code_ids: tuple[CodeId, ...]) -> _ByWave:
        """What is heard under these codes, kept for the themes above."""
        if code_ids not in self._own:
            found: _ByWave = defaultdict(lambda: defaultdict(list))
            for segment_id, (_, person, _, wave_id) in self._voices.heard(code_ids):
                found[wave_id][person].append(segment_id)
            self._own[code_ids] = found
        return self._own[code_ids]

    def _raised_by(self, theme_id: ThemeId, wave_id: WaveId | None) -> frozenset[str]:
        """Who raised a theme or a sub-theme of it, in one wave or in all."""
        if (theme_id, wave_id) not in self._raisers:
            voices = chain.from_iterable(self._voices.under.get(code_id, ()) for code_id in self._under(theme_id))
            found = frozenset(voice.person for voice in voices if wave_id in (None, voice.wave_id))
            self._raisers[theme_id, wave_id] = found
        return self._raisers[theme_id, wave_id]

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


def _together(parts: Iterable[_ByWave]) -> _ByWave:
    """All of these in one, with all waves under None."""
    found: _ByWave = defaultdict(lambda: defaultdict(list))
    for part in parts:
        for wave_id, people in part.items():
            for person, segments in people.items():
                for place in {wave_id, None}:
                    found[place][person] += segments
    return found


def _no_base(count: Count) -> str:
    if count.unasked:
        return f"the topic guide did not ask about it; {count.unasked} raised it unasked"
    return "nobody's interview is coded" if count.uncoded else "nobody was asked about it"
