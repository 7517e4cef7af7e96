"""Words in context as a list, and frequent terms as a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
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


class Order(StrEnum):
    """In which order places are listed: as they come in the interviews, or by what makes alike ones neighbours."""

    TEXT = "text"
    AFTER = "after"
    BEFORE = "before"
    PERSON = "person"

    def key(self, place: Place) -> Any:
        context = place.hit.context
        if self is Order.AFTER:
            return _plain_words(context.after)
        if self is Order.BEFORE:
            return _plain_words(context.before)[::-1]
        return place.person.casefold()


class HitsModel(QAbstractListModel):
    """Grows while a search is under way. What is looked at is shown by the mask."""

    def __init__(self, mask: Mask, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mask = mask
        self._found: list[Place] = []
        self._places: list[Place] = []
        self._order = Order.TEXT

    def clear(self) -> None:
        self.beginResetModel()
        self._found, self._places = [], []
        self.endResetModel()

    def order_by(self, order: Order) -> None:
        """List places in this order from now on."""
        self._order = order
        self._rearrange()

    def append(self, places: Sequence[Place]) -> None:
        self._found.extend(places)
        if self._order is not Order.TEXT:
            self._rearrange()
        elif places:
            self.beginInsertRows(QModelIndex(), len(self._places), len(self._places) + len(places) - 1)
            self._places.extend(places)
            self.endInsertRows()

    def place(self, index: Index) -> Place | None:
        return self._places[index.row()] if index.isValid() else None

    def index_of(self, place: Place) -> QModelIndex:
        return self.index(self._places.index(place))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._places)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (PLACE, *_SAID):
            return None
        place = self._shown(self._places[index.row()])
        if role == PLACE:
            return place
        context = place.hit.context
        return f"{place.person}, {place.interview}: {context.before}{context.words}{context.after}"

    def _rearrange(self) -> None:
        self.beginResetModel()
        self._places = self._found[:] if self._order is Order.TEXT else sorted(self._found, key=self._order.key)
        self.endResetModel()

    def _shown(self, place: Place) -> Place:
        hit, words = place.hit, self._mask.words
        context = self._mask.context(hit.transcript_id, hit.span, hit.context)
        return Place(replace(hit, context=context), words(place.person), words(place.interview))


_SAID = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
_WORD = re.compile(r"\w+")


def _plain_words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


TERM, PEOPLE, USES = 0, 1, 2
APART = "Percentage points between the group in which most people use it and the one in which fewest do"


class TermsModel(QAbstractTableModel):
    """Terms, the people who use each, how often; then the same for each group, and how far the groups lie apart.

    Sorted by any column. What the mask would hide is left out, and ``hidden`` says how many terms these are.
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

    def index_of(self, term: Term | None) -> QModelIndex:
        """Where a term's words stand; an invalid index where they are not shown."""
        words = term.words if term else ""
        return next((self.index(n, TERM) for n, t in enumerate(self._terms) if t.words == words), QModelIndex())

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._terms)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 3 + len(self._groups) + (len(self._groups) > 1)

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
            if column == self._apart:
                return f"{self._points(term)}"
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
            return APART if section == self._apart else "People who use it · how often they do"
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
        key: Callable[[Term], Any] = (lambda t: t.words) if column == TERM else (lambda t: self._rank(t, column))
        self._terms = sorted(terms, key=key, reverse=not self._rising)
        self.endResetModel()

    @property
    def _apart(self) -> int:
        """The column after the groups, where there are several."""
        return USES + 1 + len(self._groups) if len(self._groups) > 1 else -1

    def _points(self, term: Term) -> int:
        """Between the groups in which most and fewest people use it: so many percentage points."""
        heard = [(people, of) for (people, _), of in zip(term.groups, self._found.groups, strict=True) if of]
        shares = [100 * people / of for people, of in heard]
        return round(max(shares) - min(shares)) if shares else 0

    def _rank(self, term: Term, column: int) -> tuple[int, int]:
        if column == self._apart:
            return self._points(term), term.people
        people, uses = _numbers(term, column)
        return (uses, people) if column == USES else (people, uses)

    def _group_head(self, section: int) -> str:
        if section == self._apart:
            return "Apart"
        number = section - USES - 1
        return f"{self._groups[number]}, of {self._found.groups[number]:,}"

    def _said(self, term: Term, column: int) -> str:
        if column == TERM:
            return term.words
        if column == self._apart:
            return f"{term.words}: {self._points(term)} percentage points apart"
        people, uses = _numbers(term, column)
        base = self._found.people if column <= USES else self._found.groups[column - USES - 1]
        among = f" in {self._groups[column - USES - 1]}" if column > USES else ""
        return f"{term.words}: {people} of {base} people, {uses} uses{among}"


def _numbers(term: Term, column: int) -> tuple[int, int]:
    """People and uses, of all or of the group that has this column."""
    return (term.people, term.uses) if column <= USES else term.groups[column - USES - 1]
