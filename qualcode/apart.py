"""Work in a process of its own, so that the window keeps the interpreter to itself.

A thread shares the interpreter with the window: a long regular expression or a large document parsed there holds up
every key that is typed meanwhile.
"""

from __future__ import annotations

import multiprocessing
import signal
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from qualcode.errors import Cancelled, UserError

_PATIENCE = 0.05
"""So often, in seconds, is looked whether the work shall be stopped."""


class BrokenOff(Exception):
    """The other process died over its work: out of memory, or by a fault in a library."""


class Apart:
    """A second process that does one call after another. Use it as a context: it begins with the first call, and
    nothing of it is left at the end.

    It is started afresh rather than forked, for a fork would share the window's open project and its threads.
    """

    def __init__(self) -> None:
        self._process: SpawnProcess | None = None
        self._line: Connection | None = None

    def __enter__(self) -> Apart:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    @property
    def runs(self) -> bool:
        """Whether it has begun."""
        return self._process is not None

    def call(self, work: Callable[[], Any], *, cancelled: Callable[[], bool]) -> Any:
        """What ``work()`` returns over there. It and what it returns must be such as can be pickled.

        Raises the UserError that the work raised; Cancelled when that is asked for, and the process is stopped at
        once, whatever it is at; BrokenOff when it died; RuntimeError for a fault of ours.
        """
        line = self._begin()
        try:
            line.send(work)
            while not line.poll(_PATIENCE):
                if cancelled():
                    raise Cancelled
            value, refusal, fault = line.recv()
        except (EOFError, OSError) as error:
            self._end()
            raise BrokenOff from error
        except Cancelled:
            self._end()
            raise
        if fault:
            raise RuntimeError(f"In the other process:\n{fault}")
        if refusal:
            raise refusal
        return value

    def _begin(self) -> Connection:
        if self._line is None:
            context = multiprocessing.get_context("spawn")
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(theirs,), daemon=True, name="Reader")
            process.start()
            theirs.close()
            self._process, self._line = process, ours
        return self._line

    def _end(self) -> None:
        if self._process is None or self._line is None:
            return
        self._line.close()
        self._process.kill()
        self._process.join()
        self._process.close()
        self._process = self._line = None


def _serve(line: Connection) -> None:
    """Over there: do what is asked for until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        while True:
            line.send(_answer(line.recv()))
    except (EOFError, OSError):
        return


def _answer(work: Callable[[], Any]) -> tuple[Any, UserError | None, str]:
    """What came of it: a value, a sentence for the user, or a fault of ours, as text since not all can be pickled."""
    try:
        return work(), None, ""
    except UserError as error:
        return None, error, ""
    except Exception:  # noqa: BLE001  it is raised at home
        return None, None, traceback.format_exc()
