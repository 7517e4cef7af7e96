"""The open project: its nouns, its steps, and what changed."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert, select, update

from qualcode.core import schema, store
from qualcode.core.analysis import Analysis
from qualcode.core.codebook import Codebook
from qualcode.core.coding import Coding
from qualcode.core.comments import Comments
from qualcode.core.findings import Findings
from qualcode.core.identifiers import Identifiers
from qualcode.core.journal import Journal, Listener
from qualcode.core.memos import Memos
from qualcode.core.people import People
from qualcode.core.reading import Readings
from qualcode.core.reports import Reports
from qualcode.core.rows import ActivityRow
from qualcode.core.schema import Activity, ProjectInfo, Setting, new_id
from qualcode.core.suggestions import Suggestions
from qualcode.core.summaries import Summaries
from qualcode.core.summary import Summary, summary
from qualcode.core.themes import Themes
from qualcode.core.transcripts import Transcripts
from qualcode.core.values import Change, CoderId
from qualcode.core.waves import Waves
from qualcode.errors import UserError

STAGES = ("prepare", "familiarise", "code", "themes", "compare", "report")


class Project:
    """One project file, open in this process alone. Every write is on disk when its call returns.

    Writes take ids and values; reads return frozen rows. Use it on one thread.
    """

    def __init__(self, opened: store.Store) -> None:
        self._store = opened
        self._journal = Journal(opened.connection)
        self.people = People(self._journal)
        self.waves = Waves(self._journal)
        self.transcripts = Transcripts(self._journal)
        self.codebook = Codebook(self._journal)
        self.coding = Coding(self._journal)
        self.suggestions = Suggestions(self._journal, self.coding)
        self.themes = Themes(self._journal)
        self.summaries = Summaries(self._journal)
        self.memos = Memos(self._journal)
        self.comments = Comments(self._journal)
        self.findings = Findings(self._journal)
        self.identifiers = Identifiers(self._journal)
        self.reports = Reports(self._journal)
        self.readings = Readings(self._journal)

    # --- opening and closing ---

    @classmethod
    def create(cls, path: Path, *, name: str = "", coder: str = "") -> Project:
        """Make a new project file. Raises UserError if it cannot be made there."""
        project = cls(store.create(path))
        with project.step("Create project"):
            row = {"id": new_id(), "name": name or path.stem}
            project._journal.write(insert(ProjectInfo).values(row))
        project.work_as(coder or _login_name())
        project._journal.forget()
        return project

    @classmethod
    def open(cls, path: Path, *, coder: str = "", checked: bool = False) -> Project:
        """Open a project file. Raises ProjectRefused with a sentence when it can't be.

        A large one is better looked through beforehand on a worker (:func:`qualcode.core.store.check`): ``checked``.
        """
        project = cls(store.open_file(path, checked=checked))
        project.work_as(coder or _login_name())
        project._journal.forget()
        return project

    def close(self) -> None:
        self._store.close()

    def __enter__(self) -> Project:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def path(self) -> Path:
        return self._store.path

    def save_copy(self, target: Path) -> None:
        """Write a checked copy of the project to ``target``. Raises UserError if it cannot be written."""
        store.save_copy(self._store, target)

    # --- steps ---

    def step(
        self, label: str, *, group: str | None = None, detail: Mapping[str, Any] | None = None
    ) -> AbstractContextManager[None]:
        """Make everything written within one act: on disk together, undone together, told once."""
        return self._journal.step(label, group=group, detail=detail)

    def undo(self) -> Change:
        """Take the last act back. Raises UserError when there is none."""
        self._refuse_without(self.undo_label, "undo")
        return self._journal.undo()

    def redo(self) -> Change:
        """Do the act again that was last undone. Raises UserError when there is none."""
        self._refuse_without(self.redo_label, "redo")
        return self._journal.redo()

    def undoing(self, at_most: int) -> Iterator[Change]:
        """Take the last act back in pieces of about ``at_most`` row changes, each of them whole steps and on disk.

        Raises UserError when there is none, like :meth:`undo`.
        """
        self._refuse_without(self.undo_label, "undo")
        return self._journal.undoing(at_most)

    def redoing(self, at_most: int) -> Iterator[Change]:
        """Do the act again that was last undone, in pieces as :meth:`undoing` does. Raises UserError without one."""
        self._refuse_without(self.redo_label, "redo")
        return self._journal.redoing(at_most)

    @staticmethod
    def _refuse_without(label: str | None, what: str) -> None:
        if label is None:
            raise UserError(f"There is nothing to {what}.")

    @property
    def undo_label(self) -> str | None:
        return self._journal.undo_label

    @property
    def redo_label(self) -> str | None:
        return self._journal.redo_label

    def on_change(self, listener: Listener) -> Callable[[], None]:
        """Have ``listener`` told once after each act, undo and redo; the returned call ends that."""
        return self._journal.on_change(listener)

    # --- the project itself ---

    @property
    def coder_id(self) -> CoderId:
        """Who is at work."""
        assert self._journal.coder_id is not None
        return self._journal.coder_id

    def work_as(self, coder: str) -> None:
        """Let what follows be the work of this coder, who is added when new."""
        self._journal.coder_id = self.people.coder(coder)

    @property
    def name(self) -> str:
        return str(self._journal.read(select(ProjectInfo.name))[0].name)

    @property
    def stage(self) -> str:
        """Where the analyst says the work is: one of STAGES."""
        return str(self._journal.read(select(ProjectInfo.stage))[0].stage)

    def rename(self, name: str) -> None:
        with self.step("Rename project"):
            self._journal.write(update(ProjectInfo).values(name=name))

    def move_to_stage(self, stage: str) -> None:
        """Move the project's stage and keep the framework as it stands under that name."""
        if stage not in STAGES:
            raise ValueError(stage)
        with self.step(f"Move to {stage.capitalize()}", detail={"stage": stage}):
            self._journal.write(update(ProjectInfo).values(stage=stage))
            self.themes.take_snapshot(f"On moving to {stage.capitalize()}")

    def setting(self, key: str) -> dict[str, Any]:
        """A house rule kept in the project; empty when never set."""
        found = self._journal.read(select(Setting.value).where(Setting.key == key))
        return dict(found[0].value) if found else {}

    def set_setting(self, key: str, value: Mapping[str, Any]) -> None:
        with self.step("Change house rules"):
            self._journal.write(delete(Setting).where(Setting.key == key))
            self._journal.write(insert(Setting).values(key=key, value=dict(value)))

    def analysis(self) -> Analysis:
        """Who said what, as it stands now."""
        return Analysis(self._journal)

    def summary(self) -> Summary:
        """How far the work is, in numbers."""
        return summary(self._journal)

    def note(self, label: str, detail: Mapping[str, Any]) -> None:
        """Put a line into the activity log for what changes no row: an export, an override and its reason."""
        with self._journal.step(label, detail=detail):
            pass

    def log(self) -> list[ActivityRow]:
        """The activity log, oldest first."""
        columns = select(Activity.at, Activity.coder_id, Activity.verb, Activity.label, Activity.detail)
        return [ActivityRow(*row) for row in self._journal.read(columns.order_by(Activity.id))]

    def check(self) -> list[str]:
        """What is not as it should be in the file, a sentence each; none in a sound one.

        An index of words that does not fit the texts is made anew.
        """
        found = [
            f"A segment no longer has its words: “{row.quote[:60]}” in transcript {row.transcript_id}."
            for row in self.coding.broken()
        ]
        found += [f"A link leads nowhere: {table}." for table in store.dangling(self._store)]
        if store.mend_word_index(self._store):
            found.append("The index of words did not fit the transcripts. It was made anew.")
        return found


def tables() -> tuple[str, ...]:
    """The names of the tables that a change notice can speak of."""
    return tuple(t.name for t in schema.recorded_tables())


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "Analyst"
