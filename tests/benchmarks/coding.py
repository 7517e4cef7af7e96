"""``python -m tests.benchmarks coding``: from the key to the disk and to the screen, for each act of coding.

The window stands at Code, every stage of it having been shown. Beside it a bare connection to a copy of the same file
writes the same rows, each act in a transaction with its fsync. The two take turns, so that both meet the same load. On
screen means painted, with nothing left in the event loop; processor time is that of the thread that does so.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from qualcode.core.ends import End
from qualcode.core.values import Span, Suggestion
from qualcode.ui.app import started
from qualcode.ui.main_window import MainWindow
from qualcode.ui.stage_pages import STAGES
from qualcode.ui.widgets.palette import Entry
from tests.benchmarks.projects import worked_project

ROUNDS = 25
SUGGESTED = 40
FRAME = 1_000 / 60
SMALL, LARGE = 4, 1_000
ACTS = (
    "code a passage",
    "move its end",
    "change its code",
    "weigh it",
    "uncode it",
    "undo that",
    "redo that",
    "take a suggestion",
)

Figures = dict[str, dict[str, list[float]]]
"""Milliseconds by act: on disk, on screen, of the processor, and of the bare commit."""


class Bare:
    """The rows of each act, written to a copy of the file by a connection of its own."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        for pragma in ("locking_mode=EXCLUSIVE", "synchronous=FULL", "foreign_keys=ON", "cache_size=-32768"):
            self._connection.execute(f"PRAGMA {pragma}").fetchall()
        columns = "transcript_id, s.code_id, coder_id, quote, speaker_id"
        find = f"SELECT {columns} FROM segment s JOIN segment_speaker ON segment_id = id LIMIT 1"
        self._row: tuple[Any, ...] = self._connection.execute(find).fetchone()
        self._codes = [row[0] for row in self._connection.execute("SELECT id FROM code ORDER BY position")]
        self._key = ""

    def act(self, name: str, number: int) -> None:
        transcript, code, coder, quote, speaker = self._row
        other = self._codes[number % len(self._codes)]
        run = self._connection.execute
        run("BEGIN IMMEDIATE")
        if name in ("code a passage", "undo that", "take a suggestion"):
            self._key = str(uuid4())
            values = (
                self._key,
                transcript,
                code,
                coder,
                400 + number,
                460 + number,
                quote,
                "",
                0,
                "2026-01-01 10:00:00",
            )
            run(f"INSERT INTO segment VALUES ({', '.join('?' * len(values))}, NULL)", values)
            run("INSERT INTO segment_speaker VALUES (?, ?, ?)", (self._key, code, speaker))
        elif name == "move its end":
            run('UPDATE segment SET "end" = "end" + 5, quote = ? WHERE id = ?', (quote + " more", self._key))
            run("DELETE FROM segment_speaker WHERE segment_id = ?", (self._key,))
            run("INSERT INTO segment_speaker VALUES (?, ?, ?)", (self._key, code, speaker))
        elif name == "change its code":
            run("UPDATE segment SET code_id = ? WHERE id = ?", (other, self._key))
        elif name == "weigh it":
            run("UPDATE segment SET weight = 2 WHERE id = ?", (self._key,))
        else:
            run("DELETE FROM segment WHERE id = ?", (self._key,))
        run(
            "INSERT INTO activity (at, coder_id, verb, label, detail) VALUES (?, ?, ?, ?, ?)",
            ("2026-01-01 10:00:00", coder, "did", name, '{"rows": {"segment": 1}}'),
        )
        run("COMMIT")

    def close(self) -> None:
        self._connection.close()


class Ours:
    """The window at Code."""

    def __init__(self, window: MainWindow, path: Path) -> None:
        self._window = window
        window.open_project(path)
        self._settle()
        for key in (*STAGES, "code"):
            window.show_stage(key)
            self._settle()
        self._stage: Any = window.pages.stages["code"]
        self._codes = [code.id for code in window.workspace.project.codebook.all()]
        self._reached = 0.0
        changed = window.workspace.changed
        changed.disconnect(window._follow)
        changed.connect(self._note)
        changed.connect(window._follow)
        self._suggest()

    def act(self, name: str, number: int) -> tuple[float, float, float]:
        """Milliseconds until it is on disk, until it is on screen, and of the processor."""
        self._prepare(name, number)
        began, at_work = time.perf_counter(), time.thread_time()
        self._doing(name, number)()
        QApplication.processEvents()
        spent = time.perf_counter() - began
        return (self._reached - began) * 1_000, spent * 1_000, (time.thread_time() - at_work) * 1_000

    # --- within ---

    def _prepare(self, name: str, number: int) -> None:
        """Select words, or have the suggestions at hand; what that paints is not counted."""
        if name == "code a passage":
            self._stage.view.select(Span(400 + 9 * number, 460 + 9 * number))
        elif name == "take a suggestion":
            self._stage.suggestions.setFocus()
        QApplication.processEvents()

    def _doing(self, name: str, number: int) -> Callable[[], object]:
        desk, codes = self._stage.desk, self._codes
        code, other = codes[number % len(codes)], codes[(number + 7) % len(codes)]
        acts: dict[str, Callable[[], object]] = {
            "code a passage": lambda: desk.apply(code),
            "move its end": lambda: desk.step_end(End.END, 1),
            "change its code": lambda: desk.recode(desk.chosen(), Entry(other, "")),
            "weigh it": lambda: desk.weigh(2),
            "uncode it": desk.uncode,
            "undo that": self._window.undo,
            "redo that": self._window.redo,
            "take a suggestion": lambda: self._stage.suggestions.taken.emit(self._stage.suggestions.current()),
        }
        return acts[name]

    def _suggest(self) -> None:
        """Have suggestions wait in the transcript shown."""
        transcript = self._stage.desk.row.id
        found = (
            Suggestion(transcript, Span(300 + 200 * n, 360 + 200 * n), code, 1 - n / 100, "Like what was coded so.")
            for n, code in enumerate((self._codes * SUGGESTED)[:SUGGESTED])
        )
        self._window.workspace.project.suggestions.offer(list(found), [transcript])
        self._settle()

    def _note(self, _change: object) -> None:
        self._reached = time.perf_counter()

    def _settle(self) -> None:
        """Let everything come to rest that was begun."""
        until = time.perf_counter() + 0.4
        while time.perf_counter() < until or not self._window.workspace.operations.idle:
            QApplication.processEvents()


def main() -> None:
    """Print a table for a small and for a large project."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.coding", description=__doc__)
    parser.add_argument("--project", type=Path, help="a large project there is already; it is not changed")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["QUALCODE_SETTINGS"] = folder
        small, large = Path(folder) / "small.qualcode", chosen.project or Path(folder) / "large.qualcode"
        worked_project(small, SMALL)
        if not large.exists():
            print(f"making {LARGE:,} interviews", file=sys.stderr)
            worked_project(large, LARGE)
        _, window = started()
        for path in (small, large):
            say(path, measured(window, path, Path(folder)))
        window.close()


def measured(window: MainWindow, path: Path, folder: Path) -> Figures:
    """Milliseconds for each act on a copy of a project; nothing of it stays."""
    ours, bare = folder / "ours.qualcode", folder / "bare.qualcode"
    for copy in (ours, bare):
        shutil.copyfile(path, copy)
    found: Figures = {act: {"disk": [], "screen": [], "processor": [], "bare": []} for act in ACTS}
    beside = Ours(window, ours)
    with closing(Bare(bare)) as connection:
        for number in range(ROUNDS):
            for act, figures in found.items():
                began = time.perf_counter()
                connection.act(act, number)
                figures["bare"].append((time.perf_counter() - began) * 1_000)
                for kind, figure in zip(("disk", "screen", "processor"), beside.act(act, number), strict=True):
                    figures[kind].append(figure)
    window.close_project()
    for copy in (ours, bare):
        copy.unlink()
    return found


def say(path: Path, found: Figures) -> None:
    """Print the least and the middle of each figure; beyond the commit the middle, for the disk now and then waits."""
    print(f"a file of {path.stat().st_size / 1e6:.0f} MB; milliseconds, the least / the middle of {ROUNDS}")
    print(f"{'':<20}{'on disk':>16}{'bare commit':>16}{'on screen':>16}{'processor':>16}{'beyond the commit':>20}")
    for act, figures in found.items():
        beyond = [screen - bare for screen, bare in zip(figures["screen"], figures["bare"], strict=True)]
        columns = (figures["disk"], figures["bare"], figures["screen"], figures["processor"])
        print(f"{act:<20}" + "".join(f"{_spread(c):>16}" for c in columns) + f"{statistics.median(beyond):>20.1f}")
    print(f"a frame is {FRAME:.1f} ms")


def _spread(figures: list[float]) -> str:
    return f"{min(figures):,.1f} / {statistics.median(figures):,.1f}"


if __name__ == "__main__":
    main()
