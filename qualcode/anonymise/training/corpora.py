"""Readers for the marked corpora the name model learns from and is measured on.

Each gives :class:`Sample` values: a text, the names in it as code point ranges with a label, and ranges where the
corpus does not say whether there is a name. Labels are the values of :data:`LABELS`. The corpora themselves are not
part of the project; ``resources/anonymise/ner/README.md`` lists them with their licences.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from qualcode.anonymise import lists

LABELS = ("person", "place", "organisation")

_GUM_LABELS = {"person": "person", "place": "place", "organization": "organisation"}
_BIO_LABELS = {
    "PER": "person",
    "LOC": "place",
    "ORG": "organisation",
    "person": "person",
    "location": "place",
    "corporation": "organisation",
    "group": "organisation",
}


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a sample: the half-open range ``[start, end)`` and one of :data:`LABELS`."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Sample:
    """A text with its names; ``unsure`` are ranges a model must not be taught anything about."""

    text: str
    names: tuple[Name, ...]
    unsure: tuple[tuple[int, int], ...] = ()


# --- GUM: CoNLL-U with nested entities -----------------------------------------------------------------------------


@dataclass(slots=True)
class _Token:
    form: str
    start: int
    end: int
    proper: bool
    head: int
    relation: str
    entities: str


_BRACKET = re.compile(r"\(([^()]+)(\))?|(\d+)\)")
_LINKS = {
    "person": {"-", "'"},
    "place": {"of", "the", "and", "-", "&"},
    "organisation": lists.bag("of the and for - & 's"),
}


def gum(path: Path, sentences_each: int = 4) -> Iterator[Sample]:
    """The samples of one GUM document, ``sentences_each`` sentences at a time.

    GUM marks every noun phrase; kept are persons, places and organisations, each cut down to its run of proper
    nouns (*Biologist Nick Bos* gives *Nick Bos*).
    """
    batch: list[tuple[str, list[Name]]] = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        tokens, text = _gum_tokens(block)
        if tokens:
            batch.append((text, _gum_names(tokens)))
        if len(batch) == sentences_each:
            yield _joined(batch)
            batch = []
    if batch:
        yield _joined(batch)


def gum_split(folder: Path, split: str) -> set[str]:
    """The names of the documents that ``splits.md`` puts in ``split`` (``train``, ``dev``, ``test``)."""
    part = re.search(rf"^## {split}\n(.*?)(?=^## |\Z)", (folder / "splits.md").read_text("utf-8"), re.M | re.S)
    return set(re.findall(r"\* (\S+)", part.group(1))) if part else set()


def _gum_tokens(block: str) -> tuple[list[_Token], str]:
    tokens: list[_Token] = []
    at = 0
    parts: list[str] = []
    contracted: dict[str, bool] = {}
    for line in block.splitlines():
        cells = line.split("\t")
        if line.startswith("#") or len(cells) < 10 or "." in cells[0]:
            continue
        misc = dict(p.split("=", 1) for p in cells[9].split("|") if "=" in p)
        if "-" in cells[0]:
            first, last = (int(n) for n in cells[0].split("-"))
            contracted = {str(n): n < last or misc.get("SpaceAfter") == "No" for n in range(first, last + 1)}
            continue
        proper = cells[3] == "PROPN" or cells[4].startswith("NNP")
        tokens.append(
            _Token(cells[1], at, at + len(cells[1]), proper, int(cells[6]) - 1, cells[7], misc.get("Entity", ""))
        )
        glued = contracted.get(cells[0], misc.get("SpaceAfter") == "No")
        parts.append(cells[1] + ("" if glued else " "))
        at += len(parts[-1])
    return tokens, "".join(parts)


def _gum_names(tokens: list[_Token]) -> list[Name]:
    open_at: dict[str, list[tuple[int, str]]] = {}
    found: list[tuple[int, int, str]] = []
    for i, token in enumerate(tokens):
        for inside, closed, ended in _BRACKET.findall(token.entities):
            key, kind = [*inside.split("-")[:2], ""][:2] if inside else (ended, "")
            if inside:
                open_at.setdefault(key, []).append((i, kind))
            if (closed or ended) and open_at.get(key):
                begun, kind = open_at[key].pop()
                if kind in _GUM_LABELS:
                    found.append((begun, i + 1, _GUM_LABELS[kind]))
    names = [n for n in (_proper_run(tokens, *entity) for entity in found) if n]
    return longest(names)


def _proper_run(tokens: list[_Token], begun: int, ended: int, label: str) -> Name | None:
    inside = range(begun, ended)
    head = next((i for i in inside if tokens[i].head not in inside), begun)
    if not tokens[head].proper:
        flat = (i for i in inside if tokens[i].proper and tokens[i].head == head and tokens[i].relation == "flat")
        head = next(flat, -1)
        if head < 0:
            return None
    first = last = head
    while first > begun and (reach := _step(tokens, first, -1, inside, label)):
        first = reach - 1
    while last < ended - 1 and (reach := _step(tokens, last, 1, inside, label)):
        last = reach - 1
    return Name(tokens[first].start, tokens[last].end, label)


def _step(tokens: list[_Token], at: int, way: int, inside: range, label: str) -> int:
    """One more than the position of the next proper noun that way, over linking words; 0 if there is none."""
    at += way
    while at in inside and not tokens[at].proper and tokens[at].form.lower() in _LINKS[label]:
        at += way
    return at + 1 if at in inside and tokens[at].proper else 0


def _says_nothing(text: str) -> bool:
    """Whether a person's name consists of ordinary words alone: *President*, *Jet Pilot*, *Americans*."""
    known = [lists.person_name(w) for w in text.split()]
    given = any(name is not None and name.given for name in known)
    return not given and all(lists.ordinary(w) or lists.harmless(w) for w in text.split())


def _joined(batch: Iterable[tuple[str, list[Name]]]) -> Sample:
    text, names, unsure = "", [], []
    for part, here in batch:
        for name in here:
            start, end = name.start + len(text), name.end + len(text)
            if name.label == "person" and _says_nothing(part[name.start : name.end]):
                unsure.append((start, end))
            else:
                names.append(Name(start, end, name.label))
        text += part if part.endswith(" ") else part + " "
    return Sample(text, tuple(names), tuple(unsure))


def longest(names: Iterable[Name]) -> list[Name]:
    """``names`` without those that overlap a longer one, in order."""
    kept: list[Name] = []
    for name in sorted(names, key=lambda n: (n.start - n.end, n.start)):
        if all(name.end <= k.start or k.end <= name.start for k in kept):
            kept.append(name)
    return sorted(kept, key=lambda n: n.start)


# --- columns of words and BIO tags ---------------------------------------------------------------------------------

_NO_SPACE_BEFORE = re.compile(r"^(?:[.,;:!?)\]}%…]+|'\w{1,2}|’\w{1,2}|n['’]t)$")
_ACCOUNT = re.compile(r"[@_\d:]|[a-z][A-Z].*[a-z]$|\w{14}")
_NO_SPACE_AFTER = frozenset("([{#$£@")


def columns(path: Path, word: int = 0, tag: int = -1, sentences_each: int = 1) -> Iterator[Sample]:
    """The samples of a file with a word and a BIO tag in each line and a blank line after each sentence.

    Tags outside the three labels (products, works) are left as plain words. What looks like the name of an account is
    unsure: accounts are found by their shape, not by the model.
    """
    rows: list[tuple[str, str]] = []
    done = 0
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        cells = line.rstrip("\n").split("\t")
        if line.startswith("# "):
            continue
        if len(cells) > word and cells[word].strip():
            rows.append((cells[word].strip(), cells[tag].split(",")[0].strip()))
            continue
        done += 1
        if rows and done >= sentences_each:
            yield _from_rows(rows)
            rows, done = [], 0
    if rows:
        yield _from_rows(rows)


def _from_rows(rows: list[tuple[str, str]]) -> Sample:
    text = ""
    spans: list[Name] = []
    unsure: list[tuple[int, int]] = []
    for form, tag in rows:
        if text and not _NO_SPACE_BEFORE.match(form) and text[-1] not in _NO_SPACE_AFTER:
            text += " "
        start = len(text)
        text += form
        label = _BIO_LABELS.get(tag[2:], "")
        if not label:
            continue
        if _ACCOUNT.search(form) or text[:start].endswith("#"):
            unsure.append((start, len(text)))
        elif tag.startswith("I-") and spans and spans[-1].label == label and start - spans[-1].end <= 1:
            spans[-1] = Name(spans[-1].start, len(text), label)
        else:
            spans.append(Name(start, len(text), label))
    return Sample(text, tuple(spans), tuple(unsure))


# --- dialogues -----------------------------------------------------------------------------------------------------

_CAPITALISED = re.compile(r"(?<![\w@#])[A-Z][\w'’&-]*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|\n)[\"'“‘(]*$")


def dialogues(path: Path, turns_each: int = 3) -> Iterator[Sample]:
    """Utterances of the conversational entity linking data, as speech in which only capitalised words may be names.

    The data does not say which of its entities are names of people, places or organisations, so every capitalised
    word inside a sentence is unsure and all other words are plain.
    """
    for dialogue in json.loads(path.read_text(encoding="utf-8")):
        said = [turn["utterance"].strip() for turn in dialogue["turns"]]
        for i in range(0, len(said), turns_each):
            yield plain("\n".join(said[i : i + turns_each]))


def plain(text: str) -> Sample:
    """``text`` with no known name: capitalised words that do not merely begin a sentence are unsure."""
    unsure = [m.span() for m in _CAPITALISED.finditer(text) if m.group() not in {"I", "I'm", "I've", "I'd", "I'll"}]
    starts = [s for s in unsure if _SENTENCE_START.search(text, max(0, s[0] - 8), s[0])]
    return Sample(text, (), tuple(s for s in unsure if s not in starts))
