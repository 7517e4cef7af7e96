"""The codebook for others, as a workbook or for Word: checked as reports are, and read again where it is brought in."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from qualcode.core.codebook_table import NO_THEME
from qualcode.guard import Guard
from qualcode.report import sheets, word
from qualcode.report.blocks import Block, Cover, Heading, Inline, Report, Row, Section, Table, Text, text
from qualcode.report.export import Draft
from qualcode.report.shapes import named

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

ABOUT = "The codes with their themes and definitions, and how many people raised each."


def drafted_workbook(project: Project, guard: Guard | None = None) -> Draft:
    """The codebook as a table, every word of it anonymised, for :meth:`Draft.prepared` to render and check."""
    guard = guard or Guard(project)
    book = _Book(project, guard)
    rows = [book.line(code, theme) for theme, codes in book.parts() for code in codes]
    pages = sheets.Pages(book.title, [("What this is", ABOUT)], [sheets.Sheet("Codebook", COLUMNS, rows, steady=2)])

    def render() -> bytes:
        target = io.BytesIO()
        sheets.workbook(pages).save(target)
        return target.getvalue()

    return Draft("codebook", render, guard)


def drafted_document(project: Project, guard: Guard | None = None) -> Draft:
    """The codebook as a Word document: a table under the heading of each theme, anonymised like the workbook."""
    guard = guard or Guard(project)
    report = _Book(project, guard).report()
    return Draft("codebook", lambda: word.rendered(report), guard)


class _Book:
    """The codebook as it leaves."""

    def __init__(self, project: Project, guard: Guard) -> None:
        self._guard = guard
        self._themes = {theme.id: theme for theme in project.themes.all()}
        self._codes = {code.id: code for code in project.codebook.all()}
        self._theme_of = project.themes.of_code()
        self._nested = any(code.parent_id for code in self._codes.values())
        self.title = f"{guard.text(project.name)}: codebook"

    def parts(self) -> Iterator[tuple[ThemeRow | None, list[CodeRow]]]:
        """Each theme with its codes, in order; at the end the codes of none."""
        for theme in (*self._themes.values(), None):
            wanted = theme.id if theme else None
            yield theme, [code for code in self._codes.values() if self._theme_of.get(code.id) == wanted]

    def line(self, code: CodeRow, theme: ThemeRow | None) -> list[sheets.Value]:
        path = " > ".join(_path(theme, self._themes)) if theme else ""
        words = (path, code.name, self._parent(code), code.definition, code.include, code.exclude, code.example)
        return [*map(self._guard.text, words), code.colour, code.people, code.segments]

    def report(self) -> Report:
        counted = f"{len(self._codes):,} {'code' if len(self._codes) == 1 else 'codes'}"
        blocks: list[Block] = [Cover("", self.title, "", ((counted, text(ABOUT)),), compact=True)]
        number = 0
        for theme, codes in self.parts():
            path = [*map(self._guard.text, _path(theme, self._themes))] if theme else [NO_THEME]
            name = " > ".join(path[1:] or path)
            if theme or codes:
                blocks.append(Heading(min(len(path), 2) + 1, name, f"_theme_{len(blocks)}"))
            if codes:
                number += 1
                blocks.append(self._table(name, codes, number))
        section = Section("codebook", self.title, tuple(blocks))
        return Report(self.title, named("insight").language, (section,), properties={"title": self.title})

    def _table(self, theme: str, codes: Sequence[CodeRow], number: int) -> Table:
        heads, widths = ["Code", "Meaning", "People", "Segments"], [0.24, 0.54, 0.1, 0.12]
        if self._nested:
            heads.insert(1, "Parent")
            widths = [0.2, 0.16, 0.42, 0.1, 0.12]
        return Table(
            f"Codes: {theme}",
            tuple(heads),
            tuple(self._row(code) for code in codes),
            f"The codes of {theme}, what each means, and how many people and segments it has.",
            f"_table_{number}",
            tuple(widths),
            frozenset({len(heads) - 2, len(heads) - 1}),
            number,
        )

    def _row(self, code: CodeRow) -> Row:
        name = (Text(self._guard.text(code.name), bold=True),)
        parent = (text(self._guard.text(self._parent(code))),) if self._nested else ()
        return Row((name, *parent, tuple(self._meaning(code)), text(str(code.people)), text(str(code.segments))))

    def _meaning(self, code: CodeRow) -> Iterator[Inline]:
        labelled = (("", code.definition), ("Include", code.include), ("Exclude", code.exclude))
        given = [(label, words) for label, words in (*labelled, ("Example", code.example)) if words.strip()]
        for number, (label, words) in enumerate(given):
            before = "\n" if number else ""
            if label:
                yield Text(f"{before}{label}: ", bold=True)
            yield Text(("" if label else before) + self._guard.text(words.strip()))

    def _parent(self, code: CodeRow) -> str:
        return self._codes[code.parent_id].name if code.parent_id else ""


def _path(theme: ThemeRow, themes: Mapping[ThemeId, ThemeRow]) -> list[str]:
    """The names of a theme and those above it, from the topmost down."""
    names = [theme.name]
    while theme.parent_id is not None:
        theme = themes[theme.parent_id]
        names.insert(0, theme.name)
    return names
