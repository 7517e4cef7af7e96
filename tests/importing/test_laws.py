from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core.values import Transcript
from qualcode.errors import UnreadableFile
from qualcode.importing import read
from tests.importing.laws import obeys_the_contract
from tests.importing.shapes import SHAPES, Said, write

_TOLD = """
    we waited for the bus because it rained and my sister had the key so nobody went in until somebody found a ladder
    honestly the café was shut naïve as we were we sat there with two flasks and one torch laughing about it later
"""
WORDS = _TOLD.split()
PAIRS = [
    ("Interviewer", "P07"),
    ("I", "R"),
    ("INT", "RESP"),
    ("Q", "A"),
    ("Anna", "Ben"),
    ("Anna Hughes", "Ben Walker"),
    ("JB", "KM"),
    ("Speaker 1", "Speaker 2"),
    ("Moderator", "Participant 3"),
    ("Mary-Ann Neill", "Dr. Patel"),
    ("Enquêtrice", "Enquêté"),
]
sentences = st.lists(st.sampled_from(WORDS), min_size=3, max_size=30).map(
    lambda words: " ".join(words).capitalize() + "."
)


@st.composite
def dialogues(draw: st.DrawFn) -> list[Said]:
    """Two speakers in turn, or three of whom each speaks three times at least."""
    people = [*draw(st.sampled_from(PAIRS)), *draw(st.sampled_from([[], ["Warden"]]))]
    number = draw(st.integers(3 * len(people), 14))
    words = st.lists(sentences, min_size=1, max_size=3).map(" ".join)
    return [Said(people[turn % len(people)], draw(words), 20.0 * turn + 1) for turn in range(number)]


def told(transcript: Transcript) -> list[tuple[str, list[str]]]:
    return [
        (transcript.speakers[t.speaker].label.casefold(), t.span.of(transcript.text).split()) for t in transcript.turns
    ]


@pytest.mark.parametrize("shape", SHAPES)
class DescribeADialogueInAnyShape:
    @settings(max_examples=6)
    @given(said=dialogues())
    def it_comes_back_with_the_same_speakers_and_words(self, shape: str, said: list[Said]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            transcript = read(write(Path(folder), shape, said))
        obeys_the_contract(transcript)
        assert told(transcript) == [(turn.who.casefold(), turn.words.split()) for turn in said]


fragments = st.lists(
    st.sampled_from(
        [
            "Anna: ",
            "I: ",
            "[Ben] ",
            "P07 - ",
            "00:12:33",
            "[00:12:33]",
            "#00:00:04-1#",
            "(3:16)",
            "\n",
            "\n\n",
            "\t",
            "  ",
            "Yes.",
            "I said: no",
            "Date: ",
            "AB - Anna Bell",
            "e\u0301",
            "\u0301",
            "😀",
            "\u200b",
            "\u00ad",
            "\x00",
            "\ufeff",
            "**",
            "_",
            "# ",
            "> ",
            "1. ",
            "END OF TAPE",
            "---",
            "(laughs)",
            "Anna (laughing): ",
            ":",
            "：",
            "מה",
            "\u2028",
            "\f",
        ]
    ),
    min_size=1,
    max_size=40,
).map("".join)


class DescribeAnyText:
    @settings(max_examples=150)
    @given(text=fragments, suffix=st.sampled_from([".txt", ".md"]))
    def it_becomes_a_transcript_that_keeps_the_contract(self, text: str, suffix: str) -> None:
        self._read(text.encode("utf-8", "surrogatepass"), suffix)

    @settings(max_examples=120)
    @given(text=st.text(max_size=200), suffix=st.sampled_from([".txt", ".md", ".html", ".vtt", ".srt"]))
    def it_is_read_or_refused_whatever_it_holds(self, text: str, suffix: str) -> None:
        self._read(text.encode("utf-8", "surrogatepass"), suffix)

    @settings(max_examples=120)
    @given(
        data=st.binary(max_size=300),
        head=st.sampled_from([b"", b"{\\rtf1 ", b"%PDF-1.4\n", b"PK\x03\x04", b"WEBVTT\n\n", b"<p>"]),
        suffix=st.sampled_from([".txt", ".rtf", ".docx", ".odt", ".pdf", ".vtt", ".html"]),
    )
    def it_is_read_or_refused_when_it_is_no_text_at_all(self, data: bytes, head: bytes, suffix: str) -> None:
        self._read(head + data, suffix)

    def _read(self, data: bytes, suffix: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"any{suffix}"
            path.write_bytes(data)
            refused = None
            try:
                obeys_the_contract(read(path))
            except UnreadableFile as refusal:
                refused = refusal.reason
        assert refused is None or refused.endswith((".", "?"))
