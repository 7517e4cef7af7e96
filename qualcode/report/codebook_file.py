"""The codebook as a workbook for others: it is checked as reports are, and can be brought in elsewhere again."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING

from qualcode.guard import Guard
from qualcode.report import sheets
from qualcode.report.export import Draft

if TYPE_CHECKING:
    from qualcode.core.project import Project
    from qualcode.core.rows import CodeRow, ThemeRow
    from qualcode.core.values import ThemeId

COLUMNS = (
    ("Theme", 32),
    ("Code", 30),
    ("Parent", 26),
    ("Definition", 48),
    ("Include", 40),
    ("Exclude", 40),
    ("Example", 40),
    ("Colour", 10),
    ("People", 9),
    ("Segments", 10),
)
"""Headings that :mod:`qualcode.core.codebook_table` knows again, and widths in characters."""


def drafted(project: Project, guard: Guard | None = None) -> Draft:
    """The codebook, every word of it anonymised, for :meth:`Draft.prepared` to render and check."""
    guard = guard or Guard(project)
    themes = {theme.id: theme for theme in project.themes.all()}
    codes = {code.id: code for code in project.codebook.all()}
    of_code = project.themes.of_code()

    def line(code: CodeRow) -> list[sheets.Value]:
        theme_id = of_code.get(code.id)
        parent = codes[code.parent_id].name if code.parent_id else ""
        names = [_path(themes[theme_id], themes) if theme_id else "", code.name, parent]
        words = (*names, code.definition, code.include, code.exclude, code.example)
        return [*map(guard.text, words), code.colour, code.people, code.segments]

    order: list[ThemeId | None] = [*themes, None]
    rows = [line(code) for theme_id in order for code in codes.values() if of_code.get(code.id) == theme_id]
    about = [("What this is", "The codes with their themes, definitions and colours, and how many people raised each.")]
    pages = sheets.Pages(f"{project.name}: codebook", about, [sheets.Sheet("Codebook", COLUMNS, rows, steady=2)])

    def render() -> bytes:
        target = io.BytesIO()
        sheets.workbook(pages).save(target)
        return target.getvalue()

    return Draft("codebook", render, guard)


def _path(theme: ThemeRow, themes: Mapping[ThemeId, ThemeRow]) -> str:
    names = [theme.name]
    while theme.parent_id is not None:
        theme = themes[theme.parent_id]
        names.insert(0, theme.name)
    return " > ".join(names)
