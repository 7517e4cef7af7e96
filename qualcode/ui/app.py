"""Starting the window, and what happens to an error that is ours."""

from __future__ import annotations

import gc
import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

from qualcode import __version__
from qualcode.resources import resource
from qualcode.settings import Preferences
from qualcode.ui import theme
from qualcode.ui.main_window import MainWindow

_MANY = 20_000
"""New objects after which the collector looks for rings. A list of a large project's segments makes a hundred thousand
objects and no ring; at Python's 700 a third of the time of reading it went into looking."""


def run(path: Path | None = None) -> int:
    """Show the window, with a project when one is given, until it is closed; the exit code."""
    app, window = started()
    if path is not None:
        QTimer.singleShot(0, window, lambda: window.open_project(path))
    return app.exec()


def started() -> tuple[QApplication, MainWindow]:
    """The program with its window shown.

    What is there by now stays, so the garbage collector need not look at it again. Whoever loads this module may switch
    the collector off before, which saves a tenth of the start.
    """
    app = QApplication(sys.argv[:1])
    app.setApplicationName("QualCode")
    app.setDesktopFileName("qualcode")
    app.setWindowIcon(QIcon(str(resource("icons", "qualcode.svg"))))
    preferences = Preferences.load()
    theme.appearance.apply(app, preferences.appearance, preferences.text_scale / 100)
    app.styleHints().colorSchemeChanged.connect(
        lambda: theme.appearance.apply(app, preferences.appearance, preferences.text_scale / 100)
    )
    sys.excepthook = tell_of_our_error
    window = MainWindow(preferences)
    window.show()
    gc.freeze()
    gc.set_threshold(_MANY)
    gc.enable()
    return app, window


def tell_of_our_error(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say plainly that the program, not the user, is at fault, with a report that can be copied.

    The report names places in the code and the kind of error only: an error's own words could hold a transcript's.
    """
    sys.__excepthook__(kind, error, trace)
    box = QMessageBox(QMessageBox.Icon.Critical, "QualCode", "Something went wrong in QualCode. Your work is saved.")
    box.setInformativeText("You can go on. The report under Details, which holds none of your data, helps to mend it.")
    box.setDetailedText(report_of(kind, trace))
    box.exec()


def report_of(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Where in the program an error arose, without a word of anybody's data."""
    places = [f"{Path(f.filename).name}:{f.lineno} in {f.name}" for f in traceback.extract_tb(trace)]
    return "\n".join([f"QualCode {__version__}, Python {sys.version.split()[0]}", kind.__name__, *places])
