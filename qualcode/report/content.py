"""Project -> :class:`~qualcode.report.blocks.Report`: what a document of some shape says, before it is any document.

Everything the data knows is filled in. What only the analyst can know is a visible placeholder.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from qualcode.core.findings import BLOCK
from qualcode.core.project import Project
from qualcode.core.rows import FindingRow, QuoteRow, ReportRow, ThemeRow
from qualcode.guard import Anonymise, Guard
from qualcode.report import appendices, changes, fieldwork, markup, methodology, references, shapes, wording
from qualcode.report.blocks import (
    Block,
    BlockQuote,
    Bullets,
    Contents,
    Cover,
    Gap,
    Heading,
    Inlines,
    Of,
    Origin,
    Paragraph,
    Report,
    Section,
    Text,
    Tone,
    text,
)
from qualcode.report.composing import Composer, bookmark_of, theme_bookmark
from qualcode.report.material import Material
from qualcode.report.shapes import SectionShape, Shape

_Builder = Callable[[Composer, SectionShape], list[Block]]


def build(
    project: Project,
    report: ReportRow | str = "insight",
    anonymise: Anonymise | None = None,
    shape: Shape | None = None,
) -> Report:
    """What a report says now.

    ``report`` is the document in the making, or the key of a shape, which takes the project's first report of that
    shape and its texts. Without ``anonymise`` the project's register is used. Raises UserError for an unknown shape.
    """
    if isinstance(report, str):
        report = report_of(project, report)
    shape = shape or shapes.named(report.shape, shapes.own(project))
    material = Material(project, report)
    composer = Composer(material, shape, anonymise or Guard(project))
    appended = _appendices(composer)
    composer.appendices = frozenset(section.key for section in appended)
    sections = [*_sections(composer), *appended]
    title = report.title or material.project_name
    properties = {"title": title, "subject": material.project_name if title != material.project_name else ""}
    whole = Report(title, composer.language, tuple(sections), shape.numbering, properties, shape.key, report.id)
    return references.resolved(whole, gathered(material))


def report_of(project: Project, shape: str) -> ReportRow:
    """The project's first report of a shape; where it has none, an unsaved one with the texts of its first report."""
    existing = project.reports.all()
    found = next((r for r in existing if r.shape == shape), None)
    if found is not None:
        return found
    if existing:
        return in_shape(existing[0], shape)
    return ReportRow("", shape, "", "", "", None, None)


def in_shape(report: ReportRow, shape: str) -> ReportRow:
    """A report in another shape. The subtitle says what kind of document it is, and is left to the shape."""
    return replace(report, shape=shape, subtitle="")


def gathered(material: Material) -> dict[str, str]:
    """Other names by which ``{see: ...}`` may call a theme: its id."""
    return {t.id: theme_bookmark(t) for t in material.themes}


# --- sections ----------------------------------------------------------------------------------------------------


def _sections(composer: Composer) -> list[Section]:
    made = []
    for section in composer.shape.sections:
        blocks = _BUILDERS[section.kind](composer, section)
        if blocks:
            made.append(Section(section.key, composer.titled(section.title), tuple(blocks)))
    return made


def _appendices(composer: Composer) -> list[Section]:
    made: list[Section] = []
    for section in composer.shape.appendices:
        blocks = appendices.BUILDERS[section.kind](composer, section)
        if blocks:
            label = f"Appendix {len(made) + 1}"
            head = replace(composer.heading(section), label=label)
            own = composer.section_text(section.key)
            made.append(Section(section.key, f"{label}: {head.text}", (head, *own, *blocks)))
    return made


def _cover(composer: Composer, section: SectionShape) -> list[Block]:
    report, material = composer.material.report, composer.material
    dates = [i.held_on for i in material.interviews if i.held_on]
    waves = material.waves_reported
    held = "; ".join(w.name for w in waves) if 0 < len(waves) <= 3 else wording.when(dates)
    facts: list[tuple[str, Inlines]] = [
        ("Interviews", text(wording.begins_sentence(held))),
        (
            "Date",
            text(wording.day(report.published_on, composer.language))
            if report.published_on
            else _missing("the date of publication"),
        ),
        ("Authors", text(", ".join(_authors(report.authors))) if report.authors.strip() else _missing("the authors")),
        ("Organisation", text(composer.written("organisation"))),
    ]
    programme = composer.written("programme") or material.project_name
    title = report.title or material.project_name
    return [
        Cover(
            programme if programme != title else "",
            title,
            report.subtitle or composer.shape.name,
            tuple((label, value) for label, value in facts if value),
            composer.written("notice"),
            section.compact,
        )
    ]


def _missing(what: str) -> Inlines:
    return (Gap(f"To be written: {what}"),)


def _authors(authors: str) -> list[str]:
    return [name.strip() for name in authors.replace(";", "\n").split("\n") if name.strip()]


def _contents(_composer: Composer, section: SectionShape) -> list[Block]:
    return [Contents(section.title or "Contents", section.levels)]


def _text(composer: Composer, section: SectionShape) -> list[Block]:
    blocks = composer.section_text(section.key, "" if section.optional else section.ask or section.title)
    if (
        section.listed
        and composer.shape.numbering != "paragraphs"
        and len(blocks) > 1
        and all(isinstance(b, Paragraph) for b in blocks)
    ):
        items = tuple(b.inlines for b in blocks if isinstance(b, Paragraph))
        blocks = [Bullets(items, ordered=True, origin=Origin(Of.SECTION, section.key))]
    return [composer.heading(section), *blocks] if blocks else []


# --- the summary -------------------------------------------------------------------------------------------------


def _summary(composer: Composer, section: SectionShape) -> list[Block]:
    """What the report rests on, the findings of each theme without their quotes, and the conclusion."""
    made: list[Block] = [composer.heading(section), *_opening(composer)]
    for theme in composer.material.top_themes:
        found = _all_under(composer.material, theme)
        if found:
            made += [_unlisted(theme.name), *_in_short(composer, found)]
    conclusion = composer.written("summary_conclusion") or composer.written("conclusion").split("\n\n")[0]
    if conclusion:
        made += [_unlisted("Conclusion"), *composer.blocks(conclusion, Origin(Of.SECTION, "conclusion"))]
    return made


def _unlisted(title: str) -> Heading:
    return Heading(2, title, bookmark_of(f"summary {title}"), listed=False)


def _in_short(composer: Composer, findings: Sequence[FindingRow]) -> list[Block]:
    """Findings in their shorter wordings, those of a sub-theme in one paragraph; one that has none in its own words."""
    made: list[Block] = []
    for (theme_id, short), group in groupby(findings, key=lambda f: (f.theme_id, bool(f.summary))):
        if short:
            sentences = [composer.line(f.summary, f) for f in group]
            inlines = sentences[0] + tuple(i for sentence in sentences[1:] for i in (Text(" "), *sentence))
            made.append(Paragraph(inlines, origin=Origin(Of.THEME, theme_id or "")))
        else:
            for finding in group:
                plain = " ".join(finding.text.replace("**", "").split())
                made.append(Paragraph(composer.line(plain, finding), origin=Origin(Of.FINDING, finding.id)))
    return made


def _opening(composer: Composer) -> list[Block]:
    material = composer.material
    purpose: list[Block] = list(composer.section_text("purpose"))
    if not purpose:
        waves = len(material.waves_reported)
        of_waves = f"{wording.number(waves)} waves of " if waves > 1 else ""
        programme = composer.written("programme") or material.project_name
        begun = f"This report is the output of {of_waves}interviews conducted for {programme}. "
        purpose = [Paragraph((*text(begun), Gap("To be written: what the interviews were held to learn")))]
    known = fieldwork.spaced(composer.sentences("purpose"), text(_themes_line(material)))
    return [*purpose, Paragraph(known)] if known else purpose


def _themes_line(material: Material) -> str:
    themes = [t for t in material.top_themes if _all_under(material, t)]
    if not themes:
        return ""
    across = wording.of_things(len(themes), "key theme")
    return f"Thematic analysis was applied across {across}, with the related findings set out below."


# --- findings ----------------------------------------------------------------------------------------------------


def _all_under(material: Material, theme: ThemeRow) -> list[FindingRow]:
    """The findings of a theme, then those of its sub-themes."""
    below = [f for sub in material.below(theme.id) for f in _all_under(material, sub)]
    return [*material.findings_under(theme.id), *below]


def _findings(composer: Composer, section: SectionShape) -> list[Block]:
    made: list[Block] = []
    reported = [t for t in composer.material.top_themes if _all_under(composer.material, t)]
    for number, theme in enumerate(reported, 1):
        made.extend(_theme(composer, section, theme, 2, number))
    loose = [f for f in composer.material.findings if f.theme_id is None]
    if loose:
        made.append(Heading(2, "Other findings", bookmark_of("other findings")))
        made.extend(block for finding in loose for block in _finding(composer, section, finding))
    introduction = composer.section_text(section.key, "" if made or section.optional else "the findings")
    return [composer.heading(section), *introduction, *made]


def _theme(composer: Composer, section: SectionShape, theme: ThemeRow, level: int, number: int) -> list[Block]:
    material = composer.material
    label = (section.theme_label if level == 2 else section.subtheme_label).replace("{n}", str(number))
    head = Heading(level, theme.name, theme_bookmark(theme), label, origin=Origin(Of.THEME, theme.id))
    made: list[Block] = [head]
    if theme.central_message and (section.messages == "all" or (section.messages == "themes" and level == 2)):
        lead = composer.line(theme.central_message)
        made.append(Paragraph(lead, Tone.LEAD, Origin(Of.THEME, theme.id), leads_in=True))
    if section.counts == "all" or (section.counts == "themes" and level == 2):
        made.extend(_raised_by(composer, theme))
    for finding in material.findings_under(theme.id):
        made.extend(_finding(composer, section, finding))
    below = [sub for sub in material.below(theme.id) if _all_under(material, sub)]
    for position, sub in enumerate(below, 1):
        made.extend(_theme(composer, section, sub, min(level + 1, 4), position))
    return made


def _raised_by(composer: Composer, theme: ThemeRow) -> list[Block]:
    material = composer.material
    whole = material.analysis.count(theme.id, material.report.wave_id)
    if not whole.asked:
        return []
    each = [
        f"{wording.wave_in_short(wave.name)}: {count}"
        for wave in material.waves_reported
        if (count := material.analysis.count(theme.id, wave.id)).asked
    ]
    waves = f" ({'; '.join(each)})" if len(each) > 1 else ""
    raised = text(f"Raised by {whole.people} of the {whole.asked} people asked{waves}.")
    return [Paragraph(raised, Tone.NOTE, leads_in=True)]


def _finding(composer: Composer, section: SectionShape, finding: FindingRow) -> list[Block]:
    """A finding's paragraphs, then the quotes that are set apart under it."""
    made = composer.blocks(finding.text, Origin(Of.FINDING, finding.id), finding)
    shown = [composer.shown(q, attributed=section.attributions) for q in set_apart(finding)]
    quotes: list[Block] = [BlockQuote(quote) for quote in shown if quote is not None]
    if section.quotes != "all":
        quotes = quotes[: 1 if section.quotes == "first" else 0]
    if quotes and made and isinstance(last := made[-1], Paragraph):
        made[-1] = replace(last, leads_in=True)
    return [*made, *quotes]


def set_apart(finding: FindingRow) -> Sequence[QuoteRow]:
    """The quotes of a finding that stand in blocks of their own: those that its text does not run in."""
    run_in = set(markup.quoted(finding.text))
    return [q for q in finding.quotes if q.label not in run_in and q.id not in run_in]


def lost_in_the_text(finding: FindingRow) -> Sequence[QuoteRow]:
    """Quotes meant to be run in for which the text has no place; they are set apart."""
    return [q for q in set_apart(finding) if q.placement != BLOCK]


_BUILDERS: dict[str, _Builder] = {
    "cover": _cover,
    "contents": _contents,
    "summary": _summary,
    "text": _text,
    "methodology": methodology.section,
    "findings": _findings,
    "changes": changes.section,
    "figure": changes.figure,
}
