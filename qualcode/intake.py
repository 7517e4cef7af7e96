"""One file on its way into a project: read, understood, corrected by rules, and what became of it in the end.

Everything here takes and returns values and runs on a worker.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from qualcode.core.landing import joined
from qualcode.core.values import Transcript
from qualcode.errors import UnreadableFile
from qualcode.importing import Recognition, Rules, Source, facts_from_name, open_source, recognise
from qualcode.importing.source import never


@dataclass(frozen=True, slots=True)
class Understood:
    """A file as it was understood. ``transcript`` has the facts of its header, of its name, or of the name pattern."""

    source: Source
    recognition: Recognition
    transcript: Transcript

    @property
    def is_narrative(self) -> bool:
        """Whether there are no speakers in it."""
        return all(not voice.label for voice in self.recognition.voices)


def understand(
    path: Path,
    rules: Rules,
    name_pattern: str = "",
    *,
    source: Source | None = None,
    cancelled: Callable[[], bool] = never,
) -> Understood:
    """Read a file, or recognise anew a ``source`` that was read before.

    What the analyst's own ``name_pattern`` finds in the file's name goes before the header, and the header before
    what names say by habit. Raises UnreadableFile with the reason, and Cancelled.
    """
    source = source or open_source(path, cancelled)
    recognition = recognise(source, rules, cancelled)
    if not recognition.transcript.text:
        raise UnreadableFile(path, "it holds no speech once labels and headings are set apart.")
    return renamed(Understood(source, recognition, recognition.transcript), name_pattern)


def renamed(understood: Understood, name_pattern: str) -> Understood:
    """The same with facts from the file's name by another pattern. Raises UserError for a pattern that is none."""
    header = understood.recognition.transcript.facts
    by_name = facts_from_name(understood.source.name, name_pattern or None)
    facts = joined(by_name, header) if name_pattern else joined(header, by_name)
    return replace(understood, transcript=replace(understood.recognition.transcript, facts=facts))


# --- rules -------------------------------------------------------------------------------------------------------


def combined(base: Rules, own: Rules) -> Rules:
    """Both together; where they differ, ``own`` goes before ``base``."""
    parts = {f.name: _both(getattr(base, f.name), getattr(own, f.name)) for f in fields(Rules)}
    return Rules(**parts)


def _both(base: Any, own: Any) -> Any:
    if isinstance(own, Mapping):
        return {**base, **own}
    if isinstance(own, frozenset):
        return base | own
    if isinstance(own, tuple):
        return (*base, *(value for value in own if value not in base))
    return base if own is None else own or base


def general(rules: Rules) -> Rules:
    """The rules without those that speak of paragraphs of one file alone."""
    return replace(rules, starts={}, splits={}, left_out=())


# --- the report at the end ---------------------------------------------------------------------------------------


class State(StrEnum):
    """What became of a file, in the words of the report."""

    READ = "Read"
    REMARK = "Read, with a remark"
    VERSION = "New version"
    KNOWN = "Already here"
    REFUSED = "Refused"
    LEFT_OUT = "Left out"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line of the report: the file, what became of it, the interview it is now, and sentences about it."""

    file: str
    state: State
    interview: str = ""
    remarks: tuple[str, ...] = ()


def counted(states: Iterable[State]) -> str:
    """``14 read · 1 already here``: how many of each, in the order of :class:`State`."""
    numbers = Counter(states)
    return " · ".join(f"{numbers[state]} {state.value.casefold()}" for state in State if numbers[state])


def as_text(outcomes: Sequence[Outcome]) -> str:
    """The report to be read."""
    lines = [f"{len(outcomes)} files: {counted(o.state for o in outcomes)}", ""]
    for outcome in outcomes:
        where = f" -> {outcome.interview}" if outcome.interview else ""
        lines.append(f"{outcome.file}: {outcome.state.value}{where}")
        lines += [f"    {remark}" for remark in outcome.remarks]
    return "\n".join(lines) + "\n"


def as_csv(outcomes: Sequence[Outcome]) -> str:
    """The report as a table."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(("File", "State", "Interview", "Remarks"))
    table.writerows((o.file, o.state.value, o.interview, " ".join(o.remarks)) for o in outcomes)
    return written.getvalue()
