"""The shipped name model, and any installed spaCy pipeline beside it. spaCy is imported when first needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from qualcode.anonymise.kinds import Kind
from qualcode.core.values import Span
from qualcode.language import load_pipeline
from qualcode.resources import resource

if TYPE_CHECKING:
    from spacy.language import Language

_KINDS = {
    "person": Kind.PERSON,
    "place": Kind.PLACE,
    "organisation": Kind.ORGANISATION,
    "PERSON": Kind.PERSON,
    "PER": Kind.PERSON,
    "GPE": Kind.PLACE,
    "LOC": Kind.PLACE,
    "FAC": Kind.PLACE,
    "ORG": Kind.ORGANISATION,
}
_STRETCH = 5_000
_NAMING = frozenset({"transformer", "tok2vec", "ner", "entity_ruler"})


@dataclass(frozen=True, slots=True)
class Named:
    """A name the model sees: where, and of what kind."""

    span: Span
    kind: Kind


@cache
def shipped() -> Language:
    """The small English name model that travels with the program."""
    return load_pipeline(resource("anonymise", "ner"))


_EAGERNESS = 2.0
"""How much the score of *no name*, the last of the moves, is lowered for a text without capitals.

Found on the sets that are looked at while rules are written: beyond it come more strings and hardly any names.
"""


@cache
def eager() -> Language:
    """The shipped model, quicker to see a name: for text without capitals, where no rule makes up for what it misses.

    A linear layer gives each move of the parser its score (Honnibal's transition-based recogniser, as in spaCy 3), so
    that its bias decides between recall and precision.
    """
    pipeline = load_pipeline(resource("anonymise", "ner"))
    recogniser: Any = pipeline.get_pipe("ner")
    scores = recogniser.model.get_ref("upper")
    weighed = scores.get_param("b").copy()
    weighed[-1] -= _EAGERNESS
    scores.set_param("b", weighed)
    return pipeline


@cache
def installed() -> Language | None:
    """An installed English pipeline that knows names; None where there is none."""
    pipeline = load_pipeline()
    return pipeline if {"ner", "entity_ruler"} & set(pipeline.pipe_names) else None


def names(text: str, pipeline: Language, cancelled: Callable[[], bool] = lambda: False) -> Iterator[Named]:
    """The persons, places and organisations ``pipeline`` sees in ``text``; stops early when ``cancelled``."""
    stretches = list(_stretches(text))
    idle = [name for name in pipeline.pipe_names if name not in _NAMING]
    docs = pipeline.pipe((s.of(text) for s in stretches), disable=idle)
    for start, doc in zip(stretches, docs, strict=True):
        if cancelled():
            return
        for entity in doc.ents:
            kind = _KINDS.get(entity.label_)
            if kind is not None:
                yield Named(Span(entity.start_char, entity.end_char).shifted(start.start), kind)


def _stretches(text: str) -> Iterator[Span]:
    """``text`` in parts of some thousand characters, cut at line ends or spaces: a model's memory is finite."""
    at = 0
    while at < len(text):
        end = min(len(text), at + _STRETCH)
        if end < len(text):
            cut = max(text.rfind("\n", at + 1, end), text.rfind(" ", at + _STRETCH // 2, end) + 1)
            end = cut if cut > at else end
        yield Span(at, end)
        at = end
