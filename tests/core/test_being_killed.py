"""What was said to be done is done, whatever happens to the program next."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from qualcode.core.project import Project
from tests.benchmarks.interviews import interview
from tests.helpers.projects import a_project

ROOT = Path(__file__).parents[2]
KILLS = 6


def worked_until_killed(what: str, path: Path, random: Random) -> list[str]:
    """Have a process do acts on ``path``, kill it in the midst of one; the acts that had returned."""
    command = [sys.executable, "-m", "tests.core.work_until_killed", what, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(random.randint(1, 12))]
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=random.uniform(0, 0.02))
        process.kill()
        told += process.stdout.readlines()
    assert process.returncode not in (0, 1), "the process ended by itself"
    return [line.strip() for line in told if line.endswith("\n")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with a_project(tmp_path) as project:
        project.transcripts.add(interview(0))
        project.codebook.add("Waiting")
        return project.path


class DescribeAKilledProgram:
    def it_keeps_every_passage_that_was_coded(self, path: Path) -> None:
        random, told = Random(1), []
        for number in range(KILLS):
            told += worked_until_killed("code", path, random)
            with Project.open(path, coder="Ada") as project:
                kept = {segment.id for segment in project.coding.all()}
                assert set(told) <= kept
                assert len(kept) <= len(told) + KILLS
                assert project.codebook.counts()[project.codebook.all()[0].id][1] == len(kept)
                assert project.check() == []
                project.rename(f"Killed {number} times")
            assert [p.name for p in path.parent.iterdir()] == [path.name]

    def it_keeps_every_interview_that_was_imported_and_no_half_of_one(self, path: Path) -> None:
        random, told = Random(2), []
        for number in range(KILLS):
            told += worked_until_killed("land", path, random)
            with Project.open(path, coder="Ada") as project:
                rows = project.transcripts.interviews()
                assert set(told) <= {row.id for row in rows}
                assert len(rows) <= 1 + len(told) + KILLS
                for n, row in enumerate(rows[1:], start=1):
                    landed = project.transcripts.get(row.transcript_id)
                    meant = interview(n, words=1_000)
                    assert (landed.text, landed.turns) == (meant.text, meant.turns)
                assert project.check() == []
                project.rename(f"Killed {number} times")
            assert [p.name for p in path.parent.iterdir()] == [path.name]
