"""In which part of a project is looked: whose speech, which wave, which group of people, which coding.

A :class:`Scope` names what was chosen and can be kept; :func:`resolved` holds it against the project as it stands and
gives values that a worker may have.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualcode.core import spans
from qualcode.core.concordance import Speech, Voices
from qualcode.core.reading import Voice
from qualcode.core.values import AttributeId, CodeId, Role, Span, ThemeId, TranscriptId, WaveId

if TYPE_CHECKING:
    from qualcode.core.project import Project


@dataclass(frozen=True, slots=True)
class Topic:
    """Codes, and themes with all that stands under them: any of these. Without either: whatever the code."""

    code_ids: frozenset[CodeId] = frozenset()
    theme_ids: frozenset[ThemeId] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.code_ids or self.theme_ids)


@dataclass(frozen=True, slots=True)
class Scope:
    """``wave_id`` None is every wave; ``attribute_id`` with ``value`` is a group of people, None everybody.

    ``topic`` narrows a search for words to passages coded so.
    """

    voices: Voices = Voices.PARTICIPANTS
    wave_id: WaveId | None = None
    attribute_id: AttributeId | None = None
    value: str = ""
    topic: Topic = field(default_factory=Topic)


@dataclass(frozen=True)
class Within:
    """A scope as values. ``transcripts`` are those to look at, in the order of the interviews.

    ``people`` are the ids of the group, None without one; ``covered`` the coded places by transcript, in order and
    apart from each other, None where coding does not matter.
    """

    transcripts: tuple[TranscriptId, ...]
    voices: Voices = Voices.PARTICIPANTS
    people: frozenset[str] | None = None
    covered: Mapping[TranscriptId, Sequence[Span]] | None = None

    def hears(self, person: str, role: Role) -> bool:
        """Whether this voice is looked at; interviewers are in no group, but speak with those who are."""
        among = self.people is None or role is Role.INTERVIEWER or person in self.people
        return among and self.voices.holds(role)

    def covers(self, transcript_id: TranscriptId, span: Span) -> bool:
        """Whether the place shares a code point with one that is coded as wished."""
        if self.covered is None:
            return True
        there = self.covered.get(transcript_id, ())
        number = bisect_right(there, span.start, key=lambda place: place.end)
        return number < len(there) and there[number].overlaps(span)

    def covers_some_of(self, transcript_id: TranscriptId) -> bool:
        """Whether any place in a transcript is coded as wished."""
        return self.covered is None or transcript_id in self.covered

    def heard(self, voices: Mapping[TranscriptId, Sequence[Voice]]) -> frozenset[str]:
        """Who of those looked at speaks in the transcripts: the base of a count. ``voices`` are all who do."""
        return frozenset(
            person for t in self.transcripts for person, role in voices.get(t, ()) if self.hears(person, role)
        )

    def heard_in(self, speech: Speech, span: Span) -> tuple[str, ...]:
        """Who of those looked at speaks in a passage, in the order in which they do."""
        turns = speech.passage.turns
        speakers = dict.fromkeys(turns[n].speaker for n in spans.turns_within(turns, span))
        voices = ((speech.people[n], speech.passage.speakers[n].role) for n in speakers)
        return tuple(dict.fromkeys(person for person, role in voices if self.hears(person, role)))


def resolved(project: Project, scope: Scope) -> Within:
    """The scope as the project stands. What it names and is gone finds nothing."""
    people = _group(project, scope)
    interviews = [i for i in project.transcripts.interviews() if scope.wave_id in (None, i.wave_id)]
    there = (i for i in interviews if people is None or not people.isdisjoint(i.participant_ids))
    codes = codes_of(project, scope.topic)
    covered = None if codes is None else _covered(project, codes)
    return Within(tuple(i.transcript_id for i in there), scope.voices, people, covered)


def codes_of(project: Project, topic: Topic) -> frozenset[CodeId] | None:
    """The codes that a topic stands for; None for any code at all."""
    if not topic:
        return None
    themes = {below for theme_id in topic.theme_ids for below in project.themes.within(theme_id)}
    gathered = {code_id for code_id, theme_id in project.themes.of_code().items() if theme_id in themes}
    return topic.code_ids | gathered


def _group(project: Project, scope: Scope) -> frozenset[str] | None:
    attribute_id = scope.attribute_id
    if attribute_id is None:
        return None
    wanted = scope.value.casefold()
    people = project.people.all()
    return frozenset(p.id for p in people if p.attributes.get(attribute_id, "").casefold() == wanted)


def _covered(project: Project, codes: Iterable[CodeId]) -> Mapping[TranscriptId, Sequence[Span]]:
    places: dict[TranscriptId, list[Span]] = defaultdict(list)
    for segment in project.coding.of_code(sorted(codes)):
        places[segment.transcript_id].append(segment.span)
    return {transcript_id: spans.merged(there) for transcript_id, there in places.items()}
