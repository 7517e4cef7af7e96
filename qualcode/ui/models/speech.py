"""The speech of many interviews as values for a worker, read in slices so that the window never waits for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer

from qualcode.core.concordance import Speech
from qualcode.core.values import TranscriptId
from qualcode.ui.workspace import Workspace

SLICE = 10
"""Transcripts read at a time; ten of 8,000 words take some 10 ms."""


class SpeechShelf(QObject):
    """Reads each transcript once and keeps it until told that it changed."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._known: dict[TranscriptId, Speech] = {}
        self._wanted: list[tuple[Sequence[TranscriptId], Callable[[list[Speech]], None]]] = []
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._read_on)

    def ask(self, transcript_ids: Sequence[TranscriptId], then: Callable[[list[Speech]], None]) -> None:
        """Have ``then`` called with the speech of these, in this order, once all of it is read."""
        self._wanted.append((transcript_ids, then))
        self._timer.start()

    def forget(self) -> None:
        """Drop what was read and who waits for it."""
        self._known.clear()
        self._wanted.clear()
        self._timer.stop()

    def _read_on(self) -> None:
        if not self._wanted or not self._workspace.is_open:
            self.forget()
            return
        transcript_ids, then = self._wanted[0]
        missing = [t for t in transcript_ids if t not in self._known][:SLICE]
        if missing:
            found = self._workspace.project.readings.speech(missing)
            self._known.update((speech.passage.transcript_id, speech) for speech in found)
            if len(found) == len(missing):
                return
        self._wanted.pop(0)
        then([self._known[t] for t in transcript_ids if t in self._known])
