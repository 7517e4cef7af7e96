"""The guard of the open project: made at once where it is needed at once, or beforehand while the window goes on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from qualcode.ui.operations import Errand, Operations

if TYPE_CHECKING:
    from qualcode.core.project import Project
    from qualcode.core.values import Span, TranscriptId
    from qualcode.guard import Guard
    from qualcode.review import Search

MUCH = 100_000
"""Code points of transcripts, two interviews of an hour: fewer than these are read at once."""


@dataclass(frozen=True, eq=False)
class _Request:
    transcript_ids: Collection[TranscriptId]
    then: Callable[[], object]


class GuardShelf(QObject):
    """Keeps the guard until the register, the transcripts or what was found in them change.

    What is under way then is dropped and begun again.
    """

    def __init__(self, operations: Operations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._project: Project | None = None
        self._guard: Guard | None = None
        self._length: int | None = None
        self._requests: list[_Request] = []
        self._run: object = None
        self._reading: Errand | None = None

    def take(self, project: Project | None) -> None:
        """Guard this project's words from now on; nobody waits for those of another."""
        self._project = project
        self._requests.clear()
        self.renew()

    def renew(self) -> None:
        """Make the guard anew when it is next needed."""
        self._guard = self._length = self._run = None
        if self._reading is not None:
            self._reading.drop()
            self._reading = None
        if self._requests:
            self._begin()

    @property
    def guard(self) -> Guard:
        """What anonymises and checks what leaves; made now unless it is there."""
        assert self._project is not None
        if self._guard is None:
            from qualcode.guard import Guard

            self._guard = Guard(self._project)
        return self._guard

    def replacements(self, transcript_id: TranscriptId, span: Span) -> Sequence[tuple[Span, str]]:
        """As the guard gives them; so that what is made with the shelf needs no guard before it is asked for words."""
        return self.guard.replacements(transcript_id, span)

    def text(self, words: str) -> str:
        """As the guard gives it."""
        return self.guard.text(words)

    @property
    def is_much(self) -> bool:
        """Whether the window would stand still while the transcripts are read."""
        assert self._project is not None
        if self._length is None:
            self._length = sum(interview.length for interview in self._project.transcripts.interviews())
        return self._length > MUCH

    def is_at_hand(self, transcript_ids: Iterable[TranscriptId] = ()) -> bool:
        """Whether the guard has read these transcripts, or there is so little that it reads them at once."""
        return not self.is_much or (self._guard is not None and self._guard.is_ready(transcript_ids))

    def have(self, transcript_ids: Collection[TranscriptId], then: Callable[[], object]) -> None:
        """Have a worker read these; ``then`` is called when they are at hand, unless the project was closed."""
        self._requests.append(_Request(transcript_ids, then))
        if self._run is None:
            self._begin()

    # --- within ---

    def _begin(self) -> None:
        from qualcode.review import search_in_pieces

        assert self._project is not None
        self._run = object()
        if self._guard is None:
            self._reading = self._operations.in_passing(search_in_pieces(self._project), self._make)
        else:
            self._prepare(self._guard)

    def _make(self, read: Search) -> None:
        from qualcode.guard import Guard

        assert self._project is not None
        self._reading = None
        self._guard = self._guard or Guard(self._project, read=read)
        self._prepare(self._guard)

    def _prepare(self, guard: Guard) -> None:
        run, requests = self._run, tuple(self._requests)
        wanted = dict.fromkeys(t for request in requests for t in request.transcript_ids)
        self._operations.start(
            "Anonymising", lambda _: guard.prepare(wanted), then=lambda _: self._land(run, requests), quiet=True
        )

    def _land(self, run: object, requests: Sequence[_Request]) -> None:
        """Tell who waited for this, and go on with what was asked for meanwhile."""
        if run is not self._run:
            return
        self._run = None
        self._requests = [request for request in self._requests if request not in requests]
        for request in requests:
            request.then()
        if self._requests and self._run is None:
            self._begin()
