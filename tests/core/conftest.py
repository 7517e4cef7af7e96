from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.core.project import Project
from tests.helpers.projects import a_project, scratch


@pytest.fixture
def project() -> Iterator[Project]:
    """An empty project, open, with Ada at work."""
    with scratch() as folder, a_project(Path(folder)) as opened:
        yield opened
