"""The one way off the main thread and back: values go out, values come home, with progress and a stop."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal

from qualcode.core.progress import Progress
from qualcode.errors import Cancelled

Result = TypeVar("Result")

_TURN = 0.0005
"""Seconds that a worker may keep the interpreter while the window waits for it.

Painting goes in and out of Python hundreds of times; at Python's 5 ms for each of them the window would stand still.
"""


class Task:
    """What the work sees of its surroundings. All of it may be called from the worker's thread."""

    def __init__(self, signals: _Signals) -> None:
        self._signals = signals
        self._stopped = False

    def progress(self, done: int, total: int, what: str = "") -> None:
        self._signals.progressed.emit(Progress(done, total, what))

    def deliver(self, value: object) -> None:
        """Send one finished piece home while the work goes on."""
        self._signals.delivered.emit(value)

    def cancelled(self) -> bool:
        return self._stopped

    def go_on(self) -> None:
        """Raises Cancelled once the user has stopped the work."""
        if self._stopped:
            raise Cancelled

    def stop(self) -> None:
        self._stopped = True


class Operations(QObject):
    """Long work of the window, one piece at a time; further ones wait their turn.

    ``began`` carries the title, ``progressed`` the title and a Progress, ``failed`` the exception.
    """

    began = Signal(str)
    progressed = Signal(str, object)
    ended = Signal(str)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(_TURN)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._running: list[_Job] = []

    def start(
        self,
        title: str,
        work: Callable[[Task], Result],
        *,
        each: Callable[[Any], None] | None = None,
        then: Callable[[Result], None] | None = None,
        quiet: bool = False,
    ) -> None:
        """Run ``work`` on a worker; ``each`` takes what it delivers and ``then`` its result, both on this thread.

        Without an error ``then`` is the last thing called. A ``quiet`` operation shows no progress.
        """
        job = _Job(title, work, quiet)
        signals = job.signals
        if each is not None:
            signals.delivered.connect(lambda value: self._hand_on(job, value, each), Qt.ConnectionType.QueuedConnection)
        if not quiet:
            signals.progressed.connect(lambda progress: self.progressed.emit(title, progress))
        signals.finished.connect(lambda result, error: self._finish(job, result, error, then))
        self._running.append(job)
        if not quiet:
            self.began.emit(title)
        self._pool.start(job)

    @property
    def busy(self) -> bool:
        return any(not job.quiet for job in self._running)

    @property
    def idle(self) -> bool:
        """Whether nothing runs or waits, quiet work included."""
        return not self._running

    def stop(self) -> None:
        """Ask everything under way to stop."""
        for job in self._running:
            job.task.stop()

    def wait(self) -> None:
        """Stop everything and wait until the worker is free; what it still brings is thrown away."""
        self.stop()
        self._pool.waitForDone()
        dropped, self._running = self._running, []
        for job in dropped:
            if not job.quiet:
                self.ended.emit(job.title)

    def _hand_on(self, job: _Job, value: object, each: Callable[[Any], None]) -> None:
        if job in self._running:
            each(value)

    def _finish(
        self, job: _Job, result: object, error: BaseException | None, then: Callable[[Any], None] | None
    ) -> None:
        if job not in self._running:
            return
        self._running.remove(job)
        if not job.quiet:
            self.ended.emit(job.title)
        if error is not None:
            self.failed.emit(error)
        elif then is not None:
            then(result)


class _Signals(QObject):
    progressed = Signal(object)
    delivered = Signal(object)
    finished = Signal(object, object)


class _Job(QRunnable):
    def __init__(self, title: str, work: Callable[[Task], Any], quiet: bool) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self.title, self.quiet = title, quiet
        self.signals = _Signals()
        self.task = Task(self.signals)
        self._work = work

    def run(self) -> None:
        try:
            self.task.go_on()
            result = self._work(self.task)
        except Exception as error:  # noqa: BLE001  it goes home and is told or raised there
            self.signals.finished.emit(None, error)
        else:
            self.signals.finished.emit(result, None)
