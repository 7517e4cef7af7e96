"""Landing a batch: file after file in a small step of its own, so that the window stays alive between two of them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from qualcode.core.corrections import Correction
from qualcode.core.landing import follow, land
from qualcode.core.rows import InterviewRow
from qualcode.errors import UserError
from qualcode.intake import Outcome, State
from qualcode.ui.import_entry import Entry
from qualcode.ui.operations import Task
from qualcode.ui.workspace import Workspace


@dataclass(frozen=True)
class Landed:
    """What an import did: a line for each file, and the corrections that changed or unsettled segments."""

    outcomes: tuple[Outcome, ...]
    corrections: tuple[tuple[InterviewRow, Correction], ...]
    stopped: bool


class Landing(QObject):
    """One import. ``finished`` is called once with what was done, also when it was stopped."""

    def __init__(self, workspace: Workspace, entries: Sequence[Entry], finished: Callable[[Landed], None]) -> None:
        super().__init__(workspace)
        self._workspace, self._entries, self._finished = workspace, entries, finished
        self._landing = [entry for entry in entries if entry.lands]
        self._outcomes: dict[int, Outcome] = {}
        self._corrections: list[tuple[InterviewRow, Correction]] = []
        many = len(self._landing) != 1
        self._label = f"Import {len(self._landing)} files" if many else f"Import {self._landing[0].name}"
        self._group = f"import {uuid.uuid4()}"

    def start(self) -> None:
        self._workspace.operations.in_turns("Importing", self._land_all, then=self._end)

    # --- within ---

    def _land_all(self, task: Task) -> Iterator[None]:
        for number, entry in enumerate(self._landing):
            task.progress(number, len(self._landing), entry.name)
            yield
            self._outcomes[id(entry)] = self._land(entry)

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
