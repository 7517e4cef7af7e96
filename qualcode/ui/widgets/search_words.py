"""The words to look for, and how they are meant."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from qualcode.core import expressions
from qualcode.core.scope import Scope
from qualcode.core.search import Manner, WordSearch
from qualcode.ui.widgets.basics import row
from qualcode.ui.widgets.picker import Picker

MANNERS = (
    (
        Manner.WORDS,
        "Words as typed",
        "A word or a phrase. wait* finds waited and waiting, *ing all that ends so, and * stands for any word. "
        "list | queue finds either.",
    ),
    (Manner.ALIKE, "Nearly these words", "Finds slips of typing too: apointment finds appointment."),
    (
        Manner.EXPRESSION,
        "Regular expression",
        r"Within one turn, capitals aside: \bwait(ed|ing)\b finds waited and waiting.",
    ),
)


class WordForm(QWidget):
    """Asks again a moment after typing ends."""

    changed = Signal()
    to_list = Signal()
    """Return was pressed: the list is wanted."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setClearButtonEnabled(True)
        self.field.setPlaceholderText("Find in all transcripts")
        self.field.setAccessibleName("Words to find")
        self.manner = Picker("How the words are meant", snug=True)
        self._choose(Manner.WORDS)
        layout = row(self.field, self.manner)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.field)
        self._pause = QTimer(self, interval=250, singleShot=True)
        self._pause.timeout.connect(self.changed)
        self.field.textChanged.connect(lambda: self._pause.start())
        self.field.returnPressed.connect(self._return)
        self.manner.picked.connect(lambda _: self.changed.emit())

    def search(self, scope: Scope) -> WordSearch:
        """What is asked for. Raises UserError for a faulty regular expression."""
        self._pause.stop()
        asked = WordSearch(self.field.text(), self.manner.key(), scope)
        if asked.manner is Manner.EXPRESSION:
            expressions.checked(asked.words)
        return asked

    def set_search(self, asked: WordSearch) -> None:
        self._choose(asked.manner)
        self.field.setText(asked.words)
        self._pause.stop()

    def hint(self) -> str:
        """What can be typed."""
        return next(hint for manner, _, hint in MANNERS if manner is self.manner.key())

    def _choose(self, manner: Manner) -> None:
        self.manner.show_choices([(words, each) for each, words, _ in MANNERS], manner)

    def _return(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self.changed.emit()
        self.to_list.emit()
