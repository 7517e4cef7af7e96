"""How the parts of the reading stage share the room: interviews, transcripts, person and notes, words below."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from qualcode.settings import Preferences
from qualcode.ui import theme
from qualcode.ui.widgets.basics import column, panel
from qualcode.ui.widgets.panes import Panes
from qualcode.ui.widgets.reading_list import ReadingList
from qualcode.ui.widgets.reading_pages import ReadingPages
from qualcode.ui.widgets.reading_side import ReadingSide
from qualcode.ui.widgets.reading_words import WordsDrawer
from qualcode.ui.widgets.search_below import Below

ROOM_FOR_TWO = 840
"""What two transcripts side by side want, in pixels at 100 %; with less the person makes room."""


class ReadingRoom(QWidget):
    """Where there is nothing to read yet, ``nothing`` stands in the place of all."""

    def __init__(
        self,
        interviews: ReadingList,
        pages: ReadingPages,
        side: ReadingSide,
        words: WordsDrawer,
        nothing: QWidget,
        preferences: Preferences,
    ) -> None:
        super().__init__()
        self._pages, self._words, self._nothing = pages, words, nothing
        self._has_folded = False
        self._below = Below("familiarise words", preferences, shares=(0.4, 0.62))
        self._below.setHandleWidth(3)
        self._panes = Panes(
            interviews,
            pages,
            panel(column(side)),
            key="familiarise reading",
            names=("Interviews", "Transcript", "Person and notes"),
            preferences=preferences,
            sizes=(236, 690, 270),
        )
        self._below.put(self._panes, words)
        words.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._below)
        layout.addWidget(nothing)

    def show_reading(self, there: bool) -> None:
        """Show the interviews, or say what to do where there are none."""
        self._below.setVisible(there)
        self._nothing.setVisible(not there)

    def show_words(self) -> None:
        """Open the drawer below."""
        if self._words.isHidden():
            self._words.show()
            self._below.share()

    def show_second(self, shown: bool) -> None:
        """Put two transcripts side by side, or show one; the person makes room and comes back."""
        if shown and self._pages.width() < theme.px(ROOM_FOR_TWO):
            self._fold_side(True)
        elif not shown and self._has_folded:
            self._fold_side(False)
        self._pages.show_second(shown)

    def _fold_side(self, folded: bool) -> None:
        if bool(self._panes.sizes()[2]) is folded:
            self._panes.fold(2)
        self._has_folded = folded
