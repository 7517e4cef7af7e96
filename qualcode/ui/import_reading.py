"""The reading of a batch: what waits is understood on a worker, one file after the other, many of them apart."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from qualcode.apart import Apart, BrokenOff
from qualcode.errors import Cancelled, UnreadableFile, UserError
from qualcode.importing import Rules, Source
from qualcode.intake import Understood, understand
from qualcode.ui.import_entry import Entry
from qualcode.ui.operations import Task
from qualcode.ui.workspace import Workspace

READING = "Reading files"
_FEW = 2
"""So many files are read without a word of it."""
_MANY = 12
"""More files than this are read in a process of their own, whose start takes as long as reading about so many."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the worker is to read; ``entry`` and ``asked`` only come home again with what was found."""

    entry: Entry
    asked: int
    path: Path
    source: Source | None
    rules: Rules
    pattern: str


class Reading(QObject):
    """Takes requests at any time; begins when there are some, and rests when there are none or it was stopped."""

    came = Signal(object, int, object)
    """The Entry, the number of the request, and what it was Understood to be or the UserError."""
    rested = Signal()
    """Nothing is being read any more; what was asked for and did not come was not read."""

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._operations = workspace.operations
        self._waiting: deque[Request] = deque()
        self._runs = False
        self._done = 0
        self._operations.failed.connect(lambda _: self._rest() if self._operations.idle else None)

    @property
    def few_wait(self) -> bool:
        """Whether it is hardly worth while to wait for the rest."""
        return len(self._waiting) <= _FEW

    def ask(self, requests: Iterable[Request], *, first: bool = False) -> None:
        """Read these; the first of all, or after what waits."""
        for request in requests:
            if first:
                self._waiting.appendleft(request)
            else:
                self._waiting.append(request)
        self._start()

    def forget(self) -> None:
        """Read nothing of what waits."""
        self._waiting.clear()
        self._done, self._runs = 0, False

    # --- within ---

    def _start(self) -> None:
        if self._waiting and not self._runs:
            self._runs = True
            self._done = 0
            self._operations.start(READING, self._read, each=self._take, then=self._rest, quiet=self.few_wait)

    def _read(self, task: Task) -> bool:
        """On the worker: understand what waits until nothing does; whether it came to that.

        A few are read at once, here; many in another process, so that the window stays quick meanwhile.
        """
        with Apart() as apart:
            while self._waiting and not task.cancelled():
                many = len(self._waiting) > _MANY
                request = self._waiting.popleft()
                found: Understood | UserError
                try:
                    found = (
                        _understood_apart(apart, request, task) if many or apart.runs else _understood(request, task)
                    )
                except Cancelled:
                    return False
                except UserError as error:
                    found = error
                self._done += 1
                task.progress(self._done, self._done + len(self._waiting), request.path.name)
                task.deliver((request.entry, request.asked, found))
        return not task.cancelled()

    def _take(self, delivered: tuple[Entry, int, Understood | UserError]) -> None:
        self.came.emit(*delivered)

    def _rest(self, whole: bool = False) -> None:
        """The worker is done, or was stopped."""
        self._runs = False
        if whole and self._waiting:
            self._start()
            return
        self._waiting.clear()
        self.rested.emit()


def _understood(request: Request, task: Task) -> Understood:
    return understand(request.path, request.rules, request.pattern, source=request.source, cancelled=task.cancelled)


def _understood_apart(apart: Apart, request: Request, task: Task) -> Understood:
    wanted = partial(understand, request.path, request.rules, request.pattern, source=request.source)
    try:
        found: Understood = apart.call(wanted, cancelled=task.cancelled)
    except BrokenOff as error:
        raise UnreadableFile(
            request.path, "reading it broke off. It may be damaged, or too large for this computer."
        ) from error
    return found
