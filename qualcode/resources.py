"""Where the files that travel with the program are: in the installed package, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_ROOT = _PACKAGE / "_data" if (_PACKAGE / "_data").is_dir() else _PACKAGE.parent


def resource(*parts: str) -> Path:
    """A file or folder under ``resources/``: icons, report shapes, the house template, word lists."""
    return _ROOT.joinpath("resources", *parts)


def samples() -> Path:
    """The folder of sample transcripts."""
    return _ROOT / "sample_transcripts"
