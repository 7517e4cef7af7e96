"""Looking for suggestions on a worker: values go out, suggestions come home and land in one step."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from weakref import WeakKeyDictionary

from qualcode.acts import material
from qualcode.core.progress import Progress
from qualcode.core.project import Project
from qualcode.core.values import Suggestion, TranscriptId
from qualcode.suggest import Suggesters
from qualcode.ui.operations import Task
from qualcode.ui.workspace import Workspace

TITLE = "Looking for suggestions"
NOTHING_FOUND = "No passage was found worth suggesting"

_known: WeakKeyDictionary[Project, Suggesters] = WeakKeyDictionary()
"""The suggesters of each open project, with what they learned in it; only ever asked on the one worker."""


def start(workspace: Workspace, transcript_ids: Sequence[TranscriptId]) -> None:
    """Put new suggestions in the place of those that wait in these transcripts, and say how many there are."""
    given, wanted = material(workspace.project), tuple(transcript_ids)
    suggesters = _known.setdefault(workspace.project, Suggesters())

    def look(task: Task) -> tuple[Suggestion, ...]:
        def tell(at: Progress) -> None:
            task.progress(at.done, at.total, at.what)

        return suggesters.suggest(given, wanted, tell, task.cancelled)

    workspace.operations.start(TITLE, look, then=partial(_land, workspace, wanted))


def _land(workspace: Workspace, wanted: tuple[TranscriptId, ...], found: Sequence[Suggestion]) -> None:
    def offer() -> None:
        suggestions = workspace.project.suggestions
        suggestions.offer(found, wanted)
        workspace.said.emit(_told(sum(len(suggestions.open(transcript_id)) for transcript_id in wanted)))

    workspace.attempt(offer)


def _told(count: int) -> str:
    if not count:
        return NOTHING_FOUND
    return "1 passage suggested" if count == 1 else f"{count} passages suggested"
