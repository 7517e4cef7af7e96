"""Rules of import kept under a name, for this user: the window and the command line find them here."""

from __future__ import annotations

import re
from pathlib import Path

from qualcode.errors import UserError
from qualcode.importing import Rules
from qualcode.settings import settings_folder

_ENDINGS = (".yaml", ".yml")
_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f]|^\.+|[. ]+$')


def names() -> list[str]:
    """The profiles that are kept, by name."""
    return sorted((path.stem for path in _folder().glob("*.yaml")), key=str.casefold)


def find(name_or_path: str) -> Rules:
    """The rules of a kept profile, or those in the file at a path. Raises UserError when there is neither."""
    if name_or_path.endswith(_ENDINGS) or Path(name_or_path).is_file():
        return Rules.load(Path(name_or_path))
    wanted = name_or_path.strip().casefold()
    known = names()
    found = next((name for name in known if name.casefold() == wanted), None)
    if found is None:
        there = f"Those kept are {', '.join(known)}." if known else "None is kept yet."
        raise UserError(f"There is no profile “{name_or_path}”. {there}")
    return Rules.load(_path(found))


def keep(name: str, rules: Rules) -> str:
    """Keep rules under a name, in place of those of the same name; the name as it is kept.

    Raises UserError for an empty name, and when it cannot be written.
    """
    name = _UNFIT.sub("", " ".join(name.split())).strip()
    if not name:
        raise UserError("A profile needs a name.")
    name = next((known for known in names() if known.casefold() == name.casefold()), name)
    try:
        _folder().mkdir(parents=True, exist_ok=True)
        rules.save(_path(name))
    except OSError as error:
        raise UserError(f"The profile “{name}” could not be written ({error.strerror}).") from error
    return name


def remove(name: str) -> None:
    """Forget a profile."""
    _path(name).unlink(missing_ok=True)


def _folder() -> Path:
    return settings_folder() / "profiles"


def _path(name: str) -> Path:
    return _folder() / f"{name}.yaml"
