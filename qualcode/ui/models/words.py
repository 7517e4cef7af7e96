"""Words in context as a list, and frequent terms as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QColor

from qualcode.core.concordance import Frequencies, Hit, Term
from qualcode.ui import theme
from qualcode.ui.mask import Mask

PLACE = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Place:
    """A hit with what to call the person and the interview it is from."""

    hit: Hit
    person: str
    interview: str


class HitsModel(QAbstractListModel):
    """Grows while a search is under way. What is looked at is shown by the mask."""

    def __init__(self, mask: Mask, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mask = mask
        self._places: list[Place] = []

    def clear(self) -> None:
        self.beginResetModel()
        self._places = []
        self.endResetModel()

    def append(self, places: Sequence[Place]) -> None:
        if places:
            self.beginInsertRows(QModelIndex(), len(self._places), len(self._places) + len(places) - 1)
            self._places.extend(places)
            self.endInsertRows()

    def place(self, index: Index) -> Place | None:
        return self._places[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._places)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (PLACE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        place = self._shown(self._places[index.row()])
        if role == PLACE:
            return place
        context = place.hit.context
        return f"{place.person}, {place.interview}: {context.before}{context.words}{context.after}"

    def _shown(self, place: Place) -> Place:
        hit, words = place.hit, self._mask.words
        context = self._mask.context(hit.transcript_id, hit.span, hit.context)
        return Place(replace(hit, context=context), words(place.person), words(place.interview))


TERM, PEOPLE, USES = 0, 1, 2


class TermsModel(QAbstractTableModel):
    """Terms, the people who use each, how often; then the same for each group. Sorted by any column.

    What the mask would hide is left out, and ``hidden`` says how many terms these are.
    """

    def __init__(self, mask: Mask, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mask = mask
        self.hidden = 0
        self._found = Frequencies((), 0, ())
        self._groups: Sequence[str] = ()
        self._length = 0
        self._terms: list[Term] = []
        self._by, self._rising = PEOPLE, False

    def show(self, found: Frequencies, groups: Sequence[str]) -> None:
        self._found, self._groups = found, groups
        self.refill()

    def only(self, length: int) -> None:
        """Show terms of so many words; 0 for all."""
        self._length = length
        self.refill()

    def sort_by(self, column: int) -> None:
        """Order by this column, terms from A, numbers from the highest; once more turns the order round."""
        self._rising = not self._rising if column == self._by else column == TERM
        self._by = column
        self.refill()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def term(self, index: Index) -> Term | None:
        return self._terms[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._terms)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 3 + len(self._groups)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        term, column = self._terms[index.row()], index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole and column != TERM:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and column == TERM:
            return QColor(theme.tokens().accent)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._said(term, column)
        if role == Qt.ItemDataRole.DisplayRole:
            if column == TERM:
                return term.words
            people, uses = _numbers(term, column)
            return f"{people:,} · {uses:,}" if column > USES else f"{(people, uses)[column - PEOPLE]:,}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            heads = ("Word or phrase", f"People of {self._found.people:,}", "Uses")
            head = heads[section] if section <= USES else self._group_head(section)
            return f"{head} {'↑' if self._rising else '↓'}" if section == self._by else head
        if role == Qt.ItemDataRole.ToolTipRole and section > USES:
            return "People who use it · how often they do"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section == TERM else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def refill(self) -> None:
        """Show what is chosen of the terms, as the mask has it."""
        column = self._by
        self.beginResetModel()
        every = [t for t in self._found.terms if self._length in (0, t.length)]
        terms = [t for t in every if self._mask.words(t.words) == t.words]
        self.hidden = len(every) - len(terms)
        key: Callable[[Term], Any] = (lambda t: t.words) if column == TERM else (lambda t: _rank(t, column))
        self._terms = sorted(terms, key=key, reverse=not self._rising)
        self.endResetModel()

    def _group_head(self, section: int) -> str:
        number = section - USES - 1
        return f"{self._groups[number]}, of {self._found.groups[number]:,}"

    def _said(self, term: Term, column: int) -> str:
        if column == TERM:
            return term.words
        people, uses = _numbers(term, column)
        base = self._found.people if column <= USES else self._found.groups[column - USES - 1]
        among = f" in {self._groups[column - USES - 1]}" if column > USES else ""
        return f"{term.words}: {people} of {base} people, {uses} uses{among}"


def _numbers(term: Term, column: int) -> tuple[int, int]:
    """People and uses, of all or of the group that has this column."""
    return (term.people, term.uses) if column <= USES else term.groups[column - USES - 1]


def _rank(term: Term, column: int) -> tuple[int, int]:
    people, uses = _numbers(term, column)
    return (uses, people) if column == USES else (people, uses)
