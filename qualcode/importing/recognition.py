"""From a source to a transcript: the pattern of labels found, the speakers named, the speech put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from qualcode.core.values import Aside, AsideKind, InterviewFacts, Role, Span, Speaker, Transcript
from qualcode.errors import Cancelled
from qualcode.importing import columns, heads, patterns, unnamed
from qualcode.importing.assembly import Assembled, Assembly, is_close, is_mark
from qualcode.importing.facts import facts_in, facts_of
from qualcode.importing.header import length_of
from qualcode.importing.heads import Place
from qualcode.importing.labels import Candidate, Shape, asks, is_role_word, key_of
from qualcode.importing.legend import legend_of
from qualcode.importing.patterns import Pattern
from qualcode.importing.readings import BareTimes, head
from qualcode.importing.rules import Rules
from qualcode.importing.source import Paragraph, Source, joined, never, sliced
from qualcode.importing.speakers import Conduct, Proposal, roles
from qualcode.importing.spellings import Merge, named


@dataclass(frozen=True, slots=True)
class Voice:
    """One speaker as a preview lists them. ``share`` is of all words, 0 to 1; ``why`` is the reason for the role."""

    label: str
    role: Role
    why: str
    turns: int
    words: int
    share: float


@dataclass(frozen=True, slots=True)
class Recognition:
    """A transcript, and how it was arrived at.

    ``pattern`` and ``reasons`` are sentences; ``confidence`` is 0 to 1. ``places`` tells for each paragraph of the
    source the turn that its first words went to, None if it is no speech. ``inside`` tells where turns begin inside a
    paragraph: its number, and code points of it with the speaker's label.
    """

    transcript: Transcript
    shape: Shape
    pattern: str
    confidence: float
    reasons: tuple[str, ...]
    voices: tuple[Voice, ...]
    merges: tuple[Merge, ...]
    places: tuple[int | None, ...]
    inside: Mapping[int, tuple[tuple[int, str], ...]]


def recognise(source: Source, rules: Rules | None = None, cancelled: Callable[[], bool] = never) -> Recognition:
    """The transcript in ``source``, and how sure that is. Raises :class:`~qualcode.errors.Cancelled`.

    Labels are looked for in every shape over the whole file, and the best shape is taken; see ``docs/importing.md``.
    A file without labels is one voice.
    """
    work = _Work(source, rules or Rules())
    if cancelled():
        raise Cancelled
    pattern = work.pattern()
    if cancelled():
        raise Cancelled
    return work.recognition(pattern)


class _Work:
    """One file on its way from source to transcript."""

    def __init__(self, source: Source, rules: Rules) -> None:
        self._source = source
        self._rules = rules
        total = len(source.paragraphs)
        numbered = list(enumerate(source.paragraphs))
        kept = columns.spread([(i, p) for i, p in numbered if not rules.leaves_out(i, p.text, total)])
        self._numbers = [number for number, _ in kept]
        self._paragraphs = columns.uncounted([paragraph for _, paragraph in kept])
        self._legend = legend_of(self._paragraphs)
        self._times = heads.bare_times(self._paragraphs)
        self._heads = heads.heads_of(self._paragraphs, self._legend, rules, self._times)
        self._header = length_of(self._paragraphs, self._legend, heads.recurring(self._heads))

    def pattern(self) -> Pattern:
        if self._rules.one_voice:
            return Pattern(Shape.NONE, {}, 1.0, ("The rules of this import say that there is one voice.",))
        found = patterns.find(self._paragraphs, self._header, self._heads, self._legend)
        if found.shape is Shape.NONE:
            by_type = unnamed.by_look(self._paragraphs, self._header)
            by_type = by_type or unnamed.by_headings(self._paragraphs, self._header)
            found = by_type or unnamed.by_marks(self._paragraphs, self._header) or found
        return self._corrected(unnamed.answered(found, self._paragraphs, self._header))

    def _corrected(self, found: Pattern) -> Pattern:
        """The pattern with the turns that the analyst began or joined by hand."""
        labels = dict(found.labels)
        for place, number in enumerate(self._numbers):
            label = self._rules.starts.get(number)
            if label is None:
                continue
            mine = labels.pop((place, 0), None)
            if label:
                body = mine.body if mine else 0
                labels[place, 0] = Candidate(Shape.GIVEN, label, key_of(label), 0, body, mine.at if mine else None)
        self._split(labels)
        shape = Shape.GIVEN if found.shape is Shape.NONE and labels else found.shape
        return replace(found, shape=shape, labels=dict(sorted(labels.items())))

    def _split(self, labels: dict[Place, Candidate]) -> None:
        """Begin turns inside paragraphs, or none, where the analyst says so."""
        splits = self._rules.splits
        for place, number in enumerate(self._numbers) if splits else ():
            moved = self._moved(place)
            for at, label in ((at - moved, label) for (n, at), label in splits.items() if n == number):
                mine = labels.pop((place, at), None)
                if label and 0 < at < len(self._paragraphs[place].text):
                    body = mine.body if mine else at
                    labels[place, at] = Candidate(Shape.GIVEN, label, key_of(label), at, body)

    def _without_topics(self, pattern: Pattern) -> None:
        """Make headings of the topics that stand right above labelled turns, in a file with labels."""
        labelled = {number for number, _ in pattern.labels}
        if len(labelled) < 0.5 * len(self._paragraphs):
            return
        for number in heads.topics_of(self._paragraphs) - labelled:
            if number + 1 in labelled:
                self._paragraphs[number] = replace(self._paragraphs[number], heading=True)

    def recognition(self, pattern: Pattern) -> Recognition:
        self._without_topics(pattern)
        first = min((number for number, _ in pattern.labels), default=self._header)
        spoken = bool(pattern.labels) and self._is_spoken(first)
        start = min(self._header, first) if spoken else first
        naming = named(list(pattern.labels.values()), self._legend.meanings, self._rules)
        end = self._end(max((number for number, _ in pattern.labels), default=start))
        assembled, places = self._assembled(pattern, naming.labels, start, end)
        facts, understood = facts_of(self._paragraphs[:start], self._stated())
        left = [p.text.strip() for i, p in enumerate(self._paragraphs[:start]) if i not in understood]
        people = _conduct(assembled)
        proposals = roles(people, self._legend.meanings, facts, self._rules)
        transcript = Transcript(
            text=assembled.text,
            turns=assembled.turns,
            speakers=tuple(Speaker(s, p.role) for s, p in zip(assembled.speakers, proposals, strict=True)),
            source_name=self._source.name,
            source_digest=self._source.digest,
            facts=self._filled(facts, assembled.speakers, proposals),
            emphasis=assembled.emphasis,
            asides=(*self._source.asides, *(Aside(AsideKind.HEADER, t) for t in left if t), *assembled.asides),
            remarks=(*self._source.remarks, *self._remarks(pattern, naming.merges, left, spoken, end)),
        )
        return Recognition(
            transcript=transcript,
            shape=pattern.shape,
            pattern=f"The labels are {pattern.shape.value}.",
            confidence=_confidence(pattern, transcript, spoken),
            reasons=(*pattern.reasons, *transcript.remarks),
            voices=tuple(_voices(people, proposals)),
            merges=naming.merges,
            places=tuple(places),
            inside=self._inside(pattern, naming.labels, places),
        )

    def _inside(
        self, pattern: Pattern, labels: Mapping[str, str], places: Sequence[int | None]
    ) -> Mapping[int, tuple[tuple[int, str], ...]]:
        found: dict[int, tuple[tuple[int, str], ...]] = {}
        for (place, at), candidate in pattern.labels.items():
            number = self._numbers[place]
            if at and places[number] is not None:
                here = at + self._moved(place)
                found[number] = (*found.get(number, ()), (here, labels[candidate.key]))
        return found

    def _moved(self, place: int) -> int:
        """How many code points of the source's paragraph were left out before the words that stand at ``place``."""
        whole, words = self._source.paragraphs[self._numbers[place]].text, self._paragraphs[place].text
        return max(0, whole.find(words)) if whole != words else 0

    def _is_spoken(self, first: int) -> bool:
        """Whether prose before the first label is so long that it is speech without a label, not front matter."""
        if self._rules.keep_preface is not None:
            return self._rules.keep_preface and first > self._header
        preface = self._paragraphs[self._header : first]
        if any(p.heading for p in self._paragraphs[:first]):
            return False
        prose = _words(preface)
        return prose > 150 and prose > 0.08 * _words(self._paragraphs)

    def _stated(self) -> list[tuple[str, str]]:
        """Facts that the format names, and those in page headers."""
        furniture = [pair for a in self._source.asides for line in a.text.split("\n") for pair in facts_in(line)]
        return [*self._source.stated, *furniture]

    def _assembled(
        self, pattern: Pattern, labels: Mapping[str, str], start: int, end: int
    ) -> tuple[Assembled, list[int | None]]:
        cuts: dict[int, list[Candidate]] = {}
        for (number, _), candidate in pattern.labels.items():
            cuts.setdefault(number, []).append(candidate)
        assembly = Assembly(heads.has_round_times(self._paragraphs))
        if start not in cuts or cuts[start][0].start:
            assembly.open("", None)
        talk = _Talk(assembly, labels, self._times)
        if start:
            talk.look_back(self._paragraphs[start - 1])
        places: list[int | None] = [None] * len(self._source.paragraphs)
        for place in range(start, end):
            places[self._numbers[place]] = talk.paragraph(self._paragraphs[place], cuts.get(place, ()))
        for paragraph in self._paragraphs[end:]:
            assembly.set_aside(paragraph)
        return assembly.finished(), places

    def _end(self, last: int) -> int:
        """Where the speech ends: at a line after the ``last`` label that says so, if little comes after it."""
        close = next((i for i in range(last + 1, len(self._paragraphs)) if is_close(self._paragraphs[i].text)), None)
        if close is None or _words(self._paragraphs[close:]) > max(60, 0.1 * _words(self._paragraphs)):
            return len(self._paragraphs)
        return close

    def _filled(self, facts: InterviewFacts, speakers: Sequence[str], proposals: Sequence[Proposal]) -> InterviewFacts:
        """The facts, with the people whom the legend names where the header names none."""
        names: dict[Role, list[str]] = {}
        for speaker, proposal in zip(speakers, proposals, strict=True):
            meaning = self._legend.meanings.get(key_of(speaker))
            if meaning and not is_role_word(key_of(meaning)):
                names.setdefault(proposal.role, []).append(meaning)
        interviewer = facts.interviewer or ", ".join(names.get(Role.INTERVIEWER, ())) or None
        return replace(
            facts, interviewer=interviewer, participants=facts.participants or tuple(names.get(Role.PARTICIPANT, ()))
        )

    def _remarks(
        self, pattern: Pattern, merges: Sequence[Merge], left: Sequence[str], spoken: bool, end: int
    ) -> Iterator[str]:
        if not pattern.labels:
            yield "No speakers were found in it; it was read as one voice."
        if pattern.shape is Shape.WHOLE:
            yield "It names no speakers; they were told apart by how their paragraphs look."
        if pattern.shape in (Shape.MARK, Shape.DASHES):
            yield "It names no speakers; the paragraphs that ask were taken for the interviewer's."
        if any(c.shape is Shape.WHOLE for c in pattern.labels.values()) and pattern.shape is not Shape.WHOLE:
            yield "It labels one speaker only; the paragraphs without a label were taken for the other's."
        if spoken:
            yield "The words before the first speaker's label were kept as a speaker without a name."
        elif sum(len(text.split()) for text in left) > 40:
            yield "The text before the first turn was set aside as front matter."
        if end + 1 < len(self._paragraphs):
            yield "The text after the end of the interview was set aside."
        for merge in merges:
            turns = "1 turn" if merge.turns == 1 else f"{merge.turns} turns"
            yield f"{merge.spelling} was taken for {merge.into} ({turns})."


class _Talk:
    """Feeds paragraphs to an assembly, cut at their labels."""

    def __init__(self, assembly: Assembly, labels: Mapping[str, str], times: BareTimes) -> None:
        self._assembly = assembly
        self._labels = labels
        self._times = times
        self._time: float | None = None

    def look_back(self, before: Paragraph) -> None:
        """Remember a time that stands on a line of its own above the first turn."""
        place, at = head(before, 0, self._times)
        self._time = at if place >= len(before.text.rstrip()) else None

    def paragraph(self, paragraph: Paragraph, cuts: Sequence[Candidate]) -> int | None:
        """Say what is speech in the paragraph; the turn that its first words went to, None if there are none."""
        ends = [*(c.start for c in cuts[1:]), len(paragraph.text)]
        first = None
        if not cuts or cuts[0].start > 0:
            words = sliced(paragraph, [Span(0, cuts[0].start)]) if cuts else paragraph
            first = self._assembly.turn if self._unlabelled(words) else None
        for candidate, end in zip(cuts, ends, strict=False):
            if self._labelled(paragraph, candidate, end) and first is None:
                first = self._assembly.turn
        return first

    def _unlabelled(self, paragraph: Paragraph) -> bool:
        if paragraph.heading or is_mark(paragraph.text):
            self._assembly.set_aside(paragraph)
            return False
        place, at = head(paragraph, 0, self._times)
        if at is not None and place >= len(paragraph.text.rstrip()):
            self._time = None if self._assembly.began(at) else at
            return False
        self._time = None
        words = sliced(paragraph, [Span(place, len(paragraph.text))]) if at is not None else paragraph
        return self._assembly.say(words, paragraph.flows)

    def _labelled(self, paragraph: Paragraph, candidate: Candidate, end: int) -> bool:
        speaker = self._labels[candidate.key]
        is_cue = paragraph.at is not None and paragraph.cell is None
        if not (is_cue and speaker == self._assembly.speaker):
            self._assembly.open(speaker, self._time if candidate.at is None else candidate.at)
        self._time = None
        words = sliced(paragraph, [Span(min(candidate.body, end), end)])
        if candidate.event:
            words = joined([sliced(paragraph, [candidate.event]), words], [" "])
        return self._assembly.say(words, paragraph.flows)


def _words(paragraphs: Sequence[Paragraph]) -> int:
    return sum(len(p.text.split()) for p in paragraphs)


def _conduct(assembled: Assembled) -> list[Conduct]:
    said: list[list[str]] = [[] for _ in assembled.speakers]
    for turn in assembled.turns:
        said[turn.speaker].append(turn.span.of(assembled.text))
    opener = next((t.speaker for t in assembled.turns if assembled.speakers[t.speaker]), 0)
    found = []
    for number, (label, turns) in enumerate(zip(assembled.speakers, said, strict=True)):
        words = sum(len(turn.split()) for turn in turns)
        asking = sum(map(asks, turns))
        found.append(Conduct(label, tuple(turns), words, asking, number == opener))
    return found


def _voices(people: Sequence[Conduct], proposals: Sequence[Proposal]) -> Iterator[Voice]:
    total = sum(person.words for person in people) or 1
    for person, proposal in zip(people, proposals, strict=True):
        yield Voice(person.label, proposal.role, proposal.why, person.turns, person.words, person.words / total)


def _confidence(pattern: Pattern, transcript: Transcript, spoken: bool) -> float:
    """How sure the reading is: the pattern's own score, less for rare labels and words that nobody is named for."""
    if not pattern.labels:
        return 1.0 if pattern.score == 1.0 else max(0.3, 0.8 - pattern.score)
    rare = Counter(t.speaker for t in transcript.turns)
    once = sum(n == 1 for n in rare.values()) / len(rare) if len(rare) > 2 else 0.0
    return round(max(0.1, min(0.99, 0.2 + pattern.score) - 0.3 * once - (0.15 if spoken else 0.0)), 2)
