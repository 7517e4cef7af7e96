"""What people said, on its way to other programs by copying: anonymised and checked like everything that leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from qualcode.errors import ExportBlocked
from qualcode.ui.wording import number

if TYPE_CHECKING:
    from qualcode.anonymise.leaks import Leak
    from qualcode.core.values import Span, TranscriptId
    from qualcode.ui.workspace import Workspace

CHECKING = "Checking what is copied"
AS_SAID = "These words would be copied as they were said, names and all."


@dataclass(frozen=True, slots=True)
class _Taken:
    """What was ``said``, the words that would be copied for it, and ``where`` it stands, in words."""

    said: str
    words: str
    where: str


class Clipboard(QObject):
    """Nothing is copied that could identify somebody, unless a reason is given, which is logged."""

    held_back = Signal(object, object)
    """An ExportBlocked, and what copies all the same when it is called with a reason."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace

    def copy(self, transcript_id: TranscriptId, span: Span) -> None:
        """Copy a passage of a transcript as it would stand in a report, once it is known to name nobody."""
        guard = self._workspace.mask.way_out
        said = span.of(guard.rendering(transcript_id).original)
        self._check(_Taken(said, guard.quoted(transcript_id, span), self._place(transcript_id, span)))

    def copy_words(self, words: str) -> None:
        """Copy words of anywhere, anonymised, once they are known to name nobody."""
        self._check(_Taken(words, self.leaving(words), ""))

    def leaving(self, words: str) -> str:
        """Words of anywhere as they would leave."""
        return self._workspace.mask.way_out.text(words)

    def copy_original(self, transcript_id: TranscriptId, span: Span) -> None:
        """Copy a passage as it was said, for a reason."""
        said = span.of(self._workspace.project.transcripts.text(transcript_id))
        taken = _Taken(said, said, self._place(transcript_id, span))
        self.held_back.emit(ExportBlocked(AS_SAID, ()), lambda reason: self._copy_for(taken, (), reason))

    # --- within ---

    def _check(self, taken: _Taken) -> None:
        guard = self._workspace.mask.way_out
        if guard.has_looked:
            self._decide(taken, guard.leaks(taken.words))
            return
        self._workspace.operations.start(
            CHECKING,
            lambda _: guard.leaks_of(taken.said, taken.words),
            then=lambda leaks: self._decide(taken, leaks),
            quiet=True,
        )

    def _decide(self, taken: _Taken, leaks: Sequence[Leak]) -> None:
        if not self._workspace.is_open:
            return
        if not leaks:
            QGuiApplication.clipboard().setText(taken.words)
            self._workspace.said.emit("Copied" if taken.words == taken.said else "Copied, anonymised")
            return
        places = tuple(leak.sentence() for leak in leaks)
        sentence = (
            f"Nothing was copied: {number(len(places), 'place')} could identify a person. Decide about it in Prepare, "
            "or copy with a reason, which is logged."
        )
        self.held_back.emit(ExportBlocked(sentence, places), lambda reason: self._copy_for(taken, places, reason))

    def _copy_for(self, taken: _Taken, places: Sequence[str], reason: str) -> None:
        QGuiApplication.clipboard().setText(taken.words)
        detail = {"what": "words", "where": taken.where, "override": reason, "places": list(places)}
        self._workspace.project.note("Copy words", detail)
        self._workspace.said.emit("Copied. The reason is in the log.")

    def _place(self, transcript_id: TranscriptId, span: Span) -> str:
        from qualcode.core.spans import Lines

        project = self._workspace.project
        title = next((i.title for i in project.transcripts.interviews() if i.transcript_id == transcript_id), "")
        line = Lines(project.transcripts.text(transcript_id)).number(span.start)
        return f"{title}, line {line}"
