"""The system libraries that the window needs on Linux, and the packages they come in.

``python -m qualcode.system`` prints the packages that are missing, one a line, and exits with 1 when there are any.
"""

from __future__ import annotations

import ctypes
import os
import platform
import sys

_ALWAYS = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
}
_WITH_X11 = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def missing_packages(*, with_display: bool | None = None) -> list[str]:
    """Debian's names of the packages whose libraries cannot be loaded; none on other systems.

    ``with_display`` says whether a window on a screen is wanted; by default, when there is one.
    """
    if platform.system() != "Linux":
        return []
    on_screen = has_display() if with_display is None else with_display
    wanted = _ALWAYS | (_WITH_X11 if on_screen else {})
    return [package for library, package in wanted.items() if not _loads(library)]


def has_display() -> bool:
    """Whether there is a screen to show a window on."""
    if platform.system() == "Linux":
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return True


def advice(packages: list[str]) -> str:
    """The sentence that tells how to get them."""
    names = " ".join(packages)
    return (
        f"The window needs system libraries that are not installed. On Debian or Ubuntu: sudo apt install {names} "
        "(other systems have them under similar names)."
    )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    found = missing_packages()
    sys.stdout.write("".join(f"{package}\n" for package in found))
    sys.exit(bool(found))
