"""What every test stands on."""

from __future__ import annotations

import os
import sys

from hypothesis import settings

if os.environ.get("QUALCODE_WITHOUT_QT"):
    sys.modules["PySide6"] = None  # type: ignore[assignment]  # any import of it now fails

settings.register_profile("qualcode", deadline=None, max_examples=100, derandomize=True)
settings.load_profile("qualcode")
