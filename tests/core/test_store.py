from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Column, Connection, MetaData, Text, create_engine

from qualcode.core import migrations, quotes, store
from qualcode.core.project import Project
from qualcode.core.schema import Base
from qualcode.errors import ProjectRefused, UserError
from tests.helpers.projects import a_project, an_interview, code_words, dialogue, everything, land


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    with a_project(tmp_path) as project:
        project.codebook.add("Waiting")
        return project.path


def refused(path: Path) -> str:
    with pytest.raises(ProjectRefused) as caught:
        Project.open(path)
    return str(caught.value)


def opened_by_another_program(path: Path) -> str:
    """What another process meets that opens the file: ``opened``, or the sentence of the refusal."""
    return another_program(
        """
        try:
            Project.open(path, coder="Ben").close()
            print("opened")
        except ProjectRefused as refusal:
            print(refusal)
        """,
        path,
    )


def another_program(code: str, path: Path) -> str:
    """What a process of its own prints that runs ``code`` on ``path``."""
    source = f"""
import sys
from pathlib import Path
from qualcode.core.project import Project
from qualcode.errors import ProjectRefused, UserError
path = Path(sys.argv[1])
{textwrap.dedent(code)}"""
    done = subprocess.run([sys.executable, "-c", source, str(path)], capture_output=True, text=True, check=True)
    return done.stdout.strip()


class DescribeOpening:
    def it_brings_back_what_was_done(self, closed: Path) -> None:
        with Project.open(closed) as project:
            assert [code.name for code in project.codebook.all()] == ["Waiting"]
            assert project.name == "Study"

    def it_refuses_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        assert "There is no file" in refused(tmp_path / "gone.qualcode")

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a zip", b"SQLite format 3\x00" + bytes(200)])
    def it_refuses_what_is_no_project(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "other.qualcode"
        path.write_bytes(content)
        assert refused(path) == "other.qualcode is not a QualCode project."

    def it_refuses_somebody_elses_database(self, tmp_path: Path) -> None:
        path = tmp_path / "theirs.qualcode"
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE t (x)")
        connection.close()
        assert "is not a QualCode project" in refused(path)

    def it_refuses_a_file_from_a_newer_version(self, closed: Path) -> None:
        connection = sqlite3.connect(closed)
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
        connection.close()
        assert "newer version" in refused(closed)

    def it_refuses_a_file_that_is_open_elsewhere_and_leaves_it_usable(self, closed: Path) -> None:
        with Project.open(closed) as project:
            assert "already open" in refused(closed)
            project.codebook.add("Still works")

    def it_keeps_others_out_even_after_it_was_opened_twice_here(self, closed: Path) -> None:
        with Project.open(closed):
            refused(closed)
            assert "already open" in opened_by_another_program(closed)
        assert opened_by_another_program(closed) == "opened"

    def it_refuses_a_damaged_file_and_leaves_it_as_it_is(self, closed: Path) -> None:
        content = bytearray(closed.read_bytes())
        content[4096 * 3 : 4096 * 12] = b"\xff" * (4096 * 9)
        closed.write_bytes(content)
        assert "damaged" in refused(closed)
        assert closed.read_bytes() == bytes(content)

    def it_refuses_a_truncated_file(self, closed: Path) -> None:
        closed.write_bytes(closed.read_bytes()[:20000])
        assert "damaged" in refused(closed)

    @pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write anywhere")
    def it_refuses_a_read_only_file(self, closed: Path) -> None:
        closed.chmod(stat.S_IRUSR)
        assert "read-only" in refused(closed)

    def it_leaves_no_companion_file_behind(self, closed: Path) -> None:
        with Project.open(closed) as project:
            project.codebook.add("Trust")
        assert [p.name for p in closed.parent.iterdir()] == [closed.name]


class DescribeLookingAFileThrough:
    def it_finds_a_sound_one_sound_and_lets_it_be_opened(self, closed: Path) -> None:
        store.check(closed)
        with Project.open(closed, checked=True) as project:
            assert [code.name for code in project.codebook.all()] == ["Waiting"]

    def it_refuses_a_damaged_one(self, closed: Path) -> None:
        content = bytearray(closed.read_bytes())
        content[4096 * 3 : 4096 * 12] = b"\xff" * (4096 * 9)
        closed.write_bytes(content)
        with pytest.raises(ProjectRefused, match="damaged"):
            store.check(closed)

    def it_refuses_one_that_is_open_and_leaves_it_held(self, closed: Path) -> None:
        with Project.open(closed) as project:
            with pytest.raises(ProjectRefused, match="already open"):
                store.check(closed)
            assert "already open" in opened_by_another_program(closed)
            project.codebook.add("Still works")

    def it_refuses_what_is_no_project(self, tmp_path: Path) -> None:
        with pytest.raises(ProjectRefused, match="There is no file"):
            store.check(tmp_path / "gone.qualcode")


class DescribeCreating:
    def it_does_not_overwrite(self, closed: Path) -> None:
        with pytest.raises(UserError, match="is there already"):
            Project.create(closed)

    def it_says_when_the_folder_is_missing(self, tmp_path: Path) -> None:
        with pytest.raises(UserError, match="does not exist"):
            Project.create(tmp_path / "no" / "study.qualcode")

    @pytest.mark.skipif(os.name == "nt", reason="files cannot be kept small there")
    def it_leaves_nothing_half_done_where_there_is_no_room(self, tmp_path: Path) -> None:
        said = another_program(
            """
            import resource, signal
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
            try:
                Project.create(path)
            except UserError as error:
                print(error)
            """,
            tmp_path / "study.qualcode",
        )
        assert "study.qualcode cannot be written" in said
        assert list(tmp_path.iterdir()) == []


class DescribeSavingACopy:
    def it_writes_a_whole_project_that_opens(self, tmp_path: Path) -> None:
        with a_project(tmp_path) as project:
            land(project, dialogue(("Interviewer", "How was it?"), ("Participant", "It was long.")))
            project.save_copy(tmp_path / "copy.qualcode")
            before = everything(project)
        with Project.open(tmp_path / "copy.qualcode", coder="Ada") as copy:
            assert everything(copy) == before

    def it_refuses_to_overwrite(self, closed: Path) -> None:
        with Project.open(closed) as project, pytest.raises(UserError, match="is there already"):
            project.save_copy(closed)


class DescribeTheSchema:
    def it_is_the_same_made_anew_and_migrated_from_nothing(self, tmp_path: Path) -> None:
        from qualcode.core.migrations import upgrade

        made, migrated = MetaData(), MetaData()
        fresh = create_engine(f"sqlite:///{tmp_path / 'made.db'}")
        Base.metadata.create_all(fresh)
        made.reflect(fresh)
        stepped = create_engine(f"sqlite:///{tmp_path / 'migrated.db'}", isolation_level="AUTOCOMMIT")
        with stepped.connect() as connection:
            upgrade(connection)
        migrated.reflect(stepped)
        fresh.dispose()
        stepped.dispose()
        migrated.remove(migrated.tables["alembic_version"])
        assert _described(migrated) == _described(made)

    def it_names_every_revision_there_is(self) -> None:
        folder = Path(store.__file__).parent / "migrations" / "versions"
        assert sorted(p.stem.partition("_")[0] for p in folder.glob("[0-9]*.py")) == list(store.REVISIONS)


class DescribeBringingUpToDate:
    """With a revision that does not exist yet, and does what is most dangerous: it copies a table over."""

    @pytest.fixture
    def older(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        with a_project(tmp_path) as project:
            an_interview(project, "P01", "We waited for months.")
            transcript_id = project.transcripts.interviews()[0].transcript_id
            code_words(project, transcript_id, "waited for months", project.codebook.add("Waiting"))
        monkeypatch.setattr(store, "REVISIONS", (*store.REVISIONS, "9999"))
        return project.path

    def next_revision(self, statement: str = "") -> Callable[[Connection], None]:
        def upgrade(connection: Connection) -> None:
            with Operations(MigrationContext.configure(connection)).batch_alter_table(
                "code", recreate="always"
            ) as code:
                code.add_column(Column("icon", Text))
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
            if statement:
                connection.exec_driver_sql(statement)

        return upgrade

    def it_keeps_everything_and_a_checked_backup(self, older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(migrations, "upgrade", self.next_revision())
        with Project.open(older, coder="Ada") as project:
            assert [s.quote for s in project.coding.all()] == ["waited for months"]
            assert project.check() == []
            project.codebook.remove([project.codebook.all()[0].id])
            assert project.coding.all() == []
            assert "already open" in opened_by_another_program(older)
        monkeypatch.undo()
        backup = older.with_name("study before update from 0001.qualcode")
        assert {p.name for p in older.parent.iterdir()} == {older.name, backup.name}
        with Project.open(backup, coder="Ada") as project:
            assert [s.quote for s in project.coding.all()] == ["waited for months"]

    @pytest.mark.parametrize("statement", ["DELETE FROM coder", "INSERT INTO nowhere VALUES (1)"])
    def it_leaves_the_file_as_it_was_when_it_fails(
        self, older: Path, monkeypatch: pytest.MonkeyPatch, statement: str
    ) -> None:
        monkeypatch.setattr(migrations, "upgrade", self.next_revision(statement))
        refused(older)
        monkeypatch.undo()
        with Project.open(older, coder="Ada") as project:
            assert [s.quote for s in project.coding.all()] == ["waited for months"]
            assert [c.name for c in project.people.coders()] == ["Ada"]


def _described(metadata: MetaData) -> dict[str, object]:
    return {
        table.name: (
            sorted((c.name, str(c.type), c.nullable, c.primary_key) for c in table.columns),
            sorted((str(i.name), [c.name for c in i.columns]) for i in table.indexes),
            sorted((f.parent.name, f.target_fullname, f.ondelete or "") for f in table.foreign_keys),
            sorted(str(c.name) for c in table.constraints),
        )
        for table in metadata.sorted_tables
    }


class DescribeOldFiles:
    FOLDER = Path(__file__).parent.parent / "files_from_old_versions"

    @pytest.mark.parametrize("revision", store.REVISIONS)
    def it_opens_a_file_from_every_released_schema(self, tmp_path: Path, revision: str) -> None:
        old = self.FOLDER / f"{revision}.qualcode"
        path = Path(shutil.copy(old, tmp_path / "old.qualcode"))
        with Project.open(path, coder="Ada") as project:
            assert project.check() == []
            assert [c.name for c in project.codebook.all()] == ["Waiting lists", "Confidentiality"]
            assert len(project.coding.all()) == 3
            assert [t.name for t in project.themes.all()] == ["Access", "Getting there"]
            assert [w.name for w in project.waves.all()] == ["Spring", "Autumn"]
            assert [len(person.attributes) for person in project.people.all()] == [2]
            assert [m.text for m in project.memos.of_participant(project.people.all()[0].id)] != []
            assert [i.replacement for i in project.identifiers.all() if i.replacement] == ["[a member of staff]"]
            assert len(project.suggestions.open()) == 1
            (quote,) = project.findings.all()[0].quotes
            assert quotes.shown(quote.verbatim, quote.edits) == (
                "I waited half a year, [...] and then [a member of staff] rang from the harbour office."
            )
