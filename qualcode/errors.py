"""What a person can act on. Anything else that is raised is a bug of ours."""

from __future__ import annotations

from pathlib import Path


class UserError(Exception):
    """Something the user can act on; ``str(error)`` is the one sentence to show."""


class UnreadableFile(UserError):
    """A file that could not be read as what it claims to be. Carries the path, so that a batch can list it."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path.name}: {reason}")
        self.path = path
        self.reason = reason

    def __reduce__(self) -> tuple[type[UnreadableFile], tuple[Path, str]]:
        return UnreadableFile, (self.path, self.reason)


class ProjectRefused(UserError):
    """A project file that cannot be opened: no project, newer, damaged, read-only or open elsewhere."""


class ExportBlocked(UserError):
    """An export held back because something in it could identify a person.

    ``places`` are sentences, each saying what was found and where.
    """

    def __init__(self, message: str, places: tuple[str, ...]) -> None:
        super().__init__(message)
        self.places = places


class Cancelled(UserError):
    """Long work that the user stopped; nothing of it was kept."""

    def __init__(self) -> None:
        super().__init__("Stopped. Nothing was changed.")
