"""Interviews of a chosen length, made up word by word, with coded passages: the same for the same number, always."""

from __future__ import annotations

from random import Random

from qualcode.core.values import Role, Span, Speaker, Transcript, Turn

_TOLD = """
    we waited for the letter and nobody rang so I went down there again because my sister had told me it was open until
    five but honestly the room was full and the café had closed you know what it is like with two buses and a pram in
    the rain then somebody listened and it got better after that I suppose they tried hard mostly
"""
WORDS = _TOLD.split()
NAMES = ("Aisha", "Marlow", "Brenda", "Oakfield", "Tomasz", "Leeds", "Deirdre", "Hassan", "Wexcombe", "Priya")
"""Said in every fourth answer."""
WORDS_AN_INTERVIEW = 8_000
SEGMENTS_AN_INTERVIEW = 120
CODES = 60
THEMES, SUB_THEMES = 5, 15

_SPEAKERS = (Speaker("Interviewer", Role.INTERVIEWER), Speaker("Participant", Role.PARTICIPANT))


def interview(number: int, words: int = WORDS_AN_INTERVIEW) -> Transcript:
    """Interview ``number``, ``words`` words long: questions of 15 words and answers of 85, in turn."""
    random = Random(number)
    parts: list[str] = []
    turns: list[Turn] = []
    at = said = 0
    while said < words:
        speaker = len(turns) % 2
        length = 85 if speaker else 15
        spoken = random.choices(WORDS, k=length)
        if len(turns) % 8 == 7:
            spoken[length // 2] = NAMES[(number + len(turns)) % len(NAMES)]
        sentence = " ".join((spoken[0].capitalize(), *spoken[1:])) + ("." if speaker else "?")
        turns.append(Turn(speaker, Span(at, at + len(sentence)), at=said / 2.5))
        parts.append(sentence)
        at += len(sentence) + 1
        said += length
    return Transcript("\n".join(parts), tuple(turns), _SPEAKERS, f"Interview {number + 1}.txt", f"digest of {number}")


def passages(number: int, transcript: Transcript, count: int = SEGMENTS_AN_INTERVIEW) -> list[tuple[int, Span]]:
    """Code numbers with spans of 20 to 300 code points inside the participant's turns of interview ``number``."""
    random = Random(-1 - number)
    answers = [turn.span for turn in transcript.turns if turn.speaker == 1]
    found = []
    for _ in range(count):
        answer = random.choice(answers)
        length = min(random.randint(20, 300), len(answer))
        start = random.randint(answer.start, answer.end - length)
        found.append((random.randrange(CODES), Span(start, start + length)))
    return found
