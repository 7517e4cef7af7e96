"""The framework matrix as it is looked at: whose rows, in which groups, with the counts of each group and of all.

Pure arrangement of what :mod:`qualcode.core.analysis` knows; nothing here reads the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from qualcode.core.analysis import Analysis, Cell, Cells, Count, State, counted
from qualcode.core.pieces import Pieces, in_handfuls, whole
from qualcode.core.rows import AttributeRow, ParticipantRow, SummaryRow, ThemeRow
from qualcode.core.values import AttributeId, ParticipantId, SegmentId, ThemeId, WaveId

BY_WAVE = "wave"
NOT_STATED = "Not stated"
NO_WAVE = "No wave"

Counts = Mapping[ThemeId, Count]


@dataclass(frozen=True, slots=True)
class View:
    """What to look at: one wave or (None) all, in groups by an attribute, by wave or in none, and of whom only.

    ``only`` keeps the people whose value of each attribute named is among those given (capitals or not).
    """

    wave_id: WaveId | None = None
    by: AttributeId | str | None = None
    only: Mapping[AttributeId, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """A row: one person in one wave, or (``wave_id`` None) in all ``waves`` they were interviewed in."""

    participant: ParticipantRow
    wave_id: WaveId | None
    waves: tuple[WaveId | None, ...]
    cells: Mapping[ThemeId, Cell]
    summaries: Mapping[ThemeId, tuple[SummaryRow, ...]]

    def written(self, theme_id: ThemeId) -> dict[WaveId | None, str]:
        """What is written on a theme for each wave that a summary can be written for, in the order of time."""
        texts = dict.fromkeys(self.waves, "")
        return texts | {summary.wave_id: summary.text for summary in self.summaries.get(theme_id, ())}


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together, under the value they share; the only group has no name."""

    name: str
    lines: tuple[Line, ...]
    counts: Counts

    def segments(self, theme_id: ThemeId) -> dict[str, tuple[SegmentId, ...]]:
        """The segments of a theme by the person heard in them."""
        found: dict[str, tuple[SegmentId, ...]] = {
            line.participant.id: line.cells[theme_id].segment_ids for line in self.lines
        }
        return {person: segments for person, segments in found.items() if segments}


@dataclass(frozen=True, slots=True)
class Grid:
    """Themes are the columns, in reading order. ``counts`` are over everybody in it, each person counted once."""

    themes: tuple[ThemeRow, ...]
    groups: tuple[Group, ...]
    counts: Counts
    people: int


def grid(analysis: Analysis, summaries: Iterable[SummaryRow], attributes: Sequence[AttributeRow], view: View) -> Grid:
    """Arrange the matrix as ``view`` says."""
    return whole(grid_in_pieces(analysis, summaries, attributes, view))


def grid_in_pieces(
    analysis: Analysis, summaries: Iterable[SummaryRow], attributes: Sequence[AttributeRow], view: View
) -> Pieces[Grid]:
    """As :func:`grid`."""
    yield from analysis.read_all()
    people = [p for p in analysis.interviewed(view.wave_id) if _wanted(p, view.only)]
    written: dict[ParticipantId, list[SummaryRow]] = defaultdict(list)
    for summary in summaries:
        written[summary.participant_id].append(summary)
    maker = _Maker(analysis, written)
    everyone = yield from maker.lines(people, view.wave_id)
    if view.by == BY_WAVE:
        named = []
        for wave in analysis.waves:
            if view.wave_id in (None, wave.id):
                named.append((wave.name, (yield from maker.lines(people, wave.id))))
        named.append((NO_WAVE, [line for line in everyone if line.waves == (None,)]))
    elif view.by is not None:
        named = _by_value(everyone, AttributeId(view.by), attributes)
    else:
        named = [("", everyone)]
    groups = []
    for name, lines in named:
        if lines:
            groups.append((yield from maker.group(name, lines)))
    everybody = groups[0] if view.by is None and groups else (yield from maker.group("", everyone))
    return Grid(tuple(analysis.themes), tuple(groups), everybody.counts, len(everyone))


class _Maker:
    """Lines for one snapshot; the cells of each wave are worked out once."""

    def __init__(self, analysis: Analysis, written: Mapping[ParticipantId, Sequence[SummaryRow]]) -> None:
        self._analysis = analysis
        self._written = written
        self._order = [*(w.id for w in analysis.waves), None]
        waves: dict[ParticipantId, set[WaveId | None]] = defaultdict(set)
        for interview in analysis.interviews:
            for person in interview.participant_ids:
                waves[person].add(interview.wave_id)
        self._waves = {person: tuple(w for w in self._order if w in found) for person, found in waves.items()}

    def lines(self, people: Sequence[ParticipantRow], wave_id: WaveId | None) -> Pieces[list[Line]]:
        cells = yield from self._analysis.matrix_in_pieces(wave_id)
        there = [p for p in people if wave_id is None or wave_id in self._waves[p.id]]
        made = []
        for few in in_handfuls(there):
            made += [self._line(p, wave_id, cells) for p in few]
            yield
        return made

    def group(self, name: str, lines: Sequence[Line]) -> Pieces[Group]:
        counts = {}
        for theme in self._analysis.themes:
            counts[theme.id] = counted(line.cells[theme.id] for line in lines)
            yield
        return Group(name, tuple(lines), counts)

    def _line(self, person: ParticipantRow, wave_id: WaveId | None, cells: Cells) -> Line:
        waves = self._waves[person.id] if wave_id is None else (wave_id,)
        texts: dict[ThemeId, list[SummaryRow]] = defaultdict(list)
        for summary in sorted(self._written.get(person.id, ()), key=lambda s: self._order.index(s.wave_id)):
            if wave_id in (None, summary.wave_id):
                texts[summary.theme_id].append(summary)
        return Line(
            person,
            wave_id,
            waves,
            {t.id: cells[person.id, t.id] for t in self._analysis.themes},
            {theme_id: tuple(rows) for theme_id, rows in texts.items()},
        )


def themes_raised(line: Line, themes: Iterable[ThemeRow]) -> tuple[int, int]:
    """Of the themes at the top, how many a person raised, and how many they were asked about or raised."""
    states = [line.cells[t.id].state for t in themes if t.parent_id is None]
    raised = states.count(State.RAISED)
    return raised, raised + states.count(State.ASKED)


def values_of(attribute_id: AttributeId, people: Iterable[ParticipantRow], choices: Sequence[str] = ()) -> list[str]:
    """The values people have: the attribute's choices in their order, then others by the alphabet."""
    spelled: dict[str, str] = {choice.casefold(): choice for choice in choices}
    found: dict[str, str] = {}
    for person in people:
        value = person.attributes.get(attribute_id, "").strip()
        if value:
            found.setdefault(value.casefold(), spelled.get(value.casefold(), value))
    chosen = [key for key in spelled if key in found]
    return [found[key] for key in (*chosen, *sorted(found.keys() - set(chosen)))]


def _wanted(person: ParticipantRow, only: Mapping[AttributeId, frozenset[str]]) -> bool:
    return all(
        person.attributes.get(attribute_id, "").strip().casefold() in {value.casefold() for value in values}
        for attribute_id, values in only.items()
    )


def _by_value(
    lines: Sequence[Line], attribute_id: AttributeId, attributes: Sequence[AttributeRow]
) -> list[tuple[str, list[Line]]]:
    choices = next((a.choices for a in attributes if a.id == attribute_id), ())
    sorted_in: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        sorted_in[line.participant.attributes.get(attribute_id, "").strip().casefold()].append(line)
    values = values_of(attribute_id, (line.participant for line in lines), choices)
    named = [(value, sorted_in[value.casefold()]) for value in values]
    return [*named, (NOT_STATED, sorted_in[""])]
