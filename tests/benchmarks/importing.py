"""What it costs to read 100 Word interviews of 8,000 words, beside the bare reader.

    python -m tests.benchmarks.importing

The bare cost is python-docx opening the same files and handing out the text of each paragraph. Both are timed in a
process of their own, the second run of two, and the peak of memory is that of the process.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import docx

from qualcode.importing import open_source, read
from tests.benchmarks.interviews import interview


def write_interviews(folder: Path, count: int) -> None:
    """Word interviews: bold labels, and words split over several runs as Word leaves them after editing."""
    for number in range(count):
        transcript = interview(number)
        document = docx.Document()
        document.add_heading(f"Interview {number + 1}", 0)
        for turn in transcript.turns:
            words = turn.span.of(transcript.text)
            paragraph = document.add_paragraph()
            paragraph.add_run(f"{transcript.speakers[turn.speaker].label}: ").bold = True
            third = len(words) // 3
            for start, end in ((0, third), (third, 2 * third), (2 * third, len(words))):
                paragraph.add_run(words[start:end])
        document.save(str(folder / f"interview_{number + 1:04}.docx"))


def bare(path: Path) -> int:
    """The characters that python-docx finds in the body's paragraphs."""
    return sum(len(paragraph.text) for paragraph in docx.Document(str(path)).paragraphs)


def _work(name: str, folder: Path) -> None:
    work = {"bare": bare, "read": read, "open": open_source}[name]
    files = sorted(folder.glob("*.docx"))
    for _ in range(2):
        start = time.perf_counter()
        for path in files:
            work(path)
        seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 if sys.platform == "darwin" else 1024)
    print(f"{seconds:.3f} {peak / (1024 if sys.platform == 'darwin' else 1):.0f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--folder", type=Path, help="read these .docx instead of made-up ones")
    parser.add_argument("--work", choices=("bare", "open", "read"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.work:
        _work(chosen.work, chosen.folder)
        return 0
    with tempfile.TemporaryDirectory() as made:
        folder = chosen.folder or Path(made)
        if not chosen.folder:
            write_interviews(folder, chosen.count)
        _compare(folder)
    return 0


def _compare(folder: Path) -> None:
    count = len(list(folder.glob("*.docx")))
    base = 0.0
    for work, title in (("bare", "python-docx, paragraphs' text"), ("open", "open_source"), ("read", "read")):
        command = [sys.executable, "-m", "tests.benchmarks.importing", "--work", work, "--folder", str(folder)]
        seconds, peak = map(float, subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())
        base = base or seconds
        print(f"{title:30} {seconds:7.2f} s for {count} files  {seconds / base:4.1f}x  peak {peak:.0f} MB")


if __name__ == "__main__":
    sys.exit(main())
