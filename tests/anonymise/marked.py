"""Texts with their true names, for measuring: marked by hand for speech, by others for the rest.

What was marked by hand lies in ``truth`` as salted hashes of the names, so that no word of the files is kept here.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from qualcode.anonymise.casing import in_small_letters
from qualcode.anonymise.training import corpora
from qualcode.core.values import Span
from qualcode.importing import read

TRUTH = Path(__file__).parent / "truth"
SALT = "qualcode-anonymity-1"
_WORD = re.compile(r"[^\W_]+(?:['’.&][^\W_]+)*")
_LONGEST = 9


@dataclass(frozen=True, slots=True)
class Marked:
    """A true mention: where, and of what kind (person, place, organisation)."""

    span: Span
    kind: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its true mentions."""

    name: str
    text: str
    mentions: tuple[Marked, ...]

    def lower_cased(self) -> Document:
        return Document(self.name, in_small_letters(self.text), self.mentions)


# --- what is true --------------------------------------------------------------------------------------------------


def _plain(word: str) -> str:
    return re.sub(r"['’]s?$", "", word.lower().replace("’", "'"))


def digest(words: Sequence[str]) -> str:
    """The salted hash of a name, case and possessive left off."""
    return hashlib.sha256(" ".join([SALT, *words]).encode("utf-8")).hexdigest()[:16]


def truth_of(name: str) -> dict[str, tuple[str, bool]]:
    """For each hash in a truth file, the kind of name and whether it is written in capitals only."""
    found = {}
    for line in (TRUTH / f"{name}.txt").read_text(encoding="ascii").splitlines():
        if not line.startswith("#"):
            kind, key, *capitals = line.split()
            found[key] = (kind, bool(capitals))
    return found


def marked(name: str, text: str, truth: dict[str, tuple[str, bool]]) -> Document:
    """``text`` with every name of ``truth`` in it, the longest first; a name begins with a capital."""
    words = list(_WORD.finditer(text))
    keys = [_plain(m.group()) for m in words]
    mentions = []
    at = 0
    while at < len(words):
        size = _name_at(words, keys, at, truth) if words[at].group()[0].isupper() else 0
        if size:
            last = words[at + size - 1]
            end = last.start() + len(re.sub(r"['’]s?$", "", last.group()))
            mentions.append(Marked(Span(words[at].start(), end), truth[digest(keys[at : at + size])][0]))
        at += max(size, 1)
    return Document(name, text, tuple(mentions))


def _name_at(words: list[re.Match[str]], keys: list[str], at: int, truth: dict[str, tuple[str, bool]]) -> int:
    for size in range(min(_LONGEST, len(words) - at), 0, -1):
        kind, capitals = truth.get(digest(keys[at : at + size]), ("", False))
        if kind and not (capitals and size == 1 and not words[at].group().rstrip("s'’").isupper()):
            return size
    return 0


# --- the sets ------------------------------------------------------------------------------------------------------


def _interviews(data: Path, folder: str, truth: str, pattern: str = "*") -> Iterator[Document]:
    known = truth_of(truth)
    for path in sorted((data / "transcripts" / folder).rglob(pattern)):
        if path.suffix in {".md", ".txt"} and path.name not in {"README.md", "LICENSE.md"}:
            yield marked(path.stem.strip(), read(path).text, known)


def _meetings(data: Path) -> Iterator[Document]:
    known = truth_of("qmsum")
    for path in sorted((data / "transcripts/qmsum_welsh_education_json").glob("*.json")):
        turns = json.loads(path.read_text(encoding="utf-8"))["meeting_transcripts"]
        text = "\n".join(re.sub(r"\{\w+\}", "", turn["content"]).strip() for turn in turns)
        yield marked(path.stem, text, known)


def _stretches(name: str, samples: Iterable[corpora.Sample], words: int = 3500) -> Iterator[Document]:
    """Short samples laid end to end, ``words`` words at a time."""
    text, mentions = "", list[Marked]()
    for sample in samples:
        mentions += [Marked(Span(n.start, n.end).shifted(len(text)), n.label) for n in sample.names]
        text += sample.text.rstrip() + "\n"
        if len(text.split()) > words:
            yield Document(name, text, tuple(mentions))
            text, mentions = "", []
    if mentions:
        yield Document(name, text, tuple(mentions))


def _gum_interviews(data: Path) -> Iterator[Document]:
    folder = data / "ner/gum"
    for split in ("dev", "test"):
        for name in sorted(corpora.gum_split(folder, split)):
            if name.startswith("GUM_interview"):
                yield from _stretches(name, corpora.gum(folder / f"{name}.conllu"))


def sets(data: Path) -> dict[str, Callable[[], list[Document]]]:
    """The sets of documents by name; those marked * were looked at while the rules were written."""
    ewt, wnut = data / "ner/uner_ewt", data / "pii/wnut17"

    def social_care(half: int) -> list[Document]:
        return list(islice(_interviews(data, "iriss_social_care_md", "iriss", "*.md"), half, None, 2))

    return {
        "social care *": lambda: social_care(0),
        "social care": lambda: social_care(1),
        "research interviews": lambda: list(_interviews(data, "sheffield_open_qual", "sheffield", "*.txt")),
        "Welsh committee": lambda: list(_meetings(data)),
        "game makers": lambda: [
            d
            for folder in ("2020/Lantana Games", "2022/Betty & Earl", "2022/Q-Cubed")
            for d in _interviews(data, f"hitsave_otter_whisper/{folder}", "hitsave", "*.md")
        ],
        "news interviews": lambda: list(_gum_interviews(data)),
        "web text *": lambda: list(_stretches("ewt", corpora.columns(ewt / "en_ewt-ud-dev.iob2", 1, 2))),
        "web text": lambda: list(_stretches("ewt", corpora.columns(ewt / "en_ewt-ud-test.iob2", 1, 2))),
        "rare names": lambda: list(_stretches("wnut", corpora.columns(wnut / "emerging.test.annotated"))),
    }
