"""``python -m tests.benchmarks.core``: how long the core takes, on projects of 100 and 1,000 coded interviews.

Interviews have 8,000 words and 120 segments each, under 60 codes, 15 sub-themes and 5 themes. Beside the figures stands
what the same work costs without the core: SQL on a bare connection, one commit with its fsync.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from qualcode.core.project import Project
from qualcode.core.values import CodeId, Span
from tests.benchmarks.projects import code_all, framework, land_all

MERGED = 5_000

SHOWN_AT_START = (
    "SELECT interview_id, participant_id FROM interview_participant",
    "SELECT i.*, t.id, t.source_name, t.word_count, t.length, t.remarks FROM interview i"
    " JOIN transcript t ON t.interview_id = i.id AND t.is_current ORDER BY i.position",
    "SELECT transcript_id, count(*) FROM segment GROUP BY transcript_id",
    "SELECT * FROM code ORDER BY position",
    "SELECT * FROM theme ORDER BY position",
    "SELECT code_id, count(*) FROM segment GROUP BY code_id",
    "SELECT DISTINCT h.code_id, coalesce(v.participant_id, v.id) FROM segment_speaker h"
    " JOIN speaker v ON v.id = h.speaker_id WHERE v.role != 'interviewer'",
)
"""What a window needs before it can be used: the interviews, the codebook and the themes with their counts."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.core", description=__doc__)
    parser.add_argument("--interviews", type=int, nargs="+", default=[100, 1_000], metavar="N")
    parser.add_argument(
        "--folder", type=Path, help="where the projects are made (default: the system's scratch folder)"
    )
    chosen = parser.parse_args()
    figures: dict[str, dict[int, float]] = {}
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        for size in chosen.interviews:
            for label, figure in measured(Path(folder) / f"{size}.qualcode", size).items():
                figures.setdefault(label, {})[size] = figure
    print(f"{'seconds':<44}" + "".join(f"{f'{size:,} interviews':>18}" for size in chosen.interviews))
    for label, by_size in figures.items():
        shown = (f"{by_size[size]:>18.4f}" if size in by_size else f"{'':>18}" for size in chosen.interviews)
        print(f"{label:<44}" + "".join(shown))


def measured(path: Path, size: int) -> dict[str, float]:
    """Seconds for each kind of work on a project of ``size`` interviews made at ``path``."""
    figures: dict[str, float] = {}
    with Project.create(path, coder="Ada") as project:
        code_ids = framework(project)
        figures["land an interview (median of all)"] = land_all(project, size)
        code_all(project, code_ids)
    print(f"{size:,} interviews: a file of {path.stat().st_size / 1e6:.0f} MB", file=sys.stderr)
    figures["one commit with its fsync, bare"] = bare_commit(path)
    figures["read what is shown at the start, bare SQL"] = median(lambda: read_bare(path))
    figures["quick_check, bare SQL"] = median(lambda: check_bare(path))
    figures["open, and quick_check with it"] = median(lambda: Project.open(path, coder="Ada").close())
    figures["open and read what is shown at the start"] = median(lambda: open_to_usable(path))
    with Project.open(path, coder="Ada") as project:
        figures |= reads(project, code_ids)
        figures |= writes(project, code_ids)
    return figures


def reads(project: Project, code_ids: list[CodeId]) -> dict[str, float]:
    transcript_id = project.transcripts.interviews()[0].transcript_id
    twelve = code_ids[:12]
    return {
        "interviews()": median(project.transcripts.interviews),
        "transcripts.get(one)": median(lambda: project.transcripts.get(transcript_id)),
        "coding.of_transcript(one)": median(lambda: project.coding.of_transcript(transcript_id)),
        "codebook.all()": median(project.codebook.all),
        "codebook.counts([one])": median(lambda: project.codebook.counts(code_ids[:1])),
        "themes.all()": median(project.themes.all),
        "coding.of_code([one])": median(lambda: project.coding.of_code(code_ids[:1])),
        "coding.of_code(twelve)": median(lambda: project.coding.of_code(twelve)),
        "analysis().matrix()": median(lambda: project.analysis().matrix()),
        "analysis().compare(two waves)": median(lambda: compare(project)),
        "check()": median(project.check),
    }


def compare(project: Project) -> None:
    before, after = project.waves.all()
    project.analysis().compare(before.id, after.id)


def writes(project: Project, code_ids: list[CodeId]) -> dict[str, float]:
    transcript_id = project.transcripts.interviews()[0].transcript_id
    spans = iter([Span(at, at + 40) for at in range(0, 40_000, 7)])
    return {
        "apply one code": median(lambda: project.coding.apply(transcript_id, next(spans), code_ids[0]), 25),
        **merge(project, code_ids),
    }


def merge(project: Project, code_ids: list[CodeId]) -> dict[str, float]:
    """Merge as many codes as hold ``MERGED`` segments into one that holds none."""
    counts, chosen, held = project.codebook.counts(), [], 0
    for code_id in code_ids:
        if held < MERGED:
            chosen.append(code_id)
            held += counts[code_id][1]
    into = project.codebook.add("All of these")
    label = f"{MERGED:,} segments" if held >= MERGED else f"all {held:,} segments"
    return {
        f"merge {label}": seconds(lambda: project.codebook.merge(chosen, into)),
        f"undo the merge of {label}": seconds(project.undo),
        f"redo the merge of {label}": seconds(project.redo),
    }


# --- beside it, without the core ---------------------------------------------------------------------------------


def read_bare(path: Path) -> None:
    connection = sqlite3.connect(path)
    for statement in SHOWN_AT_START:
        connection.execute(statement).fetchall()
    connection.close()


def check_bare(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA quick_check(1)").fetchall()
    connection.close()


def bare_commit(path: Path) -> float:
    connection = sqlite3.connect(path.with_suffix(".bare"), isolation_level=None)
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE t (x TEXT)")
    found = median(lambda: connection.execute("INSERT INTO t VALUES ('a row of some length')"), 25)
    connection.close()
    return found


def open_to_usable(path: Path) -> None:
    with Project.open(path, coder="Ada") as project:
        project.transcripts.interviews()
        project.codebook.all()
        project.themes.all()


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def median(work: Callable[[], object], times: int = 5) -> float:
    return statistics.median(seconds(work) for _ in range(times))


if __name__ == "__main__":
    main()
