"""``python -m tests.benchmarks [NAME ...]``: the benchmarks named, or all of them, one after the other."""

from __future__ import annotations

import sys
from importlib import import_module

NAMES = (
    *("window", "view", "coding", "scale", "core", "search", "importing"),
    *("batch", "recognition", "suggestions", "anonymity", "report"),
)


def main() -> None:
    """Run them; each says what it measures."""
    chosen = [name for name in sys.argv[1:] if name in NAMES] or list(NAMES)
    sys.argv = sys.argv[:1]
    for name in chosen:
        print(f"--- {name}")
        import_module(f"tests.benchmarks.{name}").main()


if __name__ == "__main__":
    main()
