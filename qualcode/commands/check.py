"""``qualcode check``: what a project's report still lacks, or what a file that came back has that it should not."""

from __future__ import annotations

import argparse
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.commands.terminal import DONE, HELD_BACK, Meter
from qualcode.errors import UserError

if TYPE_CHECKING:
    from qualcode.core.project import Project
    from qualcode.report.returned.difference import Comparison

HELP = "check a project and its report, or a report that came back from Word"
MORE = (
    "With a .qualcode file: whether it is sound, and what its report still lacks. With a .docx and --project: what was "
    "done to quotes, findings, headings and other texts since it was written, and which identifiers came back. With an "
    ".xlsx, .txt, .md, .csv or .qdpx and --project: which identifiers are in it."
)
_PROJECT = ".qualcode"


def arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("path", type=Path, metavar="PATH", help="a .qualcode file, or the file that came back")
    command.add_argument("--project", type=Path, metavar="FILE", help="the project to hold the file against")
    command.add_argument("--take-back", action="store_true", help="write changed findings back into the project")
    command.add_argument("--coder", default="", metavar="NAME", help="who is at work (your login name by default)")


def run(asked: argparse.Namespace) -> int:
    """Print what is to be looked at. Raises UserError when something cannot be read."""
    from qualcode.core.project import Project

    if asked.path.suffix.lower() == _PROJECT:
        with Project.open(asked.path, coder=asked.coder) as project:
            return _project(project)
    if asked.project is None:
        raise UserError(f"Say against which project {asked.path.name} is to be checked: --project FILE{_PROJECT}.")
    with Project.open(asked.project, coder=asked.coder) as project:
        return _file(project, asked.path, take_back=asked.take_back)


def _project(project: Project) -> int:
    from qualcode.report.checks import check

    unsound = project.check()
    found = check(project)
    for sentence in unsound:
        print(f"  The file: {sentence}")
    for finding in found:
        print(f"  {finding.sentence}")
    print("The file is sound." if not unsound else "The file is not sound.", end=" ")
    print(f"{_things(len(found))} to look at." if found else "Nothing to look at.")
    return HELD_BACK if unsound or found else DONE


def _file(project: Project, path: Path, *, take_back: bool) -> int:
    from qualcode.guard import Guard
    from qualcode.report.returned import check
    from qualcode.report.returned.basis import Basis

    returned = check.Returned.read(path)
    guard = Guard(project)
    basis = Basis(project, returned.document, guard) if returned.document is not None else None
    with Meter("Checking") as meter:
        found = check.compared(returned, basis, guard, lambda p: meter(p.done, p.total, p.what))
    guard.keep_found()
    _print(found, whole=basis is not None)
    if take_back and found.takeable:
        check.take_back(project, found.takeable)
        print(f"Taken back into the project: {_things(len(found.takeable), 'changed finding')}.")
    return HELD_BACK if found.differences else DONE


def _print(found: Comparison, *, whole: bool) -> None:
    for difference in found.differences:
        where = (
            f"{difference.place}: " if difference.place and not difference.sentence.startswith(difference.place) else ""
        )
        print(textwrap.fill(f"{where}{difference.sentence}", 100, initial_indent="  - ", subsequent_indent="    "))
    if whole:
        print(
            f"{found.name}: {_things(found.quotes, 'quote')} and {_things(found.findings, 'finding')} were found.",
            end=" ",
        )
    else:
        print(f"{found.name} was looked through for identifiers.", end=" ")
    print(f"{_things(len(found.differences))} to look at." if found.differences else "Nothing to look at.")


def _things(count: int, thing: str = "thing") -> str:
    return f"1 {thing}" if count == 1 else f"{count} {thing}s"
