"""The gate through which reports and workbooks leave.

Three parts, so that a window can keep its thread: a :class:`Draft` is read from the project on its thread; on any
thread it becomes a :class:`Prepared` file, checked for identifiers as it will leave, and is written. The
``export_...`` functions do all of it and log it.
"""

from __future__ import annotations

import io
import os
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from qualcode.anonymise.leaks import Leak
from qualcode.core.project import Project
from qualcode.core.rows import ReportRow
from qualcode.errors import ExportBlocked, UserError
from qualcode.guard import Guard
from qualcode.report import content, package, remarks, sheets, word, workbook
from qualcode.report.material import Material
from qualcode.report.quoting import Quoting
from qualcode.report.singled_out import singled_out
from qualcode.report.template import own
from qualcode.review import OnProgress


@dataclass(frozen=True)
class Draft:
    """Something to export, read from the project and frozen. ``guard`` is None where it stays in the team.

    ``disclosed`` are sentences about people whom attributions single out.
    """

    what: str
    render: Callable[[], bytes]
    guard: Guard | None
    disclosed: tuple[str, ...] = ()

    def prepared(
        self,
        override_reason: str = "",
        progress: OnProgress = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Prepared:
        """The file as it will leave. Runs on any thread; takes seconds where transcripts were not searched for names.

        Raises ExportBlocked, with every place, when something in it could identify a person and no reason is given,
        and Cancelled.
        """
        places = self.disclosed
        made = self.render()
        if self.guard:
            self.guard.look(progress, cancelled)
            places = (*places, *_places(self.guard, package.words_of(made)))
        if places and not override_reason.strip():
            raise ExportBlocked(_held_back(self.what, len(places)), places)
        return Prepared(self.what, made, self.guard, places, override_reason.strip())


@dataclass(frozen=True)
class Prepared:
    """A file ready to be written. ``places`` are what could identify a person in it, let through for ``reason``."""

    what: str
    content: bytes
    guard: Guard | None
    places: tuple[str, ...] = ()
    reason: str = ""

    def write(self, path: Path) -> None:
        """Write it. Runs on any thread; leaves the old file, or none, when it fails.

        Raises ExportBlocked when the file's name could identify a person and no reason was given, UserError when it
        cannot be written there.
        """
        places = tuple(_places(self.guard, [package.Words("file name", path.name)])) if self.guard else ()
        if places and not self.reason:
            raise ExportBlocked(_held_back(self.what, len(places)), places)
        _write(path, self.content)


def drafted_report(
    project: Project,
    report: ReportRow | str = "insight",
    guard: Guard | None = None,
    template: Path | None = None,
    *,
    comments: bool = False,
) -> Draft:
    """A Word report, from a report row or the key of a shape, on ``template`` or else the project's.

    With ``comments`` the team's stand in it as Word's own, signed; that one is for colleagues.
    """
    guard = guard or Guard(project)
    row = content.report_of(project, report) if isinstance(report, str) else report
    built = content.build(project, row, guard)
    material = Material(project, row)
    disclosed = tuple(found.sentence() for found in singled_out(material, Quoting(material, guard)))
    base = template or own(project)
    said = remarks.unresolved(project) if comments else ()
    return Draft("report", lambda: word.rendered(built, base, said), guard, disclosed)


def drafted_matrix(project: Project, guard: Guard | None = None, *, confidential: bool = False) -> Draft:
    """The framework matrix with its quote bank; the confidential one is for the team and holds who said what."""
    guard = guard or Guard(project)
    pages = workbook.matrix(project, guard, confidential=confidential)
    return Draft("framework matrix", lambda: _saved(pages), None if confidential else guard)


def drafted_annex(project: Project, guard: Guard | None = None) -> Draft:
    """The confidential evidence annex, which leads from each quote to its person and line."""
    pages = workbook.annex(project, guard or Guard(project))
    return Draft("evidence annex", lambda: _saved(pages), None)


def prepared_report(project: Project, override_reason: str = "") -> Prepared:
    """The insight report, read, rendered and checked. Raises ExportBlocked."""
    return drafted_report(project).prepared(override_reason)


def prepared_matrix(project: Project, override_reason: str = "") -> Prepared:
    """The framework matrix, read, rendered and checked. Raises ExportBlocked."""
    return drafted_matrix(project).prepared(override_reason)


def export_report(
    project: Project, path: Path, override_reason: str = "", guard: Guard | None = None, shape: str = "insight"
) -> None:
    """Write the Word report of a shape. Raises ExportBlocked and UserError; then nothing is written."""
    _export(project, drafted_report(project, shape, guard), path, override_reason)


def export_matrix(project: Project, path: Path, override_reason: str = "", guard: Guard | None = None) -> None:
    """Write the framework matrix with its quote bank (.xlsx). Raises ExportBlocked and UserError."""
    _export(project, drafted_matrix(project, guard), path, override_reason)


def export_annex(project: Project, path: Path, guard: Guard | None = None) -> None:
    """Write the confidential evidence annex (.xlsx). It names people by pseudonym, interview and line on purpose."""
    _export(project, drafted_annex(project, guard), path, "")


def log_export(project: Project, prepared: Prepared, path: Path) -> None:
    """Note in the project what left, and where a check was overridden why. On the project's thread."""
    if prepared.guard:
        prepared.guard.keep_found()
    detail: dict[str, object] = {"what": prepared.what, "file": path.name}
    if prepared.reason:
        detail |= {"override": prepared.reason, "places": list(prepared.places)}
    project.note(f"Export the {prepared.what}", detail)


def leaks_in(guard: Guard, words: Iterable[package.Words]) -> Iterator[tuple[str, Leak]]:
    """What in the words of a file could identify somebody, each with its place. Runs on any thread."""
    leaks: dict[str, tuple[Leak, ...]] = {}
    for place, text in words:
        if text not in leaks:
            leaks[text] = guard.leaks(text)
        yield from ((place, leak) for leak in leaks[text])


# --- within ------------------------------------------------------------------------------------------------------


def _export(project: Project, draft: Draft, path: Path, override_reason: str) -> None:
    prepared = draft.prepared(override_reason)
    prepared.write(path)
    log_export(project, prepared, path)


def _places(guard: Guard, words: Iterable[package.Words]) -> Iterable[str]:
    return (f"{place}: {leak.sentence()}" for place, leak in leaks_in(guard, words))


def _held_back(what: str, places: int) -> str:
    where = "one place" if places == 1 else f"{places} places"
    return (
        f"The {what} was not written: {where} could identify a person. Decide about them in Prepare, or export with "
        "a reason, which is logged."
    )


def _saved(pages: sheets.Pages) -> bytes:
    target = io.BytesIO()
    sheets.workbook(pages).save(target)
    return target.getvalue()


def _write(path: Path, content: bytes) -> None:
    """Write beside the target and put it in its place at once."""
    part = path.with_name(f".{uuid.uuid4().hex}.part")
    try:
        with part.open("xb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        part.replace(path)
    except OSError as error:
        raise UserError(_refusal(path)) from error
    finally:
        part.unlink(missing_ok=True)


def _refusal(path: Path) -> str:
    if not path.parent.is_dir():
        return f"{path.name} could not be written, for there is no folder {path.parent}. Choose another folder."
    if path.is_dir():
        return f"{path.name} could not be written, for it is a folder. Choose another name."
    if path.exists():
        return f"{path.name} could not be written. Close it where it is open, or choose another name."
    return f"{path.name} could not be written to {path.parent}. Check your rights and the space left there."
