"""What every test stands on."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("qualcode", deadline=None, max_examples=100, derandomize=True)
settings.load_profile("qualcode")
