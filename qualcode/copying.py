"""The anonymised copy of a project, for sharing or deposit; and the key to it, which is kept apart.

In three parts like every export (:mod:`qualcode.report.export`): a draft on the project's thread, the writing on any
thread, and the line in the log on the project's thread again.
"""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from qualcode.anonymise.render import Rendering
from qualcode.core.identifiers import Writing
from qualcode.core.masking import write_masked
from qualcode.core.project import Project
from qualcode.core.store import SUFFIX
from qualcode.core.values import Span, TranscriptId
from qualcode.errors import ExportBlocked, UserError
from qualcode.guard import Guard
from qualcode.report import house
from qualcode.review import RULES, OnProgress

_STAYING = (house.SETTING, RULES)
"""The settings that the copy keeps: how reports are written, and what is put for a kind of identifier."""


@dataclass(frozen=True)
class Copied:
    """What was written: ``places`` could identify somebody and were let through for ``reason``."""

    places: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class DraftedCopy:
    """A copy about to be made. ``source`` is a plain copy that the making uses up; :meth:`discard` it if unused.

    ``remark`` says how many people could be told by their attributes, which no word of the copy gives away.
    """

    guard: Guard
    source: Path
    target: Path
    remark: str = ""

    def write(
        self,
        override_reason: str = "",
        progress: OnProgress = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Copied:
        """Write the copy. Runs on any thread and takes some seconds.

        Raises ExportBlocked, with every place, when something in it could still identify a person and no reason is
        given, UserError when it cannot be written, Cancelled. Then there is no copy, and nothing else is left behind.
        """
        reason = override_reason.strip()
        found: list[str] = []

        def inspect(writings: Iterable[Writing]) -> None:
            found.extend(_places(self.guard, [*writings, Writing("File name", self.target.name)]))
            if found and not reason:
                raise ExportBlocked(_held_back(len(found)), tuple(found))

        try:
            self.guard.look(progress, cancelled)
            write_masked(self.source, self.target, _Mask(self.guard), _STAYING, inspect, progress, cancelled)
        finally:
            self.discard()
        return Copied(tuple(found), reason)

    def discard(self) -> None:
        """Remove the plain copy."""
        for left in (self.source, self.source.with_name(f"{self.source.name}-journal")):
            left.unlink(missing_ok=True)


def drafted_copy(project: Project, target: Path, guard: Guard | None = None) -> DraftedCopy:
    """Begin an anonymised copy at ``target``, on the project's thread. Raises UserError when there can be none."""
    if target.suffix != SUFFIX:
        raise UserError(f"{target.name}: a copy is a project of its own and ends in {SUFFIX}.")
    if target.exists():
        raise UserError(f"{target.name} is there already. Choose another name.")
    if not target.parent.is_dir():
        raise UserError(f"The folder {target.parent} does not exist.")
    guard = guard or Guard(project)
    for left in _plain_copies(project.path):
        left.unlink(missing_ok=True)
    source = project.path.with_name(f".{project.path.stem} {uuid.uuid4().hex}{SUFFIX}")
    project.save_copy(source)
    return DraftedCopy(guard, source, target, _told_apart(project))


def log_copy(project: Project, copied: Copied, target: Path) -> None:
    """Note in the project that a copy left, and where the check was overridden why."""
    detail: dict[str, object] = {"what": "anonymised copy", "file": target.name}
    if copied.reason and copied.places:
        detail |= {"override": copied.reason, "places": list(copied.places)}
    project.note("Make an anonymised copy", detail)


class _Mask:
    """The project's one rendering of anonymised text, as the core asks for it."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    def words(self, text: str) -> str:
        return self._guard.text(text)

    def transcript(self, transcript_id: TranscriptId) -> _MaskedText:
        return _MaskedText(self._guard.rendering(transcript_id))


class _MaskedText:
    def __init__(self, rendering: Rendering) -> None:
        self.text = rendering.text
        self._rendering = rendering

    def span(self, span: Span) -> Span:
        return self._rendering.span_to_anonymised(span)

    def turn(self, span: Span) -> Span:
        return self._rendering.turn_to_anonymised(span)


def _plain_copies(path: Path) -> list[Path]:
    """The plain copies of a project that a program killed in the midst of its work left behind."""
    name = re.compile(rf"\.{re.escape(path.stem)} [0-9a-f]{{32}}{re.escape(SUFFIX)}(-journal)?")
    return [found for found in path.parent.iterdir() if name.fullmatch(found.name)]


def _told_apart(project: Project) -> str:
    """How many people share all of their attributes with too few others; empty when none does."""
    fewest = house.House.of(project).fewest
    described = [tuple(sorted(person.attributes.items())) for person in project.people.all()]
    sharing = Counter(described)
    alone = sum(1 for attributes in described if attributes and sharing[attributes] < fewest)
    if not alone:
        return ""
    return (
        f"{alone} of {len(described)} people share their attributes with fewer than {fewest - 1} others. Whoever knows "
        "them may tell them by these; remove attributes in the copy before it is shared widely."
    )


def _places(guard: Guard, writings: Iterable[Writing]) -> Iterable[str]:
    for what, words in dict.fromkeys((w.what, w.text) for w in writings):
        yield from (f"{what}: {leak.sentence()}" for leak in guard.leaks(words))


def _held_back(places: int) -> str:
    where = "one place" if places == 1 else f"{places} places"
    return (
        f"The anonymised copy was not written: {where} could identify a person. Decide about them in Prepare, or make "
        "it with a reason, which is logged."
    )
