"""Run as a process of its own, to be killed: does one act after the other and prints each one once it has returned."""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from qualcode.core.project import Project
from qualcode.core.values import Span
from tests.benchmarks.interviews import interview


def code(project: Project) -> None:
    transcript_id, code_id = project.transcripts.interviews()[0].transcript_id, project.codebook.all()[0].id
    for number in count(len(project.coding.all())):
        print(project.coding.apply(transcript_id, Span(5 * number, 5 * number + 30), code_id), flush=True)


def land(project: Project) -> None:
    for number in count(len(project.transcripts.interviews())):
        print(project.transcripts.add(interview(number, words=1_000)), flush=True)


if __name__ == "__main__":
    with Project.open(Path(sys.argv[2]), coder="Ada") as opened:
        {"code": code, "land": land}[sys.argv[1]](opened)
