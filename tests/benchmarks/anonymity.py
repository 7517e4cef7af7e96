"""How well identifiers are found: names in speech, cased and lower-cased, and mentions of names that are known.

    python -m tests.benchmarks.anonymity [--data DIR] [--model] [--verbose]

What is true was marked by hand for the speech (``tests/anonymise/truth``: salted hashes of the names, no word of the
files) and comes with the corpora for the rest. *recall* is the share of mentions of people, places and organisations
that at least one proposal of tier A or B touches, *whole* the share wholly covered, *strings* how many distinct
strings the analyst would look at per 7,000 words of an interview, *precision* the share of those that touch a true
mention. Every document is a project of its own, which is the hardest case. ``docs/anonymity.md`` says what each set is.
``--model`` measures the shipped name model by itself instead, ``--kinds`` how much of each kind is found in invented
speech.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import string
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qualcode.anonymise import lists, model
from qualcode.anonymise.candidates import Tier
from qualcode.anonymise.find import propose
from qualcode.anonymise.kinds import Kind, Treatment
from qualcode.anonymise.matching import Matcher
from qualcode.anonymise.register import Identifier, Register, small_words
from qualcode.core.values import IdentifierId, Passage, Span, TranscriptId
from tests.anonymise import invented
from tests.anonymise.marked import Document, sets

# --- names that are not known --------------------------------------------------------------------------------------


@dataclass
class Score:
    """Counts over documents."""

    words: int = 0
    true: int = 0
    touched: int = 0
    whole: int = 0
    right: int = 0
    strings: Counter[Tier] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def row(self, name: str) -> str:
        asked = self.strings[Tier.A] + self.strings[Tier.B]
        each = 7000 / max(self.words, 1)
        return (
            f"{name:28s}{self.words:8d}{self.true:7d}{self.touched / max(self.true, 1):8.3f}"
            f"{self.whole / max(self.true, 1):7.3f}{self.right / max(asked, 1):10.2f}"
            f"{self.strings[Tier.A] * each:6.0f}{self.strings[Tier.B] * each:5.0f}{asked * each:6.0f}"
            f"{self.strings[Tier.C] * each:5.0f}"
        )


def score(documents: Iterable[Document]) -> Score:
    """What :func:`propose` finds in each of ``documents``, each by itself."""
    total = Score()
    for document in documents:
        proposals = propose([Passage(TranscriptId("t"), document.text, (), ())])
        total.strings.update(p.tier for p in proposals)
        true = _mask(document, (m.span for m in document.mentions))
        spans = [[s.span for s in p.sightings] for p in proposals if p.tier is not Tier.C]
        seen = _mask(document, (s for each in spans for s in each))
        total.right += sum(any(any(true[s.start : s.end]) for s in each) for each in spans)
        total.words += len(document.text.split())
        for mention in document.mentions:
            letters = [p for p in range(mention.span.start, mention.span.end) if document.text[p].isalnum()]
            covered = sum(seen[p] for p in letters)
            total.true += 1
            total.touched += covered > 0
            total.whole += covered == len(letters)
            if not covered:
                total.missed[mention.span.of(document.text)] += 1
    return total


def _mask(document: Document, spans: Iterable[Span]) -> bytearray:
    mask = bytearray(len(document.text))
    for span in spans:
        mask[span.start : span.end] = b"\1" * len(span)
    return mask


# --- the model by itself -------------------------------------------------------------------------------------------


def alone(documents: Iterable[Document]) -> tuple[float, float]:
    """Recall and precision of the shipped model: mentions it touches, and spans of it that touch a mention."""
    true = touched = spans = right = 0
    for document in documents:
        said = [named.span for named in model.names(document.text, model.shipped())]
        seen, marks = _mask(document, said), _mask(document, (m.span for m in document.mentions))
        true += len(document.mentions)
        touched += sum(any(seen[m.span.start : m.span.end]) for m in document.mentions)
        spans += len(said)
        right += sum(any(marks[s.start : s.end]) for s in said)
    return touched / max(true, 1), right / max(spans, 1)


# --- names that are known ------------------------------------------------------------------------------------------


def _slip(word: str, chance: random.Random) -> str:
    at, letter = chance.randrange(len(word)), chance.choice(string.ascii_lowercase)
    made = chance.choice(
        [
            word[:at] + letter + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + word[at + 1 :],
            word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
        ]
    )
    return made[:1].upper() + made[1:]


def written(name: str, chance: random.Random) -> tuple[str, str]:
    """``name`` as somebody may write it, and in what way."""
    parts = name.split()
    way = chance.choice(
        ["same", "possessive", "capitals", "lower case", "misspelt", "misspelt", "nickname", "line end"]
    )
    short = sorted(lists.nicknames().get(lists.folded(parts[0]), ()))
    if way == "possessive":
        return f"{name}'s", way
    if way in {"capitals", "lower case"}:
        return (name.upper() if way == "capitals" else name.lower()), way
    if way == "misspelt" and max(map(len, parts)) > 3:
        at = max(range(len(parts)), key=lambda i: (len(parts[i]) > 3, chance.random()))
        return " ".join([*parts[:at], _slip(parts[at], chance), *parts[at + 1 :]]), way
    if way == "nickname" and short:
        return " ".join([chance.choice(short).capitalize(), *parts[1:]]), way
    if way == "line end" and len(parts) > 1:
        return "\n".join(parts), way
    return name, "same"


def known_names(documents: Sequence[Document]) -> tuple[Counter[str], Counter[str], float, int]:
    """All people's names of ``documents`` registered, each mention rewritten: seen and found by way; false per name.

    Returns how many mentions there were of each way of writing, how many were wholly found, false mentions per name
    and 100,000 words, and how many names were registered.
    """
    chance = random.Random(3)
    people = {m.span.of(d.text) for d in documents for m in d.mentions if m.kind == "person"}
    full = {" ".join(p.split()) for p in people if " " in p}
    parts = {word for name in full for word in name.split()}
    names = sorted(full | (people - parts - {p for p in people if " " in p}))
    register = Register(
        tuple(Identifier(IdentifierId(n), Kind.PERSON, n, "", Treatment.REMOVAL) for n in names),
        small_words=small_words(d.text for d in documents),
    )
    matcher = Matcher(register)
    seen, found, false, words = Counter[str](), Counter[str](), 0, 0
    for document in documents:
        text, places = _rewritten(document, chance)
        spans = [m.span for m in matcher.find(text)]
        words += len(text.split())
        for span, way in places:
            seen[way] += 1
            found[way] += all(any(s.start <= p < s.end for s in spans) for p in _telling(text, span))
        false += sum(not any(s.overlaps(place) for place, _ in places) for s in spans)
    return seen, found, false / max(len(names), 1) / max(words, 1) * 100_000, len(names)


def _rewritten(document: Document, chance: random.Random) -> tuple[str, list[tuple[Span, str]]]:
    text, at, places = "", 0, []
    for mention in document.mentions:
        if mention.kind == "person":
            words, way = written(" ".join(mention.span.of(document.text).split()), chance)
            if document.text[mention.span.end : mention.span.end + 1] in {"'", "’"}:
                words = words.removesuffix("'s")
            text += document.text[at : mention.span.start]
            places.append((Span(len(text), len(text) + len(words)), way))
            text += words
            at = mention.span.end
    return text + document.text[at:], places


def _telling(text: str, span: Span) -> Iterator[int]:
    """The places of the letters that must be covered: not the title, not the possessive ending."""
    words = span.of(text)
    title = re.match(r"(?:mr|mrs|ms|miss|dr|sir|professor)\s+", words, re.I)
    end = len(re.sub(r"['’]s$", "", words))
    return (span.start + i for i in range(title.end() if title else 0, end) if words[i].isalnum())


# --- the table -----------------------------------------------------------------------------------------------------


def _data_folder(given: Path | None) -> Path:
    named = os.environ.get("QUALCODE_OTHERS_DATA")
    return given or (Path(named) if named else Path(__file__).parents[2].parent / "shared" / "data")


def _print_model(data: Path) -> None:
    print(f"{'set':28s}{'recall':>8s}{'precision':>10s}{'lower-cased':>13s}{'precision':>10s}")
    for name, load in sets(data).items():
        documents = load()
        cased, lower = alone(documents), alone([d.lower_cased() for d in documents])
        print(f"{name:28s}{cased[0]:8.2f}{cased[1]:10.2f}{lower[0]:13.2f}{lower[1]:10.2f}", flush=True)


def _print_finding(data: Path, verbose: bool) -> None:
    heads = f"{'set':28s}{'words':>8s}{'names':>7s}{'recall':>8s}{'whole':>7s}{'precision':>10s}"
    print(heads + "".join(f"{tier:>{width}s}" for tier, width in (("A", 6), ("B", 5), ("A+B", 6), ("C", 5))))
    speech: list[Document] = []
    for name, load in sets(data).items():
        documents = load()
        if name in {"social care *", "social care", "Welsh committee"}:
            speech += documents
        for label, texts in ((name, documents), ("  lower-cased", [d.lower_cased() for d in documents])):
            begun = time.perf_counter()
            result = score(texts)
            print(result.row(label), f"  {result.words / (time.perf_counter() - begun):,.0f} words/s", flush=True)
            if verbose:
                print("   missed:", ", ".join(f"{words} ({n})" for words, n in result.missed.most_common(25)))
    seen, found, false, names = known_names(speech)
    share = found.total() / seen.total()
    print(f"\nknown names: {names}, recall {share:.3f}, {false:.2f} false per name and 100,000 words")
    print("  " + ", ".join(f"{way} {found[way]}/{seen[way]}" for way in sorted(seen)))


def _print_kinds(verbose: bool) -> None:
    """The invented speech of ``tests/anonymise/speech.txt``, which needs no data by others."""
    for half, name in enumerate(("invented speech *", "invented speech")):
        for way in invented.WAYS:
            result = invented.recall(invented.pieces(half), way)
            share = result.found.total() / result.seen.total()
            print(f"{name}, {way}: recall {share:.3f}, {result.right} of {result.strings} strings right")
            print(
                "   " + ", ".join(f"{kind} {result.found[kind]}/{many}" for kind, many in sorted(result.seen.items()))
            )
            if verbose:
                print("   missed:", ", ".join(f"{words} ({kind})" for kind, words in result.missed))


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--model", action="store_true", help="measure the shipped name model by itself")
    parser.add_argument("--kinds", action="store_true", help="measure invented speech, kind by kind")
    parser.add_argument("--verbose", action="store_true", help="also print what was missed")
    chosen = parser.parse_args(arguments)
    data = _data_folder(chosen.data)
    if chosen.model:
        _print_model(data)
    elif chosen.kinds:
        _print_kinds(chosen.verbose)
    else:
        _print_finding(data, chosen.verbose)


if __name__ == "__main__":
    main()
