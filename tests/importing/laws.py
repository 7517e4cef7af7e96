"""What holds for every transcript, whatever file it came from."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from qualcode.core.spans import normalise
from qualcode.core.values import Transcript
from qualcode.importing import read


def obeys_the_contract(transcript: Transcript) -> None:
    """Assert what :class:`~qualcode.core.values.Transcript` promises."""
    text = transcript.text
    assert normalise(text) == text
    assert not set(text) & set("\u200b\u2060\u00ad")
    assert transcript.speakers
    assert transcript.turns
    assert transcript.turns[0].span.start == 0
    assert transcript.turns[-1].span.end == len(text)
    for before, after in pairwise(transcript.turns):
        assert after.span.start == before.span.end + 1
        assert text[before.span.end] == "\n"
    for turn in transcript.turns:
        said = turn.span.of(text)
        assert said == said.strip()
        assert said
        assert turn.at is None or turn.at >= 0
    assert {turn.speaker for turn in transcript.turns} == set(range(len(transcript.speakers)))
    assert len({speaker.label for speaker in transcript.speakers}) == len(transcript.speakers)
    for emphasis in transcript.emphasis:
        assert 0 <= emphasis.span.start < emphasis.span.end <= len(text)
    for aside in transcript.asides:
        assert aside.text.strip()
        assert aside.at is None or 0 <= aside.at <= len(text)


def kept(path: Path) -> Transcript:
    """The transcript in a file, once it is seen to keep the contract."""
    transcript = read(path)
    obeys_the_contract(transcript)
    return transcript
