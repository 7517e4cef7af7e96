"""Files of interviews -> :class:`~qualcode.core.values.Transcript` values.

:func:`read` does all of it; a preview uses its two halves, :func:`open_source` (what the file holds) and
:func:`recognise` (who speaks), and corrects the second with :class:`Rules`. All of it takes and returns plain values
and runs on a worker thread.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qualcode.core.values import Transcript
from qualcode.errors import UnreadableFile
from qualcode.importing.labels import Shape
from qualcode.importing.names import facts_from_name
from qualcode.importing.opening import SUFFIXES, digest, find_files, open_source
from qualcode.importing.recognition import Recognition, Voice, recognise
from qualcode.importing.rules import Rules
from qualcode.importing.source import Cell, Note, Paragraph, Source, never
from qualcode.importing.spellings import Merge

__all__ = [
    "SUFFIXES",
    "Cell",
    "Merge",
    "Note",
    "Paragraph",
    "Recognition",
    "Rules",
    "Shape",
    "Source",
    "Voice",
    "digest",
    "facts_from_name",
    "find_files",
    "open_source",
    "read",
    "recognise",
]


def read(path: Path, rules: Rules | None = None, cancelled: Callable[[], bool] = never) -> Transcript:
    """The transcript in a file.

    Raises :class:`~qualcode.errors.UnreadableFile` with a sentence that says why the file cannot be read, and
    :class:`~qualcode.errors.Cancelled` when ``cancelled()`` says so.
    """
    transcript = recognise(open_source(path, cancelled), rules, cancelled).transcript
    if not transcript.text:
        raise UnreadableFile(path, "it holds no speech once labels and headings are set apart.")
    return transcript
