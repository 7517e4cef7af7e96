"""Searching: asked here, done on a worker, followed while the project changes; and coding all that was found."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from time import monotonic

from PySide6.QtCore import QObject, Signal

from qualcode.core import retrieval, search, spans
from qualcode.core.coding import NewSegment
from qualcode.core.concordance import Hit, Speech
from qualcode.core.kept_searches import Search
from qualcode.core.retrieval import Asked, Match
from qualcode.core.rows import CodeRow
from qualcode.core.search import WordSearch
from qualcode.core.values import Change, CodeId, Passage, Span, TranscriptId
from qualcode.errors import Cancelled, UserError
from qualcode.ui.models.search import Group, SegmentShelf, Spot
from qualcode.ui.models.speech import SpeechShelf
from qualcode.ui.operations import Task
from qualcode.ui.widgets.reading_concordance import Names
from qualcode.ui.wording import number
from qualcode.ui.workspace import Workspace

MOST_LISTED = 5_000
FIRST_BATCH = 100
"""Places that are shown at once; then as many more as there are, for all are laid out anew each time."""

PATIENCE = 0.2
"""Seconds after which fewer are shown, too; the very first are shown at once."""

AROUND = 60
"""Code points shown before and after a segment."""

SPEECH = ("transcript", "speaker", "turn", "interview", "interview_participant", "participant")
CODING = ("segment", "code", "theme")
WHO = ("attribute", "attribute_value", "wave")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a search ended. ``people`` of ``heard`` have a place found; ``refusal`` says what was wrong with it.

    ``places`` counts all, listed or not; ``stopped``: before all was looked through.
    """

    people: int = 0
    heard: int = 0
    places: int = 0
    interviews: int = 0
    stopped: bool = False
    refusal: str = ""

    def said(self, listed: int) -> str:
        """People first, with their base; and what the ``listed`` places leave out."""
        parts = [f"{self.people:,} of {number(self.heard, 'person', 'people')}"]
        parts += [number(self.places, "place"), f"in {number(self.interviews, 'interview')}"]
        if self.places > listed:
            parts.append(f"the first {listed:,} are listed")
        if self.stopped:
            parts.append("stopped before the end")
        return self.refusal or "   ".join(parts)


@dataclass(frozen=True, slots=True)
class Plan:
    """What coding all would do: the passages by interview, and those of them that have the code already."""

    groups: tuple[Group, ...]
    coded_already: tuple[Spot, ...]


@dataclass(frozen=True)
class _Looked:
    """A transcript looked through: how many places were found, with whom, and (when asked) the first so many."""

    transcript_id: TranscriptId
    places: int
    people: Collection[str]
    spots: Callable[[int], list[Spot]]


_Look = Callable[[Callable[[], None]], Iterator[_Looked]]


class SearchDesk(QObject):
    """One search at a time; a new one ends the one before."""

    began = Signal(bool)
    """A search begins: a new one (True), or the same again after something changed."""
    found = Signal(object)
    """Groups to be added to what is shown."""
    ended = Signal(object)
    """An Outcome, or None when nothing was asked for."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._shelf = SpeechShelf(workspace, self)
        self._segments = SegmentShelf(workspace)
        self._run: object = None
        self._stopped: object = None
        self.asked: Search | None = None

    # --- searching ---

    def ask(self, asked: Search | None, *, again: bool = False) -> None:
        """Search; None or an empty search ends what is under way."""
        self._run = run = object()
        self.asked = asked if asked else None
        if not asked or not self._workspace.is_open:
            self.ended.emit(None)
            return
        self.began.emit(not again)
        if isinstance(asked, WordSearch):
            self._find(run, search.understood(self._workspace.project, asked))
        else:
            self._retrieve(run, retrieval.understood(self._workspace.project, asked))

    def stop(self) -> None:
        """End the search under way; what was found stays."""
        self._stopped = self._run

    def react(self, change: Change) -> bool:
        """Forget what a change made old; whether the search is to be made again."""
        speech, coding = change.touches(*SPEECH), change.touches(*CODING)
        if speech:
            self._shelf.forget()
        if speech or coding:
            self._segments.forget()
        bare = isinstance(self.asked, WordSearch) and not self.asked.scope.topic
        return speech or change.touches(*WHO) or (coding and not bare)

    def forget(self) -> None:
        """Read everything anew: the project is another."""
        self._run = None
        self._shelf.forget()
        self._segments.forget()

    # --- coding what was found ---

    def plan(self, spots: Sequence[Spot], code_id: CodeId, to: spans.Snap) -> Plan:
        """The passages that would be coded for these places, each once; nothing has a code yet to be made."""
        there = self._coded(code_id)
        groups, coded = [], []
        titles = self._names().interviews
        by_transcript: dict[TranscriptId, list[Spot]] = {}
        for spot in spots:
            by_transcript.setdefault(spot.transcript_id, []).append(spot)
        for transcript_id, mine in by_transcript.items():
            grown = self._grown(transcript_id, mine, to)
            have = [s for s in grown if any(other.contains(s.span) for other in there.get(transcript_id, ()))]
            shown = [replace(s, note="has this code already") if s in have else s for s in grown]
            coded += [s for s in shown if s.note]
            groups.append(Group(transcript_id, titles[transcript_id].title, tuple(shown)))
        return Plan(tuple(groups), tuple(coded))

    def code(self, spots: Sequence[Spot], code: CodeId | str) -> int | None:
        """Give all these passages a code, or one made under this name, in one step; how many, None when refused."""
        project = self._workspace.project
        known = {row.id: row.name for row in project.codebook.all()}
        name = known.get(CodeId(code), code)

        def act() -> int:
            with project.step(f"Code {number(len(spots), 'passage')} “{name}”"):
                code_id = CodeId(code) if code in known else project.codebook.find(code) or project.codebook.add(code)
                return len(project.coding.apply_many(NewSegment(s.transcript_id, s.span, code_id) for s in spots))

        return self._workspace.attempt(act)

    # --- within: searching ---

    def _find(self, run: object, asked: search.Asked) -> None:
        names, speeches = self._names(), self._shelf.hand_out(asked.to_read)

        def look(go_on: Callable[[], None]) -> Iterator[_Looked]:
            for found in search.find(speeches.each(go_on), asked, go_on):
                people = {hit.person for hit in found.hits}
                spots = partial(_hit_spots, found.speech, found.hits, names)
                yield _Looked(found.speech.passage.transcript_id, len(found.hits), people, spots)

        self._start(run, asked.heard, names, look)

    def _retrieve(self, run: object, asked: Asked) -> None:
        names, codes = self._names(), {code.id: code for code in self._workspace.project.codebook.all()}
        speeches, rows = self._shelf.hand_out(asked.to_read, self._segments.read), self._segments.known

        def look(go_on: Callable[[], None]) -> Iterator[_Looked]:
            for found in retrieval.retrieve(speeches.each(go_on), rows, asked, go_on):
                people = {person for match in found.matches for person in match.people}
                spots = partial(_match_spots, found.speech, found.matches, names, codes)
                yield _Looked(found.speech.passage.transcript_id, len(found.matches), people, spots)

        self._start(run, asked.heard, names, look)

    def _start(self, run: object, heard: Collection[str], names: Names, look: _Look) -> None:
        titles = {t: row.title for t, row in names.interviews.items()}

        def go_on(task: Task) -> None:
            task.go_on()
            if run is not self._run or run is self._stopped:
                raise Cancelled

        self._workspace.operations.start(
            "Searching",
            lambda task: _gathered(task, look(partial(go_on, task)), titles, len(heard)),
            each=lambda groups: self.found.emit(groups) if run is self._run else None,
            then=lambda outcome: self.ended.emit(outcome) if run is self._run else None,
            quiet=True,
        )

    def _names(self) -> Names:
        project = self._workspace.project
        people: dict[str, str] = {row.id: row.pseudonym for row in project.people.all()}
        return Names(people, {i.transcript_id: i for i in project.transcripts.interviews()}, project.waves.all())

    # --- within: coding ---

    def _coded(self, code_id: CodeId) -> Mapping[TranscriptId, Sequence[Span]]:
        there: dict[TranscriptId, list[Span]] = {}
        for row in self._workspace.project.coding.of_code([code_id]):
            there.setdefault(row.transcript_id, []).append(row.span)
        return there

    def _grown(self, transcript_id: TranscriptId, spots: Sequence[Spot], to: spans.Snap) -> list[Spot]:
        """The spots grown to whole words, sentences or turns; those that come to the same passage once."""
        [speech] = self._shelf.now([transcript_id])
        passage = speech.passage
        lines = spans.Lines(passage.text)
        grown: dict[Span, Spot] = {}
        for spot in spots:
            span = spans.snap(passage.text, spot.span, to, passage.turns)
            made = Spot(transcript_id, span, _said_around(passage, span), spot.person, lines.number(span.start))
            grown.setdefault(span, made)
        return [grown[span] for span in sorted(grown) if len(span)]


def _said_around(passage: Passage, span: Span) -> spans.Context:
    """A passage with what stands around it in its own turns, so that nobody else's words are taken for theirs."""
    turns = [passage.turns[number].span for number in spans.turns_within(passage.turns, span)]
    whole = Span(min(turns[0].start, span.start), max(turns[-1].end, span.end)) if turns else span
    return spans.context(whole.of(passage.text), span.shifted(-whole.start), AROUND)


def _gathered(task: Task, looked: Iterable[_Looked], titles: Mapping[TranscriptId, str], heard: int) -> Outcome:
    """On the worker: deliver what is found as it is found, and count it."""
    batch: list[Group] = []
    people: set[str] = set()
    places = interviews = listed = 0
    enough, due = FIRST_BATCH, monotonic()
    outcome = Outcome()
    try:
        for each in looked:
            people.update(each.people)
            places += each.places
            interviews += bool(each.places)
            if each.places and listed < MOST_LISTED:
                spots = tuple(each.spots(MOST_LISTED - listed))
                listed += len(spots)
                batch.append(Group(each.transcript_id, titles[each.transcript_id], spots))
            if batch and (sum(len(group.spots) for group in batch) >= enough or monotonic() > due):
                task.deliver(batch)
                batch, enough, due = [], max(enough, listed), monotonic() + PATIENCE
    except Cancelled:
        outcome = Outcome(stopped=True)
    except UserError as error:
        outcome = Outcome(refusal=str(error))
    task.deliver(batch)
    return replace(outcome, people=len(people), heard=heard, places=places, interviews=interviews)


def _hit_spots(speech: Speech, hits: Sequence[Hit], names: Names, most: int) -> list[Spot]:
    lines = spans.Lines(speech.passage.text)
    return [
        Spot(h.transcript_id, h.span, h.context, names.of(h.person, speech), lines.number(h.span.start))
        for h in hits[:most]
    ]


def _match_spots(
    speech: Speech, matches: Sequence[Match], names: Names, codes: Mapping[CodeId, CodeRow], most: int
) -> list[Spot]:
    lines = spans.Lines(speech.passage.text)
    made = []
    for match in matches[:most]:
        segment = match.segment
        beside = dict.fromkeys(codes[row.code_id].name for row in match.beside)
        made.append(
            Spot(
                segment.transcript_id,
                segment.span,
                spans.context(speech.passage.text, segment.span, AROUND),
                ", ".join(names.of(person, speech) for person in match.people),
                lines.number(segment.span.start),
                codes[segment.code_id],
                segment.id,
                f"with {', '.join(beside)}" if beside else "",
            )
        )
    return made
