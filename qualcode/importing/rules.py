"""What an analyst corrects in a preview, kept as a named profile and applied to file after file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, TypeVar

from qualcode.core.values import Role
from qualcode.errors import UserError
from qualcode.importing.labels import key_of

_Value = TypeVar("_Value")
_RANGE = re.compile(r"^\s*(-?\d+)?\s*\.\.\s*(-?\d+)?\s*$")


@dataclass(frozen=True, slots=True)
class Rules:
    """Corrections to what is recognised; labels are compared without case and punctuation, and may hold ``*``.

    - ``roles``: a label's role (``{"P*": Role.PARTICIPANT}``).
    - ``same``: another spelling of a label (``{"Int": "Interviewer"}``); a label mapped to itself is kept apart.
    - ``no_speakers``: labels that are words of the speech or headings.
    - ``one_voice``: the file has one speaker, whatever looks like a label.
    - ``prefixes``: how this typist writes labels, if nothing else finds them (``"{label}>"``, ``"<<{label}>>"``).
    - ``left_out``: ranges of the source's paragraphs that are no speech, half-open; negative numbers count from the
      end, None is the end (``(0, 4)``, ``(-2, None)``).
    - ``left_out_lines``: whole lines to leave out wherever they stand (``"Confidential*"``).
    - ``starts``: for this file alone, paragraphs that begin a turn of a speaker, or with ``""`` continue the one
      before.
    - ``splits``: for this file alone, places inside paragraphs (number, code point) where a turn of a speaker begins,
      or with ``""`` none does.
    - ``keep_preface``: words before the first label are speech, not front matter (None: decided by their length).
    """

    roles: Mapping[str, Role] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)
    no_speakers: frozenset[str] = frozenset()
    one_voice: bool = False
    prefixes: tuple[str, ...] = ()
    left_out: tuple[tuple[int, int | None], ...] = ()
    left_out_lines: tuple[str, ...] = ()
    starts: Mapping[int, str] = field(default_factory=dict)
    splits: Mapping[tuple[int, int], str] = field(default_factory=dict)
    keep_preface: bool | None = None

    def role_of(self, label: str) -> Role | None:
        """The role given to a label; one written out goes before one with ``*``."""
        return _looked_up(self.roles, label)

    def same_as(self, label: str) -> str | None:
        """The label of which this is said to be another spelling."""
        return _looked_up(self.same, label)

    def is_barred(self, key: str) -> bool:
        """Whether the label is said to be no speaker's."""
        return any(_fits(key, pattern) for pattern in self.no_speakers)

    def heads(self) -> list[re.Pattern[str]]:
        """The prefixes as patterns with the group ``label``."""
        written = [
            re.escape(p.strip()).replace(re.escape("{label}"), "{label}") for p in self.prefixes if "{label}" in p
        ]
        return [re.compile(r"\s*" + p.replace("{label}", r"(?P<label>[^\n]{1,48}?)", 1)) for p in written]

    def leaves_out(self, number: int, text: str, total: int) -> bool:
        """Whether the paragraph of that number, of so many, is no speech."""
        if any(_bound(start, total) <= number < _bound(end, total) for start, end in self.left_out):
            return True
        line = text.strip().casefold()
        return any(fnmatchcase(line, pattern.strip().casefold()) for pattern in self.left_out_lines)

    def to_dict(self) -> dict[str, Any]:
        """The rules as plain values for YAML, without those that say nothing."""
        plain: dict[str, Any] = {
            "roles": {label: role.value for label, role in self.roles.items()},
            "same": dict(self.same),
            "no_speakers": sorted(self.no_speakers),
            "one_voice": self.one_voice,
            "prefixes": list(self.prefixes),
            "left_out": [f"{start}..{'' if end is None else end}" for start, end in self.left_out],
            "left_out_lines": list(self.left_out_lines),
            "starts": dict(self.starts),
            "splits": {f"{number}:{at}": label for (number, at), label in self.splits.items()},
        }
        kept = {name: value for name, value in plain.items() if value}
        return kept if self.keep_preface is None else kept | {"keep_preface": self.keep_preface}

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Rules:
        """The rules that :meth:`to_dict` wrote. Raises :class:`UserError` saying which entry is wrong."""
        unknown = sorted(set(plain) - set(cls.__slots__))
        if unknown:
            raise UserError(f"The profile has an entry {unknown[0]!r}, which no profile has.")
        try:
            return cls(
                roles={str(label): Role(role) for label, role in dict(plain.get("roles", {})).items()},
                same={str(label): str(other) for label, other in dict(plain.get("same", {})).items()},
                no_speakers=frozenset(map(str, plain.get("no_speakers", ()))),
                one_voice=bool(plain.get("one_voice", False)),
                prefixes=tuple(map(str, plain.get("prefixes", ()))),
                left_out=tuple(_range(str(text)) for text in plain.get("left_out", ())),
                left_out_lines=tuple(map(str, plain.get("left_out_lines", ()))),
                starts={int(number): str(label) for number, label in dict(plain.get("starts", {})).items()},
                splits={_place(str(place)): str(label) for place, label in dict(plain.get("splits", {})).items()},
                keep_preface=plain.get("keep_preface"),
            )
        except (TypeError, ValueError) as error:
            raise UserError(f"The profile cannot be understood: {error}.") from error

    def save(self, path: Path) -> None:
        """Write the rules as a YAML profile."""
        import yaml

        path.write_text(yaml.safe_dump(self.to_dict(), allow_unicode=True, sort_keys=False), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Rules:
        """Read a YAML profile. Raises :class:`UserError` if it is missing or no profile."""
        import yaml

        try:
            plain = yaml.safe_load(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise UserError(f"The profile {path.name} could not be opened ({error.strerror}).") from error
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise UserError(f"The profile {path.name} is not valid YAML.") from error
        if plain is not None and not isinstance(plain, dict):
            raise UserError(f"The profile {path.name} is not a list of rules by name.")
        return cls.from_dict(plain or {})


def _looked_up(table: Mapping[str, _Value], label: str) -> _Value | None:
    key = key_of(label)
    exact = next((value for pattern, value in table.items() if key_of(pattern) == key and "*" not in pattern), None)
    if exact is not None:
        return exact
    return next((value for pattern, value in table.items() if "*" in pattern and _fits(key, pattern)), None)


def _fits(key: str, pattern: str) -> bool:
    if "*" not in pattern:
        return key == key_of(pattern)
    return fnmatchcase(key, pattern.strip().casefold())


def _bound(number: int | None, total: int) -> int:
    if number is None:
        return total
    return max(0, total + number) if number < 0 else number


def _place(text: str) -> tuple[int, int]:
    number, _, at = text.partition(":")
    if not (number.isdecimal() and at.isdecimal()):
        raise ValueError(f"{text!r} is no place in a paragraph such as 12:34")
    return int(number), int(at)


def _range(text: str) -> tuple[int, int | None]:
    match = _RANGE.match(text)
    if not match:
        raise ValueError(f"{text!r} is no range of paragraphs such as 0..4")
    return int(match[1] or 0), int(match[2]) if match[2] else None
