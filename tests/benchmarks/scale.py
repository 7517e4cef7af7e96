"""``python -m tests.benchmarks scale``: the window on a project of 1,000 interviews and 120,000 segments.

Each stage is shown for the first time on the project, beside the bare SQL that reads what it shows: statements written
by hand for that, run one after the other on a connection of their own. Both are warm: the file has been read before,
and a small project has been through every stage, so that no module is loaded meanwhile. Usable means painted, with
nothing left to be worked out. A stall is the longest time in which the window answered nothing, up to a second after.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QElapsedTimer, QEventLoop, Qt, QTimer

from qualcode.ui.app import started
from qualcode.ui.main_window import MainWindow
from qualcode.ui.stage_pages import STAGES
from tests.benchmarks import coding
from tests.benchmarks.core import SHOWN_AT_START, check_bare
from tests.benchmarks.projects import worked_project

SMALL, LARGE, ROUNDS = 4, 1_000, 5
BEAT, QUIET = 4, 1_000
"""Milliseconds between two looks at the window, and for how long it is watched after it is usable."""

_PEOPLE = (
    "SELECT * FROM participant ORDER BY position",
    "SELECT * FROM attribute_value",
    "SELECT interview_id, participant_id FROM interview_participant",
)
_INTERVIEWS = (
    SHOWN_AT_START[1],
    "SELECT transcript_id, count(*) FROM segment GROUP BY transcript_id",
)
_TRANSCRIPT = tuple(
    f"SELECT * FROM {table} WHERE {column} = (SELECT transcript_id FROM segment LIMIT 1)"
    for table, column in (("transcript", "id"), ("turn", "transcript_id"), ("speaker", "transcript_id"))
)
_FRAMEWORK = (
    "SELECT * FROM code ORDER BY position",
    "SELECT * FROM theme ORDER BY position",
    "SELECT code_id, count(*) FROM segment GROUP BY code_id",
    "SELECT DISTINCT h.code_id, coalesce(v.participant_id, v.id) FROM segment_speaker h"
    " JOIN speaker v ON v.id = h.speaker_id WHERE v.role != 'interviewer'",
)
_FINDINGS = tuple(f"SELECT * FROM {table}" for table in ("finding", "finding_segment", "quote"))
_SEGMENTS = "SELECT * FROM segment WHERE transcript_id = (SELECT transcript_id FROM segment LIMIT 1) ORDER BY start"
SHOWN = {
    "code": (*_INTERVIEWS, *_FRAMEWORK, *_TRANSCRIPT, *_PEOPLE, _SEGMENTS),
    "prepare": (*_INTERVIEWS, *_PEOPLE),
    "familiarise": (*_INTERVIEWS, *_PEOPLE, *_TRANSCRIPT, "SELECT * FROM reading", "SELECT * FROM memo"),
    "themes": (*_FRAMEWORK, *_FINDINGS),
    "compare": (
        *_FRAMEWORK,
        *_PEOPLE,
        "SELECT h.segment_id, h.code_id, coalesce(v.participant_id, v.id), i.wave_id FROM segment_speaker h"
        " JOIN speaker v ON v.id = h.speaker_id JOIN transcript t ON t.id = v.transcript_id"
        " JOIN interview i ON i.id = t.interview_id WHERE v.role != 'interviewer'",
        "SELECT * FROM matrix_summary",
    ),
    "report": (*_FRAMEWORK, *_PEOPLE, *_FINDINGS, "SELECT id, text FROM transcript WHERE is_current"),
}
"""What each stage shows, or (the texts, for the report) has to look through before it may show anything."""


@dataclass
class Figures:
    """Milliseconds, one for each round."""

    ours: list[float] = field(default_factory=list)
    sql: list[float] = field(default_factory=list)
    stall: list[float] = field(default_factory=list)
    memory: float = 0.0


class Watch:
    """Does something in the window's own event loop, and says when it was done and how long the loop ever stood."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._loop = QEventLoop()
        self._timer = QTimer(self._loop, interval=BEAT)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def time(self, act: Callable[[], object]) -> tuple[float, float]:
        """Milliseconds until it is usable, and of the longest stall."""
        self._usable, self._stall, self._idle = 0.0, 0.0, 0
        QTimer.singleShot(0, self._loop, act)
        self._clock = QElapsedTimer()
        self._clock.start()
        self._last = 0.0
        self._timer.start()
        self._loop.exec()
        self._timer.stop()
        return self._usable, self._stall

    def _beat(self) -> None:
        now = self._clock.nsecsElapsed() / 1e6
        self._stall, self._last = max(self._stall, now - self._last), now
        if not self._window.workspace.operations.idle:
            self._usable = 0.0
        elif not self._usable:
            self._usable = now
        elif now - self._usable > QUIET:
            self._loop.quit()


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.scale", description=__doc__)
    parser.add_argument("--interviews", type=int, default=LARGE, metavar="N")
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N")
    parser.add_argument("--project", type=Path, help="where the project is, or is to be made and kept")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["QUALCODE_SETTINGS"] = folder
        small = Path(folder) / "small.qualcode"
        large = chosen.project or Path(folder) / "large.qualcode"
        worked_project(small, SMALL)
        if not large.exists():
            print(f"making {chosen.interviews:,} interviews", file=sys.stderr)
            worked_project(large, chosen.interviews)
        _, window = started()
        watch = Watch(window)
        _warm(window, watch, small)
        stages = _stages(window, watch, small, large, chosen.rounds)
        _say_stages(large, stages)
        window.close_project()
        coding.say(large, coding.measured(window, large, Path(folder)))
        window.close()


def _warm(window: MainWindow, watch: Watch, small: Path) -> None:
    """Have every module loaded and every stage made."""
    watch.time(lambda: window.open_project(small))
    for key in STAGES:
        watch.time(lambda key=key: window.show_stage(key))


def _stages(window: MainWindow, watch: Watch, small: Path, large: Path, rounds: int) -> dict[str, Figures]:
    found = {key: Figures() for key in ("check", *SHOWN)}
    for _ in range(rounds):
        window.close_project()
        _sql(large, found)
        usable, stall = watch.time(lambda: window.open_project(large))
        _note(found["code"], usable, stall)
        for key in SHOWN:
            if key != "code":
                usable, stall = watch.time(lambda key=key: window.show_stage(key))
                _note(found[key], usable, stall)
        window.close_project()
        window.open_project(small)
    return found


def _sql(large: Path, found: dict[str, Figures]) -> None:
    found["check"].sql.append(_milliseconds(lambda: check_bare(large)))
    for key, statements in SHOWN.items():
        connection = sqlite3.connect(large)
        connection.execute("PRAGMA cache_size=-32768")
        found[key].sql.append(_milliseconds(lambda c=connection, s=statements: _read(c, s)))
        connection.close()


def _read(connection: sqlite3.Connection, statements: Sequence[str]) -> None:
    for statement in statements:
        connection.execute(statement).fetchall()


def _note(figures: Figures, usable: float, stall: float) -> None:
    figures.ours.append(usable)
    figures.stall.append(stall)
    figures.memory = _memory()


def _say_stages(large: Path, stages: dict[str, Figures]) -> None:
    checked = stages.pop("check").sql
    print(f"a file of {large.stat().st_size / 1e6:.0f} MB; quick_check, bare: {_spread(checked)} ms")
    heads = ("", "usable, ms", "bare SQL, ms", "times", "stall, ms", "memory, MB")
    print("{:<14}{:>20}{:>20}{:>8}{:>20}{:>13}".format(*heads))
    for key, figures in stages.items():
        times = min(figures.ours) / min(figures.sql)
        name = "open at Code" if key == "code" else STAGES[key]
        print(
            f"{name:<14}{_spread(figures.ours):>20}{_spread(figures.sql):>20}{times:>8.2f}"
            f"{_spread(figures.stall):>20}{figures.memory:>13.0f}"
        )
    print("each: the least, then the middle of all rounds; times: least to least; opening includes quick_check")


def _spread(figures: Sequence[float]) -> str:
    return f"{min(figures):,.1f} / {statistics.median(figures):,.1f}"


def _milliseconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1_000


def _memory() -> float:
    """Megabytes held now, where the system tells."""
    status = Path("/proc/self/status")
    held = [line for line in status.read_text().splitlines() if line.startswith("VmRSS")] if status.exists() else []
    return int(held[0].split()[1]) / 1024 if held else 0.0


if __name__ == "__main__":
    main()
