"""Why a passage is suggested, in words an analyst can judge."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np

from qualcode.suggest.features import Features, Scores
from qualcode.suggest.model import Model
from qualcode.suggest.reading import Unit

_WORDS = 4
_LOOKED_AT = 30
_ALIKE = 0.1
_QUESTION_LENGTH = 90
_SENTENCE = re.compile(r"[^.?!\n]+[.?!]*")


def from_segments(
    features: Features, model: Model, rows: slice, names: Sequence[str], meaningless: Collection[str]
) -> str:
    """For a code with segments. ``names`` says for each example of ``model`` in which interview it was coded."""
    weight = model.mean_weight
    if weight is None:
        return from_codebook(features, model, rows)
    said = np.asarray(features.said[rows].sum(axis=0)).ravel()
    speaks = said * weight[: len(said)]
    strongest = [features.said_terms[i] for i in np.argsort(-speaks, kind="stable")[:_LOOKED_AT] if speaks[i] > 0]
    words = _as_spoken(strongest, features.units[rows], meaningless)
    sentences = [f"Speaks for it: {listed(words)}."] if words else []
    alike = model.example_rows @ said / max(float(np.linalg.norm(said)), 1e-12)
    closest = int(np.argmax(alike))
    if alike[closest] >= _ALIKE or not words:
        sentences.append(f"Like a segment you coded in {names[closest]}.")
    question = features.questions[features.asked_in_row[rows.start]]
    if question.text and _asked(features, rows.start, weight) > speaks.sum() / (rows.stop - rows.start):
        sentences.append(f"It answers a question like those before: {shortened(question.text)}.")
    return " ".join(sentences)


def from_codebook(features: Features, model: Model, rows: slice) -> str:
    """For a code that has only its name and what the codebook says of it."""
    units = features.units[rows]
    words = _as_spoken(sorted(model.query, key=lambda term: (-model.query[term], term)), units, ())
    if words:
        return f"From the definition: {listed(words)}."
    question = features.questions[features.asked_in_row[rows.start]]
    if set(question.terms) & set(model.query):
        return f"It answers a question in the words of the definition: {shortened(question.text)}."
    return "It stands beside words of the definition."


def shortened(question: str) -> str:
    """The last thing asked, in quotation marks, cut to a length that can be read at a glance."""
    sentences = [s.strip() for s in _SENTENCE.findall(question)]
    asking = [s for s in sentences if s.endswith("?") and " " in s] or [s for s in sentences if s]
    words = asking[-1] if asking else question
    if len(words) > _QUESTION_LENGTH:
        words = words[:_QUESTION_LENGTH].rpartition(" ")[0].rstrip(",;:") + " …"
    return f"“{words}”"


def _asked(features: Features, row: int, weight: Scores) -> float:
    """How much the question before a unit speaks for the code."""
    context = features.context[[row]]
    of_question = context.indices >= len(features.said_terms)
    return float(context.data[of_question] @ weight[context.indices[of_question]])


def _as_spoken(terms: Iterable[str], units: Sequence[Unit], meaningless: Collection[str]) -> list[str]:
    """The first four of ``terms``, or pairs of them, as they were spoken in ``units``; none twice."""
    spoken = dict(_terms_and_words(units))
    found: list[str] = []
    used: set[str] = set()
    for term in terms:
        parts = term.split(" ")
        if term not in spoken or used & set(parts) or any(p in meaningless or len(p) < 3 for p in parts):
            continue
        used.update(parts)
        found.append(spoken[term])
        if len(found) == _WORDS:
            break
    return found


def _terms_and_words(units: Sequence[Unit]) -> Iterator[tuple[str, str]]:
    for unit in reversed(units):
        first, *others = unit.words
        spoken = list(zip(unit.terms, (first.lower(), *others), strict=True))
        yield from spoken
        for (term, word), (next_term, next_word) in pairwise(spoken):
            yield f"{term} {next_term}", f"{word} {next_word}"


def listed(words: Sequence[str]) -> str:
    """Words in quotation marks, with commas between them."""
    return ", ".join(f"“{word}”" for word in words)
