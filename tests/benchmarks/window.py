"""``python -m tests.benchmarks.window``: how long the window takes to come up, and what the sample project needs.

Each start is a process of its own; ours and an empty PySide6 main window take turns, so that both meet the same load.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

RUNS = 9
_SHOWN = "; w.show(); app.processEvents()"
EMPTY = f"""
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([]); w = QMainWindow(); w.resize(1280, 800){_SHOWN}
"""
OURS = """
import gc; gc.disable()  # as the command does
from qualcode.ui.app import started
app, w = started(); app.processEvents()
"""
OPENED = """
from pathlib import Path
w.open_project(Path({path!r})); w.show_stage("code"); app.processEvents()
"""
STAGES = """
for key in ("prepare", "familiarise", "code", "themes", "compare", "report"):
    w.show_stage(key); app.processEvents()
"""
SAMPLE = """
from pathlib import Path
from qualcode.sample import make_sample_project
make_sample_project(Path({path!r}))
"""
MEMORY = """
peak = [line for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(int(peak[0].split()[1]) / 1024)
"""


def main() -> None:
    """Print the figures."""
    empty, ours = [], []
    for _ in range(RUNS):
        empty.append(_seconds(EMPTY))
        ours.append(_seconds(OURS))
    print(f"an empty PySide6 window   {_spread(empty)} s")
    print(
        f"QualCode's start page     {_spread(ours)} s, {statistics.median(ours) / statistics.median(empty):.2f} times"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.qualcode"
        _run(SAMPLE.format(path=str(path)))
        opened = OURS + OPENED.format(path=str(path))
        print(f"with the sample project   {_spread([_seconds(opened) for _ in range(3)])} s")
        if sys.platform.startswith("linux"):
            print(f"its memory, at Code       {float(_run(opened + MEMORY)):.0f} MB at most")
            print(f"all stages shown          {float(_run(opened + STAGES + MEMORY)):.0f} MB at most")


def _spread(seconds: list[float]) -> str:
    return f"{min(seconds):.2f} to {max(seconds):.2f}, in the middle {statistics.median(seconds):.2f}"


def _seconds(code: str) -> float:
    """How long a fresh process takes from its start to the shown window."""
    timed = f"import time; began = time.time() - time.process_time()\n{code}\nprint(time.time() - began)"
    return float(_run(timed))


def _run(code: str) -> str:
    with tempfile.TemporaryDirectory() as settings:
        environment = {**os.environ, "QUALCODE_SETTINGS": settings}
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        command = [sys.executable, "-W", "ignore", "-c", code]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return (done.stdout.split() or [""])[-1]


if __name__ == "__main__":
    main()
