"""Keys as they are printed: every hint, menu and sentence that names keys asks here which hold now.

Words name an act in braces, in the place of its keys: ``Find words in all transcripts ({code.find})``. A part in round
brackets whose acts have no keys is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from qualcode.ui.actions import declared_keys

TOOL_TIP = "hint"
_NAMED = re.compile(r"\{([a-z_0-9.]+)\}")
_BRACKETS = re.compile(r" ?\([^()]*\)")


class Printed(QObject):
    """Which keys each act has. ``changed`` says that others hold now."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._keys: Mapping[str, str] = declared_keys()

    def take(self, keys: Mapping[str, str]) -> None:
        """Print these keys, of every act, from now on."""
        self._keys = dict(keys)
        self.changed.emit()

    def of(self, act: str) -> str:
        """The keys of an act, as this system writes them; empty for none. Raises KeyError for an unknown act."""
        return QKeySequence(self._keys[act]).toString(QKeySequence.SequenceFormat.NativeText)

    def beside(self, words: str, act: str) -> str:
        """What a menu says of an act: the words and, at the right, the keys."""
        return f"{words}\t{self.of(act)}"

    def fill(self, words: str) -> str:
        """The words with the keys of the acts they name; braces around anything else stay."""
        if "{" not in words:
            return words
        return _NAMED.sub(self._keys_of, _BRACKETS.sub(self._part, words))

    def _keys_of(self, found: re.Match[str]) -> str:
        return self.of(found[1]) if found[1] in self._keys else found[0]

    def _part(self, found: re.Match[str]) -> str:
        acts = [act for act in _NAMED.findall(found[0]) if act in self._keys]
        return "" if acts and not any(self._keys[act] for act in acts) else found[0]


printed = Printed()


def hint(widget: QWidget, words: str) -> None:
    """Say on hover what a control does, and the keys that do it too; they follow what the user chooses."""
    before = widget.findChild(_Worded, TOOL_TIP, Qt.FindChildOption.FindDirectChildrenOnly)
    if before is not None:
        before.reword(words)
    elif _NAMED.search(words):
        _Worded(widget, words, widget.setToolTip).setObjectName(TOOL_TIP)
    else:
        widget.setToolTip(words)


def worded(owner: QWidget, words: str, say: Callable[[str], object]) -> None:
    """Have ``say`` called with the words, now and, as long as ``owner`` is there, whenever other keys hold."""
    _Worded(owner, words, say)


class _Worded(QObject):
    """A child of what it speaks for, so that it is forgotten with it."""

    def __init__(self, owner: QWidget, words: str, say: Callable[[str], object]) -> None:
        super().__init__(owner)
        self._words, self._say = words, say
        printed.changed.connect(self._follow)
        self._follow()

    def reword(self, words: str) -> None:
        self._words = words
        self._follow()

    def _follow(self) -> None:
        self._say(printed.fill(self._words))
