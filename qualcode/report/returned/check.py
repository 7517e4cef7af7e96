"""The door: a file that people went on working on, held against its project, and findings taken back from it.

Three parts, as with exports: a :class:`~qualcode.report.returned.basis.Basis` is read on the project's thread,
:func:`compared` runs on any, :func:`take_back` writes on the project's thread again.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qualcode.core.progress import Progress
from qualcode.core.project import Project
from qualcode.errors import Cancelled, UserError
from qualcode.guard import Guard
from qualcode.importing.decoding import decode
from qualcode.importing.source import Refused
from qualcode.report import package
from qualcode.report.checks import Severity
from qualcode.report.export import leaks_in
from qualcode.report.returned.basis import Basis
from qualcode.report.returned.comparing import Comparing
from qualcode.report.returned.difference import NOWHERE, Comparison, Difference, Kind, TakenBack
from qualcode.report.returned.document import ReadDocument, read_document
from qualcode.review import OnProgress

SUFFIXES = (".docx", ".xlsx", ".qdpx", ".txt", ".md", ".csv")
"""What can be checked: a Word report whole, the others for identifiers."""

_PACKED = (".docx", ".xlsx", ".qdpx")


@dataclass(frozen=True)
class Returned:
    """A file to check, read. ``document`` is None for anything but a Word document."""

    name: str
    content: bytes
    document: ReadDocument | None

    @classmethod
    def read(cls, path: Path) -> Returned:
        """Raises UserError when it cannot be read, or is no file that can be checked."""
        suffix = path.suffix.lower()
        if suffix not in SUFFIXES:
            raise UserError(f"{path.name} cannot be checked. Files that can are: {', '.join(SUFFIXES)}.")
        try:
            content = path.read_bytes()
        except OSError as error:
            raise UserError(
                f"{path.name} could not be opened. Close it where it is open, or check its name."
            ) from error
        if suffix in _PACKED and not zipfile.is_zipfile(io.BytesIO(content)):
            raise UserError(f"{path.name} is damaged, or no {suffix} file. Save it again and try once more.")
        return cls(path.name, content, read_document(content, path.name) if suffix == ".docx" else None)

    def words(self) -> list[package.Words]:
        """Everything there is to read in it, its name too."""
        named = package.Words("file name", Path(self.name).stem)
        if self.name.lower().endswith(_PACKED):
            return [named, *package.words_of(self.content)]
        lines = self._text().splitlines()
        return [named, *(package.Words(f"line {n}", line) for n, line in enumerate(lines, 1) if line.strip())]

    def unread(self) -> list[str]:
        """The parts of it that nobody can look through here."""
        return package.unread_in(self.content) if self.name.lower().endswith(".qdpx") else []

    def _text(self) -> str:
        try:
            return decode(self.content)[0]
        except Refused as refusal:
            raise UserError(f"{self.name} cannot be checked: {refusal}") from refusal


def checked(project: Project, path: Path, guard: Guard | None = None) -> Comparison:
    """Check a file of any kind against a project, on the project's thread. Raises UserError when it cannot be read."""
    returned = Returned.read(path)
    guard = guard or Guard(project)
    basis = Basis(project, returned.document, guard) if returned.document is not None else None
    return compared(returned, basis, guard)


def compared(
    returned: Returned,
    basis: Basis | None,
    guard: Guard,
    progress: OnProgress = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Comparison:
    """What is not as the project has it, the gravest first. Runs on any thread. Raises Cancelled."""

    def step(done: int, total: int, what: str) -> None:
        if cancelled():
            raise Cancelled
        progress(Progress(done, total, what))

    guard.look(progress, cancelled)
    step(0, 2, "Looking for identifiers")
    found = list(_identifiers(returned, guard))
    quotes = findings = 0
    if basis is not None and returned.document is not None:
        step(1, 2, "Comparing quotes and findings")
        comparing = Comparing(basis, returned.document, step)
        found += comparing.all()
        quotes, findings = comparing.quotes, comparing.findings
    order = list(Severity)
    return Comparison(returned.name, tuple(sorted(found, key=lambda d: order.index(d.severity))), quotes, findings)


def take_back(project: Project, changes: Sequence[TakenBack]) -> None:
    """Write the words of a document over those of its findings, as one step.

    Raises UserError, and changes nothing, when a finding was changed or deleted since the document was checked.
    """
    findings = {finding.id: finding for finding in project.findings.all()}
    for change in changes:
        row = findings.get(change.finding_id)
        if row is None or getattr(row, change.field) != change.before:
            raise UserError("A finding was changed since the document was checked. Check the document again.")
    what = "finding" if len(changes) == 1 else f"{len(changes)} findings"
    with project.step(f"Take {what} back from Word"):
        for change in changes:
            summary = change.field == "summary"
            project.findings.write(
                change.finding_id, text=None if summary else change.after, summary=change.after if summary else None
            )


def _identifiers(returned: Returned, guard: Guard) -> Iterator[Difference]:
    for place, leak in leaks_in(guard, returned.words()):
        yield Difference(Severity.STOP, Kind.IDENTIFIER, f"{place}: {leak.sentence()}", NOWHERE, place)
    for name in returned.unread():
        sentence = f"{name} holds no text that can be looked through. Look at it yourself before it leaves."
        yield Difference(Severity.MEND, Kind.UNREAD, sentence, NOWHERE, name)
