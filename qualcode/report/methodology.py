"""The section that writes itself: who was interviewed, when and how, and how the analysis was done.

Each part is what the project knows (:mod:`qualcode.report.facts`) beside what the analyst writes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from qualcode.core.values import WaveId
from qualcode.report import fieldwork, wording
from qualcode.report.blocks import Block, Bullets, Heading, Of, Origin, Paragraph, Row, Table, text
from qualcode.report.composing import Composer, bookmark_of, cells
from qualcode.report.fieldwork import PARTICIPANTS_TABLE, groups, scoped
from qualcode.report.markup import MarkKind
from qualcode.report.material import Material
from qualcode.report.shapes import SectionShape


def section(composer: Composer, shape: SectionShape) -> list[Block]:
    """The methodology, in the parts that the shape names."""
    made: list[Block] = [composer.heading(shape)]
    for part in shape.parts:
        made.extend(_PARTS[part](composer))
    return made


# --- its parts ---------------------------------------------------------------------------------------------------


def _sampling(composer: Composer) -> list[Block]:
    ask = "how participants were chosen and invited, how many declined, and how they consented"
    written, known = composer.section_text("sampling", ask), composer.known("sampling")
    left_out = composer.spoken_for("sampling", MarkKind.WITHOUT)
    table = None if "table" in left_out else _participants_table(composer.material)
    if table and known and isinstance(last := known[-1], Paragraph):
        known[-1] = replace(last, leads_in=True)
    made: list[Block] = [_sub("Who was interviewed", "sampling"), *written, *known]
    return [*made, table] if table else made


def _participants_table(material: Material) -> Table | None:
    waves = material.waves_reported
    several = len(waves) > 1
    columns: list[WaveId | None] = [*(w.id for w in waves if several), None]
    rows, group = groups(material, columns), material.house.group
    if not rows or group is None:
        return None
    total = tuple(len(material.analysis.interviewed(w)) for w in scoped(material, columns))
    names = [wording.begins_sentence(wording.wave_in_short(w.name)) for w in waves] if several else []
    return Table(
        "Participants by group" + (" and wave" if several else ""),
        ("Group", *names, "All" if several else "Participants"),
        (*(cells(name, *map(str, counts)) for name, counts in rows), _strong("Total", *map(str, total))),
        f"Numbers of participants by {wording.inside_sentence(group.name)}"
        + (", in each wave and in all." if several else "."),
        PARTICIPANTS_TABLE,
        numeric=frozenset(range(1, len(columns) + 1)),
        widths=(0.4, *[0.2] * len(columns)),
    )


def _strong(*words: str) -> Row:
    return Row(tuple(text(w, bold=True) for w in words))


def _interviews(composer: Composer) -> list[Block]:
    head = _sub("How the interviews were held", "interviews")
    return [head, *composer.known("interviews"), *composer.section_text("interviews")]


def _guide(composer: Composer) -> list[Block]:
    """What the interviews were about, as bullets; the guides themselves are an appendix."""
    if "topics" in composer.spoken_for("interviews"):
        return []
    made: list[Block] = []
    if topics := fieldwork.topics(composer.material):
        made.append(Paragraph(text("The topic guide included, among other things:"), leads_in=True))
        made.append(Bullets(tuple(map(text, topics))))
        made += composer.pointing("The questions are given in ", "guides", ".")
    lacking = fieldwork.without_guide(composer.material)
    return [*made, Paragraph(lacking, origin=Origin(Of.SECTION, "interviews"))] if lacking else made


def _analysis(composer: Composer) -> list[Block]:
    return [
        _sub("Analysis", "analysis"),
        *composer.known("analysis"),
        *composer.section_text("analysis"),
        *composer.known("analysis", at_end=True),
        *composer.pointing("What words such as most and several stand for is set out in ", "quantity", "."),
    ]


def _anonymity(composer: Composer) -> list[Block]:
    head = _sub("Quotes and anonymity", "anonymity")
    return [head, *composer.known("anonymity"), *composer.section_text("anonymity")]


def _limitations(composer: Composer) -> list[Block]:
    """What the data shows, then the analyst's own words."""
    written = composer.section_text("limitations", "other limitations of the sample and the method")
    return [_sub("Limitations", "limitations"), *composer.known("limitations"), *written]


def _sub(title: str, key: str) -> Heading:
    return Heading(2, title, bookmark_of(f"methodology_{key}"))


_PARTS: dict[str, Callable[[Composer], list[Block]]] = {
    "sampling": _sampling,
    "interviews": _interviews,
    "guide": _guide,
    "analysis": _analysis,
    "anonymity": _anonymity,
    "limitations": _limitations,
}
