"""``qualcode anonymise``: what may identify somebody, listed, decided by a table, left out of a copy."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.commands.terminal import DONE, HELD_BACK, REFUSED, Meter
from qualcode.errors import UserError

if TYPE_CHECKING:
    from qualcode.core.project import Project
    from qualcode.review import Found

HELP = "list what may identify somebody, decide by a table, write an anonymised copy"
MORE = (
    "--list FILE writes a table to be filled in: a decision (replace or keep) for each string. --apply takes it over; "
    "--key writes the same table of what was decided, which carries people's pseudonyms to another project."
)
_SCREEN = Path("-")


def arguments(command: argparse.ArgumentParser) -> None:
    """What can be asked for; several are done in this order."""
    command.add_argument("--apply", type=Path, metavar="FILE", help="take over the decisions in a .csv or .xlsx")
    command.add_argument(
        "--list",
        type=Path,
        nargs="?",
        const=_SCREEN,
        metavar="FILE",
        help="list what waits, here or in a .csv or .xlsx",
    )
    command.add_argument(
        "--key", type=Path, metavar="FILE", help="write the confidential key (.csv, or .xlsx with every replacement)"
    )
    command.add_argument("--copy", type=Path, metavar="OUT", help="write an anonymised copy (.qualcode)")
    command.add_argument(
        "--override",
        default="",
        metavar="REASON",
        help="write the copy although somebody may be identified; the reason is logged in the project",
    )


def run(asked: argparse.Namespace) -> int:
    """Do what is asked for. Raises UserError, ExportBlocked for a copy that could identify somebody."""
    from qualcode.core.project import Project

    if not (asked.list or asked.apply or asked.key or asked.copy):
        raise UserError("Say what to do: --list, --apply, --key or --copy. qualcode anonymise --help tells more.")
    ended = DONE
    with Project.open(asked.project, coder=asked.coder) as project:
        if asked.apply:
            ended = _apply(project, asked.apply)
        if asked.list:
            ended = max(ended, _list(project, asked.list))
        if asked.key:
            _key(project, asked.key)
        if asked.copy:
            _copy(project, asked.copy, asked.override)
    return ended


def _apply(project: Project, path: Path) -> int:
    from qualcode.decisions import read_decisions, take_over

    outcome = take_over(project, read_decisions(path), path.name)
    for sentence in outcome.left_out:
        print(f"  {sentence}", file=sys.stderr)
    rules = f", {outcome.rules} house rules taken over" if outcome.rules else ""
    print(f"{outcome.replaced} strings are replaced, {outcome.kept} name nobody{rules}.")
    return REFUSED if outcome.left_out else DONE


def _list(project: Project, path: Path) -> int:
    from qualcode.decisions import waiting, write_tables

    found = _looked_through(project)
    table = waiting(project, found)
    for remark in found.remarks:
        print(f"  {remark}", file=sys.stderr)
    if path != _SCREEN:
        write_tables(path, [table])
        print(f"Written: {path}")
    else:
        for row in table.rows:
            said = dict(zip(table.headings, row, strict=True))
            print(f"{said['mentions']:>5} in {said['transcripts']:<3} {said['text']}  [{said['kind']}]")
            print(f"             put {said['replacement']}: {said['why']}")
    many = {0: "Nothing waits", 1: "1 string waits"}.get(len(table.rows), f"{len(table.rows)} strings wait")
    print(f"{many} for a decision.")
    return HELD_BACK if table.rows else DONE


def _looked_through(project: Project) -> Found:
    """What was found, looked for now where that was not done since the last transcript came in."""
    from qualcode import review

    wanted = review.search(project)
    found = review.kept(project)
    if not found.covers((p.transcript_id for p in wanted.passages), wanted.names):
        with Meter("Looking for identifiers") as meter:
            found = wanted.run(lambda p: meter(p.done, p.total, p.what))
        review.keep(project, found)
    return found


def _key(project: Project, path: Path) -> None:
    from qualcode.decisions import write_key

    write_key(project, path)
    print(f"Written: {path} (confidential: keep it apart from what is anonymised)")


def _copy(project: Project, target: Path, reason: str) -> None:
    from qualcode.copying import drafted_copy, log_copy

    with Meter("Writing the copy") as meter:
        draft = drafted_copy(project, target)
        copied = draft.write(reason, lambda p: meter(p.done, p.total, p.what))
    log_copy(project, copied, target)
    print(f"Written: {target}")
    if draft.remark:
        print(f"  {draft.remark}", file=sys.stderr)
