"""How long the window stands still while a batch is read, landed and undone.

    python -m tests.benchmarks.batch [--count 300] [--folder DIR]

The whole window, on a project of its own, with Word interviews of 8,000 words. A timer beats every few milliseconds on
the window's thread; the longest time between two beats is the longest that a key would wait for its answer. Beside it
stands the most that the window itself computed between two beats: on a busy machine the first is longer by what
others took.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from qualcode.core.project import Project
from qualcode.settings import Preferences
from qualcode.ui import theme
from qualcode.ui.main_window import MainWindow
from qualcode.ui.stages.prepare import PrepareStage
from tests.benchmarks.importing import write_interviews

_BEAT_MS = 5
_IDLE = 2.0


class Pulse:
    """Beats on the window's thread and remembers the pauses between two beats."""

    def __init__(self) -> None:
        self._timer = QTimer(interval=_BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._loop = QEventLoop()
        self._done: Callable[[], bool] = lambda: True
        self._last = self._worked = 0.0
        self.pauses: list[float] = []
        self.work: list[float] = []

    def watch(self, done: Callable[[], bool]) -> float:
        """Let the window live until ``done``; the seconds that took."""
        self.pauses, self.work, self._done = [], [], done
        self._worked = time.thread_time()
        began = self._last = time.perf_counter()
        self._timer.start()
        self._loop.exec()
        self._timer.stop()
        return time.perf_counter() - began

    def _beat(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.pauses.append(now - self._last - _BEAT_MS / 1000)
        self.work.append(worked - self._worked)
        self._last, self._worked = now, worked
        if self._done():
            self._loop.quit()


def _measure(app: QApplication, folder: Path, scratch: Path) -> None:
    theme.appearance.apply(app, "light", 1.0)
    window = MainWindow(Preferences())
    window.resize(1280, 800)
    window.show()
    path = scratch / "batch.qualcode"
    Project.create(path).close()
    window.open_project(path)
    stage = window.current_stage
    assert isinstance(stage, PrepareStage)
    app.processEvents()
    pulse = Pulse()
    operations = window.workspace.operations

    def told(what: str, done: Callable[[], bool]) -> None:
        seconds = pulse.watch(done)
        stall, work = (max(times) * 1000 for times in (pulse.pauses, pulse.work))
        print(f"{what:10} {seconds:7.1f} s   longest stall {stall:5.0f} ms   of the window's own work {work:5.0f} ms")

    end = time.perf_counter() + _IDLE
    told("idle", lambda: time.perf_counter() > end)
    QTimer.singleShot(0, lambda: stage.open_files([folder]))
    told("reading", lambda: bool(stage.batch.entries) and not stage.batch.is_reading and operations.idle)
    QTimer.singleShot(300, stage.import_batch)
    told("landing", lambda: window.workspace.project.undo_label is not None and operations.idle)
    assert len(window.workspace.project.transcripts.interviews()) == len(list(folder.glob("*.docx")))
    QTimer.singleShot(0, window.undo)
    told("undoing", lambda: window.workspace.project.undo_label is None and operations.idle)
    QTimer.singleShot(0, window.redo)
    told("redoing", lambda: window.workspace.project.undo_label is not None and operations.idle)
    window.close()
    window.workspace.take(None)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--folder", type=Path, help="read these .docx instead of made-up ones")
    chosen = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as made:
        os.environ["QUALCODE_SETTINGS"] = str(Path(made) / "settings")
        folder = chosen.folder or Path(made) / "interviews"
        if not chosen.folder:
            folder.mkdir()
            write_interviews(folder, chosen.count)
        app = QApplication.instance() or QApplication([])
        assert isinstance(app, QApplication)
        _measure(app, folder, Path(made))
    return 0


if __name__ == "__main__":
    sys.exit(main())
