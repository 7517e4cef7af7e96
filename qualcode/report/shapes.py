"""Shapes of documents: small declarative outlines in ``resources/report/shapes/``, or a house's own, kept in a project.

A shape names its sections in order, each of a kind that :mod:`qualcode.report.content` knows how to fill.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from qualcode.core.project import Project
from qualcode.errors import UserError
from qualcode.resources import resource

SECTIONS = ("cover", "contents", "summary", "text", "methodology", "findings", "changes", "figure")
APPENDICES = ("questions", "guides", "quantity", "codebook", "participants", "themes")
PARTS = ("sampling", "interviews", "guide", "analysis", "anonymity", "limitations")
"""The kinds of sections and of appendices, and the parts of a methodology."""

NUMBERINGS = ("none", "headings", "paragraphs")
_CHOICES = {
    "messages": ("none", "themes", "all"),
    "counts": ("none", "themes", "all"),
    "quotes": ("all", "first", "none"),
    "levels": (1, 2, 3, 4),
}
_KEPT = "shapes"
"""The setting that holds a project's own shapes: their files' words by key."""
_LONGEST = 60_000


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


# --- which there are ---------------------------------------------------------------------------------------------


def own(project: Project) -> Mapping[str, str]:
    """The words of the shapes that a project has of its own, by key."""
    return {key: str(words) for key, words in project.setting(_KEPT).items()}


def available(own: Mapping[str, str] | None = None) -> list[Shape]:
    """The shapes that come with the program, each as the house has it where it has its own, then the house's others."""
    keys = [path.stem for path in sorted(resource("report", "shapes").glob("*.yaml"))]
    return [named(key, own) for key in dict.fromkeys((*keys, *(own or ())))]


def named(key: str, own: Mapping[str, str] | None = None) -> Shape:
    """The shape of this key, a house's own before one of ours. Raises UserError when there is none."""
    if own and key in own:
        return parsed(own[key], key, key)
    path = resource("report", "shapes") / f"{key}.yaml"
    if re.fullmatch(r"[\w -]+", key) and path.is_file():
        return read(path)
    known = ", ".join(shape.key for shape in available(own))
    raise UserError(f"There is no report shape “{key}”. There are: {known}.")


def standing(key: str, own: Mapping[str, str] | None = None) -> Shape:
    """The shape of this key; the insight report where there is none such, or none that can be read, any more."""
    try:
        return named(key, own)
    except UserError:
        return named("insight")


def write(key: str, path: Path, own: Mapping[str, str] | None = None) -> None:
    """Write a shape to a file, to make one's own of it. Raises UserError when there is none, or it can't be written."""
    named(key, own)
    ours = resource("report", "shapes") / f"{key}.yaml"
    words = own[key] if own and key in own else ours.read_text(encoding="utf-8")
    try:
        path.write_text(words, encoding="utf-8")
    except OSError as error:
        raise UserError(f"{path.name} could not be written to {path.parent}. Choose another folder.") from error


def add(project: Project, path: Path) -> Shape:
    """Keep a shape from a file in the project, in the place of one of that name. Raises UserError, see :func:`read`."""
    shape = read(path)
    words = path.read_text(encoding="utf-8-sig")
    with project.step(f"Add shape {shape.name}"):
        project.set_setting(_KEPT, {**own(project), shape.key: words})
    return shape


def remove(project: Project, key: str) -> None:
    """Let go of one of the project's own shapes; reports of that shape take our own of that name, or the usual one."""
    with project.step("Remove shape"):
        kept = {name: words for name, words in own(project).items() if name != key}
        project.set_setting(_KEPT, kept)
        if key not in {shape.key for shape in available()}:
            for report in project.reports.all():
                if report.shape == key:
                    project.reports.change(report.id, shape="insight")


# --- reading -----------------------------------------------------------------------------------------------------


def read(path: Path) -> Shape:
    """A shape from its file. Raises UserError that says what is wrong in which part of it."""
    try:
        words = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path.name} cannot be read as a report shape. It is to be a text file, a .yaml.") from error
    return parsed(words, path.name, path.stem)


def parsed(words: str, name: str, key: str) -> Shape:
    """A shape from the words of a file called ``name``. Raises UserError that says what is wrong in which part."""
    if len(words) > _LONGEST:
        raise UserError(f"{name} cannot be read as a report shape: it is too long for one.")
    try:
        found = yaml.safe_load(words)
    except yaml.YAMLError as error:
        raise UserError(f"{name} cannot be read as a report shape{_where(error)}.") from error
    if not isinstance(found, dict) or not isinstance(found.get("sections"), list):
        raise UserError(f"{name} is no report shape: it has no list of sections.")
    numbering = str(found.get("numbering", "none"))
    if numbering not in NUMBERINGS:
        raise UserError(f"{name}: numbering is one of {', '.join(NUMBERINGS)}, not “{numbering}”.")
    appendices = found.get("appendices") or []
    if not isinstance(appendices, list):
        raise UserError(f"{name}: appendices is a list, each with its kind.")
    made = Shape(
        key,
        str(found.get("name", key)),
        str(found.get("about", "")),
        tuple(_section(name, entry, SECTIONS) for entry in found["sections"]),
        tuple(_section(name, entry, APPENDICES) for entry in appendices),
        numbering,
        str(found.get("language", "en-GB")),
    )
    keys = [section.key for section in (*made.sections, *made.appendices)]
    twice = next((key for n, key in enumerate(keys) if key in keys[:n]), None)
    if twice is not None:
        raise UserError(f"{name}: two sections have the key “{twice}”. Give one of them a key of its own.")
    return made


def _where(error: yaml.YAMLError) -> str:
    mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    return f": line {mark.line + 1}, {problem}" if mark is not None and problem else ""


def _section(name: str, entry: Any, kinds: tuple[str, ...]) -> SectionShape:
    if not isinstance(entry, dict) or "kind" not in entry:
        raise UserError(f"{name}: each section needs a kind, as in “kind: {kinds[0]}”.")
    kind = entry["kind"]
    if kind not in kinds:
        what = "an appendix" if kinds is APPENDICES else "a section"
        raise UserError(f"{name}: {what} of kind “{kind}” is not known. Kinds are: {', '.join(kinds)}.")
    unknown = sorted(entry.keys() - {f.name for f in fields(SectionShape)})
    if unknown:
        raise UserError(f"{name}: a section of kind “{kind}” has the unknown setting “{unknown[0]}”.")
    for setting, value in entry.items():
        wanted = _wanted(setting, value)
        if wanted:
            raise UserError(f"{name}: {setting} of the section of kind “{kind}” is {wanted}, not “{value}”.")
    values = {**entry, "parts": tuple(entry.get("parts", ()))}
    return SectionShape(**{**values, "key": str(entry.get("key") or kind)})


def _wanted(setting: str, value: Any) -> str:
    """What a setting should be where it is something else; empty where it is well."""
    if setting in _CHOICES:
        choices = _CHOICES[setting]
        return "" if value in choices and not isinstance(value, bool) else f"one of {', '.join(map(str, choices))}"
    if setting == "parts":
        sound = isinstance(value, list) and all(part in PARTS for part in value)
        return "" if sound else f"a list of some of {', '.join(PARTS)}"
    if isinstance(getattr(_USUAL, setting), bool):
        return "" if isinstance(value, bool) else "true or false"
    return "" if isinstance(value, str) else "some words"


_USUAL = SectionShape("text")
