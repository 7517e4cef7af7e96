"""What became of the themes from one wave to the next: a sentence, a table, a figure, and plain warnings."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.core.analysis import Count, ThemeChange, Trend
from qualcode.core.rows import ThemeRow, WaveRow
from qualcode.report import wording
from qualcode.report.blocks import (
    Block,
    Bullets,
    Chart,
    CrossReference,
    Inlines,
    Paragraph,
    Row,
    Series,
    Table,
    Tone,
    text,
)
from qualcode.report.composing import Composer, bookmark_of
from qualcode.report.material import Material
from qualcode.report.shapes import SectionShape

TABLE, FIGURE = "_table_changes", "_figure_themes"
_SAID = {
    Trend.STRONGER: "raised by a larger share of those asked than before",
    Trend.WEAKER: "raised by a smaller share of those asked than before",
    Trend.NEW: "raised for the first time",
    Trend.GONE: "no longer raised",
    Trend.UNCHANGED: "raised by much the same share",
}


def section(composer: Composer, shape: SectionShape) -> list[Block]:
    """Changes since the wave before; nothing where there is none."""
    compared = composer.material.waves_compared
    if compared is None or not composer.material.themes:
        return []
    before, after = compared
    found = composer.material.analysis.compare(before.id, after.id)
    drawn = figure(composer, shape) if shape.figure else []
    made: list[Block] = [composer.heading(shape), _introduction(before, after, drawn=bool(drawn))]
    made += _sentences(found)
    general, single = _warnings(found)
    return [*made, *general, *composer.section_text(shape.key), _table(found, before, after), *single, *drawn]


def figure(composer: Composer, shape: SectionShape) -> list[Block]:
    """A chart of the share of those asked who raised each theme, wave by wave, for bars of numbers with unlike bases
    mislead; nothing before there is something to draw."""
    material = composer.material
    waves: Sequence[WaveRow | None] = material.waves_reported if len(material.waves_reported) > 1 else [None]
    counts = [
        [material.analysis.count(t.id, w.id if w else material.report.wave_id) for t in material.top_themes]
        for w in waves
    ]
    if not material.top_themes or not any(c.people for row in counts for c in row):
        return []
    series = tuple(
        Series(_people_of(material, wave), tuple(map(_share, row)), tuple(map(in_words, row)))
        for wave, row in zip(waves, counts, strict=True)
    )
    told = [
        f"{theme.name}: {wording.listed([in_words(row[n]) for row in counts])}"
        for n, theme in enumerate(material.top_themes)
    ]
    by_wave = ", by wave" if len(series) > 1 else ""
    chart = Chart(
        f"People who raised each theme, of those asked{by_wave}",
        f"Bar chart of people who raised each theme, of those asked{by_wave}. {'; '.join(told)}.",
        FIGURE if shape.kind == "changes" else bookmark_of("figure_" + shape.key),
        tuple(t.name for t in material.top_themes),
        series,
        "Share of those asked",
        100.0,
        "%",
    )
    head = [composer.heading(shape)] if shape.title and shape.kind == "figure" else []
    return [*head, chart]


def _share(count: Count) -> float | None:
    """Per cent, to the whole."""
    return float(round(100 * count.people / count.asked)) if count.asked else None


def _people_of(material: Material, wave: WaveRow | None) -> str:
    """A series of the chart by its wave and how many were interviewed in it."""
    if wave is None:
        return "People"
    interviewed = len(material.analysis.interviewed(wave.id))
    return f"{wording.begins_sentence(wording.wave_in_short(wave.name))} ({interviewed} interviewed)"


def _introduction(before: WaveRow, after: WaveRow, *, drawn: bool) -> Paragraph:
    """What the table and the figure show and how to read them."""
    earlier, later = wording.wave_in_short(before.name), wording.wave_in_short(after.name)
    told = f" gives, for {earlier} and {later}, how many people raised each theme, of those who were asked about it."
    seen = (*text(" The main themes are drawn in "), CrossReference(FIGURE), *text(".")) if drawn else ()
    with_care = " The numbers are small: a difference is one in what these people raised, not a rate."
    return Paragraph((CrossReference(TABLE), *text(told), *seen, *text(with_care)))


def _sentences(found: Sequence[ThemeChange]) -> list[Block]:
    """The themes (not their sub-themes) by what became of them."""
    by_trend: dict[Trend, list[str]] = {}
    for change in found:
        if change.theme.parent_id is None and change.trend is not Trend.NO_CLAIM:
            by_trend.setdefault(change.trend, []).append(change.theme.name)
    items = [
        f"{wording.begins_sentence(_SAID[trend])}: {wording.listed([f'“{name}”' for name in by_trend[trend]])}."
        for trend in _SAID
        if trend in by_trend
    ]
    return [Bullets(tuple(map(text, items)))] if items else []


def _table(found: Sequence[ThemeChange], before: WaveRow, after: WaveRow) -> Table:
    names = [wording.begins_sentence(wording.wave_in_short(w.name)) for w in (before, after)]
    rows = [
        Row(
            (
                _named(c.theme),
                text(in_words(c.before)),
                text(in_words(c.after)),
                text(wording.begins_sentence(c.trend.value)),
            )
        )
        for c in found
    ]
    return Table(
        f"People who raised each theme, of those asked, in {names[0].lower()} and {names[1].lower()}",
        ("Theme", *names, "Change"),
        tuple(rows),
        "For each theme and sub-theme, the number of people who raised it of those asked in each wave, and the change.",
        TABLE,
        (0.46, 0.16, 0.16, 0.22),
        frozenset({1, 2}),
    )


def _named(theme: ThemeRow) -> Inlines:
    return text(theme.name, bold=True) if theme.parent_id is None else text(f"– {theme.name}")


def in_words(count: Count) -> str:
    if count.asked == count.unasked:
        if count.unasked:
            return f"{count.unasked}, not asked"
        return "not yet coded" if count.uncoded else "not asked"
    return str(count)


def _warnings(found: Sequence[ThemeChange]) -> tuple[list[Block], list[Block]]:
    """The warnings that hold for most themes, to be read before the table, and those that hold for single ones."""
    themes: dict[str, list[str]] = {}
    for change in found:
        if change.warning:
            themes.setdefault(change.warning, []).append(change.theme.name)
    general: list[Block] = []
    single: list[Block] = []
    for warning, names in themes.items():
        if len(names) >= len(found) / 2:
            general.append(Paragraph(text(f"These changes are to be read with care. {warning}")))
        else:
            of_them = wording.listed([f"“{name}”" for name in names])
            single.append(Paragraph(text(f"{of_them}: {wording.inside_sentence(warning)}"), Tone.NOTE))
    return general, single
