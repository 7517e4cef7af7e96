"""The quantity words of the house: what each may be said of, to be changed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem

from qualcode.core import quantity
from qualcode.core.quantity import HOUSE_SCALE, QuantityWord, Scale
from qualcode.ui import theme
from qualcode.ui.models.report_desk import ReportDesk
from qualcode.ui.widgets.basics import button, column, row

SCALE = "scale"
"""The house rule that keeps it."""

_COLUMNS = ("Word", "From people", "To people", "Above %", "Up to %", "In the appendix")


class ScaleEditor(QFrame):
    """A row for each word, from the strongest to the weakest. Return or F2 edits a cell; an empty word goes."""

    def __init__(self, desk: ReportDesk) -> None:
        super().__init__()
        self._desk = desk
        self.table = QTableWidget(0, len(_COLUMNS))
        self.table.setAccessibleName("Quantity words")
        self.table.setHorizontalHeaderLabels(_COLUMNS)
        self.table.verticalHeader().hide()
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        head = self.table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(len(_COLUMNS) - 1, QHeaderView.ResizeMode.Stretch)
        self.table.cellChanged.connect(self._changed, Qt.ConnectionType.QueuedConnection)
        self._again = button("Use the usual scale", self._reset, "Link")
        acts = row(button("Add word", self._add), button("Delete word", self._remove), self._again, None, gap=8)
        self.setLayout(column(self.table, acts, gap=8))
        theme.appearance.changed.connect(self._grow)

    def show_scale(self) -> None:
        scale = self._desk.material.house.scale
        at = self.table.currentRow(), self.table.currentColumn()
        self.table.blockSignals(True)
        self.table.setRowCount(len(scale))
        for number, entry in enumerate(scale):
            for place, words in enumerate(_shown(entry)):
                item = QTableWidgetItem(words)
                if 1 <= place <= 4:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(number, place, item)
        self.table.blockSignals(False)
        if at[0] >= 0:
            self.table.setCurrentCell(min(at[0], len(scale) - 1), at[1])
        self._again.setEnabled(scale != HOUSE_SCALE)
        self._grow()

    # --- within ---

    def _changed(self, at: int, _column: int) -> None:
        scale = list(self._desk.material.house.scale)
        if at >= len(scale):
            return
        made = _read([self._cell(at, place) for place in range(len(_COLUMNS))])
        others = scale[:at] + scale[at + 1 :]
        if made is None:
            self._desk.refuse(
                "People are whole numbers from 1; shares lie between 0 and 100, the first below the second."
            )
            self.show_scale()
        elif any(entry.word == made.word for entry in others):
            self._desk.refuse(f"“{made.word}” is on the scale already.")
            self.show_scale()
        elif made.word:
            self._keep((*scale[:at], made, *scale[at + 1 :]))
        elif others:
            self._keep(tuple(others))

    def _cell(self, number: int, place: int) -> str:
        found = self.table.item(number, place)
        return found.text().strip() if found is not None else ""

    def _add(self) -> None:
        scale = self._desk.material.house.scale
        taken = {e.word for e in scale}
        word = next(w for w in ("a handful of", *(f"word {n}" for n in range(1, 99))) if w not in taken)
        self._keep((*scale, QuantityWord(word, 2, meaning="two people or more")))
        self.table.setCurrentCell(self.table.rowCount() - 1, 0)
        self.table.setFocus()

    def _remove(self) -> None:
        scale, at = self._desk.material.house.scale, self.table.currentRow()
        if 0 <= at < len(scale) and len(scale) > 1:
            self._keep(scale[:at] + scale[at + 1 :])

    def _reset(self) -> None:
        self._keep(HOUSE_SCALE)

    def _keep(self, scale: Scale) -> None:
        self._desk.set_rule(SCALE, [] if scale == HOUSE_SCALE else quantity.as_json(scale))
        self.show_scale()

    def _grow(self) -> None:
        self.table.resizeRowsToContents()
        rows = sum(self.table.rowHeight(n) for n in range(self.table.rowCount()))
        self.table.setFixedHeight(rows + self.table.horizontalHeader().height() + theme.px(8))


def _shown(entry: QuantityWord) -> tuple[str, ...]:
    most = "" if entry.most is None else str(entry.most)
    above, upto = (f"{share * 100:.4g}" for share in (entry.share_above, entry.share_upto))
    return entry.word, str(entry.least), most, above, upto, entry.meaning


def _read(cells: list[str]) -> QuantityWord | None:
    """The word that a row describes; None when its numbers make no sense. What is shown rounded keeps its value."""
    word, least, most, above, upto, meaning = cells
    try:
        made = QuantityWord(
            word, int(least or 1), int(most) if most else None, _share(above, 0), _share(upto, 100), meaning
        )
    except ValueError:
        return None
    sound = made.least >= 1 and (made.most is None or made.most >= made.least)
    shares = 0 <= made.share_above < made.share_upto <= 1
    return replace(made, word=word.casefold()) if sound and shares else None


def _share(words: str, usual: float) -> float:
    value = float(words.replace("%", "").replace(",", ".") or usual) / 100
    return next((exact for exact in (1 / 3, 2 / 3, 0.9999) if abs(exact - value) < 0.00006), value)
