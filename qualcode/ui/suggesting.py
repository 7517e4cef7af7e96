"""Looking for suggestions on a worker."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.core.values import TranscriptId
from qualcode.ui.workspace import Workspace


def start(workspace: Workspace, transcript_ids: Sequence[TranscriptId]) -> None:
    raise NotImplementedError
