"""The one way off the main thread and back: values go out, values come home, with progress and a stop."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from threading import Semaphore
from time import perf_counter
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer, Signal

from qualcode.core.pieces import Pieces
from qualcode.core.progress import Progress
from qualcode.errors import Cancelled

Result = TypeVar("Result")

_TURN = 0.0005
"""Seconds that a worker may keep the interpreter while the window waits for it.

Painting goes in and out of Python hundreds of times; at Python's 5 ms for each of them the window would stand still.
"""

_SPELL = 0.012
"""Seconds of reading in passing between two looks at what the user does: less than a frame."""

_TIDIES = 250
"""Milliseconds between two rounds of the garbage collector while a worker is at work."""

_END = object()
_PATIENCE = 0.05
"""Seconds between two looks at whether the user stopped what the window is still at."""


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
        self._collector = QTimer(self, interval=_TIDIES)
        self._collector.timeout.connect(_collect)
        self._running: list[_Job] = []
        self._errands: list[Errand] = []

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

        def unless_stopped(task: Task) -> Result:
            task.go_on()
            return work(task)

        self._begin(title, unless_stopped, each, then, quiet)

    def in_turns(self, title: str, work: Callable[[Task], Iterator[None]], *, then: Callable[[bool], None]) -> None:
        """Run ``work`` on this thread, up to a ``yield`` at a time, so that the window lives between two of them.

        For long work on the open project. It begins when what runs has ended, and nothing else lands in between.
        ``then`` is told whether it came to its end: it does not when the user stops it.
        """
        turns = _Turns(work)
        self._begin(title, turns.hand_out, turns.take, then, quiet=False)

    def in_passing(self, pieces: Pieces[Result], then: Callable[[Result], object]) -> Errand:
        """Do quiet work on this thread, some milliseconds at a time, whenever the user wants nothing.

        For reading that a page waits for. ``then`` gets what it came to, unless it was dropped or the project closed.
        """
        errand = Errand(pieces, then, self._errands, self)
        errand.start()
        return errand

    @property
    def titles(self) -> list[str]:
        """What runs or waits, quiet work left out."""
        return [job.title for job in self._running if not job.quiet]

    @property
    def busy(self) -> bool:
        return bool(self.titles)

    @property
    def idle(self) -> bool:
        """Whether nothing runs or waits, quiet work included."""
        return not self._running and not self._errands

    def stop(self) -> None:
        """Ask everything under way to stop."""
        for job in self._running:
            job.task.stop()

    def wait(self) -> None:
        """Stop everything and wait until the worker is free; what it still brings is thrown away."""
        self.stop()
        for errand in list(self._errands):
            errand.drop()
        self._pool.waitForDone()
        dropped, self._running = self._running, []
        self._let_collect()
        for job in dropped:
            if not job.quiet:
                self.ended.emit(job.title)

    def _begin(
        self,
        title: str,
        work: Callable[[Task], Result],
        each: Callable[[Any], None] | None,
        then: Callable[[Result], None] | None,
        quiet: bool,
    ) -> None:
        job = _Job(title, work, quiet)
        signals = job.signals
        if each is not None:
            signals.delivered.connect(lambda value: self._hand_on(job, value, each), Qt.ConnectionType.QueuedConnection)
        if not quiet:
            signals.progressed.connect(lambda progress: self.progressed.emit(title, progress))
        signals.finished.connect(lambda result, error: self._finish(job, result, error, then))
        self._running.append(job)
        gc.disable()
        self._collector.start()
        if not quiet:
            self.began.emit(title)
        self._pool.start(job)

    def _hand_on(self, job: _Job, value: object, each: Callable[[Any], None]) -> None:
        if job in self._running:
            each(value)

    def _finish(
        self, job: _Job, result: object, error: BaseException | None, then: Callable[[Any], None] | None
    ) -> None:
        if job not in self._running:
            return
        self._running.remove(job)
        self._let_collect()
        if not job.quiet:
            self.ended.emit(job.title)
        if error is not None:
            self.failed.emit(error)
        elif then is not None:
            then(result)

    def _let_collect(self) -> None:
        """Let the garbage collector run by itself again, once no worker could be the one to run it.

        It takes rings of objects apart wherever it happens to run, and widgets must not be taken apart on a worker.
        """
        if not self._running:
            self._collector.stop()
            gc.enable()


def _collect() -> None:
    """What the collector would have done by itself, on the window's thread."""
    if gc.get_count()[0] > gc.get_threshold()[0]:
        gc.collect(1)


class Errand(QObject):
    """Work done in passing; who asked for it may drop it, and does so when what it reads has changed."""

    def __init__(
        self, pieces: Pieces[Any], then: Callable[[Any], object], under_way: list[Errand], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._pieces, self._then, self._under_way = pieces, then, under_way
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)

    def start(self) -> None:
        self._under_way.append(self)
        self._timer.start()

    def drop(self) -> None:
        """Let it be: ``then`` is not called any more."""
        if self in self._under_way:
            self._timer.stop()
            self._under_way.remove(self)
            self._pieces.close()
            self.deleteLater()

    def _go_on(self) -> None:
        due = perf_counter() + _SPELL
        try:
            while perf_counter() < due:
                next(self._pieces)
        except StopIteration as end:
            self.drop()
            self._then(end.value)
        except BaseException:
            self.drop()
            raise


class _Signals(QObject):
    progressed = Signal(object)
    delivered = Signal(object)
    finished = Signal(object, object)


class _Turns:
    """Work of the window's thread, cut into turns; the worker hands them out, each when the one before is done."""

    def __init__(self, work: Callable[[Task], Iterator[None]]) -> None:
        self._work = work
        self._pieces: Iterator[None] | None = None
        self._ended = Semaphore(0)
        self._over = False
        self._error: Exception | None = None

    def hand_out(self, task: Task) -> bool:
        """On the worker: one turn after the other; whether all of them were taken."""
        while not self._over and not task.cancelled():
            task.deliver(task)
            while not self._ended.acquire(timeout=_PATIENCE):
                if task.cancelled():
                    return False
        if self._error is not None:
            raise self._error
        return self._over

    def take(self, task: Task) -> None:
        """On the window's thread: the work up to its next pause.

        The next turn is asked for by a timer: one that was merely sent would be taken before keys and clicks are.
        """
        try:
            self._pieces = self._pieces or self._work(task)
            self._over = next(self._pieces, _END) is _END
        except Exception as error:  # noqa: BLE001  it ends the work, which tells of it
            self._error, self._over = error, True
        finally:
            QTimer.singleShot(0, self._ended.release)


def _nothing(_task: Task) -> None:
    """What a job has to do once it ran."""


class _Job(QRunnable):
    def __init__(self, title: str, work: Callable[[Task], Any], quiet: bool) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self.title, self.quiet = title, quiet
        self.signals = _Signals()
        self.task = Task(self.signals)
        self._work = work

    def run(self) -> None:
        work, self._work = self._work, _nothing  # Qt never lets go of the job, which shall not hold what it worked on
        try:
            result = work(self.task)
        except Exception as error:  # noqa: BLE001  it goes home and is told or raised there
            self.signals.finished.emit(None, error)
        else:
            self.signals.finished.emit(result, None)
