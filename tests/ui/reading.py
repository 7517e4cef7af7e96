"""What tests of the Familiarise stage share: three interviews, the stage on the screen, and what can be read on it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qualcode.core.project import Project
from qualcode.core.rows import InterviewRow
from qualcode.core.values import InterviewId, TranscriptId
from qualcode.ui.stages.familiarise import FamiliariseStage
from qualcode.ui.workspace import Workspace
from tests.helpers.projects import dialogue, land, span_of
from tests.ui.showing import on_screen

FIRST = (
    "Well 👩‍👩‍👧, é it took months. Nobody rang us back about the waiting list.\nאנחנו חיכינו, we waited and waited."
)
A_LINE = 72
MORE = "There was a room, always the same room, and nobody knocked. We kept waiting for the letter. " * 4


def a_long_interview(project: Project, pseudonym: str, wave: str, answer: str) -> TranscriptId:
    person = project.people.find(pseudonym) or project.people.add(pseudonym)
    said = [("Interviewer", "How long was the waiting 😀?"), ("Participant", answer)]
    for number in range(12):
        said += [("Interviewer", f"And after that, number {number}?"), ("Participant", MORE)]
    transcript = dialogue(*said, name=f"{pseudonym} {wave}")
    wave_id = project.waves.find(wave) or project.waves.add(wave)
    return land(project, transcript, title=f"{pseudonym} · {wave}", wave_id=wave_id, people=[person])[1]


def three_interviews(project: Project) -> dict[str, TranscriptId]:
    """Two people in two waves, the first heard in both."""
    with project.step("Fill the project"):
        found = {
            "P01 · Wave 1": a_long_interview(project, "P01", "Wave 1", FIRST),
            "P02 · Wave 1": a_long_interview(project, "P02", "Wave 1", "The mentor helped, the mentor listened."),
            "P01 · Wave 2": a_long_interview(project, "P01", "Wave 2", "The mentor left and the list grew."),
        }
        role = project.people.add_attribute("Role", "choice", ["Parent", "Mentor"])
        for pseudonym, value in (("P01", "Parent"), ("P02", "Mentor")):
            project.people.set_value(project.people.find(pseudonym), role, value)  # type: ignore[arg-type]
    return found


def a_stage(qtbot: QtBot, workspace: Workspace) -> FamiliariseStage:
    """The stage on the screen, with the cursor in the transcript that is read."""
    found = on_screen(qtbot, workspace, FamiliariseStage(workspace))
    found.activateWindow()
    if workspace.project.transcripts.interviews():
        found.first.view.setFocus()
        qtbot.waitUntil(found.first.view.hasFocus)
    return found


def press(stage: FamiliariseStage, key: Qt.Key, *, ctrl: bool = False, shift: bool = False) -> None:
    held = Qt.KeyboardModifier.NoModifier
    held |= Qt.KeyboardModifier.ControlModifier if ctrl else held
    held |= Qt.KeyboardModifier.ShiftModifier if shift else held
    QTest.keyClick(QApplication.focusWidget() or stage, key, held)


def select(stage: FamiliariseStage, words: str) -> None:
    view = stage.active.view
    view.setFocus()
    view.select(span_of(view.row.text, words))  # type: ignore[union-attr]


def listed(stage: FamiliariseStage) -> list[str]:
    """What the list of interviews says, wave by wave."""
    model, found = stage.list.model, []
    for wave in range(model.rowCount()):
        above = model.index(wave, 0)
        rows = [above, *(model.index(n, 0, above) for n in range(model.rowCount(above)))]
        found += [row.data(Qt.ItemDataRole.AccessibleTextRole) for row in rows]
    return found


def noted(project: Project, transcript_id: TranscriptId) -> list[tuple[str, str]]:
    """The marks and notes of a transcript: the words each stands on, and what it says."""
    text = project.transcripts.text(transcript_id)
    return [(m.span.of(text), m.text) for m in project.memos.of_transcript(transcript_id) if m.span]


def reached(project: Project) -> dict[InterviewId, int]:
    return {r.interview_id: r.reached for r in project.readings.all() if r.reached}


def interviews(stage: FamiliariseStage) -> list[InterviewRow]:
    return stage.workspace.project.transcripts.interviews()


def opened(stage: FamiliariseStage) -> str:
    assert stage.active.interview is not None
    return stage.active.interview.title


def found_words(qtbot: QtBot, stage: FamiliariseStage, words: str) -> list[str]:
    """Look for words in context; what the list of places says."""
    concordance = stage.words.concordance
    concordance.field.clear()
    QTest.keyClicks(concordance.field, words)
    QTest.keyClick(concordance.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stage.workspace.operations.idle and "Searching" not in concordance.summary.text())
    model = concordance.model
    return [model.index(n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(model.rowCount())]


def terms(stage: FamiliariseStage) -> dict[str, list[str]]:
    model = stage.words.terms.model
    columns = range(1, model.columnCount())
    return {model.index(n, 0).data(): [model.index(n, c).data() for c in columns] for n in range(model.rowCount())}


def counted(qtbot: QtBot, stage: FamiliariseStage) -> dict[str, list[str]]:
    qtbot.waitUntil(lambda: bool(stage.words.terms.model.rowCount()) and not stage.words.terms.state.text())
    return terms(stage)
