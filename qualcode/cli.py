"""The command line: the window's acts on the same core. Qt is loaded only to show the window."""

from __future__ import annotations

import argparse
import gc
import sys
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path

from qualcode import __version__
from qualcode.commands import anonymise, check
from qualcode.commands.terminal import DONE, HELD_BACK, REFUSED, STOPPED, Meter
from qualcode.errors import Cancelled, ExportBlocked, UserError

Act = Callable[[argparse.Namespace], int]

_ABOUT = "From interview transcripts to a finished, anonymised insight report. Everything stays on this computer."
_EXIT = "Exit codes: 0 done, 1 refused with a sentence, 2 wrong words, 3 held back or something found, 130 stopped."
_WALK = """\
A project from its beginning:
  qualcode new study.qualcode --coder Ada
  qualcode import study.qualcode transcripts/
  qualcode code study.qualcode coded.csv
  qualcode suggest study.qualcode
  qualcode anonymise study.qualcode --list decisions.csv
  qualcode report study.qualcode --out report.docx
  qualcode matrix study.qualcode --out matrix.xlsx

Without a command, or with a project's name alone, the window opens.
"""


def main(words: Sequence[str] | None = None) -> int:
    """Run what the words ask for; the exit code."""
    words = list(sys.argv[1:] if words is None else words)
    if not words or (len(words) == 1 and words[0].endswith(".qualcode")):
        words = ["open", *words]
    asked = _parser().parse_args(words)
    act: Act = asked.act
    try:
        return act(asked)
    except ExportBlocked as error:
        print(error, file=sys.stderr)
        for place in error.places:
            print(f"  - {place}", file=sys.stderr)
        return HELD_BACK
    except (KeyboardInterrupt, Cancelled):
        print("\nStopped.", file=sys.stderr)
        return STOPPED
    except UserError as error:
        print(error, file=sys.stderr)
        return REFUSED


# --- the commands ------------------------------------------------------------------------------------------------


def _demo(asked: argparse.Namespace) -> int:
    from qualcode.core.project import Project
    from qualcode.guard import Guard
    from qualcode.report.export import export_matrix, export_report
    from qualcode.sample import make_sample_project

    folder: Path = asked.out
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"The folder {folder} cannot be made here. Choose another with --out.") from error
    target = folder / "sample.qualcode"
    if target.exists():
        raise UserError(f"{target} is there already. Open it, or choose another folder with --out.")
    with Meter("Reading the sample transcripts") as meter:
        make_sample_project(target, meter)
    with Project.open(target) as project:
        s = project.summary()
        print(
            f"Project: {s.interviews} interviews with {s.participants} people in {s.waves} waves, "
            f"{s.segments} segments, {s.codes} codes, {s.themes} themes, {s.findings} findings."
        )
        report, matrix = folder / "insight report.docx", folder / "framework matrix.xlsx"
        guard = Guard(project)
        with Meter("Looking for names that are left") as meter:
            guard.look(lambda p: meter(p.done, p.total, p.what))
        export_report(project, report, guard=guard)
        export_matrix(project, matrix, guard=guard)
    for what, path in (("Project", target), ("Word report", report), ("Excel framework matrix", matrix)):
        print(f"{what + ':':24}{path}")
    return DONE if asked.no_window else _show(target, needed=False)


def _open(asked: argparse.Namespace) -> int:
    return _show(asked.project, needed=True)


def _new(asked: argparse.Namespace) -> int:
    from qualcode.core.project import Project

    with Project.create(asked.project, name=asked.name, coder=asked.coder):
        print(f"Made {asked.project}.")
    return DONE


def _import(asked: argparse.Namespace) -> int:
    from qualcode.acts import import_files, transcript_files
    from qualcode.core.project import Project
    from qualcode.profiles import find

    files = transcript_files(asked.files)
    if not files:
        raise UserError("There is no transcript there that can be read.")
    rules = find(asked.profile) if asked.profile else None
    with Project.open(asked.project, coder=asked.coder) as project, Meter("Importing") as meter:
        results = list(import_files(project, files, rules, meter))
    for result in results:
        for sentence in result.remarks:
            print(f"  {result.path.name}: {sentence}")
    refused = [result for result in results if result.refused]
    for result in refused:
        print(f"  {result.path.name}: not read: {result.refused}", file=sys.stderr)
    print(f"{len(results) - len(refused)} of {len(results)} files imported.")
    return REFUSED if refused else DONE


def _code(asked: argparse.Namespace) -> int:
    from qualcode.acts import code_from_table, read_coded_table
    from qualcode.core.project import Project

    rows = read_coded_table(asked.table)
    with Project.open(asked.project, coder=asked.coder) as project:
        made, left_out = code_from_table(project, rows)
    for sentence in left_out:
        print(f"  {sentence}", file=sys.stderr)
    print(f"{made} segments coded from {len(rows)} rows.")
    return REFUSED if left_out else DONE


def _suggest(asked: argparse.Namespace) -> int:
    from qualcode.acts import material
    from qualcode.core.project import Project
    from qualcode.suggest import suggest

    with Project.open(asked.project, coder=asked.coder) as project:
        interviews = [i for i in project.transcripts.interviews() if not asked.interview or asked.interview in i.title]
        if not interviews:
            raise UserError("There is no such interview in the project.")
        wanted = [i.transcript_id for i in interviews]
        with Meter("Looking for passages") as meter:
            found = suggest(material(project), wanted, lambda p: meter(p.done, p.total, p.what))
        project.suggestions.offer(found, wanted)
        titles = {i.transcript_id: i.title for i in interviews}
        codes = {c.id: c.name for c in project.codebook.all()}
        waiting = [row for row in project.suggestions.open() if row.transcript_id in titles]
        for row in waiting[: asked.limit]:
            name = codes[row.code_id] if row.code_id else "worth quoting"
            print(f"{row.score:.2f}  {name}  ({titles[row.transcript_id]})")
            for words in (f"“{' '.join(row.quote.split())}”", row.reason):
                print(textwrap.indent(textwrap.fill(words, 96), "      "))
    print(f"{len(waiting)} suggestions wait there. None is applied until somebody takes it.")
    return DONE


def _report(asked: argparse.Namespace) -> int:
    from qualcode.core.project import Project
    from qualcode.report.export import export_report

    target = asked.out or asked.project.with_suffix(".docx")
    with Project.open(asked.project, coder=asked.coder) as project:
        export_report(project, target, override_reason=asked.override, shape=asked.shape)
    print(f"Written: {target}")
    return DONE


def _matrix(asked: argparse.Namespace) -> int:
    from qualcode.core.project import Project
    from qualcode.report.export import export_matrix

    target = asked.out or asked.project.with_name(f"{asked.project.stem} matrix.xlsx")
    with Project.open(asked.project, coder=asked.coder) as project:
        export_matrix(project, target, override_reason=asked.override)
    print(f"Written: {target}")
    return DONE


def _annex(asked: argparse.Namespace) -> int:
    from qualcode.core.project import Project
    from qualcode.report.export import export_annex

    target = asked.out or asked.project.with_name(f"{asked.project.stem} evidence annex.xlsx")
    with Project.open(asked.project, coder=asked.coder) as project:
        export_annex(project, target)
    print(f"Written: {target}. It is confidential: it says who said what.")
    return DONE


def _show(path: Path | None, *, needed: bool) -> int:
    """Open the window; without a screen say so (when the window was asked for) and go on."""
    from qualcode import system

    if not system.has_display():
        if needed:
            raise UserError("There is no screen to show the window on. qualcode --help tells what works without one.")
        print("There is no screen here, so the window was not opened.")
        return DONE
    missing = system.missing_packages()
    if missing:
        raise UserError(system.advice(missing))
    gc.disable()  # until the window is up
    from qualcode.ui.app import run

    return run(path)


# --- words and progress ------------------------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    shape = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="qualcode", description=_ABOUT, epilog=f"{_WALK}\n{_EXIT}", formatter_class=shape
    )
    parser.add_argument("--version", action="version", version=f"QualCode {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(
        name: str, act: Callable[[argparse.Namespace], int], help_: str, more: str = ""
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(
            name, help=help_, description=f"{help_[0].upper()}{help_[1:]}. {more}".strip(), epilog=_EXIT
        )
        made.set_defaults(act=act)
        return made

    demo = command("demo", _demo, "make the sample project, its Word report and Excel matrix, and open it")
    demo.add_argument("--out", type=Path, default=Path("qualcode-demo"), metavar="DIR", help="folder to make it in")
    demo.add_argument("--no-window", action="store_true", help="do not open the window")

    window = command("open", _open, "open the window")
    window.add_argument("project", type=Path, nargs="?", help="a .qualcode file")

    new = command("new", _new, "make an empty project")
    _project(new)
    new.add_argument("--name", default="", help="what the project is called (the file's name by default)")

    imp = command(
        "import",
        _import,
        "import transcripts",
        "Reads .docx .odt .rtf .txt .md .html .vtt .srt and text .pdf. Each file is kept before the next is read.",
    )
    _project(imp)
    imp.add_argument("files", type=Path, nargs="+", metavar="FILE", help="files, or folders of them")
    imp.add_argument(
        "--profile", metavar="NAME_OR_PATH", help="rules kept in the window under a name, or a .yaml file of them"
    )

    code = command(
        "code",
        _code,
        "code passages from a table",
        "A .csv with the columns interview, code, passage and, if wanted, memo. Codes that are new are added.",
    )
    _project(code)
    code.add_argument("table", type=Path, help="the .csv")

    suggest = command("suggest", _suggest, "look for passages worth coding, learned from what is coded")
    _project(suggest)
    suggest.add_argument("--interview", default="", metavar="WORDS", help="only interviews with this in their title")
    suggest.add_argument("--limit", type=int, default=10, metavar="N", help="how many to print (10)")

    override = "write it although an identifier is left; the reason is logged in the project"
    report = command("report", _report, "write the Word report")
    _project(report)
    report.add_argument(
        "--shape",
        default="insight",
        metavar="NAME",
        help="insight (what is written by default), thematic_briefing, committee_paper or programme_report",
    )
    report.add_argument("--out", type=Path, metavar="FILE", help="the .docx to write")
    report.add_argument("--override", default="", metavar="REASON", help=override)

    matrix = command("matrix", _matrix, "write the Excel framework matrix with its quote bank")
    _project(matrix)
    matrix.add_argument("--out", type=Path, metavar="FILE", help="the .xlsx to write")
    matrix.add_argument("--override", default="", metavar="REASON", help=override)

    annex = command("annex", _annex, "write the confidential evidence annex: each quote, and who said it where")
    _project(annex)
    annex.add_argument("--out", type=Path, metavar="FILE", help="the .xlsx to write")

    _project(anonymised := command("anonymise", anonymise.run, anonymise.HELP, anonymise.MORE))
    anonymise.arguments(anonymised)

    check.arguments(command("check", check.run, check.HELP, check.MORE))
    return parser


def _project(command: argparse.ArgumentParser) -> None:
    command.add_argument("project", type=Path, help="the .qualcode file")
    command.add_argument("--coder", default="", metavar="NAME", help="who is at work (your login name by default)")
