"""Invented interviews about a bus, a lunch club and a form, as the values a suggester is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qualcode.core.values import CodeId, Passage, Role, Span, Speaker, TranscriptId, Turn
from qualcode.suggest import Coded, CodeEntry, Material

BUS, LUNCH, FORM = CodeId("bus"), CodeId("lunch"), CodeId("form")
CODEBOOK = (
    CodeEntry(BUS, "Buses and journeys", "How people get there: the bus, the stop, the timetable, the driver."),
    CodeEntry(LUNCH, "Lunch club", "Eating together, the soup, the table, the company at the lunch club."),
    CodeEntry(FORM, "Filling in the form", "The form, its pages, its questions, who helped to fill it in."),
)

_ASKED = {
    BUS: "And how do you get there, is there a bus?",
    LUNCH: "What is the lunch club like for you?",
    FORM: "How did you find filling in the form?",
}
_SAID = {
    BUS: (
        "The bus only comes twice a day and the driver never waits for anybody at the stop.",
        "I missed the bus on Tuesday, so I stood at the stop for an hour in the rain and then I walked home.",
        "They changed the timetable and the bus does not go past the hall any more, so my neighbour drives me.",
        "Well, the bus. You can not rely on that bus, the timetable is a work of fiction if you ask me.",
    ),
    LUNCH: (
        "We sit at the long table and there is soup, and somebody always saves me a chair at the lunch club.",
        "I eat better at the lunch club than I do at home, it is the company really more than the soup.",
        "Before the lunch club I would eat at the sink, standing up. Now I sit at a table with people.",
        "The soup is terrible but I would not miss that table for anything, I look forward to it all week.",
    ),
    FORM: (
        "It was eleven pages, that form, and the same question three times over, so I put it in a drawer.",
        "My daughter filled in the form with me because I could not make head or tail of the questions.",
        "I was worried I would get the form wrong and they would stop the money, so I never sent the pages back.",
        "The form asks questions nobody could answer, I felt stupid, and the girl on the telephone was no help.",
    ),
}


def an_interview(number: int, order: Sequence[CodeId] = (BUS, LUNCH, FORM), opening: str = "Hello there.") -> Passage:
    """An interview with one answer to each of three questions, the answers differing by ``number``."""
    said = [(0, "Thank you for coming in."), (1, opening)]
    for topic in order:
        said += [(0, _ASKED[topic]), (1, _SAID[topic][number % 4])]
    return passage(f"t{number}", said)


def passage(key: str, said: Sequence[tuple[int, str]]) -> Passage:
    """A transcript of turns given as (0 for the interviewer or 1 for a participant, words)."""
    turns: list[Turn] = []
    text = ""
    for speaker, words in said:
        text += "\n" if turns else ""
        turns.append(Turn(speaker, Span(len(text), len(text) + len(words))))
        text += words
    speakers = (Speaker("Q", Role.INTERVIEWER), Speaker("A", Role.PARTICIPANT))
    return Passage(TranscriptId(key), text, tuple(turns), speakers)


def answer(found: Passage, topic: CodeId, number: int) -> Span:
    """Where the answer on ``topic`` of interview ``number`` stands."""
    words = _SAID[topic][number % 4]
    start = found.text.index(words)
    return Span(start, start + len(words))


def coded_material(interviews: int = 4, coded: int = 3, names: Mapping[TranscriptId, str] | None = None) -> Material:
    """Interviews of which the first ``coded`` have every answer coded with its topic."""
    passages = tuple(an_interview(number) for number in range(interviews))
    segments = tuple(
        Coded(passages[number].transcript_id, answer(passages[number], topic, number), topic)
        for number in range(coded)
        for topic in _SAID
    )
    return Material(passages, CODEBOOK, segments, names=names or {p.transcript_id: p.transcript_id for p in passages})
