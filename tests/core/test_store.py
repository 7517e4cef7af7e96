from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from pathlib import Path

import pytest
from sqlalchemy import MetaData, create_engine

from qualcode.core import store
from qualcode.core.project import Project
from qualcode.core.schema import Base
from qualcode.errors import ProjectRefused, UserError
from tests.helpers.projects import a_project, dialogue, everything, land


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    with a_project(tmp_path) as project:
        project.codebook.add("Waiting")
        return project.path


def refused(path: Path) -> str:
    with pytest.raises(ProjectRefused) as caught:
        Project.open(path)
    return str(caught.value)


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


class DescribeCreating:
    def it_does_not_overwrite(self, closed: Path) -> None:
        with pytest.raises(UserError, match="is there already"):
            Project.create(closed)

    def it_says_when_the_folder_is_missing(self, tmp_path: Path) -> None:
        with pytest.raises(UserError, match="does not exist"):
            Project.create(tmp_path / "no" / "study.qualcode")


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
            finding = project.findings.all()[0]
            assert finding.quotes[0].edits != ()
