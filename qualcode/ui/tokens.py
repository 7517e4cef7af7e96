"""The colours of each appearance, by what they are for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tokens:
    """The colours of one appearance, by what they are for.

    ``edge`` bounds fields, buttons and what is chosen; ``mark`` and ``ink`` are the least contrasts of a code's colour
    on the surface, as a stripe and as text (WCAG 2.2: 3 and 4.5; for high contrast 4.5 and 7).
    """

    dark: bool
    background: str
    surface: str
    field: str
    text: str
    secondary: str
    line: str
    accent: str
    wash: str
    selection: str
    good: str
    attention: str
    on_accent: str
    page: str
    page_text: str
    edge: str = "transparent"
    mark: float = 3
    ink: float = 4.5


LIGHT = Tokens(
    dark=False,
    background="#f6f5f2",
    surface="#ffffff",
    field="#f1efeb",
    text="#22262b",
    secondary="#5c6570",
    line="#e3e1dc",
    accent="#2f5d8a",
    wash="#e7eef6",
    selection="#cfe0f3",
    good="#24704f",
    attention="#8f5412",
    on_accent="#ffffff",
    page="#ffffff",
    page_text="#22262b",
)
DARK = Tokens(
    dark=True,
    background="#1b1e22",
    surface="#23272c",
    field="#2b3036",
    text="#e6e8ea",
    secondary="#a9b1ba",
    line="#343a41",
    accent="#8ab6e6",
    wash="#2b3a4a",
    selection="#34506d",
    good="#7cc7a2",
    attention="#e0a765",
    on_accent="#14202c",
    page="#f4f2ee",
    page_text="#22262b",
)
STRONG_LIGHT = Tokens(
    dark=False,
    background="#ffffff",
    surface="#ffffff",
    field="#ffffff",
    text="#000000",
    secondary="#262626",
    line="#5c5c5c",
    accent="#00357a",
    wash="#cfe3ff",
    selection="#ffe08a",
    good="#004d2b",
    attention="#6b2c00",
    on_accent="#ffffff",
    page="#ffffff",
    page_text="#000000",
    edge="#000000",
    mark=4.5,
    ink=7,
)
STRONG_DARK = Tokens(
    dark=True,
    background="#000000",
    surface="#000000",
    field="#000000",
    text="#ffffff",
    secondary="#e6e6e6",
    line="#9a9a9a",
    accent="#ffe14d",
    wash="#1b3f66",
    selection="#4a4200",
    good="#8dffbd",
    attention="#ffd08a",
    on_accent="#000000",
    page="#ffffff",
    page_text="#000000",
    edge="#ffffff",
    mark=4.5,
    ink=7,
)
APPEARANCES = {"light": LIGHT, "dark": DARK, "contrast": STRONG_LIGHT, "contrast dark": STRONG_DARK}
"""What can be chosen by name; any other name goes by the system."""
