"""``python docs/guide/make_pictures.py``: the guide's pictures, taken of the window while it shows the sample project.

Run it after the window changed; without a screen set QT_QPA_PLATFORM=offscreen. It writes to ``pictures/`` beside it.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt
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
from qualcode.ui.models.coded import Only

PICTURES = Path(__file__).with_name("pictures")
SIZE = (1280, 800)
WIDE = (1920, 1080)
PAUSE = 0.6
"""Seconds in which what begins after a moment (a search, a hint) has begun."""
SMALLEST = 0
"""How Qt asks for the best compression of a PNG."""

MARKED = {"a dinner lady": "", "put my name in lights": "She jokes when it comes close."}
"""Words that are marked as important, and what is noted beside them."""

BROUGHT_IN = """The wait
    A long wait: Any length of time that people call long
    Kept informed: Told while waiting how long it will be
Asking for help
    First step: Who made the first call, and why
"""


class Photographer:
    """The window, what is done in it, and the pictures taken of it."""

    def __init__(self, app: QApplication, folder: Path, pause: float) -> None:
        self.app = app
        self.pause = pause
        self.window = MainWindow(Preferences.load())
        self.window.resize(*SIZE)
        self.window.show()
        self._folder = folder

    def settle(self) -> None:
        """Let the window paint, and wait for what is under way."""
        until = time.monotonic() + self.pause
        self.app.processEvents()
        while time.monotonic() < until or not self.window.workspace.operations.idle:
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

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

    def wide(self, name: str) -> None:
        """Take a picture on a large screen."""
        self.window.resize(*WIDE)
        self.take(name)
        self.window.resize(*SIZE)

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
    at.tab("Interviews")


def familiarise(at: Photographer) -> None:
    stage = at.stage("familiarise")
    view = stage.first.view  # type: ignore[attr-defined]
    for words, note in MARKED.items():
        start = view.row.text.index(words)
        at.window.workspace.project.memos.mark(view.row.id, Span(start, start + len(words)), note)
    at.take("familiarise")
    stage.toggle_second()  # type: ignore[attr-defined]
    theme.appearance.apply(at.app, "dark", 1.0)
    at.wide("side by side")
    theme.appearance.apply(at.app, "light", 1.0)
    stage.toggle_second()  # type: ignore[attr-defined]
    stage.find_words()  # type: ignore[attr-defined]
    stage.words.concordance.look_for("wait*")  # type: ignore[attr-defined]
    at.take("words in context")
    stage.show_terms()  # type: ignore[attr-defined]
    stage.words.terms.by.pick("By wave")  # type: ignore[attr-defined]
    at.take("frequent terms")
    stage.words.closed.emit()  # type: ignore[attr-defined]


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
    at.wide("code wide")
    stage.margin.show_only(Only(weight=2))  # type: ignore[attr-defined]
    view.reveal(next(s.span for s in segments[4:] if (s.weight or 0) >= 2), select=False)
    at.take("margin filter")
    stage.margin.show_only(Only())  # type: ignore[attr-defined]
    at.press("Suggest")
    at.take("suggestions")
    at.looking("dark", 1.0, "code dark")


def codebook(at: Photographer) -> None:
    book = at.stage("code").codebook  # type: ignore[attr-defined]
    book.choose(next(code.id for code in book.desk.codes.values() if code.name == "A long wait"))
    book.open_sheet()
    at.take("code page")
    book.bring_in()
    book.drawer.page.show_text(BROUGHT_IN)
    at.take("bring in")
    book.drawer.close_drawer()
    at.window.workspace.project.codebook.add("Long waits")
    book.find_near()
    at.take("codes that may be one")
    book.drawer.close_drawer()
    at.window.workspace.project.undo()


def search(at: Photographer) -> None:
    found = at.stage("code").search  # type: ignore[attr-defined]
    found.find_words("wait*")
    at.take("find words")
    found.code_all.ask(found.code, [spot for group in found._found for spot in group.spots])
    found.code_all.chooser.field.setText("A long wait")
    QTest.keyClick(found.code_all.chooser.field, Qt.Key.Key_Return)
    at.take("code all")
    found.code_all.hide()
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
    at.stage("code")
    at.looking("light", 2.0, "code large")
    at.looking("contrast", 1.0, "high contrast")


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
    at.take("import")


WALKS: tuple[Callable[[Photographer], None], ...] = (
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


def photograph(app: QApplication, pictures: Path, folder: Path, pause: float = PAUSE) -> None:
    """Take all pictures; the projects they show are made in the folder."""
    make_sample_project(folder / "sample.qualcode", lambda *_: None)
    theme.appearance.apply(app, "light", 1.0)
    at = Photographer(app, pictures, pause)
    at.take("start")
    at.window.open_project(folder / "sample.qualcode")
    for walk in WALKS:
        walk(at)
    bench(at, folder)
    at.window.close()


def main() -> None:
    """Take them anew, in place of those that are there."""
    PICTURES.mkdir(exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as name:
        os.environ["QUALCODE_SETTINGS"] = str(Path(name) / "settings")
        photograph(QApplication([]), PICTURES, Path(name))


if __name__ == "__main__":
    main()
