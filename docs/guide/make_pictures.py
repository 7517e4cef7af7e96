"""``python docs/guide/make_pictures.py``: the guide's pictures, taken of the window while it shows the sample project.

Run it after the window changed; without a screen set QT_QPA_PLATFORM=offscreen. It writes to ``pictures/`` beside it.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QTabWidget, QWidget

from qualcode.core.retrieval import Condition, Relation, SegmentSearch
from qualcode.core.scope import Topic
from qualcode.core.values import Span
from qualcode.resources import samples
from qualcode.sample import make_sample_project
from qualcode.settings import Preferences
from qualcode.ui import theme
from qualcode.ui.dialogs.shortcuts import ShortcutsDialog
from qualcode.ui.main_window import MainWindow

PICTURES = Path(__file__).with_name("pictures")
SIZE = (1280, 800)
SMALLEST = 0
"""How Qt asks for the best compression of a PNG."""

BROUGHT_IN = """The wait
    A long wait: Any length of time that people call long
    Kept informed: Told while waiting how long it will be
Asking for help
    First step: Who made the first call, and why
"""


class Photographer:
    """The window, what is done in it, and the pictures taken of it."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self.app = app
        self.window = MainWindow(Preferences.load())
        self.window.resize(*SIZE)
        self.window.show()
        self._folder = folder

    def settle(self, seconds: float = 0.6) -> None:
        """Let the window paint, and wait for what is under way."""
        until = time.monotonic() + seconds
        while time.monotonic() < until or not self.window.workspace.operations.idle:
            self.app.processEvents()

    def take(self, name: str) -> None:
        """Take a picture of the window, with the popup above it if one is open."""
        self.settle()
        picture = self.window.grab()
        popup = self.app.activePopupWidget()
        if popup is not None:
            popup.render(picture, self.window.mapFromGlobal(popup.pos()))
        self.save(picture, name)

    def save(self, picture: QPixmap, name: str) -> None:
        small = picture.toImage().convertToFormat(QImage.Format.Format_RGB888)
        small.save(str(self._folder / f"{name}.png"), "PNG", SMALLEST)

    def looking(self, look: str, scale: float, name: str) -> None:
        """Take a picture with another appearance."""
        theme.appearance.apply(self.app, look, scale)
        self.take(name)
        theme.appearance.apply(self.app, "light", 1.0)

    def stage(self, key: str) -> QWidget:
        self.window.show_stage(key)
        self.settle()
        return self.window.pages.stages[key]

    def tab(self, words: str) -> None:
        """Turn to the tab whose name begins so."""
        for tabs in self.window.findChildren(QTabWidget):
            for number in range(tabs.count()):
                if tabs.isVisible() and tabs.tabText(number).startswith(words):
                    tabs.setCurrentIndex(number)
                    self.settle()
                    return
        raise LookupError(f"There is no tab “{words}”.")

    def press(self, words: str) -> None:
        """Press the visible button that begins with these words."""
        buttons = [b for b in self.window.findChildren(QPushButton) if b.isVisible() and b.text().startswith(words)]
        buttons[0].click()
        self.settle()


def prepare(at: Photographer) -> None:
    at.stage("prepare")
    at.take("prepare")
    at.tab("Participants")
    at.take("participants")
    at.tab("Waves")
    at.take("waves")
    at.tab("Anonymity")
    at.press("Look ")
    at.take("anonymity")
    at.looking("dark", 1.0, "anonymity dark")
    at.tab("Interviews")


def familiarise(at: Photographer) -> None:
    stage = at.stage("familiarise")
    at.take("familiarise")
    stage.words.show()  # type: ignore[attr-defined]
    stage.words.show_context("waited")  # type: ignore[attr-defined]
    at.take("words in context")
    stage.words.hide()  # type: ignore[attr-defined]


def anonymised(at: Photographer) -> None:
    at.stage("familiarise")
    at.window.switch_mask()
    at.take("anonymised")
    at.window.switch_mask()


def code(at: Photographer) -> None:
    stage = at.stage("code")
    view = stage.view  # type: ignore[attr-defined]
    segments = at.window.workspace.project.coding.of_transcript(view.row.id)
    view.reveal(segments[3].span, select=False)
    at.take("code")
    after = view.row.text.index(". ", segments[3].span.end) + 2
    view.setFocus()
    view.select(Span(after, view.row.text.index(".", after) + 1))
    QTest.keyClick(view, Qt.Key.Key_Return)
    QTest.keyClicks(stage.palette_.field, "wa")  # type: ignore[attr-defined]
    at.take("palette")
    stage.palette_.hide()  # type: ignore[attr-defined]
    at.press("Suggest")
    at.take("suggestions")
    at.looking("dark", 1.0, "code dark")
    at.looking("light", 2.0, "code large")


def codebook(at: Photographer) -> None:
    book = at.stage("code").codebook  # type: ignore[attr-defined]
    book.choose(next(code.id for code in book.desk.codes.values() if code.name == "A long wait"))
    book.open_sheet()
    at.take("code page")
    book.bring_in()
    book.drawer.page.show_text(BROUGHT_IN)
    at.take("bring in")
    book.drawer.close_drawer()


def search(at: Photographer) -> None:
    found = at.stage("code").search  # type: ignore[attr-defined]
    found.find_words("wait*")
    at.take("find words")
    themes = {theme.name: theme.id for theme in at.window.workspace.project.themes.all()}
    found.find_segments()
    near = Condition(Relation.NEAR, Topic(theme_ids=frozenset({themes["Being known"]})), turns=2)
    found.segments.set_search(SegmentSearch(Topic(theme_ids=frozenset({themes["The wait"]})), (near,)))
    found.segments.changed.emit()
    at.take("find segments")
    found.close_drawer()


def keys(at: Photographer) -> None:
    at.window.show_shortcuts()
    at.settle()
    dialog = at.window.findChild(ShortcutsDialog)
    dialog.filter.setText("code segment")
    at.settle()
    at.save(dialog.grab(), "keys")
    dialog.close()


def themes(at: Photographer) -> None:
    stage = at.stage("themes")
    board = stage.board  # type: ignore[attr-defined]
    board.setCurrentIndex(board.model().index(0, 0))
    at.take("themes")


def compare(at: Photographer) -> None:
    at.stage("compare")
    at.take("matrix")
    at.tab("Waves")
    at.take("compare waves")
    at.tab("Matrix")


def report(at: Photographer) -> None:
    at.stage("report")
    at.take("report")
    at.tab("Page")
    at.take("page")
    at.tab("Evidence")
    at.looking("dark", 1.0, "report dark")


def bench(at: Photographer, folder: Path) -> None:
    at.window.create_project(folder / "New study.qualcode")
    stage = at.stage("prepare")
    stage.open_files([samples() / "interviews"])  # type: ignore[attr-defined]
    at.settle(1)
    at.take("import")


def main() -> None:
    """Take all of them."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["QUALCODE_SETTINGS"] = str(folder / "settings")
        make_sample_project(folder / "sample.qualcode", lambda *_: None)
        app = QApplication([])
        theme.appearance.apply(app, "light", 1.0)
        at = Photographer(app, PICTURES)
        at.take("start")
        at.window.open_project(folder / "sample.qualcode")
        walks: tuple[Callable[[Photographer], None], ...] = (
            prepare,
            familiarise,
            anonymised,
            code,
            codebook,
            search,
            keys,
            themes,
            compare,
            report,
        )
        for walk in walks:
            walk(at)
        bench(at, folder)
        at.window.close()


if __name__ == "__main__":
    main()
