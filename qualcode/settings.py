"""What the user prefers, kept beside no project: declared once, read and written here."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

MOST_RECENT = 12


@dataclass
class Preferences:
    """Every preference with its default. A file that cannot be read counts as none."""

    appearance: str = "system"
    text_scale: int = 100
    coder: str = ""
    snap: str = "word"
    single_keys: bool = True
    anonymised: bool = False
    reading_font: str = ""
    reading_size: int = 15
    reading_leading: int = 160
    reading_measure: int = 64
    reading_times: bool = True
    reading_lines: bool = True
    reading_codes: bool = False
    recent: list[str] = field(default_factory=list)
    panels: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls) -> Preferences:
        try:
            stored = json.loads(_file().read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return cls()
        kept = {f.name: stored[f.name] for f in fields(cls) if _fits(f.default, stored, f.name)}
        return cls(**kept)

    def save(self) -> None:
        """Write the preferences; where that is not allowed they hold until the program ends."""
        target = _file()
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_suffix(".part")
            part.write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")
            part.replace(target)
        except OSError:
            return

    def opened(self, path: Path) -> None:
        """Put a project at the head of the recent ones."""
        known = str(path.resolve())
        self.recent = [known, *(r for r in self.recent if r != known)][:MOST_RECENT]
        self.save()


def settings_folder() -> Path:
    """Where preferences and other things of this user are kept; it need not be there yet."""
    folder = os.environ.get("QUALCODE_SETTINGS")
    if folder:
        return Path(folder)
    import platformdirs

    return Path(platformdirs.user_config_dir("QualCode", appauthor=False))


def _file() -> Path:
    return settings_folder() / "preferences.json"


def _fits(default: Any, stored: Any, name: str) -> bool:
    if not isinstance(stored, dict) or name not in stored:
        return False
    value = stored[name]
    if name == "recent":
        return isinstance(value, list) and all(isinstance(v, str) for v in value)
    if name in ("panels", "keys"):
        return isinstance(value, dict) and all(isinstance(v, str) for v in value.values())
    return type(value) is type(default)
