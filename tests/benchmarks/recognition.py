"""How well turns, speakers, roles and times are recognised in real files.

    python -m tests.benchmarks.recognition [--data DIR] [--brief]

The expectations in ``recognition/*.json`` hold no word of the files: for each turn the number of its speaker, how many
words it has, a short hash of its first four, and its time where the file gives one. ``docs/importing.md`` says how they
were made. Committee meetings are told from their own JSON, written into several shapes of transcripts.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import sys
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from pathlib import Path

from qualcode.core.values import Role, Transcript
from qualcode.importing import read
from tests.importing.shapes import Said, write

EXPECTED = Path(__file__).with_name("recognition")
_MEETINGS = "transcripts/qmsum_welsh_education_json"
_MEETING_SHAPES = (
    "colon.txt",
    "capitals.txt",
    "brackets.txt",
    "alone.txt",
    "tab.txt",
    "otter.txt",
    "zoom.vtt",
    "teams.vtt",
)
_MEETING_SHAPES += ("cues.srt", "bold.md", "bold.docx", "table.docx", "paragraphs.html")


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn as it is compared: who, how many words, which words it starts with, when."""

    speaker: str
    words: int
    start: str
    at: float | None


@dataclass(slots=True)
class Score:
    """Counts that add up over files; each rate is of its own base."""

    expected: int = 0
    found: int = 0
    matched: int = 0
    words: int = 0
    right_words: int = 0
    speakers: int = 0
    right_roles: int = 0
    mistaken: int = 0
    times: int = 0
    right_times: int = 0

    def __iadd__(self, other: Score) -> Score:
        for f in fields(self):
            setattr(self, f.name, getattr(self, f.name) + getattr(other, f.name))
        return self

    def rates(self) -> tuple[float | None, ...]:
        """Precision and recall of turn boundaries, speaker, role and time accuracy; None without a base."""
        pairs = (
            (self.matched, self.found),
            (self.matched, self.expected),
            (self.right_words, self.words),
            (self.right_roles, self.speakers),
            (self.right_times, self.times),
        )
        return tuple(part / whole if whole else None for part, whole in pairs)


def others_data() -> Path | None:
    """The folder of files by others, if there is one at hand."""
    named = os.environ.get("QUALCODE_OTHERS_DATA")
    folder = Path(named) if named else Path(__file__).resolve().parents[3] / "shared" / "data"
    return folder if folder.is_dir() else None


def _folded(text: str) -> list[str]:
    return [w for w in (re.sub(r"[\W_]+", "", word.casefold()) for word in text.split()) if w]


def _hash(salt: str, words: Iterable[str]) -> str:
    return hashlib.blake2b(f"{salt}|{' '.join(words)}".encode(), digest_size=4).hexdigest()


def _label_hash(salt: str, label: str) -> str:
    return _hash(salt, [re.sub(r"[\W_]+", "", label.casefold())]) if label else ""


def found_turns(transcript: Transcript, salt: str) -> list[Turn]:
    """The turns of a transcript in the form of the expectations."""
    turns = []
    for turn in transcript.turns:
        words = _folded(turn.span.of(transcript.text))
        label = _label_hash(salt, transcript.speakers[turn.speaker].label)
        turns.append(Turn(label, len(words), _hash(salt, words[:4]), turn.at))
    return turns


def score(expected: Sequence[Turn], roles: dict[str, str], transcript: Transcript, salt: str) -> Score:
    """Compare a transcript with what is expected of its file."""
    found = [t for t in found_turns(transcript, salt) if t.words]
    matcher = SequenceMatcher(None, [t.start for t in expected], [t.start for t in found], autojunk=False)
    pairs = [(b.a + i, b.b + i) for b in matcher.get_matching_blocks() for i in range(b.size)]
    result = Score(expected=len(expected), found=len(found), matched=len(pairs), words=sum(t.words for t in expected))
    result.right_words = sum(_right_words(expected, found, pairs))
    timed = [(expected[a], found[b]) for a, b in pairs if expected[a].at is not None]
    result.times = sum(t.at is not None for t in expected)
    result.right_times = sum(f.at is not None and e.at is not None and abs(e.at - f.at) < 1 for e, f in timed)
    _score_roles(result, roles, transcript, salt)
    return result


def _right_words(expected: Sequence[Turn], found: Sequence[Turn], pairs: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Words under the right speaker, counted along from each boundary that both have."""
    ends = [*pairs[1:], (len(expected), len(found))] if pairs else []
    for (a, b), (a_end, b_end) in zip(pairs, ends, strict=True):
        left, right = _spelled_out(expected[a:a_end]), _spelled_out(found[b:b_end])
        yield sum(x == y for x, y in zip(left, right, strict=False))


def _spelled_out(turns: Sequence[Turn]) -> list[str]:
    return [t.speaker for t in turns for _ in range(t.words)]


def _score_roles(result: Score, roles: dict[str, str], transcript: Transcript, salt: str) -> None:
    found = {_label_hash(salt, s.label): s.role for s in transcript.speakers}
    result.speakers = len(roles)
    result.right_roles = sum(found.get(label) == role for label, role in roles.items())
    result.mistaken = sum(
        found.get(label) is Role.PARTICIPANT for label, role in roles.items() if role == Role.INTERVIEWER.value
    )


def file_scores(data: Path, leave_out: Collection[str] = ()) -> Iterator[tuple[str, str, Score]]:
    """Family, file and score for each file with an expectation, but for those of these names."""
    for family in sorted(EXPECTED.glob("*.json")):
        for entry in json.loads(family.read_text(encoding="utf-8")):
            path = data / entry["file"]
            if path.name in leave_out or not path.exists():
                continue
            labels = [s["label"] for s in entry["speakers"]]
            turns = [Turn(labels[t[0]], t[1], t[2], t[3] if len(t) > 3 else None) for t in entry["turns"]]
            roles = {s["label"]: s["role"] for s in entry["speakers"]}
            yield family.stem, path.name, score(turns, roles, read(path), path.name)


def meeting_scores(data: Path, first: int | None = None) -> Iterator[tuple[str, str, Score]]:
    """The same for committee meetings (the ``first`` of them), each written in every one of several shapes."""
    for path in sorted((data / _MEETINGS).glob("*.json"))[:first]:
        told = json.loads(path.read_text(encoding="utf-8"))["meeting_transcripts"]
        said = [Said(t["speaker"], " ".join(t["content"].split()), 20.0 * i) for i, t in enumerate(told)]
        with tempfile.TemporaryDirectory() as folder:
            for shape in _MEETING_SHAPES:
                expected, roles = _meeting(said, shape, path.name)
                yield (
                    f"meetings: {shape}",
                    path.stem,
                    score(expected, roles, read(write(Path(folder), shape, said)), path.name),
                )


def _meeting(said: Sequence[Said], shape: str, salt: str) -> tuple[list[Turn], dict[str, str]]:
    """What is expected: the speakers as told, all of unknown role, and times where the shape has them."""
    timed = shape in ("otter.txt", "zoom.vtt", "teams.vtt", "cues.srt")
    turns: list[Turn] = []
    for turn in said:
        words = _folded(turn.words)
        if words:
            at = turn.at if timed else None
            turns.append(Turn(_label_hash(salt, turn.who), len(words), _hash(salt, words[:4]), at))
    return turns, dict.fromkeys((t.speaker for t in turns), Role.UNKNOWN.value)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=others_data(), help="folder of real files")
    parser.add_argument("--brief", action="store_true", help="a line only for files below 0.99, and for each family")
    chosen = parser.parse_args(arguments)
    if chosen.data is None or not chosen.data.is_dir():
        print("No folder of real files is at hand; name one with --data.", file=sys.stderr)
        return 2
    total = Score()
    for scores in (file_scores, meeting_scores):
        total += _printed(scores(chosen.data), chosen.brief)
    _line("all files", total)
    return 0


def _printed(scores: Iterable[tuple[str, str, Score]], brief: bool) -> Score:
    """Print a line for each file (when brief, for those that fall short) and each family; the sum of all."""
    families: dict[str, Score] = {}
    for family, name, result in scores:
        families.setdefault(family, Score()).__iadd__(result)
        if not brief or any(rate is not None and rate < 0.99 for rate in result.rates()):
            _line(f"  {family}: {name}", result)
    total = Score()
    for family, result in families.items():
        _line(family, result)
        total += result
    return total


def _line(name: str, result: Score) -> None:
    titles = ("precision", "recall", "speakers", "roles", "times")
    rates = " ".join(
        f"{title} {'  -  ' if rate is None else f'{rate:.3f}'}"
        for title, rate in zip(titles, result.rates(), strict=True)
    )
    print(f"{name[:60]:60} {rates}  interviewers taken for participants {result.mistaken}")


if __name__ == "__main__":
    sys.exit(main())
