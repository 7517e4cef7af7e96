"""``python -m tests.benchmarks.view``: the transcript that is coded, beside bare Qt.

Bare Qt is a text widget of the same size that shows the same text in the same letters, with an extra selection for each
segment. Ours is the Code stage on a project file: it reads from the disk, sets the page, paints stripes and labels, and
when it codes a passage it has written it. The two take turns, so that both meet the same load. The times are those of
the processor, which do not hang on what else the machine does; what waits for the disk is said beside.
"""

from __future__ import annotations

import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QColor, QTextCursor
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTextEdit

from qualcode.core.coding import NewSegment
from qualcode.core.project import Project
from qualcode.core.transcripts import Placement
from qualcode.core.values import InterviewId, Span, Transcript, TranscriptId
from qualcode.settings import Preferences
from qualcode.ui import theme
from qualcode.ui.stages.code import CodeStage
from qualcode.ui.workspace import Workspace
from tests.benchmarks.interviews import CODES, interview, passages

SIZES = ((8_000, 120), (8_000, 1_200), (80_000, 1_200))
ROUNDS = 7
STEPS = 40
WIDTH, HEIGHT = 620, 700

Text = QPlainTextEdit | QTextEdit
Figures = dict[str, list[float]]


class Bare:
    """A text widget of Qt's own with extra selections."""

    def __init__(self, kind: type[Text], transcript: Transcript, segments: list[Span]) -> None:
        self._kind, self._transcript, self._segments = kind, transcript, segments
        self.widget: Text = kind()

    def open(self) -> None:
        self.widget = self._kind()
        self.widget.setReadOnly(True)
        self.widget.setFont(theme.reading_font())
        self.widget.resize(WIDTH, HEIGHT)
        self.widget.setPlainText(self._transcript.text)
        self._select(self._segments)
        self.widget.show()
        self.widget.grab()

    def scroll(self, share: float) -> None:
        _scroll(self.widget, share)

    def add(self, span: Span) -> None:
        self._segments = [*self._segments, span]
        self._select(self._segments)
        self.widget.grab()

    def _select(self, spans: list[Span]) -> None:
        found = []
        for span in spans:
            extra = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.widget.document())
            cursor.setPosition(span.start)
            cursor.setPosition(span.end, QTextCursor.MoveMode.KeepAnchor)
            extra.cursor = cursor  # type: ignore[attr-defined]
            extra.format.setBackground(QColor("#cfe0f3"))  # type: ignore[attr-defined]
            found.append(extra)
        self.widget.setExtraSelections(found)


class Ours:
    """The Code stage on a project with the long interview and a short one, to go back and forth between."""

    def __init__(self, folder: Path, transcript: Transcript, segments: list[tuple[int, Span]]) -> None:
        project = Project.create(folder / "study.qualcode", coder="Ada")
        self.codes = [project.codebook.add(f"Code {n}") for n in range(CODES)]
        self._long, transcript_id = _land(project, transcript, "Long")
        self._short, _ = _land(project, interview(99, 500), "Short")
        project.coding.apply_many([NewSegment(transcript_id, span, self.codes[n]) for n, span in segments])
        self.workspace = Workspace(Preferences())
        self.workspace.take(project)
        self.workspace.interview_id = self._short
        self.stage = CodeStage(self.workspace)
        self.workspace.changed.connect(self.stage.react)
        self.stage.resize(1280, HEIGHT + 60)
        self.stage.load()
        self.stage.show()

    def leave(self) -> None:
        self.stage.show_interview(self._short)
        QApplication.processEvents()

    def open(self) -> None:
        self.stage.show_interview(self._long)
        self._painted()

    def scroll(self, share: float) -> None:
        bar = self.stage.view.verticalScrollBar()
        bar.setValue(round(bar.maximum() * share))
        self._painted()

    def add(self, span: Span, number: int) -> None:
        self.stage.view.select(span)
        self.stage.desk.apply(self.codes[number])
        self._painted()

    def _painted(self) -> None:
        self.stage.view.grab()


def main() -> None:
    """Print the table."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.appearance.apply(app, "light", 1.0)
    print(f"{'milliseconds, in the middle of ' + str(ROUNDS):<44}{'plain':>9}{'rich':>9}{'ours':>9}{'to plain':>10}")
    for words, count in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            figures, commit = measured(Path(folder), words, count)
        print(f"{words:,} words, {count:,} segments")
        for what in ("open", "scroll", "one more code"):
            plain, rich, ours = (
                statistics.median(figures[f"{who} {what}"]) * 1_000 for who in ("plain", "rich", "ours")
            )
            print(f"  {what:<42}{plain:>9.1f}{rich:>9.1f}{ours:>9.1f}{ours / plain:>9.2f}x")
        print(f"  {'(waiting for one bare commit)':<42}{'':>18}{commit * 1_000:>9.1f}")


def measured(folder: Path, words: int, count: int) -> tuple[Figures, float]:
    """Seconds of each kind of work, by who did it and what it was; and those of a bare commit."""
    transcript = interview(1, words)
    segments = passages(1, transcript, count)
    spans = [span for _, span in segments]
    plain, rich = Bare(QPlainTextEdit, transcript, spans), Bare(QTextEdit, transcript, spans)
    ours = Ours(folder, transcript, segments)
    figures: Figures = {}
    for _ in range(ROUNDS):
        ours.leave()
        _time(figures, "plain open", plain.open)
        _time(figures, "rich open", rich.open)
        _time(figures, "ours open", ours.open)
        QApplication.processEvents()
    _settle()
    for step in range(STEPS):
        share = step / STEPS
        _time(figures, "plain scroll", lambda at=share: plain.scroll(at))
        _time(figures, "rich scroll", lambda at=share: rich.scroll(at))
        _time(figures, "ours scroll", lambda at=share: ours.scroll(at))
    ours.scroll(0)
    answers = [turn.span for turn in transcript.turns if turn.speaker == 1]
    for number in range(ROUNDS):
        new = Span(answers[number % 3].start + number, answers[number % 3].start + 60 + 5 * number)
        _time(figures, "plain one more code", lambda span=new: plain.add(span))
        _time(figures, "rich one more code", lambda span=new: rich.add(span))
        _time(figures, "ours one more code", lambda span=new, n=number: ours.add(span, n))
        QApplication.processEvents()
    ours.workspace.take(None)
    return figures, _commit(folder / "bare.sqlite")


def _land(project: Project, transcript: Transcript, title: str) -> tuple[InterviewId, TranscriptId]:
    interview_id = project.transcripts.add(transcript, Placement(title))
    rows = project.transcripts.interviews()
    return interview_id, next(row.transcript_id for row in rows if row.id == interview_id)


def _scroll(widget: Text, share: float) -> None:
    bar = widget.verticalScrollBar()
    bar.setValue(round(bar.maximum() * share))
    widget.grab()


def _time(figures: Figures, what: str, act: Callable[[], None]) -> None:
    began = time.thread_time()
    act()
    figures.setdefault(what, []).append(time.thread_time() - began)


def _settle() -> None:
    """Let Qt set the rest of the pages, which it does little by little after they are shown."""
    until = time.perf_counter() + 1.5
    while time.perf_counter() < until:
        QApplication.processEvents()


def _commit(path: Path) -> float:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE one (value)")
    waited = []
    for _ in range(ROUNDS):
        connection.execute("INSERT INTO one VALUES (1)")
        began = time.perf_counter()
        connection.commit()
        waited.append(time.perf_counter() - began)
    connection.close()
    return statistics.median(waited)


if __name__ == "__main__":
    main()
