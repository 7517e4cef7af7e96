"""The one way out: what anonymises and what checks everything that leaves, made from the project's register.

What was found but not decided on yet (:mod:`qualcode.review`) is held back too where it is dangerous.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import RLock
from typing import Protocol

from qualcode.anonymise.candidates import Tier
from qualcode.anonymise.find import Proposal
from qualcode.anonymise.leaks import Leak, LeakCheck
from qualcode.anonymise.register import Register, small_words
from qualcode.anonymise.render import Anonymiser, Rendering
from qualcode.core import quotes
from qualcode.core.project import Project
from qualcode.core.rows import MentionRow, TranscriptRow
from qualcode.core.spans import context
from qualcode.core.values import Passage, Span, TranscriptId
from qualcode.review import Found, OnProgress, Search, found_in, keep, register_with, search, undecided

_AROUND = 12
"""Code points on either side by which a place decided about is known again in what leaves."""

_LABEL = re.compile(r"\{q:[^{}]*\}|\bQ-\d{4,}\b")
_HELD = "\ue000"
"""Stands for the label of a quote while words are read: private use, so that no text has it and no name holds it."""

DANGEROUS = 0.7
"""A proposal of tier A that is at least so dangerous holds an export back until somebody has decided on it: people,
schools, villages, and whatever has the shape of a number, an address or an account. A city or a charity does not."""


class Anonymise(Protocol):
    """What a report needs of anonymisation."""

    def replacements(self, transcript_id: TranscriptId, span: Span) -> Sequence[tuple[Span, str]]:
        """The identifiers within ``span`` of a transcript, each with what is shown for it, brackets and all.

        Their spans count from the start of ``span``; one that reaches out of it is cut at its ends.
        """
        ...

    def text(self, words: str) -> str:
        """Words from anywhere (a summary, a definition) with every identifier replaced."""
        ...


@dataclass(frozen=True)
class _Made:
    """What a guard works with; takes long to make. ``looked``: every transcript has been looked through."""

    register: Register
    anonymiser: Anonymiser
    allowed: Sequence[str]
    check: LeakCheck
    looked: bool

    def checking(self, proposals: Iterable[Proposal]) -> LeakCheck:
        """What checks with these proposals in mind."""
        return _check(self.register, self.allowed, proposals)


class Guard:
    """Anonymises and checks by one project's register. A snapshot: make a new one after the register changed.

    ``unreviewed`` are proposals that nobody has decided on; by default those that were found and kept in the project.
    ``read`` is what was read of the project's texts. All but the making of a guard may run on any thread, as far as it
    asks about current transcripts. What takes long is done when it is first needed, or by :meth:`prepare`.
    """

    def __init__(
        self, project: Project, unreviewed: Iterable[Proposal] | None = None, read: Search | None = None
    ) -> None:
        self._project = project
        self._search = read or search(project)
        self._texts = {p.transcript_id: p.text for p in self._search.passages}
        self._rows, self._decisions = project.identifiers.all(), project.identifiers.decisions()
        self._unreviewed = tuple(unreviewed) if unreviewed is not None else None
        self._stored = project.identifiers.found() if unreviewed is None else {}
        self._lock = RLock()
        self._made: _Made | None = None
        self._found: Found | None = None
        self._renderings: dict[TranscriptId, Rendering] = {}

    def prepare(self, transcript_ids: Iterable[TranscriptId] = ()) -> None:
        """Do beforehand what takes long, seconds for a thousand interviews, and read these transcripts anonymised."""
        self._works()
        for transcript_id in transcript_ids:
            self.rendering(transcript_id)

    def is_ready(self, transcript_ids: Iterable[TranscriptId] = ()) -> bool:
        """Whether :meth:`prepare` has nothing left to do."""
        return self._made is not None and all(t in self._renderings for t in transcript_ids)

    def look(self, progress: OnProgress = lambda _: None, cancelled: Callable[[], bool] = lambda: False) -> None:
        """See to it that every transcript has been looked through, so that the leak check knows what it holds.

        Takes seconds where that was not done before: some 5 for 16 interviews. Raises Cancelled.
        """
        made = self._works()
        if not made.looked:
            self._found = self._search.run(progress, cancelled)
            self._made = replace(made, check=made.checking(self._found.proposals), looked=True)

    def keep_found(self) -> None:
        """Keep what was found by looking, so that it is not looked for again. On the project's thread."""
        if self._found is not None:
            keep(self._project, self._found)
            self._found = None

    def replacements(self, transcript_id: TranscriptId, span: Span) -> Sequence[tuple[Span, str]]:
        rendering = self.rendering(transcript_id)
        return [
            (
                Span(max(r.original.start, span.start) - span.start, min(r.original.end, span.end) - span.start),
                _bracketed(r.anonymised.of(rendering.text)),
            )
            for r in rendering.replaced
            if r.original.overlaps(span)
        ]

    def text(self, words: str) -> str:
        labels = iter(_LABEL.findall(words))
        return re.sub(
            _HELD, lambda _: next(labels, _HELD), self._works().anonymiser.render(_LABEL.sub(_HELD, words)).text
        )

    def quoted(self, transcript_id: TranscriptId, span: Span) -> str:
        """The words of a passage as they stand in a report, on one line."""
        said = span.of(self.rendering(transcript_id).original)
        return quotes.shown(said, quotes.with_replacements((), self.replacements(transcript_id, span)))

    @property
    def has_looked(self) -> bool:
        """Whether every transcript has been looked through."""
        return self._works().looked

    def leaks_of(self, said: str, words: str) -> tuple[Leak, ...]:
        """As :meth:`leaks`, for ``words`` made of what was ``said``: where the project was not looked through, that is.

        Takes a second the first time, when the models are read.
        """
        if self.has_looked:
            return self.leaks(words)
        passage = Passage(TranscriptId(""), said, (), ())
        found = replace(self._search, passages=(passage,), titles={}).run()
        return _leaks(self._works().checking(found.proposals), words)

    def leaks(self, words: str) -> tuple[Leak, ...]:
        """What in ``words`` could still identify somebody. Labels of quotes are ours and nobody's initials."""
        return _leaks(self._works().check, words)

    def rendering(self, transcript_id: TranscriptId) -> Rendering:
        """The anonymised reading of a transcript, with positions mapped both ways."""
        if transcript_id not in self._renderings:
            text = self._texts.get(transcript_id)
            if text is None:
                text = self._project.transcripts.text(transcript_id)
            self._renderings[transcript_id] = self._works().anonymiser.render(text, transcript_id)
        return self._renderings[transcript_id]

    # --- within ---

    def _works(self) -> _Made:
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made

    def _make(self) -> _Made:
        register = register_with(self._rows, self._decisions, _small_words(tuple(self._texts.values())))
        proposals, looked = self._unreviewed, True
        if proposals is None:
            found = found_in(self._stored, self._texts.keys())
            proposals, looked = found.proposals, found.covers(self._texts, self._search.names)
        allowed = _allowed(self._decisions, self._texts)
        return _Made(register, Anonymiser(register), allowed, _check(register, allowed, proposals), looked)


def anonymised(guard: Guard, row: TranscriptRow) -> tuple[TranscriptRow, Rendering]:
    """A transcript as it reads anonymised, turns and emphasis moved, and how its positions map to the original's.

    Comments and footnotes are left out, for they are not speech and may name anybody.
    """
    rendering = guard.rendering(row.id)
    there = rendering.span_to_anonymised
    turns = tuple(replace(turn, span=rendering.turn_to_anonymised(turn.span)) for turn in row.turns)
    emphasis = tuple(replace(e, span=there(e.span)) for e in row.emphasis)
    return replace(row, text=rendering.text, turns=turns, emphasis=emphasis, asides=()), rendering


def _leaks(check: LeakCheck, words: str) -> tuple[Leak, ...]:
    found = check.leaks(_LABEL.sub(lambda label: _HELD * len(label.group()), words))
    return tuple(replace(leak, context=context(words, leak.span)) for leak in found)


def _check(register: Register, allowed: Sequence[str], proposals: Iterable[Proposal]) -> LeakCheck:
    dangerous = [p for p in proposals if p.tier is Tier.A and p.danger >= DANGEROUS]
    return LeakCheck(register, undecided(register, dangerous), allowed)


@lru_cache(maxsize=1)
def _small_words(texts: tuple[str, ...]) -> dict[str, int]:
    return small_words(texts)


def _bracketed(words: str) -> str:
    """A replacement as it stands in a quote: all of it in one pair of brackets, for none of it was said."""
    bare = " ".join(words.replace("[", "").replace("]", "").split())
    return f"[{bare}]" if bare else "[...]"


def _allowed(decisions: Iterable[MentionRow], texts: Mapping[TranscriptId, str]) -> list[str]:
    """Places said not to be the identifier, as phrases: their words with some of those around them in the line."""
    phrases = []
    for decision in decisions:
        if decision.identifier_id is None and decision.transcript_id in texts:
            text, span = texts[decision.transcript_id], decision.span
            before = text[max(0, span.start - _AROUND) : span.start].rpartition("\n")[2]
            after = text[span.end : span.end + _AROUND].partition("\n")[0]
            phrases.append(before + span.of(text) + after)
    return phrases
