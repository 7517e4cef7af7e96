"""Landing a batch: file after file in a small step of its own, so that the window stays alive between two of them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Semaphore

from PySide6.QtCore import QObject

from qualcode.core.landing import follow, land
from qualcode.core.rows import InterviewRow
from qualcode.core.transcripts import Correction
from qualcode.errors import UserError
from qualcode.intake import Outcome, State
from qualcode.ui.import_batch import Entry
from qualcode.ui.operations import Task
from qualcode.ui.workspace import Workspace

_PATIENCE = 0.05


@dataclass(frozen=True)
class Landed:
    """What an import did: a line for each file, and the corrections that changed or unsettled segments."""

    outcomes: tuple[Outcome, ...]
    corrections: tuple[tuple[InterviewRow, Correction], ...]
    stopped: bool


class Landing(QObject):
    """One import. ``finished`` is called once with what was done, also when it was stopped.

    The worker only hands out the turns: each file waits until the window has done what came before it.
    """

    def __init__(self, workspace: Workspace, entries: Sequence[Entry], finished: Callable[[Landed], None]) -> None:
        super().__init__(workspace)
        self._workspace, self._entries, self._finished = workspace, entries, finished
        self._landing = [entry for entry in entries if entry.lands]
        self._gate = Semaphore(0)
        self._outcomes: dict[int, Outcome] = {}
        self._corrections: list[tuple[InterviewRow, Correction]] = []
        many = len(self._landing) != 1
        self._label = f"Import {len(self._landing)} files" if many else f"Import {self._landing[0].name}"
        self._group = f"import {uuid.uuid4()}"

    def start(self) -> None:
        self._workspace.operations.start("Importing", self._hand_out, each=self._take_turn, then=self._end)

    # --- within ---

    def _hand_out(self, task: Task) -> bool:
        """On the worker: one turn after the other; whether all of them were handed out."""
        for number, entry in enumerate(self._landing):
            task.progress(number, len(self._landing), entry.name)
            task.deliver(entry)
            while not self._gate.acquire(timeout=_PATIENCE):
                if task.cancelled():
                    return False
            if task.cancelled():
                return number + 1 == len(self._landing)
        return True

    def _take_turn(self, entry: Entry) -> None:
        try:
            if self._workspace.is_open:
                self._outcomes[id(entry)] = self._land(entry)
        finally:
            self._gate.release()

    def _land(self, entry: Entry) -> Outcome:
        assert entry.understood is not None
        state, project = entry.state, self._workspace.project
        assert state is not None
        transcript, name = entry.understood.transcript, entry.name
        try:
            with project.step(self._label, group=self._group):
                if entry.follows and entry.twin:
                    there = next(i for i in project.transcripts.interviews() if i.id == entry.twin.id)
                    correction = follow(project, there, transcript, entry.wish)
                    if correction.words_before:
                        self._corrections.append((there, correction))
                    return Outcome(name, state, there.title, (*entry.remarks, *_told(correction)))
                interview_id = land(project, transcript, entry.wish)
                title = project.transcripts.title(interview_id)
        except UserError as error:
            return Outcome(name, State.REFUSED, "", (str(error),))
        return Outcome(name, state, title, entry.remarks)

    def _end(self, whole: bool) -> None:
        outcomes = tuple(self._outcomes.get(id(entry)) or _untouched(entry) for entry in self._entries)
        self._finished(Landed(outcomes, tuple(self._corrections), not whole))
        self.deleteLater()


def _untouched(entry: Entry) -> Outcome:
    """The line of a file that did not land."""
    if entry.state is State.REFUSED:
        return Outcome(entry.name, State.REFUSED, "", (entry.refusal,))
    if entry.state is State.KNOWN:
        return Outcome(entry.name, State.KNOWN, entry.known)
    return Outcome(entry.name, State.LEFT_OUT)


def _told(correction: Correction) -> tuple[str, ...]:
    changed, unplaced = len(correction.changed), len(correction.unplaced)
    sentences = []
    if changed:
        sentences.append(f"{changed} {'segment has' if changed == 1 else 'segments have'} other words now.")
    if unplaced:
        sentences.append(f"{unplaced} {'segment' if unplaced == 1 else 'segments'} found no place in it.")
    return tuple(sentences)
