"""Shapes of documents: small declarative outlines in ``resources/report/shapes/``, or a user's own beside them.

A shape names its sections in order, each of a kind that :mod:`qualcode.report.content` knows how to fill.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from qualcode.errors import UserError
from qualcode.resources import resource

NUMBERINGS = ("none", "headings", "paragraphs")


@dataclass(frozen=True, slots=True)
class SectionShape:
    """One section of an outline.

    ``key`` names the analyst's own text for it; ``ask`` is what they are asked for where it is missing; an
    ``optional`` section without text is left out. The rest belongs to single kinds: ``levels`` to the contents,
    ``parts`` to the methodology, ``messages`` (none, themes, all), ``counts`` (none, themes, all), ``quotes`` (all,
    first, none: how many set apart under a finding), ``attributions``, ``theme_label`` and ``subtheme_label`` ("Theme
    {n}") to the findings, ``figure`` to what can be drawn, ``compact`` to the cover, ``listed`` (each paragraph a
    numbered item) to texts.
    """

    kind: str
    key: str = ""
    title: str = ""
    new_page: bool = False
    optional: bool = False
    ask: str = ""
    levels: int = 2
    parts: tuple[str, ...] = ()
    messages: str = "themes"
    counts: str = "none"
    quotes: str = "all"
    attributions: bool = True
    theme_label: str = ""
    subtheme_label: str = ""
    figure: bool = False
    compact: bool = False
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """An outline: its sections, then its appendices, which are numbered in the order in which they turn out to exist.

    ``numbering``: none; headings (1, 1.1); or paragraphs (each paragraph of section 3 is 3.1, 3.2, ...).
    """

    key: str
    name: str
    about: str
    sections: tuple[SectionShape, ...]
    appendices: tuple[SectionShape, ...] = ()
    numbering: str = "none"
    language: str = "en-GB"


def available(folder: Path | None = None) -> list[Shape]:
    """The shapes that come with the program, then those in a user's folder, by name."""
    own = sorted(folder.glob("*.yaml")) if folder else []
    return [read(path) for path in (*sorted(resource("report", "shapes").glob("*.yaml")), *own)]


def named(key: str, folder: Path | None = None) -> Shape:
    """The shape of this key, a user's own before one of ours. Raises UserError when there is none."""
    for place in (folder, resource("report", "shapes")):
        path = place / f"{key}.yaml" if place else None
        if path is not None and path.is_file():
            return read(path)
    known = ", ".join(sorted(path.stem for path in resource("report", "shapes").glob("*.yaml")))
    raise UserError(f"There is no report shape “{key}”. There are: {known}.")


def read(path: Path) -> Shape:
    """A shape from its file. Raises UserError that says what is wrong in which part of it."""
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UserError(f"{path.name} cannot be read as a report shape: {error}") from error
    if not isinstance(found, dict) or not isinstance(found.get("sections"), list):
        raise UserError(f"{path.name} is no report shape: it has no list of sections.")
    numbering = str(found.get("numbering", "none"))
    if numbering not in NUMBERINGS:
        raise UserError(f"{path.name}: numbering is one of {', '.join(NUMBERINGS)}, not “{numbering}”.")
    return Shape(
        path.stem,
        str(found.get("name", path.stem)),
        str(found.get("about", "")),
        tuple(_section(path, entry) for entry in found["sections"]),
        tuple(_section(path, entry) for entry in found.get("appendices") or ()),
        numbering,
        str(found.get("language", "en-GB")),
    )


def _section(path: Path, entry: Any) -> SectionShape:
    known = {f.name for f in fields(SectionShape)}
    if not isinstance(entry, dict) or "kind" not in entry:
        raise UserError(f"{path.name}: each section needs a kind, as in “kind: findings”.")
    unknown = sorted(entry.keys() - known)
    if unknown:
        raise UserError(f"{path.name}: a section of kind “{entry['kind']}” has the unknown setting “{unknown[0]}”.")
    values = {**entry, "parts": tuple(entry.get("parts", ()))}
    return SectionShape(**{**values, "key": str(entry.get("key") or entry["kind"])})
