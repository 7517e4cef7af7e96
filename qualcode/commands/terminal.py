"""What the commands share: how they end, and how far they are."""

from __future__ import annotations

import sys

DONE, REFUSED, HELD_BACK, STOPPED = 0, 1, 3, 130


class Meter:
    """Progress on a terminal; nothing where the output goes to a file."""

    WIDTH = 32

    def __init__(self, title: str) -> None:
        self._title = title
        self._shown = sys.stderr.isatty()

    def __enter__(self) -> Meter:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")

    def __call__(self, done: int, total: int, what: str = "") -> None:
        if self._shown and total:
            filled = self.WIDTH * done // total
            bar = "█" * filled + "·" * (self.WIDTH - filled)
            sys.stderr.write(f"\r\x1b[K{self._title} {bar} {done}/{total} {what[:40]}")
            sys.stderr.flush()
