"""What is asked of a project's database."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import event

from qualcode.core.project import Project


def statements_of(project: Project, act: Callable[[], object]) -> list[str]:
    """The statements that are run while ``act`` is done, in their order."""
    found: list[str] = []
    engine = project._store.engine

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        found.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return found
