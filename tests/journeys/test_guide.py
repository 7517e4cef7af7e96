"""The guide shows the window as it is: its pictures are taken again, and its pages name those and no others."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote

import pytest
from PySide6.QtWidgets import QApplication

GUIDE = Path(__file__).parents[2] / "docs" / "guide"
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")


def links() -> set[Path]:
    """What the guide's pages lead to."""
    return {
        (page.parent / unquote(link)).resolve()
        for page in GUIDE.glob("*.md")
        for link in LINK.findall(page.read_text("utf-8"))
    }


@pytest.fixture
def making() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_pictures", GUIDE / "make_pictures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class DescribeGuide:
    def it_leads_nowhere_that_is_not_there(self):
        assert [str(link) for link in links() if not link.exists()] == []

    def it_shows_every_picture_there_is(self):
        assert {picture.resolve() for picture in GUIDE.glob("pictures/*.png")} == {
            link for link in links() if link.suffix == ".png"
        }

    def it_can_have_all_its_pictures_taken_again(
        self, qapp: QApplication, making: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setenv("QUALCODE_SETTINGS", str(tmp_path / "settings"))
        pictures = tmp_path / "pictures"
        pictures.mkdir()

        making.photograph(qapp, pictures, tmp_path, pause=0)

        assert {path.name for path in pictures.iterdir()} == {path.name for path in GUIDE.glob("pictures/*.png")}
