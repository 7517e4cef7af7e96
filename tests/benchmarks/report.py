"""What it costs to write a report of 300 quotes over 60 interviews, beside the same paragraphs in bare python-docx.

    python -m tests.benchmarks.report

Both are CPU time of this process, the best of five; the aim is under twice the bare cost. Reading the project and
building the value is told apart, for it is not writing.
"""

from __future__ import annotations

import io
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import docx

from qualcode.core.project import Project
from qualcode.guard import Guard
from qualcode.report import content, word
from qualcode.report.blocks import Report
from tests.helpers.projects import a_project, an_interview, code_words

Made = TypeVar("Made")
INTERVIEWS, QUOTES_EACH, PER_FINDING = 60, 5, 3
WORDS = "and then we went along to it, the way you do, and nobody had said a word about where it was or what it was for"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, a_project(Path(folder)) as project:
        _fill(project)
        guard = Guard(project, unreviewed=())
        content.build(project, anonymise=guard)
        reading, report = _timed(lambda: content.build(project, anonymise=guard), 1)
    writing, made = _timed(lambda: word.rendered(report), 5)
    paragraphs = [(p.style.name, p.text) for p in docx.Document(io.BytesIO(made)).paragraphs]
    bare, _ = _timed(lambda: _bare(paragraphs), 5)
    print(f"{_quotes(report)} quotes, {len(paragraphs)} paragraphs")
    print(f"reading and building {reading:6.2f} s")
    print(f"writing              {writing:6.2f} s")
    print(f"bare python-docx     {bare:6.2f} s, so {writing / bare:.2f} times")


def _fill(project: Project) -> None:
    theme, code = project.themes.add("The way there"), project.codebook.add("Finding it")
    project.themes.gather([code], theme)
    segments = []
    with project.step("Fill"):
        for n in range(INTERVIEWS):
            answers = [f"Number {n} and {m}: {WORDS}." for m in range(QUOTES_EACH)]
            _, transcript = an_interview(project, f"P{n + 1:02}", *answers)
            segments += [code_words(project, transcript, answer, code) for answer in answers]
        for at in range(0, len(segments), PER_FINDING):
            finding = project.findings.add(theme, f"Some participants **went along to it {at}**, {WORDS}.")
            for segment in segments[at : at + PER_FINDING]:
                project.findings.quote(finding, segment)


def _bare(paragraphs: list[tuple[str, str]]) -> bytes:
    document = docx.Document()
    there = {s.name for s in document.styles}
    for style, words in paragraphs:
        document.add_paragraph(words, style if style in there else None)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _quotes(report: Report) -> int:
    return sum(type(block).__name__ == "BlockQuote" for block in report.blocks)


def _timed(work: Callable[[], Made], times: int) -> tuple[float, Made]:
    spent = []
    for _ in range(times):
        begun = time.process_time()
        done = work()
        spent.append(time.process_time() - begun)
    return min(spent), done


if __name__ == "__main__":
    main()
