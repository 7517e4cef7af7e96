"""The speech of many interviews as values for a worker, read in slices so that the window never waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue

from PySide6.QtCore import QObject, QTimer

from qualcode.core.concordance import Speech
from qualcode.core.values import TranscriptId
from qualcode.errors import Cancelled
from qualcode.ui.workspace import Workspace

SLICE = 10
"""Transcripts read at a time; ten of 8,000 words take some 10 ms."""

MOST_KEPT = 300
"""Transcripts kept in memory; of 8,000 words each they take some 40 MB."""

_PATIENCE = 0.05
"""Seconds between two looks at whether what is waited for is still wanted."""


class Arriving:
    """Speech on its way to a worker, who takes each transcript while others are still to be read."""

    def __init__(self) -> None:
        self._parts: SimpleQueue[Sequence[Speech] | None] = SimpleQueue()
        self._dropped = False
        self.taken = False
        """Nobody waits for more."""

    def put(self, part: Sequence[Speech]) -> None:
        self._parts.put(part)

    def end(self) -> None:
        """All was put."""
        self._parts.put(None)

    def drop(self) -> None:
        """What was to come is no longer true."""
        self._dropped = True

    def each(self, go_on: Callable[[], object]) -> Iterator[Speech]:
        """On the worker: the transcripts as they come. ``go_on`` may stop it by raising; Cancelled once dropped."""
        try:
            while (part := self._next(go_on)) is not None:
                yield from part
        finally:
            self.taken = True

    def _next(self, go_on: Callable[[], object]) -> Sequence[Speech] | None:
        while True:
            go_on()
            if self._dropped:
                raise Cancelled
            try:
                return self._parts.get(timeout=_PATIENCE)
            except Empty:
                continue


@dataclass
class _Order:
    """What is to be read for somebody, how far that is, and what happens when it is dropped."""

    transcript_ids: Sequence[TranscriptId]
    part: Callable[[Sequence[Speech]], object]
    end: Callable[[], None]
    is_wanted: Callable[[], bool] = lambda: True
    drop: Callable[[], None] = lambda: None
    done: int = field(default=0, init=False)


class SpeechShelf(QObject):
    """Reads each transcript once and keeps it until told that it changed, or until it has too many."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._known: dict[TranscriptId, Speech] = {}
        self._orders: list[_Order] = []
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._read_on)

    def ask(self, transcript_ids: Sequence[TranscriptId], then: Callable[[list[Speech]], None]) -> None:
        """Have ``then`` called with the speech of these, in this order, once all of it is read."""
        found: list[Speech] = []
        self._take(_Order(transcript_ids, found.extend, lambda: then(found)))

    def hand_out(
        self,
        transcript_ids: Sequence[TranscriptId],
        beside: Callable[[Sequence[TranscriptId]], None] = lambda _: None,
    ) -> Arriving:
        """The speech of these, in this order, for a worker to take as it comes; ``beside`` reads what belongs to it."""
        arriving = Arriving()

        def put(part: Sequence[Speech]) -> None:
            beside([speech.passage.transcript_id for speech in part])
            arriving.put(part)

        self._take(_Order(transcript_ids, put, arriving.end, lambda: not arriving.taken, arriving.drop))
        return arriving

    def now(self, transcript_ids: Sequence[TranscriptId]) -> list[Speech]:
        """The speech of these few at once, in this order."""
        return self._read(transcript_ids)

    def forget(self) -> None:
        """Drop what was read and who waits for it."""
        self._known.clear()
        for order in self._orders:
            order.drop()
        self._orders.clear()
        self._timer.stop()

    # --- within ---

    def _take(self, order: _Order) -> None:
        self._orders.append(order)
        self._timer.start()

    def _read_on(self) -> None:
        if not self._workspace.is_open:
            self.forget()
            return
        order = self._orders[0]
        part = self._slice(order)
        if part and order.is_wanted():
            order.part(self._read(part))
            order.done += len(part)
            return
        self._orders.pop(0)
        if not self._orders:
            self._timer.stop()
        order.end()

    def _slice(self, order: _Order) -> Sequence[TranscriptId]:
        """The next of what is wanted, with as many as a slice that are still to be read."""
        missing, end = 0, order.done
        while end < len(order.transcript_ids):
            missing += order.transcript_ids[end] not in self._known
            if missing > SLICE:
                break
            end += 1
        return order.transcript_ids[order.done : end]

    def _read(self, transcript_ids: Sequence[TranscriptId]) -> list[Speech]:
        missing = [t for t in transcript_ids if t not in self._known]
        if missing:
            found = self._workspace.project.readings.speech(missing)
            self._known.update((speech.passage.transcript_id, speech) for speech in found)
        speeches = [self._known[t] for t in transcript_ids if t in self._known]
        for oldest in list(self._known)[: max(0, len(self._known) - MOST_KEPT)]:
            del self._known[oldest]
        return speeches
