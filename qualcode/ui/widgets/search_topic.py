"""Buttons that say what was chosen of a project and open a list to choose from by typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QPushButton

from qualcode.core.rows import AttributeRow, CodeRow, ParticipantRow, ThemeRow
from qualcode.core.scope import Topic
from qualcode.core.values import AttributeId, CodeId, ThemeId
from qualcode.ui.mask import Mask
from qualcode.ui.widgets.chooser import Choice, Chooser, Question

GONE = "something that is gone"
MOST_VALUES = 40
"""An attribute with more different values than this tells people apart, not groups."""


class PickButton(QPushButton):
    """Says what is chosen; a click or Space opens the list. ``what`` is read out before it."""

    changed = Signal()

    def __init__(self, what: str) -> None:
        super().__init__()
        self._what = what
        self.setAutoDefault(False)
        self.chooser = Chooser(self)
        self.clicked.connect(self.ask)

    def ask(self) -> None:
        """Open the list."""
        self.chooser.ask(self.mapToGlobal(QPoint(0, self.height() + 2)), self._question())

    def _question(self) -> Question:
        raise NotImplementedError

    def _say(self, words: str, *, chosen: bool) -> None:
        self.setText(f"{words.replace('&', '&&')} ▾")
        self.setAccessibleName(f"{self._what}: {words}")
        font = self.font()
        font.setBold(chosen)
        self.setFont(font)


class TopicButton(PickButton):
    """Codes and themes, one or several: choosing one that is chosen takes it off again."""

    def __init__(self, what: str, nothing: str) -> None:
        super().__init__(what)
        self._nothing = nothing
        self._topic = Topic()
        self._names: dict[str, str] = {}
        self._choices: list[Choice] = []
        self._show()

    @property
    def topic(self) -> Topic:
        return self._topic

    def set_topic(self, topic: Topic) -> None:
        self._topic = topic
        self._show()

    def show_framework(self, themes: Sequence[ThemeRow], codes: Sequence[CodeRow]) -> None:
        """What there is to choose from."""
        self._names = {**{t.id: t.name for t in themes}, **{c.id: c.name for c in codes}}
        self._choices = [Choice(t, t.name, "theme") for t in themes]
        self._choices += [Choice(c, c.name, colour=c.colour) for c in codes]
        self._show()

    def _question(self) -> Question:
        nothing = [Choice(None, self._nothing)] if self._topic else []
        return Question(self._what, [*nothing, *self._choices], self._take)

    def _take(self, picked: object) -> None:
        codes, themes = self._topic.code_ids, self._topic.theme_ids
        if isinstance(picked, CodeRow):
            self._topic = Topic(codes ^ {CodeId(picked.id)}, themes)
        elif isinstance(picked, ThemeRow):
            self._topic = Topic(codes, themes ^ {ThemeId(picked.id)})
        else:
            self._topic = Topic()
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        chosen = sorted(self._names.get(key, GONE) for key in (*self._topic.theme_ids, *self._topic.code_ids))
        shown = " or ".join(chosen[:2]) + (f" or {len(chosen) - 2} more" if len(chosen) > 2 else "")
        self._say(shown or self._nothing, chosen=bool(chosen))
        self.setToolTip(" or ".join(chosen))


class GroupButton(PickButton):
    """A group of people: those with one value of an attribute."""

    def __init__(self) -> None:
        super().__init__("Group of people")
        self._group: tuple[AttributeId | None, str] = (None, "")
        self._attributes: dict[AttributeId, str] = {}
        self._choices: list[Choice] = []
        self._masked: Callable[[str], str] = str
        self._show()

    @property
    def chosen(self) -> tuple[AttributeId | None, str]:
        """The attribute, None for everybody, and its value."""
        return self._group

    def set_group(self, attribute_id: AttributeId | None, value: str) -> None:
        self._group = (attribute_id, value)
        self._show()

    def show_groups(self, attributes: Sequence[AttributeRow], people: Sequence[ParticipantRow], mask: Mask) -> None:
        """What there is to choose from; hidden where there is nothing."""
        self._attributes = {a.id: a.name for a in attributes}
        self._choices, self._masked = [], mask.words
        for attribute in attributes:
            values = {p.attributes[attribute.id] for p in people if p.attributes.get(attribute.id)}
            if len(values) <= MOST_VALUES:
                order = {choice: n for n, choice in enumerate(attribute.choices)}
                shown = sorted(values, key=lambda v: (order.get(v, len(order)), v.casefold()))
                self._choices += [Choice((attribute.id, v), f"{attribute.name}: {mask.words(v)}") for v in shown]
        self.setVisible(bool(self._choices) or self._group[0] is not None)
        self._show()

    def _question(self) -> Question:
        everybody = Choice((None, ""), "Everybody")
        return Question("Group of people", [everybody, *self._choices], self._take)

    def _take(self, picked: object) -> None:
        self._group = picked  # type: ignore[assignment]
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        attribute_id, value = self._group
        named = f"{self._attributes.get(attribute_id, GONE)}: {self._masked(value)}" if attribute_id else "Everybody"
        self._say(named, chosen=attribute_id is not None)
