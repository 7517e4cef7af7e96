"""What the Compare stage shows, as tables: the framework matrix, groups, waves, saturation, codes found together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from qualcode.core.analysis import Analysis, Cell, Count, State, ThemeChange, Trend
from qualcode.core.co_occurrence import Pair, Together
from qualcode.core.matrix import Grid, Group, Line, View, grid_in_pieces, themes_raised
from qualcode.core.pieces import Pieces, in_handfuls
from qualcode.core.rows import AttributeRow, CodeRow, ParticipantRow, SummaryRow, ThemeRow, WaveRow
from qualcode.core.values import CodeId, InterviewId, SegmentId, ThemeId, WaveId
from qualcode.ui.mask import Mask
from qualcode.ui.models.matrix import Behind, Fact, Heading, Table, Writing
from qualcode.ui.models.passages import Heap, by_person
from qualcode.ui.wording import number, people, raised

if TYPE_CHECKING:
    from qualcode.core.project import Project

SIGNS = {State.RAISED: "●", State.ASKED: "○", State.NOT_ASKED: "–", State.NOT_CODED: "…"}
TRENDS = {
    Trend.NEW: ("+", "good"),
    Trend.GONE: ("−", "attention"),
    Trend.STRONGER: ("▲", "good"),
    Trend.WEAKER: ("▼", "attention"),
    Trend.UNCHANGED: ("=", ""),
    Trend.NO_CLAIM: ("?", "quiet"),
}


MUCH = 5_000
"""Segments, some forty interviews: to read and count them takes a tenth of a second."""


def is_large(analysis: Analysis) -> bool:
    """Whether there is so much to read and count that the window shall go on meanwhile."""
    return sum(interview.segments for interview in analysis.interviews) > MUCH


class Snapshot:
    """The project as it stands and is shown; each part is read when first asked for. Make a new one after a change.

    Tables are made in pieces, for they may be of a thousand interviews.
    """

    def __init__(self, project: Project, mask: Mask) -> None:
        self._project, self._mask = project, mask
        self._pairs: dict[tuple[int | None, WaveId | None], Mapping[Pair, Together]] = {}

    @cached_property
    def analysis(self) -> Analysis:
        return self._mask.analysis(self._project.analysis())

    @cached_property
    def summaries(self) -> list[SummaryRow]:
        return self._mask.rows(self._project.summaries.all())

    def forget_summaries(self) -> None:
        """Read the written cells anew: they alone changed."""
        self.__dict__.pop("summaries", None)

    @cached_property
    def attributes(self) -> list[AttributeRow]:
        return self._project.people.attributes()

    @cached_property
    def codes(self) -> dict[CodeId, CodeRow]:
        return {code.id: code for code in self._mask.rows(self._project.codebook.all())}

    @property
    def waves(self) -> list[WaveRow]:
        return self.analysis.waves

    @property
    def participants(self) -> list[ParticipantRow]:
        return self.analysis.participants

    def wave_name(self, wave_id: WaveId | None) -> str:
        return next((w.name for w in self.waves if w.id == wave_id), "In no wave")

    def grid(self, view: View) -> Pieces[Grid]:
        return grid_in_pieces(self.analysis, self.summaries, self.attributes, view)

    # --- the tables ---

    def matrix(self, view: View, opened: Collection[ThemeId]) -> Pieces[Table]:
        """Participants by themes; of sub-themes those whose themes are ``opened``."""
        found = yield from self.grid(view)
        shown = _shown(found.themes, opened)
        columns = tuple(_theme_column(t, found, opened) for t in shown)
        rows = []
        for group in found.groups:
            if group.name:
                rows.append(self._group_row(group, shown))
            for lines in in_handfuls(group.lines):
                rows += [self._person_row(line, shown, found.themes) for line in lines]
                yield
        return Table(people(found.people), columns, tuple(rows))

    def groups(self, view: View) -> Pieces[Table]:
        """Themes by groups of people, and by everybody; empty when there is nobody."""
        found = yield from self.grid(view)
        whole = yield from self.grid(replace(view, by=None))
        if not whole.groups:
            return Table()
        everybody = Group("Everybody", whole.groups[0].lines, found.counts)
        shown = [*found.groups, everybody] if view.by is not None else [everybody]
        columns = tuple(
            Heading(f"group {g.name}", g.name, people(len({x.participant.id for x in g.lines}))) for g in shown
        )
        depths = _depths(found.themes)
        rows = []
        for theme in found.themes:
            rows.append((_theme_row(theme, depths[theme.id]), tuple(self._count_fact(g, theme) for g in shown)))
            yield
        return Table("Theme", columns, tuple(rows), 250)

    def change(self, before: WaveId, after: WaveId) -> Pieces[Table]:
        """Themes by two waves, with what became of each."""
        changes = yield from self.analysis.compare_in_pieces(before, after)
        names = self.wave_name(before), self.wave_name(after)
        columns = (
            Heading("before", names[0], people(len(self.analysis.interviewed(before))), width=160),
            Heading("after", names[1], people(len(self.analysis.interviewed(after))), width=160),
            Heading("trend", "Change", width=300),
        )
        depths = _depths(self.analysis.themes)
        warnings = {change.warning for change in changes if change.trend is not Trend.NO_CLAIM}
        common = warnings.pop() if len(warnings) == 1 else ""
        rows = tuple(
            (_theme_row(change.theme, depths[change.theme.id]), self._change_facts(change, before, after, common))
            for change in changes
        )
        return Table("Theme", columns, rows, 230, common)

    def saturation(self) -> Pieces[Table]:
        """How many codes each interview brought that none before it had."""
        yield from self.analysis.read_all()
        found = self.analysis.new_codes()
        yield
        most, whole = max((new for _, new, _ in found), default=0), found[-1][2] if found else 0
        columns = (Heading("new", "New codes", width=240), Heading("all", "Codes so far", width=240))
        rows = []
        for interview, new, so_far in found:
            behind = Behind(
                interview.title,
                f"{number(new, 'code')} first used here." if new else "No code was first used here.",
                partial(self._first, interview.id),
            )
            facts = (
                Fact(str(new), share=new / most if most else None, tone="" if new else "quiet", behind=behind),
                Fact(str(so_far), share=so_far / whole if whole else None, behind=behind),
            )
            rows.append((Heading(interview.id, interview.title, "" if interview.segments else "not yet coded"), facts))
        return Table("Interview", columns, tuple(rows), 250)

    def together(self, within_turns: int | None, wave_id: WaveId | None, code_id: CodeId | None) -> Pieces[Table]:
        """Pairs of codes, most people first; only those with ``code_id`` when one is given."""
        key = (within_turns, wave_id)
        if key not in self._pairs:
            self._pairs[key] = yield from self.analysis.together_in_pieces(within_turns, wave_id)
        wanted = {pair: found for pair, found in self._pairs[key].items() if code_id is None or code_id in pair}
        segments: dict[Pair, int] = {}
        for pairs in in_handfuls(list(wanted)):
            yield
            segments |= {pair: _segments(wanted[pair]) for pair in pairs}
        name = {code.id: code.name for code in self.codes.values()}
        order = sorted(wanted, key=lambda pair: (-wanted[pair].people, -segments[pair], *(name[c] for c in pair)))
        most = max((found.people for found in wanted.values()), default=1)
        columns = (Heading("people", "People", width=180), Heading("segments", "Segments", width=110))
        rows = []
        for pairs in in_handfuls(order):
            yield
            rows += [self._pair_row(pair, wanted[pair], segments[pair], most, code_id) for pair in pairs]
        return Table("Codes found together", columns, tuple(rows), 380)

    # --- rows ---

    def _person_row(
        self, line: Line, shown: Sequence[ThemeRow], themes: Sequence[ThemeRow]
    ) -> tuple[Heading, tuple[Fact, ...]]:
        count, base = themes_raised(line, themes)
        note = f"{count} of {number(base, 'theme')}" if base else ""
        head = Heading(f"{line.participant.id} {line.wave_id}", line.participant.pseudonym, note)
        return head, tuple(self._cell_fact(line, theme) for theme in shown)

    def _group_row(self, group: Group, shown: Sequence[ThemeRow]) -> tuple[Heading, tuple[Fact, ...]]:
        head = Heading(f"group {group.name}", group.name, people(len(group.lines)), strong=True)
        return head, tuple(self._count_fact(group, theme, bar=False) for theme in shown)

    # --- cells ---

    def _cell_fact(self, line: Line, theme: ThemeRow) -> Fact:
        cell = line.cells[theme.id]
        words = number(len(cell.segment_ids), "segment") if cell.state is State.RAISED else cell.state.value
        words += ", unasked" if cell.unasked else ""
        tone = "" if cell.state is State.RAISED else "quiet"
        note = self._summaries(line.summaries.get(theme.id, ()))
        title = f"{line.participant.pseudonym} · {theme.name}"
        found: dict[str, Sequence[SegmentId]] = {line.participant.id: cell.segment_ids} if cell.segment_ids else {}
        heaps = partial(self._heaps, found)
        writing = Writing(line.participant.id, theme.id, line.written(theme.id))
        behind = Behind(title, _sentence(cell), heaps, writing)
        return Fact(words, SIGNS[cell.state], note, tone, behind=behind)

    def _summaries(self, rows: Sequence[SummaryRow]) -> str:
        """What was written, a paragraph each; of several, each says its wave."""
        if len(rows) < 2:
            return "".join(row.text for row in rows)
        return "\n".join(f"{self.wave_name(row.wave_id).split(',')[0]}: {row.text}" for row in rows)

    def _count_fact(self, group: Group, theme: ThemeRow, *, bar: bool = True) -> Fact:
        count = group.counts[theme.id]
        sentence = f"Raised by {raised(count)}" + (
            f", in {number(count.segments, 'segment')}." if count.segments else "."
        )
        title = f"{group.name} · {theme.name}" if group.name else theme.name
        behind = Behind(title, sentence, partial(self._heaps, group.segments(theme.id)), caution=_uncoded(count))
        note = number(count.segments, "segment") if count.segments and bar else ""
        return Fact(
            raised(count) if bar or not count.asked else str(count),
            note=note,
            tone="" if count.people else "quiet",
            share=count.people / count.asked if bar and count.asked else None,
            behind=behind,
        )

    def _change_facts(self, change: ThemeChange, before: WaveId, after: WaveId, common: str) -> tuple[Fact, ...]:
        """``common`` is the warning that is said once for all themes."""
        waves = (before, after)
        sign, tone = TRENDS[change.trend]
        note = "" if change.warning == common else change.warning
        said = f"{self.wave_name(before)}: {raised(change.before)}. {self.wave_name(after)}: {raised(change.after)}."
        both = Behind(
            change.theme.name, said, partial(self._heaps_by_wave, change.theme.id, waves), caution=change.warning
        )
        facts = []
        for count, wave_id in ((change.before, before), (change.after, after)):
            title = f"{change.theme.name} · {self.wave_name(wave_id)}"
            heaps = partial(self._heaps_by_wave, change.theme.id, (wave_id,))
            behind = Behind(title, f"Raised by {raised(count)}.", heaps, caution=_uncoded(count))
            facts.append(
                Fact(
                    raised(count),
                    share=count.people / count.asked if count.asked else None,
                    tone="" if count.people else "quiet",
                    behind=behind,
                )
            )
        return *facts, Fact(change.trend.value, sign, note, tone, behind=both)

    def _pair_row(
        self, pair: Pair, found: Together, segments: int, most: int, first: CodeId | None
    ) -> tuple[Heading, tuple[Fact, ...]]:
        """Two codes found together, ``first`` named first; ``most`` are the people of the pair that has most."""
        one, other = (
            self.codes[c].name for c in sorted(pair, key=lambda c: (c != first, self.codes[c].name.casefold()))
        )
        sentence = f"{people(found.people)} said both together, in {number(segments, 'segment')}."
        behind = Behind(f"{one} and {other}", sentence, partial(self._heaps, found.segments))
        heard = Fact(people(found.people), share=found.people / most, behind=behind)
        return Heading(" ".join(pair), f"{one}  +  {other}"), (heard, Fact(str(segments), behind=behind))

    # --- what is behind ---

    def _heaps(self, found: Mapping[str, Sequence[SegmentId]]) -> list[Heap]:
        return by_person(self.participants, found)

    def _first(self, interview_id: InterviewId) -> list[Heap]:
        """By code, for the codes first used in an interview."""
        found = self.analysis.first_heard(interview_id)
        return [Heap(self.codes[code_id].name, tuple(segments)) for code_id, segments in found.items()]

    def _heaps_by_wave(self, theme_id: ThemeId, waves: Sequence[WaveId]) -> list[Heap]:
        """By wave and person; where there are two waves each heap says its own."""
        heaps = []
        for wave_id in waves:
            note = self.wave_name(wave_id) if len(waves) > 1 else ""
            heaps += [replace(h, note=note) for h in self._heaps(self.analysis.said_on(theme_id, wave_id))]
        return heaps


def saturated(table: Table) -> str:
    """What the table of new codes says, in a sentence."""
    new = [int(facts[0].words) for _, facts in table.rows]
    if len(new) < 4 or not sum(new):
        return "How many codes each interview brought that none before it had."
    last = sum(new[-3:])
    brought = "no new code" if not last else number(last, "new code")
    return f"The last three interviews brought {brought}; all {len(new)} brought {sum(new)}."


def _shown(themes: Sequence[ThemeRow], opened: Collection[ThemeId]) -> list[ThemeRow]:
    visible: set[ThemeId | None] = {None}
    shown = []
    for theme in themes:
        if theme.parent_id in visible:
            shown.append(theme)
            if theme.id in opened:
                visible.add(theme.id)
    return shown


def _depths(themes: Sequence[ThemeRow]) -> dict[ThemeId | None, int]:
    depths: dict[ThemeId | None, int] = {None: -1}
    for theme in themes:
        depths[theme.id] = depths[theme.parent_id] + 1
    return depths


def _theme_column(theme: ThemeRow, found: Grid, opened: Collection[ThemeId]) -> Heading:
    folds = any(t.parent_id == theme.id for t in found.themes)
    depth = 1 if theme.parent_id else 0
    folded = theme.id not in opened if folds else None
    return Heading(theme.id, theme.name, raised(found.counts[theme.id]), depth, folded=folded)


def _theme_row(theme: ThemeRow, depth: int) -> Heading:
    return Heading(theme.id, theme.name, depth=depth)


def _segments(found: Together) -> int:
    return len({segment for ids in found.segments.values() for segment in ids})


def _sentence(cell: Cell) -> str:
    if cell.state is State.RAISED:
        unasked = "; the topic guide did not ask" if cell.unasked else ""
        return f"Raised in {number(len(cell.segment_ids), 'segment')}{unasked}."
    return {
        State.ASKED: "Asked, and did not raise it.",
        State.NOT_ASKED: "Not asked: no question of the topic guide bears on it.",
        State.NOT_CODED: "Not yet coded: nothing in the interview has a code.",
    }[cell.state]


def _uncoded(count: Count) -> str:
    verb = "is" if count.uncoded == 1 else "are"
    return f"{people(count.uncoded)} {verb} left out: not yet coded." if count.uncoded else ""
