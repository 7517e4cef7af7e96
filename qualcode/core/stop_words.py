"""The words that are left out of frequent terms: our list for British English, changed project by project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from qualcode.core.spans import normalise
from qualcode.resources import resource

SETTING = "stop words"
"""The project setting that holds what a project changed."""


@dataclass(frozen=True, slots=True)
class StopWords:
    """``added`` are left out besides those of the list, ``counted`` are counted although the list has them."""

    added: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()

    @classmethod
    def of(cls, setting: Mapping[str, Any]) -> StopWords:
        """As a project keeps them under ``SETTING``; an empty setting is the list as it is."""
        return cls(frozenset(setting.get("added", ())), frozenset(setting.get("counted", ())))

    def setting(self) -> dict[str, list[str]]:
        return {"added": sorted(self.added), "counted": sorted(self.counted)}

    def all(self) -> frozenset[str]:
        """Every word left out."""
        return (listed() | self.added) - self.counted

    def leaving_out(self, words: str) -> StopWords:
        """With these words, parted by white space or commas, left out too."""
        new = _words(words)
        return replace(self, added=self.added | (new - listed()), counted=self.counted - new)

    def counting(self, words: str) -> StopWords:
        """With these words counted again."""
        back = _words(words)
        return replace(self, added=self.added - back, counted=self.counted | (back & listed()))


@lru_cache(maxsize=1)
def listed() -> frozenset[str]:
    """The words of ``resources/words/stop_words.txt``: a line may hold several, ``#`` begins a remark."""
    lines = resource("words", "stop_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines for word in line.partition("#")[0].split())


def _words(typed: str) -> frozenset[str]:
    return frozenset(normalise(typed).lower().replace("’", "'").replace(",", " ").split())
