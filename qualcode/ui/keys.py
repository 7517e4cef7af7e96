"""Which keys hold: those declared in :mod:`qualcode.ui.actions`, or what the user chose instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from qualcode.errors import UserError
from qualcode.settings import Preferences
from qualcode.ui.actions import FIXED_KEYS, MENUS, STAGE_KEYS
from qualcode.ui.hints import printed

EVERYWHERE = ""
"""The place of the menus' keys; the others' places are the stages'."""

ACT = "act"
"""The property of a shortcut that says whose keys it has."""


@dataclass(frozen=True, slots=True)
class Line:
    """What keys do. ``act`` is the whole name under which they can be changed, empty for keys that are as they are.

    ``within``: the part of the stage that must have the focus. ``in_list``: a list or text reads them by itself.
    """

    place: str
    words: str
    keys: str
    act: str = ""
    declared: str = ""
    within: str = ""
    in_list: bool = False

    def holds_with(self, other: Line) -> bool:
        """Whether both can be meant at the same time."""
        places = EVERYWHERE in (self.place, other.place) or self.place == other.place
        return places and ("" in (self.within, other.within) or self.within == other.within)


class Keys(QObject):
    """``changed`` says that other keys hold now; what :meth:`bind` bound has followed by then."""

    changed = Signal()

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._print()

    def of(self, act: str) -> str:
        """The keys of an act, as Qt reads them; empty for none. Raises KeyError for an act nobody declared."""
        return self._preferences.keys.get(act, _DECLARED[act].keys)

    def lines(self) -> Iterator[Line]:
        """All there is, the menus' first."""
        for act, line in _DECLARED.items():
            yield replace(line, keys=self.of(act), declared=line.keys)
        for stage, fixed in FIXED_KEYS.items():
            yield from (Line(stage, words, keys) for words, keys in fixed)

    def change(self, act: str, keys: str) -> None:
        """Give an act other keys, or (empty) none. Raises UserError for keys that are taken, or that type text."""
        keys = QKeySequence(keys).toString()
        if keys:
            self._refuse(act, keys)
        if keys == QKeySequence(_DECLARED[act].keys).toString():
            self._preferences.keys.pop(act, None)
        else:
            self._preferences.keys[act] = keys
        self._hold()

    def put_back(self) -> None:
        """Give every act the keys it was declared with."""
        self._preferences.keys.clear()
        self._hold()

    def bind(
        self,
        owner: QWidget,
        stage: str,
        acts: Mapping[str, Callable[[], object]],
        context: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut,
    ) -> None:
        """Have the keys of a stage's acts do these things while ``owner`` is shown."""
        for name, do in acts.items():
            _Bound(self, owner, f"{stage}.{name}", do, context)

    def _hold(self) -> None:
        self._preferences.save()
        self._print()
        self.changed.emit()

    def _print(self) -> None:
        printed.take({act: self.of(act) for act in _DECLARED})

    def _refuse(self, act: str, keys: str) -> None:
        own = _DECLARED[act]
        if keys != own.keys and (refusal := _unfit(keys, own)):
            raise UserError(f"{keys} {refusal}")
        for line in self.lines():
            if line.act != act and line.holds_with(own) and keys in line.keys.split(", "):
                raise UserError(f"{keys} already means “{line.words}”. Choose other keys, or change those first.")


class _Bound(QObject):
    """A shortcut that follows the keys chosen."""

    def __init__(
        self, keys: Keys, owner: QWidget, act: str, do: Callable[[], object], context: Qt.ShortcutContext
    ) -> None:
        super().__init__(owner)
        self._keys, self._act = keys, act
        self._shortcut = QShortcut(owner)
        self._shortcut.setProperty(ACT, act)
        self._shortcut.setContext(context)
        self._shortcut.activated.connect(lambda: do())
        keys.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self._shortcut.setKey(QKeySequence(self._keys.of(self._act)))


def _declared() -> dict[str, Line]:
    menus = [Line(EVERYWHERE, a.words.replace("&", ""), a.keys, a.act) for entries in MENUS.values() for a in entries]
    stages = [
        Line(place, k.words, k.keys, f"{place}.{k.act}", within=k.within, in_list=bool(k.read_by))
        for place, found in STAGE_KEYS.items()
        for k in found
    ]
    return {line.act: line for line in (*menus, *stages)}


_DECLARED = _declared()


def is_single(keys: str) -> bool:
    """Whether it is one key that types a letter, digit or sign."""
    return bool(keys) and _types_text(QKeySequence(keys)[0])  # type: ignore[index]


def _unfit(keys: str, own: Line) -> str:
    """Why these keys cannot be had for this, empty when they can."""
    combination = QKeySequence(keys)[0]  # type: ignore[index]
    key, held = combination.key(), combination.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier
    plain = held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
    if _types_text(combination) and key != Qt.Key.Key_Space:
        return "" if own.in_list else "types text. Choose keys with Ctrl or Alt, or a function key."
    if plain and not _is_function(key) and not (own.within and key in (Qt.Key.Key_Delete, Qt.Key.Key_Insert)):
        return "means the same in every list and text. Choose keys with Ctrl or Alt, or a function key."
    return ""


def _types_text(combination: QKeyCombination) -> bool:
    held = combination.keyboardModifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    return combination.key() < Qt.Key.Key_Escape and held == Qt.KeyboardModifier.NoModifier


def _is_function(key: Qt.Key) -> bool:
    return Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35
